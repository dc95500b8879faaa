"""From points to scores: each round's, and the year's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from pbreports.rating.formulas import Formulas, fixed
from pbreports.rating.reading import Reading
from pbreports.rating.values import BASIS_PAGE, EMPTY_CELLS, Rating, RoundScore, Score, State, Step
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.language.arithmetic import exact
from pbreports.scheme.model.rating import RatingRule
from pbreports.scheme.vocabulary import ROUND_SCORES
from pbreports.values import Record, Scalar


@dataclass(frozen=True)
class Ground:
    """What every step of a rating stands on: the rule, its formulas, the facts, the fixed names."""

    rule: RatingRule
    formulas: Formulas
    facts: Facts
    names: Mapping[str, Any]
    unit_field: str

    def frame(self) -> Frame:
        """Return a frame that stands on no row."""
        return Frame(self.facts, self.names)

    def keys(self, code: str, unit: str) -> dict[str, Scalar]:
        """Return the fields by which the rows of a branch are linked to others."""
        return {self.rule.rated.code: code, self.unit_field: unit}


def scored(ground: Ground, rows: Sequence[Record], reading: Reading, codes: Sequence[str]) -> list[Rating]:
    """Return a rating for each rated row, with the scores of its rounds and of the year; ``codes`` the indicators."""
    rounds = _Rounds(ground, reading, tuple(codes))
    weights = [_weight(fixed(run, ground.facts, ground.names)) for run in ground.formulas.weights]
    alone = fixed(ground.formulas.single, ground.facts, ground.names) is True
    begun = _Begun(reading.begun() | reading.awaited)
    return [_with_year(_started(ground, row, rounds), weights, begun, alone=alone) for row in rows]


@dataclass(frozen=True)
class _Begun:
    """The rounds of branches that have points or must have them, by branch and round."""

    pairs: Collection[tuple[str, str]]

    @cached_property
    def rounds(self) -> frozenset[str]:
        """The rounds that have begun for anybody."""
        return frozenset(name for _, name in self.pairs)


def _weight(value: Scalar) -> Fraction:
    return Fraction(value) if isinstance(value, Decimal | Fraction) else Fraction(0)


def _started(ground: Ground, row: Record, rounds: _Rounds) -> Rating:
    code, unit = str(row.get(ground.rule.rated.code)), str(row.get(ground.unit_field))
    rated = ground.rule.rated
    name, short = (str(row.get(one) or "") for one in (rated.name, rated.short))
    found = tuple(rounds.of(code, unit, one.name) for one in ground.rule.rounds)
    steps = tuple(_step(ground, code, unit, one) for one in found)
    return Rating(code, unit, name, found, None, State.UNRATED, short, steps=steps)


@dataclass(frozen=True)
class _Rounds:
    """Makes the round scores of branches."""

    ground: Ground
    reading: Reading
    codes: tuple[str, ...]

    def of(self, code: str, unit: str, name: str) -> RoundScore:
        """Return one branch's score in a round; none while an indicator is missing."""
        points = self.reading.whole((code, name))
        bonuses = tuple(self.reading.bonuses.get((code, name), {}).values())
        bonus = sum((one.points for one in bonuses), Decimal(0))
        if not points or len(points) < len(self.codes):
            return RoundScore(name, points, bonuses, None, bonus, None)
        base = sum((one.points for one in points.values()), Decimal(0))
        row = {**self.ground.keys(code, unit), self.ground.rule.points.round: name, "指标分": base, "加分": bonus}
        value = self.ground.formulas.round_score.run(self.ground.frame().at(row))
        return RoundScore(name, points, bonuses, base, bonus, value if isinstance(value, Decimal | Fraction) else None)


def _step(ground: Ground, code: str, unit: str, one: RoundScore) -> Step:
    if one.base is None:
        text = f"有{len(one.points)}项指标的分，不全，没有得分" if one.points else "没有考评分"
        return Step(one.name, text, tuple(one.points.values()))
    bonus = f"，加分{shown(one.bonus)}分" if one.bonuses else ""
    outcome = "还缺别的数，没有得分" if one.score is None else f"得{shown(one.score)}分"
    row = {**ground.keys(code, unit), ground.rule.points.round: one.name}
    others = ground.formulas.round_score.rests_on(ground.facts, row)
    besides = "".join(
        f"，{spot.field}{shown(value)}分"
        for spot in others
        if isinstance(value := spot.record.get(spot.field), Decimal) and value
    )
    text = f"{len(one.points)}项指标共{shown(one.base)}分{bonus}{besides}，{outcome}"
    return Step(one.name, text, (*one.points.values(), *one.bonuses, *others))


def _with_year(rating: Rating, weights: Sequence[Fraction], begun: _Begun, *, alone: bool) -> Rating:
    """Return a rating with the year's score: rounds by their weights, of those that have a score.

    A round that a branch has points of, or must have, is not left out quietly when it has no score. As long as nobody has points in a round the year is not over, and nobody has a score of it.
    """
    ahead = [one.name for one in rating.rounds if one.name not in begun.rounds]
    pairs = [(one, weight) for one, weight in zip(rating.rounds, weights, strict=True) if one.score is not None]
    lacking = [one.name for one in rating.rounds if one.score is None and (rating.code, one.name) in begun.pairs]
    if not pairs or lacking or ahead or (len(pairs) < len(weights) and not alone):
        return replace(rating, remark=_why_not(rating, lacking, ahead, alone=alone))
    score = _average([(one.score, weight) for one, weight in pairs if one.score is not None])
    return replace(rating, score=score, steps=(*rating.steps, Step("年度得分", _sum_in_words(pairs, score))))


def _average(pairs: Sequence[tuple[Score, Fraction]]) -> Score:
    if len(pairs) == 1:
        return pairs[0][0]
    total = sum((weight for _, weight in pairs), Fraction(0))
    value = sum((Fraction(score) * weight for score, weight in pairs), Fraction(0))
    return _decimal(value / total) if total else Decimal(0)


def _decimal(value: Fraction) -> Score:
    """Return a fraction as a decimal where it is one."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return Decimal(value.numerator) / Decimal(value.denominator) if rest == 1 else exact(value)


def _why_not(rating: Rating, lacking: Sequence[str], ahead: Sequence[str], *, alone: bool) -> str:
    if lacking:
        return f"{'、'.join(lacking)}的分不全"
    scored_rounds = [one.name for one in rating.rounds if one.score is not None]
    if scored_rounds and ahead:
        return f"{'、'.join(ahead)}还没有打分，没有年度得分"
    return f"只有{'、'.join(scored_rounds)}得分，按口径不评" if scored_rounds and not alone else "没有考评分"


def _sum_in_words(pairs: Sequence[tuple[RoundScore, Fraction]], score: Score) -> str:
    if len(pairs) == 1:
        return f"只有{pairs[0][0].name}，用该轮得分{shown(score)}分"
    parts = "＋".join(f"{shown(one.score)}×{shown(_decimal(weight))}" for one, weight in pairs)
    return f"{parts}＝{shown(score)}分"


def shown(value: Score | None) -> str:
    """Return a number as it is written in explanations: no zeros at its end, fractions to four decimals."""
    if value is None:
        return "—"
    if isinstance(value, Fraction):
        return f"约{float(value):.4f}"
    return f"{value.normalize():f}"


def round_rows(ground: Ground, ratings: Sequence[Rating]) -> tuple[Record, ...]:
    """Return the derived table of round scores."""
    return tuple(
        Record(ROUND_SCORES, one.unit, _round_row(ground, one, score), EMPTY_CELLS, BASIS_PAGE, one.name)
        for one in ratings
        for score in one.rounds
        if score.points
    )


def _round_row(ground: Ground, rating: Rating, one: RoundScore) -> dict[str, Scalar]:
    keys = {**ground.keys(rating.code, rating.unit), ground.rule.points.round: one.name}
    return {**keys, "指标分": one.base, "加分": one.bonus, "得分": one.score}
