"""Rows that repeat: by a list's column, by a named range, by control tags; rows that a condition takes away."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from excel.filling.templates import cells, filled, rendered, results, saved, template
from office import Office
from ooxml.audit import audit
from pbreports.errors import TemplateError
from pbreports.ooxml.write import pack, unpack

SCHOOLS = ({"校": "一小", "数": 1}, {"校": "二小", "数": 2})
TOWNS = (
    {"名称": "甲镇", "名单": SCHOOLS},
    {"名称": "乙镇", "名单": ({"校": "三小", "数": 3},)},
    {"名称": "丙镇", "名单": ()},
)


def test_a_row_with_a_list_s_column_stands_once_for_each_row_of_the_list() -> None:
    """No end tag is needed; the total below grows and moves."""
    book = filled(
        template([["学校", "数"], ["{{ 名单.校 }}", "{{ 名单.数 }}"], ["合计", "=SUM(B2)"]]), {"名单": SCHOOLS}
    )
    assert cells(book) == [["学校", "数"], ["一小", 1], ["二小", 2], ["合计", "=SUM(B2:B3)"]]


def test_an_empty_list_leaves_one_empty_row() -> None:
    """References to the row still have something to refer to."""
    book = filled(template([["学校"], ["{{ 名单.校 }}", "=B9"], ["合计", "=COUNTA(A2)"]]), {"名单": ()})
    assert cells(book) == [["学校"], [], ["合计", "=COUNTA(A2)"]]


def test_the_number_of_a_row_needs_no_column() -> None:
    """``名单.序号`` counts from 1, unless the list has such a column of its own."""
    data = template([["第{{ 名单.序号 }}个", "{{ 名单.序号 }}"]])
    assert cells(filled(data, {"名单": SCHOOLS})) == [["第1个", 1], ["第2个", 2]]
    assert cells(filled(data, {"名单": [{"序号": "甲"}]})) == [["第甲个", "甲"]]


def test_expressions_in_a_repeated_row_see_its_row() -> None:
    """Filters, arithmetic and conditions take the row's columns; the list by itself is still the whole list."""
    row = [
        "{{ 名单.数 * 2 }}",
        "{{ 名单.校 ~ 区 }}",
        "{{ 名单|length }}",
        "{% if 名单.数 > 1 %}多{% else %}少{% endif %}",
    ]
    book = filled(template([row]), {"名单": SCHOOLS, "区": "某区"})
    assert cells(book) == [[2, "一小某区", 2, "少"], [4, "二小某区", 2, "多"]]


@pytest.mark.parametrize("name", ["循环_组", "块_组", "循环2_组", "分页_组"])
@pytest.mark.parametrize("place", ["表!$A$2:$B$4", "表!$2:$4"])
def test_a_named_range_repeats_its_rows_with_rows_that_repeat_inside(name: str, place: str) -> None:
    """A block for each township holds a row for each of its schools; subtotals see their own block alone."""
    rows = [["标题"], ["{{ 组.名称 }}", "=SUM(B3:B3)"], ["{{ 组.名单.校 }}", "{{ 组.名单.数 }}"], ["小计", "=SUM(B3)"]]
    book = filled(template([*rows, ["末"]], names={name: place}), {"组": TOWNS})
    assert cells(book) == [
        ["标题"],
        *[["甲镇", "=SUM(B3:B4)"], ["一小", 1], ["二小", 2], ["小计", "=SUM(B3:B4)"]],
        *[["乙镇", "=SUM(B7:B7)"], ["三小", 3], ["小计", "=SUM(B7)"]],
        *[["丙镇", "=SUM(B10:B10)"], [], ["小计", "=SUM(B10)"]],
        ["末"],
    ]
    assert name not in book.defined_names
    breaks = [mark.id for mark in book.worksheets[0].row_breaks.brk]
    assert breaks == ([5, 8, 11] if name.startswith("分页") else [])


def test_rows_of_control_tags_go_and_repeat_what_stands_between() -> None:
    """The same by ``{% for %}`` rows, with formulas that reach across the rows that go."""
    rows = [
        ["标题"],
        ["{% for g in 组 %}"],
        ["{{ g.名称 }}"],
        ["{% for x in g.名单 %}"],
        ["{{ x.校 }}", "{{ x.数 }}", "=B5"],
        ["{% endfor %}"],
        ["小计", "=SUM(B4:B6)"],
        ["{% endfor %}"],
        ["合计", "=SUM(B2:B8)"],
    ]
    assert cells(filled(template(rows), {"组": TOWNS})) == [
        ["标题"],
        *[["甲镇"], ["一小", 1, "=B3"], ["二小", 2, "=B4"], ["小计", "=SUM(B3:B4)"]],
        *[["乙镇"], ["三小", 3, "=B7"], ["小计", "=SUM(B7:B7)"]],
        *[["丙镇"], [], ["小计", "=SUM(B10:B10)"]],
        ["合计", "=SUM(B2:B11)"],
    ]


@pytest.mark.parametrize("there", [True, False])
def test_a_condition_takes_its_rows_away(there: bool) -> None:  # noqa: FBT001
    """Rows behind move up; ranges shrink to what is left."""
    rows = [["{% if 有 %}"], ["甲", 5], ["乙", 6], ["{% else %}"], ["丙", 7], ["{% endif %}"], ["末", "=SUM(B1:B6)"]]
    left = [["甲", 5], ["乙", 6], ["末", "=SUM(B1:B2)"]] if there else [["丙", 7], ["末", "=SUM(B1:B1)"]]
    assert cells(filled(template(rows), {"有": there})) == left


def test_a_condition_within_a_loop_takes_rows_from_single_rounds() -> None:
    """Each round keeps or loses its own."""
    rows = [
        ["{% for x in 名单 %}"],
        ["{{ x.校 }}"],
        ["{% if x.数 > 1 %}"],
        ["多"],
        ["{% endif %}"],
        ["{% endfor %}"],
        ["末", "=A2"],
    ]
    assert cells(filled(template(rows), {"名单": SCHOOLS})) == [["一小"], ["二小"], ["多"], ["末", "=A1"]]


def test_a_loop_that_opens_in_the_first_cell_of_a_row_and_closes_in_the_last_repeats_the_row() -> None:
    """What is written beside the tags stays."""
    rows = [["{% for x in 名单 %}{{ x.校 }}", "共", "{{ x.数 }}{% endfor %}"], ["合计", None, "=SUM(C1)"]]
    book = filled(template(rows), {"名单": SCHOOLS})
    assert cells(book) == [["一小", "共", 1], ["二小", "共", 2], ["合计", None, "=SUM(C1:C2)"]]


def test_a_row_of_a_list_in_a_list_stands_for_each_of_the_inner_rows() -> None:
    """Columns of the outer list are repeated beside them; an outer row without inner ones is not lost."""
    book = filled(template([["{{ 组.名称 }}", "{{ 组.名单.校 }}"]]), {"组": TOWNS})
    assert cells(book) == [["甲镇", "一小"], ["甲镇", "二小"], ["乙镇", "三小"], ["丙镇"]]


def test_what_is_no_list_stands_once() -> None:
    """A single thing with columns, and a day with its year."""
    data = template([["{{ 学校.名称 }}", "{{ 学校.数 + 1 }}"], ["{{ 会议日.year }}年", "{{ 会议日.month }}"], ["末"]])
    book = filled(data, {"学校": {"名称": "一小", "数": 1}, "会议日": date(2020, 12, 31)})
    assert cells(book) == [["一小", 2], ["2020年", 12], ["末"]]


def test_equal_neighbours_are_merged_and_stand_once() -> None:
    """A later column is merged only within what an earlier one has merged."""
    rows = ({"镇": "甲", "类": "中"}, {"镇": "甲", "类": "小"}, {"镇": "乙", "类": "小"}, {"镇": "乙", "类": "小"})
    book = filled(template([["{{ 名单.镇|合并相同 }}", "{{ 名单.类|合并相同 }}", "x"], ["末"]]), {"名单": rows})
    assert cells(book) == [["甲", "中", "x"], [None, "小", "x"], ["乙", "小", "x"], [None, None, "x"], ["末"]]
    assert sorted(map(str, book.worksheets[0].merged_cells.ranges)) == ["A1:A2", "A3:A4", "B3:B4"]


def test_rows_are_added_up_to_a_fixed_number() -> None:
    """They have the row's style and nothing in them, formulas neither."""
    data = template([["{{ 名单.校|补足4行 }}", "{{ 名单.数 }}", "=B1*2"], ["合计", "=SUM(B1)"]])
    book = filled(data, {"名单": SCHOOLS})
    assert cells(book) == [["一小", 1, "=B1*2"], ["二小", 2, "=B2*2"], [], [], ["合计", "=SUM(B1:B4)"]]


def test_an_item_whose_tag_stands_in_cells_merged_downwards_takes_all_their_rows() -> None:
    """A record of two lines is repeated whole, its merge with it."""
    data = template([["{{ 名单.校 }}", "{{ 名单.数 }}"], [None, "人"], ["末"]], merges=["A1:A2"])
    book = filled(data, {"名单": SCHOOLS})
    assert cells(book) == [["一小", 1], [None, "人"], ["二小", 2], [None, "人"], ["末"]]
    assert sorted(map(str, book.worksheets[0].merged_cells.ranges)) == ["A1:A2", "A3:A4"]


def test_a_sheet_is_made_for_each_item_of_a_list_named_in_its_title() -> None:
    """Titles are made legal and unlike; a sheet's formulas and names speak of itself, others of the first."""
    towns = (*TOWNS[:2], {"名称": "甲镇", "名单": ()}, {"名称": "丁/镇" + "长" * 40, "名单": SCHOOLS})
    data = template(
        [["{{ 组.名称 }}"], ["{{ 组.名单.校 }}", "{{ 组.名单.数 }}"], ["合计", "=SUM(B2)", "='{{ 组.名称 }}'!B3"]],
        title="{{ 组.名称 }}",
        others={"汇总": [["='{{ 组.名称 }}'!B3"]]},
        names={"首": "'{{ 组.名称 }}'!$B$3"},
    )
    book = filled(data, {"组": towns})
    assert book.sheetnames == ["甲镇", "乙镇", "甲镇 (2)", ("丁／镇" + "长" * 40)[:31], "汇总"]
    assert cells(book, "甲镇")[-1] == ["合计", "=SUM(B2:B3)", "='甲镇'!B4"]
    assert cells(book, "乙镇") == [["乙镇"], ["三小", 3], ["合计", "=SUM(B2)", "='乙镇'!B3"]]
    assert cells(book, "汇总") == [["='甲镇'!B4"]]
    assert book.defined_names["首"].attr_text == "'甲镇'!$B$4"


def test_a_name_asks_for_a_sheet_for_each_item_as_well() -> None:
    """The title without a tag is numbered."""
    data = template([["{{ 组.名称 }}"]], title="镇", names={"分表_组": "镇!$A$1"})
    book = filled(data, {"组": TOWNS})
    assert book.sheetnames == ["镇", "镇 (2)", "镇 (3)"]
    assert [cells(book, title) for title in book.sheetnames] == [[["甲镇"]], [["乙镇"]], [["丙镇"]]]


def test_plain_totals_have_their_results_beside_them() -> None:
    """A preview that does not compute shows the right numbers."""
    rows = [
        ["{{ 名单.校 }}", "{{ 名单.数 }}", "=B1*2"],
        [
            "=SUM(B1)",
            "=COUNT(B1)",
            "=SUM(C1:C1)",
            "=AVERAGE(B1)",
            '=SUMIF(A1,"二小",B1)',
            "=B1/0",
            '=IF(A2>2,"多","少")',
        ],
        ["=RANK(B1,B1)"],
    ]
    data = rendered(template(rows), {"名单": SCHOOLS}).data
    assert results(data) == [["一小", 1, 2], ["二小", 2, 4], [3, 2, 6, 1.5, 2, "#DIV/0!", "多"], []]


@pytest.mark.parametrize(
    ("rows", "names", "told"),
    [
        ([["{{ 甲.a }}", "{{ 乙.b }}"]], {}, "一行里用了几个名单"),
        ([["a"], ["b"], ["c"]], {"循环_甲": "表!$1:$2", "循环_乙": "表!$2:$3"}, "两个循环块交错"),
        ([["{% for x in 甲 %}"], ["{{ x.a }}"]], {}, "没有结束标签 endfor"),
        ([["=A2&\"{{ 区 }}\""]], {}, "公式里的标签填不了"),
        ([["{{ 区 "]], {}, "标签没有写完"),
        ([["{{ 区 | 没有 }}"]], {}, "没有“没有”这个写法"),
        ([["{{ 没这个 }}"]], {}, "没有叫“没这个”"),
        ([["{{ 甲.c }}"]], {}, "“甲”没有“c”这一列"),
        ([["{{ 甲 }}"]], {}, "这是整个名单"),
        ([["{{ 1 // 0 }}"]], {}, "除数是零"),
        ([["{% for x in 甲 %}"], ["a", "{{ x.c }}"], ["{% endfor %}"]], {}, "B2 → “{{ x.c }}”：没有“c”这一列，可用的列有：a"),
        ([["{{ 区.长 }}"]], {}, "“某区”不是名单"),
        ([["{% for x in 乙 %}{{ x.b.c }}", "{% endfor %}"]], {}, "没有“c”"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_is_told_with_sheet_and_cell(
    rows: list[list[object]], names: dict[str, str], told: str
) -> None:
    """Each kind of trouble names its sheet, its place and what is wrong."""
    with pytest.raises(TemplateError) as caught:
        filled(template(rows, names=names), {"甲": [{"a": 1}], "乙": [{"b": 1}], "区": "某区"})
    assert told in str(caught.value)
    assert str(caught.value).startswith("模板 试.xlsx：表 → ")


def test_all_problems_are_told_at_once() -> None:
    """Two wrong names and a wrong column in one message, each with its cell and what is most like it."""
    with pytest.raises(TemplateError) as caught:
        filled(
            template([["{{ 单位名 }}", "{{ 日期 }}"], ["{{ 名单.学校 }}"]]), {"单位名称": 1, "名单": [{"学校名": 1}]}
        )
    told = str(caught.value)
    assert all(one in told for one in ("有3处要改", "表 → A1", "表 → B1", "表 → A2", "“单位名称”", "“学校名”"))


def test_a_copied_sheet_has_notes_charts_and_tables_of_its_own(tmp_path: Path) -> None:
    """Each speaks of its own sheet; an independent validator finds nothing wrong."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "{{ 组.名称 }}"
    for row in (["校", "数"], ["{{ 组.名单.校 }}", "{{ 组.名单.数 }}"], ["合计", "=SUM(表一[数])"]):
        page.append(row)
    page["A1"].comment = Comment("{{ 组.名称 }}的校", "某")
    page.add_table(Table(displayName="表一", ref="A1:B2"))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=2, min_row=1, max_row=2), titles_from_data=True)
    page.add_chart(chart, "D1")
    page.print_area = "A1:B3"
    made = rendered(saved(book), {"组": TOWNS}).data
    path = tmp_path / "分表.xlsx"
    path.write_bytes(made)
    assert [one for one in audit(path) if "/xl/styles.xml" not in one] == []  # the styles are openpyxl's
    found = load_workbook(io.BytesIO(made))
    for number, (town, last) in enumerate(zip(TOWNS, (3, 2, 2), strict=True)):
        title, own = str(town["名称"]), found.worksheets[number]
        assert own.title == title
        assert own["A1"].comment.text == f"{title}的校"  # type: ignore[union-attr]
        name = "表一" if not number else f"表一_{number + 1}"
        assert [(table.displayName, table.ref) for table in own.tables.values()] == [(name, f"A1:B{last}")]
        assert own.cell(last + 1, 2).value == f"=SUM({name}[数])"
        drawn = "$B$2:$B$3" if last == 3 else "$B$2"
        assert own._charts[0].series[0].val.numRef.f == f"'{title}'!{drawn}"  # type: ignore[attr-defined]
        assert own.print_area == f"'{title}'!$A$1:$B${last + 1}"
    assert results(made, "甲镇")[-1] == ["合计", 3]


def test_the_header_of_a_table_stays_what_its_columns_are_called(tmp_path: Path) -> None:
    """A header with a tag is named in the table as well, else the workbook would have to be repaired."""
    book = Workbook()
    page = book.worksheets[0]
    for row in (["{{ 年 }}年数", "名"], ["{{ 名单.数 }}", "{{ 名单.校 }}"]):
        page.append(row)
    page.add_table(Table(displayName="表一", ref="A1:B2"))
    made = rendered(saved(book), {"名单": SCHOOLS, "年": 2020}).data
    table = load_workbook(io.BytesIO(made)).worksheets[0].tables["表一"]
    assert [column.name for column in table.tableColumns] == ["2020年数", "名"]
    path = tmp_path / "表.xlsx"
    path.write_bytes(made)
    assert [one for one in audit(path) if "/xl/styles.xml" not in one] == []  # the styles are openpyxl's


@pytest.mark.parametrize("prefixed", [True, False])
def test_sheets_are_read_as_other_programs_write_them(prefixed: bool) -> None:  # noqa: FBT001
    """With a prefix before each element, or without the addresses of rows and cells."""
    parts = dict(unpack(template([["{{ 区 }}", "=B2"], ["{{ 名单.校 }}", 3], ["=COUNTA(A2)"]])))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    if prefixed:
        sheet = re.sub(r"<(/?)(\w+)", r"<\1x:\2", sheet.replace('xmlns="', 'xmlns:x="'))
    else:
        sheet = re.sub(r' r="[A-Z]*\d+"', "", sheet)
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    book = filled(pack(parts), {"区": "某区", "名单": SCHOOLS})
    assert cells(book) == [["某区", "=B2"], ["一小", 3], ["二小", 3], ["=COUNTA(A2:A3)"]]


def test_a_running_total_goes_on_from_the_copy_before() -> None:
    """Formulas of the row above read as copied down, and what they come to stands beside them."""
    rows = [["数", "累计"], ["{{ 名单.数 }}", "=N(B1)+A2"], ["合计", "=SUM(A2)"]]
    data = rendered(template(rows), {"名单": [{"数": 1}, {"数": 2}, {"数": 4}]}).data
    told = [row[1] for row in cells(load_workbook(io.BytesIO(data)))[1:]]
    assert told == ["=N(B1)+A2", "=N(B2)+A3", "=N(B3)+A4", "=SUM(A2:A4)"]
    assert [row[1] for row in results(data)[1:]] == [1, 3, 7, 7]


def test_an_unpaired_tag_hides_unknown_names_of_its_own_sheet_alone() -> None:
    """On its sheet a loop's own names would seem unknown; names and columns on other sheets are told with it."""
    others = {"二": [["{{ 无此名 }}"], ["{{ 名单.无列 }}"]]}
    data = template([["{% for x in 名单 %}"], ["{{ x.校 }}"]], others=others)
    with pytest.raises(TemplateError) as caught:
        rendered(data, {"名单": SCHOOLS})
    assert all(name in str(caught.value) for name in ("endfor", "无此名", "无列"))
    assert "“x”" not in str(caught.value)


@pytest.mark.render
def test_a_template_saved_by_an_office_fills_the_same(office: Office, tmp_path: Path) -> None:
    """LibreOffice writes texts, names and formulas its own way."""
    rows = [
        ["{{ 年 }}"],
        ["{{ 组.名称 }}"],
        ["{{ 组.名单.校 }}", "{{ 组.名单.数 }}", "=B3/B4"],
        ["小计", "=SUM(B3)"],
        ["末", "=SUM(B3)"],
    ]
    source = tmp_path / "模板.xlsx"
    source.write_bytes(template(rows, names={"循环_组": "表!$A$2:$C$4"}, merges=["A1:C1"]))
    again = office.convert(source, "xlsx", tmp_path / "另存")
    values = {"年": 2020, "组": TOWNS}
    assert cells(filled(again.read_bytes(), values)) == cells(filled(source.read_bytes(), values))
