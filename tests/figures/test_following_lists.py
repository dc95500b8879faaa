"""Lists whose rows follow another's: one after the other, in their own order, whoever has not reported named once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from figures.district import District, district_of
from pbreports.figures import Coverage
from pbreports.scheme.language import Type
from pbreports.scheme.papers import vocabulary_of_papers
from pbreports.values import NamedList
from tiny import SCHEME, write_scheme

LISTS = """
名单:
- 名称: 活动和小组
  表: 一行一条
  接着: [各小组, 各次活动]
  列: {事项: 短文, 数: 个数}
  排序: [0 - 个数]
- {名称: 各小组, 表: 小组, 列: {事项: 小组代码, 数: 计数(一列一条)}, 排序: [小组代码]}
- {名称: 各次活动, 表: 一列一条, 列: {事项: 小组代码, 数: 次数}}
"""
TABLES = {
    "一行一条": "单位 编码 个数 短文\nA01 1 3 读书\nB02 1 5 讲座",
    "小组": "小组代码 单位代码 状态\nB1 B02 正常\nA1 A01 正常",
    "一列一条": "单位 小组代码 次数\nA01 A1 6",
}


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Return a tiny scheme with a list that two others follow."""
    return district_of(write_scheme(tmp_path_factory.mktemp("接着") / "方案", SCHEME + LISTS))


def followed(tiny: District) -> NamedList:
    """Return the list with those that follow it."""
    return tiny.lists(TABLES)["活动和小组"]


def test_rows_follow_each_other_in_the_order_of_their_own_lists(tiny: District) -> None:
    """The list's own rows come first, then those of the others as declared; each part keeps its order."""
    rows = [(row["事项"], row["数"]) for row in followed(tiny).rows]
    assert rows == [("讲座", 5), ("读书", 3), ("A1", 1), ("B1", 0), ("A1", 6)]


def test_every_row_knows_where_it_comes_from(tiny: District) -> None:
    """The places of the rows are those of their own sheets."""
    assert [one.sheet for one in followed(tiny).sources] == ["一行一条", "一行一条", "小组", "小组", "一列一条"]


def test_the_lists_that_follow_stay_lists_of_their_own(tiny: District) -> None:
    """What follows another list can be printed alone."""
    assert [row["事项"] for row in tiny.lists(TABLES)["各小组"].rows] == ["A1", "B1"]


def test_whoever_reported_only_a_part_is_told_as_missing(tiny: District) -> None:
    """A unit counts as having reported when it did so for every part that asks it."""
    basis = tiny.basis({**TABLES, "单位": "单位代码 单位简称 种类\nA01 一馆 馆\nB02 站 站"})
    asked = {
        "一行一条": Coverage(("A01", "B02"), frozenset({"A01", "B02"})),
        "一列一条": Coverage(("A01", "C03"), frozenset({"A01"})),
    }
    made = tiny.lists_of(replace(basis, coverage={**basis.coverage, **asked, "小组": Coverage((), frozenset())}))
    assert (made["活动和小组"].expected, made["活动和小组"].reported, made["活动和小组"].missing) == (3, 2, ("C03",))
    assert made["各次活动"].missing == ("C03",)


def test_a_column_is_personal_where_any_part_is(tmp_path: Path) -> None:
    """A name that comes in with a list that follows is kept off the screen as well."""
    text = LISTS + "- {名称: 填报的人, 表: 封面, 列: {事项: 填报人, 数: 0}}\n"
    text = text.replace("接着: [各小组, 各次活动]", "接着: [各小组, 填报的人]")
    scheme = SCHEME.replace("{名称: 填报人, 类型: 文本,", "{名称: 填报人, 个人: true, 类型: 文本,")
    district = district_of(write_scheme(tmp_path / "方案", scheme + text))
    view = vocabulary_of_papers(district.scheme, district.vocabulary).tables["活动和小组"]
    assert view.personal == {"事项"}
    assert view.fields == {"事项": Type.TEXT, "数": Type.NUMBER}
