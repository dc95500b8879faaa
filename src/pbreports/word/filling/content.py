"""What an element holds besides control tags: whether it would be missed, and what stands first and last in it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pbreports.word.filling.markup import (
    BOOKMARKS,
    BOX,
    PPR,
    RPR,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    P,
    R,
    T,
    nearest,
    number_of,
    remove,
    w,
)

_FRAME = (
    frozenset(
        {P, R, TBL, TR, TC, w("hyperlink"), w("smartTag"), w("sdt"), w("sdtContent"), w("fldSimple"), w("tblGrid")}
    )
    | BOOKMARKS
)
"""Elements that are nothing by themselves."""
_PROPERTIES = frozenset({PPR, RPR, TRPR, TCPR, w("tblPr"), w("tblPrEx"), w("sdtPr"), w("sdtEndPr"), w("smartTagPr")})
_BETWEEN = frozenset({TC, TR, TBL, BOX})
Node = etree._Element  # noqa: SLF001 - lxml has no public name for it


def things(element: Node) -> Iterator[Node]:
    """Yield, in order, what an element holds: places of tags, and whatever would be seen on paper."""
    if element.tag == P and element.find(f"{PPR}/{w('sectPr')}") is not None:
        yield element
    yield from _things(element)


def _things(element: Node) -> Iterator[Node]:
    for child in element:
        if number_of(child) is not None:
            yield child
        elif child.tag in _PROPERTIES or (child.tag == T and not (child.text or "").strip()):
            continue
        elif child.tag in _FRAME:
            yield from _things(child)
        elif isinstance(child.tag, str):
            yield child


def numbers(found: Iterator[Node] | list[Node]) -> list[int]:
    """Return the numbers of the tags among things."""
    return [number for one in found if (number := number_of(one)) is not None]


def holds_only(element: Node, wanted: frozenset[int] | set[int]) -> bool:
    """Return whether an element holds nothing but tags of these numbers, and one of them at least."""
    found = list(things(element))
    return bool(found) and all(number_of(one) in wanted for one in found)


def paragraph_of(node: Node) -> Node | None:
    """Return the paragraph that a node stands in; none when it stands between the paragraphs of a cell or a text box."""
    for around in node.iterancestors():
        if around.tag == P:
            return around
        if around.tag in _BETWEEN:
            return None
    return None


def cells_of(row: Node) -> list[Node]:
    """Return the cells of a row itself."""
    return [cell for cell in row.iter(TC) if nearest(cell, TR) is row]


def paragraphs_of(cell: Node) -> list[Node]:
    """Return the paragraphs of a cell itself, none of tables inside it."""
    return [paragraph for paragraph in cell.iter(P) if nearest(paragraph, TC) is cell]


def append(paragraph: Node, following: Node) -> None:
    """Put what a paragraph holds at the end of the one before it, whose look both then have."""
    paragraph.extend([child for child in following if child.tag != PPR])
    remove(following)
