"""Months of a year as people write them (出生年月); a closed list of forms.

A month is kept as text, so a month written with a digit, a point or 年 and 月 needs no repair. 1985.1 is doubtful:
a spreadsheet makes it of 1985.10.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.excel.typed.dates import (
    EARLY,
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    NEITHER,
    YEAR,
    day_of,
    day_of_serial,
    is_early,
    plainly,
    reasons,
    small,
    sound,
    why_not,
    year_in,
)
from pbreports.excel.typed.reading import BLANK, Reader, Reading, corrected, doubtful, shown
from pbreports.scheme.model import Field
from pbreports.values import YearMonth

UNUSUAL = "不规范的年月"
DAY_LEFT_OUT = "年月栏里的日"
NUMBER_MONTH = "以数字存放的年月"
SERIAL = "像是被改成数字的年月"
JANUARY = "分不清1月和10月的年月"

REMEDY = "请写成 1985-03 的样子"

_PLAIN = re.compile(r"(?:(\d{4})[-./](\d{1,2})|(\d{4})年(\d{1,2})(?:月份?)?|(\d{4})(\d{2}))", re.ASCII)
_FORMS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{YEAR} ?[-./] ?{MONTH}",
        rf"{YEAR} ?年 ?{MONTH} ?(?:月份?)?",
        rf"{YEAR} {MONTH}",
        r"(?P<year>\d{4})(?P<month>\d{2})",
    )
)
_DAY = r"(?:\d{1,2}|[〇○零]?[一二三四五六七八九]|[一二三]?十[一二三四五六七八九]?)"
_WITH_DAY = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{YEAR} ?(?P<mark>[-./]) ?{MONTH} ?(?P=mark) ?(?P<day>{_DAY})(?: 0{{1,2}}:00(?::00)?)?",
        rf"{YEAR} ?年 ?{MONTH} ?月 ?(?P<day>{_DAY}) ?[日号]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_NO_MONTH = (*reasons((r"\d{4}年?|[〇○零一二三四五六七八九]{4}年?", "缺月", "缺少月，{}")), *NEITHER)
_POINTED = re.compile(r"(\d{4})\.(\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})", re.ASCII)


def month_reader(_field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds months."""
    return lambda cell: read_month(cell, date1904=date1904)


def read_month(cell: Cell, *, date1904: bool = False) -> Reading:
    """Return the month a cell names; a blank is blank.

    Raises:
        Misread: when it names no month, or not surely one.
    """
    value = cell.value
    if isinstance(value, str):
        return _plain_month(value) or _month_in(value)
    if isinstance(value, date):
        month = _month_of(sound(value, str(value)))
        if is_early(value):
            return doubtful(month, EARLY)
        return Reading(month) if value.day == 1 else corrected(month, DAY_LEFT_OUT)
    if isinstance(value, Decimal):
        return _month_of_number(value, date1904=date1904)
    raise Misread("不是年月", shown(cell), REMEDY)


def _plain_month(text: str) -> Reading | None:
    """Return the month of the usual forms, ``None`` when it is another."""
    found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    year, month = (int(part) for part in found.groups() if part)
    value = _month_at(year, month, text)
    return doubtful(value, JANUARY) if text.endswith(".1") else Reading(value)


def _month_in(text: str) -> Reading:
    plain = plainly(text)
    if not plain:
        return BLANK
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            month = _month_at(year_in(found), small(found["month"]), text)
            return doubtful(month, JANUARY) if plain.endswith(".1") else corrected(month, UNUSUAL)
    for form in _WITH_DAY:
        found = form.fullmatch(plain)
        if found:
            return corrected(_month_with_day(found, text), DAY_LEFT_OUT)
    raise why_not(plain, _NO_MONTH, Misread("不是年月", text, REMEDY))


def _month_with_day(found: re.Match[str], text: str) -> YearMonth:
    """Return the month of a match that also has a day; 00 is how files say that the day is not known."""
    if not found["day"].strip("0"):
        return _month_at(year_in(found), small(found["month"]), text)
    return _month_of(day_of(found, text))


def _month_of_number(number: Decimal, *, date1904: bool) -> Reading:
    text = f"{number:f}"
    found = _COMPACT.fullmatch(text) or _POINTED.fullmatch(text)
    if found is None:
        refused = why_not(text, _NO_MONTH, Misread("不是年月", text, REMEDY))
        day = day_of_serial(number, refused, REMEDY, date1904=date1904)
        return doubtful(_month_of(day), SERIAL)
    if text.endswith(".1"):
        raise Misread("一月或十月", text, f"分不清是1月还是10月，{REMEDY}")
    return corrected(_month_at(int(found[1]), int(found[2]), text), NUMBER_MONTH)


def _month_at(year: int, month: int, text: str) -> YearMonth:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Misread("年份", text, "请核对年份")
    if not 1 <= month <= 12:
        raise Misread("没有这个月", text, "没有这个月，请核对")
    return YearMonth(year, month)


def _month_of(day: date) -> YearMonth:
    return YearMonth(day.year, day.month)
