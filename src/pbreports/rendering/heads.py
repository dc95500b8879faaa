"""The head of a paper on its first page: the mark's upper edge, the red rules, a letter's double rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pbreports.faults import Fault
from pbreports.rendering.boxes import Box
from pbreports.rendering.pages import Page
from pbreports.rendering.yardstick import GENERAL, LETTER, MINUTES, ORDER, UPWARD, Contents, Yardstick, mm

_MARK_TOP = {
    GENERAL: "mark_top",
    UPWARD: "mark_top",
    MINUTES: "minutes_mark_top",
    ORDER: "order_mark_top",
    LETTER: "letter_mark_top",
}
_MARK, _RULE, _RULES = "发文机关标志", "红色分隔线", "信函"
_DOUBLE_GAP = 1.5
"""How far apart the two lines of a double rule may lie, in millimetres."""


def head_faults(page: Page, contents: Contents, yardstick: Yardstick, frame: Box) -> Iterator[Fault]:
    """Yield what is wrong with the head of a first page; a paper without one has nothing wrong with it.

    ``frame`` is the type area as it was found: a rule is as wide as that (7.2.7), whatever else is wrong.
    """
    if page.lies_across or not contents.joined(_MARK) or contents.kind not in _MARK_TOP:
        return
    yield from _mark(page, contents.kind, yardstick)
    if contents.kind in {GENERAL, UPWARD}:
        yield from _red_rule(page, contents, yardstick, frame)
    elif contents.kind == LETTER:
        yield from _double_rules(page, yardstick, frame)


def _mark(page: Page, kind: str, yardstick: Yardstick) -> Iterator[Fault]:
    """The mark's upper edge (7.2.4, 10), told from its red ink; a mark of another colour is not measured."""
    if page.red is None:
        return
    key = _MARK_TOP[kind]
    top = page.red.top - (0.0 if kind == LETTER else yardstick.area.top)
    if not yardstick.keeps(key, top):
        element = yardstick.profile.parameters[key].name.partition("上边缘")[0]
        yield yardstick.fault("W-87", element, key, mm(top), yardstick.asked(key))


def _red_rule(page: Page, contents: Contents, yardstick: Yardstick, frame: Box) -> Iterator[Fault]:
    """The red rule (7.2.7): as wide as the type area, in its middle, 4 mm below the number."""
    rules = _doubled(page.red_rules)
    if not rules:
        yield yardstick.fault("W-88", _RULE, "red_rule_width", "0毫米，没有红线", yardstick.asked("red_rule_width"))
        return
    yield from _across(rules[0], "W-88", _RULE, "red_rule_width", yardstick, frame)
    foot, key = _foot_of(page, contents.joined("发文字号"), rules[0]), "red_rule_below_number"
    if foot and not yardstick.keeps(key, rules[0].top - foot):
        yield yardstick.fault("W-88", _RULE, key, mm(rules[0].top - foot), yardstick.asked(key))


def _foot_of(page: Page, number: str, rule: Box) -> float:
    """Return where the ink of the paper's number ends above a rule, 0 when it does not stand there."""
    rows = (row for row in page.text if number and number in row.text)
    return max((row.ink.bottom for row in rows if row.ink and row.ink.bottom <= rule.top), default=0.0)


def _double_rules(page: Page, yardstick: Yardstick, frame: Box) -> Iterator[Fault]:
    """A letter's double rules (10.1): 4 mm below the mark and 20 mm from the page's foot, both 170 mm wide."""
    rules = _doubled(page.red_rules)
    for key in _missing(rules, page):
        yield yardstick.fault("W-89", _RULES, key, "没有", "有红色双线")
    for rule in rules[:1] + rules[1:][-1:]:
        yield from _across(rule, "W-89", _RULES, "letter_rule_width", yardstick, frame)
    distances = []
    if rules and page.red:
        distances.append(("letter_rule_below_mark", rules[0].top - page.red.bottom))
    if rules and rules[-1].middle > page.height / 2:
        distances.append(("letter_rule_above_edge", page.height - rules[-1].bottom))
    for key, distance in distances:
        if not yardstick.keeps(key, distance):
            yield yardstick.fault("W-89", _RULES, key, mm(distance), yardstick.asked(key))


def _missing(rules: Sequence[Box], page: Page) -> Iterator[str]:
    """Yield the parameters of the double rules that are not there: the upper one, the one at the foot."""
    if not any(rule.middle < page.height / 2 for rule in rules):
        yield "letter_rule_top"
    if not any(rule.middle > page.height / 2 for rule in rules):
        yield "letter_rule_foot"


def _across(rule: Box, code: str, element: str, key: str, yardstick: Yardstick, frame: Box) -> Iterator[Fault]:
    """The length of a rule, and that it lies in the middle of the type area."""
    wider = frame.width - yardstick.area.width
    middles = [(frame.left + frame.right) / 2]
    if code == "W-89":  # a letter's rules are wider than the type area: the middle of the paper is right as well
        middles.append(yardstick.value("page_width") / 2)
    off = min(((rule.left + rule.right) / 2 - middle for middle in middles), key=abs)
    if not yardstick.keeps(key, rule.width - wider):
        yield yardstick.fault(code, element, key, mm(rule.width), yardstick.asked(key))
    elif abs(off) > yardstick.tolerance(key):
        found = f"{mm(rule.width)}，偏{'右' if off > 0 else '左'}{mm(abs(off))}"
        yield yardstick.fault(code, element, key, found, "居中")


def _doubled(rules: Sequence[Box]) -> list[Box]:
    """Return the rules with the two lines of a double rule as one."""
    found: list[Box] = []
    for rule in rules:
        if found and rule.top - found[-1].bottom < _DOUBLE_GAP:
            found[-1] = found[-1].around(rule)
        else:
            found.append(rule)
    return found
