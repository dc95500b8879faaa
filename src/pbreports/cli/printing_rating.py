"""What the command rate prints: the table of results, or how one branch came to its stars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pbreports.cli import console
from pbreports.cli.printing import masked, print_findings
from pbreports.pipeline.rating_explained import PointLine, point_lines
from pbreports.pipeline.rating_steps import places_in_words, result_in_words, stars
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year
from pbreports.rating import Outcome, Rating, State, shown
from pbreports.rating.values import Given
from pbreports.scheme.model.rating import BonusPoints
from pbreports.values import Finding

_UNKNOWN = "—"


def print_rating(year: Year, outcome: Outcome, found: Sequence[Finding]) -> None:
    """Print the results by rank, then how many have which star, the places, what is open, what is wrong."""
    rule = year.scheme.rating
    assert rule is not None  # else there were no outcome
    rounds = [one.name for one in rule.rounds]
    console.say("\t".join(("名次", "党组织", *rounds, "年度得分", "初定", "封顶", "终定", "变动", "授牌", "说明")))
    for one in sorted(outcome.ratings, key=lambda one: (one.rank is None, one.rank or 0)):
        console.say(masked("\t".join(_cells(one))))
    console.say()
    console.say(_counts(outcome))
    if rule.places and outcome.places is not None:
        console.say(_places(outcome, rule.places.star))
    for state in (State.OPEN, State.UNRATED):
        names = [one.short_name or one.name for one in outcome.ratings if one.state is state]
        if names:
            console.say(f"{state.value}{len(names)}个：{'、'.join(names)}")
    console.say("会议已审定，年度结果生效。" if outcome.approved else "还没有会议审定，以上是建议结果。")
    if found:
        console.say("要看的问题：")
        print_findings(found)


def _cells(one: Rating) -> Iterator[str]:
    yield _UNKNOWN if one.rank is None else str(one.rank)
    yield one.short_name or one.name
    yield from (shown(score.score) for score in one.rounds)
    yield shown(one.score)
    yield from (stars(number) for number in (one.first, one.capped, one.star))
    yield one.movement.value if one.movement else _UNKNOWN
    yield one.plaque.value if one.plaque else _UNKNOWN
    yield "；".join(filter(None, ("、".join(one.ceilings), one.remark, "人工调整" if one.adjustment else "")))


def _counts(outcome: Outcome) -> str:
    counted = Counter(one.star for one in outcome.ratings)
    known = sorted((star for star in counted if star is not None), reverse=True)
    told = "，".join(f"{star}星{counted[star]}个" for star in known)
    return f"参评{len(outcome.ratings)}个" + (f"：{told}" if told else "")


def _places(outcome: Outcome, top: int) -> str:
    assert outcome.places is not None  # asked only where there are places
    used = sum(one.star == top for one in outcome.ratings)
    shared = "" if outcome.shared is None else f"，已分到单位{outcome.shared}个"
    return f"{top}星名额{outcome.places}个{shared}，用去{used}个，还剩{outcome.places - used}个"


def print_explained(year: Year, summary: Summary, one: Rating) -> None:
    """Print how a branch came to its stars, clause by clause, each with the cells it rests on."""
    short = f"（{one.short_name}）" if one.short_name else ""
    console.say(f"{one.name}{short} {one.code}")
    rule = year.scheme.rating
    granted = {score.name: score.bonuses for score in one.rounds}
    by_round = {score.name: point_lines(year, summary, one, score) for score in one.rounds if score.points}
    for step in one.steps:
        console.say(masked(f"{step.clause}：{step.text}"))
        lines = by_round.get(step.clause, ())
        for line in lines:
            console.say(masked(f"  {_point_words(line)}"))
        if lines:
            console.say(_lost(lines))
        bonuses = granted.get(step.clause, ())
        for bonus in bonuses:
            console.say(masked(f"  {_bonus_words(rule.bonus if rule else None, bonus)}"))
        given = {line.where for line in lines} | {bonus.where for bonus in bonuses}
        for place in places_in_words(cell for cell in step.cells if cell not in given):
            console.say(masked(f"  {place}"))
    console.say(f"结果：{result_in_words(one)}")


def _point_words(line: PointLine) -> str:
    if line.points is None:
        return f"{line.code} {line.content}：没有打分"
    data = "" if line.suggested is None else f"，数据核对{shown(line.suggested)}"
    own = "" if line.own is None else f"，自评{shown(line.own)}"
    return f"{line.code} {line.content}：{shown(line.points)}/{shown(line.full)}{data}{own}\t{line.where}"


def _bonus_words(declared: BonusPoints | None, bonus: Given) -> str:
    told = (bonus.record.get(name) for name in (declared.code, declared.matter)) if declared else ()
    words = " ".join(str(value) for value in told if value is not None)
    return f"加分 {words}：{shown(bonus.points)}分\t{bonus.where}"


def _lost(lines: Sequence[PointLine]) -> str:
    lost = sorted((line for line in lines if line.lost), key=lambda line: -line.lost)
    told = "、".join(f"{line.code}失{shown(line.lost)}分" for line in lost)
    return f"  失分：{told}" if told else "  没有失分。"
