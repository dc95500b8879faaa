"""What keeps papers that name stars from being signed: a rating in which something is still wrong or undecided."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pbreports.findings import finding
from pbreports.pipeline.rating import rating_findings, read_for_rating, sheets_of
from pbreports.pipeline.rating_steps import rests_on_rating
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year
from pbreports.scheme.vocabulary import APPROVED
from pbreports.values import CellRef, Finding, Severity


def stopped_by_rating(year: Year, summary: Summary, title: str, uses: Collection[str]) -> tuple[Finding, ...]:
    """Return what keeps a paper from being signed because of the rating it rests on, in one finding.

    ``uses`` are the names in its template. A tie that waits for a meeting stops only papers on the year's results:
    those written before the meeting are there to tell of it.
    """
    if summary.rating is None or not rests_on_rating(year.scheme, uses):
        return ()
    final = rests_on_rating(year.scheme, uses, frozenset({APPROVED}))
    codes = tuple(dict.fromkeys(_wrong(year, summary, final=final)))
    return (finding("P-33", CellRef(title), 题名=title, 码="、".join(codes)),) if codes else ()


def _wrong(year: Year, summary: Summary, *, final: bool) -> Iterator[str]:
    """Go through the codes of what must be mended, of the workbooks that the rating rests on first."""
    outcome, sheets = summary.rating, sheets_of(year)
    assert outcome is not None  # asked only where there is a rating
    for one in read_for_rating(year, summary.bureau):
        if one.severity is Severity.ERROR and ("/" in one.where.file or one.where.sheet in sheets):
            yield one.code
    for one in rating_findings(outcome, summary.bureau):
        if one.severity is Severity.ERROR or (final and outcome.must_act(one)):
            yield one.code
