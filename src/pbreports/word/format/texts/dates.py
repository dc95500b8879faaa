"""Dates: digits, four for the year, no zero in front, real ones (GB/T 9704-2012, 7.3.5.4; GB/T 15835-2011)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pbreports.word.format.paper import Element, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted
from pbreports.word.format.texts.words import Words

_GAP = r"[ \u3000]*"
_FULL = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}){_GAP}年{_GAP}(?P<month>\d{{1,2}}){_GAP}月(?:{_GAP}(?P<day>\d{{1,2}}){_GAP}日)?"
)
_SHORT_YEAR = re.compile(r"(?<![\d一-鿿—-])(?P<year>\d{2})年(?:0?[1-9]|1[0-2])月(?:\d{1,2}日)?")
_PADDED = re.compile(r"(?<!\d)0[1-9](?:月\d{1,2}日)|(?<=月)0[1-9]日")
_PUNCTUATION = "，。；：、！？（）"
_TEXTS = frozenset({Element.BODY, Element.TITLE, Element.PRINT, Element.NOTE})
_TO_FILL = re.compile("【待填[^】]*】")
_EMPTY = re.compile(
    r"(?:\d{4})?[ \t\u3000]*年[ \t\u3000]*(?:\d{1,2})?[ \t\u3000]*月[ \t\u3000]*(?:\d{1,2})?[ \t\u3000]*日"
)
_RIGHT = re.compile(r"\d{4}年[1-9]\d?月[1-9]\d?日")


def remarks_on_dates(paper: Paper, words: Words) -> Iterator[Remark]:
    """Yield what is wrong with the date of a paper and with those it names."""
    for one in paper.paragraphs:
        if one.element is Element.DATE:
            yield from _of_paper(one)
        elif one.element in _TEXTS or one.element.value.endswith("级标题"):
            yield from _in_text(one)
    yield from _later(paper, words)


def _of_paper(one: Paragraph) -> Iterator[Remark]:
    text = one.text.strip(" \t\n\u3000")
    if _TO_FILL.search(text) or (_EMPTY.fullmatch(text) and not _FULL.fullmatch(text)):
        return
    match = _FULL.search(one.text)
    if match is None or not match["day"]:
        yield Remark("W-57", one, 0, len(one.text), quoted(text), "像“2020年7月1日”这样")
        return
    if _date(match) is None:
        yield Remark("W-57", one, match.start(), match.end(), f"{quoted(match.group())}，没有这一天", "真有的日期")
    elif not _RIGHT.fullmatch(match.group()):
        right = _unpadded(match)
        yield Remark("W-57", one, match.start(), match.end(), quoted(match.group()), quoted(right), right)


def _in_text(one: Paragraph) -> Iterator[Remark]:
    for match in _FULL.finditer(one.text):
        if (match["day"] and _date(match) is None) or not 1 <= int(match["month"]) <= 12:
            yield Remark("W-58", one, match.start(), match.end(), f"{quoted(match.group())}，没有这一天", "真有的日期")
        elif match["month"][0] == "0" or (match["day"] or "1")[0] == "0":
            right = _unpadded(match)
            yield Remark("W-58", one, match.start(), match.end(), quoted(match.group()), quoted(right), right)
    for match in _SHORT_YEAR.finditer(one.text):
        yield Remark("W-58", one, match.start(), match.end(), quoted(match.group()), "四位年份")
    for match in _PADDED.finditer(_FULL.sub(lambda full: "＊" * len(full.group()), one.text)):
        right = re.sub(r"(?<!\d)0(?=\d)", "", match.group())
        yield Remark("W-58", one, match.start(), match.end(), quoted(match.group()), quoted(right), right)


def _later(paper: Paper, words: Words) -> Iterator[Remark]:
    """Yield dates that the text tells as past and that are later than the paper's own."""
    signed = paper.first(Element.DATE)
    match = _FULL.search(signed.text) if signed else None
    own = _date(match) if match and match["day"] else None
    if own is None:
        return
    for one in paper.of(Element.BODY):
        for found in _FULL.finditer(one.text):
            day = _date(found) if found["day"] else None
            clause = re.split(f"[{_PUNCTUATION}]", one.text[found.end() :], maxsplit=1)[0]
            before = one.text[max(0, found.start() - 2) : found.start()]
            if day and day > own and (before in words.until or any(word in clause for word in words.past)):
                said = f"{quoted(found.group())}，晚于成文日期{own.year}年{own.month}月{own.day}日"
                yield Remark("W-59", one, found.start(), found.end(), said)


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except (ValueError, TypeError):
        return None


def _unpadded(match: re.Match[str]) -> str:
    day = f"{int(match['day'])}日" if match["day"] else ""
    return f"{match['year']}年{int(match['month'])}月{day}"
