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
    """Who has a place, who has none, who waits for a meeting; ``overfull`` are decided pickings that do not fit."""

    chosen: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    overfull: list[tuple[str, ...]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """Those whose settling row was asked for."""

    def take(self, other: Result) -> None:
        """Take in what was found for others."""
        self.chosen |= other.chosen
        self.cut |= other.cut
        self.open |= other.open
        self.overfull += other.overfull
        self.used |= other.used


def give_out(
    candidates: Iterable[Candidate],
    places: int | None,
    shares: Mapping[str, int] | None,
    settled: Mapping[str, bool],
) -> Result:
    """Return who gets a place: first within the share of each unit, then of those within ``places`` in all.

    ``shares`` by unit (``None``: not shared out; a unit without one has no place); ``settled`` says by code who of the
    equal ones was chosen.
    """
    everyone = list(candidates)
    result = Result()
    if shares is None:
        within = everyone
    else:
        ordered = sorted(everyone, key=lambda one: one.unit)
        for unit, group in groupby(ordered, key=lambda one: one.unit):
            result.take(_among(list(group), shares.get(unit, 0), settled))
        within = [one for one in everyone if one.code in result.chosen]
    if places is not None:
        result.chosen.clear()
        result.take(_among(within, places, settled))
    elif shares is None:
        result.chosen |= {one.code for one in everyone}
    return result


def _among(group: Sequence[Candidate], places: int, settled: Mapping[str, bool]) -> Result:
    """Return who of a group gets one of so many places; those fixed come first."""
    fixed = [one for one in group if one.fixed]
    rest = sorted((one for one in group if not one.fixed), key=lambda one: one.rank, reverse=True)
    result = Result(chosen={one.code for one in fixed})
    left = max(places - len(fixed), 0)
    if len(rest) <= left:
        result.chosen |= {one.code for one in rest}
        return result
    line = rest[left].rank
    sure = [one.code for one in rest if one.rank > line]
    equal = [one.code for one in rest if one.rank == line]
    result.chosen |= set(sure)
    result.cut |= {one.code for one in rest if one.rank < line}
    result.take(_at_the_line(equal, left - len(sure), settled))
    return result


def _at_the_line(equal: Sequence[str], left: int, settled: Mapping[str, bool]) -> Result:
    """Return who of the equal ones gets the places that are left: as decided, and undecided nobody."""
    if left == 0:
        return Result(cut=set(equal))
    picked = [code for code in equal if settled.get(code) is True]
    undecided = [code for code in equal if code not in settled]
    used = {code for code in equal if code in settled}
    if len(picked) > left:
        return Result(open=set(equal), overfull=[tuple(equal)], used=used)
    refused = {code for code in equal if settled.get(code) is False}
    free = left - len(picked)
    if not free:
        return Result(chosen=set(picked), cut=refused | set(undecided), used=used)
    if len(undecided) <= free:
        return Result(chosen=set(picked) | set(undecided), cut=refused, used=used)
    return Result(chosen=set(picked), cut=refused, open=set(undecided), used=used)
