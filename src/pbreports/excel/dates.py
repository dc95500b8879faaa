"""Dates and months as people write them in Chinese workbooks; a closed list of forms, and nothing is guessed.

Two-digit years are refused: no rule tells 1931 from 2031.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.values import YearMonth

_TEXT_DATE = "以文本存放的日期"
_NUMBER_DATE = "以数字存放的日期"
_DAY_LEFT_OUT = "年月栏里的日"

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:T?00:00(?::00)?)?", re.ASCII)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})(?:月份?)?", re.ASCII)
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_SHORT_YEAR = re.compile(r"'?\d{2}[-./年]\d{1,2}.*", re.ASCII)
_STRANGE = str.maketrans({"。": ".", "、": ".", "−": "-", "–": "-", "—": "-", "·": "."})

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050  # 1927-05-18 to 2099-12-31 in the calendar that begins in 1900
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

_DATE_REMEDY = "请写成 2020-9-1 的样子"
_MONTH_REMEDY = "请写成 1985-03 的样子"


def read_date(cell: Cell, *, date1904: bool = False) -> tuple[date | None, str]:
    """Return the day a cell names and what had to be repaired to read it; a blank gives ``None``.

    Raises:
        Misread: when it names no day, or not surely one.
    """
    value = cell.value
    if isinstance(value, date):
        return _sound(value.date() if isinstance(value, datetime) else value, str(value)), ""
    if isinstance(value, str):
        text = _plain(value)
        return (_date_in(text, value) if text else None), (_TEXT_DATE if text else "")
    if isinstance(value, Decimal):
        return _date_of_number(value, date1904=date1904), _NUMBER_DATE
    raise Misread("不是日期", str(value), _DATE_REMEDY)


def read_month(cell: Cell, *, date1904: bool = False) -> tuple[YearMonth | None, str]:
    """Return the month a cell names and what had to be repaired to read it; a blank gives ``None``.

    Raises:
        Misread: when it names no month, or not surely one.
    """
    value = cell.value
    if isinstance(value, date):
        return _month_of(_sound(value, str(value))), ""
    if isinstance(value, str):
        text = _plain(value)
        return _month_in(text, value) if text else (None, "")
    if isinstance(value, Decimal):
        return _month_of_number(value, date1904=date1904), _NUMBER_DATE
    raise Misread("不是年月", str(value), _MONTH_REMEDY)


def _plain(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).translate(_STRANGE)
    return "".join(char for char in normal if not char.isspace() and unicodedata.category(char) != "Cf")


def _date_in(text: str, original: str) -> date:
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        return _day(*(int(part) for part in found.groups()), shown=original)
    if _MONTH.fullmatch(text):
        raise Misread("缺日", original, f"缺少日，{_DATE_REMEDY}")
    raise _no_date(text, original, _DATE_REMEDY)


def _month_in(text: str, original: str) -> tuple[YearMonth, str]:
    found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if found:
        year, month = (int(part) for part in found.groups())
        return _month_of(_day(year, month, 1, shown=original)), ""
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    if found:
        return _month_of(_day(*(int(part) for part in found.groups()), shown=original)), _DAY_LEFT_OUT
    raise _no_date(text, original, _MONTH_REMEDY)


def _no_date(text: str, original: str, remedy: str) -> Misread:
    if _SHORT_YEAR.fullmatch(text):
        return Misread("年份两位", original, f"请写四位年份，{remedy}")
    return Misread("不是日期", original, remedy)


def _date_of_number(number: Decimal, *, date1904: bool) -> date:
    compact = _COMPACT_DAY.fullmatch(f"{number:f}")
    if compact:
        return _day(*(int(part) for part in compact.groups()), shown=f"{number:f}")
    return _day_of_serial(number, _DATE_REMEDY, date1904=date1904)


def _month_of_number(number: Decimal, *, date1904: bool) -> YearMonth:
    text = f"{number:f}"
    compact = _COMPACT_MONTH.fullmatch(text)
    if compact:
        return _month_of(_day(int(compact[1]), int(compact[2]), 1, shown=text))
    pointed = _MONTH.fullmatch(text)
    if pointed:
        if pointed[2] == "1":
            raise Misread("一月或十月", text, f"分不清是1月还是10月，{_MONTH_REMEDY}")
        return _month_of(_day(int(pointed[1]), int(pointed[2]), 1, shown=text))
    return _month_of(_day_of_serial(number, _MONTH_REMEDY, date1904=date1904))


def _day_of_serial(number: Decimal, remedy: str, *, date1904: bool) -> date:
    """Return the day that a spreadsheet stores as this number of days (ECMA-376 part 1, 18.17.4)."""
    if number != number.to_integral_value() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise Misread("不是日期", f"{number:f}", remedy)
    return (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=int(number))


def _day(year: int, month: int, day: int, *, shown: str) -> date:
    try:
        return _sound(date(year, month, day), shown)
    except ValueError:
        raise Misread("没有这一天", shown, "没有这一天，请核对") from None


def _sound(day: date, shown: str) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise Misread("年份", shown, "请核对年份")
    return day


def _month_of(day: date) -> YearMonth:
    return YearMonth(day.year, day.month)
