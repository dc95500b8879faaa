"""What is right and what is counted: rules, figures, lists, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from pbreports.scheme.declare import NOWHERE, Expression, Place, key
from pbreports.scheme.model.sheets import FieldKind
from pbreports.values import Severity


class Scope(Enum):
    """When and over what a rule is evaluated."""

    READING = "读取"
    FIELD = "字段"
    ROW = "行"
    SHEET = "表"
    WORKBOOK = "簿"
    DISTRICT = "全区"
    PAPER = "文书"
    CADRE = "考察"


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
    papers: tuple[str, ...] = key(
        "文书", default=(), doc="范围是文书的：查哪几份文书，不写是每一份；范围是全区的：写出哪几份文书以前再查一次"
    )
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
    papers: tuple[str, ...] = key(
        "文书", default=(), doc="范围是文书的：查哪几份文书，不写是每一份；范围是全区的：写出哪几份文书以前再查一次"
    )
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
                papers=one.papers or self.papers,
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


REPORTED = "填报情况"
"""The column that a list over units' reports has by itself: 已报, 未报, 不填, or what is lacking."""


LEVEL = "层级"
"""The column that a list of superiors and subordinates has by itself: 1 for those without a superior in the list."""


@dataclass(frozen=True)
class Tree:
    """How the rows of a list stand under each other: each one's code, its superior's, and the column to be indented."""

    code: Expression = key("代码")
    superior: Expression = key("上级")
    indented: str = key("缩进", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class ByName:
    """How a list of people goes by the strokes of their surnames: whose name it is, and by what it is grouped first."""

    name: Expression = key("姓名", doc="人的姓名，如 对象名称")
    groups: tuple[Expression, ...] = key("分组", default=(), doc="先按这些分组，如类别、镇街，组内按姓氏笔画")
    place: Place = NOWHERE


@dataclass(frozen=True)
class ListRule:
    """How a named list for papers is made: rows, columns, order.

    ``reports`` are the school sheets that the columns of a list over units draw on: such a column is blank in the rows
    of units that have not reported the sheet. ``counting`` says which rows of a sheet count for the list, ``tree`` that
    each row stands below its superior's. ``by_name`` marks a list of people: it goes by the strokes of their surnames
    when the switch of the heading says so, else by ``order``. ``then`` names the lists whose rows follow its own.
    """

    name: str = key("名称")
    sheet: str = key("表")
    columns: Mapping[str, Expression] = key("列")
    condition: Expression | None = key("条件", default=None)
    order: tuple[Expression, ...] = key("排序", default=())
    reports: tuple[str, ...] = key("填报", default=(), doc="各列取自哪些报表；单位没报的，取自它的列为空")
    tree: Tree | None = key("上下级", default=None)
    by_name: ByName | None = key("姓氏笔画", default=None, doc="个人名单：口径定为姓氏笔画时按它排，否则按 排序")
    counting: Mapping[str, Expression] = key("计入", default=None, doc="表: 哪些行计入本名单")
    then: tuple[str, ...] = key("接着", default=(), doc="在后面接上这几份名单的行，列要相同")
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
