"""The year itself: periods, roster, where decisions stand, parameters, switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pbreports.scheme.declare import NOWHERE, Constant, Place, key


@dataclass(frozen=True)
class Period:
    """One collection period of the year."""

    name: str = key("名称")
    start: date = key("起始")
    end: date = key("截止")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Roster:
    """Which sheet lists the reporting units, and which of its columns say what."""

    sheet: str = key("表")
    code: str = key("代码")
    full_name: str = key("全称")
    short_name: str = key("简称", default="")
    aliases: str = key("别名", default="")
    kind: str = key("种类", default="")
    group: str = key("分组", default="")
    reports: str = key("报送", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class LastYear:
    """Which bureau sheet holds last year's figures when last year's inputs are not here."""

    sheet: str = key("表")
    name: str = key("名称")
    value: str = key("数值")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Waivers:
    """Which bureau sheet lists the versions that count although they hold errors, with the reason."""

    sheet: str = key("表")
    unit: str = key("单位")
    version: str = key("版次")
    reason: str = key("理由")
    period: str = key("期次", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Exemptions:
    """Which bureau sheet exempts a unit, or one object of it, from a rule until a day.

    ``subject`` is a linking field of the sheet: filled in, only the unit's records with that value are exempt.
    """

    sheet: str = key("表")
    unit: str = key("单位")
    rule: str = key("规则码")
    reason: str = key("理由")
    until: str = key("有效期")
    subject: str = key("对象", default="")
    by: str = key("批准人", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Amendments:
    """Which bureau sheet corrects single cells of received workbooks while the old value stands there."""

    sheet: str = key("表")
    unit: str = key("单位")
    form: str = key("更正表")
    cell: str = key("单元格")
    field: str = key("字段")
    old: str = key("原值")
    new: str = key("更正值")
    reason: str = key("理由")
    by: str = key("更正人", default="")
    period: str = key("期次", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Rulings:
    """Which bureau sheet fixes figures by decision, whatever was counted."""

    sheet: str = key("表")
    name: str = key("名称")
    value: str = key("值")
    reason: str = key("理由")
    by: str = key("认定人", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Deadlines:
    """Which bureau sheet says by when each period's reports are due, mended and called for the last time."""

    sheet: str = key("表")
    period: str = key("期次")
    due: str = key("截止")
    mended: str = key("退回限期", default="")
    last: str = key("二次截止", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Official:
    """Which bureau sheet says of each paper, by its name, its number, addressees, dates and the like."""

    sheet: str = key("表")
    name: str = key("名称")
    place: Place = NOWHERE


BY_STROKES = "姓氏笔画"
"""The option of a switch by which lists of people are ordered by the strokes of their surnames."""


@dataclass(frozen=True)
class NameOrder:
    """Which switch orders lists of people, and which bureau sheet tells the strokes of characters we do not know."""

    switch: str = key("口径")
    sheet: str = key("表")
    character: str = key("字")
    count: str = key("笔画数")
    strokes: str = key("笔顺")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Heading:
    """The scheme's own facts: name, year, version, periods, roster, linking fields."""

    name: str = key("名称")
    year: int = key("年度")
    version: str = key("版本")
    periods: tuple[Period, ...] = key("期次")
    roster: Roster = key("单位名册")
    unit_kinds: tuple[str, ...] = key("单位种类", default=())
    links: tuple[str, ...] = key("关联", default=())
    last_year: LastYear | None = key("上年指标", default=None)
    waivers: Waivers | None = key("放行", default=None)
    exemptions: Exemptions | None = key("豁免", default=None)
    amendments: Amendments | None = key("更正", default=None)
    rulings: Rulings | None = key("认定", default=None)
    deadlines: Deadlines | None = key("报送日历", default=None)
    official: Official | None = key("公文", default=None)
    name_order: NameOrder | None = key("姓氏笔画", default=None)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Parameter:
    """A constant that expressions and papers use by name."""

    value: Constant = key("值")
    unit: str = key("单位", default="")
    note: str = key("说明", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Switch:
    """A choice between two ways of counting, printed with every paper."""

    options: tuple[str, ...] = key("选项")
    default: str = key("默认")
    note: str = key("说明", default="")
    place: Place = NOWHERE
