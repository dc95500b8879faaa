"""Tests of the records that were printed beforehand: none of them disappears without a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

import tiny
from excel.blanks import GOOD, LIST, PRESET, UPRIGHT, filled, found, received, told
from pbreports.excel.edit import DeleteColumn, DeleteRows, Edit, InsertRows, MergeCells, SetCells, edited
from pbreports.excel.intake import read_submission
from pbreports.scheme import Scheme
from pbreports.scheme.language import Facts
from pbreports.values import Finding, Record, Severity

GONE = [
    ([DeleteRows(PRESET, 5)], PRESET, "", "预填的“A01-1、第一季度”不见了。", "A01-1、第一季度"),
    ([DeleteRows(PRESET, 5, 2)], PRESET, "", "预填的“A01-1、第一季度”（等2条）不见了。", "A01-1"),
    ([DeleteRows(PRESET, 6, 2)], PRESET, "", "预填的“A01-1、第二季度”（等2条）不见了。", ""),
    ([DeleteColumn(UPRIGHT, 3)], UPRIGHT, "", "预填的“A01-1”不见了。", "A01-1"),
    ([SetCells(UPRIGHT, {"C4": "A01-9"})], UPRIGHT, "C4", "预填的“A01-1”不见了（C4现在是“A01-9”）。", "A01-1"),
    ([SetCells(PRESET, {"A5": "A01-9"})], PRESET, "", "预填的“A01-1、第一季度”不见了。", "A01-1、第一季度"),
    ([SetCells(UPRIGHT, {"C4": "a01-1"})], UPRIGHT, "C4", "预填的“A01-1”被改成了“a01-1”。", "A01-1"),
    (
        [SetCells(PRESET, {"A5": "a01-1", "A6": "a01-1"})],
        PRESET,
        "A5",
        "预填的“A01-1、第一季度”（等2条）被改成了“a01-1、第一季度”。",
        "A01-1",
    ),
]


@pytest.mark.parametrize(("edits", "sheet", "cell", "message", "subject"), GONE)
def test_a_printed_record_that_is_gone_is_one_error(
    scheme: Scheme, edits: Sequence[Edit], sheet: str, cell: str, message: str, subject: str
) -> None:
    """Deleted, or its locked key typed over: said once for the sheet, else its data were missing from every sum."""
    (one,) = found(scheme, edits)
    assert (one.code, one.severity, one.where.sheet, one.where.cell) == ("V-G04", Severity.ERROR, sheet, cell)
    assert (one.message, one.subject) == (message, subject)
    assert one.remedy.startswith("请恢复这一" if "不见" in message else "请改回下发时的样子")


def test_the_remedy_names_what_a_record_is_on_the_sheet(scheme: Scheme) -> None:
    """A column of an upright sheet, a row of a list."""
    upright, rows = found(scheme, [DeleteColumn(UPRIGHT, 3), DeleteRows(PRESET, 5)])
    assert upright.remedy.startswith("请恢复这一列")
    assert rows.remedy.startswith("请恢复这一行，没有数据的填 0")


def test_what_is_gone_is_unknown_to_sums(scheme: Scheme) -> None:
    """No sum over the missing record is asked, nor is what was made of its key looked for elsewhere."""
    result = received(scheme, edited(filled(scheme), [SetCells(UPRIGHT, {"C4": "A01-9"})]))
    assert result.submission is not None
    doubtful = result.submission.doubtful
    assert [row["小组代码"] for row in doubtful["一列一条.次数"]] == ["A01-1"]
    assert [row["小组代码"] for row in doubtful["一列一条.小组代码"]] == ["A01-1", "A01-9"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (SetCells(UPRIGHT, {"C4": None}), "“小组代码”为必填项。"),
        (MergeCells(PRESET, "A5:A6"), "有合并单元格，只有左上角一格有值。"),
        (SetCells(UPRIGHT, {"A4": "代码组"}), "A4的表头“代码组”是不是“小组代码”，没有读取。"),
    ],
)
def test_a_key_that_cannot_be_read_is_said_as_such(scheme: Scheme, edit: Edit, message: str) -> None:
    """The record is there: what is wrong with its cell is the cause."""
    assert [one.message for one in found(scheme, [edit])] == [message]


@pytest.mark.parametrize(
    "edits", [[InsertRows(PRESET, 6, 2)], [SetCells(UPRIGHT, {"C4": "Ａ01-1"})], [SetCells(LIST, {"A5": "X"})]]
)
def test_a_record_that_only_moved_is_there(scheme: Scheme, edits: Sequence[Edit]) -> None:
    """Where it stands means nothing, and a key that is read rightly is right."""
    assert [one for one in found(scheme, edits) if one.severity is Severity.ERROR] == []


def test_a_sheet_that_is_not_filled_is_one_finding(scheme: Scheme) -> None:
    """Whoever has filled nothing is not told of each record; nor whoever has declared that there are none."""
    rest = {name: rows for name, rows in GOOD.items() if name != "小组季度"}
    empty = edited(filled(scheme, rest), [DeleteRows(PRESET, 5)])
    assert told(received(scheme, empty).findings) == [("V-G07", PRESET, "", 1)]
    declared = edited(filled(scheme, rest, ["小组季度"]), [DeleteRows(PRESET, 5)])
    assert received(scheme, declared).findings == ()


def _against(scheme: Scheme, data: bytes, groups: tuple[Record, ...]) -> tuple[Finding, ...]:
    """Return what is found when the roster of groups has changed since the workbook was issued."""
    facts = Facts({**tiny.tiny_records(scheme), "小组": groups})
    units, period = tiny.tiny_units(scheme), tiny.second_half(scheme)
    return read_submission(data, scheme, units, period, file="2031_下半年_A01_一馆_v1.xlsx", facts=facts).findings


def test_a_group_dissolved_since_is_not_missed(scheme: Scheme) -> None:
    """What the roster no longer has may be there or not."""
    groups = tiny.tiny_records(scheme)["小组"]
    dissolved = replace(groups[0], values={**groups[0].values, "状态": "撤销"})
    assert _against(scheme, filled(scheme), (dissolved, *groups[1:])) == ()
    without = edited(filled(scheme), [DeleteRows(PRESET, 5, 2), DeleteColumn(UPRIGHT, 3)])
    assert _against(scheme, without, (dissolved, *groups[1:])) == ()


def test_a_group_founded_since_is_asked_for_without_blame(scheme: Scheme) -> None:
    """No sheet knows of it, so nobody can have deleted it: said once for the workbook."""
    groups = tiny.tiny_records(scheme)["小组"]
    founded = replace(groups[0], values={**groups[0].values, "小组代码": "A01-4", "人数": Decimal(4)})
    (one,) = _against(scheme, filled(scheme), (*groups, founded))
    assert (one.code, one.where.sheet, one.message) == ("V-G04", UPRIGHT, "名册上的“A01-4”，各表里都没有。")
    assert "新下发的" in one.remedy


def test_a_group_deleted_everywhere_is_one_finding(scheme: Scheme) -> None:
    """It cannot be told from one that the roster has got since."""
    (one,) = found(scheme, [DeleteRows(PRESET, 5, 2), DeleteColumn(UPRIGHT, 3)])
    assert one.message == "名册上的“A01-1”，各表里都没有。"
