"""Working days by the State Council's calendar, and by the office's own sheet where that says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pbreports.scheme.language.calendar import is_working_day, working_days
from pbreports.values import Record

DAY, WORKED, _WORKS = "调整日期", "上班或放假", "上班"
"""The fields of the sheet of overrides, and the word of the second that makes a day a working day."""


@dataclass(frozen=True, slots=True)
class Workdays:
    """The working days; ``overrides`` tells of single days whether they are, and goes before the calendar.

    A day of a year whose holidays are not announced, and of which no override tells, is not known: whatever needs it
    is ``None``, never a guess.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool | None:
        """Tell whether people work on a day, ``None`` when it is not known."""
        told = self.overrides.get(day)
        return is_working_day(day) if told is None else told

    def between(self, first: date, last: date) -> int | None:
        """Return the working days from first to last, both included; ``None`` when one of the days is not known."""
        count = working_days(first, last, self.is_working)
        return None if count is None else int(count)

    def end_of(self, start: date, days: int, *, counting_start: bool) -> date | None:
        """Return the day on which a span of so many (at least one) working days is full, ``None`` when not known.

        ``counting_start`` tells whether the day on which it starts is one of them (当日起算) or not (次日起算).
        """
        left = days
        for ordinal in range(start.toordinal() + (not counting_start), date.max.toordinal() + 1):
            works = self.is_working(day := date.fromordinal(ordinal))
            if works is None:
                return None
            left -= works
            if left <= 0:
                return day
        return None


def workdays_of(records: Iterable[Record]) -> Workdays:
    """Return the working days with what the rows of the sheet 工作日调整 override; incomplete rows are passed over."""
    told = ((row.get(DAY), row.get(WORKED)) for row in records)
    return Workdays({day: word == _WORKS for day, word in told if isinstance(day, date) and word is not None})
