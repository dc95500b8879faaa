"""Titles broken into lines (GB/T 9704-2012, 7.3.1): no word is parted, the lines make a trapezium."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.word.signing import width_of
from pbreports.word.titles import MOST, title_lines

BROKEN = [
    "中共任城区委教育工作委员会|关于做好党组织换届工作的通知",
    "中共任城区委教育工作委员会关于|表彰2020年度“五星级党组织”的决定",
    "任城区教育局关于商请支持学校|周边道路交通安全工作的函",
    "中共任城区委教育工作委员会|关于2026年上半年党建工作情况的报告",
    "关于征求2020年度“五星级党组织”|拟命名对象意见的函",
    "关于印发《任城区教育系统|党建经费使用管理办法》的通知",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_long_title_is_broken_between_words(broken: str) -> None:
    """Before 关于, behind 的 and names of organs; the number of a year keeps its 年度."""
    assert title_lines(broken.replace("|", "")) == tuple(broken.split("|"))


@pytest.mark.parametrize(
    "kept", ["关于2020年党建工作情况的报告", "{{ 发文机关 }}关于表彰2020年度“五星级党组织”和优秀党务工作者的决定"]
)
def test_a_title_that_fits_or_holds_a_tag_stays(kept: str) -> None:
    """What is filled in later cannot be measured."""
    assert title_lines(kept) == (kept,)


def test_lines_that_a_title_has_stay() -> None:
    """Who has broken a title by hand knows why."""
    assert title_lines("中共任城区委教育工作委员会\n关于表彰的决定") == ("中共任城区委教育工作委员会", "关于表彰的决定")


@given(
    st.lists(
        st.sampled_from("关于 的 表彰 工作 通知 “先进” 《办法》 2020年度 党组织 和 开展 委员会 情况 报告".split()),
        max_size=24,
    )
)
def test_nothing_of_a_title_is_lost(words: list[str]) -> None:
    """However it is broken: the lines are the title, each fits, 的 keeps to 通知, quotes keep to what they hold."""
    text = "".join(words)
    lines = title_lines(text)
    assert "".join(lines) == text
    if len(lines) > 1:
        assert max(map(width_of, lines)) <= MOST
        for above, below in pairwise(lines):
            assert not (above.endswith("的") and below.startswith(("通知", "报告", "办法")))
            assert not above.endswith(("“", "《"))
            assert not below.startswith(("”", "》", "年"))
