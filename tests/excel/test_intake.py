from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tiny
from excel.blanks import COVER, FORM, GOOD, LIST, PRESET, UPRIGHT, blank, filled, found, received, told
from pbreports.excel.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    HideRow,
    InsertColumn,
    InsertRows,
    MergeCells,
    RenameSheet,
    SetCells,
    SetError,
    SetFormula,
    edited,
)
from pbreports.excel.intake import read_submission
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme
from pbreports.scheme.language import Facts
from pbreports.values import Severity, SheetState


def test_a_rightly_filled_workbook_has_no_findings(scheme: Scheme) -> None:
    """What a careful school sends is read whole: state, records, cells, the unit's code in every record."""
    result = received(scheme, filled(scheme))
    assert result.findings == ()
    assert result.unit == "A01"
    submission = result.submission
    assert submission is not None
    assert {name: len(data.records) for name, data in submission.sheets.items()} == {
        "封面": 1,
        "一行一条": 2,
        "一列一条": 2,
        "只填一份": 1,
        "小组季度": 4,
    }
    second = submission.records("一列一条")[1]
    assert second.values["单位代码"] == "A01"
    assert str(second.cell("次数")) == "2031_下半年_A01_一馆_v1.xlsx → 02_一列一条 → D7"
    assert second.values["上期人数"] is None


def test_an_untouched_blank_says_once_that_nothing_is_filled(scheme: Scheme) -> None:
    """Keys that were printed beforehand are no data, and all the empty sheets are one message."""
    result = received(scheme, blank(scheme))
    assert told(result.findings) == [("V-G04", "", "", 1)]
    assert (result.findings[0].message, result.findings[0].hidden) == ("整个报送簿还没有填。", 4)
    assert result.submission is not None
    assert {data.state for data in result.submission.sheets.values()} == {SheetState.EMPTY}


def test_a_declared_sheet_is_none_and_asks_for_nothing(scheme: Scheme) -> None:
    """A sheet that the contents declare to have no data is neither empty nor missing."""
    rest = {name: rows for name, rows in GOOD.items() if name not in ("一行一条", "小组季度")}
    result = received(scheme, filled(scheme, rest, ["一行一条", "小组季度"]))
    assert result.findings == ()
    assert result.submission is not None
    assert result.submission.sheets["一行一条"].state is SheetState.NONE
    assert result.submission.sheets["小组季度"].records == ()


def test_a_declaration_against_data_is_a_finding(scheme: Scheme) -> None:
    """The data are kept, and the school is told how many rows contradict its declaration."""
    findings = found(scheme, [SetCells("目录", {"E10": "无"})])
    assert told(findings) == [("V-G07", LIST, "A5", 1)]
    assert findings[0].message == "目录声明“01_一行一条”无数据，但表内有2行。"


def test_blank_required_cells_of_one_column_are_one_finding(scheme: Scheme) -> None:
    """The finding names the first cell and counts the rest; blank is not zero."""
    rows = [{"编码": None, "个数": Decimal(n)} for n in range(1, 4)]
    findings = received(scheme, filled(scheme, GOOD | {"一行一条": rows})).findings
    assert told(findings) == [("V-G04", LIST, "A5", 3)]
    assert findings[0].message == "“编码”为必填项。"


def test_a_condition_can_make_a_field_required(scheme: Scheme) -> None:
    """The reason is asked only where the condition of the scheme holds in that record."""
    assert told(found(scheme, [SetCells(UPRIGHT, {"D7": Decimal(2)})])) == [("V-G04", UPRIGHT, "D8", 1)]


def test_a_preset_record_that_nobody_filled_is_one_finding(scheme: Scheme) -> None:
    """A group left out is said once, not cell by cell, and gives no record."""
    result = received(scheme, edited(filled(scheme), [SetCells(PRESET, {"C6": None, "C8": None})]))
    assert told(result.findings) == [("V-G04", PRESET, "C6", 2)]
    assert result.findings[0].message == "“A01-1、第二季度”这一条还没有填。"
    assert result.submission is not None
    assert len(result.submission.records("小组季度")) == 2


def test_a_mistyped_cell_is_named_with_what_stands_there(scheme: Scheme) -> None:
    """Where, what it should be, what it is, how to mend it; the record is kept without that value."""
    data = edited(filled(scheme), [SetCells(LIST, {"D5": "若干", "H5": "20.9.1", "D6": "几个"})])
    result = received(scheme, data)
    assert told(result.findings) == [("V-G05", LIST, "D5", 2), ("V-G05", LIST, "H5", 1)]
    first = result.findings[0]
    assert str(first).endswith("“个数”应为不小于0的整数，当前为“若干”。请填确切的数。（同类共2处）")
    assert result.submission is not None
    assert result.submission.records("一行一条")[0].values["个数"] is None


def test_a_mistyped_required_cell_is_not_also_called_blank(scheme: Scheme) -> None:
    """One cause, one message."""
    assert told(found(scheme, [SetCells(UPRIGHT, {"C7": "多次"})])) == [("V-G05", UPRIGHT, "C7", 1)]


def test_an_error_cell_is_refused(scheme: Scheme) -> None:
    """An error such as #REF! is never taken for a blank."""
    findings = found(scheme, [SetError(LIST, "D5")])
    assert told(findings) == [("V-G05", LIST, "D5", 1)]
    assert "当前为“#REF!”" in findings[0].message


def test_a_formula_without_a_result_is_an_error(scheme: Scheme) -> None:
    """A formula that nothing calculated holds no value; it is neither zero nor blank."""
    findings = found(scheme, [SetFormula(UPRIGHT, "C7", "1+2"), SetFormula(UPRIGHT, "D7", "1+2")])
    assert told(findings) == [("V-G08", UPRIGHT, "C7", 2)]
    assert findings[0].severity is Severity.ERROR


def test_repairs_are_said_once_per_kind_and_sheet(scheme: Scheme) -> None:
    """What was understood after a repair is read, and shown at the level the scheme chose."""
    cells = {"A5": " L1", "A6": "L2 ", "D5": "１２", "H5": "2031.9.1"}
    result = received(scheme, edited(filled(scheme), [SetCells(LIST, cells)]))
    assert told(result.findings) == [("V-G08", LIST, "A5", 2), ("V-G08", LIST, "D5", 1), ("V-G08", LIST, "H5", 1)]
    assert {one.severity for one in result.findings} == {Severity.NOTICE}
    assert result.submission is not None
    first = result.submission.records("一行一条")[0]
    assert (first.values["编码"], first.values["个数"], first.values["办理日期"]) == (
        "L1",
        Decimal(12),
        date(2031, 9, 1),
    )


def test_hidden_rows_are_read_and_said(scheme: Scheme) -> None:
    """A hidden row counts like any other, and the school is told that it does."""
    result = received(scheme, edited(filled(scheme), [HideRow(LIST, 6)]))
    assert told(result.findings) == [("V-G08", LIST, "A6", 1)]
    assert result.submission is not None
    assert len(result.submission.records("一行一条")) == 2


def test_merged_cells_are_said_once(scheme: Scheme) -> None:
    """The cells a merged range covers are unknown: not blank, so not called missing one by one."""
    findings = found(scheme, [MergeCells(PRESET, "C5:C8")])
    assert told(findings) == [("V-G08", PRESET, "C5:C8", 1)]


def test_a_moved_or_inserted_column_is_still_read(scheme: Scheme) -> None:
    """Columns are found by their headers, rows below a shifted header with them."""
    result = received(scheme, edited(filled(scheme), [InsertColumn(LIST, 3), InsertRows(LIST, 1, 2)]))
    assert [one.message for one in result.findings] == [
        "整表下移2行；“长文”前插入1列（表头“编码”在A5，应在A3），已按表头读取。"
    ]
    assert result.findings[0].severity is Severity.NOTICE
    assert result.submission is not None
    first = result.submission.records("一行一条")[0]
    assert first.values["个数"] == 0
    assert first.cells["个数"] == "E7"


def test_an_alias_of_a_header_is_known(scheme: Scheme) -> None:
    """A field may have been called otherwise; space and width in a header do not matter."""
    assert found(scheme, [SetCells(COVER, {"A6": " 填 表人 "})]) == ()


def test_a_deleted_column_is_one_finding(scheme: Scheme) -> None:
    """A missing header is said once; its cells are not called blank."""
    findings = found(scheme, [DeleteColumn(LIST, 1)])
    assert told(findings) == [("V-G03", LIST, "A3", 1)]
    assert findings[0].message == "表“01_一行一条”缺少列“编码”，请勿增删改列。"


def test_a_deleted_line_of_an_upright_sheet_is_one_finding(scheme: Scheme) -> None:
    """In an upright sheet a field is a row."""
    findings = found(scheme, [DeleteRows(UPRIGHT, 7)])
    assert [one.message for one in findings] == ["表“02_一列一条”缺少行“次数”，请勿增删改行。"]


def test_a_header_that_occurs_twice_is_not_guessed_at(scheme: Scheme) -> None:
    """Two columns of one name could both be meant, so neither is read."""
    result = received(scheme, edited(filled(scheme), [SetCells(LIST, {"E3": "个数"})]))
    assert told(result.findings) == [("V-G03", LIST, "E3", 1)]
    assert result.findings[0].message == "E3的表头“个数”是不是“差额”，没有读取。"
    assert result.submission is not None
    assert result.submission.records("一行一条")[0].values["个数"] is None


def test_data_in_a_column_of_the_schools_own_is_said(scheme: Scheme) -> None:
    """What stands under an unknown header is not read, and that is said."""
    findings = found(scheme, [SetCells(LIST, {"N3": "附注", "N5": "另有两项"})])
    assert [one.message for one in findings] == ["多出“附注”，不在报表里，没有读取。"]


def test_a_sheet_whose_headers_are_gone_is_a_finding(scheme: Scheme) -> None:
    """Without any header nothing is read by position."""
    result = received(scheme, edited(filled(scheme), [DeleteRows(LIST, 1, 4)]))
    assert [one.message for one in result.findings] == ["“01_一行一条”的表头整行没有了，表里的内容没有读取。"]
    assert result.submission is not None
    assert result.submission.sheets["一行一条"].state is SheetState.MISSING


def test_a_deleted_row_of_remarks_loses_no_record(scheme: Scheme) -> None:
    """The line below the headers is passed over only when it holds the remarks."""
    result = received(scheme, edited(filled(scheme), [DeleteRows(LIST, 4)]))
    assert result.submission is not None
    assert [one.values["编码"] for one in result.submission.records("一行一条")] == ["L1", "L2"]


def test_a_deleted_sheet_is_missing(scheme: Scheme) -> None:
    """A missing sheet is no empty sheet."""
    result = received(scheme, edited(filled(scheme), [DeleteSheet(LIST)]))
    assert told(result.findings) == [("V-G03", LIST, "", 1)]
    assert result.submission is not None
    assert result.submission.sheets["一行一条"].state is SheetState.MISSING


@pytest.mark.parametrize("title", ["01_ 一行一条", "一行一条", "活动"])
def test_a_renamed_sheet_is_found(scheme: Scheme, title: str) -> None:
    """By what is left of its title, or else by its headers; nothing is lost over a title."""
    result = received(scheme, edited(filled(scheme), [RenameSheet(LIST, title)]))
    assert {one.code for one in result.findings} <= {"V-G08"}
    assert result.submission is not None
    assert len(result.submission.records("一行一条")) == 2


def test_duplicates_are_named_with_their_first(scheme: Scheme) -> None:
    """A key that occurs twice is said at the later record, naming the earlier one."""
    findings = found(scheme, [SetCells(LIST, {"A6": "L1"})])
    assert told(findings) == [("V-G09", LIST, "A6", 1)]
    assert findings[0].message == "与第5行重复（L1）。"
    assert findings[0].remedy == "两行填的不同，请核对哪一行对，只留对的一行。"


def test_a_file_named_for_another_unit_is_a_finding(scheme: Scheme) -> None:
    """The workbook says whose it is; a file name that says otherwise has to be looked at."""
    result = received(scheme, filled(scheme), "2031_下半年_B02_柳堤站_v1.xlsx")
    assert told(result.findings) == [("V-G01", "", "", 1)]
    assert result.unit == "A01"
    assert received(scheme, filled(scheme), "我们的表(最终).xlsx").findings == ()


def test_an_older_version_of_the_form_is_a_finding(scheme: Scheme) -> None:
    """The workbook of last month's scheme is read, and said to be old."""
    result = received(scheme, edited(filled(scheme), [SetCells("_meta", {"B4": "2031.0"})]))
    assert [one.code for one in result.findings] == ["V-G02"]
    assert result.submission is not None


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"B1": "别的"}, "F-20"),
        ({"B2": "2030"}, "F-21"),
        ({"B5": "Z99"}, "F-22"),
        ({"B3": "上半年"}, "F-24"),
    ],
)
def test_a_workbook_that_is_not_of_this_collection_is_not_read(
    scheme: Scheme, cells: dict[str, str], code: str
) -> None:
    """Another form, year, unit or period: said so, and nothing of it counts."""
    result = received(scheme, edited(filled(scheme), [SetCells("_meta", dict(cells))]))
    assert [one.code for one in result.findings] == [code]
    assert result.submission is None


def test_a_unit_that_does_not_report_is_a_warning(scheme: Scheme) -> None:
    """Its workbook is read all the same."""
    result = received(scheme, edited(filled(scheme), [SetCells("_meta", {"B5": "C03"})]), "x.xlsx")
    assert "F-23" in [one.code for one in result.findings]
    assert result.submission is not None


def test_a_file_that_is_no_workbook_is_a_finding(scheme: Scheme) -> None:
    """A picture, a web page, an empty file: one sentence, the digest kept, nothing raised."""
    result = received(scheme, b"<html><table></table></html>")
    assert [(one.code, one.severity) for one in result.findings] == [("F-04", Severity.ERROR)]
    assert result.submission is None
    assert len(result.sha256) == 64


def test_a_condition_may_ask_the_bureaus_facts(tmp_path: Path) -> None:
    """Whether a field is required can rest on the roster."""
    text = tiny.SCHEME.replace("必填: 次数 < 达标次数", "必填: 取(小组.人数) > 10")
    scheme = tiny.tiny_scheme(tmp_path / "方案", text)
    findings = received(scheme, filled(scheme)).findings
    assert told(findings) == [("V-G04", UPRIGHT, "C8", 1)]
    units, period = tiny.tiny_units(scheme), tiny.second_half(scheme)
    alone = read_submission(filled(scheme), scheme, units, period, file="x.xlsx", facts=Facts({}))
    assert alone.findings == ()


def test_a_form_is_one_record_across(scheme: Scheme) -> None:
    """A single-page sheet gives one record whose cells stand in one column."""
    submission = received(scheme, filled(scheme)).submission
    assert submission is not None
    (record,) = submission.records("只填一份")
    assert record.title == FORM
    assert record.cells["短文"] == "C4"


def test_a_sheet_issued_without_any_record_asks_for_nothing(tmp_path: Path) -> None:
    """What a unit could not fill, it is not told to fill, even where a declaration is not offered."""
    text = tiny.SCHEME.replace("  期次: [下半年]\n", "  期次: [下半年]\n  零报送: false\n")
    scheme = tiny.tiny_scheme(tmp_path / "方案", text)
    no_groups = Facts(tiny.tiny_records(scheme) | {"小组": ()})
    period = tiny.second_half(scheme)
    data = issue_workbook(scheme, tiny.library(scheme), period, no_groups)
    result = read_submission(data, scheme, tiny.tiny_units(scheme), period, file="一馆.xlsx", facts=no_groups)
    assert PRESET not in {one.where.sheet for one in result.findings}
    assert result.submission is not None
    assert result.submission.sheets["小组季度"].state is SheetState.NONE


def test_a_workbook_with_macros_is_refused(scheme: Scheme) -> None:
    """Nothing in it is run, and the school is asked for a workbook without."""
    stream = io.BytesIO(filled(scheme))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"")
    result = received(scheme, stream.getvalue())
    assert [(one.code, one.severity, one.message) for one in result.findings] == [
        ("F-17", Severity.ERROR, "文件里含有宏。")
    ]


def _must_report(folder: Path) -> Scheme:
    """Return the tiny scheme in which the preset quarters must be reported."""
    text = tiny.SCHEME.replace("  期次: [下半年]\n", "  期次: [下半年]\n  零报送: false\n")
    return tiny.tiny_scheme(folder / "方案", text)


def _contents_row(title: str) -> int:
    return 9 + (COVER, LIST, UPRIGHT, FORM, PRESET).index(title)


def test_a_sheet_that_must_be_reported_cannot_be_declared_none(tmp_path: Path) -> None:
    """Emptied and declared 无, a sheet issued with records is unfilled, not zero."""
    scheme = _must_report(tmp_path)
    emptied = {f"{column}{row}": None for column in "ABCD" for row in range(5, 9)}
    row = _contents_row(PRESET)
    data = edited(filled(scheme), [SetCells(PRESET, dict(emptied)), SetCells("目录", {f"E{row}": "无"})])
    result = received(scheme, data)
    assert told(result.findings) == [("V-G04", PRESET, "", 1), ("V-G07", "目录", f"E{row}", 1)]
    assert result.submission is not None
    assert result.submission.sheets["小组季度"].state is SheetState.EMPTY


@pytest.mark.parametrize(("title", "name"), [(PRESET, "小组季度"), (COVER, "封面")])
def test_a_declaration_on_a_filled_sheet_that_must_be_reported(tmp_path: Path, title: str, name: str) -> None:
    """The data are kept, and the declaration has to be taken back."""
    scheme = _must_report(tmp_path)
    row = _contents_row(title)
    result = received(scheme, edited(filled(scheme), [SetCells("目录", {f"E{row}": "无"})]))
    assert told(result.findings) == [("V-G07", "目录", f"E{row}", 1)]
    assert "必报表" in result.findings[0].message
    assert result.submission is not None
    assert result.submission.sheets[name].state is SheetState.FILLED


@pytest.mark.parametrize(
    ("sheet", "cells", "where", "told_of"),
    [
        (COVER, {"C4": "B02", "C5": "临河区柳堤阅读站"}, "C4", "“B02、临河区柳堤阅读站”"),
        (COVER, {"C5": "临河区柳堤阅读站"}, "C5", "“临河区柳堤阅读站”"),
        ("目录", {"C4": "B02"}, "C4", "“B02”"),
    ],
)
def test_a_cover_of_another_unit_is_an_error(
    scheme: Scheme, sheet: str, cells: dict[str, str], where: str, told_of: str
) -> None:
    """A workbook that another unit has put its name on is neither's; the finding reaches whom it was issued to."""
    result = received(scheme, edited(filled(scheme), [SetCells(sheet, dict(cells))]))
    assert told(result.findings) == [("V-G01", sheet, where, 1)]
    assert result.findings[0].severity is Severity.ERROR
    assert told_of in result.findings[0].message
    assert result.unit == result.findings[0].unit == "A01"


def test_a_file_name_that_agrees_with_a_strange_cover_is_the_same_cause(scheme: Scheme) -> None:
    """What the cover says already is not said again of the file name."""
    data = edited(filled(scheme), [SetCells(COVER, {"C4": "B02"})])
    assert told(received(scheme, data, "柳堤站.xlsx").findings) == [("V-G01", COVER, "C4", 1)]


def test_a_file_name_is_held_against_the_cover_that_is_there(scheme: Scheme) -> None:
    """The message prints the cover's own code, not that of the hidden sheet."""
    data = edited(filled(scheme), [SetCells(COVER, {"C4": "B02"})])
    messages = [one.message for one in received(scheme, data, "停办馆.xlsx").findings]
    assert messages[1] == "文件名写的是C03，封面是B02，已按封面收下。"


def test_a_unit_that_writes_its_short_name_on_the_cover_is_itself(scheme: Scheme) -> None:
    """Any name of the unit on the roster is its name."""
    assert found(scheme, [SetCells(COVER, {"C5": "老一馆"})]) == ()


@pytest.mark.parametrize(("cell", "remedy"), [("C7", "请补填；确无数据的填 0。"), ("C4", "请补填。")])
def test_zero_is_advised_only_where_a_number_is_asked(scheme: Scheme, cell: str, remedy: str) -> None:
    """A blank name is not mended by a zero."""
    findings = found(scheme, [SetCells(UPRIGHT, {cell: None})])
    assert [(one.code, one.remedy) for one in findings] == [("V-G04", remedy)]


@pytest.mark.parametrize(
    ("cell", "typed", "message"),
    [
        ("D5", "１２ 个", "存在带着单位的数字，原为“１２ 个”，读作 12。"),
        ("H5", "2031.9.1", "存在以文本存放的日期，原为“2031.9.1”，读作 2031-09-01。"),
        ("I5", "1985年3月5日", "存在年月栏里的日，原为“1985年3月5日”，读作 1985-03。"),
        ("L5", "√", "存在与下拉不完全一致的选项，原为“√”，读作 是。"),
        ("A5", "L1\u3000", "存在文字首尾的空格或不可见字符，原为“L1\u3000”，读作 L1。"),
    ],
)
def test_a_conversion_shows_before_and_after(scheme: Scheme, cell: str, typed: str, message: str) -> None:
    """The school sees what its cell was taken for, and can object."""
    findings = found(scheme, [SetCells(LIST, {cell: typed})])
    assert [(one.code, one.where.cell, one.message) for one in findings] == [("V-G08", cell, message)]
