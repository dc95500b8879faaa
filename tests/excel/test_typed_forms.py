"""Whatever way a value is written that we say we understand, it reads back as that value; nothing else is a surprise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pbreports.excel.cells import Reading, reader_of
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Cell, Kind
from pbreports.excel.typed.numerals import in_words, number_of
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair, YearMonth

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MONTHS = st.builds(YearMonth, st.integers(1900, 2100), st.integers(1, 12))
WHOLES = st.integers(0, 99_999_999)
FULL_WIDTH = str.maketrans("0123456789.,-+%/", "０１２３４５６７８９．，－＋％／")
DIGITS = "〇一二三四五六七八九"
KINDS = [kind for kind in FieldKind if kind not in (FieldKind.COMPUTED, FieldKind.EXPRESSION)]


def text(value: str) -> Cell:
    """Return a text cell."""
    return Cell(value, Kind.TEXT, value)


def number(value: Decimal) -> Cell:
    """Return a number cell."""
    return Cell(value, Kind.NUMBER, str(value))


def words(count: int) -> str:
    """Return a number of at most 31 as it is said."""
    return in_words(count).removeprefix("一") if 10 <= count < 20 else in_words(count)


def year(count: int) -> str:
    """Return a year's digits in characters."""
    return "".join(DIGITS[int(digit)] for digit in str(count))


DAY_FORMS: list[Callable[[date], str]] = [
    lambda day: f"{day.year}-{day.month}-{day.day}",
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month:02}.{day.day:02}",
    lambda day: f"{day.year}、{day.month}、{day.day}",
    lambda day: f"{day.year} {day.month} {day.day}",
    lambda day: f"{day:%Y%m%d}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f" {day.year} 年{day.month:02}月 {day.day:02} 号\u200b",
    lambda day: f"{day.year}年{day.month}月{day.day}日星期{'一二三四五六日'[day.weekday()]}",
    lambda day: f"{day.isoformat()} 00:00:00",
    lambda day: f"{year(day.year)}年{words(day.month)}月{words(day.day)}日",
    lambda day: f"{year(day.year).replace('〇', 'O')}年{words(day.month)}月{words(day.day)}号",
    lambda day: day.isoformat().translate(FULL_WIDTH),
]


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_a_day_reads_back_from_every_form(day: date, form: Callable[[date], str]) -> None:
    """Any day in any of the forms is that day, and said to have been repaired."""
    reading = reader_of(Field("日", FieldKind.DATE))(text(form(day)))
    assert (reading.value, reading.repair) == (day, Repair.DONE)


@given(DAYS.filter(lambda day: day.year >= 1910))
def test_a_day_cell_needs_no_repair(day: date) -> None:
    """A day as a spreadsheet keeps it is read without a word."""
    assert reader_of(Field("日", FieldKind.DATE))(Cell(day, Kind.DATE, "")) == Reading(day)


@given(days=st.integers(0, 80_000), date1904=st.booleans())
def test_a_bare_number_of_days_is_never_taken_without_asking(days: int, *, date1904: bool) -> None:
    """It is the day of the workbook's calendar and to be confirmed, or refused."""
    read = reader_of(Field("日", FieldKind.DATE), date1904=date1904)
    try:
        reading = read(number(Decimal(days)))
    except Misread:
        return
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 30)
    assert (reading.value, reading.repair) == (first + timedelta(days), Repair.CONFIRM)


MONTH_FORMS: list[tuple[Callable[[YearMonth], str], Repair]] = [
    (str, Repair.NONE),
    (lambda month: f"{month.year}-{month.month}", Repair.NONE),
    (lambda month: f"{month.year}.{month.month:02}", Repair.NONE),
    (lambda month: f"{month.year}/{month.month}", Repair.NONE),
    (lambda month: f"{month.year}年{month.month}月", Repair.NONE),
    (lambda month: f"{month.year}{month.month:02}", Repair.NONE),
    (lambda month: str(month).translate(FULL_WIDTH), Repair.DONE),
    (lambda month: f"{year(month.year)}年{words(month.month)}月", Repair.DONE),
    (lambda month: f"{month}-00", Repair.DONE),
    (lambda month: f"{month.year}年{month.month}月28日", Repair.DONE),
]


@given(MONTHS, st.sampled_from(MONTH_FORMS))
def test_a_month_reads_back_from_every_form(month: YearMonth, form: tuple[Callable[[YearMonth], str], Repair]) -> None:
    """Any month in any of the forms is that month; the usual ones need no repair."""
    written, repair = form
    reading = reader_of(Field("月", FieldKind.MONTH))(text(written(month)))
    assert (reading.value, reading.repair) == (month, repair)


@given(MONTHS)
def test_a_month_typed_as_a_decimal_is_right_or_refused(month: YearMonth) -> None:
    """1985.10 arrives as 1985.1, which nobody can tell from January; no other month is refused."""
    read = reader_of(Field("月", FieldKind.MONTH))
    cell = number(Decimal(f"{month.year}.{month.month:02}".rstrip("0")))
    if month.month == 10:
        with pytest.raises(Misread, match="分不清"):
            read(cell)
    else:
        assert read(cell) == Reading(month, "以数字存放的年月", Repair.DONE)


NUMBER_FORMS: list[tuple[Callable[[int], str], Repair]] = [
    (str, Repair.DONE),
    (lambda count: f"{count:,}", Repair.DONE),
    (lambda count: f"{count:,}".replace(",", "，"), Repair.DONE),
    (lambda count: f"{count:,}".replace(",", " "), Repair.DONE),
    (lambda count: str(count).translate(FULL_WIDTH), Repair.DONE),
    (lambda count: f"{count} 人", Repair.DONE),
    (lambda count: f"{count:,}名", Repair.DONE),
    (lambda count: f"+{count}.0", Repair.DONE),
    (in_words, Repair.DONE),
    (lambda count: f"{in_words(count)}人", Repair.DONE),
    (lambda count: f"{count}。", Repair.CONFIRM),
]


@given(WHOLES, st.sampled_from(NUMBER_FORMS))
def test_a_number_reads_back_from_every_form(count: int, form: tuple[Callable[[int], str], Repair]) -> None:
    """Any number in any of the forms is that number, and said to have been repaired or to be confirmed."""
    written, repair = form
    reading = reader_of(Field("数", FieldKind.INTEGER, unit="人"))(text(written(count)))
    assert (reading.value, reading.repair) == (Decimal(count), repair)


@given(st.decimals(0, 100, places=1))
def test_a_percentage_reads_back_from_a_formatted_cell(percent: Decimal) -> None:
    """85 % typed with its sign is stored as 0.85 with a format; it is read as it is shown."""
    field = Field("率", FieldKind.DECIMAL, unit="%", places=1)
    shown = reader_of(field)(Cell(percent / 100, Kind.NUMBER, "", format="0.0%"))
    typed = reader_of(field)(text(f"{percent}%".translate(FULL_WIDTH)))
    assert shown.value == typed.value == percent


@given(WHOLES)
def test_a_plain_number_needs_no_repair(count: int) -> None:
    """A number cell is read without a word."""
    assert reader_of(Field("数", FieldKind.INTEGER))(number(Decimal(count))) == Reading(Decimal(count))


@given(st.integers(0, 99_999_999))
@example(100_000)
@example(10_001)
def test_a_number_in_characters_reads_back(count: int) -> None:
    """Every number below a hundred million has one strict form, and that is read as it."""
    assert number_of(in_words(count)) == count


@given(st.text("零〇一二两三五九十百千万", max_size=8))
def test_only_strict_forms_in_characters_are_read(written: str) -> None:
    """Characters that are no number in the strict way are none at all: 一百五 is not 105."""
    count = number_of(written)
    if count is not None:
        plain = written.replace("〇", "零").replace("两", "二")
        assert in_words(count) in (plain, f"一{plain}")


CELLS = st.one_of(
    st.text(max_size=40).map(text),
    st.text("0123456789０１٣〇一十百万年月日号-./。，, :()%％EeOlI约人元½①", max_size=14).map(text),
    st.decimals(allow_nan=False, allow_infinity=False).map(number),
    st.decimals(0, 80_000, places=1).map(number),
    st.datetimes().map(lambda value: Cell(value, Kind.DATE, "")),
    st.dates().map(lambda value: Cell(value, Kind.DATE, "")),
    st.times().map(lambda value: Cell(value, Kind.TIME, "")),
    st.booleans().map(lambda value: Cell(value, Kind.BOOL, str(int(value)))),
)


def outcome(field: Field, cell: Cell) -> Reading | Misread:
    """Return what a cell is read as, or why it is refused."""
    try:
        return reader_of(field)(cell)
    except Misread as misread:
        return misread


@given(st.sampled_from(KINDS), st.sampled_from(["", "人", "元", "%"]), CELLS)
def test_nothing_that_is_typed_stops_the_reading(kind: FieldKind, unit: str, cell: Cell) -> None:
    """Whatever a cell holds, it is read or refused; what is repaired is told, and a sound value is in reason."""
    field = Field("栏", kind, unit=unit, length=30, choices=("甲", "乙"))
    reading = outcome(field, cell)
    if isinstance(reading, Misread):
        assert reading.cause
        assert reading.remedy
        return
    assert bool(reading.note) == (reading.repair is not Repair.NONE)
    if isinstance(reading.value, date):
        assert 1900 <= reading.value.year <= 2100
        assert not isinstance(reading.value, datetime)
    assert not isinstance(reading.value, time)


@given(st.sampled_from([FieldKind.TEXT, FieldKind.LONG_TEXT]), st.text(max_size=40))
def test_a_repaired_text_needs_no_second_repair(kind: FieldKind, typed: str) -> None:
    """What the school gets back as read is read again without a word."""
    field = Field("栏", kind)
    once = outcome(field, text(typed))
    if isinstance(once, Reading) and isinstance(once.value, str):
        again = reader_of(field)(text(once.value))
        assert (again.value, again.note) == (once.value, "")
