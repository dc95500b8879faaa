"""How values are printed in a paper: numbers without thousands marks, ratios with one decimal, dates in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.values import Figure, YearMonth

# What XML 1.0 (2.2) does not allow; such a sign in a text would cost the rest of the paragraph.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Number = Decimal | Fraction

UNFILLED = "【待填："
"""How the mark of what a person still has to write begins."""


@dataclass(frozen=True, slots=True, eq=False)
class PaperFigure:
    """A figure as a template sees it: prints with its unit's habit, compares as a number.

    Not reported is not zero: such a figure prints as ``【待填：名称】``, is false in ``{% if 名称 %}``, unequal to
    every number (so that ``{% if 名称 != 0 %}`` keeps the sentence and shows the gap), and neither more nor less.
    """

    figure: Figure

    def __str__(self) -> str:
        if self.figure.value is None:
            return unfilled_mark(self.figure.name)
        return shown_number(self.figure.value, self.figure.unit, self.figure.places)

    def __bool__(self) -> bool:
        return bool(self.figure.value)

    def __eq__(self, other: object) -> bool:
        number = _number(other)
        return number is not None and self.figure.value is not None and Fraction(self.figure.value) == number

    def __hash__(self) -> int:
        return hash((self.figure.name, self.figure.value))

    def __lt__(self, other: object) -> bool:
        return self._compare(other) < 0

    def __le__(self, other: object) -> bool:
        return self._reported and self._compare(other) <= 0

    def __gt__(self, other: object) -> bool:
        return self._compare(other) > 0

    def __ge__(self, other: object) -> bool:
        return self._reported and self._compare(other) >= 0

    @property
    def _reported(self) -> bool:
        """Return whether there is a value at all."""
        return self.figure.value is not None

    def _compare(self, other: object) -> int:
        """Return -1, 0 or 1; 0 when there is nothing to compare."""
        number = _number(other)
        if number is None:
            raise TypeError(f"“{self.figure.name}”是数，不能与“{other}”比大小")
        value = self.figure.value
        return 0 if value is None else (value > number) - (value < number)


def _number(value: object) -> Fraction | None:
    """Return what a figure can be compared with, as an exact number."""
    if isinstance(value, PaperFigure):
        value = value.figure.value
    if isinstance(value, int | Decimal | Fraction):
        return Fraction(value)
    return None


def unfilled_mark(what: str) -> str:
    """Return the mark for what a person still has to write."""
    return f"{UNFILLED}{what}】"


def shown_number(value: Number, unit: str = "", places: int | None = None) -> str:
    """Return a number as papers print it, with its sign for a percentage (``25.2%``; a full ``100%`` has no decimal).

    Without ``places`` ratios have one decimal, half up, and amounts their own without trailing zeros.
    """
    if unit == "%":
        return "100%" if value == 100 else f"{round_half_up(value, 1 if places is None else places)}%"
    if places is not None:
        return f"{round_half_up(value, places):f}"
    if isinstance(value, Fraction) and value.denominator != 1:
        return str(round_half_up(value, 1))
    exact = Decimal(int(value)) if isinstance(value, Fraction) else Decimal(value)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: object) -> object:
    """Return a value as a template prints it.

    A blank prints as nothing, a yes/no as 是 or 否, a date as ``2020年12月31日``, a month as ``2020年9月``. Signs that
    no Word file can hold are left out of texts; what Jinja makes itself passes unchanged.
    """
    if isinstance(value, date | YearMonth):
        return shown_date(value)
    if isinstance(value, Decimal | Fraction):
        return shown_number(value)
    if isinstance(value, PaperFigure):
        return str(value)
    if type(value) is str:
        return _FORBIDDEN.sub("", value)
    return {None: "", True: "是", False: "否"}[value] if value is None or isinstance(value, bool) else value


def shown_date(value: date | YearMonth) -> str:
    """Return a date or month in full, not padded (GB/T 9704-2012 7.3.5.4)."""
    month = f"{value.year}年{value.month}月"
    return month if isinstance(value, YearMonth) else f"{month}{value.day}日"
