"""Exact arithmetic of the expression language: decimals, and fractions where a quotient has no end."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

Number = Decimal | Fraction


def exact(value: Fraction) -> Number:
    """Return a whole fraction as a decimal, any other as it is."""
    return Decimal(value.numerator) if value.denominator == 1 else value


def add(a: Any, b: Any) -> Any:
    """Return the sum of two numbers, or a date some days later."""
    if isinstance(a, date):
        return a + timedelta(days=int(b))
    return _mixed(a, b, Fraction.__add__) if _has_fraction(a, b) else a + b


def subtract(a: Any, b: Any) -> Any:
    """Return the difference of two numbers, the days between two dates, or a date some days earlier."""
    if isinstance(a, date):
        return Decimal((a - b).days) if isinstance(b, date) else a - timedelta(days=int(b))
    return _mixed(a, b, Fraction.__sub__) if _has_fraction(a, b) else a - b


def multiply(a: Number, b: Number) -> Number:
    """Return the product of two numbers."""
    return _mixed(a, b, Fraction.__mul__) if _has_fraction(a, b) else a * b  # type: ignore[operator]


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
    return -a


def round_half_up(value: Number, places: int) -> Decimal:
    """Return the number rounded to some decimals, a half away from zero (四舍五入)."""
    scale = 10**places
    scaled = math.floor(abs(Fraction(value)) * scale + Fraction(1, 2))
    rounded = Decimal(scaled).scaleb(-places)
    return -rounded if value < 0 and scaled else rounded


def _has_fraction(a: Any, b: Any) -> bool:
    return isinstance(a, Fraction) or isinstance(b, Fraction)


def _mixed(a: Number, b: Number, operation: Any) -> Number:
    return exact(operation(Fraction(a), Fraction(b)))
