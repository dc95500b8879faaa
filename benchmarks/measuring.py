"""Two things measured side by side, round by round, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Two things measured in turn, round by round, in seconds."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times longer theirs takes, the median over the rounds."""
        return statistics.median(b / a for a, b in zip(self.ours, self.theirs, strict=True))


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> Pair:
    """Return the times of both, run in turn so that the machine's moods meet both alike."""
    times = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    return Pair(tuple(a for a, _ in times), tuple(b for _, b in times))


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
