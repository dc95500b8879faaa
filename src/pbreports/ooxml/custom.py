"""Custom document properties (ECMA-376 part 1, 15.2.12.2): small facts that travel with a file, unseen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml, serialize

_PART = "docProps/custom.xml"
_TYPES, _LINKS = "[Content_Types].xml", "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one set of properties that office programs show
_NAMES: dict[str, str] = {None: _PROPERTIES, "vt": _VALUES}  # type: ignore[dict-item]  # lxml names the default so
_FIRST = 2  # numbers below are kept by the format


def with_custom(parts: Mapping[str, bytes], wanted: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the parts of a package with custom properties set to these texts; others stay."""
    if not wanted:
        return parts
    known = parts.get(_PART, b"")
    grown = {**parts, _PART: _grown(known, tuple(wanted.items()))}
    return grown if known else grown | {_TYPES: _typed(parts[_TYPES]), _LINKS: _related(parts[_LINKS])}


@lru_cache(maxsize=16)  # all papers of one run and template say the same here
def _grown(known: bytes, wanted: tuple[tuple[str, str], ...]) -> bytes:
    """Return the part of custom properties, or a new one, with these texts set."""
    root = parse_xml(known, _PART) if known else etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=_NAMES)
    for name, text in wanted:
        _set(root, name, text)
    return serialize(root)


def _set(root: etree._Element, name: str, text: str) -> None:
    found = next((one for one in root if one.get("name") == name), None)
    if found is None:
        number = max([_FIRST - 1, *(int(one.get("pid", "0")) for one in root)]) + 1
        found = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
    for old in list(found):
        found.remove(old)
    etree.SubElement(found, f"{{{_VALUES}}}lpwstr").text = text


@lru_cache(maxsize=16)
def _typed(data: bytes) -> bytes:
    """Return the list of types with the new part's."""
    types = parse_xml(data, _TYPES)
    if not any(one.get("PartName") == f"/{_PART}" for one in types):
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{_PART}", ContentType=_TYPE)
    return serialize(types)


@lru_cache(maxsize=16)
def _related(data: bytes) -> bytes:
    """Return the package's relationships with the one that leads to the new part."""
    links = parse_xml(data, _LINKS)
    if not any(one.get("Type") == _KIND for one in links):
        taken = {one.get("Id") for one in links}
        free = next(name for number in range(1, len(taken) + 2) if (name := f"rIdCustom{number}") not in taken)
        etree.SubElement(links, f"{{{RELATIONSHIPS}}}Relationship", Id=free, Type=_KIND, Target=_PART)
    return serialize(links)
