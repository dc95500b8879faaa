"""Colours the cells that something is wrong with, while the school types."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.contents import Extent, declaration_cell
from pbreports.excel.layout import CHECK, SELF_CHECK, geometry_of
from pbreports.excel.selfcheck.entries import BROKEN, WARNED
from pbreports.excel.sheets import Drawing
from pbreports.excel.styles import colour_of
from pbreports.excel.text import cell_at, write_formula, write_text

ERROR_FILL, WARNING_FILL = "FFFFC7CE", "FFFFEB9C"
_NAME = "_mark_{}"
_WIDTH = 11


def mark_cells(workbook: Workbook, extent: Extent, number: int, area: str) -> None:
    """Colour the cells of a sheet by the states in an area of the helper sheet: errors red, warnings yellow.

    The area gets a name, since colouring by the cells of another sheet is safe only through one. Every field has its
    own colouring, so that colours stay right when columns are inserted between fields.
    """
    name = _NAME.format(number)
    workbook.defined_names[name] = DefinedName(name, attr_text=f"{CHECK}!{area}", hidden=True)
    page, geometry = workbook[extent.sheet.title], geometry_of(extent.sheet.layout)
    tests = ((f">={BROKEN}", ERROR_FILL), (f"={WARNED}", WARNING_FILL))
    colours = [(test, colour_of(workbook, _filled(fill))) for test, fill in tests]
    for at, place in enumerate(range(geometry.first, geometry.first + len(extent.sheet.shown)), start=1):
        row, column = geometry.at(geometry.record(0), place)
        letters = get_column_letter(column)
        line = (
            f"COLUMNS(${letters}{row}:{letters}{row})" if geometry.across else f"ROWS({letters}${row}:{letters}{row})"
        )
        span = geometry.span(place, place, (0, extent.count - 1))
        for test, colour in colours:
            rule = Rule("expression", dxfId=colour, stopIfTrue=True)
            rule.formula = [f"INDEX({name},{line},{at}){test}"]
            page.conditional_formatting.add(span, rule)


def _filled(colour: str) -> DifferentialStyle:
    return DifferentialStyle(fill=PatternFill(fill_type="solid", start_color=colour, end_color=colour, bgColor=colour))


def tell_on_contents(page: Worksheet, marked: Sequence[int], drawing: Drawing) -> None:
    """Add a column to the contents that says how many cells of each sheet are coloured; ``marked`` are their indexes."""
    if not marked:
        return
    column = column_index_from_string(declaration_cell(0)[0]) + 1
    page.column_dimensions[get_column_letter(column)].width = _WIDTH
    header = cell_at(page, int(declaration_cell(0)[1:]) - 1, column)
    write_text(header, SELF_CHECK)
    drawing.wear.dress(header, styles.HEADER)
    for index in marked:
        cell = cell_at(page, int(declaration_cell(index)[1:]), column)
        found = f'COUNTIF({_NAME.format(index)},">0")'
        write_formula(cell, f'=IF({found}>0,{found}&"处","")')
        drawing.wear.dress(cell, styles.STATE)
