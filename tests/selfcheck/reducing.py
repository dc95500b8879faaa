"""Reduces a disagreement to the fewest changes of the right answers that still bring it about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selfcheck.drafts import Change
from selfcheck.fillings import Filling

Judge = Callable[[Sequence[Filling]], Sequence[bool]]
"""Tells of each of some fillings whether the sides still disagree."""


def reduced(filling: Filling, disagrees: Judge) -> Filling:
    """Return the filling with the fewest changes found that ``disagrees`` still says yes to.

    Each round tries to keep one part and to leave out one part, for ever smaller parts (Zeller's delta debugging);
    the fillings of a round are judged together, since starting the office takes longer than computing a workbook.
    """
    changes, parts = filling.changes, 4
    while changes:
        pieces = _pieces(changes, parts)
        candidates = [(), *pieces, *(_without(pieces, at) for at in range(len(pieces)))]
        answers = disagrees([filling.only(one) for one in candidates])
        smaller = min((one for one, yes in zip(candidates, answers, strict=True) if yes), key=len, default=changes)
        if len(smaller) < len(changes):
            changes, parts = smaller, 4
        elif parts >= len(changes):
            break
        else:
            parts *= 3
    return filling.only(changes)


def _pieces(changes: Sequence[Change], parts: int) -> list[tuple[Change, ...]]:
    size = max(1, -(-len(changes) // parts))
    return [tuple(changes[at : at + size]) for at in range(0, len(changes), size)]


def _without(pieces: Sequence[tuple[Change, ...]], left_out: int) -> tuple[Change, ...]:
    return tuple(change for at, piece in enumerate(pieces) if at != left_out for change in piece)
