"""Filling the workbooks on all processors, since each takes about a second and none needs another."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from pbreports.pipeline.year import open_year
from pbreports.sample.plan import YEAR
from pbreports.sample.reports import Desk, Report, clean_report, open_desk
from pbreports.sample.story import tell
from pbreports.workspace import Workspace

_MOST = 8


@lru_cache(maxsize=1)
def desk_of(root: Path, seed: int) -> Desk:
    """Return the desk of a workspace and seed, opened once in each process."""
    return open_desk(open_year(Workspace(root, YEAR)), tell(seed))


def clean_reports(root: Path, seed: int) -> Iterator[Report]:
    """Go through the reports of all units in roster order, every one well filled in."""
    places = range(len(desk_of(root, seed).units))
    pool = _pool()
    if pool is None:
        yield from map(_report, repeat(root), repeat(seed), places)
        return
    with pool:
        yield from pool.map(_report, repeat(root), repeat(seed), places)


def _report(root: Path, seed: int, place: int) -> Report:
    desk = desk_of(root, seed)
    return clean_report(desk, desk.units[place])


def _pool() -> ProcessPoolExecutor | None:
    """Return the processes to work with, ``None`` where there is one processor or the system lends no semaphores.

    They are spawned, not forked: a progress bar's thread may be running.
    """
    count = min(os.cpu_count() or 1, _MOST)
    if count == 1:
        return None
    try:
        return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
    except (ImportError, NotImplementedError, OSError):
        return None
