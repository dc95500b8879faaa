"""How the year's rating is made: who is rated, from which points, with which ceilings and places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pbreports.scheme.declare import NOWHERE, Expression, Place, key
from pbreports.scheme.model.sheets import Field


@dataclass(frozen=True)
class Rated:
    """Which rows are rated; ``order`` is the order of official lists and never decides about a star."""

    sheet: str = key("表")
    code: str = key("代码")
    name: str = key("名称")
    short: str = key("简称", default="")
    condition: Expression | None = key("条件", default=None)
    order: tuple[Expression, ...] = key("次序", default=())
    place: Place = NOWHERE


@dataclass(frozen=True)
class RatingRound:
    """One round of the year, with its weight in the year's score."""

    name: str = key("名称")
    weight: Expression = key("权重")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Indicators:
    """The constant table of the indicators and which of its columns say what; ``evidence`` is its expression column."""

    table: str = key("表")
    code: str = key("代码", default="指标代码")
    content: str = key("内容", default="", doc="指标说什么，列明细时印出")
    full: str = key("满分", default="满分")
    kind: str = key("计分方式", default="计分方式")
    each: str = key("单位扣分", default="单位扣分")
    floor: str = key("下限", default="下限")
    bands: str = key("分档", default="分档")
    evidence: str = key("自动核对", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class GivenPoints:
    """The sheet of points by round, rated row and indicator; ``measured`` is what the points are worked out from."""

    sheet: str = key("表")
    points: str = key("得分", default="考评分")
    round: str = key("轮次", default="轮次")
    measured: str = key("核查值", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Groups:
    """The sheet that says which group of assessors gives each rated row its points; ``group`` is the group's column."""

    sheet: str = key("表")
    group: str = key("组", default="考评组")
    place: Place = NOWHERE


@dataclass(frozen=True)
class BonusPoints:
    """The sheet of granted bonus points, and the constant table that says how much each case is worth at most."""

    sheet: str = key("表")
    table: str = key("项目表")
    code: str = key("代码", default="加分代码")
    matter: str = key("事项", default="认定事项")
    points: str = key("得分", default="认定加分")
    most: str = key("分值", default="加分分值")
    round: str = key("轮次", default="轮次")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Ceiling:
    """A clause that keeps a row below a star whatever its points; asked on the row of the results."""

    name: str = key("名称")
    condition: Expression = key("条件")
    star: Expression = key("最高星级")
    basis: str = key("依据", default="")
    details: tuple[str, ...] = key("明细", default=(), doc="说明命中的每一行时写的字段；“清单.字段”取清单里同一代码的")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Shares:
    """The sheet that shares the places out by unit; where it has no row of the year, all compete for all places.

    ``applies`` says whether they are to be shared out at all.
    """

    sheet: str = key("表")
    number: str = key("名额", default="名额")
    applies: Expression | None = key("生效", default=None, doc="名额要不要分配到单位（真假）")
    condition: Expression | None = key("条件", default=None)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Places:
    """How many rows may have the highest star, in which order they come, and what those get who find no place."""

    star: int = key("星级")
    number: Expression = key("总数")
    order: tuple[Expression, ...] = key("次序", doc="依次比较，大的在前；都相同的并列，程序不取舍")
    otherwise: int = key("落选星级")
    plaque: Expression | None = key("奖牌编号", default=None, doc="在得到最高星级的行上求值")
    shares: Shares | None = key("分配", default=None)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Adjustments:
    """The sheet of results changed by a meeting, with the reason."""

    sheet: str = key("表")
    star: str = key("星级", default="调整后星级")
    reason: str = key("理由", default="调整理由")
    meeting: str = key("会议", default="审议会议")
    day: str = key("日期", default="审议日期")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Settled:
    """The sheet in which a meeting says which of the equal rows at the line get the places."""

    sheet: str = key("表")
    chosen: str = key("入选", default="是否入选")
    reason: str = key("理由", default="研究理由")
    meeting: str = key("会议", default="审议会议")
    day: str = key("日期", default="审议日期")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Approval:
    """The sheet whose row of the year says that a meeting has approved the results."""

    sheet: str = key("表")
    year: str = key("年度", default="审定年度")
    meeting: str = key("会议", default="审定会议")
    day: str = key("日期", default="审定日期")
    number: str = key("数", default="", doc="会议审定最高星级几个，与算出来的不一致时提醒")
    place: Place = NOWHERE


@dataclass(frozen=True)
class LastStars:
    """The sheet of the stars of earlier years; last year's own results, where they are there, stand in for its rows."""

    sheet: str = key("表")
    year: str = key("年度", default="星级年度")
    star: str = key("星级", default="星级")
    plaque: str = key("授牌号", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class RatingRule:
    """How rows are rated: points by round and indicator, the year's score, stars by lines, ceilings, places."""

    name: str = key("名称")
    rated: Rated = key("对象")
    rounds: tuple[RatingRound, ...] = key("轮次")
    indicators: Indicators = key("指标")
    points: GivenPoints = key("打分")
    round_score: Expression = key("每轮得分", doc="在“轮次得分”的行上求值，用 指标分、加分 和关联的表")
    single_round: Expression = key("单轮评定", doc="只有一轮得分的是否也评（真假）")
    lines: Mapping[str, Expression] = key("等次线", doc="星级: 分数线；都够不上的为最低一星")
    places: Places | None = key("名额", default=None)
    groups: Groups | None = key(
        "分组", default=None, doc="一组在别的组已有分的一轮里一个分也没有的，该组都不评，不当作只参加一轮"
    )
    bonus: BonusPoints | None = key("加分", default=None)
    ceilings: tuple[Ceiling, ...] = key("封顶", default=())
    adjustments: Adjustments | None = key("人工调整", default=None)
    settled: Settled | None = key("待研究决定", default=None)
    approval: Approval | None = key("审定", default=None)
    last: LastStars | None = key("上年", default=None)
    self_rating: GivenPoints | None = key("自评", default=None)
    extra: tuple[Field, ...] = key("另列", default=(), doc="在“评定结果”的行上求值的计算字段，如奖牌编号")
    place: Place = NOWHERE


_BAND = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[:：]\s*(\d+(?:\.\d+)?)\s*[,，、;；]?")


def bands_of(text: str) -> tuple[tuple[Decimal, Decimal], ...] | None:
    """Return the bands of a text such as ``90:5 80:4``, highest limit first; ``None`` when it is not so written."""
    found = [(Decimal(limit), Decimal(points)) for limit, points in _BAND.findall(text)]
    if _BAND.sub("", text).strip():
        return None
    return tuple(sorted(found, reverse=True))
