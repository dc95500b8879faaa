"""Characters, words and sentences that stand twice: 贯穿穿, 星级评定星级评定."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format.paper import Element, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted
from pbreports.word.format.texts.words import Words

_HANZI = "\u4e00-\u9fff"
_TWICE = re.compile(rf"([{_HANZI}])\1")
_PHRASE = re.compile(rf"(?=((?P<phrase>[{_HANZI}]{{2,8}}?)(?P=phrase)))")
_SENTENCE = re.compile("[^。！？；\n]+[。！？；]?")
_LONG = 14
"""The fewest signs of a sentence that is no set phrase when it stands twice."""
_NUMERALS = "一二三四五六七八九十零〇百千万两"
_SILENT = frozenset({Element.BLANK, Element.PAGE_NUMBER, Element.MARK})


def remarks_on_repeats(paper: Paper, words: Words) -> Iterator[Remark]:
    """Yield what stands twice in a row, and sentences of the text that stand twice at all."""
    for one in paper.paragraphs:
        if one.element in _SILENT:
            continue
        phrases = list(_phrases(one, words))
        yield from phrases
        for remark in _characters(one, words):
            if not any(phrase.start <= remark.start < phrase.end for phrase in phrases):
                yield remark
    yield from _sentences(paper)


def _characters(one: Paragraph, words: Words) -> Iterator[Remark]:
    text = one.text
    for match in _TWICE.finditer(text):
        if not _is_meant(text, match.start(), words):
            said = text[max(0, match.start() - 2) : match.end() + 2]
            yield Remark("W-64", one, match.start(), match.end(), quoted(said), f"一个“{match[1]}”")


def _is_meant(text: str, at: int, words: Words) -> bool:
    """Whether two like characters are a word, half of one like 方方面面, or the end of one word and the head of the next."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 2 : at + 4]
    if text[at : at + 2] in words.doubled or sign in _NUMERALS:
        return True
    if (len(after) == 2 and after[0] == after[1]) or (at >= 2 and text[at - 1] == text[at - 2]):
        return True
    if sign == "任" and before in words.before_posts:
        return True
    return bool(before) and text.startswith(words.beginnings.get(sign, ("\0",)), at + 1)


def _phrases(one: Paragraph, words: Words) -> Iterator[Remark]:
    end = 0
    for match in _PHRASE.finditer(one.text):
        phrase = match["phrase"]
        if match.start() < end or match[1] in words.repeated or _is_counted(phrase) or len(set(phrase)) == 1:
            continue
        end = match.start() + len(match[1])
        yield Remark("W-65", one, match.start(), end, quoted(match[1]), quoted(phrase))


def _is_counted(phrase: str) -> bool:
    """Whether a phrase said twice means each: 一件一件, 一步一步."""
    return phrase[0] in _NUMERALS and len(phrase) <= 3


def _sentences(paper: Paper) -> Iterator[Remark]:
    seen: set[str] = set()
    for one in paper.of(Element.BODY):
        if one.annex:
            continue
        for match in _SENTENCE.finditer(one.text):
            sentence = match.group().strip(" 　。！？；")
            if len(sentence) < _LONG:
                continue
            if sentence in seen:
                yield Remark("W-66", one, match.start(), match.end(), quoted(f"{sentence[:16]}…"), "只写一次")
            seen.add(sentence)
