"""Reads papers: their text, and what people still have to fill in."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

_UNFILLED = re.compile(r"【待填[^】]*】")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of(paper: bytes) -> list[str]:
    """Return the texts of all paragraphs of a paper's body in order, those of tables and text boxes included."""
    return [text for _, text in _paragraphs(docx.Document(io.BytesIO(paper)))]


def characters(paper: bytes) -> int:
    """Return how many characters a paper's body has, as its readers count them: all but blanks."""
    return sum(len("".join(text.split())) for text in text_of(paper))


def unfilled(paper: bytes) -> tuple[str, ...]:
    """Return every 【待填…】 of a paper, each with the heading it stands under: ``五、下步打算：【待填：…】``."""
    found: list[str] = []
    heading = ""
    for level, text in _paragraphs(docx.Document(io.BytesIO(paper))):
        heading = text if level else heading
        found += [f"{heading}：{mark}" if heading else mark for mark in _UNFILLED.findall(text)]
    return tuple(found)


def _paragraphs(document: Document) -> Iterator[tuple[bool, str]]:
    """Yield whether a paragraph is a heading, and its text."""
    headings = {style.style_id for style in document.styles if (style.name or "").startswith(("Heading", "附件标题"))}
    for paragraph in document.element.body.iter(qn("w:p")):
        if next(paragraph.iterancestors(_FALLBACK), None) is None:
            runs = paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
            yield paragraph.style in headings, "".join(_run_text(run) for run in runs)


def _run_text(element: object) -> str:
    """Return the text of a text, tab or break element."""
    tag = element.tag  # type: ignore[attr-defined]
    if tag == qn("w:t"):
        return element.text or ""  # type: ignore[attr-defined]
    return "\t" if tag == qn("w:tab") else "\n"
