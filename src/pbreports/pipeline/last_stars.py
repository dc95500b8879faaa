"""Last year's stars: from last year's own approved results where they stand in the workspace, else from the bureau's sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pbreports.figures import Basis
from pbreports.pipeline.year import LastYear, Year
from pbreports.rating import Outcome
from pbreports.scheme.language import Facts
from pbreports.scheme.model.rating import LastStars, RatingRule
from pbreports.values import Record, Scalar

_SOURCE = "上年年度结果"


def approved_stars(outcome: Outcome | None) -> Mapping[str, tuple[int, str | None]]:
    """Return the stars of a rating that a meeting has approved, with the plaques' numbers; none before."""
    if outcome is None or not outcome.approved:
        return {}
    return {one.code: (one.star, one.plaque_number) for one in outcome.ratings if one.star is not None}


def with_last_stars(year: Year, basis: Basis) -> Basis:
    """Return the basis with last year's own results in the rows of last year's stars, where there are any."""
    rule, last = year.scheme.rating, year.last
    if rule is None or rule.last is None or last is None or not last.stars:
        return basis
    sheet = rule.last.sheet
    before = Decimal(year.scheme.year - 1)
    kept = [row for row in basis.facts.rows(sheet) if row.get(rule.last.year) != before]
    rows: Sequence[Record] = (*kept, *_records(rule, rule.last, last, before))
    return replace(basis, facts=Facts({sheet: rows}, basis.facts))


def _records(rule: RatingRule, declared: LastStars, last: LastYear, before: Decimal) -> Iterator[Record]:
    for code, (star, plaque) in last.stars.items():
        values: dict[str, Scalar] = {declared.year: before, rule.rated.code: code, declared.star: Decimal(star)}
        if declared.plaque:
            values[declared.plaque] = plaque
        yield Record(declared.sheet, "", values, {}, _SOURCE, code)
