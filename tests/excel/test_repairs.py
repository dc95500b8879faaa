"""What reading repaired, doubted or found lost is a finding that says so, shows before and after, and counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import tiny
from excel.blanks import LIST, edited, filled, found, received
from pbreports.excel.edit import Edit, SetCells
from pbreports.scheme import Scheme, load_scheme
from pbreports.values import Repair, Severity


def setting(**cells: str | Decimal) -> list[Edit]:
    """Return the edits that put values into cells of the list."""
    return [SetCells(LIST, dict(cells))]


def test_what_was_put_right_is_counted_by_sheet_and_kind(scheme: Scheme) -> None:
    """Two numbers written in words are one finding, a full-width one another."""
    findings = found(scheme, setting(D5="十二", E5="三", D6="１２"))
    assert [(one.code, one.where.cell, one.count, one.repair, one.message) for one in findings] == [
        ("V-G08", "D5", 2, Repair.DONE, "存在写成汉字的数字，原为“十二”，读作 12。"),
        ("V-G08", "D6", 1, Repair.DONE, "存在以文本存放的数字，原为“１２”，读作 12。"),
    ]


def test_what_is_doubtful_is_asked_about_in_each_column(scheme: Scheme) -> None:
    """It is read, and to be confirmed: a warning that names its column."""
    result = received(scheme, edited(filled(scheme), setting(D5="⑫", E5="③", D6="⑨", I5="1985.1")))
    assert [(one.code, one.severity, one.where.cell, one.count, one.repair) for one in result.findings] == [
        ("V-G13", Severity.WARNING, "D5", 2, Repair.CONFIRM),
        ("V-G13", Severity.WARNING, "E5", 1, Repair.CONFIRM),
        ("V-G13", Severity.WARNING, "I5", 1, Repair.CONFIRM),
    ]
    assert result.findings[0].message == "“个数”填的是“⑫”，带圈的数字，读作 12。"
    assert result.submission is not None
    assert result.submission.records("一行一条")[0].values["个数"] == Decimal(12)


@pytest.mark.parametrize("typed", ["3.70811E+17", Decimal(370811198503071234), "#REF!", "锟斤拷"])
def test_what_is_lost_says_so(scheme: Scheme, typed: str | Decimal) -> None:
    """Digits and characters that nobody can bring back are an error of their own class."""
    findings = found(scheme, setting(B5=typed))
    assert [(one.code, one.severity, one.where.cell, one.repair) for one in findings] == [
        ("V-G05", Severity.ERROR, "B5", Repair.LOST)
    ]


def test_what_is_refused_but_not_lost_is_of_no_class(scheme: Scheme) -> None:
    """A word in a number field is typed anew; nothing was lost."""
    assert [(one.code, one.repair) for one in found(scheme, setting(D5="约12"))] == [("V-G05", Repair.NONE)]


def test_rare_characters_are_told_once_for_a_sheet(scheme: Scheme) -> None:
    """They are a notice: nothing is to be mended. Long texts are not searched."""
    findings = found(scheme, setting(B5="玥动", B6="喆思", C5="玥"))
    assert [(one.code, one.severity, one.where.cell, one.count, one.repair) for one in findings] == [
        ("V-G14", Severity.NOTICE, "B5", 2, Repair.NONE)
    ]
    assert findings[0].message == "“玥”（U+73A5）不在 GB2312 字库内，打印时可能换成别的字体。"


def test_what_a_personal_field_holds_is_marked_as_personal(tmp_path: Path) -> None:
    """The message of a repair shows what stands in the cell, so that of a person's cell belongs into the workbook."""
    text = tiny.SCHEME.replace("名称: 出生年月, 类型: 年月}", "名称: 出生年月, 类型: 年月, 个人: true}")
    scheme = load_scheme(tiny.write_scheme(tmp_path, text))
    findings = found(scheme, setting(I5="85.3", I6="一九八五年三月", D5="１２"))
    assert {(one.where.cell, one.personal) for one in findings} == {("I5", True), ("I6", True), ("D5", False)}
