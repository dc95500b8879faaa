"""Pairs control tags: which tag ends the block that another begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.tags.tokens import Kind, Tag, keyword

_ENDS = {word: f"end{word}" for word in ("for", "if", "set", "macro", "call", "filter", "with", "raw")}
_MIDDLES = {"elif": ("if",), "else": ("if", "for")}
KNOWN_WORDS = "控制标签只能用 if、for、set 等"
_ASSIGNMENT = re.compile(r"set\s[^=|]*=")
_LONE = frozenset({"cellbg", "colspan", "hm", "vm", "set"})  # they stand alone; of set only the form with =


@dataclass(frozen=True, slots=True)
class Block:
    """The places, in a sequence of tags, of those that make one block: the opening one, those between, the closing one."""

    tags: tuple[int, ...]

    @property
    def opens(self) -> int:
        """Return the place of the tag that opens the block."""
        return self.tags[0]

    @property
    def closes(self) -> int:
        """Return the place of the tag that closes the block."""
        return self.tags[-1]


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A tag that has no partner: its place, and what is the matter."""

    tag: int
    what: str
    remedy: str
    unknown: bool = False


def paired(sequence: Sequence[Tag]) -> tuple[tuple[Block, ...], tuple[Unpaired, ...]]:
    """Return the blocks of a sequence of tags, outer before inner, and the tags that belong to none though they should."""
    pairing = _Pairing(sequence)
    for place, tag in enumerate(sequence):
        if tag.kind is Kind.CONTROL:
            pairing.take(place, tag)
    pairing.finish()
    return tuple(sorted(pairing.blocks, key=lambda block: block.opens)), tuple(pairing.unpaired)


def opens_block(tag: Tag) -> bool:
    """Return whether a control tag opens a block; ``{% set a = 1 %}`` opens none."""
    return tag.kind is Kind.CONTROL and bool(end_of(tag.body))


def end_of(body: str) -> str:
    """Return the word that ends the block which a control tag's body opens, empty when it opens none."""
    word = keyword(body)
    return "" if word == "set" and _ASSIGNMENT.match(body) else _ENDS.get(word, "")


def is_known(word: str) -> bool:
    """Return whether the tag language has a control word."""
    return word in _ENDS or word in _MIDDLES or word in _ENDS.values() or word in _LONE


class _Pairing:
    """The blocks that are open while a sequence is walked."""

    def __init__(self, sequence: Sequence[Tag]) -> None:
        self._sequence = sequence
        self._open: list[list[int]] = []
        self.blocks: list[Block] = []
        self.unpaired: list[Unpaired] = []

    def take(self, place: int, tag: Tag) -> None:
        """Take the next control tag."""
        word = tag.keyword
        if opens_block(tag):
            self._open.append([place])
        elif word in _MIDDLES:
            self._between(place, word)
        elif word in _ENDS.values():
            self._close(place, word)
        elif word not in _LONE:
            self.unpaired.append(Unpaired(place, f"不认识“{word}”", KNOWN_WORDS, unknown=True))

    def finish(self) -> None:
        """Tell of the blocks that nothing has closed."""
        for block in self._open:
            self._unclosed(block)

    def _word(self, block: list[int]) -> str:
        return self._sequence[block[0]].keyword

    def _between(self, place: int, word: str) -> None:
        if self._open and self._word(self._open[-1]) in _MIDDLES[word]:
            self._open[-1].append(place)
        else:
            self.unpaired.append(
                Unpaired(place, f"“{word}”没有对应的 {' 或 '.join(_MIDDLES[word])}", "请补上，或删去它")
            )

    def _close(self, place: int, word: str) -> None:
        """Close the nearest block of this kind; those that are open inside it were left unclosed."""
        at = next((i for i in reversed(range(len(self._open))) if _ENDS[self._word(self._open[i])] == word), -1)
        if at < 0:
            begins = word.removeprefix("end")
            self.unpaired.append(Unpaired(place, f"“{word}”没有对应的 {begins}", f"请补上 {begins}，或删去它"))
            return
        for block in self._open[at + 1 :]:
            self._unclosed(block)
        self.blocks.append(Block((*self._open[at], place)))
        del self._open[at:]

    def _unclosed(self, block: list[int]) -> None:
        word = self._word(block)
        end = _ENDS[word]
        self.unpaired.append(Unpaired(block[0], f"“{word}”没有结束标签 {end}", f"请在该结束的地方写 {{% {end} %}}"))
