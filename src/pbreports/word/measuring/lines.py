"""Into how many lines a paragraph breaks: what stays together, tabs, indents, Chinese punctuation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby, pairwise
from math import ceil
from unicodedata import east_asian_width

from pbreports.word.measuring.advances import advances
from pbreports.word.measuring.looks import Look

_NOT_FIRST = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—\u3000"
)
"""What begins no line (GB/T 15834-2011, 5.1, and what office programs hold for Chinese)."""
_NOT_LAST = frozenset("$(*[{£¥‘“〈《「『【〔〖〝﹗﹙﹛＄（．［｛￡￥")
"""What ends no line."""
_GLUE = frozenset("“”‘’\"'·—―…‖")
"""What some programs hold together with both its neighbours."""
_DEFAULT_STOP = 36.0
"""The distance of tab stops where none are set: half an inch."""
_SPACING = 0.25
"""What programs put between Chinese characters and digits or letters, in ems; LibreOffice does so even if told not to."""
_ROUNDING = 0.6
"""How much of a line, in points, is left to the rounding of widths to twentieths of a point and device pixels."""


class Sort(Enum):
    """What a piece of a line is."""

    TEXT = "text"
    TAB = "tab"
    BREAK = "break"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands in one run of a paragraph: a text, a tab, a line break or a picture.

    ``size`` is that of the font in points, ``extra`` what is put behind each character; a picture has its width and
    height in points instead.
    """

    sort: Sort
    text: str = ""
    size: float = 0
    extra: float = 0
    height: float = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What no line break parts: its width in ems of a font size, what does not grow with the size, and blanks behind."""

    sort: Sort
    ems: float = 0
    size: float = 0
    extra: float = 0
    blank: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph ready to be broken: its pieces, its look, the size of its largest characters, its tallest picture."""

    pieces: tuple[Piece, ...]
    look: Look
    size: float
    picture: float = 0
    bare: float = 0

    def lines(self, width: float, largest: float) -> int:
        """Return how many lines it takes between the sides of a cell, with no character larger than ``largest``.

        Indents shrink with the characters.
        """
        scale = min(1.0, largest / self.size) if self.size else 1.0
        return _Measure(self, width - _ROUNDING, largest, scale).count()

    def fewest(self, width: float, largest: float) -> int:
        """Return a number of lines that it takes at least: quickly told, to know what is not worth measuring."""
        room = width - self.look.left * min(1.0, largest / self.size if self.size else 1.0)
        return max(1, ceil(self.bare * min(self.size, largest) / room)) if room > 0 else 1


def text_of(stretches: Iterable[Stretch], look: Look) -> Text:
    """Return a paragraph ready to be broken; where sizes change within a stretch of text the largest counts for all of it."""
    parts = tuple(stretches)
    pieces = tuple(piece for part in _joined(parts) for piece in _pieces(part))
    sizes = {part.size for part in parts if part.sort is Sort.TEXT}
    picture = max((part.height for part in parts), default=0.0)
    bare = sum(piece.ems for piece in pieces) if len(sizes) == 1 else 0
    return Text(pieces, look, max(sizes, default=look.size), picture, bare)


@dataclass(slots=True)
class _Measure:
    """Sets a paragraph line by line; ``x`` is where the pen stands."""

    text: Text
    width: float
    largest: float
    scale: float
    x: float = 0
    number: int = 1

    def count(self) -> int:
        left, right = self.text.look.left * self.scale, self.width - self.text.look.right * self.scale
        self.x = left + self.text.look.first * self.scale
        fresh = True
        blank = 0.0
        for piece in self.text.pieces:
            if piece.sort is Sort.BREAK:
                self.number, self.x, blank, fresh = self.number + 1, left, 0.0, True
                continue
            size = min(piece.size, self.largest)
            if piece.sort is Sort.TAB:
                ahead = self._stop(self.x + blank, left)
                wide = ahead - self.x
            else:
                wide = blank + piece.ems * size + piece.extra
            blank = piece.blank * size
            if self.x + wide <= right or (fresh and self.x + wide <= right + 0.01):
                self.x, fresh = self.x + wide, False
                continue
            self._turn(0.0 if piece.sort is Sort.TAB else piece.ems * size + piece.extra, left, right, fresh=fresh)
            fresh = False
        return self.number

    def _turn(self, wide: float, left: float, right: float, *, fresh: bool) -> None:
        """Begin a line with a piece; one longer than a whole line is broken wherever the line ends."""
        self.number += 0 if fresh else 1
        room = right - left
        if wide <= room:
            self.x = left + wide
        elif room > 0:
            # Wherever it is broken, of any two lines the second would not have gone onto the first.
            self.number += ceil(2 * wide / room) - 1
            self.x = right
        else:
            self.number += 1000

    def _stop(self, x: float, left: float) -> float:
        """Return the next tab stop; the indent of a hanging paragraph is one, and behind the last stand even ones."""
        look = self.text.look
        stops = list(look.tabs)
        if look.first < 0:
            stops.append(left)
        even = (x // _DEFAULT_STOP + 1) * _DEFAULT_STOP
        return min((stop for stop in stops if stop > x + 0.01), default=even)


def _joined(parts: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield stretches with neighbouring texts made one."""
    for sort, group in groupby(parts, key=lambda part: part.sort):
        if sort is not Sort.TEXT:
            yield from group
            continue
        texts = tuple(group)
        largest = max(text.size for text in texts), max(text.extra for text in texts)
        yield Stretch(sort, "".join(text.text for text in texts), *largest)


def _pieces(part: Stretch) -> Iterator[Piece]:
    if part.sort is not Sort.TEXT:
        yield Piece(part.sort, 0, part.size, part.extra)
        return
    for ems, blank, signs in _split(part.text):
        yield Piece(part.sort, ems, part.size, part.extra * signs, blank)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[tuple[float, float, int], ...]:
    """Return what no line end parts in a text: its width and that of the blanks behind it in ems, how many signs it has."""
    ends = [at for at in range(1, len(text)) if _parts(text[at - 1], text[at])]
    spans = zip((0, *ends), (*ends, len(text)), strict=True)
    return tuple(_piece(text[start:end], text[start - 1 : start]) for start, end in spans)


@lru_cache(maxsize=16384)
def _piece(text: str, before: str) -> tuple[float, float, int]:
    """Return the widths of a piece behind a character; blanks at its end take room only when something follows them."""
    kept = text.rstrip(" ") or text
    changes = sum(_is_wide(one) != _is_wide(other) for one, other in pairwise(before + kept))
    return _ems(kept) + _SPACING * changes, _ems(text[len(kept) :]), len(text)


def _ems(text: str) -> float:
    """Return the width of a text in the wider of the two kinds of fonts."""
    widths = [advances(sign) for sign in text]
    return max(sum(half for half, _ in widths), sum(other for _, other in widths))


@cache
def _parts(before: str, after: str) -> bool:
    """Return whether a line may surely end between two characters: where programs differ, the fewer ends count."""
    if after in _NOT_FIRST or after == " " or before in _NOT_LAST:
        return False
    if before == " ":
        return True
    if before in _GLUE or after in _GLUE:
        return False
    if _is_wide(before) and _is_wide(after):
        return True
    # Between Chinese and Latin signs, but not where a bracket or stop leans on digits or letters (UAX #14, LB30).
    return _is_wide(before) != _is_wide(after) and after not in _NOT_LAST and before not in _NOT_FIRST


@cache
def _is_wide(sign: str) -> bool:
    return east_asian_width(sign) in {"W", "F", "A"}
