"""What a cell says as a field's value, read as people type them: tolerant where the meaning is plain, else refused.

Nothing is guessed: what may mean two things, and what has lost digits, is a ``Misread``. What was understood after
a repair carries a note, which is shown to the school. The forms of each kind stand in ``typed/``.
"""

from __future__ import annotations

from typing import Protocol

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell, Kind
from pbreports.excel.typed.characters import clean, key_of
from pbreports.excel.typed.choices import choice_reader, truth_reader
from pbreports.excel.typed.dates import date_reader
from pbreports.excel.typed.months import month_reader
from pbreports.excel.typed.numbers import number_reader
from pbreports.excel.typed.reading import BLANK, Reader, Reading, canonical, shown
from pbreports.excel.typed.texts import text_reader
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair

__all__ = ["Reader", "Reading", "canonical", "clean", "key_of", "reader_of", "shown"]


def reader_of(field: Field, *, date1904: bool = False) -> Reader:
    """Return the function that reads a field's cells; it raises ``Misread`` when a cell cannot be understood."""
    read = _READERS[field.kind](field, date1904=date1904)

    def checked(cell: Cell) -> Reading:
        if cell.kind is Kind.BLANK:
            return BLANK
        if cell.kind is Kind.ERROR:
            raise Misread("公式错误", str(cell.value), "请重新填写这一格，不要用公式", Repair.LOST)
        return read(cell)

    return checked


class _Maker(Protocol):
    """Makes the reader of a field."""

    def __call__(self, field: Field, /, *, date1904: bool) -> Reader: ...


_READERS: dict[FieldKind, _Maker] = {
    FieldKind.TEXT: text_reader,
    FieldKind.LONG_TEXT: text_reader,
    FieldKind.INTEGER: number_reader,
    FieldKind.DECIMAL: number_reader,
    FieldKind.DATE: date_reader,
    FieldKind.MONTH: month_reader,
    FieldKind.CHOICE: choice_reader,
    FieldKind.YES_NO: truth_reader,
}
