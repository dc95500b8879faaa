"""Reads papers: their text, and what people still have to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pbreports.word.filling.markup import W
from pbreports.word.opening import opened, root_of

_UNFILLED = re.compile(r"【待填[^】]*】")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _T, _TAB, _BR, _STYLE, _NAME = (f"{{{W}}}{name}" for name in ("p", "t", "tab", "br", "style", "name"))
_HEADINGS = ("heading", "附件标题")
"""How the names of styles of headings begin, in small letters."""


@dataclass(frozen=True, slots=True)
class PaperText:
    """The text of a paper's body: whether each paragraph is a heading, and what it says, in order."""

    paragraphs: tuple[tuple[bool, str], ...] = field(repr=False)

    @property
    def texts(self) -> list[str]:
        """The texts of all paragraphs, those of tables and text boxes included."""
        return [text for _, text in self.paragraphs]

    @property
    def unfilled(self) -> tuple[str, ...]:
        """Every 【待填…】, each with the heading it stands under: ``五、下步打算：【待填：…】``."""
        found: list[str] = []
        heading = ""
        for level, text in self.paragraphs:
            heading = text if level else heading
            found += [f"{heading}：{mark}" if heading else mark for mark in _UNFILLED.findall(text)]
        return tuple(found)

    @property
    def characters(self) -> int:
        """How many characters there are, as readers count them: all but blanks."""
        return sum(len("".join(text.split())) for text in self.texts)


def read_paper(paper: bytes) -> PaperText:
    """Return the text of a paper's body.

    Raises:
        TemplateError: when the file is no Word document.
    """
    parts = opened(paper, "")
    body, styles = root_of(parts, "word/document.xml"), root_of(parts, "word/styles.xml")
    headings = frozenset(_headings(styles)) if styles is not None else frozenset()
    return PaperText(tuple(_paragraphs(body, headings)) if body is not None else ())


def text_of(paper: bytes) -> list[str]:
    """Return the texts of all paragraphs of a paper's body in order, those of tables and text boxes included."""
    return read_paper(paper).texts


def unfilled(paper: bytes) -> tuple[str, ...]:
    """Return every 【待填…】 of a paper, each with the heading it stands under."""
    return read_paper(paper).unfilled


def _headings(styles: etree._Element) -> Iterator[str]:
    """Yield the ids of the styles of headings."""
    for style in styles.iter(_STYLE):
        name = style.find(_NAME)
        if name is not None and name.get(f"{{{W}}}val", "").casefold().startswith(_HEADINGS):
            yield style.get(f"{{{W}}}styleId", "")


def _paragraphs(body: etree._Element, headings: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """Yield whether a paragraph is a heading, and its text; the copies for old programs are passed over."""
    copied = next(body.iter(_FALLBACK), None) is not None
    for paragraph in body.iter(_P):
        if not (copied and next(paragraph.iterancestors(_FALLBACK), None) is not None):
            style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
            heading = style is not None and style.get(f"{{{W}}}val") in headings
            yield heading, "".join(_run_text(run) for run in paragraph.iter(_T, _TAB, _BR))


def _run_text(element: etree._Element) -> str:
    """Return the text of a text, tab or break element; a tab stop of the paragraph's look is none."""
    if element.tag == _T:
        return element.text or ""
    return "\t" if element.tag == _TAB else "\n"
