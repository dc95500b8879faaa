"""Things measured side by side, round by round, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """Two things measured in turn, round by round, in seconds."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times longer theirs takes, round by round."""
        return tuple(b / a for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def ratio(self) -> float:
        """How many times longer theirs takes, the median over the rounds."""
        return statistics.median(self.ratios)


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> Pair:
    """Return the times of both, run in turn so that the machine's moods meet both alike."""
    times = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    return Pair(tuple(a for a, _ in times), tuple(b for _, b in times))


def in_turn(runs: Mapping[str, Callable[[], float]], rounds: int = 5) -> dict[str, tuple[float, ...]]:
    """Return the times of any number of things by name, run in turn; each tells its own time."""
    times = [{name: run() for name, run in runs.items()} for _ in range(rounds)]
    return {name: tuple(one[name] for one in times) for name in runs}


def processor_seconds(run: Callable[[], object]) -> float:
    """Return the processor time that a call takes in this process, which others on the machine do not lengthen."""
    start = time.process_time()
    run()
    return time.process_time() - start


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
