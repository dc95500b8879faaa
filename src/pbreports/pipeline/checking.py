"""Check: single workbooks looked at as ``collect`` would, without taking them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pbreports import findings
from pbreports.errors import WorkbookError
from pbreports.excel.bureau import read_bureau
from pbreports.excel.intake import read_submission
from pbreports.excel.scoring import is_scoring
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.arrivals import Arrival, arrivals_of, mishap, unreadable
from pbreports.pipeline.background import Background
from pbreports.pipeline.explaining import Said, named_in
from pbreports.pipeline.pairing import paired
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.reading import found_in, with_computed
from pbreports.pipeline.scoring import assignment_of, read_scores, rested_on
from pbreports.pipeline.settling import settled
from pbreports.pipeline.year import Year
from pbreports.values import CellRef, Finding


def check_paths(
    year: Year, background: Background, paths: Sequence[Path]
) -> Iterator[tuple[Arrival, tuple[Finding, ...]]]:
    """Go through workbooks, of schools or of the bureau, and those in archives, each with what is wrong with it.

    Each is read in a process of its own.
    """
    arrivals = list(paired([arrival for path in paths for arrival in arrivals_of(path, path.name)]))
    work = partial(check_arrival, year=year, background=background)
    outcomes = apart(work, arrivals, jobs=year.jobs, seconds=lambda one: LIMITS.seconds_for(one.size))
    for arrival, outcome in zip(arrivals, outcomes, strict=True):
        yield arrival, (mishap(arrival.file, outcome),) if isinstance(outcome, Mishap) else outcome


def check_arrival(arrival: Arrival, year: Year, background: Background) -> tuple[Finding, ...]:
    """Return what is wrong with a workbook: a school's, a group's of assessors, or the bureau's (by its file name)."""
    if arrival.fault:
        return (arrival.fault,)
    try:
        book = year.scheme.bureau.get(arrival.path.stem)
        if book and book.private:
            return (findings.finding("F-49", CellRef(arrival.file)),)
        if book:
            return read_bureau(arrival.path, book, year.scheme, file=arrival.file).findings
        for asked in (one for one in year.scheme.bureau.values() if one.scoring):
            if is_scoring(arrival.contents(), asked, file=arrival.file):
                records = {name: background.facts.rows(name) for name in rested_on(year.scheme, asked)}
                return read_scores(arrival, year.scheme, asked, assignment_of(year.scheme, asked, records)).findings
        return _check_submission(year, background, arrival)
    except WorkbookError as error:
        return (unreadable(arrival.file, error),)


def _check_submission(year: Year, background: Background, arrival: Arrival) -> tuple[Finding, ...]:
    """Return the findings of a workbook with what it says to them, taken as of the period it was issued for."""
    found: tuple[Finding, ...] = ()
    data, file = arrival.contents(), arrival.file
    for period in year.scheme.heading.periods:
        received = read_submission(data, year.scheme, background.units, period, file=file, facts=background.facts)
        found = received.findings
        if received.submission is not None:
            submission = with_computed(received.submission, year, background, period)
            found = (*found_in(received, submission, year, background, period), *named_in(submission))
            return settled(found, (), Said.of(submission.explanations, {}))
    return found
