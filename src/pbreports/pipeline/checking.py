"""Check: one workbook looked at as ``collect`` would, without taking it in."""

from __future__ import annotations

from pathlib import Path

from pbreports import findings
from pbreports.errors import WorkbookError
from pbreports.excel.bureau import read_bureau
from pbreports.excel.intake import read_submission
from pbreports.ooxml.package import contents_of
from pbreports.pipeline.background import Background
from pbreports.pipeline.reading import check, with_computed
from pbreports.pipeline.year import Year
from pbreports.values import CellRef, Finding


def check_file(year: Year, background: Background, path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a school's workbook, or with one of the bureau's (known by its file name)."""
    try:
        book = year.scheme.bureau.get(path.stem)
        if book:
            return read_bureau(path, book, year.scheme, file=path.name).findings
        return _check_submission(year, background, path)
    except WorkbookError as error:
        return (findings.finding("F-01", CellRef(path.name), 原因=error.what, 怎么改=error.remedy),)


def _check_submission(year: Year, background: Background, path: Path) -> tuple[Finding, ...]:
    """Return the findings of a workbook, taken as of the period it was issued for."""
    found: tuple[Finding, ...] = ()
    data = contents_of(path, path.name)
    for period in year.scheme.heading.periods:
        received = read_submission(data, year.scheme, background.units, period, file=path.name, facts=background.facts)
        found = received.findings
        if received.submission is not None:
            submission = with_computed(received.submission, year, background, period)
            return (*found, *check(submission, year, background, period))
    return found
