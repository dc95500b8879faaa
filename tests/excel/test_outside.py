"""Tests of what stands outside the form: sheets of the school's own, hidden sheets."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from excel.blanks import GOOD, LIST, PRESET, UPRIGHT, filled, received, told
from pbreports.excel.bureau import bureau_workbook, read_bureau
from pbreports.excel.edit import SetCells, edited
from pbreports.scheme import Scheme
from pbreports.values import Severity, SheetState


def changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Return the workbook after a change by a library."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def add_sheet(book: Workbook, text: str = "另有两项", state: str = "visible") -> None:
    """Add a sheet of one's own."""
    page = book.create_sheet("补充说明")
    page["B3"] = text
    page.sheet_state = state


def hide(book: Workbook) -> None:
    """Hide a sheet of the form."""
    book[LIST].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "sheet", "message"),
    [
        (add_sheet, "补充说明", "多出工作表“补充说明”，没有读取。"),
        (lambda book: add_sheet(book, state="hidden"), "补充说明", "多出工作表“补充说明”，没有读取。"),
        (hide, LIST, "工作表“01_一行一条”被隐藏，已照常读取。"),
    ],
)
def test_what_stands_outside_the_form_is_said(
    scheme: Scheme, change: Callable[[Workbook], None], sheet: str, message: str
) -> None:
    """Nothing is dropped without a word, and what is hidden is read and pointed out."""
    result = received(scheme, changed(filled(scheme), change))
    assert told(result.findings) == [("V-G08", sheet, "", 1)]
    assert result.findings[0].message == message


@pytest.mark.parametrize(
    "change", [lambda book: add_sheet(book, " "), lambda book: add_sheet(book, state="veryHidden")]
)
def test_an_empty_sheet_and_one_that_a_program_keeps_are_nothing(
    scheme: Scheme, change: Callable[[Workbook], None]
) -> None:
    """Only what a person has written outside the form is pointed out."""
    assert received(scheme, changed(filled(scheme), change)).findings == ()


def test_a_sheet_of_its_own_in_a_bureau_workbook_is_said(scheme: Scheme, tmp_path: Path) -> None:
    """The bureau's workbooks are read with the same care."""
    book = scheme.bureau["名册"]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(changed(bureau_workbook(scheme, book), add_sheet))
    assert [one.message for one in read_bureau(path, book, scheme).findings] == ["多出工作表“补充说明”，没有读取。"]


@pytest.mark.parametrize(
    ("sheet", "cells", "where", "message"),
    [
        (UPRIGHT, {"F17": "合格"}, "F17", "F列只填了“等次”，没有“小组代码”。"),
        (UPRIGHT, {"F6": Decimal(12), "F17": "合格"}, "F6", "F列只填了“上期人数”、“等次”，没有“小组代码”。"),
        (UPRIGHT, {"F7": "待核"}, "F7", "F列只填了“次数”，没有“小组代码”。"),
        (PRESET, {"D12": "以上为全部"}, "D12", "第12行只填了“备注”，没有“小组代码”、“季度”。"),
    ],
)
def test_a_stray_note_or_number_is_one_finding(
    scheme: Scheme, sheet: str, cells: dict[str, str | Decimal], where: str, message: str
) -> None:
    """What has no key and next to nothing beside is no record with many blanks; it is not read."""
    result = received(scheme, edited(filled(scheme), [SetCells(sheet, dict(cells))]))
    assert result.submission is not None
    assert told(result.findings) == [("V-G04", sheet, where, 1)]
    assert result.findings[0].message == message
    assert len(result.submission.records("一列一条")) == 2
    assert len(result.submission.records("小组季度")) == 4


def test_stray_notes_alone_do_not_fill_a_sheet(scheme: Scheme) -> None:
    """A note on an otherwise empty sheet leaves it unfilled."""
    data = filled(scheme, {**GOOD, "小组季度": []})
    result = received(scheme, edited(data, [SetCells(PRESET, {"D12": "以上为全部"})]))
    assert result.submission is not None
    assert result.submission.sheets["小组季度"].state is SheetState.EMPTY
    assert told(result.findings) == [("V-G04", PRESET, "D12", 1), ("V-G07", PRESET, "", 1)]


@pytest.mark.parametrize("word", ["合计", "小 计：", "总计"])
def test_a_row_of_sums_is_one_finding(scheme: Scheme, word: str) -> None:
    """The school is asked to delete it; it is no record."""
    data = edited(filled(scheme), [SetCells(LIST, {"B7": word, "D7": Decimal(5), "H7": "共两次"})])
    result = received(scheme, data)
    assert told(result.findings) == [("V-G08", LIST, "B7", 1)]
    assert (result.findings[0].severity, result.findings[0].remedy) == (
        Severity.ERROR,
        "合计行请删去，程序自己会算。",
    )
    assert result.submission is not None
    assert len(result.submission.records("一行一条")) == 2


def test_a_text_that_only_begins_like_a_sum_is_a_record(scheme: Scheme) -> None:
    """A record named for a sum is told from a row of sums by its further words."""
    result = received(scheme, edited(filled(scheme), [SetCells(LIST, {"A7": "合计法入门", "D7": Decimal(5)})]))
    assert result.findings == ()


REMARKS: list[tuple[str, dict[str, str | Decimal], str, str]] = [
    (LIST, {"A20": "备注：以上数据截至12月"}, "A20", "第20行像是备注，没有读取。"),
    (LIST, {"A20": "备 注 1: 另有两项"}, "A20", "第20行像是备注，没有读取。"),
    (LIST, {"A9": "备注以上数据截至12月"}, "A9", "第9行像是备注，没有读取。"),
    (LIST, {"A9": "注：L2 待核"}, "A9", "第9行像是备注，没有读取。"),
    (LIST, {"A9": " 填表说明：见附件"}, "A9", "第9行像是备注，没有读取。"),
    (LIST, {"A9": "填表人甲一"}, "A9", "第9行像是备注，没有读取。"),
    (LIST, {"A9": "填表人：", "B9": "甲一", "C9": "审核人：", "E9": Decimal(5)}, "A9", "第9行像是备注，没有读取。"),
    (PRESET, {"A12": "单位（盖章）：", "D12": "填报日期：12月5日"}, "A12", "第12行像是备注，没有读取。"),
    (UPRIGHT, {"F4": "说明：只填到九月"}, "F4", "F列像是备注，没有读取。"),
]


@pytest.mark.parametrize(("sheet", "cells", "where", "message"), REMARKS)
def test_a_remark_below_the_records_is_no_record(
    scheme: Scheme, sheet: str, cells: dict[str, str | Decimal], where: str, message: str
) -> None:
    """A remark or signature in the column of the key is pointed out once, and not counted."""
    right, result = (received(scheme, edited(filled(scheme), [SetCells(sheet, dict(one))])) for one in ({}, cells))
    assert [(one.where.cell, one.message) for one in result.findings] == [(where, message)]
    assert right.submission is not None
    assert result.submission is not None
    for name, data in right.submission.sheets.items():
        assert len(result.submission.records(name)) == len(data.records)


@pytest.mark.parametrize(
    "cells",
    [
        {"A7": "备注：甲", "B7": "短文", "D7": Decimal(5)},
        {"A7": "注塑厂"},
        {"A7": "说明书"},
        {"A7": "L3", "B7": "备注：另有两项"},
    ],
)
def test_a_record_that_only_begins_like_a_remark_is_a_record(scheme: Scheme, cells: dict[str, str | Decimal]) -> None:
    """What is filled in like the others counts, whatever its key begins with."""
    result = received(scheme, edited(filled(scheme), [SetCells(LIST, dict(cells))]))
    assert result.findings == ()
    assert result.submission is not None
    assert len(result.submission.records("一行一条")) == 3


def test_a_stray_note_in_a_bureau_workbook_is_no_record(scheme: Scheme, tmp_path: Path) -> None:
    """It is pointed out once and not counted."""
    book = scheme.bureau["名册"]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(edited(bureau_workbook(scheme, book), [SetCells("单位", {"C9": "待核"})]))
    facts = read_bureau(path, book, scheme)
    assert [one.message for one in facts.findings] == ["第9行只填了“单位简称”，没有“单位代码”。"]
    assert facts.records["单位"] == ()
