"""Whom units put forward, and how many places each was given: branches for five stars and as advanced, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.sample.district import District, Organisation, School
from pbreports.sample.honours import Honours
from pbreports.sample.leaders import Term
from pbreports.sample.plan import CUT_AT, PLAN, TIED_AT
from pbreports.sample.rows import dice
from pbreports.sample.scores import Case, Score

FIVE_STARS, ADVANCED, GOOD_MEMBER, GOOD_WORKER = "五星级党组织", "先进基层党组织", "优秀共产党员", "优秀党务工作者"
PEOPLE = (GOOD_MEMBER, GOOD_WORKER)


@dataclass(frozen=True, slots=True)
class Nomination:
    """A branch, or of the people one who leads it, put forward by its unit; ``doubted`` when an opinion was against it."""

    kind: str
    branch: Organisation
    rank: int = 1
    doubted: bool = False


@dataclass(frozen=True)
class Nominations:
    """All nominations of the year, and the places of each unit by kind and unit code."""

    made: tuple[Nomination, ...]
    places: Mapping[str, Mapping[str, int]]

    def of(self, school: School) -> Iterator[Nomination]:
        """Yield what a unit has put forward."""
        return (one for one in self.made if one.branch.unit.code == school.code)

    def of_kind(self, kind: str) -> Iterator[Nomination]:
        """Yield those of a kind."""
        return (one for one in self.made if one.kind == kind)


def nominate(
    district: District, terms: Mapping[str, Term], scores: Mapping[str, Score], honours: Honours
) -> Nominations:
    """Return the year's nominations; in every kind some units leave their place unused."""
    best = tuple(_best(district, scores))
    advanced, others = _advanced(district, scores, honours)
    members, workers = _able(district, terms)
    made = (
        *best,
        *(Nomination(ADVANCED, one) for one in advanced[: PLAN.advanced - 1]),
        Nomination(ADVANCED, others[0], doubted=True),
        *(Nomination(GOOD_MEMBER, one) for one in members[: PLAN.members - 1]),
        Nomination(GOOD_MEMBER, members[PLAN.members - 1], doubted=True),
        *(Nomination(GOOD_WORKER, one) for one in workers[: PLAN.workers]),
    )
    places = {
        FIVE_STARS: _places_for_stars(district, best),
        ADVANCED: _one_each([*advanced[: PLAN.advanced_places - 1], others[0]]),
        GOOD_MEMBER: _one_each(members[: PLAN.member_places]),
        GOOD_WORKER: _one_each(workers[: PLAN.worker_places]),
    }
    return Nominations(made, places)


def _best(district: District, scores: Mapping[str, Score]) -> Iterator[Nomination]:
    """Yield for each unit those of its branches that got five stars."""
    for school in district.reporting:
        five = [one for one in district.of(school) if one.code in scores and scores[one.code].star == 5]
        for rank, one in enumerate(five, 1):
            yield Nomination(FIVE_STARS, one, rank)


def _places_for_stars(district: District, best: Sequence[Nomination]) -> Mapping[str, int]:
    """Return all the places that there are, by unit: some leave one unused, the schools of the rivals have too few."""
    units = [one for one in district.reporting if any(branch.rated for branch in district.of(one))]
    spare = [one.code for one in units if one.short_name not in (CUT_AT, TIED_AT)]
    given = Counter(one.branch.unit.code for one in best)
    given.update(spare[: PLAN.stars.places - len(best)])
    return given


def _one_each(branches: Sequence[Organisation]) -> Mapping[str, int]:
    return {one.unit.code: 1 for one in branches}


def _advanced(
    district: District, scores: Mapping[str, Score], honours: Honours
) -> tuple[list[Organisation], list[Organisation]]:
    """Return a five-star branch of each unit that has one, those shown to others first, and good ones of other units."""
    five, four = ({one.unit.code: one for one in _plain(district, scores, star)} for star in (5, 4))
    seen = {one.code for one in honours.observed}
    ranked = sorted(five.values(), key=lambda one: one.unit.code not in seen)
    return ranked, [one for code, one in four.items() if code not in five]


def _plain(district: District, scores: Mapping[str, Score], star: int) -> Iterator[Organisation]:
    """Yield the branches of a star with nothing particular about it, the first of each unit last."""
    for one in reversed(district.rated):
        if (scores[one.code].star, scores[one.code].case) == (star, Case.PLAIN):
            yield one


def _able(district: District, terms: Mapping[str, Term]) -> tuple[list[Organisation], list[Organisation]]:
    """Return a branch with a committee of each unit that has one: in some order for members, in the reverse for workers.

    So nobody is put forward as both.
    """
    found = {one.unit.code: one for one in reversed(district.branches) if terms[one.code].has_committee}
    units = dice(district.seed, "推荐").sample(list(found), len(found))
    return [found[code] for code in units], [found[code] for code in reversed(units)]
