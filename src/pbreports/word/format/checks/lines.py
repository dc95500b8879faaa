"""Lines of text: 22 on a side, 28 characters in each, two characters in at the beginning (5.2.3, 7.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from pbreports.scheme.profile import load_profile
from pbreports.word.format.checks.page import CONVENTIONS, margins_of
from pbreports.word.format.collecting import Collected
from pbreports.word.format.paper import HEADINGS, Element, Paper, Paragraph, Section, Where
from pbreports.word.format.spaces import first_of, left_of, right_of, section_of, start_of

_ON_THE_GRID = frozenset(
    {
        Element.ADDRESSEES,
        Element.BODY,
        Element.ANNEX_NOTE,
        Element.ORGAN,
        Element.DATE,
        Element.NOTE,
        Element.PRESENT,
        Element.ABSENT,
        Element.ATTENDING,
        *HEADINGS,
    }
)
_TEXT = frozenset({Element.BODY, *HEADINGS})
_MM = 72 / 25.4
_NEAR = 0.3
"""A difference of that many characters is one of rounding, or of the font the indent was measured in."""
_WHITE = 1.5
"""White above or below a paragraph up to so many points is not seen."""


def check_lines(paper: Paper, found: Collected) -> None:
    """Note wrong pitch, spacing and indents of the paragraphs of text."""
    heights = {id(section): _heights(section, found) for section in paper.sections}
    for one in paper.paragraphs:
        if one.element not in _ON_THE_GRID or one.where is not Where.BODY or one.frame:
            continue
        section = section_of(paper, one)
        if section.is_landscape:
            continue
        _pitch(one, section, heights[id(section)], found)
        _chars(one, section, found)
        if one.element in _TEXT:
            _white(one, found)
            if not one.annex:
                _indent(one, found)


def _pitch(one: Paragraph, section: Section, heights: Sequence[float], found: Collected) -> None:
    """Judge how many lines a side holds, by the pitch alone: a wrong margin is a fault of its own."""
    wanted = int(found.profile.number("lines_per_side", "line"))
    pitch = _points(one, section)
    lines = [floor(height / pitch + 0.001) for height in heights] if pitch else []
    if wanted in lines:
        return
    said = f"{_worded(one)}（每面{lines[0]}行）" if lines else _worded(one)
    words = f"每面{wanted}行（固定值{found.profile.pt('line_pitch'):g}磅）"
    found.say("W-11", "lines_per_side", one, said, expected=words, called="行距", mendable=True, alike="pitch")


def _heights(section: Section, found: Collected) -> list[float]:
    """Return the heights that lines may fill: the page's own, where its margins are wrong what they should leave."""
    return [section.text_height] if _is_right(section, found) else [_height(name) for name in CONVENTIONS]


def _is_right(section: Section, found: Collected) -> bool:
    """Whether the height and the top and bottom margins of a page are as they may be."""
    if abs(section.height / _MM - found.profile.mm("page_height")) > 1:
        return False
    sides = (("margin_top", section.top), ("margin_bottom", section.bottom))
    return all(any(abs(value / _MM - one) <= 1 for one in margins_of(found.profile, key)) for key, value in sides)


def _height(convention: str) -> float:
    profile = load_profile(convention)
    height = profile.mm("page_height") - profile.mm("margin_top") - profile.mm("margin_bottom")
    return height * 72 / 25.4


def _points(one: Paragraph, section: Section) -> float | None:
    """Return the pitch of a paragraph's lines in points; ``None`` when the font alone decides."""
    look = one.look
    if look.rule == "exact":
        return look.line
    on_grid = bool(section.grid) and look.snaps and section.grid_pitch > 0
    if look.rule == "atLeast":
        return max(look.line, section.grid_pitch) if on_grid else look.line if look.line > 20 else None
    return section.grid_pitch * look.line if on_grid else None


def _worded(one: Paragraph) -> str:
    look = one.look
    if look.rule == "exact":
        return f"固定值{look.line:g}磅"
    if look.rule == "atLeast":
        return f"最小值{look.line:g}磅"
    return "单倍行距" if look.line == 1 else f"{look.line:.2f}".rstrip("0").rstrip(".") + "倍行距"


def _chars(one: Paragraph, section: Section, found: Collected) -> None:
    """Judge how many characters a line holds, where the text is of the right size and wrong by its spacing alone."""
    profile = found.profile
    wanted, size = profile.number("chars_per_line", "char"), profile.pt("body_size")
    widths = {
        run.look.size * run.look.scale / 100 + run.look.spacing + _grid_extra(one, section)
        for run in one.runs
        if run.text.strip() and abs(run.look.size - size) < 0.1 and len(run.text) >= 2
    }
    all_of_it = profile.mm("area_width") * 72 / 25.4
    for width in sorted(widths):
        chars = floor(all_of_it / width + 0.001) if width > 0 else 0
        if chars != wanted:
            pitch = f"每行{wanted:g}字（字距紧缩{-profile.number('char_spacing', 'twip') / 20:g}磅）"
            said = f"每行{chars}字（字距{_spacing(width - size)}）"
            found.say("W-12", "chars_per_line", one, said, expected=pitch, called="字距", mendable=True, alike="chars")


def _grid_extra(one: Paragraph, section: Section) -> float:
    return section.grid_extra if section.grid in {"linesAndChars", "snapToChars"} and one.look.snaps else 0.0


def _spacing(points: float) -> str:
    if abs(points) < 0.01:
        return "标准"
    return f"{'加宽' if points > 0 else '紧缩'}{abs(points):.2f}".rstrip("0").rstrip(".") + "磅"


def _white(one: Paragraph, found: Collected) -> None:
    """Judge the white above and below a paragraph, which takes the lines off their places."""
    look = one.look
    if look.before > _WHITE or look.after > _WHITE:
        said = "、".join(
            f"{word}{points:g}磅" for word, points in (("段前", look.before), ("段后", look.after)) if points > _WHITE
        )
        found.say(
            "W-13",
            "lines_per_side",
            one,
            said,
            expected="段前、段后都是0",
            called="段前段后",
            mendable=True,
            alike="white",
        )


def _indent(one: Paragraph, found: Collected) -> None:
    """Judge the indent of a paragraph of text: two characters in, further lines flush."""
    wanted = found.profile.chars("first_line_indent")
    words = f"首行左空{wanted:g}字，回行顶格"
    if one.look.align in {"center", "right"}:
        if one.element in HEADINGS:
            said = "居中" if one.look.align == "center" else "右对齐"
            found.say(
                "W-14", "first_line_indent", one, said, expected=words, called="缩进", mendable=True, alike="indent"
            )
        return
    start = start_of(one)
    if abs(start - wanted) > _NEAR:
        found.say(
            "W-14",
            "first_line_indent",
            one,
            f"首行左空{_short(start)}字",
            expected=words,
            called="缩进",
            mendable=True,
            alike="indent",
        )
    elif left_of(one) > _NEAR and one.element is Element.BODY:
        said = f"回行左空{_short(left_of(one))}字"
        found.say("W-14", "first_line_indent", one, said, expected=words, called="缩进", mendable=True, alike="indent")
    if right_of(one) > _NEAR or right_of(one) < -_NEAR:
        said = f"右空{_short(right_of(one))}字"
        found.say("W-14", "first_line_indent", one, said, expected=words, called="缩进", mendable=True, alike="indent")


def _short(chars: float) -> str:
    return f"{round(chars, 1):g}"


def indent_words(one: Paragraph) -> str:
    """Return in words how a first line is indented."""
    return f"左空{_short(left_of(one) + first_of(one))}字"
