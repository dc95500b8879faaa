"""Where the paragraphs of a part stand, as staff look for them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pbreports.tags.problems import Place
from pbreports.word.filling.content import Node, cells_of
from pbreports.word.filling.markup import BOX, FALLBACK, PPR, TBL, TC, TR, P, nearest, own_text, w

_NAMED_HEADINGS = ("heading", "附件标题", "标题")


def heading_styles(styles: etree._Element | None) -> frozenset[str]:
    """Return the ids of the styles that make headings: those called so, and those with an outline level."""
    if styles is None:
        return frozenset()
    return frozenset(style.get(w("styleId"), "") for style in styles.iter(w("style")) if _is_heading(style))


def _is_heading(style: Node) -> bool:
    name = style.find(w("name"))
    called = (name.get(w("val")) or "").casefold() if name is not None else ""
    return called.startswith(_NAMED_HEADINGS) or style.find(f"{PPR}/{w('outlineLvl')}") is not None


@dataclass(frozen=True)
class Places:
    """The places of all paragraphs of a part, by paragraph."""

    part: str
    _places: dict[Node, Place]

    def of(self, node: Node) -> Place:
        """Return the place of a paragraph, or of the one around or before a node."""
        paragraph = node if node.tag == P else nearest(node, P)
        return self._places.get(paragraph, Place(self.part)) if paragraph is not None else Place(self.part)


def places_of(root: Node, part: str, headings: frozenset[str]) -> Places:
    """Return the places in a part; ``part`` is what staff call it, empty for the body."""
    places: dict[Node, Place] = {}
    heading = ""
    number = 0
    tables = {table: count for count, table in enumerate(_outer_tables(root), 1)}
    for paragraph in root.iter(P):
        if nearest(paragraph, FALLBACK) is not None:
            continue
        text = own_text(paragraph)
        number += nearest(paragraph, TBL) is None and nearest(paragraph, BOX) is None
        places[paragraph] = Place(part, heading, _spot(paragraph, number, tables), text)
        if _style(paragraph) in headings and text.strip():
            heading = text
    return Places(part, places)


def _outer_tables(root: Node) -> list[Node]:
    return [table for table in root.iter(TBL) if nearest(table, TBL) is None]


def _style(paragraph: Node) -> str:
    style = paragraph.find(f"{PPR}/{w('pStyle')}")
    return style.get(w("val"), "") if style is not None else ""


def _spot(paragraph: Node, number: int, tables: dict[Node, int]) -> str:
    """Return the cell or the number of a paragraph; a table in a table is told with the outer one's cell."""
    box = "文本框" if nearest(paragraph, BOX) is not None else ""
    cells: list[str] = []
    cell = nearest(paragraph, TC)
    while cell is not None:
        table = nearest(cell, TBL)
        cells.insert(0, _cell_spot(cell, tables.get(table, 0) if table is not None else 0))
        cell = nearest(table, TC) if table is not None else None
    return "".join([*cells, box]) or f"第{number}段"


def _cell_spot(cell: Node, table: int) -> str:
    row = nearest(cell, TR)
    if row is None or (around := nearest(row, TBL)) is None:
        return ""
    rows = [one for one in around.iter(TR) if nearest(one, TBL) is around]
    which = f"第{table}个表格" if table else "里面的表格"
    return f"{which}第{rows.index(row) + 1}行第{cells_of(row).index(cell) + 1}列"
