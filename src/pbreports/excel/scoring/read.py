"""Reads what a group of assessors sent back: which group and round, its points as records, all that must be mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pbreports.errors import WorkbookError
from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.complete import expectations_of, note_duplicates, note_required
from pbreports.excel.declarations import rows_of
from pbreports.excel.identity import META, Identity, identity_of
from pbreports.excel.locate import Pages
from pbreports.excel.opening import open_workbook
from pbreports.excel.reader import Workbook
from pbreports.excel.records import ReadRecord, ReadSheet, Source, read_sheet
from pbreports.excel.scoring.plan import COMPARED, SIGNED, form_name, label_of, measured_sheet, points_sheet
from pbreports.findings import CATALOGUE, Kind
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model import BureauWorkbook, Scheme, Sheet
from pbreports.scheme.scoring import Asked, asked_of
from pbreports.values import Finding, Record, Scalar, Severity

NOT_ISSUED = Kind(
    "F-20",
    Severity.ERROR,
    "不是下发的工作簿",
    "这不是下发的{簿}簿（没有识别信息），没有读取。",
    "请把分数填到 pbreports issue {簿} 下发的工作簿里。",
)
GONE = replace(
    causes.GONE_PRESETS, remedy="请恢复这一{类}，代码照下发时写；没有打分的空着，不要填 0，也可以重新下发这一份再填。"
)
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who assesses what: the group of each object, what each object is called, the rounds."""

    groups: Mapping[str, str]
    names: Mapping[str, str]
    rounds: tuple[str, ...]

    def of(self, group: str) -> tuple[str, ...]:
        """Return the objects of a group in order."""
        return tuple(code for code, its in self.groups.items() if its == group)


@dataclass(frozen=True, slots=True)
class Scores:
    """What one workbook says: its group and round (empty when it tells none), its records by sheet, what is wrong."""

    file: str
    group: str
    round: str
    records: Mapping[str, tuple[Record, ...]]
    findings: tuple[Finding, ...]


def read_scoring(data: bytes, scheme: Scheme, book: BureauWorkbook, assignment: Assignment, *, file: str) -> Scores:
    """Return what a group's workbook says; what cannot be understood is a finding and counts as not entered.

    The points stand as records of the declared sheets, one for each object and indicator that anything was entered
    for, each value with its cell.
    """
    notes = Gatherer(scheme, file)
    try:
        workbook = open_workbook(data, name=file)
    except WorkbookError as error:
        notes.add(replace(causes.UNREADABLE, code=error.code), 原因=error.what, 怎么改=error.remedy)
        return Scores(file, "", "", {}, notes.findings())
    identity = _identity(workbook, scheme, book, assignment, notes)
    if identity is None:
        return Scores(file, "", "", {}, notes.findings())
    reading = _Reading(workbook, asked_of(scheme, book), identity, assignment, notes)
    records = reading.records()
    return Scores(file, identity.unit, identity.period, records, notes.findings())


def is_scoring(data: bytes, book: BureauWorkbook, *, file: str) -> bool:
    """Return whether a workbook was issued to a group of assessors.

    Raises:
        WorkbookError: when it cannot be read at all.
    """
    meta = open_workbook(data, name=file).sheet(META)
    return meta is not None and identity_of(rows_of(meta), form_name(book)) is not None


def _identity(
    workbook: Workbook, scheme: Scheme, book: BureauWorkbook, assignment: Assignment, notes: Gatherer
) -> Identity | None:
    """Return what the workbook says about itself; ``None`` when it is none of this year's and groups' (noted)."""
    meta = workbook.sheet(META)
    identity = identity_of(rows_of(meta), form_name(book)) if meta else None
    if identity is None:
        notes.add(NOT_ISSUED, 簿=book.name)
        return None
    if identity.year != str(scheme.year):
        notes.add(CATALOGUE["F-21"], 簿年度=identity.year, 年度=scheme.year)
        return None
    unknown = [
        told
        for told, is_known in (
            (f"没有轮次“{identity.period}”", identity.period in assignment.rounds),
            (f"没有考评组“{identity.unit}”", bool(assignment.of(identity.unit))),
        )
        if not is_known
    ]
    if unknown:
        notes.add(CATALOGUE["F-42"], 什么="、".join(unknown), 簿=book.name)
        return None
    return identity


class _Reading:
    """Reads the two sheets of one workbook."""

    def __init__(
        self, workbook: Workbook, asked: Asked, identity: Identity, assignment: Assignment, notes: Gatherer
    ) -> None:
        looked_at = tuple(one for one in workbook.sheets if one.title not in (COMPARED, SIGNED))
        self._book, self._asked, self._notes = replace(workbook, sheets=looked_at), asked, notes
        self._group, self._round, self._assignment = identity.unit, identity.period, assignment
        self._identity = identity

    def records(self) -> dict[str, tuple[Record, ...]]:
        """Return the records by sheet of the declaration."""
        points, measured = points_sheet(self._asked), measured_sheet(self._asked)
        rules = [points, *([measured] if measured else [])]
        pages = Pages(self._book, self._identity, rules)
        pages.note(self._notes)
        read = {rule.name: self._read(pages, rule) for rule in rules}
        lines = self._lines(read[points.name], points)
        checked = self._lines(read[measured.name], measured) if measured else {}
        if read[points.name] is not None:
            self._note_absent(read[points.name], lines)
            self._note_blank(lines, checked)
        return self._melted(lines, checked)

    def _read(self, pages: Pages, rule: Sheet) -> ReadSheet | None:
        page = pages.of(rule)
        if page is None:
            self._notes.add(causes.MISSING_SHEET, rule.title, spoils=(rule.name,), 表=rule.title)
            return None
        source = Source(self._book.file, "", {}, self._book.date1904, issued=True)
        read = read_sheet(page, rule, source, self._notes)
        if read is not None:
            required = tuple((field, None) for field in rule.shown if field.required)
            frame = Frame(Facts({}), {})
            note_required(read, read.records, (), expectations_of(rule, required), frame, self._notes)
            note_duplicates(read, read.records, self._notes)
        return read

    def _lines(self, read: ReadSheet | None, rule: Sheet) -> dict[str, ReadRecord]:
        """Return the lines by object: those of this group, the first of each."""
        entered = [field.name for field in rule.shown if not field.locked]
        found: dict[str, ReadRecord] = {}
        for one in read.records if read else ():
            code = one.record.values.get(self._asked.object)
            if not isinstance(code, str):
                continue
            if self._assignment.groups.get(code) == self._group:
                found.setdefault(code, one)
            elif one.unclear or any(one.record.values.get(name) is not None for name in entered):
                self._note_strange(one, code)
        return found

    def _note_strange(self, one: ReadRecord, code: str) -> None:
        owner = self._assignment.groups.get(code)
        what = f"由“{owner}”考评" if owner else f"不在“{self._asked.scoring.groups}”里"
        where = one.record.cells.get(self._asked.object, "")
        words: dict[str, Any] = {"对象": code, "什么": what, "组": self._group, "表": self._asked.scoring.groups}
        self._notes.add(CATALOGUE["F-43"], one.record.title, where, code, subject=code, **words)

    def _note_absent(self, read: ReadSheet | None, lines: Mapping[str, ReadRecord]) -> None:
        """Note the objects of the group that have no line."""
        for code in self._assignment.of(self._group):
            if code not in lines:
                words: dict[str, Any] = {"条": f"“{self._named(code)}”这一条", "现": "", "类": "行"}
                title = read.title if read else ""
                self._notes.add(GONE, title, "", code, subject=code, **words)

    def _named(self, code: str) -> str:
        name = self._assignment.names.get(code, "")
        return f"{code} {name}" if name else code

    def _note_blank(self, lines: Mapping[str, ReadRecord], checked: Mapping[str, ReadRecord]) -> None:
        """Note the objects for which something is missing, each; those for which all is missing as one."""
        unsound = self._notes.unsound
        there = [it for it in self._asked.indicators if f"{self._asked.sheet.name}.{label_of(it)}" not in unsound]
        for code, one in lines.items():
            blank = [it for it in there if self._is_blank(label_of(it), one, checked.get(code))]
            if len(blank) == len(there):
                self._note_missing(one, code, "还没有打分", self._asked.object, cause="")
            elif blank:
                listed = "、".join(it.code for it in blank[:_LISTED]) + ("等" if len(blank) > _LISTED else "")
                what = f"还有{len(blank)}项没有打分（{listed}）"
                self._note_missing(one, code, what, label_of(blank[0]), cause=code)

    def _note_missing(self, one: ReadRecord, code: str, what: str, field: str, *, cause: str) -> None:
        words: dict[str, Any] = {"对象": self._named(code), "什么": what}
        where = one.record.cells.get(field, "")
        self._notes.add(CATALOGUE["F-44"], one.record.title, where, cause, subject=code, **words)

    @staticmethod
    def _is_blank(label: str, one: ReadRecord, other: ReadRecord | None) -> bool:
        """Return whether nothing stands in an indicator's cells; what cannot be understood has been said."""
        there = [record for record in (one, other) if record]
        return all(it.record.values.get(label) is None and label not in it.unclear for it in there)

    def _melted(
        self, lines: Mapping[str, ReadRecord], checked: Mapping[str, ReadRecord]
    ) -> dict[str, tuple[Record, ...]]:
        asked = self._asked
        records: dict[str, tuple[Record, ...]] = {asked.sheet.name: ()}
        codes = dict.fromkeys((*lines, *checked))
        points = [one for code in codes for one in self._points_of(code, lines.get(code), checked.get(code))]
        records[asked.sheet.name] = tuple(points)
        for name, fields in asked.reviews.items():
            if name != asked.sheet.name:
                names = [field.name for field in fields]
                records[name] = tuple(
                    _review for code in lines for _review in self._review(name, code, lines[code], names)
                )
        return records

    def _points_of(self, code: str, one: ReadRecord | None, other: ReadRecord | None) -> Iterator[Record]:
        """Yield the records of an object's indicators, the points where they were entered first."""
        asked = self._asked
        about = [field.name for field in asked.reviews[asked.sheet.name]]
        for indicator in asked.indicators:
            label = label_of(indicator)
            held = [(field.name, it) for field, it in ((asked.points, one), (asked.checked, other)) if field and it]
            given = [(name, it) for name, it in held if it.record.values.get(label) is not None]
            if not given:
                continue
            first = given[0][1].record
            values: dict[str, Scalar] = {name: it.record.values[label] for name, it in given}
            cells = {name: it.record.cells[label] for name, it in given if it.record.title == first.title}
            values |= {asked.round: self._round, asked.object: code, asked.indicator: indicator.code}
            values |= {asked.group: self._group}
            if one:
                values |= {name: one.record.values.get(name) for name in about}
            cells |= {name: first.cells[name] for name in (asked.object, *about) if name in first.cells}
            yield Record(asked.sheet.name, "", values, cells, first.file, first.title)

    def _review(self, sheet: str, code: str, one: ReadRecord, names: Sequence[str]) -> Iterator[Record]:
        entered = {name: one.record.values.get(name) for name in names}
        if any(value is not None for value in entered.values()):
            cells = {name: one.record.cells[name] for name in (*names, self._asked.object) if name in one.record.cells}
            values = {self._asked.round: self._round, self._asked.object: code, **entered}
            yield Record(sheet, "", values, cells, one.record.file, one.record.title)
