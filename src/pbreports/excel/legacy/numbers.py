"""Numbers of other formats as our own reader gives them."""

from __future__ import annotations

from pbreports.excel.reader.content import number_content
from pbreports.excel.reader.formats import GENERAL, NumberFormat
from pbreports.excel.reader.values import Cell

_EXACT = 1e15


def number_cell(number: float, form: NumberFormat = GENERAL, *, date1904: bool = False) -> Cell:
    """Return the cell of a number, shown by its format as a number, a date or a time."""
    whole = number.is_integer() and abs(number) < _EXACT
    raw = str(int(number)) if whole else repr(number)
    value, kind = number_content(raw, form, date1904=date1904)
    return Cell(value, kind, raw, format=form.code)
