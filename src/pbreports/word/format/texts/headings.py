"""The numbers of headings: order, gaps, marks behind them (GB/T 9704-2012, 7.3.3; GB/T 15834-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pbreports.word.format.paper import HEADINGS, Element, Paper, Paragraph
from pbreports.word.format.texts.numerals import HANZI, hanzi_of, number_of
from pbreports.word.format.texts.remarks import Remark, quoted

_BLANKS = " \t\n\u3000"
_NUMBER = re.compile(
    rf"[{_BLANKS}]*(?:(?P<first>[{HANZI}]+)(?P<mark>[、，,.．:：])|[（(](?P<second>[{HANZI}]+)[）)]"
    r"|(?P<third>\d{1,2})(?P<dot>[.．、])(?!\d)|[（(](?P<fourth>\d{1,2})[）)])(?P<extra>[、，,.．]?)"
)
_GROUPS = ("first", "second", "third", "fourth")
_SHAPES = ("{}、", "（{}）", "{}.", "（{}）")


@dataclass(frozen=True, slots=True)
class _Numbered:
    level: int
    number: int
    found: re.Match[str]

    @property
    def right(self) -> str:
        """Return how the number is written."""
        return shape_of(self.level, self.number)


@dataclass(slots=True)
class _Counts:
    """The last number of each level below the heading it stands under."""

    last: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, number: int) -> int:
        """Return the number that a level has next, and note the one it has."""
        wanted = self.last.get(level, 0) + 1
        self.last = {each: at for each, at in self.last.items() if each < level} | {level: number}
        return wanted


def shape_of(level: int, number: int) -> str:
    """Return the number of a heading as the level has it: 三、（三）3.（3）."""
    return _SHAPES[level - 1].format(hanzi_of(number) if level < 3 else number)


def remarks_on_headings(paper: Paper) -> Iterator[Remark]:
    """Yield what is wrong with the numbers of a paper's headings; attachments count for themselves."""
    counts: dict[int, _Counts] = {}
    for one in paper.of(*HEADINGS):
        numbered = _numbered(one)
        if numbered is None:
            continue
        yield from _order(one, numbered, counts.setdefault(one.annex, _Counts()))
        yield from _marks(one, numbered)
        yield from _stop(one)


def _numbered(one: Paragraph) -> _Numbered | None:
    match = _NUMBER.match(one.text)
    if match is None:
        return None
    level = next(at for at, group in enumerate(_GROUPS, 1) if match[group])
    number = number_of(match[_GROUPS[level - 1]])
    return _Numbered(level, number, match) if number else None


def _order(one: Paragraph, numbered: _Numbered, counts: _Counts) -> Iterator[Remark]:
    above = max((level for level in counts.last if level < numbered.level), default=0)
    begins = numbered.level not in counts.last
    wanted = counts.next(numbered.level, numbered.number)
    said = quoted(one.text[numbered.found.start() : numbered.found.end()])
    if begins and above and above < numbered.level - 1:
        expected = f"先用{quoted(shape_of(above + 1, 1))}这一层"
        yield Remark("W-52", one, numbered.found.start(), numbered.found.end(), said, expected)
    elif numbered.number != wanted:
        expected = quoted(shape_of(numbered.level, wanted))
        yield Remark("W-52", one, numbered.found.start(), numbered.found.end(), said, expected)


def _marks(one: Paragraph, numbered: _Numbered) -> Iterator[Remark]:
    """Yield a number with other marks: 1、 for 1., （一）、 for （一）."""
    written = numbered.found.group().lstrip(_BLANKS)
    start = numbered.found.end() - len(written)
    right = numbered.right
    if written.replace("．", ".") != right:
        instead = right if start >= len(one.number) else None
        yield Remark("W-53", one, start, numbered.found.end(), quoted(written), quoted(right), instead)


def _stop(one: Paragraph) -> Iterator[Remark]:
    """Yield the full stop of a heading of the first two levels that stands alone and is no whole text."""
    text = one.text.rstrip(_BLANKS)
    alone = one.element in {Element.HEADING_1, Element.HEADING_2} and not one.heading
    if alone and text.endswith("。") and text.count("。") == 1 and len(text) <= 30 and "，" not in text:
        yield Remark("W-54", one, len(text) - 1, len(text), quoted(text[-6:]), "末尾没有句号")
