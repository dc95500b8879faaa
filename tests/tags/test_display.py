"""How figures and other values are printed and compared in a template."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import TemplateError
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.tags.display import PaperFigure, shown, shown_number
from pbreports.tags.environment import environment
from pbreports.tags.values import paper_values
from pbreports.values import Figure, NamedList, YearMonth


def figure(value: Decimal | Fraction | None, unit: str = "个") -> Figure:
    """Return a figure of this value."""
    return Figure("换届党支部数", value, unit, reported=1, expected=1)


def render(source: str, **values: object) -> str:
    """Return the source filled."""
    return environment().from_string(source).render(values)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal(67), "个", "67"),
        (Decimal("12.50"), "小时", "12.5"),
        (Decimal(1200), "元", "1200"),
        (Fraction(3800, 151), "%", "25.2%"),
        (Fraction(96), "%", "96.0%"),
        (Decimal(100), "%", "100%"),
        (Fraction(9996, 100), "%", "100.0%"),
        (Fraction(9124, 100), "分", "91.2"),
        (Fraction(25, 100), "%", "0.3%"),
        (Decimal("1E+3"), "人", "1000"),
    ],
)
def test_a_figure_is_printed_by_the_habit_of_its_unit(value: Decimal | Fraction, unit: str, text: str) -> None:
    """Whole numbers have no decimals, ratios one, half up; a full hundred per cent has none."""
    assert str(PaperFigure(figure(value, unit))) == text


@given(st.decimals(min_value=-10000, max_value=10000, places=4))
def test_rounding_is_half_up_and_exact(value: Decimal) -> None:
    """Exact fractions are rounded as the decimal module rounds half up."""
    assert round_half_up(Fraction(value), 1) == value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def test_not_reported_is_not_zero() -> None:
    """A figure without a value prints its gap and keeps the sentence that only a zero would drop."""
    values = paper_values({"换届党支部数": figure(None)}, {}, {})
    assert render("{% if 换届党支部数 != 0 %}{{ 换届党支部数 }}个{% endif %}", **values) == "【待填：换届党支部数】个"
    assert render("{% if 换届党支部数 %}有{% else %}无{% endif %}", **values) == "无"
    assert (
        render("{{ 换届党支部数 < 1 or 换届党支部数 <= 1 or 换届党支部数 > 0 or 换届党支部数 >= 0 }}", **values) == "否"
    )


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("数", "是"),
        ("数 == 67", "是"),
        ("数 != 0", "是"),
        ("数 > 66 and 数 >= 67", "是"),
        ("数 < 67", "否"),
        ("数 <= 数", "是"),
    ],
)
def test_a_figure_compares_as_a_number(condition: str, answer: str) -> None:
    """Templates can ask how large a figure is."""
    assert render(f"{{{{ '是' if {condition} else '否' }}}}", 数=PaperFigure(figure(Decimal(67)))) == answer


def test_a_zero_figure_is_false() -> None:
    """``{% if 名称 %}`` drops a clause about nothing."""
    assert render("{% if 数 != 0 %}有{% endif %}{% if 数 %}有{% endif %}", 数=PaperFigure(figure(Decimal(0)))) == ""


def test_a_figure_does_not_compare_with_a_text() -> None:
    """Asking whether a figure is more than a text is a mistake, not a no."""
    with pytest.raises(TypeError, match="换届党支部数"):
        render("{{ 数 > '多' }}", 数=PaperFigure(figure(Decimal(67))))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (date(2020, 3, 5), "2020年3月5日"),
        (YearMonth(2020, 9), "2020年9月"),
        (Decimal("3.0"), "3"),
        ("甲\x0b乙\x00", "甲乙"),
        ("礼仪花开　党旗红", "礼仪花开　党旗红"),
    ],
)
def test_values_of_lists_are_printed_in_chinese(value: object, text: str) -> None:
    """Dates are full and not padded, blanks print as nothing, brand names as they were given."""
    assert shown(value) == text


def test_a_whole_fraction_has_no_decimals() -> None:
    """An exact whole number that came out of a division is printed as a whole number."""
    assert shown_number(Fraction(6, 3)) == "2"


def test_a_name_stands_for_one_thing() -> None:
    """A figure and a list of one name are refused: nobody could tell which the template means."""
    with pytest.raises(TemplateError, match="换届党支部数"):
        paper_values({"换届党支部数": figure(None)}, {"换届党支部数": NamedList("换届党支部数", (), 0, 0)}, {})
