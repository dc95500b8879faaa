"""Edits of a workbook, as people make them by hand: for sample districts and for trying what intake makes of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from pbreports.excel.saving import saved_again
from pbreports.excel.text import write_scalar
from pbreports.values import Scalar


@dataclass(frozen=True, slots=True)
class SetCells:
    """Types values into cells of a sheet; ``None`` clears a cell."""

    sheet: str
    cells: Mapping[str, Scalar]

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        for address, value in self.cells.items():
            cell = _cell(workbook, self.sheet, address)
            cell.value = None
            write_scalar(cell, value)


@dataclass(frozen=True, slots=True)
class SetFormula:
    """Types a formula into a cell; nothing calculates it."""

    sheet: str
    address: str
    formula: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        _cell(workbook, self.sheet, self.address).value = f"={self.formula}"


@dataclass(frozen=True, slots=True)
class SetError:
    """Leaves an error such as ``#REF!`` in a cell."""

    sheet: str
    address: str
    literal: str = "#REF!"

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        cell = _cell(workbook, self.sheet, self.address)
        cell.value = self.literal
        cell.data_type = "e"


@dataclass(frozen=True, slots=True)
class RenameSheet:
    """Gives a sheet another title."""

    sheet: str
    title: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].title = self.title


@dataclass(frozen=True, slots=True)
class DeleteSheet:
    """Removes a sheet."""

    sheet: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook.remove(workbook[self.sheet])


@dataclass(frozen=True, slots=True)
class InsertRows:
    """Inserts empty rows before a row."""

    sheet: str
    row: int
    count: int = 1

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].insert_rows(self.row, self.count)


@dataclass(frozen=True, slots=True)
class DeleteRows:
    """Deletes rows from a row on."""

    sheet: str
    row: int
    count: int = 1

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].delete_rows(self.row, self.count)


@dataclass(frozen=True, slots=True)
class InsertColumn:
    """Inserts an empty column before a column, counted from 1."""

    sheet: str
    column: int

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].insert_cols(self.column)


@dataclass(frozen=True, slots=True)
class DeleteColumn:
    """Deletes a column, counted from 1."""

    sheet: str
    column: int

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].delete_cols(self.column)


@dataclass(frozen=True, slots=True)
class HideRow:
    """Hides a row."""

    sheet: str
    row: int

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].row_dimensions[self.row].hidden = True


@dataclass(frozen=True, slots=True)
class MergeCells:
    """Merges a range such as ``A5:A6``; all but its first cell lose their values."""

    sheet: str
    area: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].merge_cells(self.area)


Edit = (
    SetCells
    | SetFormula
    | SetError
    | RenameSheet
    | DeleteSheet
    | InsertRows
    | DeleteRows
    | InsertColumn
    | DeleteColumn
    | HideRow
    | MergeCells
)


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a workbook's bytes after the edits, in their order."""
    workbook = load_workbook(io.BytesIO(data))
    for edit in edits:
        edit.apply(workbook)
    return saved_again(workbook)


def _cell(workbook: Workbook, sheet: str, address: str) -> Cell:
    cell = workbook[sheet][address]
    if not isinstance(cell, Cell):
        raise TypeError(f"{sheet}!{address} is no single cell")
    return cell
