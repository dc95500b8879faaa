"""A received sheet seen line by line, whatever its lay-out, with its headers found where they now stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pbreports.excel.cells import key_of, shown
from pbreports.excel.layout import Geometry, geometry_of
from pbreports.excel.reader.address import column_letters, position
from pbreports.excel.reader.values import Cell, Kind, Sheet
from pbreports.excel.remarks import long_remark, remark
from pbreports.scheme.model import Field
from pbreports.scheme.model import Sheet as SheetRule

Line = Mapping[int, Cell]
_SEARCHED = 12
_EMPTY_LINES = 3
_LARGEST_MERGE = 100_000  # cells; a larger one covers no record of a sheet
_REMARK = re.compile(r"[★☆]|选填|自动计算|已预填")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a sheet by line and place: rows and columns of a list, columns and rows of the others."""

    geometry: Geometry
    lines: Mapping[int, Line]
    hidden: frozenset[int]

    def address(self, line: int, place: int) -> str:
        """Return the address of a place of a line."""
        return self.geometry.address(line, place)


@dataclass(frozen=True, slots=True)
class Headers:
    """Where the headers were found: the line, the first line of records, the place of each field.

    ``missing`` fields have no header, ``doubled`` ones two (their name and one place), ``extra`` texts belong to none.
    The line of remarks stands before the first line of records, where there is one.
    """

    line: int
    first: int
    places: Mapping[str, int]
    missing: tuple[str, ...] = ()
    doubled: tuple[tuple[str, int], ...] = ()
    extra: tuple[tuple[str, int], ...] = field(default=())
    remarks: int = 0


def grid_of(page: Sheet, rule: SheetRule) -> Grid:
    """Return a received sheet in the lines of its lay-out."""
    geometry = geometry_of(rule.layout)
    lines: dict[int, dict[int, Cell]] = defaultdict(dict)
    if geometry.across:
        for (row, column), cell in page.cells.items():
            lines[column][row] = cell
    else:
        for (row, column), cell in page.cells.items():
            lines[row][column] = cell
    return Grid(geometry, lines, page.hidden_columns if geometry.across else page.hidden_rows)


def _named(cell: Cell, names: Mapping[str, str]) -> str | None:
    """Return the field whose header a cell is, ``None`` when it is none's."""
    name = names.get(cell.value) if isinstance(cell.value, str) else None  # as issued: no need to compare it as typed
    return name or names.get(label_of(cell))


def find_headers(grid: Grid, fields: Sequence[Field]) -> Headers | None:
    """Return where the headers stand: the line with most of the fields' names; ``None`` when no line has any."""
    names = _names(fields)
    expected = grid.geometry.header
    best, most = 0, 0
    for line in sorted(sorted(grid.lines)[:_SEARCHED], key=lambda line: (line != expected, line)):
        matched = sum(1 for cell in grid.lines[line].values() if _named(cell, names))
        if matched > most:
            best, most = line, matched
        if matched >= len(fields):
            break
    return _headers(grid, best, names, fields) if most else None


def _headers(grid: Grid, line: int, names: Mapping[str, str], fields: Sequence[Field]) -> Headers:
    places: dict[str, int] = {}
    doubled, extra = [], []
    started = min(place for place, cell in grid.lines[line].items() if _named(cell, names))
    started = started if grid.geometry.across else 0  # above the first header of an upright sheet stands its title
    for place, cell in sorted(grid.lines[line].items()):
        name = _named(cell, names)
        if name is None:
            label = label_of(cell)
            if label and place > started:
                extra.append((label, place))
        elif name in places:
            doubled.append((name, place))
        else:
            places[name] = place
    missing = tuple(one.name for one in fields if one.name not in places and not one.computed)
    remarks = _remarks(grid, line, {places[one.name]: one for one in fields if one.name in places})
    return Headers(line, (remarks or line) + 1, places, missing, tuple(doubled), tuple(extra), remarks)


def _remarks(grid: Grid, header: int, fields: Mapping[int, Field]) -> int:
    """Return the line of remarks, 0 when it is gone; empty lines may stand between it and the headers."""
    line = next((line for line in range(header + 1, header + 2 + _EMPTY_LINES) if grid.lines.get(line)), 0)
    below = grid.lines.get(line, {})
    return line if any(_is_remark(cell, fields.get(place)) for place, cell in below.items()) else 0


def _is_remark(cell: Cell, one: Field | None) -> bool:
    if cell.kind is not Kind.TEXT:
        return False
    text = str(cell.value)
    return bool(_REMARK.match(text)) or (one is not None and text in (remark(one), long_remark(one)))


def _names(fields: Iterable[Field]) -> dict[str, str]:
    """Return the field's name by every form its header may have; the names themselves go before aliases."""
    names: dict[str, str] = {}
    for one in fields:
        names.update({key_of(alias): one.name for alias in one.aliases})
    names.update({key_of(one.name): one.name for one in fields})
    return names


def label_of(cell: Cell) -> str:
    """Return the text of a header as it is compared, without its star."""
    return key_of(shown(cell)).lstrip("*★☆").rstrip("*★☆") if cell.kind is not Kind.BLANK else ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range among the records of a sheet: its address, its lines, and the cells it covers but for its first."""

    address: str
    lines: range
    covered: frozenset[tuple[int, int]]


def merged_ranges(page: Sheet, geometry: Geometry, headers: Headers) -> tuple[Merged, ...]:
    """Return the merged ranges that cover cells among the records."""
    wanted = frozenset(headers.places.values())
    found = []
    for merge in page.merges:
        spots = _spots(merge, geometry, headers.first)
        inside = frozenset(spot for spot in spots if spot[0] >= headers.first and spot[1] in wanted)
        if inside:
            found.append(Merged(merge, _lines(merge, geometry), inside))
    return tuple(found)


def merge_over(page: Sheet, cell: str) -> str:
    """Return the merged range that covers a cell other than its first, empty when none does."""
    spot = position(cell)
    if spot is None:
        return ""
    for merge in page.merges:
        top, bottom = map(position, (merge.partition(":")[0], merge.partition(":")[2]))
        inside = top and bottom and top[0] <= spot[0] <= bottom[0] and top[1] <= spot[1] <= bottom[1]
        if inside and spot != top:
            return merge
    return ""


def _lines(merge: str, geometry: Geometry) -> range:
    """Return the lines that a merged range touches, its first cell's among them."""
    top, bottom = map(position, (merge.partition(":")[0], merge.partition(":")[2]))
    return range(top[geometry.across], bottom[geometry.across] + 1) if top and bottom else range(0)


def _spots(merge: str, geometry: Geometry, first: int) -> Iterable[tuple[int, int]]:
    """Yield the lines and places that a merged range covers but for its first; none when it ends before a line."""
    start, _, end = merge.partition(":")
    top, bottom = position(start), position(end)
    if bottom is not None and bottom[geometry.across] < first:
        return
    if top is None or bottom is None or (bottom[0] - top[0] + 1) * (bottom[1] - top[1] + 1) > _LARGEST_MERGE:
        return
    for row in range(top[0], bottom[0] + 1):
        for column in range(top[1], bottom[1] + 1):
            if (row, column) != top:
                yield (column, row) if geometry.across else (row, column)


class Addresses:
    """Makes the addresses of a grid's cells, keeping what repeats."""

    def __init__(self, geometry: Geometry, places: Mapping[str, int]) -> None:
        self._across = geometry.across
        self._fixed = {name: str(place) if geometry.across else column_letters(place) for name, place in places.items()}

    def of(self, line: int) -> dict[str, str]:
        """Return the address of each field on a line."""
        if self._across:
            letter = column_letters(line)
            return {name: f"{letter}{row}" for name, row in self._fixed.items()}
        return {name: f"{letter}{line}" for name, letter in self._fixed.items()}
