"""Custom document properties (ECMA-376 part 1, 15.2.12.2): small facts that travel with a file, unseen."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml, serialize

_PART = "docProps/custom.xml"
_TYPES, _LINKS = "[Content_Types].xml", "_rels/.rels"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one set of properties that office programs show
_FIRST = 2  # numbers below are kept by the format


def with_custom(parts: Mapping[str, bytes], wanted: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the parts of a package with custom properties set to these texts; others stay."""
    if not wanted:
        return parts
    known = parts.get(_PART)
    root = parse_xml(known, _PART) if known else etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=_NAMES)
    for name, text in wanted.items():
        _set(root, name, text)
    grown = {**parts, _PART: serialize(root)}
    return grown if known else _declared(grown)


_NAMES: dict[str, str] = {None: _PROPERTIES, "vt": _VALUES}  # type: ignore[dict-item]  # lxml names the default so


def _set(root: etree._Element, name: str, text: str) -> None:
    found = next((one for one in root if one.get("name") == name), None)
    if found is None:
        number = max([_FIRST - 1, *(int(one.get("pid", "0")) for one in root)]) + 1
        found = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
    for old in list(found):
        found.remove(old)
    etree.SubElement(found, f"{{{_VALUES}}}lpwstr").text = text


def _declared(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the parts with the new part's type and the relationship that leads to it."""
    types = parse_xml(parts[_TYPES], _TYPES)
    if not any(one.get("PartName") == f"/{_PART}" for one in types):
        etree.SubElement(types, f"{{{CONTENT_TYPES}}}Override", PartName=f"/{_PART}", ContentType=_TYPE)
    links = parse_xml(parts[_LINKS], _LINKS)
    if not any(one.get("Type") == _KIND for one in links):
        taken = {one.get("Id") for one in links}
        free = next(name for number in range(1, len(taken) + 2) if (name := f"rIdCustom{number}") not in taken)
        etree.SubElement(links, f"{{{RELATIONSHIPS}}}Relationship", Id=free, Type=_KIND, Target=_PART)
    return {**parts, _TYPES: serialize(types), _LINKS: serialize(links)}
