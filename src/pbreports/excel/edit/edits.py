"""The edits: each is a value that says what is done, and does it to a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from pbreports.excel.edit.book import Book
from pbreports.excel.edit.page import place_of, tag
from pbreports.excel.reader.address import column_number
from pbreports.excel.text import TRUTHS, plain_number, storable
from pbreports.values import Scalar, YearMonth

_EPOCH = date(1899, 12, 30)
"""The day 0 of spreadsheets for every day after February 1900 (ECMA-376 part 1, 18.17.4.1)."""


@dataclass(frozen=True, slots=True)
class SetCells:
    """Types values into cells of a sheet; ``None`` clears a cell."""

    sheet: str
    cells: Mapping[str, Scalar]

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        page = book.page(self.sheet)
        for address, value in self.cells.items():
            _type(book, page.emptied(page.cell(place_of(address))), value)


@dataclass(frozen=True, slots=True)
class SetFormula:
    """Types a formula into a cell; nothing calculates it."""

    sheet: str
    address: str
    formula: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        page = book.page(self.sheet)
        etree.SubElement(page.emptied(page.cell(place_of(self.address))), tag("f")).text = self.formula


@dataclass(frozen=True, slots=True)
class SetError:
    """Leaves an error such as ``#REF!`` in a cell."""

    sheet: str
    address: str
    literal: str = "#REF!"

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        page = book.page(self.sheet)
        cell = page.emptied(page.cell(place_of(self.address)))
        cell.set("t", "e")
        etree.SubElement(cell, tag("v")).text = self.literal


@dataclass(frozen=True, slots=True)
class RenameSheet:
    """Gives a sheet another title; formulas and names that speak of it follow."""

    sheet: str
    title: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.rename(self.sheet, self.title)


@dataclass(frozen=True, slots=True)
class DeleteSheet:
    """Removes a sheet; formulas and names that speak of it break."""

    sheet: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.delete(self.sheet)


@dataclass(frozen=True, slots=True)
class InsertRows:
    """Inserts empty rows before a row."""

    sheet: str
    row: int
    count: int = 1

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).shift_rows(self.row, self.count)


@dataclass(frozen=True, slots=True)
class DeleteRows:
    """Deletes rows from a row on."""

    sheet: str
    row: int
    count: int = 1

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).shift_rows(self.row, -self.count)


@dataclass(frozen=True, slots=True)
class InsertColumn:
    """Inserts an empty column before a column, counted from 1."""

    sheet: str
    column: int

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).shift_columns(self.column, 1)


@dataclass(frozen=True, slots=True)
class DeleteColumn:
    """Deletes a column, counted from 1."""

    sheet: str
    column: int

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).shift_columns(self.column, -1)


@dataclass(frozen=True, slots=True)
class HideRow:
    """Hides a row."""

    sheet: str
    row: int

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).row(self.row).set("hidden", "1")


@dataclass(frozen=True, slots=True)
class MergeCells:
    """Merges a range such as ``A5:A6``; all but its first cell lose their values."""

    sheet: str
    area: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).merge(self.area)


@dataclass(frozen=True, slots=True)
class SwapColumns:
    """Exchanges two columns, counted from 1, from a row on: whole ones from the first row, headers alone up to ``last``."""

    sheet: str
    one: int
    other: int
    first: int = 1
    last: int = 0

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        page = book.page(self.sheet)
        page.swap_columns(self.one, self.other, range(self.first, (self.last or page.last_row()) + 1))


@dataclass(frozen=True, slots=True)
class DropValidations:
    """Wipes the dropdowns and input limits off a sheet, as pasting over it does; all but so many are ``kept``."""

    sheet: str
    kept: int = 0

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).keep_validations(self.kept)


@dataclass(frozen=True, slots=True)
class FilterRows:
    """Filters a list by a text in a column, counted from 1; the rows with anything else are hidden."""

    sheet: str
    area: str
    column: int
    text: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).filter_rows(self.area, self.column, self.text)


@dataclass(frozen=True, slots=True)
class HideColumn:
    """Hides a column by its letter."""

    sheet: str
    letter: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.page(self.sheet).hide_column(column_number(self.letter))


@dataclass(frozen=True, slots=True)
class CopySheet:
    """Copies a sheet as spreadsheet programs do, under its title with a number behind."""

    sheet: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.copy(self.sheet, f"{self.sheet} (2)")


@dataclass(frozen=True, slots=True)
class SwapTitles:
    """Exchanges the titles of two sheets."""

    sheet: str
    other: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.rename(self.sheet, "~")
        book.rename(self.other, self.sheet)
        book.rename("~", self.other)


@dataclass(frozen=True, slots=True)
class SetCalculation:
    """Sets when the workbook calculates, such as ``manual``."""

    mode: str

    def apply(self, book: Book) -> None:
        """Carry the edit out."""
        book.calculate(self.mode)


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


def _type(book: Book, cell: etree._Element, value: Scalar) -> None:
    """Put a value into an empty cell: numbers and dates as such, yes/no and months as text, a blank as nothing."""
    if value is None:
        return
    if isinstance(value, bool | str | YearMonth):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = storable(TRUTHS[value] if isinstance(value, bool) else str(value))
        return
    if isinstance(value, date):
        cell.set("s", book.dated(cell.get("s", "0")))
    number = (value - _EPOCH).days if isinstance(value, date) else plain_number(value)
    etree.SubElement(cell, tag("v")).text = str(number)
