"""The pages to be signed: one upright A4 page for each object, its points following the sheet on which they are entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.scoring.compared import advice_at, own_row, points_at
from pbreports.excel.scoring.grid import A4, join
from pbreports.excel.scoring.plan import COMPARED, ScoringPlan, measured_title
from pbreports.excel.scoring.points import letter_of
from pbreports.excel.sheets import Drawing
from pbreports.excel.styles import Style
from pbreports.excel.text import cell_at, line_count, write_formula, write_scalar
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Scalar

Spot = tuple[int, int, Scalar, Style]
"""A cell of a line: from which column to which, what stands there, how it looks."""

_HEADERS = ("一级指标", "代码", "考评内容", "满分", "自评分", "建议分", "考评分", "扣分原因")
_WIDTHS = (11.0, 6.0, 31.0, 6.5, 7.5, 7.5, 7.5, 16.0)
_LAST = len(_WIDTHS)
_OWN, _SUGGESTED, _GIVEN = 5, 6, 7
_ROWS_AT = _LAST + 2
"""The column in which the rows of an object on the other sheets stand, outside what is printed."""

_SIGNATURES = ("考评组签字", "党组织书记签字")
_DATE_LINE = "年    月    日"
_LINE_HEIGHT = 15.0
_PAGE_WIDTH, _PAGE_HEIGHT, _SMALLEST = 75.0, 760.0, 40
"""What fits on a page at full size, in half-width characters and points, and the smallest percentage to print at."""

_TITLE = replace(styles.COVER, name="考评签字题", size=16)
_SMALL = replace(styles.PLAIN, name="考评签字文", size=10)
_SMALL_CENTERED = replace(styles.CENTERED, name="考评签字中", size=10)
_SMALL_NUMBER = replace(styles.CENTERED, name="考评签字数", size=10)
_STRONG_NUMBER = replace(styles.CENTERED, name="考评签字分", bold=True)
_HIDDEN = replace(styles.PLAIN, name="考评行号", boxed=False, color="FFFFFFFF", size=8)


def draw_signed(page: Worksheet, plan: ScoringPlan, drawing: Drawing) -> None:
    """Draw the pages, one below the other, each ended by a page break."""
    for place, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.column_dimensions[get_column_letter(_ROWS_AT)].hidden = True
    row, height = 1, 0.0
    for index in range(len(plan.objects)):
        block = _Block(page, plan, index, row, drawing)
        block.draw()
        row, height = block.next_row, max(height, block.height)
        page.row_breaks.append(Break(id=row - 1))
    _set_up(page, row - 1, height)


def _set_up(page: Worksheet, last: int, height: float) -> None:
    """Set the sheet to A4 upright, so small that a page holds an object; fitting to pages would drop the breaks."""
    page.sheet_view.showGridLines = False
    page.protection.sheet = True
    page.protection.formatRows = page.protection.formatColumns = False
    page.page_setup.paperSize, page.page_setup.orientation = A4, "portrait"
    page.page_setup.scale = max(_SMALLEST, int(100 * min(1, _PAGE_WIDTH / sum(_WIDTHS), _PAGE_HEIGHT / (height or 1))))
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.4, 0.5
    page.print_options.horizontalCentered = True
    page.print_area = f"A1:{get_column_letter(_LAST)}{max(last, 1)}"
    page.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))


class _Block:
    """The page of one object."""

    def __init__(self, page: Worksheet, plan: ScoringPlan, index: int, row: int, drawing: Drawing) -> None:
        self._page, self._plan, self._drawing = page, plan, drawing
        self._one, self._own_row = plan.objects[index], own_row(index)
        self._top = self.next_row = row
        self.height = 0.0

    def draw(self) -> None:
        """Draw the page."""
        self._draw_heading()
        first = self.next_row
        for at in range(1, len(self._plan.asked.indicators) + 1):
            self._draw_indicator(at)
        self._merge_parts(first)
        self._draw_total(first)
        self._draw_reviews()
        self._draw_signatures()

    def _draw_heading(self) -> None:
        self._line(((1, _LAST, self._plan.title, _TITLE),), 34)
        self._draw_rows()
        self._line(self._facts((self._plan.asked.object, self._one.code), ("考评组", self._plan.group)), 22)
        name = ((1, 2, "考评对象", styles.LABEL), (3, _LAST, self._one.name, _SMALL))
        self._line(name, 8 + _LINE_HEIGHT * line_count(self._one.name, sum(_WIDTHS[2:]) - 4))
        headers = tuple((at, at, text, styles.HEADER) for at, text in enumerate(_HEADERS, start=1))
        self._line(headers, 24)

    def _draw_rows(self) -> None:
        """Write on which rows of the other sheets the object stands, found by its code."""
        titles = [one for one in (self._plan.asked.sheet.title, measured_title(self._plan.asked)) if one]
        code = f"$C${self._top + 1}"
        for at, title in enumerate(titles):
            cell = cell_at(self._page, self._top + at, _ROWS_AT)
            write_formula(cell, f"=MATCH({code},{quote_sheetname(title)}!$A:$A,0)")
            self._drawing.wear.dress(cell, _HIDDEN)

    def _row_cell(self, at: int) -> str:
        return f"${get_column_letter(_ROWS_AT)}${self._top + at}"

    def _draw_indicator(self, at: int) -> None:
        one, row = self._plan.asked.indicators[at - 1], self.next_row
        texts = ((1, one.part, _SMALL_CENTERED), (2, one.code, _SMALL_CENTERED), (3, one.text, _SMALL))
        cells: list[tuple[int, Scalar, Style]] = [
            *texts,
            (4, one.full, _SMALL_NUMBER),
            (5, None, _SMALL_NUMBER),
            (6, None, _SMALL_NUMBER),
        ]
        cells += [(_GIVEN, None, _STRONG_NUMBER), (_LAST, None, _SMALL)]
        lines = line_count(one.text, (_WIDTHS[2] - 3) * 1.1)
        self._line(tuple((place, place, value, style) for place, value, style in cells), 9 + _LINE_HEIGHT * lines)
        for place, below in ((_OWN, 0), (_SUGGESTED, 1)):
            known = f"{quote_sheetname(COMPARED)}!{advice_at(at)}{self._own_row + below}"
            self._formula(row, place, f'=IF({known}="","",{known})')
        points = points_at(self._plan, at, self._row_cell(0), self._row_cell(1))
        self._formula(row, _GIVEN, f'=IF(ISNA({self._row_cell(0)}),"",{points})')

    def _merge_parts(self, first: int) -> None:
        """Join the cells of the indicators of one part, where they stand together."""
        parts = [one.part for one in self._plan.asked.indicators]
        start = 0
        for at in range(1, len(parts) + 1):
            if at == len(parts) or parts[at] != parts[start]:
                if at - start > 1:
                    join(self._page, (first + start, 1), (first + at - 1, 1))
                start = at

    def _draw_total(self, first: int) -> None:
        """Draw the sums, each only when all of its column is there: nobody signs half a sum."""
        row, last = self.next_row, self.next_row - 1
        full = sum((one.full for one in self._plan.asked.indicators), start=Decimal(0))
        cells: list[Spot] = [(1, 3, "合计", styles.LABEL), (4, 4, full, _SMALL_NUMBER)]
        cells += [(at, at, None, _STRONG_NUMBER) for at in (_OWN, _SUGGESTED, _GIVEN)]
        self._line((*cells, (_LAST, _LAST, None, _SMALL)), 24)
        for place in (_OWN, _SUGGESTED, _GIVEN):
            area = f"{get_column_letter(place)}{first}:{get_column_letter(place)}{last}"
            self._formula(row, place, f'=IF(COUNT({area})=ROWS({area}),SUM({area}),"")')

    def _draw_reviews(self) -> None:
        """Draw what is entered once for the object: short things two in a line, texts in a line of their own."""
        fields = [one for some in self._plan.asked.reviews.values() for one in some]
        texts = [one for one in fields if one.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT)]
        short = [one for one in fields if one not in texts]
        for start in range(0, len(short), 2):
            self._draw_pair(short[start : start + 2])
        for one in texts:
            row = self.next_row
            self._line(((1, 2, one.name, styles.LABEL), (3, _LAST, None, _SMALL)), 28)
            self._formula(row, 3, self._live(self._letter(one)))

    def _draw_pair(self, pair: Sequence[Field]) -> None:
        row = self.next_row
        names = [_named(one) for one in pair] + [""] * (2 - len(pair))
        cells = ((1, 2, names[0], styles.LABEL), (3, 3, None, _SMALL_CENTERED))
        self._line((*cells, (4, 6, names[1], styles.LABEL), (7, _LAST, None, _SMALL_CENTERED)), 22)
        for one, place in zip(pair, (3, 7), strict=False):
            self._formula(row, place, self._live(self._letter(one)))
            if one.kind is FieldKind.DATE:
                cell_at(self._page, row, place).number_format = "yyyy-mm-dd"

    def _letter(self, field: Field) -> str:
        return letter_of(self._plan, field.name)

    def _live(self, letter: str) -> str:
        """Return the formula of what stands in a column of the object's line on the sheet of points."""
        title = quote_sheetname(self._plan.asked.sheet.title)
        cell = f"INDEX({title}!${letter}:${letter},{self._row_cell(0)})"
        return f'=IF(ISNA({self._row_cell(0)}),"",IF({cell}="","",{cell}))'

    def _draw_signatures(self) -> None:
        for label in _SIGNATURES:
            cells = ((1, 2, label, styles.LABEL), (3, 3, None, _SMALL))
            date = ((4, 5, "日期", styles.LABEL), (6, _LAST, _DATE_LINE, _SMALL_CENTERED))
            self._line((*cells, *date), 40)

    def _facts(self, *pairs: tuple[str, str]) -> tuple[Spot, ...]:
        (one, text), (other, more) = pairs
        return (
            (1, 2, one, styles.LABEL),
            (3, 3, text, _SMALL),
            (4, 5, other, styles.LABEL),
            (6, _LAST, more, _SMALL),
        )

    def _line(self, cells: Sequence[Spot], height: float) -> None:
        """Write cells across some columns each, and go on to the next row."""
        for first, last, value, style in cells:
            for place in range(first, last + 1):
                self._drawing.wear.dress(cell_at(self._page, self.next_row, place), style)
            write_scalar(cell_at(self._page, self.next_row, first), value)
            if last > first:
                join(self._page, (self.next_row, first), (self.next_row, last))
        self._page.row_dimensions[self.next_row].height = height
        self.next_row, self.height = self.next_row + 1, self.height + height

    def _formula(self, row: int, place: int, formula: str) -> None:
        write_formula(cell_at(self._page, row, place), formula)


def _named(field: Field) -> str:
    return f"{field.name}（{field.unit}）" if field.unit else field.name
