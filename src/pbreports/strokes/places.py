"""Where each character of some names stands: by the official table, or by the strokes that the office wrote down."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pbreports.errors import PbreportsError
from pbreports.strokes.supplement import Supplement, Supplements
from pbreports.strokes.table import Table, official_table


class Place(NamedTuple):
    """Where a character stands: at a place of the table, or behind it, then by its strokes and by its code point."""

    place: int
    strokes: str = ""
    character: str = ""


class _Known(NamedTuple):
    """A character of the table whose strokes are known."""

    length: int
    strokes: str
    place: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """The characters asked for, each with a name that it stands in; the sheet of strokes; where to report."""

    writers: Mapping[str, str]
    sheet: str
    where: str

    def of(self, character: str) -> str:
        """Return a character and whose it is, in words."""
        return f"{self.writers[character]}的“{character}”"


def places_of(writers: Mapping[str, str], supplements: Supplements, where: str) -> dict[str, Place]:
    """Return the place of each character; ``writers`` maps it to a name that it stands in.

    A character that the table lacks stands behind those of the table that have the same strokes.

    Raises:
        PbreportsError: at ``where``, when neither the table nor the office knows a character, or when a character of
            the table, whose strokes it does not know, may stand before or behind one that the office wrote down.
    """
    table, asked = official_table(), _Asked(writers, supplements.sheet, where)
    written = {one.character: one for one in supplements.characters}
    found = {character: Place(table.places[character]) for character in writers if character in table.places}
    _refuse_unknown([character for character in writers if character not in found and character not in written], asked)
    known = _known(table, supplements.characters)
    behind = {
        character: _behind(written[character], table, known, asked) for character in writers if character not in found
    }
    return found | behind


def _refuse_unknown(lacking: Sequence[str], asked: _Asked) -> None:
    if lacking:
        them = "、".join(asked.of(character) for character in lacking)
        remedy = f"请在局端工作簿的“{asked.sheet}”表里填上字、笔画数和笔顺"
        raise PbreportsError(asked.where, f"按姓氏笔画排不了，{them}不在字序表里", remedy)


def _known(table: Table, supplements: Sequence[Supplement]) -> list[_Known]:
    told = {one.character: one.strokes for one in supplements if one.character in table.places}
    strokes = {**table.strokes, **told}
    return sorted(_Known(len(its), its, table.places[character]) for character, its in strokes.items())


def _behind(one: Supplement, table: Table, known: Sequence[_Known], asked: _Asked) -> Place:
    """Return the place of a character by its strokes.

    Raises:
        PbreportsError: when another one that is asked for may stand before or behind it.
    """
    low, high = _bounds(table, known, one.strokes)
    for other in asked.writers:
        if low < table.places.get(other, -1) < high:
            what = f"{asked.of(other)}与{asked.of(one.character)}分不出先后，程序不知道“{other}”的笔顺"
            raise PbreportsError(asked.where, what, f"请在“{asked.sheet}”表里把“{other}”的笔画数和笔顺也填上")
    return Place(low, one.strokes, one.character)


def _bounds(table: Table, known: Sequence[_Known], strokes: str) -> tuple[int, int]:
    """Return the places of the characters between which such strokes belong."""
    span = table.span(len(strokes))
    at = bisect_right(known, (len(strokes), strokes), key=lambda one: (one.length, one.strokes))
    low = known[at - 1].place if at else -1
    high = known[at].place if at < len(known) else len(table.counts)
    return max(low, span.start - 1), min(high, span.stop)
