"""What a resubmission changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

import tiny
from pbreports.rounds import changes, cleared_and_new
from pbreports.scheme import Scheme
from pbreports.values import CellRef, Finding, Record, Scalar, Severity


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"))


def rows(*given: tuple[str, int | None]) -> dict[str, list[Record]]:
    """Return records of the list by code and number."""
    found = []
    for line, (code, number) in enumerate(given, 5):
        values: dict[str, Scalar] = {
            "编码": code,
            "个数": None if number is None else Decimal(number),
            "合计数": Decimal(line),
        }
        found.append(
            Record("一行一条", "A01", values, {"编码": f"A{line}", "个数": f"D{line}"}, "x.xlsx", "01_一行一条")
        )
    return {"一行一条": found}


def told(scheme: Scheme, before: dict[str, list[Record]], after: dict[str, list[Record]]) -> list[tuple[object, ...]]:
    """Return the changes in short."""
    return [(one.where.cell, one.field, one.before, one.after) for one in changes(before, after, scheme)]


def test_a_changed_cell_is_named_where_it_stands_now(scheme: Scheme) -> None:
    """Rows may have moved; the record is known by its key, and computed fields are no change of the school's."""
    assert told(scheme, rows(("L1", 1), ("L2", 2)), rows(("L2", 7), ("L1", 1))) == [
        ("D5", "个数", Decimal(2), Decimal(7))
    ]


def test_a_blank_filled_and_a_cell_emptied_are_changes(scheme: Scheme) -> None:
    """Nothing is not nought."""
    assert told(scheme, rows(("L1", None)), rows(("L1", 0))) == [("D5", "个数", None, Decimal(0))]
    assert told(scheme, rows(("L1", 0)), rows(("L1", None))) == [("D5", "个数", Decimal(0), None)]


def test_records_that_came_and_went_are_said_whole(scheme: Scheme) -> None:
    """By their key, not field by field; of two with one key the second is the one that came."""
    assert told(scheme, rows(("L1", 1)), rows(("L2", 1))) == [("A5", "", None, "L2"), ("A5", "", "L1", None)]
    assert told(scheme, rows(("L1", 1)), rows(("L1", 1), ("L1", 1))) == [("A6", "", None, "L1")]
    assert told(scheme, rows(("L1", 1)), {}) == [("A5", "", "L1", None)]


def found(code: str, subject: str, message: str = "") -> Finding:
    """Return a finding about a record."""
    return Finding(code, Severity.ERROR, CellRef("x.xlsx", "01_一行一条", "D5"), message, subject=subject)


def test_findings_are_cleared_new_or_stand() -> None:
    """Other numbers in the words of the same rule about the same record are no new finding."""
    before = [found("R-1", "L1", "次数60太多"), found("R-1", "L2"), found("R-2", "L1")]
    after = [found("R-1", "L1", "次数55太多"), found("R-3", "L1")]
    gone, came, standing = cleared_and_new(before, after)
    assert [(one.code, one.subject) for one in gone] == [("R-1", "L2"), ("R-2", "L1")]
    assert [one.code for one in came] == ["R-3"]
    assert standing == 1
