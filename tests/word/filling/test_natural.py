"""The natural forms of tags: what holds only control tags gives way, and a row's first and last cells may be a loop."""

from __future__ import annotations

import pytest

from pbreports.errors import TemplateError
from pbreports.word.template import compile_template
from word.oracle.engines import STAMP
from word.oracle.markup import bookmark, p, package, ps, tbl, tc
from word.oracle.reading import stories_of

ROWS = [{"名": "甲", "镇": "东"}, {"名": "乙", "镇": "东"}, {"名": "丙", "镇": "西"}]
VALUES = {"表": ROWS, "真": True, "假": False, "月": ["一", "二", "三"]}


def lines(body: str) -> tuple[str, ...]:
    """Return the lines of a body filled."""
    return stories_of(compile_template(package(body)).render(VALUES, stamp=STAMP)).get("document", ())


def codes(body: str) -> list[str]:
    """Return the codes of what is told of a body."""
    return [one.code for one in compile_template(package(body)).problems]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ps("前", "{% if 真 %}", "中", "{% endif %}", "后"), ("前", "中", "后")),
        (ps("前", "{% if 假 %}", "中", "{% else %}", "另", "{% endif %}", "后"), ("前", "另", "后")),
        (ps("{% for x in 表 %}", "{{ x.名 }}", "{% endfor %}"), ("甲", "乙", "丙")),
        (ps("{% set n = 2 %}", "{{ n }}"), ("2",)),
        (ps("{# 说明 #}", "文"), ("文",)),
        (ps("{% if 真 %} {% for x in 表 %}", "{{ x.名 }}", "{% endfor %}{% endif %}"), ("甲", "乙", "丙")),
        (p(bookmark("签", 1, "{% if 真 %}")) + ps("中", "{% endif %}"), ("中",)),
        # within a paragraph, and where one end stands beside text, tags stay where they are
        (ps("前{% if 假 %}中{% endif %}后"), ("前后",)),
        (ps("{% for x in 表 %}{{ x.名 }}", "{% endfor %}尾"), ("甲", "乙", "丙", "尾")),
    ],
)
def test_paragraphs_of_control_tags_disappear(body: str, expected: tuple[str, ...]) -> None:
    """A paragraph that holds nothing else goes, if the other end of its block can go too."""
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (("{% for x in 表 %}", ""), ("{{ x.名 }}", "{{ x.镇 }}"), ("{% endfor %}", "")),
            ("|甲|东|", "|乙|东|", "|丙|西|"),
        ),
        ((("{% for x in 表 %}{{ x.名 }}", "{{ x.镇 }}{% endfor %}"),), ("|甲|东|", "|乙|东|", "|丙|西|")),
        ((("{% if 假 %}{{ 月[0] }}", "二{% endif %}"), ("一", "二")), ("|一|二|",)),
        (
            (("{% for x in 表 %}", "{% if x.镇 == '东' %}"), ("{{ x.名 }}", ""), ("{% endif %}{% endfor %}", "")),
            ("|甲||", "|乙||"),
        ),
        ((("{% for x in 月 %}{{ x }}{% endfor %}", "尾"),), ("|一二三|尾|",)),
    ],
)
def test_rows_of_control_tags_disappear_and_rows_repeat(
    rows: tuple[tuple[str, ...], ...], expected: tuple[str, ...]
) -> None:
    """A row of control tags goes; one whose first cell opens a block and whose last closes it is the block's content."""
    assert lines(tbl(*rows, columns=2)) == expected


def test_loops_in_loops_of_rows() -> None:
    """Blocks may stand in blocks, each in the form that is handy."""
    rows = (("{% for x in 表 %}", ""), ("{{ x.名 }}", "{% for m in 月 %}{{ m }}{% endfor %}"), ("{% endfor %}", ""))
    assert lines(tbl(*rows, columns=2)) == ("|甲|一二三|", "|乙|一二三|", "|丙|一二三|")


def test_a_cell_whose_paragraphs_are_all_left_out_keeps_one() -> None:
    """No cell is without a paragraph, which Word would not open."""
    body = tbl((tc(*(p(text) for text in ("{% if 假 %}", "中", "{% endif %}"))), "尾"), columns=2)
    assert lines(body) == ("||尾|",)


def test_a_table_without_rows_is_left_out() -> None:
    """A table all of whose rows are left out goes, as Word does not open one without rows."""
    body = p("前") + tbl(("{% if 假 %}一", "二{% endif %}"), columns=2) + p("后")
    data = compile_template(package(body)).render(VALUES, stamp=STAMP)
    assert stories_of(data)["document"] == ("前", "后")


def test_equal_neighbours_are_merged_within_their_group() -> None:
    """``合并相同`` merges cells that say the same, never across the border of a column merged before."""
    rows = [{"镇": "东", "校": "一"}, {"镇": "东", "校": "一"}, {"镇": "西", "校": "一"}]
    body = tbl(
        ("{% for x in 表 %}{{ x.镇|合并相同 }}", "{{ x.校|合并相同 }}", "{{ loop.index }}{% endfor %}"), columns=3
    )
    data = compile_template(package(body)).render({"表": rows}, stamp=STAMP)
    assert stories_of(data)["document"] == ("|↧ 东|↧ 一|1|", "|↓ |↓ |2|", "|西|一|3|")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ps("{%tr for x in 表 %}", "{%tr endfor %}"), ["T-20", "T-20"]),
        (ps("重要 {%p if 真 %}", "文", "{%p endif %}"), ["T-21"]),
        (tbl(("甲", "{%tr if 真 %}", "乙"), ("{%tr endif %}", "", ""), columns=3), ["T-21", "T-22"]),
        (p("前{% if 真 %}中") + tbl(("{% endif %}尾", "二"), columns=2), ["T-23"]),
        (tbl(("一{% if 真 %}", "二{% endif %}三"), columns=2), ["T-24"]),
    ],
)
def test_tags_in_wrong_places_are_told(body: str, expected: list[str]) -> None:
    """Each kind of misplacement has its own message."""
    assert codes(body) == expected


def test_text_beside_a_paragraph_tag_stays_where_it_stood() -> None:
    """Text before the tag is outside the block, text behind it inside."""
    assert lines(ps("外{%p if 假 %}内", "文", "{%p endif %}")) == ("外",)
    assert lines(ps("外{%p if 真 %}内", "文", "{%p endif %}")) == ("外", "内", "文")


def test_a_block_that_cannot_be_cut_out_is_refused() -> None:
    """The message names both ends and where they stand."""
    with pytest.raises(TemplateError, match=r"它在段落里，与它成对的“{% endif %}”在表格里"):
        lines(p("前{% if 真 %}中") + tbl(("{% endif %}尾", "二"), columns=2))
