"""How a measured value becomes points, as a formula; the sheet on which the values are entered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from openpyxl.utils import get_column_letter, quote_sheetname

from pbreports.excel.scoring.grid import ABOUT, FIRST, Column, about_columns
from pbreports.excel.scoring.plan import ScoringPlan, header_of, measured_sheet, measured_title
from pbreports.excel.text import plain_number
from pbreports.scheme.scoring import Indicator, Measure

_BELOW = {Measure.RATE: "百分数", Measure.BANDS: "数", Measure.YES_NO: "1是 0否"}


def measured_columns(plan: ScoringPlan) -> tuple[Column, ...]:
    """Return the columns of the sheet of measured values; none where no indicator has any."""
    sheet = measured_sheet(plan.asked)
    if sheet is None:
        return ()
    indicators, fields = plan.asked.indicators, sheet.fields[ABOUT:]
    entered = [
        Column(field, _below(one), is_open=one.is_measured, header=header_of(one))
        for one, field in zip(indicators, fields, strict=False)
    ]
    given = [
        Column(field, one.full, _FULL, formula=_formula_at(one, ABOUT + at, plan.asked.points.places))
        for at, (one, field) in enumerate(zip(indicators, fields[len(indicators) :], strict=True), start=1)
    ]
    return (*about_columns(sheet), *entered, *given)


_FULL = '"满分"General'


def given_range(plan: ScoringPlan, row: int) -> str:
    """Return the cells of a line on the sheet of measured values that hold the points they give, empty for no sheet."""
    title = measured_title(plan.asked)
    if not title:
        return ""
    first, last = given_letters(plan)
    return f"{quote_sheetname(title)}!{first}{row}:{last}{row}"


def given_area(plan: ScoringPlan) -> str:
    """Return all cells that hold the points that measured values give; there is a sheet of them."""
    first, last = given_letters(plan)
    title = quote_sheetname(measured_title(plan.asked))
    return f"{title}!${first}${FIRST}:${last}${FIRST + max(len(plan.objects), 1) - 1}"


def given_letters(plan: ScoringPlan) -> tuple[str, str]:
    """Return the first and the last column of the points that measured values give."""
    count = len(plan.asked.indicators)
    return get_column_letter(ABOUT + count + 1), get_column_letter(ABOUT + 2 * count)


def _below(one: Indicator) -> str:
    if not one.is_measured or one.measure is None:
        return "直接打分"
    return _BELOW.get(one.measure) or f"每次扣{one.deduction:f}"


def _formula_at(one: Indicator, place: int, places: int) -> Callable[[int], str]:
    return lambda row: points_formula(one, f"{get_column_letter(place)}{row}", places)


def points_formula(one: Indicator, cell: str, places: int) -> str:
    """Return the formula of the points that the measured value in a cell gives, empty text where there is none.

    Every amount is in points; a rate is rounded to the places of the points, half up.
    """
    inner = _given(one, cell, places) if one.is_measured else '""'
    return f'=IF(ISNUMBER({cell}),{inner},"")'


def _given(one: Indicator, cell: str, places: int) -> str:
    full, floor = _plain(one.full), _plain(one.floor)
    if one.measure is Measure.DEDUCTION:
        return f"MAX({floor},{full}-{_plain(one.deduction or Decimal(0))}*{cell})"
    if one.measure is Measure.RATE:
        return f"MAX({floor},ROUND({full}*{cell}/100,{places}))"
    if one.measure is Measure.YES_NO:
        return f"IF({cell}=1,{full},{floor})"
    found = floor
    for limit, points in reversed(one.bands):
        found = f"IF({cell}>={_plain(limit)},{_plain(points)},{found})"
    return found


def _plain(number: Decimal) -> str:
    return str(plain_number(number))
