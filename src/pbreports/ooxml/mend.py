"""Mending what the writing libraries get wrong against the schemas of ECMA-376."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, SPREADSHEET, parse_xml, serialize
from pbreports.ooxml.package import relationships_of
from pbreports.ooxml.write import Parts

# CT_Font, ECMA-376 part 1, 18.8.22, in the order in which Excel itself writes and strict validators demand.
_FONT_ORDER = {
    f"{{{SPREADSHEET}}}{name}": place
    for place, name in enumerate(
        "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()
    )
}
_WORKBOOK_STYLES = "xl/styles.xml"
_WORD_DOCUMENT = "word/document.xml"
_WORD_2010_STYLES = "word/stylesWithEffects.xml"


def mend_workbook(parts: Parts) -> Parts:
    """Return the parts of a workbook written by openpyxl, with the elements of each font in the schema's order."""
    if _WORKBOOK_STYLES not in parts:
        return parts
    root = parse_xml(parts[_WORKBOOK_STYLES], _WORKBOOK_STYLES)
    for font in root.iter(f"{{{SPREADSHEET}}}font"):
        font[:] = sorted(font, key=lambda element: _FONT_ORDER.get(str(element.tag), len(_FONT_ORDER)))
    return {**parts, _WORKBOOK_STYLES: serialize(root)}


def mend_document(parts: Parts) -> Parts:
    """Return the parts of a document made from python-docx's default template, without its second set of styles.

    The template brings a copy of the styles for Word 2010 that nobody keeps in step with the real ones.
    """
    if _WORD_2010_STYLES not in parts:
        return parts
    kept = {name: data for name, data in parts.items() if name != _WORD_2010_STYLES}
    links = relationships_of(_WORD_DOCUMENT)
    kept[links] = _without(kept[links], links, f"{{{RELATIONSHIPS}}}Relationship", "Target", "stylesWithEffects.xml")
    types = "[Content_Types].xml"
    kept[types] = _without(kept[types], types, f"{{{CONTENT_TYPES}}}Override", "PartName", f"/{_WORD_2010_STYLES}")
    return kept


def _without(data: bytes, where: str, tag: str, attribute: str, value: str) -> bytes:
    root = parse_xml(data, where)
    _remove(root, (element for element in root.findall(tag) if element.get(attribute) == value))
    return serialize(root)


def _remove(root: etree._Element, elements: Iterable[etree._Element]) -> None:
    for element in tuple(elements):
        root.remove(element)
