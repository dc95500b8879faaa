"""Tests of what stands outside the form: sheets of the school's own, hidden sheets."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from excel.blanks import LIST, filled, received, told
from pbreports.excel.bureau import bureau_workbook, read_bureau
from pbreports.scheme import Scheme


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
    scheme: Scheme, tmp_path: Path, change: Callable[[Workbook], None], sheet: str, message: str
) -> None:
    """Nothing is dropped without a word, and what is hidden is read and pointed out."""
    result = received(scheme, changed(filled(scheme), change), tmp_path)
    assert told(result.findings) == [("V-G08", sheet, "", 1)]
    assert result.findings[0].message == message


@pytest.mark.parametrize(
    "change", [lambda book: add_sheet(book, " "), lambda book: add_sheet(book, state="veryHidden")]
)
def test_an_empty_sheet_and_one_that_a_program_keeps_are_nothing(
    scheme: Scheme, tmp_path: Path, change: Callable[[Workbook], None]
) -> None:
    """Only what a person has written outside the form is pointed out."""
    assert received(scheme, changed(filled(scheme), change), tmp_path).findings == ()


def test_a_sheet_of_its_own_in_a_bureau_workbook_is_said(scheme: Scheme, tmp_path: Path) -> None:
    """The bureau's workbooks are read with the same care."""
    book = scheme.bureau["名册"]
    path = tmp_path / "名册.xlsx"
    path.write_bytes(changed(bureau_workbook(scheme, book), add_sheet))
    assert [one.message for one in read_bureau(path, book, scheme).findings] == ["多出工作表“补充说明”，没有读取。"]
