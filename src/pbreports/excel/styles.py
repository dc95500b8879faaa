"""How our workbooks look: a few named styles, the same in every sheet.

White cells are to be filled, pale grey ones are not; headers are grey-blue.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

SONG, HEI = "宋体", "黑体"
INK, MUTED, ALERT, LINK = "FF1F2A37", "FF6B7280", "FFC00000", "FF1F4E79"
HEADER_FILL, REMARK_FILL, LOCKED_FILL, LINE = "FFD6E0EC", "FFEEF2F7", "FFF1F2F4", "FFB7C1CE"

_LOOK = "_style"
"""Where openpyxl keeps a cell's look; its manual copies a look this way, but the type stubs leave it out."""

_CELLS, _COLOURS = "_cells", "_differential_styles"
"""Where openpyxl keeps the cells of a sheet, and the looks that its rules give."""

_SIDE = Side(style="thin", color=LINE)
_BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_NOTHING = Border()


@dataclass(frozen=True, slots=True)
class Style:
    """One look of a cell; ``open`` cells may be filled while the sheet is protected."""

    name: str
    size: float = 11
    font: str = SONG
    bold: bool = False
    color: str = INK
    fill: str = ""
    boxed: bool = True
    open: bool = False
    number_format: str = "General"
    across: str = "left"
    upward: str = "center"
    wrap: bool = True


TITLE = Style("报送标题", size=16, font=HEI, boxed=False, wrap=False)
NOTES = Style("报送说明", size=10, color=MUTED, boxed=False, upward="top")
HEADER = Style("报送表头", font=HEI, fill=HEADER_FILL, across="center")
REQUIRED_HEADER = Style("报送必填表头", font=HEI, fill=HEADER_FILL, across="center", color=ALERT)
LINE_HEADER = Style("报送行头", font=HEI, fill=HEADER_FILL)
REQUIRED_LINE_HEADER = Style("报送必填行头", font=HEI, fill=HEADER_FILL, color=ALERT)
REMARK = Style("报送注", size=9, color=MUTED, fill=REMARK_FILL, across="center")
LINE_REMARK = Style("报送行注", size=9, color=MUTED, fill=REMARK_FILL)
PLAIN = Style("报送文字")
CENTERED = Style("报送居中", across="center")
NUMBER = Style("报送数字", across="right", number_format="General")
DATE = Style("报送日期", across="center", number_format="yyyy-mm-dd")
LINKED = Style("报送链接", color=LINK)
STATE = Style("报送状态", across="center", fill=LOCKED_FILL)
CHOICE = Style("报送声明", across="center", open=True)
COMPUTED = Style("报送自动计算", size=9, color=MUTED, fill=LOCKED_FILL, across="center")
COVER = Style("报送封面题", size=20, font=HEI, boxed=False, across="center", wrap=False)
ALERTED = Style("报送警示", size=12, font=HEI, bold=True, color=ALERT, boxed=False, across="center")
SECTION = Style("报送小标题", size=12, font=HEI, boxed=False, wrap=False)
CODE = Style("报送校验码", size=20, font="Courier New", bold=True, across="center", wrap=False)
PLEDGE = Style("报送承诺", size=12, boxed=False)
SEAL_PLACE = Style("报送盖章处", color=MUTED, across="right", upward="bottom")
LABEL = Style("报送标签", font=HEI, fill=HEADER_FILL, across="center")


def entry(number_format: str, *, locked: bool, across: str) -> Style:
    """Return the look of a cell that holds data, to be filled or locked."""
    kind = "锁定" if locked else "填报"
    fill = LOCKED_FILL if locked else ""
    name = f"报送{kind}{_FORMAT_NAMES.get(number_format, number_format)}{across}"
    return Style(name, fill=fill, open=not locked, number_format=number_format, across=across)


_FORMAT_NAMES = {"@": "文本", "0": "整数", "yyyy-mm-dd": "日期", "General": "常规"}


_Merge = tuple[tuple[int, ...], tuple[int, ...], bool]
"""The looks of the first and the last cell before they are merged, and whether there are any between them."""

_Stretch = tuple[StyleArray | None, StyleArray | None, StyleArray | None]
"""The looks of the first cell, of those between and of the last when they are merged."""


class Wardrobe:
    """The named styles of one workbook, added to it when first worn."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._worn: dict[str, NamedStyle] = {}
        self._numbers: dict[str, StyleArray] = {}
        self._merged: dict[_Merge, _Stretch] = {}

    def __call__(self, style: Style) -> NamedStyle:
        """Return the workbook's named style for a look."""
        named = self._worn.get(style.name)
        if named is None:
            named = self._worn[style.name] = _named(style, self._free(style.name))
            self._workbook.add_named_style(named)
        return named

    def _free(self, name: str) -> str:
        """Return the name, made longer while a workbook that was opened has a style called so."""
        while name in self._workbook.named_styles:
            name += "1"
        return name

    def dress(self, cell: Cell, style: Style) -> None:
        """Give a cell a look; from the second time on by its numbers, since looking a named style up is slow."""
        numbers = self._numbers.get(style.name)
        if numbers is None:
            cell.style = self(style)
            self._numbers[style.name] = copy(getattr(cell, _LOOK))
        else:
            setattr(cell, _LOOK, copy(numbers))

    def merge(self, page: Worksheet, row: int, first: int, last: int) -> None:
        """Merge the cells of a row from a first to a later column; only the first keeps its value.

        How the covered cells look, so that the border closes, openpyxl works out slowly: from the second time on it
        is copied.
        """
        cells = getattr(page, _CELLS)
        start = page.cell(row, first)
        known = (_numbers_of(start), _numbers_of(cells.get((row, last))), last - first > 1)
        looks = self._merged.get(known)
        if looks is None:
            page.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)
            one, between, end = (copy(getattr(cells[row, at], _LOOK)) for at in (first, first + 1, last))
            self._merged[known] = one, between, end
            return
        page.merged_cells.add(CellRange(min_row=row, min_col=first, max_row=row, max_col=last))
        setattr(start, _LOOK, copy(looks[0]))
        for column in range(first + 1, last + 1):
            cells[row, column] = MergedCell(page, row, column)
            setattr(cells[row, column], _LOOK, copy(looks[2 if column == last else 1]))


def _numbers_of(cell: Cell | MergedCell | None) -> tuple[int, ...]:
    return tuple(getattr(cell, _LOOK, None) or ())


def colour_of(workbook: Workbook, look: DifferentialStyle) -> int:
    """Return the number of a look in a workbook, for rules that colour cells.

    A rule with the number is written much faster than one with the look, which is compared with all others.
    """
    number: int = getattr(workbook, _COLOURS).add(look)
    return number


def _named(style: Style, name: str) -> NamedStyle:
    return NamedStyle(
        name=name,
        font=Font(name=style.font, size=style.size, bold=style.bold, color=style.color, charset=134),
        fill=PatternFill("solid", start_color=style.fill, end_color=style.fill) if style.fill else PatternFill(),
        border=_BOX if style.boxed else _NOTHING,
        alignment=Alignment(
            horizontal=style.across,
            vertical=style.upward,
            wrap_text=style.wrap,
            indent=int(style.boxed and style.across != "center"),
        ),
        number_format=style.number_format,
        protection=Protection(locked=not style.open),
    )
