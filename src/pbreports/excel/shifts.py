"""What has been moved on a received sheet: the whole of it, columns inserted or exchanged, compared with the form."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from pbreports.excel.cells import reader_of, shown
from pbreports.excel.grid import Grid, Headers
from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Kind
from pbreports.excel.remarks import long_remark, remark
from pbreports.scheme.model import Field, Sheet

_LISTED = 4


class Exchange(Enum):
    """What two exchanged headers have taken along."""

    WHOLE = "whole columns"
    HEADERS = "the headers alone"
    UNKNOWN = "nobody can tell"


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that has been moved, in words, and the places that it opened between the headers."""

    told: str
    opened: range = range(0)


@dataclass(frozen=True, slots=True)
class Shifts:
    """What has been moved, the field whose header shows it, and the pairs of headers that are exchanged."""

    moves: tuple[Move, ...]
    witness: str
    exchanged: Mapping[tuple[str, str], Exchange]


def shifts_of(grid: Grid, headers: Headers, rule: Sheet, changed: Mapping[str, int]) -> Shifts | None:
    """Return what has been moved against the issued form, ``None`` for nothing.

    ``changed`` are the places of headers that have been changed beyond recognition: their columns are still there.
    """
    geometry = grid.geometry
    issued = {one.name: place for place, one in enumerate(rule.shown, start=geometry.first)}
    places = {name: at for name in issued if (at := headers.places.get(name, changed.get(name)))}
    down = headers.line - geometry.header
    moved = [name for name, at in places.items() if at != issued[name] or down]
    if not moved:
        return None
    gone = sorted(place for name, place in issued.items() if name not in places)
    homes = {name: issued[name] - bisect_left(gone, issued[name]) for name in places}
    right = _overall(places, homes)
    word = "行" if geometry.across else "列"
    exchanged = {pair: _verdict(pair, grid, headers, rule) for pair in _pairs(places, homes, right, headers)}
    moves = [
        *_whole(down, right, across=geometry.across),
        *_inserted(places, homes, right, word),
        *(Move(f"“{one}”与“{other}”两{word}对调") for (one, other), it in exchanged.items() if it is Exchange.WHOLE),
        *_disordered(places, {name for pair in exchanged for name in pair}),
    ]
    return Shifts(tuple(moves), next((name for name in moved if name in headers.places), ""), exchanged)


def _in_order(places: Mapping[str, int]) -> bool:
    found = list(places.values())
    return found == sorted(found)


def _overall(places: Mapping[str, int], homes: Mapping[str, int]) -> int:
    """Return by how much the headers have moved together: the first of them while they are in order, else most."""
    steps = [at - homes[name] for name, at in places.items()]
    return steps[0] if _in_order(places) else Counter(steps).most_common(1)[0][0]


def _whole(down: int, right: int, *, across: bool) -> Iterator[Move]:
    if across:
        down, right = right, down
    parts = [
        f"{'右' if right > 0 else '左'}移{abs(right)}列" if right else "",
        f"{'下' if down > 0 else '上'}移{abs(down)}行" if down else "",
    ]
    if right or down:
        yield Move(f"整表{'、'.join(part for part in parts if part)}")


def _inserted(places: Mapping[str, int], homes: Mapping[str, int], start: int, word: str) -> Iterator[Move]:
    """Yield where lines of their own stand between headers that are in order."""
    before = start
    for name, at in places.items() if _in_order(places) else ():
        more = at - homes[name] - before
        if more > 0:
            yield Move(f"“{name}”前插入{more}{word}", range(at - more, at))
            before += more


def _pairs(
    places: Mapping[str, int], homes: Mapping[str, int], right: int, headers: Headers
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of fields that stand at each other's place."""
    at_home = {home + right: name for name, home in homes.items()}
    for one, at in places.items():
        other = at_home.get(at, one)
        if homes[one] < homes[other] and places[other] == homes[one] + right and {one, other} <= headers.places.keys():
            yield one, other


def _disordered(places: Mapping[str, int], paired: set[str]) -> Iterator[Move]:
    """Yield the fields that stand out of order, besides exchanged pairs: those outside the longest row in order."""
    names = [name for name in places if name not in paired]
    kept = _longest_in_order([places[name] for name in names])
    moved = [f"“{name}”" for name in names if places[name] not in kept]
    if moved:
        yield Move(f"{'、'.join(moved[:_LISTED])}{'等' if len(moved) > _LISTED else ''}换了位置")


def _longest_in_order(places: Sequence[int]) -> set[int]:
    best: dict[int, list[int]] = {}
    for place in places:
        before = _longest(row for end, row in best.items() if end < place)
        best[place] = [*before, place]
    return set(_longest(best.values()))


def _longest(rows: Iterable[list[int]]) -> list[int]:
    return max(rows, key=len, default=[])


def _verdict(pair: tuple[str, str], grid: Grid, headers: Headers, rule: Sheet) -> Exchange:
    """Return what two exchanged headers took along: told by what can be read below them, else by the remarks."""
    one, other = (rule.by_name[name] for name in pair)
    at, there = headers.places[one.name], headers.places[other.name]
    own = _fitting(grid, headers, at, one) + _fitting(grid, headers, there, other)
    swapped = _fitting(grid, headers, at, other) + _fitting(grid, headers, there, one)
    if own == swapped:
        own = _says(grid, headers, at, one) + _says(grid, headers, there, other)
        swapped = _says(grid, headers, at, other) + _says(grid, headers, there, one)
    if own == swapped:
        return Exchange.UNKNOWN
    return Exchange.WHOLE if own > swapped else Exchange.HEADERS


def _fitting(grid: Grid, headers: Headers, place: int, field: Field) -> int:
    """Return how many cells below a header can be read as a field without a repair."""
    if field.computed:
        return 0
    read, fitting = reader_of(field), 0
    for line, cells in grid.lines.items():
        cell = cells.get(place)
        if line >= headers.first and cell is not None and cell.kind is not Kind.BLANK:
            try:
                fitting += not read(cell).note
            except Misread:
                continue
    return fitting


def _says(grid: Grid, headers: Headers, place: int, field: Field) -> int:
    """Return whether the remark at a place is a field's."""
    cell = grid.lines.get(headers.remarks, {}).get(place)
    return int(cell is not None and shown(cell) in (remark(field), long_remark(field)))
