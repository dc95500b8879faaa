"""The pieces of which cell formulas are made: terms with their types, literals, and what Excel cannot say.

A value that is blank is an error in a formula (``NA()``), so that blanks are contagious as in the language itself;
stored in a cell it is the empty text. Truth is a number: 1 true, 0 false, 0.5 unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.scheme.language import Type
from pbreports.values import YearMonth

ROW = "\ue000"
"""Stands in a formula for the number of the row that the formula is in."""

UNKNOWN = "0.5"
BLANK = "NA()"
MIXED = "一个条件里既看别的行、又看本行，公式写不出来"
"""Why a condition that goes beyond comparing the other row with the current one is left to the bureau."""

LONGEST_TEXT = 255  # of a text literal in a formula (ECMA-376 part 1, 18.17.2; Excel's own limit)
_MOST_CHOICES = 29
_EPOCH = date(1899, 12, 30)  # serial numbers count from here, right for every day after February 1900


class Inexpressible(Exception):  # noqa: N818 — no error: the bureau checks then
    """What a cell formula cannot say; the reason is shown to schools."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block of the helper sheet; ``truth`` ones hold 0, 0.5 or 1 and are never blank."""

    letters: str
    first: int
    last: int
    type: Type
    truth: bool = False

    @property
    def here(self) -> str:
        """The cell in the formula's own row."""
        return f"${self.letters}{ROW}"

    @property
    def range(self) -> str:
        """All cells."""
        return f"${self.letters}${self.first}:${self.letters}${self.last}"

    @property
    def top(self) -> str:
        """The first cell."""
        return f"${self.letters}${self.first}"


@dataclass(frozen=True, slots=True)
class Term:
    """A formula's part: its text, its type, and the cell it merely names, if it does.

    ``fixed`` terms depend on no cell; ``value`` is then what they are. ``column`` is set where the cell is the own
    row's of a column.
    """

    text: str
    type: Type
    cell: str = ""
    column: Column | None = None
    fixed: bool = False
    value: Any = None


def named(cell: str, kind: Type, column: Column | None = None) -> Term:
    """Return the term of a cell, in which the empty text is a blank."""
    if column is not None and column.truth:
        return Term(cell, kind, cell, column)
    return Term(f'IF({cell}="",{UNKNOWN if kind is Type.TRUTH else BLANK},{cell})', kind, cell, column)


def own(column: Column) -> Term:
    """Return the term of a column's cell in the formula's row."""
    return named(column.here, column.type, column)


def known(value: Any, kind: Type) -> Term:
    """Return the term of a value that depends on no cell."""
    return Term(literal(value, kind), kind, fixed=True, value=value)


def literal(value: Any, kind: Type) -> str:
    """Return a value as it is written in a formula.

    Raises:
        Inexpressible: when the text is too long for one.
    """
    if value is None:
        return UNKNOWN if kind is Type.TRUTH else BLANK
    if isinstance(value, str):
        return quoted(value)
    return str(plain(value))


def chosen(number: str, choices: Sequence[str]) -> str:
    """Return the formula of the choice of a number, counted from 1; LibreOffice takes no more than 30 at once."""
    first, others = choices[:_MOST_CHOICES], choices[_MOST_CHOICES:]
    choose = f"CHOOSE({number},{','.join(first)})"
    return f"IF({number}<={_MOST_CHOICES},{choose},{chosen(f'{number}-{_MOST_CHOICES}', others)})" if others else choose


def plain(value: Any) -> str | int | float:
    """Return a value as a cell of the helper sheets holds it: truths, dates and months as numbers, a blank as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, YearMonth):
        return value.year * 12 + value.month - 1
    if isinstance(value, date):
        return (value - _EPOCH).days
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    return str(value)


def quoted(text: str) -> str:
    """Return a text as a literal."""
    if len(text) > LONGEST_TEXT:
        raise Inexpressible("文字太长，公式里写不下")
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
