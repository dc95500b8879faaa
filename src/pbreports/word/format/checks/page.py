"""The page: paper, margins and the type area they leave (5.1, 5.2.1), pages that lie across included (8)."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.scheme.profile import Profile, load_profile
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.paper import Paper, Section

CONVENTIONS = ("measured", "literal")
"""The two ways to reach a top white of 37 mm: by the glyphs or by the margin; both are right."""
_MM = 72 / 25.4
_ROUNDING = 0.05
"""Margins are kept in twentieths of a point, and given in centimetres."""


def check_page(paper: Paper, found: Collected) -> None:
    """Note what is wrong with paper size and margins, section by section."""
    check_paper_size(paper, found)
    for section, place in _places(paper):
        if section.is_landscape:
            _across(section, found, place)
        else:
            _margins(section, found, place)


def check_paper_size(paper: Paper, found: Collected) -> None:
    """Note paper of another size."""
    for section, place in _places(paper):
        _size(section, found, place)


def _places(paper: Paper) -> Iterator[tuple[Section, Place]]:
    for at, section in enumerate(paper.sections, 1):
        yield section, Place("页面", None, f"第{at}节" if len(paper.sections) > 1 else "")


def _size(section: Section, found: Collected, place: Place) -> None:
    profile = found.profile
    sides = sorted((section.width / _MM, section.height / _MM))
    wanted = (profile.mm("page_width"), profile.mm("page_height"))
    slack = profile["page_width"].tolerance
    if any(abs(side - one) > slack for side, one in zip(sides, wanted, strict=True)):
        said = f"{section.width / _MM:.0f}×{section.height / _MM:.0f}毫米"
        found.say(
            "W-01",
            "page_width",
            Place("纸张", None, place.words),
            said,
            expected=_a4(profile),
            remedy="请改为 A4。",
            mendable=True,
        )


def _a4(profile: Profile) -> str:
    return f"A4（{profile.mm('page_width'):g}×{profile.mm('page_height'):g}毫米）"


def margins_of(profile: Profile, key: str) -> list[float]:
    """Return what a margin may be in millimetres: by either convention, or the one value a bureau has laid down."""
    if profile[key].own:
        return [profile.mm(key)]
    return sorted({one.mm(key) for one in (profile, *map(load_profile, CONVENTIONS))})


def _margins(section: Section, found: Collected, place: Place) -> None:
    """Judge the margins of an upright page; top and bottom may follow either convention."""
    for key, value in (
        ("margin_top", section.top),
        ("margin_left", section.left + section.gutter),
        ("margin_right", section.right),
        ("margin_bottom", section.bottom),
    ):
        accepted = margins_of(found.profile, key)
        shown = value / _MM
        if not any(abs(shown - one) <= found.profile[key].tolerance + _ROUNDING for one in accepted):
            _say_margin(found, place, key, shown, accepted)


_STANDARD = {
    "margin_top": "top_white",
    "margin_left": "left_white",
    "margin_right": "area_width",
    "margin_bottom": "area_height",
}
"""The parameter of the standard that each margin serves: 天头, 订口, and the type area that is left."""


def _say_margin(found: Collected, place: Place, key: str, shown: float, accepted: list[float]) -> None:
    named = {"margin_top": "上", "margin_left": "左", "margin_right": "右", "margin_bottom": "下"}[key]
    wanted = "或".join(f"{one:g}" for one in accepted)
    parameter = found.profile[key if found.profile[key].own else _STANDARD[key]]
    expected = f"{wanted}毫米" if parameter.key == key else f"{wanted}毫米（{parameter.name}{parameter.shown}）"
    at = Place("页面", None, place.words)
    found.say("W-02", parameter.key, at, f"{shown:.1f}毫米", expected=expected, called=f"{named}页边距", mendable=True)


def _across(section: Section, found: Collected, place: Place) -> None:
    """Judge a page that lies across: its margins are those of the upright page, turned."""
    wide = found.profile.turned()
    tolerance = found.profile.mm("white_tolerance")
    for key, value in (("margin_top", section.top + section.gutter), ("margin_left", section.left)):
        if abs(value / _MM - wide.mm(key)) > 3 * tolerance:
            named = "上" if key == "margin_top" else "左"
            shown = f"{value / _MM:.1f}毫米"
            words = f"{wide.mm(key):g}毫米"
            at = Place("横排页面", None, place.words)
            found.say("W-02", "margin_top", at, shown, expected=words, called=f"{named}页边距")
