"""From stars to the year's result: places, equals at the line, changes by a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports import findings
from pbreports.rating.deciding import Decisions
from pbreports.rating.formulas import fixed
from pbreports.rating.places import Candidate, Result, give_out
from pbreports.rating.scoring import Ground
from pbreports.rating.values import Rating, State, Step
from pbreports.scheme.language import Frame
from pbreports.scheme.model.rating import Places
from pbreports.values import CellRef, Finding, Record

Keys = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Quota:
    """How many may have the highest star: in all, and by unit where the places are shared out."""

    star: int
    otherwise: int
    places: int | None
    shares: Mapping[str, int] | None
    rows: Mapping[str, Record]
    found: tuple[Finding, ...] = ()


def quota_of(ground: Ground, declared: Places) -> Quota:
    """Return the places of the year; shares above them are a finding."""
    run = ground.formulas.places
    number = fixed(run, ground.facts, ground.names) if run else None
    places = int(number) if isinstance(number, Decimal | Fraction) else None
    rows = _share_rows(ground, declared)
    shares = {unit: _share(row, declared) for unit, row in rows.items()} or None
    found = []
    if shares and places is not None and sum(shares.values()) > places and declared.shares:
        where = CellRef(next(iter(rows.values())).file, declared.shares.sheet)
        found.append(findings.finding("P-22", where, 合计=sum(shares.values()), 总数=places))
    return Quota(declared.star, declared.otherwise, places, shares, rows, tuple(found))


def _share_rows(ground: Ground, declared: Places) -> dict[str, Record]:
    if declared.shares is None:
        return {}
    test = ground.formulas.shared
    frame = Frame(ground.facts, ground.names)
    return {
        str(row.get(ground.unit_field)): row
        for row in ground.facts.rows(declared.shares.sheet)
        if test is None or test(frame.at(row.values)) is True
    }


def _share(row: Record, declared: Places) -> int:
    assert declared.shares is not None  # asked of rows of its sheet
    value = row.get(declared.shares.number)
    return int(value) if isinstance(value, Decimal) else 0


def awarded(ratings: Sequence[Rating], keys: Keys, quota: Quota | None, decisions: Decisions) -> list[Rating]:
    """Return the ratings with their final stars; what cannot be decided stays open and is noted."""
    if quota is None:
        return [_adjusted(replace(one, placed=one.capped), decisions) for one in ratings]
    _drop_overfull(ratings, quota, decisions)
    settled = {code: chosen for code, (chosen, _) in decisions.settled.items()}
    before = give_out(_candidates(ratings, keys, quota, {}), quota.places, quota.shares, settled)
    stars = {code: star for code, (star, _) in decisions.adjustments.items()}
    result = (
        give_out(_candidates(ratings, keys, quota, stars), quota.places, quota.shares, settled) if stars else before
    )
    _note_open(ratings, result, decisions)
    _note_unshared(ratings, quota, decisions)
    return [
        _adjusted(_placed(one, before if one.code in stars else result, quota, decisions), decisions) for one in ratings
    ]


def _candidates(ratings: Iterable[Rating], keys: Keys, quota: Quota, stars: Mapping[str, int]) -> list[Candidate]:
    """Return who competes for a place; those whom a meeting raised have one, those it lowered want none."""
    found = []
    for one in ratings:
        star = stars.get(one.code, one.capped)
        if star is not None and star >= quota.star:
            found.append(Candidate(one.code, one.unit, keys[one.code], fixed=one.code in stars))
    return found


def _drop_overfull(ratings: Sequence[Rating], quota: Quota, decisions: Decisions) -> None:
    """Note the branches raised to the highest star by meetings beyond the places, and leave their results as they were."""
    raised = [
        one for one in ratings if one.code in decisions.adjustments and decisions.adjustments[one.code][0] >= quota.star
    ]
    by_unit = Counter(one.unit for one in raised)
    too_many = {
        unit for unit, count in by_unit.items() if quota.shares is not None and count > quota.shares.get(unit, 0)
    }
    in_all = quota.places is not None and len(raised) > quota.places
    for one in raised:
        if one.unit in too_many or in_all:
            decision = decisions.adjustments.pop(one.code)[1]
            places = quota.places if in_all else (quota.shares or {}).get(one.unit, 0)
            decisions.note("P-17", decision.record.cell(decision.field), 支部=one.name, 名额=places)


def _placed(one: Rating, result: Result, quota: Quota, decisions: Decisions) -> Rating:
    if one.capped is None or one.capped < quota.star:
        return replace(one, placed=one.capped)
    rests_on = ((quota.rows[one.unit], ""),) if one.unit in quota.rows else ()
    settled = decisions.settled.get(one.code) if one.code in result.used else None
    decision = settled[1] if settled else None
    if decision:
        rests_on = (*rests_on, (decision.record, decision.field))
    if one.code in result.chosen:
        words = f"{_of_places(one, quota)}，得{quota.star}星" + (f"（{decision.words}）" if decision else "")
        return replace(one, placed=quota.star, settled=decision, steps=(*one.steps, Step("名额", words, rests_on)))
    if one.code in result.open:
        step = Step("名额", f"{_of_places(one, quota)}，在名额线处并列，待会议研究", rests_on)
        return replace(one, state=State.OPEN, remark="名额线处并列，待会议研究", steps=(*one.steps, step))
    words = f"{_of_places(one, quota)}，名额已满，定{quota.otherwise}星" + (f"（{decision.words}）" if decision else "")
    steps = (*one.steps, Step("名额", words, rests_on))
    return replace(one, placed=quota.otherwise, remark="超出名额", settled=decision, steps=steps)


def _of_places(one: Rating, quota: Quota) -> str:
    if quota.shares is None:
        return f"全区名额{quota.places}个，第{one.rank}名"
    return f"本单位名额{quota.shares.get(one.unit, 0)}个，全区第{one.rank}名"


def _adjusted(one: Rating, decisions: Decisions) -> Rating:
    """Return a rating with its final star: as placed, or as a meeting has changed it (the old star is kept)."""
    given = decisions.adjustments.get(one.code)
    if given is None:
        return replace(one, star=one.placed)
    star, decision = given
    old = "待研究" if one.placed is None else f"{one.placed}星"
    step = Step("人工调整", f"由{old}调整为{star}星（{decision.words}）", ((decision.record, decision.field),))
    return replace(one, state=State.SETTLED, remark="", star=star, adjustment=decision, steps=(*one.steps, step))


def _note_open(ratings: Sequence[Rating], result: Result, decisions: Decisions) -> None:
    names = {one.code: one.name for one in ratings}
    units = {one.code: one.unit for one in ratings}
    told: set[str] = set()
    for equal in result.overfull:
        told.update(equal)
        where = decisions.settled[next(code for code in equal if code in decisions.settled)][1]
        decisions.note("P-21", where.record.cell(where.field), 支部=_listed(equal, names))
    for unit in dict.fromkeys(units[code] for code in names if code in result.open - told):
        group = [code for code in names if code in result.open - told and units[code] == unit]
        decisions.note("P-19", CellRef("评定结果", names[group[0]]), 支部=_listed(group, names))
    for code, (_, decision) in decisions.settled.items():
        if code not in result.used:
            decisions.note("P-20", decision.record.cell(decision.field), 支部=names[code])


def _listed(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return "、".join(names[code] for code in codes)


def _note_unshared(ratings: Sequence[Rating], quota: Quota, decisions: Decisions) -> None:
    """Note the branches that reach the highest star in units to which no place was given."""
    if quota.shares is None:
        return
    lacking = [
        one for one in ratings if one.capped is not None and one.capped >= quota.star and one.unit not in quota.shares
    ]
    for one in lacking:
        decisions.note("P-23", CellRef("评定结果", one.name), 支部=one.name, 单位=one.unit)
