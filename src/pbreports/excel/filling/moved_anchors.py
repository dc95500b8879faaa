"""Drawings on a sheet: where pictures, shapes, charts, controls and notes are anchored to rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from xml.sax.saxutils import escape, unescape

from lxml import etree

from pbreports.excel.filling.formulas import Place, formula
from pbreports.excel.filling.references import View
from pbreports.excel.filling.relations import local
from pbreports.excel.filling.shift import Growth
from pbreports.excel.reader.address import column_letters


def move_drawing(root: etree._Element, view: View) -> None:
    """Set the anchors of a drawing part to their rows.

    What reaches over a block grows with it, if it is to change size with the cells. A picture or shape that lies in a
    block with all its corners is repeated with it.

    Raises:
        TemplateError: when a chart lies in a block that is repeated: its data would have to be repeated too.
    """
    numbers = _free_numbers(root)
    for anchor in [node for node in root.iter(etree.Element) if node.find("{*}from") is not None]:
        block = _block(anchor, view)
        if block is None or block.copies == 1 or anchor.getparent() is not root:
            move_anchor(anchor, view)
            continue
        if not block.copies:
            root.remove(anchor)
            continue
        if anchor.find("{*}graphicFrame") is not None:
            raise view.trouble(f"图表在第{block.first_row}行起的重复块里面，不能跟着重复", "请把图表移到重复块外面")
        _repeat(anchor, block, view, numbers)


def _free_numbers(root: etree._Element) -> Iterator[int]:
    taken = [int(node.get("id", "0")) for node in root.iter("{*}cNvPr")]
    number = max(taken, default=0)
    while True:
        number += 1
        yield number


def _repeat(anchor: etree._Element, block: Growth, view: View, numbers: Iterator[int]) -> None:
    others = [deepcopy(anchor) for _ in range(1, block.copies)]
    _shift(anchor, view, replace(view, block=block, closely=True))
    last = anchor
    for copy, other in enumerate(others, start=1):
        last.addnext(other)
        last = other
        for named in other.iter("{*}cNvPr"):
            named.set("id", str(next(numbers)))
        _shift(other, view, replace(view, block=block, copy=copy, closely=True))


def _block(anchor: etree._Element, view: View) -> Growth | None:
    """Return the block in which an anchor lies with both its corners."""
    start, end = anchor.find("{*}from"), anchor.find("{*}to")
    if start is None or end is None or anchor.get("editAs") == "absolute":
        return None
    block = view.rows.block(_row(start) + 1)
    return block if block and _last_row(end) in block else None


def _last_row(corner: etree._Element) -> int:
    """Return the row, from 1, that a lower corner reaches into: one at the upper edge of a row ends in that above."""
    return _row(corner) + (1 if int(corner.findtext("{*}rowOff") or "0") else 0)


def _row(corner: etree._Element) -> int:
    return int(corner.findtext("{*}row") or "0")


def _shift(anchor: etree._Element, outside: View, inside: View) -> None:
    """Set an anchor that lies in a block to a copy of it."""
    block = inside.block
    if block is None:
        return
    by = outside.rows.copies(block.first_row)[inside.copy] - block.first_row
    for corner in (anchor.find("{*}from"), anchor.find("{*}to")):
        if corner is not None:
            _set_row(corner, _row(corner) + by)
    move_links(anchor, inside)


def _set_row(corner: etree._Element, row: int) -> None:
    told = corner.find("{*}row")
    if told is not None:
        told.text = str(row)


def move_anchor(anchor: etree._Element, view: View) -> None:
    """Set the corners of an anchor to their rows, and what its shapes show to the cells where that stands now."""
    move_links(anchor, view)
    start, end = anchor.find("{*}from"), anchor.find("{*}to")
    if start is None or anchor.get("editAs") == "absolute":
        return
    row = _row(start)
    target = view.rows.moved(row + 1) - 1
    _set_row(start, target)
    if end is None:
        return
    if _sizes(anchor):
        _set_row(end, view.rows.last(_last_row(end)) - _last_row(end) + _row(end))
    else:
        _set_row(end, _row(end) + target - row)


def _sizes(anchor: etree._Element) -> bool:
    """Tell whether what is anchored changes size with the cells below it (a drawing's default, but not a control's)."""
    if local(anchor) == "anchor":
        return anchor.get("sizeWithCells") in ("1", "true")
    return anchor.get("editAs", "twoCell") == "twoCell"


def move_links(root: etree._Element, view: View) -> None:
    """Set what shapes show to the cells where it stands now: the text of one cell, the picture of several."""
    for shape in root.iter(etree.Element):
        for name, place in (("textlink", Place.CELL), ("cellRange", Place.SPAN)):
            if link := shape.get(name):
                shape.set(name, formula(link, place).at(view.named("图形")))


# ---------------------------------------------------------------- VML: notes and controls

_SHAPE = re.compile(r"<(\w+:)?shape\b[^>]*?(?<!/)>.*?</\1?shape\s*>", re.DOTALL)
_TOLD = r"(<(?:\w+:)?{}>)([^<]*)(?=<)"
_ANCHOR, _NOTE_ROW = re.compile(_TOLD.format("Anchor")), re.compile(_TOLD.format("Row"))
_NOTE_COLUMN = re.compile(_TOLD.format("Column"))
_LINK = re.compile(_TOLD.format("(Fmla(?:Link|Range|Group|Pict|Txbx))"))
_ID = re.compile(r'(\bid=")([^"]*)(")')


def moved_vml(text: str, view: View, threads: frozenset[str] = frozenset()) -> str:
    """Return a VML drawing with the anchors of notes and controls, and the cells of both, at their rows.

    A note in a block is repeated with it, unless it only stands for a thread (``threads``: the cells of those).
    It is text, not a tree: programs write VML that is no well-formed XML.
    """
    number = max((int(found) for found in re.findall(r'\bid="_x0000_s(\d+)"', text)), default=0)
    numbers = iter(range(number + 1, number + 1 + 1_048_576))
    return _SHAPE.sub(lambda found: "".join(_shapes(found[0], view, threads, numbers)), text)


def _shapes(shape: str, view: View, threads: frozenset[str], numbers: Iterator[int]) -> Iterator[str]:
    note, column = _NOTE_ROW.search(shape), _NOTE_COLUMN.search(shape)
    if note is None or column is None:
        yield _linked(_anchored(shape, view, None), view)
        return
    row = int(note[2]) + 1
    block = view.rows.block(row)
    once = block is None or f"{column_letters(int(column[2]) + 1)}{row}" in threads
    for copy, target in enumerate(view.rows.copies(row)[: 1 if once else None]):
        told = _NOTE_ROW.sub(rf"\g<1>{target - 1}", _anchored(shape, view, target - row))
        yield _ID.sub(lambda found: f"{found[1]}_x0000_s{next(numbers)}{found[3]}", told, count=1) if copy else told


def _anchored(shape: str, view: View, by: int | None) -> str:
    """Return a shape with its anchor so many rows below, or where its first row stands now."""

    def move(found: re.Match[str]) -> str:
        told = found[2].split(",")
        if len(told) != 8:
            return found[0]
        shift = view.rows.moved(int(told[2]) + 1) - 1 - int(told[2]) if by is None else by
        if not shift:
            return found[0]
        told[2], told[6] = (f" {int(told[place]) + shift}" for place in (2, 6))
        return found[1] + ",".join(told)

    return _ANCHOR.sub(move, shape)


def _linked(shape: str, view: View) -> str:
    def move(found: re.Match[str]) -> str:
        place = Place.RANGE if found[2].endswith("Range") else Place.CELL
        return found[1] + escape(formula(unescape(found[3]), place).at(view.named("控件")))

    return _LINK.sub(move, shape)
