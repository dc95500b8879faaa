"""How wide and high the columns and rows of a sheet are, and how it is printed: measured by its contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.remarks import long_remark, notes_of
from pbreports.excel.text import display_width, line_count
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet
from pbreports.values import Scalar

Row = Mapping[str, Scalar]
_LINE_HEIGHT = 15.5
_HIGHEST = 400  # points; Excel takes no row higher than 409


def set_widths(page: Worksheet, sheet: Sheet, records: Sequence[Row], count: int) -> None:
    """Set the column widths of a sheet of ``count`` records by its headers and preset values."""
    if sheet.layout is Layout.LIST:
        widths = [_width_of(field, records, name_lines=2) for field in sheet.shown]
    else:
        names = [display_width(field.name) for field in sheet.shown]
        notes = [display_width(long_remark(field)) for field in sheet.shown]
        values = max((_width_of(field, records, name_lines=9) for field in sheet.shown), default=12)
        values = max(values, 40) if sheet.layout is Layout.FORM else min(max(values, 14), 24)
        widths = [min(max([*names, 14]), 40) + 3, min(max([*notes, 12]), 36) + 2, *[values] * max(count, 1)]
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width


def _width_of(field: Field, records: Sequence[Row], name_lines: int) -> int:
    """Return the width of a column: its kind, its words and preset values, its header in a few lines."""
    by_kind = {FieldKind.DATE: 12, FieldKind.MONTH: 11, FieldKind.YES_NO: 8, FieldKind.LONG_TEXT: 60}
    width = by_kind.get(field.holds, 10)
    if field.holds is FieldKind.TEXT:
        width = min(6 + (field.length or 20) * 2 // 5, 30)
    words = [*field.options, *(str(row.get(field.name) or "") for row in records)]
    widest = max((display_width(word) for word in words), default=0) + (4 if field.options else 2)
    header = -(-display_width(field.name) // name_lines) + 3
    return max(width, header, min(widest, 40))


def total_width(page: Worksheet) -> float:
    """Return the width of all columns in half-width characters."""
    return sum(dimension.width for dimension in page.column_dimensions.values())


def last_of_heading(page: Worksheet) -> int:
    """Return the last column of title and notes: so many as fit on a screen."""
    total, last = 0.0, 0
    for dimension in page.column_dimensions.values():
        total += dimension.width
        if last and total > 120:
            break
        last += 1
    return max(last, 1)


def set_heights(page: Worksheet, sheet: Sheet, records: Sequence[Row], count: int) -> None:
    """Set the row heights so that wrapped headers, remarks and preset values can be read whole."""
    width = sum(page.column_dimensions[get_column_letter(one + 1)].width for one in range(last_of_heading(page)))
    page.row_dimensions[1].height = 30
    page.row_dimensions[2].height = 6 + 13.5 * line_count(notes_of(sheet), width * 1.05)
    if sheet.layout is Layout.LIST:
        fields = enumerate(sheet.shown, start=1)
        lines = [
            line_count(field.name, page.column_dimensions[get_column_letter(at)].width - 1) for at, field in fields
        ]
        page.row_dimensions[3].height = 8 + _LINE_HEIGHT * max([*lines, 1])
        page.row_dimensions[4].height = 28
        for row in range(5, 5 + count):
            page.row_dimensions[row].height = 19
        return
    page.row_dimensions[3].height = 22
    _set_upright_heights(page, sheet, records)


def _set_upright_heights(page: Worksheet, sheet: Sheet, records: Sequence[Row]) -> None:
    widths = [page.column_dimensions[letter].width - 1 for letter in "ABC"]
    for row, field in enumerate(sheet.shown, start=4):
        values = [str(record.get(field.name) or "") for record in records]
        lines = [line_count(field.name, widths[0]), line_count(long_remark(field), widths[1] * 1.25)]
        lines += [line_count(value, widths[2]) for value in values]
        least = 90 if field.kind is FieldKind.LONG_TEXT else 21
        page.row_dimensions[row].height = min(max(least, 6 + _LINE_HEIGHT * max(lines)), _HIGHEST)


def protect(page: Worksheet) -> None:
    """Protect a sheet without a password; rows and columns may be resized, filtered and inserted."""
    protection = page.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = False  # False: not forbidden
    protection.autoFilter = protection.insertRows = protection.sort = False


def set_print(page: Worksheet, *, landscape: bool) -> None:
    """Set a page to A4, one page wide, with page numbers."""
    page.page_setup.paperSize = 9
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.5
    page.print_options.horizontalCentered = True
    page.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), center=_HeaderFooterPart("第 &P 页 共 &N 页"))
