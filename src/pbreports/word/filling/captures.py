"""What is made of markup that a block has caught: the text in it, its paragraphs, itself with a paragraph at its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from pbreports.tags.captured import Captured
from pbreports.tags.program import Fill

_ROW = re.compile(r"<w:tr[ >]")
_CELL = re.compile(r"<w:tc[ >]")
_MARK = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"<w:(tab|br|cr)(?: [^>]*)?/>")
_NUMBERED = re.compile(r"<w:bookmark(?:Start|End)[^>]*/>")
_BETWEEN = re.compile(r"</w:p>")
_BLOCK = re.compile(r"\s*<w:(p|tbl)[ >/]")
_FIRST = re.compile(r"\s*<w:p(?: [^>]*)?>(?:<w:pPr>.*?</w:pPr>|<w:pPr/>)?", re.DOTALL)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n"}


def ended_with_paragraph(properties: str) -> Callable[[object, Fill], str]:
    """Return the writer of what a container holds, with an empty paragraph of this look where none stands at the end."""

    def write(value: object, _: Fill) -> str:
        text = markup_of(value)
        return text if text.endswith(("</w:p>", "<w:p/>")) else f"{text}<w:p>{properties}</w:p>"

    return write


def kept_if_rows(value: object, _: Fill) -> str:
    """Return a table; nothing when no row of it is left."""
    text = markup_of(value)
    return text if _ROW.search(text) else ""


def with_cell(value: object, _: Fill) -> str:
    """Return a row, with an empty cell where none is left: no row is without one."""
    text = markup_of(value)
    return text if _CELL.search(text) else text.replace("</w:tr>", "<w:tc><w:p/></w:tc></w:tr>")


def in_fallback(value: object, _: Fill) -> str:
    """Return the content of a text box for its copy: without bookmarks, whose names must be unique."""
    return _NUMBERED.sub("", markup_of(value))


def text_of(markup: str) -> str:
    r"""Return the text that markup shows, tabs and line ends as signs, ``\a`` between paragraphs."""
    if "<" not in markup:
        return unescape(markup)
    signed = _SIGN.sub(lambda found: _SIGNS[found[1]], markup)
    return unescape(_MARK.sub("", _BETWEEN.sub("\a", signed))).removesuffix("\a")


def markup_of(value: object) -> str:
    """Return what was caught, as markup."""
    return value.markup if isinstance(value, Captured) else str(value)


def spliced(markup: str, paragraph_properties: str) -> str:
    """Return captured markup for the inside of a paragraph: paragraphs join it, tables stand between its halves."""
    found = _BLOCK.match(markup)
    if found is None:
        return markup
    begin = f"<w:p>{paragraph_properties}"
    opened = _FIRST.sub("", markup, count=1) if found[1] == "p" else f"</w:p>{markup}"
    return opened.removesuffix("</w:p>") if opened.endswith("</w:p>") else f"{opened}{begin}"
