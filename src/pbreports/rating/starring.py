"""From scores to stars: the lines, the ceilings, the rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.rating.formulas import Clause, fixed
from pbreports.rating.results import result_row
from pbreports.rating.scoring import Ground, shown
from pbreports.rating.values import Rating, State, Step
from pbreports.scheme.language import Frame
from pbreports.values import Scalar

Line = tuple[int, Decimal | Fraction]
"""A star and the score from which on it is given."""


def starred(ground: Ground, ratings: Sequence[Rating]) -> list[Rating]:
    """Return the ratings with the star that the score reaches, and the one that the ceilings leave."""
    lines = _lines(ground)
    return [_capped(ground, _first(one, lines)) if one.score is not None else one for one in ratings]


def _lines(ground: Ground) -> list[Line]:
    values = [(star, fixed(run, ground.facts, ground.names)) for star, run in ground.formulas.lines]
    return sorted(((star, value) for star, value in values if isinstance(value, Decimal | Fraction)), reverse=True)


def _first(rating: Rating, lines: Sequence[Line]) -> Rating:
    assert rating.score is not None  # asked only of those that have one
    lowest = min(star for star, _ in lines) - 1
    reached = next(((star, line) for star, line in lines if rating.score >= line), None)
    if reached is None:
        text, star = f"{shown(rating.score)}分不到{shown(lines[-1][1])}分线，初定{lowest}星", lowest
    else:
        star = reached[0]
        text = f"{shown(rating.score)}分达到{shown(reached[1])}分线，初定{star}星"
    return replace(rating, state=State.SETTLED, first=star, capped=star, steps=(*rating.steps, Step("初定星级", text)))


def _capped(ground: Ground, rating: Rating) -> Rating:
    """Return a rating under the strictest of the ceilings that apply; every one that applies is told."""
    frame = ground.frame().at(result_row(ground, rating))
    hits = list(_hits(ground, frame))
    if not hits:
        return rating
    assert rating.first is not None  # the lines come before the ceilings
    lowest = min(star for _, star, _ in hits)
    binding = tuple(name for name, star, _ in hits if star == lowest and lowest < rating.first)
    steps = tuple(step for _, _, step in hits)
    return replace(rating, capped=min(lowest, rating.first), ceilings=binding, steps=(*rating.steps, *steps))


def _hits(ground: Ground, frame: Frame) -> Iterator[tuple[str, int, Step]]:
    for clause in ground.formulas.ceilings:
        if clause.condition.run(frame) is True:
            star = clause.star.run(frame)
            if isinstance(star, Decimal | Fraction):
                yield clause.declared.name, int(star), _ceiling_step(ground, clause, frame, int(star))


def _ceiling_step(ground: Ground, clause: Clause, frame: Frame, star: int) -> Step:
    records = clause.condition.rests_on(ground.facts, frame.row)
    basis = f"（{clause.declared.basis}）" if clause.declared.basis else ""
    return Step(clause.declared.name, f"最高{star}星{basis}", tuple((record, "") for record in records))


def ranked(ground: Ground, ratings: Sequence[Rating]) -> tuple[list[Rating], dict[str, tuple[Any, ...]]]:
    """Return the ratings with their rank among those with a score, and by code what they are compared by.

    Equal ones have the same rank; the order of official lists decides nothing here.
    """
    keys = {one.code: _key(ground, one) for one in ratings if one.score is not None}
    rank: dict[tuple[Any, ...], int] = {}
    for number, key in enumerate(sorted(keys.values(), reverse=True), 1):
        rank.setdefault(key, number)
    return [replace(one, rank=rank[keys[one.code]]) if one.code in keys else one for one in ratings], keys


def _key(ground: Ground, rating: Rating) -> tuple[Any, ...]:
    frame = ground.frame().at(result_row(ground, rating))
    given = tuple(run(frame) for run in ground.formulas.ranked_by)
    return tuple(_comparable(value) for value in given or (rating.score,))


def _comparable(value: Scalar) -> tuple[bool, Any]:
    """Return a value so that a blank comes last."""
    return (value is not None, value if value is not None else 0)
