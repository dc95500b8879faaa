"""The guard over what filling must not lose."""

from __future__ import annotations

import re

import pytest

from excel.filling.everything import parts, workbook
from excel.filling.templates import STAMP, rendered, template
from excel.filling.test_everything import values
from pbreports.errors import TemplateError
from pbreports.excel.filling import filled as filling
from pbreports.excel.filling.guard import features, lost
from pbreports.excel.template import compile_workbook_template


@pytest.mark.parametrize(
    ("part", "element", "called"),
    [
        ("xl/worksheets/sheet1.xml", b"sparkline", "迷你图"),
        ("xl/worksheets/sheet1.xml", b"dataValidation", "数据有效性"),
        ("xl/worksheets/sheet1.xml", b"cfRule", "条件格式"),
        ("xl/worksheets/sheet1.xml", b"hyperlink", "超链接"),
        ("xl/worksheets/sheet1.xml", b"legacyDrawingHF", "页眉图片"),
        ("xl/drawings/drawing1.xml", b"pic", "图片"),
        ("xl/drawings/drawing2.xml", b"graphicFrame", "图表"),
        ("xl/comments1.xml", b"comment", "批注"),
        ("xl/workbook.xml", b"definedName", "名称"),
    ],
)
def test_each_kind_of_thing_is_missed_by_name(part: str, element: bytes, called: str) -> None:
    """One less than before is enough."""
    before = parts()
    renamed = re.sub(rb"<((?:\w+:)?)%s(?=[\s/>])" % element, rb"<\1other", before[part], count=1)
    after = {**before, part: renamed}
    told = [str(problem) for problem in lost(features(before), after, (), 0)]
    assert len(told) == 1
    assert called in told[0]


def test_a_part_that_is_gone_is_missed() -> None:
    """Whatever it held."""
    after = {name: data for name, data in parts().items() if name != "xl/media/image1.png"}
    assert [problem.code for problem in lost(features(parts()), after, (), 0)] == ["T-47"]


def test_a_filling_that_loses_something_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook is not handed out."""
    whole = filling.moved
    monkeypatch.setattr(filling, "moved", lambda *given: {**whole(*given), "xl/comments1.xml": b"<comments/>"})
    with pytest.raises(TemplateError, match="填好以后少了3处批注"):
        compile_workbook_template(workbook(), "万有.xlsx").fill(values(2), stamp=STAMP)


def test_names_that_ask_for_blocks_and_rules_of_rows_that_go_are_not_missed() -> None:
    """What was taken away on purpose is no loss."""
    data = template(
        [["{% if 有 %}"], ["a", "b"], ["{% endif %}"], ["{{ 组.a }}"]], names={"循环_组": "表!$4:$4"}, merges=["A2:B2"]
    )
    assert rendered(data, {"有": False, "组": [{"a": 1}]}).data
