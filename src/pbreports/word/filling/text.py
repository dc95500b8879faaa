"""The markup of plain texts: runs that look like the tag in whose place they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pbreports.tags.problems import shortened
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.fragments import copied_paragraph
from pbreports.word.filling.scopes import ends_section, of_runs

# Whatever is not written as it stands: signs of XML, line ends, tabs, and what XML 1.0 (2.2) does not allow at all.
_SPECIAL = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x06\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_BREAK = re.compile("([\t\n\v\a\f])")
_PARAGRAPH, _PAGE = "\a", "\f"
_IN_RUN = {"\t": "<w:tab/>", "\n": "<w:br/>", "\v": "<w:br/>", _PARAGRAPH: "<w:br/>", _PAGE: '<w:br w:type="page"/>'}


def runs_of(text: str, where: RunContext, fill: Fill) -> str:
    r"""Return the markup of a text in the place of a tag's run.

    A tab is a tab and a line end a line break, but a new paragraph of the same look where the tag stands alone; ``\a``
    always begins a paragraph and ``\f`` a page. What no Word file can hold is left out, with a notice.
    A paragraph that ends a section is not divided, since what came behind would stand in the next section, nor is a link.
    """
    if not text:
        return ""
    if not _SPECIAL.search(text):
        return f'<w:r>{where.run_properties}<w:t xml:space="preserve">{text}</w:t></w:r>'
    text = _LINE_END.sub("\n", stripped(text, fill))
    if where.alone:
        text = text.replace("\n", _PARAGRAPH)
    if ends_section(where) or not where.divisible:
        return _run(text, where)
    return _paragraphs(text, where)


def placed(text: str, where: RunContext, fill: Fill) -> str:
    """Return the markup of a text for what the tag's scope stands in the place of: a run, a paragraph, a cell, a row."""
    if where.scope in {"", "r"}:
        return runs_of(text, where, fill)
    return of_runs(runs_of(text, replace(where, alone=True), fill), where)


def stripped(text: str, fill: Fill) -> str:
    """Return a text without the signs that no XML file can hold; a notice says which were left out."""
    found = sorted(set(_FORBIDDEN.findall(text)))
    if not found:
        return text
    clean = _FORBIDDEN.sub("", text)
    signs = "、".join(f"U+{ord(sign):04X}" for sign in found)
    shown = shortened(" ".join(_BREAK.sub(" ", clean).split()))
    fill.notices[f"“{shown}”里有 Word 文件不能存放的控制符（{signs}），已略去"] = None
    return clean


def escaped(text: str) -> str:
    """Return a text as it stands between the marks of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _paragraphs(text: str, where: RunContext) -> str:
    """Return the runs of a text, with the ends and beginnings of paragraphs between them."""
    if _PARAGRAPH not in text and _PAGE not in text:
        return _run(text, where)
    begin = f"</w:p><w:p>{copied_paragraph(where.paragraph_properties)}"
    page = f"</w:p><w:p><w:r>{_IN_RUN[_PAGE]}</w:r>{begin}"
    pages = (begin.join(_run(line, where) for line in part.split(_PARAGRAPH)) for part in text.split(_PAGE))
    return page.join(pages)


def _run(text: str, where: RunContext) -> str:
    content = "".join(_content(text))
    return f"<w:r>{where.run_properties}{content}</w:r>" if content else ""


def _content(text: str) -> Iterator[str]:
    for part in _BREAK.split(text):
        if part:
            yield _IN_RUN.get(part) or f'<w:t xml:space="preserve">{escaped(part)}</w:t>'
