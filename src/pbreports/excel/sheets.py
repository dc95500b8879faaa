"""Draws one sheet of the scheme into a workbook: title, notes, headers, records, limits, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.fill import Line
from pbreports.excel.layout import COLUMN_LABEL, LINE_LABEL, REMARK_LABEL, Geometry, geometry_of
from pbreports.excel.limits import Dropdowns, limit_of
from pbreports.excel.measures import last_of_heading, protect, set_heights, set_print, set_widths, total_width
from pbreports.excel.remarks import explanation, long_remark, mark, notes_of, remark
from pbreports.excel.styles import Style, Wardrobe
from pbreports.excel.text import cell_at, line_count, write_scalar, write_text
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet

_FORMATS = {FieldKind.INTEGER: "0", FieldKind.DATE: "yyyy-mm-dd"}
_ACROSS = {FieldKind.INTEGER: "right", FieldKind.DECIMAL: "right", FieldKind.TEXT: "left", FieldKind.LONG_TEXT: "left"}
_WIDEST_PORTRAIT = 95  # half-width characters that fit across an upright A4 page at 11 points


@dataclass(frozen=True, slots=True)
class Drawing:
    """What drawing a sheet needs beside its declaration: the workbook's styles and dropdowns, whether to protect."""

    wear: Wardrobe
    dropdowns: Dropdowns
    protect: bool = True


def draw_sheet(page: Worksheet, sheet: Sheet, lines: Sequence[Line], count: int, drawing: Drawing) -> None:
    """Draw a sheet of ``count`` records: the given lines, then empty ones.

    Its columns are as wide as what was printed beforehand needs, whatever the unit has filled in.
    """
    geometry = geometry_of(sheet.layout)
    set_widths(page, sheet, [line.given for line in lines], count)
    _write_heading(page, sheet, count, drawing.wear)
    for place, field in enumerate(sheet.shown, start=geometry.first):
        series = _Series(page, geometry, place, field)
        _write_header(series, drawing.wear)
        _write_cells(series, lines, count, drawing.wear)
        _limit(series, count, drawing.dropdowns)
    set_heights(page, sheet, [{**line.given, **line.filled} for line in lines], count)
    if drawing.protect:
        protect(page)
    _set_view(page, sheet, geometry, count)
    set_print(page, landscape=total_width(page) > _WIDEST_PORTRAIT)
    _repeat_headers(page, sheet.layout)


@dataclass(frozen=True, slots=True)
class _Series:
    """The cells of one field: its header, its remark, its value in every record."""

    page: Worksheet
    geometry: Geometry
    place: int
    field: Field

    def on(self, line: int) -> Cell:
        """Return the cell on a line."""
        return cell_at(self.page, *self.geometry.at(line, self.place))


def style_of(field: Field, *, preset: bool = False) -> Style:
    """Return how the cells of a field look; a locked field stays open where nothing was preset."""
    if field.computed:
        return styles.COMPUTED
    number_format = _FORMATS.get(field.kind) or _decimal_format(field)
    return styles.entry(number_format, locked=field.locked and preset, across=_ACROSS.get(field.kind, "center"))


def _decimal_format(field: Field) -> str:
    if field.kind is not FieldKind.DECIMAL:
        return "@"
    return f"0.{'0' * field.places}" if field.places else "0"


def _write_heading(page: Worksheet, sheet: Sheet, count: int, wear: Wardrobe) -> None:
    for row, text, style in ((1, sheet.name, styles.TITLE), (2, notes_of(sheet), styles.NOTES)):
        cell = cell_at(page, row, 1)
        write_text(cell, text)
        wear.dress(cell, style)
    last = last_of_heading(page)
    if last > 1:
        wear.merge(page, 1, 1, last)
        wear.merge(page, 2, 1, last)
    if sheet.layout is Layout.LIST:
        return
    numbers = [COLUMN_LABEL] if sheet.layout is Layout.FORM else [f"第{number}列" for number in range(1, count + 1)]
    for column, text in enumerate((LINE_LABEL, REMARK_LABEL, *numbers), start=1):
        write_text(cell_at(page, 3, column), text)
        wear.dress(cell_at(page, 3, column), styles.HEADER)


def _write_header(series: _Series, wear: Wardrobe) -> None:
    geometry, field = series.geometry, series.field
    header = series.on(geometry.header)
    write_text(header, field.name)
    wear.dress(header, _header_style(geometry, field))
    note = Comment(explanation(field), "填报说明")
    note.width, note.height = 260, 24 + 18 * line_count(note.text, 34)
    header.comment = note
    below = series.on(geometry.header + 1)
    write_text(below, long_remark(field) if geometry.across else remark(field))
    wear.dress(below, styles.LINE_REMARK if geometry.across else styles.REMARK)


def _header_style(geometry: Geometry, field: Field) -> Style:
    if geometry.across:
        return styles.REQUIRED_LINE_HEADER if mark(field) == "★" else styles.LINE_HEADER
    return styles.REQUIRED_HEADER if mark(field) == "★" else styles.HEADER


def _write_cells(series: _Series, lines: Sequence[Line], count: int, wear: Wardrobe) -> None:
    field, geometry = series.field, series.geometry
    printed, free = style_of(field, preset=True), style_of(field)
    for index in range(count):
        cell = series.on(geometry.record(index))
        if index >= len(lines):
            wear.dress(cell, free)
            continue
        line = lines[index]
        wear.dress(cell, printed if line.is_printed(field) else free)
        write_scalar(cell, line.value(field))


def _limit(series: _Series, count: int, dropdowns: Dropdowns) -> None:
    field, geometry = series.field, series.geometry
    if field.computed or not count:
        return
    limit = limit_of(field, geometry.address(geometry.record(0), series.place), dropdowns)
    if limit is not None:
        limit.add(geometry.span(series.place, series.place, (0, count - 1)))
        series.page.add_data_validation(limit)


def _set_view(page: Worksheet, sheet: Sheet, geometry: Geometry, count: int) -> None:
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 100
    leading = _leading_keys(sheet)
    if geometry.across:
        page.freeze_panes = f"C{geometry.first + (leading if sheet.layout is Layout.UPRIGHT else 0)}"
        return
    page.freeze_panes = geometry.address(geometry.record(0), 1 + leading)
    last = geometry.address(geometry.record(max(count, 1) - 1), len(sheet.shown))
    page.auto_filter.ref = f"A{geometry.header + 1}:{last}"


def _leading_keys(sheet: Sheet) -> int:
    """Return how many fields at the start tell the records apart (at most three)."""
    leading = 0
    for field in sheet.shown[:3]:
        if not field.locked and field.name not in sheet.keys:
            break
        leading += 1
    return min(leading, len(sheet.shown) - 1)


def _repeat_headers(page: Worksheet, layout: Layout) -> None:
    if layout is Layout.LIST:
        page.print_title_rows = "3:4"
    else:
        page.print_title_cols = "A:B"
        page.print_title_rows = "3:3"
