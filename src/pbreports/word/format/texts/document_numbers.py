"""Document numbers: six-cornered brackets, a year of four digits, no 第, no zero in front (GB/T 9704-2012, 7.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format.paper import Element, Kind, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted

_OPEN, _CLOSE = r"[〔\[［【(（〈<{｛]", r"[〕\]］】)）〉>}｝]"
_GAP = r"[ \t\u3000]*"
_LOOSE = re.compile(
    rf"(?P<year>(?P<open>{_OPEN}){_GAP}(?P<digits>(?:19|20)\d{{2}}){_GAP}年?{_GAP}(?P<close>{_CLOSE}))"
    rf"(?P<number>{_GAP}第?{_GAP}(?P<count>\d{{1,5}}){_GAP}号)"
)
_RIGHT = re.compile(r"〔(?:19|20)\d{2}〕[1-9]\d*号")
_DRAFT = re.compile(r"〔(?:19|20)\d{2}〕[ \u3000]*号")
_TO_FILL = re.compile("【待填[^】]*】")


def remarks_on_numbers(paper: Paper) -> Iterator[Remark]:
    """Yield what is wrong with the paper's own number and with the numbers it quotes."""
    for one in paper.paragraphs:
        if one.element is Element.NUMBER and paper.kind not in {Kind.MINUTES, Kind.ORDER}:
            yield from _own(one)
        elif one.element not in {Element.BLANK, Element.PAGE_NUMBER}:
            yield from _misspelt("W-51", one)


def _own(one: Paragraph) -> Iterator[Remark]:
    found = list(_misspelt("W-50", one))
    text = one.text.strip(" \t\n\u3000")
    if found:
        yield from found
    elif not (_RIGHT.search(text) or _DRAFT.search(text) or _TO_FILL.search(text)):
        yield Remark("W-50", one, 0, len(one.text), quoted(text), "像“任教工委〔2020〕28号”这样")


def _misspelt(code: str, one: Paragraph) -> Iterator[Remark]:
    for match in _LOOSE.finditer(one.text):
        right = f"〔{match['digits']}〕{int(match['count'])}号"
        if match.group() != right and int(match["count"]):
            yield Remark(code, one, match.start(), match.end(), quoted(match.group()), quoted(right), right)
