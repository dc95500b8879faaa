"""What reading one cell gives: the value, what had to be repaired, and whether somebody must confirm it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from pbreports.excel.reader.values import Cell
from pbreports.values import Repair, Scalar


class Reading(NamedTuple):
    """A value, what had to be repaired to read it (empty: nothing), and what became of it.

    A note goes with ``Repair.DONE`` where the meaning was plain, with ``Repair.CONFIRM`` where it was likely only.
    ``rare`` are the characters that the common typefaces lack, in words.
    """

    value: Scalar
    note: str = ""
    repair: Repair = Repair.NONE
    rare: str = ""


Reader = Callable[[Cell], Reading]
BLANK = Reading(None)
LOST_DIGITS = Decimal(10) ** 15
"""From here on a spreadsheet has replaced the last digits of a whole number by zeros: it keeps fifteen."""


def corrected(value: Scalar, note: str) -> Reading:
    """Return a value whose meaning was plain, but not its form."""
    return Reading(value, note, Repair.DONE)


def doubtful(value: Scalar, note: str) -> Reading:
    """Return a value that is likely what was meant, to be confirmed."""
    return Reading(value, note, Repair.CONFIRM)


def canonical(number: Decimal) -> Decimal:
    """Return an equal number without needless zeros or exponent."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()


def shown(cell: Cell) -> str:
    """Return what a cell holds, as text."""
    value = cell.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{canonical(value):f}" if abs(value) < LOST_DIGITS else cell.raw
    if isinstance(value, timedelta):
        return _duration(value)
    return str(value) if isinstance(value, date | time) else ""


def _duration(value: timedelta) -> str:
    """Return a duration as spreadsheets show it: 30:00:00 for a day and six hours."""
    minutes, seconds = divmod(abs(value) // timedelta(seconds=1), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if value < timedelta() else ''}{hours}:{minutes:02}:{seconds:02}"
