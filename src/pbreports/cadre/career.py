"""The resume of a 干部任免审批表: its text read into lines, and lines written as its text.

The grammar is that of the editor's own files: ``YYYY.MM--YYYY.MM``, two spaces, what the person did; the end of the
line that still runs is seven spaces; what happened meanwhile stands beneath as ``（其间：…）``, indented to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pbreports.values import YearMonth

INDENT = 18
"""The column at which a line's text begins: two dates of seven, ``--`` and two spaces."""


@dataclass(frozen=True, slots=True)
class Line:
    """One span of a resume: from when, to when (``None``: still running), what; ``within`` another span (其间).

    ``written`` keeps the dates as they stood when one of them is not a month (a year alone, month 13): that end is
    then ``None`` too. A remark without dates has neither ``start`` nor ``written``.
    """

    start: YearMonth | None
    end: YearMonth | None
    text: str
    within: bool = False
    written: str = ""


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the spans of a resume's text in their order, whatever separators and spellings of dates it uses."""
    return tuple(line for block in _blocks(text) for line in _spans(block))


def text_of(lines: Iterable[Line]) -> str:
    """Return the resume's text of spans, lines parted by line feeds; ``lines_of`` reads the same spans from it."""
    return "\n".join(_written(line) for line in lines)


# ---------------------------------------------------------------- writing


def _written(line: Line) -> str:
    if line.within:
        return f"{' ' * INDENT}（其间：{_dates(line, '至今')}  {line.text}）"
    dates = _dates(line, " " * 7)
    return f"{dates}  {line.text}" if dates else f"\n{line.text}"


def _dates(line: Line, running: str) -> str:
    if line.written or line.start is None:
        return line.written
    return f"{_dotted(line.start)}--{_dotted(line.end) if line.end else running}"


def _dotted(month: YearMonth) -> str:
    return f"{month.year:04d}.{month.month:02d}"


# ---------------------------------------------------------------- reading

_PLAIN = str.maketrans("０１２３４５６７８９．。／　\xa0\t", "0123456789../   ")
"""One character for one, so that a place in the plain text is the same place in the text as it was written."""

_DATE = r"(?:\d{4})(?:\s?(?:年|[.·/]+|-(?=\d\d?(?!\d)))?\s?\d{1,2}(?!\d)(?:月|[.·/]\d{1,2}(?!\d))?日?|年)?"
_TO = r"\s*(?:[-‐‑‒–—―─━－~～〜∼]+|至|到)\s*"
_NOW = r"(?:至今|今|现在|目前)"
_RANGE = re.compile(rf"\s*(?P<start>{_DATE})(?P<to>{_TO})(?P<end>{_DATE}|{_NOW})?")
_SINCE = re.compile(rf"\s*(?P<start>{_DATE})(?P<to>)(?P<end>)(?=\s|$)")
_MONTH = re.compile(r"(\d{4})\D*(\d{1,2})(?!\d)")
_BARE_WITHIN = re.compile(r"\s*[其期]间\s*[:：]")
_WITHIN = re.compile(
    r"[（(【\[]\s*(?:[其期]间\s*[:：,，]?|(?=\d{4}\D[^（()）]{0,24}[-–—―─－~～至到]))|^\s*[其期]间\s*[:：]"
)
_NEXT_WITHIN = re.compile(rf"[；;。]\s*(?=(?:[其期]间\s*[:：]?\s*)?{_DATE}{_TO})")
_OPEN, _CLOSE = "（(【[", "）)】]"


def _blocks(text: str) -> Iterator[str]:
    """Yield what belongs together: a dated line with the lines that continue it; a remark after a blank line."""
    block, apart = "", False
    for line in _broken(text):
        if not line.strip():
            apart = True
            continue
        if block and _continues(block, line, apart=apart):
            block = _joined(block, line)
        else:
            if block:
                yield block
            block = line
        apart = False
    if block:
        yield block


def _broken(text: str) -> list[str]:
    """Return the lines; some writers wrap with the indent alone, without a line break."""
    lines = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).split("\n")
    return [part for line in lines for part in _wrapped(line)]


def _wrapped(line: str) -> list[str]:
    return re.sub(rf"(?<=\S)[ ]{{{INDENT},}}(?=\S)", "\n" + " " * INDENT, line).split("\n")


def _continues(block: str, line: str, *, apart: bool) -> bool:
    plain = line.translate(_PLAIN)
    if _BARE_WITHIN.match(plain):
        return False
    indented, unclosed = plain[:1] == " ", _depth(block) > 0
    if _RANGE.match(plain) or (not indented and _SINCE.match(plain)):
        return indented and unclosed and bool(_WITHIN.search(block))
    return not apart or unclosed


def _depth(text: str) -> int:
    return sum((one in _OPEN) - (one in _CLOSE) for one in text)


def _joined(block: str, line: str) -> str:
    before, after = block.rstrip(), line.strip()
    words = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    return f"{before}{' ' if words else ''}{after}"


def _spans(block: str) -> Iterator[Line]:
    """Yield the span of a block, then those that it says happened meanwhile."""
    own, inner = _parted(block)
    if own.strip():
        yield _line(own, within=False)
    for text in inner:
        for part in _NEXT_WITHIN.split(text):
            bare = re.sub(r"^\s*[其期]间\s*[:：]?", "", part).strip(" \t　；;，,。")
            if bare:
                yield _line(bare, within=True)


def _parted(block: str) -> tuple[str, list[str]]:
    """Return a block without its （其间：…）, and what stood in these."""
    inner: list[str] = []
    while found := _WITHIN.search(block):
        stop = _closing(block, found.start()) if block[found.start()] in _OPEN else len(block)
        inner.append(block[found.end() : stop])
        block = block[: found.start()] + block[stop + 1 :]
    return block, inner


def _closing(text: str, start: int) -> int:
    """Return where the bracket opened at a place closes, the end of the text when it never does."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in _OPEN) - (text[place] in _CLOSE)
        if depth == 0:
            return place
    return len(text)


def _line(text: str, *, within: bool) -> Line:
    plain = text.translate(_PLAIN)
    found = _RANGE.match(plain) or _SINCE.match(plain)
    if not found:
        return Line(None, None, text.strip(), within)
    start, end = _month(found["start"]), _month(found["end"])
    known = start and (end or not (found["end"] or "")[:1].isdigit())
    return Line(start, end, text[found.end() :].strip(), within, "" if known else text[: found.end()].strip())


def _month(text: str | None) -> YearMonth | None:
    found = _MONTH.match(text or "")
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return YearMonth(year, month) if year and 1 <= month <= 12 else None
