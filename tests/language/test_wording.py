"""What the language sees in texts: slips, names of people, sameness."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.scheme.language.wording import addressed, as_text, doubled, mentioned, normal
from pbreports.values import YearMonth

SOUND = """
人人参与，层层落实，生生不息。
学习习近平新时代中国特色社会主义思想
党委委员分工负责，改进工作作风
坚持教育育人、管理育人、服务育人
动员部署部分党员开展展示活动动员会
老师们、同学们积极参与
全体党员同志和老教师同志
慰问老同志和困难党员
各级各类单位位置
一项一项抓，一个一个过，挨家挨户走访
扎扎实实、认认真真、明明白白、清清楚楚、方方面面、实实在在
请老师参加培训，由于老师外出，关于老师的意见
班主任老师与任课老师、优秀老师、骨干教师同志
加强同志间的团结，与同学交流，主动找同志谈心
石桥镇中心小学学校党支部
8:30开会，比例3:1，网址http://example.com
人民民主专政，党支部支委会，入党党员
常常、往往、仅仅、刚刚、渐渐、频频、恰恰、念念不忘、欣欣向荣
毕业同学、离退休老同志、提高老师待遇、管理老师
2020年11月，工作（成效）；A,B两组
一二三四五，二〇二〇年
""".strip().splitlines()


@pytest.mark.parametrize("text", SOUND)
def test_sound_texts_raise_no_alarm(text: str) -> None:
    """Doubled characters of good Chinese, words that meet, and titles without a name are left alone."""
    assert doubled(text) is None
    assert addressed(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("基层党组织星级评定星级评定工作", "星级评定星级评定"),
        ("贯穿穿全年始终", "穿穿"),
        ("扎实开展的的工作", "的的"),
        ("取得了了好成绩", "了了"),
        ("工作,成效明显", ","),
        ("成效明显;", ";"),
        ("学习学习", "学习学习"),
    ],
)
def test_slips_are_found(text: str, found: str) -> None:
    """A word or character typed twice and a half-width mark among Chinese are named."""
    assert doubled(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("与王老师谈心", "王老师"),
        ("批评张某某同志", "张某某同志"),
        ("孙某同学反映", "孙某同学"),
        ("李小明同学的家长", "李小明同学"),
        ("请刘芳老师说明", "刘芳老师"),
        ("欧阳海老师", "欧阳海老师"),
        ("于老师授课", "于老师"),
        ("高同志在会上", "高同志"),
        ("优秀老师表彰会上，陈建国老师发言", "陈建国老师"),
    ],
)
def test_people_named_are_found(text: str, found: str) -> None:
    """A surname or 某 before 老师, 同志 or 同学 is a person, also behind an innocent title."""
    assert addressed(text) == found


def test_names_in_a_text() -> None:
    """Names of two characters or more are found with white space left out, each once, in the order of the list."""
    text = "本年度 王 小明、李强参加"
    assert mentioned(text, ["李强", "王小明", "李强", "明", "赵六"]) == "李强、王小明"
    assert mentioned(text, ["赵六"]) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [("ＡＢ（一）小学", "ab(一)小学"), ("第 一 小 学", "第一小学"), ("“五好”支部", "五好支部"), ("Ⅱ类", "II类")],
)
def test_the_same_name_in_another_dress(a: str, b: str) -> None:
    """Widths, white space and marks do not tell names apart."""
    assert normal(a) == normal(b)


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    """No text makes the looking fail, and making alike twice changes nothing more."""
    doubled(text)
    addressed(text)
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "是"),
        (False, "否"),
        (Decimal("10.50"), "10.5"),
        (Decimal(100), "100"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.0"), "0"),
        (Fraction(38 * 100, 151), "25.2"),
        (date(2020, 3, 1), "2020-03-01"),
        (YearMonth(1980, 5), "1980-05"),
        (("甲", Decimal(2), None), "甲、2、"),
    ],
)
def test_values_are_written_as_people_write_them(value: object, text: str) -> None:
    """Numbers lose idle zeros, ratios show one decimal, lists stand with 、 between."""
    assert as_text(value) == text
