"""The wide sheet of points: what is entered, the live sum, what is still missing, the marks of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.scoring.grid import ABOUT, FIRST, GEOMETRY, Column, about_columns, plain_column
from pbreports.excel.scoring.measured import given_area, given_range
from pbreports.excel.scoring.plan import STATE, TOTAL, ScoringPlan, header_of, measured_title, points_sheet
from pbreports.excel.selfcheck.marking import ERROR_FILL, WARNING_FILL
from pbreports.excel.text import plain_number

UNTOUCHED, COMPLETE = "未打分", "齐"
_GIVEN_NAME = "_given_points"
_FULL = '"满分"General'


def points_columns(plan: ScoringPlan) -> tuple[Column, ...]:
    """Return the columns of the wide sheet."""
    sheet, indicators = points_sheet(plan.asked), plan.asked.indicators
    fields = sheet.fields[ABOUT:]
    points = [
        Column(field, one.full, _FULL, header=header_of(one)) for one, field in zip(indicators, fields, strict=False)
    ]
    total, state = fields[len(indicators) : len(indicators) + 2]
    full = sum((one.full for one in indicators), start=indicators[0].full * 0) if indicators else None
    return (
        *about_columns(sheet),
        *points,
        Column(total, full, _FULL, width=8.0, formula=lambda row: _total_formula(plan, row)),
        Column(state, "", width=8.5, formula=lambda row: _state_formula(plan, row)),
        *(plain_column(field) for field in fields[len(indicators) + 2 :]),
    )


def letter_of(plan: ScoringPlan, name: str) -> str:
    """Return the column of a field behind the indicators: the sum, what is missing, what is entered once."""
    behind = (TOTAL, STATE, *(one.name for fields in plan.asked.reviews.values() for one in fields))
    return get_column_letter(ABOUT + len(plan.asked.indicators) + behind.index(name) + 1)


def _entered(plan: ScoringPlan, row: int) -> str:
    return f"{GEOMETRY.address(row, ABOUT + 1)}:{GEOMETRY.address(row, ABOUT + len(plan.asked.indicators))}"


def _total_formula(plan: ScoringPlan, row: int) -> str:
    """Return the sum of a line: the points entered, and where none are the points that measured values give."""
    entered, given = _entered(plan, row), given_range(plan, row)
    if not given:
        return f'=IF(COUNT({entered})=0,"",SUM({entered}))'
    return f'=IF(COUNT({entered})+COUNT({given})=0,"",SUM({entered})+SUMIF({entered},"",{given}))'


def _state_formula(plan: ScoringPlan, row: int) -> str:
    """Return what a line still lacks, in words: nothing entered, indicators missing, points above the full ones."""
    entered, given = _entered(plan, row), given_range(plan, row)
    missing = f'SUMPRODUCT(({entered}="")*({given}=""))' if given else f"COUNTBLANK({entered})"
    full = f"${get_column_letter(ABOUT + 1)}${GEOMETRY.header + 1}"
    last = f"${get_column_letter(ABOUT + len(plan.asked.indicators))}${GEOMETRY.header + 1}"
    above = f"SUMPRODUCT(ISNUMBER({entered})*({entered}>{full}:{last}))"
    wrong = f"(COUNTA({entered})-COUNT({entered})+{above})"
    return (
        f'=IF({missing}={len(plan.asked.indicators)},"{UNTOUCHED}",IF({wrong}>0,"错"&{wrong}&"项",'
        f'IF({missing}>0,"缺"&{missing}&"项","{COMPLETE}")))'
    )


def mark_points(workbook: Workbook, page: Worksheet, plan: ScoringPlan) -> None:
    """Colour red the points that are no number, above the full ones or missing in a line that was begun."""
    count = len(plan.objects)
    if not count:
        return
    if measured_title(plan.asked):
        workbook.defined_names[_GIVEN_NAME] = DefinedName(_GIVEN_NAME, attr_text=given_area(plan), hidden=True)
    for area, formula, colour in _marks(plan, count):
        fill = PatternFill(fill_type="solid", start_color=colour, end_color=colour, bgColor=colour)
        rule = Rule("expression", dxf=DifferentialStyle(fill=fill), stopIfTrue=True)
        rule.formula = [formula]
        page.conditional_formatting.add(area, rule)


def _marks(plan: ScoringPlan, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield the areas with the condition on their first cell and its colour."""
    state = letter_of(plan, STATE)
    for at, one in enumerate(plan.asked.indicators, start=1):
        area, cell = GEOMETRY.span(ABOUT + at, ABOUT + at, (0, count - 1)), GEOMETRY.address(FIRST, ABOUT + at)
        full = plain_number(one.full)
        wrong = f'AND({cell}<>"",IF(ISNUMBER({cell}),OR({cell}<0,{cell}>{full}),TRUE))'
        yield area, wrong, ERROR_FILL
        yield area, f'AND({cell}="",{_is_not_measured(plan, cell, at)}${state}{FIRST}<>"{UNTOUCHED}")', ERROR_FILL
    area = f"{state}{FIRST}:{state}{FIRST + count - 1}"
    yield area, f'LEFT({state}{FIRST},1)="错"', ERROR_FILL
    yield area, f'{state}{FIRST}<>"{COMPLETE}"', WARNING_FILL


def _is_not_measured(plan: ScoringPlan, cell: str, at: int) -> str:
    """Return the condition that no measured value gives points for a cell, with the comma behind it."""
    if not measured_title(plan.asked):
        return ""
    letters = cell.rstrip("0123456789")
    return f'INDEX({_GIVEN_NAME},ROWS({letters}${FIRST}:{cell}),{at})="",'
