"""Percentages that add up to a hundred: the best grades as a calculator has them, the others by the largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_TENTHS = 1000
"""A hundred percent in the tenths that are printed."""


def percentages(counts: Sequence[int], exact: int = 0) -> tuple[Decimal, ...]:
    """Return what each count is of their sum, in percent with one decimal; together exactly 100.0.

    The first ``exact`` ones are such that each of their sums from the first on is its exact share rounded half up: they
    are quoted by themselves, and whoever divides finds the same. The others are rounded down; the tenths that are left
    go one each to the largest remainders, of equal ones to the larger count, then to the one that stands first. Empty
    when the counts add up to nothing.
    """
    whole = sum(counts)
    if not whole:
        return ()
    upto = [_rounded(sum(counts[: place + 1]), whole) for place in range(min(exact, len(counts)))]
    first = [after - before for before, after in zip([0, *upto], upto, strict=False)]
    others = _apportioned(counts[len(first) :], whole, _TENTHS - sum(first))
    return tuple(Decimal(one).scaleb(-1) for one in (*first, *others))


def _rounded(part: int, whole: int) -> int:
    return (2 * part * _TENTHS + whole) // (2 * whole)


def _apportioned(counts: Sequence[int], whole: int, left: int) -> list[int]:
    """Return the tenths of each count, together ``left``, which is their exact sum rounded up or down."""
    tenths = [count * _TENTHS // whole for count in counts]
    by_remainder = sorted(
        range(len(counts)), key=lambda place: (-(counts[place] * _TENTHS % whole), -counts[place], place)
    )
    for place in by_remainder[: left - sum(tenths)]:
        tenths[place] += 1
    return tenths
