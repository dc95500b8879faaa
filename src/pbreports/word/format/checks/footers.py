"""Page numbers (7.5): there, their signs and type, and the side they stand on."""

from __future__ import annotations

from collections.abc import Mapping

from pbreports.word.format import signs
from pbreports.word.format.checks.faces import named_size
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.paper import Kind, Paper, Paragraph, Section, Where
from pbreports.word.format.spaces import char_of, right_of, start_of

_MM = 72 / 25.4
_FIELD = "PAGE"
_NEAR = 0.5
_FOOTER_NEAR = 2.0
"""Where the dash stands can only be reckoned from the file to so many millimetres."""
_Footers = Mapping[str, tuple[Paragraph, ...]]


def check_footers(paper: Paper, found: Collected) -> None:
    """Note what is wrong with the page numbers of the first section, and where later ones have none."""
    section = paper.sections[0]
    footers, headers = dict(section.footers), dict(section.headers)
    numbered = {kind: one for kind, all_of_it in footers.items() if (one := _number(all_of_it))}
    above = {kind: one for kind, all_of_it in headers.items() if (one := _number(all_of_it))}
    if not numbered:
        at = next(iter(above.values()), None)
        said = "在页眉里" if at else "没有"
        words = "有，编排在版心下边缘之下"
        found.say("W-25", "page_number_pattern", Place("页码", at), said, expected=words, called="页码")
        return
    for one in dict.fromkeys(numbered.values()):
        _signs(one, found)
        _face(one, found)
    _sides(paper, section, numbered, found)
    _first_page(paper, section, numbered, found)
    if not section.is_landscape:
        _height(section, found)


def _number(paragraphs: tuple[Paragraph, ...]) -> Paragraph | None:
    """Return the paragraph of a header or footer that shows the page's number."""
    return next((one for one in paragraphs if _FIELD in one.fields), None)


def _signs(one: Paragraph, found: Collected) -> None:
    dash = found.profile.text("page_number_dash")
    text = one.text.strip(signs.BLANKS)
    around = (text[:1], text[-1:])
    if around != (dash, dash):
        said = f"“{text}”" if text.strip("0123456789") else "没有一字线"
        found.say("W-25", "page_number_dash", Place("页码", one), said, expected=f"“{dash} 1 {dash}”", mendable=True)


def _face(one: Paragraph, found: Collected) -> None:
    for run in one.runs:
        text = run.text.strip(signs.BLANKS)
        if not text:
            continue
        if any(map(str.isdigit, text)) and not found.is_of(run.look.latin, "page_number_font"):
            place = Place("页码", one)
            found.say("W-25", "page_number_font", place, run.look.latin, called="字体", mendable=True)
        if abs(run.look.size - found.profile.pt("page_number_size")) > 0.1:
            said = named_size(run.look.size, found.profile)
            expected = named_size(found.profile.pt("page_number_size"), found.profile)
            found.say(
                "W-25", "page_number_size", Place("页码", one), said, expected=expected, called="字号", mendable=True
            )


def _sides(paper: Paper, section: Section, numbered: Mapping[str, Paragraph], found: Collected) -> None:
    """Judge the sides: right on odd pages, left on even ones, one character in."""
    if section.is_landscape:
        return
    odd = numbered.get("default")
    if odd is not None and odd.frame == "outside":
        return
    if odd is not None:
        _side(odd, "right", "单页", found)
    if not paper.are_sides_different:
        if odd is not None and _across(odd) == "right":
            found.say(
                "W-25", "page_number_side", Place("页码", odd), "双页与单页相同", called="双页位置", mendable=True
            )
        return
    even = numbered.get("even")
    if even is None:
        found.say("W-25", "page_number_side", Place("页码", odd), "双页没有页码", called="双页位置", mendable=True)
    else:
        _side(even, "left", "双页", found)


def _across(one: Paragraph) -> str:
    """Return the side a number stands on: by its frame, else its alignment."""
    if one.frame and one.frame != "inline":
        return one.frame
    return {"both": "left", "distribute": "left"}.get(one.look.align, one.look.align)


def _side(one: Paragraph, wanted: str, page: str, found: Collected) -> None:
    shown = _across(one)
    named = {"right": "居右", "left": "居左", "center": "居中"}
    side = found.profile.chars("page_number_side")
    words = f"{named[wanted]}空{side:g}字"
    if one.where is not Where.FOOTER:
        return
    if shown != wanted:
        said = named.get(shown, shown)
        found.say(
            "W-25", "page_number_side", Place("页码", one), said, expected=words, called=f"{page}位置", mendable=True
        )
        return
    white = right_of(one) + _blanks(one, at_end=True) if wanted == "right" else start_of(one)
    if not one.frame and abs(white - side) > _NEAR:
        said = f"{named[wanted]}空{round(white, 1):g}字"
        found.say(
            "W-25", "page_number_side", Place("页码", one), said, expected=words, called=f"{page}位置", mendable=True
        )


def _blanks(one: Paragraph, *, at_end: bool) -> float:
    text = one.text
    return float(len(text) - len(text.rstrip("\u3000"))) if at_end and char_of(one) else 0.0


def _first_page(paper: Paper, section: Section, numbered: Mapping[str, Paragraph], found: Collected) -> None:
    """Judge page 1: numbered like all others, but in letters, where it shows none (10.1)."""
    shown = "first" in numbered if section.is_first_different else "default" in numbered
    if paper.kind is Kind.LETTER and shown:
        found.say(
            "W-31",
            "letter_first_number",
            Place("页码"),
            "有页码",
            expected="不显示页码",
            called="首页",
            mendable=True,
        )
    elif paper.kind is not Kind.LETTER and not shown:
        found.say(
            "W-25", "page_number_pattern", Place("页码"), "没有页码", expected="有页码", called="首页", mendable=True
        )


def _height(section: Section, found: Collected) -> None:
    wanted = found.profile.mm("footer_distance")
    shown = section.footer / _MM
    if abs(shown - wanted) > _FOOTER_NEAR:
        below = found.profile.mm("page_number_below") + wanted - shown
        words = f"{found.profile.mm('page_number_below'):g}毫米（页脚距纸边{wanted:g}毫米）"
        said = f"约{below:.0f}毫米（页脚距纸边{shown:.1f}毫米）"
        found.say("W-25", "page_number_below", Place("页码"), said, expected=words, mendable=True)
