"""Where things stand: indents in characters, white between paragraphs in lines."""

from __future__ import annotations

from itertools import pairwise

from pbreports.word.format.fonts import width_of
from pbreports.word.format.paper import Element, Paper, Paragraph, Section, Where

_NATURAL = 1.3
"""What a line of Chinese type takes where nothing is said, in sizes of its type."""


def char_of(one: Paragraph) -> float:
    """Return the width of a character of a paragraph in points, the space behind it included."""
    look = one.look_of_text
    return look.size * look.scale / 100 + look.spacing


def left_of(one: Paragraph) -> float:
    """Return how many characters all lines are indented."""
    look = one.look
    return look.left_chars if look.left_chars is not None else look.left / char_of(one)


def right_of(one: Paragraph) -> float:
    """Return how many characters lines end before the right edge."""
    look = one.look
    return look.right_chars if look.right_chars is not None else look.right / char_of(one)


def first_of(one: Paragraph) -> float:
    """Return how many characters the first line is indented beyond the others, blanks at its beginning included."""
    look = one.look
    said = look.first_chars if look.first_chars is not None else look.first / char_of(one)
    return said + blanks_before(one)


def blanks_before(one: Paragraph) -> float:
    """Return the width in characters of the blanks a text begins with."""
    text = one.text
    return width_of(text[: len(text) - len(text.lstrip(" \u3000\u00a0"))])


def start_of(one: Paragraph) -> float:
    """Return how many characters from the left edge the first line begins."""
    return left_of(one) + first_of(one)


def right_white(one: Paragraph, section: Section) -> float | None:
    """Return how many characters are white behind a line's end; ``None`` when it cannot be told.

    The line is one line: a signature's. Blanks at its end that have a hanzi's width count, as they are meant so.
    """
    text = one.text.strip(" \t\n\u00a0")
    if "\t" in one.text.strip():
        return None
    blanks = len(text) - len(text.rstrip("\u3000"))
    all_of_it = section.text_width / char_of(one)
    room = all_of_it - left_of(one) - right_of(one)
    width = width_of(one.text.rstrip(" \t\n\u3000\u00a0")) + blanks
    indent = first_of(one) - blanks_before(one)
    if one.look.align == "right":
        return right_of(one) + blanks
    if one.look.align == "center":
        return right_of(one) + (room - indent - width) / 2 + blanks
    if "\t" in one.text:
        return None
    return room + right_of(one) - indent - width + blanks


def height_of(one: Paragraph, section: Section, lines: int = 1) -> float:
    """Return the height of a paragraph of so many lines in points, the white around it left out."""
    look = one.look
    natural = max((run.look.size for run in one.runs), default=10.5) * _NATURAL
    if look.rule == "exact":
        return look.line * lines
    if section.grid and look.snaps and section.grid_pitch:
        natural = section.grid_pitch
    return max(look.line, natural) * lines if look.rule == "atLeast" else look.line * natural * lines


def gap_between(paper: Paper, above: int, below: int) -> float | None:
    """Return the white between two paragraphs in points; ``None`` when something else stands between or they float."""
    first, last = paper.paragraphs[above], paper.paragraphs[below]
    between = paper.paragraphs[above + 1 : below]
    if any(one.where is not Where.BODY or one.frame for one in (first, last, *between)):
        return None
    if last.new_page or any(one.new_page or not one.is_blank for one in between):
        return None
    section = paper.sections[min(first.section, len(paper.sections) - 1)]
    chain = (first, *between, last)
    white = sum(max(one.look.after, 0) + max(other.look.before, 0) for one, other in pairwise(chain))
    return white + sum(height_of(one, section) for one in between)


def section_of(paper: Paper, one: Paragraph) -> Section:
    """Return the section that a paragraph stands in."""
    return paper.sections[min(one.section, len(paper.sections) - 1)]


def index_of(paper: Paper, one: Paragraph) -> int:
    """Return the number of a paragraph in the paper."""
    return next(at for at, other in enumerate(paper.paragraphs) if other is one)


def before_of(paper: Paper, at: int) -> int | None:
    """Return the number of the paragraph above another that is not blank."""
    return next((one for one in range(at - 1, -1, -1) if paper.paragraphs[one].element is not Element.BLANK), None)
