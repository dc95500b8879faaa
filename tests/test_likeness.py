"""Copied workbooks: what tells, and when two are alike."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import tiny
from pbreports.likeness import Likeness, alike, telling
from pbreports.scheme import Scheme
from pbreports.values import Record, Scalar, SheetData, SheetState, Submission

LONG = "组织晨读小组到柳堤开展读书分享，共读三本书，形成心得二十四篇。"


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"))


def of(unit: str, *rows: dict[str, Scalar], sheet: str = "一行一条") -> Submission:
    """Return a submission with rows on one sheet."""
    records = tuple(Record(sheet, unit, row, {}, f"{unit}.xlsx", sheet) for row in rows)
    return Submission(f"{unit}.xlsx", "", unit, "下半年", "", {sheet: SheetData(sheet, SheetState.FILLED, records)})


def test_words_dates_and_numbers_tell(scheme: Scheme) -> None:
    """The same record has the same digest in whatever workbook it stands."""
    row: dict[str, Scalar] = {"编码": "L1", "长文": LONG, "个数": Decimal(37), "办理日期": date(2031, 9, 1)}
    assert telling(of("A01", row), scheme) == telling(of("B02", row), scheme) != ()


def test_the_unit_and_branch_do_not_count(scheme: Scheme) -> None:
    """A record pasted under another branch's code is still the same."""
    row: dict[str, Scalar] = {"长文": LONG, "个数": Decimal(37), "金额": Decimal("1234.5"), "小组代码": "A01-1"}
    other = row | {"小组代码": "B02-1", "小组名称": "柳堤小组", "上期人数": Decimal(12)}
    assert telling(of("A01", row, sheet="一列一条"), scheme) == telling(of("B02", other, sheet="一列一条"), scheme)


@pytest.mark.parametrize(
    "row",
    [
        {"编码": "L1", "个数": Decimal(0), "等次": "合格", "是否公示": True},
        {"去向": "第30阅览室及其附属的借阅处", "个数": Decimal(9)},
        {"短文": "无"},
    ],
)
def test_what_many_write_alike_tells_nothing(scheme: Scheme, row: dict[str, Scalar]) -> None:
    """Noughts, choices and short words are the same at many schools."""
    assert telling(of("A01", row), scheme) == ()


def test_two_workbooks_are_alike_from_three_records_and_two_fifths() -> None:
    """Fewer, or a small part of both, may be an activity held together."""
    found = {"A01": frozenset("abcdefgh"), "B02": frozenset("abcxyz"), "C03": frozenset("ab")}
    assert alike(found) == (Likeness(("A01", "B02"), 3, (8, 6)),)
    assert alike({"A01": frozenset("abcdefgh"), "B02": frozenset("abcqrstuv")}) == ()


def test_what_is_handed_round_is_no_copy() -> None:
    """A text that six units hold was given to them."""
    assert alike({unit: frozenset("abc") for unit in "ABCDEF"}) == ()
    assert len(alike({unit: frozenset("abc") for unit in "ABC"})) == 3
