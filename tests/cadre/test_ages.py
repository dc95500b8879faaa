"""Ages and months, by one day that is given."""

from __future__ import annotations

from datetime import date

import pytest

from pbreports.cadre.ages import age, age_of_relative, has_died, month_of, months_between
from pbreports.values import Record, Scalar, YearMonth

DAY = date(2020, 5, 31)


def _relative(post: str, born: Scalar = None) -> Record:
    return Record("家庭成员", "", {"成员单位及职务": post, "成员出生年月": born}, {}, "", "")


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (YearMonth(1980, 5), 40),
        (YearMonth(1980, 6), 39),
        (date(1980, 5, 31), 40),
        (date(1980, 6, 1), 39),
        (date(1980, 2, 29), 40),
        (YearMonth(2020, 5), 0),
    ],
)
def test_an_age_is_in_full_years(born: date | YearMonth, years: int) -> None:
    """Of a month, the year is full when the month has come; of a day, on the birthday."""
    assert age(born, DAY) == years


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (YearMonth(2019, 12), YearMonth(2020, 1), 1),
        (YearMonth(2020, 1), YearMonth(2020, 1), 0),
        (YearMonth(2020, 2), YearMonth(2019, 12), -2),
        (date(2019, 12, 31), date(2020, 1, 1), 1),
    ],
)
def test_months_are_counted_over_the_turn_of_the_year(
    first: date | YearMonth, last: date | YearMonth, months: int
) -> None:
    """Days within a month do not count; what is earlier is negative."""
    assert months_between(first, last) == months


def test_the_month_of_a_day() -> None:
    """A day's month."""
    assert month_of(DAY) == YearMonth(2020, 5)


@pytest.mark.parametrize(
    ("post", "dead"),
    [
        ("原任城区某厂工人（已去世）", True),
        ("已故", True),
        ("2010年病逝", True),
        ("某故里景区管理处职员", False),
        ("世纪小学教师", False),
        ("事故处理中心主任", False),
    ],
)
def test_who_has_died_is_told_by_the_work_place(post: str, *, dead: bool) -> None:
    """The words that staff use; names of places that share a character do not count."""
    assert has_died(_relative(post)) is dead


def test_the_dead_have_no_age() -> None:
    """Nor do those whose month of birth is blank."""
    assert age_of_relative(_relative("退休", YearMonth(1950, 5)), DAY) == 70
    assert age_of_relative(_relative("已去世", YearMonth(1950, 5)), DAY) is None
    assert age_of_relative(_relative("退休"), DAY) is None
