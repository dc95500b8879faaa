"""How functions of values become functions of a ``Frame``, and how blanks pass through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pbreports.scheme.language.facts import Frame

Run = Callable[[Frame], Any]
"""A compiled expression: gives its value in a frame."""


def constant(value: Any) -> Run:
    """Return the function that always gives the value."""
    return lambda frame: value


def direct(function: Callable[..., Any], runs: tuple[Run, ...]) -> Run:
    """Return the function applied to evaluated operands, blanks too."""
    return lambda frame: function(*(run(frame) for run in runs))


def lifted(function: Callable[..., Any], runs: tuple[Run, ...]) -> Run:
    """Return the function applied to evaluated operands; a blank operand gives a blank."""
    if len(runs) == 2:
        return _lifted_pair(function, *runs)

    def run(frame: Frame) -> Any:
        values = [one(frame) for one in runs]
        return None if any(value is None for value in values) else function(*values)

    return run


def _lifted_pair(function: Callable[..., Any], left: Run, right: Run) -> Run:
    def run(frame: Frame) -> Any:
        a = left(frame)
        if a is None:
            return None
        b = right(frame)
        return None if b is None else function(a, b)

    return run
