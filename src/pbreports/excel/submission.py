"""Reads the sheets of a workbook that has been recognised: their records, their states, and what they lack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.complete import (
    is_unanswered,
    note_declared,
    note_duplicates,
    note_required,
    note_unanswered,
    split,
    state_of,
)
from pbreports.excel.declarations import Declarations, declarations_in
from pbreports.excel.explained import explanations_in
from pbreports.excel.identity import Identity, Part
from pbreports.excel.layout import CONTENTS
from pbreports.excel.locate import Pages
from pbreports.excel.pasted import Limits, limits_of, note_limits
from pbreports.excel.plan import Plan
from pbreports.excel.prefilled import Printed, note_gone
from pbreports.excel.presets import Presetter, presetter
from pbreports.excel.reader import Workbook
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.recomputed import note_overwritten
from pbreports.excel.records import ReadRecord, ReadSheet, Source, read_sheet
from pbreports.excel.seal import control_code
from pbreports.findings import CATALOGUE
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model import Layout, Sheet
from pbreports.scheme.roster import Unit
from pbreports.values import Record, Scalar, SheetData, SheetState, Submission

_MANUAL = "manual"
_LISTED = 3
_KEEPING_LIMITS = (".xlsx", ".xlsm")
"""The formats in which reading sees input limits."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """One sheet as read: what is on the page, and which of it counts."""

    read: ReadSheet
    filled: tuple[ReadRecord, ...]
    unfilled: tuple[ReadRecord, ...]
    data: SheetData
    limits: Limits


class SubmissionReader:
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
        pages.note(self._notes, self._declared.title)
        parts = {rule.name: self._sheet(rule, pages) for rule in rules}
        self._note_other_part(rules)
        read = [part for part in parts.values() if part]
        self._complete(read)
        if self._is_as_issued and self._book.form in _KEEPING_LIMITS:
            note_limits([part.limits for part in read if self._had_limits(part)], self._notes)
        sheets = {name: part.data if part else SheetData(name, SheetState.MISSING) for name, part in parts.items()}
        return Submission(
            self._book.file,
            digest,
            self._unit.code,
            period.name,
            self._identity.version,
            sheets,
            unsound=self._notes.unsound - {CONTENTS},
            explanations=explanations_in(self._book),
            control=self._control(rules, parts),
            doubtful=self._notes.doubtful,
        )

    @property
    def _is_as_issued(self) -> bool:
        """Whether the workbook was issued in this version of the form, so that its lay-out can be compared."""
        return self._identity.version == self._plan.scheme.heading.version

    def _sheet(self, rule: Sheet, pages: Pages) -> _Parts | None:
        page = pages.of(rule)
        if page is None and not self._identity.part.holds(rule):
            return None
        if page is None:
            self._note_missing(rule, pages.likely(rule))
            return None
        read = read_sheet(page, rule, self._source(rule), self._notes)
        if read is None:
            return None
        filled, unfilled = split(read, self._plan.expectations[rule.name])
        state = state_of(filled, declared_none=self._is_none(rule))
        data = SheetData(rule.name, state, tuple(one.record for one in filled))
        return _Parts(read, filled, unfilled, data, limits_of(page, read))

    def _note_missing(self, rule: Sheet, likely: Sequence[Page]) -> None:
        kind = causes.SEVERAL_SHEETS if likely else causes.MISSING_SHEET
        told = "、".join(f"“{page.title}”" for page in likely[:_LISTED]) + ("等" if len(likely) > _LISTED else "")
        self._notes.add(kind, rule.title, spoils=(rule.name,), 表=rule.title, 像=told)

    def _note_other_part(self, rules: Sequence[Sheet]) -> None:
        """Note once that the workbook with the sheets that list persons has not come with the main one."""
        lacking = [rule for rule in rules if not self._identity.part.holds(rule)]
        if lacking:
            told = "、".join(rule.title for rule in lacking)
            self._notes.add(CATALOGUE["F-39"], spoils=[rule.name for rule in lacking], 表=told)

    def _control(self, rules: Sequence[Sheet], parts: Mapping[str, _Parts | None]) -> str:
        """Return the control code that the workbook prints; of two workbooks both, the main one's first."""
        halves = (Part.MAIN, Part.PERSONAL) if self._identity.part is Part.BOTH else (self._identity.part,)
        codes = [
            control_code(part.read.sealed if (part := parts[rule.name]) else None for rule in rules if half.holds(rule))
            for half in halves
        ]
        return " ".join(codes) if all(codes) else ""

    def _had_limits(self, part: _Parts) -> bool:
        """Return whether a sheet was issued with limits, which one without room for a record has not."""
        return not part.limits.lost or not self._issued_empty(part.read.rule)

    def _is_none(self, rule: Sheet) -> bool:
        """Return whether a sheet is declared to have no data by one that may; one issued empty says so beforehand."""
        return bool(self._declared.at(rule)) and (rule.can_be_declared_none or self._issued_empty(rule))

    def _issued_empty(self, rule: Sheet) -> bool:
        """Return whether this unit was issued no record on the sheet and no room for one."""
        return not rule.can_grow and rule.layout is not Layout.FORM and not self._preset.rows(rule)

    @cached_property
    def _preset(self) -> Presetter:
        plan = self._plan
        return presetter(plan.scheme, self._unit, self._facts, plan.names, plan.preset)

    def _source(self, rule: Sheet) -> Source:
        code = self._plan.scheme.heading.roster.code
        given: dict[str, Scalar] = {} if code in rule.by_name else {code: self._unit.code}
        manual = self._book.calc_mode == _MANUAL
        return Source(self._book.file, self._unit.code, given, self._book.date1904, self._is_as_issued, manual)

    @cached_property
    def _declared(self) -> Declarations:
        return declarations_in(self._book, self._notes)

    def _complete(self, parts: Sequence[_Parts]) -> None:
        """Note what the sheets lack, once all of them have been read: a condition may ask another sheet."""
        records, notes = _records(parts), self._notes
        names = {**self._plan.names, "本单位代码": self._unit.code, "本单位种类": self._unit.kind}
        frame = Frame(Facts(records, self._facts), names, unit=self._unit.code)
        self._note_states(parts)
        for part in parts:
            rule = part.read.rule
            if part.data.state is SheetState.FILLED:
                expected = self._plan.expectations[rule.name]
                note_required(part.read, part.filled, part.unfilled, expected, frame, notes)
                note_duplicates(part.read, part.filled, notes)
        if self._is_as_issued:
            note_gone([self._printed(part) for part in parts if self._is_filled(part)], frame, notes)
        seen = not self._book.unseen
        note_overwritten([part.read for part in parts], records, self._plan, frame, notes, formulas_seen=seen)

    def _is_filled(self, part: _Parts) -> bool:
        """Return whether a unit reports data on a sheet, and has not declared at the same time that there are none."""
        return part.data.state is SheetState.FILLED and not self._is_none(part.read.rule)

    def _printed(self, part: _Parts) -> Printed:
        rule = part.read.rule
        preset = self._preset
        return Printed(part.read, self._plan.expectations[rule.name], preset.rows(rule), preset.rostered(rule))

    def _note_states(self, parts: Sequence[_Parts]) -> None:
        """Note declarations that are wrong or missing; a workbook in which nothing is filled is one finding."""
        unanswered = [part for part in parts if is_unanswered(part.read, part.data)]
        if unanswered and not any(self._is_answered(part) for part in parts):
            self._notes.add(causes.BLANK_BOOK, spoils=[part.read.rule.name for part in unanswered])
            self._notes.hide(unanswered[0].read.rule.name, len(unanswered))
            return
        for part in parts:
            rule, declared_at = part.read.rule, self._declared.at(part.read.rule)
            if part in unanswered:
                self._note_unanswered(part.read)
            if declared_at and self._is_none(rule):
                note_declared(part.read, part.data, self._notes)
            elif declared_at:
                self._notes.add(causes.MUST_REPORT, self._declared.title, declared_at, rule.name, 表=rule.title)

    def _note_unanswered(self, read: ReadSheet) -> None:
        if read.rule.can_be_declared_none and not self._declared.readable:
            self._notes.spoil(read.rule.name, because=CONTENTS)
        else:
            note_unanswered(read, self._notes)

    def _is_answered(self, part: _Parts) -> bool:
        """Return whether the unit has filled a sheet, or declared of its own that there is nothing to fill in."""
        if part.data.state is SheetState.NONE:
            return not self._issued_empty(part.read.rule)
        return part.data.state is SheetState.FILLED


def _records(parts: Sequence[_Parts]) -> dict[str, tuple[Record, ...]]:
    return {part.read.rule.name: part.data.records for part in parts}
