"""The names of WordprocessingML that the filling engine looks at, and small questions to its trees."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TARGET = "pb"
"""The target of the processing instructions that hold the place of a tag: ``<?pb 12?>``."""
INLINE = ("\ufdd0", "\ufdd1")
"""Between these, which are no characters of any script, stands the number of a tag within an attribute or a text."""


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
PPR, RPR, TRPR, TCPR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
BOX = w("txbxContent")
FALLBACK = f"{{{MC}}}Fallback"
CONTAINERS = frozenset({TC, BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"), w("comment")})
"""What must hold a paragraph, and end with one."""
SIGNS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
"""Elements of a run that stand for a sign of text."""
_DECLARATION = re.compile(r' xmlns(?::([^=]+))?="([^"]*)"')
BOOKMARKS = frozenset({w("bookmarkStart"), w("bookmarkEnd")})


def mark(number: int) -> etree._ProcessingInstruction:
    """Return the node that holds the place of a tag."""
    return etree.ProcessingInstruction(TARGET, str(number))


def number_of(node: etree._Element) -> int | None:
    """Return the number of the tag whose place a node holds; ``None`` for every other node."""
    if isinstance(node, etree._ProcessingInstruction) and node.target == TARGET:  # noqa: SLF001 - it has no other name
        return int(node.text or "")
    return None


def marks_in(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the nodes below an element that hold places of tags, in order."""
    for node in element.iter(etree.ProcessingInstruction):
        if number_of(node) is not None:
            yield node


def nearest(node: etree._Element, tag: str) -> etree._Element | None:
    """Return the nearest element of a name around a node."""
    return next(node.iterancestors(tag), None)


def is_own(node: etree._Element, paragraph: etree._Element) -> bool:
    """Return whether a node belongs to a paragraph itself, not to one in a text box inside it."""
    return nearest(node, P) is paragraph


def serialized(element: etree._Element | None) -> str:
    """Return an element as markup without the namespaces that its part's root declares; empty for none."""
    if element is None:
        return ""
    declared = element.getroottree().getroot().nsmap
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return _DECLARATION.sub(lambda found: "" if declared.get(found[1]) == found[2] else found[0], text)


def remove(node: etree._Element) -> None:
    """Take a node out of its tree; what is written behind it stays."""
    parent = node.getparent()
    if parent is None:
        raise ValueError("the root cannot be removed")
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def own_text(paragraph: etree._Element) -> str:
    """Return the text of a paragraph itself, tabs and breaks as signs."""
    return "".join(text_of_unit(unit) for unit in text_units(paragraph))


def text_units(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of a paragraph that hold its own text, in order."""
    for element in paragraph.iter(T, *SIGNS):
        if is_own(element, paragraph) and element.getparent().tag == R:  # type: ignore[union-attr]
            yield element


def text_of_unit(unit: etree._Element) -> str:
    """Return the text of an element that holds text."""
    return unit.text or "" if unit.tag == T else SIGNS[str(unit.tag)]
