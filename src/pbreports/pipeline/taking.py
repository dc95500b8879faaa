"""Taking in what has arrived: read in processes of its own, put into the ledger while the reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from pbreports.ledger import Ledger, Source
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.arrivals import Arrival, mishap
from pbreports.pipeline.background import Background
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.reading import read_arrival, unread
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period
from pbreports.values import Entry

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Told after each file: how many are read, of how many."""

_BATCH = 20
"""How many files are put into the ledger at once: each time it is written safely to the disk."""

_OF_THE_MACHINE = frozenset({"F-02", "F-16", "F-18"})
"""What may be otherwise at the next run with the same file: a missing library, a file held, a process that died."""


def take_in(
    arrivals: Sequence[Arrival],
    year: Year,
    ledger: Ledger,
    background: Callable[[], Background],
    period: Period,
    progress: Progress | None = None,
) -> int:
    """Read into the ledger what it does not hold yet, in the order of the arrivals, and return how many that were.

    The background is asked for only where there is something to read.
    """
    if again := _to_try_again(ledger, arrivals):
        ledger.keep_only(ledger.keys() - again)
    known = ledger.keys()
    new = [one for one in arrivals if one.key not in known]
    if not new:
        return 0
    sources = _read(new, year, background(), period)
    for batch in _batches(_told(sources, len(new), progress)):
        ledger.put(batch)
    return len(new)


def _read(arrivals: Sequence[Arrival], year: Year, background: Background, period: Period) -> Iterator[Source]:
    work = partial(read_arrival, year=year, background=background, period=period)
    outcomes = apart(work, arrivals, jobs=year.jobs, seconds=lambda one: LIMITS.seconds_for(one.size))
    for arrival, outcome in zip(arrivals, outcomes, strict=True):
        if isinstance(outcome, Mishap):
            yield unread(arrival, period, mishap(arrival.file, outcome))
        else:
            yield outcome


def _to_try_again(ledger: Ledger, arrivals: Sequence[Arrival]) -> frozenset[str]:
    """Return the keys of those arrivals that could not be read for a reason that may have passed."""
    keys = {one.key for one in arrivals}
    unsaid = (one for one in ledger.entries() if one.key in keys and not one.unit)
    return frozenset(one.key for one in unsaid if _failed_here(one, ledger))


def _failed_here(entry: Entry, ledger: Ledger) -> bool:
    return any(one.code in _OF_THE_MACHINE for one in ledger.findings(entry.key))


def _told(sources: Iterator[Source], of: int, progress: Progress | None) -> Iterator[Source]:
    for number, source in enumerate(sources, 1):
        yield source
        if progress:
            progress(number, of)


def _batches(sources: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(sources, _BATCH)):
        yield batch
