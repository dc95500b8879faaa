"""Characters that the table lacks, as the office has written them down: stroke count and strokes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pbreports.errors import PbreportsError
from pbreports.scheme.model import NameOrder
from pbreports.strokes.table import official_table
from pbreports.values import Record, Scalar

_KINDS = str.maketrans("横提竖撇点捺折", "1123445")
_BETWEEN = re.compile(r"[\s、，,;；/-]+")


@dataclass(frozen=True, slots=True)
class Supplement:
    """One character with its strokes (``1`` 横、提, ``2`` 竖, ``3`` 撇, ``4`` 点、捺, ``5`` 折), and where it was written."""

    character: str
    strokes: str
    where: str


@dataclass(frozen=True, slots=True)
class Supplements:
    """What the office wrote down, and the name of the sheet in which it did."""

    sheet: str
    characters: tuple[Supplement, ...] = ()


def read_supplements(records: Iterable[Record], names: NameOrder) -> Supplements:
    """Return what the office wrote down in the sheet that the scheme names.

    Raises:
        PbreportsError: when a row does not hold one character, its strokes and their count, when a character stands
            there twice, or with other strokes than its place in the table tells.
    """
    found: dict[str, Supplement] = {}
    for record in records:
        one = _read(record, names)
        if one.character in found:
            raise PbreportsError(one.where, f"“{one.character}”写了两次", "请只留一行")
        found[one.character] = one
    return Supplements(names.sheet, tuple(found.values()))


def _read(record: Record, names: NameOrder) -> Supplement:
    character = _text(record.get(names.character))
    strokes = _BETWEEN.sub("", _text(record.get(names.strokes))).translate(_KINDS)
    where = str(record.cell(names.strokes))
    if len(character) != 1:
        raise PbreportsError(str(record.cell(names.character)), f"“{character}”不是一个字", "一行写一个字")
    if not strokes or set(strokes) - set("12345"):
        remedy = "请用 1横 2竖 3撇 4点 5折 写（提作横，捺作点，竖钩作竖，其他带钩、转折的作折）"
        raise PbreportsError(where, f"“{character}”的笔顺写得不对", remedy)
    if record.get(names.count) != Decimal(len(strokes)):
        what = f"“{character}”的笔画数是{_text(record.get(names.count)) or '空'}，笔顺却有{len(strokes)}笔"
        raise PbreportsError(str(record.cell(names.count)), what, "请核对这个字的笔画")
    one = Supplement(character, strokes, where)
    _refuse_contradiction(one)
    return one


def _text(value: Scalar) -> str:
    return unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()


def _refuse_contradiction(one: Supplement) -> None:
    """Refuse strokes that would stand elsewhere than the table has the character."""
    table = official_table()
    place = table.places.get(one.character)
    if place is None:
        return
    if table.counts[place] != len(one.strokes):
        what = f"“{one.character}”在字序表里是{table.counts[place]}画，这里写了{len(one.strokes)}画"
        raise PbreportsError(one.where, what, "请核对；程序认识的字不必写在这里")
    for other, strokes in table.strokes.items():
        same_count, behind = len(strokes) == len(one.strokes), table.places[other] > place
        if same_count and strokes != one.strokes and (strokes > one.strokes) != behind:
            what = f"照这样的笔顺，“{one.character}”与“{other}”的先后和字序表不合"
            raise PbreportsError(one.where, what, "请核对；程序认识的字不必写在这里")
