"""Reads the paragraphs, sections and drawn rules of a Word document as they are seen on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from pbreports.errors import TemplateError, WorkbookError
from pbreports.ooxml.markup import parse_xml
from pbreports.ooxml.package import Package, open_package, relationships_of, resolve
from pbreports.ooxml.sniff import DOCUMENT
from pbreports.word.filling.markup import w
from pbreports.word.format.effective import styles_of
from pbreports.word.format.numbering import Counter, lists_of
from pbreports.word.format.paper import Paragraph, Rule, Section, Where
from pbreports.word.format.properties import OFF, VAL, number, twips
from pbreports.word.format.story import Story
from pbreports.word.format.theme import theme_fonts

_STRICT = b"http://purl.oclc.org/ooxml/"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SECTION = w("sectPr")


@dataclass(slots=True)
class Contents:
    """What a document holds, before anything in it is recognised."""

    body: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    running_rules: list[Rule] = field(default_factory=list)
    are_sides_different: bool = False


def contents_of(data: bytes, name: str = "") -> Contents:
    """Return what a Word document holds; ``name`` is what messages call it.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked.
    """
    where = name or "文档"
    try:
        return _Document(open_package(data, name=where, family=DOCUMENT), where).read()
    except WorkbookError as error:
        raise TemplateError(where, error.what, error.remedy) from error
    except RecursionError as error:
        raise TemplateError(where, "内部层次太深", "请在 Word 或 WPS 里打开后另存一份") from error


class _Document:
    """The parts of a document that its looks rest on, and the paragraphs read from them."""

    def __init__(self, package: Package, where: str) -> None:
        self._package = package
        self._where = where
        if "_rels/.rels" in package and _STRICT in package.read("_rels/.rels"):
            raise TemplateError(where, "这是“Strict Open XML”格式", "请另存为“Word 文档（*.docx）”")
        body = self._related("").get("officeDocument", "word/document.xml")
        self._links = self._related(body)
        self._root = self._parsed(body)
        if self._root.tag != w("document"):
            raise TemplateError(where, "里面没有正文", "请在 Word 或 WPS 里打开后另存一份")
        settings = self._part("settings")
        self._settings = parse_xml(settings, where) if settings else etree.Element(w("settings"))
        fonts = theme_fonts(self._part("theme"), self._language())
        self.styles = styles_of(self._part("styles"), tuple(fonts.items()))
        self.counter = Counter(lists_of(self._part("numbering")))
        self.contents = Contents(body)
        self._running_parts: dict[str, tuple[Paragraph, ...]] = {}

    def _language(self) -> str:
        element = self._settings.find(w("themeFontLang"))
        return element.get(w("eastAsia"), "") if element is not None else ""

    def _parsed(self, part: str) -> etree._Element:
        return parse_xml(self._package.read(part), self._where)

    def _part(self, kind: str) -> bytes:
        name = self._links.get(kind, "")
        return self._package.read(name) if name in self._package else b""

    def _related(self, part: str) -> dict[str, str]:
        """Return the parts a part leads to by the end of their relationships' types; headers and the like by id besides."""
        name = relationships_of(part)
        found: dict[str, str] = {}
        if name not in self._package:
            return found
        for one in self._parsed(name):
            if one.get("TargetMode") != "External":
                target = resolve(part, one.get("Target", ""))
                found.setdefault(one.get("Type", "").rpartition("/")[2], target)
                found[f"#{one.get('Id', '')}"] = target
        return found

    def read(self) -> Contents:
        """Return the paragraphs and rules of the body and the sections with their headers and footers."""
        body = self._root.find(w("body"))
        if body is None:
            raise TemplateError(self._where, "里面没有正文", "请在 Word 或 WPS 里打开后另存一份")
        story = Story(self.styles, self.counter, self.contents.body, Where.BODY, self._root)
        story.walk(body)
        if not story.sections or story.ends_open:
            story.sections.append(body.find(_SECTION))
        self.contents.paragraphs = story.paragraphs
        self.contents.rules = story.rules
        self.contents.are_sides_different = value_of_flag(self._settings, "evenAndOddHeaders")
        for properties in story.sections:
            self.contents.sections.append(self._section(properties))
        return self.contents

    def _section(self, properties: etree._Element | None) -> Section:
        given = properties if properties is not None else etree.Element(_SECTION)
        size, margins = _attributes(given, "pgSz"), _attributes(given, "pgMar")
        grid = _attributes(given, "docGrid")
        before = self.contents.sections[-1] if self.contents.sections else None
        return Section(
            width=twips(size.get("w", "11906")),
            height=twips(size.get("h", "16838")),
            top=abs(twips(margins.get("top", "1440"))),
            bottom=abs(twips(margins.get("bottom", "1440"))),
            left=twips(margins.get("left", "1800")),
            right=twips(margins.get("right", "1800")),
            gutter=twips(margins.get("gutter", "0")),
            footer=twips(margins.get("footer", "720")),
            grid=grid.get("type", "") if grid.get("type") in {"lines", "linesAndChars", "snapToChars"} else "",
            grid_pitch=twips(grid.get("linePitch")),
            grid_extra=number(grid.get("charSpace"), 0) / 4096,
            is_first_different=value_of_flag(given, "titlePg"),
            headers=self._running(given, "headerReference", Where.HEADER, before.headers if before else ()),
            footers=self._running(given, "footerReference", Where.FOOTER, before.footers if before else ()),
        )

    def _running(
        self,
        section: etree._Element,
        tag: str,
        where: Where,
        before: tuple[tuple[str, tuple[Paragraph, ...]], ...],
    ) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
        """Return headers or footers by kind, those that are not named taken over from the section before."""
        found = dict(before)
        for one in section.iterfind(w(tag)):
            part = self._links.get(f"#{one.get(_REL, '')}", "")
            if part in self._running_parts:
                found[one.get(w("type"), "default")] = self._running_parts[part]
            elif part in self._package:
                root = self._parsed(part)
                story = Story(self.styles, self.counter, part, where, root)
                story.walk(root)
                found[one.get(w("type"), "default")] = self._running_parts[part] = tuple(story.paragraphs)
                self.contents.running_rules.extend(rule for _, rule in story.rules)
        return tuple(found.items())


def _attributes(section: etree._Element, tag: str) -> Mapping[str, str]:
    element = section.find(w(tag))
    if element is None:
        return {}
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def value_of_flag(element: etree._Element, name: str) -> bool:
    """Return whether an element has a child of a name that says yes."""
    found = element.find(w(name))
    return found is not None and found.get(VAL, "1") not in OFF
