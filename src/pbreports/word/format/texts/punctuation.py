"""Chinese punctuation (GB/T 15834-2011): full-width marks, none doubled, ranges, pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format.paper import Element, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted

_HANZI = "\u3400-\u9fff"
_WIDE = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_HALF = re.compile(rf"(?<=[{_HANZI}”’）》])[,;:!?](?=[{_HANZI}“‘（《]|\s*$)|(?<=[{_HANZI}])\.(?=\s*$)")
_ROUND = re.compile(rf"\((?P<inner>[^()（）]*[{_HANZI}][^()（）]*)\)")
_STRAIGHT = re.compile(r'"')
_DOUBLED = re.compile("(?P<mark>[，。、；：])(?P=mark)+")
_CLASHING = re.compile("(?:，[。；、：]|；[。，、]|、[。，；：]|。[，；、：]|：[。，；、])")
_BEFORE_CLOSE = re.compile("[，、；：](?=[）】〕])|。(?=）。)")
_AFTER_OPEN = re.compile("(?<=[（〔])[，。、；：]")
_YEARS = re.compile(r"(?<!\d)(?P<from>(?:19|20)\d{2}年?)(?P<mark>[-－–~～]|--)(?P<to>(?:19|20)\d{2}年)")
_RANGE = re.compile(r"(?<![\d.-])(?P<from>\d{1,4})(?P<mark>[-－–~])(?P<to>\d{1,4})(?=[个名所次项人岁天小分场%％])")
_PAIRS = dict(zip("（“‘《〔【「『", "）”’》〕】」』", strict=True))
_ENDS = {end: start for start, end in _PAIRS.items()}
_SILENT = frozenset({Element.BLANK, Element.PAGE_NUMBER, Element.RULE})
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.]+@[\w.]+")


def remarks_on_punctuation(paper: Paper) -> Iterator[Remark]:
    """Yield the marks of a paper that are half-width, doubled, clashing or without their other half."""
    for one in paper.paragraphs:
        if one.element not in _SILENT and one.text.strip():
            text = _ADDRESS.sub(lambda found: "x" * len(found.group()), one.text)
            yield from _half(one, text)
            yield from _straight(one, text)
            yield from _doubled(one, text)
            yield from _ranges(one, text)
    yield from _pairs(paper)


def _half(one: Paragraph, text: str) -> Iterator[Remark]:
    start = _numbered(text)
    for match in _HALF.finditer(text, start):
        mark = match.group()
        right = _WIDE.get(mark, "。")
        yield Remark("W-60", one, match.start(), match.end(), quoted(_around(text, match)), quoted(right), right)
    for match in _ROUND.finditer(text):
        for at, mark in ((match.start(), "（"), (match.end() - 1, "）")):
            yield Remark("W-60", one, at, at + 1, quoted(match.group()[:12]), "“（）”", mark)


def _numbered(text: str) -> int:
    """Return where the text behind a heading's or a list's number begins: the mark there is the heading's matter."""
    match = re.match(rf"\s*[{_HANZI}0-9]{{1,3}}[,.:、]", text)
    return match.end() if match else 0


def _straight(one: Paragraph, text: str) -> Iterator[Remark]:
    found = list(_STRAIGHT.finditer(text))
    chinese = re.search(f"[{_HANZI}]", text)
    for at, match in enumerate(found if chinese else ()):
        instead = "“”"[at % 2] if len(found) % 2 == 0 else None
        yield Remark("W-60", one, match.start(), match.end(), "直引号", "弯引号“”", instead)


def _doubled(one: Paragraph, text: str) -> Iterator[Remark]:
    for match in _DOUBLED.finditer(text):
        mark = match["mark"]
        if mark == "。" and len(match.group()) > 2:  # an ellipsis typed as full stops
            yield Remark("W-61", one, match.start(), match.end(), quoted(match.group()), "省略号“……”")
            continue
        yield Remark("W-61", one, match.start(), match.end(), quoted(match.group()), quoted(mark), mark)
    for pattern in (_CLASHING, _BEFORE_CLOSE, _AFTER_OPEN):
        for match in pattern.finditer(text):
            yield Remark("W-61", one, match.start(), match.end(), quoted(_around(text, match)), "只留一个标点")


def _ranges(one: Paragraph, text: str) -> Iterator[Remark]:
    for match in _YEARS.finditer(text):
        right = f"{match['from']}—{match['to']}"
        yield Remark("W-63", one, match.start("mark"), match.end("mark"), quoted(match.group()), quoted(right), "—")
    for match in _RANGE.finditer(text):
        right = f"{match['from']}～{match['to']}"
        yield Remark("W-63", one, match.start("mark"), match.end("mark"), quoted(match.group()), quoted(right), "～")


def _pairs(paper: Paper) -> Iterator[Remark]:
    """Yield brackets and quotation marks without the other half; those of titles, parted into lines, are not looked at."""
    for one in paper.paragraphs:
        if one.element in {Element.TITLE, Element.MARK, Element.ANNEX_TITLE, Element.TABLE, *_SILENT}:
            continue
        open_marks: list[tuple[str, int]] = []
        for at, sign in enumerate(one.text):
            if sign in _PAIRS:
                open_marks.append((sign, at))
            elif sign in _ENDS and not _closes(open_marks, sign) and not _is_item(one.text, at):
                yield _lone(one, at, _ENDS[sign])
        for sign, at in open_marks:
            if sign not in "“‘" or not _goes_on(paper, one):
                yield _lone(one, at, _PAIRS[sign])


def _lone(one: Paragraph, at: int, lacking: str) -> Remark:
    near = one.text[max(0, at - 4) : at + 5]
    return Remark("W-62", one, at, at + 1, f"{quoted(near)}，缺“{lacking}”", "成对")


def _closes(open_marks: list[tuple[str, int]], sign: str) -> bool:
    """Take the last open mark of a kind off the list; return whether there was one."""
    for at in reversed(range(len(open_marks))):
        if open_marks[at][0] == _ENDS[sign]:
            del open_marks[at]
            return True
    return False


def _is_item(text: str, at: int) -> bool:
    """Whether a closing bracket only numbers an item: 1）, a）."""
    return text[at] == "）" and re.fullmatch(r"\s*(?:\d{1,2}|[a-zA-Z]|[①-⑳])", text[:at]) is not None


def _goes_on(paper: Paper, one: Paragraph) -> bool:
    """Whether the next paragraph begins with a quotation mark, as one that is quoted on does."""
    at = next(at for at, each in enumerate(paper.paragraphs) if each is one)
    following = next((each for each in paper.paragraphs[at + 1 :] if each.text.strip()), None)
    return following is not None and following.text.lstrip().startswith(("“", "‘"))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 3) : match.end() + 3]
