"""Writing values into cells so that no text ever becomes a formula and no digit is lost."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.values import Scalar, YearMonth

LONGEST = 32_767
"""The most characters a cell holds (ECMA-376 part 1, 18.18.22: Excel's own limit)."""

_LONGEST_FORMULA = 8_192

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""An underscore that would make the text after it an escaped character (ECMA-376 part 1, 22.9.2.19)."""

TRUTHS = {True: "是", False: "否"}


def cell_at(page: Worksheet, row: int, column: int) -> Cell:
    """Return a cell to be written; the hidden part of a merged range is none."""
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{page.title}!{cell.coordinate} is covered by a merged range")
    return cell


def write_text(cell: Cell, text: str) -> None:
    """Write text as text, whatever it begins with; characters that XML cannot hold are left out.

    Raises:
        ValueError: when the text is longer than a cell holds.
    """
    cell.value = storable(text)
    cell.data_type = "s"


def storable(text: str) -> str:
    """Return the text as a workbook's part holds it, without characters that XML cannot hold.

    Raises:
        ValueError: when the text is longer than a cell holds.
    """
    if len(text) > LONGEST:
        raise ValueError(f"text of {len(text)} characters does not fit into a cell")
    return _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text))


def write_formula(cell: Cell, formula: str) -> None:
    """Write a formula of ours; nothing that people typed goes into one.

    Raises:
        ValueError: when it is no formula, or longer than a spreadsheet takes (8,192 signs).
    """
    if not formula.startswith("=") or len(formula) > _LONGEST_FORMULA:
        raise ValueError(f"no formula for {cell.coordinate}: {formula[:40]}")
    cell.value = formula


def write_number(cell: Cell, number: float) -> None:
    """Write a number."""
    cell.value = number


def write_scalar(cell: Cell, value: Scalar) -> None:
    """Write a value: numbers and dates as such, yes/no and months as text, a blank as nothing."""
    if value is None:
        return
    if isinstance(value, bool):
        write_text(cell, TRUTHS[value])
    elif isinstance(value, YearMonth | str):
        write_text(cell, str(value))
    elif isinstance(value, date):
        cell.value = value
    else:
        cell.value = plain_number(value)


def plain_number(value: Decimal | Fraction) -> int | float:
    """Return an exact number as spreadsheets hold it."""
    return int(value) if value == int(value) else float(value)


def shortened(text: str, most: int) -> str:
    """Return the text, cut and ended with an ellipsis when it is longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def display_width(text: str) -> int:
    """Return how many half-width characters wide the longest line of a text is shown."""
    return max((_line_width(line) for line in text.splitlines()), default=0)


def line_count(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of a width, wrapped."""
    return sum(max(1, -(-_line_width(line) // max(1, int(width)))) for line in text.splitlines() or [""])


def _line_width(line: str) -> int:
    return len(line) + sum(map("WFA".__contains__, map(unicodedata.east_asian_width, line)))
