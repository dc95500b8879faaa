"""Checks of rows that belong to nobody: a code mistyped in one takes a line of a resume or a ballot out of all papers."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.cadre.checks.setting import Setting, say
from pbreports.cadre.identity import masked
from pbreports.scheme.cadres import BATCH, CANDIDATES, CODE, POSTS
from pbreports.values import Finding, Scalar

_SHORTEST_NUMBER = 15
"""The digits of an identity number before 1999."""


def check_strays(setting: Setting) -> Iterator[Finding]:
    """Yield the rows whose candidate or batch is not there; nothing where there are no candidates at all."""
    candidates = [one for one in setting.sheets.get(CANDIDATES, ()) if one.get(CODE) is not None]
    if not candidates:
        return
    batches = {one.get(BATCH) for one in (*candidates, *setting.sheets.get(POSTS, ()))}
    yield from _lost(CODE, CANDIDATES, {one.get(CODE) for one in candidates}, setting)
    yield from _lost(BATCH, POSTS, batches, setting)


def _lost(field: str, owner: str, known: set[Scalar], setting: Setting) -> Iterator[Finding]:
    for rows in setting.sheets.values():
        for row in rows:
            value = row.get(field)
            if value is not None and value not in known:
                yield say("K-50", row.cell(field), 列=field, 值=_shown(str(value)), 表=owner)


def _shown(text: str) -> str:
    """Return what was typed, an identity number covered."""
    return masked(text) if sum(one.isdigit() for one in text) >= _SHORTEST_NUMBER else text
