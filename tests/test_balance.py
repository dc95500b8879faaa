"""Which cells to change so that sums add up again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tiny
from pbreports.balance import Balance, advice, balances_of, hints
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.model import Sheet
from pbreports.values import Record

RULES = """
- {码: B-1, 级别: 错误, 表: 一列一条, 条件: 个数 + 差额 == 次数, 消息: 不平。, 怎么改: 请核对。}
- {码: B-2, 级别: 错误, 表: 一列一条, 条件: 上期人数 - 差额 == 次数, 消息: 不平。, 怎么改: 请核对。}
- {码: B-3, 级别: 错误, 表: 一列一条, 条件: 金额 == 次数 + 1, 消息: 不平。, 怎么改: 请核对。}
- {码: N-1, 级别: 错误, 表: 一列一条, 条件: 个数 * 2 == 次数, 消息: 乘。, 怎么改: 请核对。}
- {码: N-2, 级别: 错误, 表: 一列一条, 适用: 是否公示, 条件: 个数 == 次数, 消息: 有时。, 怎么改: 请核对。}
- {码: N-3, 级别: 错误, 表: 一列一条, 条件: 个数 <= 次数, 消息: 不等。, 怎么改: 请核对。}
"""
RIGHT = {"个数": 4, "差额": 1, "次数": 5, "上期人数": 6, "金额": 6}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with rules about sums."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("balance"), tiny.SCHEME + RULES)


def record(values: Mapping[str, int | None]) -> Record:
    """Return a record of the sheet with some values."""
    there = {name: None if value is None else Decimal(value) for name, value in values.items()}
    return Record("一列一条", "A01", there, {name: f"D{row}" for row, name in enumerate(there, 4)}, "", "02_一列一条")


def ways(scheme: Scheme, values: Mapping[str, int | None]) -> list[tuple[dict[str, Fraction], set[str]]]:
    """Return the hints as new values by field with the codes they clear."""
    found = hints(balances_of(scheme), scheme.sheets["一列一条"], record(values))
    return [({one.field: one.then for one in hint.changes}, set(hint.codes)) for hint in found]


def test_only_sums_that_must_always_hold_are_balances(scheme: Scheme) -> None:
    """Products, comparisons and rules that apply at times are no balances."""
    found = {one.code: (dict(one.factors), one.constant) for one in balances_of(scheme)}
    assert found == {
        "B-1": ({"个数": 1, "差额": 1, "次数": -1}, 0),
        "B-2": ({"上期人数": 1, "差额": -1, "次数": -1}, 0),
        "B-3": ({"金额": 1, "次数": -1}, -1),
    }


def test_sums_that_hold_need_no_hint(scheme: Scheme) -> None:
    """Nothing is broken, nothing is said."""
    assert ways(scheme, RIGHT) == []


def test_one_cell_that_clears_all_goes_before_others(scheme: Scheme) -> None:
    """The field that stands in all three balances is the one."""
    assert ways(scheme, {**RIGHT, "次数": 9}) == [({"次数": Fraction(5)}, {"B-1", "B-2", "B-3"})]


def test_a_way_that_breaks_what_holds_is_none(scheme: Scheme) -> None:
    """With one balance broken only the field that stands in no other can be changed."""
    assert ways(scheme, {**RIGHT, "个数": 7}) == [({"个数": Fraction(4)}, {"B-1"})]


def test_two_cells_are_named_where_one_does_not_do(scheme: Scheme) -> None:
    """Three balances broken by two wrong numbers: mending each by itself would take three cells."""
    assert ways(scheme, {**RIGHT, "次数": 7, "金额": 9}) == [
        ({"次数": Fraction(5), "金额": Fraction(6)}, {"B-1", "B-2", "B-3"})
    ]


def test_each_sum_has_its_way_where_no_two_cells_mend_all(scheme: Scheme) -> None:
    """Three independent mistakes are told one by one."""
    assert ways(scheme, {**RIGHT, "个数": 40, "上期人数": 9, "金额": 7}) == [
        ({"个数": Fraction(4)}, {"B-1"}),
        ({"上期人数": Fraction(6)}, {"B-2"}),
        ({"金额": Fraction(6)}, {"B-3"}),
    ]


def test_a_balance_with_a_blank_is_left_out(scheme: Scheme) -> None:
    """A blank neither breaks a sum nor forbids a change."""
    found = ways(scheme, {**RIGHT, "次数": 9, "金额": None, "上期人数": None})
    assert ({"次数": Fraction(5)}, {"B-1"}) in found
    assert ({"个数": Fraction(8)}, {"B-1"}) in found


def test_values_beyond_a_fields_limits_are_no_way(scheme: Scheme) -> None:
    """差额 is at least -5, so it cannot make up for a number far too large."""
    values = {**RIGHT, "个数": 40, "上期人数": None, "金额": None}
    assert [list(then) for then, _ in ways(scheme, values)] == [["个数"], ["次数"]]


def test_the_advice_names_the_cell_and_both_values(scheme: Scheme) -> None:
    """One way is said with its address; several are said as alternatives."""
    sheet = scheme.sheets["一列一条"]
    wrong = record({**RIGHT, "次数": 9})
    told = advice("B-2", hints(balances_of(scheme), sheet, wrong), wrong.cells)
    assert told == "改 D6“次数” 一格即可使3条平衡关系成立（现为9，应为5）。"
    open_ended = record({**RIGHT, "个数": 7, "上期人数": None, "金额": None})
    told = advice("B-1", hints(balances_of(scheme), sheet, open_ended), open_ended.cells)
    assert told.startswith("改其中一处即可使1条平衡关系成立：")
    assert "D4“个数”由7改为4" in told


FIELDS = ("个数", "差额", "次数", "上期人数", "金额")


@given(values=st.fixed_dictionaries({name: st.none() | st.integers(-5, 60) for name in FIELDS}))
def test_a_hint_keeps_what_it_promises(scheme: Scheme, values: dict[str, int | None]) -> None:
    """Whatever stands there: with the change made, the named balances hold, and none that held is broken."""
    balances = balances_of(scheme)
    sheet = scheme.sheets["一列一条"]
    before = _broken(balances, values)
    for hint in hints(balances, sheet, record(values)):
        after = _broken(balances, {**values, **{one.field: one.then for one in hint.changes}})
        assert set(hint.codes) <= before
        assert after == before - set(hint.codes)
        assert all(_fits(sheet, one.field, one.then) for one in hint.changes)


@given(
    name=st.sampled_from(FIELDS),
    wrong=st.integers(0, 90),
    right=st.tuples(st.integers(0, 40), st.integers(-5, 40)).filter(lambda pair: pair[0] + pair[1] >= 0),
)
def test_one_wrong_number_is_always_among_the_hints(
    scheme: Scheme, name: str, wrong: int, right: tuple[int, int]
) -> None:
    """Where one field was mistyped, to put the right number back is one of the ways."""
    count, more = right
    total = count + more
    good = {"个数": count, "差额": more, "次数": total, "上期人数": total + more, "金额": total + 1}
    found = ways(scheme, {**good, name: wrong})
    if wrong != good[name] and good["上期人数"] >= 0:
        assert {name: Fraction(good[name])} in [then for then, _ in found]


def _broken(balances: tuple[Balance, ...], values: Mapping[str, int | Fraction | None]) -> set[str]:
    there = {name: Fraction(value) for name, value in values.items() if value is not None}
    return {one.code for one in balances if one.factors.keys() <= there.keys() and one.excess(there)}


def _fits(sheet: Sheet, name: str, value: Fraction) -> bool:
    field = sheet.by_name[name]
    low, high = field.minimum, field.maximum
    return (low is None or value >= Fraction(low)) and (high is None or value <= Fraction(high))


def test_the_shipped_scheme_has_its_balances() -> None:
    """The sums of the year's forms are found among its rules."""
    found = balances_of(load_scheme(Path(__file__).parents[1] / "inputs/2020/方案"))
    assert {"V-M01", "V-M02", "V-M03", "V-M04", "V-M05", "V-M06"} <= {one.code for one in found}
