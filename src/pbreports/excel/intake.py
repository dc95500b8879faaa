"""Reads what a school sent back: who, which form, every record with its cells, and all that must be mended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pbreports.errors import WorkbookError
from pbreports.excel import causes
from pbreports.excel.amending import amended, amendments_in
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of, shown
from pbreports.excel.complete import note_duplicates, note_required, note_state, split, state_of
from pbreports.excel.contents import DECLARATION_COLUMN, NONE, TITLE_COLUMN
from pbreports.excel.explained import explanations_in
from pbreports.excel.identity import META, Identity, identity_of
from pbreports.excel.layout import CONTENTS
from pbreports.excel.locate import Pages
from pbreports.excel.opening import open_workbook
from pbreports.excel.origin import note_origin
from pbreports.excel.plan import Plan, plan_for
from pbreports.excel.presets import Presetter, presetter
from pbreports.excel.reader import Workbook
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.records import ReadRecord, ReadSheet, Source, read_sheet
from pbreports.findings import CATALOGUE
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model import Layout, Period, Scheme, Sheet
from pbreports.scheme.roster import Unit, Units
from pbreports.values import Correction, Finding, Record, Scalar, SheetData, SheetState, Submission

_NO_FACTS = Facts({})


@dataclass(frozen=True, slots=True)
class Received:
    """One received file, read: its digest, whose it is, what it says, and all that was found.

    ``submission`` is ``None`` when the file is none of this year's workbooks; then ``unit`` may be empty.
    ``corrections`` are the cells that were read as the bureau has corrected them.
    """

    file: str
    sha256: str
    unit: str
    submission: Submission | None
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()


def read_submission(
    data: bytes, scheme: Scheme, units: Units, period: Period, *, file: str, facts: Facts = _NO_FACTS
) -> Received:
    """Return what a received workbook says, with the cells corrected that the bureau's facts correct.

    ``file`` is what findings call it; ``facts`` are the bureau's, for conditions that ask them. Nothing a school did
    wrong is raised: it is among the findings.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        book = open_workbook(data, name=file)
    except WorkbookError as error:
        notes = Gatherer(scheme, file)
        notes.add(replace(causes.UNREADABLE, code=error.code), 原因=error.what, 怎么改=error.remedy)
        return Received(file, digest, "", None, notes.findings())
    received = _received(book, digest, scheme, units, period, facts)
    if received.submission is None:
        return received
    book, corrections = amended(book, received.submission, amendments_in(facts, scheme), scheme)
    if not corrections:
        return received
    return replace(_received(book, digest, scheme, units, period, facts), corrections=corrections)


def _received(book: Workbook, digest: str, scheme: Scheme, units: Units, period: Period, facts: Facts) -> Received:
    notes, file = Gatherer(scheme, book.file), book.file
    if book.unseen:
        notes.add(CATALOGUE["F-19"], 格式=book.form, 什么="、".join(book.unseen))
    if book.flags:
        notes.add(causes.DANGEROUS, 什么="、".join(sorted(book.flags)))
    identity = identity_in(book)
    unit = _recognised(identity, scheme, units, period, notes)
    if identity is None or unit is None:
        return Received(file, digest, identity.unit if identity else "", None, notes.findings())
    notes.unit = unit.code
    note_origin(book, identity, unit, units, scheme, notes)
    submission = _Intake(book, identity, unit, plan_for(scheme, period), notes, facts).submission(digest)
    return Received(file, digest, unit.code, submission, notes.findings())


def identity_in(book: Workbook) -> Identity | None:
    """Return what a workbook's hidden sheet says about it, ``None`` when it was never issued."""
    page = book.sheet(META)
    return identity_of(_texts(page)) if page else None


def _texts(page: Page) -> list[list[str]]:
    last = max((row for row, _ in page.cells), default=0)
    rows: list[list[str]] = [[""] * 6 for _ in range(last)] if last < 10_000 else []
    for (row, column), cell in page.cells.items():
        if row <= len(rows) and column <= 6:
            rows[row - 1][column - 1] = shown(cell).strip()
    return rows


def _recognised(
    identity: Identity | None, scheme: Scheme, units: Units, period: Period, notes: Gatherer
) -> Unit | None:
    """Return the unit whose workbook of this year and period it is; else note why it is not."""
    if identity is None:
        notes.add(CATALOGUE["F-20"])
        return None
    notes.unit = identity.unit
    if identity.year != str(scheme.year):
        notes.add(CATALOGUE["F-21"], 簿年度=identity.year, 年度=scheme.year)
        return None
    if identity.period != period.name:
        notes.add(CATALOGUE["F-24"], 簿期次=identity.period, 期次=period.name)
        return None
    unit = units.get(identity.unit)
    if unit is None:
        notes.add(CATALOGUE["F-22"], 代码=identity.unit)
    elif not unit.reports:
        notes.add(CATALOGUE["F-23"], 单位=unit.short_name)
    return unit


@dataclass(frozen=True, slots=True)
class _Parts:
    """One sheet as read: what is on the page, and which of it counts."""

    read: ReadSheet
    filled: tuple[ReadRecord, ...]
    unfilled: tuple[ReadRecord, ...]
    data: SheetData


class _Intake:
    """Reads one workbook that has been recognised."""

    def __init__(
        self, book: Workbook, identity: Identity, unit: Unit, plan: Plan, notes: Gatherer, facts: Facts
    ) -> None:
        self._book, self._identity, self._unit, self._plan = book, identity, unit, plan
        self._notes, self._facts = notes, facts

    def submission(self, digest: str) -> Submission:
        """Return everything the workbook says."""
        scheme, period = self._plan.scheme, self._plan.period
        rules = scheme.sheets_for(self._unit.kind, period.name)
        pages = Pages(self._book, self._identity, rules)
        pages.note(rules, self._notes)
        declared = self._declarations()
        parts = {rule.name: self._sheet(rule, pages, declared) for rule in rules}
        self._complete([part for part in parts.values() if part], declared)
        sheets = {name: part.data if part else SheetData(name, SheetState.MISSING) for name, part in parts.items()}
        return Submission(
            self._book.file,
            digest,
            self._unit.code,
            period.name,
            self._identity.version,
            sheets,
            explanations=explanations_in(self._book),
        )

    def _declarations(self) -> dict[str, str]:
        """Return the titles of the sheets that the contents declare to have no data, with where they do."""
        page = self._book.sheet(CONTENTS)
        if page is None:
            self._notes.add(causes.MISSING_SHEET, CONTENTS, 表=CONTENTS)
            return {}
        rows = _texts(page)
        header = next((row for row in rows if {TITLE_COLUMN, DECLARATION_COLUMN} <= set(row)), None)
        if header is None:
            self._notes.add(causes.MISSING_HEADERS, CONTENTS, 表=CONTENTS, 缺=f"列“{DECLARATION_COLUMN}”", 类="列")
            return {}
        title, declaration = header.index(TITLE_COLUMN), header.index(DECLARATION_COLUMN)
        return {
            key_of(row[title]): f"{column_letters(declaration + 1)}{number}"
            for number, row in enumerate(rows, start=1)
            if key_of(row[declaration]) == NONE
        }

    def _sheet(self, rule: Sheet, pages: Pages, declared: Mapping[str, str]) -> _Parts | None:
        page = pages.of(rule)
        if page is None:
            self._notes.add(causes.MISSING_SHEET, rule.title, 表=rule.title)
            return None
        if key_of(page.title) != key_of(rule.title):
            self._notes.add(causes.RENAMED_SHEET, page.title, 表=rule.title, 现名=page.title)
        read = read_sheet(page, rule, self._source(rule), self._notes)
        if read is None:
            return None
        filled, unfilled = split(read, self._plan.expectations[rule.name])
        state = state_of(filled, declared_none=self._is_none(rule, declared))
        data = SheetData(rule.name, state, tuple(one.record for one in filled))
        return _Parts(read, filled, unfilled, data)

    def _is_none(self, rule: Sheet, declared: Mapping[str, str]) -> bool:
        """Return whether a sheet is declared to have no data by one that may; one issued empty says so beforehand."""
        return key_of(rule.title) in declared and (rule.can_be_declared_none or self._issued_empty(rule))

    def _issued_empty(self, rule: Sheet) -> bool:
        """Return whether this unit was issued no record on the sheet and no room for one."""
        return not rule.can_grow and rule.layout is not Layout.FORM and not self._preset.rows(rule)

    @cached_property
    def _preset(self) -> Presetter:
        plan = self._plan
        return presetter(plan.scheme, self._unit, self._facts, plan.scheme.fixed_names(plan.period))

    def _source(self, rule: Sheet) -> Source:
        code = self._plan.scheme.heading.roster.code
        given: dict[str, Scalar] = {} if code in rule.by_name else {code: self._unit.code}
        return Source(self._book.file, self._unit.code, given, self._book.date1904)

    def _complete(self, parts: Sequence[_Parts], declared: Mapping[str, str]) -> None:
        """Note what the sheets lack, once all of them have been read: a condition may ask another sheet."""
        facts = Facts(_records(parts), self._facts)
        names = {**self._plan.names, "本单位代码": self._unit.code, "本单位种类": self._unit.kind}
        frame = Frame(facts, names, unit=self._unit.code)
        for part in parts:
            expected = self._plan.expectations[part.read.rule.name]
            none = self._is_none(part.read.rule, declared)
            note_state(part.read, part.data, self._notes, declared_none=none)
            declared_at = declared.get(key_of(part.read.rule.title))
            if declared_at and not none:
                self._notes.add(causes.MUST_REPORT, CONTENTS, declared_at, part.read.rule.name, 表=part.read.rule.title)
            if part.data.state is SheetState.FILLED:
                note_required(part.read, part.filled, part.unfilled, expected, frame, self._notes)
                note_duplicates(part.read, part.filled, self._notes)


def _records(parts: Sequence[_Parts]) -> dict[str, tuple[Record, ...]]:
    return {part.read.rule.name: part.data.records for part in parts}
