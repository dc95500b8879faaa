"""What a year's scheme may declare for the page to be sealed, and what is said of mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import tiny
from pbreports.errors import SchemeError
from pbreports.scheme.model.sealing import Tally

GOOD = (
    "签章:\n- {名称: 活动, 表: 一行一条, 字段: 个数, 单位: 个}\n- {名称: 份数, 表: 一行一条, 字段: 编码, 算法: 计数}\n"
)
MISTAKES = {
    "签章:\n- {名称: 活动, 表: 一行两条, 字段: 个数}\n": "没有叫“一行两条”的表",
    "签章:\n- {名称: 活动, 表: 单位, 字段: 单位代码, 算法: 计数}\n": "学校没有叫“单位”的表",
    "签章:\n- {名称: 活动, 表: 一行一条, 字段: 个输}\n": "没有“个输”",
    "签章:\n- {名称: 活动, 表: 一行一条, 字段: 编码}\n": "不是数，不能合计",
    "签章:\n- {名称: 活动, 表: 一行一条, 字段: 个数}\n- {名称: 活动, 表: 一行一条, 字段: 金额}\n": "重复声明",
    "签章:\n- {名称: 活动, 表: 一行一条, 字段: 个数, 算法: 平均}\n": "平均",
}


def test_totals_are_sums_unless_said_otherwise(tmp_path: Path) -> None:
    """A total adds its field's numbers; one that counts says so."""
    totals = tiny.tiny_scheme(tmp_path, f"{tiny.SCHEME}{GOOD}").seal_totals
    assert [(one.name, one.how, one.unit) for one in totals] == [("活动", Tally.SUM, "个"), ("份数", Tally.COUNT, "")]


@pytest.mark.parametrize(("text", "told"), MISTAKES.items())
def test_a_total_that_cannot_be_made_is_refused_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    """A mistake in the declaration is said with file and line before anything is issued."""
    with pytest.raises(SchemeError) as refused:
        tiny.tiny_scheme(tmp_path, f"{tiny.SCHEME}{text}")
    assert told in str(refused.value)
    assert "方案.yaml 第" in str(refused.value)
