"""Candidacies with ballots, made from how many gave each grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pbreports.cadre.dossier import Dossier
from pbreports.values import Record, Scalar

WORDS, DIVIDED = ("优秀", "称职", "基本称职", "不称职", "弃权"), ("优秀", "良好", "一般", "较差", "弃权")
TEAM_WORDS = ("好", "较好", "一般", "差", "弃权")
GRADES = {"总体": WORDS, **dict.fromkeys("德能勤绩廉", DIVIDED), "班子": TEAM_WORDS}
NAMES: Mapping[str, Any] = {
    "测评分项权重": tuple(map(Decimal, (20, 15, 15, 30, 20))),
    "测评分项分值": tuple(zip(DIVIDED, map(Decimal, (100, 80, 60, 40)), strict=False)),
    "测评票种权重": (("A", Decimal(40)), ("B", Decimal(30)), ("C", Decimal(30))),
    "票种合并人数": Decimal(5),
    "不称职提示线": Decimal(20),
    "优称率提示线": Decimal(70),
}
Votes = Mapping[str, Sequence[int]]
"""How many of each kind gave the grades in their order."""


def record(sheet: str, **values: Scalar | int) -> Record:
    """Return a row of a sheet; whole numbers become the decimals that the reader gives."""
    told = {name: Decimal(value) if type(value) is int else value for name, value in values.items()}
    return Record(sheet, "", told, {}, "", "")


def slips(kind: str, counts: Sequence[int], code: str = "K1") -> list[Record]:
    """Return ballots of a kind: on each the divisions are answered by the place of the grade of the whole."""
    answered = [place for place, count in enumerate(counts) for _ in range(count)]
    return [
        record(
            "测评票",
            候选人编号=code,
            测评票种=kind,
            票序号=number,
            总体评价=WORDS[place],
            **dict.fromkeys("德能勤绩廉", DIVIDED[place]),
        )
        for number, place in enumerate(answered, 1)
    ]


def poll(kind: str, valid: int, invalid: int = 0, missing: int = 0) -> Record:
    """Return the row of how many ballots of a kind were issued and came back."""
    returned = valid + invalid
    return record(
        "测评组织",
        测评票种=kind,
        测评日期=date(2020, 11, 3),
        测评应到人数=returned + missing,
        测评实到人数=returned + missing,
        测评发票数=returned + missing,
        测评收票数=returned,
        测评无效票数=invalid,
        废票原因="没有填写" if invalid else None,
    )


def dossier(votes: Votes, code: str = "K1", polls: Sequence[Record] | None = None, **more: Sequence[Record]) -> Dossier:
    """Return a candidacy with ballots, and with what was issued for them unless told otherwise."""
    ballots = tuple(one for kind, counts in votes.items() for one in slips(kind, counts, code))
    asked = [poll(kind, sum(counts)) for kind, counts in votes.items()] if polls is None else polls
    rows = {"测评票": ballots, "测评组织": tuple(asked), **{sheet: tuple(given) for sheet, given in more.items()}}
    own = record("候选人", 候选人编号=code, 批次="第一批", 姓名="甲", 现任职务="副校长", 拟任职务="校长")
    return Dossier(own, rows)
