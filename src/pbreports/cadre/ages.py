"""Ages and spans of months, all by one day that is given: the printed 计算年龄日期."""

from __future__ import annotations

import re
from datetime import date

from pbreports.scheme.language import calendar
from pbreports.values import Record, YearMonth

_DIED = re.compile("去世|已故|病故|病逝|亡故|逝世|过世|辞世|离世|身故|牺牲")


def age(born: date | YearMonth, on: date) -> int:
    """Return the full years on a day; of a month of birth, full years by months."""
    return int(calendar.age(born, on))


def months_between(first: date | YearMonth, last: date | YearMonth) -> int:
    """Return the months from the month of one to that of the other; negative when the other is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_of(day: date) -> YearMonth:
    """Return the month of a day."""
    return YearMonth(day.year, day.month)


def has_died(relative: Record) -> bool:
    """Whether a row of 家庭成员 says beside the work place that the relative is dead."""
    text = relative.get("成员单位及职务")
    return isinstance(text, str) and bool(_DIED.search(text))


def age_of_relative(relative: Record, on: date) -> int | None:
    """Return a relative's age on a day, ``None`` for the dead and where no month of birth is given."""
    month = relative.get("成员出生年月")
    if not isinstance(month, YearMonth) or has_died(relative):
        return None
    return age(month, on)
