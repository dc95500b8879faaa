"""Working days: the published calendar, the office's own sheet before it, and no guess beyond both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.cadre.workdays import Workdays, workdays_of
from pbreports.values import Record

UNKNOWN = date(2150, 1, 1)
"""A day of a year whose holidays nobody has announced."""


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2020, 9, 30), True),
        (date(2020, 10, 1), False),
        (date(2020, 10, 10), True),  # a Saturday that makes up for a holiday
        (date(2020, 12, 19), False),
        (UNKNOWN, None),
    ],
)
def test_a_day_is_worked_as_the_state_council_published(*, day: date, works: bool | None) -> None:
    """Holidays, make-up days and weekends are told apart; a year not announced is not known."""
    assert Workdays().is_working(day) is works


@pytest.mark.parametrize(
    ("start", "days", "counting_start", "end"),
    [
        (date(2025, 9, 26), 5, False, date(2025, 10, 10)),
        (date(2025, 9, 26), 5, True, date(2025, 10, 9)),
        (date(2020, 9, 30), 1, True, date(2020, 9, 30)),
        (date(2020, 9, 30), 1, False, date(2020, 10, 9)),
        (date(2020, 10, 1), 1, True, date(2020, 10, 9)),
        (UNKNOWN, 5, False, None),
        (date.max, 5, True, None),
    ],
)
def test_a_span_ends_with_its_last_working_day(
    *, start: date, days: int, counting_start: bool, end: date | None
) -> None:
    """Holidays do not count, whether or not the first day does; beyond the calendar there is no end."""
    assert Workdays().end_of(start, days, counting_start=counting_start) == end


def test_an_override_goes_before_the_calendar() -> None:
    """A day that the office's sheet names is as it says there, also in a year that is known."""
    own = Workdays({date(2020, 9, 30): False, date(2020, 10, 1): True})
    assert own.end_of(date(2020, 9, 29), 2, counting_start=True) == date(2020, 10, 1)
    assert own.between(date(2020, 9, 29), date(2020, 10, 9)) == 3


def test_a_year_not_announced_is_known_only_where_every_day_is_told() -> None:
    """Four of five days told are not enough; the fifth makes the span known."""
    week = {UNKNOWN + timedelta(number): True for number in range(5)}
    assert Workdays(week).between(UNKNOWN, UNKNOWN + timedelta(4)) == 5
    assert Workdays(week).end_of(UNKNOWN, 5, counting_start=True) == UNKNOWN + timedelta(4)
    del week[UNKNOWN + timedelta(2)]
    assert Workdays(week).between(UNKNOWN, UNKNOWN + timedelta(4)) is None
    assert Workdays(week).end_of(UNKNOWN, 5, counting_start=True) is None


def test_the_sheet_is_read_as_overrides() -> None:
    """Both words are understood; a row without a day or a word overrides nothing."""

    def row(day: date | None, word: str | None) -> Record:
        return Record("工作日调整", "", {"调整日期": day, "上班或放假": word}, {}, "", "")

    rows = [
        row(date(2020, 1, 6), "放假"),
        row(date(2020, 1, 5), "上班"),
        row(None, "上班"),
        row(date(2020, 1, 7), None),
    ]
    assert workdays_of(rows).overrides == {date(2020, 1, 6): False, date(2020, 1, 5): True}


@given(
    start=st.dates(date(2019, 1, 1), date(2023, 1, 1)),
    days=st.integers(1, 40),
    counting_start=st.booleans(),
    overrides=st.dictionaries(st.dates(date(2019, 1, 1), date(2023, 6, 1)), st.booleans()),
)
def test_the_end_and_the_count_agree(
    *, start: date, days: int, counting_start: bool, overrides: dict[date, bool]
) -> None:
    """From the first day that counts to the end there are just so many working days, and the end is one of them."""
    calendar = Workdays(overrides)
    end = calendar.end_of(start, days, counting_start=counting_start)
    first = start if counting_start else start + timedelta(1)
    assert end is not None
    assert calendar.is_working(end)
    assert calendar.between(first, end) == days
