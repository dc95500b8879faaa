"""Texts of cells, notes, shapes and headings: taken apart into runs of one look, and their tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pbreports.ooxml.markup import SPREADSHEET
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import Broken, Kind, Matter, Tag, tags, unescaped

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"

NEEDS_CARE = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Signs that must not stand in markup as they are."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "", "_": "_x005F_"}
_NAMESPACES = re.compile(r' xmlns(?::\w+)?="[^"]*"')
_LOOKS_TAGGED = re.compile(r"[{｛]\s*[{｛%％#＃]|[}％%｝]\s*[}｝]")
_BROKEN = {
    Matter.UNCLOSED: ("T-01", "请补上右边的花括号"),
    Matter.SPACED: ("T-02", "请去掉括号中间的空格"),
    Matter.STRAY: ("T-03", "请补上左边的花括号，或删去它"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look: its properties as markup (empty for the cell's own look), and the text."""

    properties: str
    text: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a template's text: a literal text or a tag, with the look of the run in which it begins."""

    properties: str
    item: str | Tag


def looks_tagged(text: str) -> bool:
    """Return whether a text may hold a tag, or what is meant as one."""
    return "{" in text or "｛" in text or (_LOOKS_TAGGED.search(text) is not None)


def runs_in(element: etree._Element) -> tuple[Run, ...]:
    """Return the runs of a string item, an inline string or a note; readings of characters (``rPh``) are passed over."""
    runs = [child for child in element if child.tag == f"{{{SPREADSHEET}}}r"]
    if not runs:
        return (Run("", element.findtext(f"{{{SPREADSHEET}}}t", "")),)
    return tuple(_run(run, SPREADSHEET) for run in runs)


def drawn_runs(paragraph: etree._Element) -> tuple[Run, ...]:
    """Return the runs of a paragraph of a shape or a chart's title."""
    return tuple(_run(run, DRAWING) for run in paragraph if run.tag == f"{{{DRAWING}}}r")


def _run(run: etree._Element, namespace: str) -> Run:
    properties = run.find(f"{{{namespace}}}rPr")
    text = run.findtext(f"{{{namespace}}}t", "")
    return Run("" if properties is None else markup(properties), text)


def markup(element: etree._Element) -> str:
    """Return an element as it stands in its part, which declares the namespaces."""
    return _NAMESPACES.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def fragments(runs: Sequence[Run], place: Place) -> tuple[tuple[Fragment, ...], tuple[Problem, ...]]:
    """Return literal texts and tags in order, tags that stand in several runs joined; and what is wrong with them."""
    text = "".join(run.text for run in runs)
    found: list[Fragment] = []
    problems: list[Problem] = []
    at = 0
    for tag in tags(text):
        if (problem := _problem(tag, place)) is not None:
            problems.append(problem)
        if isinstance(tag, Broken):
            continue
        found += _literals(runs, at, tag.start)
        found.append(Fragment(_look_at(runs, tag.start), tag))
        at = tag.end
    found += _literals(runs, at, len(text))
    return _joined(found), tuple(problems)


def _problem(tag: Tag | Broken, place: Place) -> Problem | None:
    where = Place(place.part, place.heading, place.spot, tag.text)
    if isinstance(tag, Broken):
        code, remedy = _BROKEN[tag.matter]
        return Problem(code, where, f"标签{tag.matter}", remedy)
    if tag.is_misspelt:
        return Problem("T-04", where, "标签里有全角符号，已按半角读", f"建议改为 {tag.mended}")
    return None


def _literals(runs: Sequence[Run], start: int, end: int) -> Iterator[Fragment]:
    at = 0
    for run in runs:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            yield Fragment(run.properties, unescaped(part))
        at += len(run.text)


def _look_at(runs: Sequence[Run], place: int) -> str:
    at = 0
    for run in runs:
        at += len(run.text)
        if place < at:
            return run.properties
    return ""


def _joined(found: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """Return fragments without the blanks that ``{%-`` and ``-%}`` take away, and without comments and ``raw``."""
    kept: list[Fragment] = []
    joins = False
    for one in found:
        item = one.item
        if isinstance(item, str):
            text = item.lstrip() if joins else item
            joins = False
            if text:
                kept.append(Fragment(one.properties, text))
            continue
        if item.joins_before and kept and isinstance(kept[-1].item, str):
            last = kept.pop()
            kept += [Fragment(last.properties, text)] if (text := str(last.item).rstrip()) else []
        joins = item.joins_after
        if item.kind is not Kind.COMMENT and item.keyword not in {"raw", "endraw"}:
            kept.append(one)
    return tuple(kept)


def escaped(text: str) -> str:
    """Return text as an XML part of a workbook holds it; signs that none can hold are left out."""
    return NEEDS_CARE.sub(_entity, text) if NEEDS_CARE.search(text) else text


def literal(text: str) -> str:
    """Return text of the template as markup: an escaped character (``_x000A_``) stays one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def has_forbidden(text: str) -> bool:
    """Return whether a text holds signs that no XML part can hold."""
    return _FORBIDDEN.search(text) is not None


def stripped(text: str) -> str:
    """Return a text without the signs that no XML part can hold."""
    return _FORBIDDEN.sub("", text)


def needs_care(text: str) -> bool:
    """Return whether a text reads otherwise as markup."""
    return NEEDS_CARE.search(text) is not None


def _entity(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], "")


def kept(text: str, name: str = "t") -> str:
    """Return the element that holds a text, already markup; its blanks stay at beginning and end."""
    space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f"<{name}{space}>{text}</{name}>"
