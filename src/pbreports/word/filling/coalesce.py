"""Makes whole the tags that Word has cut into runs: each becomes a node of its own between runs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from pbreports.tags.tokens import Broken, Kind, Tag, tags, unescaped
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import (
    RPR,
    XML_SPACE,
    R,
    T,
    mark,
    remove,
    text_of_unit,
    text_units,
)

Register = Callable[[Tag, Node, Node | None], int]
"""Takes note of a tag in a paragraph, with the run that it begins in, and returns its number."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """An element that holds text, and the place of its first sign in the paragraph's text."""

    element: Node
    start: int

    @property
    def end(self) -> int:
        """Return the place behind its last sign."""
        return self.start + len(text_of_unit(self.element))


def coalesce(paragraph: Node, register: Register) -> Iterator[Broken]:
    """Yield what is broken in a paragraph's own text, whose tags have become nodes holding their places.

    Text beside a tag keeps the formatting of its run, because the run is cut at the tag.
    """
    text = "".join(text_of_unit(unit) for unit in text_units(paragraph))
    if "{" not in text and "}" not in text and "｛" not in text and "｝" not in text:
        return
    found = tags(text)
    yield from (one for one in found if isinstance(one, Broken))
    whole = [one for one in found if isinstance(one, Tag)]
    numbers = [register(tag, paragraph, _run_at(paragraph, tag.start)) for tag in whole]
    for tag, number in reversed(list(zip(whole, numbers, strict=True))):
        _replace(paragraph, tag, number)
    _unescape(paragraph)


def _units(paragraph: Node) -> list[_Unit]:
    units: list[_Unit] = []
    place = 0
    for element in text_units(paragraph):
        units.append(_Unit(element, place))
        place = units[-1].end
    return units


def _run_at(paragraph: Node, place: int) -> Node | None:
    """Return the run that holds the sign at a place."""
    for unit in _units(paragraph):
        if unit.start <= place < unit.end:
            return unit.element.getparent()
    return None


def _replace(paragraph: Node, tag: Tag, number: int) -> None:
    """Put a node in the place of a tag's text; what stands between its runs besides text stays behind it."""
    units = _units(paragraph)
    before, after = (any(unit.start < edge < unit.end for unit in units) for edge in (tag.start, tag.end))
    _cut(paragraph, tag.end)
    _cut(paragraph, tag.start)
    held = [unit.element for unit in _units(paragraph) if tag.start <= unit.start and unit.end <= tag.end]
    runs = list(dict.fromkeys(_run_of(element) for element in held if text_of_unit(element)))
    node = mark(number)
    runs[0].addprevious(node)
    for element in held:
        remove(element)
    for run in runs:
        if all(child.tag == RPR for child in run):
            remove(run)
    _trim(node.getprevious() if before and tag.joins_before else None, str.rstrip, -1)
    _trim(node.getnext() if after and tag.joins_after else None, str.lstrip, 0)


def _trim(run: Node | None, strip: Callable[[str], str], last: int) -> None:
    """Take the blanks at a tag off the text from which it was cut."""
    texts = run.findall(T) if run is not None else []
    if texts:
        texts[last].text = strip(texts[last].text or "")


def _run_of(element: Node) -> Node:
    run = element.getparent()
    if run is None:
        raise ValueError("text without a run")
    return run


def _cut(paragraph: Node, place: int) -> None:
    """Cut the run that spans a place in two, so that a new run begins there."""
    for unit in _units(paragraph):
        if unit.start < place < unit.end:
            _cut_text(unit.element, place - unit.start)
            _cut_run_before(_following_text(unit.element))
            return
        if unit.start == place and unit.end > place:
            _cut_run_before(unit.element)
            return


def _cut_text(element: Node, at: int) -> None:
    text = element.text or ""
    behind = etree.Element(T)
    for each, part in ((element, text[:at]), (behind, text[at:])):
        each.text = part
        each.set(XML_SPACE, "preserve")
    element.addnext(behind)


def _following_text(element: Node) -> Node:
    behind = element.getnext()
    if behind is None:
        raise ValueError("nothing was cut")
    return behind


def _cut_run_before(element: Node) -> None:
    """Cut a run before one of its children; the first child needs no cut."""
    run = _run_of(element)
    before = [child for child in run if child.tag != RPR]
    at = before.index(element)
    if at == 0:
        return
    behind = etree.Element(R)
    properties = run.find(RPR)
    if properties is not None:
        behind.append(copy.deepcopy(properties))
    behind.extend(before[at:])
    run.addnext(behind)


def _unescape(paragraph: Node) -> None:
    """Write the braces that were escaped in the template's own text."""
    for unit in text_units(paragraph):
        if unit.tag == T and unit.text and "_" in unit.text:
            unit.text = unescaped(unit.text)


def is_remark(tag: Tag) -> bool:
    """Return whether a tag says nothing to the program."""
    return tag.kind is Kind.COMMENT or tag.keyword in {"raw", "endraw"}
