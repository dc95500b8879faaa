"""Reading of the markup that values give, as a Word program reads it."""

from __future__ import annotations

from lxml import etree

from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext, WordValue
from pbreports.word.filling.writer import ValueWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FANGSONG = '<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'
INDENTED = '<w:pPr><w:ind w:firstLineChars="200"/></w:pPr>'
BODY = "word/document.xml"


def w(name: str) -> str:
    """Return a name of WordprocessingML as lxml has it."""
    return f"{{{W}}}{name}"


def here(*, scope: str = "", alone: bool = False, run: str = FANGSONG, paragraph: str = INDENTED) -> RunContext:
    """Return the place of a tag in the body."""
    return RunContext(BODY, scope, run, paragraph, alone)


def read(markup: str) -> etree._Element:
    """Return a body that holds the markup; it must be well-formed."""
    return etree.fromstring(f'<w:body xmlns:w="{W}" xmlns:r="{R}">{markup}</w:body>')


def in_paragraph(markup: str, where: RunContext) -> etree._Element:
    """Return a body with the markup in the place of a tag's run."""
    return read(f"<w:p>{where.paragraph_properties}{markup}</w:p>")


def lines(body: etree._Element) -> list[str]:
    """Return the texts of the paragraphs, tabs as ``→``, line breaks as ``↵`` and page breaks as ``¶``."""
    return ["".join(map(_sign, paragraph.iter(w("t"), w("tab"), w("br")))) for paragraph in body.iter(w("p"))]


def written(value: WordValue, where: RunContext) -> etree._Element:
    """Return a body with a value in the place of a tag: in a paragraph, or instead of it."""
    markup = value.word_markup(where, Fill())
    return read(markup) if where.scope == "p" else in_paragraph(markup, where)


def markup_of(value: object, where: RunContext, fill: Fill) -> str:
    """Return the markup that the engine writes for any value in the place of a tag."""
    return ValueWriter(where, 0)(value, fill)


def _sign(element: etree._Element) -> str:
    if element.tag == w("tab"):
        return "→"
    if element.tag == w("br"):
        return "¶" if element.get(w("type")) == "page" else "↵"
    return element.text or ""
