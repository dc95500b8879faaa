"""Who has not sent, has to mend, has to explain, has passed: by township and deadline."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pbreports.excel.bureau import bureau_workbook
from pbreports.pipeline.deadlines import Deadline
from pbreports.scheme import load_scheme
from pbreports.values import Scalar
from small_year import SmallYear, make_small_year

CALENDAR = """
局端:
- 簿: 日历
  表:
  - 名称: 报送日历
    主键: [报送期次]
    字段:
    - {名称: 报送期次, 类型: 文本}
    - {名称: 截止日期, 类型: 日期}
    - {名称: 退回限期, 类型: 日期}
"""
PERIOD = ("--period", "下半年")
NONE = ("一行一条", "小组季度")


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year with a calendar: due on 10 December, to be mended by the 20th."""
    made = make_small_year(tmp_path / "year")
    heading = made.inputs / "方案/方案.yaml"
    declared = "  报送日历: {表: 报送日历, 期次: 报送期次, 截止: 截止日期, 退回限期: 退回限期}\n  关联:"
    heading.write_text(heading.read_text(encoding="utf-8").replace("  关联:", declared, 1), encoding="utf-8")
    (made.inputs / "方案/日历.yaml").write_text(CALENDAR, encoding="utf-8")
    row: Mapping[str, Scalar] = {
        "报送期次": "下半年",
        "截止日期": date(2031, 12, 10),
        "退回限期": date(2031, 12, 20),
    }
    scheme = load_scheme(made.inputs / "方案")
    (made.inputs / "日历.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["日历"], {"报送日历": [row]}))
    return made


def send(year: SmallYear, unit: str, times: int) -> None:
    """Send a unit's report; more than 50 times is an error, none at all a warning."""
    groups = {"A01": ("A01-1", "A01-2"), "B02": ("B02-1",)}[unit]
    rows: list[dict[str, Scalar]] = [
        {"小组代码": code, "次数": Decimal(times), "未达标原因": None if times >= 3 else "场馆修缮"} for code in groups
    ]
    year.send(unit, {"封面": [{"填报人": "甲一"}], "一列一条": rows}, none=NONE)


def told(year: SmallYear, day: str) -> dict[str, Any]:
    """Return the standings as JSON."""
    found: dict[str, Any] = json.loads(year.run("status", "--json", *PERIOD, day=day).output)
    return found


def test_each_state_in_its_township(year: SmallYear) -> None:
    """One unit has passed, the other is returned; the townships and the total count them."""
    send(year, "A01", 3)
    send(year, "B02", 60)
    found = told(year, "2031-12-09")
    assert [(line["所属"], line["应报"], line["通过"], line["退回"]) for line in found["镇街"]] == [
        ("东片", 1, 1, 0),
        ("西片", 1, 0, 1),
        ("合计", 2, 1, 1),
    ]
    assert [(line["单位"], line["状态"], line["错误"]) for line in found["单位"]] == [
        ("一馆", "通过", 0),
        ("柳堤站", "退回", 1),
    ]


def test_a_warning_waits_for_its_explanation(year: SmallYear) -> None:
    """It counts, and the unit still has something to do."""
    send(year, "B02", 0)
    line = next(one for one in told(year, "2031-12-09")["单位"] if one["单位代码"] == "B02")
    assert (line["状态"], line["待说明"], line["说明"]) == ("待说明", 1, "按 v1 统计")


@pytest.mark.parametrize(
    ("times", "day", "due", "late"),
    [
        (None, "2031-12-10", "2031-12-10", 0),
        (None, "2031-12-13", "2031-12-10", 3),
        (60, "2031-12-20", "2031-12-20", 0),
        (60, "2031-12-22", "2031-12-20", 2),
        (0, "2031-12-22", "2031-12-20", 2),
        (3, "2031-12-31", "", 0),
    ],
)
def test_lateness_is_of_the_next_step(year: SmallYear, times: int | None, day: str, due: str, late: int) -> None:
    """Sending has one day, mending another; who has passed is never late."""
    send(year, "A01", 3)
    if times is not None:
        send(year, "B02", times)
    line = next(one for one in told(year, day)["单位"] if one["单位代码"] == "B02")
    assert (line["期限"], line["逾期天数"]) == (due, late)


def test_the_screen_names_who_must_act_and_counts_the_rest(year: SmallYear) -> None:
    """One line a township, one for each unit with something to do, and the workbook for the rest."""
    send(year, "A01", 3)
    said = year.run("status", *PERIOD, day="2031-12-13").output
    assert "下半年，截至2031-12-13；报送截止2031-12-10；退回限期2031-12-20。" in said
    assert "西片：应报1，通过0，未交1，逾期1" in said
    assert "柳堤站\t未交\t还没有收到\t逾期3天" in said
    assert "一馆" not in said
    assert "合计：应报2，通过1，未交1，逾期1" in said


def test_the_workbook_holds_townships_and_units(year: SmallYear) -> None:
    """Both pages, written by collect as well as by status."""
    send(year, "A01", 3)
    for command in ("collect", "status"):
        path = year.outputs / "报送情况.xlsx"
        path.unlink(missing_ok=True)
        year.run(command, *PERIOD, day="2031-12-13")
        book = load_workbook(path)
        assert book.sheetnames == ["各镇街情况", "各单位情况"]
        rows = [row[:4] for row in book["各单位情况"].iter_rows(values_only=True)]
        assert ("B02", "柳堤站", "西片", "未交") in rows


def test_who_sent_what_nobody_can_read_is_told_from_who_sent_nothing(year: SmallYear) -> None:
    """By the file's name: the unit has not sent, but it is not chased for silence."""
    send(year, "A01", 3)
    (year.inputs / "报送/下半年/2031_下半年_B02_柳堤站_v1.xlsx").write_bytes(b"PK")
    said = year.run("status", *PERIOD, day="2031-12-13").output
    assert "柳堤站\t未交\t收到1份用不了的：2031_下半年_B02_柳堤站_v1.xlsx\t逾期3天" in said


@pytest.mark.parametrize(
    ("mended", "last", "day", "left"),
    [
        (20, 24, 15, 20),
        (20, 24, 20, 20),
        (20, 24, 21, 24),
        (20, 24, 25, None),
        (20, None, 21, None),
        (None, 24, 21, 24),
        (None, None, 10, 10),
        (None, None, 11, None),
    ],
)
def test_the_day_for_mending_is_one_that_has_not_passed(
    mended: int | None, last: int | None, day: int, left: int | None
) -> None:
    """The day of returns, after it that of the last call; the first deadline only where neither is set."""

    def of(number: int | None) -> date | None:
        return date(2031, 12, number) if number else None

    deadline = Deadline(date(2031, 12, 10), of(mended), of(last))
    assert deadline.left_for_mending(date(2031, 12, day)) == of(left)


def test_a_return_says_by_when_it_is_wanted_and_no_day_that_has_passed(year: SmallYear) -> None:
    """A return written after the day for mending is wanted as soon as may be; one that stands there is written anew."""
    send(year, "B02", 60)
    for day, words in (("2031-12-15", "请于2031年12月20日前改好报回"), ("2031-12-21", "请尽快改好报回")):
        year.run("collect", *PERIOD, day=day)
        (path,) = (year.outputs / "退回").rglob("*_B02_*.xlsx")
        head = str(load_workbook(path)["问题清单"]["A2"].value)
        assert head.endswith(f"2031年12月15日收到　{words}")


def test_without_a_calendar_nobody_is_late(tmp_path: Path) -> None:
    """No day is made up."""
    year = make_small_year(tmp_path / "year")
    send(year, "A01", 3)
    found = told(year, "2099-12-31")
    assert found["报送截止"] is None
    assert {line["逾期天数"] for line in found["单位"]} == {0}
