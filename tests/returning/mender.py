"""A clerk of a school who mends a return by what it says alone, and knows what is right."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.fill import cell_text
from pbreports.excel.reader import CellValue, Workbook
from pbreports.excel.text import write_scalar

CONTENTS, PROBLEMS = "目录", "问题清单"
REASON = "已逐项核对，情况属实"
TO_DO = ("错误", "警告", "请确认")


@dataclass(frozen=True)
class Row:
    """One line of the list of problems: the level, the code, the sheet, the cell, how many, where to explain."""

    level: str
    code: str
    sheet: str
    cell: str
    count: int
    explanation: str


def rows_of(page: Worksheet) -> Iterator[Row]:
    """Go through the lines of the list that ask for something, as they stand under its headers."""
    lines = page.iter_rows()
    headers = next(cells for cells in lines if cells[0].value == "序号")
    place = {str(cell.value): index for index, cell in enumerate(headers)}
    for cells in lines:
        texts = {name: str(cells[index].value or "") for name, index in place.items()}
        if texts["级别"] in TO_DO:
            where = texts["工作表"], texts["单元格"]
            yield Row(texts["级别"], texts["编码"], *where, int(texts["同类处数"]), cells[place["说明"]].coordinate)


def mended(data: bytes, right: Workbook) -> bytes:
    """Return a return with every line of its list followed; ``right`` is the workbook as it should have been.

    An error is mended in the record that is named, on the whole sheet where several places are counted or none is
    named, and everywhere where no sheet is. What no mending can help is explained.
    """
    book = load_workbook(io.BytesIO(data))
    pages = [page for page in book.worksheets if page.sheet_state == "visible" and page.title != PROBLEMS]
    for row in rows_of(book[PROBLEMS]):
        meant = [cell for page in pages for cell in _open(page) if _is_meant(cell, row, book[CONTENTS])]
        changed = [cell for cell in meant if _set_right(cell, right)]
        if row.level == "警告" and not changed:
            book[PROBLEMS][row.explanation].value = REASON
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _is_meant(cell: Cell, row: Row, contents: Worksheet) -> bool:
    """Whether a line of the list is about a cell: of its record, its sheet, or the declaration about its sheet."""
    if cell.parent.title == CONTENTS:
        return not row.sheet or contents.cell(cell.row, 2).value == row.sheet
    if row.sheet not in ("", CONTENTS, cell.parent.title):
        return False
    if row.sheet != cell.parent.title or row.count > 1 or not row.cell[-1:].isdigit():
        return row.sheet != CONTENTS or not row.cell
    named = cell.parent[row.cell]
    across = cell.parent["A3"].value == "填报项目（勿改）"
    return bool(cell.column == named.column if across else cell.row == named.row)


def _open(page: Worksheet) -> Iterator[Cell]:
    """Go through the cells that a school may fill."""
    return (cell for line in page.iter_rows() for cell in line if isinstance(cell, Cell) and not cell.protection.locked)


def _set_right(cell: Cell, right: Workbook) -> bool:
    """Put the right value into a cell that holds another; return whether it did."""
    page = right.sheet(cell.parent.title)
    there = page.cells.get((cell.row, cell.column)) if page else None
    value: CellValue = there.value if there else None
    if cell_text(cell.value).removesuffix(" 00:00:00") == cell_text(value).removesuffix(" 00:00:00"):
        return False
    cell.value = None
    write_scalar(cell, value)  # type: ignore[arg-type]
    return True
