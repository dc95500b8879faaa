"""The sandbox in which templates are read and filled."""

from __future__ import annotations

from functools import cache

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pbreports.tags.display import shown
from pbreports.tags.filters import FILTERS

# Enough of Jinja's own to count and to choose; the rest (and all of its globals) would only surprise.
_KEPT_FILTERS = ("length", "first", "last", "join")


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment: sandboxed, escaping, strict about unknown names, with our filters only."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=shown)
    made.filters = {name: made.filters[name] for name in _KEPT_FILTERS} | FILTERS
    made.globals = {}
    return made
