"""What stands in a paragraph, read for measuring: its texts with their sizes, tabs, breaks and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import WP, P, R, T, w
from pbreports.word.measuring.lines import Sort, Stretch, Text, text_of
from pbreports.word.measuring.looks import Look, Styles

_EMU = 12_700
_LINE = 1.5
"""The height of a line without an exact pitch, in font sizes: what the tallest of the usual fonts asks for."""
_FRAMES = (f"{{{WP}}}inline", f"{{{WP}}}anchor")
_SIGNS = {w("noBreakHyphen"): "-", w("sym"): "■"}
_SORTS = {w("tab"): Sort.TAB, w("br"): Sort.BREAK, w("cr"): Sort.BREAK}
_SEEN = (T, *_SIGNS, *_SORTS, *_FRAMES)


def measured(paragraph: Node, styles: Styles) -> Text:
    """Return a paragraph ready to be broken into lines."""
    look = styles.look(paragraph)
    return text_of(_stretches(paragraph, styles, look), look)


def line_height(text: Text, grid: float = 0) -> float:
    """Return the height of one of its lines as it stands, in points; ``grid`` is the pitch of the section's grid."""
    look = text.look
    if look.rule == "exact":
        return look.line
    natural = max(_LINE * max(text.size, 1), text.picture)
    if look.rule == "atLeast":
        return max(look.line, natural)
    if grid and look.snaps:
        natural = ceil(natural / grid) * grid
    return natural * look.line


def _stretches(paragraph: Node, styles: Styles, look: Look) -> Iterator[Stretch]:
    for run in paragraph.iter(R):
        if next(run.iterancestors(P)) is not paragraph:
            continue
        size, extra = styles.of_run(run, look)
        for element in run.iter(*_SEEN):
            yield from _stretch(element, size, extra)


def _stretch(element: Node, size: float, extra: float) -> Iterator[Stretch]:
    if element.tag in _FRAMES:
        yield from _picture(element)
    elif (sort := _SORTS.get(str(element.tag))) is not None:
        yield Stretch(sort, size=size)
    else:
        text = _SIGNS.get(str(element.tag)) or element.text
        if text:
            yield Stretch(Sort.TEXT, text, size, extra)


def _picture(frame: Node) -> Iterator[Stretch]:
    """Yield a picture that stands in the line; one that floats takes no room there."""
    extent = frame.find(f"{{{WP}}}extent")
    if frame.tag == _FRAMES[0] and extent is not None:
        width, height = (int(extent.get(side, "0")) / _EMU for side in ("cx", "cy"))
        yield Stretch(Sort.PICTURE, extra=width, height=height)
