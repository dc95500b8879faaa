"""The imprint: copies, printing organ and day, the rules between them (7.4)."""

from __future__ import annotations

from pbreports.word.format import signs
from pbreports.word.format.collecting import Collected, Place
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph, Rule, Where
from pbreports.word.format.spaces import index_of, right_of, section_of, start_of

_MM = 72 / 25.4
_NEAR = 0.5
_WIDTH_NEAR = 2.0
_NEXT = 6
"""The rules of an imprint hang on paragraphs at most so far away."""


def check_imprint(paper: Paper, found: Collected) -> None:
    """Note what is wrong with the imprint of an official paper."""
    parts = paper.of(Element.COPIES, Element.PRINT)
    if not parts:
        if paper.kind in {Kind.GENERAL, Kind.UPWARD}:
            found.missing("版记", Element.PRINT.value)
        return
    if paper.kind is Kind.INTERNAL:
        return
    _place(paper, parts, found)
    for one in paper.of(Element.COPIES):
        _copies(one, found)
    prints = paper.of(Element.PRINT)
    if paper.kind is Kind.LETTER:
        if prints:
            found.say("W-28", "letter_imprint", Place("版记", prints[0]), "有印发机关和印发日期", called="信函的版记")
        return
    if not prints:
        found.missing("版记", Element.PRINT.value)
    _prints(prints, found)
    _rules(paper, parts, found)


def _place(paper: Paper, parts: tuple[Paragraph, ...], found: Collected) -> None:
    """Judge that it is the last thing of the paper, and copies above the printing."""
    last = index_of(paper, parts[-1])
    following = [one for one in paper.paragraphs[last + 1 :] if not one.is_blank and one.where is not Where.BOX]
    if following:
        said = f"后面还有“{following[0].text.strip()[:10]}”"
        words = "在公文最后一面的最下面"
        found.say("W-28", "imprint_bottom", Place("版记", parts[0]), said, expected=words, called="位置")
    kinds = [one.element for one in parts]
    if Element.COPIES in kinds and kinds != sorted(kinds, key=(Element.COPIES, Element.PRINT).index):
        words = "抄送机关在上，印发机关和印发日期在下"
        found.say("W-28", "copies_pattern", Place("版记", parts[0]), "次序颠倒", expected=words, called="次序")


def _copies(one: Paragraph, found: Collected) -> None:
    text = one.text.strip(signs.BLANKS)
    if not text.endswith("。"):
        found.say("W-28", "copies_pattern", one, f"“{text[-1:]}”", expected="句号", called="末尾", mendable=True)
    if not text.replace(" ", "").replace("\u3000", "").startswith(("抄送：", "主送：")):
        found.say(
            "W-28", "copies_pattern", one, f"“{text[:4]}”", expected="“抄送”后标全角冒号", called="写法", mendable=True
        )
    _sides(one, found, left=True, right=False)


def _prints(prints: tuple[Paragraph, ...], found: Collected) -> None:
    for one in prints:
        is_day = signs.PRINTED.search(one.text) is not None
        alone = len(prints) > 1
        if is_day and one.look.align == "right":
            _sides(one, found, left=False, right=True)
        elif not (is_day and alone) and one.look.align in {"left", "both"}:
            _sides(one, found, left=True, right=False)


def _sides(one: Paragraph, found: Collected, *, left: bool, right: bool) -> None:
    """Judge that a line begins or ends one character in."""
    wanted = found.profile.chars("imprint_side")
    for is_asked, word, shown in ((left, "左空", start_of(one)), (right, "右空", right_of(one))):
        if is_asked and abs(shown - wanted) > _NEAR:
            said = f"{round(shown, 1):g}字"
            found.say("W-28", "imprint_side", one, said, called=word, mendable=True, alike=f"imprint {word}")


def _rules(paper: Paper, parts: tuple[Paragraph, ...], found: Collected) -> None:
    """Judge the rules: there, as wide as the type area, first and last thick, those between thin."""
    first, last = index_of(paper, parts[0]), index_of(paper, parts[-1])
    rules = [rule for at, rule in paper.rules if first - _NEXT <= at <= last + 1 and not rule.is_red]
    around = paper.paragraphs[max(first - 1, 0) : last + 2]
    own = [(one, rule) for one in around for rule in one.look.rules if not rule.is_red]
    in_table = parts[0].cell is not None
    place = Place("版记分隔线", parts[0])
    if not rules and not own:
        if not in_table:
            words = "首、末条和要素之间都有"
            found.say("W-29", "imprint_rule_width", place, "没有", expected=words, called="分隔线")
        return
    wanted = found.profile.mm("imprint_rule_width")
    widths = [rule.width / _MM for rule in rules if rule.width] + [_width(paper, one) for one, _ in own]
    for width in widths:
        if abs(width - wanted) > _WIDTH_NEAR:
            found.say("W-29", "imprint_rule_width", place, f"{width:.0f}毫米", called="长度", mendable=True)
    _thickness([*rules, *(rule for _, rule in own)], place, found)


def _width(paper: Paper, one: Paragraph) -> float:
    if one.cell is not None or one.frame:
        return section_of(paper, one).text_width / _MM
    return (section_of(paper, one).text_width - one.look.left - min(one.look.first, 0) - one.look.right) / _MM


def _thickness(rules: list[Rule], place: Place, found: Collected) -> None:
    """Judge how thick rules are: of a table by their sides, of others the first and last thick, the rest thin."""
    tabled = [rule for rule in rules if rule.side.startswith("table")]
    ends = [rule for rule in tabled if rule.side != "table-insideH"] or [*rules[:1], *rules[-1:]]
    middle = [rule for rule in tabled if rule.side == "table-insideH"] if tabled else rules[1:-1]
    for chosen, key, word in ((ends, "imprint_thick", "首、末条粗细"), (middle, "imprint_thin", "中间一条粗细")):
        parameter = found.profile[key]
        for rule in chosen:
            shown = rule.thickness / _MM
            if not parameter.allows(shown):
                found.say("W-29", key, place, f"{shown:.2f}毫米", called=word, mendable=True)
