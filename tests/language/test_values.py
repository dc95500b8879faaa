"""What expressions on single values give: exact numbers, blanks, dates."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.places import value_of
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.language.calendar import age
from pbreports.values import YearMonth


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.1 + 0.2 == 0.3", True),
        ("1 / 3 * 3 == 1", True),
        ("1 / 3 + 1 / 3 + 1 / 3 == 1", True),
        ("(1 / 3) / (1 / 3)", Decimal(1)),
        ("7 // 2", Decimal(3)),
        ("-7 // 2", Decimal(-4)),
        ("7 % 2", Decimal(1)),
        ("-7 % 2", Decimal(1)),
        ("2 / 4", Fraction(1, 2)),
        ("99999999 * 99999999 * 99999999 * 99999999 % 10", Decimal(1)),
        ("99999999 * 99999999 * 99999999 * 99999999 - 1 < 99999999 * 99999999 * 99999999 * 99999999", True),
        ("-(99999999 * 99999999 * 99999999 * 99999999) % 10", Decimal(9)),
        ("绝对值(0 - 99999999 * 99999999 * 99999999 * 99999999) % 10", Decimal(1)),
        ("绝对值(-1 / 3) == 1 / 3", True),
        ("较大(1 / 3, 0.3) == 1 / 3", True),
        ("较小(1 / 3, 0.3)", Decimal("0.3")),
        ("四舍五入(2.5, 0)", Decimal(3)),
        ("四舍五入(-2.5, 0)", Decimal(-3)),
        ("四舍五入(-2.4, 0)", Decimal(-2)),
        ("四舍五入(1.005, 2)", Decimal("1.01")),
        ("四舍五入(2 / 3, 1)", Decimal("0.7")),
        ("四舍五入(1250, -2)", Decimal(1300)),
        ("四舍五入(38 / 151 * 100, 1)", Decimal("25.2")),
        ("四舍五入(1, 999999999)", None),
        ("向上取整(2.01)", Decimal(3)),
        ("向上取整(-2.01)", Decimal(-2)),
        ("向下取整(-2.01)", Decimal(-3)),
        ("向上取整(1 / 3)", Decimal(1)),
        ("1 < 2 < 3", True),
        ("1 < 2 < 2", False),
        ("3 > 2 >= 2 != 1", True),
        ("2 in [1, 2]", True),
        ("3 not in [1, 2]", True),
        ("'甲' in []", False),
        ("1 / 2 in [0.5]", True),
        ("5 if 1 > 2 else 6", Decimal(6)),
        ("'党' + '员'", "党员"),
        ("年度 - 1", Decimal(2019)),
        ("文字(0.50)", "0.5"),
        ("文字(100)", "100"),
        ("文字(1 / 3)", "0.3"),
        ("文字(1 == 1)", "是"),
        ("包含('东门大街小学', '大街')", True),
        ("字数(' 两 字 ')", Decimal(2)),
        ("缺少(['甲', '乙', '乙', '丙'], ['丙'])", "甲、乙"),
        ("缺少(['甲'], ['甲'])", None),
        ("差(['甲', '乙', '乙'], ['甲'])", Decimal(1)),
        ("缺少([1, 2], [1.0])", "2"),
    ],
)
def test_an_expression_gives_its_value(text: str, wanted: object) -> None:
    """Numbers are exact to the last digit, comparisons chain, rounding is half away from zero."""
    assert value_of(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "1 // 0",
        "1 % 0",
        "1 / (2 - 2) + 1",
        "上限 + 1",
        "-上限",
        "上限 == 上限",
        "1 < 上限",
        "1 if 上限 > 0 else 2",
        "字数(文字(上限 + 1))",
        "较大(上限, 1)",
        "日期(年度, 2, 30)",
        "日期(年度 * 1000000000000, 1, 1)",
        "日期(年度, 13, 1)",
        "加年(日期(9999, 12, 31), 1)",
        "加月(日期(9999, 12, 31), 1)",
        "加日(日期(9999, 12, 31), 1)",
        "加年(日期(1, 1, 1), -1)",
        "日期(9999, 12, 31) + 1",
        "日期(1, 1, 1) - 1",
        "加日(日期(2020, 1, 1), 999999999999)",
        "统计截止日 - 99999999999",
        "加年(统计截止日, 99999999999)",
        "应计月数('某年', 统计截止日, 豁免月)",
        "工作日数(统计截止日, 日期(2199, 1, 1))",
        "工作日数(日期(1990, 1, 1), 统计截止日)",
        "期内(日期(年度, 2, 30))",
        "1 in [上限, 2]",
        "1 not in [上限, 2]",
    ],
)
def test_what_nothing_can_hold_is_a_blank(text: str) -> None:
    """A blank operand, a division by zero and a day beyond the calendar give a blank, never an error."""
    assert value_of(text) is None


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rounding_is_half_away_from_zero(value: Decimal, places: int) -> None:
    """Rounding agrees with the half-up rounding of the standard library, for negatives too."""
    assert round_half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_THREE = {"真": "1 == 1", "假": "1 == 2", "空": "上限 == 1"}
_AS = {"真": True, "假": False, "空": None}


@pytest.mark.parametrize("a", _THREE)
@pytest.mark.parametrize("b", _THREE)
def test_conditions_know_three_values(a: str, b: str) -> None:
    """``and`` is the least, ``or`` the greatest of false < blank < true; ``not`` turns; De Morgan's laws hold."""
    order = [False, None, True]
    x, y = _THREE[a], _THREE[b]
    both = min(_AS[a], _AS[b], key=order.index)
    either = max(_AS[a], _AS[b], key=order.index)
    assert value_of(f"({x}) and ({y})") is both
    assert value_of(f"({x}) or ({y})") is either
    assert value_of(f"not (({x}) and ({y}))") is value_of(f"not ({x}) or not ({y})")
    assert value_of(f"not (({x}) or ({y}))") is value_of(f"not ({x}) and not ({y})")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("空(上限)", True),
        ("非空(上限)", False),
        ("空(年度)", False),
        ("缺省(上限, 5)", Decimal(5)),
        ("缺省(年度, 5)", Decimal(2020)),
        ("上限 > 1 < 0", False),
        ("1 in [1, 上限]", True),
        ("1 not in [1, 上限]", False),
        ("1 == 1 or 上限 > 0", True),
        ("1 == 2 and 上限 > 0", False),
    ],
)
def test_a_blank_decides_only_where_it_must(text: str, wanted: object) -> None:
    """What is already decided without the blank operand is decided; 空, 非空 and 缺省 look at the blank itself."""
    assert value_of(text) == wanted


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(1990, 6, 15), date(2020, 6, 14), 29),
        (date(1990, 6, 15), date(2020, 6, 15), 30),
        (YearMonth(1990, 6), date(2020, 6, 1), 30),
        (YearMonth(1990, 6), date(2020, 5, 31), 29),
        (date(1990, 6, 30), YearMonth(2020, 6), 30),
        (YearMonth(1975, 12), YearMonth(2020, 11), 44),
    ],
)
def test_age_is_in_full_years(born: object, on: object, years: int) -> None:
    """A full year is over on the birthday; one born on 29 February is a year older on 1 March of a common year."""
    assert age(born, on) == years  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("加月(日期(2020, 1, 31), 1)", date(2020, 2, 29)),
        ("加月(日期(2019, 1, 31), 1)", date(2019, 2, 28)),
        ("加月(日期(2020, 3, 31), -1)", date(2020, 2, 29)),
        ("加月(日期(2020, 1, 31), -2)", date(2019, 11, 30)),
        ("加月(日期(2020, 12, 15), 1)", date(2021, 1, 15)),
        ("加年(日期(2020, 2, 29), 1)", date(2021, 2, 28)),
        ("加年(日期(2020, 2, 29), 4)", date(2024, 2, 29)),
        ("加日(日期(2020, 2, 28), 2)", date(2020, 3, 1)),
        ("统计截止日 - 统计起始日", Decimal(365)),
        ("统计起始日 + 31", date(2020, 2, 1)),
        ("年(统计截止日)", Decimal(2020)),
        ("月份(统计截止日)", Decimal(12)),
        ("日(统计截止日)", Decimal(31)),
        ("期内(日期(2020, 12, 31))", True),
        ("期内(日期(2021, 1, 1))", False),
    ],
)
def test_dates_keep_to_the_month(text: str, wanted: object) -> None:
    """A month later is the same day, or the month's last; both ends of a period belong to it."""
    assert value_of(text) == wanted


def test_months_without_a_day_move_too() -> None:
    """年月 moves by months and years and stays a month."""
    row = {"出生年月": YearMonth(1980, 11)}
    assert value_of("加月(出生年月, 3)", row, sheet="党员") == YearMonth(1981, 2)
    assert value_of("加年(出生年月, 60)", row, sheet="党员") == YearMonth(2040, 11)
    assert value_of("加年(出生年月, 99999)", row, sheet="党员") is None
    assert value_of("年龄(出生年月, 统计截止日)", row, sheet="党员") == 40


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ((2020, 1, 23), (2020, 2, 3), 2),  # 春节延长至2月2日：1月23日、2月3日上班，1月19日才是调休
        ((2020, 1, 19), (2020, 1, 19), 1),  # 星期日，调休上班
        ((2020, 9, 27), (2020, 9, 27), 1),  # 星期日，调休上班
        ((2020, 9, 28), (2020, 10, 10), 5),  # 国庆、中秋 8 天假；10月10日星期六上班
        ((2020, 5, 1), (2020, 5, 5), 0),
        ((2020, 10, 1), (2020, 9, 1), 0),
    ],
)
def test_working_days_follow_the_published_holidays(
    first: tuple[int, int, int], last: tuple[int, int, int], days: int
) -> None:
    """Holidays and make-up days of 2020 are those of 国办发明电〔2019〕16号 and 〔2020〕1号."""
    assert value_of(f"工作日数(日期{first}, 日期{last})") == days


@pytest.mark.parametrize(
    ("span", "cut_off", "months"),
    [
        ("全年", (2020, 12, 31), 10),
        ("全年", (2020, 11, 30), 9),
        ("全年", (2020, 11, 29), 8),
        ("第一季度", (2020, 12, 31), 2),
        ("第三季度", (2020, 9, 15), 1),
        ("第四季度", (2020, 11, 15), 1),
        ("第四季度", (2020, 9, 30), 0),
        ("上半年", (2020, 12, 31), 5),
        ("春季学期", (2020, 12, 31), 5),
    ],
)
def test_months_due_end_at_the_cut_off(span: str, cut_off: tuple[int, int, int], months: int) -> None:
    """A month counts when it is over by the cut-off date and not exempt (February and August here)."""
    assert value_of(f"应计月数('{span}', 日期{cut_off}, 豁免月)") == months
