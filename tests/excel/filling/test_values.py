"""Values in cells: each as what it is, whatever signs it holds; texts around tags, their runs, headings, notes, shapes."""

from __future__ import annotations

import io
import string
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation

from excel.filling.templates import STAMP, cells, filled, rendered, saved, template
from pbreports.errors import TemplateError
from pbreports.excel.template import compile_workbook_template
from pbreports.ooxml.write import unpack
from pbreports.tags.display import PaperFigure
from pbreports.values import Figure, YearMonth

_FORBIDDEN = {chr(code) for code in range(32)} - set("\t\n")


def value_of(value: object) -> object:
    """Return what a cell that is one tag holds when it is filled with a value."""
    return filled(template([["{{ 值 }}"]]), {"值": value}).worksheets[0]["A1"].value


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters=_FORBIDDEN | {"\ufffe", "\uffff"}), max_size=40)
)
@example("=1+1")
@example("{{ 值 }}{% x %}")
@example("_x000A_ _x005F_")
@example("<a>&amp;]]>")
@example(" 前后 ")
@example("一\n二")
@example("0012")
@example("+8613")
@example("{_{")
def test_texts_come_back_sign_for_sign(text: str) -> None:
    """In a cell of its own, in a text, in a row of a list: no sign is lost, added or taken for a tag or formula."""
    data = template([["{{ 值 }}", "前{{ 值 }}后"], ["{{ 名单.值 }}"]])
    made = rendered(data, {"值": text, "名单": [{"值": text}]}).data
    found = load_workbook(io.BytesIO(made)).worksheets[0]
    assert _as_read(found["A1"].value or "") == text
    assert _as_read(found["B1"].value) == f"前{text}后"
    assert _as_read(found["A2"].value or "") == text
    assert "f" not in {found["A1"].data_type, found["A2"].data_type, found["B1"].data_type}


def _as_read(text: object) -> str:
    """Return a text as openpyxl reads any: it leaves escapes as they stand in the file."""
    return str(text).replace("_x005F_", "_")


@given(
    st.one_of(
        st.integers(-(10**15) + 1, 10**15 - 1),
        st.floats(allow_nan=False, allow_infinity=False, width=64),
        st.decimals(-(10**9), 10**9, places=2),
    )
)
def test_numbers_come_back_as_numbers(number: float | Decimal) -> None:
    """No digit is lost, and no number becomes text."""
    found = value_of(number)
    assert float(found) == float(number)  # type: ignore[arg-type]
    assert not isinstance(found, str)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_days_come_back_as_days(day: date) -> None:
    """A plain cell shows them as a date."""
    assert value_of(day) == datetime(day.year, day.month, day.day)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (True, True),
        (None, None),
        ("", None),
        (10**15, "1000000000000000"),
        (Fraction(1, 4), 0.25),
        (datetime(2020, 12, 31, 8, 30), datetime(2020, 12, 31, 8, 30)),  # noqa: DTZ001
        (time(8, 30), time(8, 30)),
        (date(1899, 5, 1), "1899年5月1日"),
        (YearMonth(2020, 9), "2020年9月"),
        (PaperFigure(Figure("党员总数", Decimal(1234), "人", 3, 3)), 1234),
        (PaperFigure(Figure("占比", Fraction(2517, 100), "%", 3, 3)), 0.252),
        (PaperFigure(Figure("占比", Decimal(100), "%", 3, 3)), 1),
        (PaperFigure(Figure("均数", Fraction(10, 3), "", 3, 3)), 3.3),
        (PaperFigure(Figure("党员总数", None, "人", 0, 3)), "【待填：党员总数】"),
    ],
)
def test_each_kind_of_value_is_held_as_what_it_is(value: object, held: object) -> None:
    """Figures keep the digits that a paper prints; what has no value shows that it lacks one."""
    assert value_of(value) == held


def test_formats_of_plain_cells_follow_the_value_and_others_stay() -> None:
    """A date in a plain cell looks like one; a cell with a format of its own keeps it, and a ratio its digits."""
    book = Workbook()
    page = book.worksheets[0]
    for address in ("A1", "A2", "A3", "A4"):
        page[address] = "{{ 值 }}"
    page["A2"].number_format = "0.00"
    page["A3"].number_format = "yyyy/m/d"
    page["A4"].number_format = "@"
    day = filled(saved(book), {"值": date(2020, 12, 31)}).worksheets[0]
    assert day["A1"].number_format == 'yyyy"年"m"月"d"日"'
    assert day["A2"].number_format == 'yyyy"年"m"月"d"日"'  # as a number with two places a day says nothing
    assert (day["A3"].number_format, day["A3"].value) == ("yyyy/m/d", datetime(2020, 12, 31))  # noqa: DTZ001
    assert (day["A4"].number_format, day["A4"].value) == ("@", "2020年12月31日")
    page["A3"].number_format = "0.00%"
    ratio = filled(saved(book), {"值": PaperFigure(Figure("占比", Fraction(2517, 100), "%", 3, 3))}).worksheets[0]
    assert (ratio["A1"].value, ratio["A1"].number_format) == (0.252, "0.0%")
    assert (ratio["A2"].value, ratio["A2"].number_format) == (25.17, "0.00")
    assert (ratio["A3"].value, ratio["A3"].number_format) == (0.2517, "0.00%")
    assert (ratio["A4"].value, ratio["A4"].number_format) == ("25.2%", "@")


def test_a_text_with_a_tag_is_text_and_a_choice_of_values_is_a_value() -> None:
    """``{% if %}`` around a value leaves a number a number."""
    data = template([["共{{ 数 }}人", "{% if 报 %}{{ 数 }}{% else %}未报{% endif %}", "{{ 数 if 报 else '未报' }}"]])
    assert cells(filled(data, {"数": 5, "报": True})) == [["共5人", 5, 5]]
    assert cells(filled(data, {"数": 5, "报": False})) == [["共5人", "未报", "未报"]]


def test_signs_that_no_file_can_hold_are_left_out_and_noted() -> None:
    """The notice names the cell."""
    made = rendered(template([["{{ 值 }}"]]), {"值": "甲\x00乙\x0b"})
    assert cells(load_workbook(io.BytesIO(made.data))) == [["甲乙"]]
    assert len(made.notices) == 1
    assert "A1" in made.notices[0]


def test_a_text_longer_than_a_cell_is_a_problem() -> None:
    """It is not cut."""
    with pytest.raises(TemplateError, match="一格最多32767个"):
        rendered(template([["{{ 值 }}"]]), {"值": "长" * 32_768})


def test_runs_of_a_text_keep_their_look_and_a_tag_that_of_its_beginning() -> None:
    """A tag that stands in several runs is one tag."""
    book = Workbook()
    bold, red = InlineFont(b=True), InlineFont(color="FFFF0000")
    pieces = ["共", TextBlock(bold, "{{ 党"), TextBlock(red, "员 }}"), TextBlock(red, "名")]
    book.worksheets[0]["A1"] = CellRichText(pieces)
    found = filled(saved(book), {"党员": 5}).worksheets[0]["A1"].value
    assert isinstance(found, CellRichText)
    assert str(found) == "共5名"
    assert [(str(one), bool(one.font.b), bool(one.font.color)) for one in found if isinstance(one, TextBlock)] == [
        ("5", True, False),
        ("名", False, True),
    ]


def test_headings_take_values_with_their_own_signs_as_text() -> None:
    """``&`` begins no code, and digits do not join a letter size."""
    book = Workbook()
    page = book.worksheets[0]
    page.oddHeader.center.text = "{{ 单位 }}"
    page.oddHeader.center.size = 14
    page.oddFooter.right.text = "{{ 年度 }}年"
    made = rendered(saved(book), {"单位": "2中&3中", "年度": 2020}).data
    assert "&amp;C&amp;14 2中&amp;&amp;3中</oddHeader>" in unpack(made)["xl/worksheets/sheet1.xml"].decode()
    assert load_workbook(io.BytesIO(made)).worksheets[0].oddFooter.right.text == "2020年"


def test_notes_charts_titles_and_properties_take_values() -> None:
    """What stands outside the cells is filled as well."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "{{ 年度 }}年"
    page["A1"], page["A2"] = 1, 2
    page["B1"] = "x"
    page["B1"].comment = Comment("{{ 单位 }}填报", "某")
    chart = BarChart()
    chart.title = "{{ 单位 }}人数"
    chart.add_data(Reference(page, min_col=1, min_row=1, max_row=2))
    page.add_chart(chart, "D1")
    book.properties.title = "{{ 年度 }}年报表"
    made = rendered(saved(book), {"年度": 2020, "单位": "某<区"})
    found = load_workbook(io.BytesIO(made.data))
    assert found.sheetnames == ["2020年"]
    assert found.worksheets[0]["B1"].comment.text == "某<区填报"  # type: ignore[union-attr]
    assert found.properties.title == "2020年报表"
    drawn = found.worksheets[0]._charts[0]  # type: ignore[attr-defined]
    assert "".join(run.t for run in drawn.title.tx.rich.p[0].r) == "某<区人数"
    assert drawn.series[0].val.numRef.f == "'2020年'!$A$1:$A$2"


@pytest.mark.parametrize("merged", [False, True])
def test_a_row_without_a_fixed_height_grows_with_its_wrapped_text(merged: bool) -> None:  # noqa: FBT001
    """Merged cells too, whose rows no program heightens by itself."""
    book = Workbook()
    page = book.worksheets[0]
    page["A1"] = "{{ 名单.话 }}"
    page["A1"].alignment = Alignment(wrap_text=True)
    if merged:
        page.merge_cells("A1:C1")
    found = filled(saved(book), {"名单": [{"话": "短"}, {"话": "长" * 100}]}).worksheets[0]
    assert found.row_dimensions[1].height is None
    height = found.row_dimensions[2].height
    assert height is not None
    assert (120 < height < 200) if merged else height > 300


def test_names_are_told_with_their_places() -> None:
    """Lists with their columns, figures by themselves."""
    data = template(
        [["{{ 单位 }}{{ 党员总数 }}"], ["{{ 名单.校 }}", "{{ 组.名单.数|日期 }}"][:1], ["{{ 组.名单.数 }}"]]
    )
    told = {(str(place.spot), use.name, use.column) for place, use in compile_workbook_template(data).names()}
    assert {("A1", "单位", ""), ("A1", "党员总数", ""), ("A2", "名单", "校"), ("A3", "组", "名单.数")} <= told


def test_one_template_serves_many_threads() -> None:
    """Renderings share nothing."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    compiled = compile_workbook_template(template([["{{ 名单.值 }}", "{{ 名单.序号 }}"], ["=SUM(B1)"]]))

    def one(number: int) -> bytes:
        rows = [{"值": f"{number}{letter}"} for letter in string.ascii_letters[: number + 1]]
        return compiled.render({"名单": rows}, stamp=STAMP)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(20))) == [one(number) for number in range(20)]


def test_a_tag_where_nothing_is_filled_is_told() -> None:
    """Not an error, for the workbook can be filled; but nobody should find it in the finished one."""
    book = Workbook()
    page = book.worksheets[0]
    page["A1"] = "{{ 单位 }}{# 给自己看 #}"
    rule = DataValidation(type="whole", prompt="请填{{ 单位 }}的数", showInputMessage=True)
    rule.add("A2")
    page.add_data_validation(rule)
    page.oddFooter.center.text = "{{ 单位 }}"
    compiled = compile_workbook_template(saved(book))
    assert [(one.code, one.place.spot) for one in compiled.problems] == [("T-48", "数据有效性的提示")]
    made = unpack(compiled.render({"单位": "某区"}, stamp=STAMP))
    assert not any("给自己看" in data.decode(errors="replace") for data in made.values())


def test_what_a_template_makes_for_later_use_is_text_of_its_values() -> None:
    """Macros and blocks of ``set`` and ``filter`` give their texts, with every sign as it is."""
    row = [
        "{% macro 括(x) %}[{{ x }}]{% endmacro %}{{ 括(1) }}{{ 括(值) }}",
        "{% set 句 %}{{ 值 }}。{% endset %}{{ 句 }}",
        "{% filter upper %}{{ 值 }}b{% endfilter %}",
    ]
    assert cells(filled(template([row]), {"值": "a<&"})) == [["[1][a<&]", "a<&。", "A<&B"]]
