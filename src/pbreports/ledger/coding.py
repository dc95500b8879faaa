"""How records and findings stand in the ledger's tables: numbers as text, so that no decimal is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pbreports.scheme.model import Field, FieldKind, Sheet
from pbreports.values import CellRef, Correction, Finding, Record, Repair, Scalar, Severity, YearMonth

OWN_TABLES = (
    "CREATE TABLE _about (name TEXT PRIMARY KEY, value TEXT)",
    """CREATE TABLE _source (key TEXT PRIMARY KEY, file TEXT, unit TEXT, period TEXT, sha256 TEXT, present INTEGER,
    control TEXT)""",
    "CREATE TABLE _sheet (source TEXT, sheet TEXT, state TEXT, PRIMARY KEY (source, sheet))",
    """CREATE TABLE _finding (source TEXT, ordinal INTEGER, code TEXT, severity TEXT, file TEXT, sheet TEXT, cell TEXT,
    message TEXT, remedy TEXT, unit TEXT, count INTEGER, personal INTEGER, hidden INTEGER, repair TEXT, subject TEXT,
    explanation TEXT, PRIMARY KEY (source, ordinal))""",
    """CREATE TABLE _explanation (source TEXT, ordinal INTEGER, code TEXT, sheet TEXT, subject TEXT, text TEXT,
    PRIMARY KEY (source, ordinal))""",
    """CREATE TABLE _correction (source TEXT, ordinal INTEGER, form TEXT, file TEXT, sheet TEXT, cell TEXT, field TEXT,
    old TEXT, new TEXT, reason TEXT, by_file TEXT, by_sheet TEXT, by_cell TEXT, PRIMARY KEY (source, ordinal))""",
    "CREATE TABLE _telling (source TEXT, digest TEXT, PRIMARY KEY (source, digest))",
    "CREATE TABLE _count (source TEXT, name TEXT, value TEXT, cells TEXT, PRIMARY KEY (source, name))",
)
"""The tables beside those of the sheets."""

BY_SOURCE = ("_sheet", "_finding", "_explanation", "_correction", "_telling", "_count")
"""The tables of which one workbook's rows are known by the column ``source``."""

FINDING_COLUMNS = (
    "code, severity, file, sheet, cell, message, remedy, unit, count, personal, hidden, repair, subject, explanation"
)


def create(sheet: Sheet, columns: Sequence[str]) -> str:
    """Return the statement that makes a sheet's table."""
    fields = ", ".join(f"{quoted(name)} TEXT" for name in columns)
    return (
        f"CREATE TABLE {quoted(sheet.name)} (_source TEXT, _row INTEGER, _title TEXT, _cells TEXT, {fields},"
        " PRIMARY KEY (_source, _row))"
    )


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def place(where: CellRef) -> tuple[str, str, str]:
    """Return a cell's place as three columns."""
    return where.file, where.sheet, where.cell


def finding_row(key: str, ordinal: int, one: Finding) -> tuple[Any, ...]:
    """Return a finding as a row."""
    told = (one.message, one.remedy, one.unit, one.count, one.personal)
    rest = (one.hidden, one.repair.value, one.subject, one.explanation)
    return (key, ordinal, one.code, one.severity.value, *place(one.where), *told, *rest)


def finding_of(row: Sequence[Any]) -> Finding:
    """Return the finding of a row in ``FINDING_COLUMNS``."""
    code, severity, file, sheet, cell, message, remedy, unit, count, personal, hidden, repair, subject, said = row
    where = CellRef(file, sheet, cell)
    return Finding(
        code,
        Severity(severity),
        where,
        message,
        remedy,
        unit,
        count,
        personal=bool(personal),
        hidden=hidden,
        repair=Repair(repair),
        subject=subject,
        explanation=said,
    )


def correction_row(key: str, ordinal: int, one: Correction) -> tuple[Any, ...]:
    """Return a correction as a row."""
    return (key, ordinal, one.sheet, *place(one.where), one.field, one.old, one.new, one.reason, *place(one.source))


def correction_of(row: Sequence[Any]) -> Correction:
    """Return the correction of a row without its key and number."""
    form, file, sheet, cell, field, old, new, reason, *source = row
    return Correction(form, CellRef(file, sheet, cell), field, old, new, reason, CellRef(*source))


def count_row(key: str, name: str, value: Scalar, places: Sequence[CellRef]) -> tuple[Any, ...]:
    """Return a counted number as a row: only the places of what was counted are kept, not what stands there."""
    return (key, name, _encoded(value), json.dumps([place(one) for one in places], ensure_ascii=False))


def count_of(value: str | None, cells: str) -> tuple[Decimal | None, tuple[CellRef, ...]]:
    """Return the counted number of a row with the places of what was counted."""
    return None if value is None else Decimal(value), tuple(CellRef(*one) for one in json.loads(cells))


def record_row(key: str, number: int, record: Record, columns: Sequence[str]) -> tuple[Any, ...]:
    """Return a record as a row of its sheet's table."""
    cells = json.dumps(dict(record.cells), ensure_ascii=False, separators=(",", ":"))
    return (key, number, record.title, cells, *(_encoded(record.values.get(name)) for name in columns))


def _encoded(value: Scalar) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        raise TypeError(f"a quotient must be rounded before it is stored: {value}")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@lru_cache(maxsize=4096)  # the records of all units stand in the same cells of their workbooks
def cells_of(text: str) -> Mapping[str, str]:
    """Return the address of each field as a record's row tells it; the same mapping for the same text."""
    found: Mapping[str, str] = json.loads(text)
    return found


Decoder = Callable[[str], Any]
"""Turns a column's text into the field's value."""


def decoder(field: Field | None) -> Decoder:
    """Return the function that turns a column's text into the field's value."""
    return _DECODERS.get(field.holds, str) if field else str


def _month(text: str) -> YearMonth:
    year, month = text.split("-")
    return YearMonth(int(year), int(month))


def _truth(text: str) -> bool:
    return text == "是"


_DECODERS: Mapping[FieldKind, Decoder] = {
    FieldKind.INTEGER: Decimal,
    FieldKind.DECIMAL: Decimal,
    FieldKind.DATE: date.fromisoformat,
    FieldKind.MONTH: _month,
    FieldKind.YES_NO: _truth,
}
