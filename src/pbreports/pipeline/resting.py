"""Which of the bureau's sheets issued workbooks rest on, so that a mistake in another one need not hold them up."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from pbreports.excel.selfcheck.compiled import tables_asked
from pbreports.scheme.language import parse
from pbreports.scheme.model import Scheme
from pbreports.values import Finding


def sheets_rested_on(scheme: Scheme) -> frozenset[str]:
    """Return the bureau sheets that blank workbooks are made from, by name.

    They are the roster, those that records are printed from, those that rules or computed fields ask, and what their
    own computed fields ask.
    """
    bureau = {sheet.name for sheet in scheme.bureau_sheets}
    sources = {preset.source for sheet in scheme.school_sheets for preset in sheet.presets}
    found = bureau & {scheme.heading.roster.sheet, *sources, *tables_asked(scheme), *_named(_of_presets(scheme))}
    known = set[str]()
    while found != known:
        known = set(found)
        found |= bureau & _named(_of_computed(scheme, known))
    return frozenset(found)


def holds_up(one: Finding, scheme: Scheme, rested_on: frozenset[str]) -> bool:
    """Return whether a mistake may stand where issuing rests on: in doubt it does."""
    if one.where.sheet in scheme.sheets:
        return one.where.sheet in rested_on
    book = scheme.bureau.get(PurePath(PurePath(one.where.file).parts[0]).stem if one.where.file else "")
    return book is None or any(sheet.name in rested_on for sheet in book.sheets)


def _of_presets(scheme: Scheme) -> Iterator[str]:
    for sheet in scheme.school_sheets:
        for preset in sheet.presets:
            yield from (one.text for one in (preset.condition, *(preset.fill or {}).values()) if one)


def _of_computed(scheme: Scheme, sheets: Iterable[str]) -> Iterator[str]:
    for name in sheets:
        yield from (one.formula.text for one in scheme.sheets[name].fields if one.formula)


def _named(expressions: Iterable[str]) -> set[str]:
    trees = (parse(text) for text in expressions)
    return {node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name)}
