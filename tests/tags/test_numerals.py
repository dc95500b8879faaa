"""Numbers as papers and vouchers write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure
from pbreports.tags.filters import FILTERS
from pbreports.values import Figure, YearMonth


def figure(value: str | None, unit: str = "个", places: int | None = None) -> PaperFigure:
    """Return a figure as a template sees it."""
    return PaperFigure(Figure("某数", None if value is None else Decimal(value), unit, 1, 1, places=places))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        # the rules' own examples
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        # and what follows from them
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("110.1", "壹佰壹拾元零壹角"),
        ("1200", "壹仟贰佰元整"),
        ("1001", "壹仟零壹元整"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10100", "壹万零壹佰元整"),
        ("100000", "壹拾万元整"),
        ("1000000.01", "壹佰万元零壹分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010001", "壹亿零壹万零壹元整"),
        ("120000000", "壹亿贰仟万元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-12.30", "负壹拾贰元叁角"),
        ("1200.00", "壹仟贰佰元整"),
    ],
)
def test_amounts_as_vouchers_write_them(amount: str, written: str) -> None:
    """The rules' examples, gaps, hundreds of millions, below one yuan, below zero."""
    assert FILTERS["大写金额"](Decimal(amount)) == written
    assert FILTERS["大写金额"](amount) == written


VALUES = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
SIZES = {"拾": 10, "佰": 100, "仟": 1000}


def read_back(written: str) -> int:
    """Return the fen of an amount in hanzi, read by other rules than it was written by."""
    fen = total = section = digit = 0
    for sign in written.removesuffix("整"):
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in SIZES:
            section, digit = section + digit * SIZES[sign], 0
        elif sign in "万亿元":
            section, digit = section + digit, 0
            if sign == "亿":
                total, section = (total + section) * 10**8, 0
            elif sign == "万":
                total, section = total + section * 10**4, 0
            else:
                total, section = total + section, 0
        else:
            fen, digit = fen + digit * (10 if sign == "角" else 1), 0
    return total * 100 + fen


@given(st.integers(0, 10**14 - 1))
def test_amounts_can_be_read_back(fen: int) -> None:
    """Every amount is told by its hanzi, no two zeros stand together, none at the end."""
    written = FILTERS["大写金额"](Decimal(fen) / 100)
    assert read_back(written) == fen
    assert "零零" not in written
    assert "零元" not in written or fen == 0


@pytest.mark.parametrize("amount", ["1.005", "10000000000000000", "甲", "1,200", True, "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount: object) -> None:
    """A fraction of a fen is not rounded away."""
    with pytest.raises(TemplateError):
        FILTERS["大写金额"](amount)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (2020, "二千零二十"),
        (10010, "一万零一十"),
        (100000, "十万"),
        (Decimal("3.50"), "三点五"),
        (Decimal(-7), "负七"),
        (Fraction(1, 3), "零点三"),
        (figure("35"), "三十五"),
        (figure(None), "【待填：某数】"),
        (None, ""),
    ],
)
def test_numbers_in_hanzi(number: object, written: str) -> None:
    """As they are spoken; not reported is not zero."""
    assert FILTERS["中文数字"](number) == written


@pytest.mark.parametrize(
    ("now", "then", "measure", "written"),
    [
        (figure("12"), figure("9"), "个", "增加3个"),
        (figure("9"), 12, "个", "减少3个"),
        (figure("9"), figure("9.0"), "个", "持平"),
        (figure(None), figure("9"), "个", "【待填：与上年相比增减】"),
        (figure("9"), figure(None), "个", "【待填：与上年相比增减】"),
        (figure("9"), None, "个", "【待填：与上年相比增减】"),
        (figure("95.25", "%"), figure("93.14", "%"), "", "增加2.2个百分点"),
        (figure("95.24", "%"), figure("95.16", "%"), "", "持平"),
        (figure("95.24", "%", 2), figure("95.16", "%", 2), "", "增加0.08个百分点"),
        (figure("90", "%"), figure("95.1", "%"), "个点", "减少5.1个点"),
        (Decimal("1.5"), 1, "学时", "增加0.5学时"),
        (Fraction(1, 3), 0, "", "增加0.3"),
    ],
)
def test_changes(now: object, then: object, measure: str, written: str) -> None:
    """By how much, as one who subtracts the printed numbers would find; never from what was not reported."""
    assert FILTERS["增减"](now, then, measure) == written


@pytest.mark.parametrize(
    ("number", "level", "written"),
    [(1, 1, "一、"), (12, 2, "（十二）"), (3, 3, "3."), (4, 4, "（4）"), (figure("21"), 1, "二十一、")],
)
def test_numbers_of_headings(number: object, level: int, written: str) -> None:
    """The four levels of the standard."""
    assert FILTERS["序号"](number, level) == written


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("序号", (0,)),
        ("序号", (1, 5)),
        ("序号", (Decimal("1.5"),)),
        ("序号", (None,)),
        ("星级", (Decimal("4.5"),)),
        ("星级", ("甲",)),
        ("百分比", ("甲",)),
        ("增减", ("甲", 1)),
        ("日期", ("昨天",)),
        ("月日", (YearMonth(2020, 9),)),
        ("汉字日期", ("2020年",)),
        ("顿号", ("甲、乙",)),
        ("顿号", (figure("3"),)),
        ("顿号", ({"列": 1},)),
        ("列", (["甲"], "列")),
        ("并列", ([["甲", 1]],)),
        ("并列", (["甲乙丙"],)),
    ],
)
def test_what_a_filter_cannot_write_is_refused(name: str, given: tuple[object, ...]) -> None:
    """The sentence says what the value is and is none of."""
    with pytest.raises(TemplateError) as refused:
        FILTERS[name](*given)
    assert refused.value.what
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("filter_", "value", "written"),
    [
        (FILTERS["日期"], datetime(2020, 1, 2, 3, 4), "2020年1月2日"),  # noqa: DTZ001 - a cell's date has no zone
        (FILTERS["日期"], YearMonth(2020, 9), "2020年9月"),
        (FILTERS["日期"], "2020-01-02", "2020年1月2日"),
        (FILTERS["日期"], None, ""),
        (FILTERS["短日期"], YearMonth(2020, 9), "2020.9"),
        (FILTERS["汉字日期"], YearMonth(2020, 10), "二〇二〇年十月"),
        (FILTERS["汉字日期"], Decimal(2021), "二〇二一年"),
        (FILTERS["汉字日期"], date(2021, 11, 20), "二〇二一年十一月二十日"),
        (FILTERS["月日"], "", ""),
        (FILTERS["姓名"], None, ""),
        (FILTERS["姓名"], " 王芳 ", "王　芳"),
        (FILTERS["姓名"], "阿不都·热合曼", "阿不都·热合曼"),
        (FILTERS["星级"], None, "—"),
        (FILTERS["星级"], figure(None), "【待填：某数】"),
        (FILTERS["百分比"], figure("95.25"), "95.3%"),
        (FILTERS["百分比"], figure(None), "【待填：某数】"),
        (FILTERS["百分比"], None, "【待填：此处】"),
        (FILTERS["顿号"], None, ""),
        (FILTERS["等N个"], [], ""),
        (FILTERS["并列"], [["党员", None, "名"], ["", None, "个"]], "党员【待填：党员】名、【待填：个】个"),
        (FILTERS["非零"], figure("0"), ""),
        (FILTERS["非零"], figure(None), "【待填：某数】"),
        (FILTERS["非零"], None, "【待填：此处】"),
        (FILTERS["非零"], 0.0, ""),
    ],
)
def test_blanks_and_other_kinds(filter_: Callable[[object], str], value: object, written: str) -> None:
    """A blank is nothing or is to be filled, and never counts as zero."""
    assert filter_(value) == written
