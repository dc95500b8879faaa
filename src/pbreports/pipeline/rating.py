"""The year's rating from what counts: the outcome, and what expressions ask of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from pbreports.figures import Basis, Coverage
from pbreports.findings import merged
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome, Rating, rate
from pbreports.scheme.language import Facts
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import CellRef, Finding, Severity

_TOLD_WHEN_READ = {"P-05": "V-G09", "P-14": "V-G09"}
"""What the rating finds wrong with a row that reading has told of already, by the code that reading has for it."""


def rated(year: Year, basis: Basis) -> Outcome | None:
    """Return the year's rating, ``None`` where the scheme declares none."""
    rule = year.scheme.rating
    if rule is None:
        return None
    return rate(rule, year.vocabulary, basis.facts, basis.names, year.scheme.year)


def with_rating(basis: Basis, outcome: Outcome | None, bureau: str) -> Basis:
    """Return the basis with the rating's tables; ``bureau`` is the one unit that reports the approved results.

    Points, scores and results are reported by the units all of whose branches have them; before anybody has, and of
    the year's results before a meeting has approved them, nothing is reported: neither counts as nothing.
    """
    if outcome is None:
        return basis
    ratings = outcome.ratings
    having = {
        INDICATOR_POINTS: [one for one in ratings if any(score.points for score in one.rounds)],
        ROUND_SCORES: [one for one in ratings if any(score.score is not None for score in one.rounds)],
        RESULTS: [one for one in ratings if one.score is not None],
    }
    coverage = {name: _coverage(ratings, some, bureau) for name, some in having.items()}
    approved = outcome.approved and bool(having[RESULTS])
    coverage[APPROVED] = Coverage((bureau,), frozenset({bureau} if approved else ()))
    return replace(basis, facts=Facts(outcome.tables, basis.facts), coverage={**basis.coverage, **coverage})


def _coverage(ratings: Iterable[Rating], having: Collection[Rating], bureau: str) -> Coverage:
    """Return which units have something for all their branches; where nobody has, it is the bureau that has nothing."""
    if not having:
        return Coverage((bureau,), frozenset())
    there = {one.code for one in having}
    lacking = {one.unit for one in ratings if one.code not in there}
    units = tuple(dict.fromkeys(one.unit for one in ratings))
    return Coverage(units, frozenset(units) - lacking)


def rating_findings(outcome: Outcome | None, read: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is wrong with a rating, but for rows that are told of in what ``read`` the workbooks gave."""
    if outcome is None:
        return ()
    told = {(one.code, *_row(one.where)) for one in read}
    return merged(one for one in outcome.findings if (_TOLD_WHEN_READ.get(one.code), *_row(one.where)) not in told)


def read_for_rating(year: Year, read: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the errors and warnings that reading gave for the workbooks that the rating rests on.

    Points that could not be read are missing in the rating: why, only these findings say.
    """
    sheets = sheets_of(year)
    books = [
        book
        for book in year.scheme.bureau.values()
        if book.scoring or any(sheet.name in sheets for sheet in book.sheets)
    ]
    desk = {year.workspace.bureau_workbook(book.name).name for book in books if not book.scoring}
    folders = {book.name for book in books if book.scoring}
    return tuple(
        one
        for one in read
        if one.severity is not Severity.NOTICE
        and (one.where.file in desk or one.where.file.partition("/")[0] in folders)
    )


def sheets_of(year: Year) -> frozenset[str]:
    """Return the sheets that the rating's rule names, but for the roster."""
    rule = year.scheme.rating
    if rule is None:
        return frozenset()
    shares = rule.places.shares if rule.places else None
    parts = (rule.points, rule.groups, rule.bonus, shares, rule.adjustments, rule.settled, rule.approval, rule.last)
    return frozenset(one.sheet for one in parts if one)


def _row(where: CellRef) -> tuple[str, str, str]:
    return where.file, where.sheet, re.sub(r"^[A-Z]+", "", where.cell)
