"""Which headers have been changed beyond recognition, and what they were: likened and placed, never adopted."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pbreports.excel.cells import key_of
from pbreports.excel.grid import Grid, Headers, label_of
from pbreports.scheme.model import Sheet

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Changed:
    """A header that is none any more: the field that it probably was, its place, what stands there (or nothing).

    ``moved`` says that it does not stand between its neighbours either.
    """

    name: str
    place: int
    label: str
    moved: bool = False


def changed_headers(grid: Grid, headers: Headers, rule: Sheet) -> tuple[Changed, ...]:
    """Return the headers that a missing field probably had: the most alike, else the one that stands in its place."""
    if not headers.missing:
        return ()
    labels = {place: label for label, place in headers.extra}
    found = dict(_alike(headers.missing, labels))
    taken = {one.place for one in found.values()}
    labels |= {place: name for name, place in headers.doubled}
    for name in headers.missing:
        if name not in found:
            place = _place_of(name, headers, rule)
            if place and place not in taken and (place in labels or _has_records(grid, headers, place)):
                found[name] = Changed(name, place, labels.get(place) or _label_at(grid, headers, place))
                taken.add(place)
    return tuple(
        replace(one, moved=one.place != _place_of(name, headers, rule))
        for name in headers.missing
        if (one := found.get(name))
    )


def _label_at(grid: Grid, headers: Headers, place: int) -> str:
    cell = grid.lines[headers.line].get(place)
    return label_of(cell) if cell else ""


def _alike(missing: tuple[str, ...], labels: Mapping[int, str]) -> Iterator[tuple[str, Changed]]:
    """Yield the pairs of a missing field and a strange header, the most alike first, each once."""
    pairs = [(_likeness(name, label), name, place) for name in missing for place, label in labels.items()]
    names, places = set(missing), set(labels)
    for likeness, name, place in sorted(pairs, reverse=True):
        if likeness >= _ALIKE and name in names and place in places:
            names.discard(name)
            places.discard(place)
            yield name, Changed(name, place, labels[place])


def _likeness(name: str, label: str) -> float:
    return difflib.SequenceMatcher(None, key_of(name), label).ratio()


def _place_of(name: str, headers: Headers, rule: Sheet) -> int:
    """Return where a field's header must have stood by its neighbours' places, 0 when another stands there."""
    order = [one.name for one in rule.shown]
    at = order.index(name)
    expected = {
        headers.places[order[near]] + at - near
        for near in (_nearest(order, at, -1, headers), _nearest(order, at, 1, headers))
        if near is not None
    }
    free = expected - set(headers.places.values())
    return min(free) if len(free) == 1 and min(free) > 0 else 0


def _nearest(order: list[str], at: int, step: int, headers: Headers) -> int | None:
    end = -1 if step < 0 else len(order)
    return next((near for near in range(at + step, end, step) if order[near] in headers.places), None)


def _has_records(grid: Grid, headers: Headers, place: int) -> bool:
    return any(place in cells for line, cells in grid.lines.items() if line >= headers.first)
