"""The filters, the sandbox and the names of the tag language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure
from pbreports.tags.environment import environment
from pbreports.tags.filters import FILTERS
from pbreports.tags.names import Use, uses
from pbreports.values import Figure

ROWS = ({"学校": "兴东小学", "品牌": "甲"}, {"学校": "十三中", "品牌": None}, {"学校": "南池小学", "品牌": "乙"})


def number(value: int | None) -> PaperFigure:
    """Return a figure as a template sees it."""
    return PaperFigure(Figure("岗位数", None if value is None else Decimal(value), "个", 1, 1))


def render(source: str, **values: object) -> str:
    """Return the source filled."""
    return environment().from_string(source).render(values)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ 名单|列('学校')|顿号 }}", "兴东小学、十三中、南池小学"),
        ("{{ 名单|列('品牌')|引号|顿号 }}", "“甲”“乙”"),
        ("{{ 名单|列('学校')|等N个('所学校') }}", "兴东小学、十三中、南池小学等3所学校"),
        ("{{ 名单|列('学校')|等N个('所学校', 2) }}", "兴东小学、十三中等3所学校"),
        ("{{ ['兴东小学']|等N个('所学校') }}", "兴东小学"),
        ("{{ []|顿号 }}", ""),
        ("{{ [['示范岗', 三, '个'], ['先锋岗', 零, '个'], ['责任区', 三, '个']]|并列 }}", "示范岗3个、责任区3个"),
        ("{{ [['示范岗', 未报, '个'], ['先锋岗', 零, '个']]|并列 }}", "示范岗【待填：岗位数】个"),
        ("{{ 25.25|百分比 }}", "25.3%"),
        ("{{ 三|百分比 }}", "3.0%"),
        ("{{ 日|日期 }}", "2020年12月31日"),
        ("{{ 日|日期('2020-01-05') }}{{ 日|日期('2019-12-31') }}", "12月31日2020年12月31日"),
        ("{{ 日|日期(无) }}{{ 日|日期('【待填：审议日期】') }}", "2020年12月31日2020年12月31日"),
        ("{{ '2020-12-15'|起止('2020-12-21') }}", "2020年12月15日至21日"),
        ("{{ '2020-12-21'|起止('2021-12-25') }}", "2020年12月21日至2021年12月25日"),
        ("{{ '2020-11-30'|起止('2020-12-04') }}", "2020年11月30日至12月4日"),
        ("{{ '2020-12-15'|起止('2020-12-15') }}", "2020年12月15日"),
        ("{{ '2020-12-15'|起止('2020-12-21', 日) }}", "12月15日至21日"),
        ("{{ '2020-12-15'|起止('2021-01-04', 日) }}", "12月15日至2021年1月4日"),
        ("{{ '2020-12-15'|起止('2021-01-04', '2021-01-01') }}", "2020年12月15日至2021年1月4日"),
        ("{{ 无|起止(日) }}", "【待填：开始日期】至2020年12月31日"),
        ("{{ 日|起止(无|待填('公示结束日期')) }}", "2020年12月31日至【待填：公示结束日期】"),
        (
            "{{ 93|小数 }} {{ 三|小数(2) }} {{ 89.96|小数 }}{{ 无|小数 }} {{ 未报|小数 }}",
            "93.0 3.00 89.96 【待填：岗位数】",
        ),
        ("{{ 日|月日 }}", "12月31日"),
        ("{{ 日|短日期 }}", "2020.12.31"),
        ("{{ 日|汉字日期 }}", "二〇二〇年十二月三十一日"),
        ("{{ 2020|汉字日期 }}", "二〇二〇年"),
        ("{{ '王芳'|姓名 }}{{ '欧阳明'|姓名 }}", "王　芳欧阳明"),
        ("{{ 5|星级 }}{{ 无|星级 }}", "五星—"),
        ("{{ 无|缺省('—') }}{{ '甲'|缺省('—') }}", "—甲"),
        ("{{ 无|待填('发言题目') }}", "【待填：发言题目】"),
    ],
)
def test_filters_write_as_official_papers_do(source: str, text: str) -> None:
    """Lists, counts, dates and names come out as staff would write them."""
    values = {"三": number(3), "零": number(0), "未报": number(None), "日": date(2020, 12, 31), "无": None}
    assert render(source, 名单=ROWS, **values) == text


@pytest.mark.parametrize("day", [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (31, "三十一")])
def test_days_in_hanzi(day: tuple[int, str]) -> None:
    """Every form of a day's number is the spoken one."""
    assert FILTERS["汉字日期"](date(2020, 1, day[0])) == f"二〇二〇年一月{day[1]}日"


def test_an_unknown_column_is_named_with_those_that_exist() -> None:
    """A misspelt column stops the paper and says what the list has."""
    with pytest.raises(TemplateError, match=r"“学较”.*学校、品牌"):
        render("{{ 名单|列('学较')|顿号 }}", 名单=ROWS)


def test_values_are_escaped() -> None:
    """A value with markup stays text."""
    assert render("{{ 名 }}", 名="A<B&C") == "A&lt;B&amp;C"


def test_unknown_names_are_errors() -> None:
    """Nothing unknown prints as nothing."""
    with pytest.raises(UndefinedError):
        render("{{ 未知 }}")


@pytest.mark.parametrize("source", ["{{ ''.__class__.__mro__ }}", "{{ 名单.append(1) }}"])
def test_the_sandbox_keeps_templates_from_python(source: str) -> None:
    """A template cannot reach classes or change what it was given."""
    with pytest.raises((SecurityError, UndefinedError)):
        render(source, 名单=[1])


def test_names_and_columns_of_a_template_are_found() -> None:
    """Loops and filters tell which columns a list must have; what the template binds itself is no name."""
    source = "{{ 甲 }}{% for 行 in 乙[:3] %}{{ 行.学校 }}{{ loop.index }}{% endfor %}\n{% set 丙 = 丁 %}{{ 丙 }}{{ 戊|列('题目')|顿号 }}"
    assert {use.name for use in uses(source)} == {"甲", "乙", "丁", "戊"}
    assert {use for use in uses(source) if use.column} == {Use("乙", 1, "学校"), Use("戊", 2, "题目")}


def test_names_inside_conditions_and_nested_loops_are_found() -> None:
    """A name is found wherever it stands."""
    source = "{% if 甲 != 0 and not 乙 %}{% for a in 丙 if a.星级 == 丁 %}{% for b in 戊 %}{{ b.x }}{{ a.y }}{% endfor %}{% endfor %}{% endif %}"
    assert {use.name for use in uses(source)} == {"甲", "乙", "丙", "丁", "戊"}
    assert {(use.name, use.column) for use in uses(source) if use.column} == {("丙", "星级"), ("戊", "x"), ("丙", "y")}
