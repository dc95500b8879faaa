"""The year's rating from what counts: the outcome, and what expressions ask of it."""

from __future__ import annotations

from dataclasses import replace

from pbreports.figures import Basis, Coverage
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome, State, rate
from pbreports.scheme.language import Facts
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES


def rated(year: Year, basis: Basis) -> Outcome | None:
    """Return the year's rating, ``None`` where the scheme declares none."""
    rule = year.scheme.rating
    if rule is None:
        return None
    return rate(rule, year.vocabulary, basis.facts, basis.names, year.scheme.year)


def with_rating(basis: Basis, outcome: Outcome | None, bureau: str) -> Basis:
    """Return the basis with the rating's tables; ``bureau`` is the one unit that reports them.

    Without any points the results are not reported, and before a meeting has approved them the year's results are not:
    neither counts as nothing.
    """
    if outcome is None:
        return basis
    made = any(one.state is not State.UNRATED for one in outcome.ratings)
    there = {INDICATOR_POINTS: made, ROUND_SCORES: made, RESULTS: made, APPROVED: made and outcome.approved}
    coverage = {name: Coverage((bureau,), frozenset({bureau} if known else ())) for name, known in there.items()}
    return replace(basis, facts=Facts(outcome.tables, basis.facts), coverage={**basis.coverage, **coverage})
