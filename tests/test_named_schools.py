"""Whoever is named, commended or given a share of a quota is on the roster: else the bureau's own row is pointed out."""

from __future__ import annotations

import pytest

from pbreports.pipeline.references import dangling
from pbreports.scheme import Scheme, load_scheme
from pbreports.values import Record
from rules.casebook import CASES

SCHEME = CASES.parents[2] / "inputs" / "2020" / "方案"
SHEETS = ("示范校命名", "品牌", "上级表彰", "名额分配", "推荐审核", "观摩点", "包保联系点", "典型案例")


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    """Return the shipped year."""
    return load_scheme(SCHEME)


def row(sheet: str, field: str, value: str) -> Record:
    """Return a row of a bureau sheet with one field filled in."""
    return Record(sheet, "", {field: value}, {field: "A5"}, "表彰命名.xlsx", sheet)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_school_that_is_not_on_the_roster_is_named(scheme: Scheme, sheet: str) -> None:
    """A code that the roster lacks is one sentence, with the row's place; codes that it has are none."""
    roster = [row("学校", "学校代码", "S1")]
    named = [row(sheet, "学校代码", "S1"), row(sheet, "学校代码", "S9")]
    (found,) = dangling(scheme, {"学校": roster, sheet: named})
    assert (found.code, found.message) == ("F-32", "“学校代码”的“S9”在《学校》表里没有。")
    assert str(found.where) == f"表彰命名.xlsx → {sheet} → A5"
