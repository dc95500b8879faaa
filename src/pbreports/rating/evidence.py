"""What the data themselves say about the points: the suggested ones and the branches' own, beside those given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from pbreports.rating.scoring import Ground
from pbreports.rating.values import BASIS_PAGE, EMPTY_CELLS, Rating, RoundScore
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.vocabulary import INDICATOR_POINTS
from pbreports.values import Record, Scalar

OwnPoints = Mapping[tuple[Scalar, Scalar, Scalar], Decimal]


def evidence_rows(ground: Ground, ratings: Sequence[Rating], codes: Sequence[str]) -> tuple[Record, ...]:
    """Return the derived table of points by round, branch and indicator, with the suggested and the own points."""
    own = _own_points(ground)
    return tuple(row for one in ratings for row in _rows_of(ground, one, codes, own))


def _rows_of(ground: Ground, rating: Rating, codes: Sequence[str], own: OwnPoints) -> Iterator[Record]:
    given = [code for code in codes if any(code in one.points for one in rating.rounds)]
    if not given:
        return
    suggested = _suggested(ground, rating, given)
    for one in rating.rounds:
        for row in _round_rows(ground, rating, one, suggested, own):
            yield Record(INDICATOR_POINTS, rating.unit, row, EMPTY_CELLS, BASIS_PAGE, rating.name)


def _round_rows(
    ground: Ground, rating: Rating, one: RoundScore, suggested: Mapping[str, Decimal | None], own: OwnPoints
) -> Iterator[dict[str, Scalar]]:
    rule = ground.rule
    branch, unit, turn, indicator = rule.rated.code, ground.unit_field, rule.points.round, rule.indicators.code
    for code, data in suggested.items():
        given = one.points.get(code)
        if given is None:
            continue
        points, mine = given.points, own.get((one.name, rating.code, code))
        yield {
            branch: rating.code,
            unit: rating.unit,
            turn: one.name,
            indicator: code,
            "得分": points,
            "建议分": data,
            "自评分": mine,
            "与建议差": None if data is None else points - data,
            "与自评差": None if mine is None else points - mine,
        }


def _suggested(ground: Ground, rating: Rating, codes: Sequence[str]) -> dict[str, Decimal | None]:
    """Return what a branch's own report suggests by indicator, to one decimal; blank where it says nothing."""
    frame = ground.frame().at(ground.keys(rating.code, rating.unit))
    evidence = ground.formulas.evidence
    rows = evidence.rows(frame) if evidence else ()
    if not evidence or not rows:
        return dict.fromkeys(codes)
    here = frame.at(rows[0].values)
    return {code: _points(evidence.runs[code](here)) if code in evidence.runs else None for code in codes}


def _points(value: Scalar) -> Decimal | None:
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
