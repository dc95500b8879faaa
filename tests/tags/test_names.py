"""Which names tags use, and on which of them each written value rests."""

from __future__ import annotations

import pytest

from pbreports.tags.check import unknown
from pbreports.tags.names import Use, uses
from tags.programs import program

LOOP = "{% for 行 in 名单 %}"


def used(text: str) -> list[str]:
    """Return the names and columns that a template uses, each once."""
    return list(dict.fromkeys(f"{use.name}.{use.column}".rstrip(".") for _, use in program(text).uses))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ 甲 + 乙 }}{% if 丙 > 丁 %}{% endif %}", "甲 乙 丙 丁"),
        ("{{ range(3) }}{{ dict(a=甲) }}{{ namespace() }}{{ true }}", "甲"),
        ("{% set 甲 = 1 %}{{ 甲 }}", ""),
        ("{{ 甲 }}{% set 甲 = 1 %}{{ 甲 }}", "甲"),
        ("{% if 乙 %}{% set 甲 = 1 %}{% else %}{% set 甲 = 2 %}{% endif %}{{ 甲 }}", "乙"),
        (LOOP + "{% set 甲 = 1 %}{% endfor %}{{ 甲 }}", "名单 甲"),
        (
            LOOP + "{{ 行.校 }}{{ 行['镇'] }}{{ 行.get('村') }}{{ loop.index }}{% endfor %}{{ 行 }}",
            "名单 名单.校 名单.镇 名单.村 行",
        ),
        (LOOP + "{{ 行.校.strip() }}{{ 行.items() }}{% endfor %}", "名单 名单.校"),
        (
            LOOP + "{{ loop.previtem.校 }}{% if loop.nextitem %}{{ loop.nextitem.镇 }}{% endif %}{% endfor %}",
            "名单 名单.校 名单.镇",
        ),
        ("{% for 行 in 名单 if 行.星 > 4 %}{% else %}{{ 无 }}{% endfor %}", "名单 名单.星 无"),
        ("{% for 行 in 名单[:3] %}{{ 行.校 }}{% endfor %}{{ 名单[0].镇 }}", "名单 名单.校 名单.镇"),
        ("{% for 行 in 名单|sort(attribute='序')|reverse %}{{ 行.校 }}{% endfor %}", "名单 名单.序 名单.校"),
        ("{% for 行 in 名单|sort(false, false, '序,号') %}{{ 行.校 }}{% endfor %}", "名单 名单.序 名单.号 名单.校"),
        ("{% for 行 in 名单|selectattr('星', 'ge', 限) %}{{ 行.校 }}{% endfor %}", "名单 名单.星 限 名单.校"),
        (
            "{% for 镇, 行们 in 名单|groupby('镇') %}{{ 镇 }}{% for 行 in 行们 %}{{ 行.校 }}{% endfor %}{% endfor %}",
            "名单 名单.镇 名单.校",
        ),
        (
            "{% for 组 in 名单|groupby('镇') %}{{ 组.grouper }}{% for 行 in 组.list %}{{ 行.校 }}{% endfor %}{% endfor %}",
            "名单 名单.镇 名单.校",
        ),
        (
            "{% for 组 in 名单|groupby('镇') %}{{ 组[0] }}{% for 行 in 组[1] %}{{ 行.校 }}{% endfor %}{% endfor %}",
            "名单 名单.镇 名单.校",
        ),
        ("{% for 片 in 名单|batch(3) %}{% for 行 in 片 %}{{ 行.校 }}{% endfor %}{% endfor %}", "名单 名单.校"),
        (
            "{{ 名单|列('校')|顿号 }}{{ 名单|map(attribute='镇')|join }}{{ 名单|sum(attribute='数') }}",
            "名单 名单.校 名单.镇 名单.数",
        ),
        ("{{ (名单|first).校 }}{{ (名单|max(attribute='数')).镇 }}", "名单 名单.校 名单.数 名单.镇"),
        ("{% set 前 = 名单[:3] %}{% for 行 in 前 %}{{ 行.校 }}{% endfor %}", "名单 名单.校"),
        ("{% for 行 in 名单 + 另单 %}{{ 行.校 }}{% endfor %}", "名单 另单"),
        ("{% for 行 in 名单 if true %}{% for 子 in 行.人 %}{{ 子.名 }}{% endfor %}{% endfor %}", "名单 名单.人"),
        ("{% macro 写(x, y=甲) %}{{ x }}{{ y }}{{ 乙 }}{{ caller() }}{% endmacro %}{{ 写(丙) }}", "甲 乙 丙"),
        ("{% call(x) 写(甲) %}{{ x }}{{ 乙 }}{% endcall %}", "写 甲 乙"),
        (
            "{% with a = 甲, 名们 = 名单 %}{{ a }}{% for 行 in 名们 %}{{ 行.校 }}{% endfor %}{% endwith %}{{ a }}",
            "甲 名单 名单.校 a",
        ),
        ("{% set x %}{{ 甲 }}{% endset %}{{ x }}{% filter upper %}{{ 乙 }}{% endfilter %}", "甲 乙"),
        (
            "{% set ns = namespace(a=甲) %}{% for 行 in 名单 %}{% set ns.a = 行.数 %}{% endfor %}{{ ns.a }}",
            "甲 名单 名单.数",
        ),
        ("{{ 学校.名称 }}{{ 甲|default(乙) }}{{ 甲 is defined }}", "学校 学校.名称 甲 乙"),
        ("{% for k, v in 字典.items() %}{{ k }}{{ v.x }}{% endfor %}", "字典"),
        ("{% for 行 in 树 recursive %}{{ 行.名 }}{{ loop(行.下) }}{% endfor %}", "树 树.名 树.下"),
    ],
)
def test_the_names_that_a_template_uses(text: str, names: str) -> None:
    """Names from outside with the columns of lists, through loops, settings and filters; the template's own are none."""
    assert used(text) == names.split()


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("{{ 甲 }}{{ 甲|百分比 }}{{ 甲 + 乙 }}{{ 3 }}", ["甲", "甲", "甲 乙", ""]),
        ("{% set 和 = 甲 + 乙 %}{{ 和 }}{{ 和|缺省(丙) }}", ["甲 乙", "甲 乙 丙"]),
        ("{{ 甲 if 乙 > 0 else '无' }}", ["甲 乙"]),
        (
            LOOP + "{{ loop.index }}{{ loop.length }}{{ 行.校 }}{{ 行.校|upper }}{{ 甲 }}{% endfor %}",
            ["", "名单", "名单", "名单", "甲"],
        ),
        (
            "{% for 镇, 行们 in 名单|groupby('镇') %}{{ 镇 }}{{ 行们|length }}{% for 行 in 行们 %}{{ 行.校 }}{% endfor %}{% endfor %}",
            ["名单"] * 3,
        ),
        ("{% macro 写(x) %}{{ x }}{{ 甲 }}{% endmacro %}{{ 写(乙) }}", ["", "甲", ""]),
        ("{% set 段 %}{{ 甲 }}{% endset %}{{ 段 }}", ["甲", ""]),
        ("{% if 丙 %}{% set x = 甲 %}{% else %}{% set x = 乙 %}{% endif %}{{ x }}", ["甲 乙"]),
        (
            "{% set ns = namespace(a=0) %}{% for 行 in 名单 %}{{ ns.a }}{% set ns.a = ns.a + 行.数 %}{% endfor %}{{ ns.a }}",
            ["名单", "名单"],
        ),
        ("{{ [['示范岗', 甲, '个'], ['先锋岗', 乙, '个']]|并列 }}", ["甲 乙"]),
        ("{{ 名单|列('校')|等N个('所', 上限) }}", ["名单 上限"]),
        ("{{ 甲 ~ '人' }}{{ '%d'|format(甲) }}{{ 名.strip() }}{{ 名单[0].校 }}", ["甲", "甲", "名", "名单"]),
        ("{{ range(甲) }}{{ dict(a=甲).a }}", ["甲", "甲"]),
    ],
)
def test_the_names_that_each_value_rests_on(text: str, links: list[str]) -> None:
    """Every value slot says its figures and lists; a macro's parameters are not known."""
    made = program(text)
    values = [number for number, slot in enumerate(made.slots) if slot.write]
    assert {number: " ".join(names) for number, names in made.links().items()} == dict(zip(values, links, strict=True))


def test_uses_stand_in_the_order_of_the_tags() -> None:
    """The first use of a name is that of its first tag."""
    made = program("{{ 甲 }}{% if 乙 %}{{ 甲 }}{% endif %}")
    assert [(slot.source, use.name) for slot, use in made.uses] == [("甲", "甲"), ("if 乙", "乙"), ("甲", "甲")]


def test_uses_of_a_text() -> None:
    """A text that is no program has its lines."""
    assert uses("{{ 甲 }}\n{% for 行 in 名单 %}{{ 行.校 }}{% endfor %}") == (
        Use("甲", 1),
        Use("名单", 2),
        Use("名单", 2, "校"),
    )


KNOWN = {
    "公文": {"文种": "决定", "成文日期": None},
    "党员总数": 3,
    "学校名单": ({"学校": "甲", "镇街": "乙"},),
    "空名单": (),
    "年度": 2020,
}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 党员总数 }}{{ 年度 }}{% for 行 in 学校名单 %}{{ 行.学校 }}{% endfor %}", []),
        (
            "{{ 公文.文种 }}{% if 公文.成文日期 %}{{ 公文.成文日期|日期 }}{% endif %}{{ 年度.什么 }}{{ 学校名单.什么 }}",
            [],
        ),
        ("{{ 公文.文钟 }}", ["第1处 → “{{ 公文.文钟 }}”：“公文”没有“文钟”这一项，是不是“文种”"]),
        (
            "甲{{ 党员数 }}乙{{ 党员数 }}",
            ["第1处 → “{{ 党员数 }}”：没有叫“党员数”的数字、名单或参数，是不是“党员总数”"],
        ),
        (
            "{{ 某某 }}",
            ["第1处 → “{{ 某某 }}”：没有叫“某某”的数字、名单或参数，请改用已有的名字，或在方案的数字、名单里加上它"],
        ),
        (
            "{% for 行 in 学校名单 %}{{ 行.校名 }}{{ 行.校名 }}{% endfor %}",
            ["第2处 → “{{ 行.校名 }}”：名单“学校名单”没有“校名”这一列，是不是“学校”"],
        ),
        (
            "{{ 学校名单|列('镇')|顿号 }}",
            ["第1处 → “{{ 学校名单|列('镇')|顿号 }}”：名单“学校名单”没有“镇”这一列，是不是“镇街”"],
        ),
        (
            "{{ 学校名单|列('区县')|顿号 }}",
            ["第1处 → “{{ 学校名单|列('区县')|顿号 }}”：名单“学校名单”没有“区县”这一列，可用的列有：学校、镇街"],
        ),
        ("{% for 行 in 空名单 %}{{ 行.校名 }}{% endfor %}", []),
        (
            "{% for 行 in 学校单 %}{{ 行.校名 }}{% endfor %}",
            ["第1处 → “{% for 行 in 学校单 %}”：没有叫“学校单”的数字、名单或参数，是不是“学校名单”"],
        ),
        (
            "{{ range(2) }}{{ 甲|d }}",
            ["第2处 → “{{ 甲|d }}”：没有叫“甲”的数字、名单或参数，请改用已有的名字，或在方案的数字、名单里加上它"],
        ),
    ],
)
def test_unknown_names_and_columns(text: str, told: list[str]) -> None:
    """Each is told once, at its first place, with what is probably meant."""
    assert [str(each) for each in unknown(program(text).uses, KNOWN)] == told
    assert {each.code for each in unknown(program(text).uses, KNOWN)} <= {"T-08", "T-09"}
