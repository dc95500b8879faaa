"""Corrects single cells of a received workbook by decision of the bureau, while what it corrects still stands there.

The workbook is corrected before its records count, so that everything after (what is required, the sums, the rules)
looks at the corrected cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pbreports.excel.cells import key_of, reader_of, shown
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Workbook
from pbreports.excel.reader.address import position
from pbreports.excel.reader.values import Cell, Kind
from pbreports.excel.text import TRUTHS
from pbreports.scheme.language import Facts
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Amendments, Field, Scheme
from pbreports.values import CellRef, Correction, Record, Scalar, Submission


@dataclass(frozen=True, slots=True)
class Amendment:
    """One cell that the bureau wants corrected, as it wrote it; ``source`` is its row. A blank ``old`` is a blank cell.

    ``period`` is empty where it holds for any.
    """

    unit: str
    form: str
    cell: str
    field: str
    old: str
    new: str
    reason: str
    by: str
    source: CellRef
    period: str = ""


def amendments_in(facts: Facts, scheme: Scheme) -> tuple[Amendment, ...]:
    """Return what the bureau wants corrected, in the order of its sheet; rows that lack what is needed are left out."""
    place = scheme.heading.amendments
    rows = facts.rows(place.sheet) if place else ()
    found = (_amendment(row, place) for row in rows if place)
    return tuple(one for one in found if one.unit and one.form and one.cell and one.field and one.new)


def _amendment(row: Record, place: Amendments) -> Amendment:
    def word(name: str) -> str:
        return as_text(row.get(name)) if name else ""

    return Amendment(
        unit=word(place.unit),
        form=word(place.form),
        cell=key_of(word(place.cell)).replace("$", "").upper(),
        field=key_of(word(place.field)),
        old=word(place.old),
        new=word(place.new),
        reason=word(place.reason),
        by=word(place.by),
        source=row.cell(place.cell),
        period=word(place.period),
    )


@dataclass(frozen=True, slots=True)
class Target:
    """The cell that an amendment means: its field, the record it is in, and the new value as the field holds it."""

    field: Field
    record: Record
    new: Scalar

    @property
    def where(self) -> CellRef:
        """The cell's place."""
        return self.record.cell(self.field.name)


RecordsOf = Callable[[str], Sequence[Record]]
"""Gives the records of a sheet by its name."""


def target_of(amendment: Amendment, scheme: Scheme, records_of: RecordsOf) -> Target | str:
    """Return the cell an amendment means, or in words why it means none that can be corrected."""
    named = (one for one in scheme.school_sheets if amendment.form in (one.name, one.title))
    sheet = next(named, None)
    if sheet is None:
        return f"没有“{amendment.form}”这张报表"
    field = sheet.by_name.get(amendment.field)
    if field is None:
        return f"“{sheet.name}”没有“{amendment.field}”这一栏"
    if field.computed:
        return f"“{field.name}”是程序算出来的，请更正它所依据的数"
    try:
        new = reader_of(field)(_text(amendment.new)).value
    except Misread as misread:
        return f"更正值“{amendment.new}”填不进“{field.name}”（{misread.remedy}）"
    found = (record for record in records_of(sheet.name) if record.cells.get(field.name) == amendment.cell)
    record = next(found, None)
    return Target(field, record, new) if record else f"{amendment.cell}不是“{field.name}”的格，或那一条没有填"


def amended(
    book: Workbook, submission: Submission, amendments: Iterable[Amendment], scheme: Scheme
) -> tuple[Workbook, tuple[Correction, ...]]:
    """Return the workbook with the cells corrected in which the old value still stands, and which those were."""
    done: list[Correction] = []
    for one in amendments:
        if one.unit != submission.unit or one.period not in ("", submission.period):
            continue
        target = target_of(one, scheme, submission.records)
        if isinstance(target, Target) and _stands(one, target, book):
            book = _with_cell(book, target)
            sheet, name = target.record.sheet, target.field.name
            done.append(Correction(sheet, target.where, name, one.old, one.new, one.reason, one.source))
    return book, tuple(done)


def _stands(amendment: Amendment, target: Target, book: Workbook) -> bool:
    """Whether the old value is what the cell holds: the same value of the field, or the same words that are none."""
    cell = _cell_at(book, target.where)
    field, date1904 = target.field, book.date1904
    return _meaning(field, cell, date1904=date1904) == _meaning(field, _text(amendment.old), date1904=date1904)


def _meaning(field: Field, cell: Cell | None, *, date1904: bool) -> tuple[bool, Scalar]:
    """Return whether a cell can be read as the field, with its value or its words."""
    if cell is None:
        return True, None
    try:
        return True, reader_of(field, date1904=date1904)(cell).value
    except Misread:
        return False, key_of(shown(cell))


def _cell_at(book: Workbook, where: CellRef) -> Cell | None:
    page, spot = book.sheet(where.sheet), position(where.cell)
    return page.cells.get(spot) if page and spot else None


def _with_cell(book: Workbook, target: Target) -> Workbook:
    spot = position(target.where.cell)
    assert spot  # the address is one of our own
    sheets = tuple(
        replace(page, cells={**page.cells, spot: _cell(target.new)}) if page.title == target.where.sheet else page
        for page in book.sheets
    )
    return replace(book, sheets=sheets)


def _text(text: str) -> Cell:
    return Cell(text, Kind.TEXT, text) if text else Cell(None, Kind.BLANK, "")


def _cell(value: Scalar) -> Cell:
    """Return a cell that holds a value as a spreadsheet does, so that nothing has to be repaired to read it."""
    if isinstance(value, bool):
        return _text(TRUTHS[value])
    if isinstance(value, Decimal):
        return Cell(value, Kind.NUMBER, f"{value:f}")
    if isinstance(value, date):
        return Cell(value, Kind.DATE, value.isoformat(), format="yyyy-mm-dd")
    return _text("" if value is None else str(value))
