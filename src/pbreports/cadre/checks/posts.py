"""Checks of posts and teams: the post is one of the batch, not more candidates than places, a team fit to inspect."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pbreports.cadre.checks.setting import Setting, say, tell, who
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.outcome import end_of, is_chosen
from pbreports.scheme.cadres import BATCH, POST, POSTS, TEAMS
from pbreports.scheme.language.wording import as_text
from pbreports.values import Finding, Record

_WAY = "任用类型"
_NAMED = 5
"""So many candidates are named in one message."""


def check_post(one: Dossier) -> Iterator[Finding]:
    """Yield where the post that a candidate is to take is not among those of the batch, or is taken another way."""
    post = one.text(POST)
    if not post or not one.batch:
        return
    if not one.of(POSTS):
        yield tell("K-30", one.person.cell(POST), one, 什么=f"拟任职务“{post}”在“岗位方案”的这一批里没有")
        return
    ours, planned = one.get(_WAY), one.told(POSTS, _WAY)
    if ours and planned and ours != planned:
        yield tell("K-30", one.person.cell(_WAY), one, 什么=f"任用类型是{ours}，“岗位方案”里是{planned}")


def check_places(people: Sequence[Dossier], setting: Setting) -> Iterator[Finding]:
    """Yield the posts for which more are decided on than there are places, or else more are still candidates.

    The inspected may outnumber the places (差额考察); those decided on may not. Ended candidacies do not count.
    """
    wanted: dict[tuple[object, object], list[Dossier]] = defaultdict(list)
    for one in people:
        if end_of(one) is None:
            wanted[one.get(BATCH), one.get(POST)].append(one)
    for row in setting.sheets.get(POSTS, ()):
        those, places = wanted.get((row.get(BATCH), row.get(POST)), []), row.get("岗位职数")
        decided = [one for one in those if is_chosen(one)]
        if not isinstance(places, Decimal) or len(those) <= places:
            continue
        if len(decided) > places:
            yield _too_many("K-51", row, places, decided)
        elif len(decided) < places:
            yield _too_many("K-31", row, places, those)


def _too_many(code: str, row: Record, places: Decimal, those: Sequence[Dossier]) -> Finding:
    names = "、".join(who(one) for one in those[:_NAMED]) + ("等" if len(those) > _NAMED else "")
    words = {"职务": row.get(POST), "职数": as_text(places), "人数": len(those), "名单": names}
    return say(code, row.cell("岗位职数"), **words)


def check_teams(setting: Setting) -> Iterator[Finding]:
    """Yield the inspecting teams with too few members, or of which the leader is not a member."""
    least = setting.number("考察组最少人数")
    for row in setting.sheets.get(TEAMS, ()):
        members = _names(str(row.get("考察组成员") or ""))
        leader = "".join(str(row.get("考察组组长") or "").split())
        if not members:
            continue
        where, batch = row.cell("考察组成员"), row.get(BATCH)
        if len(members) < least:
            yield say("K-32", where, 批次=batch, 什么=f"只有{len(members)}名成员，应有{least}名以上")
        if leader and leader not in members:
            yield say("K-32", where, 批次=batch, 什么=f"组长{leader}不在成员名单里")


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name for part in re.split("[、，,；;\n]", text) if (name := "".join(part.split()))))
