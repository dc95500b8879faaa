"""Reads the records of one received sheet, noting what cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import Reader, Reading, reader_of, shown
from pbreports.excel.form import Form, form_of
from pbreports.excel.grid import Addresses, Line
from pbreports.excel.misread import Misread
from pbreports.excel.outside import Outside
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Calculation, Cell
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.remarks import noun
from pbreports.excel.seal.code import Residues, residues_of
from pbreports.excel.strays import FEWEST, is_heading, is_remark, is_stray, is_total, lacking
from pbreports.excel.text import TRUTHS, shortened
from pbreports.excel.totals import Overwritten, Totals
from pbreports.scheme.model import Field, Layout, Sheet
from pbreports.scheme.subjects import subject_of
from pbreports.values import Record, Repair, Scalar

_NEVER = "没有计算结果的公式"
_FORMULA = "公式"
_ANOTHER_FILE = re.compile(r"\[\d+\]|\.xls", re.IGNORECASE)
_LONGEST_SHOWN = 30


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record as read; ``unclear`` fields hold something that could not be understood, so they are not blank."""

    record: Record
    line: int
    unclear: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The records of a sheet that hold anything at all, and the fields that were read.

    ``overwritten`` are the computed cells in which something else stands than the form's own formula.
    ``sealed`` is what the fields count in the control code, ``None`` when the sheet has none.
    """

    rule: Sheet
    title: str
    records: tuple[ReadRecord, ...]
    found: frozenset[str]
    overwritten: tuple[Overwritten, ...] = ()
    sealed: tuple[Residues, ...] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from and what is known about them beforehand.

    ``issued`` says that the sheet was issued in the scheme's lay-out, ``manual`` that formulas may be stale.
    """

    file: str
    unit: str
    given: Mapping[str, Scalar]
    date1904: bool
    issued: bool = False
    manual: bool = False


@lru_cache(maxsize=4096)
def _reader_of(field: Field, date1904: bool) -> Reader:  # noqa: FBT001 — a key
    """Return the function that reads a field's cells, made once for all workbooks."""
    return reader_of(field, date1904=date1904)


@dataclass(frozen=True, slots=True)
class _Column:
    """How one field is read: its name, its place, the function for its cells."""

    field: Field
    place: int
    read: Reader


def read_sheet(page: Page, rule: Sheet, source: Source, notes: Gatherer) -> ReadSheet | None:
    """Return what a received sheet holds; ``None`` when its headers or its answers are gone (noted)."""
    form = form_of(page, rule, notes, issued=source.issued)
    if form is None:
        return None
    reading = _Reading(page, rule, source, notes, form)
    records = tuple(reading.records())
    reading.close(records)
    sealed = residues_of(rule, form.grid, form.headers)
    found = frozenset(name for name in form.headers.places if form.reads(name))
    return ReadSheet(rule, page.title, records, found, reading.totals.overwritten(), sealed)


class _Reading:
    """Goes through the lines of one sheet."""

    def __init__(self, page: Page, rule: Sheet, source: Source, notes: Gatherer, form: Form) -> None:
        self._page, self._rule, self._source, self._notes, self._form = page, rule, source, notes, form
        self._grid, places = form.grid, form.headers.places
        self._columns = [
            _Column(field, places[field.name], _reader_of(field, source.date1904))
            for field in rule.shown
            if form.reads(field.name) and not field.computed
        ]
        self._blank: dict[str, Scalar] = {field.name: None for field in rule.shown if not field.computed}
        self._blank |= source.given
        self._fields = tuple((one.place, one.field) for one in self._columns)
        self._outside = Outside(page, rule, form, notes)
        self.totals = Totals(rule, places)

    def records(self) -> list[ReadRecord]:
        """Return the records in order; lines without anything in the fields' places are passed over."""
        found: list[ReadRecord] = []
        addresses = Addresses(self._grid.geometry, self._form.headers.places)
        lines = self._grid.lines
        single = self._rule.layout is Layout.FORM
        for number in sorted(line for line in lines if line >= self._form.headers.first):
            line = lines[number]
            if single and found:
                self._outside.take(number, line, known=frozenset())
            elif not self._is_none(number, line):
                read = self._line(number, line, addresses)
                if read is not None:
                    found.append(read)
        return found

    def close(self, records: Sequence[ReadRecord]) -> None:
        """Note what is said of the whole sheet once its records are read."""
        self._outside.note()
        self._outside.note_hidden([one.line for one in records])
        self._outside.note_merges({one.line: one.record.values for one in records})

    def _is_none(self, number: int, line: Line) -> bool:
        """Return whether a line is no record whatever stands in it (noted), taking what stands outside the fields."""
        where = self._grid.address(number, min(line))
        if is_total(line, self._rule, self._fields):
            self._notes.add(causes.TOTAL, self._page.title, where, 行=number)
            return True
        if is_heading(line, self._fields):
            self._notes.add(causes.REPEATED_HEADERS, self._page.title, where, 处=self._line_name(number))
            return True
        if is_remark(line, self._rule, self._fields):
            self._notes.add(causes.REMARK, self._page.title, where, 处=self._line_name(number))
            return True
        if not self._form.known.issuperset(line):
            self._outside.take(number, line, known=self._form.known)
        return False

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
        record = self._record(number, values, {where.field.name for where, _ in unclear}, addresses)
        for where, why in unclear:
            self._note_misread(record, where, why)
        self.totals.take(record.record, line)
        return record

    def _open(self, number: int) -> list[str]:
        """Return the fields that something could stand in on a line: their header is clear and no merge covers them."""
        covered = self._outside.covered
        return [one.field.name for one in self._columns if (number, one.place) not in covered]

    def _line_name(self, number: int) -> str:
        return f"{column_letters(number)}列" if self._grid.geometry.across else f"第{number}行"

    def _value(self, number: int, column: _Column, cell: Cell) -> Scalar:
        """Return what a cell says, noting formulas and repairs; raises ``Misread`` when it is not clear."""
        if cell.calculation is Calculation.NEVER:
            raise Misread(_NEVER, "", "")
        reading = column.read(cell)
        if cell.calculation is not Calculation.PLAIN:
            self._note_formula(number, column, cell)
        if reading.note or reading.rare:
            self._note_conversion(reading, number, column, cell)
        return reading.value

    def _record(self, number: int, values: Mapping[str, Scalar], unclear: set[str], addresses: Addresses) -> ReadRecord:
        covered = self._outside.covered
        if covered:
            unclear |= {one.field.name for one in self._columns if (number, one.place) in covered}
        source = self._source
        record = Record(self._rule.name, source.unit, values, addresses.of(number), source.file, self._page.title)
        return ReadRecord(record, number, frozenset(unclear | self._form.unread))

    def _note_misread(self, one: ReadRecord, column: _Column, misread: Misread) -> None:
        title, where = self._page.title, self._grid.address(one.line, column.place)
        blurred = [(f"{self._rule.name}.{column.field.name}", one.record.values)]
        subject = subject_of(self._rule, one.record)
        if misread.cause == _NEVER:
            self._notes.add(causes.NEVER_CALCULATED, title, where, subject=subject, blurs=blurred)
            return
        name = column.field.name
        words: dict[str, Any] = {"列": name, "型": noun(column.field), "值": shortened(misread.shown, _LONGEST_SHOWN)}
        cause = (name, misread.cause)
        kind = causes.LOST if misread.repair is Repair.LOST else causes.MISTYPED
        kind = replace(kind, personal=column.field.personal)
        words["怎么改"] = f"{misread.remedy}。"
        self._notes.add(kind, title, where, cause, subject=subject, blurs=blurred, **words)

    def _note_stray(self, number: int, held: Sequence[str]) -> None:
        """Note a line that holds next to nothing and is no record."""
        places = self._form.headers.places
        words: dict[str, Any] = {
            "处": self._line_name(number),
            "已填": _quoted(held),
            "缺": _quoted(lacking(self._rule.keys, self._open(number), held)),
        }
        self._notes.add(
            causes.STRAY, self._page.title, self._grid.address(number, places[held[0]]), tuple(held), **words
        )

    def _note_formula(self, number: int, column: _Column, cell: Cell) -> None:
        title, where = self._page.title, self._grid.address(number, column.place)
        if _ANOTHER_FILE.search(cell.formula or ""):
            self._notes.add(causes.LINKED, title, where)
        elif self._source.manual:
            self._notes.add(causes.STALE, title, where)
        else:
            self._notes.add(causes.REPAIRED, title, where, _FORMULA, 什么=_FORMULA)

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


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _plain(value: Scalar) -> str:
    """Return a value as it is typed into a cell."""
    return TRUTHS[value] if isinstance(value, bool) else str(value)


def key_values(record: Record, keys: Sequence[str]) -> tuple[Scalar, ...] | None:
    """Return the values of a record's key, ``None`` when it is not complete."""
    values = tuple(record.values.get(name) for name in keys)
    return None if not values or None in values else values
