"""The rows that a filled sheet has: read off the marks in what its program wrote, with the growth that led to them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pbreports.excel.filling.heights import heightened, told_heights
from pbreports.excel.filling.plan import Block, SheetPlan
from pbreports.excel.filling.shift import Growth
from pbreports.excel.filling.signs import (
    CLOSED,
    DONE,
    ENDED,
    ENTER,
    HERE,
    HIGH,
    LEAVE,
    MIXED,
    ROUND,
    ROW,
    SPLIT,
    TOLD,
    TYPED,
)

_HIGH = re.compile(f"{HIGH}([^{SPLIT}]*){SPLIT}")
_MIXED = re.compile(f"{MIXED}([^{SPLIT}]*){SPLIT}([^{SPLIT}]*){SPLIT}([^{CLOSED}]*){CLOSED}")
_VALUE = re.compile(f"{TYPED}([^{TOLD}]*){TOLD}([^{ENDED}]*){ENDED}")
_MARKUP = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class FilledRow:
    """A row of the result: which row of the template it is, in which copy of each block around it, its markup.

    ``number`` is where it stands once all blocks have grown, before rows are taken away; ``blank`` tells that it has
    nothing but style.
    """

    template: int
    number: int
    copies: tuple[int, ...]
    markup: str
    blank: bool = False


@dataclass(slots=True)
class FilledRows:
    """All rows of a filled sheet, the growth of its blocks from outer to inner, the rows then taken away.

    ``removed`` are the rows of the template that always go, ``gone`` those of the grown sheet, ``breaks`` the rows after
    which a page ends, ``groups`` the rows whose equal neighbours are merged only among themselves.
    """

    rows: list[FilledRow] = field(default_factory=list)
    stages: list[list[Growth]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """The sheet, or one round of a block: where its first row stands at its stage, which rows of it may be missing."""

    base: int
    origin: int
    missing: Sequence[int]
    seen: int = 0


@dataclass(slots=True)
class _Open:
    """A block that is being written: where it begins before it grows, how often it stands so far."""

    block: Block
    first: int
    height: int
    rounds: int = 0
    empty: bool = False


def placed(plan: SheetPlan, told: str) -> FilledRows:
    """Return the rows that a sheet's program has written."""
    walk = _Walk(plan)
    for chunk in told.split(ROW)[1:]:
        head, _, rest = chunk.partition(SPLIT)
        if head.isdigit():
            walk.row(int(head), rest)
        else:
            walk.mark(head[0], head[1:])
    walk.finish()
    return walk.filled


class _Walk:
    """Follows the rows of a sheet, outer blocks around inner ones, and keeps count of where they come to stand."""

    def __init__(self, plan: SheetPlan) -> None:
        self._plan = plan
        self._vanishing = sorted(plan.vanishing)
        self._conditional = sorted(self._place(row) for row in plan.conditional)
        self._frames = [_Frame(1, 1, self._conditional)]
        self._open: list[_Open] = []
        self._added: list[int] = [0]
        self._inner = 0
        self._blank_rows = {row.number: row for row in plan.sheet.rows}
        self.filled = FilledRows()

    def _place(self, row: int) -> int:
        """Return where a row of the template stands once the rows of control tags are gone."""
        return row - bisect_left(self._vanishing, row)

    # ------------------------------------------------------------ rows

    def row(self, number: int, markup: str, *, blank: bool = False) -> None:
        """Take a row."""
        here = self._next(number)
        copies = tuple([one.rounds - 1 for one in self._open])
        told = markup if blank or MIXED not in markup else _MIXED.sub(self._settled, markup)
        if HIGH in told:
            points = told_heights(_HIGH.findall(told))
            told = heightened(_HIGH.sub("", told), points)
        self.filled.rows.append(FilledRow(number, here, copies, told, blank))

    def _next(self, number: int) -> int:
        """Return where the next row stands."""
        one = self._open[-1] if self._open else None
        if one and not one.block.counted and not one.block.breaks and not self._conditional:
            one.rounds += 1  # a row that is a round by itself, with nothing to keep count of
            return one.first + self._added[len(self._open)] + one.rounds - 1 + self._below()
        if one and not one.block.counted:
            self._round()
        frame, place = self._frames[-1], self._place(number)
        self._skip(frame, place)
        self._see(frame, place, place)
        return frame.base + place - frame.origin + self._below()

    def _below(self) -> int:
        """Return how many rows blocks further in have added so far, anywhere above."""
        deeper = self._added[len(self._open) + 1 :]
        return sum(deeper) if deeper else 0

    def _settled(self, found: re.Match[str]) -> str:
        """Return a cell of several pieces: one of its values alone as such a cell, else all as text."""
        measure, opening, inside = found.groups()
        values = list(_VALUE.finditer(inside))
        around = _VALUE.sub("", inside)
        if len(values) == 1 and not _MARKUP.sub("", around).strip():
            return values[0][1]
        text = _VALUE.sub(lambda value: value[2], inside)
        if not _MARKUP.sub("", text).strip():
            return f"{opening}/>"
        told = text if text.startswith("<") else f'<t xml:space="preserve">{text}</t>'
        points = self._plan.measures[int(measure)].points(_MARKUP.sub("", text)) if measure else 0
        high = f"{HIGH}{points}{SPLIT}" if points else ""
        return f'{opening} t="inlineStr"><is>{told}</is></c>{high}'

    # ------------------------------------------------------------ blocks

    def mark(self, sign: str, number: str) -> None:
        """Take the mark of a block's beginning or end, or of one of its rounds."""
        if sign == ENTER:
            self._enter(self._plan.blocks[int(number)])
        elif sign == ROUND:
            self._round()
        elif sign == DONE:
            self._done()
        elif sign == LEAVE:
            self._leave()

    def _enter(self, block: Block) -> None:
        frame = self._frames[-1]
        first, last = self._place(block.first), self._place(block.last)
        if not block.counted and self._open and not self._open[-1].block.counted:
            self._round()
            frame = self._frames[-1]
        height = last - first + (block.last not in self._plan.vanishing)
        self._skip(frame, first)
        self._see(frame, first, first + height - 1)
        self._open.append(_Open(block, frame.base + first - frame.origin, height))
        if len(self._added) <= len(self._open):
            self._added.append(0)
            self.filled.stages.append([])

    def _round(self) -> None:
        """Begin the next round of the block that is open."""
        one = self._open[-1]
        if self._frames_open() == len(self._open):
            self._done()
        one.rounds += 1
        origin = self._place(one.block.first)
        base = one.first + self._added[len(self._open)] + (one.rounds - 1) * one.height
        self._frames.append(_Frame(base, origin, self._within(origin, origin + one.height - 1)))

    def _frames_open(self) -> int:
        return len(self._frames) - 1

    def _done(self) -> None:
        """End a round."""
        if self._frames_open() < len(self._open):
            return
        one, frame = self._open[-1], self._frames[-1]
        self._skip(frame, frame.origin + one.height)
        self._frames.pop()
        if one.block.breaks and self.filled.rows:
            self.filled.breaks.append(len(self.filled.rows) - 1)

    def _leave(self) -> None:
        """End a block: empty copies where it has none or too few; then the rows behind it know how far they have moved."""
        self._done()
        one = self._open[-1]
        count = one.rounds
        if one.height and (one.block.stays or one.rounds):
            for _ in range(max(one.block.least, int(one.block.stays)) - one.rounds):
                self._blank_round(one)
        depth = len(self._open)
        if one.height:
            self._grown(one, count, depth)
        self._open.pop()

    def _grown(self, one: _Open, count: int, depth: int) -> None:
        stands = max(one.rounds, 1)
        self.filled.stages[depth - 1].append(Growth(one.first, one.height, count if one.rounds <= 1 else one.rounds))
        if not one.rounds:
            start = one.first + sum(self._added[depth:])
            self.filled.gone += range(start, start + one.height)
        self._added[depth] += (stands - 1) * one.height

    def _blank_round(self, one: _Open) -> None:
        self._round()
        last = one.block.last
        for number in range(one.block.first, last + 1):
            row = self._blank_rows.get(number)
            if row is not None and number not in self._plan.vanishing:
                frame, place = self._frames[-1], self._place(number)
                self._see(frame, place, place)
                here = frame.base + place - frame.origin + self._below()
                copies = tuple(each.rounds - 1 for each in self._open)
                self.filled.rows.append(FilledRow(number, here, copies, row.blank, blank=True))
        self._frames[-1].missing = ()
        self._done()

    # ------------------------------------------------------------ rows that are missing

    def _within(self, first: int, last: int) -> Sequence[int]:
        rows = self._conditional
        return rows[bisect_left(rows, first) : bisect_right(rows, last)] if rows else ()

    def _skip(self, frame: _Frame, until: int) -> None:
        """Note the rows of a frame before one that have not been written: they are gone."""
        while frame.seen < len(frame.missing) and frame.missing[frame.seen] < until:
            place = frame.missing[frame.seen]
            self.filled.gone.append(frame.base + place - frame.origin + self._below())
            frame.seen += 1

    def _see(self, frame: _Frame, first: int, last: int) -> None:
        """Pass over rows of a frame that are being written."""
        while frame.seen < len(frame.missing) and first <= frame.missing[frame.seen] <= last:
            frame.seen += 1

    def finish(self) -> None:
        """Note the rows missing at the end of the sheet."""
        self._skip(self._frames[0], 1 << 30)


def numbered(rows: Iterable[FilledRow], gone: Sequence[int]) -> list[int]:
    """Return the final number of each row, once those that are gone have made room."""
    lost = sorted(gone)
    return [row.number - bisect_left(lost, row.number) for row in rows] if lost else [row.number for row in rows]


def at_home(markup: str, number: int) -> str:
    """Return a row's markup with its number."""
    return markup.replace(HERE, str(number))
