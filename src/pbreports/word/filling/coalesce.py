"""Makes whole the tags that Word has cut into runs: each becomes a node of its own between runs."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from pbreports.tags.tokens import Broken, Tag, tags
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

_LAID_OUT = "\t\n"
_ESCAPED = re.compile(r"\{_[{%]|[}%]_\}")
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
        _replace(paragraph, *_span(tag, text), number)
    _unescape(paragraph)


def _span(tag: Tag, text: str) -> tuple[int, int]:
    """Return the places between which a tag stands, with the blanks beside it that it takes away."""
    start, end = tag.start, tag.end
    while tag.joins_before and start and text[start - 1].isspace() and text[start - 1] not in _LAID_OUT:
        start -= 1
    while tag.joins_after and end < len(text) and text[end].isspace() and text[end] not in _LAID_OUT:
        end += 1
    return start, end


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


def _replace(paragraph: Node, start: int, end: int, number: int) -> None:
    """Put a node in the place of a tag's text; what stands between its runs besides text stays behind it."""
    _cut(paragraph, end)
    _cut(paragraph, start)
    held = [unit.element for unit in _units(paragraph) if start <= unit.start and unit.end <= end]
    runs = list(dict.fromkeys(_run_of(element) for element in held if text_of_unit(element)))
    runs[0].addprevious(mark(number))
    for element in held:
        remove(element)
    for run in runs:
        if all(child.tag == RPR for child in run):
            remove(run)


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
    """Write the braces that were escaped in the template's own text, also where runs part them."""
    units = _units(paragraph)
    text = "".join(text_of_unit(unit.element) for unit in units)
    dropped = {found.start() + 1 for found in _ESCAPED.finditer(text)}
    for unit in units if dropped else ():
        if unit.element.tag == T:
            own = unit.element.text or ""
            unit.element.text = "".join(sign for at, sign in enumerate(own, unit.start) if at not in dropped)
