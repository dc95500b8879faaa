"""Tests of reading what an office program has saved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from office import Office
from pbreports.excel.reader import Calculation, read_workbook


@pytest.mark.render
def test_what_an_office_program_saves_reads_the_same(office: Office, tmp_path: Path) -> None:
    """After LibreOffice has saved a workbook its facts are the same, and its formulas are calculated."""
    book = Workbook()
    sheet = book.active
    sheet.title = "01_党组织情况"
    sheet["A1"], sheet["B1"], sheet["C1"] = "东门大街小学", 0.3, date(2020, 12, 1)
    sheet["C1"].number_format = 'yyyy"年"m"月"'
    sheet["A2"], sheet["B2"], sheet["C2"] = "=B1+0.1", '=IF(B1>1,"错","")', "=1/0"
    sheet["D1"] = "110101199003071234"
    path = tmp_path / "东门大街小学.xlsx"
    book.save(path)
    before = read_workbook(path)
    after = read_workbook(office.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "保存"))
    assert before.never_saved_by_office
    assert not after.never_saved_by_office
    found, written = after.sheets[0].cells, before.sheets[0].cells
    assert [found[1, column].value for column in (1, 2, 3, 4)] == [written[1, column].value for column in (1, 2, 3, 4)]
    assert [found[2, column].value for column in (1, 2, 3)] == [Decimal("0.4"), "", "#DIV/0!"]
    assert {found[2, column].calculation for column in (1, 2, 3)} == {Calculation.CACHED}
    assert {written[2, column].calculation for column in (1, 2, 3)} == {Calculation.NEVER}
