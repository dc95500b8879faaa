"""Values written into cells: each as what it is, a number, a day, a truth or a text, and never as a formula."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from pbreports.excel.filling.strings import escaped, has_forbidden, kept, needs_care, stripped
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.tags.display import PaperFigure, shown
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Fill
from pbreports.values import YearMonth

LONGEST = 32_767
"""Signs that a cell holds (Excel's specifications and limits)."""
_EXACT = 10**15
"""Spreadsheets keep fifteen digits of a number (the same)."""
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
"""The day before the first that spreadsheets count."""
FIRST_SAFE = date(1900, 3, 1)
"""Before that day Excel counts otherwise: it takes 1900 for a leap year."""
_SINCE_1904 = 1462


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell's style means for values: its index, and as what it shows numbers.

    ``general``: as they come; ``percent``: as percentages; ``days``: as days or times; ``text``: as they come, for it is
    the format of texts.
    """

    index: str = ""
    general: bool = True
    percent: bool = False
    days: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell in which a value is written: the markup before its style, its style, its place, the workbook's first day."""

    opening: str
    style: CellStyle
    place: Place
    since_1904: bool = False


def cell_of(value: object, spot: Spot, fill: Fill) -> str:
    """Return a cell of the template with a value in it."""
    if type(value) is str and 0 < len(value) <= LONGEST and not needs_care(value):
        return f'{spot.opening}{_style(spot.style.index)} t="inlineStr"><is>{kept(value)}</is></c>'
    writer = _WRITERS.get(type(value))
    return writer(value, spot, fill) if writer else _by_family(value, spot, fill)


def text_of(value: object, place: Place, fill: Fill) -> str:
    """Return a value as text within a text, as markup."""
    return escaped(words_of(value, place, fill))


def words_of(value: object, place: Place, fill: Fill) -> str:
    """Return a value as text, without the signs that no file can hold."""
    told = value if isinstance(value, str) else shown(value)
    if isinstance(told, Mapping | list | tuple | set):
        _refuse(value, place, fill)
        return ""
    text = told.unescape() if isinstance(told, Markup) else str(told)
    _check(text, place, fill)
    return stripped(text)


def _style(index: str) -> str:
    return f' s="{index}"' if index else ""


def _text(text: object, spot: Spot, fill: Fill) -> str:
    words = text.unescape() if isinstance(text, Markup) else str(text)
    if not words:
        return _blank(None, spot, fill)
    _check(words, spot.place, fill)
    return f'{spot.opening}{_style(spot.style.index)} t="inlineStr"><is>{kept(escaped(words))}</is></c>'


def _check(text: str, place: Place, fill: Fill) -> None:
    """Note what a text loses, and that it is too long for a cell."""
    if has_forbidden(text):
        fill.notices[f"{place}：去掉了文件里不能有的控制字符"] = None
    if len(text) > LONGEST:
        what = f"文字有{len(text)}个字，一格最多{LONGEST}个"
        note(fill, Problem("T-44", place, what, "请缩短文字"))


def _blank(_value: object, spot: Spot, _fill: Fill) -> str:
    return f"{spot.opening}{_style(spot.style.index)}/>"


def _whole(value: object, spot: Spot, fill: Fill) -> str:
    number = int(value)  # type: ignore[call-overload]
    if abs(number) >= _EXACT:
        return _text(str(number), spot, fill)
    return _numeral(str(number), spot.style.index, spot)


def _float(value: object, spot: Spot, fill: Fill) -> str:
    number = float(value)  # type: ignore[arg-type]
    if math.isfinite(number):
        return _numeral(repr(number), spot.style.index, spot)
    note(fill, Problem("T-10", spot.place, f"算出来的不是数（{value}）", "请核对数据"))
    return _blank(None, spot, fill)


def _decimal(value: object, spot: Spot, fill: Fill) -> str:
    number: Decimal = value  # type: ignore[assignment]
    if not number.is_finite() or number == number.to_integral_value():
        return (_whole if number.is_finite() else _float)(number, spot, fill)
    return _numeral(f"{number:f}", spot.style.index, spot)


def _fraction(value: object, spot: Spot, fill: Fill) -> str:
    exact: Fraction = value  # type: ignore[assignment]
    return _whole(exact, spot, fill) if exact.denominator == 1 else _float(exact, spot, fill)


def _numeral(digits: str, index: str, spot: Spot) -> str:
    return f"{spot.opening}{_style(index)}><v>{digits}</v></c>"


def _truth(value: object, spot: Spot, _fill: Fill) -> str:
    return f'{spot.opening}{_style(spot.style.index)} t="b"><v>{int(bool(value))}</v></c>'


def _day(value: object, spot: Spot, fill: Fill) -> str:
    day: date = value  # type: ignore[assignment]
    moment = day.replace(tzinfo=None) if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    if moment.date() < FIRST_SAFE or (spot.since_1904 and moment.year < 1904):
        return _text(shown(value), spot, fill)
    elapsed = moment - FIRST_DAY - timedelta(days=_SINCE_1904 if spot.since_1904 else 0)
    whole = elapsed / timedelta(days=1)
    digits = repr(whole) if elapsed.seconds or elapsed.microseconds else str(elapsed.days)
    return _timed(digits, "moment" if isinstance(value, datetime) else "day", value, spot, fill)


def _timed(digits: str, kind: str, value: object, spot: Spot, fill: Fill) -> str:
    """Write a day or time; where the cell would show it as a mere number, in a format that shows what it is."""
    if spot.style.text:
        return _text(shown(value), spot, fill)
    index = spot.style.index if spot.style.days else _restyled(spot, kind, fill)
    return _numeral(digits, index, spot)


def _time(value: object, spot: Spot, fill: Fill) -> str:
    clock: time = value  # type: ignore[assignment]
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    return _timed(repr(seconds / 86_400), "time", f"{clock:%H:%M}", spot, fill)


def _figure(value: object, spot: Spot, fill: Fill) -> str:
    """Write a figure; where the cell has no format of its own, with the digits that a paper prints."""
    paper: PaperFigure = value  # type: ignore[assignment]
    figure = paper.figure
    if figure.value is None:
        return _text(str(paper), spot, fill)
    number, index = Fraction(figure.value), spot.style.index
    if spot.style.text and figure.unit == "%":
        return _text(str(paper), spot, fill)
    if spot.style.general or spot.style.text:
        places = figure.places
        if places is None and (figure.unit == "%" or number.denominator != 1):
            places = 1 if figure.unit == "%" or isinstance(figure.value, Fraction) else None
        number = number if places is None else Fraction(round_half_up(number, places))
    if figure.unit == "%" and (spot.style.general or spot.style.percent):
        kind = "whole" if number == 100 else "percent"
        index, number = spot.style.index if spot.style.percent else _restyled(spot, kind, fill), number / 100
    exact = number.numerator if number.denominator == 1 else float(number)
    return _numeral(repr(exact), index, spot)


def _restyled(spot: Spot, kind: str, fill: Fill) -> str:
    """Return the style for a value that the cell's own format would not show as what it is."""
    made: dict[tuple[str, str], str] = fill.extra.setdefault("styles", {})
    first: int = fill.extra.get("first style", 0)
    return made.setdefault((spot.style.index or "0", kind), str(first + len(made)))


def _by_family(value: object, spot: Spot, fill: Fill) -> str:
    """Write a value of a class that was derived from one of those known."""
    for family, writer in _WRITERS.items():
        if isinstance(value, family):
            return writer(value, spot, fill)
    if isinstance(value, Mapping | list | tuple | set):
        _refuse(value, spot.place, fill)
        return _blank(None, spot, fill)
    return _text(shown(value), spot, fill)


def _refuse(_value: object, place: Place, fill: Fill) -> None:
    what = "这是整个名单，一格里放不下"
    note(fill, Problem("T-43", place, what, '请写明列，如“名单.列”，或用 |列("列")|顿号 连成一句'))


def note(fill: Fill, problem: Problem) -> None:
    """Note a problem that only the values bring about; the filling tells of all of them at its end."""
    fill.extra.setdefault("problems", {}).setdefault(str(problem), problem)


Writer = Callable[[object, Spot, Fill], str]

_WRITERS: dict[type, Writer] = {
    str: _text,
    type(None): _blank,
    bool: _truth,
    int: _whole,
    float: _float,
    Decimal: _decimal,
    Fraction: _fraction,
    PaperFigure: _figure,
    datetime: _day,
    date: _day,
    time: _time,
    YearMonth: lambda value, spot, fill: _text(shown(value), spot, fill),
    Markup: _text,
}
