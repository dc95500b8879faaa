"""Reads what a school sent back: whose it is and which form, what it says, and all that must be mended."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pbreports.errors import WorkbookError
from pbreports.excel import causes
from pbreports.excel.amending import amended, amendments_in
from pbreports.excel.causes import Gatherer
from pbreports.excel.declarations import rows_of
from pbreports.excel.identity import META, Identity, Part, identity_of
from pbreports.excel.opening import open_workbook
from pbreports.excel.origin import note_origin, note_unissued
from pbreports.excel.plan import plan_for
from pbreports.excel.reader import Workbook
from pbreports.excel.submission import SubmissionReader
from pbreports.findings import CATALOGUE
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Period, Scheme
from pbreports.scheme.roster import Unit, Units
from pbreports.values import Correction, Finding, Submission

_NO_FACTS = Facts({})


@dataclass(frozen=True, slots=True)
class Received:
    """One received file, read: its digest, whose it is, what it says, and all that was found.

    ``submission`` is ``None`` when the file is none of this year's workbooks; then ``unit`` may be empty.
    ``corrections`` are the cells that were read as the bureau has corrected them. ``blamed`` tells for each sheet and
    field that rules are not asked about (``表``, ``表.字段``) which finding is to blame, by its place.
    """

    file: str
    sha256: str
    unit: str
    submission: Submission | None
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...] = ()
    blamed: Mapping[str, int] = field(default_factory=dict)

    def findings_hiding(self, hidden: Mapping[str, int]) -> tuple[Finding, ...]:
        """Return the findings with what the rules do not say, by sheet and field, counted behind their causes."""
        more = Counter[int]()
        for name, count in hidden.items():
            if name in self.blamed:
                more[self.blamed[name]] += count
        return tuple(
            replace(one, hidden=one.hidden + more[place]) if more[place] else one
            for place, one in enumerate(self.findings)
        )


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
    if identity is None:
        note_unissued(book, scheme, notes)
    unit = _recognised(identity, scheme, units, period, notes) if identity else None
    if identity is None or unit is None:
        return Received(file, digest, identity.unit if identity else "", None, notes.findings())
    notes.unit = unit.code
    if identity.part is Part.PERSONAL:
        notes.add(CATALOGUE["F-41"])
        return Received(file, digest, unit.code, None, notes.findings())
    note_origin(book, identity, unit, units, scheme, notes)
    submission = SubmissionReader(book, identity, unit, plan_for(scheme, period), notes, facts).submission(digest)
    return Received(file, digest, unit.code, submission, notes.findings(), blamed=notes.blamed())


def identity_in(book: Workbook) -> Identity | None:
    """Return what a workbook's hidden sheet says about it, ``None`` when it was never issued."""
    page = book.sheet(META)
    return identity_of(rows_of(page)) if page else None


def _recognised(identity: Identity, scheme: Scheme, units: Units, period: Period, notes: Gatherer) -> Unit | None:
    """Return the unit whose workbook of this year and period it is; else note why it is not."""
    notes.unit = identity.unit
    if identity.year != str(scheme.year):
        notes.add(CATALOGUE["F-21"], 簿年度=identity.year, 年度=scheme.year)
        return None
    if identity.period != period.name:
        notes.add(CATALOGUE["F-24"], 簿期次=identity.period, 期次=period.name)
        return None
    unit = units.get(identity.unit)
    if not identity.unit:
        notes.add(causes.NO_CODE)
    elif unit is None:
        notes.add(CATALOGUE["F-22"], 代码=identity.unit)
    elif not unit.reports:
        notes.add(CATALOGUE["F-23"], 单位=unit.short_name)
    return unit
