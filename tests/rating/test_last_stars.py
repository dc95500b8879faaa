"""Last year's stars: last year's own approved results stand in for what the bureau typed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pbreports.figures import Basis
from pbreports.pipeline.issuing import set_up
from pbreports.pipeline.last_stars import approved_stars, with_last_stars
from pbreports.pipeline.year import LastYear, Year, open_year
from pbreports.rating import Outcome, Rating, State
from pbreports.scheme.language import Facts
from pbreports.values import Record

TYPED = (("2018", "A", 3), ("2019", "A", 4), ("2019", "B", 5))


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    """A year of the shipped scheme."""
    return open_year(set_up(tmp_path_factory.mktemp("year") / "w", 2020))


def basis() -> Basis:
    """What the bureau typed about earlier years."""
    rows = [
        Record(
            "上年星级",
            "",
            {"星级年度": Decimal(of), "党组织代码": code, "星级": Decimal(star)},
            {},
            "星级.xlsx",
            "上年星级",
        )
        for of, code, star in TYPED
    ]
    return Basis(Facts({"上年星级": rows}), {}, {}, {})


def stars(made: Basis) -> list[tuple[str, str, int]]:
    """Return the rows as year, branch and star."""
    return [
        (str(row.get("星级年度")), str(row.get("党组织代码")), int(str(row.get("星级"))))
        for row in made.facts.rows("上年星级")
    ]


def last(**given: tuple[int, str | None]) -> LastYear:
    """Return a last year with these results."""
    return LastYear({}, {}, "", {}, given)


def test_what_the_bureau_typed_stands_without_last_years_inputs(year: Year) -> None:
    """Without last year's own results the sheet is as it was, and so it is when no meeting approved them."""
    assert stars(with_last_stars(year, basis())) == list(TYPED)
    assert stars(with_last_stars(replace(year, last=last()), basis())) == list(TYPED)


def test_last_years_own_results_stand_in(year: Year) -> None:
    """Last year's rows come from its own results, with the plaque; those of earlier years stay."""
    made = with_last_stars(replace(year, last=last(A=(5, "WX2019-001"), C=(2, None))), basis())
    assert stars(made) == [("2018", "A", 3), ("2019", "A", 5), ("2019", "C", 2)]
    assert made.facts.rows("上年星级")[1].get("授牌号") == "WX2019-001"


@pytest.mark.parametrize("approved", [True, False])
def test_only_approved_results_are_handed_on(*, approved: bool) -> None:
    """Only what a meeting approved is last year's star; a branch that stayed open has none."""
    ratings = (
        Rating("A", "S", "甲支部", (), Decimal(91), State.SETTLED, star=5, plaque_number="WX2019-001"),
        Rating("B", "S", "乙支部", (), Decimal(91), State.OPEN),
    )
    outcome = Outcome(ratings, (), approved, 1, {})
    assert approved_stars(outcome) == ({"A": (5, "WX2019-001")} if approved else {})
    assert approved_stars(None) == {}
