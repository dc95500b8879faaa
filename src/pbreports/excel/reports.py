"""Workbooks of tables that the program hands to staff: findings, receipts, status, the evidence behind a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.measures import set_print
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.styles import Wardrobe
from pbreports.excel.text import LONGEST, cell_at, display_width, line_count, shortened, write_scalar
from pbreports.values import Scalar, YearMonth

_NARROWEST, _WIDEST = 8, 56
_WIDEST_PORTRAIT = 95
_LINE_HEIGHT = 15.5
_HEADER_ROW = 3
_FORBIDDEN_IN_TITLES = str.maketrans("[]:*?/\\", "（）：＊？／＼")


Entry = Scalar | int
"""What may stand in a table."""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table: its sheet's title, its headers and rows; ``widths`` are measured when none are given.

    ``note`` stands in small print under the title.
    """

    title: str
    headers: tuple[str, ...]
    rows: Sequence[Sequence[Entry]]
    widths: tuple[float, ...] = ()
    note: str = ""


def table_workbook(title: str, sheets: Sequence[TableSheet], *, stamp: datetime) -> bytes:
    """Return a workbook of tables; ``title`` stands above each, ``stamp`` becomes the time in its properties."""
    workbook = new_workbook(title)
    wear = Wardrobe(workbook)
    for sheet in sheets:
        _draw_table(workbook, title, sheet, wear)
    return workbook_bytes(workbook, stamp.date())


def _draw_table(workbook: Workbook, title: str, sheet: TableSheet, wear: Wardrobe) -> None:
    page = workbook.create_sheet(sheet.title.translate(_FORBIDDEN_IN_TITLES)[:31])
    widths = sheet.widths or tuple(_width(sheet, index) for index in range(len(sheet.headers)))
    for index, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    _draw_heading(page, title, sheet, wear)
    for column, header in enumerate(sheet.headers, start=1):
        _put(page, _HEADER_ROW, column, header, styles.HEADER, wear)
    page.row_dimensions[_HEADER_ROW].height = 24
    for row, values in enumerate(sheet.rows, start=_HEADER_ROW + 1):
        for column, value in enumerate(values, start=1):
            _put(page, row, column, _fitted(value), _style_of(value), wear)
        page.row_dimensions[row].height = _height(values, widths)
    _finish(page, sheet, sum(widths))


def _draw_heading(page: Worksheet, title: str, sheet: TableSheet, wear: Wardrobe) -> None:
    heading = title if title == sheet.title else f"{title}  {sheet.title}"
    _put(page, 1, 1, heading, styles.TITLE, wear)
    page.row_dimensions[1].height = 30
    _put(page, 2, 1, sheet.note, styles.NOTES, wear)
    if len(sheet.headers) > 1:
        page.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(sheet.headers))


def _finish(page: Worksheet, sheet: TableSheet, width: float) -> None:
    last = _HEADER_ROW + max(len(sheet.rows), 1)
    page.auto_filter.ref = f"A{_HEADER_ROW}:{get_column_letter(len(sheet.headers))}{last}"
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    page.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    page.sheet_view.showGridLines = False
    set_print(page, landscape=width > _WIDEST_PORTRAIT)


def _put(page: Worksheet, row: int, column: int, value: Scalar, style: styles.Style, wear: Wardrobe) -> None:
    cell = cell_at(page, row, column)
    write_scalar(cell, value)
    wear.dress(cell, style)


def _style_of(value: Entry) -> styles.Style:
    if isinstance(value, bool) or value is None or isinstance(value, str | YearMonth):
        return styles.PLAIN
    return styles.DATE if isinstance(value, date) else styles.NUMBER


def _fitted(value: Entry) -> Scalar:
    if isinstance(value, str):
        return shortened(value, LONGEST)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _text(value: Entry) -> str:
    return "" if value is None else str(value)


def _width(sheet: TableSheet, index: int) -> float:
    texts = [sheet.headers[index], *(_text(row[index]) for row in sheet.rows if index < len(row))]
    return min(max(_NARROWEST, *(display_width(text) + 3 for text in texts)), _WIDEST)


def _height(values: Sequence[Entry], widths: Sequence[float]) -> float:
    lines = [line_count(_text(value), width - 2) for value, width in zip(values, widths, strict=False)]
    return min(6 + _LINE_HEIGHT * max(lines, default=1), 400)
