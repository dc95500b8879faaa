"""The red head: copy number to red rule (7.2), the heads of letters, orders and minutes (10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format import signs
from pbreports.word.format.checks.page import margins_of
from pbreports.word.format.checks.white import blank_lines
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph, Rule, Where
from pbreports.word.format.spaces import (
    height_of,
    index_of,
    right_white,
    section_of,
    start_of,
)

_MM = 72 / 25.4
_NEAR = 0.6
"""A difference of that many lines or characters is one of rounding."""
_MARK_NEAR = 3.0
"""The place of the mark's glyphs can only be reckoned from the file to so many millimetres."""
_RULE_NEAR, _WIDTH_NEAR = 1.5, 2.0


def check_head(paper: Paper, found: Collected) -> None:
    """Note what is wrong with the head of a paper that has a red one."""
    if paper.kind is Kind.INTERNAL:
        return
    _markings(paper, found)
    _mark(paper, found)
    _number(paper, found)
    _issuers(paper, found)
    if paper.kind in {Kind.GENERAL, Kind.UPWARD}:
        _red_rule(paper, found)


def _markings(paper: Paper, found: Collected) -> None:
    """Judge copy number, secrecy and urgency: how they are written, each on its line, at the left, in their order."""
    markings = paper.of(*_MARKINGS)
    for one in markings:
        pattern, key, wanted = _MARKINGS[one.element]
        text = one.text.strip(signs.BLANKS)
        if not re.search(found.profile.text(pattern), text.replace("\u3000", "").replace(" ", "")):
            found.say("W-15", pattern, one, f"“{text}”", expected=wanted, called="写法")
        if one.where is Where.BODY and (one.look.align in {"center", "right"} or abs(start_of(one)) > _NEAR):
            found.say("W-16", key, one, _across(one), expected="顶格", called="位置", mendable=True)
    ranks = [list(_MARKINGS).index(one.element) for one in markings]
    if ranks != sorted(ranks):
        found.say("W-16", "marking_order", Place("版头", markings[0]), "、".join(one.element for one in markings))


_MARKINGS = {
    Element.COPY_NUMBER: ("copy_number_pattern", "copy_number_line", "6位数字，如000001"),
    Element.SECRECY: ("secrecy_pattern", "secrecy_line", "如机密★1年"),
    Element.URGENCY: ("urgency_pattern", "marking_order", "特急或加急"),
}
"""The markings in their order: the parameters for how each is written and where it stands, and how it should be."""


def _across(one: Paragraph) -> str:
    named = {"center": "居中", "right": "右对齐"}
    return named.get(one.look.align) or f"左空{round(start_of(one), 1):g}字"


def _mark(paper: Paper, found: Collected) -> None:
    marks = paper.of(Element.MARK)
    if not marks:
        found.missing("版头", Element.MARK.value)
        return
    for one in marks:
        if one.where is Where.BODY and not one.frame and one.look.align not in {"center", "distribute"}:
            found.say("W-17", "mark_alignment", one, _across(one), mendable=True)
    top = _top_of(paper, marks[0], found)
    wanted = _mark_place(paper, found)
    if top is not None and abs(top - wanted) > max(_MARK_NEAR, found.profile[_mark_key(paper)].tolerance):
        area = found.profile.mm("top_white")
        where = "纸上边缘" if paper.kind is Kind.LETTER else "版心上边缘"
        shift = 0.0 if paper.kind is Kind.LETTER else area
        said, words = f"约{top - shift:.0f}毫米", f"{wanted - shift:g}毫米"
        found.say("W-17", _mark_key(paper), marks[0], said, expected=words, called=f"上边缘至{where}", mendable=True)


def _mark_key(paper: Paper) -> str:
    prefix = {Kind.LETTER: "letter_", Kind.ORDER: "order_", Kind.MINUTES: "minutes_"}.get(paper.kind, "")
    return f"{prefix}mark_top"


def _mark_place(paper: Paper, found: Collected) -> float:
    """Return where the mark's upper edge belongs, in millimetres from that of the paper."""
    profile = found.profile
    place = profile.mm(_mark_key(paper))
    return place if paper.kind is Kind.LETTER else profile.mm("top_white") + place


def _top_of(paper: Paper, mark: Paragraph, found: Collected) -> float | None:
    """Return where a mark's glyphs begin in millimetres from the paper's edge; ``None`` when it cannot be reckoned."""
    if mark.frame_top is not None and mark.look.rule == "exact":
        return (mark.frame_top + mark.look.before + max(mark.look.line - mark.look_of_text.size, 0)) / _MM
    at = index_of(paper, mark)
    above = paper.paragraphs[:at]
    if any(one.where is not Where.BODY or one.frame for one in (*above, mark)):
        return None
    section = section_of(paper, mark)
    chain = (*above, mark)
    if any(one.look.rule == "auto" for one in chain):
        return None
    height = sum(height_of(one, section) + one.look.before + one.look.after for one in above) + mark.look.before
    leading = max(mark.look.line - mark.look_of_text.size, 0)
    # A wrong margin is a fault of its own, so it moves nothing here.
    margin = section.top / _MM
    if not any(abs(margin - one) <= 1 for one in margins_of(found.profile, "margin_top")):
        margin = found.profile.mm("margin_top")
    return margin + (height + leading) / _MM


def _number(paper: Paper, found: Collected) -> None:
    """Judge the place of the document's number (7.2.5, 10.1, 10.2)."""
    one = paper.first(Element.NUMBER)
    if one is None:
        if paper.kind is not Kind.MINUTES:
            found.missing("版头", Element.NUMBER.value)
        return
    at = index_of(paper, one)
    if one.where is Where.BODY and not one.frame:
        _number_across(paper, one, found)
    if paper.kind in {Kind.GENERAL, Kind.UPWARD, Kind.ORDER} and (marks := paper.of(Element.MARK)):
        others = [other for other in paper.of(Element.ISSUER) if index_of(paper, other) < at]
        above = index_of(paper, others[0] if others else marks[-1])
        if not others:
            key = "order_number_lines" if paper.kind is Kind.ORDER else "number_lines_below_mark"
            blank_lines(paper, (above, at), key, found)


def _number_across(paper: Paper, one: Paragraph, found: Collected) -> None:
    if paper.kind is Kind.UPWARD:
        wanted = found.profile.chars("number_left_upward")
        if one.look.align in {"center", "right"} or abs(start_of(one) - wanted) > _NEAR:
            found.say("W-18", "number_left_upward", one, _across(one), mendable=True)
    elif paper.kind is Kind.LETTER:
        white = right_white(one, section_of(paper, one))
        if white is not None and abs(white) > _NEAR:
            found.say("W-18", "letter_number_alignment", one, _across(one), expected="顶格居右", mendable=True)
    elif paper.kind is not Kind.MINUTES and (one.look.align != "center" or abs(start_of(one) - _right(one)) > _NEAR):
        key = "order_number_alignment" if paper.kind is Kind.ORDER else "number_alignment"
        found.say("W-18", key, one, _across(one), mendable=True)


def _right(one: Paragraph) -> float:
    return one.look.right_chars or one.look.right / max(one.look_of_text.size, 1)


def _issuers(paper: Paper, found: Collected) -> None:
    """Judge who signs upward papers (7.2.6); that they are named is asked by the rules on handling papers."""
    issuers = paper.of(Element.ISSUER)
    for one in issuers:
        if one.where is not Where.BODY or one.frame or one.spot == _spot(paper.first(Element.NUMBER)):
            continue
        white = right_white(one, section_of(paper, one))
        wanted = found.profile.chars("issuer_right")
        if white is not None and abs(white - wanted) > _NEAR and one.look.align != "left":
            said = f"右空{round(white, 1):g}字"
            found.say("W-20", "issuer_right", one, said, mendable=True)
    first = issuers[0] if issuers else None
    if first and "签发人" in first.text and "：" not in first.text:
        found.say(
            "W-20",
            "issuer_right",
            Place("签发人标点", first),
            f"“{first.text.strip()[:4]}”",
            expected="“签发人”后标全角冒号",
        )


def _spot(one: Paragraph | None) -> object:
    return one.spot if one else None


def red_rules(paper: Paper, reach: int) -> Iterator[tuple[int, Rule]]:
    """Yield the rules in the head of a paper, those of paragraphs and those drawn, with their paragraphs' numbers."""
    for at, one in enumerate(paper.paragraphs[:reach]):
        for rule in one.look.rules:
            yield at, rule
    for at, rule in paper.rules:
        if at <= reach and not rule.side.startswith("table"):
            yield at, rule


def _red_rule(paper: Paper, found: Collected) -> None:
    """Judge the rule below the number: there, red, as wide as the type area, 4 mm below (7.2.7)."""
    ruled = _rule_below(paper)
    anchor = paper.first(Element.NUMBER, Element.MARK)
    if ruled is None:
        words = "有一条，红色，与版心等宽"
        if not any(rule.is_red for _, rule in paper.rules):
            place = Place("版头", anchor)
            found.say("W-21", "red_rule_width", place, "没有", expected=words, called="发文字号下的红色分隔线")
        return
    at, rule = ruled
    one = paper.paragraphs[min(at, len(paper.paragraphs) - 1)]
    place = Place("红色分隔线", one)
    if not rule.is_red:
        found.say("W-21", "red_rule_color", place, f"#{rule.color}", expected="红色", mendable=True)
    width, wanted = rule_width(paper, at, rule), found.profile.mm("red_rule_width")
    area = section_of(paper, one).text_width / _MM
    if width and abs(width - wanted) > _WIDTH_NEAR and abs(width - area) > 0.5:
        words = f"{wanted:g}毫米（与版心等宽）"
        found.say("W-21", "red_rule_width", place, f"{width:.0f}毫米", expected=words, mendable=True)
    _distance(paper, ruled, place, found)


def _rule_below(paper: Paper) -> tuple[int, Rule] | None:
    """Return the rule that parts the head from the title with its paragraph's number, a red one if there is any."""
    title = paper.first(Element.TITLE)
    reach = index_of(paper, title) if title else min(12, len(paper.paragraphs))
    after = max((index_of(paper, one) for one in paper.of(Element.NUMBER, Element.MARK, Element.ISSUER)), default=0)
    rules = [(at, rule) for at, rule in red_rules(paper, reach) if at >= after - 1 or rule.side == "free"]
    return next((one for one in rules if one[1].is_red), rules[0] if rules else None)


def rule_width(paper: Paper, at: int, rule: Rule) -> float:
    """Return the width of a rule in millimetres; that of a paragraph is as wide as its lines may be."""
    if rule.width or rule.side not in {"top", "bottom"}:
        return rule.width / _MM
    one = paper.paragraphs[at]
    if one.frame:
        return one.frame_width / _MM
    return (section_of(paper, one).text_width - one.look.left - one.look.right) / _MM


def _distance(paper: Paper, ruled: tuple[int, Rule], place: Place, found: Collected) -> None:
    at, rule = ruled
    one = paper.paragraphs[at]
    if rule.side != "bottom" or one.element not in {Element.NUMBER, Element.ISSUER}:
        return
    wanted = found.profile.mm("red_rule_below_number")
    shown = rule.distance / _MM
    if abs(shown - wanted) > _RULE_NEAR:
        found.say("W-21", "red_rule_below_number", place, f"{shown:.1f}毫米", called="与发文字号的距离", mendable=True)
