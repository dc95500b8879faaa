"""Finds the tags in a text: where they begin and end, of what kind they are, what they say and how they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a tag does: gives a value, controls what follows, or only remarks."""

    VALUE = "{{"
    CONTROL = "{%"
    COMMENT = "{#"


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a text.

    ``scope`` is the element that the tag takes the place of (``p`` paragraph, ``tr`` row, ``tc`` cell, ``r`` run),
    empty where it is to be where it stands; ``body`` what it says, NFKC-normal outside quotation marks; ``joins_before``
    and ``joins_after`` tell of ``{%-`` and ``-%}``; ``text`` is the spelling in the template.
    """

    start: int
    end: int
    kind: Kind
    scope: str
    body: str
    joins_before: bool
    joins_after: bool
    text: str

    @property
    def keyword(self) -> str:
        """Return the first word of a control tag, such as ``for``, ``endif`` or ``set``."""
        return self.body.split(maxsplit=1)[0] if self.kind is Kind.CONTROL and self.body else ""

    @property
    def mended(self) -> str:
        """Return the tag in its proper spelling, with half-width signs."""
        before, after = ("-" if joins else "" for joins in (self.joins_before, self.joins_after))
        closing = {Kind.VALUE: "}}", Kind.CONTROL: "%}", Kind.COMMENT: "#}"}[self.kind]
        return f"{self.kind}{before}{self.scope} {self.body} {after}{closing}"

    @property
    def is_misspelt(self) -> bool:
        """Return whether the tag was read as meant, though it has full-width signs or typographic quotation marks."""
        outside = _QUOTED.sub("", self.text)
        return self.kind is not Kind.COMMENT and any(sign in _FOLDED for sign in outside)


@dataclass(frozen=True, slots=True)
class Broken:
    """Signs that are meant as a tag and are none: where they stand, and what is the matter with them."""

    start: int
    end: int
    text: str
    matter: Matter


class Matter(StrEnum):
    """What can be the matter with the signs of a tag."""

    UNCLOSED = "没有写完"
    SPACED = "括号中间有空格"
    STRAY = "没有开头"


_OPENING = re.compile(r"[{｛][{｛%％#＃]")
_SPACED = re.compile(r"[{｛][ \u00a0\u3000]+[{｛%％]")
_STRAY = re.compile(r"[}｝][}｝]|[%％][}｝]")
_SCOPE = re.compile(r"(?P<joins>[-+]?)(?P<scope>tr|tc|p|r)(?=\s)")
_JOINS = re.compile(r"[-+]")
_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_DOUBLE, _SINGLE = '"“”„＂', "'‘’‚＇"
_QUOTED = re.compile("\"[^\"]*\"|'[^']*'")
_FOLDED = frozenset("“”„＂‘’‚＇") | {chr(code) for code in range(0xFF01, 0xFF5F)} | {"\u3000"}
_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def tags(text: str) -> tuple[Tag | Broken, ...]:
    """Return the tags of a text in order, and whatever was meant as one and is none.

    What stands between ``{% raw %}`` and ``{% endraw %}`` is text; both are tags with these bodies.
    """
    return tuple(_scanned(text))


def unescaped(text: str) -> str:
    """Return a template's own text with ``{_{``, ``}_}``, ``{_%`` and ``%_}`` as the braces that they stand for."""
    if "_" in text:
        for written, meant in _ESCAPED:
            text = text.replace(written, meant)
    return text


def _scanned(text: str) -> Iterator[Tag | Broken]:
    place = 0
    while found := _OPENING.search(text, place):
        yield from _between(text, place, found.start())
        one = _tag_at(text, found.start())
        yield one
        place = one.end
        if isinstance(one, Tag) and one.keyword == "raw" and (end := _RAW.search(text, place)):
            place = end.start()
    yield from _between(text, place, len(text))


def _between(text: str, start: int, end: int) -> Iterator[Broken]:
    """Yield what looks like the remains of a tag in the text between tags."""
    for pattern, matter in ((_SPACED, Matter.SPACED), (_STRAY, Matter.STRAY)):
        for found in pattern.finditer(text, start, end):
            yield Broken(found.start(), found.end(), found[0], matter)


def _tag_at(text: str, start: int) -> Tag | Broken:
    kind = Kind(unicodedata.normalize("NFKC", text[start : start + 2]))
    end = text.find("#}", start + 2) if kind is Kind.COMMENT else _end_of(text, start + 2, kind)
    if end < 0:
        return Broken(start, start + 2, text[start : start + 40], Matter.UNCLOSED)
    inner, scope, before = text[start + 2 : end], "", ""
    if prefixed := _SCOPE.match(inner):
        scope, before, inner = prefixed["scope"], prefixed["joins"], inner[prefixed.end() :]
    elif marked := _JOINS.match(inner):
        before, inner = marked[0], inner[1:]
    after = inner[-1:] if inner[-1:] in {"-", "+"} else ""
    inner = inner[: len(inner) - len(after)]
    body = inner.strip() if kind is Kind.COMMENT else " ".join(_normal(inner).split("\n")).strip()
    return Tag(start, end + 2, kind, scope, body, before == "-", after == "-", text[start : end + 2])


def _end_of(text: str, place: int, kind: Kind) -> int:
    """Return where the closing braces of a tag begin, -1 when there are none before the next tag begins."""
    depth = 0
    while place < len(text) - 1:
        sign, pair = text[place], unicodedata.normalize("NFKC", text[place : place + 2])
        if sign in _DOUBLE or sign in _SINGLE:
            place = _after_quoted(text, place)
            continue
        if pair == ("}}" if kind is Kind.VALUE else "%}") and not depth:
            return place
        if pair in {"{{", "{%", "{#"}:
            return -1
        depth = max(0, depth + (sign in "{｛") - (sign in "}｝"))
        place += 1
    return -1


def _after_quoted(text: str, place: int) -> int:
    """Return the place behind a quoted text; a mark that nothing closes stands for itself."""
    end = _closing_mark(text, place)
    return place + 1 if end < 0 else end + 1


def _closing_mark(text: str, place: int) -> int:
    """Return where the text quoted from here ends: at the same plain mark, else at any mark of its kind."""
    mark = text[place]
    if mark in "\"'" and (end := text.find(mark, place + 1)) >= 0:
        return end
    alike = _DOUBLE if mark in _DOUBLE else _SINGLE
    ends = [at for sign in alike[1:] if (at := text.find(sign, place + 1)) >= 0]
    return min(ends) if ends else text.find(alike[0], place + 1)


def _normal(inner: str) -> str:
    """Return what stands between braces NFKC-normal; quoted texts keep their signs and get plain marks."""
    parts: list[str] = []
    place = plain = 0
    while place < len(inner):
        if inner[place] not in _DOUBLE and inner[place] not in _SINGLE:
            place += 1
            continue
        end = _closing_mark(inner, place)
        if end < 0:
            place += 1
            continue
        parts += [
            unicodedata.normalize("NFKC", inner[plain:place]),
            _plain_quoted(inner[place], inner[place + 1 : end]),
        ]
        place = plain = end + 1
    return "".join([*parts, unicodedata.normalize("NFKC", inner[plain:])])


def _plain_quoted(mark: str, content: str) -> str:
    if mark in "\"'":
        return f"{mark}{content}{mark}"
    plain = "'" if '"' in content else '"'
    return f"{plain}{content}{plain}"
