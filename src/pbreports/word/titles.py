"""Breaks titles into lines that part no word and make a trapezium (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from pbreports.word.signing import width_of

MOST = 19
"""How many characters of 2号 a line of a title holds, one left free."""
_MOST_LINES = 4
_BEFORE = "关于 开展 做好 加强 推进 表彰 授予 命名 印发 召开 征求 进一步 “ 《 （".split()
"""Words that a line may begin with."""
_AFTER = "关于 的 和 与 及 、 ” 》 ） 年度 委员会 局 政府 办公室 学校 中学 小学 工作 情况 系统 部门 单位".split()
"""Words that a line may end with."""
_GENRES = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|公示|方案|办法|名单|总结|汇报"
_WHOLE = re.compile(rf"的(?={_GENRES})|“[^”]*”的?|《[^》]*》的?|（[^）]*）|\d+年度?|[“《][^”》]*$")
"""What is never parted within, nor from what stands behind 的: …的通知, “…”, 《…》, 2020年."""
_LEAST = re.compile(rf"的(?={_GENRES})|\d+年度?|[“《（].|.[”》）]的?|.[、，]")
"""The same of a title whose name in “…” or 《…》 is longer than a line."""


def title_lines(text: str, most: float = MOST) -> tuple[str, ...]:
    """Return the lines of a title: one where it fits, else as few as need be, each longer than the one before.

    Lines that the text has already stay; one that a tag is in cannot be measured and stays too. Where no joint fits,
    the longest line that ends at one is taken, and Word breaks the rest.
    """
    if "\n" in text or "{" in text or width_of(text) <= most:
        return tuple(text.split("\n"))
    for whole in (_WHOLE, _LEAST):
        cuts = _joints(text, whole)
        for count in range(2, _MOST_LINES + 1):
            found = [lines for lines in _divided(text, cuts, count) if max(map(width_of, lines)) <= most]
            if found:
                return min(found, key=_unevenness)
    return (text,)


def _joints(text: str, wholes: re.Pattern[str]) -> tuple[int, ...]:
    """Return where a line may begin, as places between two characters."""
    inner = {place for whole in wholes.finditer(text) for place in range(whole.start() + 1, whole.end() + _tail(whole))}
    found = {at.end() for word in _AFTER for at in re.finditer(re.escape(word), text)}
    found |= {at.start() for word in _BEFORE for at in re.finditer(re.escape(word), text)}
    return tuple(sorted(place for place in found - inner if 1 < place < len(text) - 1))


def _tail(whole: re.Match[str]) -> int:
    """Return 1 for what keeps to what stands behind it: the 的 before a genre."""
    return 1 if whole[0] == "的" else 0


def _divided(text: str, cuts: Sequence[int], count: int) -> Iterator[tuple[str, ...]]:
    for chosen in combinations(cuts, count - 1):
        ends = (0, *chosen, len(text))
        yield tuple(text[begin:end] for begin, end in pairwise(ends))


def _unevenness(lines: Sequence[str]) -> tuple[int, float, float]:
    """Return how far lines are from a good shape: not of equal length, growing downwards, no short line."""
    lengths = [width_of(line) for line in lines]
    steps = [later - earlier for earlier, later in pairwise(lengths)]
    shape = 0 if all(step > 0 for step in steps) or all(step < 0 for step in steps) else 1
    if len(lengths) > 2 and lengths[0] < lengths[1] > lengths[-1]:
        shape = 0  # a diamond
    return shape, sum(abs(step) for step in steps), -lengths[-1]
