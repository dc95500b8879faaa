from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

import tiny
from ooxml.audit import audit
from pbreports.excel.bureau import BureauFacts, bureau_workbook, read_bureau
from pbreports.excel.edit import DeleteColumn, DeleteSheet, Edit, SetCells, edited
from pbreports.excel.remarks import notes_of
from pbreports.scheme import Scheme
from pbreports.values import Scalar

RECORDS: dict[str, list[dict[str, Scalar]]] = {
    "单位": [{"单位代码": "A01", "单位全称": "临河区第一图书馆", "种类": "馆", "是否报送": True}],
    "小组": [
        {"小组代码": "A01-1", "单位代码": "A01", "状态": "正常", "人数": Decimal(12), "成立日期": date(2020, 9, 1)},
        {"小组代码": "A01-2", "单位代码": "A01", "状态": "撤销"},
    ],
}


def read(scheme: Scheme, folder: Path, edits: list[Edit]) -> BureauFacts:
    """Return what is read of the filled roster after edits."""
    book = scheme.bureau["名册"]
    path = folder / "名册.xlsx"
    path.write_bytes(edited(bureau_workbook(scheme, book, RECORDS), edits))
    return read_bureau(path, book, scheme, file="名册.xlsx")


def test_what_the_bureau_enters_is_read(scheme: Scheme, tmp_path: Path) -> None:
    """Records come back by sheet with their cells and belong to no unit."""
    facts = read(scheme, tmp_path, [])
    assert facts.findings == ()
    first, second = facts.records["小组"]
    assert {name: first.values[name] for name in RECORDS["小组"][0]} == RECORDS["小组"][0]
    assert second.values["人数"] is None
    assert (first.unit, str(first.cell("人数"))) == ("", "名册.xlsx → 小组 → E5")


def test_an_empty_bureau_workbook_is_offered_with_headers_and_dropdowns(scheme: Scheme, tmp_path: Path) -> None:
    """It is not protected, carries notes on its headers, and reads as empty without a complaint."""
    data = bureau_workbook(scheme, scheme.bureau["名册"])
    page = load_workbook(io.BytesIO(data))["小组"]
    assert not page.protection.sheet
    assert page["A3"].comment is not None
    assert any(one.type == "list" for one in page.data_validations.dataValidation)
    path = tmp_path / "名册.xlsx"
    path.write_bytes(data)
    facts = read_bureau(path, scheme.bureau["名册"], scheme)
    assert (facts.records, facts.findings) == ({"单位": (), "小组": ()}, ())
    assert audit(path) == []


@pytest.mark.parametrize(
    ("edit", "code", "message"),
    [
        (DeleteSheet("小组"), "V-G03", "缺少工作表“小组”。"),
        (DeleteColumn("小组", 4), "V-G03", "表“小组”缺少列“状态”，请勿增删改列。"),
        (SetCells("小组", {"D5": "正长"}), "V-G05", "“状态”应为下拉中的一项，当前为“正长”。"),
        (SetCells("小组", {"D5": None}), "V-G04", "“状态”为必填项。"),
        (SetCells("小组", {"A6": "A01-1"}), "V-G09", "与第5行重复（A01-1）。"),
    ],
)
def test_the_bureaus_own_mistakes_are_findings(
    scheme: Scheme, tmp_path: Path, edit: Edit, code: str, message: str
) -> None:
    """The bureau's workbooks are read with the same care as a school's."""
    (found,) = read(scheme, tmp_path, [edit]).findings
    assert (found.code, found.message, found.unit) == (code, message, "")


def test_a_missing_or_broken_file_is_a_finding(scheme: Scheme, tmp_path: Path) -> None:
    """The finding says which workbook is missing and where it belongs."""
    book = scheme.bureau["名册"]
    (missing,) = read_bureau(tmp_path / "名册.xlsx", book, scheme).findings
    assert missing.code == "F-30"
    assert "inputs/2031/" in missing.remedy
    (tmp_path / "名册.xlsx").write_bytes(b"")
    facts = read_bureau(tmp_path / "名册.xlsx", book, scheme)
    assert [one.code for one in facts.findings] == ["F-01"]
    assert facts.records == {"单位": (), "小组": ()}


def test_units_on_the_roster_are_recognised(scheme: Scheme, tmp_path: Path) -> None:
    """The roster read from the workbook gives the reporting units."""
    units = tiny.units_of(scheme, read(scheme, tmp_path, []).records["单位"])
    assert [(unit.code, unit.kind, unit.reports) for unit in units.all] == [("A01", "馆", True)]


def test_the_notes_speak_of_the_contents_only_where_there_are_any(scheme: Scheme) -> None:
    """A bureau workbook has no contents on which to declare that a sheet holds nothing."""
    book = load_workbook(io.BytesIO(bureau_workbook(scheme, scheme.bureau["名册"])))
    assert "目录" not in str(book["小组"]["A2"].value)
    assert "目录" in notes_of(scheme.sheets["一行一条"])
