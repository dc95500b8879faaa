"""Writes a copy of a paper with a comment at the place of each fault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from pbreports.faults import Fault
from pbreports.word.annotating import Comments
from pbreports.word.filling.markup import P

_AUTHOR, _INITIALS = "格式检查", "检查"


def marked(data: bytes, faults: Iterable[Fault], stamp: datetime) -> bytes:
    """Return a paper with a comment for each fault at the first paragraph it concerns.

    What concerns no paragraph of the body, as margins and page numbers do, is said at the first paragraph with its
    place.
    """
    comments = Comments(data, _AUTHOR, _INITIALS, stamp)
    paragraphs = list(comments.root.iter(P))
    for one in faults:
        paragraph = _paragraph_of(one, comments.part, paragraphs)
        if paragraph is not None:
            comments.add(paragraph, _said(one))
        elif paragraphs:
            comments.add(paragraphs[0], f"{one.place}：{_said(one)}" if one.place else _said(one))
    return comments.document()


def _paragraph_of(fault: Fault, body: str, paragraphs: list[etree._Element]) -> etree._Element | None:
    spots = [one.paragraph for one in fault.spots if one.part == body and one.paragraph < len(paragraphs)]
    return paragraphs[spots[0]] if spots else None


def _said(fault: Fault) -> str:
    tail = f"（同类共{fault.count}处）" if fault.count > 1 else ""
    return f"{fault.severity.value} {fault.code}：{fault.message}{fault.remedy}{tail}"
