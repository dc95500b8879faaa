"""Draws the page to be printed, signed and sealed, and the hidden sheet on which its control code is computed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.contents import Extent, Heading
from pbreports.excel.layout import SEAL, SEAL_DATA, SELF_CHECK, geometry_of
from pbreports.excel.measures import protect, set_print
from pbreports.excel.presets import answers
from pbreports.excel.seal import formulas
from pbreports.excel.seal.code import (
    BITS,
    looked_at,
    sealed_fields,
    sign_weights,
    signs_with,
)
from pbreports.excel.seal.formulas import Stretch
from pbreports.excel.styles import Style, Wardrobe
from pbreports.excel.text import cell_at, write_formula, write_scalar, write_text
from pbreports.scheme.model.sealing import SealTotal, Tally
from pbreports.values import Severity

BEYOND = 20
"""So many lines after the last record are covered too, for rows that a school adds below."""

CODE_LABEL = "校验码"
_FIRST_FIELD = 4  # the line of the hidden sheet on which the first field stands
_CODE_CELL = "B2"
_WIDTHS = (25, 13, 8, 25, 13, 8)
_WHOLE = len(_WIDTHS)
_LEVEL, _STATE, _SAID, _OPEN = "级别", "状态", "说明", "未通过"
_NO_CODE = "有错误值或表已改动，请改好再打印"
_PLEDGE = "以上数据已经逐表核对，本单位对其真实、准确、完整负责。"
_ABOUT_CODE = (
    "校验码由各表所填内容自动算出。打印盖章以后再改动所填的内容，校验码就会变，须重新打印、盖章。"
    "扫描件请放在“盖章”文件夹，文件名写上单位代码和校验码。"
)
_SIGNATURES = (("党组织书记（校长）签字", "审核人签字"), ("填报人签字", "日期"))
_DATE_LINE = "年    月    日"


def draw_seal(
    workbook: Workbook, heading: Heading, extents: Sequence[Extent], totals: Sequence[SealTotal], wear: Wardrobe
) -> None:
    """Add the page and its hidden sheet to a workbook whose other sheets are drawn.

    The totals are those declared; when none are, how many records each sheet holds.
    """
    page = workbook.create_sheet(SEAL)
    _draw_data(workbook.create_sheet(SEAL_DATA), extents)
    for column, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    row = _draw_heading(page, heading, wear)
    row = _draw_figures(page, row, _figures(totals, extents), wear)
    row = _draw_checks(page, row, workbook, wear)
    row = _draw_code(page, row, wear)
    last = _draw_signatures(page, row, wear)
    page.sheet_view.showGridLines = False
    protect(page)
    set_print(page, landscape=False)
    page.page_setup.fitToHeight = 1
    page.print_area = f"A1:{get_column_letter(_WHOLE)}{last}"


def _draw_heading(page: Worksheet, heading: Heading, wear: Wardrobe) -> int:
    _line(page, 1, f"{heading.title}  {SEAL}", styles.COVER, wear, height=48)
    if heading.warning:
        _line(page, 2, heading.warning, styles.ALERTED, wear, height=24)
    for row, (label, text) in enumerate(heading.facts, start=3):
        _put(page, row, (1, 1), label, styles.LABEL, wear)
        _put(page, row, (2, _WHOLE), text, styles.PLAIN, wear)
        page.row_dimensions[row].height = 22
    return 3 + len(heading.facts) + 1


Figure = tuple[str, str, str]
"""A line of the page: name, formula, unit."""


def _figures(totals: Sequence[SealTotal], extents: Sequence[Extent]) -> list[Figure]:
    by_name = {extent.sheet.name: extent for extent in extents}
    declared = [_figure(one, by_name[one.sheet]) for one in totals if one.sheet in by_name]
    return declared or [(extent.sheet.title, _count_formula(extent), "条") for extent in extents]


def _figure(total: SealTotal, extent: Extent) -> Figure:
    word = "SUM" if total.how is Tally.SUM else "COUNTA"
    return total.name, f"={word}({_stretch(extent, total.field).cells})", total.unit


def _count_formula(extent: Extent) -> str:
    """Return the formula that counts the records which hold an answer."""
    filled = (f'({_stretch(extent, field.name).cells}<>"")' for field in answers(extent.sheet))
    return f"=SUMPRODUCT(--({'+'.join(filled)}>0))"


def _stretch(extent: Extent, name: str) -> Stretch:
    geometry = geometry_of(extent.sheet.layout)
    place = geometry.first + [field.name for field in extent.sheet.shown].index(name)
    return Stretch(extent.sheet.title, geometry, place, extent.count + BEYOND)


def _draw_figures(page: Worksheet, row: int, figures: Sequence[Figure], wear: Wardrobe) -> int:
    """Draw the figures in two columns, the second beside the first, and return the next free row."""
    _line(page, row, "主要数据", styles.SECTION, wear, height=24)
    half = -(-len(figures) // 2)
    for index in range(half * 2):
        at, column = row + 1 + index % half, 1 + 3 * (index // half)
        name, formula, unit = figures[index] if index < len(figures) else ("", "", "")
        _put(page, at, (column, column), name, styles.PLAIN, wear)
        _put(page, at, (column + 1, column + 1), "", styles.NUMBER, wear)
        _put(page, at, (column + 2, column + 2), unit, styles.CENTERED, wear)
        if formula:
            write_formula(cell_at(page, at, column + 1), formula)
        page.row_dimensions[at].height = 20
    return row + 1 + half + 1


def _draw_checks(page: Worksheet, row: int, workbook: Workbook, wear: Wardrobe) -> int:
    """Draw how many checks of the workbook's own page of checks are not passed, when it has such a page."""
    columns = _check_columns(workbook)
    if columns is None:
        return row
    level, state, said = columns
    broken = {one: f'COUNTIFS({level},"{one.value}",{state},"{_OPEN}"' for one in (Severity.ERROR, Severity.WARNING)}
    warnings = broken[Severity.WARNING]
    errors = f'="错误 "&{broken[Severity.ERROR]})&" 项"'
    explained = f'="警告 "&{warnings})&" 项，其中已说明 "&{warnings},{said},"<>")&" 项"'
    _put(page, row, (1, 1), "自检未通过", styles.LABEL, wear)
    for first, last, formula in ((2, 3, errors), (4, _WHOLE, explained)):
        _put(page, row, (first, last), "", styles.CENTERED, wear)
        write_formula(cell_at(page, row, first), formula)
    page.row_dimensions[row].height = 22
    return row + 2


def _check_columns(workbook: Workbook) -> tuple[str, str, str] | None:
    """Return the ranges of level, state and explanation on the page of checks, found by its header."""
    if SELF_CHECK not in workbook:
        return None
    page = workbook[SELF_CHECK]
    for number, row in enumerate(page.iter_rows(max_row=20), start=1):
        letters = {cell.value: cell.column_letter for cell in row if isinstance(cell, Cell) and cell.value}
        if {_LEVEL, _STATE, _SAID} <= letters.keys():
            top, last = number + 1, max(page.max_row, number + 1)
            ranges = (
                f"{SELF_CHECK}!${letters[name]}${top}:${letters[name]}${last}" for name in (_LEVEL, _STATE, _SAID)
            )
            level, state, said = ranges
            return level, state, said
    return None


def _draw_code(page: Worksheet, row: int, wear: Wardrobe) -> int:
    _put(page, row, (1, 1), CODE_LABEL, styles.LABEL, wear)
    _put(page, row, (2, _WHOLE), "", styles.CODE, wear)
    code = f"{SEAL_DATA}!{_CODE_CELL}"
    write_formula(cell_at(page, row, 2), f'=IF(ISERROR({code}),"{_NO_CODE}",{code})')
    page.row_dimensions[row].height = 36
    _line(page, row + 1, _ABOUT_CODE, styles.NOTES, wear, height=34)
    return row + 3


def _draw_signatures(page: Worksheet, row: int, wear: Wardrobe) -> int:
    """Draw the pledge, the places for the signatures and the seal, and return the last row."""
    _line(page, row, _PLEDGE, styles.PLEDGE, wear, height=30)
    for at, labels in enumerate(_SIGNATURES, start=row + 1):
        for column, label in zip((1, 4), labels, strict=True):
            _put(page, at, (column, column), label, styles.LABEL, wear)
            line = _DATE_LINE if label == "日期" else ""
            _put(page, at, (column + 1, column + 2), line, styles.CENTERED, wear)
        page.row_dimensions[at].height = 46
    last = row + 1 + len(_SIGNATURES)
    _put(page, last, (1, 1), "单位公章", styles.LABEL, wear)
    _put(page, last, (2, _WHOLE), "（盖章处）", styles.SEAL_PLACE, wear)
    page.row_dimensions[last].height = 170
    return last


def _line(page: Worksheet, row: int, text: str, style: Style, wear: Wardrobe, *, height: float) -> None:
    _put(page, row, (1, _WHOLE), text, style, wear)
    page.row_dimensions[row].height = height


def _put(page: Worksheet, row: int, columns: tuple[int, int], text: str, style: Style, wear: Wardrobe) -> None:
    """Write a text across some columns, merged when they are more than one."""
    first, last = columns
    for column in range(first, last + 1):
        wear.dress(cell_at(page, row, column), style)
    write_text(cell_at(page, row, first), text)
    if last > first:
        wear.merge(page, row, first, last)


def _draw_data(page: Worksheet, extents: Sequence[Extent]) -> None:
    """Draw the hidden sheet: the characters by their bits, the code, its halves, and what each field counts."""
    page.sheet_state = "veryHidden"
    for bit in range(BITS):
        write_text(page[formulas.sign_cell(bit).replace("$", "")], signs_with(bit))
    _draw_places(page)
    fields = [(extent, field) for extent in extents for field in sealed_fields(extent.sheet)]
    for row, (extent, field) in enumerate(fields, start=_FIRST_FIELD):
        _draw_sums(page, row, _stretch(extent, field.name), looked_at(extent.sheet, field))
    last = _FIRST_FIELD + len(fields) - 1
    for half, (cell, residues) in enumerate((("C2", "D"), ("D2", "E"))):
        write_formula(page[cell], formulas.total_formula(residues, _FIRST_FIELD, last, half))
    write_formula(page[_CODE_CELL], formulas.code_formula(("C2", "D2")))
    protect(page)


def _draw_places(page: Worksheet) -> None:
    """Write the numbers and weights of the places of a text, to the right and downwards."""
    for at, weight in enumerate(sign_weights()):
        for (row, column), number in ((formulas.PLACES_ACROSS, at + 1), (formulas.WEIGHTS_ACROSS, weight)):
            write_scalar(cell_at(page, row, column + at), Decimal(number))
        for (row, column), number in ((formulas.PLACES_DOWN, at + 1), (formulas.WEIGHTS_DOWN, weight)):
            write_scalar(cell_at(page, row + at, column), Decimal(number))


def _draw_sums(page: Worksheet, row: int, stretch: Stretch, signs: int) -> None:
    """Write what a field counts: its texts (A), both halves (B, C), and both cut to their moduli (D, E)."""
    write_formula(page[f"A{row}"], formulas.text_formula(stretch, signs))
    for half, (whole, residue) in enumerate((("B", "D"), ("C", "E"))):
        write_formula(page[f"{whole}{row}"], formulas.sum_formula(stretch, f"A{row}", half))
        write_formula(page[f"{residue}{row}"], formulas.residue_formula(f"{whole}{row}", half))
