"""From stars to the year's result: places, equals at the line, changes by a meeting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from pbreports.rating.deciding import Decisions
from pbreports.rating.formulas import fixed
from pbreports.rating.places import Candidate, Result, give_out
from pbreports.rating.saying import listed, said
from pbreports.rating.scoring import Ground, shown
from pbreports.rating.starring import Keys
from pbreports.rating.values import BASIS_PAGE, Decision, Rating, Spot, State, Step
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Frame
from pbreports.scheme.model.rating import Places, Shares
from pbreports.values import CellRef, Finding, Record

AGAINST = "与会议的决定不一致，待重新研究"
"""What is remarked of a branch whose rank has changed since a meeting decided about it."""


@dataclass(frozen=True)
class Quota:
    """How many may have the highest star: in all, and by unit where the places are shared out."""

    star: int
    otherwise: int
    places: int
    shares: Mapping[str, int] | None
    rows: Mapping[str, Record]
    compared: tuple[str, ...] = ()

    def of(self, unit: str) -> int:
        """Return how many places a unit's branches compete for."""
        return self.places if self.shares is None else self.shares.get(unit, 0)


def quota_of(ground: Ground) -> Quota | None:
    """Return the places of the year, ``None`` where the rule limits none."""
    declared, run = ground.rule.places, ground.formulas.places
    if declared is None or run is None:
        return None
    number = fixed(run, ground.facts, ground.names)
    places = int(number) if isinstance(number, Decimal | Fraction) else 0
    rows = _share_rows(ground, declared.shares) if declared.shares and to_be_shared(ground) else {}
    shares = {unit: _share(row, declared) for unit, row in rows.items()} or None
    return Quota(declared.star, declared.otherwise, places, shares, rows, tuple(map(_named_in, declared.order)))


def to_be_shared(ground: Ground) -> bool:
    """Return whether the places are to be shared out by unit."""
    shares, applies = ground.rule.places and ground.rule.places.shares, ground.formulas.sharing
    return shares is not None and (applies is None or fixed(applies, ground.facts, ground.names) is True)


def _named_in(text: Expression) -> str:
    """Return the field that an expression is about: 评议分 of 取(轮次评议.评议分, …)."""
    return next(iter(re.findall(r"\.(\w+)", text.text)), text.text)


def _share_rows(ground: Ground, declared: Shares) -> dict[str, Record]:
    test, frame = ground.formulas.shared, Frame(ground.facts, ground.names)
    return {
        str(row.get(ground.unit_field)): row
        for row in ground.facts.rows(declared.sheet)
        if test is None or test(frame.at(row.values)) is True
    }


def _share(row: Record, declared: Places) -> int:
    value = row.get(declared.shares.number) if declared.shares else None
    return max(int(value), 0) if isinstance(value, Decimal) else 0


def quota_findings(ground: Ground, quota: Quota, ratings: Sequence[Rating]) -> Iterator[Finding]:
    """Go through what is wrong with the places: shares above them, units that reach the star and have no share.

    While branches lack a score the places are not known for good, and shares above them are only a notice.
    """
    declared = ground.rule.places.shares if ground.rule.places else None
    if declared is None:
        return
    if quota.shares is None:
        if to_be_shared(ground) and any(one.score is not None for one in ratings):
            yield said("P-35", CellRef(declared.sheet), 表=declared.sheet)
        return
    total, first = sum(quota.shares.values()), next(iter(quota.rows.values()))
    lacking = sum(one.score is None for one in ratings)
    if total > quota.places:
        words = {"合计": total, "总数": quota.places, "个数": lacking}
        yield said("P-27" if lacking else "P-22", first.cell(declared.number), **words)
    for one in ratings:
        if one.capped is not None and one.capped >= quota.star and one.unit not in quota.shares:
            yield said("P-23", CellRef(BASIS_PAGE, one.name), 支部=one.name, 单位=one.unit)


def awarded(ratings: Sequence[Rating], keys: Keys, quota: Quota | None, decisions: Decisions) -> list[Rating]:
    """Return the ratings with their final stars; what cannot be decided stays open and is noted."""
    if quota is None:
        return [_adjusted(replace(one, placed=one.capped), decisions.adjustments.get(one.code)) for one in ratings]
    _drop_overfull(ratings, quota, decisions)
    settled: dict[str, bool | None] = {code: chosen for code, (chosen, _) in decisions.settled.items()}
    settled |= dict.fromkeys(decisions.unclear)
    stars = {code: star for code, (star, _) in decisions.adjustments.items()}
    before = give_out(_candidates(ratings, keys, quota, {}, settled), quota.places, quota.shares, settled)
    result = give_out(_candidates(ratings, keys, quota, stars, settled), quota.places, quota.shares, settled)
    _note_open(ratings, result, quota, decisions)
    equal = _equals(ratings, keys, quota, before, decisions)
    return [
        _adjusted(
            _placed(one, before if one.code in stars else result, quota, decisions, equal.get(one.code, "")),
            decisions.adjustments.get(one.code),
        )
        for one in ratings
    ]


def _candidates(
    ratings: Iterable[Rating], keys: Keys, quota: Quota, stars: Mapping[str, int], settled: Mapping[str, bool | None]
) -> list[Candidate]:
    """Return who competes for a place; those whom a meeting raised have one, those it lowered want none.

    A place that a meeting gave among equals stays taken while the branch has no score: a point missing for the one
    must not make a winner of the other.
    """
    found = []
    for one in ratings:
        star = stars.get(one.code, one.capped)
        if star is None and settled.get(one.code):
            found.append(Candidate(one.code, one.unit, (), fixed=True))
        if star is not None and star >= quota.star:
            found.append(Candidate(one.code, one.unit, keys[one.code], fixed=one.code in stars))
    return found


def _equals(
    ratings: Sequence[Rating], keys: Keys, quota: Quota, result: Result, decisions: Decisions
) -> dict[str, str]:
    """Return for each branch that was equal to others at the line in words with whom, on what, and who decided."""
    groups: dict[tuple[object, ...], list[Rating]] = {}
    for one in (one for one in ratings if one.capped is not None and one.capped >= quota.star):
        unit = "" if quota.shares is None else one.unit
        groups.setdefault((keys[one.code], unit), []).append(one)
    at_line = (result.used | result.open) - result.against
    found: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1 and any(one.code in at_line for one in group):
            found |= {one.code: _tied(one, group, _alike(keys[one.code], quota), decisions) for one in group}
    return found


def _tied(one: Rating, group: Sequence[Rating], alike: str, decisions: Decisions) -> str:
    names = listed([other.name for other in group if other is not one])
    others = [decisions.settled[other.code][1] for other in group if other.code in decisions.settled]
    decided = f"，由{others[0].meeting}研究决定" if others and one.code not in decisions.settled else ""
    return f"，与{names}并列（{alike}都相同）{decided}"


def _alike(given: Sequence[tuple[bool, object]], quota: Quota) -> str:
    values = (shown(value) if isinstance(value, Decimal | Fraction) else str(value) for _, value in given)
    told = (value if there else "没有" for value, (there, _) in zip(values, given, strict=True))
    return "、".join(f"{name}{value}" for name, value in zip(quota.compared, told, strict=False))


def _drop_overfull(ratings: Sequence[Rating], quota: Quota, decisions: Decisions) -> None:
    """Note the branches raised to the highest star by meetings beyond the places, and leave their results as they were."""
    raised = [one for one in ratings if decisions.star_of(one.code) >= quota.star]
    by_unit = Counter(one.unit for one in raised)
    for one in raised:
        of_unit = quota.of(one.unit)
        if len(raised) > quota.places or (quota.shares is not None and by_unit[one.unit] > of_unit):
            decision = decisions.adjustments.pop(one.code)[1]
            places = quota.places if len(raised) > quota.places else of_unit
            decisions.note("P-17", decision.where, 支部=one.name, 名额=places)


def _placed(one: Rating, result: Result, quota: Quota, decisions: Decisions, equals: str) -> Rating:
    if one.capped is None or one.capped < quota.star:
        return replace(one, placed=one.capped)
    decision = decisions.settled[one.code][1] if one.code in result.used & decisions.settled.keys() else None
    told = f"{_of_places(one, quota)}{equals}，{{}}{f'（{decision.words}）' if decision else ''}"
    if one.code in result.chosen:
        step = _step(one, quota, decision, told.format(f"得{quota.star}星"))
        return replace(one, placed=quota.star, settled=decision, steps=(*one.steps, step))
    if one.code in result.against:
        decision = decisions.settled[one.code][1]
        text = f"{_of_places(one, quota)}，不再是名额线处并列，与会议的决定不一致，待重新研究（{decision.words}）"
        step = _step(one, quota, decision, text)
        return replace(one, state=State.OPEN, remark=AGAINST, steps=(*one.steps, step))
    if one.code in result.open:
        step = _step(one, quota, decision, told.format("在名额线处并列，待会议研究"))
        return replace(one, state=State.OPEN, remark="名额线处并列，待会议研究", steps=(*one.steps, step))
    step = _step(one, quota, decision, told.format(f"名额已满，定{quota.otherwise}星"))
    remark = "本单位没有名额" if quota.shares is not None and one.unit not in quota.shares else "超出名额"
    return replace(one, placed=quota.otherwise, remark=remark, settled=decision, steps=(*one.steps, step))


def _step(one: Rating, quota: Quota, decision: Decision | None, text: str) -> Step:
    share = (Spot(quota.rows[one.unit]),) if one.unit in quota.rows else ()
    return Step("名额", text, (*share, *((decision.spot,) if decision else ())))


def _of_places(one: Rating, quota: Quota) -> str:
    where = "全区" if quota.shares is None else "本单位"
    return f"{where}名额{quota.of(one.unit)}个，全区第{one.rank}名"


def _adjusted(one: Rating, given: tuple[int, Decision] | None) -> Rating:
    """Return a rating with its final star: as placed, or as a meeting has changed it (the old star is kept)."""
    if given is None:
        return replace(one, star=one.placed)
    star, decision = given
    old = "待研究" if one.placed is None else f"{one.placed}星"
    step = Step("人工调整", f"由{old}调整为{star}星（{decision.words}）", (decision.spot,))
    return replace(one, state=State.SETTLED, remark="", star=star, adjustment=decision, steps=(*one.steps, step))


def _note_open(ratings: Sequence[Rating], result: Result, quota: Quota, decisions: Decisions) -> None:
    """Note the ties that wait for a meeting, what was decided about them too freely, and what needed no decision."""
    names = {one.code: one.name for one in ratings}
    order = {code: number for number, code in enumerate(names)}
    for tie in result.overfull:
        first = min((code for code in tie if code in decisions.settled), key=order.__getitem__)
        decisions.note("P-21", decisions.settled[first][1].where, 支部=_named(tie, names))
    for tie in result.ties:
        first = min(tie, key=order.__getitem__)
        decisions.note("P-19", CellRef(BASIS_PAGE, names[first]), 支部=_named(tie, names))
    _note_idle(ratings, result, quota, decisions)


def _note_idle(ratings: Sequence[Rating], result: Result, quota: Quota, decisions: Decisions) -> None:
    """Note the decisions about equals that found none: against the result, of a branch without a score, or idle."""
    for one in ratings:
        if one.code not in decisions.settled or one.code in result.used:
            continue
        chosen, decision = decisions.settled[one.code]
        words = {"支部": one.name, "决定": "入选" if chosen else "不入选"}
        if one.code in result.against:
            now = "轮不到，列为待研究" if chosen else "直接入选，列为待研究"
            decisions.note("P-30", decision.where, 现在=now, **words)
        elif one.score is None:
            decisions.note("P-31", decision.where, **words)
        elif chosen and one.capped is not None and one.capped < quota.star:
            decisions.note("P-30", decision.where, 现在=f"只有{one.capped}星", **words)
        else:
            decisions.note("P-20", decision.where, 支部=one.name)


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the names of branches in official order."""
    wanted = set(codes)
    return listed([name for code, name in names.items() if code in wanted])
