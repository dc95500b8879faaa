"""How the rating says what is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from pbreports import findings
from pbreports.values import CellRef, Finding

SHOWN = 10
"""How many branches a finding names."""


def said(code: str, where: CellRef, **words: object) -> Finding:
    """Return a finding of the catalogue with its words filled in."""
    return findings.finding(code, where, "", kind=None, **words)


def listed(names: Sequence[str]) -> str:
    """Return names in one text, only the first of them when there are many."""
    return "、".join(names[:SHOWN]) + ("等" if len(names) > SHOWN else "")
