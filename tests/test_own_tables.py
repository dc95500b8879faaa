"""The tables that the program itself gives to lists: how each unit's reports stand, the switches and the parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pbreports.ledger import Ledger
from pbreports.pipeline.summarising import summarise
from pbreports.pipeline.year import open_year
from pbreports.values import NamedList
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year

DAY = date(2031, 12, 31)
LISTS = """
口径:
  次数口径: {选项: [全算, 只算达标], 默认: 只算达标, 说明: 哪些次数算数}
参数:
  每批人数: {值: 10, 单位: 人, 说明: 一批几人}
  停办月: {值: [2, 8]}
  起算日: {值: 2018-07-01}
名单:
- 名称: 报送一览
  表: 单位
  条件: 缺省(是否报送, True)
  列:
    单位: 单位简称
    状态: 收件登记.状态
    版次: 收件登记.版次
    错误: 收件登记.错误数
    警告: 收件登记.警告数
    未说明: 收件登记.未说明警告数
- 名称: 口径一览
  表: 口径
  列: {口径: 口径名称, 采用: 采用, 可选: 可选, 说明: 口径说明}
- 名称: 参数一览
  表: 参数
  列: {参数: 参数名称, 取值: 取值, 单位: 参数单位, 说明: 参数说明, 版本: 方案版本}
"""


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year with lists over the program's own tables; one unit has sent what must be mended."""
    made = make_small_year(tmp_path)
    (made.inputs / "方案" / "台账.yaml").write_text(LISTS, encoding="utf-8")
    made.send("B02", {"一列一条": [{"小组代码": "B02-1", "次数": Decimal(60)}]})
    return made


def lists(year: SmallYear) -> Mapping[str, NamedList]:
    """Return the lists of what has come in."""
    assert year.run("collect", "--period", "下半年").exit_code == 1
    opened = open_year(open_workspace(year.root, year.year))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        return summarise(opened, ledger, DAY).lists


def test_the_switches_stand_with_what_was_chosen(year: SmallYear) -> None:
    """Each switch with its choice, what else could be chosen, and its meaning."""
    assert lists(year)["口径一览"].rows == (
        {"口径": "次数口径", "采用": "只算达标", "可选": "全算、只算达标", "说明": "哪些次数算数"},
    )


def test_the_parameters_stand_as_people_write_them(year: SmallYear) -> None:
    """Each parameter with its value, whatever its kind; what nobody said of it is blank. The scheme's version is a name."""
    rows = [tuple(row.values()) for row in lists(year)["参数一览"].rows]
    version = rows[0][-1]
    assert version
    assert [row for row in rows if row[0] in ("每批人数", "停办月", "起算日")] == [
        ("每批人数", "10", "人", "一批几人", version),
        ("停办月", "2、8", None, None, version),
        ("起算日", "2018-07-01", None, None, version),
    ]


def test_a_unit_that_sent_nothing_has_no_findings(year: SmallYear) -> None:
    """Nothing received is nothing checked: its counts are blanks, not zeros."""
    row = lists(year)["报送一览"].rows[0]
    assert row == {"单位": "一馆", "状态": "未交", "版次": 0, "错误": None, "警告": None, "未说明": None}


def test_a_returned_unit_shows_the_findings_of_its_last_version(year: SmallYear) -> None:
    """Where no version counts, the last one's errors and warnings stand."""
    row = lists(year)["报送一览"].rows[1]
    assert (row["状态"], row["版次"]) == ("退回", 1)
    assert row["错误"]
    assert row["未说明"] == row["警告"]
