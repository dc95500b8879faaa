"""The year's declaration as frozen values: what is asked, what is right, what is counted, which papers come out.

Each attribute carries its name in YAML; ``docs/scheme.md`` explains them to staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from pbreports.scheme.declare import NOWHERE, Constant, Expression, Place, key
from pbreports.values import Severity


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


class Scope(Enum):
    """When and over what a rule is evaluated."""

    READING = "读取"
    FIELD = "字段"
    ROW = "行"
    SHEET = "表"
    WORKBOOK = "簿"
    DISTRICT = "全区"
    PAPER = "文书"


class Algorithm(Enum):
    """How a figure is made from the rows of its sheet."""

    COUNT = "计数"
    COUNT_DISTINCT = "去重计数"
    SUM = "合计"
    MEAN = "平均"
    LATEST = "最新"
    THREE_YEARS = "三年累计"
    EXPRESSION = "式"


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
class BureauWorkbook:
    """One of the bureau's own workbooks and its sheets."""

    name: str = key("簿")
    sheets: tuple[Sheet, ...] = key("表")
    note: str = key("说明", default="")
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


@dataclass(frozen=True)
class FieldSelector:
    """Which fields a rule of scope 字段 looks at."""

    kinds: tuple[FieldKind, ...] = key("类型", default=())
    marks: tuple[str, ...] = key("标记", default=())
    except_marks: tuple[str, ...] = key("除标记", default=())
    columns: tuple[str, ...] = key("列", default=())
    sheets: tuple[str, ...] = key("表", default=())
    place: Place = NOWHERE


@dataclass(frozen=True)
class Clause:
    """One condition that must hold, with what to say and where to point when it does not."""

    level: Severity | None = key("级别", default=None)
    scope: Scope | None = key("范围", default=None)
    sheet: str = key("表", default="")
    fields: FieldSelector | None = key("字段", default=None)
    applies: Expression | None = key("适用", default=None)
    condition: Expression | None = key("条件", default=None)
    points_at: tuple[str, ...] = key("定位", default=())
    message: Expression | None = key("消息", default=None)
    remedy: str = key("怎么改", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class Rule:
    """One rule by its code; its clauses are the meanings that one line of a regulation has."""

    code: str = key("码")
    level: Severity = key("级别")
    name: str = key("名称", default="")
    scope: Scope = key("范围", default=Scope.ROW)
    sheet: str = key("表", default="")
    fields: FieldSelector | None = key("字段", default=None)
    applies: Expression | None = key("适用", default=None)
    condition: Expression | None = key("条件", default=None)
    points_at: tuple[str, ...] = key("定位", default=())
    message: Expression | None = key("消息", default=None)
    remedy: str = key("怎么改", default="")
    basis: str = key("依据", default="")
    clauses: tuple[Clause, ...] = key("子项", default=())
    place: Place = NOWHERE

    def whole_clauses(self) -> tuple[Clause, ...]:
        """Return the clauses with everything they take from the rule filled in."""
        given = self.clauses or (Clause(place=self.place),)
        return tuple(
            Clause(
                level=one.level or self.level,
                scope=one.scope or self.scope,
                sheet=one.sheet or self.sheet,
                fields=one.fields or self.fields,
                applies=one.applies or self.applies,
                condition=one.condition or self.condition,
                points_at=one.points_at or self.points_at,
                message=one.message or self.message,
                remedy=one.remedy or self.remedy,
                place=one.place,
            )
            for one in given
        )


@dataclass(frozen=True)
class FigureRule:
    """How a named figure is made."""

    name: str = key("名称")
    algorithm: Algorithm = key("算法")
    unit: str = key("单位", default="")
    number: str = key("编号", default="")
    sheet: str = key("表", default="")
    field: Expression | None = key("字段", default=None)
    condition: Expression | None = key("条件", default=None)
    year: Expression | None = key("年份", default=None)
    expression: Expression | None = key("式", default=None)
    decimals: int | None = key("小数位", default=None)
    main: bool = key("主要指标", default=False)
    note: str = key("说明", default="")
    place: Place = NOWHERE

    @property
    def places(self) -> int:
        """The decimals it is shown with: as declared, else 1 for percentages and 0 for the rest."""
        return self.decimals if self.decimals is not None else int(self.unit == "%")


@dataclass(frozen=True)
class ListRule:
    """How a named list for papers is made: rows, columns, order."""

    name: str = key("名称")
    sheet: str = key("表")
    columns: Mapping[str, Expression] = key("列")
    condition: Expression | None = key("条件", default=None)
    order: tuple[Expression, ...] = key("排序", default=())
    note: str = key("说明", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class PaperRule:
    """One paper: its template and its title."""

    name: str = key("名称")
    template: str = key("模板")
    title: Expression = key("题名")
    note: str = key("说明", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class SchemeFile:
    """What one YAML file may hold at its top."""

    heading: Heading | None = key("方案", default=None)
    choices: Mapping[str, tuple[str, ...]] = key("选项", default=None)
    parameters: Mapping[str, Parameter] = key("参数", default=None)
    switches: Mapping[str, Switch] = key("口径", default=None)
    tables: tuple[ConstantTable, ...] = key("清单", default=())
    sheets: tuple[Sheet, ...] = key("报表", default=())
    bureau: tuple[BureauWorkbook, ...] = key("局端", default=())
    rules: tuple[Rule, ...] = key("规则", default=())
    figures: tuple[FigureRule, ...] = key("数字", default=())
    lists: tuple[ListRule, ...] = key("名单", default=())
    papers: tuple[PaperRule, ...] = key("文书", default=())


@dataclass(frozen=True)
class Scheme:
    """The whole declaration of a year, checked; ``digest`` is the SHA-256 of its files."""

    heading: Heading
    choices: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    switches: Mapping[str, Switch]
    tables: Mapping[str, ConstantTable]
    sheets: Mapping[str, Sheet]
    bureau: Mapping[str, BureauWorkbook]
    rules: Mapping[str, Rule]
    figures: Mapping[str, FigureRule]
    lists: Mapping[str, ListRule]
    papers: Mapping[str, PaperRule]
    digest: str = field(default="")

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.heading.year

    @property
    def school_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that schools fill, in order."""
        return tuple(sheet for sheet in self.sheets.values() if sheet.of_school)

    def period(self, name: str = "") -> Period:
        """Return the period of that name, the first when none is named.

        Raises:
            KeyError: when there is no such period.
        """
        for period in self.heading.periods:
            if not name or period.name == name:
                return period
        raise KeyError(name)

    def sheets_for(self, kind: str, period: str) -> tuple[Sheet, ...]:
        """Return the sheets that a unit of a kind fills in a period."""
        return tuple(
            sheet
            for sheet in self.school_sheets
            if (not sheet.kinds or kind in sheet.kinds) and (not sheet.periods or period in sheet.periods)
        )

    def fixed_names(self, period: Period) -> dict[str, Any]:
        """Return the values that expressions use by name in a period: built-in names, parameters, switches."""
        names: dict[str, Any] = {
            "年度": Decimal(self.year),
            "期次": period.name,
            "统计起始日": period.start,
            "统计截止日": period.end,
        }
        names.update({name: one.value for name, one in self.parameters.items()})
        names.update({name: one.default for name, one in self.switches.items()})
        return names
