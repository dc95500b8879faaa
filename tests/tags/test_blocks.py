"""Pairing control tags: what begins a block, what ends it, and which tags have no partner."""

from __future__ import annotations

import pytest

from pbreports.tags.blocks import Block, end_of, opens_block, paired
from pbreports.tags.tokens import Tag, tags


def sequence(text: str) -> list[Tag]:
    """Return the tags of a text that has no broken ones."""
    return [tag for tag in tags(text) if isinstance(tag, Tag)]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("{% if a %}{{ b }}{% endif %}", [(0, 2)]),
        ("{% if a %}{% elif b %}{% else %}{% endif %}", [(0, 1, 2, 3)]),
        ("{% for a in b %}{% if a %}{% endif %}{% else %}{% endfor %}", [(0, 3, 4), (1, 2)]),
        ("{% set a = 1 %}{% set b %}甲{% endset %}", [(1, 2)]),
        ("{% set a|upper %}甲{% endset %}", [(0, 1)]),
        ("{% set a = b|default('=') %}", []),
        ("{% macro m(x='=') %}{% endmacro %}{% call m() %}{% endcall %}", [(0, 1), (2, 3)]),
        ("{% with %}{% endwith %}{% filter upper %}{% endfilter %}", [(0, 1), (2, 3)]),
        ("{% raw %}{{ x }}{% endraw %}", [(0, 1)]),
        ("{%tr for a in b %}{%tr endfor %}", [(0, 1)]),
        ("{% if(a) %}{% endif %}", [(0, 1)]),
        ("{% cellbg 'FF0000' %}{% colspan 2 %}{% hm %}{% vm %}", []),
        ("{# {% if %} #}", []),
    ],
)
def test_blocks_outer_before_inner(text: str, blocks: list[tuple[int, ...]]) -> None:
    """Every block is told with all its tags."""
    assert paired(sequence(text)) == (tuple(Block(each) for each in blocks), ())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{% if a %}", [(0, "“if”没有结束标签 endif")]),
        ("{% endif %}", [(0, "“endif”没有对应的 if")]),
        ("{% else %}", [(0, "“else”没有对应的 if 或 for")]),
        ("{% elif a %}", [(0, "“elif”没有对应的 if")]),
        ("{% for a in b %}{% elif c %}{% endfor %}", [(1, "“elif”没有对应的 if")]),
        ("{% for a in b %}{% if c %}{% endfor %}", [(1, "“if”没有结束标签 endif")]),
        ("{% if a %}{% for b in c %}", [(0, "“if”没有结束标签 endif"), (1, "“for”没有结束标签 endfor")]),
        (
            "{% endfor %}{% if a %}{% endif %}{% endset %}",
            [(0, "“endfor”没有对应的 for"), (3, "“endset”没有对应的 set")],
        ),
        ("{% 如果 a %}", [(0, "不认识“如果”")]),
        ("{% include 'x' %}{% import 'x' as y %}", [(0, "不认识“include”"), (1, "不认识“import”")]),
    ],
)
def test_every_tag_without_partner_is_told(text: str, told: list[tuple[int, str]]) -> None:
    """All of them, each at its own place, with what to write."""
    _, unpaired = paired(sequence(text))
    assert [(each.tag, each.what) for each in unpaired] == told
    assert all(each.remedy for each in unpaired)


def test_a_mistake_leaves_the_other_blocks_paired() -> None:
    """Blocks around and beside an unclosed one are still blocks."""
    blocks, unpaired = paired(sequence("{% if a %}{% for b in c %}{% endif %}{% if d %}{% endif %}"))
    assert [each.tags for each in blocks] == [(0, 2), (3, 4)]
    assert (blocks[0].opens, blocks[0].closes) == (0, 2)
    assert [each.tag for each in unpaired] == [1]


def test_what_opens_a_block() -> None:
    """A value opens none, a setting with = opens none."""
    assert [opens_block(tag) for tag in sequence("{% if a %}{{ if }}{% set a=1 %}{% set a %}{% endif %}")] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert (end_of("for a in b"), end_of("set a = 1"), end_of("endif")) == ("endfor", "", "")
