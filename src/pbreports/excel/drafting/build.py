"""Writes a draft as a workbook that staff can edit: heads, tags, formulas, print set-up."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.drafting import look, totals
from pbreports.excel.drafting.draft import Column, Draft, Kind, Paper
from pbreports.excel.drafting.places import (
    NOTE_ROW,
    TITLE_ROW,
    Block,
    Names,
    PlacedPage,
    PlacedTable,
    placed,
    standing_columns,
)
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.text import cell_at, write_formula, write_text

# A document has to say when it was made; a fixed day keeps the bytes the same.
_MADE = date(2012, 7, 1)  # the day GB/T 9704-2012 came into force
_SIZES = {Paper.A3: 8, Paper.A4: 9}


def build_template(draft: Draft) -> bytes:
    """Return the workbook (.xlsx) of a draft.

    Raises:
        TemplateError: when a formula of the draft names a page or column that is not there.
    """
    workbook = new_workbook(draft.name)
    pages = placed(draft)
    for page in pages.values():
        _write_page(workbook, page, pages)
        _set_up_print(workbook[page.page.name], page, draft)
    return workbook_bytes(workbook, _MADE, "")


def _write_page(workbook: Workbook, page: PlacedPage, pages: dict[str, PlacedPage]) -> None:
    sheet = workbook.create_sheet(page.page.name)
    _set_widths(sheet, page)
    _write_line(sheet, TITLE_ROW, page, page.page.title)
    sheet.cell(TITLE_ROW, 1).font, sheet.cell(TITLE_ROW, 1).alignment = look.TITLE, look.MIDDLE
    sheet.row_dimensions[TITLE_ROW].height = 36
    for row, text in zip((NOTE_ROW, *page.texts), (page.page.note, *page.page.texts), strict=True):
        _write_line(sheet, row, page, text)
        sheet.row_dimensions[row].height = 18 * _lines_of(text, page)
    for table in page.tables:
        _write_table(sheet, table, Names(pages, table))


def _set_widths(sheet: Worksheet, page: PlacedPage) -> None:
    """Give each column the width that the widest of the page's tables wants."""
    for number in range(1, page.width + 1):
        wanted = [one.table.columns[number - 1].width for one in page.tables if number <= len(one.table.columns)]
        sheet.column_dimensions[get_column_letter(number)].width = max(wanted)


def _write_line(sheet: Worksheet, row: int, page: PlacedPage, text: str) -> None:
    """Write a line across the page."""
    cell = _written(sheet, row, 1, text)
    cell.font, cell.alignment = look.NOTE, look.LEFT
    if page.width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=page.width)


def _lines_of(text: str, page: PlacedPage) -> int:
    """Return how many lines a text takes across the page, a Chinese character being two of the width's units."""
    width = sum(column.width for column in max((one.table.columns for one in page.tables), key=len))
    return 1 + int(2.1 * len(text) / width)


def _write_table(sheet: Worksheet, table: PlacedTable, names: Names) -> None:
    if table.table.title:
        cell = _written(sheet, table.title, 1, table.table.title)
        cell.font = look.SUBTITLE
        sheet.row_dimensions[table.title].height = 24
    _write_heads(sheet, table)
    for number, row in enumerate(range(table.first, table.last + 1)):
        _write_row(sheet, table, names, row, table.table.rows[number] if table.table.rows else ())
    if table.total:
        _write_totals(sheet, table, names)
    for row, count in table.counts:
        _put(sheet, row, 2, count.label, Kind.TEXT, total=True)
        _put(sheet, row, 3, f"={names.formula(count.formula.removeprefix('='), row)}", count.kind, total=True)
    for block in table.blocks:
        _write_block(sheet, table, block, names)
    _set_marks(sheet, table)


def _write_heads(sheet: Worksheet, table: PlacedTable) -> None:
    """Write the heads: a common one above its columns, one of its own over the whole height."""
    top, bottom = table.heads[0], table.heads[-1]
    for row in table.heads:
        sheet.row_dimensions[row].height = _head_height(table, row)
        for number in range(1, len(table.table.columns) + 1):
            cell = sheet.cell(row, number)
            cell.font, cell.fill, cell.alignment, cell.border = look.HEAD, look.HEAD_FILL, look.MIDDLE, look.BOX
    for group, first, last in _groups(table.table.columns):
        if group:
            _written(sheet, top, first, group)
            sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=last)
        for number in range(first, last + 1):
            _written(sheet, bottom if group else top, number, table.table.columns[number - 1].name)
            if not group and top < bottom:
                sheet.merge_cells(start_row=top, start_column=number, end_row=bottom, end_column=number)


def _head_height(table: PlacedTable, row: int) -> float:
    """Return the height of a head: one line for common heads, three for those in narrow columns, two for the rest."""
    if not table.table.grouped:
        return 30
    return 20 if row == table.heads[0] else 48


def _groups(columns: tuple[Column, ...]) -> list[tuple[str, int, int]]:
    """Return the common heads with the first and last number of their columns."""
    found: list[tuple[str, int, int]] = []
    for number, column in enumerate(columns, 1):
        if column.group and found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1], number)
        else:
            found.append((column.group, number, number))
    return found


def _write_row(sheet: Worksheet, table: PlacedTable, names: Names, row: int, given: tuple[str, ...]) -> None:
    """Write a row: tags of the list's columns, formulas, or what a fixed row gives."""
    left = iter(given)
    for number, column in enumerate(table.table.columns, 1):
        if column.source.startswith("="):
            value = totals.in_row(column, names, row)
        elif column.source.startswith("{{"):
            value = column.source
        elif table.table.rows_of:
            value = f"{{{{ {table.table.rows_of}.{column.source} }}}}"
        else:
            value = next(left, "")
            value = f"={names.formula(value[1:], row)}" if value.startswith("=") else value
        _put(sheet, row, number, value, column.kind)


def _written(sheet: Worksheet, row: int, number: int, value: str) -> Cell:
    """Return a cell with a text of the draft, or with a formula where it begins with an equals sign."""
    cell = cell_at(sheet, row, number)
    if value.startswith("="):
        write_formula(cell, value)
    elif value:
        write_text(cell, value)
    return cell


def _put(sheet: Worksheet, row: int, number: int, value: str, kind: Kind, *, total: bool = False) -> None:
    cell = _written(sheet, row, number, value)
    cell.font, cell.border = look.TOTAL if total else look.BODY, look.BOX
    cell.alignment = look.ALIGNMENTS.get(kind, look.RIGHT)
    cell.number_format = look.FORMATS.get(kind, "General")
    if total:
        cell.fill = look.TOTAL_FILL
        sheet.row_dimensions[row].height = 18


def _write_totals(sheet: Worksheet, table: PlacedTable, names: Names) -> None:
    for number, column in enumerate(table.table.columns, 1):
        value = totals.in_total(column, names, table.total)
        _put(sheet, table.total, number, value or ("合计" if number == 2 else ""), column.kind, total=True)


def _write_block(sheet: Worksheet, table: PlacedTable, block: Block, names: Names) -> None:
    """Write the subtotals by one column: a label, the row that repeats, their total with the check."""
    label = _written(sheet, block.label, 1, f"按{block.column}小计")
    label.font = look.SUBTITLE
    sheet.row_dimensions[block.label].height = 24
    for number, column in enumerate(table.table.columns, 1):
        value = totals.in_subtotal(column, block, names)
        _put(sheet, block.row, number, value, column.kind)
        value = totals.in_block_total(column, block, names, number)
        _put(sheet, block.total, number, value, column.kind, total=True)
    _written(sheet, block.row, 1, f"{{{{ {block.rows_of}.序号 }}}}")
    _written(sheet, block.row, 2, f"{{{{ {block.rows_of}.{block.column} }}}}")
    _written(sheet, block.total, 2, totals.agreement(block, names))


def _set_marks(sheet: Worksheet, table: PlacedTable) -> None:
    """Grey the rows of units that have not reported; let single words stand out."""
    last = get_column_letter(len(table.table.columns))
    area = f"A{table.first}:{last}{table.last}"
    for name in standing_columns(table):
        cell = f"${table.letter(name)}{table.first}"
        sheet.conditional_formatting.add(area, _rule(f'{cell}="未报"', look.GREY))
        sheet.conditional_formatting.add(area, _rule(f'LEFT({cell},1)="缺"', look.PALE))
    for flag in table.table.flags:
        letter = table.letter(flag.column)
        cell = f"${letter}{table.first}"
        test = f"LEN({cell})>0" if flag.word == "*" else f'{cell}="{flag.word}"'
        sheet.conditional_formatting.add(
            f"{letter}{table.first}:{letter}{table.last}", _rule(test, look.COLORS[flag.color])
        )


def _rule(test: str, style: DifferentialStyle) -> Rule:
    return Rule(type="expression", dxf=style, formula=[test])


def _set_up_print(sheet: Worksheet, page: PlacedPage, draft: Draft) -> None:
    """Set the paper across, one page wide, with the heads on every page, and what head and foot say."""
    heads = page.tables[0].heads[-1] if page.tables else NOTE_ROW
    single = len(page.tables) == 1 and not page.texts
    sheet.freeze_panes = f"{get_column_letter(page.page.frozen + 1)}{heads + 1}" if single else f"A{NOTE_ROW + 1}"
    sheet.print_title_rows = f"1:{heads if single else NOTE_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _SIZES[draft.paper]
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(page.page.whole)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.59, right=0.59, top=0.59, bottom=0.79, header=0.3, footer=0.39)
    if page.page.mark:
        sheet.oddHeader = HeaderFooterItem(right=_HeaderFooterPart(page.page.mark))
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"),
        center=_HeaderFooterPart("第 &P 页 共 &N 页"),
        right=_HeaderFooterPart(page.page.mark or draft.footer),
    )
