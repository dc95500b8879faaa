"""Formatted texts as values: pieces with a look of their own over that of the tag, whole paragraphs, texts with breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, Unpack

from jinja2.sandbox import unsafe

from pbreports.tags.display import shown
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.fragments import copied_paragraph
from pbreports.word.filling.links import IN_ONE_LINK, linked
from pbreports.word.filling.look import Look, Wishes, attribute, overlaid
from pbreports.word.filling.scopes import of_paragraphs, of_runs
from pbreports.word.filling.text import runs_of


@dataclass(frozen=True, slots=True)
class _Span:
    """A piece of text, its look, and where it leads to."""

    text: str
    look: Look
    address: str

    def runs(self, where: RunContext, fill: Fill) -> str:
        """Return the runs of the piece; a link cannot go on in another paragraph."""
        own = replace(where, run_properties=overlaid(where.run_properties, self.look), alone=False)
        if self.address:
            return linked(runs_of(self.text.translate(IN_ONE_LINK), own, fill), self.address, where, fill)
        return runs_of(self.text, own, fill)


class RichText:
    """A text of pieces with different looks, for ``{{ 名字 }}`` or ``{{r 名字 }}``; as docxtpl's, which it can replace.

    What a piece does not ask for stays as it is in the tag, the East Asian font above all.
    """

    __slots__ = ("_spans",)

    def __init__(
        self,
        text: object = None,
        style: str | None = None,
        color: str | None = None,
        *,
        url_id: str | None = None,
        **look: Unpack[Wishes],
    ) -> None:
        self._spans: tuple[_Span, ...] = ()
        if text:
            self.add(text, style, color, url_id=url_id, **look)

    @unsafe  # a template cannot change the values that it is filled with
    def add(
        self,
        text: object,
        style: str | None = None,
        color: str | None = None,
        *,
        url_id: str | None = None,
        **look: Unpack[Wishes],
    ) -> Self:
        """Add a piece and return the text; ``url_id`` is an address (``https://…``, ``mailto:…``, ``#书签``).

        Another rich text is added with the looks that its pieces have.

        Raises:
            ValueError: when a colour, a size or a font's region is none.
        """
        if isinstance(text, RichText):
            self._spans += text._spans  # noqa: SLF001 - a text of the same kind
            return self
        wishes: Look = {**look, "style": style, "color": color}
        overlaid("", wishes)  # a mistake is told to whoever makes it
        self._spans += (_Span(_as_text(text), wishes, url_id or ""),)
        return self

    def __str__(self) -> str:
        return "".join(span.text for span in self._spans)

    def runs(self, where: RunContext, fill: Fill) -> str:
        """Return the runs of all pieces."""
        return "".join(span.runs(where, fill) for span in self._spans)

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place."""
        return of_runs(self.runs(where, fill), where)


class RichTextParagraph:
    """Whole paragraphs of formatted text, for ``{{p 名字 }}``; as docxtpl's.

    A paragraph with a style of its own (``parastyle``, an id) looks as the style says; others look as the tag's.
    """

    __slots__ = ("_paragraphs",)

    def __init__(self, text: object = None, parastyle: str | None = None) -> None:
        self._paragraphs: tuple[tuple[RichText, str], ...] = ()
        if text:
            self.add(text, parastyle)

    @unsafe
    def add(self, text: object, parastyle: str | None = None) -> Self:
        """Add a paragraph and return the whole."""
        rich = text if isinstance(text, RichText) else RichText(text)
        self._paragraphs += ((rich, parastyle or ""),)
        return self

    def __str__(self) -> str:
        return "\n".join(str(rich) for rich, _ in self._paragraphs)

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place; raises a TemplateError where no paragraph can be."""
        return of_paragraphs("".join(_paragraph(*each, where, fill) for each in self._paragraphs), where)


class Listing:
    r"""A text whose line ends stay line ends and whose ``\a`` are paragraphs, in the look of the tag; as docxtpl's."""

    __slots__ = ("_text",)

    def __init__(self, text: object) -> None:
        self._text = _as_text(text)

    def __str__(self) -> str:
        return self._text

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place."""
        return of_runs(runs_of(self._text, replace(where, alone=False), fill), where)


def _paragraph(rich: RichText, style: str, where: RunContext, fill: Fill) -> str:
    if not style:
        return f"<w:p>{copied_paragraph(where.paragraph_properties)}{rich.runs(where, fill)}</w:p>"
    named = f'<w:pPr><w:pStyle w:val="{attribute(style)}"/></w:pPr>'
    plain = replace(where, run_properties="", paragraph_properties=named)
    return f"<w:p>{named}{rich.runs(plain, fill)}</w:p>"


def _as_text(text: object) -> str:
    if isinstance(text, bytes):
        return text.decode("utf-8", errors="replace")
    return text if isinstance(text, str) else str(shown(text))
