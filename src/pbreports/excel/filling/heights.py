"""How high rows must be for their wrapped texts to be read: estimated by the width of East-Asian signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.excel.filling.sheet import TemplateCell, TemplateRow, TemplateSheet
from pbreports.excel.filling.styles import Look, Looks
from pbreports.excel.text import line_count

_LINE = 1.36
"""A line of a Chinese font is about so many times as high as its letters."""
_HIGHEST = 409
"""Points; Excel takes no row that is higher (its specifications and limits)."""
_MARGIN = 1.0
_HEIGHT = re.compile(r' ht="[^"]*"')


@dataclass(frozen=True, slots=True)
class Measure:
    """A wrapped cell: how many half-width signs a line of it takes, how high a line is, how many rows share the cell."""

    width: float
    line: float
    rows: int = 1

    def points(self, text: str) -> float:
        """Return how high a row must be for a text, 0 when one line takes it."""
        lines = line_count(text, self.width)
        return 0 if lines <= 1 else min(round((lines * self.line + 3) / self.rows, 2), _HIGHEST)


class Measures:
    """The wrapped cells of a sheet, by number; made while it is compiled, read while it is filled."""

    def __init__(self, sheet: TemplateSheet, looks: Looks) -> None:
        self._sheet = sheet
        self._usual = looks.usual_size
        self._merged = {(top, left): (low, right) for top, left, low, right in sheet.merges}
        self.all: list[Measure] = []

    def of(self, row: TemplateRow, cell: TemplateCell, look: Look) -> str:
        """Return the number of a cell's measure, empty when its row keeps its height whatever it holds."""
        if row.fixed or not look.wraps:
            return ""
        low, right = self._merged.get((row.number, cell.column), (row.number, cell.column))
        width = sum(self._width(column) for column in range(cell.column, right + 1))
        signs = max(2.0, (width - _MARGIN) * self._usual / look.size)
        self.all.append(Measure(signs, look.size * _LINE, low - row.number + 1))
        return str(len(self.all) - 1)

    def _width(self, column: int) -> float:
        return next(
            (width for low, high, width in self._sheet.widths if low <= column <= high), self._sheet.usual_width
        )


def heightened(row: str, points: float) -> str:
    """Return a row's markup with a height, unless it is that high already."""
    opening, bracket, inside = row.partition(">")
    told = _HEIGHT.search(opening)
    if told and float(told[0][5:-1]) >= points:
        return row
    opening = _HEIGHT.sub("", opening).replace(' customHeight="0"', "")
    return f'{opening} ht="{points:g}" customHeight="1"{bracket}{inside}'


def told_heights(numbers: Sequence[str]) -> float:
    """Return the greatest of the heights that the cells of a row ask for."""
    return max(map(float, numbers), default=0)
