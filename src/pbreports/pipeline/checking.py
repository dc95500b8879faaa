"""Check: single workbooks looked at as ``collect`` would, without taking them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from pbreports.errors import WorkbookError
from pbreports.excel.bureau import read_bureau
from pbreports.excel.intake import read_submission
from pbreports.ooxml.limits import LIMITS
from pbreports.ooxml.package import contents_of
from pbreports.pipeline.arrivals import unreadable
from pbreports.pipeline.background import Background
from pbreports.pipeline.explaining import Said, named_in
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.reading import found_in, with_computed
from pbreports.pipeline.settling import settled
from pbreports.pipeline.taking import mishap
from pbreports.pipeline.year import Year
from pbreports.values import Finding


def check_paths(year: Year, background: Background, paths: Sequence[Path]) -> Iterator[Finding]:
    """Go through what is wrong with workbooks, of schools or of the bureau, each read in a process of its own."""
    work = partial(check_file, year=year, background=background)
    outcomes = apart(work, paths, jobs=year.jobs, seconds=lambda path: LIMITS.seconds_for(_size(path)))
    for path, outcome in zip(paths, outcomes, strict=True):
        yield from (mishap(path.name, outcome),) if isinstance(outcome, Mishap) else outcome


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def check_file(path: Path, year: Year, background: Background) -> tuple[Finding, ...]:
    """Return what is wrong with a school's workbook, or with one of the bureau's (known by its file name)."""
    try:
        book = year.scheme.bureau.get(path.stem)
        if book:
            return read_bureau(path, book, year.scheme, file=path.name).findings
        return _check_submission(year, background, path)
    except WorkbookError as error:
        return (unreadable(path.name, error),)


def _check_submission(year: Year, background: Background, path: Path) -> tuple[Finding, ...]:
    """Return the findings of a workbook with what it says to them, taken as of the period it was issued for."""
    found: tuple[Finding, ...] = ()
    data = contents_of(path, path.name)
    for period in year.scheme.heading.periods:
        received = read_submission(data, year.scheme, background.units, period, file=path.name, facts=background.facts)
        found = received.findings
        if received.submission is not None:
            submission = with_computed(received.submission, year, background, period)
            found = (*found_in(received, submission, year, background, period), *named_in(submission))
            return settled(found, (), Said.of(submission.explanations, {}))
    return found
