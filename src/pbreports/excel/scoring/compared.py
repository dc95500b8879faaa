"""The sheet that lays side by side what the object says, what its data suggest, and what the group gives."""

from __future__ import annotations

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel import styles
from pbreports.excel.scoring.grid import ABOUT, FIRST, GEOMETRY, GIVEN, HEADER, NUMBER, finish, join
from pbreports.excel.scoring.plan import Advice, ScoringPlan, header_of, measured_title
from pbreports.excel.selfcheck.marking import WARNING_FILL
from pbreports.excel.sheets import Drawing
from pbreports.excel.text import cell_at, line_count, write_formula, write_scalar, write_text
from pbreports.values import Scalar

LINES = ("自评", "建议", "考评")
"""The lines of each object: its own points, those its data suggest, those of the group."""

_NOTES = (
    "只看不填：自评是单位报来的，建议分是按报送数据算的（没有的空着），考评分随前面的表变。考评分高于自评分的显示黄色。"
)
_ABOUT = ABOUT + 1
_WIDTHS = (11.0, 26.0, 7.0)
_NO_ADVICE = Advice()
_LINE_HEIGHT, _PAGE_WIDTH, _PAGE_HEIGHT = 17.0, 158.0, 740.0
"""How high a line is, and what fits on a page of A3 across at full size: half-width characters, points."""


def own_row(index: int) -> int:
    """Return the row of the own points of the object of an index, counted from 0."""
    return FIRST + len(LINES) * index


def advice_at(at: int) -> str:
    """Return the column of the indicator of a number, counted from 1."""
    return get_column_letter(_ABOUT + at)


def points_at(plan: ScoringPlan, at: int, row: str, given_row: str = "") -> str:
    """Return the expression of the points for the indicator of a number: those entered, else those measured.

    ``row`` and ``given_row`` are rows on the two sheets, as numbers or as cells that hold them.
    """
    title = quote_sheetname(plan.asked.sheet.title)
    entered = _cell(title, get_column_letter(ABOUT + at), row)
    measured = measured_title(plan.asked)
    if not measured:
        return f'IF({entered}<>"",{entered},"")'
    letter = get_column_letter(ABOUT + len(plan.asked.indicators) + at)
    return f'IF({entered}<>"",{entered},{_cell(quote_sheetname(measured), letter, given_row or row)})'


def _cell(title: str, letter: str, row: str) -> str:
    return f"{title}!{letter}{row}" if row.isdigit() else f"INDEX({title}!${letter}:${letter},{row})"


def draw_compared(page: Worksheet, plan: ScoringPlan, drawing: Drawing) -> None:
    """Draw the sheet: three lines for each object, the indicators across."""
    for place, width in enumerate((*_WIDTHS, *[7.0] * len(plan.asked.indicators)), start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    _draw_heading(page, plan, drawing)
    for index, one in enumerate(plan.objects):
        row = own_row(index)
        for place, text in enumerate((one.code, one.name), start=1):
            for line in range(len(LINES)):
                drawing.wear.dress(cell_at(page, row + line, place), GIVEN)
            write_text(cell_at(page, row, place), text)
            join(page, (row, place), (row + len(LINES) - 1, place))
        for line, label in enumerate(LINES):
            _put(page, row + line, _ABOUT, label, drawing)
            page.row_dimensions[row + line].height = _LINE_HEIGHT
        _draw_points(page, plan, index, drawing)
    count = len(plan.objects) * len(LINES)
    finish(page, _ABOUT + len(plan.asked.indicators), count, about=_ABOUT)
    _part(page, plan)
    _mark(page, plan)


def _part(page: Worksheet, plan: ScoringPlan) -> None:
    """Let no page end between the lines of an object; fitting to the width would drop the breaks, so it is scaled."""
    width = sum(_WIDTHS) + 7.0 * len(plan.asked.indicators)
    scale = min(1, _PAGE_WIDTH / width)
    heading = sum(page.row_dimensions[row].height or 0 for row in range(1, FIRST))
    fitting = max(1, int((_PAGE_HEIGHT / scale - heading) / (_LINE_HEIGHT * len(LINES))))
    for index in range(fitting, len(plan.objects), fitting):
        page.row_breaks.append(Break(id=own_row(index) - 1))
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    page.page_setup.scale = int(100 * scale)


def _draw_heading(page: Worksheet, plan: ScoringPlan, drawing: Drawing) -> None:
    last = _ABOUT + len(plan.asked.indicators)
    for row, text, style in ((1, f"{plan.title}  对照  {plan.group}", styles.TITLE), (2, _NOTES, styles.NOTES)):
        write_text(cell_at(page, row, 1), text)
        drawing.wear.dress(cell_at(page, row, 1), style)
        join(page, (row, 1), (row, last))
    page.row_dimensions[1].height, page.row_dimensions[2].height = 30, 20
    labels = [plan.asked.object, plan.asked.name[1], "", *map(header_of, plan.asked.indicators)]
    fulls: list[Scalar] = ["", "", "满分", *(one.full for one in plan.asked.indicators)]
    for place, (label, full) in enumerate(zip(labels, fulls, strict=True), start=1):
        write_text(cell_at(page, GEOMETRY.header, place), label)
        drawing.wear.dress(cell_at(page, GEOMETRY.header, place), HEADER)
        write_scalar(cell_at(page, GEOMETRY.header + 1, place), full)
        drawing.wear.dress(cell_at(page, GEOMETRY.header + 1, place), styles.REMARK)
    lines = [line_count(label, 6) for label in labels[_ABOUT:]]
    page.row_dimensions[GEOMETRY.header].height = 10 + 14.5 * max([*lines, 1])
    page.row_dimensions[GEOMETRY.header + 1].height = 20


def _draw_points(page: Worksheet, plan: ScoringPlan, index: int, drawing: Drawing) -> None:
    row, code = own_row(index), plan.objects[index].code
    for at, one in enumerate(plan.asked.indicators, start=1):
        known = plan.advice.get((code, one.code), _NO_ADVICE)
        _put(page, row, _ABOUT + at, known.own, drawing)
        _put(page, row + 1, _ABOUT + at, known.suggested, drawing)
        _put(page, row + 2, _ABOUT + at, None, drawing)
        write_formula(cell_at(page, row + 2, _ABOUT + at), f"={points_at(plan, at, str(FIRST + index))}")


def _put(page: Worksheet, row: int, column: int, value: Scalar, drawing: Drawing) -> None:
    cell = cell_at(page, row, column)
    write_scalar(cell, value)
    drawing.wear.dress(cell, NUMBER)


def _mark(page: Worksheet, plan: ScoringPlan) -> None:
    """Colour the group's points that are above the object's own."""
    if not plan.objects:
        return
    first, last = advice_at(1), advice_at(len(plan.asked.indicators))
    fill = PatternFill(fill_type="solid", start_color=WARNING_FILL, end_color=WARNING_FILL, bgColor=WARNING_FILL)
    for index in range(len(plan.objects)):
        row = own_row(index)
        rule = Rule("expression", dxf=DifferentialStyle(fill=fill))
        rule.formula = [f"AND(ISNUMBER({first}{row + 2}),ISNUMBER({first}{row}),{first}{row + 2}>{first}{row})"]
        page.conditional_formatting.add(f"{first}{row + 2}:{last}{row + 2}", rule)
