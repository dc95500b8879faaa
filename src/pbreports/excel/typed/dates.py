"""Days as people write them in Chinese workbooks; a closed list of forms.

Two-digit years are refused: no rule tells 1931 from 2031. So is a day that may be read two ways.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Cell
from pbreports.excel.typed.characters import clean, half_width, unified
from pbreports.excel.typed.numerals import in_words, year_of
from pbreports.excel.typed.reading import BLANK, Reader, Reading, corrected, doubtful, shown
from pbreports.scheme.model import Field

TEXT_DATE = "以文本存放的日期"
WRITTEN = "写成汉字的日期"
NUMBER_DATE = "以数字存放的日期"
SERIAL = "像是被改成数字的日期"
CLOCK = "日期里的时刻"
EARLY = "像是由数字变成的日期"
WEEKDAY = "和日期对不上的星期"

FIRST_YEAR, LAST_YEAR = 1900, 2100
_FIRST_SURE_YEAR = 1910
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050  # 1927-05-18 to 2099-12-31 in the calendar that begins in 1900
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

REMEDY = "请写成 2020-9-1 的样子"

_DIGITS = "〇○◯零一二三四五六七八九OoＯｏ"
YEAR = rf"(?P<year>\d{{4}}|[{_DIGITS}]{{4}})"
MONTH = r"(?P<month>\d{1,2}|[〇○零]?[一二三四五六七八九]|元|一?十[一二]?)"
_DAY = r"(?P<day>\d{1,2}|[〇○零]?[一二三四五六七八九]|[一二三]?十[一二三四五六七八九]?)"
_WEEKDAY = r"(?: ?\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?)?"
_CLOCK = r"(?:(?:[T ]|(?<=[日号]))(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?))?"
_FORMS = tuple(
    re.compile(pattern + _WEEKDAY + _CLOCK, re.ASCII)
    for pattern in (
        rf"{YEAR} ?(?P<mark>[-./]) ?{MONTH} ?(?P=mark) ?{_DAY}",
        rf"{YEAR} ?年 ?{MONTH} ?月 ?{_DAY} ?[日号]",
        rf"{YEAR} ?年 ?{MONTH} ?月 ?{_DAY}",
        rf"{YEAR} {MONTH} {_DAY}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"0{1,2}:00(?::00(?:\.0+)?)?")

_SMALL = {in_words(number): number for number in range(1, 32)}
_SMALL |= {in_words(number).removeprefix("一"): number for number in range(10, 20)} | {"元": 1}
_WEEKDAYS = {name: place for place, name in enumerate("一二三四五六日")} | {"天": 6}

_STRANGE = str.maketrans("。、·−﹣‐‑–—", "...------")
Reasons = tuple[tuple[re.Pattern[str], str, str], ...]


def reasons(*table: tuple[str, str, str]) -> Reasons:
    """Return a table of patterns, causes and remedies, its patterns compiled."""
    return tuple((re.compile(pattern, re.ASCII), cause, remedy) for pattern, cause, remedy in table)


NEITHER = reasons(
    (r"无|没有|暂无|不详|[/\\]|-+", "没有", "没有的不要填字，有的{}"),
    (r".*(?:农历|阴历|正月|腊月|冬月|初[一二三四五六七八九十]|廿).*", "农历", "请填公历，{}"),
    (
        r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?)?",
        "缺年",
        "没有写年份，{}",
    ),
    (r"\d{1,2}[-./]\d{1,2}[-./]\d{4}", "年在后面", "年份要写在前面，{}"),
    (r"['‘’]?\d{2} ?[-./年].*", "年份两位", "请写四位年份，{}"),
    (r"\d{1,2}[-./]\d{1,2}", "缺年", "没有写年份，{}"),
    (r"(?=.*\d)[\dOolI./年月日-]*[OolI][\dOolI./年月日-]*", "字母", "里面有字母，{}"),
)
"""Why a text names neither a day nor a month; the braces hold how to write it."""

_NO_DAY = reasons(
    (r".*\d[日号]? ?(?:至|到|~|-{1,2}) ?\d.*[月日号.].*|.*[日号](?:至|到|-|~).*", "几个日期", "只填一个日期，{}"),
    (r"\d{4}年?|[〇○零一二三四五六七八九]{4}年?", "缺月日", "缺少月和日，{}"),
    (
        r"(?:\d{4}|[〇○零一二三四五六七八九]{4}) ?[-./年] ?(?:\d{1,2}|[元一二三四五六七八九十]{1,2})(?:月份?)?(?:[上中下]旬|[初中底末])?",
        "缺日",
        "缺少日，{}",
    ),
)


def date_reader(_field: Field, *, date1904: bool = False) -> Reader:
    """Return the reader of a field that holds days."""
    return lambda cell: read_date(cell, date1904=date1904)


def read_date(cell: Cell, *, date1904: bool = False) -> Reading:
    """Return the day a cell names; a blank is blank.

    Raises:
        Misread: when it names no day, or not surely one.
    """
    value = cell.value
    if isinstance(value, date):
        return _date_of_cell(value)
    if isinstance(value, str):
        return _date_in(value)
    if isinstance(value, Decimal):
        return _date_of_number(value, date1904=date1904)
    raise Misread("不是日期", shown(cell), REMEDY)


def _date_of_cell(value: date) -> Reading:
    moment = value if isinstance(value, datetime) else None
    day = sound(moment.date() if moment else value, str(value))
    if is_early(day):
        return doubtful(day, EARLY)
    return corrected(day, CLOCK) if moment and moment.time() != time() else Reading(day)


def is_early(day: date) -> bool:
    """Return whether a date cell may be what a cell with a date format has made of a small number.

    Of 5 it makes 5 January 1900, of 2020 a day in 1905 (1909 where days are counted from 1904).
    """
    return day.year < _FIRST_SURE_YEAR


def plainly(text: str) -> str:
    """Return a date's text in half width, its marks those of ASCII and its spaces single."""
    return " ".join(half_width(unified(clean(text))).translate(_STRANGE).split()).removeprefix("'")


def _date_in(text: str) -> Reading:
    plain = plainly(text)
    if not plain:
        return BLANK
    for form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            return _date_of(found, text)
    raise why_not(plain, (*_NO_DAY, *NEITHER), Misread("不是日期", text, REMEDY))


def _date_of(found: re.Match[str], text: str) -> Reading:
    day = day_of(found, text)
    weekday, clock = found["weekday"], found["clock"]
    if weekday and _WEEKDAYS[weekday] != day.weekday():
        return doubtful(day, WEEKDAY)
    if clock and not _MIDNIGHT.fullmatch(clock):
        return corrected(day, CLOCK)
    return corrected(day, TEXT_DATE if found["year"].isdigit() and found["day"].isdigit() else WRITTEN)


def day_of(found: re.Match[str], text: str) -> date:
    """Return the day of a match of year, month and day.

    Raises:
        Misread: when there is no such day, or its year is out of reason.
    """
    try:
        return sound(date(year_in(found), small(found["month"]), small(found["day"])), text)
    except ValueError:
        raise Misread("没有这一天", text, "没有这一天，请核对") from None


def year_in(found: re.Match[str]) -> int:
    """Return the year of a match."""
    year = found["year"]
    return int(year) if year.isdigit() else year_of(year) or 0


def small(text: str) -> int:
    """Return a number of at most 31 from digits or Chinese characters."""
    return int(text) if text.isdigit() else _SMALL.get(text.lstrip("〇○零"), 0)


def why_not(plain: str, table: Reasons, otherwise: Misread) -> Misread:
    """Return why a text names no day or month, as exactly as the table knows it."""
    if len(plain) <= 100:
        for pattern, cause, told in table:
            if pattern.fullmatch(plain):
                return Misread(cause, otherwise.shown, told.format(otherwise.remedy))
    return otherwise


def _date_of_number(number: Decimal, *, date1904: bool) -> Reading:
    compact = _COMPACT.fullmatch(f"{number:f}")
    if compact:
        return corrected(day_of(compact, f"{number:f}"), NUMBER_DATE)
    refused = why_not(f"{number:f}", (*_NO_DAY, *NEITHER), Misread("不是日期", f"{number:f}", REMEDY))
    return doubtful(day_of_serial(number, refused, REMEDY, date1904=date1904), SERIAL)


def day_of_serial(number: Decimal, refused: Misread, remedy: str, *, date1904: bool) -> date:
    """Return the day that a spreadsheet stores as this number of days (ECMA-376 part 1, 18.17.4).

    Raises:
        Misread: when the number is none of the days we may be told of, or may be a year and a month: 20209.
    """
    if number != number.to_integral_value() or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise refused
    year, month = divmod(int(number), 10)
    if FIRST_YEAR <= year <= LAST_YEAR and month:
        raise Misread("年月或天数", f"{number:f}", f"分不清是{year}年{month}月还是别的日期，{remedy}")
    return (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=int(number))


def sound(day: date, shown: str) -> date:
    """Return a day whose year is within reason.

    Raises:
        Misread: when it is not.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Misread("年份", shown, "请核对年份")
    return day
