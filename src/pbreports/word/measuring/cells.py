"""The cells of a table whose rows have exact heights, each with the room it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import ceil

from pbreports.word.filling.content import Node, cells_of, paragraphs_of
from pbreports.word.filling.markup import TBL, TCPR, TR, TRPR, nearest, w
from pbreports.word.measuring.looks import Styles, cell_margins, points

_VAL, _SPAN, _MERGE, _WIDTH = w("val"), w("gridSpan"), w("vMerge"), w("tcW")
_BEFORE = f"{TRPR}/{w('gridBefore')}"
_RULE = 1.0
"""What the rules around a cell take of its room, in points, half a point each."""
_SIDES: Mapping[str, float] = {"left": 5.4, "right": 5.4, "top": 0.0, "bottom": 0.0}
"""The white at a cell's sides where nothing is said (ECMA-376 part 1, 17.4.42)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell of a table as it stands in it: its row and column of the grid, how many it takes, how it is merged."""

    element: Node = field(repr=False)
    row: int
    column: int
    span: int
    merge: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of exact height: where it stands, and the width and height inside it in points.

    ``last`` is the last row it goes down to. In a cell written downwards width and height are exchanged.
    """

    slot: Slot
    last: int
    width: float
    height: float

    @property
    def paragraphs(self) -> list[Node]:
        """Return the paragraphs that stand in the cell itself."""
        return paragraphs_of(self.slot.element)

    @property
    def holds_table(self) -> bool:
        """Return whether another table stands in the cell, which nobody measures."""
        return self.slot.element.find(TBL) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows, their exact heights in points (``None`` for others), and its cells in order."""

    table: Node = field(repr=False)
    rows: Sequence[Node] = field(repr=False)
    heights: Sequence[float | None]
    slots: Sequence[Slot] = field(repr=False)

    def exact(self, styles: Styles) -> Iterator[Cell]:
        """Yield the cells that stand in rows of exact height alone; those that go on a cell above are part of that."""
        lines = list(accumulate((points(one.get(w("w"))) for one in self.table.iter(w("gridCol"))), initial=0.0))
        margins = self._margins(styles)
        below = {(slot.row, slot.column) for slot in self.slots if slot.merge == "continue"}
        for slot in self.slots:
            if slot.merge == "continue":
                continue
            last = slot.row
            while slot.merge and (last + 1, slot.column) in below:
                last += 1
            heights = self.heights[slot.row : last + 1]
            if None not in heights:
                yield _cell(slot, last, lines, sum(height or 0 for height in heights), margins)

    def grow(self, row: int, more: float) -> None:
        """Let a row be as much higher as is wanted, in points, and higher still if its text asks for it."""
        said = self.rows[row].find(f"{TRPR}/{w('trHeight')}")
        if said is not None:
            said.set(w("hRule"), "atLeast")
            said.set(_VAL, str(ceil(20 * (points(said.get(_VAL)) + max(0.0, more)))))

    def _margins(self, styles: Styles) -> Mapping[str, float]:
        properties = self.table.find(w("tblPr"))
        if properties is None:
            return _SIDES
        style = properties.find(w("tblStyle"))
        named = styles.margins(style.get(_VAL, "")) if style is not None else {}
        return {**_SIDES, **named, **cell_margins(properties.find(w("tblCellMar")))}


def grid_of(table: Node) -> Grid:
    """Return a table's rows and cells."""
    rows = [row for row in table.iter(TR) if nearest(row, TBL) is table]
    slots = tuple(slot for number, row in enumerate(rows) for slot in _slots(number, row))
    return Grid(table, rows, [_exact_height(row) for row in rows], slots)


def _slots(number: int, row: Node) -> Iterator[Slot]:
    before = row.find(_BEFORE)
    column = int(before.get(_VAL, "0")) if before is not None else 0
    for cell in cells_of(row):
        properties = cell.find(TCPR)
        span = properties.find(_SPAN) if properties is not None else None
        merge = properties.find(_MERGE) if properties is not None else None
        count = int(span.get(_VAL, "1")) if span is not None else 1
        yield Slot(cell, number, column, count, merge.get(_VAL, "continue") if merge is not None else "")
        column += count


def _exact_height(row: Node) -> float | None:
    said = row.find(f"{TRPR}/{w('trHeight')}")
    if said is None or said.get(w("hRule")) != "exact":
        return None
    return points(said.get(_VAL))


def _cell(slot: Slot, last: int, lines: Sequence[float], height: float, margins: Mapping[str, float]) -> Cell:
    properties = slot.element.find(TCPR)
    own = cell_margins(properties.find(w("tcMar"))) if properties is not None else {}
    sides = {**margins, **own}
    width = _width(slot, lines) - sides["left"] - sides["right"] - _RULE
    room = height - sides["top"] - sides["bottom"] - _RULE
    turned = properties.find(w("textDirection")) if properties is not None else None
    if turned is not None and turned.get(_VAL, "lrTb") not in {"lrTb", "lrTbV"}:
        width, room = room, width
    return Cell(slot, last, width, room)


def _width(slot: Slot, lines: Sequence[float]) -> float:
    """Return the width of a cell: that of the grid's columns, or what it says itself where the grid says less."""
    said = slot.element.find(f"{TCPR}/{_WIDTH}")
    own = points(said.get(w("w"))) if said is not None and said.get(w("type"), "dxa") == "dxa" else 0
    if slot.column + slot.span >= len(lines):
        return own
    drawn = lines[slot.column + slot.span] - lines[slot.column]
    return min(own, drawn) if own and drawn else own or drawn
