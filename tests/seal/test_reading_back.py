"""The control code of what comes back: read beside the records, the same in a return that holds the same answers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import tiny
from excel.blanks import FORM, LIST, blank, filled, received
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.excel.layout import SEAL
from pbreports.scheme import Scheme
from pbreports.values import Submission


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"))


def submitted(scheme: Scheme, data: bytes) -> Submission:
    """Return what intake reads of a workbook."""
    submission = received(scheme, data).submission
    assert submission is not None
    return submission


def test_a_return_with_the_same_answers_has_the_same_code(scheme: Scheme) -> None:
    """What was read, carried into a fresh issue and read again, is sealed by the same code."""
    before = submitted(scheme, filled(scheme))
    answers = Filling({name: [one.values for one in data.records] for name, data in before.sheets.items()})
    facts = tiny.tiny_facts(scheme)
    healed = issue_workbook(scheme, tiny.library(scheme), tiny.second_half(scheme), facts, answers)
    assert before.control
    assert submitted(scheme, healed).control == before.control
    assert submitted(scheme, blank(scheme)).control not in ("", before.control)


def test_a_value_that_is_put_right_counts_as_it_was_typed(scheme: Scheme) -> None:
    """The paper was printed from what was typed, so a repaired value is sealed as typed, not as repaired."""
    book = load_workbook(io.BytesIO(filled(scheme)))
    book[LIST]["D6"].value = "５"
    stream = io.BytesIO()
    book.save(stream)
    typed = submitted(scheme, stream.getvalue())
    assert typed.records("一行一条")[1].get("个数") == 5
    assert typed.control != submitted(scheme, filled(scheme)).control


def test_columns_inserted_and_moved_leave_the_code(scheme: Scheme) -> None:
    """The formulas follow their cells, and so do we."""
    book = load_workbook(io.BytesIO(filled(scheme)))
    page: Worksheet = book[LIST]
    rows = [[(cell.value, cell.data_type) for cell in row] for row in page.iter_rows(min_row=3)]
    for number, row in enumerate(rows, start=3):
        for column, (value, kind) in enumerate([row[0], (None, "n"), *row[1:]], start=1):
            cell = page.cell(number, column)
            cell.value = value
            cell.data_type = kind  # type: ignore[misc]
    stream = io.BytesIO()
    book.save(stream)
    assert submitted(scheme, stream.getvalue()).control == submitted(scheme, filled(scheme)).control


def test_a_workbook_without_a_sheet_has_no_code(scheme: Scheme) -> None:
    """No code is better than one that the page does not show."""
    book = load_workbook(io.BytesIO(filled(scheme)))
    del book[FORM]
    stream = io.BytesIO()
    book.save(stream)
    assert submitted(scheme, stream.getvalue()).control == ""


def test_the_page_is_one_sheet_of_paper_with_all_that_is_signed(scheme: Scheme) -> None:
    """Unit, period, version, the totals declared, and the places for three signatures, the date and the seal."""
    page = load_workbook(io.BytesIO(blank(scheme)))[SEAL]
    texts = {str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None}
    assert {"临河区第一图书馆", "A01", "2031.1", "校验码", "单位公章", "日期"} <= texts
    assert {"党组织书记（校长）签字", "审核人签字", "填报人签字"} <= texts
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (9, 1, 1)
    assert page.protection.sheet
    assert all(cell.protection.locked for row in page.iter_rows() for cell in row)


TOTALS = """
签章:
- {名称: 读书会, 表: 小组季度, 字段: 读书会, 单位: 次}
- {名称: 活动, 表: 一行一条, 字段: 编码, 算法: 计数, 单位: 项}
"""


def test_totals_are_those_declared_on_sheets_that_the_unit_fills(tmp_path: Path) -> None:
    """A declared total is a formula over its field; one of a sheet that the unit does not fill is left out."""
    scheme = tiny.tiny_scheme(tmp_path, tiny.SCHEME + TOTALS)
    library = load_workbook(io.BytesIO(blank(scheme)))[SEAL]
    shown = {cell.value: library.cell(cell.row, cell.column + 1).value for row in library.iter_rows() for cell in row}
    assert shown["读书会"].startswith("=SUM('04_小组季度'!C5:")
    assert shown["活动"].startswith("=COUNTA('01_一行一条'!A5:")
    station = tiny.tiny_units(scheme).all[1]
    first_half = issue_workbook(scheme, station, scheme.period("上半年"), tiny.tiny_facts(scheme))
    names = {cell.value for row in load_workbook(io.BytesIO(first_half))[SEAL].iter_rows() for cell in row}
    assert "活动" in names
    assert "读书会" not in names
