"""One version made anew for its unit: its values in a fresh issue, what is left to do marked and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pbreports.balance import advice, balances_of, hints
from pbreports.errors import WorkbookError
from pbreports.excel.identity import Part
from pbreports.excel.intake import identity_in, read_submission
from pbreports.excel.issue import draw_workbook
from pbreports.excel.opening import open_workbook
from pbreports.excel.parts import glance_at, is_bound
from pbreports.excel.reader import Workbook
from pbreports.excel.returning.book import account_of, account_of_original, return_workbook
from pbreports.excel.returning.carry import carry
from pbreports.excel.returning.original import marked_original
from pbreports.excel.returning.problems import Account, Occasion
from pbreports.excel.saving import workbook_bytes
from pbreports.pipeline.arrivals import Arrival
from pbreports.pipeline.background import Background
from pbreports.pipeline.reading import found_in, with_computed
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period, Scheme
from pbreports.scheme.roster import Unit
from pbreports.values import Correction, Finding, Submission


@dataclass(frozen=True, slots=True)
class Case:
    """One version that goes back to its unit: the file as it arrived, its findings as they stand, the occasion.

    ``part`` is which workbook of the form is returned: one that came in two goes back in two.
    """

    unit: Unit
    arrival: Arrival
    findings: tuple[Finding, ...]
    occasion: Occasion
    part: Part = Part.WHOLE


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
    data, file = case.arrival.contents(), case.arrival.file
    original = look.at(data, file)
    rules = scheme.sheets_for(unit.kind, period.name)
    book = open_workbook(data, name=file)
    came = part_of(book)
    carried = carry(book, rules, original.unsound)
    drawn = draw_workbook(scheme, unit, period, background.facts, carried.filling, part=came)
    fresh = look.at(workbook_bytes(drawn.workbook, period.start), "")
    found = advised(fresh.findings, fresh.submission, scheme)
    account = account_of(found, original.findings, case.findings, carried, drawn)
    account = replace(account, corrections=original.corrections)
    if case.part is not came:
        drawn = draw_workbook(scheme, unit, period, background.facts, carried.filling, part=case.part)
        account = account.only(drawn.workbook.sheetnames, rest=case.part is Part.MAIN)
    return Return(return_workbook(drawn, case.occasion, account, case.occasion.received), account)


def advised(found: Sequence[Finding], submission: Submission | None, scheme: Scheme) -> tuple[Finding, ...]:
    """Return findings with the fewest cells named, for those about sums, whose change makes the sums add up."""
    balances = balances_of(scheme)
    codes = {(one.code, one.sheet) for one in balances}
    records = {
        (record.title, cell): record
        for name in {one.sheet for one in balances}
        for record in (submission.records(name) if submission else ())
        for cell in record.cells.values()
    }

    def told(one: Finding) -> str:
        record = records.get((one.where.sheet, one.where.cell))
        if record is None or (one.code, record.sheet) not in codes:
            return ""
        return advice(one.code, hints(balances, scheme.sheets[record.sheet], record), record.cells)

    return tuple(replace(one, remedy=one.remedy + told(one)) for one in found)


def part_of(book: Workbook) -> Part:
    """Return which of a form's workbooks a received one is."""
    identity = identity_in(book)
    return identity.part if identity else Part.WHOLE


def parts_returned(arrival: Arrival) -> tuple[Part, ...]:
    """Return in which workbooks a version goes back: those in which it came."""
    try:
        data = arrival.contents()
    except WorkbookError:
        return (Part.WHOLE,)
    if is_bound(data):
        return (Part.MAIN, Part.PERSONAL)
    glance = glance_at(data)
    return (glance.part if glance else Part.WHOLE,)


def marked(case: Case) -> Return:
    """Return the unit's own file of a version with the marks on it; raises as ``remade``."""
    data = case.arrival.contents()
    titles = [page.title for page in open_workbook(data, name=case.arrival.file).sheets]
    account = account_of_original(case.findings, titles)
    occasion = replace(case.occasion, on_original=True)
    return Return(marked_original(data, occasion, account, case.occasion.received), account)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look at a workbook has found; ``submission`` is ``None`` when it could not be read."""

    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    submission: Submission | None

    @property
    def unsound(self) -> frozenset[str]:
        """The fields that could not be read."""
        return self.submission.unsound if self.submission else frozenset()


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
            return _Seen(received.findings, received.corrections, None)
        submission = with_computed(received.submission, self.year, there, self.period)
        found = found_in(received, submission, self.year, there, self.period)
        return _Seen(found, received.corrections, submission)
