"""Lists with one row for each unit: who has not reported is told, never counted as zero."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from figures.district import District, district_of
from pbreports.figures import Coverage
from pbreports.figures.lists import nested
from pbreports.values import NamedList, Scalar
from tiny import SCHEME, write_scheme

LISTS = """
名单:
- 名称: 各单位活动
  表: 单位
  填报: [一行一条]
  列: {单位: 单位简称, 个数: 合计(一行一条.个数), 项数: 计数(一行一条), 小组数: 计数(小组)}
  排序: [单位代码]
- 名称: 各单位活动和小组
  表: 单位
  填报: [一行一条, 一列一条]
  列: {单位: 单位简称, 个数: 合计(一行一条.个数), 次数: 合计(一列一条.次数)}
  排序: [单位代码]
- 名称: 各单位优秀活动
  表: 单位
  填报: [一行一条]
  计入: {一行一条: "等次 == '优秀'", 小组: 状态 == '正常'}
  列: {单位: 单位简称, 项数: 计数(一行一条), 小组数: 计数(小组)}
  排序: [单位代码]
- 名称: 各小组活动
  表: 小组
  填报: [一列一条]
  列: {小组: 小组代码, 次数: 合计(一列一条.次数)}
"""
UNITS = """
单位代码 单位简称 种类
A01      一馆     馆
B02      柳堤站   站
C03      停办馆   馆
"""
GROUPS = """
小组代码 单位代码 状态
A1       A01      正常
A2       A01      撤销
B1       B02      正常
"""
ACTIVITIES = """
单位 编码 个数 等次
A01  1    3    优秀
A01  2    4    合格
"""
MEETINGS = """
单位 小组代码 次数
A01  A1       6
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Return the tiny scheme with lists over its units."""
    return district_of(write_scheme(tmp_path_factory.mktemp("scheme"), SCHEME + LISTS))


def made(tiny: District, name: str, *absent: str, **more: str) -> NamedList:
    """Return a list of the units, of whom the named ones have reported nothing."""
    return tiny.lists({"单位": UNITS, "小组": GROUPS, "一行一条": ACTIVITIES, **more}, absent=absent)[name]


def column(found: NamedList, name: str) -> list[Scalar]:
    """Return one column of a list."""
    return [row[name] for row in found.rows]


def test_every_unit_has_its_row_and_who_has_not_reported_says_so(tiny: District) -> None:
    """A unit on the roster has a row whether or not it reported, or was asked at all."""
    found = made(tiny, "各单位活动", "B02")
    assert column(found, "单位") == ["一馆", "柳堤站", "停办馆"]
    assert column(found, "填报情况") == ["已报", "未报", "不填"]


def test_what_would_come_from_a_report_that_is_not_there_is_blank(tiny: District) -> None:
    """Sums and counts over an absent report are blanks, not zeros; what the bureau knows stands."""
    found = made(tiny, "各单位活动", "B02")
    assert column(found, "个数") == [7, None, None]
    assert column(found, "项数") == [2, None, None]
    assert column(found, "小组数") == [2, 1, 0]


def test_who_reported_that_there_is_nothing_is_counted_with_zero(tiny: District) -> None:
    """A unit whose report is here, without a row of the sheet, has none of them; a sum of nothing stays blank."""
    found = made(tiny, "各单位活动", 一列一条="单位 小组代码 次数\nB02 B1 1")
    assert column(found, "填报情况") == ["已报", "已报", "不填"]
    assert column(found, "项数") == [2, 0, None]
    assert column(found, "个数") == [7, None, None]


def test_a_list_of_several_reports_says_which_of_them_is_lacking(tiny: District) -> None:
    """Columns of the report that is here are filled; the row names the other one."""
    tables = {"单位": UNITS, "小组": GROUPS, "一行一条": ACTIVITIES, "一列一条": MEETINGS}
    basis = tiny.basis(tables)
    lacking = replace(basis, coverage={**basis.coverage, "一列一条": Coverage(("A01",), frozenset())})
    found = tiny.lists_of(lacking)["各单位活动和小组"]
    assert column(found, "填报情况") == ["缺一列一条", "不填", "不填"]
    assert column(found, "个数") == [7, None, None]
    assert column(found, "次数") == [None, None, None]
    assert (found.reported, found.expected, found.missing) == (0, 1, ("A01",))


def test_a_list_counts_only_the_rows_it_says(tiny: District) -> None:
    """计入 leaves out rows of schools' sheets and of the bureau's alike, for this list alone."""
    found = made(tiny, "各单位优秀活动")
    assert column(found, "项数") == [1, None, None]
    assert column(found, "小组数") == [1, 1, 0]
    assert column(made(tiny, "各单位活动"), "项数") == [2, None, None]


def test_rows_below_units_know_their_unit_too(tiny: District) -> None:
    """A list over groups says for each group whether its unit reported."""
    found = made(tiny, "各小组活动", "B02", 一列一条=MEETINGS)
    assert column(found, "填报情况") == ["已报", "已报", "未报"]
    assert column(found, "次数") == [6, None, None]
    assert (found.reported, found.expected, found.missing) == (1, 2, ("B02",))


def test_a_list_that_draws_on_no_report_says_nothing_of_them(tmp_path: Path) -> None:
    """Without 填报 a row has its own columns alone."""
    plain = district_of(write_scheme(tmp_path, SCHEME + "名单:\n- {名称: 单位清单, 表: 单位, 列: {单位: 单位简称}}\n"))
    assert plain.lists({"单位": UNITS})["单位清单"].rows == ({"单位": "一馆"}, {"单位": "柳堤站"}, {"单位": "停办馆"})


TREE = """
名单:
- 名称: 小组层级
  表: 小组
  上下级: {代码: 小组代码, 上级: 小组名称, 缩进: 小组}
  列: {小组: 小组代码}
"""


def test_rows_stand_below_their_superiors(tmp_path: Path) -> None:
    """Each row comes right below its superior, indented by its level; an unknown superior makes a top."""
    plain = district_of(write_scheme(tmp_path, SCHEME + TREE))
    groups = "小组代码 小组名称 单位代码 状态\nB A S 正常\nD B S 正常\nA ~ S 正常\nC A S 正常\nE 外 S 正常"
    rows = plain.lists({"小组": groups})["小组层级"].rows
    assert [(row["小组"], row["层级"]) for row in rows] == [
        ("A", 1),
        ("　　B", 2),
        ("　　　　D", 3),
        ("　　C", 2),
        ("E", 1),
    ]


@pytest.mark.parametrize(
    ("codes", "superiors", "levels"),
    [
        ((), (), []),
        (("A", "B"), ("B", "A"), [(0, 1), (1, 2)]),
        (("A",), ("A",), [(0, 1)]),
        (("A", "A", "B"), (None, None, "A"), [(0, 1), (2, 2), (1, 1)]),
        ((None, "B"), (None, None), [(0, 1), (1, 1)]),
    ],
    ids=["none", "a circle", "its own superior", "a code twice", "no code"],
)
def test_every_row_of_a_tree_stands_once(
    codes: tuple[str, ...], superiors: tuple[str, ...], levels: list[tuple[int, int]]
) -> None:
    """Circles, doubles and blanks lose no row and repeat none."""
    assert nested(codes, superiors) == levels
