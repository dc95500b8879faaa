"""What the expressions of a scheme may name."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.scheme.language.scene import ExpressionColumn, TableView, Vocabulary
from pbreports.scheme.language.types import Type, type_of_constant, type_of_field
from pbreports.scheme.model import ConstantTable, Field, FieldKind, Layout, Scheme, Sheet
from pbreports.scheme.model.rating import RatingRule
from pbreports.scheme.tables import PARAMETERS, SWITCHES, expressions

INDICATORS = "主要指标"
"""The table of figures that rules over the district may look at: 名称、本年、上年、增幅 (%)."""

RECEIPTS = "收件登记"
"""The table of receipts that figures may count: one row per reporting unit, from the journal.

错误数 and 警告数 are of the version that counts, or of the last where none does.
"""

INDICATOR_POINTS, ROUND_SCORES, RESULTS, APPROVED = "指标得分", "轮次得分", "评定结果", "年度结果"
"""The tables that the rating makes: points by indicator, scores by round, the results, and the results approved."""

BUILT_IN = {
    "年度": Type.NUMBER,
    "期次": Type.TEXT,
    "统计起始日": Type.DATE,
    "统计截止日": Type.DATE,
    "方案名称": Type.TEXT,
    "方案版本": Type.TEXT,
}
"""The names every expression may use."""


def vocabulary_of(scheme: Scheme) -> Vocabulary:
    """Return what the expressions of a scheme may name."""
    unit_field = scheme.heading.roster.code
    tables = {name: _view(sheet, unit_field) for name, sheet in scheme.sheets.items()}
    tables.update({name: _table_view(table) for name, table in scheme.tables.items()})
    tables[INDICATORS] = TableView(
        INDICATORS,
        {"名称": Type.TEXT, "本年": Type.NUMBER, "上年": Type.NUMBER, "增幅": Type.NUMBER},
        ("名称",),
    )
    tables[RECEIPTS] = TableView(
        RECEIPTS,
        {
            unit_field: Type.TEXT,
            "状态": Type.TEXT,
            "首次收到日期": Type.DATE,
            "有效版收到日期": Type.DATE,
            "版次": Type.NUMBER,
            "退回次数": Type.NUMBER,
            "错误数": Type.NUMBER,
            "警告数": Type.NUMBER,
            "未说明警告数": Type.NUMBER,
        },
        (unit_field,),
    )
    tables[SWITCHES] = TableView(
        SWITCHES, dict.fromkeys(("口径名称", "采用", "可选", "口径说明"), Type.TEXT), ("口径名称",)
    )
    tables[PARAMETERS] = TableView(
        PARAMETERS, dict.fromkeys(("参数名称", "取值", "参数单位", "参数说明"), Type.TEXT), ("参数名称",)
    )
    if scheme.rating:
        tables.update({one.name: one for one in _rating_views(scheme.rating, unit_field)})
    return Vocabulary(
        tables=tables,
        links=frozenset(scheme.heading.links),
        unit_field=unit_field,
        fixed=_fixed(scheme),
        figures=dict.fromkeys(scheme.figures, Type.NUMBER),
        columns=_columns(scheme),
    )


def round_field(name: str) -> str:
    """Return the field of the results that holds a round's score: 第一轮得分."""
    return f"{name}得分"


def _rating_views(rule: RatingRule, unit_field: str) -> Iterator[TableView]:
    code, turn = rule.rated.code, rule.points.round
    keys = dict.fromkeys((code, unit_field), Type.TEXT)
    points = dict.fromkeys(("得分", "建议分", "自评分", "与建议差", "与自评差"), Type.NUMBER)
    indicator = rule.indicators.code
    yield TableView(
        INDICATOR_POINTS, {**keys, turn: Type.TEXT, indicator: Type.TEXT, **points}, (turn, code, indicator)
    )
    scores = dict.fromkeys(("指标分", "加分", "得分"), Type.NUMBER)
    yield TableView(ROUND_SCORES, {**keys, turn: Type.TEXT, **scores}, (turn, code))
    rounds = {round_field(one.name): Type.NUMBER for one in rule.rounds}
    extra = {one.name: type_of_field(one) for one in rule.extra}
    for name in (RESULTS, APPROVED):
        yield TableView(name, {**keys, **rounds, **_RESULT_FIELDS, **extra}, (code,))


_RESULT_FIELDS = {
    **dict.fromkeys(
        ("年度得分", "名次", "初定星级", "封顶星级", "名额后星级", "星级", "上年星级", "调整前星级"), Type.NUMBER
    ),
    **dict.fromkeys(("封顶原因", "状态", "状态说明", "变动", "授牌", "奖牌编号", "调整理由", "审议会议"), Type.TEXT),
    "是否单轮": Type.TRUTH,
    "审议日期": Type.DATE,
}


def _fixed(scheme: Scheme) -> dict[str, Type]:
    names = dict(BUILT_IN)
    names.update({name: type_of_constant(one.value) for name, one in scheme.parameters.items()})
    names.update(dict.fromkeys(scheme.switches, Type.TEXT))
    return names


def _view(sheet: Sheet, unit_field: str) -> TableView:
    fields = {field.name: type_of_field(field) for field in sheet.fields if _typed(field)}
    if sheet.of_school:
        fields.setdefault(unit_field, Type.TEXT)
    personal = frozenset(field.name for field in sheet.fields if field.personal)
    return TableView(sheet.name, fields, sheet.keys, sheet.of_school, sheet.layout is Layout.FORM, personal)


def _table_view(table: ConstantTable) -> TableView:
    fields = {
        field.name: type_of_field(field)
        for field in table.fields
        if field.kind is not FieldKind.EXPRESSION and _typed(field)
    }
    return TableView(table.name, fields, table.keys)


def _typed(field: Field) -> bool:
    return field.holds not in (FieldKind.COMPUTED, FieldKind.EXPRESSION)


def _columns(scheme: Scheme) -> dict[tuple[str, str], ExpressionColumn]:
    return {
        (table.name, field.name): ExpressionColumn(
            field.sheet, table.keys, expressions(table, field), type_of_field(field)
        )
        for table in scheme.tables.values()
        for field in table.fields
        if field.kind is FieldKind.EXPRESSION and _typed(field)
    }
