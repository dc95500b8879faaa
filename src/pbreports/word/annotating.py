"""Writes a copy of a Word template with comments at the places of its problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from lxml import etree

from pbreports.ooxml.attach import attached, free_part, related
from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.write import pack, unpack
from pbreports.tags.problems import Place, Problem
from pbreports.word.filling.markup import BOX, PPR, P, R, W, nearest, w
from pbreports.word.filling.places import heading_styles, places_of

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_AUTHOR, _INITIALS = "模板检查", "检查"


def annotated_document(data: bytes, problems: Sequence[Problem], stamp: datetime) -> bytes:
    """Return a Word template with a comment for each problem at its paragraph.

    Word takes no comments in headers, footers, notes and text boxes; those stand at the first paragraph, or at the one
    that holds the text box, and say the place.
    """
    comments = Comments(data, _AUTHOR, _INITIALS, stamp)
    finder = _Finder(comments.root, heading_styles(comments.styles))
    for problem in problems:
        comments.add(finder.paragraph(problem.place), _said(problem))
    return comments.document()


class Comments:
    """Puts comments into the body of a document."""

    def __init__(self, data: bytes, author: str, initials: str, stamp: datetime) -> None:
        self._parts = dict(unpack(data))
        self.part = related(self._parts, "", "officeDocument") or "word/document.xml"
        self.root = parse_xml(self._parts[self.part], self.part)
        self._name = related(self._parts, self.part, "comments") or self._attached()
        self._notes = parse_xml(self._parts[self._name], self._name)
        self._number = max([0, *(int(one.get(w("id"), "0")) for one in self._notes)])
        when = stamp.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._about = {w("author"): author, w("initials"): initials, w("date"): when}

    @property
    def styles(self) -> etree._Element | None:
        """The document's styles."""
        name = related(self._parts, self.part, "styles")
        return parse_xml(self._parts[name], name) if name else None

    def _attached(self) -> str:
        name = free_part(self._parts, "word/comments.xml")
        self._parts[name] = serialize(etree.Element(w("comments"), nsmap={"w": W}))
        attached(self._parts, self.part, "comments", name, _TYPE)
        return name

    def add(self, paragraph: etree._Element, text: str) -> None:
        """Put a comment at a paragraph of the body; at the paragraph around where that stands in a text box."""
        self._number += 1
        _point(_outside_boxes(paragraph), self._number)
        comment = etree.SubElement(self._notes, w("comment"), {w("id"): str(self._number), **self._about})
        run = etree.SubElement(etree.SubElement(comment, P), R)
        etree.SubElement(run, w("t")).text = text

    def document(self) -> bytes:
        """Return the document with its comments."""
        self._parts[self.part], self._parts[self._name] = serialize(self.root), serialize(self._notes)
        return pack(self._parts)


class _Finder:
    """Finds the paragraph of the body that a place means."""

    def __init__(self, root: etree._Element, headings: Iterable[str]) -> None:
        places = places_of(root, "", frozenset(headings))
        self._paragraphs = [(places.of(paragraph), paragraph) for paragraph in root.iter(P)]

    def paragraph(self, place: Place) -> etree._Element:
        """Return the paragraph of a place: the very one, else that of the same spot, of the same text, the first."""
        if not place.part:
            for alike in (_is_same, _is_same_spot, _is_same_text):
                for one, paragraph in self._paragraphs:
                    if alike(one, place):
                        return _outside_boxes(paragraph)
        return _outside_boxes(self._paragraphs[0][1])


def _is_same(one: Place, other: Place) -> bool:
    return one == other


def _is_same_spot(one: Place, other: Place) -> bool:
    return bool(other.spot) and (one.heading, one.spot) == (other.heading, other.spot)


def _is_same_text(one: Place, other: Place) -> bool:
    return bool(other.text) and other.text in one.text


def _outside_boxes(paragraph: etree._Element) -> etree._Element:
    while (box := nearest(paragraph, BOX)) is not None and (around := nearest(box, P)) is not None:
        paragraph = around
    return paragraph


def _point(paragraph: etree._Element, number: int) -> None:
    """Put the two ends and the sign of a comment into a paragraph."""
    start, end = (etree.Element(w(name), {w("id"): str(number)}) for name in ("commentRangeStart", "commentRangeEnd"))
    paragraph.insert(1 if paragraph.find(PPR) is not None else 0, start)
    paragraph.append(end)
    run = etree.SubElement(paragraph, R)
    etree.SubElement(run, w("commentReference"), {w("id"): str(number)})


def _said(problem: Problem) -> str:
    """Return what a comment says; where it cannot stand at the place, the place too."""
    said = f"{problem.severity.value} {problem.code}：{problem.what}" + (
        f"，{problem.remedy}" if problem.remedy else ""
    )
    return f"{problem.place}：{said}" if problem.place.part else said
