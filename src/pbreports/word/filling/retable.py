"""Makes a filled table sound again: its grid after loops over columns, its cells merged where values are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from lxml import etree

from pbreports.tags.program import Fill
from pbreports.word.filling.captures import markup_of
from pbreports.word.filling.content import Node, cells_of, paragraphs_of
from pbreports.word.filling.markup import PPR, TBL, TCPR, TR, nearest, serialized, w

SAME = "pb-same"
"""The attribute of a cell's properties that asks for merging with the cells below that say the same."""
_WIDTH, _SPAN = w("w"), w("gridSpan")
_BEFORE_MERGE = frozenset({w("cnfStyle"), w("tcW"), _SPAN, w("hMerge")})


def remade(namespaces: Mapping[str | None, str]) -> Callable[[object, Fill], str]:
    """Return the writer of tables that were caught; ``namespaces`` are those of their part's root."""
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in namespaces.items() if prefix)

    def write(value: object, _: Fill) -> str:
        text = markup_of(value)
        if not text:
            return ""
        root = etree.fromstring(f"<w:pb{declared}>{text}</w:pb>")
        for table in root.iter(TBL):
            rows = [row for row in table.iter(TR) if nearest(row, TBL) is table]
            _merge_same(rows)
            _set_grid(table, rows)
        return "".join(serialized(table) for table in root)

    return write


def _set_grid(table: Node, rows: list[Node]) -> None:
    """Give the grid as many columns as the widest row has; without that change the grid stays as it is."""
    grid = table.find(w("tblGrid"))
    count = max((_columns(row) for row in rows), default=0)
    if grid is None or count == 0 or len(grid) == count:
        return
    widest = next(row for row in rows if _columns(row) == count)
    wanted = _wanted(widest, count)
    total = sum(int(column.get(_WIDTH, "0")) for column in grid)
    scale = total / sum(wanted) if total and sum(wanted) else 1
    for column in list(grid):
        grid.remove(column)
    widths = [round(width * scale) for width in wanted]
    for width in widths:
        etree.SubElement(grid, w("gridCol")).set(_WIDTH, str(width))
    for row in rows:
        _set_widths(row, widths)


def _columns(row: Node) -> int:
    return _skipped(row, "gridBefore") + sum(_span(cell) for cell in cells_of(row)) + _skipped(row, "gridAfter")


def _skipped(row: Node, name: str) -> int:
    found = row.find(f"{w('trPr')}/{w(name)}")
    return int(found.get(w("val"), "0")) if found is not None else 0


def _span(cell: Node) -> int:
    found = cell.find(f"{TCPR}/{_SPAN}")
    return int(found.get(w("val"), "1")) if found is not None else 1


def _wanted(row: Node, count: int) -> list[int]:
    """Return the widths that a row's cells ask for, by column of the grid; equal ones where they say nothing."""
    widths: list[int] = [1000] * _skipped(row, "gridBefore")
    for cell in cells_of(row):
        said = cell.find(f"{TCPR}/{w('tcW')}")
        width = int(said.get(_WIDTH, "0")) if said is not None and said.get(_WIDTH, "0").isdecimal() else 0
        widths += [max(1, width // _span(cell) or 1000)] * _span(cell)
    return (widths + [1000] * count)[:count]


def _set_widths(row: Node, widths: list[int]) -> None:
    at = _skipped(row, "gridBefore")
    for cell in cells_of(row):
        said = cell.find(f"{TCPR}/{w('tcW')}")
        if said is not None and said.get(w("type"), "dxa") == "dxa":
            said.set(_WIDTH, str(sum(widths[at : at + _span(cell)])))
        at += _span(cell)


def _merge_same(rows: list[Node]) -> None:
    """Merge neighbours that say the same, column by column; never across a border of a column merged before."""
    marked = {place for row in rows for place, cell in _placed(row) if _asks(cell)}
    groups = [list(rows)]
    for column in sorted(marked):
        groups = [group for rows_before in groups for group in _runs(rows_before, column)]
    for row in rows:
        for _, cell in _placed(row):
            properties = cell.find(TCPR)
            if properties is not None and SAME in properties.attrib:
                del properties.attrib[SAME]


def _placed(row: Node) -> list[tuple[int, Node]]:
    """Return the cells of a row, each with the column of the grid in which it begins."""
    placed: list[tuple[int, Node]] = []
    at = _skipped(row, "gridBefore")
    for cell in cells_of(row):
        placed.append((at, cell))
        at += _span(cell)
    return placed


def _asks(cell: Node) -> bool:
    properties = cell.find(TCPR)
    return properties is not None and SAME in properties.attrib


def _runs(rows: list[Node], column: int) -> list[list[Node]]:
    """Return rows parted by what they say in a column, the cells of each part merged."""
    parts = [list(group) for _, group in groupby(rows, lambda row: _said(row, column))]
    for part in parts:
        cells = [cell for row in part if (cell := dict(_placed(row)).get(column)) is not None and _asks(cell)]
        if len(cells) > 1:
            for number, cell in enumerate(cells):
                _merge(cell, first=number == 0)
    return parts


def _said(row: Node, column: int) -> tuple[bool, str]:
    cell = dict(_placed(row)).get(column)
    if cell is None or not _asks(cell):
        return False, str(id(row))
    return True, "".join(map(str, cell.itertext())).strip() or f"空 {id(row)}"


def _merge(cell: Node, *, first: bool) -> None:
    properties = cell.find(TCPR)
    if properties is None:
        return
    merge = etree.Element(w("vMerge"))
    merge.set(w("val"), "restart" if first else "continue")
    properties.insert(sum(child.tag in _BEFORE_MERGE for child in properties), merge)
    if not first:
        _empty(cell)


def _empty(cell: Node) -> None:
    """Leave one empty paragraph in a cell that continues the one above; its text would be seen when cells are parted."""
    kept = paragraphs_of(cell)[:1]
    for child in list(cell):
        if child.tag != TCPR and child not in kept:
            cell.remove(child)
    for paragraph in kept:
        for child in list(paragraph):
            if child.tag != PPR:
                paragraph.remove(child)
