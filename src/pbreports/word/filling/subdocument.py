"""Other documents as values: their paragraphs and tables stand in the place of the tag, in the look of this document."""

from __future__ import annotations

from pathlib import Path

from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.documents import opened_source
from pbreports.word.filling.insertion import inserted
from pbreports.word.filling.scopes import of_paragraphs


class Subdocument:
    """A document whose contents stand in the place of ``{{p 名字 }}``.

    Styles that this document has by name are its own, others come along; lists begin anew; pictures, charts, links and
    notes come along. Page set-up, headers, footers and remarks do not.

    Raises:
        TemplateError: when there is no such document.
    """

    __slots__ = ("_source",)

    def __init__(self, source: bytes | Path) -> None:
        self._source = opened_source(source)

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place; raises a TemplateError where no paragraph can be."""
        of_paragraphs("", where)
        if self._source.has_sections:
            notice = f"插入的文档“{self._source.name}”分成几节，各节的纸张方向和页眉页脚没有带过来"
            fill.notices[notice] = None
        return of_paragraphs(inserted(self._source, where.part, fill), where)
