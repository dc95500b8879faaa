"""Whether what stands between two page breaks of a form has room on one page."""

from __future__ import annotations

from dataclasses import dataclass

from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import TBL, TR, TRPR, P, w
from pbreports.word.measuring.content import line_height, measured
from pbreports.word.measuring.looks import Styles, points

_RULE = 0.5
"""What a rule between two rows may add to their heights, in points; some programs count it in."""
_SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a form: its number, the height of what stands on it and the height it has, in points."""

    number: int
    height: float
    room: float

    @property
    def over(self) -> float:
        """Return how much more stands on it than it has room for, in points; nothing or less when all is well."""
        return self.height - self.room


def sheets_of(root: Node, styles: Styles, pitch: float) -> tuple[Sheet, ...]:
    """Return the pages of a form; none for a document that is no form.

    A form is a document of one section whose tables only have rows with a height of their own: elsewhere the text flows.
    """
    body, sections = root.find(w("body")), list(root.iter(w("sectPr")))
    rows = list(root.iter(TR))
    if body is None or len(sections) != 1 or not rows or not all(map(_height, rows)):
        return ()
    width, room = _area(sections[0])
    heights = [0.0]
    for block in body:
        if block.tag == TBL:
            heights[-1] += sum(_height(row) + _RULE for row in block.iter(TR))
        elif block.tag == P:
            text = measured(block, styles)
            if text.look.new_page or _breaks(block):
                heights.append(0.0)
            lines = text.lines(width, max(text.size, 1))
            heights[-1] += text.look.before + text.look.after + lines * line_height(text, pitch)
    return tuple(Sheet(number, height, room) for number, height in enumerate(heights, 1))


def _area(section: Node) -> tuple[float, float]:
    """Return width and height of what the margins leave of a page, in points."""
    page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    sides = {name: points(margins.get(w(name)) if margins is not None else None) for name in _SIDES}
    across, down = (points(page.get(w(name)) if page is not None else None) for name in ("w", "h"))
    return across - sides["left"] - sides["right"], down - abs(sides["top"]) - abs(sides["bottom"])


def _height(row: Node) -> float:
    said = row.find(f"{TRPR}/{w('trHeight')}")
    return points(said.get(w("val"))) if said is not None else 0


def _breaks(paragraph: Node) -> bool:
    return any(one.get(w("type")) == "page" for one in paragraph.iter(w("br")))
