"""The arithmetic of spreadsheets: operators between single values, and what meets a criterion."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

from pbreports.excel.filling.trees import Trouble, Unknown

Value = float | str | bool | None
"""What a cell holds; ``None`` when it is blank."""
_CRITERION = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def number(value: Value) -> float:
    """Return a value as arithmetic takes it; raises ``Unknown`` for texts."""
    if isinstance(value, str):
        raise Unknown(value)  # a program may take it for a number or for an error
    return float(value or 0)


def joined(sign: str, left: Value, right: Value) -> Value:
    """Return what an operator makes of two values; raises ``Unknown`` or ``Trouble``."""
    if sign == "&":
        return _words(left) + _words(right)
    if sign in _ORDERS:
        return _compared(sign, left, right)
    return _ARITHMETIC[sign](number(left), number(right))


def _divided(one: float, other: float) -> float:
    if not other:
        raise Trouble("#DIV/0!")
    return one / other


def _raised(one: float, other: float) -> float:
    if not 0 < one <= 1e6 or abs(other) > 20:
        raise Unknown("^")
    return float(one**other)


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divided,
    "^": _raised,
}
_ORDERS: Mapping[str, Callable[..., bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def _words(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value != int(value) or abs(value) >= 1e15:
            raise Unknown("")  # how many digits are shown is the program's affair
        return str(int(value))
    return value


def _compared(sign: str, left: Value, right: Value) -> bool:
    one, other = _alike(left, right), _alike(right, left)
    if isinstance(one, str) is not isinstance(other, str) or isinstance(one, bool) is not isinstance(other, bool):
        if sign in {"=", "<>"}:
            return sign == "<>"
        raise Unknown(sign)
    if isinstance(one, str) and sign not in {"=", "<>"}:
        raise Unknown(sign)  # the order of texts is the program's language's
    return _ORDERS[sign](one, other)


def _alike(value: Value, other: Value) -> float | str | bool:
    if value is None:
        return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0
    return value.casefold() if isinstance(value, str) else value


def condition(wanted: Value) -> Callable[[Value], bool]:
    """Return whether a value meets a criterion such as ``"一支部"``, ``5`` or ``">=60"``."""
    if wanted is None or isinstance(wanted, bool):
        raise Unknown("")
    if isinstance(wanted, float):
        return lambda value: value == wanted and not isinstance(value, bool)
    found = _CRITERION.fullmatch(wanted)
    sign, text = (found[1] or "=", found[2]) if found else ("=", wanted)
    if any(mark in text for mark in "*?~") or not text:
        raise Unknown(wanted)
    try:
        bound = float(text)
    except ValueError:
        if sign not in {"=", "<>"}:
            raise Unknown(wanted) from None
        same = text.casefold()
        return lambda value: (isinstance(value, str) and value.casefold() == same) is (sign == "=")
    if sign == "=":
        raise Unknown(wanted)  # a text of digits counts too, or not, as the program likes
    if sign == "<>":
        raise Unknown(wanted)
    return lambda value: isinstance(value, float) and _compared(sign, value, bound)
