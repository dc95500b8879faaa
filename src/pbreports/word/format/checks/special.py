"""What letters and minutes have besides (10.1, 10.3)."""

from __future__ import annotations

from pbreports.word.format import signs
from pbreports.word.format.checks.head import red_rules, rule_width
from pbreports.word.format.checks.white import blank_lines
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph, Rule
from pbreports.word.format.spaces import before_of, index_of, start_of

_MM = 72 / 25.4
_NEAR = 0.6
_WIDTH_NEAR = 2.0
_PEOPLE = (Element.PRESENT, Element.ABSENT, Element.ATTENDING)


def check_special(paper: Paper, found: Collected) -> None:
    """Note what is wrong with what only letters and minutes have."""
    if paper.kind is Kind.LETTER:
        _letter(paper, found)
    elif paper.kind is Kind.MINUTES:
        _minutes(paper, found)


def _letter(paper: Paper, found: Collected) -> None:
    """Judge the double rule below the mark and the one at the foot of page 1."""
    marks = paper.of(Element.MARK)
    title = paper.first(Element.TITLE)
    reach = index_of(paper, title) if title else len(paper.paragraphs)
    rules = [(at, rule) for at, rule in red_rules(paper, reach) if rule.is_red]
    place = Place("信函双线", marks[0] if marks else None)
    if not rules:
        found.say("W-31", "letter_rule_width", place, "没有", expected="标志下有一条红色双线", called="标志下的双线")
        return
    at, rule = rules[0]
    _double(
        rule,
        place,
        "letter_rule_top",
        ("thickThin", "thickThinSmallGap", "thickThinMediumGap", "thickThinLargeGap"),
        found,
    )
    width = rule_width(paper, at, rule)
    wanted = found.profile.mm("letter_rule_width")
    if width and abs(width - wanted) > _WIDTH_NEAR:
        found.say("W-31", "letter_rule_width", place, f"{width:.0f}毫米", called="长度", mendable=True)
    distance = _distance(paper, at, rule)
    parameter = found.profile["letter_rule_below_mark"]
    if distance is not None and abs(distance - found.profile.mm(parameter.key)) > max(parameter.tolerance, 1.5):
        found.say("W-31", parameter.key, place, f"{distance:.1f}毫米", called="与标志的距离", mendable=True)
    _foot(paper, rules, place, found)


def _distance(paper: Paper, at: int, rule: Rule) -> float | None:
    """Return how far a rule stands below the mark in millimetres: as its border, or both in frames of their own."""
    one, mark = paper.paragraphs[min(at, len(paper.paragraphs) - 1)], paper.of(Element.MARK)[-1:]
    if rule.side == "bottom" and one.element is Element.MARK:
        return rule.distance / _MM
    if mark and one.frame_top is not None and mark[0].frame_top is not None and rule.side in {"top", "bottom"}:
        edge = one.frame_top + (one.look.line + rule.distance if rule.side == "bottom" else -rule.distance)
        return (edge - mark[0].frame_top - mark[0].look.before - mark[0].look.line) / _MM
    return None


def _double(rule: Rule, place: Place, key: str, kinds: tuple[str, ...], found: Collected) -> None:
    if rule.side in {"top", "bottom"} and rule.kind not in kinds:
        said = {"single": "单线", "double": "等粗双线"}.get(rule.kind, rule.kind)
        found.say("W-31", key, place, said, called="线型", mendable=True)


def _foot(paper: Paper, rules: list[tuple[int, Rule]], place: Place, found: Collected) -> None:
    """Judge that a second double rule stands at the foot, drawn in the text or in the footer of page 1."""
    section = paper.sections[0]
    running = [one for _, all_of_it in (*section.footers, *section.headers) for one in all_of_it]
    below = [rule for one in running for rule in one.look.rules if rule.is_red]
    drawn = [rule for rule in paper.rules if rule[1].is_red and rule not in rules]
    if not below and not drawn and not paper.running_rules and len(rules) < 2:
        found.say(
            "W-31", "letter_rule_foot", place, "没有", expected="距下页边20毫米处有一条红色双线", called="页下的双线"
        )


def _minutes(paper: Paper, found: Collected) -> None:
    people = paper.of(*_PEOPLE)
    if not people:
        return
    first = index_of(paper, people[0])
    above = before_of(paper, first)
    if above is not None:
        blank_lines(paper, (above, first), "present_lines", found)
    wanted = found.profile.chars("present_indent")
    for one in people:
        if abs(start_of(one) - wanted) > _NEAR:
            said = f"{round(start_of(one), 1):g}字"
            found.say("W-32", "present_indent", one, said, called="左空", mendable=True)
        if not _has_colon(one):
            found.say("W-32", "present_order", one, "“:”", expected="全角冒号", called="标点", mendable=True)
    order = [_PEOPLE.index(one.element) for one in people]
    if order != sorted(order):
        said = "、".join(one.element.value for one in people)
        found.say("W-32", "present_order", Place("纪要", people[0]), said, called="出席、请假、列席的次序")


def _has_colon(one: Paragraph) -> bool:
    return "：" in one.text.strip(signs.BLANKS)[:8]
