"""What the data themselves say about the points: the suggested ones and the branches' own, beside those given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pbreports.rating.scoring import Ground, points_in_order
from pbreports.rating.values import Rating, RoundScore
from pbreports.scheme.language import Frame
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.vocabulary import INDICATOR_POINTS
from pbreports.values import Record, Scalar

OwnPoints = Mapping[tuple[Scalar, Scalar, Scalar], Decimal]


def evidence_rows(ground: Ground, ratings: Sequence[Rating], codes: Sequence[str]) -> tuple[Record, ...]:
    """Return the derived table of points by round, branch and indicator, with the suggested and the own points."""
    own = _own_points(ground)
    return tuple(row for one in ratings for row in _rows_of(ground, one, codes, own))


def _rows_of(ground: Ground, rating: Rating, codes: Sequence[str], own: OwnPoints) -> Iterator[Record]:
    if not any(one.points for one in rating.rounds):
        return
    keys = ground.keys(rating.code, rating.unit)
    suggested = {code: _suggested(ground, {**keys, ground.rule.indicators.code: code}) for code in codes}
    for one in rating.rounds:
        for row in _round_rows(ground, rating, one, codes, suggested, own):
            yield Record(INDICATOR_POINTS, rating.unit, {**keys, **row}, {}, INDICATOR_POINTS, rating.name)


def _round_rows(
    ground: Ground,
    rating: Rating,
    one: RoundScore,
    codes: Sequence[str],
    suggested: Mapping[str, Decimal | None],
    own: OwnPoints,
) -> Iterator[dict[str, Scalar]]:
    for code, given in points_in_order(one, codes):
        mine, data = own.get((one.name, rating.code, code)), suggested[code]
        yield {
            ground.rule.points.round: one.name,
            ground.rule.indicators.code: code,
            "得分": given.points,
            "建议分": data,
            "自评分": mine,
            "与建议差": None if data is None else given.points - data,
            "与自评差": None if mine is None else given.points - mine,
        }


def _suggested(ground: Ground, row: Mapping[str, Scalar]) -> Decimal | None:
    """Return what a branch's own report suggests for an indicator, to one decimal; blank where it says nothing."""
    if ground.formulas.evidence is None:
        return None
    value = ground.formulas.evidence(Frame(ground.facts, ground.names).at(row))
    return round_half_up(value, 1) if isinstance(value, Decimal | Fraction) else None


def _own_points(ground: Ground) -> OwnPoints:
    declared, rule = ground.rule.self_rating, ground.rule
    if declared is None:
        return {}
    fields = (declared.round, rule.rated.code, rule.indicators.code)
    return {
        (row.get(fields[0]), row.get(fields[1]), row.get(fields[2])): points
        for row in ground.facts.rows(declared.sheet)
        if isinstance(points := row.get(declared.points), Decimal)
    }
