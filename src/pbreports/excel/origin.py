"""Whose workbook it is by what people see: its file name, its cover, its contents, held against the hidden sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import clean, key_of, shown
from pbreports.excel.contents import CODE_LABEL, CONTENTS, UNIT_LABEL
from pbreports.excel.grid import find_headers, grid_of
from pbreports.excel.identity import Identity
from pbreports.excel.locate import Pages
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.reader.values import Workbook
from pbreports.findings import CATALOGUE
from pbreports.scheme.model import Layout, Scheme, Sheet
from pbreports.scheme.roster import Unit, Units

_LISTED = 3


@dataclass(frozen=True, slots=True)
class Sight:
    """One place where people see whose workbook it is: what stands there, and whether that is the unit's code."""

    title: str
    cell: str
    text: str
    is_code: bool


def note_origin(book: Workbook, identity: Identity, unit: Unit, units: Units, scheme: Scheme, notes: Gatherer) -> None:
    """Note a cover or contents, or a file name, that speak of another unit, and an older version of the form."""
    sights = tuple(_sights(book, identity, scheme, scheme.school_sheets))
    strange = [one for one in sights if not _is_of(one, identity, unit)]
    if strange:
        first, words = strange[0], dict.fromkeys(one.text for one in strange)
        told: dict[str, Any] = {
            "现值": "、".join(words),
            "代码": unit.code,
            "单位": identity.unit_name or unit.short_name,
        }
        notes.add(causes.STRANGE_COVER, first.title, first.cell, 表=first.title, **told)
    cover = next((one.text for one in sights if one.is_code), unit.code)
    named = _named(Path(book.file), units)
    if named and unit not in named and cover not in {one.code for one in named}:
        notes.add(causes.STRANGE_NAME, 文件名代码=named[0].code, 封面代码=cover)
    if identity.version != scheme.heading.version:
        notes.add(CATALOGUE["V-G02"], 旧版=identity.version or "没有写版本", 当期版=scheme.heading.version)


def note_unissued(book: Workbook, scheme: Scheme, notes: Gatherer) -> None:
    """Note a workbook without the hidden sheet; of one that the form was pasted into, what can be recognised in it."""
    rules = scheme.school_sheets
    pages = Pages(book, None, rules)
    titles = [rule.title for rule in rules if pages.of(rule)]
    if not titles:
        notes.add(CATALOGUE["F-20"])
        return
    seen = dict.fromkeys(one.text for one in _sights(book, None, scheme, rules))
    listed = "、".join(f"“{title}”" for title in titles[:_LISTED]) + ("等" if len(titles) > _LISTED else "")
    whose = f"，写的单位是“{'、'.join(seen)}”" if seen else ""
    words: dict[str, Any] = {"n": len(titles), "表": listed, "谁": whose}
    notes.add(causes.PASTED, **words)


def _named(path: Path, units: Units) -> list[Unit]:
    """Return the units that a file name speaks of."""
    parts = {part for part in re.split(r"[_\s（）()]+", path.stem) if part}
    return [one for one in units.all if parts & {one.code, one.full_name, one.short_name, *one.aliases}]


def _is_of(sight: Sight, identity: Identity, unit: Unit) -> bool:
    names = (identity.unit_name, unit.full_name, unit.short_name, *unit.aliases)
    right = (identity.unit,) if sight.is_code else names
    return key_of(sight.text) in {key_of(one) for one in right if one}


def _sights(book: Workbook, identity: Identity | None, scheme: Scheme, rules: Sequence[Sheet]) -> Iterator[Sight]:
    """Yield what the covers say of the unit, then what the contents say."""
    covers = [(rule, fields) for rule in rules if (fields := _prefilled(rule, scheme))]
    pages = Pages(book, identity, [rule for rule, _ in covers])
    for rule, fields in covers:
        page = pages.of(rule)
        if page is not None:
            yield from _on_form(page, rule, fields)
    contents = book.sheet(CONTENTS)
    if contents is not None:
        yield from _on_contents(contents)


def _prefilled(rule: Sheet, scheme: Scheme) -> dict[str, bool]:
    """Return the fields of a form that are printed with the roster's code (true) or full name (false) of the unit."""
    roster = scheme.heading.roster
    meant = {roster.code: True, roster.full_name: False}
    if rule.layout is not Layout.FORM:
        return {}
    fills = [preset.fill or {} for preset in rule.presets if preset.source == roster.sheet]
    return {name: meant[text.text] for fill in fills for name, text in fill.items() if text.text in meant}


def _on_form(page: Page, rule: Sheet, fields: dict[str, bool]) -> Iterator[Sight]:
    grid = grid_of(page, rule)
    headers = find_headers(grid, rule.shown)
    if headers is None:
        return
    places = frozenset(headers.places.values())
    started = (line for line in sorted(grid.lines) if line >= headers.first and places & grid.lines[line].keys())
    line = next(started, headers.first)
    for name, is_code in fields.items():
        cell = grid.lines.get(line, {}).get(headers.places.get(name, 0))
        if cell is not None and key_of(shown(cell)):
            yield Sight(page.title, grid.address(line, headers.places[name]), clean(shown(cell)), is_code)


def _on_contents(page: Page) -> Iterator[Sight]:
    """Yield what stands to the right of the labels above the list of sheets."""
    labels = {UNIT_LABEL: False, CODE_LABEL: True}
    for (row, column), cell in page.cells.items():
        label = key_of(shown(cell))
        value = page.cells.get((row, column + 1))
        if label in labels and value is not None and key_of(shown(value)):
            yield Sight(page.title, f"{column_letters(column + 1)}{row}", clean(shown(value)), labels[label])
