"""Faces: font, size, colour, and that nothing is set bold, slanted or underlined (5.2.2, 5.2.4, 7.2 to 7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.scheme.profile import Profile
from pbreports.word.format import fonts, signs
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.fonts import is_of as is_of  # noqa: PLC0414 - what mends faces asks here as well
from pbreports.word.format.paper import HEADINGS, Element, Kind, Paper, Paragraph, Run, Where, is_red

_FONT_OF = {
    Element.SECRECY: "secrecy_font",
    Element.URGENCY: "urgency_font",
    Element.MARK: "mark_font",
    Element.TITLE: "title_font",
    Element.ANNEX_LABEL: "annex_label_font",
    Element.COPIES: "imprint_font",
    Element.PRINT: "imprint_font",
    **{one: f"heading_{level}_font" for level, one in enumerate(HEADINGS, 1)},
}
_SIZE_OF = {
    Element.TITLE: "title_size",
    Element.ANNEX_LABEL: "annex_label_size",
    Element.COPIES: "imprint_size",
    Element.PRINT: "imprint_size",
    **dict.fromkeys(HEADINGS, "heading_size"),
}
DEFAULT_FACE = frozenset(
    {
        Element.COPY_NUMBER,
        Element.NUMBER,
        Element.ISSUER,
        Element.ADDRESSEES,
        Element.BODY,
        Element.ANNEX_NOTE,
        Element.ORGAN,
        Element.DATE,
        Element.NOTE,
    }
)
"""The elements that are set as 5.2.2 says for all that nothing else is said of."""
_DEFAULT_SIZE = DEFAULT_FACE | {Element.SECRECY, Element.URGENCY}
_UNJUDGED = frozenset(
    {Element.TABLE, Element.BLANK, Element.OTHER, Element.CAPTION, Element.SUBTITLE, Element.ANNEX_TITLE}
)
_PEOPLE = frozenset({Element.PRESENT, Element.ABSENT, Element.ATTENDING})
_WESTERN = re.compile("[0-9A-Za-z]")
_LIGHTEST_BLACK = 0x20


def check_faces(paper: Paper, found: Collected) -> None:
    """Note wrong faces in all elements but tables."""
    for one in paper.paragraphs:
        if one.element in _UNJUDGED or one.where is Where.HEADER or one.is_blank:
            if one.element in {Element.SUBTITLE, Element.ANNEX_TITLE, Element.OTHER} and not one.is_blank:
                _color(one, paper.kind, found)
            continue
        _font(paper, one, found)
        _size(one, found)
        _color(one, paper.kind, found)
        _emphasis(one, found)


def _font(paper: Paper, one: Paragraph, found: Collected) -> None:
    for key, run in runs_by_font(paper, one):
        if _holds_common(run.text) and not found.is_of(run.look.east, key):
            wanted = found.profile[key].shown
            found.say(
                "W-05",
                key,
                _of_part(one, key),
                run.look.east,
                expected=wanted,
                called="字体",
                mendable=True,
                alike=f"face {wanted}",
            )
        if key == "body_font":
            _western(one, run, found)


def _western(one: Paragraph, run: Run, found: Collected) -> None:
    """Judge letters and digits, of which the standard says nothing, and signs that may be of either kind."""
    look = run.look
    if _WESTERN.search(run.text):
        common = look.latin.casefold() in fonts.WESTERN and not found.profile["digit_font"].own
        if not common and not found.is_of(look.latin, "digit_font"):
            found.say("W-06", "digit_font", one, look.latin, called="西文和数字字体", mendable=True, alike="western")
    if not look.hint and not fonts.EITHER.isdisjoint(run.text) and not found.is_of(look.other, "body_font"):
        found.say(
            "W-07",
            "body_font",
            one,
            f"西文字体{look.other}",
            expected=found.profile["body_font"].shown,
            called="引号、破折号、省略号的字体",
            remedy="请选中这些引号、破折号、省略号，改为中文字体。",
            mendable=True,
            alike="either",
        )


_KINDS = {Kind.LETTER: "letter_", Kind.ORDER: "order_", Kind.MINUTES: "minutes_"}


def runs_by_font(paper: Paper, one: Paragraph) -> Iterator[tuple[str, Run]]:
    """Yield the runs of a paragraph with the key of the font each has to have; a heading's own part and what runs on."""
    if one.element in HEADINGS:
        yield from _heading_runs(one)
    elif one.element is Element.ISSUER:
        yield from _issuer_runs(one)
    elif one.element in _PEOPLE:
        yield from _people_runs(one)
    else:
        key = _FONT_OF.get(one.element, "body_font")
        if one.element is Element.MARK:
            key = f"{_KINDS.get(paper.kind, '')}mark_font"
        for run in one.runs:
            yield key, run


def _of_part(one: Paragraph, key: str) -> Place:
    """Return the place of a run: what runs on behind a heading is text."""
    is_text = one.element in HEADINGS and key == "body_font"
    return Place((Element.BODY if is_text else one.element).value, one)


def _heading_runs(one: Paragraph) -> Iterator[tuple[str, Run]]:
    key = _FONT_OF[one.element]
    for part, run in _split(one, one.heading):
        yield (key if part == 0 else "body_font"), run


def _issuer_runs(one: Paragraph) -> Iterator[tuple[str, Run]]:
    label = signs.ISSUER.match(one.text)
    for part, run in _split(one, label.end() if label else 0):
        yield ("issuer_label_font" if part == 0 else "issuer_font"), run


def _people_runs(one: Paragraph) -> Iterator[tuple[str, Run]]:
    colon = max(one.text.find("："), one.text.find(":"))
    for part, run in _split(one, colon):
        yield ("present_label_font" if part == 0 else "present_font"), run


def _split(one: Paragraph, at: int) -> Iterator[tuple[int, Run]]:
    """Yield the runs before a sign of the text, numbered 0, and those behind it, numbered 1."""
    for run in one.runs:
        before, after = run.text[: max(at, 0)], run.text[max(at, 0) :]
        at -= len(run.text)
        if before:
            yield 0, Run(before, run.look)
        if after:
            yield 1, Run(after, run.look)


def _holds_common(text: str) -> bool:
    return any(fonts.is_hanzi(sign) and fonts.is_common(sign) for sign in text)


def _size(one: Paragraph, found: Collected) -> None:
    key = size_key(one)
    if not key:
        return
    wanted = found.profile.pt(key)
    sizes = {run.look.size for run in one.runs if run.text.strip(signs.BLANKS)}
    for size in sorted(sizes):
        if abs(size - wanted) > 0.1:
            expected = named_size(wanted, found.profile)
            said = named_size(size, found.profile)
            found.say("W-08", key, one, said, expected=expected, called="字号", mendable=True, alike=f"size {wanted}")


def size_key(one: Paragraph) -> str:
    """Return the key of the size that a paragraph has to have, empty where nothing is asked."""
    return _SIZE_OF.get(one.element, "body_size" if one.element in _DEFAULT_SIZE | _PEOPLE else "")


def named_size(points: float, profile: Profile) -> str:
    """Return a size as staff call it: 3号（16磅）."""
    name = profile.size_name(points)
    return name if name.endswith("磅") else f"{name}（{points:g}磅）"


def _color(one: Paragraph, kind: Kind, found: Collected) -> None:
    colors = {run.look.color for run in one.runs if run.text.strip(signs.BLANKS)}
    for color in sorted(colors):
        if one.element is Element.MARK:
            if not is_red(color):
                key = f"{_KINDS.get(kind, '')}mark_color"
                found.say("W-09", key, one, _worded(color), expected="红色", called="颜色", mendable=True)
        elif not _is_black(color):
            found.say(
                "W-09", "color", one, _worded(color), expected="黑色", called="颜色", mendable=True, alike="color"
            )


def _is_black(color: str) -> bool:
    try:
        return all(int(color[at : at + 2], 16) <= _LIGHTEST_BLACK for at in (0, 2, 4))
    except ValueError:
        return True


def _worded(color: str) -> str:
    return "红色" if is_red(color) else "黑色" if _is_black(color) else f"#{color}"


def _emphasis(one: Paragraph, found: Collected) -> None:
    """Note what is bold, slanted, struck or underlined, of which the standard knows nothing."""
    for run in one.runs:
        if not run.text.strip(signs.BLANKS):
            continue
        look = run.look
        worded = ((look.bold, "加粗"), (look.italic, "倾斜"), (look.struck, "有删除线"), (look.underlined, "有下划线"))
        for is_so, word in worded:
            if is_so and (word != "有下划线" or any(fonts.is_hanzi(sign) for sign in run.text)):
                words = "不加粗、不倾斜、没有划线"
                found.say("W-10", "bold", one, word, expected=words, called="字形", mendable=True, alike="emphasis")
