"""Cells that are merged by copied looks are the same as those that openpyxl merges."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.styles import Style, Wardrobe
from pbreports.excel.text import cell_at

ROWS = (3, 7, 11)


def dressed(page: Worksheet, wear: Wardrobe, style: Style, last: int) -> None:
    """Dress the rows to be merged up to a column."""
    for row in ROWS:
        for column in range(2, last + 1):
            wear.dress(cell_at(page, row, column), style)


@pytest.mark.parametrize("last", [3, 4, 8])
@pytest.mark.parametrize("all_dressed", ["all", "first"])
@pytest.mark.parametrize("style", [styles.TITLE, styles.PLAIN, styles.CHOICE], ids=lambda style: style.name)
def test_every_merged_row_looks_as_openpyxl_makes_it(style: Style, all_dressed: str, last: int) -> None:
    """Borders close, open cells stay open, and the ranges are there, the first time and every other."""
    workbook = Workbook()
    wear = Wardrobe(workbook)
    ours, theirs = workbook.create_sheet(), workbook.create_sheet()
    for page in (ours, theirs):
        dressed(page, wear, style, last if all_dressed == "all" else 2)
    for row in ROWS:
        wear.merge(ours, row, 2, last)
        theirs.merge_cells(start_row=row, start_column=2, end_row=row, end_column=last)
    assert {str(one) for one in ours.merged_cells.ranges} == {str(one) for one in theirs.merged_cells.ranges}
    for row in ROWS:
        for column in range(2, last + 1):
            one, other = ours.cell(row, column), theirs.cell(row, column)
            assert type(one) is type(other)
            assert (one.style_id, one.has_style) == (other.style_id, other.has_style)
