"""The days that the rules on appointments reckon with: end of publicity, validity of a recommendation, probation.

How long each is and how it is counted are parameters of the scheme, which name their source.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pbreports.cadre.workdays import Workdays
from pbreports.scheme.language.calendar import add_months

SAME_DAY = "当日"
"""The word of 公示起算 by which the day of posting is the first of the publicity; any other counts from the next."""


def publicity_end(start: date, *, names: Mapping[str, Any], workdays: Workdays) -> date | None:
    """Return the last day of the shortest lawful publicity, ``None`` when a working day is not known.

    It is so many working days as 公示工作日 says, counted as 公示起算 says.
    """
    counting_start = names["公示起算"] == SAME_DAY
    return workdays.end_of(start, int(names["公示工作日"]), counting_start=counting_start)


def recommendation_end(day: date, *, names: Mapping[str, Any]) -> date | None:
    """Return the last day on which a recommendation of a day may still be decided on (民主推荐有效月数)."""
    return _months_later(day, names["民主推荐有效月数"])


def probation_end(appointed: date, *, names: Mapping[str, Any]) -> date | None:
    """Return the day on which the probation (试用期月数) of somebody appointed on a day is over."""
    return _months_later(appointed, names["试用期月数"])


def _months_later(day: date, months: Decimal) -> date | None:
    """Return the same day some months later; ``None`` beyond the years that a date can have."""
    later = add_months(day, months)
    return later if isinstance(later, date) else None
