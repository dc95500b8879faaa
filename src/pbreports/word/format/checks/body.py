"""From the title to the attachments: places of title, addressees, note of attachments, note, attachments (7.3)."""

from __future__ import annotations

import re

from pbreports.word.format import signs
from pbreports.word.format.checks.white import blank_lines
from pbreports.word.format.collecting import Collected
from pbreports.word.format.fonts import width_of
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph, Where
from pbreports.word.format.spaces import before_of, gap_between, index_of, left_of, section_of, start_of

_NEAR = 0.6
_START_NEAR = 0.8


def check_body(paper: Paper, found: Collected) -> None:
    """Note what is wrong with the places of the elements of the text."""
    _title(paper, found)
    _addressees(paper, found)
    _annex_note(paper, found)
    _note(paper, found)
    _annexes(paper, found)


def _title(paper: Paper, found: Collected) -> None:
    titles = paper.of(Element.TITLE)
    if not titles:
        if paper.kind is not Kind.INTERNAL:
            found.missing("主体", Element.TITLE.value)
        return
    for one in titles:
        if one.where is Where.BODY and (one.look.align != "center" or abs(start_of(one)) > _NEAR):
            said = f"左空{round(start_of(one), 1):g}字" if one.look.align == "center" else _aligned(one)
            found.say("W-22", "title_alignment", one, said, mendable=True)
    if paper.kind in {Kind.GENERAL, Kind.UPWARD, Kind.LETTER}:
        at = index_of(paper, titles[0])
        above = before_of(paper, at)
        if above is not None and paper.paragraphs[above].element in _HEAD:
            key = "letter_title_lines" if paper.kind is Kind.LETTER else "title_lines_below_rule"
            blank_lines(paper, (above, at), key, found)


_HEAD = frozenset({Element.NUMBER, Element.ISSUER, Element.SECRECY, Element.URGENCY})


def _aligned(one: Paragraph) -> str:
    return {"right": "右对齐", "left": "左对齐", "both": "两端对齐", "center": "居中"}.get(
        one.look.align, one.look.align
    )


def _addressees(paper: Paper, found: Collected) -> None:
    one = paper.first(Element.ADDRESSEES)
    if one is None:
        return
    key = "addressee_lines_below_title"
    if abs(start_of(one)) > _NEAR or left_of(one) > _NEAR:
        said = f"左空{round(start_of(one), 1):g}字"
        found.say("W-23", "addressee_indent", one, said, expected="顶格，回行仍顶格", mendable=True)
    if not one.text.rstrip(signs.BLANKS).endswith("："):
        said = f"“{one.text.strip(signs.BLANKS)[-1:]}”"
        found.say("W-23", "addressee_end", one, said, expected="全角冒号", mendable=True)
    at = index_of(paper, one)
    above = before_of(paper, at)
    if above is not None and paper.paragraphs[above].element is Element.TITLE:
        blank_lines(paper, (above, at), key, found)


def _annex_note(paper: Paper, found: Collected) -> None:
    notes = paper.of(Element.ANNEX_NOTE)
    if not notes:
        return
    first = notes[0]
    at = index_of(paper, first)
    above = before_of(paper, at)
    if above is not None:
        blank_lines(paper, (above, at), "annex_note_lines_below_body", found)
    wanted = found.profile.chars("annex_note_indent")
    if abs(start_of(first) - wanted) > _NEAR:
        said = f"左空{round(start_of(first), 1):g}字"
        found.say("W-24", "annex_note_indent", first, said, mendable=True)
    for one in notes[1:]:
        start = start_of(one)
        if abs(start - wanted - 3) > _START_NEAR:
            said = f"左空{round(start, 1):g}字"
            words = "序号与上一行的序号对齐"
            found.say("W-24", "annex_note_hanging", one, said, expected=words, called="对齐", mendable=True)
    for one in notes:
        _hanging(one, found, is_one_of_several=len(notes) > 1)


def _hanging(one: Paragraph, found: Collected, *, is_one_of_several: bool) -> None:
    """Judge where a name that takes several lines goes on: below its first character."""
    text = one.text.strip(signs.BLANKS)
    label = signs.ANNEX_NOTE.match(text)
    key = "annex_note_hanging" if is_one_of_several else "annex_note_hanging_single"
    name = text[label.end() :] if label else text
    counted = signs.COUNTED.match(name)
    lead = width_of(text[: len(text) - len(name)]) + (width_of(counted.group()) if counted else 0)
    blank = len(name[counted.end() :]) - len(name[counted.end() :].lstrip()) if counted else 0
    start = start_of(one) + lead + 0.5 * blank
    room = found.profile.number("chars_per_line", "char") - start_of(one)
    if width_of(text) > room and abs(left_of(one) - start) > _START_NEAR:
        said = f"回行左空{round(left_of(one), 1):g}字"
        words = "回行与上一行名称的首字对齐"
        found.say("W-24", key, one, said, expected=words, called="回行", mendable=True)


def _note(paper: Paper, found: Collected) -> None:
    for one in paper.of(Element.NOTE):
        wanted = found.profile.chars("note_indent")
        if one.look.align in {"center", "right"} or abs(start_of(one) - wanted) > _NEAR:
            said = f"左空{round(start_of(one), 1):g}字" if one.look.align not in {"center", "right"} else _aligned(one)
            found.say("W-33", "note_indent", one, said, mendable=True)
        text = one.text.strip(signs.BLANKS)
        if not re.search(found.profile.text("note_pattern"), text):
            said = f"“{text[:1]}……{text[-1:]}”"
            found.say("W-33", "note_pattern", one, said, expected="全角圆括号括入", called="标点", mendable=True)


def _annexes(paper: Paper, found: Collected) -> None:
    """Judge where attachments begin: on a new page, 附件 flush left on its first line, the title on the third."""
    for one in paper.of(Element.ANNEX_LABEL):
        if not one.new_page:
            found.say("W-26", "annex_new_page", one, "接排", expected="另起一面", mendable=True)
        if one.look.align in {"center", "right"} or abs(start_of(one)) > _NEAR:
            said = _aligned(one) if one.look.align in {"center", "right"} else f"左空{round(start_of(one), 1):g}字"
            found.say("W-26", "annex_label_line", one, said, expected="顶格", called="位置", mendable=True)
        text = one.text.strip(signs.BLANKS)
        if not re.search(found.profile.text("annex_label_pattern"), text):
            words = "“附件”和顺序号，单独一行，后面不加标点"
            found.say("W-26", "annex_label_pattern", one, f"“{text[:12]}”", expected=words, called="写法")
        _annex_title(paper, one, found)


def _annex_title(paper: Paper, label: Paragraph, found: Collected) -> None:
    at = index_of(paper, label)
    following = next((n for n in range(at + 1, len(paper.paragraphs)) if not paper.paragraphs[n].is_blank), None)
    if following is None or paper.paragraphs[following].element is not Element.ANNEX_TITLE:
        return
    title = paper.paragraphs[following]
    if title.look.align != "center":
        found.say("W-26", "annex_title_alignment", title, _aligned(title), mendable=True)
    if section_of(paper, title).is_landscape:
        return
    gap = gap_between(paper, at, following)
    wanted = found.profile.number("annex_title_line", "line") - 2
    shown = None if gap is None else gap / found.profile.pt("line_pitch")
    if shown is not None and abs(shown - wanted) > _NEAR:
        said = f"与“附件”之间空{round(shown, 1):g}行"
        found.say("W-26", "annex_title_line", title, said, expected="第3行（与“附件”之间空1行）", mendable=True)
