"""Runs fillings past both sides: made here, computed by LibreOffice in batches, compared, the differences reduced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from office import Office
from selfcheck.copies import without_print_titles
from selfcheck.fillings import Filling, Generator
from selfcheck.reducing import reduced
from selfcheck.referee import Disagreement, Tally, Verdict, compared, our_verdict, their_verdicts

BATCH = 20
"""How many workbooks one start of the office computes."""

Told = Callable[[str], None]


@dataclass(frozen=True)
class Heard:
    """What both sides said of a filling."""

    filling: Filling
    ours: Verdict
    theirs: Verdict


@dataclass(frozen=True)
class Bench:
    """The generator of the fillings, the office that computes them, and a folder for both."""

    generator: Generator
    office: Office
    folder: Path

    def heard(self, fillings: Sequence[Filling]) -> list[Heard]:
        """Return what both sides say of some fillings."""
        return self._computed(*self._made(fillings))

    def run(self, fillings: Iterable[Filling], tell: Told) -> Tally:
        """Return what came of many fillings; the office computes one batch while the next is made."""
        tally = Tally()
        with ThreadPoolExecutor(1) as pool:
            waiting = None
            for batch in _batches(fillings):
                made = self._made(batch)
                if waiting:
                    _note(tally, waiting.result(), tell)
                waiting = pool.submit(self._computed, *made)
            if waiting:
                _note(tally, waiting.result(), tell)
        return tally

    def smallest(self, disagreement: Disagreement) -> Filling:
        """Return the filling with the fewest changes in which the sides still disagree about the rule."""

        def disagrees(fillings: Sequence[Filling]) -> list[bool]:
            return [
                any(found.code == disagreement.code for found in compared(one.filling, one.ours, one.theirs))
                for one in self.heard(fillings)
            ]

        return reduced(disagreement.filling, disagrees)

    def _made(self, fillings: Sequence[Filling]) -> tuple[Sequence[Filling], list[Path], list[Verdict]]:
        """Return the fillings with their workbooks, written, and what our side says of the very same bytes."""
        sources, ours = [], []
        for place, filling in enumerate(fillings):
            data, issue = self.generator.workbook(filling)
            path = self.folder / f"{filling.number}-{place}.xlsx"
            path.write_bytes(without_print_titles(data))
            sources.append(path)
            ours.append(our_verdict(data, issue))
        return fillings, sources, ours

    def _computed(self, fillings: Sequence[Filling], sources: Sequence[Path], ours: Sequence[Verdict]) -> list[Heard]:
        theirs = their_verdicts(self.office, sources, self.folder / "computed")
        for path in sources:
            path.unlink()
        return [Heard(*one) for one in zip(fillings, ours, theirs, strict=True)]


def _note(tally: Tally, heard: Iterable[Heard], tell: Told) -> None:
    before = len(tally.disagreements)
    for one in heard:
        tally.add(one.filling, one.ours, one.theirs)
    for found in tally.disagreements[before:]:
        tell(str(found))
    seldom = len(tally.seldom(20))
    tell(f"{tally.fillings} 份，不一致 {len(tally.disagreements)} 处，不足20次的规则 {seldom} 条")


def _batches(fillings: Iterable[Filling]) -> Iterator[list[Filling]]:
    left = iter(fillings)
    while batch := list(islice(left, BATCH)):
        yield batch
