"""Dates of the expression language: ages, months later, working days, months gone by."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

import chinese_calendar

from pbreports.values import YearMonth

Day = date | YearMonth
"""A date, or a month given without a day."""

SPANS: dict[str, tuple[int, int]] = {
    "全年": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "第一季度": (1, 3),
    "第二季度": (4, 6),
    "第三季度": (7, 9),
    "第四季度": (10, 12),
    "春季学期": (3, 7),
    "秋季学期": (9, 12),
}
"""First and last month of each named span of a year."""


def add_months(start: Day, months: Decimal) -> Day | None:
    """Return the same day some months later, the month's last day where it has no such day.

    Beyond the years that a date can have it is a blank.
    """
    years, month = divmod(start.year * 12 + start.month - 1 + int(months), 12)
    if not MINYEAR <= years <= MAXYEAR:
        return None
    if isinstance(start, YearMonth):
        return YearMonth(years, month + 1)
    return date(years, month + 1, min(start.day, calendar.monthrange(years, month + 1)[1]))


def add_years(start: Day, years: Decimal) -> Day | None:
    """Return the same day some years later, 28 February for a leap day."""
    return add_months(start, years * 12)


def age(born: Day, on: Day) -> Decimal:
    """Return the full years between two days; where one has only a month, full years by months."""
    years = on.year - born.year
    if isinstance(born, YearMonth) or isinstance(on, YearMonth):
        return Decimal(years - (on.month < born.month))
    return Decimal(years - ((on.month, on.day) < (born.month, born.day)))


def is_working_day(day: date) -> bool | None:
    """Tell whether people work on a day; a blank beyond the published calendar.

    Holidays and make-up days are those the State Council published, by the package ``chinesecalendar``.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def working_days(first: date, last: date, is_working: Callable[[date], bool | None] = is_working_day) -> Decimal | None:
    """Return the working days from first to last, both included; a blank when one of the days is not known."""
    count = 0
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        works = is_working(date.fromordinal(ordinal))
        if works is None:
            return None
        count += works
    return Decimal(count)


def months_due(span: str, cut_off: date, exempt: Sequence[Decimal]) -> Decimal | None:
    """Return how many months of a named span are over by the cut-off date, less the exempt months.

    The cut-off's own month counts when the cut-off is its last day.
    """
    if span not in SPANS:
        return None
    first, last = SPANS[span]
    over = cut_off.month if cut_off == _last_day(cut_off) else cut_off.month - 1
    return Decimal(sum(month not in exempt for month in range(first, min(last, over) + 1)))


def _last_day(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
