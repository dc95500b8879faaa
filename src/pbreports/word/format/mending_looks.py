"""Puts right how paragraphs and pages look, by the profile: direct formatting over whatever styles say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from pbreports.faults import Fault
from pbreports.scheme.profile import Profile
from pbreports.word.filling.markup import w
from pbreports.word.format import signs
from pbreports.word.format.checks.faces import runs_by_font, size_key
from pbreports.word.format.mending_letters import Letter, runs_of
from pbreports.word.format.mending_properties import given, paragraph_property, run_property, without
from pbreports.word.format.paper import HEADINGS, Element, Paper, Paragraph, RunLook

_TWIPS_PER_MM = 1440 / 25.4
_WIDE_TWIPS, _HIGH_TWIPS = 11906, 16838
"""A4 as Word writes it."""


@dataclass(frozen=True, slots=True)
class Mend:
    """A paragraph to be put right: as it was read, its element, and the letters of its text in the file."""

    paper: Paper
    paragraph: Paragraph
    element: etree._Element
    letters: list[Letter | None]
    profile: Profile


def mend_paragraph(mend: Mend, fault: Fault) -> bool:
    """Put right in a paragraph what a fault tells; return whether it could be done."""
    if fault.code in _OF_RUNS:
        return _mend_runs(mend, _OF_RUNS[fault.code])
    if fault.code in _OF_PARAGRAPHS:
        return _OF_PARAGRAPHS[fault.code](mend, fault)
    return False


def mend_page(root: etree._Element, fault: Fault, profile: Profile) -> bool:
    """Put right the paper or the margins of all upright pages; return whether it could be done."""
    upright = [one for one in root.iter(w("sectPr")) if not _lies_across(one)]
    if fault.code == "W-01":
        for one in upright:
            given(_of_section(one, "pgSz"), w=_WIDE_TWIPS, h=_HIGH_TWIPS)
        return bool(upright)
    side = {"上": "top", "下": "bottom", "左": "left", "右": "right"}.get(fault.parameter[:1], "")
    if fault.code != "W-02" or not side:
        return False
    for one in upright:
        margins = _of_section(one, "pgMar")
        given(margins, **{side: round(profile.mm(f"margin_{side}") * _TWIPS_PER_MM)})
        if side == "left":
            given(margins, gutter=0)
    return bool(upright)


def _lies_across(section: etree._Element) -> bool:
    size = section.find(w("pgSz"))
    return size is not None and int(size.get(w("w"), "0")) > int(size.get(w("h"), "1"))


def _of_section(section: etree._Element, name: str) -> etree._Element:
    found = section.find(w(name))
    return found if found is not None else etree.SubElement(section, w(name))


_RunMend = Callable[[etree._Element, RunLook, str, Mend], bool]  # noqa: SLF001 - it has no other name


def _mend_runs(mend: Mend, put_right: _RunMend) -> bool:
    """Put right the runs of a paragraph, each by how its first sign looks and what font it has to have."""
    looks = [(key, run.look) for key, run in runs_by_font(mend.paper, mend.paragraph) for _ in run.text]
    changed = False
    for run, at in runs_of(mend.letters):
        if at < len(looks):
            key, look = looks[at]
            changed |= put_right(run, look, key, mend)
    return changed


def _font(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    if mend.profile.class_of(look.east) == mend.profile[key].value or look.east in mend.profile.fonts(key):
        return False
    fonts = run_property(run, "rFonts")
    without(fonts, "eastAsiaTheme")
    given(fonts, eastAsia=mend.profile.text(key))
    return True


def _western(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    if key != "body_font" or look.latin == mend.profile.text("digit_font"):
        return False
    fonts = run_property(run, "rFonts")
    without(fonts, "asciiTheme", "hAnsiTheme")
    given(fonts, ascii=mend.profile.text("digit_font"), hAnsi=mend.profile.text("digit_font"))
    return True


def _either(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    if key != "body_font" or look.hint or mend.paragraph.is_blank:
        return False
    given(run_property(run, "rFonts"), hint="eastAsia")
    return True


def _size(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    wanted = size_key(mend.paragraph)
    if not wanted or not key or abs(look.size - mend.profile.pt(wanted)) < 0.1:
        return False
    for name in ("sz", "szCs"):
        given(run_property(run, name), val=round(mend.profile.pt(wanted) * 2))
    return True


def _color(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    wanted = mend.profile.text("mark_color") if mend.paragraph.element is Element.MARK else "000000"
    if not key or look.color == wanted:
        return False
    color = run_property(run, "color")
    without(color, "themeColor", "themeTint", "themeShade")
    given(color, val=wanted)
    return True


def _emphasis(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    named = ((look.bold, "b"), (look.bold, "bCs"), (look.italic, "i"), (look.italic, "iCs"))
    struck = ((look.struck, "strike"), (look.struck, "dstrike"))
    names = [name for is_so, name in (*named, *struck) if is_so]
    for name in names:
        given(run_property(run, name), val=0)
    if look.underlined:
        given(run_property(run, "u"), val="none")
    return bool(names or look.underlined) and bool(key) and mend.paragraph.element is not Element.BLANK


def _spacing(run: etree._Element, look: RunLook, key: str, mend: Mend) -> bool:
    if not key or abs(look.size - mend.profile.pt("body_size")) > 0.1:
        return False
    given(run_property(run, "spacing"), val=round(mend.profile.number("char_spacing", "twip")))
    given(run_property(run, "w"), val=100)
    return True


_OF_RUNS: dict[str, _RunMend] = {
    "W-05": _font,
    "W-06": _western,
    "W-07": _either,
    "W-08": _size,
    "W-09": _color,
    "W-10": _emphasis,
    "W-12": _spacing,
}


def _pitch(mend: Mend, _: Fault) -> bool:
    spacing = paragraph_property(mend.element, "spacing")
    given(spacing, line=round(mend.profile.pt("line_pitch") * 20), lineRule="exact")
    return True


def _white(mend: Mend, _: Fault) -> bool:
    spacing = paragraph_property(mend.element, "spacing")
    without(spacing, "beforeLines", "afterLines")
    given(spacing, before=0, after=0, beforeAutospacing=0, afterAutospacing=0, beforeLines=0, afterLines=0)
    return True


def _indented(mend: Mend, first: float, align: str) -> bool:
    """Give a paragraph a first line so many characters in and flush lines; one set in by blanks is left to people."""
    if mend.paragraph.text[:1] in signs.BLANKS or mend.paragraph.offset:
        return False
    indent = paragraph_property(mend.element, "ind")
    without(indent, "hanging", "hangingChars", "start", "end", "startChars", "endChars")
    char = mend.profile.pt("body_size") * 20 + mend.profile.number("char_spacing", "twip")
    given(indent, left=0, leftChars=0, right=0, rightChars=0, firstLine=round(first * char), firstLineChars=0)
    if align:
        given(paragraph_property(mend.element, "jc"), val=align)
    return True


def _indent(mend: Mend, _: Fault) -> bool:
    align = "both" if mend.paragraph.look.align in {"center", "right"} else ""
    is_text = mend.paragraph.element in {Element.BODY, *HEADINGS}
    return is_text and _indented(mend, mend.profile.chars("first_line_indent"), align)


def _centred(mend: Mend, _: Fault) -> bool:
    return _indented(mend, 0, "center")


def _addressee(mend: Mend, fault: Fault) -> bool:
    return fault.expected.startswith("顶格") and _indented(mend, 0, "left")


def _annex(mend: Mend, fault: Fault) -> bool:
    if mend.paragraph.element is Element.ANNEX_TITLE:
        return fault.expected == "居中" and _indented(mend, 0, "center")
    if fault.expected == "另起一面":
        given(paragraph_property(mend.element, "pageBreakBefore"), val=1)
        return True
    return fault.expected == "顶格" and _indented(mend, 0, "left")


_OF_PARAGRAPHS: dict[str, Callable[[Mend, Fault], bool]] = {
    "W-11": _pitch,
    "W-13": _white,
    "W-14": _indent,
    "W-22": _centred,
    "W-23": _addressee,
    "W-26": _annex,
}
