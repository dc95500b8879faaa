"""The numbers that Word puts before paragraphs by itself: 一、 （一） 1. and their like (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from pbreports.ooxml.markup import parse_xml
from pbreports.tags.numerals import by_digits, hanzi
from pbreports.word.filling.markup import PPR, w
from pbreports.word.format.properties import NOTHING, VAL, Values, number, paragraph_values, value_of

_LEVEL, _START, _FORMAT, _TEXT = w("lvl"), w("start"), w("numFmt"), w("lvlText")
_MOST = 9999
"""Beyond it no number is spelt out."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: the number it begins with, how numbers are written, the text around them, its indents."""

    start: int
    form: str
    text: str
    values: Values
    style: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a document: their levels by list and depth, and which list counts together with which."""

    levels: Mapping[tuple[str, int], Level]
    counted_as: Mapping[str, str]

    def level(self, said: str, style: str) -> tuple[str, int, Level] | None:
        """Return list, depth and level that numbering properties mean (``numId|ilvl``), ``None`` for no list."""
        key, _, depth = said.partition("|")
        at = int(depth) if depth.isdigit() else self._of_style(key, style)
        level = self.levels.get((key, at))
        return (key, at, level) if level else None

    def _of_style(self, key: str, style: str) -> int:
        return next((at for (one, at), level in self.levels.items() if one == key and level.style == style), 0)


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of lists in the order of reading."""

    lists: Lists
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, said: str, style: str) -> tuple[str, Values]:
        """Return the number of the next paragraph with these properties, and what its level says of its look."""
        found = self.lists.level(said, style)
        if found is None:
            return "", NOTHING
        key, at, level = found
        group = self.lists.counted_as.get(key, key)
        self._counts[group, at] = self._counts.get((group, at), level.start - 1) + 1
        for deeper in [one for one in self._counts if one[0] == group and one[1] > at]:
            del self._counts[deeper]
        return self._spelt(key, group, level), level.values

    def _spelt(self, key: str, group: str, level: Level) -> str:
        """Return a level's text with the numbers of all levels it names."""
        if level.form == "bullet":
            return ""

        def one(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            other = self.lists.levels.get((key, depth), level)
            count = self._counts.setdefault((group, depth), other.start)
            return spelt(count, other.form)

        return re.sub(r"%([1-9])", one, level.text)


def spelt(count: int, form: str) -> str:
    """Return a number as one of Word's number formats writes it; in digits where the format is not one of Chinese papers."""
    if not 0 < count <= _MOST:
        return str(count)
    return _FORMS.get(form, str)(count)


def _letters(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for sign, worth in _ROMAN:
        text, count = text + sign * (count // worth), count % worth
    return text


_ROMAN = tuple(
    zip(
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        strict=True,
    )
)


def _circled(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else str(count)


def _full_width(count: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))


_FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        lambda count: str(hanzi(count)),
    ),
    "ideographDigital": by_digits,
    "taiwaneseDigital": by_digits,
    "japaneseDigitalTenThousand": by_digits,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "none": lambda _: "",
}


@lru_cache(maxsize=16)
def lists_of(data: bytes) -> Lists:
    """Return the lists in the part ``numbering.xml``; none for an empty part."""
    if not data:
        return Lists({}, {})
    root = parse_xml(data, "word/numbering.xml")
    abstract = {one.get(w("abstractNumId"), ""): one for one in root.iter(w("abstractNum"))}
    by_link = {value_of(one, w("styleLink")): one for one in abstract.values() if value_of(one, w("styleLink"))}
    levels: dict[tuple[str, int], Level] = {}
    counted_as: dict[str, str] = {}
    for one in root.iter(w("num")):
        key, meant = one.get(w("numId"), ""), value_of(one, w("abstractNumId"))
        declared = abstract.get(meant)
        if declared is None:
            continue
        declared = by_link.get(value_of(declared, w("numStyleLink")), declared)
        for level in declared.iter(_LEVEL):
            levels[key, _depth(level)] = _level(level)
        has_own_start = _override(one, key, levels)
        counted_as[key] = key if has_own_start else f"={declared.get(w('abstractNumId'), '')}"
    return Lists(levels, counted_as)


def _depth(level: etree._Element) -> int:
    return int(number(level.get(w("ilvl")), 0))


def _override(one: etree._Element, key: str, levels: dict[tuple[str, int], Level]) -> bool:
    """Lay a list's own levels over those it shares; return whether it begins to count anew."""
    anew = False
    for over in one.iter(w("lvlOverride")):
        depth = _depth(over)
        level = over.find(_LEVEL)
        start = over.find(w("startOverride"))
        if level is not None:
            levels[key, depth] = _level(level)
        elif start is not None and (key, depth) in levels:
            old = levels[key, depth]
            levels[key, depth] = Level(int(number(start.get(VAL), 1)), old.form, old.text, old.values, old.style)
        anew = anew or start is not None
    return anew


def _level(level: etree._Element) -> Level:
    start = level.find(_START)
    return Level(
        start=int(number(start.get(VAL) if start is not None else None, 0 if start is None else 1)),
        form=value_of(level, _FORMAT) or "decimal",
        text=value_of(level, _TEXT),
        values=paragraph_values(level.find(PPR)),
        style=value_of(level, w("pStyle")),
    )
