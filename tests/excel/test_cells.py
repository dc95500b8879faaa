from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from pbreports.excel.cells import Reading, clean, key_of, reader_of
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Cell, Kind
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair, Scalar

TEXT = Field("文字", FieldKind.TEXT, length=20)
LONG = Field("长文", FieldKind.LONG_TEXT)
WHOLE = Field("人数", FieldKind.INTEGER, unit="人")
MONEY = Field("金额", FieldKind.DECIMAL, unit="元", places=2)
SCORE = Field("得分", FieldKind.DECIMAL, places=1, minimum=Decimal(0), maximum=Decimal(100))
DAY = Field("日期", FieldKind.DATE)
MONTH = Field("年月", FieldKind.MONTH)
GRADE = Field("等次", FieldKind.CHOICE, choices=("优秀", "合格", "一级（中级）"))
TERM = Field("任期", FieldKind.CHOICE, choices=("3", "5"))
ALIKE = Field("近似", FieldKind.CHOICE, choices=("Ａ1", "A１", "乙"))
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


DONE, CONFIRM, LOST = Repair.DONE, Repair.CONFIRM, Repair.LOST
SPACES = "文字首尾的空格或不可见字符"

UNDERSTOOD: list[tuple[Field, Cell, Scalar, str, Repair]] = [
    (TEXT, text("东门支部"), "东门支部", "", Repair.NONE),
    (TEXT, text("a\nb"), "a\nb", "", Repair.NONE),
    (TEXT, text("红色“１＋１”"), "红色“１＋１”", "", Repair.NONE),
    (TEXT, text("张三 李四"), "张三 李四", "", Repair.NONE),
    (TEXT, text(" 鲁 · 心\u200b\n"), "鲁 · 心", SPACES, DONE),
    (TEXT, text("东门\u00a0支部"), "东门 支部", SPACES, DONE),
    (TEXT, text("一\r\n二\u2028三"), "一\n二\n三", SPACES, DONE),
    (TEXT, text("葛\U000e0100城"), "葛城", SPACES, DONE),
    (TEXT, text("\u200fＤＺ０１"), "DZ01", f"{SPACES}、全角或形近的字母和数字", DONE),
    (TEXT, text("А01−1"), "A01-1", "全角或形近的字母和数字", DONE),
    (TEXT, text("\u6e05\u6d01\uf9dc"), "清洁隆", "形近的部首或兼容汉字", DONE),
    (TEXT, text("\u3000"), None, "", Repair.NONE),
    (TEXT, text("\u200b"), None, "", Repair.NONE),
    (TEXT, Cell(value=True, kind=Kind.BOOL, raw="1"), "TRUE", "", Repair.NONE),
    (LONG, text("ＡＢ"), "ＡＢ", "", Repair.NONE),
    (LONG, text("⼯ 作\ufeff"), "工 作", f"{SPACES}、形近的部首或兼容汉字", DONE),
    (WHOLE, number("0"), Decimal(0), "", Repair.NONE),
    (WHOLE, text("1，234 人"), Decimal(1234), "带着单位的数字", DONE),
    (WHOLE, text("  "), None, "", Repair.NONE),
    (MONEY, number("1234.50"), Decimal("1234.5"), "", Repair.NONE),
    (DAY, day(datetime(2020, 9, 1, 8, 30)), date(2020, 9, 1), "日期里的时刻", DONE),  # noqa: DTZ001 — cells know no zone
    (DAY, text("2020。9。1"), date(2020, 9, 1), "以文本存放的日期", DONE),
    (DAY, text("⼆〇⼆〇年⼀⽉⼀⽇"), date(2020, 1, 1), "写成汉字的日期", DONE),
    (DAY, text("\u3000"), None, "", Repair.NONE),
    (MONTH, text(" "), None, "", Repair.NONE),
    (GRADE, text("\u3000"), None, "", Repair.NONE),
    (TERM, number("3"), "3", "", Repair.NONE),
    (TRUTH, Cell(value=False, kind=Kind.BOOL, raw="0"), False, "与下拉不完全一致的选项", DONE),
    (TRUTH, text("\t"), None, "", Repair.NONE),
    (WHOLE, Cell(None, Kind.BLANK, ""), None, "", Repair.NONE),
]


@pytest.mark.parametrize(("field", "cell", "value", "note", "repair"), UNDERSTOOD)
def test_what_is_plain_is_understood(field: Field, cell: Cell, value: Scalar, note: str, repair: Repair) -> None:
    """What the page on typing cannot show: characters that are not seen, kinds of cells that nobody types."""
    reading = reader_of(field)(cell)
    assert (reading.value, reading.note, reading.repair) == (value, note, repair)
    assert type(reading.value) is type(value)


REFUSED: list[tuple[Field, Cell, str, str]] = [
    (LONG, text("\ufffd\ufffd小学"), "乱码", "有乱码，原来的字已丢失、无法恢复，请重新填写"),
    (
        TEXT,
        Cell(time(8, 0), Kind.TIME, "0.33"),
        "被识别成日期",
        "被表格软件识别成了日期或时间，请把单元格设为文本后重填",
    ),
    (WHOLE, text("12³"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("𝟏𝟐"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("⑴"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, text("十两"), "不是数", "请只填数字，没有的填 0"),
    (WHOLE, day(date(1900, 1, 5)), "不是数", "请把单元格格式设为常规后重填数字"),
    (WHOLE, Cell(time(8, 0), Kind.TIME, "0.33"), "不是数", "请把单元格格式设为常规后重填数字"),
    (WHOLE, Cell(value=True, kind=Kind.BOOL, raw="1"), "不是数", "请把单元格格式设为常规后重填数字"),
    (MONEY, number("33.3333333333333"), "小数位", "请四舍五入到2位小数"),
    (SCORE, number("100.5"), "超出范围", "请填0至100的最多1位小数的数字"),
    (DAY, text("2020-9-18:30"), "不是日期", "请写成 2020-9-1 的样子"),
    (DAY, text("0020-09-01"), "年份", "请核对年份"),
    (DAY, day(date(1899, 12, 31)), "年份", "请核对年份"),
    (DAY, Cell(value=True, kind=Kind.BOOL, raw="1"), "不是日期", "请写成 2020-9-1 的样子"),
    (MONTH, Cell(time(8, 0), Kind.TIME, "0.33"), "不是年月", "请写成 1985-03 的样子"),
    (MONTH, text("1985-02-30"), "没有这一天", "没有这一天，请核对"),
    (ALIKE, text("A 1"), "不在选项中", "请从下拉中选：Ａ1、A１、乙"),
]


@pytest.mark.parametrize(("field", "cell", "cause", "remedy"), REFUSED)
def test_what_is_not_plain_is_refused(field: Field, cell: Cell, cause: str, remedy: str) -> None:
    """Nothing is guessed: what may mean two things, or is another kind of cell, is refused with the remedy."""
    with pytest.raises(Misread) as refused:
        reader_of(field)(cell)
    assert (refused.value.cause, refused.value.remedy) == (cause, remedy)


@pytest.mark.parametrize(
    ("given", "rare"),
    [
        ("张玥㛃玥", "“玥”（U+73A5）、“㛃”（U+36C3）"),
        ("\ue863", "自造字U+E863"),
        ("𠮷", "“𠮷”（U+20BB7）"),
        ("鲁·心——“一”〇①…😀é", ""),
    ],
)
def test_characters_that_the_official_typefaces_lack_are_told(given: str, rare: str) -> None:
    """Only Chinese characters and private ones are; signs have other typefaces anyway. Long texts are not searched."""
    reading = reader_of(TEXT)(text(given))
    assert reading == Reading(given, rare=rare)
    assert not reader_of(LONG)(text(given)).rare


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
