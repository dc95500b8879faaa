"""Looks at texts: length, sameness, doubled words, names of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pbreports.scheme.language.arithmetic import round_half_up

_DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_DOUBLED_CHARACTER = re.compile(r"([\u4e00-\u9fff])\1")
_MIXED_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff]|$)")
_ADDRESSED = re.compile(r"(?:[\u4e00-\u9fff]某某?|[\u4e00-\u9fff]{1,3})(?:老师|同志|同学)(?![们])")
_NOT_MARKS = re.compile(r"[\W_]+")
_WORDS_BEFORE_TITLE = re.compile(
    r"(?:全体|广大|各位|党员|青年|骨干|优秀|我校|本校|每位|班主任|专任|任课|在职|部分|有关|相关|个别|参训|先进|全校|新任|年轻)"
    r"(?:老师|同志|同学)$"
)
SOUND_DOUBLES = frozenset(
    "谢常人师天个处时事年月层步生家户代点纷渐默多好牢紧深妈爸爷奶哥姐弟妹宝往仅刚足滚堂欣面头条件校班日周季一暖亮"
    "实扎认真明轻高大小快慢慢细早晚久远近满冉彬济洋勃蒸莘孜津乐种样次站声句字笔篇节课场队组村街区县镇乡社团群脉息"
)
"""Characters that are rightly doubled (人人、层层、生生不息 …)."""


def length(text: str) -> int:
    """Return how many characters a text has, white space not counted."""
    return len("".join(text.split()))


def normal(text: str) -> str:
    """Return the text for comparing: widths, white space and marks made alike."""
    return _NOT_MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def doubled(text: str) -> str | None:
    """Return the first doubled word, doubled character or half-width mark among Chinese, else a blank."""
    word = _DOUBLED_WORD.search(text)
    if word:
        return word.group()
    for character in _DOUBLED_CHARACTER.finditer(text):
        if character.group(1) not in SOUND_DOUBLES:
            return character.group()
    mark = _MIXED_MARK.search(text)
    return mark.group() if mark else None


def addressed(text: str) -> str | None:
    """Return the first person named as 某某老师／同志／同学, else a blank."""
    for found in _ADDRESSED.finditer(text):
        if not _WORDS_BEFORE_TITLE.search(found.group()):
            return found.group()
    return None


def mentioned(text: str, names: Sequence[object]) -> str | None:
    """Return which of the names (of two characters or more) stand in the text, else a blank."""
    bare = "".join(text.split())
    found = dict.fromkeys(str(name) for name in names if len(str(name)) > 1 and "".join(str(name).split()) in bare)
    return "、".join(found) or None


def missing_from(wanted: Sequence[object], given: Sequence[object]) -> list[str]:
    """Return what is wanted and not given, each once, in order."""
    have = {as_text(one) for one in given}
    return [one for one in dict.fromkeys(as_text(one) for one in wanted) if one not in have]


def as_text(value: object) -> str:
    """Return a value as people write it: numbers without idle zeros, ratios to one decimal, dates, 是／否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return f"{round_half_up(value, 1)}"
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return "" if value is None else str(value)
