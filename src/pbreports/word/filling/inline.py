"""Tags outside the runs of paragraphs: in attributes, in the instructions of fields, in the texts of drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pbreports.tags.display import shown
from pbreports.tags.problems import Place
from pbreports.tags.program import Fill, Slot, Write
from pbreports.tags.tokens import Broken, Kind, Tag, tags, unescaped
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import FALLBACK, INLINE, P, nearest, w
from pbreports.word.filling.places import Places
from pbreports.word.filling.registry import Registry

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DRAWN_PARAGRAPH, _DRAWN_TEXT = f"{{{_DRAWING}}}p", f"{{{_DRAWING}}}t"
_INSTRUCTION = w("instrText")


def mark_inline(root: Node, places: Places, registry: Registry) -> None:
    """Put marks in the place of the tags in attributes, field instructions and drawn texts of a part."""
    for texts in _gathered(root):
        made_whole(texts)
    for element in root.iter(_INSTRUCTION, _DRAWN_TEXT, _MATH_TEXT):
        if element.text and nearest(element, FALLBACK) is None:
            element.text = marked(element.text, places.of(element), registry)
    for element in root.iter(f"{{{'*'}}}*"):
        for name, value in element.attrib.items():
            if "{" in str(value):
                element.set(name, marked(str(value), places.of(element), registry, tell=False))


def _gathered(root: Node) -> Iterator[list[Node]]:
    """Yield the groups of elements over which one text may be spread."""
    for paragraph in root.iter(_DRAWN_PARAGRAPH):
        yield list(paragraph.iter(_DRAWN_TEXT))
    for paragraph in root.iter(P):
        yield [one for one in paragraph.iter(_INSTRUCTION) if nearest(one, P) is paragraph]


def made_whole(texts: Sequence[Node]) -> None:
    """Bring each tag that is spread over several elements, which make one line of text, into the first of them."""
    whole = "".join(text.text or "" for text in texts)
    for one in reversed([found for found in tags(whole) if isinstance(found, Tag)]):
        start = 0
        for text in texts:
            here = text.text or ""
            left, right = max(one.start - start, 0), min(one.end - start, len(here))
            if left < right:
                text.text = here[:left] + (one.text if one.start >= start else "") + here[right:]
            start += len(here)


def marked(text: str, place: Place, registry: Registry, write: Write | None = None, *, tell: bool = True) -> str:
    """Return a text with a mark in the place of each tag, whose values ``write`` gives; braces escaped in it are meant.

    ``tell`` has what is broken told: not in attributes, where signs like those of tags may be anything.
    """
    parts: list[str] = []
    done = 0
    for one in tags(text):
        if isinstance(one, Broken):
            if tell:
                registry.tell_broken(one, place)
            continue
        number = registry.take(one, place)
        if one.kind is Kind.VALUE:
            registry.made[number] = Slot(registry.tags[number].place, one.body, write or written_plain)
        parts += [unescaped(text[done : one.start]), f"{INLINE[0]}{number}{INLINE[1]}"]
        done = one.end
    return "".join([*parts, unescaped(text[done:])])


def written_plain(value: object, _: Fill) -> str:
    """Return a value as it stands in an attribute or a text without formatting."""
    return escape(str(shown(value)), quote=True)
