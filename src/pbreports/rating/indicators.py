"""Indicators and how points come from what was measured: deduction, rate, bands, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pbreports.scheme.language import Facts
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.model.rating import Indicators, bands_of
from pbreports.values import Record

DEDUCTION, RATE, BANDS, YES_NO = "扣减", "按率", "分档", "是否"
"""The scoring kinds. Practice scores nearly everything by "each time missed costs so much, not below nothing"."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: full points, scoring kind, and what the kind needs."""

    code: str
    full: Decimal
    kind: str = ""
    each: Decimal | None = None
    floor: Decimal = Decimal(0)
    bands: tuple[tuple[Decimal, Decimal], ...] = ()

    def points_for(self, measured: Decimal) -> Decimal | None:
        """Return the points that a measured value gives, ``None`` where the kind cannot say.

        ``measured`` is the number of times missed (扣减), a percentage (按率), the number measured (分档), 1 or 0 (是否).
        """
        make = _KINDS.get(self.kind)
        return make(self, measured) if make else None


def _deduction(one: Indicator, times: Decimal) -> Decimal | None:
    return max(one.floor, one.full - one.each * times) if one.each is not None and times >= 0 else None


def _rate(one: Indicator, percent: Decimal) -> Decimal | None:
    if not 0 <= percent <= 100:
        return None
    return max(one.floor, round_half_up(Fraction(one.full * percent) / 100, 1))


def _bands(one: Indicator, measured: Decimal) -> Decimal | None:
    if not one.bands:
        return None
    return next((points for limit, points in one.bands if measured >= limit), one.floor)


def _yes_no(one: Indicator, answer: Decimal) -> Decimal | None:
    return {Decimal(1): one.full, Decimal(0): one.floor}.get(answer)


_KINDS: Mapping[str, Callable[[Indicator, Decimal], Decimal | None]] = {
    DEDUCTION: _deduction,
    RATE: _rate,
    BANDS: _bands,
    YES_NO: _yes_no,
}


def indicators_of(declared: Indicators, facts: Facts) -> dict[str, Indicator]:
    """Return the indicators by code, in the order of their table."""
    return {str(row.get(declared.code)): _indicator(declared, row) for row in facts.rows(declared.table)}


def _indicator(declared: Indicators, row: Record) -> Indicator:
    each, floor = row.get(declared.each), row.get(declared.floor)
    return Indicator(
        code=str(row.get(declared.code)),
        full=_number(row.get(declared.full)) or Decimal(0),
        kind=str(row.get(declared.kind) or ""),
        each=_number(each),
        floor=_number(floor) or Decimal(0),
        bands=bands_of(str(row.get(declared.bands) or "")) or (),
    )


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
