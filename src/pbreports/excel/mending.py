"""Writes a copy of an Excel template in which the spelling of tags is mended where that is safe."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pbreports.ooxml.markup import SPREADSHEET, parse_xml, serialize
from pbreports.ooxml.respell import respelt, respelt_attributes
from pbreports.ooxml.write import pack, unpack
from pbreports.tags.mending import mended

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PHONETIC = f"{{{SPREADSHEET}}}rPh"
_TEXT = f"{{{SPREADSHEET}}}t"
_STRINGS = tuple(f"{{{SPREADSHEET}}}{name}" for name in ("si", "is", "text"))
_HEADINGS = tuple(
    f"{{{SPREADSHEET}}}{side}{part}" for side in ("odd", "even", "first") for part in ("Header", "Footer")
)
_SIGNS = (b"{", "｛".encode(), b"&#")  # the last begins a sign written by its number


def mended_workbook(data: bytes) -> tuple[bytes, int]:
    """Return an Excel template with its tags in proper spelling, and how many were mended.

    Everything else in the file stays; without anything to mend it is the same file.
    """
    parts = dict(unpack(data))
    count = 0
    for name in [name for name in parts if name.startswith("xl/") and name.endswith(".xml")]:
        if any(sign in parts[name] for sign in _SIGNS):
            root = parse_xml(parts[name], name)
            changed = respelt(_texts(root), mended) + respelt_attributes(root.iter("{*}cNvPr"), ("descr",), mended)
            if changed:
                parts[name] = serialize(root)
                count += changed
    return (pack(parts), count) if count else (data, 0)


def _texts(root: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the elements over which the texts of a part are spread: of cells, notes, headings, shapes and charts."""
    for string in root.iter(*_STRINGS):
        yield [text for text in string.iter(_TEXT) if next(text.iterancestors(_PHONETIC), None) is None]
    for heading in root.iter(*_HEADINGS):
        yield [heading]
    for paragraph in root.iter(f"{{{_DRAWING}}}p"):
        yield list(paragraph.iter(f"{{{_DRAWING}}}t"))
