"""Percentages that add up to a hundred, by the largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_TENTHS = 1000
"""A hundred percent in the tenths that are printed."""


def percentages(counts: Sequence[int]) -> tuple[Decimal, ...]:
    """Return what each count is of their sum, in percent with one decimal; together exactly 100.0.

    Each is rounded down; the tenths that are left go one each to the largest remainders, of equal ones to the larger
    count, then to the one that stands first. Empty when the counts add up to nothing.
    """
    whole = sum(counts)
    if not whole:
        return ()
    tenths = [count * _TENTHS // whole for count in counts]
    by_remainder = sorted(
        range(len(counts)), key=lambda place: (-(counts[place] * _TENTHS % whole), -counts[place], place)
    )
    for place in by_remainder[: _TENTHS - sum(tenths)]:
        tenths[place] += 1
    return tuple(Decimal(one).scaleb(-1) for one in tenths)
