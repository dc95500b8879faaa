"""A small year for the language's tests: a unit's sheets, the bureau's, a list with expressions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pbreports.scheme.declare import NOWHERE, Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind
from pbreports.scheme.language.scene import ExpressionColumn, TableView
from pbreports.values import Record, Scalar

N, T, D, M, Y = Type.NUMBER, Type.TEXT, Type.DATE, Type.MONTH, Type.TRUTH

VOCABULARY = Vocabulary(
    tables={
        "支部": TableView("支部", {"学校代码": T, "代码": T, "党员数": N, "成立日期": D}, ("代码",), of_school=True),
        "活动": TableView(
            "活动",
            {"学校代码": T, "代码": T, "季度": T, "次数": N, "日期": D, "主题": T},
            ("代码", "季度"),
            of_school=True,
        ),
        "党员": TableView(
            "党员", {"学校代码": T, "代码": T, "姓名": T, "出生年月": M, "骨干": Y, "年限": N}, of_school=True
        ),
        "学校情况": TableView("学校情况", {"学校代码": T, "教职工数": N}, (), of_school=True, single=True),
        "学校": TableView("学校", {"学校代码": T, "简称": T}, ("学校代码",)),
        "会议": TableView("会议", {"名称": T}, ("名称",)),
        "指标": TableView("指标", {"指标代码": T, "满分": N}, ("指标代码",)),
        "自评": TableView(
            "自评", {"学校代码": T, "代码": T, "指标代码": T, "得分": N}, ("代码", "指标代码"), of_school=True
        ),
    },
    links=frozenset({"代码", "季度", "指标代码"}),
    unit_field="学校代码",
    fixed={"年度": N, "统计起始日": D, "统计截止日": D, "豁免月": Type.LIST, "上限": N},
    figures={"党员总数": N},
    columns={
        ("指标", "自动核对"): ExpressionColumn(
            "支部",
            ("指标代码",),
            {("A1",): Expression("5 if 党员数 >= 3 else 0", NOWHERE), ("A2",): Expression("合计(活动.次数)", NOWHERE)},
            N,
        )
    },
)

NAMES: Mapping[str, Any] = {
    "年度": Decimal(2020),
    "统计起始日": date(2020, 1, 1),
    "统计截止日": date(2020, 12, 31),
    "豁免月": (Decimal(2), Decimal(8)),
    "上限": None,
    "党员总数": Decimal(7),
    "本单位代码": "S1",
    "本单位种类": "独立",
}


def rows(sheet: str, *values: Mapping[str, Scalar], unit: str = "S1") -> tuple[Record, ...]:
    """Return records of a sheet, each with the code of its unit as reading gives it."""
    return tuple(Record(sheet, unit, {"学校代码": unit, **one}, {}, "簿.xlsx", sheet) for one in values)


def numbers(**given: object) -> dict[str, Scalar]:
    """Return a row whose whole numbers are decimals, as the ledger keeps them."""
    return {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value  # type: ignore[misc]
        for name, value in given.items()
    }


def value_of(
    text: str,
    row: Mapping[str, Scalar] | None = None,
    *,
    sheet: str = "",
    records: Mapping[str, tuple[Record, ...]] | None = None,
    district: bool = False,
) -> Any:
    """Return what an expression gives on a row of a sheet (or on none)."""
    scene = Scene(VOCABULARY, sheet, district=district, figures=district)
    frame = Frame(Facts(records or {}), NAMES, row or {}, None if district else "S1")
    return bind(text, scene).run(frame)
