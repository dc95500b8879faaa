"""Lists of people go by strokes when the switch says so, else by their own order; lists of units never."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.district import District, district_of
from pbreports.errors import PbreportsError, SchemeError
from pbreports.scheme import load_scheme
from tiny import SCHEME, write_scheme

HEADING = "  姓氏笔画: {口径: 名单次序, 表: 生僻字, 字: 生字, 笔画数: 画数, 笔顺: 笔笔}\n"
MORE = """
口径:
  名单次序: {选项: [名册序, 姓氏笔画], 默认: 名册序, 说明: 个人名单怎么排}
局端:
- 簿: 配置
  说明: 局里的决定。
  表:
  - 名称: 生僻字
    主键: [生字]
    字段:
    - {名称: 生字, 类型: 文本, 长度: 2, 必填: true}
    - {名称: 画数, 类型: 整数, 必填: true}
    - {名称: 笔笔, 类型: 文本, 长度: 64, 必填: true}
  - 名称: 读者
    字段:
    - {名称: 姓名, 类型: 文本, 长度: 20}
    - {名称: 单位代码, 类型: 文本, 长度: 20}
    - {名称: 称号, 类型: 文本, 长度: 20}
    - {名称: 顺序, 类型: 整数}
名单:
- 名称: 读者名单
  表: 读者
  列: {姓名: 姓名, 称号: 称号, 顺序: 顺序}
  排序: [顺序]
  姓氏笔画: {姓名: 姓名}
- 名称: 分称号名单
  表: 读者
  列: {姓名: 姓名}
  排序: [顺序]
  姓氏笔画: {姓名: 姓名, 分组: ["1 if 称号 == '标兵' else 2"]}
- 名称: 各单位
  表: 单位
  列: {单位: 单位简称}
  排序: [单位代码]
"""
READERS = """
姓名     单位代码 称号 顺序
赵一山   A01      能手 1
王巍     A01      能手 2
~        A01      标兵 3
欧阳·山  A01      能手 4
王一山   B02      标兵 5
丁二     B02      能手 7
王巍     B02      标兵 6
"""
UNITS = "单位代码 单位简称\nB02 一站\nA01 巍巍馆"


def folder_of(root: Path, more: str = MORE, heading: str = HEADING) -> Path:
    """Return a scheme's folder whose heading names the switch and the sheet of strokes."""
    mark = "  关联: "
    folder = write_scheme(root, SCHEME.replace(mark, heading + mark))
    (folder / "名单.yaml").write_text(more, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Return the tiny scheme with lists of people."""
    return district_of(folder_of(tmp_path_factory.mktemp("strokes") / "scheme"))


def column(
    district: District, name: str, title: str, order: str = "姓氏笔画", readers: str = READERS, **more: str
) -> list[object]:
    """Return one column of a list."""
    tables = {"读者": readers, "单位": UNITS, **more}
    return [row[title] for row in district.lists(tables, names={"名单次序": order})[name].rows]


def test_under_strokes_the_list_goes_by_surname_and_blanks_come_last(district: District) -> None:
    """Namesakes stay in the list's own order."""
    assert column(district, "读者名单", "姓名") == ["丁二", "王巍", "王巍", "王一山", "欧阳·山", "赵一山", None]
    assert column(district, "读者名单", "顺序") == [7, 2, 6, 5, 4, 1, 3]


def test_under_roster_order_it_goes_by_its_own_order(district: District) -> None:
    """The declaration of the name changes nothing there."""
    assert column(district, "读者名单", "顺序", "名册序") == [1, 2, 3, 4, 5, 6, 7]


def test_groups_come_first_and_strokes_within_them(district: District) -> None:
    """The groups go by their expressions, like the keys of an order."""
    names = column(district, "分称号名单", "姓名")
    assert names == ["王巍", "王一山", None, "丁二", "王巍", "欧阳·山", "赵一山"]


def test_lists_of_units_go_by_the_roster_under_either(district: District) -> None:
    """A list that names no person knows nothing of the switch."""
    assert column(district, "各单位", "单位") == column(district, "各单位", "单位", "名册序") == ["巍巍馆", "一站"]


def test_an_unknown_character_stops_only_under_strokes_and_is_settled_in_the_sheet(district: District) -> None:
    """The list's name, the person's name and the sheet are in the sentence; a row of the sheet puts it right."""
    readers = "姓名 单位代码 称号 顺序\n刘永 A01 能手 2\n𠮷山 A01 能手 1\n李永 A01 能手 3"
    assert column(district, "读者名单", "顺序", "名册序", readers) == [1, 2, 3]
    with pytest.raises(
        PbreportsError, match="名单“读者名单”：按姓氏笔画排不了，𠮷山的“𠮷”不在字序表里，请在局端工作簿的“生僻字”表里"
    ):
        column(district, "读者名单", "顺序", readers=readers)
    settled = column(district, "读者名单", "姓名", readers=readers, 生僻字="生字 画数 笔笔\n𠮷 6 横竖横竖折横")
    assert settled == ["𠮷山", "刘永", "李永"]


MISTAKES = {
    "a name that is no text": ("姓氏笔画: {姓名: 姓名}", "姓氏笔画: {姓名: 顺序}", "“顺序”得到的是数"),
    "a name nobody knows": ("姓氏笔画: {姓名: 姓名}", "姓氏笔画: {姓名: 姓茗}", "没有“姓茗”"),
    "a group nobody knows": ("分组: [\"1 if 称号 == '标兵' else 2\"]", "分组: [类别]", "没有“类别”"),
    "a switch without the option": ("[名册序, 姓氏笔画]", "[名册序, 拼音]", "口径“名单次序”没有“姓氏笔画”这一选项"),
    "a switch that is not there": ("名单次序: {选项", "名单排法: {选项", "没有口径“名单次序”"),
    "a sheet that is not there": ("名称: 生僻字", "名称: 生字表", "没有局端表“生僻字”"),
    "a column that is not there": ("名称: 笔笔", "名称: 笔划", "表“生僻字”没有字段“笔笔”"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistakes_of_the_declaration_are_named(tmp_path: Path, case: str) -> None:
    """Each with its file and line."""
    right, wrong, said = MISTAKES[case]
    assert right in MORE
    with pytest.raises(SchemeError) as caught:
        load_scheme(folder_of(tmp_path / "scheme", MORE.replace(right, wrong)))
    assert said in str(caught.value)


def test_a_list_of_people_needs_a_heading_that_names_the_switch(tmp_path: Path) -> None:
    """Else nobody could choose, and the list would silently keep its own order."""
    with pytest.raises(SchemeError, match="方案没有说哪个口径管个人名单的次序"):
        load_scheme(folder_of(tmp_path / "scheme", heading=""))
