"""From the text of a cell in the file to its value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from pbreports.excel.reader.formats import NumberFormat, Shown
from pbreports.excel.reader.values import CellValue, Kind

Content = tuple[CellValue, Kind]

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST = 64  # no program writes a double with more characters
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
_DAY = 86_400_000  # milliseconds; Excel keeps no finer times
_AFTER_FEBRUARY_1900 = 60  # the serial of 29 February 1900, a day that never was
_AFTER_9999 = 2_958_466
_EARLY, _USUAL, _SINCE_1904 = map(datetime.fromisoformat, ("1899-12-31", "1899-12-30", "1904-01-01"))
_SHIFT_1904 = 1462


def number_content(raw: str, form: NumberFormat, *, date1904: bool = False) -> Content:
    """Return the number, or the date or time that the format shows it as.

    A serial that stands for no day of the calendar stays a number; a text that is no number stays a text.
    """
    number = decimal_of(raw)
    if number is None:
        return raw, Kind.TEXT
    if form.shown is Shown.NUMBER:
        return number, Kind.NUMBER
    try:
        found = _READINGS[form.shown](float(number), date1904)
    except OverflowError:
        found = None
    return found or (number, Kind.NUMBER)


def decimal_of(raw: str) -> Decimal | None:
    """Return the number to the 15 significant digits that Excel keeps, None when the text is no number.

    The file holds what is nearest in binary, ``0.30000000000000004`` for 0.3; beyond 15 digits it is noise.
    """
    if len(raw) <= 15 and raw.isascii() and raw.isdecimal():
        return Decimal(raw)
    if len(raw) > _LONGEST or not _NUMBER.fullmatch(raw):
        return None
    nearest = float(raw)
    if math.isinf(nearest):
        return None
    rounded = Decimal(f"{nearest:.15g}") or Decimal(0)
    return Decimal(f"{rounded:f}")


def iso_content(raw: str) -> Content:
    """Return the date or time of an ISO 8601 text (cells of type ``d``); a text when it is none."""
    for reading in (_iso_moment, _iso_time):
        try:
            return reading(raw)
        except ValueError:
            continue
    return raw, Kind.TEXT


def bool_content(raw: str) -> Content:
    """Return the yes or no of a cell of type ``b`` (XML Schema part 2, 3.2.2); a text when it is neither."""
    return (raw in _TRUE, Kind.BOOL) if raw in _TRUE | _FALSE else (raw, Kind.TEXT)


def _iso_moment(raw: str) -> Content:
    moment = datetime.fromisoformat(raw).replace(tzinfo=None)
    return (moment if "T" in raw or " " in raw else moment.date()), Kind.DATE


def _iso_time(raw: str) -> Content:
    return time.fromisoformat(raw).replace(tzinfo=None), Kind.TIME


def _moment(serial: float, date1904: bool) -> datetime | None:  # noqa: FBT001 - handed on from the workbook
    if date1904:
        start, exists = _SINCE_1904, 0 <= serial < _AFTER_9999 - _SHIFT_1904
    else:
        start = _EARLY if serial < _AFTER_FEBRUARY_1900 else _USUAL
        exists = 1 <= serial < _AFTER_9999 and int(serial) != _AFTER_FEBRUARY_1900
    return start + timedelta(milliseconds=round(serial * _DAY)) if exists else None


def _as_date(serial: float, date1904: bool) -> Content | None:  # noqa: FBT001
    moment = _moment(serial, date1904)
    if moment is None:
        return None
    value: date = moment if moment.time() != time() else moment.date()
    return value, Kind.DATE


def _as_moment(serial: float, date1904: bool) -> Content | None:  # noqa: FBT001
    moment = _moment(serial, date1904)
    return None if moment is None else (moment, Kind.DATE)


def _as_time(serial: float, date1904: bool) -> Content | None:  # noqa: FBT001
    thousandths = round(serial * _DAY)
    if not 0 <= thousandths < _DAY:
        return _as_moment(serial, date1904)
    return (_USUAL + timedelta(milliseconds=thousandths)).time(), Kind.TIME


def _as_duration(serial: float, _date1904: bool) -> Content | None:  # noqa: FBT001
    return timedelta(milliseconds=round(serial * _DAY)), Kind.TIME


_READINGS: dict[Shown, Callable[[float, bool], Content | None]] = {
    Shown.DATE: _as_date,
    Shown.MOMENT: _as_moment,
    Shown.TIME: _as_time,
    Shown.DURATION: _as_duration,
}
