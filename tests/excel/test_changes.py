"""Tests of what a school has changed of the form: said once for each cause, and what can be read is still read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from excel.blanks import COVER, FORM, GOOD, LIST, PRESET, UPRIGHT, blank, filled, found, received, told
from pbreports.excel.edit import (
    CopySheet,
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    DropValidations,
    Edit,
    FilterRows,
    HideColumn,
    HideRow,
    InsertColumn,
    InsertRows,
    MergeCells,
    RenameSheet,
    SetCalculation,
    SetCells,
    SwapColumns,
    SwapTitles,
    edited,
)
from pbreports.excel.limits import Dropdowns, is_limited, limit_of
from pbreports.excel.reader import read_workbook
from pbreports.excel.saving import new_workbook
from pbreports.scheme import Scheme
from pbreports.values import Repair, Severity, SheetState

NOTICE, WARNING, ERROR = Severity.NOTICE, Severity.WARNING, Severity.ERROR

MOVED = [
    ([InsertColumn(LIST, 1)], LIST, "B3", "整表右移1列（表头“编码”在B3，应在A3），已按表头读取。"),
    ([InsertRows(LIST, 1, 2)], LIST, "A5", "整表下移2行（表头“编码”在A5，应在A3），已按表头读取。"),
    ([DeleteRows(LIST, 1)], LIST, "A2", "整表上移1行（表头“编码”在A2，应在A3），已按表头读取。"),
    (
        [InsertColumn(LIST, 1), InsertRows(LIST, 1)],
        LIST,
        "B4",
        "整表右移1列、下移1行（表头“编码”在B4，应在A3），已按表头读取。",
    ),
    ([InsertColumn(LIST, 4)], LIST, "E3", "“个数”前插入1列（表头“个数”在E3，应在D3），已按表头读取。"),
    ([InsertRows(UPRIGHT, 6, 2)], UPRIGHT, "A8", "“上期人数”前插入2行（表头“上期人数”在A8，应在A6），已按表头读取。"),
    ([InsertColumn(UPRIGHT, 1)], UPRIGHT, "B4", "整表右移1列（表头“小组代码”在B4，应在A4），已按表头读取。"),
    (
        [SwapColumns(LIST, 2, 4, first=3)],
        LIST,
        "D3",
        "“短文”与“个数”两列对调（表头“短文”在D3，应在B3），已按表头读取。",
    ),
    ([InsertRows(LIST, 4)], LIST, "", ""),
    ([InsertRows(LIST, 6, 3)], LIST, "", ""),
]


@pytest.mark.parametrize(("edits", "sheet", "cell", "message"), MOVED)
def test_what_was_moved_is_read_and_said_once(
    scheme: Scheme, edits: Sequence[Edit], sheet: str, cell: str, message: str
) -> None:
    """Moved and inserted lines change nothing of what is read; one notice for the sheet says where the headers are."""
    right, result = received(scheme, filled(scheme)).submission, received(scheme, edited(filled(scheme), edits))
    assert right is not None
    assert result.submission is not None
    for name, data in right.sheets.items():
        assert [one.values for one in result.submission.records(name)] == [one.values for one in data.records]
    assert [(one.code, one.severity, one.where.sheet, one.where.cell, one.message) for one in result.findings] == (
        [("V-G08", NOTICE, sheet, cell, message)] if message else []
    )


HEADERS = [
    (
        [SetCells(UPRIGHT, {"A7": "总次数"})],
        ("V-G03", UPRIGHT, "A7"),
        "A7的表头“总次数”是不是“次数”，没有读取。",
        ["一列一条.次数"],
        2,
    ),
    (
        [SetCells(LIST, {"A3": "L0", "D3": "三个"})],
        ("V-G03", LIST, "A3"),
        "A3的表头“L0”是不是“编码”；D3的表头“三个”是不是“个数”，没有读取。",
        ["一行一条.个数", "一行一条.编码"],
        1,
    ),
    (
        [SetCells(LIST, {"D3": None})],
        ("V-G03", LIST, "D3"),
        "D3的表头空了，是不是“个数”，没有读取。",
        ["一行一条.个数"],
        0,
    ),
    (
        [MergeCells(LIST, "D3:E3")],
        ("V-G03", LIST, "E3"),
        "E3的表头并进了合并单元格D3:E3，是不是“差额”，没有读取。",
        ["一行一条.差额"],
        0,
    ),
    (
        [SetCells(UPRIGHT, {"A4": "代码组"})],
        ("V-G03", UPRIGHT, "A4"),
        "A4的表头“代码组”是不是“小组代码”，没有读取。",
        ["一列一条.小组代码"],
        2,
    ),
    (
        [DeleteColumn(LIST, 1)],
        ("V-G03", LIST, "A3"),
        "表“01_一行一条”缺少列“编码”，请勿增删改列。",
        ["一行一条.编码"],
        2,
    ),
    (
        [DeleteRows(UPRIGHT, 7)],
        ("V-G03", UPRIGHT, "A4"),
        "表“02_一列一条”缺少行“次数”，请勿增删改行。",
        ["一列一条.次数"],
        2,
    ),
    (
        [DeleteColumn(LIST, 9), SetCells(LIST, {"N3": "出生年月日", "N5": "1985-03"})],
        ("V-G03", LIST, "N3"),
        "N3的表头“出生年月日”是不是“出生年月”，没有读取。",
        ["一行一条.出生年月"],
        0,
    ),
    (
        [SetCells(LIST, {"E3": "个数"})],
        ("V-G03", LIST, "E3"),
        "E3的表头“个数”是不是“差额”，没有读取。",
        ["一行一条.个数", "一行一条.差额"],
        0,
    ),
    (
        [SwapColumns(LIST, 2, 4, first=3, last=3)],
        ("V-G03", LIST, "D3"),
        "表头“短文”与“个数”对调了，下面的内容没有跟着动，两列都没有读取。",
        ["一行一条.个数", "一行一条.短文"],
        0,
    ),
    (
        [DeleteRows(LIST, 3)],
        ("V-G03", LIST, ""),
        "“01_一行一条”的表头整行没有了，表里的内容没有读取。",
        ["一行一条"],
        0,
    ),
    (
        [DeleteColumn(FORM, 3)],
        ("V-G03", FORM, "C3"),
        "“03_只填一份”的“填报内容”一栏没有了，填在里面的内容也就没有了。",
        ["只填一份"],
        0,
    ),
    (
        [DeleteColumn(COVER, 3)],
        ("V-G03", COVER, "C3"),
        "“00_封面”的“填报内容”一栏没有了，填在里面的内容也就没有了。",
        ["封面"],
        0,
    ),
    ([DeleteSheet(LIST)], ("V-G03", LIST, ""), "缺少工作表“01_一行一条”。", ["一行一条"], 0),
]


@pytest.mark.parametrize(("edits", "place", "message", "unsound", "hidden"), HEADERS)
def test_a_lost_header_is_one_error_that_names_what_it_was(
    scheme: Scheme, edits: Sequence[Edit], place: tuple[str, str, str], message: str, unsound: list[str], hidden: int
) -> None:
    """The nearest is suggested and never taken; what would be asked of the field is counted, not said."""
    result = received(scheme, edited(filled(scheme), edits))
    (one,) = result.findings
    assert ((one.code, one.where.sheet, one.where.cell), one.message) == (place, message)
    assert (one.severity, one.hidden) == (ERROR, hidden)
    assert result.submission is not None
    assert sorted(result.submission.unsound) == unsound
    assert {result.findings[result.blamed[name]] for name in unsound} == {one}
    for name in unsound:
        sheet, _, field = name.partition(".")
        assert all(record.values.get(field) is None for record in result.submission.records(sheet))


def test_a_page_is_read_without_the_label_of_its_column_and_left_blank_with_it(scheme: Scheme) -> None:
    """Only a column that is gone is said to be: neither one whose label was cleared nor one that nothing stands in."""
    assert not found(scheme, [SetCells(FORM, {"C3": None})])
    assert not found(scheme, [SetCells(FORM, {f"C{row}": None for row in range(4, 16)})])


def test_exchanged_columns_that_nothing_tells_apart_are_to_be_confirmed(scheme: Scheme) -> None:
    """Two columns of one kind and remark: whether their contents went along, only the school knows."""
    texts = {"B3": "长文", "C3": "短文", "B4": "选填", "C4": "选填", "C5": "甲"}
    (one,) = found(scheme, [SetCells(LIST, dict(texts))])
    assert (one.code, one.repair, one.where.cell) == ("V-G08", Repair.CONFIRM, "C3")
    assert one.message == "“短文”与“长文”两列对调了，已按表头读取。"


def test_what_rules_do_not_say_is_counted_behind_its_cause(scheme: Scheme) -> None:
    """The count goes to the finding that is to blame for the sheet or field."""
    edits = [SetCells(UPRIGHT, {"A7": "总次数"}), DeleteSheet(LIST)]
    result = received(scheme, edited(filled(scheme), edits))
    charged = result.findings_hiding({"一列一条.次数": 3, "一行一条": 4, "封面": 5})
    assert [(one.where.sheet, one.hidden) for one in charged] == [(LIST, 4), (UPRIGHT, 5)]


SHEETS = [
    ([RenameSheet(LIST, "01一行一条")], [("V-G08", NOTICE, "工作表“01_一行一条”被改名为“01一行一条”，已按原表读取。")]),
    (
        [RenameSheet(LIST, "１、一行一条")],
        [("V-G08", NOTICE, "工作表“01_一行一条”被改名为“1、一行一条”，已按原表读取。")],
    ),
    ([RenameSheet(LIST, "活动")], [("V-G08", NOTICE, "工作表“01_一行一条”被改名为“活动”，已按原表读取。")]),
    (
        [SwapTitles(LIST, PRESET)],
        [("V-G08", NOTICE, "工作表“01_一行一条”与“04_小组季度”的表名对调了，已按内容认出、照常读取。")],
    ),
    ([CopySheet(LIST)], [("V-G08", NOTICE, "“01_一行一条 (2)”是“01_一行一条”的副本，没有读取。")]),
    ([RenameSheet("目录", "首页")], [("V-G08", NOTICE, "工作表“目录”被改名为“首页”，已按原表读取。")]),
]


@pytest.mark.parametrize(("edits", "said"), SHEETS)
def test_a_sheet_is_found_whatever_it_is_called(
    scheme: Scheme, edits: Sequence[Edit], said: list[tuple[str, Severity, str]]
) -> None:
    """By its title without number and marks, by the name of its headers, by its headers; said once."""
    result = received(scheme, edited(filled(scheme), edits))
    assert [(one.code, one.severity, one.message.replace("１", "1")) for one in result.findings] == said
    assert result.submission is not None
    assert len(result.submission.records("一行一条")) == 2
    assert len(result.submission.records("小组季度")) == 4


def test_sheets_renamed_all_at_once_are_told_apart(scheme: Scheme) -> None:
    """Though one has all the headers of another: the sheet that a page is most like is the one it is."""
    titles = (COVER, LIST, UPRIGHT, FORM, PRESET)
    right = received(scheme, filled(scheme)).submission
    result = received(scheme, edited(filled(scheme), [RenameSheet(one, f"表{n}") for n, one in enumerate(titles)]))
    assert [one.message for one in result.findings] == [
        f"工作表“{one}”被改名为“表{n}”，已按原表读取。" for n, one in enumerate(titles)
    ]
    assert right is not None
    assert result.submission is not None
    for name, data in right.sheets.items():
        assert [one.values for one in result.submission.records(name)] == [one.values for one in data.records]


def test_a_sheet_with_more_headers_is_not_taken_for_one_with_fewer(scheme: Scheme) -> None:
    """The copy of a sheet is its copy, also where a sheet is missing all of whose headers it has."""
    assert [one.message for one in found(scheme, [CopySheet(UPRIGHT), DeleteSheet(FORM)])] == [
        "“02_一列一条 (2)”是“02_一列一条”的副本，没有读取。",
        "缺少工作表“03_只填一份”。",
    ]


def test_two_pages_of_which_either_may_be_the_sheet_are_one_finding(scheme: Scheme) -> None:
    """Nobody but the school knows which of them is to be reported."""
    edits = [CopySheet(LIST), RenameSheet(f"{LIST} (2)", "旧"), CopySheet("旧"), DeleteSheet(LIST)]
    (one,) = found(scheme, edits)
    assert (one.code, one.severity, one.where.sheet) == ("V-G03", ERROR, LIST)
    assert one.message == "缺少工作表“01_一行一条”：“旧”、“旧 (2)”都像是它，没有读取。"


def test_a_renamed_sheet_is_told_from_its_copy(scheme: Scheme) -> None:
    """The form's name for the headers went along with the sheet, not with the copy."""
    assert [one.message for one in found(scheme, [CopySheet(LIST), RenameSheet(LIST, "旧")])] == [
        "工作表“01_一行一条”被改名为“旧”，已按原表读取。",
        "“01_一行一条 (2)”是“旧”的副本，没有读取。",
    ]


def test_titles_that_the_hidden_sheet_gives_wrongly_are_not_believed(scheme: Scheme) -> None:
    """What stands on the pages tells: one text that two sheets have in common makes none the other."""
    edits = [SetCells("_meta", {"B10": UPRIGHT, "B11": LIST})]
    right, result = received(scheme, filled(scheme)).submission, received(scheme, edited(filled(scheme), edits))
    assert result.findings == ()
    assert right is not None
    assert result.submission is not None
    assert [len(one.records) for one in result.submission.sheets.values()] == [
        len(one.records) for one in right.sheets.values()
    ]


def test_a_sheet_that_the_unit_need_not_fill_is_said_to_be_such(scheme: Scheme) -> None:
    """It was issued to a unit of another kind; it is no copy of a sheet that has all of its headers."""
    edits = [SetCells("_meta", {"B5": "B02", "B6": "临河区柳堤阅读站"})]
    messages = [one.message for one in found(scheme, edits) if one.where.sheet == FORM]
    assert messages == ["“03_只填一份”不用本单位填，没有读取。"]


def test_a_renamed_sheet_without_its_headers_is_still_known(scheme: Scheme) -> None:
    """The form's name for the headers stays with the sheet; so the lost headers are said, not a lost sheet."""
    edits = [SetCells(LIST, {f"{letter}3": None for letter in "ABCDEFGHIJKLM"})]
    book = load_workbook(io.BytesIO(edited(filled(scheme), edits)))
    book[LIST].title = "活动'一览"
    book.defined_names["_sheet_01"].attr_text = "'活动''一览'!#REF!"
    stream = io.BytesIO()
    book.save(stream)
    assert [one.message for one in received(scheme, stream.getvalue()).findings] == [
        "工作表“01_一行一条”被改名为“活动'一览”，已按原表读取。",
        "“01_一行一条”的表头整行没有了，表里的内容没有读取。",
    ]


def test_the_headers_of_every_issued_sheet_have_a_name(scheme: Scheme) -> None:
    """A name follows its cells wherever a spreadsheet program moves them."""
    names = read_workbook(blank(scheme), name="x.xlsx").defined_names
    assert {name: text for name, text in names.items() if name.startswith("_sheet_")} == {
        "_sheet_00": "'00_封面'!$A$4:$A$7",
        "_sheet_01": "'01_一行一条'!$A$3:$M$3",
        "_sheet_02": "'02_一列一条'!$A$4:$A$20",
        "_sheet_03": "'03_只填一份'!$A$4:$A$15",
        "_sheet_04": "'04_小组季度'!$A$3:$D$3",
    }


AROUND = [
    ([HideRow(LIST, 6)], "A6", "第6行被隐藏，内容已照常读取。"),
    ([HideRow(LIST, 5), HideRow(LIST, 6), HideRow(LIST, 9)], "A5", "第5、6行被隐藏，内容已照常读取。"),
    ([HideColumn(LIST, "D"), HideColumn(LIST, "T")], "D3", "D列被隐藏，内容已照常读取。"),
    ([HideColumn(UPRIGHT, "C"), HideRow(UPRIGHT, 9)], "C4", "第9行、C列被隐藏，内容已照常读取。"),
    ([FilterRows(LIST, "A4:M16", 1, "L1")], "A6", "第6行被筛选隐藏，内容已照常读取。"),
    ([SetCells(LIST, {"P5": "备查", "Q9": Decimal(3)})], "P5", "P5等2格没有对应的表头，内容没有读取。"),
    ([SetCells(UPRIGHT, {"C30": "以上属实"})], "C30", "C30没有对应的表头，内容没有读取。"),
    ([SetCells(FORM, {"E4": "见附件"})], "E4", "E4没有对应的表头，内容没有读取。"),
    ([SetCells(LIST, {"P5": " \u3000"})], "", ""),
    ([SetCells(LIST, {"A8": "编码", "B8": "短文", "C8": "长文"})], "A8", "第8行又是表头，没有读取。"),
    ([SetCells(LIST, {"N3": "附注", "N5": "另有两项"})], "N3", "多出“附注”，不在报表里，没有读取。"),
    ([DropValidations(LIST, kept=4)], "", "“01_一行一条”的下拉和输入限制被粘贴冲掉8处，内容已照常检查。"),
    ([MergeCells(PRESET, "C5:C8")], "C5:C8", "有合并单元格，只有左上角一格有值。"),
    ([MergeCells(LIST, "A6:A8")], "A6:A8", "有合并单元格，只有左上角一格有值。"),
    ([MergeCells(LIST, "A10:M12"), MergeCells(LIST, "B14:C14")], "", ""),
    ([MergeCells(UPRIGHT, "E4:F8")], "", ""),
    ([MergeCells(LIST, "A9:M9"), SetCells(LIST, {"A9": "备注：另有两项"})], "A9", "第9行像是备注，没有读取。"),
]


@pytest.mark.parametrize(("edits", "cell", "message"), AROUND)
def test_what_stands_around_the_records_is_said_once(
    scheme: Scheme, edits: Sequence[Edit], cell: str, message: str
) -> None:
    """Hidden lines, cells without a header, wiped limits, merged cells: one finding for the sheet."""
    findings = found(scheme, edits)
    sheet = getattr(edits[0], "sheet", "")
    assert [(one.code, one.where.sheet, one.where.cell, one.message) for one in findings] == (
        [("V-G08", sheet, cell, message)] if message else []
    )


def test_merged_cells_hide_what_they_cover(scheme: Scheme) -> None:
    """The covered cells are unknown: not missing, and no sum over them is asked."""
    result = received(scheme, edited(filled(scheme), [MergeCells(PRESET, "C5:C8")]))
    assert [one.hidden for one in result.findings] == [3]
    assert result.submission is not None
    assert [row["季度"] for row in result.submission.doubtful["小组季度.读书会"]] == [
        "第二季度",
        "第一季度",
        "第二季度",
    ]


def test_limits_gone_from_everywhere_are_one_notice(scheme: Scheme) -> None:
    """A workbook that another program has written anew is said once."""
    sheets = (COVER, LIST, UPRIGHT, FORM, PRESET)
    (one,) = found(scheme, [DropValidations(sheet) for sheet in sheets])
    assert (one.severity, one.where.sheet) == (NOTICE, "")
    assert one.message.startswith("各表的下拉和输入限制被粘贴冲掉")


def test_a_field_is_limited_exactly_when_it_is_issued_so(scheme: Scheme) -> None:
    """What is counted as lost is what was there."""
    dropdowns = Dropdowns(new_workbook("x"))
    for sheet in scheme.school_sheets:
        for field in sheet.shown:
            assert is_limited(field) == (not field.computed and limit_of(field, "A1", dropdowns) is not None)


def test_an_older_form_is_not_held_against_the_new_one(scheme: Scheme) -> None:
    """Its lay-out may well be another: that it is old is the cause."""
    edits = [SetCells("_meta", {"B4": "2031.0"}), InsertColumn(LIST, 1), DropValidations(LIST)]
    assert [one.code for one in found(scheme, edits)] == ["V-G02"]


def test_a_typed_total_is_computed_anew(scheme: Scheme) -> None:
    """What agrees is a notice for the column, what does not is shown with both values, once for the sheet."""
    same, other = found(
        scheme,
        [SetCells(LIST, {"M5": Decimal(-3)}), SetCells(FORM, {"C15": Decimal(8)}), SetCells(UPRIGHT, {"C20": None})],
    )
    assert (same.severity, same.message) == (NOTICE, "自动计算的“合计数”里手填了内容，已重新计算。")
    assert (other.where.sheet, other.where.cell, other.repair) == (FORM, "C15", Repair.CONFIRM)
    assert other.message == "自动计算的“合计数”手填的是8，应为-3，以算出的为准。"


def test_a_total_that_cannot_be_computed_is_only_a_notice(scheme: Scheme) -> None:
    """Without its operands there is nothing to hold it against; a text is no number either way."""
    (one,) = found(scheme, [SetCells(LIST, {"M6": "五"})])
    assert (one.where.cell, one.severity) == ("M6", NOTICE)


def test_a_mistyped_cell_blurs_its_field_in_its_row(scheme: Scheme) -> None:
    """So that sums over it can be passed over; so do a blank that is required and a preset record left out."""
    edits = [SetCells(PRESET, {"C5": "若干", "C6": None}), SetCells(UPRIGHT, {"C7": None})]
    result = received(scheme, edited(filled(scheme), edits))
    assert result.submission is not None
    doubtful = result.submission.doubtful
    assert [row["季度"] for row in doubtful["小组季度.读书会"]] == ["第一季度", "第二季度"]
    assert [row["季度"] for row in doubtful["小组季度.小组代码"]] == ["第二季度"]
    assert [row["小组代码"] for row in doubtful["一列一条.次数"]] == ["A01-1"]
    assert [one.subject for one in result.findings] == ["A01-1、第一季度", "A01-1", "A01-1、第二季度"]


def test_a_mistake_in_several_records_is_about_what_they_have_in_common(scheme: Scheme) -> None:
    """So that the explanation of one cause survives when the first of its records is mended."""
    subjects = [
        found(scheme, [SetCells(PRESET, dict.fromkeys(cells, "若干"))])[0].subject
        for cells in (("C5",), ("C5", "C6"), ("C5", "C7"), ("C5", "C8"))
    ]
    assert subjects == ["A01-1、第一季度", "A01-1", "第一季度", ""]


def test_a_formula_that_gives_an_error_is_one_finding(scheme: Scheme) -> None:
    """What it gives is what must be mended; that it is a formula is said where its result is read."""
    data = _with_formula(filled(scheme), "1/0", b' t="e"', b"#DIV/0!")
    assert told(received(scheme, data).findings) == [("V-G05", LIST, "D5", 1)]


@pytest.mark.parametrize(
    ("cell", "code", "message"),
    [
        ("B4", "V-G02", "使用了旧版模板（没有写版本），请用2031.1版重新填报，不要复制粘贴表头。"),
        ("B5", "F-22", "工作簿的识别信息里没有单位代码，看不出是哪个单位的。"),
    ],
)
def test_what_the_hidden_sheet_no_longer_says_is_said_in_words(
    scheme: Scheme, cell: str, code: str, message: str
) -> None:
    """Nobody understands empty quotes."""
    (one,) = found(scheme, [SetCells("_meta", {cell: None})])
    assert (one.code, one.message) == (code, message)


def test_deleted_contents_are_one_finding(scheme: Scheme) -> None:
    """Nothing can be declared any more, so no sheet is blamed for not having been."""
    rest = {name: rows for name, rows in GOOD.items() if name not in ("一行一条", "小组季度")}
    data = edited(filled(scheme, rest), [DeleteSheet("目录")])
    result = received(scheme, data)
    assert told(result.findings) == [("V-G03", "目录", "", 1)]
    assert result.findings[0].hidden == 2
    assert result.submission is not None
    assert result.submission.unsound == {"一行一条", "小组季度"}
    assert result.submission.sheets["一行一条"].state is SheetState.EMPTY


def test_an_unfilled_sheet_is_asked_no_rules(scheme: Scheme) -> None:
    """That it is not filled is the cause of all that rules would say of it."""
    result = received(scheme, filled(scheme, {**GOOD, "小组季度": []}))
    assert told(result.findings) == [("V-G07", PRESET, "", 1)]
    assert result.submission is not None
    assert result.submission.unsound == {"小组季度"}


def test_stale_results_and_other_files_are_to_be_confirmed(scheme: Scheme) -> None:
    """A kept result may be old when nothing calculates by itself, or when it comes from elsewhere."""
    data = _with_formula(edited(filled(scheme), [SetCalculation("manual")]), "1+2")
    assert [(one.where.cell, one.repair) for one in received(scheme, data).findings] == [("D5", Repair.CONFIRM)]
    assert "手动计算" in received(scheme, data).findings[0].message
    data = _with_formula(filled(scheme), "[1]底稿!B2")
    assert [one.message for one in received(scheme, data).findings] == ["公式引用了别的文件，已按上次的结果读取。"]


def _with_formula(data: bytes, formula: str, kind: bytes = b"", result: bytes = b"7331") -> bytes:
    """Return the workbook with a calculated formula in D5 of the list, as a spreadsheet program would save it."""
    stream, formulas = io.BytesIO(), 0
    data = edited(data, [SetCells(LIST, {"D5": Decimal(7331)})])
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for item in source.infolist():
            text = source.read(item)
            if item.filename.startswith("xl/worksheets/"):
                cell = b"\\1" + kind + b"><f>" + formula.encode() + b"</f><v>" + result + b"</v>"
                text, changed = re.subn(b'(<c r="D5"[^>]*?)(?: t="n")?><v>7331</v>', cell, text)
                formulas += changed
            target.writestr(item, text)
    assert formulas == 1
    return stream.getvalue()


def test_a_form_pasted_into_a_new_workbook_is_recognised_and_not_taken(scheme: Scheme) -> None:
    """Without the hidden sheet nobody can say whose it is for certain; what can be seen is said."""
    (one,) = found(scheme, [DeleteSheet("_meta")])
    assert one.code == "F-20"
    assert "5张表" in one.message
    assert "A01、临河区第一图书馆" in one.message
