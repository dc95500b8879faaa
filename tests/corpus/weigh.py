"""Reads files one after another and tells what memory each needed; Linux alone.

``python -m corpus.weigh WORKSPACE``, with their names on the standard input: a process of its own, because a peak of
memory is a process's.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.district import PERIOD
from pbreports.ledger import Ledger
from pbreports.pipeline.arrivals import standing_in
from pbreports.pipeline.bureau import load_bureau
from pbreports.pipeline.reading import read_arrival
from pbreports.pipeline.year import open_year
from pbreports.workspace import open_workspace

_RESET = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


def weighed(root: Path, wanted: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Go through the wanted files and the most memory in bytes that this process held while it read each."""
    year = open_year(open_workspace(root, 2031))
    period = year.period(PERIOD)
    with Ledger(root / "称量.db", year.scheme) as ledger:
        bureau = load_bureau(year, ledger)
        for arrival in standing_in(year, period, bureau):
            if arrival.file in wanted:
                _RESET.write_text("5", encoding="ascii")
                read_arrival(arrival, year, bureau.background, period)
                yield arrival.file, _peak()


def _peak() -> int:
    lines = _STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    names = frozenset(json.load(sys.stdin))
    json.dump(list(weighed(Path(sys.argv[1]), names)), sys.stdout)
