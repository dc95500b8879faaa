"""Identity numbers: what is wrong with them, what they tell, and what may be shown of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.cadre.identity import born, fault, is_of_known_region, masked, normal, sex

NUMBER = "11010519491231002X"
"""The example of GB 11643."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_SEQUENCES = st.integers(0, 999).map("{:03d}".format)


def _number(region: str, day: date, sequence: str) -> str:
    """Return a number with its check digit by the table of the standard."""
    front = f"{region}{day:%Y%m%d}{sequence}"
    return front + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, front, strict=True)) % 11]


def test_the_example_of_the_standard_is_in_order() -> None:
    """Its check digit, date, sex and region are read."""
    assert fault(NUMBER) == ""
    assert (born(NUMBER), sex(NUMBER)) == (date(1949, 12, 31), "女")
    assert is_of_known_region(NUMBER)


@given(day=_DAYS, sequence=_SEQUENCES)
def test_every_number_made_by_the_standard_is_in_order(day: date, sequence: str) -> None:
    """Day and sex come out as they went in."""
    number = _number("370811", day, sequence)
    assert fault(number) == ""
    assert born(number) == day
    assert sex(number) == ("男" if sequence[-1] in "13579" else "女")


@given(day=_DAYS, sequence=_SEQUENCES, place=st.integers(0, 17), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(day: date, sequence: str, place: int, digit: str) -> None:
    """ISO 7064 MOD 11-2 tells every single wrong digit."""
    number = _number("370811", day, sequence)
    wrong = number[:place] + digit + number[place + 1 :]
    assert bool(fault(wrong)) == (wrong != number)


@given(day=_DAYS, sequence=_SEQUENCES, place=st.integers(0, 16))
def test_two_digits_changed_about_never_pass(day: date, sequence: str, place: int) -> None:
    """Nor two neighbours in the wrong order."""
    number = _number("370811", day, sequence)
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert bool(fault(wrong)) == (wrong != number)


@pytest.mark.parametrize(
    "text", ["１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002x ", "110105-19491231-002X"]
)
def test_how_it_was_typed_does_not_matter(text: str) -> None:
    """Full-width digits, a small x, spaces and dashes are the same number."""
    assert normal(text) == NUMBER
    assert fault(text) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("110105491231002", "是15位的旧号码，须填18位的"),
        ("11010549123100X", "有15位，应为18位"),
        ("", "有0位，应为18位"),
        ("1101051949123100٢X", "有不是数字的字（只有末位可以是 X）"),
        ("X10105194912310021", "有不是数字的字（只有末位可以是 X）"),
        ("11010519491231002Y", "有不是数字的字（只有末位可以是 X）"),
        ("110105194913310023", "第7—14位不是一个日期"),
        ("110105194902290023", "第7—14位不是一个日期"),
        ("110105194912310021", "的校验码不对，有一位填错了"),
    ],
)
def test_a_fault_is_told_by_its_cause(text: str, said: str) -> None:
    """Length before characters, characters before the date, the date before the check digit."""
    assert fault(text) == said


@given(st.text(max_size=30))
def test_no_text_makes_it_fail(text: str) -> None:
    """Whatever stands in the cell, there is an answer, and a birth day only where a date stands."""
    fault(text)
    born(text)
    is_of_known_region(text)


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("370811195001310019", True),
        ("330113198006150019", False),
        ("830000198006150014", False),
        ("000000198006150014", False),
    ],
)
def test_a_region_is_known_whatever_the_year_of_birth(number: str, *, known: bool) -> None:
    """A county founded after the birth is known; one that the table does not have, or a card for Taiwan, is not."""
    assert is_of_known_region(number) is known


@given(st.text(alphabet="0123456789X", max_size=24))
def test_what_is_shown_hides_the_middle(number: str) -> None:
    """At most five characters of a number are shown, of a short one none, and its length stays."""
    shown = masked(number)
    assert len(shown) == len(number)
    assert len(shown.replace("*", "")) == (5 if len(number) >= 10 else 0)


def test_what_is_shown_of_a_number() -> None:
    """The first three and the last two."""
    assert masked("370811198006150012") == "370*************12"
