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
        return keyword(self.body) if self.kind is Kind.CONTROL else ""

    @property
    def mended(self) -> str:
        """Return the tag in its proper spelling, with half-width signs."""
        before, after = ("-" if joins else "" for joins in (self.joins_before, self.joins_after))
        closing = {Kind.VALUE: "}}", Kind.CONTROL: "%}", Kind.COMMENT: "#}"}[self.kind]
        return f"{self.kind}{before}{self.scope} {self.body} {after}{closing}"

    @property
    def is_misspelt(self) -> bool:
        """Return whether the tag was read as meant, though its signs are full-width or typographic or its prefix is apart."""
        if self.scope and self.text[2:3].isspace():
            return True
        if self.kind is Kind.COMMENT:
            return any(sign in _FOLDED for sign in self._braces)
        left = _QUOTED.sub("", self.body)  # what nobody can mend, such as a mark without its partner
        return any(sign in _FOLDED and sign not in left for sign in _QUOTED.sub("", self.text))

    @property
    def _braces(self) -> str:
        """Return the signs that the tag begins and ends with."""
        return self.text[:2] + self.text[-2:]


@dataclass(frozen=True, slots=True)
class Broken:
    """Signs that are meant as a tag and are none: where they stand, and what is the matter with them.

    ``mended`` is the tag that is meant, where that is beyond doubt, else empty.
    """

    start: int
    end: int
    text: str
    matter: Matter
    mended: str = ""


class Matter(StrEnum):
    """What can be the matter with the signs of a tag."""

    UNCLOSED = "没有写完"
    SPACED = "括号中间有空格"
    STRAY = "没有开头"


_OPENING = re.compile(r"[{｛][{｛%％#＃]")
_GAP = r"[ \t\u00a0\u3000]"
_SPACED = re.compile(
    rf"[{{｛]{_GAP}+[{{｛](?P<value>[^{{}}｛｝]*)[}}｝]{_GAP}*[}}｝]"
    rf"|[{{｛]{_GAP}+[%％](?P<control>[^{{}}｛｝%％]*)[%％]{_GAP}*[}}｝]"
    rf"|[{{｛]{_GAP}+[{{｛%％]"
)
_LATE_GAP = re.compile(
    rf"[{{｛][{{｛](?P<value>[^{{}}｛｝]*)[}}｝]{_GAP}+[}}｝]"
    rf"|[{{｛][%％](?P<control>[^{{}}｛｝%％]*)[%％]{_GAP}+[}}｝]"
)
_STRAY = re.compile(r"[}｝][}｝]|[%％][}｝]")
_COMMENT_END = re.compile(r"[#＃][}｝]")
_SCOPE = re.compile(r"(?P<joins>[-+]?)(?P<scope>tr|tc|p|r)(?=\s)")
_SPACED_SCOPE = re.compile(r"\s+(?P<joins>)(?P<scope>tr|tc|p|r)\s+(?=[^\W\d])")
_GOES_ON = re.compile(r"\s*(?:$|[-+]?$|[|.,*/%=<>!~)\]]|(?:if|is|in|and|or|not\s+in)\s)")
_JOINS = re.compile(r"[-+]")
_RAW = re.compile(r"[{｛][%％][-+]?\s*endraw\s*[-+]?[%％][}｝]")
_WORD = re.compile(r"\w+")
_DOUBLE, _SINGLE = '"“”„＂', "'‘’‚＇"
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_CLOSES = re.compile(r"[}｝%％][}｝]")
_CROSSES = re.compile(r"[}｝%％][}｝].*[{｛][{｛%％#＃]", re.DOTALL)
_HALF_WIDTH = str.maketrans("｛｝％＃", "{}%#")
_NOT_BRACES = re.compile("([︷︸﹛﹜])")  # NFKC would make braces of these, but nobody types them as such
_STOP = re.compile(r"(?<=\w)。(?=[^\W\d])")  # between names, where an input method types it for a point
_FOLDED = frozenset("“”„＂‘’‚＇。") | {chr(code) for code in range(0xFF01, 0xFF5F)} | {"\u3000"}
_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))


def keyword(body: str) -> str:
    """Return the first word of what a control tag says."""
    found = _WORD.match(body)
    return found[0] if found else ""


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
    place = start
    for found in _SPACED.finditer(text, start, end):
        yield from _strays(text, place, found.start())
        yield _spaced(found)
        place = found.end()
    yield from _strays(text, place, end)


def _strays(text: str, start: int, end: int) -> Iterator[Broken]:
    for found in _STRAY.finditer(text, start, end):
        yield Broken(found.start(), found.end(), found[0], Matter.STRAY)


def _spaced(found: re.Match[str]) -> Broken:
    """Return the tag whose braces have spaces between them, with the spelling that is meant."""
    value, control = found.groupdict().get("value"), found.groupdict().get("control")
    meant = f"{{{{{value}}}}}" if value is not None else f"{{%{control}%}}" if control is not None else ""
    read = _tag_at(meant, 0) if meant else None
    is_whole = isinstance(read, Tag) and read.end == len(meant) and read.body and not _has_lone_mark(read.body)
    mended = read.mended if isinstance(read, Tag) and is_whole else ""
    return Broken(found.start(), found.end(), found[0], Matter.SPACED, mended)


def _has_lone_mark(body: str) -> bool:
    """Return whether a quotation mark has no partner; the quoted text may go on behind the tag's end."""
    return any(sign in _DOUBLE or sign in _SINGLE for sign in _QUOTED.sub("", body))


def _tag_at(text: str, start: int) -> Tag | Broken:
    kind = Kind(text[start : start + 2].translate(_HALF_WIDTH))
    end = _comment_end(text, start + 2) if kind is Kind.COMMENT else _end_of(text, start + 2, kind)
    if end < 0:
        return _spaced(late) if (late := _LATE_GAP.match(text, start)) else _unclosed(text, start)
    scope, before, inner, after = _framed(text[start + 2 : end], kind)
    body = inner.strip() if kind is Kind.COMMENT else " ".join(_normal(inner).splitlines()).strip()
    return Tag(start, end + 2, kind, scope, body, before == "-", after == "-", text[start : end + 2])


def _unclosed(text: str, start: int) -> Broken:
    return Broken(start, start + 2, text[start : start + 40], Matter.UNCLOSED)


def _framed(inner: str, kind: Kind) -> tuple[str, str, str, str]:
    """Return the scope, the sign before, what stands between and the sign after, of what braces hold.

    ``{{p x}}`` takes the place of a paragraph; ``{{p}}`` and ``{{p|upper}}`` are values called ``p``.
    """
    scope = before = ""
    prefixed = _SCOPE.match(inner) or (_SPACED_SCOPE.match(inner) if kind is Kind.CONTROL else None)
    if prefixed and not (kind is Kind.VALUE and _GOES_ON.match(inner, prefixed.end())):
        scope, before, inner = prefixed["scope"], prefixed["joins"], inner[prefixed.end() :]
    elif marked := _JOINS.match(inner):
        before, inner = marked[0], inner[1:]
    after = inner[-1:] if inner[-1:] in {"-", "+"} else ""
    return scope, before, inner[: len(inner) - len(after)], after


def _comment_end(text: str, place: int) -> int:
    found = _COMMENT_END.search(text, place)
    return found.start() if found else -1


def _end_of(text: str, place: int, kind: Kind) -> int:
    """Return where the closing braces of a tag begin, -1 when there are none before the next tag begins.

    Braces in a quoted text close nothing; but when nothing else does, the quotation mark was a slip.
    """
    end = _scanned_end(text, place, kind, braces_quoted=True)
    return end if end >= 0 else _scanned_end(text, place, kind, braces_quoted=False)


def _scanned_end(text: str, place: int, kind: Kind, *, braces_quoted: bool) -> int:
    depth = 0
    while place < len(text) - 1:
        sign, pair = text[place], text[place : place + 2].translate(_HALF_WIDTH)
        if sign in _DOUBLE or sign in _SINGLE:
            end = _closing_mark(text, place)
            place = end + 1 if end >= 0 and (braces_quoted or not _CLOSES.search(text, place, end)) else place + 1
            continue
        if pair == ("}}" if kind is Kind.VALUE else "%}") and not depth:
            return place
        if pair in {"{{", "{%", "{#"}:
            return -1
        depth = max(0, depth + (sign in "{｛") - (sign in "}｝"))
        place += 1
    return -1


def _closing_mark(text: str, place: int) -> int:
    """Return where the text quoted from here ends, -1 when it does nowhere.

    It ends at a mark of the same sort, plain or typographic, else at any of its kind; but sooner at one in the same tag.
    """
    mark = text[place]
    alike = _DOUBLE if mark in _DOUBLE else _SINGLE
    plain = _found_mark(text, place + 1, alike[0])
    typographic = _typographic_end(text, place, alike[1:])
    found = [at for at in ((plain, typographic) if mark in "\"'" else (typographic, plain)) if at >= 0]
    within = [at for at in found if not _CLOSES.search(text, place, at)]
    return next(iter(within or [at for at in found if not _CROSSES.search(text, place, at)]), -1)


def _typographic_end(text: str, place: int, alike: str) -> int:
    """Return where a text between typographic marks ends: at the partner of its mark, else at any of its kind."""
    opening, closing = alike[0], alike[1]
    depth = 0
    for found in re.finditer(f"[{opening}{closing}]" if text[place] == opening else "(?!)", text[place:]):
        depth += 1 if found[0] == opening else -1
        if not depth:
            return place + found.start()
    return min((at for sign in alike if (at := _found_mark(text, place + 1, sign)) >= 0), default=-1)


def _found_mark(text: str, place: int, mark: str) -> int:
    """Return where a quotation mark stands that no backslash takes for text, -1 when none does."""
    while (at := text.find(mark, place)) >= 0:
        before = text[:at]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return at
        place = at + 1
    return -1


def _normal(inner: str) -> str:
    """Return what stands between braces NFKC-normal; quoted texts keep their signs and get plain marks."""
    parts: list[str] = []
    place = plain = 0
    while place < len(inner):
        end = _closing_mark(inner, place) if inner[place] in _DOUBLE or inner[place] in _SINGLE else -1
        if end < 0:
            place += 1
            continue
        parts += [_folded(inner[plain:place]), _plain_quoted(inner[place], inner[place + 1 : end])]
        place = plain = end + 1
    return "".join([*parts, _folded(inner[plain:])])


def _folded(code: str) -> str:
    """Return code NFKC-normal, but for signs that would become braces."""
    pieces = _NOT_BRACES.split(_STOP.sub(".", code))
    return "".join(piece if odd % 2 else unicodedata.normalize("NFKC", piece) for odd, piece in enumerate(pieces))


def _plain_quoted(mark: str, content: str) -> str:
    """Return a quoted text with plain marks, those inside escaped where they would end it."""
    if mark in "\"'":
        return f"{mark}{content}{mark}"
    plain = "'" if '"' in content and "'" not in content else '"'
    return plain + re.sub(rf"(?<!\\){plain}", rf"\\{plain}", content) + plain
