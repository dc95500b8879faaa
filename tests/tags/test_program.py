"""Compiled templates: what they print, where they fail, and that literal text stays what it is."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure
from pbreports.tags.problems import Place
from pbreports.tags.program import Failed, Fill, Slot, assemble
from pbreports.values import Figure
from tags.programs import pieces, problems, program, run, written

ROWS = (
    {"学校": "兴东小学", "数": 3, "镇": "甲镇"},
    {"学校": "十三中", "数": 5, "镇": "乙镇"},
    {"学校": "南池小学", "数": 2, "镇": "甲镇"},
)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("共{{ 数 }}人", "共3人"),
        ("{% if 数 > 2 %}多{% else %}少{% endif %}", "多"),
        (
            "{% for 行 in 名单 %}{{ loop.index }}.{{ 行.学校 }}{% if not loop.last %}；{% endif %}{% endfor %}",
            "1.兴东小学；2.十三中；3.南池小学",
        ),
        ("{% for 行 in 名单 if 行.数 > 2 %}{{ loop.index }}{{ 行.学校 }}{% endfor %}", "1兴东小学2十三中"),
        ("{% for a in [] %}{% else %}无{% endfor %}", "无"),
        ("{% for 镇, 行们 in 名单|groupby('镇') %}{{ 镇 }}{{ 行们|length }}{% endfor %}", "乙镇1甲镇2"),
        (
            "{% for 行 in 树 recursive %}{{ 行.名 }}{% if 行.下 %}（{{ loop(行.下) }}）{% endif %}{% endfor %}",
            "一（二（三））",
        ),
        ("{% set 和 = 数 + 1 %}{{ 和 }}", "4"),
        ("{% set 段 %}【{{ 数 }}】{% endset %}{{ 段 }}{{ 段 }}", "【3】【3】"),
        (
            "{% macro 写(x, y='；') %}<b>{{ x }}</b>{{ y }}{% endmacro %}{{ 写('甲<') }}{{ 写(数, '。') }}",
            "<b>甲&lt;</b>；<b>3</b>。",
        ),
        ("{% macro 框() %}[{{ caller() }}]{% endmacro %}{% call 框() %}甲{{ 数 }}{% endcall %}", "[甲3]"),
        ("{% with a = 数 %}{{ a * 2 }}{% endwith %}", "6"),
        ("{% filter upper %}<w:t>ab &amp; c</w:t>{% endfilter %}", "<w:t>AB &amp; C</w:t>"),
        (
            "{% set ns = namespace(和=0) %}{% for 行 in 名单 %}{% set ns.和 = ns.和 + 行.数 %}{% endfor %}{{ ns.和 }}",
            "10",
        ),
        ("{% for 行 in 名单 %}{{ cycle.next() }}{% endfor %}", "单双单"),
        ("{{ '甲' ~ 数 ~ 日 }}", "甲32020年12月31日"),
        ("{{ '%03d' % 数 }}{{ '%s人' % (数,) }}{{ '%.1f'|format(数) }}{{ '{:0>4}'.format(数) }}", "0033人3.00003"),
        ("{{ {'甲': {'乙': 1}}['甲']['乙'] }}", "1"),
        ("{{ 名单|map(attribute='数')|join('、') }}{{ 名单|sum(attribute='数') }}", "3、5、210"),
        ("{{ 名|e }}{{ 名|safe }}{{ 名 }}", "A&lt;B&amp;CA&lt;B&amp;CA&lt;B&amp;C"),
        ("{{ 日.strftime('%Y-%m') }}{{ 名.split('<')|first }}", "2020-12A"),
        ("{{ none }}{{ true }}", "是"),
        ("{{ 未知|d('无') }}", "无"),
        ("{% if 未知 is defined %}有{% endif %}", ""),
        ("{# 注释 #}甲", "甲"),
        ("甲{{ '、' if 数 > 9 }}乙", "甲乙"),
    ],
)
def test_what_templates_print(text: str, printed: str) -> None:
    """Every statement of the language works in a compiled template."""
    tree = ({"名": "一", "下": ({"名": "二", "下": ({"名": "三", "下": ()},)},)},)
    cycle = iter_cycle()
    values = {"数": 3, "名单": ROWS, "树": tree, "日": date(2020, 12, 31), "名": "A<B&C", "cycle": cycle}
    assert run(text, **values) == printed


class iter_cycle:  # noqa: N801 - a value with a method
    """A value with a method of its own."""

    def __init__(self) -> None:
        self.called = 0

    def next(self) -> str:
        """Return 单 and 双 by turns."""
        self.called += 1
        return "单" if self.called % 2 else "双"


@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from("{}%#-+ \n\r\t甲\x00\x01\x02\x03\x0b\u2028r12e\ufffe")
            | st.characters(exclude_categories=["Cs"]),
            max_size=12,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_literal_text_stays_as_it_is(texts: list[str]) -> None:
    """No sign of a template's own text is taken for a tag, and every tag keeps its number."""
    made, wrong = assemble([piece for text in texts for piece in (text, Slot(Place(), "数", written))])
    assert made is not None, wrong
    assert made.run({"数": 7}, Fill()) == "".join(f"{text}7" for text in texts)


@given((st.text() | st.text(alphabet="\x01\x02\x03{}%12r\r")).filter(lambda value: "\ufffe" not in value))
def test_values_are_never_read_as_tags(value: str) -> None:
    """A value is written as it is."""
    made, _ = assemble(["<", Slot(Place(), "值", lambda given, fill: str(given)), ">"])
    assert made is not None
    assert made.run({"值": value}, Fill()) == f"<{value}>"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 数 }}{{ 数 数 }}{{ a. }}", {"第2处": "T-05", "第3处": "T-05"}),
        ("{{ }}", {"第1处": "T-05"}),
        ("{{ 数) }}{{ (数 }}", {"第1处": "T-05", "第2处": "T-05"}),
        ("{{ a), (b }}", {"第1处": "T-05"}),
        ("{% for 行 名单 %}{% endfor 行 %}", {"第1处": "T-05", "第2处": "T-05"}),
        ("{% if %}{% elif %}{% else if a %}{% endif %}", {"第1处": "T-05", "第2处": "T-05", "第3处": "T-05"}),
        (
            "{{ 数|没有 }}{{ 1 if 数|没有 else 2 }}{% if 数 is 没有 %}{% endif %}",
            {"第1处": "T-05", "第2处": "T-05", "第3处": "T-05"},
        ),
        ("{{ 数|百分笔 }}", {"第1处": "T-05"}),
        ("{% if a %}{% else %}{% else %}{% endif %}", {"第3处": "T-05"}),
        ("{% 如果 a %}", {"第1处": "T-07"}),
        ("{{ _write(0, 1) }}{% set _bounded = 1 %}", {"第1处": "T-11", "第2处": "T-11"}),
        ("{% set loop = 1 %}{% for loop in a %}{% endfor %}", {"第2处": "T-05"}),
    ],
)
def test_every_unreadable_tag_is_told_at_its_place(text: str, told: dict[str, str]) -> None:
    """One problem for each, all at once."""
    assert {each.place.spot: each.code for each in problems(text)} == told


def test_a_misspelt_filter_is_asked_about() -> None:
    """The filter most like it is offered."""
    assert (
        str(problems("{{ 数|百分笔 }}")[0])
        == "第1处 → “{{ 数|百分笔 }}”：标签写得不对，没有“百分笔”这个写法，是不是“百分比”"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 数 }}\n{{ 未知 }}\n{{ 数 + 名 }}", {"第2处": "T-08", "第3处": "T-10"}),
        ("{{ 1 / 0 }}{{ 2 % 0 }}{{ 未知.列 }}", {"第1处": "T-10", "第2处": "T-10", "第3处": "T-08"}),
        (
            "{% if 1 / 0 %}甲{% endif %}{% for a in 数 %}{% endfor %}{{ 未知 }}",
            {"第1处": "T-10", "第3处": "T-10", "第5处": "T-08"},
        ),
        ("{% if 数 == 1 %}{% elif 1/0 %}{% endif %}{{ 1/0 }}", {"第2处": "T-10", "第4处": "T-10"}),
        ("{% set a = 1 / 0 %}{{ a }}{{ 1 / 0 }}", {"第1处": "T-10", "第3处": "T-10"}),
        ("{% with a = 1 / 0 %}甲{% endwith %}{{ 1 / 0 }}", {"第1处": "T-10", "第3处": "T-10"}),
        ("{% for 行 in 名单 %}{{ 行.校名 }}{{ 行.数 / 0 }}{% endfor %}", {"第2处": "T-08", "第3处": "T-10"}),
        ("{% macro m(x) %}{{ 1 / x }}{% endmacro %}{{ m(1) }}{{ m(0) }}", {"第2处": "T-10"}),
        ("{{ 名单|列('校名')|顿号 }}", {"第1处": "T-10"}),
        ("{{ 图形 > '甲' }}", {"第1处": "T-10"}),
        ("{{ 未知() }}{{ 未知|upper }}{% if 未知 %}{% endif %}", {"第1处": "T-08", "第2处": "T-08", "第3处": "T-08"}),
    ],
)
def test_every_failure_while_filling_is_told_at_its_place(text: str, told: dict[str, str]) -> None:
    """What fails is put aside and the rest tried, so that all failures come at once and in their order."""
    figure = PaperFigure(Figure("五星级党组织数", Decimal(3), "个", 1, 1))
    with pytest.raises(Failed) as failed:
        run(text, 数=3, 名="甲", 名单=ROWS, 图形=figure)
    found = [(each.place.spot, each.code) for each in failed.value.problems]
    assert found == list(told.items())
    assert all(each.remedy for each in failed.value.problems)


def test_what_a_filter_of_ours_says_is_told() -> None:
    """The filter's own sentence and remedy come through."""
    with pytest.raises(Failed, match="名单没有“校名”这一列，可用的列有：学校、数、镇"):
        run("{{ 名单|列('校名')|顿号 }}", 名单=ROWS)


def test_a_failure_of_ours_keeps_its_traceback() -> None:
    """What a writer raises stays as the cause."""

    def broken(value: object, fill: Fill) -> str:
        raise KeyError("x")

    made, _ = assemble([Slot(Place(), "1", broken)])
    assert made is not None
    with pytest.raises(Failed) as failed:
        made.run({}, Fill())
    assert isinstance(failed.value.__cause__, KeyError)


def test_blank_mode_prints_nothing_for_unknown_names() -> None:
    """As docxtpl does; an item of an unknown name is still an error."""
    assert run("甲{{ 未知 }}{% if 未知 %}有{% endif %}{% for a in 未知 %}{% endfor %}乙", blank=True) == "甲乙"
    with pytest.raises(Failed):
        run("{{ 未知.项.目 }}", blank=True)


def test_one_program_serves_many_threads() -> None:
    """Fillings at the same time do not see each other's values, counters or missing names."""
    made = program("{% for a in 数们 %}{{ a }}{{ 号 }}；{% endfor %}{{ 或|d('') }}")

    def filled(number: int) -> str:
        fill = Fill()
        text = made.run({"数们": range(50), "号": number}, fill)
        return text if text == "".join(f"{a}{number}；" for a in range(50)) else f"{number}: {text}"

    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(filled, range(200)))
    assert all(text.count("；") == 50 and not text[0].isalpha() for text in texts)


def test_a_fill_counts_for_itself() -> None:
    """Numbers are given out from 1 for each kind."""
    fill = Fill()
    assert [fill.next("书签"), fill.next("书签"), fill.next("图")] == [1, 2, 1]
    made, _ = assemble([Slot(Place(), "x", lambda value, fill: str(fill.next("号"))) for _ in range(3)])
    assert made is not None
    assert [made.run({"x": 1}, Fill()) for _ in range(2)] == ["123", "123"]


def test_missing_columns_of_rows_are_told_once() -> None:
    """A tag that is missing in every round is one problem."""
    with pytest.raises(Failed) as failed:
        run("{% for 行 in 名单 %}{{ 行.校名 }}{% endfor %}", 名单=ROWS)
    assert [str(each) for each in failed.value.problems] == [
        "第2处 → “{{ 行.校名 }}”：标签算不出来，没有“校名”这一列，请改正标签"
    ]


def test_errors_of_values_are_told() -> None:
    """A value that refuses says so with its own words."""

    class Refusing:
        @property
        def name(self) -> str:
            raise TemplateError("", "没有名字", "请补上")

    with pytest.raises(Failed, match="没有名字，请补上"):
        run("{{ 值.name }}", 值=Refusing())


def test_pieces_keep_the_order() -> None:
    """The slots of a program are its tags in order."""
    made = program("甲{{ 一 }}乙{% if 二 %}{% endif %}")
    assert [slot.source for slot in made.slots] == ["一", "if 二", "endif"]
    assert len(pieces("甲{{ 一 }}")) == 3


def test_names_are_known_beside_values_that_cannot_be_read() -> None:
    """So that misspelt tags and unknown names are told at once; a loop that cannot be read would hide its names."""
    made, wrong = assemble(pieces("{{ 甲 }}{{ 乙 丙 }}{{ 丁|没有 }}{% if 戊 %}{% endif %}"))
    assert [each.code for each in wrong] == ["T-05", "T-05"]
    assert made is not None
    assert [use.name for _, use in made.uses] == ["甲", "戊"]
    assert assemble(pieces("{{ 甲 }}{% for 行 名单 %}{{ 行 }}{% endfor %}"))[0] is None


SIGNS = st.sampled_from(
    "a 名单 数 行 1 2.5 'x' \"y\" ( ) [ ] { } . , : | + - * / // % ** ~ == < > = and or not in is if else for recursive"
    " none true loop 列 顿号 upper list sum map attr default defined set ns namespace range dict join format 行.x"
    " loop.index _write caller self __class__ \\".split()
)
BODIES = st.lists(SIGNS, max_size=8).map(" ".join) | st.lists(SIGNS, max_size=8).map("".join)
WORDS = st.sampled_from(
    "if elif else endif for endfor set endset macro endmacro call endcall filter endfilter with endwith raw".split()
)
SLOTS = BODIES.map(lambda body: Slot(Place(), body, written)) | st.tuples(WORDS, BODIES | st.just("")).map(
    lambda parts: Slot(Place(), " ".join(parts).strip())
)


@given(st.lists(SLOTS, max_size=5))
def test_whatever_tags_say_it_is_a_text_or_a_problem(slots: list[Slot]) -> None:
    """Nothing that can be written between braces, in any order, makes the reader or the filling fail otherwise."""
    made, wrong = assemble([piece for slot in slots for piece in ("甲\r\n", slot)])
    assert made is not None or wrong
    if made is None or wrong:
        return
    assert made.links().keys() == {number for number, slot in enumerate(made.slots) if slot.write}
    for blank in (False, True):
        with contextlib.suppress(Failed):
            made.run({"a": 1, "名单": ROWS, "数": 3, "行": {"x": 2}}, Fill(), blank=blank)
