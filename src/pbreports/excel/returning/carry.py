"""What of a received workbook goes into a fresh issue: every value in a field's place, and what has no place there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pbreports.excel.cells import Reader, Reading, clean, key_of, reader_of, shown
from pbreports.excel.contents import DECLARATION_COLUMN, NONE, TITLE_COLUMN
from pbreports.excel.fill import Filling, Row
from pbreports.excel.grid import Line, find_headers, grid_of
from pbreports.excel.intake import identity_in
from pbreports.excel.layout import COLUMN_LABEL, CONTENTS, LINE_LABEL, OWN_SHEETS, REMARK_LABEL
from pbreports.excel.locate import Pages
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Calculation, Cell, Kind, Workbook
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.remarks import notes_of
from pbreports.excel.strays import is_total
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet
from pbreports.values import Scalar

_MOST_TEXTS = 40
_PRINTED = re.compile(r"填报说明：|第\d+列$")
"""How the notes begin, and what the numbers of columns are, that stand above the records."""


class Place(NamedTuple):
    """Where a value went: the sheet's name, the index among its carried records, the field."""

    sheet: str
    record: int
    field: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """What could not be carried over: where it stands in the original, and what stands there."""

    sheet: str
    where: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What a received workbook holds for a fresh issue, where each cell of it went, and what is left over.

    ``places`` maps title and address in the original to where the value went, blank cells of a record included;
    ``titles`` maps the sheets' titles in the original to those they are issued with.
    """

    filling: Filling
    titles: Mapping[str, str]
    places: Mapping[tuple[str, str], Place]
    leftover: tuple[Leftover, ...]


def carry(book: Workbook, rules: Sequence[Sheet], unsound: Collection[str] = ()) -> Carried:
    """Return what a received workbook holds for a fresh issue of the sheets that its unit fills.

    A value that its field cannot hold goes over as the text that it shows, as long as reading that text is refused
    again; what would pass unseen is left over instead. So are the fields that are ``unsound`` (``表.字段``): nobody
    knows whether what stands under their header is theirs.
    """
    pages = Pages(book, identity_in(book), rules)
    declared = _declared(book)
    records: dict[str, tuple[Row, ...]] = {}
    places: dict[tuple[str, str], Place] = {}
    leftover: list[Leftover] = []
    none = set()
    titles: dict[str, str] = {}
    for rule in rules:
        if rule.can_be_declared_none and key_of(rule.title) in declared:
            none.add(rule.name)
        page = pages.of(rule)
        if page is None:
            continue
        titles[page.title] = rule.title
        sheet = _Sheet(page, rule, unsound, date1904=book.date1904)
        records[rule.name] = sheet.rows
        places |= sheet.places
        leftover += sheet.leftover()
    leftover += [whole for page in book.sheets if page.title not in titles and (whole := _whole(page))]
    return Carried(Filling(records, frozenset(none)), titles, places, tuple(leftover))


def _declared(book: Workbook) -> set[str]:
    """Return the titles of the sheets that the contents declare to have no data."""
    page = book.sheet(CONTENTS)
    rows: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), cell in (page.cells if page else {}).items():
        rows[row][column] = key_of(shown(cell))
    heading = next((row for row in rows.values() if {TITLE_COLUMN, DECLARATION_COLUMN} <= set(row.values())), {})
    columns = {text: column for column, text in heading.items()}
    title, declaration = columns.get(TITLE_COLUMN, 0), columns.get(DECLARATION_COLUMN, 0)
    return {row[title] for row in rows.values() if row.get(declaration) == NONE and title in row}


def _whole(page: Page) -> Leftover | None:
    """Return a sheet that is none of the form's; ``None`` for the program's own and those that hold nothing."""
    if page.title in OWN_SHEETS or page.title.startswith("_"):
        return None
    texts = [shown(cell) for _, cell in sorted(page.cells.items()) if key_of(shown(cell))]
    return Leftover(page.title, "整张表", _some(texts)) if texts else None


def _some(texts: Sequence[str]) -> tuple[str, ...]:
    more = (f"……共{len(texts)}格",) if len(texts) > _MOST_TEXTS else ()
    return (*texts[:_MOST_TEXTS], *more)


class _Sheet:
    """Goes through one received sheet; its rows are as a fresh issue takes them."""

    def __init__(self, page: Page, rule: Sheet, unsound: Collection[str], *, date1904: bool) -> None:
        self._page, self._rule, self._date1904 = page, rule, date1904
        self._grid = grid_of(page, rule)
        self._headers = find_headers(self._grid, rule.shown)
        self._fields = self._found(unsound)
        self._lost: list[tuple[int, int]] = []
        self._lines = dict(self._records())
        self.rows = tuple(self._row(number, line) for number, line in self._lines.items())

    @property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where the cells of each record go."""
        return {
            (self._page.title, self._grid.address(number, at)): Place(self._rule.name, index, field.name)
            for index, number in enumerate(self._lines)
            for at, field in self._fields.items()
        }

    def leftover(self) -> Iterator[Leftover]:
        """Yield what has no place in a fresh issue, by column (by row where records stand side by side)."""
        by_place: dict[int, list[str]] = defaultdict(list)
        for number, line in sorted(self._grid.lines.items()):
            for at, cell in sorted(line.items()):
                if key_of(_typed(cell)) and self._is_left(number, at, cell):
                    by_place[at].append(f"{self._grid.address(number, at)} {_typed(cell)}")
        for at, texts in sorted(by_place.items()):
            yield Leftover(self._page.title, self._called(at), _some(texts))

    def _found(self, unsound: Collection[str]) -> dict[int, Field]:
        """Return the fields by their place; one whose header stands twice has none, since nobody knows which counts."""
        if self._headers is None:
            return {}
        doubled = {name for name, _ in self._headers.doubled}
        sound = (one for one in self._rule.shown if f"{self._rule.name}.{one.name}" not in unsound)
        by_name = {one.name: one for one in sound if one.name not in doubled}
        return {at: by_name[name] for name, at in self._headers.places.items() if name in by_name}

    def _records(self) -> Iterator[tuple[int, Line]]:
        """Yield the lines in which something stands in a field's place; a row of sums is none, a form has one."""
        fields = tuple((at, field) for at, field in self._fields.items() if not field.computed)
        for number, line in sorted(self._grid.lines.items()):
            if self._headers is None or number < self._headers.first or is_total(line, self._rule, fields):
                continue
            if any(at in line and key_of(_typed(line[at])) for at, _ in fields):
                yield number, line
                if self._rule.layout is Layout.FORM:
                    return

    def _row(self, number: int, line: Line) -> Row:
        entered = ((at, field) for at, field in self._fields.items() if not field.computed)
        return {field.name: self._value(number, at, field, line.get(at)) for at, field in entered}

    def _value(self, number: int, at: int, field: Field, cell: Cell | None) -> Scalar:
        if cell is None:
            return None
        read = reader_of(field, date1904=self._date1904)
        never = cell.calculation is Calculation.NEVER
        if not never and (reading := _read(read, cell)):
            return reading.value
        if isinstance(cell.value, date) and field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
            return cell.value
        text = _typed(cell)
        if _read(read, Cell(text, Kind.TEXT, text)) is None:
            return text
        self._lost.append((number, at))
        return None

    def _is_left(self, number: int, at: int, cell: Cell) -> bool:
        field = self._fields.get(at)
        if field and (field.computed or number in self._lines):
            return (number, at) in self._lost
        headers = self._headers
        if headers is None:
            return not self._is_printed(cell)
        if number < headers.first or at < min(headers.places.values()):
            return number not in (headers.line, headers.remarks) and not self._is_printed(cell)
        return True

    def _is_printed(self, cell: Cell) -> bool:
        """Whether a text is one that the sheet is issued with."""
        text = shown(cell)
        texts = {self._rule.name, self._rule.title, LINE_LABEL, REMARK_LABEL, COLUMN_LABEL, notes_of(self._rule)}
        return text in texts or _PRINTED.match(text) is not None

    def _called(self, at: int) -> str:
        """Return what a column, or row, of the original is called, with the header that stands there."""
        across = self._grid.geometry.across
        place = f"{at}行" if across else f"{column_letters(at)}列"
        header = self._grid.lines.get(self._headers.line, {}).get(at) if self._headers else None
        label = clean(shown(header)) if header else ""
        return f"{place}“{label}”" if label else place


def _typed(cell: Cell) -> str:
    """Return what a cell shows; of a formula that nothing has calculated, the formula."""
    return f"={cell.formula}" if cell.calculation is Calculation.NEVER else shown(cell)


def _read(read: Reader, cell: Cell) -> Reading | None:
    try:
        return read(cell)
    except Misread:
        return None
