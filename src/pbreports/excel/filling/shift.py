"""Where rows come to stand when blocks of rows are repeated: the arithmetic, without any spreadsheet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from pbreports.excel.reader.address import LAST_ROW

Run = tuple[int, int]
"""First and last row of rows without a gap."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A block of ``height`` rows of a template, from ``first_row`` (1 is the first), that stands ``count`` times.

    A count of 0 keeps the block once, with nothing in it: an empty list shows as one empty row with its style, and the
    references to it still have something to refer to (``SUM`` gives 0 and never ``#REF!``). Only a block that is ``gone`` when
    it stands no times is taken away, as rows are deleted.
    """

    first_row: int
    height: int
    count: int
    gone: bool = False

    @property
    def last_row(self) -> int:
        """The last row of the block in the template."""
        return self.first_row + self.height - 1

    @property
    def copies(self) -> int:
        """How many times the block stands in the result."""
        return max(self.count, 0 if self.gone else 1)

    @property
    def added(self) -> int:
        """By how many rows the result is longer, less than 0 when it is shorter."""
        return (self.copies - 1) * self.height

    def __contains__(self, row: int) -> bool:
        return self.first_row <= row <= self.last_row


@dataclass(frozen=True)
class RowMap:
    """Where each row of a template stands in the result. Blocks are in order and do not overlap; make it with ``of``.

    Runs of rows end with the last one that a sheet can have: rules for whole columns end there.
    """

    growths: tuple[Growth, ...] = ()

    @classmethod
    def of(cls, growths: Iterable[Growth]) -> RowMap:
        """Return the map of blocks in any order.

        Raises:
            ValueError: when two overlap, or one is no block at all.
        """
        blocks = tuple(sorted(growths, key=lambda block: block.first_row))
        ends = [0, *(block.last_row for block in blocks)]
        if any(block.first_row <= end or block.height < 1 for block, end in zip(blocks, ends, strict=False)):
            raise ValueError(f"no blocks of rows: {blocks}")
        return cls(blocks)

    @cached_property
    def _firsts(self) -> list[int]:
        return [block.first_row for block in self.growths]

    @cached_property
    def _shifts(self) -> list[int]:
        """By how much the rows of each block's first copy have moved."""
        return [0, *accumulate(block.added for block in self.growths)]

    @cached_property
    def moves(self) -> bool:
        """Whether any row stands elsewhere or more than once."""
        return any(block.added for block in self.growths)

    def block(self, row: int) -> Growth | None:
        """Return the block that a row of the template belongs to."""
        place = bisect_right(self._firsts, row) - 1
        return self.growths[place] if place >= 0 and row in self.growths[place] else None

    def moved(self, row: int) -> int:
        """Return where a row of the template stands, the first time if it is repeated; if it is gone, what follows it."""
        place = bisect_right(self._firsts, row) - 1
        if place < 0:
            return row
        block = self.growths[place]
        if row not in block:
            return row + self._shifts[place + 1]
        return (row if block.copies else block.first_row) + self._shifts[place]

    def last(self, row: int) -> int:
        """Return where a row of the template stands, the last time if it is repeated; if it is gone, what precedes it."""
        copies = self.copies(row)
        return copies[-1] if copies else self.moved(row) - 1

    def copies(self, row: int) -> range:
        """Return all rows where a row of the template stands: one if it is not repeated, none if it is gone."""
        first, block = self.moved(row), self.block(row)
        return range(first, first + block.copies * block.height, block.height) if block else range(first, first + 1)

    def span(self, top: int, bottom: int) -> Run:
        """Return the rows from the first copy of ``top`` to the last copy of ``bottom``, at least one."""
        first = max(self.moved(top), 1)
        return first, max(first, self.last(bottom))

    def runs(self, top: int, bottom: int, own: Growth | None = None, only: range = range(0)) -> tuple[Run, ...]:
        """Return exactly the rows where the rows ``top`` to ``bottom`` stand, as runs from above to below.

        It is one run unless only some rows of a block of several are named. Of the block ``own`` only the copies
        ``only`` (counted from 0) are taken.
        """
        found: list[Run] = []
        for first, last in self._pieces(top, bottom, own, only):
            if found and found[-1][1] + 1 == first:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return tuple((min(first, LAST_ROW), min(last, LAST_ROW)) for first, last in found)

    def _pieces(self, top: int, bottom: int, own: Growth | None, only: range) -> Iterator[Run]:
        row = top
        for place in range(bisect_left(self._lasts, top), len(self.growths)):
            block = self.growths[place]
            if block.first_row > bottom:
                break
            if row < block.first_row:
                yield self.moved(row), self.moved(block.first_row - 1)
                row = block.first_row
            last = min(bottom, block.last_row)
            yield from self._copied(block, row, last, only if block == own else range(block.copies))
            row = last + 1
        if row <= bottom:
            yield self.moved(row), self.moved(bottom)

    def _copied(self, block: Growth, first: int, last: int, only: range) -> Iterator[Run]:
        starts = self.copies(first)[only.start : only.stop]
        if not starts:
            return
        if last - first + 1 == block.height:
            yield starts[0], starts[-1] + block.height - 1
        else:
            yield from ((start, start + last - first) for start in starts)

    @cached_property
    def _lasts(self) -> list[int]:
        return [block.last_row for block in self.growths]


def removals(rows: Iterable[int]) -> list[Growth]:
    """Return the blocks that take rows away."""
    found: list[Growth] = []
    for row in sorted(set(rows)):
        if found and found[-1].last_row + 1 == row:
            found[-1] = Growth(found[-1].first_row, found[-1].height + 1, 0, gone=True)
        else:
            found.append(Growth(row, 1, 0, gone=True))
    return found
