"""The small year with groups that assess: an indicator of every kind, two groups, two rounds, in words of its own."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook

import tiny
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.scoring import Advice, Assessed, Assignment, ScoringPlan, scoring_plan, scoring_workbook
from pbreports.scheme import Scheme, load_scheme
from pbreports.values import Record, Scalar
from small_year import SmallYear, make_small_year

SCORED = """
清单:
- 名称: 考核项
  主键: [项号]
  字段:
  - {名称: 项号, 类型: 文本}
  - {名称: 一级指标, 类型: 文本}
  - {名称: 指标内容, 类型: 文本}
  - {名称: 满分, 类型: 小数, 小数位: 1}
  - {名称: 计分方式, 类型: 选项, 选项: [扣减, 按率, 分档, 是否]}
  - {名称: 单位扣分, 类型: 小数, 小数位: 1}
  - {名称: 下限, 类型: 小数, 小数位: 1}
  - {名称: 分档, 类型: 文本}
  - {名称: 推算, 类型: 表达式, 表: 一列一条, 结果: 小数}
  行:
  - {项号: K1, 一级指标: 开展好, 指标内容: 每月活动, 满分: 6, 计分方式: 扣减, 单位扣分: 1.5, 下限: 1, 推算: "较小(6, 次数)"}
  - {项号: K2, 一级指标: 开展好, 指标内容: 到场率, 满分: 4, 计分方式: 按率}
  - {项号: K3, 一级指标: 效果好, 指标内容: 借阅量, 满分: 5, 计分方式: 分档, 分档: "90:5 80:3.5"}
  - {项号: K4, 一级指标: 效果好, 指标内容: 有没有计划, 满分: 3, 计分方式: 是否, 下限: 0.5}
  - {项号: K5, 一级指标: 效果好, 指标内容: 现场看, 满分: 2, 计分方式: 扣减}
报表:
- 名称: 自己打分
  编号: "09"
  主键: [轮, 小组代码, 项号]
  零报送: true
  字段:
  - {名称: 轮, 类型: 选项, 选项: [春评, 秋评]}
  - {名称: 小组代码, 类型: 文本}
  - {名称: 项号, 类型: 文本}
  - {名称: 自评分, 类型: 小数, 小数位: 1}
局端:
- 簿: 考核安排
  表:
  - 名称: 考核组
    主键: [小组代码]
    字段:
    - {名称: 组名, 类型: 文本, 必填: true}
    - {名称: 小组代码, 类型: 文本, 必填: true}
  - 名称: 考核轮
    主键: [轮]
    字段:
    - {名称: 轮, 类型: 选项, 选项: [春评, 秋评], 必填: true}
    - {名称: 是否结束, 类型: 是否, 必填: true}
- 簿: 考核
  考评:
    分组表: 考核组
    组: 组名
    名称: 小组.小组名称
    轮次表: 考核轮
    待考评: not 是否结束
    指标: 考核项
    打分: 考核打分.得分
    核查: 考核打分.实测
    自评: 自己打分.自评分
    建议: 推算
  表:
  - 名称: 考核打分
    主键: [轮, 小组代码, 项号]
    字段:
    - {名称: 轮, 类型: 选项, 选项: [春评, 秋评]}
    - {名称: 小组代码, 类型: 文本}
    - {名称: 项号, 类型: 文本}
    - {名称: 实测, 类型: 小数, 小数位: 1, 最小: 0}
    - {名称: 得分, 类型: 小数, 小数位: 1, 最小: 0, 单位: 分}
    - {名称: 组名, 类型: 文本}
    - {名称: 考核日, 类型: 日期}
  - 名称: 考核评价
    主键: [轮, 小组代码]
    字段:
    - {名称: 轮, 类型: 选项, 选项: [春评, 秋评]}
    - {名称: 小组代码, 类型: 文本}
    - {名称: 满意率, 类型: 小数, 小数位: 1, 最小: 0, 最大: 100, 单位: "%"}
    - {名称: 理由, 类型: 文本, 长度: 20}
数字:
- {名称: 考核总分, 单位: 分, 算法: 合计, 表: 考核打分, 字段: 得分}
"""

EAST, WEST = "东组", "西组"
GROUPS = {"A01-1": EAST, "A01-2": EAST, "B02-1": WEST}
NAMES = {"A01-1": "晨读小组", "A01-2": "夜读小组", "B02-1": "柳堤小组"}
ROUNDS = {"春评": True, "秋评": False}
INDICATORS = {"K1": 6, "K2": 4, "K3": 5, "K4": 3, "K5": 2}
POINTS, MEASURED = "考核打分", "实测"
"""The sheets of a group's workbook that are read."""

Rows = Mapping[str, Sequence[Mapping[str, Scalar]]]


def scored_scheme(folder: Path) -> Scheme:
    """Return the tiny scheme with groups that assess."""
    tiny.write_scheme(folder)
    (folder / "考核.yaml").write_text(SCORED, encoding="utf-8")
    return load_scheme(folder)


def assignment() -> Assignment:
    """Return who assesses what."""
    return Assignment(GROUPS, NAMES, tuple(ROUNDS))


def plan_of(
    scheme: Scheme, group: str = EAST, name: str = "秋评", advice: Mapping[tuple[str, str], Advice] | None = None
) -> ScoringPlan:
    """Return the plan of a group's workbook."""
    mine = [Assessed(code, NAMES[code]) for code, its in GROUPS.items() if its == group]
    return scoring_plan(scheme, scheme.bureau["考核"], name, group, mine, advice=advice)


def points(
    code: str, given: Mapping[str, Decimal | int], name: str = "秋评", **more: Scalar
) -> list[dict[str, Scalar]]:
    """Return the rows of points of one object."""
    return [{"轮": name, "小组代码": code, "项号": one, "得分": Decimal(it), **more} for one, it in given.items()]


def measured(code: str, given: Mapping[str, str], name: str = "秋评") -> list[dict[str, Scalar]]:
    """Return the rows of measured values of one object."""
    return [{"轮": name, "小组代码": code, "项号": one, MEASURED: Decimal(it)} for one, it in given.items()]


def full_rows(group: str = EAST, name: str = "秋评") -> Rows:
    """Return full points for every object of a group."""
    return {POINTS: [row for code, its in GROUPS.items() if its == group for row in points(code, INDICATORS, name)]}


def filled(scheme: Scheme, rows: Rows, group: str = EAST, name: str = "秋评") -> bytes:
    """Return a group's workbook with rows in it."""
    return scoring_workbook(plan_of(scheme, group, name), rows)


def pages_of(data: bytes) -> Workbook:
    """Return a workbook as openpyxl opens it."""
    return load_workbook(io.BytesIO(data))


def given_by(records: Sequence[Record], field: str = "得分") -> dict[tuple[Scalar, Scalar], Scalar]:
    """Return a field of the points by object and indicator."""
    return {(one.get("小组代码"), one.get("项号")): one.get(field) for one in records if one.get(field) is not None}


def make_scored_year(root: Path) -> SmallYear:
    """Return a workspace of the small year with groups that assess, the autumn round still open."""
    year = make_small_year(root)
    folder = year.inputs / "方案"
    (folder / "考核.yaml").write_text(SCORED, encoding="utf-8")
    scheme = load_scheme(folder)
    rows: Rows = {
        "考核组": [{"组名": its, "小组代码": code} for code, its in GROUPS.items()],
        "考核轮": [{"轮": name, "是否结束": done} for name, done in ROUNDS.items()],
    }
    (year.inputs / "考核安排.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["考核安排"], rows))
    return year
