"""The order of people's names by the strokes of the surname, as official lists have it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pbreports.strokes.places import Place, places_of
from pbreports.strokes.supplement import Supplements

COMPOUND_SURNAMES = frozenset(
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 宰父 拓跋 夹谷 轩辕 令狐 百里 "
    "呼延 东郭 南门 羊舌 微生 西门 第五 即墨 达奚 褚师 完颜 纳兰 那拉 淳于".split()
)
"""Surnames of two characters, from 百家姓 and such as people bear today.

Without the rare ones that are more likely a common surname and a given name's first character (段干、乐正、宗政、贺兰、单于).
"""

_NOT_COMPARED = re.compile(r"\([^)]*\)|[\s·•‧∙⋅・.]+")
_DOTS = re.compile(r"[·•‧∙⋅・.]")


class Key(NamedTuple):
    """What names are ordered by: the surname's characters, single given names first, the given name's characters."""

    first: Place
    surname: tuple[Place, ...]
    several: bool
    given: tuple[Place, ...]


def stroke_order(names: Iterable[str], supplements: Supplements, where: str) -> dict[str, Key]:
    """Return what to sort each name by; names without any character are left out.

    First the first character's stroke count, then its strokes one by one (横、竖、撇、点、折), then its structure; with
    the same surname single given names before longer ones, then the next characters in the same way. A compound surname
    stands by its first character, behind the single surname of that character. Blanks, the dot in names of
    minorities and remarks in brackets are not compared.

    Raises:
        PbreportsError: at ``where``, when the place of a character is not known.
    """
    split = {name: parts for name in names if (parts := _parts(name))[0]}
    writers: dict[str, str] = {}
    for name, parts in split.items():
        for character in "".join(parts):
            writers.setdefault(character, name.strip())
    places = places_of(writers, supplements, where) if writers else {}
    return {name: _key(*parts, places) for name, parts in split.items()}


def _parts(name: str) -> tuple[str, str]:
    """Return surname and given name as they are compared; a name with a dot has no compound surname."""
    normal = unicodedata.normalize("NFKC", name)
    compared = _NOT_COMPARED.sub("", normal)
    compound = len(compared) > 2 and compared[:2] in COMPOUND_SURNAMES and not _DOTS.search(normal)
    length = 2 if compound else 1
    return compared[:length], compared[length:]


def _key(surname: str, given: str, places: Mapping[str, Place]) -> Key:
    first, *others = (places[character] for character in surname)
    return Key(first, tuple(others), len(given) > 1, tuple(places[character] for character in given))
