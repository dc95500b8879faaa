"""Filters that write dates as official papers do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pbreports.errors import TemplateError
from pbreports.tags.display import UNFILLED, PaperFigure, shown, shown_date, unfilled_mark
from pbreports.tags.numerals import by_digits, hanzi, number_of
from pbreports.values import YearMonth


def full_date(value: object, named: object = None) -> str:
    """Return ``2020年12月31日``, day and month without leading zeros (GB/T 9704-2012 7.3.5.4).

    Behind another date of the same sentence, ``named``, that is of the same year, the year is not said again.
    """
    day, before = _day(value), _day_or_text(named)
    if day is None:
        return ""
    said = not isinstance(before, str | None) and before.year == day.year
    return shown_date(day).removeprefix(f"{day.year}年") if said else shown_date(day)


def date_span(start: object, end: object, named: object = None) -> str:
    """Return ``2020年12月15日至21日``: behind 至 only what is other than before it, the day always.

    A mark of what is to be filled stands where it is, and one stands for a blank. ``named`` is as in 日期.
    """
    first = _day_or_text(start) or unfilled_mark("开始日期")
    last = _day_or_text(end) or unfilled_mark("结束日期")
    before = first if isinstance(first, str) else full_date(first, named)
    if first == last:
        return before
    return f"{before}至{last if isinstance(last, str) else _rest(first, last)}"


def _rest(first: date | YearMonth | str, last: date | YearMonth) -> str:
    """Return the end of a span without the year, or year and month, that its start has said."""
    text = full_date(last, first)
    months = isinstance(first, date) and isinstance(last, date) and (first.year, first.month) == (last.year, last.month)
    return text.partition("月")[2] if months else text


def month_and_day(value: object) -> str:
    """Return ``12月31日``."""
    day = _whole_day(value)
    return "" if day is None else f"{day.month}月{day.day}日"


def short_date(value: object) -> str:
    """Return ``2020.12.31``, for tables."""
    day = _day(value)
    if day is None:
        return ""
    return f"{day.year}.{day.month}" + ("" if isinstance(day, YearMonth) else f".{day.day}")


def hanzi_date(value: object) -> str:
    """Return ``二〇二〇年十二月三十一日``; of a year ``二〇二〇年``."""
    if isinstance(value, int | Decimal | PaperFigure):
        year = number_of(value)
        return "" if year is None else f"{by_digits(int(year))}年"
    day = _day(value)
    if day is None:
        return ""
    month = f"{by_digits(day.year)}年{hanzi(day.month)}月"
    return month if isinstance(day, YearMonth) else f"{month}{hanzi(day.day)}日"


def _day(value: object) -> date | YearMonth | None:
    """Return a value as a day or a month, ``None`` when it is blank.

    Raises:
        TemplateError: when it is neither.
    """
    if value is None or value == "":
        return None
    if isinstance(value, date | YearMonth):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise TemplateError("", f"“{shown(value)}”不是日期", "请改用日期的名字，或写成2020-12-31") from None


def _day_or_text(value: object) -> date | YearMonth | str | None:
    """Return a value as a day or a month, a mark of what is to be filled as it is."""
    return value if isinstance(value, str) and UNFILLED in value else _day(value)


def _whole_day(value: object) -> date | None:
    day = _day(value)
    if isinstance(day, YearMonth):
        raise TemplateError("", f"“{shown(value)}”只有年月", "请改用“日期”")
    return day
