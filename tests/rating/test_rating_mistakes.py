"""What is wrong with the section 评定 is said when the scheme is loaded: what, and how to mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pbreports.errors import SchemeError
from pbreports.scheme import load_scheme
from rating.casebook import YEAR

MISTAKES = {
    "a sheet that is not there": ("打分: {表: 考评打分,", "打分: {表: 考评打份,", "没有表“考评打份”"),
    "a field that is not there": ("核查值: 核查值}", "核查值: 核查数}", "表“考评打分”没有字段“核查数”"),
    "another column that is not there": (
        "自动核对: 自动核对}",
        "自动核对: 自动核对, 下限: 底线}",
        "表“星级指标”没有字段“底线”",
    ),
    "no table of bonus cases": ("项目表: 加分项}", "项目表: 加分项目}", "没有清单“加分项目”"),
    "a column of bonus cases": ("项目表: 加分项}", "项目表: 加分项, 分值: 分数}", "清单“加分项”没有字段“分数”"),
    "weights that are not one": ("权重: 第二轮权重}", "权重: 第一轮权重}", "各轮权重合计是0.8"),
    "a line that is no star": ('"5": 五星分数线', "五: 五星分数线", "“五”不是星级"),
    "places of no star": ("    星级: 5\n", "    星级: 6\n", "名额的星级6不在等次线里"),
    "nothing lost without a place": ("落选星级: 4", "落选星级: 5", "落选星级应低于名额的星级"),
    "an expression that does not bind": ("最小(轮次评议.群众满意率)", "最小(轮次评议.满意率)", "没有字段“满意率”"),
    "no truth where one is wanted": (
        "单轮评定: \"单轮年度得分 == '用该轮得分'\"",
        "单轮评定: 五星分数线",
        "这里要是否",
    ),
    "a scoring kind nobody knows": ("计分方式: 按率", "计分方式: 比率", "比率"),
    "a deduction of nothing": ("计分方式: 扣减\n    单位扣分: 1\n", "计分方式: 扣减\n", "没有写“单位扣分”"),
    "bands that cannot be read": ('"2:5 1:4 0:3"', '"2到5分"', "分档“2到5分”看不懂"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_the_section(tmp_path: Path, name: str) -> None:
    """A mistake stops the scheme with its sentence, naming the file."""
    right, wrong, words = MISTAKES[name]
    folder = Path(shutil.copytree(YEAR, tmp_path / "方案"))
    changed = 0
    for path in (folder / "评定.yaml", folder / "星级.yaml"):
        text = path.read_text(encoding="utf-8")
        changed += text.count(right)
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    assert changed
    with pytest.raises(SchemeError) as raised:
        load_scheme(folder)
    said = [str(one) for one in raised.value.problems]
    assert any(words in one for one in said), said
    assert all("yaml" in one for one in said)
