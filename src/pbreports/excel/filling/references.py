"""References to cells, as they stand in formulas and rules, and how each reads after the rows have moved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from pbreports.errors import TemplateError
from pbreports.excel.filling.shift import Growth, RowMap
from pbreports.excel.reader.address import LAST_COLUMN, LAST_ROW, column_number

_UNMOVED = RowMap()
_SHEET = r"(?:'(?:[^']|'')+'|[^'!:\s]+(?::[^'!:\s]+)?)!"
_END = r"(\$?[A-Z]{1,3})?(\$?)([1-9][0-9]{0,6})"
_REFERENCE = re.compile(rf"({_SHEET})?{_END}(?::({_SHEET})?{_END})?", re.IGNORECASE)


class Use(Enum):
    """What the place of a reference takes."""

    CELL = "one cell: a reference to a repeated row means its first copy"
    RANGE = "a range: a reference to a repeated row means all copies"
    LIST = "several ranges, as the arguments of SUM"
    SPAN = "a range from the first copy to the last, whatever lies between"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a reference: its column as written (empty for whole rows), and its row."""

    column: str
    fixed: bool
    row: int

    def at(self, row: int) -> str:
        """Return the end as it reads with another row, the last that a sheet can have at most."""
        return f"{self.opening}{min(row, LAST_ROW)}"

    @property
    def opening(self) -> str:
        """What stands before the row."""
        return f"{self.column}$" if self.fixed else self.column


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written: a cell (``last`` is None), a range or whole rows, with the sheet it names.

    ``half`` is -1 or 1 for a cell that is the first or the last end of a range whose other end is computed.
    """

    text: str
    qualifier: str
    first: End
    last: End | None = None
    again: str = ""
    use: Use = Use.CELL
    half: int = 0

    @property
    def sheet(self) -> str:
        """The sheet it names, as a title; two joined by ``:`` for a range of sheets, empty for none."""
        return self.qualifier[:-1].removeprefix("'").removesuffix("'").replace("''", "'")

    @property
    def fixed(self) -> bool:
        """Whether its rows are the same wherever it stands."""
        return self.first.fixed and (self.last is None or self.last.fixed)


def reference(text: str, use: Use = Use.CELL, half: int = 0) -> Reference | None:
    """Return the reference that a text is; None for names and whole columns, which never move."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    first = _end(*found.group(2, 3, 4))
    last = _end(*found.group(6, 7, 8)) if found[8] else None
    if first is None or (found[8] and last is None) or bool(first.column) is not bool((last or first).column):
        return None
    if last is None and not first.column:
        return None  # a number
    return Reference(text, found[1] or "", first, last, found[5] or "", use, half)


def _end(column: str | None, fixed: str, row: str) -> End | None:
    letters = (column or "").removeprefix("$").upper()
    if int(row) > LAST_ROW or (letters and column_number(letters) > LAST_COLUMN):
        return None
    return End(column or "", bool(fixed), int(row))


@dataclass(frozen=True)
class Book:
    """How the rows of each sheet of a workbook have moved, by its title; the titles in order."""

    titles: Sequence[str]
    growths: Mapping[str, Sequence[Growth]]
    _maps: dict[str, RowMap] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        made = {title.casefold(): RowMap.of(blocks) for title, blocks in self.growths.items()}
        object.__setattr__(self, "_maps", made)

    @property
    def moves(self) -> bool:
        """Whether any row of any sheet stands elsewhere."""
        return any(rows.moves for rows in self._maps.values())

    def rows(self, title: str) -> RowMap:
        """Return how the rows of a sheet have moved."""
        return self._maps.get(title.casefold(), _UNMOVED)

    def across(self, sheets: str) -> list[RowMap]:
        """Return how the rows have moved on a sheet, or on all from one to another of ``first:last``."""
        start, colon, end = (title.casefold() for title in sheets.partition(":"))
        titles = [title.casefold() for title in self.titles]
        if not colon or start not in titles or end not in titles:
            return [self.rows(start)]
        low, high = sorted((titles.index(start), titles.index(end)))
        return [self.rows(title) for title in titles[low : high + 1]]


@dataclass(frozen=True, slots=True)
class View:
    """Where a reference stands: on a sheet, and if in a block, in which copy of it (from 0).

    ``where`` names the place for messages, after the sheet. ``closely`` is said of what belongs to its copy even where
    it writes ``$``: the source of a sparkline, the text of a shape. ``downwards`` tells that the row directly above a
    repeated row means the copy before, as when Excel copies a formula down; it does not in the target of a link.
    """

    book: Book
    sheet: str
    block: Growth | None = None
    copy: int = 0
    where: str = ""
    closely: bool = False
    downwards: bool = True

    @property
    def rows(self) -> RowMap:
        """How the rows of its own sheet have moved."""
        return self.book.rows(self.sheet)

    def within(self, area: str) -> Growth | None:
        """Return the block that holds all rows of an area of its sheet."""
        one = reference(area)
        ends = (one.first, one.last or one.first) if one else ()
        blocks = {self.rows.block(end.row) for end in ends}
        return blocks.pop() if len(blocks) == 1 else None

    def in_copy(self, block: Growth, copy: int) -> View:
        """Return the same view from inside a copy of a block."""
        return replace(self, block=block, copy=copy)

    def named(self, where: str) -> View:
        """Return the same view with a place for messages."""
        return replace(self, where=where)

    def trouble(self, what: str, remedy: str) -> TemplateError:
        """Return the error for something that cannot be moved."""
        return TemplateError(" › ".join(filter(None, (f"工作表“{self.sheet}”", self.where))), what, remedy)


def written(one: Reference, view: View) -> str:
    """Return a reference as it reads after the rows have moved, seen from a place.

    From inside a repeated block a row of the block without ``$`` is the copy's own; all other references to a block are
    seen as from outside: a range grows to all copies (``F$6:F6`` to those above), a cell becomes the range of its copies
    where its ``use`` takes one, and is the first copy elsewhere. Only the row directly above a block of one row, without
    ``$``, is in further copies the copy before (``N(C1)+B2`` becomes ``N(C2)+B3``: running totals, changes). A reference to rows that are gone becomes one to the
    last row that a sheet can have, where nothing stands: it counts as blank, and never as ``#REF!``.

    Raises:
        TemplateError: when no range says it, because single rows of a block of several are asked for, or because the
            sheets of a range of sheets have moved differently.
    """
    if not one.qualifier:
        return _in_one(one, view.rows, view) if view.rows.moves else one.text
    sheets = view.book.across(one.sheet)
    if not any(rows.moves for rows in sheets):
        return one.text
    texts = {_in_one(one, rows, view) for rows in sheets}
    if len(texts) > 1:
        raise view.trouble(f"引用“{one.text}”跨多张表，各表行数增长不同", "请分别写出每张表的引用")
    return texts.pop()


def _in_one(one: Reference, rows: RowMap, view: View) -> str:
    areas = [_area(one, run) for run in _runs(one, rows, view) or [(LAST_ROW, LAST_ROW)]]
    if len(areas) == 1:
        return areas[0]
    if one.use is not Use.LIST:
        remedy = "请改为引用整块的所有行，或者在块外先用 SUM 等逐项算出"
        raise view.trouble(f"“{one.text}”只取了重复块中的一部分行，块重复以后写不成一个区域", remedy)
    return f"({','.join(areas)})"


def _runs(one: Reference, rows: RowMap, view: View) -> Sequence[tuple[int, int]]:
    own = view.block if not one.sheet or one.sheet.casefold() == view.sheet.casefold() else None
    first, last = one.first, one.last
    if (last is None or one.half) and _precedes(first, own, view):
        before = rows.copies(own.first_row)[view.copy] - 1 if own and (view.copy or rows.copies(first.row)) else 0
        return [(before, before)] if before else []
    if one.half or (last is None and (one.use is Use.CELL or _follows(first, own, view))):
        copies = rows.copies(first.row)
        place = view.copy if _follows(first, own, view) else -1 if one.half > 0 else 0
        return [(copies[place], copies[place])] if copies else []
    top, bottom = sorted((first, last or first), key=lambda end: end.row)
    if one.use is Use.SPAN:
        return [rows.span(top.row, bottom.row)]
    if own and view.copy and (run := _run_before(top, bottom, own, view)):
        (start, only) = run
        return rows.runs(start, max(bottom.row, own.first_row), own, only)
    only = range(
        view.copy if _follows(top, own, view) else 0,
        (view.copy + 1) if _follows(bottom, own, view) else own.copies if own else 0,
    )
    return rows.runs(top.row, bottom.row, own, only)


def _follows(end: End, own: Growth | None, view: View) -> bool:
    """Tell whether an end goes along with the copy of the block in which it stands."""
    return own is not None and end.row in own and (view.closely or not end.fixed)


def _precedes(end: End, own: Growth | None, view: View) -> bool:
    """Tell whether an end is the row directly above a repeated row, and goes along as when a formula is copied down."""
    above = own is not None and own.height == 1 <= own.copies and end.row == own.first_row - 1
    return above and view.downwards and not (end.fixed or view.closely)


def _run_before(top: End, bottom: End, own: Growth, view: View) -> tuple[int, range] | None:
    """Return the first row of a range that begins or ends with the copy before, and which copies it takes.

    None where no end means the copy before, or the other end stands still without ``$``: then nobody can tell.
    """
    before, here = view.copy - 1, view.copy
    if _precedes(bottom, own, view) and _precedes(top, own, view):
        return own.first_row, range(before, here)
    if _precedes(bottom, own, view) and top.fixed:
        return top.row, range(here)
    if _precedes(top, own, view) and _follows(bottom, own, view):
        return own.first_row, range(before, here + 1)
    if _precedes(top, own, view) and bottom.fixed:
        at_once = bottom.row < own.first_row  # ``A5:A$5``: from the row above to the copy before
        return (bottom.row, range(here)) if at_once else (own.first_row, range(before, own.copies))
    return None


def _area(one: Reference, run: tuple[int, int]) -> str:
    """Return a reference with other rows, a range only where it was one or needs to be one."""
    first, last = one.first, one.last or one.first
    top, bottom = (first, last) if first.row <= last.row else (last, first)
    if one.last is None and run[0] == run[1]:
        return f"{one.qualifier}{first.at(run[0])}"
    upper = End(first.column, top.fixed, 0).at(run[0])
    lower = End(last.column, bottom.fixed, 0).at(run[1])
    return f"{one.qualifier}{upper}:{one.again}{lower}"


def stencilled(one: Reference, view: View) -> list[str | int] | None:
    """Return a reference as texts and rows: in every copy of the view's block it reads so, with its rows moved along.

    The rows are those of the first copy. None when it reads otherwise in each copy.
    """
    own = view.block if one.sheet.casefold() in ("", view.sheet.casefold()) else None
    top, bottom = sorted((one.first, one.last or one.first), key=lambda end: end.row)
    follow = [_follows(end, own, view) for end in (top, bottom)]
    if _precedes(top, own, view) or _precedes(bottom, own, view):
        return None
    if not any(follow):
        return [written(one, view)]
    if not all(follow) and (own is None or own.height > 1 or view.rows.block(bottom.row) not in (own, None)):
        return None
    upper, lower = End(one.first.column, top.fixed, 0), End((one.last or one.first).column, bottom.fixed, 0)
    first: list[str | int] = [one.qualifier + upper.opening, view.rows.moved(top.row)]
    if not follow[0]:
        first = [one.qualifier + upper.at(view.rows.moved(top.row))]
    if one.last is None:
        return first
    if follow[1]:
        return [*first, f":{one.again}{lower.opening}", view.rows.moved(bottom.row)]
    return [*first, f":{one.again}{lower.at(view.rows.last(bottom.row))}"]


def moved_areas(sqref: str, view: View) -> str:
    """Return a rule's list of areas, which blanks divide, after the rows have moved; all copies of repeated rows."""
    return " ".join(area for text in sqref.split() for area in _areas(text, view))


def _areas(text: str, view: View) -> list[str]:
    one = reference(text, Use.LIST)
    return [_area(one, run) for run in _runs(one, view.rows, view)] if one else [text]


def moved_span(area: str, view: View) -> str:
    """Return an area that can only be one, after the rows have moved."""
    one = reference(area, Use.SPAN)
    return written(one, view) if one else area


def moved_rectangle(area: str, view: View) -> str:
    """Return an area after the rows have moved: its own copy's if all of it is in the block it is seen from."""
    inside = view.block is not None and view.within(area) == view.block
    one = reference(area, Use.RANGE if inside else Use.SPAN)
    return written(one, view) if one else area


def moved_cell(address: str, view: View) -> str:
    """Return where a cell stands, the first time if its row is repeated; if it is gone, the cell that took its place."""
    one = reference(address)
    return one.first.at(view.rows.moved(one.first.row)) if one else address
