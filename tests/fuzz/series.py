"""Long series of examples: tried in processes of their own, counted, and what is wrong told with fewer mutations."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from fuzz.bases import Bench
from fuzz.mutations import Recipe, mutant, recipe
from fuzz.oracle import Oracle, Outcome, Verdict
from pbreports.ooxml.limits import LIMITS

_BATCH = 250


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that went wrong: how to make it again, what was done to which workbook, and what is wrong."""

    seed: int
    number: int
    base: str
    done: tuple[str, ...]
    wrong: str

    def __str__(self) -> str:
        steps = "".join(f"\n    {one}" for one in self.done)
        return f"replay({self.seed}, {self.number})  # {self.base}：{self.wrong}{steps}"


@dataclass
class Tally:
    """What came of a series."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another series too."""
        self.outcomes += other.outcomes
        self.failures += other.failures

    def __str__(self) -> str:
        return "，".join(f"{one.value} {self.outcomes[one]}" for one in Outcome)


class Trial:
    """Tries examples, one after the other."""

    def __init__(self, root: Path) -> None:
        self.bench = Bench(root)
        self.oracle = Oracle(self.bench)

    def verdict(self, what: Recipe) -> Verdict:
        """Return what comes of a recipe."""
        bases = self.bench.bases
        return self.oracle.judge(bases[what.base], mutant(what, bases).data)

    def recipe(self, seed: int, number: int) -> Recipe:
        """Return the recipe of an example."""
        return recipe(seed, number, len(self.bench.bases))

    def run(self, seed: int, numbers: Iterable[int]) -> Tally:
        """Return what comes of a stretch of a seed's series."""
        tally = Tally()
        for number in numbers:
            verdict = self.verdict(self.recipe(seed, number))
            tally.outcomes[verdict.outcome] += 1
            if verdict.outcome is Outcome.WRONG:
                tally.failures.append(self.failure(seed, number))
        return tally

    def failure(self, seed: int, number: int) -> Failure:
        """Return an example that goes wrong, with no more mutations than it takes."""
        what = self.recipe(seed, number)
        place = 0
        while place < len(what.mutations):
            fewer = what.without(place)
            if self.verdict(fewer).outcome is Outcome.WRONG:
                what = fewer
            else:
                place += 1
        base = self.bench.bases[what.base].name
        return Failure(seed, number, base, mutant(what, self.bench.bases).done, self.verdict(what).wrong)


def replay(seed: int, number: int) -> tuple[Failure | Verdict, bytes]:
    """Return what comes of one example, told with no more mutations than it takes, and the whole example's bytes."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        what = trial.recipe(seed, number)
        verdict = trial.verdict(what)
        told = trial.failure(seed, number) if verdict.outcome is Outcome.WRONG else verdict
        return told, mutant(what, trial.bench.bases).data


def series(seed: int, count: int, processes: int) -> Tally:
    """Return what comes of a seed's series, tried by some processes that may each grow no more than a file may cost."""
    batches = [range(start, min(start + _BATCH, count)) for start in range(0, count, _BATCH)]
    total = Tally()
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (sys.path,)) as pool:
        for tally in pool.map(partial(_batch, seed), batches):
            total.add(tally)
    return total


_HERE: list[Trial] = []


def _begin(path: Sequence[str]) -> None:
    """Make the process ready: its year, and then its bound of memory."""
    sys.path[:] = path
    folder = tempfile.TemporaryDirectory()
    trial = Trial(Path(folder.name))
    trial.run(0, range(20))
    _HERE[:] = [trial]
    _KEPT.append(folder)
    if sys.platform == "linux":
        _bound(LIMITS.memory)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _bound(more: int) -> None:
    """Let this process hold no more than it does and so many bytes."""
    import resource  # noqa: PLC0415 — other systems have no such thing

    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (held + more, held + more))


def _batch(seed: int, numbers: range) -> Tally:
    return _HERE[0].run(seed, numbers)
