"""Rows written fast: what stands between the values made once, the values of a list's row put between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from pbreports.errors import TemplateError
from pbreports.excel.filling.cells import FIRST_DAY, FIRST_SAFE, LONGEST, CellStyle, Spot, cell_of, note, text_of
from pbreports.excel.filling.heights import Measure, Measures
from pbreports.excel.filling.lists import column_of
from pbreports.excel.filling.signs import ENDED, HIGH, SPLIT, TOLD, TYPED
from pbreports.excel.filling.strings import NEEDS_CARE
from pbreports.tags.display import shown
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Fill, Write

_TEXT_ENDS, _NUMBER_ENDS = "</t></is></c>", "</v></c>"
_LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Typed:
    """Writes a value as a cell; ``measure`` tells how high its row must be where its text wraps."""

    spot: Spot
    measure: Measure | None = None

    def __call__(self, value: object, fill: Fill) -> str:
        """Return the cell with a value in it."""
        told = cell_of(value, self.spot, fill)
        if self.measure is None or value is None:
            return told
        points = self.measure.points(str(shown(value)))
        return f"{told}{HIGH}{points}{SPLIT}" if points else told


@dataclass(frozen=True, slots=True)
class Column:
    """A cell that takes a column of a list's row."""

    name: str
    write: Typed


def typed_value(
    opening: str, style: CellStyle, place: Place, measure: str, measures: Measures, *, since_1904: bool
) -> Typed:
    """Return what writes a cell that is one value."""
    spot = Spot(opening, style, place, since_1904)
    return Typed(spot, measures.all[int(measure)] if measure else None)


def mixed_value(opening: str, style: CellStyle, place: Place, around: tuple[str, str], *, since_1904: bool) -> Write:
    """Return what writes a value within a text, and beside it the cell that it would be if it stood alone."""
    return partial(_mixed, spot=Spot(opening, style, place, since_1904), around=around)


def _mixed(value: object, fill: Fill, *, spot: Spot, around: tuple[str, str]) -> str:
    text = text_of(value, spot.place, fill)
    before, after = around
    told = f'{before}<t xml:space="preserve">{text}</t>{after}' if before else text
    return f"{TYPED}{cell_of(value, spot, fill)}{TOLD}{told}{ENDED}"


_Part = tuple[str, str, str, int, int, Typed]
"""A column; the markup before a text and before a number; how long a text may be to fit one line; the day before the
first, where the cell shows days, else 0; what writes all other values."""


@dataclass(frozen=True, slots=True)
class RowWriter:
    """Writes a row of a list: literal markup and columns in order."""

    _parts: tuple[str | _Part, ...]

    @classmethod
    def of(cls, pieces: Sequence[str | Column]) -> RowWriter:
        """Return the writer of pieces; texts that follow one another are joined."""
        parts: list[str | _Part] = []
        for piece in pieces:
            if isinstance(piece, Column):
                parts.append(_prepared(piece))
            elif parts and isinstance(parts[-1], str):
                parts[-1] += piece
            else:
                parts.append(piece)
        return cls(tuple(parts))

    def __call__(self, row: object, fill: Fill) -> str:
        """Return the markup of a row of a list; a column that is not there is noted as a problem."""
        try:
            return self._told(row, fill)  # type: ignore[arg-type]
        except (KeyError, TypeError):
            return self._told(dict(self._columns(row, fill)), fill)

    def _columns(self, row: object, fill: Fill) -> Iterator[tuple[str, object]]:
        """Yield the columns of what is no row of a list, or lacks a column, which is noted."""
        for part in self._parts:
            if isinstance(part, str):
                continue
            try:
                yield part[0], column_of(row, part[0])
            except TemplateError as error:
                note(fill, Problem("T-09", part[-1].spot.place, error.what, error.remedy))
                yield part[0], None

    def _told(self, values: Mapping[str, object], fill: Fill) -> str:
        told: list[str] = []
        add, careful = told.append, NEEDS_CARE.search
        for part in self._parts:
            if isinstance(part, str):
                add(part)
                continue
            name, text, number, most, epoch, write = part
            value = values[name]
            if type(value) is str and 0 < len(value) <= most and not careful(value) and value.strip() == value:
                add(f"{text}{value}{_TEXT_ENDS}")
            elif type(value) is int and -_LARGEST < value < _LARGEST:
                add(f"{number}{value}{_NUMBER_ENDS}")
            elif type(value) is float and -_LARGEST < value < _LARGEST:
                add(f"{number}{value!r}{_NUMBER_ENDS}")
            elif type(value) is date and epoch and value >= FIRST_SAFE:
                add(f"{number}{value.toordinal() - epoch}{_NUMBER_ENDS}")
            else:
                add(write(value, fill))
        return "".join(told)


def _prepared(column: Column) -> _Part:
    spot = column.write.spot
    style = f' s="{spot.style.index}"' if spot.style.index else ""
    most = int(column.write.measure.width) // 2 if column.write.measure else LONGEST
    opening = f"{spot.opening}{style}"
    epoch = FIRST_DAY.toordinal() if spot.style.days and not spot.since_1904 else 0
    return column.name, f'{opening} t="inlineStr"><is><t>', f"{opening}><v>", most, epoch, column.write
