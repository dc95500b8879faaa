"""Findings of one cause are said once, with how many places it has."""

from pbreports.findings import finding as worded
from pbreports.findings import merged
from pbreports.values import CellRef, Finding, Severity


def finding(cell: str, message: str = "代码Z9不在名册中。", sheet: str = "07_组织生活", code: str = "V-O01") -> Finding:
    """Return a finding at a cell."""
    return Finding(code, Severity.ERROR, CellRef("甲校.xlsx", sheet, cell), message)


def test_the_same_words_on_one_sheet_are_one_finding() -> None:
    """The first place stands for all, counted; another sheet, code or wording is another cause."""
    found = merged(
        [
            finding("A5"),
            finding("A6"),
            finding("A5", sheet="13_量化积分汇总"),
            finding("A7"),
            finding("A8", "代码Z8不在名册中。"),
            finding("A5", code="V-O02"),
        ]
    )
    assert [(one.code, one.where.sheet, one.where.cell, one.count) for one in found] == [
        ("V-O01", "07_组织生活", "A5", 3),
        ("V-O01", "13_量化积分汇总", "A5", 1),
        ("V-O01", "07_组织生活", "A8", 1),
        ("V-O02", "07_组织生活", "A5", 1),
    ]
    assert merged(found) == found


def test_what_a_cell_holds_does_not_play_on_a_screen() -> None:
    """Control characters, and those that turn the direction of writing, are shown as a square."""
    said = worded("F-01", CellRef("甲校.xlsx"), 原因="值是\x1b[2J\u202e乙", 怎么改="请重填\x01").message
    assert "值是□[2J□乙" in said
