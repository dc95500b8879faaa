"""Hidden bookmarks: every figure and list that is written is linked to its name, and nothing of it is seen."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from lxml import etree

from pbreports.word.template import Filled, compile_template
from word.oracle.engines import STAMP
from word.oracle.markup import box, p, package, ps, tbl
from word.oracle.reading import W, stories_of

VALUES = {
    "数": 38,
    "另": 5,
    "表": [{"名": "甲"}, {"名": "乙"}],
    "年": 2020,
    "名字很长很长很长很长很长很长很长很长很长很长很长": 1,
}
LINKED = ("数", "另", "表", "名字很长很长很长很长很长很长很长很长很长很长很长")


def filled(body: str) -> Filled:
    """Return a body filled, its figures linked."""
    return compile_template(package(body)).fill(VALUES, stamp=STAMP, linked=LINKED)


def linked_texts(data: bytes) -> dict[str, str]:
    """Return the text between the two ends of each bookmark of ours."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    found: dict[str, str] = {}
    for start in root.iter(f"{W}bookmarkStart"):
        text, node = "", start.getnext()
        while node is not None and node.tag != f"{W}bookmarkEnd":
            text += "".join(each.text or "" for each in node.iter(f"{W}t"))
            node = node.getnext()
        assert node is not None
        assert node.get(f"{W}id") == start.get(f"{W}id")
        found[start.get(f"{W}name", "")] = text
    return found


def test_each_written_figure_stands_between_the_ends_of_a_bookmark() -> None:
    """A bare figure's bookmark has its name and a number; what rests on nothing linked has none."""
    paper = filled(ps("{{ 年 }}年{{ 数 }}个，共{{ 数 }}个"))
    assert linked_texts(paper.data) == {"_pb_数_1": "38", "_pb_数_2": "38"}
    assert stories_of(paper.data)["document"] == ("2020年38个，共38个",)


def test_expressions_and_rows_are_linked_by_a_digest() -> None:
    """What is not a bare name has a digest for a name; the expression and what it rests on are told beside."""
    paper = filled(
        ps("{{ 数 + 另 }}") + tbl(("{% for 行 in 表 %}{{ 行.名 }}", "{{ loop.index }}{% endfor %}"), columns=2)
    )
    assert sorted(linked_texts(paper.data).values()) == ["43", "乙", "甲"]
    told = {link.name: (link.expression, link.rests_on) for link in paper.links}
    assert set(told.values()) == {("数 + 另", ("数", "另")), ("行.名", ("表",))}
    assert {re.fullmatch(r"_pb_(\w{8})_\d+", name)[1] for name in linked_texts(paper.data)} == set(told)  # type: ignore[index]


def test_names_of_bookmarks_are_short_and_unique() -> None:
    """Word cuts names at 40 signs; a long figure's name gives way to a digest, and numbers never come twice."""
    paper = filled(ps("{{ 名字很长很长很长很长很长很长很长很长很长很长很长 }}", *["{{ 数 }}"] * 20))
    names = list(linked_texts(paper.data))
    assert len(names) == len(set(names)) == 21
    assert max(map(len, names)) <= 40


def test_a_text_box_and_its_copy_have_each_name_once() -> None:
    """The copy of a text box for older programs carries no bookmarks of its own."""
    with zipfile.ZipFile(BytesIO(filled(p(box(p("{{ 数 }}")))).data)) as archive:
        text = archive.read("word/document.xml").decode()
    assert text.count('w:name="_pb_数_1"') == 1
    assert text.count(">38<") == 2


def test_a_value_of_several_paragraphs_has_no_bookmark() -> None:
    """A link never leaves its paragraph."""
    made = compile_template(package(p("{{ 文 }}"))).fill({"文": "一\n二"}, stamp=STAMP, linked=("文",))
    assert linked_texts(made.data) == {}
    assert stories_of(made.data)["document"] == ("一", "二")


def test_without_linked_names_there_are_no_bookmarks() -> None:
    """Links are written only where they are asked for."""
    assert linked_texts(compile_template(package(p("{{ 数 }}"))).render(VALUES, stamp=STAMP)) == {}
