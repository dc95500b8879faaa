"""Edits of a workbook, as people make them by hand: for sample districts and for trying what intake makes of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from pbreports.excel.reader.address import position
from pbreports.excel.saving import saved_again
from pbreports.excel.text import cell_at, write_scalar
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


@dataclass(frozen=True, slots=True)
class SwapColumns:
    """Exchanges two columns, counted from 1, from a row on: whole ones from the first row, headers alone up to ``last``."""

    sheet: str
    one: int
    other: int
    first: int = 1
    last: int = 0

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        page = workbook[self.sheet]
        for row in range(self.first, (self.last or page.max_row) + 1):
            here, there = (cell_at(page, row, column) for column in (self.one, self.other))
            here.value, there.value = there.value, here.value


@dataclass(frozen=True, slots=True)
class DropValidations:
    """Wipes the dropdowns and input limits off a sheet, as pasting over it does; all but so many are ``kept``."""

    sheet: str
    kept: int = 0

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        limits = workbook[self.sheet].data_validations
        limits.dataValidation = limits.dataValidation[: self.kept]


@dataclass(frozen=True, slots=True)
class FilterRows:
    """Filters a list by a text in a column, counted from 1; the rows with anything else are hidden."""

    sheet: str
    area: str
    column: int
    text: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        page = workbook[self.sheet]
        page.auto_filter.ref = self.area
        page.auto_filter.add_filter_column(self.column - 1, [self.text])
        for row in range(_first_row(self.area) + 1, page.max_row + 1):
            if page.cell(row, self.column).value != self.text:
                page.row_dimensions[row].hidden = True


@dataclass(frozen=True, slots=True)
class HideColumn:
    """Hides a column by its letter."""

    sheet: str
    letter: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook[self.sheet].column_dimensions[self.letter].hidden = True


@dataclass(frozen=True, slots=True)
class CopySheet:
    """Copies a sheet as spreadsheet programs do, under its title with a number behind."""

    sheet: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook.copy_worksheet(workbook[self.sheet]).title = f"{self.sheet} (2)"


@dataclass(frozen=True, slots=True)
class SwapTitles:
    """Exchanges the titles of two sheets."""

    sheet: str
    other: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        one, other = workbook[self.sheet], workbook[self.other]
        one.title = "~"
        other.title, one.title = self.sheet, self.other


@dataclass(frozen=True, slots=True)
class SetCalculation:
    """Sets when the workbook calculates, such as ``manual``."""

    mode: str

    def apply(self, workbook: Workbook) -> None:
        """Carry the edit out."""
        workbook.calculation.calcMode = self.mode


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
    | SwapColumns
    | DropValidations
    | FilterRows
    | HideColumn
    | CopySheet
    | SwapTitles
    | SetCalculation
)


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a workbook's bytes after the edits, in their order."""
    workbook = load_workbook(io.BytesIO(data))
    for edit in edits:
        edit.apply(workbook)
    return saved_again(workbook)


def _first_row(area: str) -> int:
    start = position(area.partition(":")[0])
    if start is None:
        raise ValueError(area)
    return start[0]


def _cell(workbook: Workbook, sheet: str, address: str) -> Cell:
    cell = workbook[sheet][address]
    if not isinstance(cell, Cell):
        raise TypeError(f"{sheet}!{address} is no single cell")
    return cell
