"""Gives out the places of the highest star: by rank, within a unit's share and over the district, never through a tie.

Those who are equal on everything that is compared and stand at the line are not told apart: a meeting does that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Rank = tuple[Any, ...]
"""What candidates are compared by, the greater the better."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who competes for a place; ``fixed`` has it by a meeting's decision."""

    code: str
    unit: str
    rank: Rank
    fixed: bool = False


@dataclass(slots=True)
class Result:
    """Who has a place; who waits for a meeting, by the line at which they are equal; everybody else has none.

    ``overfull`` are those of the ties of whom a meeting has picked more than fit, ``used`` the branches whose settling
    row was asked for; ``against`` are those who are no longer equal at the line and would now get what a meeting denied
    them, or miss what it gave them. They wait too.
    """

    chosen: set[str] = field(default_factory=set)
    ties: list[tuple[str, ...]] = field(default_factory=list)
    overfull: list[tuple[str, ...]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    against: set[str] = field(default_factory=set)

    @property
    def open(self) -> frozenset[str]:
        """Those who wait for a meeting."""
        return frozenset(code for tie in (*self.ties, *self.overfull, tuple(self.against)) for code in tie)

    def take(self, other: Result) -> None:
        """Take in what was found for others."""
        self.chosen |= other.chosen
        self.ties += other.ties
        self.overfull += other.overfull
        self.used |= other.used


def give_out(
    candidates: Iterable[Candidate], places: int, shares: Mapping[str, int] | None, settled: Mapping[str, bool | None]
) -> Result:
    """Return who gets a place: first within the share of each unit, then of those within ``places`` in all.

    ``shares`` by unit (``None``: not shared out; a unit without one has no place); ``settled`` says by code who of the
    equal ones was chosen (``None``: that is not clear, and whoever it is of waits).
    """
    everyone = list(candidates)
    result = _given_out(everyone, places, shares, settled)
    free = {one.code for one in everyone if not one.fixed}
    idle = settled.keys() & free - result.used - result.open
    result.against = {code for code in idle if settled[code] not in (None, code in result.chosen)}
    result.chosen -= result.against
    return result


def _given_out(
    everyone: Sequence[Candidate], places: int, shares: Mapping[str, int] | None, settled: Mapping[str, bool | None]
) -> Result:
    if shares is None:
        return _among(everyone, places, settled)
    within = Result()
    ordered = sorted(everyone, key=lambda one: one.unit)
    for unit, group in groupby(ordered, key=lambda one: one.unit):
        within.take(_among(list(group), shares.get(unit, 0), settled))
    in_all = _among([one for one in everyone if one.code in within.chosen], places, settled)
    within.chosen.clear()
    within.take(in_all)
    return within


def _among(group: Sequence[Candidate], places: int, settled: Mapping[str, bool | None]) -> Result:
    """Return who of a group gets one of so many places; those fixed come first."""
    fixed = {one.code for one in group if one.fixed}
    rest = sorted((one for one in group if not one.fixed), key=lambda one: one.rank, reverse=True)
    left = max(places - len(fixed), 0)
    if len(rest) <= left:
        return Result(fixed | {one.code for one in rest})
    line = rest[left].rank
    sure = {one.code for one in rest if one.rank > line}
    equal = [one.code for one in rest if one.rank == line]
    result = Result(fixed | sure)
    result.take(_at_the_line(equal, left - len(sure), settled))
    return result


def _at_the_line(equal: Sequence[str], left: int, settled: Mapping[str, bool | None]) -> Result:
    """Return who of the equal ones gets the places that are left: as decided, and undecided nobody."""
    if left == 0:
        return Result()
    used = {code for code in equal if code in settled}
    picked = {code for code in equal if settled.get(code) is True}
    undecided = [code for code in equal if settled.get(code) is None]
    if len(picked) > left:
        return Result(overfull=[tuple(equal)], used=used)
    free = left - len(picked)
    if len(undecided) <= free and not any(code in settled for code in undecided):
        return Result(picked | set(undecided), used=used)
    return Result(picked, ties=[tuple(undecided)] if free else [], used=used)
