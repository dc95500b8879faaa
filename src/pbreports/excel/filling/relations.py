"""What the parts of a workbook's package are to each other (ECMA-376 part 2, clause 9)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from pbreports.ooxml.markup import parse_xml

Parts = Mapping[str, bytes]


class Relation(NamedTuple):
    """One part's link to another: its id, the last word of its type, and the part."""

    key: str
    kind: str
    part: str


class SheetPart(NamedTuple):
    """A sheet's title and its part."""

    title: str
    part: str


def local(node: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


def links_of(part: str) -> str:
    """Return the name of the part that holds another's links."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relations(parts: Parts, part: str) -> Iterator[Relation]:
    """Yield the links of a part (empty for the package's own) to parts that are there."""
    data = parts.get(links_of(part))
    for link in parse_xml(data, links_of(part)) if data else ():
        if link.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target", "")))[1:]
            if target in parts:
                yield Relation(link.get("Id", ""), link.get("Type", "").rpartition("/")[2], target)


def book_part(parts: Parts) -> str:
    """Return the name of the part that is the workbook itself."""
    return next((one.part for one in relations(parts, "") if one.kind == "officeDocument"), "xl/workbook.xml")


def sheet_parts(parts: Parts) -> tuple[SheetPart, ...]:
    """Return the sheets of a workbook in their order."""
    book = book_part(parts)
    targets = {one.key: one.part for one in relations(parts, book)}
    found = []
    for sheet in parse_xml(parts[book], book).iter("{*}sheet"):
        key = next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), "")
        if key in targets:
            found.append(SheetPart(sheet.get("name", ""), targets[key]))
    return tuple(found)
