"""One sheet of a workbook that is being edited: its part as a tree, its cells found by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from pbreports.excel.reader.address import column_letters, moved, position
from pbreports.ooxml.markup import SPREADSHEET

_Place = tuple[int, int]

_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter"
).split()
"""The order in which a sheet's elements stand (CT_Worksheet, ECMA-376 part 1, 18.3.1.99), as far as edits need it."""


def tag(name: str) -> str:
    """Return the qualified name of an element of spreadsheets."""
    return f"{{{SPREADSHEET}}}{name}"


def said(element: etree._Element, name: str) -> str:
    """Return an attribute that must be there; raises a KeyError when it is not."""
    value = element.get(name)
    if value is None:
        raise KeyError(name)
    return value


def drop(element: etree._Element, name: str) -> None:
    """Remove an attribute where it is there."""
    if name in element.attrib:
        del element.attrib[name]


_CELL, _FORMULA = tag("c"), tag("f")


def place_of(address: str) -> _Place:
    """Return row and column of an address; raises a ValueError when it is none."""
    place = position(address)
    if place is None:
        raise ValueError(address)
    return place


def area_of(area: str) -> tuple[range, range]:
    """Return the rows and columns of a range such as ``A5:B6``; raises a ValueError when it is none."""
    first, _, last = area.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return range(top, bottom + 1), range(left, right + 1)


class Page:
    """A sheet's part, to be changed in place."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._data = self.section("sheetData")

    def section(self, name: str) -> etree._Element:
        """Return an element of the sheet such as ``mergeCells``, made in its place when there is none."""
        found = self._root.find(tag(name))
        if found is None:
            later = {tag(one) for one in _ORDER[_ORDER.index(name) + 1 :]}
            early = [one for one in self._root if etree.QName(one).localname in _ORDER and one.tag not in later]
            found = etree.Element(tag(name))
            self._root.insert(self._root.index(early[-1]) + 1 if early else 0, found)
        return found

    def row(self, number: int) -> etree._Element:
        """Return a row, made in its place when there is none."""
        before = 0
        for row in self._data:
            if _row_of(row) == number:
                return row
            before += _row_of(row) < number
        row = etree.Element(tag("row"), r=str(number))
        self._data.insert(before, row)
        return row

    def cell(self, place: _Place) -> etree._Element:
        """Return a cell, made in its place when there is none; raises a ValueError when a merged range covers it."""
        address = _address(place)
        if any(place in _covered(one.get("ref", "")) for one in self._root.iter(tag("mergeCell"))):
            raise ValueError(f"{address} is covered by a merged range")
        row, before = self.row(place[0]), 0
        for cell in row:
            if cell.get("r") == address:
                return cell
            before += place_of(said(cell, "r")) < place
        cell = etree.Element(_CELL, r=address)
        row.insert(before, cell)
        return cell

    def cells(self) -> Iterator[tuple[_Place, etree._Element]]:
        """Go through the cells that there are, by row and column."""
        for cell in self._data.iter(_CELL):
            yield place_of(said(cell, "r")), cell

    def emptied(self, cell: etree._Element) -> etree._Element:
        """Return a cell after its contents are gone and its style is left."""
        formula = cell.find(_FORMULA)
        if formula is not None and formula.get("si") and formula.text:
            self.unshare(formula.get("si"))
        for child in list(cell):
            cell.remove(child)
        drop(cell, "t")
        return cell

    def unshare(self, share: str | None = None) -> None:
        """Write out the formulas that cells share: those of one share, by default all.

        The first cell of a share holds its formula for the others (ECMA-376 part 1, 18.3.1.40): when it goes or moves,
        they must have their own.
        """
        sharing = [
            (place, one.find(_FORMULA)) for place, one in self.cells() if one.find(f"{_FORMULA}[@si]") is not None
        ]
        wanted = [(place, one) for place, one in sharing if one is not None and share in (None, one.get("si"))]
        masters = {one.get("si"): (place, one.text) for place, one in wanted if one.text}
        for (row, column), formula in wanted:
            (top, left), text = masters[formula.get("si")]
            formula.text = moved(text, row - top, column - left)
            formula.attrib.clear()

    def shift_rows(self, first: int, count: int) -> None:
        """Move the rows from ``first`` on down by ``count``, or, when it is negative, up over those that go."""
        self.unshare()
        for row in list(self._data):
            number = _shifted(_row_of(row), first, count)
            if number is None:
                self._data.remove(row)
            else:
                row.set("r", str(number))
                for cell in row:
                    cell.set("r", _address((number, place_of(said(cell, "r"))[1])))

    def shift_columns(self, first: int, count: int) -> None:
        """Move the cells from the column ``first`` on to the right by ``count``, or left over those that go."""
        self.unshare()
        for (row, column), cell in list(self.cells()):
            number = _shifted(column, first, count)
            if number is None:
                _parent(cell).remove(cell)
            else:
                cell.set("r", _address((row, number)))

    def swap_columns(self, one: int, other: int, rows: Iterable[int]) -> None:
        """Exchange the cells of two columns with their styles, in the rows that there are."""
        self.unshare()
        wanted = set(rows)
        other_of = {one: other, other: one}
        for row in self._data:
            if _row_of(row) in wanted:
                for cell in row:
                    number, column = place_of(said(cell, "r"))
                    cell.set("r", _address((number, other_of.get(column, column))))
                row[:] = sorted(row, key=lambda cell: place_of(said(cell, "r")))

    def last_row(self) -> int:
        """Return the number of the last row."""
        return max(map(_row_of, self._data), default=0)

    def merge(self, area: str) -> None:
        """Merge a range; all but its first cell lose their contents."""
        rows, columns = area_of(area)
        for place, cell in list(self.cells()):
            if place[0] in rows and place[1] in columns and place != (rows[0], columns[0]):
                self.emptied(cell)
        merges = self.section("mergeCells")
        etree.SubElement(merges, tag("mergeCell"), ref=area)
        merges.set("count", str(len(merges)))

    def hide_column(self, number: int) -> None:
        """Hide a column; the widths of its neighbours stay."""
        columns = self.section("cols")
        hidden = etree.Element(tag("col"))
        for column in list(columns):
            low, high = int(said(column, "min")), int(said(column, "max"))
            if low <= number <= high:
                hidden = column
                columns.remove(column)
                for start, end in ((low, number - 1), (number + 1, high)):
                    if start <= end:
                        columns.append(_spanning(deepcopy(column), start, end))
        hidden.set("hidden", "1")
        columns.append(_spanning(hidden, number, number))
        columns[:] = sorted(columns, key=lambda column: int(said(column, "min")))

    def keep_validations(self, count: int) -> None:
        """Keep only the first input limits."""
        limits = self.section("dataValidations")
        for one in list(limits)[count:]:
            limits.remove(one)
        limits.set("count", str(len(limits)))
        if not len(limits):
            self._root.remove(limits)

    def filter_rows(self, area: str, column: int, text: str) -> None:
        """Filter a range by a text in a column of the sheet, hiding the rows below its first that hold another."""
        rows, columns = area_of(area)
        shown = self.section("autoFilter")
        for one in list(shown):
            shown.remove(one)
        shown.set("ref", area)
        by = etree.SubElement(shown, tag("filterColumn"), colId=str(column - columns[0]))
        etree.SubElement(etree.SubElement(by, tag("filters")), tag("filter"), val=text)
        for row in self._data:
            if _row_of(row) in rows[1:] and text not in _texts_in(row, column):
                row.set("hidden", "1")


def _row_of(row: etree._Element) -> int:
    return int(said(row, "r"))


def _address(place: _Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None  # cells stand in rows
    return parent


def _covered(area: str) -> set[_Place]:
    """Return the places of a merged range that are no cells of their own."""
    rows, columns = area_of(area)
    return {(row, column) for row in rows for column in columns} - {(rows[0], columns[0])}


def _shifted(number: int, first: int, count: int) -> int | None:
    """Return where a row or column goes that is moved from ``first`` on, ``None`` when it is one of those that go."""
    if number < first:
        return number
    return None if number < first - count else number + count


def _spanning(column: etree._Element, low: int, high: int) -> etree._Element:
    column.set("min", str(low))
    column.set("max", str(high))
    return column


def _texts_in(row: etree._Element, column: int) -> list[str]:
    cells = (cell for cell in row if place_of(said(cell, "r"))[1] == column)
    return ["".join(str(text) for text in cell.itertext()) for cell in cells]
