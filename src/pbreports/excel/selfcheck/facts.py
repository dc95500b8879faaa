"""What formulas ask of the bureau, put on a hidden sheet: only the columns asked, only the unit's own rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook

from pbreports.excel.layout import FACTS
from pbreports.excel.selfcheck.places import FIRST_FACT
from pbreports.excel.selfcheck.terms import plain
from pbreports.excel.selfcheck.workdays import HOLIDAYS, MADE_UP, holidays, made_up
from pbreports.excel.text import cell_at, write_number, write_text
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Scheme
from pbreports.scheme.tables import constant_records
from pbreports.values import Record, Scalar


def own_rows(scheme: Scheme, table: str, unit: str, facts: Facts) -> Sequence[Record]:
    """Return the rows of a table that a unit's workbook may hold: its own where rows are of units or of what is theirs, else all."""
    if table in scheme.tables:
        return constant_records(scheme)[table]
    code = scheme.heading.roster.code
    fields = scheme.sheets[table].by_name
    if code in fields:
        return facts.linked(table, (code,), (unit,))
    rows = facts.rows(table)
    for link in scheme.heading.links:
        owners = _owners(scheme, link)
        if link in fields and owners:
            mine = {row.values.get(link) for owner in owners for row in facts.linked(owner, (code,), (unit,))}
            rows = [record for record in rows if record.values.get(link) in mine]
    return rows


def _owners(scheme: Scheme, link: str) -> Sequence[str]:
    """Return the bureau's sheets that say to which unit each value of a link belongs (党组织 for 党组织代码)."""
    code = scheme.heading.roster.code
    bureau = (sheet for sheet in scheme.bureau_sheets if code in sheet.by_name)
    return [sheet.name for sheet in bureau if sheet.keys == (link,) and link != code]


def room_for(rows: int) -> int:
    """Return how many rows are set aside for some: a power of two, so that units of about a size share formulas."""
    return 1 << max(rows - 1, 0).bit_length()


def write_facts(
    workbook: Workbook, columns: Iterable[tuple[str, str]], scheme: Scheme, unit: str, facts: Facts
) -> None:
    """Add the hidden sheet of facts; dates, months and truths stand in it as numbers."""
    sheet = workbook.create_sheet(FACTS)
    sheet.sheet_state = "veryHidden"
    for column, (table, field) in enumerate(columns, start=1):
        write_text(cell_at(sheet, 1, column), f"{table}.{field}".strip("."))
        for row, value in enumerate(_column(table, field, scheme, unit, facts), start=FIRST_FACT):
            held = plain(value)
            if isinstance(held, str):
                if held:
                    write_text(cell_at(sheet, row, column), held)
            else:
                write_number(cell_at(sheet, row, column), held)


def _column(table: str, field: str, scheme: Scheme, unit: str, facts: Facts) -> Sequence[Scalar]:
    if not table:
        return {HOLIDAYS: holidays, MADE_UP: made_up}[field]()
    records = own_rows(scheme, table, unit, facts)
    return [True if not field else record.values.get(field) for record in records]
