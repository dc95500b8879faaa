"""A workbook's package after blocks of its rows have been repeated: every reference to rows, everywhere, moved and grown.

``moved(parts, growths)`` gives all parts anew. What the filler of a list writes itself (the block's own rows) it may take
out of ``sheetData`` before and put in after: rows that are not there are not missed, everything else moves all the same.
For single pieces: ``RowMap`` (shift.py) tells where rows stand, ``formula(text).at(view)`` (formulas.py) how a formula
reads from a copy of a block, ``move_row`` (moved_rows.py) sets a row with its cells.

Left as they are: references to whole columns, to tables by name and to other workbooks. Nobody can move the text in
``INDIRECT("B6")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from lxml import etree

from pbreports.excel.filling.moved_anchors import move_drawing, moved_vml
from pbreports.excel.filling.moved_book import move_book, move_pivot_source, named_areas, without_calculation_order
from pbreports.excel.filling.moved_charts import Known, move_chart
from pbreports.excel.filling.moved_parts import (
    move_control,
    move_notes,
    move_pivot,
    move_single_cells,
    move_table,
    move_threads,
    threaded_cells,
)
from pbreports.excel.filling.moved_sheet import move_sheet
from pbreports.excel.filling.references import Book, View
from pbreports.excel.filling.relations import Parts, SheetPart, book_part, local, relations, sheet_parts
from pbreports.excel.filling.shift import Growth
from pbreports.ooxml.markup import parse_xml, serialize

Seen = TypeVar("Seen")
Node = etree._Element  # noqa: SLF001 - the type has no public name
Mover = Callable[[Node, View], object]


def moved(parts: Parts, growths: Mapping[str, Sequence[Growth]], known: Known | None = None) -> dict[str, bytes]:
    """Return the parts of a workbook after blocks of rows have been repeated; a part that says nothing of rows is the same.

    ``growths`` are the blocks by sheet title. ``known`` gives the values of the result's cells, for what charts remember;
    without it they remember nothing of sheets with a block. Formulas lose their results, and the workbook asks to be
    computed when it is opened.

    Raises:
        TemplateError: when something cannot be moved soundly; it names the sheet, the place and the remedy.
    """
    sheets = sheet_parts(parts)
    book = Book(tuple(sheet.title for sheet in sheets), growths)
    made = without_calculation_order(parts)
    main = book_part(parts)
    _pivot_sources(parts, made, book, main, sheets)
    made[main] = _changed(parts, main, book, move_book)
    for sheet in sheets:
        view = View(book, sheet.title)
        made[sheet.part] = _changed(parts, sheet.part, view, _move_page)
        made |= _belongings(parts, sheet.part, view, known)
    return made


def _changed(parts: Parts, part: str, seen: Seen, change: Callable[[Node, Seen], object]) -> bytes:
    """Return a part after a change to its tree, byte for byte the same if nothing changed."""
    root = parse_xml(parts[part], part)
    before = etree.tostring(root)
    change(root, seen)
    return parts[part] if etree.tostring(root) == before else serialize(root)


def _move_page(root: etree._Element, view: View) -> None:
    if local(root) == "worksheet":
        move_sheet(root, view)


# ---------------------------------------------------------------- what belongs to a sheet


def _belongings(parts: Parts, sheet: str, view: View, known: Known | None) -> dict[str, bytes]:
    """Return the parts that a sheet's links lead to, moved."""
    made: dict[str, bytes] = {}
    links = tuple(relations(parts, sheet))
    threads = frozenset(cell for link in links if link.kind == "comments" for cell in threaded_cells(parts, link.part))
    for link in links:
        if link.kind == "vmlDrawing":
            text = parts[link.part].decode(errors="surrogateescape")
            made[link.part] = moved_vml(text, view, threads).encode(errors="surrogateescape")
        elif mover := _MOVERS.get(link.kind):
            made[link.part] = _changed(parts, link.part, view, mover)
        if link.kind == "drawing":
            made |= dict(_charts(parts, link.part, view, known))
    return made


_MOVERS: Mapping[str, Mover] = {
    "comments": move_notes,
    "drawing": move_drawing,
    "table": move_table,
    "threadedComment": move_threads,
    "ctrlProp": move_control,
    "pivotTable": move_pivot,
    "tableSingleCells": move_single_cells,
}


def _charts(parts: Parts, drawing: str, view: View, known: Known | None) -> Iterator[tuple[str, bytes]]:
    seen = view.named("图表")
    for link in relations(parts, drawing):
        if link.kind in ("chart", "chartEx"):
            yield link.part, _changed(parts, link.part, seen, lambda root, view: move_chart(root, view, known))


# ---------------------------------------------------------------- pivot tables' sources


def _pivot_sources(parts: Parts, made: dict[str, bytes], book: Book, main: str, sheets: Sequence[SheetPart]) -> None:
    sources = [link.part for link in relations(parts, main) if link.kind == "pivotCacheDefinition"]
    if sources:
        named = {**dict(named_areas(parse_xml(parts[main], main))), **dict(_tables(parts, sheets))}
        for part in sources:
            made[part] = _changed(parts, part, book, lambda root, book: move_pivot_source(root, book, named))


def _tables(parts: Parts, sheets: Sequence[SheetPart]) -> Iterator[tuple[str, tuple[str, str]]]:
    for sheet in sheets:
        for link in relations(parts, sheet.part):
            if link.kind == "table":
                root = parse_xml(parts[link.part], link.part)
                yield root.get("displayName", "").casefold(), (sheet.title, root.get("ref", ""))
