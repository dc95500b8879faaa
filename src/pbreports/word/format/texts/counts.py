"""Counts that stand beside what they count: lists in a sentence, lists and tables below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format.paper import HEADINGS, Element, Paper, Paragraph
from pbreports.word.format.texts.numerals import HANZI, number_of
from pbreports.word.format.texts.remarks import Remark, quoted
from pbreports.word.format.texts.words import Words

_CLAUSE = re.compile("[^，。；：！？\n]+")
_NESTED = re.compile("（[^（）]*）")
_QUOTED = re.compile("“[^“”]*”")
_COUNTED = re.compile(rf"(?P<number>\d+|[{HANZI}]{{1,3}})(?P<unit>个|所|家|项|名|类|种|大|位)")
_BRACKET = re.compile(r"（(?P<inside>[^（）]*)）\s*$")
_PART = re.compile(r"^(?:共)?[^\d（）、]{0,6}?(?P<number>\d+)[个所家项名人件]$")
_MANY = 3
_NEAR = 2
"""How far a count that is a slip is from the right one at most: further off it counts something else."""


def remarks_on_counts(paper: Paper, words: Words) -> Iterator[Remark]:
    """Yield counts that are not those of the lists they stand with."""
    for one in paper.of(Element.BODY):
        yield from _before_lists(one, words)
        yield from _after_lists(one, words)
    yield from _below_headings(paper)


def _after_lists(one: Paragraph, words: Words) -> Iterator[Remark]:
    """Yield 甲、乙、丙2所学校, and 甲、乙、丙等2个, which counts fewer than are named."""
    for clause in _CLAUSE.finditer(_plain(one.text)):
        text = clause.group()
        match = re.fullmatch(rf"(?P<list>.+?)(?P<and>等)?{_COUNTED.pattern}(?P<noun>[^\d、]*)", text)
        if match is None or re.search(r"\d|和|及|与|或", match["list"]):
            continue
        items = match["list"].split("、")
        number = number_of(match["number"])
        if number is None or len(items) < _MANY - 1 or any(len(item.strip()) < _MANY for item in items[1:]):
            continue
        wrong = len(items) > number if match["and"] else _is_slip(len(items), number) and len(items) >= _MANY
        if wrong and (match["and"] or match["noun"].startswith(words.summing)):
            start = clause.start() + match.start("number")
            said = f"{quoted(match['number'] + match['unit'])}，列举了{len(items)}个"
            yield Remark("W-69", one, start, start + len(match["number"]), said)


def _before_lists(one: Paragraph, words: Words) -> Iterator[Remark]:
    """Yield counts before a colon and a list: 三项指标是：甲；乙."""
    pattern = rf"{_COUNTED.pattern}(?:{'|'.join(words.summing)})(?:是|为|如下|包括)?：(?P<list>[^。：]+)[。]?"
    for match in re.finditer(pattern, _plain(one.text)):
        number = number_of(match["number"])
        sign = "；" if "；" in match["list"] else "、"
        if number is None or "等" in match["list"] or (sign == "、" and "，" in match["list"]):
            continue
        items = [item for item in match["list"].split(sign) if item.strip()]
        if len(items) >= _MANY - 1 and _is_slip(len(items), number):
            said = f"{quoted(match['number'] + match['unit'])}，列举了{len(items)}个"
            yield Remark("W-69", one, match.start("number"), match.end("number"), said)


def _is_slip(items: int, number: int) -> bool:
    return 0 < abs(items - number) <= _NEAR


def _plain(text: str) -> str:
    """Return a text of the same length whose brackets and quotations hold no marks and numbers."""
    hidden = _QUOTED.sub(lambda found: "引" * len(found.group()), text)
    return _NESTED.sub(lambda found: "括" * len(found.group()), hidden)


def _below_headings(paper: Paper) -> Iterator[Remark]:
    """Yield attachments and headings called …（38个） with another number of lines or rows below them."""
    for at, one in enumerate(paper.paragraphs):
        if not one.annex or one.element not in {Element.ANNEX_TITLE, *HEADINGS}:
            continue
        counted = _counted(one.text)
        listed = _listed(paper, at) if counted else None
        if counted and listed and counted != listed:
            bracket = _BRACKET.search(one.text)
            start = bracket.start() if bracket else 0
            yield Remark("W-70", one, start, len(one.text), f"{counted}个，名单{listed}个")


def _counted(text: str) -> int:
    """Return the number in the brackets that end a text, the sum of several: （市级11所、区级5所）."""
    bracket = _BRACKET.search(text)
    if bracket is None:
        return 0
    parts = [_PART.match(part) for part in bracket["inside"].split("、")]
    return sum(int(part["number"]) for part in parts if part) if all(parts) else 0


def _listed(paper: Paper, at: int) -> int:
    """Return how many lines or numbered rows stand below a heading; 0 where it cannot be told."""
    own = paper.paragraphs[at]
    lines = rows = 0
    for one in paper.paragraphs[at + 1 :]:
        if _ends(own, one):
            break
        if one.element is Element.TABLE:
            rows += one.cell is not None and one.cell[2] == 0 and one.text.strip().isdecimal()
        elif one.element in {Element.BODY, Element.OTHER} and one.text.strip():
            if "\t" in one.text or len(one.text) > 60 or one.text.rstrip().endswith(("。", "：", "；")):
                return 0
            lines += not one.text.strip().startswith(("（", "注：", "共"))
    return rows if not lines else lines if not rows else 0


def _ends(own: Paragraph, one: Paragraph) -> bool:
    """Whether what stands below a heading ends with a paragraph: another attachment, a heading of its level or above."""
    if one.element in {Element.ANNEX_LABEL, Element.COPIES, Element.PRINT} or one.annex != own.annex:
        return True
    both = own.element in HEADINGS and one.element in HEADINGS
    return both and HEADINGS.index(one.element) <= HEADINGS.index(own.element)
