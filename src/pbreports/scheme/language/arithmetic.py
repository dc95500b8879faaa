"""Exact arithmetic of the expression language: decimals, and fractions where a quotient has no end.

What no calendar and no number can hold (a date beyond the year 9999, a quotient by zero) is a blank.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

Number = Decimal | Fraction

_EXACT = Context(prec=1000, traps=[])
"""Wide enough that no sum or product of what cells hold is ever rounded."""

MOST_PLACES = 30
"""A rounding to more decimals than this is a mistake; it gives a blank."""


def exact(value: Fraction) -> Number:
    """Return a whole fraction as a decimal, any other as it is."""
    return Decimal(value.numerator) if value.denominator == 1 else value


def add(a: Any, b: Any) -> Any:
    """Return the sum of two numbers, a date some days later, or two texts joined."""
    if isinstance(a, date):
        return days_later(a, b)
    if isinstance(a, str):
        return a + b
    return _mixed(a, b, Fraction.__add__) if _has_fraction(a, b) else _known(_EXACT.add(a, b))


def subtract(a: Any, b: Any) -> Any:
    """Return the difference of two numbers, the days between two dates, or a date some days earlier."""
    if isinstance(a, date):
        return Decimal((a - b).days) if isinstance(b, date) else days_later(a, negate(b))
    return _mixed(a, b, Fraction.__sub__) if _has_fraction(a, b) else _known(_EXACT.subtract(a, b))


def multiply(a: Number, b: Number) -> Number | None:
    """Return the product of two numbers."""
    return _mixed(a, b, Fraction.__mul__) if _has_fraction(a, b) else _known(_EXACT.multiply(a, b))  # type: ignore[arg-type]


def divide(a: Number, b: Number) -> Number | None:
    """Return the exact quotient, a blank when the divisor is zero."""
    return exact(Fraction(a) / Fraction(b)) if b else None


def floor_divide(a: Number, b: Number) -> Number | None:
    """Return the quotient rounded down, a blank when the divisor is zero."""
    return Decimal(math.floor(Fraction(a) / Fraction(b))) if b else None


def remainder(a: Number, b: Number) -> Number | None:
    """Return what is left by ``floor_divide``, a blank when the divisor is zero."""
    return exact(Fraction(a) % Fraction(b)) if b else None


def negate(a: Number) -> Number:
    """Return the number with its sign turned."""
    return -a if isinstance(a, Fraction) else _EXACT.minus(a)


def absolute(a: Number) -> Number:
    """Return the number without its sign."""
    return abs(a) if isinstance(a, Fraction) else _EXACT.abs(a)


def days_later(start: date, days: Number) -> date | None:
    """Return the date some days later (a part of a day does not count), a blank beyond the calendar."""
    try:
        return start + timedelta(days=int(days))
    except OverflowError:
        return None


def round_half_up(value: Number, places: int) -> Decimal:
    """Return the number rounded to some decimals, a half away from zero (四舍五入)."""
    scaled = math.floor(abs(Fraction(value)) * Fraction(10) ** places + Fraction(1, 2))
    rounded = _EXACT.scaleb(Decimal(scaled), -places)
    return _EXACT.minus(rounded) if value < 0 else rounded


def round_to(value: Number, places: Number) -> Decimal | None:
    """Return ``round_half_up`` for a number of decimals that is itself computed, a blank when it is out of all reason."""
    return round_half_up(value, int(places)) if -MOST_PLACES <= places <= MOST_PLACES else None


def _known(value: Decimal) -> Decimal | None:
    return value if value.is_finite() else None


def _has_fraction(a: Any, b: Any) -> bool:
    return isinstance(a, Fraction) or isinstance(b, Fraction)


def _mixed(a: Number, b: Number, operation: Any) -> Number:
    return exact(operation(Fraction(a), Fraction(b)))
