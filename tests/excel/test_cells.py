from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from pbreports.excel.cells import clean, key_of, reader_of
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Cell, Kind
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Scalar, YearMonth

TEXT = Field("文字", FieldKind.TEXT, length=20)
WHOLE = Field("人数", FieldKind.INTEGER, unit="人")
MONEY = Field("金额", FieldKind.DECIMAL, unit="元", places=2)
SCORE = Field("得分", FieldKind.DECIMAL, places=1, minimum=Decimal(0), maximum=Decimal(100))
DAY = Field("日期", FieldKind.DATE)
MONTH = Field("年月", FieldKind.MONTH)
GRADE = Field("等次", FieldKind.CHOICE, choices=("优秀", "合格", "一级（中级）"))
TERM = Field("任期", FieldKind.CHOICE, choices=("3", "5"))
TRUTH = Field("是否", FieldKind.YES_NO)


def text(value: str) -> Cell:
    """Return a text cell."""
    return Cell(value, Kind.TEXT, value)


def number(value: str) -> Cell:
    """Return a number cell."""
    return Cell(Decimal(value), Kind.NUMBER, value)


def day(value: date) -> Cell:
    """Return a date cell."""
    return Cell(value, Kind.DATE, "")


def error(literal: str) -> Cell:
    """Return an error cell."""
    return Cell(literal, Kind.ERROR, literal)


UNDERSTOOD: list[tuple[Field, Cell, Scalar, str]] = [
    (TEXT, text("东门支部"), "东门支部", ""),
    (TEXT, text("007"), "007", ""),
    (TEXT, text(" 鲁 · 心\u200b\n"), "鲁 · 心", "文字首尾的空格或不可见字符"),
    (TEXT, number("37081"), "37081", "以数字存放的文本"),
    (TEXT, text("\u3000"), None, ""),
    (WHOLE, number("0"), Decimal(0), ""),
    (WHOLE, number("12.0"), Decimal(12), ""),
    (WHOLE, text("１２"), Decimal(12), "以文本存放的数字"),
    (WHOLE, text("1,234"), Decimal(1234), "以文本存放的数字"),
    (WHOLE, text("1，234 人"), Decimal(1234), "以文本存放的数字"),
    (WHOLE, text("⑫"), Decimal(12), "以文本存放的数字"),
    (WHOLE, text("  "), None, ""),
    (MONEY, number("1234.50"), Decimal("1234.5"), ""),
    (MONEY, text("−3.25"), Decimal("-3.25"), "以文本存放的数字"),
    (DAY, day(date(2020, 9, 1)), date(2020, 9, 1), ""),
    (DAY, day(datetime(2020, 9, 1, 8, 30)), date(2020, 9, 1), ""),  # noqa: DTZ001 — cells know no zone
    (DAY, text("2020.9.1"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, text("2020年9月1日"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, text("２０２０－０９－０１"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, text("2020/9/1"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, text("20200901"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, text("2020。9。1"), date(2020, 9, 1), "以文本存放的日期"),
    (DAY, number("20200901"), date(2020, 9, 1), "以数字存放的日期"),
    (DAY, number("44075"), date(2020, 9, 1), "以数字存放的日期"),
    (MONTH, text("1985-03"), YearMonth(1985, 3), ""),
    (MONTH, text("1985.10"), YearMonth(1985, 10), ""),
    (MONTH, text("1985年3月"), YearMonth(1985, 3), ""),
    (MONTH, text("198503"), YearMonth(1985, 3), ""),
    (MONTH, text("1985-03-12"), YearMonth(1985, 3), "年月栏里的日"),
    (MONTH, day(date(1985, 3, 1)), YearMonth(1985, 3), ""),
    (MONTH, number("198503"), YearMonth(1985, 3), "以数字存放的日期"),
    (MONTH, number("1985.03"), YearMonth(1985, 3), "以数字存放的日期"),
    (MONTH, number("1985.12"), YearMonth(1985, 12), "以数字存放的日期"),
    (MONTH, number("31107"), YearMonth(1985, 3), "以数字存放的日期"),
    (GRADE, text("优秀"), "优秀", ""),
    (GRADE, text(" 优 秀 "), "优秀", "与下拉不完全一致的选项"),
    (GRADE, text("一级(中级)"), "一级（中级）", "与下拉不完全一致的选项"),
    (TERM, number("3"), "3", ""),
    (TRUTH, text("是"), True, ""),
    (TRUTH, text("√"), True, "与下拉不完全一致的选项"),
    (TRUTH, text("×"), False, "与下拉不完全一致的选项"),
    (TRUTH, Cell(value=False, kind=Kind.BOOL, raw="0"), False, "与下拉不完全一致的选项"),
    (WHOLE, Cell(None, Kind.BLANK, ""), None, ""),
]


@pytest.mark.parametrize(("field", "cell", "value", "note"), UNDERSTOOD)
def test_what_is_plain_is_understood(field: Field, cell: Cell, value: Scalar, note: str) -> None:
    """A cell is read as people type it; what had to be repaired is said."""
    reading = reader_of(field)(cell)
    assert (reading.value, reading.note) == (value, note)
    assert type(reading.value) is type(value)


REFUSED: list[tuple[Field, Cell, str, str]] = [
    (TEXT, text("一" * 21), "过长", "请压缩到20个字以内（现有21个字）"),
    (TEXT, number("370811198503071234"), "末几位丢失", "末几位已丢失、无法恢复，请把单元格设为文本后重填"),
    (TEXT, text("3.70811E+17"), "科学计数", "末几位已丢失、无法恢复，请把单元格设为文本后重填"),
    (TEXT, day(date(2020, 3, 1)), "被识别成日期", "被表格软件识别成了日期或时间，请把单元格设为文本后重填"),
    (WHOLE, number("3.5"), "小数位", "请填整数"),
    (WHOLE, number("-1"), "超出范围", "请填不小于0的整数"),
    (WHOLE, text("十二"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("无"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("½"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("12,34"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("٣"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, day(date(1900, 1, 5)), "不是数", "请把单元格格式设为常规后重填数字"),
    (WHOLE, Cell(time(8, 0), Kind.TIME, "0.33"), "不是数", "请把单元格格式设为常规后重填数字"),
    (MONEY, number("33.3333333333333"), "小数位", "请四舍五入到2位小数"),
    (SCORE, number("100.5"), "超出范围", "请填0至100的最多1位小数的数字"),
    (DAY, text("20.9.1"), "年份两位", "请写四位年份，请写成 2020-9-1 的样子"),
    (DAY, text("2020.9"), "缺日", "缺少日，请写成 2020-9-1 的样子"),
    (DAY, text("2020-2-30"), "没有这一天", "没有这一天，请核对"),
    (DAY, text("九月一日"), "不是日期", "请写成 2020-9-1 的样子"),
    (DAY, number("2020.9"), "不是日期", "请写成 2020-9-1 的样子"),
    (DAY, number("3"), "不是日期", "请写成 2020-9-1 的样子"),
    (DAY, text("0020-09-01"), "年份", "请核对年份"),
    (MONTH, number("1985.1"), "一月或十月", "分不清是1月还是10月，请写成 1985-03 的样子"),
    (MONTH, text("85.3"), "年份两位", "请写四位年份，请写成 1985-03 的样子"),
    (MONTH, text("1985-13"), "没有这一天", "没有这一天，请核对"),
    (GRADE, text("甲等"), "不在选项中", "请从下拉中选：优秀、合格、一级（中级）"),
    (GRADE, text("优秀的"), "不在选项中", "是不是“优秀”，请从下拉中选"),
    (TRUTH, text("也许"), "不是是否", "请填“是”或“否”"),
    (WHOLE, error("#REF!"), "公式错误", "请重新填写这一格，不要用公式"),
    (TEXT, error("#N/A"), "公式错误", "请重新填写这一格，不要用公式"),
]


@pytest.mark.parametrize(("field", "cell", "cause", "remedy"), REFUSED)
def test_what_is_not_plain_is_refused(field: Field, cell: Cell, cause: str, remedy: str) -> None:
    """Nothing is guessed: lost digits, two-digit years and words in number fields are refused with the remedy."""
    with pytest.raises(Misread) as refused:
        reader_of(field)(cell)
    assert (refused.value.cause, refused.value.remedy) == (cause, remedy)


def test_numbers_of_days_follow_the_workbooks_calendar() -> None:
    """A bare number of days means another day in a workbook whose calendar begins in 1904."""
    assert reader_of(DAY, date1904=True)(number("42613")).value == date(2020, 9, 1)


@pytest.mark.parametrize(("given", "expected"), [("党员 总数", "党员总数"), ("ＡＢ\u200b\n１", "AB1")])
def test_headers_compare_without_space_and_width(given: str, expected: str) -> None:
    """Line breaks, spaces and full-width letters in a header do not make it another one."""
    assert key_of(given) == expected


@pytest.mark.parametrize("given", ["", "a b", "鲁·心", "（一）"])
def test_sound_text_is_left_alone(given: Any) -> None:
    """Cleaning takes away nothing that can be seen inside a text."""
    assert clean(given) == given


BEYOND_SENSE = ("1E+16", "1E+30", "-1E+300", "9" * 32, "1E-300")


@pytest.mark.parametrize("text", BEYOND_SENSE)
@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize("kind", [kind for kind in FieldKind if kind not in (FieldKind.COMPUTED, FieldKind.EXPRESSION)])
def test_a_number_beyond_all_sense_never_stops_the_reading(kind: FieldKind, text: str, *, as_text: bool) -> None:
    """A number with more digits than a spreadsheet keeps is refused in a sentence or read as text, in every field."""
    field = Field("个数", kind, choices=("甲", "乙"))
    cell = Cell(text, Kind.TEXT, text) if as_text else Cell(Decimal(text), Kind.NUMBER, text)
    try:
        value = reader_of(field)(cell).value
    except Misread:
        return
    assert isinstance(value, str)
