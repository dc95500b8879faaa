"""Makes whole the tags that Word has cut into runs: each becomes a node of its own between runs."""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
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


def coalesce(paragraph: Node, register: Register) -> Iterator[Broken]:
    """Yield what is broken in a paragraph's own text, whose tags have become nodes holding their places.

    Text beside a tag keeps the formatting of its run, because the run is cut at the tag.
    """
    units = _units(paragraph)
    text = "".join(text_of_unit(unit.element) for unit in units)
    if "{" not in text and "}" not in text and "｛" not in text and "｝" not in text:
        return
    found = tags(text)
    yield from (one for one in found if isinstance(one, Broken))
    whole = [one for one in found if isinstance(one, Tag)]
    starts = [unit.start for unit in units]
    numbers = [register(tag, paragraph, _run_of(units[_at(starts, tag.start)].element)) for tag in whole]
    for number, (start, end) in reversed(list(zip(numbers, _spans(whole, text), strict=True))):
        first, last = _at(starts, start), _at(starts, end - 1)
        _replace(units[first : last + 1], start, end, number)
    _unescape(paragraph)


def _spans(whole: Sequence[Tag], text: str) -> list[tuple[int, int]]:
    """Return the places between which tags stand, with the blanks beside them that they take away."""
    spans: list[tuple[int, int]] = []
    before = 0
    for tag in whole:
        start, end = tag.start, tag.end
        while tag.joins_before and start > before and _is_blank(text[start - 1]):
            start -= 1
        while tag.joins_after and end < len(text) and _is_blank(text[end]):
            end += 1
        spans.append((start, end))
        before = end
    return spans


def _is_blank(sign: str) -> bool:
    return sign.isspace() and sign not in _LAID_OUT


def _units(paragraph: Node) -> list[_Unit]:
    """Return the elements of a paragraph that hold text, without empty ones."""
    units: list[_Unit] = []
    place = 0
    for element in text_units(paragraph):
        length = len(text_of_unit(element))
        if length:
            units.append(_Unit(element, place))
        place += length
    return units


def _at(starts: Sequence[int], place: int) -> int:
    """Return which unit holds the sign at a place."""
    return bisect_right(starts, place) - 1


def _replace(units: Sequence[_Unit], start: int, end: int, number: int) -> None:
    """Put a node in the place of a tag's text, which these units hold; what stands there besides text stays behind it.

    What follows in the last unit may have been cut off before, as tags are replaced from the last to the first.
    """
    _cut(units[-1], end)
    held = [_cut(units[0], start), *(unit.element for unit in units[1:])]
    runs = list(dict.fromkeys(_run_of(element) for element in held))
    runs[0].addprevious(mark(number))
    for element in held:
        remove(element)
    for run in runs:
        if all(child.tag == RPR for child in run):
            remove(run)


def _cut(unit: _Unit, place: int) -> Node:
    """Cut a unit in two at a place, so that a run begins there; return the element that begins there, or the unit's."""
    element, at = unit.element, place - unit.start
    if 0 < at < len(text_of_unit(element)):
        _cut_text(element, at)
        element = _following(element)
    elif at > 0:
        behind = element.getnext()
        if behind is not None:
            _cut_run_before(behind)
        return element
    _cut_run_before(element)
    return element


def _run_of(element: Node) -> Node:
    run = element.getparent()
    if run is None:
        raise ValueError("text without a run")
    return run


def _cut_text(element: Node, at: int) -> None:
    text = element.text or ""
    behind = etree.Element(T)
    for each, part in ((element, text[:at]), (behind, text[at:])):
        each.text = part
        each.set(XML_SPACE, "preserve")
    element.addnext(behind)


def _following(element: Node) -> Node:
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
