"""The first sheet of a blank workbook: who reports, which sheets, their state, and the declaration of no data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.layout import CONTENTS, geometry_of
from pbreports.excel.limits import Dropdowns, choice_limit
from pbreports.excel.measures import protect, set_print
from pbreports.excel.presets import answers
from pbreports.excel.styles import Style, Wardrobe
from pbreports.excel.text import cell_at, line_count, shortened, write_formula, write_text
from pbreports.scheme.model import Layout, Sheet
from pbreports.values import SheetState

TITLE_COLUMN, DECLARATION_COLUMN = "工作表", "零报送声明"
UNIT_LABEL, CODE_LABEL = "填报单位", "单位代码"
_COLUMNS = ("序号", TITLE_COLUMN, "填什么", "填报状态", DECLARATION_COLUMN)
_WIDTHS = (7, 28, 52, 13, 15)
_HEADER_ROW = 8
DATA, NONE = SheetState.FILLED.value, SheetState.NONE.value
_SHAPES = {Layout.LIST: "一行一条", Layout.UPRIGHT: "一列一条", Layout.FORM: "只填一份"}
_ADVICE = (
    "填报要点：①白底的格填写，灰底的格已锁定；★必填。②数字没有的填 0；整张表没有数据的，在上表“零报送声明”选“无”。"
    "③粘贴时请用“选择性粘贴→数值”，以免冲掉下拉和格式。④不要改表名、表头和增删列。⑤填完保存为 .xlsx，文件名不用改。"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the list of sheets; the ``warning`` in red."""

    title: str
    facts: tuple[tuple[str, str], ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """A sheet as issued: how many records it was preset with, how many it holds in all, whether it is declared empty."""

    sheet: Sheet
    preset: int
    count: int
    declared_none: bool = False


def draw_contents(
    page: Worksheet, heading: Heading, extents: Sequence[Extent], wear: Wardrobe, dropdowns: Dropdowns
) -> None:
    """Draw the sheet of contents."""
    for letter, width in zip("ABCDE", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _merged(page, 1, heading.title, styles.COVER, wear, height=42)
    if heading.warning:
        _merged(page, 2, heading.warning, styles.ALERTED, wear, height=24)
    for row, (label, text) in enumerate(heading.facts, start=3):
        _put(page, row, 2, label, styles.LABEL, wear)
        _put(page, row, 3, text, styles.PLAIN, wear)
        page.row_dimensions[row].height = 21
    for column, text in enumerate(_COLUMNS, start=1):
        _put(page, _HEADER_ROW, column, text, styles.HEADER, wear)
    page.row_dimensions[_HEADER_ROW].height = 24
    for index, extent in enumerate(extents):
        _draw_line(page, _HEADER_ROW + 1 + index, index + 1, extent, wear)
    _limit_declarations(page, extents, dropdowns)
    advice = _HEADER_ROW + len(extents) + 2
    _merged(page, advice, _ADVICE, styles.NOTES, wear, height=62)
    page.sheet_view.showGridLines = False
    page.freeze_panes = f"A{_HEADER_ROW + 1}"
    protect(page)
    set_print(page, landscape=False)


def declaration_cell(index: int) -> str:
    """Return the address of the declaration about the sheet of an index, counted from 0."""
    return f"E{_HEADER_ROW + 1 + index}"


def _draw_line(page: Worksheet, row: int, number: int, extent: Extent, wear: Wardrobe) -> None:
    sheet = extent.sheet
    about = "；".join(part for part in (_SHAPES[sheet.layout], sheet.note.partition("。")[0]) if part)
    _put(page, row, 1, str(number), styles.CENTERED, wear)
    _put(page, row, 2, sheet.title, styles.LINKED, wear)
    link = cell_at(page, row, 2)
    link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{quote_sheetname(sheet.title)}!A1", tooltip="点击打开")
    _put(page, row, 3, shortened(about, 44), styles.PLAIN, wear)
    state = cell_at(page, row, 4)
    write_formula(state, state_formula(extent, cell_at(page, row, 5).coordinate))
    wear.dress(state, styles.STATE)
    may_be_none = sheet.can_be_declared_none
    usual = DATA if may_be_none else "必报"
    declared = NONE if extent.declared_none or not extent.count else usual
    _put(page, row, 5, declared, styles.CHOICE if may_be_none else styles.STATE, wear)
    page.row_dimensions[row].height = 8 + 15 * line_count(shortened(about, 44), _WIDTHS[2] - 3)


def state_formula(extent: Extent, declaration: str) -> str:
    """Return the formula of a sheet's state: 无 when declared so, else 已填 as soon as one answer stands in it."""
    ranges = ",".join(_answer_ranges(extent))
    if not ranges:
        return f'=IF({declaration}="{NONE}","{NONE}","已填")'
    return f'=IF({declaration}="{NONE}","{NONE}",IF(COUNTA({ranges})>0,"已填","未填"))'


def _answer_ranges(extent: Extent) -> Iterable[str]:
    """Yield the ranges that hold answers: of preset records the open fields, of empty ones all."""
    sheet, geometry = extent.sheet, geometry_of(extent.sheet.layout)
    open_names = {field.name for field in answers(sheet)}
    shown = list(sheet.shown)
    given = [geometry.first + at for at, field in enumerate(shown) if field.name in open_names]
    free = [geometry.first + at for at, field in enumerate(shown) if not field.computed]
    for places, first, last in ((given, 0, extent.preset), (free, extent.preset, extent.count)):
        if first < last:
            for start, end in _runs(places):
                yield f"{quote_sheetname(sheet.title)}!{geometry.span(start, end, (first, last - 1))}"


def _runs(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield the first and last of each stretch of neighbouring places."""
    start = previous = None
    for place in places:
        if previous is None or place != previous + 1:
            if start is not None and previous is not None:
                yield start, previous
            start = place
        previous = place
    if start is not None and previous is not None:
        yield start, previous


def _limit_declarations(page: Worksheet, extents: Sequence[Extent], dropdowns: Dropdowns) -> None:
    rows = [_HEADER_ROW + 1 + at for at, extent in enumerate(extents) if extent.sheet.can_be_declared_none]
    if not rows:
        return
    limit = choice_limit((DATA, NONE), dropdowns, "整张表确实没有数据时选“无”，这张表就不用填。")
    for row in rows:
        limit.add(f"E{row}")
    page.add_data_validation(limit)


def _put(page: Worksheet, row: int, column: int, text: str, style: Style, wear: Wardrobe) -> None:
    cell = cell_at(page, row, column)
    write_text(cell, text)
    wear.dress(cell, style)


def _merged(page: Worksheet, row: int, text: str, style: Style, wear: Wardrobe, *, height: float) -> None:
    wear.merge(page, row, 1, len(_WIDTHS))
    write_text(cell_at(page, row, 1), text)
    wear.dress(cell_at(page, row, 1), style)
    page.row_dimensions[row].height = height


__all__ = [
    "CODE_LABEL",
    "CONTENTS",
    "DATA",
    "DECLARATION_COLUMN",
    "NONE",
    "TITLE_COLUMN",
    "UNIT_LABEL",
    "Extent",
    "Heading",
    "draw_contents",
]
