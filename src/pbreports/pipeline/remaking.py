"""One version made anew for its unit: its values in a fresh issue, what is left to do marked and listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pbreports.excel.intake import read_submission
from pbreports.excel.issue import draw_workbook
from pbreports.excel.opening import open_workbook
from pbreports.excel.returning.book import account_of, return_workbook
from pbreports.excel.returning.carry import carry
from pbreports.excel.returning.problems import Account, Occasion
from pbreports.excel.saving import workbook_bytes
from pbreports.ooxml.package import contents_of
from pbreports.pipeline.background import Background
from pbreports.pipeline.reading import found_in, with_computed
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit
from pbreports.values import Correction, Finding


@dataclass(frozen=True, slots=True)
class Case:
    """One version that goes back to its unit: its file's name and place, its findings as they stand, the occasion."""

    unit: Unit
    file: str
    path: Path
    findings: tuple[Finding, ...]
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Return:
    """One return as made: the workbook, and what it tells."""

    data: bytes
    account: Account


def remade(case: Case, year: Year, background: Background, period: Period) -> Return:
    """Return the return of one version: its values in a fresh issue, looked at again, marked and listed.

    The fresh issue is read and checked as if it had come in, so that every place named is one of its own, and that
    nothing is asked which it has mended by itself.

    Raises:
        WorkbookError: when the version cannot be read as a workbook.
    """
    scheme, unit = year.scheme, case.unit
    look = _Look(year, background, period)
    data = contents_of(case.path, case.file)
    original = look.at(data, case.file)
    rules = scheme.sheets_for(unit.kind, period.name)
    carried = carry(open_workbook(data, name=case.file), rules, original.unsound)
    drawn = draw_workbook(scheme, unit, period, background.facts, carried.filling)
    fresh = look.at(workbook_bytes(drawn.workbook, period.start), "")
    account = account_of(fresh.findings, original.findings, case.findings, carried, drawn)
    account = replace(account, corrections=original.corrections)
    return Return(return_workbook(drawn, case.occasion, account, case.occasion.received), account)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look at a workbook has found."""

    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    unsound: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at workbooks as a collection does, without taking them in."""

    year: Year
    background: Background
    period: Period

    def at(self, data: bytes, file: str) -> _Seen:
        """Return what is wrong with a workbook, and what the bureau has corrected in it."""
        there = self.background
        received = read_submission(data, self.year.scheme, there.units, self.period, file=file, facts=there.facts)
        if received.submission is None:
            return _Seen(received.findings, received.corrections, frozenset())
        submission = with_computed(received.submission, self.year, there, self.period)
        found = found_in(received, submission, self.year, there, self.period)
        return _Seen(found, received.corrections, submission.unsound)
