"""The published holidays and make-up days, as formulas count working days with them."""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar

HOLIDAYS, MADE_UP = "假日", "调休上班"
"""The names of the two lists among the facts."""

_SATURDAY = 5


@cache
def covered() -> tuple[date, date]:
    """Return the first and last day of which it is published whether it is a working day."""
    years = [day.year for day in chinese_calendar.constants.holidays]
    return date(min(years), 1, 1), date(max(years), 12, 31)


@cache
def holidays() -> tuple[date, ...]:
    """Return the days from Monday to Friday on which nobody works."""
    return tuple(sorted(day for day in chinese_calendar.constants.holidays if day.weekday() < _SATURDAY))


@cache
def made_up() -> tuple[date, ...]:
    """Return the Saturdays and Sundays that are working days."""
    return tuple(sorted(day for day in chinese_calendar.constants.workdays if day.weekday() >= _SATURDAY))
