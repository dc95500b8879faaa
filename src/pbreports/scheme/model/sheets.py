"""What is asked: fields, sheets, the bureau's workbooks, constant tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from pbreports.scheme.declare import NOWHERE, Expression, Place, key


class FieldKind(Enum):
    """What a field holds."""

    TEXT = "文本"
    LONG_TEXT = "长文本"
    INTEGER = "整数"
    DECIMAL = "小数"
    DATE = "日期"
    MONTH = "年月"
    CHOICE = "选项"
    YES_NO = "是否"
    COMPUTED = "计算"
    EXPRESSION = "表达式"


class Layout(Enum):
    """How a sheet stands: records down, records across, or a single record."""

    LIST = "列表"
    UPRIGHT = "竖排"
    FORM = "单页"


@dataclass(frozen=True)
class Field:
    """One field: a column of a list, a line of an upright sheet."""

    name: str = key("名称")
    kind: FieldKind = key("类型")
    required: bool | Expression = key("必填", default=False)
    unit: str = key("单位", default="")
    note: str = key("说明", default="")
    length: int | None = key("长度", default=None)
    places: int = key("小数位", default=2)
    minimum: Decimal | None = key("最小", default=None)
    maximum: Decimal | None = key("最大", default=None)
    choices: str | tuple[str, ...] = key("选项", default=())
    formula: Expression | None = key("公式", default=None)
    result: FieldKind | None = key("结果", default=None)
    sheet: str = key("表", default="", doc="表达式字段在哪张表的行上求值")
    locked: bool = key("锁定", default=False)
    hidden: bool = key("隐藏", default=False)
    nameless: bool = key("限名", default=False)
    plan: bool = key("计划", default=False)
    personal: bool = key("个人", default=False)
    stock: bool | None = key("存量", default=None)
    aliases: tuple[str, ...] = key("别名", default=())
    last_year: str = key("上年", default="", doc="上年报表的 表.字段，上年的数据在工作区里时以它为准")
    place: Place = NOWHERE

    @property
    def computed(self) -> bool:
        """Whether the program fills the field."""
        return self.kind is FieldKind.COMPUTED

    @property
    def holds(self) -> FieldKind:
        """The kind of the value in it: for computed fields and expressions, of their result."""
        if self.kind in (FieldKind.COMPUTED, FieldKind.EXPRESSION):
            return self.result or FieldKind.TEXT
        return self.kind

    @property
    def options(self) -> tuple[str, ...]:
        """The words of a choice field (the loader has put them in place of the set's name)."""
        return self.choices if isinstance(self.choices, tuple) else ()


@dataclass(frozen=True)
class Preset:
    """One dimension of the rows a sheet is issued with: rows of a roster sheet or list, or a field's options."""

    source: str = key("来自", default="")
    option: str = key("选项", default="")
    condition: Expression | None = key("条件", default=None)
    fill: Mapping[str, Expression] = key("填入", default=None)
    place: Place = NOWHERE


@dataclass(frozen=True)
class Sheet:
    """One sheet of facts: a school's (with a number), or the bureau's (with the workbook it stands in)."""

    name: str = key("名称")
    fields: tuple[Field, ...] = key("字段")
    number: str = key("编号", default="")
    layout: Layout = key("版式", default=Layout.LIST)
    kinds: tuple[str, ...] = key("填报", default=())
    periods: tuple[str, ...] = key("期次", default=())
    keys: tuple[str, ...] = key("主键", default=())
    stock: bool = key("存量", default=False)
    may_be_none: bool | None = key("零报送", default=None)
    extendable: bool | None = key("增减", default=None)
    spare: int | None = key("空行", default=None)
    frequency: str = key("频次", default="")
    note: str = key("说明", default="")
    presets: tuple[Preset, ...] = key("预设", default=())
    workbook: str = ""
    place: Place = NOWHERE

    @property
    def title(self) -> str:
        """The sheet's title in a workbook: ``02_党组织情况`` for schools, the name alone for the bureau."""
        return f"{self.number}_{self.name}" if self.number else self.name

    @property
    def of_school(self) -> bool:
        """Whether schools fill it."""
        return not self.workbook

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by name."""
        return {one.name: one for one in self.fields}

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that stand in the workbook."""
        return tuple(one for one in self.fields if not one.hidden)

    @property
    def lists_people(self) -> bool:
        """Whether it holds rows about persons, so that it may be issued in a workbook of its own."""
        return self.layout is not Layout.FORM and any(one.personal for one in self.shown)

    @property
    def can_be_declared_none(self) -> bool:
        """Whether a unit may declare that it has nothing to report here."""
        return self.layout is not Layout.FORM if self.may_be_none is None else self.may_be_none

    @property
    def can_grow(self) -> bool:
        """Whether a unit may add records to those it was issued with."""
        if self.layout is Layout.FORM:
            return False
        return not self.presets if self.extendable is None else self.extendable

    @property
    def spare_records(self) -> int:
        """How many empty records the blank offers beyond the preset ones."""
        if not self.can_grow:
            return 0
        if self.spare is not None:
            return self.spare
        return 3 if self.layout is Layout.UPRIGHT else 100

    def is_stock(self, name: str) -> bool:
        """Whether a field's value is the state at the end of a period (not added over periods)."""
        one = self.by_name.get(name)
        return self.stock if one is None or one.stock is None else one.stock


@dataclass(frozen=True)
class Scoring:
    """How the facts of a workbook come from groups that assess: a workbook of each group for each round.

    ``groups`` is the sheet that says which group assesses which object (its key), ``group`` the group's column there.
    ``name``, ``points``, ``checked`` and ``own`` are fields written ``表.字段``: what an object is called, the points
    and the measured value that a group enters, the points that the object gave itself. ``rounds`` is the sheet of the
    rounds, ``pending`` the condition on its rows by which workbooks are issued for a round when none is named.
    ``indicators`` is the list of what is assessed, ``suggested`` its column of expressions that suggest points.
    """

    groups: str = key("分组表")
    group: str = key("组")
    name: str = key("名称")
    rounds: str = key("轮次表")
    indicators: str = key("指标")
    points: str = key("打分")
    pending: Expression | None = key("待考评", default=None)
    checked: str = key("核查", default="")
    own: str = key("自评", default="")
    suggested: str = key("建议", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class BureauWorkbook:
    """One of the bureau's own workbooks and its sheets; with ``scoring`` groups of assessors fill one each instead.

    One with ``private`` stands in a folder of its own and is kept out of the ledger: only counts are taken from it.
    """

    name: str = key("簿")
    sheets: tuple[Sheet, ...] = key("表")
    note: str = key("说明", default="")
    scoring: Scoring | None = key("考评", default=None)
    private: bool = key("专存", default=False, doc="放在 inputs/<年度>/考察/，不进总台账和公开材料，只有计数可用")
    place: Place = NOWHERE


@dataclass(frozen=True)
class ConstantTable:
    """A small fixed table of the scheme, such as the star indicators."""

    name: str = key("名称")
    fields: tuple[Field, ...] = key("字段")
    rows: tuple[Mapping[str, Expression], ...] = key("行")
    keys: tuple[str, ...] = key("主键", default=())
    note: str = key("说明", default="")
    place: Place = NOWHERE

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The columns by name."""
        return {one.name: one for one in self.fields}
