"""A workbook's package after blocks of its rows have been repeated: every reference to rows, everywhere, moved and grown.

``moved(parts, steps)`` gives all parts anew. What the filler of a list writes itself (the block's own rows) it may take
out of ``sheetData`` before and put in after: rows that are not there are not missed, everything else moves all the same.
For single pieces: ``RowMap`` (shift.py) tells where rows stand, ``formula(text).at(view)`` (formulas.py) how a formula
reads from a copy of a block, ``move_row`` (moved_rows.py) sets a row with its cells.

Left as they are: references to whole columns, to tables by name and to other workbooks. Nobody can move the text in
``INDIRECT("B6")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from pbreports.excel.filling.moved_anchors import move_drawing, move_links, moved_vml
from pbreports.excel.filling.moved_book import (
    Named,
    move_book,
    move_named,
    move_pivot_source,
    named_areas,
    without_calculation_order,
)
from pbreports.excel.filling.moved_charts import Known, move_chart, remember
from pbreports.excel.filling.moved_parts import (
    move_control,
    move_notes,
    move_pivot,
    move_single_cells,
    move_table,
    move_threads,
    threaded,
)
from pbreports.excel.filling.moved_sheet import move_sheet
from pbreports.excel.filling.references import Book, View
from pbreports.excel.filling.relations import Parts, Relation, SheetPart, book_part, local, relations, sheet_parts
from pbreports.excel.filling.shift import Growth
from pbreports.ooxml.markup import parse_xml, serialize

Step = Mapping[str, Sequence[Growth]]
"""Blocks that grow at once, by sheet title."""

Node = etree._Element  # noqa: SLF001 - the type has no public name
Seen = TypeVar("Seen")
Mover = Callable[[Node, View], object]


def moved(parts: Parts, steps: Sequence[Step], known: Known | None = None) -> dict[str, bytes]:
    """Return the parts of a workbook after blocks of rows have been repeated; a part that says nothing of rows is the same.

    The rows of each of the ``steps`` are counted as the one before has left them, so that blocks in blocks are grown
    from outer to inner. ``known`` gives the values of the result's cells, for what charts remember; without it they
    remember nothing of sheets with a block. Formulas lose their results, and the workbook asks to be computed when it is
    opened.

    Raises:
        TemplateError: when something cannot be moved soundly; it names the sheet, the place and the remedy.
    """
    sheets = sheet_parts(parts)
    titles = tuple(sheet.title for sheet in sheets)
    all_books = [Book(titles, step) for step in steps]
    books = [book for book in all_books if book.moves] or [Book(titles, {})]
    main = book_part(parts)
    made = without_calculation_order(parts)
    made |= _pivot_sources(parts, all_books, main, sheets)
    made[main] = _Tree.of(parts, main).through(move_book, books).told()
    grown = frozenset(title.casefold() for step in steps for title in step)
    for sheet in sheets:
        views = [View(book, sheet.title) for book in books]
        made[sheet.part] = _Tree.of(parts, sheet.part).through(_move_page, views).told()
        made |= _belongings(parts, sheet.part, views)
        for part, tree in _charts(parts, sheet.part, views):
            remember(tree.root, grown, known)
            made[part] = tree.told()
            made |= _drawn_on(parts, part, views)
    return made


@dataclass(frozen=True, slots=True)
class _Tree:
    """A part as a tree, and as it was, so that it stays byte for byte the same if nothing in it changes."""

    data: bytes
    root: Node
    before: bytes

    @classmethod
    def of(cls, parts: Parts, part: str) -> _Tree:
        root = parse_xml(parts[part], part)
        return cls(parts[part], root, etree.tostring(root))

    def through(self, mover: Callable[[Node, Seen], object], views: Iterable[Seen]) -> _Tree:
        for view in views:
            mover(self.root, view)
        return self

    def told(self) -> bytes:
        return self.data if etree.tostring(self.root) == self.before else serialize(self.root)


def _move_page(root: Node, view: View) -> None:
    if local(root) == "worksheet":  # not a sheet that is a chart or a dialog
        move_sheet(root, view)


# ---------------------------------------------------------------- what belongs to a sheet


def _belongings(parts: Parts, sheet: str, views: Sequence[View]) -> dict[str, bytes]:
    """Return the parts that a sheet's links lead to, moved."""
    links = tuple(relations(parts, sheet))
    made = _with_notes(parts, links, views)
    for link in links:
        if mover := _MOVERS.get(link.kind):
            made[link.part] = _Tree.of(parts, link.part).through(mover, views).told()
    return made


_MOVERS: Mapping[str, Mover] = {
    "drawing": move_drawing,
    "table": move_table,
    "threadedComment": move_threads,
    "ctrlProp": move_control,
    "pivotTable": move_pivot,
    "tableSingleCells": move_single_cells,
}


def _with_notes(parts: Parts, links: Sequence[Relation], views: Sequence[View]) -> dict[str, bytes]:
    """Return a sheet's notes and the drawings in which they, and its controls, are shown."""
    notes = {link.part: _Tree.of(parts, link.part) for link in links if link.kind == "comments"}
    drawn = {link.part: _text(parts[link.part]) for link in links if link.kind == "vmlDrawing"}
    for view in views:
        threads = frozenset[str]().union(*(threaded(tree.root) for tree in notes.values()))
        drawn = {part: moved_vml(text, view, threads) for part, text in drawn.items()}
        for tree in notes.values():
            move_notes(tree.root, view)
    made = {part: text.encode(errors="surrogateescape") for part, text in drawn.items()}
    return made | {part: tree.told() for part, tree in notes.items()}


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _charts(parts: Parts, sheet: str, views: Sequence[View]) -> Iterator[tuple[str, _Tree]]:
    for drawing in relations(parts, sheet):
        for link in relations(parts, drawing.part) if drawing.kind == "drawing" else ():
            if link.kind in ("chart", "chartEx"):
                yield link.part, _Tree.of(parts, link.part).through(move_chart, views)


def _drawn_on(parts: Parts, chart: str, views: Sequence[View]) -> Iterator[tuple[str, bytes]]:
    for link in relations(parts, chart):
        if link.kind == "chartUserShapes":
            yield link.part, _Tree.of(parts, link.part).through(move_links, views).told()


# ---------------------------------------------------------------- pivot tables' sources


def _pivot_sources(
    parts: Parts, books: Sequence[Book], main: str, sheets: Sequence[SheetPart]
) -> Iterator[tuple[str, bytes]]:
    sources = [link.part for link in relations(parts, main) if link.kind == "pivotCacheDefinition"]
    if not sources:
        return
    named: list[Named] = [{**dict(named_areas(parse_xml(parts[main], main))), **dict(_tables(parts, sheets))}]
    for book in books:
        named.append(move_named(named[-1], book))
    for part in sources:
        tree = _Tree.of(parts, part)
        for book, areas in zip(books, named, strict=False):
            move_pivot_source(tree.root, book, areas)
        yield part, tree.told()


def _tables(parts: Parts, sheets: Sequence[SheetPart]) -> Iterator[tuple[str, tuple[str, str]]]:
    for sheet in sheets:
        for link in relations(parts, sheet.part):
            if link.kind == "table":
                root = parse_xml(parts[link.part], link.part)
                yield root.get("displayName", "").casefold(), (sheet.title, root.get("ref", ""))
