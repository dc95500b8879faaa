"""Tags that shape tables: cell colours and spans, merged cells, loops over columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from pbreports.tags.display import shown
from pbreports.tags.problems import Place
from pbreports.tags.program import Fill
from pbreports.word.filling.content import Node, paragraphs_of
from pbreports.word.filling.finish import is_whole
from pbreports.word.filling.inline import written_plain
from pbreports.word.filling.markup import INLINE, PPR, TBL, TC, TCPR, nearest, remove, w
from pbreports.word.filling.registry import Registry
from pbreports.word.filling.retable import SAME, remade

_AFTER = {
    "gridSpan": ("hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign"),
    "vMerge": ("tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign"),
    "shd": ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign"),
}
"""What stands behind an element among a cell's properties (CT_TcPr, ECMA-376 part 1, 17.4.69)."""
_SAME = re.compile(r"\s*\|\s*合并相同\s*$")
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def shape_tables(nodes: dict[int, Node], registry: Registry) -> None:
    """Turn the tags that shape cells into the properties of their cells; tables that need it are remade when filled."""
    shaped: dict[Node, None] = {}
    for number, marked in list(registry.tags.items()):
        node = nodes.get(number)
        if node is None:
            continue
        act = _ACTS.get(marked.tag.keyword)
        if act is not None:
            _shape(number, node, act, nodes, shaped, registry)
        elif marked.tag.scope == "tc" and (table := nearest(node, TBL)) is not None:
            shaped[table] = None
        elif _SAME.search(marked.tag.body) and (cell := nearest(node, TC)) is not None:
            registry.tags[number] = replace(marked, tag=replace(marked.tag, body=_SAME.sub("", marked.tag.body)))
            _properties(cell).set(SAME, "1")
            shaped[_table(cell)] = None
    for table in shaped:
        if is_whole(table, registry):
            _remake(table, registry)


Act = Callable[[Node, str, Place, Registry], bool]
"""Gives a cell what a tag with these words, from this place, asks for; returns whether its table must be remade."""


def _shape(
    number: int, node: Node, act: Act, nodes: dict[int, Node], shaped: dict[Node, None], registry: Registry
) -> None:
    marked = registry.tags[number]
    cell = nearest(node, TC)
    argument = marked.tag.body.removeprefix(marked.tag.keyword).strip()
    remove(node)
    del nodes[number]
    del registry.tags[number]
    if cell is None:
        registry.tell("T-20", marked.place, f"“{marked.tag.keyword}”不在表格的单元格里", "请移到单元格里，或删去它")
    elif act(cell, argument, marked.place, registry):
        shaped[_table(cell)] = None


def _table(cell: Node) -> Node:
    table = nearest(cell, TBL)
    if table is None:
        raise ValueError("a cell without a table")
    return table


def _colour(cell: Node, argument: str, place: Place, registry: Registry) -> bool:
    shade = _property(cell, "shd")
    shade.attrib.clear()
    shade.set(w("val"), "clear")
    shade.set(w("color"), "auto")
    shade.set(w("fill"), _inline(argument, place, registry, _written_colour))
    return False


def _span(cell: Node, argument: str, place: Place, registry: Registry) -> bool:
    _property(cell, "gridSpan").set(w("val"), _inline(argument, place, registry, _written_count))
    return True


def _merge_across(cell: Node, _: str, place: Place, registry: Registry) -> bool:
    span = cell.find(f"{TCPR}/{w('gridSpan')}")
    own = span.get(w("val"), "1") if span is not None else "1"
    _property(cell, "gridSpan").set(w("val"), _inline(f"loop.length * {own}", place, registry, _written_count))
    cell.addprevious(registry.control("if loop.first", place))
    cell.addnext(registry.control("endif", place))
    return True


def _merge_down(cell: Node, _: str, place: Place, registry: Registry) -> bool:
    merged = "'restart' if loop.first else 'continue'"
    _property(cell, "vMerge").set(w("val"), _inline(merged, place, registry, written_plain))
    for paragraph in paragraphs_of(cell):
        start = 1 if len(paragraph) and paragraph[0].tag == PPR else 0
        paragraph.insert(start, registry.control("if loop.first", place))
        paragraph.append(registry.control("endif", place))
    return False


_ACTS: Mapping[str, Act] = {"cellbg": _colour, "colspan": _span, "hm": _merge_across, "vm": _merge_down}


def _inline(source: str, place: Place, registry: Registry, write: Callable[[object, Fill], str]) -> str:
    return f"{INLINE[0]}{registry.inline(source, place, write)}{INLINE[1]}"


def _written_colour(value: object, _: Fill) -> str:
    colour = str(shown(value)).strip().removeprefix("#")
    return colour if _COLOUR.fullmatch(colour) else "auto"


def _written_count(value: object, _: Fill) -> str:
    text = str(shown(value)).strip()
    return text if text.isdecimal() and int(text) > 0 else "1"


def _properties(cell: Node) -> Node:
    found = cell.find(TCPR)
    if found is None:
        found = etree.Element(TCPR)
        cell.insert(0, found)
    return found


def _property(cell: Node, name: str) -> Node:
    """Return one of a cell's properties, made in its place if it was not there."""
    properties = _properties(cell)
    found = properties.find(w(name))
    if found is not None:
        return found
    made = etree.Element(w(name))
    behind = next((one for one in properties if one.tag in {w(each) for each in _AFTER[name]}), None)
    if behind is None:
        properties.append(made)
    else:
        behind.addprevious(made)
    return made


def _remake(table: Node, registry: Registry) -> None:
    """Have a table caught, and its grid and merged cells made from the rows that there are."""
    namespaces = table.getroottree().getroot().nsmap
    registry.capture_around(table, remade(namespaces))
