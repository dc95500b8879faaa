"""Attaches parts to the parts of a package that refer to them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml, serialize
from pbreports.ooxml.package import relationships_of, resolve

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"


def attached(parts: dict[str, bytes], owner: str, kind: str, part: str, content_type: str) -> str:
    """Return the id of a new relationship of ``kind`` from an owner to a part, whose content type is declared too."""
    name = relationships_of(owner)
    root = parse_xml(parts[name], name) if name in parts else etree.Element(f"{{{RELATIONSHIPS}}}Relationships")
    taken = {one.get("Id") for one in root}
    free = next(each for number in range(1, len(taken) + 2) if (each := f"rIdPb{number}") not in taken)
    target = posixpath.relpath(part, posixpath.dirname(owner))
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=free, Type=f"{OFFICE}/{kind}", Target=target)
    parts[name] = serialize(root)
    _declare(parts, part, content_type)
    return free


def related(parts: dict[str, bytes], owner: str, kind: str) -> str:
    """Return the part to which a relationship of ``kind`` leads from an owner, empty when there is none."""
    return next((part for found, part in _relations(parts, owner) if found == kind and part in parts), "")


def free_part(parts: dict[str, bytes], wanted: str) -> str:
    """Return a name that no part has: the one wanted, else with a number behind it."""
    stem, suffix = posixpath.splitext(wanted)
    return next(name for number in range(len(parts) + 1) if (name := f"{stem}{number or ''}{suffix}") not in parts)


def _relations(parts: dict[str, bytes], owner: str) -> Iterator[tuple[str, str]]:
    name = relationships_of(owner)
    for one in parse_xml(parts[name], name) if name in parts else ():
        if one.get("TargetMode") != "External":
            yield one.get("Type", "").rpartition("/")[2], resolve(owner, one.get("Target", ""))


def _declare(parts: dict[str, bytes], part: str, content_type: str) -> None:
    types = parse_xml(parts[_TYPES], _TYPES)
    if not any(one.get("PartName") == f"/{part}" for one in types):
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)
        parts[_TYPES] = serialize(types)
