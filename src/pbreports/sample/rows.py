"""Records as the sample writes them: field names as they stand in the scheme, whole numbers as decimals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pbreports.scheme.language.calendar import working_days
from pbreports.values import Scalar

Row = Mapping[str, Scalar]
Sheets = dict[str, Sequence[Row]]
"""Records by sheet name."""


def row(**values: Scalar | int) -> Row:
    """Return one record; whole numbers become decimals, as everywhere in the program."""
    return {name: _scalar(value) for name, value in values.items()}


def _scalar(value: Scalar | int) -> Scalar:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value


def dice(*topic: str | int) -> Random:
    """Return the random numbers of one topic: the same for the same words, whatever else is drawn elsewhere."""
    return Random("/".join(map(str, topic)))


def weekday_from(day: date) -> date:
    """Return the day itself or the next that is neither Saturday nor Sunday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def notice(start: date, days: int = 7) -> tuple[date, date]:
    """Return a public notice from a working day on that lasts so many working days (国务院公布的节假日除外)."""
    first = start
    while working_days(first, first) != 1:
        first += timedelta(days=1)
    last = first
    while (working_days(first, last) or Decimal(days)) < days:
        last += timedelta(days=1)
    return first, last


def spread(dice: Random, total: int, weights: Sequence[float]) -> list[int]:
    """Return ``total`` spread over as many parts as there are weights, the sum exact."""
    parts = [0] * len(weights)
    for index in dice.choices(range(len(weights)), weights, k=total):
        parts[index] += 1
    return parts
