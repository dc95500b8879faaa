"""Cell addresses, and formulas moved from one cell to another."""

from __future__ import annotations

import re
from functools import lru_cache

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# Texts and quoted sheet names are passed over; a name before `(` or `!` is a function or a sheet.
_REFERENCE = re.compile(
    r"""("[^"]*"|'[^']*')|(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w.(!])""", re.IGNORECASE
)


def position(address: str) -> tuple[int, int] | None:
    """Return row and column, from 1, of an address such as ``D7``; None when it is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column: 1 for ``A``, 28 for ``AB``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column: ``AB`` for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def moved(formula: str, rows: int, columns: int) -> str:
    """Return the formula as it reads that many rows and columns away; fixed parts (``$``) stay.

    A reference that would leave the sheet becomes ``#REF!``. Whole rows and columns (``A:C``) stay.
    """

    def shifted(match: re.Match[str]) -> str:
        quoted, fixed_column, letters, fixed_row, digits = match.groups()
        if quoted is not None:
            return str(quoted)
        column = column_number(letters.upper()) + (0 if fixed_column else columns)
        row = int(digits) + (0 if fixed_row else rows)
        if not (0 < column <= LAST_COLUMN and 0 < row <= LAST_ROW):
            return "#REF!"
        return f"{fixed_column}{column_letters(column)}{fixed_row}{row}"

    return _REFERENCE.sub(shifted, formula)
