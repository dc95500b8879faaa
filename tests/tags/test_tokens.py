"""Finding tags in texts: whatever staff type, each tag is read whole or told as broken, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.tags.tokens import Broken, Kind, Matter, Tag, tags, unescaped

SIGNS = st.sampled_from(
    [*"{}｛｝%％#＃-+ \u3000\u00a0\n\\\"'“”‘’＂＇（），|._a名p=3", "{{", "}}", "{%", "%}", "if", "endraw", "raw", "︷"]
)
TEXTS = st.lists(SIGNS, max_size=40).map("".join) | st.text(max_size=30)


def one(text: str) -> Tag:
    """Return the only tag of a text."""
    (found,) = tags(text)
    assert isinstance(found, Tag), found
    return found


def broken(text: str) -> list[tuple[str, Matter]]:
    """Return what is broken in a text."""
    return [(each.text, each.matter) for each in tags(text) if isinstance(each, Broken)]


@given(TEXTS)
def test_any_text_is_read_and_nothing_of_it_is_lost(text: str) -> None:
    """Tags lie one behind the other, and with what stands between them they are the whole text."""
    place, rebuilt = 0, ""
    for each in tags(text):
        assert place <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text or isinstance(each, Broken)
        rebuilt += text[place : each.end]
        place = each.end
    assert rebuilt + text[place:] == text


@given(TEXTS)
def test_the_mended_spelling_is_read_as_the_same_tag(text: str) -> None:
    """Mending changes the spelling and never what a tag says; mending twice changes nothing more."""
    for each in tags(text):
        if isinstance(each, Tag):
            again = one(each.mended)
            assert (again.kind, again.scope, again.body) == (each.kind, each.scope, each.body)
            assert (again.joins_before, again.joins_after) == (each.joins_before, each.joins_after)
            assert again.mended == each.mended
        elif each.mended:
            assert one(each.mended).mended == each.mended


@pytest.mark.parametrize(
    ("text", "kind", "scope", "body"),
    [
        ("{{ 党员总数 }}", Kind.VALUE, "", "党员总数"),
        ("{{党员总数}}", Kind.VALUE, "", "党员总数"),
        ("{{p 附件 }}", Kind.VALUE, "p", "附件"),
        ("{{r 说明}}", Kind.VALUE, "r", "说明"),
        ("{{p}}", Kind.VALUE, "", "p"),
        ("{{p }}", Kind.VALUE, "", "p"),
        ("{{r|upper}}", Kind.VALUE, "", "r|upper"),
        ("{{r | upper}}", Kind.VALUE, "", "r | upper"),
        ("{{r.姓名}}", Kind.VALUE, "", "r.姓名"),
        ("{{r if r else 0}}", Kind.VALUE, "", "r if r else 0"),
        ("{%p if x %}", Kind.CONTROL, "p", "if x"),
        ("{%tr for 行 in 名单 %}", Kind.CONTROL, "tr", "for 行 in 名单"),
        ("{%tc endfor %}", Kind.CONTROL, "tc", "endfor"),
        ("{% tr %}", Kind.CONTROL, "", "tr"),
        ("{%-p if x -%}", Kind.CONTROL, "p", "if x"),
        ("{#tr 这一行不要 #}", Kind.COMMENT, "tr", "这一行不要"),
        ("{# {{ 不是标签 }} #}", Kind.COMMENT, "", "{{ 不是标签 }}"),
        ("｛#注＃｝", Kind.COMMENT, "", "注"),
        ("{{ {'甲': {'乙': 1}}['甲']['乙'] }}", Kind.VALUE, "", "{'甲': {'乙': 1}}['甲']['乙']"),
        ("{{{'甲':1}['甲']}}", Kind.VALUE, "", "{'甲':1}['甲']"),
        ('{{ "}}" }}', Kind.VALUE, "", '"}}"'),
        ("{{ '{{' }}", Kind.VALUE, "", "'{{'"),
        (r"{{ '\'}}' }}", Kind.VALUE, "", r"'\'}}'"),
        ('{% if 名 == "%}" %}', Kind.CONTROL, "", 'if 名 == "%}"'),
        ("{%p if 50 % 7 == 1 %}", Kind.CONTROL, "p", "if 50 % 7 == 1"),
        ("{% for a in\n b %}", Kind.CONTROL, "", "for a in  b"),
    ],
)
def test_what_a_tag_says(text: str, kind: Kind, scope: str, body: str) -> None:
    """Kind, scope and body of every form of tag; braces in quotation marks and dictionaries end nothing."""
    found = one(text)
    assert (found.kind, found.scope, found.body, found.text) == (kind, scope, body, text)
    assert not found.is_misspelt or "＃" in text or "｛" in text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("｛｛党员总数｝｝", "{{ 党员总数 }}"),
        ("｛{党员总数}｝", "{{ 党员总数 }}"),
        ("{％ if 党员总数 ＞ ３ ％}", "{% if 党员总数 > 3 %}"),
        ("{{ 名单｜列（“姓名”）｜顿号 }}", '{{ 名单|列("姓名")|顿号 }}'),
        ("{{ 名单|列(‘姓名’) }}", '{{ 名单|列("姓名") }}'),
        ("{{ x|缺省(“说“好””) }}", '{{ x|缺省("说“好”") }}'),
        ('{{ x|缺省(“说"好"\'”) }}', '{{ x|缺省("说\\"好\\"\'") }}'),
        ('{{ x|缺省("（全角照旧）“引号”")，y }}', '{{ x|缺省("（全角照旧）“引号”"),y }}'),
        ("{{　党员总数　}}", "{{ 党员总数 }}"),
    ],
)
def test_full_width_signs_are_read_as_meant(text: str, mended: str) -> None:
    """Signs of a Chinese keyboard are the plain ones, but within quotation marks, where they are text."""
    found = one(text)
    assert found.is_misspelt
    assert found.mended == mended


def test_a_tag_in_good_spelling_is_not_misspelt() -> None:
    """Full-width signs between plain quotation marks are text, no slip."""
    assert not one('{{ x|缺省("（无）“”") }}').is_misspelt
    assert not one("{{ x|缺省(“、) }}").is_misspelt  # a mark without partner is a mistake


def test_joining_signs() -> None:
    """The signs that join a tag to its surroundings are told, in whatever width."""
    joined = one("{%- if x －%}")
    assert (joined.joins_before, joined.joins_after) == (True, False)  # a full-width minus is an operator
    joined = one("{%- if x -%}")
    assert (joined.joins_before, joined.joins_after) == (True, True)
    assert not one("{%+ if x +%}").joins_before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲 {{ 党员总数 乙", [("{{ 党员总数 乙", Matter.UNCLOSED)]),
        ("甲 {{ 党员 {{ 总数 }}", [("{{ 党员 {{ 总数 }}", Matter.UNCLOSED)]),
        ("甲 { { 党员总数 } } 乙", [("{ { 党员总数 } }", Matter.SPACED)]),
        ("甲 {{ 党员总数 } } 乙 {{ 丙 }}", [("{{ 党员总数 } }", Matter.SPACED)]),
        ("{ % if x % }", [("{ % if x % }", Matter.SPACED)]),
        ("{ { 党员总数", [("{ {", Matter.SPACED)]),
        ("甲 党员总数 }} 乙", [("}}", Matter.STRAY)]),
        ("百分之百%}", [("%}", Matter.STRAY)]),
        ('{{ "甲 }} 乙 {{ "丙" }}', []),
        ('{{ “甲" }} 他说“好”', []),
        ('{{ "甲” }} 乙 {{ "丙" }}', []),
    ],
)
def test_what_is_no_tag_is_told(text: str, found: list[tuple[str, Matter]]) -> None:
    """Braces that were meant as a tag are told at their place; a slip in one tag swallows no other."""
    assert broken(text) == found


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("{ { 党员总数 } }", "{{ 党员总数 }}"),
        ("｛　｛党员总数｝｝", "{{ 党员总数 }}"),
        ("{ % if x % }", "{% if x %}"),
        ("{{ 党员总数 } }", "{{ 党员总数 }}"),
        ("{ {  } }", ""),
        ('{ { "甲 } }', ""),
        ("{ { 党员总数", ""),
    ],
)
def test_a_tag_with_spaced_braces_says_what_is_meant(text: str, mended: str) -> None:
    """The proper spelling is offered where both ends are there."""
    (found,) = tags(text)
    assert isinstance(found, Broken)
    assert found.mended == mended


def test_each_slip_keeps_to_its_own_tag() -> None:
    """A quotation mark that nothing closes leaves the next tag whole."""
    first, second = tags('{{ "甲 }} 乙 {{ "丙" }}')
    assert (first.text, second.text) == ('{{ "甲 }}', '{{ "丙" }}')


def test_raw_text_holds_no_tags() -> None:
    """What stands in raw is text; without its end the rest is read as ever."""
    assert [each.text for each in tags("{% raw %}{{ x }}{％ endraw %}{{ y }}")] == [
        "{% raw %}",
        "{％ endraw %}",
        "{{ y }}",
    ]
    assert len(tags("{% raw %}{{ x }}")) == 2


@pytest.mark.parametrize(
    ("text", "word"), [("{% if(x) %}", "if"), ("{% for(a) in b %}", "for"), ("{{ if }}", ""), ("{% %}", "")]
)
def test_the_word_of_a_control_tag(text: str, word: str) -> None:
    """The first word needs no space behind it."""
    assert one(text).keyword == word


def test_escaped_braces() -> None:
    """A template shows braces by writing a low line between them."""
    assert unescaped("{_{ 名字 }_} {_% if %_}") == "{{ 名字 }} {% if %}"
    assert not tags("{_{ 名字 }_} {_% if %_}")


def test_a_full_stop_between_names_is_read_as_a_point() -> None:
    """An input method types it so; in quoted texts, and where no name follows, it stays."""
    spelt = {
        "｛｛ 名单。镇街 ｝｝": ("名单.镇街", True),
        '{{ x|缺省("好。的") }}': ('x|缺省("好。的")', False),
        "{{ 甲。 }}": ("甲。", False),
    }
    for text, expected in spelt.items():
        (one,) = tags(text)
        assert isinstance(one, Tag)
        assert (one.body, one.is_misspelt) == expected
