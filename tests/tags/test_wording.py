"""What is wrong with a tag is said in Chinese, whatever the engine's own words are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from pbreports.tags.display import PaperFigure
from pbreports.tags.program import Failed
from pbreports.tags.wording import in_chinese, nearest
from pbreports.values import Figure
from tags.programs import problems, run

VALUES = {
    "数": 3,
    "名": "甲",
    "表": [{"列": 1}],
    "行": {"a": 1},
    "日": date(2020, 1, 1),
    "混": [1, "a"],
    "图": PaperFigure(Figure("五星数", Decimal(3), "个", 1, 1)),
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ 数 名 }}", "“名”附近写得不对"),
        ("{{ 数. }}", "点号后面没有名字"),
        ("{{ (数 }}", "括号不配对"),
        ("{{ 数) }}", "多了“)”"),
        ("{{ '数 }}", "引号不配对"),
        ("{{ 数| }}", "没有写完"),
        ("{{ 数 if }}", "没有写完"),
        ("{% if %}{% endif %}", "没有写完"),
        ("{{ }}", "花括号里没有内容"),
        ("{{ 数 & 名 }}", "不能用“&”"),
        ("{{ 数。 }}", "不能用“。”"),
        ("{% set 1 = 2 %}", "等号左边要写名字"),
        ("{{ f(a=1, 2) }}", "括号里写得不对"),
        ("{% call x %}{% endcall %}", "call 后面要写宏的名字和括号"),
        ("{% for loop in a %}{% endfor %}", "循环的名字不能叫 loop"),
        ("{{ 数|没有 }}", "没有“没有”这个写法"),
        ("{% if 数 is 没有 %}{% endif %}", "没有“没有”这个判断"),
        ("{{ 1 / 0 }}", "除数是零"),
        ("{{ 数 + 名 }}", "数与文字不能用 + 计算"),
        ("{{ 名 + 1 }}", "文字与数不能用 + 连接，请改用 ~"),
        ("{{ 名 > 1 }}", "文字与数不能比大小"),
        ("{{ -名 }}", "文字前面不能写 -"),
        ("{{ 名() }}", "文字后面不能写括号"),
        ("{{ 日 - 1 }}", "日期与数不能用 - 计算"),
        ("{{ 图 + 1 }}", "汇总数字不能在标签里用 + 计算，请在方案里声明一个数字"),
        ("{{ 图 * 2 }}", "汇总数字不能在标签里用 * 计算，请在方案里声明一个数字"),
        ("{% for a in 数 %}{% endfor %}", "数不是名单，不能逐项取用"),
        ("{% for a, b in 表 %}{% endfor %}", "循环的名字个数与名单的列数不同"),
        ("{{ 表[9] }}", "没有“9”这一项"),
        ("{{ 行.名 }}", "没有“名”这一列"),
        ("{{ 名.名 }}", "没有“名”这一项"),
        ("{{ 未知 }}", "没有“未知”"),
        ("{{ 未知.x }}", "没有“未知”"),
        ("{{ []|first }}", "名单是空的"),
        ("{{ 数|length }}", "数不能这样算"),
        ("{{ 名|round }}", "文字不能这样算"),
        ("{{ '%d'|format(名) }}", "这里要写数，不是文字"),
        ("{{ '{}{}'.format(1) }}", "花括号或 % 的个数与内容不同"),
        ("{{ range('a') }}", "这里要写数"),
        ("{{ 名|replace }}", "括号里的项数不对"),
        ("{{ 混|sort }}", "文字与数不能比大小"),
        ("{% set ns.x = 1 %}", "点号左边要先用 set 写成 namespace()"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}", "宏的括号里缺少“x”"),
        ("{% macro m() %}{% endmacro %}{{ m(1) }}", "宏“m”的括号里写多了"),
        ("{{ ''.__class__ }}", "不允许的写法（__class__）"),
    ],
)
def test_mistakes_are_told_in_chinese(text: str, said: str) -> None:
    """Nobody need know English to mend a tag."""
    found = problems(text)
    if not found:
        with pytest.raises(Failed) as failed:
            run(text, **VALUES)
        found = list(failed.value.problems)
    assert said in found[0].what
    assert not re.search(r"[a-z]{3,} [a-z]{2,}", found[0].what)


def test_what_nobody_has_worded_is_told_as_it_is() -> None:
    """An error without a message is told by its kind."""
    assert in_chinese(ValueError("something new")) == "something new"
    assert in_chinese(ValueError()) == "ValueError"


def test_the_nearest_names() -> None:
    """At most three, nearest first; none that is quite another."""
    assert nearest("党员数", ["党员总数", "党员数量", "学校"]) == "是不是“党员数量”或“党员总数”"
    assert nearest("某", ["党员总数"]) == ""
