"""The red head: copy number to red rule (7.2), the heads of letters, orders and minutes (10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format import signs
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
    """Judge copy number, secrecy and urgency: each on its line, at the left, in this order."""
    profile = found.profile
    for one in paper.of(Element.COPY_NUMBER):
        if not re.search(profile.text("copy_number_pattern"), one.text.strip(signs.BLANKS)):
            wanted = f"{profile.number('copy_number_digits', 'count'):g}位数字"
            found.say("W-15", "copy_number_pattern", one, f"“{one.text.strip()}”", expected=wanted, called="写法")
    for element, key, wanted in (
        (Element.SECRECY, "secrecy_pattern", "如“机密★1年”"),
        (Element.URGENCY, "urgency_pattern", "“特急”或“加急”"),
    ):
        for one in paper.of(element):
            text = one.text.strip(signs.BLANKS)
            if not re.search(profile.text(key), text.replace("\u3000", "").replace(" ", "")):
                found.say("W-15", key, one, f"“{text}”", expected=wanted, called="写法")
    order = (Element.COPY_NUMBER, Element.SECRECY, Element.URGENCY)
    markings = paper.of(*order)
    for one in markings:
        if one.where is Where.BODY and (one.look.align in {"center", "right"} or abs(start_of(one)) > _NEAR):
            key = {Element.SECRECY: "secrecy_font", Element.URGENCY: "urgency_font"}.get(
                one.element, "copy_number_digits"
            )
            found.say("W-16", key, Place(f"{one.element}位置", one), _across(one), expected="顶格", mendable=True)
    ranks = [order.index(one.element) for one in markings]
    if ranks != sorted(ranks):
        said = "、".join(one.element for one in markings)
        found.say(
            "W-16",
            "urgency_font",
            Place("版头要素顺序", markings[0]),
            said,
            expected="份号、密级和保密期限、紧急程度自上而下",
        )


def _across(one: Paragraph) -> str:
    named = {"center": "居中", "right": "右对齐"}
    return named.get(one.look.align) or f"左空{round(start_of(one), 1):g}字"


def _mark(paper: Paper, found: Collected) -> None:
    marks = paper.of(Element.MARK)
    if not marks:
        found.say("W-30", "mark_alignment", Place("版头"), "没有", expected="有", called=Element.MARK.value)
        return
    for one in marks:
        if one.where is Where.BODY and not one.frame and one.look.align not in {"center", "distribute"}:
            found.say(
                "W-17", "mark_top", Place(f"{one.element}对齐", one), _across(one), expected="居中", mendable=True
            )
    top = _top_of(paper, marks[0])
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


def _top_of(paper: Paper, mark: Paragraph) -> float | None:
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
    return (section.top + height + leading) / _MM


def _number(paper: Paper, found: Collected) -> None:
    """Judge the place of the document's number (7.2.5, 10.1, 10.2)."""
    one = paper.first(Element.NUMBER)
    if one is None:
        if paper.kind is not Kind.MINUTES:
            found.say("W-30", "number_pattern", Place("版头"), "没有", expected="有", called=Element.NUMBER.value)
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
    title = paper.first(Element.TITLE)
    reach = index_of(paper, title) if title else min(12, len(paper.paragraphs))
    after = max((index_of(paper, one) for one in paper.of(Element.NUMBER, Element.MARK, Element.ISSUER)), default=0)
    rules = [(at, rule) for at, rule in red_rules(paper, reach) if at >= after or rule.side == "free"]
    tables = [(at, rule) for at, rule in paper.rules if at <= reach and rule.side.startswith("table") and rule.is_red]
    if not rules and not tables:
        anchor = paper.first(Element.NUMBER, Element.MARK)
        found.say(
            "W-21", "red_rule_width", Place("红色分隔线", anchor), "没有", expected="发文字号下方有一条与版心等宽的红线"
        )
        return
    if not rules:
        return
    at, rule = next(((at, rule) for at, rule in rules if rule.is_red), rules[0])
    place = Place("红色分隔线", paper.paragraphs[min(at, len(paper.paragraphs) - 1)])
    if not rule.is_red:
        found.say(
            "W-21", "red_rule_width", Place("红色分隔线颜色", place.paragraph), "黑色", expected="红色", mendable=True
        )
    width = rule_width(paper, at, rule)
    wanted = found.profile.mm("red_rule_width")
    area = section_of(paper, place.paragraph).text_width / _MM if place.paragraph else wanted
    if width and abs(width - wanted) > _WIDTH_NEAR and abs(width - area) > 0.5:
        words = f"{wanted:g}毫米（与版心等宽）"
        found.say("W-21", "red_rule_width", place, f"{width:.0f}毫米", expected=words, mendable=True)
    _distance(paper, (at, rule), place, found)


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
        found.say("W-21", "red_rule_below_number", place, f"{shown:.1f}毫米", mendable=True)
