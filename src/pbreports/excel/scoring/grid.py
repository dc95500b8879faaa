"""Draws a sheet with objects down and indicators across: headers that stand high and narrow, lines to be filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.layout import geometry_of
from pbreports.excel.limits import limit_of
from pbreports.excel.remarks import noun
from pbreports.excel.sheets import Drawing, style_of
from pbreports.excel.styles import Style
from pbreports.excel.text import cell_at, display_width, line_count, write_formula, write_scalar, write_text
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet
from pbreports.values import Scalar

GEOMETRY = geometry_of(Layout.LIST)
FIRST = GEOMETRY.record(0)
"""The row of the first object."""

ABOUT = 2
"""How many columns say which object a line is of."""

A3, A4 = 8, 9
"""Paper sizes (ECMA-376 part 1, 18.18.51)."""

_NARROW, _NAME_WIDTH, _LINE_HEIGHT = 7.0, 26.0, 14.5
_WIDTHS = {FieldKind.DATE: 11.5, FieldKind.TEXT: 14.0, FieldKind.LONG_TEXT: 22.0}

GIVEN = replace(styles.PLAIN, name="考评对象", size=10, fill=styles.LOCKED_FILL)
NUMBER = replace(styles.COMPUTED, name="考评数", size=10, number_format="General", color=styles.INK)
HEADER = replace(styles.HEADER, name="考评表头", size=10)
CLOSED = replace(styles.COMPUTED, name="考评不填")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, what stands below its header, its width, whether it is entered, or the formula of a line.

    ``header`` is how the field's name is written where it takes several lines.
    """

    field: Field
    below: Scalar = None
    below_format: str = "General"
    width: float = _NARROW
    is_open: bool = True
    formula: Callable[[int], str] | None = None
    header: str = ""

    @property
    def label(self) -> str:
        """What stands in its header."""
        return self.header or self.field.name


def plain_column(field: Field) -> Column:
    """Return the column of a field that is entered once for each object."""
    width = _WIDTHS.get(field.kind, 7.5)
    return Column(field, "选填", width=max(width, display_width(field.name) / 2 + 3))


def about_columns(sheet: Sheet) -> tuple[Column, Column]:
    """Return the columns that say which object a line is of."""
    code, name = sheet.fields[:ABOUT]
    return Column(code, "已预填", width=11.0, is_open=False), Column(name, "", width=_NAME_WIDTH, is_open=False)


def draw_grid(
    page: Worksheet,
    title: tuple[str, str],
    columns: Sequence[Column],
    rows: Sequence[dict[str, Scalar]],
    drawing: Drawing,
) -> None:
    """Draw the sheet: its title and notes, headers, what stands below them, a line for each object."""
    for place, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = column.width
        _draw_column(page, place, column, rows, drawing)
    _draw_heading(page, title, columns, drawing)
    for row, values in enumerate(rows, start=FIRST):
        name = str(values.get(columns[1].field.name) or "")
        page.row_dimensions[row].height = 8 + _LINE_HEIGHT * line_count(name, _NAME_WIDTH - 3)
    finish(page, len(columns), len(rows))


def _draw_column(
    page: Worksheet, place: int, column: Column, rows: Sequence[dict[str, Scalar]], drawing: Drawing
) -> None:
    header, below = cell_at(page, GEOMETRY.header, place), cell_at(page, GEOMETRY.header + 1, place)
    write_text(header, column.label)
    drawing.wear.dress(header, HEADER)
    write_scalar(below, column.below)
    drawing.wear.dress(below, _below_style(column))
    style = _style_of(column, place)
    for row, values in enumerate(rows, start=FIRST):
        cell = cell_at(page, row, place)
        drawing.wear.dress(cell, style)
        if column.formula:
            write_formula(cell, column.formula(row))
        else:
            write_scalar(cell, values.get(column.field.name))
    if column.is_open and not column.formula and rows:
        _limit(page, place, column.field, len(rows), drawing)


def _style_of(column: Column, place: int) -> Style:
    if column.formula:
        return NUMBER
    if place <= ABOUT:
        return GIVEN
    if not column.is_open:
        return CLOSED
    style = style_of(column.field)
    return replace(style, name=f"考评{style.name}", size=10, across="center")


def _below_style(column: Column) -> Style:
    if column.below_format == "General":
        return styles.REMARK
    return replace(styles.REMARK, name=f"{styles.REMARK.name}{column.below_format}", number_format=column.below_format)


def _limit(page: Worksheet, place: int, field: Field, count: int, drawing: Drawing) -> None:
    limit = limit_of(field, GEOMETRY.address(FIRST, place), drawing.dropdowns)
    if limit is not None:
        limit.prompt = f"填{noun(field)}。{field.note}"
        limit.add(GEOMETRY.span(place, place, (0, count - 1)))
        page.add_data_validation(limit)


def _draw_heading(page: Worksheet, title: tuple[str, str], columns: Sequence[Column], drawing: Drawing) -> None:
    for row, text, style in ((1, title[0], styles.TITLE), (2, title[1], styles.NOTES)):
        write_text(cell_at(page, row, 1), text)
        drawing.wear.dress(cell_at(page, row, 1), style)
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
    width = sum(one.width for one in columns)
    lines = [line_count(one.label, one.width - 1) for one in columns]
    page.row_dimensions[1].height = 30
    page.row_dimensions[2].height = 6 + 13.5 * line_count(title[1], width)
    page.row_dimensions[GEOMETRY.header].height = 10 + _LINE_HEIGHT * max(lines)
    page.row_dimensions[GEOMETRY.header + 1].height = 26


def join(page: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Merge cells from one row and column to another; all of them have been given their look.

    The library's own way gives every cell its borders anew, which takes longer than all the rest.
    """
    ends = (f"{get_column_letter(column)}{row}" for row, column in (first, last))
    page.merged_cells.add(":".join(ends))


def finish(page: Worksheet, columns: int, count: int, *, about: int = ABOUT) -> None:
    """Freeze and protect a sheet, and set it to A3 across, one page wide, its headers on every page."""
    top = GEOMETRY.header + 2
    page.freeze_panes = f"{get_column_letter(about + 1)}{top}"
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 90
    page.protection.sheet = True
    page.protection.formatRows = page.protection.formatColumns = False  # False: not forbidden
    page.page_setup.paperSize, page.page_setup.orientation = A3, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.5
    page.print_options.horizontalCentered = True
    page.print_title_rows = f"{GEOMETRY.header}:{GEOMETRY.header + 1}"
    page.print_title_cols = f"A:{get_column_letter(about)}"
    page.print_area = f"A1:{get_column_letter(columns)}{FIRST + max(count, 1) - 1}"
    page.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), center=_HeaderFooterPart("第 &P 页 共 &N 页"))
