"""Edits of a workbook: what they change, and that everything else stays byte for byte."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from excel.blanks import FORM, LIST, PRESET, UPRIGHT, filled
from ooxml.audit import audit
from pbreports.excel.edit import (
    CopySheet,
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    DropValidations,
    Edit,
    FilterRows,
    HideColumn,
    HideRow,
    InsertColumn,
    InsertRows,
    MergeCells,
    RenameSheet,
    SetCalculation,
    SetCells,
    SetError,
    SetFormula,
    SwapColumns,
    SwapTitles,
    edited,
)
from pbreports.excel.edit.book import renamed
from pbreports.excel.layout import CHECK
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.values import Kind
from pbreports.ooxml.write import unpack
from pbreports.scheme import Scheme

EVERY: Sequence[Edit] = (
    SetCells(LIST, {"A7": " 甲_x0041_\x01", "D7": Decimal("1.5"), "H7": date(2031, 9, 2), "Q40": date(2031, 9, 3)}),
    SetFormula(LIST, "D8", "1+2"),
    SetError(LIST, "D9"),
    HideRow(LIST, 60),
    HideColumn(LIST, "D"),
    HideColumn(LIST, "XY"),
    MergeCells(LIST, "A5:B6"),
    DropValidations(LIST, kept=2),
    DropValidations(FORM),
    FilterRows(PRESET, "A4:D8", 2, "第一季度"),
    SwapColumns(LIST, 4, 8),
    InsertRows(UPRIGHT, 6, 2),
    DeleteRows(UPRIGHT, 9),
    InsertColumn(LIST, 3),
    DeleteColumn(PRESET, 4),
    CopySheet(LIST),
    SwapTitles(LIST, PRESET),
    RenameSheet(FORM, "甲'乙 & 丙"),
    DeleteSheet("目录"),
    SetCalculation("manual"),
)


def opened(data: bytes) -> Workbook:
    """Return the workbook as another library reads it."""
    return load_workbook(io.BytesIO(data))


def test_a_workbook_after_every_edit_is_sound(scheme: Scheme, tmp_path: Path) -> None:
    """The validator finds nothing, and another library opens it."""
    path = tmp_path / "edited.xlsx"
    path.write_bytes(edited(filled(scheme), EVERY))
    assert audit(path) == []
    assert {f"{PRESET} (2)", "甲'乙 & 丙"}.isdisjoint(opened(filled(scheme)).sheetnames)
    assert opened(path.read_bytes())["甲'乙 & 丙"]["A4"].value == opened(filled(scheme))[FORM]["A4"].value


def test_only_the_part_of_the_sheet_changes(scheme: Scheme) -> None:
    """Typing into a sheet leaves every other part as it was; no edit at all leaves them all."""
    before, after = unpack(filled(scheme)), unpack(edited(filled(scheme), [SetCells(LIST, {"D5": Decimal(9)})]))
    assert len([name for name in before if before[name] != after[name]]) == 1
    assert before.keys() == after.keys()
    assert unpack(edited(filled(scheme), [])) == before


def test_typed_values_are_kept_as_they_are(scheme: Scheme) -> None:
    """Texts stay texts, whatever they begin with; a date is shown as one; a cleared cell is empty and has its style."""
    cells = {"A5": "=1+1", "B5": " _x0041_", "D5": Decimal("0.1"), "H5": date(2031, 9, 2), "Q9": date(1999, 2, 1)}
    data = edited(filled(scheme), [SetCells(LIST, {**cells, "C5": None, "L5": True})])
    page = read_workbook(data, name="x.xlsx").sheet(LIST)
    assert page is not None
    shown = {"A5": (5, 1), "B5": (5, 2), "D5": (5, 4), "H5": (5, 8), "Q9": (9, 17)}
    assert {address: page.cells[place].value for address, place in shown.items()} == cells
    assert page.cells[5, 17 - 5].value == "是"
    assert page.cells[9, 17].kind is Kind.DATE
    assert (5, 3) not in page.cells or page.cells[5, 3].kind is Kind.BLANK
    old, new = (opened(one)[LIST] for one in (filled(scheme), data))
    assert [new[at].style_id for at in ("A5", "C5", "H5")] == [old[at].style_id for at in ("A5", "C5", "H5")]


def test_a_typed_cell_loses_its_formula(scheme: Scheme) -> None:
    """A formula that nothing calculated, an error, then a number: only the number is left."""
    edits = [SetFormula(LIST, "D5", "1+2"), SetError(LIST, "D6"), SetCells(LIST, {"D5": Decimal(4)})]
    page = opened(edited(filled(scheme), edits))[LIST]
    assert (page["D5"].value, page["D6"].value, page["D6"].data_type) == (Decimal(4), "#REF!", "e")


@pytest.mark.parametrize(
    "edit_of",
    [
        lambda at: SetCells(CHECK, {at: Decimal(7)}),
        lambda at: DeleteRows(CHECK, int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), 1),
        lambda at: MergeCells(CHECK, f"A{int(at.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))}:{at}"),
    ],
    ids=["typed", "deleted", "merged"],
)
def test_cells_that_share_a_formula_keep_it_without_the_first(scheme: Scheme, edit_of) -> None:
    """When the cell that holds the formula for others is typed over or goes, each of them has its own."""
    before = opened(filled(scheme))[CHECK]
    master = first_shared(filled(scheme))
    edit = edit_of(master)
    after = opened(edited(filled(scheme), [edit]))[CHECK]
    below = before[master].offset(1, 0)
    assert below.value.startswith("=")
    assert before[master].value != below.value
    up = -1 if isinstance(edit, DeleteRows) else 0
    assert after.cell(below.row + up, below.column).value == below.value
    assert after[master].value == {0: Decimal(7) if isinstance(edit, SetCells) else None, -1: below.value}[up]


def first_shared(data: bytes) -> str:
    """Return the first cell of the helper sheet that holds a formula for others."""
    part = next(body for body in unpack(data).values() if b't="shared"' in body)
    return part.partition(b't="shared"')[0].rpartition(b'<c r="')[2].partition(b'"')[0].decode()


def test_what_speaks_of_a_renamed_sheet_follows(scheme: Scheme) -> None:
    """Formulas of all sheets and defined names; of a deleted sheet they are broken, and its own names go."""
    there = {at: cell.value for at, cell in _formulas(filled(scheme)).items()}
    formulas = {at: text for at, text in there.items() if f"'{LIST}'!" in text and f"#'{LIST}'" not in text}
    after = _formulas(edited(filled(scheme), [RenameSheet(LIST, "甲'乙")]))
    assert formulas
    assert {at: after[at].value for at in formulas} == {
        at: text.replace(f"'{LIST}'!", "'甲''乙'!") for at, text in formulas.items()
    }
    book = opened(edited(filled(scheme), [RenameSheet(LIST, "甲'乙")]))
    assert book.defined_names["_sheet_01"].attr_text == "'甲''乙'!$A$3:$M$3"
    book = opened(edited(filled(scheme), [DeleteSheet(LIST)]))
    assert book.defined_names["_sheet_01"].attr_text == "#REF!$A$3:$M$3"
    assert book[PRESET].print_title_rows == opened(filled(scheme))[PRESET].print_title_rows


def _formulas(data: bytes):
    page = opened(data)[CHECK]
    return {cell.coordinate: cell for row in page.iter_rows() for cell in row if cell.data_type == "f"}


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM('01 甲'!A1:'01 甲'!B2)", "SUM(新!A1:新!B2)"),
        ("'01 甲乙'!A1+\"'01 甲'!A1\"&'[1]01 甲'!A1", "'01 甲乙'!A1+\"'01 甲'!A1\"&'[1]01 甲'!A1"),
        ("A1", "A1"),
    ],
)
def test_only_references_are_renamed(formula: str, result: str) -> None:
    """No text, no other sheet whose title begins alike, no sheet of another file."""
    assert renamed(formula, "01 甲", "新!") == result
    assert renamed("_meta!A1+x_meta!A1+[1]_meta!B2", "_META", "新!") == "新!A1+x_meta!A1+[1]_meta!B2"


def test_neighbours_of_a_hidden_column_stay(scheme: Scheme) -> None:
    """Columns that are described together are taken apart; only one of them is hidden."""
    before = read_workbook(filled(scheme), name="x.xlsx").sheet(UPRIGHT)
    after = read_workbook(edited(filled(scheme), [HideColumn(UPRIGHT, "D")]), name="x.xlsx").sheet(UPRIGHT)
    assert before is not None
    assert after is not None
    assert after.hidden_columns - before.hidden_columns == {4}


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (SetCells("没有", {"A1": "甲"}), KeyError),
        (SetCells(LIST, {"1A": "甲"}), ValueError),
        (SetCells(LIST, {"B1": "甲"}), ValueError),
    ],
)
def test_edits_that_nobody_can_make_are_refused(scheme: Scheme, edit: Edit, error: type[Exception]) -> None:
    """A sheet that is not there, an address that is none, a cell that a merged range covers."""
    with pytest.raises(error):
        edited(filled(scheme), [edit])
