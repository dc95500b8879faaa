"""What follows from the final star: movement against last year, the plaque, the declared further columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pbreports.rating.results import result_row
from pbreports.rating.saying import said
from pbreports.rating.scoring import Ground
from pbreports.rating.values import Movement, Plaque, Rating, Spot, Step
from pbreports.values import CellRef, Finding, Record

LastStars = Mapping[str, tuple[int, Record]]


def last_stars(ground: Ground, year: int) -> LastStars:
    """Return last year's stars by branch, each with its row."""
    declared = ground.rule.last
    if declared is None:
        return {}
    return {
        str(row.get(ground.rule.rated.code)): (int(star), row)
        for row in ground.facts.rows(declared.sheet)
        if row.get(declared.year) == year - 1 and isinstance(star := row.get(declared.star), Decimal)
    }


def without_last_stars(ground: Ground, ratings: Sequence[Rating], last: LastStars, year: int) -> Iterator[Finding]:
    """Give a finding when stars were given and nobody has one of last year: all would seem to be rated for the first time."""
    declared = ground.rule.last
    if declared and not last and any(one.star is not None for one in ratings):
        yield said("P-34", CellRef(declared.sheet), 年度=year - 1, 表=declared.sheet)


def with_last_star(ratings: Sequence[Rating], last: LastStars) -> list[Rating]:
    """Return the ratings with last year's star."""
    return [replace(one, last_star=last[one.code][0]) if one.code in last else one for one in ratings]


def closed(ground: Ground, ratings: Sequence[Rating], last: LastStars) -> list[Rating]:
    """Return the ratings with what follows from their star."""
    return [_closed(ground, one, last) for one in ratings]


def _closed(ground: Ground, one: Rating, last: LastStars) -> Rating:
    if one.star is None:
        return one
    moved = replace(one, movement=_movement(one.star, one.last_star), plaque=_plaque(ground, one))
    numbered = replace(moved, plaque_number=_plaque_number(ground, moved), steps=(*one.steps, _step(moved, last)))
    frame = ground.frame().at(result_row(ground, numbered))
    extra = {declared.name: run(frame) for declared, run in ground.formulas.extra}
    told = tuple(Step(name, str(value)) for name, value in extra.items() if value is not None)
    return replace(numbered, extra=extra, steps=(*numbered.steps, *told))


def _movement(star: int, last: int | None) -> Movement:
    if last is None:
        return Movement.FIRST
    return Movement.SAME if star == last else Movement.UP if star > last else Movement.DOWN


def _plaque(ground: Ground, one: Rating) -> Plaque | None:
    """Return what becomes of the plaque; only the highest star has one."""
    top = ground.rule.places.star if ground.rule.places else max(star for star, _ in ground.formulas.lines)
    has_now, had = one.star == top, one.last_star == top
    if has_now:
        return Plaque.KEPT if had else Plaque.NEW
    return Plaque.WITHDRAWN if had else None


def _plaque_number(ground: Ground, one: Rating) -> str | None:
    if ground.formulas.plaque is None or one.plaque not in (Plaque.KEPT, Plaque.NEW):
        return None
    value = ground.formulas.plaque(ground.frame().at(result_row(ground, one)))
    return None if value is None else str(value)


def _step(one: Rating, last: LastStars) -> Step:
    before = "上年没有星级" if one.last_star is None else f"上年{one.last_star}星"
    words = "，".join(part.value for part in (one.movement, one.plaque) if part)
    rests_on = (Spot(last[one.code][1]),) if one.code in last else ()
    return Step("变动", f"{before}，本年{one.star}星：{words}", rests_on)
