"""Writes a copy of a Word template in which the spelling of tags is mended where that is safe."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.respell import respelt, respelt_attributes
from pbreports.ooxml.write import pack, unpack
from pbreports.tags.mending import mended
from pbreports.word.filling.markup import P, T, nearest, w

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWN_PARAGRAPH, _DRAWN_TEXT = f"{{{_DRAWING}}}p", f"{{{_DRAWING}}}t"
_BREAKS = frozenset({w("br"), w("cr"), w("tab"), w("drawing"), w("pict")})
_SIGNS = (b"{", "｛".encode(), b"&#")  # the last begins a sign written by its number


def mended_document(data: bytes) -> tuple[bytes, int]:
    """Return a Word template with its tags in proper spelling, and how many were mended.

    Everything else in the file stays; without anything to mend it is the same file.
    """
    parts = dict(unpack(data))
    count = 0
    for name in [name for name in parts if name.startswith("word/") and name.endswith(".xml")]:
        if any(sign in parts[name] for sign in _SIGNS):
            root = parse_xml(parts[name], name)
            changed = respelt(_texts(root), mended) + respelt_attributes(
                root.iter("{*}docPr"), ("descr", "title"), mended
            )
            if changed:
                parts[name] = serialize(root)
                count += changed
    return (pack(parts), count) if count else (data, 0)


def _texts(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the elements over which the texts of a part are spread, none across a line break."""
    for paragraph in root.iter(P):
        group: list[etree._Element] = []
        for element in paragraph.iter(T, *_BREAKS):
            if nearest(element, P) is not paragraph:
                continue
            if element.tag == T:
                group.append(element)
            else:
                yield group
                group = []
        yield group
    for paragraph in root.iter(_DRAWN_PARAGRAPH):
        yield list(paragraph.iter(_DRAWN_TEXT))
