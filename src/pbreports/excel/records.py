"""Reads the records of one received sheet, noting what cannot be understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import Reader, Reading, reader_of, shown
from pbreports.excel.grid import Addresses, Covered, Grid, Headers, Line, covered_by_merges, find_headers, grid_of
from pbreports.excel.misread import Misread
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Calculation, Cell
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.remarks import noun
from pbreports.excel.strays import FEWEST, is_stray, is_total, lacking
from pbreports.excel.text import TRUTHS, shortened
from pbreports.scheme.model import Field, Layout, Sheet
from pbreports.values import Record, Repair, Scalar

_NEVER = "没有计算结果的公式"
_FORMULA, _HIDDEN_DOWN, _HIDDEN_ACROSS = "公式", "隐藏的行", "隐藏的列"
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as read; ``unclear`` fields hold something that could not be understood, so they are not blank."""

    record: Record
    line: int
    unclear: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The records of a sheet that hold anything at all, and the fields whose header was found."""

    rule: Sheet
    title: str
    records: tuple[ReadRecord, ...]
    found: frozenset[str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from and what is known about them beforehand."""

    file: str
    unit: str
    given: Mapping[str, Scalar]
    date1904: bool


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field is read: its name, its place, the function for its cells."""

    field: Field
    place: int
    read: Reader


def read_sheet(page: Page, rule: Sheet, source: Source, notes: Gatherer) -> ReadSheet | None:
    """Return what a received sheet holds; ``None`` when none of its headers is there (noted)."""
    fields = rule.shown
    grid = grid_of(page, rule)
    headers = find_headers(grid, fields)
    if headers is None:
        notes.add(causes.MISSING_HEADERS, page.title, 表=rule.title, 缺="表头", 类="表头")
        return None
    _note_headers(headers, rule, grid, page, notes)
    reading = _Reading(page, rule, source, notes, grid, headers)
    return ReadSheet(rule, page.title, tuple(reading.records()), frozenset(headers.places))


def _covered(page: Page, grid: Grid, headers: Headers, notes: Gatherer) -> Covered:
    """Return what merged ranges cover among the records, noting them once."""
    covered = covered_by_merges(page, grid.geometry, headers)
    if covered.address:
        notes.add(causes.MERGED, page.title, covered.address)
    return covered


def _note_headers(headers: Headers, rule: Sheet, grid: Grid, page: Page, notes: Gatherer) -> None:
    word = "列" if rule.layout is Layout.LIST else "行"
    if headers.missing:
        listed = "、".join(f"“{name}”" for name in headers.missing[:6]) + ("等" if len(headers.missing) > 6 else "")
        where = grid.address(headers.line, min(headers.places.values()))
        notes.add(causes.MISSING_HEADERS, page.title, where, 表=rule.title, 缺=f"{word}{listed}", 类=word)
    for name, place in headers.doubled:
        notes.add(causes.DOUBLE_HEADER, page.title, grid.address(headers.line, place), name, 列=name)
    for label, place in headers.extra:
        if any(place in cells for line, cells in grid.lines.items() if line >= headers.first):
            where = grid.address(headers.line, place)
            notes.add(causes.EXTRA_HEADER, page.title, where, label, 列=shortened(label, _LONGEST_SHOWN))


class _Reading:
    """Goes through the lines of one sheet."""

    def __init__(
        self,
        page: Page,
        rule: Sheet,
        source: Source,
        notes: Gatherer,
        grid: Grid,
        headers: Headers,
    ) -> None:
        self._page, self._rule, self._source, self._notes = page, rule, source, notes
        self._grid, self._headers = grid, headers
        self._covered = _covered(page, grid, headers, notes)
        doubled = {name for name, _ in headers.doubled}
        self._columns = [
            _Column(field, headers.places[field.name], reader_of(field, date1904=source.date1904))
            for field in rule.shown
            if field.name in headers.places and field.name not in doubled and not field.computed
        ]
        self._blank: dict[str, Scalar] = {field.name: None for field in rule.shown if not field.computed}
        self._blank |= source.given
        self._doubled = frozenset(doubled)
        self._fields = tuple((one.place, one.field) for one in self._columns)

    def records(self) -> list[ReadRecord]:
        """Return the records in order; lines without anything in the fields' places are passed over."""
        found: list[ReadRecord] = []
        addresses = Addresses(self._grid.geometry, self._headers.places)
        lines = self._grid.lines
        for number in sorted(line for line in lines if line >= self._headers.first):
            if is_total(lines[number], self._rule, self._fields):
                self._notes.add(
                    causes.TOTAL, self._page.title, self._grid.address(number, min(lines[number])), 行=number
                )
                continue
            read = self._line(number, lines[number], addresses)
            if read is not None:
                found.append(read)
                if self._rule.layout is Layout.FORM:
                    break
        return found

    def _line(self, number: int, line: Line, addresses: Addresses) -> ReadRecord | None:
        values = dict(self._blank)
        unclear: list[tuple[_Column, Misread]] = []
        held: list[str] = []
        for column in self._columns:
            cell = line.get(column.place)
            if cell is None:
                continue
            try:
                value = self._value(number, column, cell)
            except Misread as misread:
                unclear.append((column, misread))
                held.append(column.field.name)
                continue
            if value is not None:
                values[column.field.name] = value
                held.append(column.field.name)
        if not held:
            return None
        if len(held) < FEWEST and is_stray(self._rule, self._open(number), held, len(unclear)):
            self._note_stray(number, held)
            return None
        for where, why in unclear:
            self._note_misread(number, where, why)
        self._note_hidden(number)
        return self._record(number, values, {where.field.name for where, _ in unclear}, addresses)

    def _open(self, number: int) -> list[str]:
        """Return the fields that something could stand in on a line: their header is clear and no merge covers them."""
        return [one.field.name for one in self._columns if (number, one.place) not in self._covered.places]

    def _value(self, number: int, column: _Column, cell: Cell) -> Scalar:
        """Return what a cell says, noting formulas and repairs; raises ``Misread`` when it is not clear."""
        if cell.calculation is not Calculation.PLAIN:
            self._note_formula(number, column, cell)
        reading = column.read(cell)
        if reading.note or reading.rare:
            self._note_conversion(reading, number, column, cell)
        return reading.value

    def _record(self, number: int, values: Mapping[str, Scalar], unclear: set[str], addresses: Addresses) -> ReadRecord:
        if self._covered.places:
            unclear |= {one.field.name for one in self._columns if (number, one.place) in self._covered.places}
        source = self._source
        cells = addresses.of(number)
        record = Record(self._rule.name, source.unit, values, cells, source.file, self._page.title)
        return ReadRecord(record, number, frozenset(unclear | self._doubled))

    def _note_misread(self, number: int, column: _Column, misread: Misread) -> None:
        title, where = self._page.title, self._grid.address(number, column.place)
        if misread.cause == _NEVER:
            self._notes.add(causes.NEVER_CALCULATED, title, where)
            return
        name = column.field.name
        words: dict[str, Any] = {"列": name, "型": noun(column.field), "值": shortened(misread.shown, _LONGEST_SHOWN)}
        cause = (name, misread.cause)
        kind = causes.LOST if misread.repair is Repair.LOST else causes.MISTYPED
        kind = replace(kind, personal=column.field.personal)
        self._notes.add(kind, title, where, cause, **words, 怎么改=f"{misread.remedy}。")

    def _note_stray(self, number: int, held: Sequence[str]) -> None:
        """Note a line that holds next to nothing and is no record."""
        across, places = self._grid.geometry.across, self._headers.places
        words: dict[str, Any] = {
            "处": f"{column_letters(number)}列" if across else f"第{number}行",
            "已填": _quoted(held),
            "缺": _quoted(lacking(self._rule.keys, self._open(number), held)),
        }
        self._notes.add(
            causes.STRAY, self._page.title, self._grid.address(number, places[held[0]]), tuple(held), **words
        )

    def _note_formula(self, number: int, column: _Column, cell: Cell) -> None:
        if cell.calculation is Calculation.NEVER:
            raise Misread(_NEVER, "", "")
        self._note_repair(_FORMULA, number, column.place)

    def _note_repair(self, what: str, number: int, place: int) -> None:
        self._notes.add(causes.REPAIRED, self._page.title, self._grid.address(number, place), what, 什么=what)

    def _note_conversion(self, reading: Reading, number: int, column: _Column, cell: Cell) -> None:
        """Note a repair with what stood there and what it was read as, and characters that print in another face."""
        title, where = self._page.title, self._grid.address(number, column.place)
        if reading.rare:
            self._notes.add(causes.RARE, title, where, 字=reading.rare)
        if not reading.note:
            return
        doubtful = reading.repair is Repair.CONFIRM
        kind = replace(causes.DOUBTFUL if doubtful else causes.CONVERTED, personal=column.field.personal)
        before, after = (shortened(text, _LONGEST_SHOWN) for text in (shown(cell), _plain(reading.value)))
        words: dict[str, Any] = {"列": column.field.name, "什么": reading.note, "原": before, "值": after}
        cause = (column.field.name, reading.note) if doubtful else reading.note
        self._notes.add(kind, title, where, cause, **words)

    def _note_hidden(self, number: int) -> None:
        if number in self._grid.hidden:
            what = _HIDDEN_ACROSS if self._grid.geometry.across else _HIDDEN_DOWN
            self._note_repair(what, number, self._columns[0].place)


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _plain(value: Scalar) -> str:
    """Return a value as it is typed into a cell."""
    return TRUTHS[value] if isinstance(value, bool) else str(value)


def key_values(record: Record, keys: Sequence[str]) -> tuple[Scalar, ...] | None:
    """Return the values of a record's key, ``None`` when it is not complete."""
    values = tuple(record.values.get(name) for name in keys)
    return None if not values or None in values else values
