"""Copied workbooks and resubmissions, through the commands of a small year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pbreports.pipeline.comparing import FEW
from pbreports.values import Scalar
from small_year import SmallYear, make_small_year

Rows = Mapping[str, Sequence[Mapping[str, Scalar]]]


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the workspace of the small year."""
    return make_small_year(tmp_path / "year")


def report(unit: str, times: int = 3, number: int = 0) -> Rows:
    """Return what a unit reports; units of one ``number`` write the same about their events."""
    events: list[dict[str, Scalar]] = [
        {
            "编码": f"L{line}",
            "长文": f"第{line}次：{'读书会在柳堤举行，参加的人很多，气氛热烈。' * (number + 1)}",
            "个数": Decimal(30 + line),
            "办理日期": date(2031, 9, line),
        }
        for line in range(1, 5)
    ]
    groups = {"A01": ("A01-1", "A01-2"), "B02": ("B02-1",)}[unit]
    return {
        "封面": [{"填报人": "甲一"}],
        "一行一条": events,
        "一列一条": [{"小组代码": code, "次数": Decimal(times)} for code in groups],
        "小组季度": [
            {"小组代码": code, "季度": quarter, "读书会": Decimal(1)}
            for code in groups
            for quarter in ("第一季度", "第二季度")
        ],
    }


def page(year: SmallYear, name: str) -> list[tuple[object, ...]]:
    """Return the rows of a page of the workbook of findings, without the number before each."""
    sheet = load_workbook(year.outputs / "校验结果.xlsx")[name]
    rows = [row[1:] for row in sheet.iter_rows(values_only=True)]
    first = next(at for at, row in enumerate(rows) if "单位" in row)
    return rows[first + 1 :]


def test_a_pasted_report_is_noticed_at_both_units(year: SmallYear) -> None:
    """Whatever codes stand in it; a report of its own is not."""
    year.send("A01", report("A01"), none=["只填一份"])
    year.send("B02", report("B02"))
    year.run("collect", "--period", "下半年")
    said = [(row[0], row[6]) for row in page(year, "问题清单") if row[2] == "F-37"]
    assert [unit for unit, _ in said] == ["一馆", "柳堤站"]
    assert "有4条内容与“柳堤站”的报送簿完全相同" in str(said[0][1])
    year.send("B02", report("B02", number=1))
    year.run("collect", "--period", "下半年")
    assert not [row for row in page(year, "问题清单") if row[2] == "F-37"]


def test_who_came_in_earlier_is_not_asked(year: SmallYear) -> None:
    """Nobody answers for what another has copied: a notice for the one, a warning for the other."""
    year.send("A01", report("A01"), none=["只填一份"])
    year.run("collect", "--period", "下半年", day="2031-12-01")
    year.send("B02", report("B02"))
    year.run("collect", "--period", "下半年", day="2031-12-05")
    levels = {row[0]: row[1] for row in page(year, "问题清单") if row[2] == "F-37"}
    assert levels == {"一馆": "提示", "柳堤站": "警告"}


def test_a_resubmission_says_what_it_changed_and_cleared(year: SmallYear) -> None:
    """The cell with both values, the finding that is gone, the one that is new."""
    year.send("B02", report("B02", times=60))
    year.run("collect", "--period", "下半年")
    assert page(year, "重报对照") in ([], [(None,) * 8])
    year.send("B02", report("B02", times=0))
    year.run("collect", "--period", "下半年")
    rows = page(year, "重报对照")
    assert [row[:8] for row in rows] == [
        ("柳堤站", "v1→v2", "改动", "02_一列一条", "C7", "次数", "60", "0"),
        ("柳堤站", "v1→v2", "问题已消除", "02_一列一条", "C7", "R-1", "次数60太多。", None),
        ("柳堤站", "v1→v2", "新出现问题", "02_一列一条", "C8", "V-G04", None, "“未达标原因”为必填项。"),
        ("柳堤站", "v1→v2", "新出现问题", "02_一列一条", "C7", "R-2", None, "没有活动。"),
    ]


def test_a_sheet_that_was_pasted_over_is_summed_up(year: SmallYear) -> None:
    """The first few changes of the sheet and how many more; another sheet's are all listed."""
    first, second = report("B02"), report("B02", times=7)
    year.send("B02", {**first, "一行一条": [{"编码": f"L{line}", "个数": Decimal(line)} for line in range(1, 31)]})
    year.run("collect", "--period", "下半年")
    year.send("B02", {**second, "一行一条": [{"编码": f"L{line}", "个数": Decimal(60)} for line in range(1, 31)]})
    year.run("collect", "--period", "下半年")
    rows = [row[2:8] for row in page(year, "重报对照")]
    assert [row[:2] for row in rows] == [
        *[("改动", "01_一行一条")] * FEW,
        ("另有25处", "01_一行一条"),
        ("改动", "02_一列一条"),
    ]


def test_a_declaration_alone_is_a_change(year: SmallYear) -> None:
    """What the contents say of an empty sheet is told; only what is wholly the same has not changed."""
    rows = {name: some for name, some in report("B02").items() if name != "一行一条"}
    year.send("B02", rows)
    year.run("collect", "--period", "下半年")
    year.send("B02", rows, none=["一行一条"])
    year.run("collect", "--period", "下半年")
    assert [row[2:8] for row in page(year, "重报对照")] == [
        ("表的情况", "01_一行一条", None, None, "未填", "无"),
        ("问题已消除", "01_一行一条", None, "V-G07", "“01_一行一条”没有填，目录上也没有声明“无”。", None),
    ]


def test_a_file_saved_again_has_not_changed(year: SmallYear) -> None:
    """Another file of the same contents is said to be the same."""
    path = year.send("B02", report("B02"))
    year.run("collect", "--period", "下半年")
    book = load_workbook(path)
    book.properties.creator = "乙"
    book.save(path)
    year.run("collect", "--period", "下半年")
    assert [row[2] for row in page(year, "重报对照")] == ["内容没有变"]
