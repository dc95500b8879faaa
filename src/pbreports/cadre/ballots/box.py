"""Ballots put together: how many were issued, came back and count, and how they fell on the grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from pbreports.cadre.ballots.apportion import percentages
from pbreports.cadre.ballots.rule import ABSTAINED, OVERALL
from pbreports.scheme.language.arithmetic import round_half_up

_QUOTED = 2
"""So many of the best grades are quoted by themselves: the first as 优秀率, the two together as 优称率."""


@dataclass(frozen=True, slots=True)
class Split:
    """How the answers to one question fell on the grades, the best grade first; abstentions count as answers."""

    counts: Mapping[str, int]

    @property
    def cast(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    @property
    def percentages(self) -> Mapping[str, Decimal]:
        """What each grade is of all, in percent with one decimal, together 100.0; empty when nobody answered.

        The first grade and the sum of the first two are as if rounded by themselves: 优秀率 and 优称率.
        """
        ordered = (*self.graded, *(word for word in self.counts if word == ABSTAINED))
        found = dict(zip(ordered, percentages([self.counts[word] for word in ordered], _QUOTED), strict=False))
        return {word: found[word] for word in self.counts if found}

    @property
    def graded(self) -> tuple[str, ...]:
        """The grades without the abstention."""
        return tuple(word for word in self.counts if word != ABSTAINED)

    @property
    def unanimous(self) -> str:
        """The grade that all gave, empty when they differ or nobody answered."""
        return next((word for word, count in self.counts.items() if count and count == self.cast), "")

    def best(self, grades: int) -> Fraction | None:
        """Return the exact share of the best so many grades, ``None`` when nobody answered."""
        chosen = sum(self.counts[word] for word in self.graded[:grades])
        return Fraction(chosen, self.cast) if self.cast else None

    def worst(self) -> Fraction | None:
        """Return the exact share of the last grade, ``None`` when nobody answered."""
        return Fraction(self.counts[self.graded[-1]], self.cast) if self.cast else None

    def score(self, points: Mapping[str, Decimal]) -> Fraction | None:
        """Return the mean of what the grades are worth, abstentions left out; ``None`` when nobody gave one."""
        given = sum(self.counts[word] for word in self.graded)
        worth = sum((self.counts[word] * Fraction(points[word]) for word in self.graded), Fraction())
        return worth / given if given else None


@dataclass(frozen=True, slots=True)
class Box:
    """The ballots of one kind, or of several put together.

    A number that was not given is ``None``. ``valid`` counts the ballots that are there; ``sound`` tells of each kind
    whether returned ≤ issued, valid + invalid = returned, and every question's answers = valid (``None``: not known).
    """

    kinds: tuple[str, ...]
    invited: int | None
    present: int | None
    issued: int | None
    returned: int | None
    invalid: int | None
    valid: int
    splits: Mapping[str, Split] = field(repr=False)
    sound: tuple[bool | None, ...] = (None, None, None)
    reasons: tuple[str, ...] = ()

    @property
    def overall(self) -> Split:
        """How the answers about the whole fell."""
        return self.splits[OVERALL]

    @property
    def voters(self) -> int:
        """The fewest people that any number about these ballots may speak of."""
        told = (self.invited, self.present, self.issued, self.returned)
        asked = (split.cast for split in self.splits.values() if split.cast)
        return min(*(number for number in told if number is not None), *asked, self.valid)


def as_percent(share: Fraction | None) -> Decimal | None:
    """Return a share in percent with one decimal, rounded half up; ``None`` of none."""
    return None if share is None else round_half_up(share * 100, 1)


def put_together(boxes: Sequence[Box]) -> Box:
    """Return the ballots of some kinds as one; a number that is not known of one of them is not known of all."""
    return Box(
        kinds=tuple(kind for box in boxes for kind in box.kinds),
        invited=_sum(box.invited for box in boxes),
        present=_sum(box.present for box in boxes),
        issued=_sum(box.issued for box in boxes),
        returned=_sum(box.returned for box in boxes),
        invalid=_sum(box.invalid for box in boxes),
        valid=sum(box.valid for box in boxes),
        splits={item: _added([box.splits[item] for box in boxes]) for item in boxes[0].splits},
        sound=tuple(_all(told) for told in zip(*(box.sound for box in boxes), strict=True)),
        reasons=tuple(dict.fromkeys(reason for box in boxes for reason in box.reasons)),
    )


def grouped(boxes: Sequence[Box], fewest: int) -> tuple[Box, ...]:
    """Return the ballots in groups that may be shown side by side with their total; none when even that is too small.

    A kind with fewer voters than ``fewest`` is put together with the smallest of the others, until none is too small:
    so every ballot shown is one of enough, and what is left when groups are taken from the total is again groups.
    Nothing of a single small kind is left beside it to subtract.
    """
    groups: list[tuple[int, ...]] = [(place,) for place in range(len(boxes))]
    box_of = {group: boxes[group[0]] for group in groups}
    while len(groups) > 1:
        small, other = sorted(groups, key=lambda group: (box_of[group].voters, group))[:2]
        if box_of[small].voters >= fewest:
            break
        together = tuple(sorted((*small, *other)))
        groups = sorted([together, *(group for group in groups if group not in (small, other))])
        box_of[together] = put_together([boxes[place] for place in together])
    found = tuple(box_of[group] for group in groups)
    return found if all(box.voters >= fewest for box in found) else ()


def _sum(numbers: Iterable[int | None]) -> int | None:
    told = list(numbers)
    return None if None in told else sum(number for number in told if number is not None)


def _all(told: Sequence[bool | None]) -> bool | None:
    if False in told:
        return False
    return None if None in told else True


def _added(splits: Sequence[Split]) -> Split:
    return Split({word: sum(split.counts[word] for split in splits) for word in splits[0].counts})
