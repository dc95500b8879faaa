"""Explanations are read back from wherever their sheets offer a cell, by the headers."""

from __future__ import annotations

from pbreports.excel.explained import explanations_in
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook
from pbreports.values import Explanation


def page(title: str, *rows: tuple[str, ...]) -> Sheet:
    """Return a sheet of texts, blanks left out."""
    cells = {
        (row, column): Cell(text, Kind.TEXT, text)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    return Sheet(title, "visible", cells)


def read(*sheets: Sheet) -> tuple[Explanation, ...]:
    """Return what is read of a workbook."""
    return explanations_in(Workbook("甲.xlsx", sheets))


def test_the_list_of_problems_names_sheet_and_record() -> None:
    """Columns are known by their headers, wherever these stand."""
    listed = page(
        "问题清单",
        ("问题清单",),
        (),
        ("说明", "序号", "编码", "工作表", "对象"),
        ("上半年  装修\n停馆", "1", "V-1", "02_组织", "Z1、上半年"),
        ("", "2", "V-2", "02_组织", "Z2"),
        ("没有编码的话", "", "", "", ""),
    )
    assert read(listed) == (Explanation("V-1", "02_组织", "Z1、上半年", "上半年 装修 停馆"),)


def test_the_self_check_speaks_for_the_rule() -> None:
    """It has no sheet and no record; what it says is of all findings of the rule."""
    checked = page("自检", ("序号", "编码", "检查内容", "说明"), ("1", "V-1", "次数", "上半年装修停馆"))
    assert read(checked) == (Explanation("V-1", "", "", "上半年装修停馆"),)


def test_other_sheets_and_sheets_without_headers_say_nothing() -> None:
    """A sheet of records may have a column 说明 of its own; a list that lost its headers cannot be read."""
    own = page("02_组织", ("编码", "说明"), ("V-1", "上半年装修停馆"))
    lost = page("问题清单", ("1", "V-1", "上半年装修停馆"))
    assert read(own, lost) == ()
