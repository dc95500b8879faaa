"""Numbers of one paper that contradict each other, and percentages that are not the quotient of their two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pbreports.word.format.paper import Element, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted
from pbreports.word.format.texts.words import Words

_SENTENCE = re.compile("[^。！？；\n]+")
_NAME = "“”《》\u4e00-\u9fff"
_FEWEST = 4
"""The fewest signs of a name that means one thing alone: 党支部 may be any, 五星级党组织 are those."""
_PERCENT = r"(?P<percent>\d+(?:\.(?P<places>\d+))?)[%％]"


@dataclass(frozen=True, slots=True)
class _Said:
    """That there are so many of a thing."""

    paragraph: Paragraph
    start: int
    end: int
    number: int
    sentence: int


def remarks_on_figures(paper: Paper, words: Words) -> Iterator[Remark]:
    """Yield numbers that a paper gives for the same thing otherwise before, and percentages that do not fit."""
    told: dict[tuple[str, str], _Said] = {}
    for count, (one, start, sentence) in enumerate(_sentences(paper)):
        for name, unit, said in _said(one, start, sentence, count, words):
            before = told.setdefault((name, unit), said)
            if before.number != said.number and before.sentence != said.sentence:
                found = f"{quoted(one.text[said.start : said.end])}，前面是{before.number}{unit}"
                yield Remark("W-67", one, said.start, said.end, found)
        yield from _shares(one, start, sentence, words)
        yield from _rates(one, start, sentence, words)


def _sentences(paper: Paper) -> Iterator[tuple[Paragraph, int, str]]:
    for one in paper.of(Element.BODY):
        if not one.annex:
            for match in _SENTENCE.finditer(one.text):
                yield one, match.start(), match.group()


def _said(one: Paragraph, start: int, sentence: str, count: int, words: Words) -> Iterator[tuple[str, str, _Said]]:
    """Yield name, unit and number of clauses that are nothing else: 评出五星级党组织38个, 表彰38个五星级党组织."""
    if any(word in sentence for word in words.narrowing):
        return
    for clause in re.finditer("[^，：、（）]+", sentence):
        text = clause.group()
        verb = next((verb for verb in words.verbs if text.startswith(verb)), "")
        behind = re.fullmatch(rf"(?P<name>[{_NAME}]+)(?P<number>\d+)(?P<unit>[{words.units}])", text[len(verb) :])
        ahead = re.fullmatch(rf"(?:对)?(?P<number>\d+)(?P<unit>[{words.units}])(?P<name>[{_NAME}]+)", text[len(verb) :])
        match = behind or ahead
        if match and len(match["name"]) >= _FEWEST and (verb or behind):
            at = start + clause.start()
            said = _Said(one, at, at + len(text), int(match["number"]), count)
            yield match["name"].strip("“”"), match["unit"], said


def _shares(one: Paragraph, start: int, sentence: str, words: Words) -> Iterator[Remark]:
    """Yield 38个，占151个的26%, and 151个支部中38个……，占26%."""
    units = words.units
    whole = rf"(?P<part>\d+)(?P<unit>[{units}])[^\d，]*，?占[^\d，]*(?P<all>\d+)(?P=unit)[^\d，]*的{_PERCENT}"
    among = rf"(?P<all>\d+)(?P<unit>[{units}])[^\d，]*中，?[^\d，]*(?P<part>\d+)(?P=unit)[^\d，]*，占{_PERCENT}"
    for pattern in (whole, among):
        for match in re.finditer(pattern, sentence):
            yield from _misfit(one, start, match)


def _rates(one: Paragraph, start: int, sentence: str, words: Words) -> Iterator[Remark]:
    """Yield 发现问题83个，整改71个，整改率为86.5%: the rate bears the name of the part."""
    pattern = (
        rf"(?:^|[，、；：])[^\d，、；：]*(?P<all>\d+)(?P<unit>[{words.units}])[，、]"
        rf"(?P<what>[^\d，、；：]*)(?P<part>\d+)(?P=unit)，(?P<rate>[^\d，、；：]{{2,8}}?)率(?:为|是|达|达到)?{_PERCENT}"
    )
    for match in re.finditer(pattern, sentence):
        if match["rate"][-2:] in match["what"] or match["rate"] in match["what"]:
            yield from _misfit(one, start, match)


def _misfit(one: Paragraph, start: int, match: re.Match[str]) -> Iterator[Remark]:
    """Yield a percentage that is off by a whole unit of its last place or more: shares are rounded to make a hundred."""
    part, whole = int(match["part"]), int(match["all"])
    if not whole or part > whole:
        return
    places = len(match["places"] or "")
    right, step = Fraction(100 * part, whole), Fraction(1, 10**places)
    if abs(Fraction(match["percent"]) - right) >= step:
        shown = f"{float(right):.{max(places, 1)}f}%"
        at = start + match.start("percent")
        said = f"{quoted(match['percent'] + '%')}，{part}与{whole}的比是{shown}"
        yield Remark("W-68", one, at, at + len(match["percent"]) + 1, said)
