"""One arrival read and checked: what it says, corrected where the bureau says so, computed, held against the rules."""

from __future__ import annotations

from dataclasses import replace

from pbreports import findings
from pbreports.errors import WorkbookError
from pbreports.excel.intake import Received, read_submission
from pbreports.ledger import Source
from pbreports.likeness import telling
from pbreports.pipeline.arrivals import Arrival, unreadable
from pbreports.pipeline.background import Background
from pbreports.pipeline.explaining import named_in
from pbreports.pipeline.year import Year
from pbreports.scheme.computed import compute
from pbreports.scheme.model import Period
from pbreports.validation import examine
from pbreports.values import Finding, SheetData, Submission


def read_arrival(arrival: Arrival, year: Year, background: Background, period: Period) -> Source:
    """Return a workbook as read and checked; one that cannot be read is a single finding."""
    if arrival.fault:
        return unread(arrival, period, arrival.fault)
    try:
        received = read_submission(
            arrival.contents(), year.scheme, background.units, period, file=arrival.file, facts=background.facts
        )
    except WorkbookError as error:
        return unread(arrival, period, unreadable(arrival.file, error))
    if received.submission is None:
        return unread(arrival, period, *received.findings)
    submission = with_computed(received.submission, year, background, period)
    found = found_in(received, submission, year, background, period)
    return Source(
        key=arrival.key,
        file=arrival.file,
        unit=submission.unit,
        period=period.name,
        sha256=arrival.sha256,
        states={name: data.state for name, data in submission.sheets.items()},
        records={name: data.records for name, data in submission.sheets.items()},
        findings=(*found, *named_in(submission)),
        explanations=submission.explanations,
        corrections=received.corrections,
        telling=telling(submission, year.scheme),
        control=submission.control,
    )


def unread(arrival: Arrival, period: Period, *found: Finding) -> Source:
    """Return what the ledger keeps of a file that nothing can be taken from: what was found."""
    return Source(arrival.key, arrival.file, "", period.name, arrival.sha256, {}, {}, found)


def with_computed(submission: Submission, year: Year, background: Background, period: Period) -> Submission:
    """Return a submission with its computed fields filled in."""
    raw = {name: data.records for name, data in submission.sheets.items()}
    filled = compute(year.computed, raw, year.names(period), background.facts, submission.unit)
    sheets = {name: SheetData(name, data.state, filled[name]) for name, data in submission.sheets.items()}
    return replace(submission, sheets=sheets)


def found_in(
    received: Received, submission: Submission, year: Year, background: Background, period: Period
) -> tuple[Finding, ...]:
    """Return what reading and the rules find in a workbook whose computed fields have been filled in.

    What the rules leave unsaid because it only follows from what reading found is counted behind that.
    """
    unit = background.units.get(submission.unit)
    names = {**year.names(period), "本单位代码": submission.unit, "本单位种类": unit.kind if unit else ""}
    checked = examine(year.rules, submission, background.facts, names)
    return (*received.findings_hiding(checked.hidden), *findings.merged(checked.findings))
