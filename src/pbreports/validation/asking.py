"""Asks compiled rules of one workbook and of the district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pbreports.findings import merged
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model import Scope
from pbreports.scheme.subjects import subject_of
from pbreports.validation.cascades import Broken, folded
from pbreports.validation.rulebook import Check, RuleBook
from pbreports.values import CellRef, Finding, Record, Scalar, SheetState, Submission


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules find in one workbook, and how many findings each sheet and field hides that could not be read."""

    findings: tuple[Finding, ...]
    hidden: Mapping[str, int]


def check_submission(
    book: RuleBook, submission: Submission, background: Facts, names: Mapping[str, Any]
) -> tuple[Finding, ...]:
    """Return what the rules find in one workbook; parameters as of ``examine``."""
    return examine(book, submission, background, names).findings


def examine(book: RuleBook, submission: Submission, background: Facts, names: Mapping[str, Any]) -> Checked:
    """Return what the rules find in one workbook; what only follows from cells that could not be read is counted.

    ``background`` holds the bureau's records and the constant tables, ``names`` the fixed names of the period
    with 本单位代码 and 本单位种类. Computed fields must be filled in already.
    """
    frame = _frame(submission, background, names)
    unknown = _Unknown(submission, book.links)
    hidden: defaultdict[str, list[Finding]] = defaultdict(list)
    broken: list[Broken] = []
    for check in book.workbook:
        spoiled = unknown.spoils(check)
        for one in _asked(check, frame, submission):
            because = spoiled or unknown.blurs(one)
            if because:
                hidden[because].append(one.finding)
            else:
                broken.append(one)
    said = folded(broken, submission, background, book.registers)
    return Checked(said, {name: len(merged(unsaid)) for name, unsaid in hidden.items()})


def every_break(
    book: RuleBook, submission: Submission, background: Facts, names: Mapping[str, Any]
) -> Iterator[Finding]:
    """Yield whatever breaks a rule in one workbook, what follows from another finding too; parameters as of ``examine``."""
    frame = _frame(submission, background, names)
    return (one.finding for check in book.workbook for one in _asked(check, frame, submission))


class _Unknown:
    """What of a submission rules cannot be asked about."""

    def __init__(self, submission: Submission, links: frozenset[str]) -> None:
        missing = {name for name, data in submission.sheets.items() if data.state is SheetState.MISSING}
        self._unsound = submission.unsound | missing
        self._doubtful, self._links = submission.doubtful, links

    def spoils(self, check: Check) -> str:
        """Return the first sheet or field that a check cannot do without and that was not read, else nothing."""
        if not self._unsound or check.reads.names.isdisjoint(self._unsound):
            return ""
        return min(check.reads.names & self._unsound)

    def blurs(self, one: Broken) -> str:
        """Return the first field that a finding rests on in a row where it is unknown, else nothing."""
        if not self._doubtful:
            return ""
        reads = one.check.reads
        for name in sorted(reads.linking & self._doubtful.keys()):
            if one.record is not None and one.record.values.get(name.rpartition(".")[2]) is None:
                return name
        for name in sorted(reads.summed & self._doubtful.keys()):
            if name in reads.apart or any(self._are_linked(one.record, row) for row in self._doubtful[name]):
                return name
        return ""

    def _are_linked(self, record: Record | None, row: Mapping[str, Scalar]) -> bool:
        """Whether a row may belong to a record: no linking field that both have tells them apart."""
        shared = self._links & row.keys() & record.values.keys() if record else frozenset()
        return all(record is None or row[name] in (None, record.values[name]) for name in shared)


def _frame(submission: Submission, background: Facts, names: Mapping[str, Any]) -> Frame:
    records = {name: data.records for name, data in submission.sheets.items()}
    return Frame(Facts(records, background), names, unit=submission.unit)


def _asked(check: Check, frame: Frame, submission: Submission) -> Iterator[Broken]:
    if check.scope is Scope.SHEET and not submission.records(check.sheet):
        return iter(())
    return _apply(check, frame, CellRef(submission.file), submission.unit)


def check_district(book: RuleBook, facts: Facts, names: Mapping[str, Any], home: CellRef) -> tuple[Finding, ...]:
    """Return what the rules over the whole district find; ``home`` is the place of those without a cell."""
    frame = Frame(facts, names)
    return tuple(one.finding for check in book.district for one in _apply(check, frame, home, ""))


def check_cadres(book: RuleBook, facts: Facts, names: Mapping[str, Any], home: CellRef) -> tuple[Finding, ...]:
    """Return what the rules on the inspection of cadres find in its own workbook; all of it is personal."""
    frame = Frame(facts, names)
    return tuple(one.finding for check in book.cadre for one in _apply(check, frame, home, ""))


def check_paper(
    book: RuleBook, paper: str, facts: Facts, names: Mapping[str, Any], home: CellRef
) -> tuple[Finding, ...]:
    """Return what the rules on a paper of this name find; ``home`` is the place of those without a cell.

    ``facts`` and ``names`` hold what such rules may ask besides those over the district (``scheme.papers``).
    """
    frame = Frame(facts, names)
    asked = (check for check in book.papers if not check.papers or paper in check.papers)
    return merged(one.finding for check in asked for one in _apply(check, frame, home, ""))


def _apply(check: Check, frame: Frame, home: CellRef, unit: str) -> Iterator[Broken]:
    records: Iterable[Record | None] = check.rows(frame) if check.rows else (None,)
    for record in records:
        here = _standing(check, frame, record)
        if here is not None and check.broken(here):
            yield Broken(_finding(check, here, record, home, unit), check, record)


def _finding(check: Check, here: Frame, record: Record | None, home: CellRef, unit: str) -> Finding:
    whole = record.cell("") if record and record.cells else home
    return Finding(
        check.code,
        check.severity,
        next((one for one in (place(here, record) for place in check.places) if one), whole),
        check.message(here),
        check.remedy,
        unit or (record.unit if record else ""),
        personal=check.personal,
        subject=subject_of(check.asked_of, record) if record and check.asked_of else "",
    )


def _standing(check: Check, frame: Frame, record: Record | None) -> Frame | None:
    """Return the frame standing at a record; ``None`` where the field the check looks at is blank."""
    if record is None:
        return frame
    if not check.field:
        return frame.at(record.values)
    value = record.values.get(check.field)
    return None if value is None else frame.at(record.values, value)
