"""Documents that are inserted into others: their bodies without what belongs to one document alone, and their parts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from pbreports.errors import TemplateError, WorkbookError
from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml
from pbreports.ooxml.package import open_package, relationships_of, resolve
from pbreports.ooxml.sniff import DOCUMENT
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import P, remove, w
from pbreports.word.filling.media import OFFICE_RELATIONSHIPS, Relationship
from pbreports.word.filling.scrub import scrubbed

_STYLE = w("style")
_DEEPEST = 12
"""How many styles may rest one upon another; Word ends at eleven."""
_SECTION = w("sectPr")
_COMMENTS = (w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"))


@dataclass(frozen=True)
class Source:
    """The parts of a document that is inserted into others, as they came."""

    name: str
    parts: Mapping[str, bytes] = field(repr=False)
    body_part: str

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all parts."""
        digest = hashlib.sha256()
        for name in sorted(self.parts):
            digest.update(name.encode() + b"\x00" + hashlib.sha256(self.parts[name]).digest())
        return digest.hexdigest()

    @cached_property
    def body(self) -> bytes:
        """Return the body without revisions, remarks and section properties."""
        body = self.tree(self.body_part).find(w("body"))
        if body is None:
            raise TemplateError(self.name, "要插入的文档没有正文", "请换一个文档")
        return etree.tostring(_bare(body))

    @cached_property
    def has_sections(self) -> bool:
        """Return whether the document has several sections, whose paper and headers are left behind."""
        return self.tree(self.body_part).find(f".//{P}/{w('pPr')}/{_SECTION}") is not None

    def tree(self, part: str) -> Node:
        """Return the root of a part; empty when there is no such part."""
        return parse_xml(self.parts[part], part) if part in self.parts else etree.Element("none")

    def notes(self, kind: str) -> Mapping[str, Node]:
        """Return the footnotes or endnotes (``footnote``, ``endnote``) by id, for the caller to change."""
        root = _bare(self.tree(self.part_of_kind(f"{kind}s")))
        return {note.get(w("id"), ""): note for note in root.iter(w(kind)) if note.get(w("type")) is None}

    @cached_property
    def numbered_styles(self) -> Mapping[str, tuple[str, str]]:
        """Return the list and the level of each paragraph style that numbers its paragraphs, by the style's id."""
        styles = {style.get(w("styleId"), ""): style for style in self.tree(self.part_of_kind("styles")).iter(_STYLE)}
        lists = {key: _own_list(key, styles) for key in styles}
        return {key: (number, self._level(number, key, level)) for key, (number, level) in lists.items() if number}

    def _level(self, number: str, style: str, own: str) -> str:
        """Return a style's level in a list: that of the list's level which names the style, else what it says itself."""
        root = self.tree(self.part_of_kind("numbering"))
        link = root.find(f"{w('num')}[@{w('numId')}='{number}']/{w('abstractNumId')}")
        abstract = "" if link is None else link.get(w("val"), "")
        named = root.find(
            f"{w('abstractNum')}[@{w('abstractNumId')}='{abstract}']/*/{w('pStyle')}[@{w('val')}='{style}'].."
        )
        return own if named is None else named.get(w("ilvl"), own)

    def part_of_kind(self, kind: str) -> str:
        """Return the part of the body's relationships whose type ends so (``styles``, ``numbering``), else no name."""
        found = (each.target for each in self.relationships(self.body_part).values() if each.kind.endswith(f"/{kind}"))
        return next(found, "")

    def relationships(self, part: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part by id."""
        found = self.tree(relationships_of(part)).iter(f"{{{RELATIONSHIPS}}}Relationship")
        return {each.get("Id", ""): _relationship(part, each) for each in found}

    def content_type(self, part: str) -> str:
        """Return the content type of a part."""
        root = self.tree("[Content_Types].xml")
        named = root.find(f"{{{CONTENT_TYPES}}}Override[@PartName='/{part}']")
        if named is not None:
            return named.get("ContentType", "")
        extension = part.rpartition(".")[2].casefold()
        defaults = root.iter(f"{{{CONTENT_TYPES}}}Default")
        matching = (each for each in defaults if (each.get("Extension") or "").casefold() == extension)
        return next((each.get("ContentType", "") for each in matching), "application/octet-stream")


def opened_source(source: bytes | Path) -> Source:
    """Return the document in a file or in bytes.

    Raises:
        TemplateError: when there is no such document.
    """
    name = source.name if isinstance(source, Path) else "子文档"
    try:
        package = open_package(source, name=name, family=DOCUMENT)
        parts = {part: package.read(part) for part in package.names}
    except WorkbookError as error:
        raise TemplateError(name, error.what, "请检查要插入的文档") from error
    opened = Source(name, parts, "")
    body = next((each.target for each in opened.relationships("").values() if each.kind == _BODY), "word/document.xml")
    return Source(name, parts, body)


_BODY = f"{OFFICE_RELATIONSHIPS}/officeDocument"


def _own_list(key: str, styles: Mapping[str, Node]) -> tuple[str, str]:
    """Return the list and level that a style or one that it rests on gives its paragraphs; an empty list for none."""
    for _ in range(_DEEPEST):
        style = styles.get(key)
        if style is None:
            break
        number, level = (style.find(f"{w('pPr')}/{w('numPr')}/{w(name)}") for name in ("numId", "ilvl"))
        if number is not None:
            own = number.get(w("val"), "")
            return ("" if own == "0" else own), "0" if level is None else level.get(w("val"), "0")
        base = style.find(w("basedOn"))
        key = "" if base is None else base.get(w("val"), "")
    return "", "0"


def _relationship(part: str, element: Node) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    return Relationship(element.get("Type", ""), target if external else resolve(part, target), external)


def _bare(root: Node) -> Node:
    """Return a tree without revisions, remarks, sections, and what a control or a bookmark keeps for its own document."""
    scrubbed(root)
    for element in list(root.iter(_SECTION, *_COMMENTS)):
        remove(element)
    for control in list(root.iter(w("sdtPr"))):
        for own in [*control.findall(w("id")), *control.findall(w("dataBinding"))]:
            control.remove(own)
    return root
