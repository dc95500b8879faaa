"""Every mistake in what groups of assessors are asked is named with its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiny
from pbreports.errors import SchemeError
from pbreports.scheme import load_scheme
from pbreports.scheme.scoring import Measure, asked_of
from scored import SCORED, scored_scheme

MISTAKES = [
    ("分组表: 考核组", "分组表: 考核祖", "没有局端表“考核祖”"),
    ("分组表: 考核组", "分组表: 一行一条", "没有局端表“一行一条”"),
    ("组: 组名", "组: 组", "“考核组”没有“组”"),
    ("名称: 小组.小组名称", "名称: 小组.名字", "没有字段“小组.名字”"),
    ("名称: 小组.小组名称", "名称: 班组.小组名称", "没有字段“班组.小组名称”"),
    ("轮次表: 考核轮", "轮次表: 考核论", "没有局端表“考核论”"),
    ("待考评: not 是否结束", "待考评: not 结束了", "结束了"),
    ("待考评: not 是否结束", "待考评: 轮", "“轮”得到的是文，这里要是否"),
    ("指标: 考核项", "指标: 考核像", "没有清单“考核像”"),
    ("打分: 考核打分.得分", "打分: 考核打分.分数", "没有字段“考核打分.分数”"),
    ("打分: 考核打分.得分", "打分: 一行一条.个数", "“一行一条.个数”不在簿“考核”里"),
    ("打分: 考核打分.得分", "打分: 考核打分.项号", "“考核打分.项号”不是数"),
    ("核查: 考核打分.实测", "核查: 考核评价.满意率", "“考核评价.满意率”与“考核打分.得分”不在同一张表里"),
    ("自评: 自己打分.自评分", "自评: 自己打分.自评", "没有字段“自己打分.自评”"),
    ("建议: 推算", "建议: 满分", "“考核项.满分”不是表达式列"),
    ("主键: [轮, 小组代码, 项号]\n    字段:\n    - {名称: 轮, 类型: 选项, 选项: [春评, 秋评]}\n    - {名称: 小组代码, 类型: 文本}\n    - {名称: 项号, 类型: 文本}\n    - {名称: 实测",
     "主键: [轮, 小组代码]\n    字段:\n    - {名称: 轮, 类型: 选项, 选项: [春评, 秋评]}\n    - {名称: 小组代码, 类型: 文本}\n    - {名称: 项号, 类型: 文本}\n    - {名称: 实测",
     "“考核打分”的主键应当是"),
    ("  - 名称: 考核组\n    主键: [小组代码]", "  - 名称: 考核组\n    主键: [小组代码, 组名]", "“考核组”的主键应当是一个字段"),
    ("  - {名称: 满分, 类型: 小数, 小数位: 1}\n", "", "没有“满分”这一列"),
    ("指标内容: 到场率, 满分: 4, ", "指标内容: 到场率, ", "有一行没有满分"),
    ("90:5 80:3.5", "九十:5", "分档“九十:5”看不懂"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES, ids=[said for *_, said in MISTAKES])
def test_what_does_not_fit_together_is_said(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """The declaration is checked when the scheme is loaded, so that no workbook goes out on a mistake."""
    assert right in SCORED
    tiny.write_scheme(tmp_path)
    (tmp_path / "考核.yaml").write_text(SCORED.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        load_scheme(tmp_path)
    sentences = [str(one) for one in caught.value.problems]
    assert any(said in one and one.startswith("考核.yaml 第") for one in sentences), sentences


def test_indicators_are_what_the_list_says(tmp_path: Path) -> None:
    """Each has its kind with what it needs; a deduction that says no amount for each time cannot be measured."""
    scheme = scored_scheme(tmp_path)
    indicators = asked_of(scheme, scheme.bureau["考核"]).indicators
    assert [one.measure for one in indicators] == [
        Measure.DEDUCTION,
        Measure.RATE,
        Measure.BANDS,
        Measure.YES_NO,
        Measure.DEDUCTION,
    ]
    assert [one.is_measured for one in indicators] == [True, True, True, True, False]
    assert [str(limit) for limit, _ in indicators[2].bands] == ["90", "80"]
