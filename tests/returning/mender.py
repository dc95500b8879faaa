"""A clerk of a school who mends a return by what it says alone, and knows what is right."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

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


def mended(data: bytes, right: bytes) -> bytes:
    """Return a return with every line of its list followed; ``right`` is the workbook as it should have been.

    An error is mended in the record that is named, in the same field of the others where several places are counted,
    and on the whole sheet (or in the whole workbook) where no cell is named. What no mending can help is explained.
    """
    book, truth = load_workbook(io.BytesIO(data)), load_workbook(io.BytesIO(right))
    for row in rows_of(book[PROBLEMS]):
        cells = list(_meant(row, truth))
        changed = [one for one in cells if _set_right(book[one.parent.title], one)]
        if row.level == "警告" and not changed:
            book[PROBLEMS][row.explanation].value = REASON
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _meant(row: Row, truth: Workbook) -> Iterable[Cell]:
    """Return the cells of the right workbook that a line is about."""
    if row.sheet not in truth.sheetnames:
        return [cell for page in truth.worksheets if page.sheet_state == "visible" for cell in _open(page)]
    page = truth[row.sheet]
    declared = [cell for cell in _open(truth[CONTENTS]) if truth[CONTENTS].cell(cell.row, 2).value == row.sheet]
    if not row.cell[-1:].isdigit():
        return [*_open(page), *declared]
    named = page[row.cell]
    if row.count > 1:
        return [*_open(page), *declared]
    across = page["A3"].value == "填报项目（勿改）"
    same = [one for one in _open(page) if (one.column == named.column if across else one.row == named.row)]
    return [*same, *declared]


def _open(page: Worksheet) -> Iterator[Cell]:
    """Go through the cells that a school may fill."""
    return (cell for line in page.iter_rows() for cell in line if isinstance(cell, Cell) and not cell.protection.locked)


def _set_right(page: Worksheet, right: Cell) -> bool:
    """Put the right value into a cell that holds another; return whether it did."""
    cell = page[right.coordinate]
    if cell.protection.locked or cell.value == right.value:
        return False
    cell.value = right.value
    return True
