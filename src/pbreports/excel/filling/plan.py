"""The plan of a sheet: its rows as one program, in which marks tell the rows, blocks and formulas apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pbreports.excel.filling.cellplan import CellPlan, ListUse
from pbreports.excel.filling.controls import NOTHING, Control, Lines, lined_up
from pbreports.excel.filling.expressions import Path, marked
from pbreports.excel.filling.heights import Measure, Measures
from pbreports.excel.filling.rowwriter import Column, RowWriter
from pbreports.excel.filling.scope import Scope, lists_in, ordinals_in
from pbreports.excel.filling.sheet import TemplateCell, TemplateRow, TemplateSheet
from pbreports.excel.filling.signs import DONE, ENTER, LEAVE, ROUND, ROW, SPLIT
from pbreports.excel.filling.strings import Fragment
from pbreports.excel.filling.styles import Looks
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Piece, Program, Slot, assemble
from pbreports.tags.tokens import Kind, Tag


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that a name repeats for each row of a list."""

    first: int
    last: int
    path: Path
    breaks: bool = False
    called: str = ""


@dataclass(slots=True)
class Block:
    """Rows that are repeated: from where to where, what they ask for, whether one empty copy stays of an empty list."""

    first: int
    last: int
    least: int = 0
    breaks: bool = False
    stays: bool = True
    counted: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """A compiled sheet: its program (none where it has no tags), its rows and blocks, and which rows may be missing."""

    sheet: TemplateSheet
    program: Program | None
    blocks: tuple[Block, ...]
    vanishing: frozenset[int]
    conditional: frozenset[int]
    merging: tuple[tuple[int, int], ...]
    measures: tuple[Measure, ...]
    uses: tuple[ListUse, ...]
    problems: tuple[Problem, ...]


def planned(
    sheet: TemplateSheet, regions: Sequence[Region], looks: Looks, scope: Scope, *, since_1904: bool
) -> SheetPlan:
    """Return the plan of a sheet; ``scope`` names the list for whose rows the sheet itself is repeated."""
    lines = lined_up(sheet)
    builder = _Builder(sheet, lines, looks, scope, since_1904=since_1904)
    builder.build(regions)
    problems = [*sheet.problems, *lines.problems, *builder.problems]
    program, unread = assemble(builder.pieces)
    conditional = frozenset(lines.conditional)
    return SheetPlan(
        sheet,
        program,
        tuple(builder.blocks),
        frozenset(lines.vanishing),
        conditional,
        tuple(builder.merging),
        tuple(builder.cells.measures.all),
        tuple(builder.cells.uses),
        (*problems, *unread),
    )


@dataclass(slots=True)
class _Builder:
    sheet: TemplateSheet
    lines: Lines
    looks: Looks
    scope: Scope
    since_1904: bool
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    merging: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _open: list[tuple[int, int, Scope]] = field(default_factory=list)
    _loops: list[tuple[str, int, Scope]] = field(default_factory=list)
    _names: int = 0
    _ordinals: frozenset[Path] = frozenset()
    cells: CellPlan = field(init=False)

    def build(self, regions: Sequence[Region]) -> None:
        """Make the pieces of all rows."""
        measures = Measures(self.sheet, self.looks)
        self.cells = CellPlan(self.sheet.title, self.looks, measures, self.since_1904)
        rows = self.lines.rows
        self._ordinals = frozenset(path for row in rows for cell in row.cells for path in ordinals_in(cell.tags))
        waiting = sorted(self._apart(regions), key=lambda region: (region.first, -region.last))
        for row in rows:
            self._leave(before=row.number)
            while waiting and waiting[0].first <= row.number:
                region = waiting.pop(0)
                if region.last >= row.number:
                    self._enter(region.path, region.first, region.last, breaks=region.breaks)
            self._row(row)
        self._leave(before=2**30)

    def _apart(self, regions: Sequence[Region]) -> Iterator[Region]:
        """Yield the regions that do not cut across one another."""
        taken: list[Region] = []
        for region in regions:
            across = next((one.called for one in taken if _cross(region, one)), "")
            across = across or next(
                (f"第{low}行的 for" for low, high in self.lines.loops if _cuts(region, low, high)), ""
            )
            if across:
                where = Place(self.sheet.title, "", f"第{region.first}行至第{region.last}行", region.called)
                remedy = f"请让它和“{across}”一个套住另一个，或者分开"
                self.problems.append(Problem("T-41", where, "两个循环块交错", remedy))
                continue
            taken.append(region)
            yield region

    # ------------------------------------------------------------ blocks

    def _enter(self, path: Path, first: int, last: int, *, breaks: bool = False, inner: bool = False) -> None:
        """Open a block; of an ``inner`` list that is empty one row stays, for what the lists around it say there."""
        name = f"_b{self._names + 1}"
        self._names += 1
        self.blocks.append(Block(first, last, breaks=breaks, counted=first < last))
        number = len(self.blocks) - 1
        source = self.scope.source(".".join((*path, "x"))).removesuffix(".x") if len(path) > 1 else path[0]
        how = ("_some" if inner else "_rows") + ("_numbered" if path in self._ordinals else "")
        place = Place(self.sheet.title, "", f"第{first}行", ".".join(path))
        self.cells.uses.append(ListUse(path, "", place))
        self.pieces += [_token(ENTER, number), Slot(place, f"for {name} in {how}({source})")]
        self.pieces += [_token(ROUND)] if first < last else []
        self._open.append((number, last, self.scope))
        self.scope = self.scope.within(path, name)

    def _leave(self, before: int) -> None:
        """Close the blocks that end before a row."""
        while self._open and self._open[-1][1] < before:
            self._leave_one()

    def _leave_one(self) -> None:
        number, _, self.scope = self._open.pop()
        self.pieces += [_token(DONE)] if self.blocks[number].counted else []
        self.pieces += [Slot(Place(self.sheet.title), "endfor"), _token(LEAVE)]

    # ------------------------------------------------------------ rows

    def _row(self, row: TemplateRow) -> None:
        stays = self.lines.stays.get(row.number, NOTHING)
        for control in stays.before:
            self._control(control)
        if row.number not in self.lines.vanishing:
            self._repeated(row)
        for control in stays.after:
            self._control(control)

    def _repeated(self, row: TemplateRow) -> None:
        """Write a row, as often as its lists say."""
        tags = [tag for cell in row.cells for tag in cell.tags]
        lists = lists_in(tags, self.scope)
        outer = len(self._open)
        if lists:
            self._require_one(row, lists)
            last = self._last_of(row)
            for inner, path in enumerate(self.scope.steps(lists[0])):
                self._enter(path, row.number, last, inner=inner > 0)
        self._written(row)
        if len(self._open) > outer and self._open[-1][1] == row.number:
            while len(self._open) > outer:
                self._leave_one()

    def _require_one(self, row: TemplateRow, lists: Sequence[Path]) -> None:
        others = [path for path in lists[1:] if lists[0][: len(path)] != path]
        if others:
            named = "、".join(f"“{'.'.join(path)}”" for path in (lists[0], *others))
            place = Place(self.sheet.title, "", f"第{row.number}行")
            self.problems.append(Problem("T-40", place, f"一行里用了几个名单：{named}", "请每行只用一个名单的列"))

    def _last_of(self, row: TemplateRow) -> int:
        """Return the last row of an item: further down when one of its tags stands in cells merged downwards."""
        tagged = {cell.column for cell in row.cells if any(lists_in([tag], self.scope) for tag in cell.tags)}
        ends = [low for top, left, low, _ in self.sheet.merges if top == row.number and left in tagged]
        return max([row.number, *ends])

    def _written(self, row: TemplateRow) -> None:
        self.pieces.append(f"{ROW}{row.number}{SPLIT}{row.opening}")
        group: list[str | Column] = []
        owner = ""
        for cell in row.cells:
            texts = [self._marked(one, row, cell) for one in cell.texts]
            for piece in self.cells.pieces(row, cell, texts, self.scope):
                if isinstance(piece, tuple):
                    name, column = piece
                    if owner and name != owner:
                        self._flush(group, owner, row)
                    owner = name
                    group.append(column)
                elif isinstance(piece, str):
                    group.append(piece)
                else:
                    self._flush(group, owner, row)
                    owner = ""
                    self.pieces.append(piece)
        group.append("</row>")
        self._flush(group, owner, row)

    def _flush(self, group: list[str | Column], owner: str, row: TemplateRow) -> None:
        """Write what has been gathered: texts as they stand, columns of one list's row together."""
        if owner:
            place = Place(self.sheet.title, "", f"第{row.number}行")
            self.pieces.append(Slot(place, owner, RowWriter.of(group)))
        else:
            self.pieces += [piece for piece in group if isinstance(piece, str)]
        group.clear()

    def _marked(self, one: Fragment, row: TemplateRow, cell: TemplateCell) -> Fragment:
        """Return a tag without its markers, which are noted."""
        item = one.item
        if isinstance(item, str) or item.kind is not Kind.VALUE:
            return one
        body, markers = marked(item.body)
        if markers.merges:
            self.merging.append((row.number, cell.column))
        if self._open and (markers.least or markers.breaks):
            block = self.blocks[self._open[-1][0]]
            block.least, block.breaks = max(block.least, markers.least), block.breaks or markers.breaks
        tag = Tag(item.start, item.end, item.kind, item.scope, body, item.joins_before, item.joins_after, item.text)
        return Fragment(one.properties, tag)

    # ------------------------------------------------------------ control tags that stand over rows

    def _control(self, control: Control) -> None:
        tag, word = control.tag, control.tag.keyword
        slot = Slot(control.place, self.scope.source(tag.body))
        if word == "for":
            self.blocks.append(Block(control.first, control.last, stays=not control.otherwise, counted=True))
            self._loops.append((word, len(self.blocks) - 1, self.scope))
            self.pieces += [_token(ENTER, len(self.blocks) - 1), slot, _token(ROUND)]
            self.scope = self.scope.after(tag)
        elif word == "if":
            self._loops.append((word, -1, self.scope))
            self.pieces.append(slot)
        elif word == "else" and self._loops and self._loops[-1][0] == "for":
            _, number, self.scope = self._loops[-1]
            self._loops[-1] = ("else", number, self.scope)
            self.pieces += [_token(DONE), slot]
        elif word in {"endfor", "endif"} and self._loops:
            opened, number, self.scope = self._loops.pop()
            self.pieces += [_token(DONE)] if opened == "for" else []
            self.pieces.append(slot)
            self.pieces += [_token(LEAVE)] if number >= 0 else []
        else:
            self.pieces.append(slot)
            self.scope = self.scope.after(tag)


def _cross(one: Region, other: Region) -> bool:
    first, second = sorted((one, other), key=lambda region: (region.first, -region.last))
    return first.first < second.first <= first.last < second.last


def _cuts(region: Region, opens: int, closes: int) -> bool:
    """Return whether a region holds one only of the rows in which a loop opens and closes."""
    return (region.first <= opens <= region.last) is not (region.first <= closes <= region.last)


def _token(sign: str, number: int | str = "") -> str:
    return f"{ROW}{sign}{number}{SPLIT}"
