"""Looks at texts: length, sameness, doubled words, names of people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.language.sound import COMPOUND_SURNAMES, DOUBLES, FOLLOWERS, SURNAMES
from pbreports.values import YearMonth

_DOUBLED_WORD = re.compile(r"([\u4e00-\u9fff]{2,6})\1")
_DOUBLED_CHARACTER = re.compile(r"([\u4e00-\u9fff])(?=\1([\u4e00-\u9fff]?))")
_BOTH_DOUBLED = re.compile(r"([\u4e00-\u9fff])\1([\u4e00-\u9fff])\2")
_MEASURED = re.compile(r"[一二三四五六七八九十两几][\u4e00-\u9fff]")
_MIXED_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[,;:?!](?=[\u4e00-\u9fff]|$)")
_SURNAME = rf"(?:{'|'.join(COMPOUND_SURNAMES)}|[{SURNAMES}])"
_ADDRESSED = re.compile(
    rf"(?:[\u4e00-\u9fff]某某?|(?:{_SURNAME}|(?<![由关对至等])于|(?<![提最崇拔])高)[\u4e00-\u9fff]{{0,2}}?)(?:老师|同志|同学)(?!们)"
)
_NOT_MARKS = re.compile(r"[\W_]+")
_COMMON_BEFORE_TITLE = tuple(
    "全体 广大 各位 党员 青年 骨干 优秀 我校 本校 每位 每名 主任 专任 任课 在职 部分 有关 相关 个别 参训 先进 全校 新任 年轻 困难 老 女 男 教师 "
    "离休 退休 一线 负责 分管 领导 书记 校长 支书 委员 干部 家长 贫困 留守 班级 其他 带头 外地 农村 乡村 学科 语文 数学 英语 所有 参加 组织 "
    "慰问 表彰 帮助 关心 鼓励 要求 引导 带领 邀请 管理 毕业 齐心 号召 动员 激励 推荐 选派 培养 支持 尊敬 温暖".split()
)


def length(text: str) -> int:
    """Return how many characters a text has, white space not counted."""
    return len("".join(text.split()))


def normal(text: str) -> str:
    """Return the text for comparing: widths, white space and marks made alike."""
    return _NOT_MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def doubled(text: str) -> str | None:
    """Return the first doubled word, doubled character or half-width mark among Chinese, else a blank."""
    for word in _DOUBLED_WORD.finditer(text):
        if not _MEASURED.fullmatch(word.group(1)):  # 一项一项
            return word.group()
    for character in _DOUBLED_CHARACTER.finditer(_BOTH_DOUBLED.sub("", text)):  # 清清楚楚
        one, behind = character.groups()
        if one not in DOUBLES and one + behind not in FOLLOWERS:
            return one + one
    mark = _MIXED_MARK.search(text)
    return mark.group() if mark else None


def addressed(text: str) -> str | None:
    """Return the first person named as 某某老师／同志／同学, else a blank."""
    for found in _ADDRESSED.finditer(text):
        if not found.group()[:-2].endswith(_COMMON_BEFORE_TITLE):
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
    """Return a value as people write it: numbers without idle zeros, ratios to one decimal, dates, 是／否, lists."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return f"{round_half_up(value, 1)}"
    if isinstance(value, Decimal):
        value = abs(value) if value.is_zero() else value
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, tuple) and not isinstance(value, YearMonth):
        return "、".join(as_text(one) for one in value)
    return "" if value is None else str(value)
