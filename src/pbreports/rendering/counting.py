"""How many lines a side has and how many characters a line, told from sides and lines that are really full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from pbreports.rendering.boxes import Box
from pbreports.rendering.pages import Page, Row

_OPENING = frozenset("（〔［｛《〈「『【“‘([{")
_CLOSING = frozenset("）〕］｝》〉」』】”’，。、；：？！％…—)]},.;:?!%")
_NARROWEST, _WIDEST = 0.88, 1.18
"""What a character's width may be of that asked for and still be one of body text."""


def lines_a_side(pages: Sequence[Page], area: Box) -> int | None:
    """Return how many lines the fullest side of body text holds, ``None`` when no side is surely full.

    A side is full when it is all body text, its last line runs on, and three lines or more of that paragraph stand on
    the next one, so that neither a heading nor a widow has been moved there. ``area`` is the type area.
    """
    full = (_lines(one, area) for one, following in pairwise(pages) if _runs_on(one, following, area))
    return max((lines for lines in full if lines), default=None)


def chars_a_line(pages: Sequence[Page], area: Box, wanted: int) -> int | None:
    """Return how many characters full lines of body text hold, ``None`` when there are not two of them.

    Only lines of wide characters alone are counted, and none that a sign has shortened which may not begin or end one.
    """
    counts = Counter(count for page in pages for count in _counts(page.text, area, wanted))
    if counts.total() < 2:
        return None
    return max(counts, key=lambda count: (counts[count], count))


def line_start(page: Page, area: Box, wanted: int) -> float | None:
    """Return where the lines of a page begin that go on with a paragraph, ``None`` when there are not three of them."""
    texts = [row for row in page.text if _is_body(row, area.width / wanted)]
    right = max((row.box.right for row in texts), default=0.0)
    # The line after one that ends at the edge goes on with its paragraph, or begins one and is indented.
    goes_on = [row.box.left for above, row in pairwise(texts) if above.box.right > right - 1.2 * _char(above)]
    left = min(goes_on, default=0.0)
    return left if sum(one < left + 0.5 for one in goes_on) > 2 else None


def is_full(row: Row, area: Box, wanted: int) -> bool:
    """Whether a row of body text reaches from edge to edge; one character may be missing at the right."""
    reaches = abs(row.box.left - area.left) < 1.5 and row.box.right > area.right - 1.1 * _char(row)
    return reaches and row.is_wide and _is_body(row, area.width / wanted)


def _is_body(row: Row, char: float) -> bool:
    """Whether a row may be one of body text: characters of that width, and no blank between them as in tables."""
    return row.gap < 0.7 * char and _NARROWEST * char <= _char(row) <= _WIDEST * char


def _char(row: Row) -> float:
    return row.box.width / max(1, len(row.text))


def _runs_on(page: Page, following: Page, area: Box) -> bool:
    """Whether a side ends within a paragraph that goes on for three lines, all on upright pages."""
    last, begun = page.text[-1:], following.text[:3]
    if page.lies_across or following.lies_across or not last or len(begun) < 3:
        return False
    return last[0].box.right > area.right - 1.5 * _char(last[0]) and all(
        abs(row.box.left - area.left) < 1.5 for row in begun
    )


def _lines(page: Page, area: Box) -> int | None:
    """Return how many lines a side of nothing but body text holds, blank ones too."""
    middles = [row.box.middle for row in page.text]
    gaps = [below - above for above, below in pairwise(middles)]
    if len(gaps) < 9:
        return None
    pitch = median(gaps)
    steps = [round(gap / pitch) for gap in gaps]
    is_regular = all(steps) and all(abs(gap / pitch - step) < 0.12 for gap, step in zip(gaps, steps, strict=True))
    return sum(steps) + 1 if is_regular and middles[0] - area.top < 1.2 * pitch else None


def _counts(rows: Sequence[Row], area: Box, wanted: int) -> Iterator[int]:
    for row, following in pairwise(rows):
        goes_on = abs(following.box.left - area.left) < 1.5 and not _is_shortened(following.text)
        if goes_on and is_full(row, area, wanted):
            is_hung = row.box.right - area.right > 0.35 * _char(row)
            yield len(row.text) - is_hung


def _is_shortened(following: str) -> bool:
    """Whether the line before may be shorter for what this one begins with: a word, a bracket, a sign behind one."""
    return following[0] in _OPENING or following[0].isascii() or following[1:2] in _CLOSING
