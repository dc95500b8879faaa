"""A template opened for reading its tags: its parts as Jinja source, and where each line of that stands in Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from pbreports.errors import TemplateError, WorkbookError, reason_of
from pbreports.ooxml.package import open_package
from pbreports.ooxml.sniff import DOCUMENT
from pbreports.tags.names import normalised

if TYPE_CHECKING:
    from pathlib import Path

_PARAGRAPH = re.compile(r"<w:p(?=[ >])")
_MARKUP = re.compile(r"<[^>]+>")
_STYLE = re.compile(r'<w:pStyle w:val="([^"]+)"')
_ANY_TAG = re.compile(r"\{[{%#].*?[}%#]\}")
_CONTROL = {"p": re.compile(r"\{[%{#]p "), "tr": re.compile(r"\{[%{#]tr "), "tc": re.compile(r"\{[%{#]tc ")}
_ELEMENT = {"p": "段", "tr": "行", "tc": "格"}
_OPENING = re.compile(r"[｛{]\s*[｛{%％]")
_CLOSING = re.compile(r"[｝}%％]\s*[｝}]")
_UNFILLED_PARTS = re.compile(r"word/(footnotes|endnotes|comments)\.xml")
_NOTE = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}


class Engine(DocxTemplate):  # type: ignore[misc]  # docxtpl carries no types
    """docxtpl, reading the text between tag braces NFKC-normal."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML as docxtpl hands it to Jinja, with normal tags."""
        return normalised(super().patch_xml(src_xml))


@dataclass(frozen=True)
class Part:
    """The body, a header or a footer as Jinja source; each paragraph begins a line."""

    title: str
    source: str
    headings: frozenset[str]

    @cached_property
    def lines(self) -> list[str]:
        """Return the source's lines as Jinja counts them."""
        return re.split(r"\r\n|\r|\n", self.source)

    def place(self, line: int) -> str:
        """Return where a line (from 1) stands: the heading above it and the beginning of its text."""
        text = _shortened(_plain(self.lines[line - 1])) if 0 < line <= len(self.lines) else ""
        above = next((_plain(each) for each in reversed(self.lines[: line - 1]) if self._is_heading(each)), "")
        return " → ".join(part for part in (self.title, _shortened(above), f"“{text}”" if text else "") if part)

    def _is_heading(self, line: str) -> bool:
        """Return whether a line is a heading with a text."""
        style = _STYLE.search(line)
        return style is not None and style[1] in self.headings and bool(_plain(line).strip())


def open_template(path: Path) -> Engine:
    """Return docxtpl holding a template.

    Raises:
        TemplateError: when the file is missing, open elsewhere, or no Word document.
    """
    where = f"模板 {path.name}"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise TemplateError(where, f"文件夹“{path.parent.name}”里没有这个文件", "请把模板放回去") from None
    except OSError as error:
        raise TemplateError(where, f"打不开（{reason_of(error)}）", "请先在 Word 或 WPS 里关闭它") from error
    try:
        open_package(data, name=path.name, family=DOCUMENT)
    except WorkbookError as error:
        raise TemplateError(where, error.what, error.remedy) from error
    engine = Engine(io.BytesIO(data))
    engine.init_docx()
    return engine


def parts_of(engine: Engine) -> tuple[Part, ...]:
    """Return body, headers and footers of a template as Jinja source."""
    headings = frozenset(
        style.style_id for style in engine.docx.styles if style.name.casefold().startswith(("heading", "附件标题"))
    )
    return tuple(
        Part(title, _PARAGRAPH.sub(r"\n\g<0>", engine.patch_xml(xml)), headings) for title, xml in _sources(engine)
    )


def _sources(engine: Engine) -> Iterator[tuple[str, str]]:
    """Yield the title and the XML of the parts that are filled."""
    yield "", engine.get_xml()
    for title, uri in (("页眉", engine.HEADER_URI), ("页脚", engine.FOOTER_URI)):
        for _, part in engine.get_headers_footers(uri):
            yield title, engine.get_part_xml(part)


def misplaced(engine: Engine) -> Iterator[str]:
    """Yield what is wrong with the template before its tags are even read, one sentence each.

    Broken or full-width braces would stay in the paper as text; text beside a control tag that takes its whole
    paragraph, row or cell (``{%p``, ``{%tr``, ``{%tc``) would be lost without a word.
    """
    body = engine.docx.element.body
    for paragraph in body.iter(qn("w:p")):
        yield from _broken_braces(_text(paragraph))
    for kind, pattern in _CONTROL.items():
        for element in body.iter(qn(f"w:{kind}")):
            yield from _crowded(element, kind, pattern)
    for part in engine.docx.part.package.parts:
        found = _UNFILLED_PARTS.search(str(part.partname))
        if found and _ANY_TAG.search(_MARKUP.sub("", part.blob.decode("utf-8"))):
            yield f"{_NOTE[found[1]]}里有标签，不会被填写，请移到正文里"


def _broken_braces(text: str) -> Iterator[str]:
    """Yield a sentence when a paragraph has braces that are meant as a tag and are none."""
    signs = [*_OPENING.findall(text), *_CLOSING.findall(text)]
    bad = [sign for sign in signs if sign not in {"{{", "{%", "}}", "%}"}]
    if bad:
        yield f"“{_shortened(text)}”里的“{bad[0]}”不是标签的括号，请改成英文半角、中间没有空格的 {{{{ }}}} 或 {{% %}}"


def _crowded(element: object, kind: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield a sentence when something stands beside the control tag of a paragraph, row or cell."""
    nested = qn(f"w:{kind}")
    text = _text(element, without=nested)
    if not pattern.search(text):
        return
    rest = _ANY_TAG.sub("", text, count=1).strip()
    if rest:
        what = _ELEMENT[kind]
        lost = f"{{%{kind} …%}} 会占掉整{what}，旁边的“{_shortened(rest)}”会丢失"
        yield f"“{_shortened(text)}”：{lost}，请让标签单独成{what}"


def _text(element: object, without: str = "") -> str:
    """Return the text below an element; not that of nested elements of its own kind (``without``)."""
    texts = element.iter(qn("w:t"))  # type: ignore[attr-defined]
    if not without:
        return "".join(text.text or "" for text in texts)
    return "".join(text.text or "" for text in texts if next(text.iterancestors(without), None) is element)


def _plain(line: str) -> str:
    """Return a line's text without markup."""
    return _MARKUP.sub("", line)


def _shortened(text: str, most: int = 40) -> str:
    """Return the beginning of a text."""
    text = text.strip()
    return text if len(text) <= most else f"{text[:most]}…"
