"""The official order of characters: by stroke count, then stroke by stroke, then by structure.

Where the data come from, and how they were compared with each other, stands in docs/dependencies.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Table:
    """The 20,897 characters in order, and the strokes of the common ones.

    ``places`` maps a character to its place, from 0. ``counts`` are the stroke counts by place, ascending. ``strokes``
    maps a character to its strokes: ``1`` 横、提, ``2`` 竖、竖钩, ``3`` 撇, ``4`` 点、捺, ``5`` any other that turns.
    """

    places: Mapping[str, int]
    counts: tuple[int, ...]
    strokes: Mapping[str, str]

    def span(self, count: int) -> range:
        """Return the places of the characters of so many strokes; where there are none, the empty place for them."""
        return range(bisect_left(self.counts, count), bisect_right(self.counts, count))


@cache
def official_table() -> Table:
    """Return the order of GB 13000.1 字符集汉字字序（笔画序）规范 (GF 3003-1999), read when it is first asked for."""
    groups = [line.split("\t") for line in _lines("characters.tsv")]
    characters = "".join(group for _, group in groups)
    counts = tuple(int(count) for count, group in groups for _ in group)
    strokes = dict(line.split("\t") for line in _lines("sequences.tsv"))
    return Table({character: place for place, character in enumerate(characters)}, counts, strokes)


def _lines(name: str) -> list[str]:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
