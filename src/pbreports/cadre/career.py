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


class _Block:
    """What belongs together: a dated line with the lines that continue it, or a remark."""

    def __init__(self, line: str) -> None:
        self._parts: list[str] = []
        self._open, self._has_within = 0, False
        self.add(line)

    def __str__(self) -> str:
        return "".join(self._parts)

    def add(self, line: str) -> None:
        """Put a line behind the others; two words that are not Chinese stay two words."""
        after, before = line.strip(), self._parts[-1] if self._parts else ""
        words = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
        self._parts += [" ", after] if words else [after]
        self._open += sum((one in _OPEN) - (one in _CLOSE) for one in line)
        self._has_within = self._has_within or bool(_WITHIN.search(line))

    def takes(self, line: str, *, apart: bool) -> bool:
        """Tell whether a line continues this block, ``apart`` when a blank line stands between."""
        plain = line.translate(_PLAIN)
        if _BARE_WITHIN.match(plain):
            return False
        indented, unclosed = plain[:1] == " ", self._open > 0
        if _RANGE.match(plain) or (not indented and _SINCE.match(plain)):
            return indented and unclosed and self._has_within
        return not apart or unclosed


def _blocks(text: str) -> Iterator[str]:
    """Yield what belongs together: a dated line with the lines that continue it; a remark after a blank line."""
    block: _Block | None = None
    apart = False
    for line in _broken(text):
        if not line.strip():
            apart = True
            continue
        if block and block.takes(line, apart=apart):
            block.add(line)
        else:
            if block:
                yield str(block)
            block = _Block(line)
        apart = False
    if block:
        yield str(block)


def _broken(text: str) -> list[str]:
    """Return the lines; some writers wrap with the indent alone, without a line break."""
    lines = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text).split("\n")
    return [part for line in lines for part in _wrapped(line)]


def _wrapped(line: str) -> list[str]:
    return re.sub(rf"(?<=\S)[ ]{{{INDENT},}}(?=\S)", "\n" + " " * INDENT, line).split("\n")


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
    place = 0
    while found := _WITHIN.search(block, place):
        stop = _closing(block, found.start()) if block[found.start()] in _OPEN else len(block)
        inner.append(block[found.end() : stop])
        block, place = block[: found.start()] + block[stop + 1 :], found.start()
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
