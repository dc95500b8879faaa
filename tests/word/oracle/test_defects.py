"""What goes wrong with other engines, and does not with ours; the order is that of the survey of their defects."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.word.filling.rich import RichText
from pbreports.word.filling.subdocument import Subdocument
from pbreports.word.template import compile_template
from word.oracle.engines import paper
from word.oracle.markup import (
    bookmark,
    box,
    note,
    note_mark,
    numbered,
    p,
    package,
    picture,
    ps,
    r,
    section,
    styled,
    t,
    tbl,
    tc,
    tr,
)
from word.oracle.reading import W, stories_of

ROWS = [{"名": "甲", "校": "一校"}, {"名": "乙", "校": "一校"}, {"名": "丙", "校": "二校"}]


def filled(body: str, values: Mapping[str, object], parts: Mapping[str, str] | None = None) -> bytes:
    """Return a template of a body, and of further parts, filled."""
    return paper(compile_template(package(body, parts), name="模板.docx"), values)


def lines(body: str, values: Mapping[str, object], parts: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the lines of the document filled."""
    return stories_of(filled(body, values, parts)).get("document", ())


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """Return a part of a paper as a tree."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def grid(data: bytes) -> list[str]:
    """Return the widths of the grid columns of a paper's tables."""
    return [each.get(f"{W}w", "") for each in part(data).iter(f"{W}gridCol")]


def refusal(body: str, values: Mapping[str, object]) -> str:
    """Return the message with which a template is refused."""
    with pytest.raises(TemplateError) as caught:
        filled(body, values)
    return str(caught.value)


# ---------------------------------------------------------------- defects found in docxtpl


def test_a_footnote_is_filled_once_however_many_sections_there_are() -> None:
    """A value in a footnote that looks like a tag is text, also when the document has several sections."""
    body = p("一", note_mark(1), props=section()) + p("二", props=section()) + p("三")
    filling = filled(body, {"文": "{{ 7*7 }}{% if %}"}, {"footnotes": note(1, "据{{ 文 }}")})
    assert stories_of(filling)["footnotes"] == ("", "据{{ 7*7 }}{% if %}")


def test_a_ragged_table_keeps_its_grid() -> None:
    """Columns that rows leave out before and after their cells stay, and no width changes, when rows are repeated."""
    gaps = '<w:gridBefore w:val="1"/><w:wBefore w:w="1111" w:type="dxa"/>', '<w:gridAfter w:val="2"/>'
    rows = [("{%tr for x in 表 %}",), tr("{{ x }}", props=gaps[0] + gaps[1]), ("{%tr endfor %}",)]
    table = tbl(*rows, columns=4).replace('<w:gridCol w:w="2000"/>', '<w:gridCol w:w="1111"/>', 1)
    assert grid(filled(table, {"表": [1, 2, 3]})) == ["1111", "2000", "2000", "2000"]


ATTACKS = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 表.__class__ }}",
    "{{ 表|attr('__class__') }}",
    "{{ 表.append(1) }}",
    "{{ 典.update({'a': 1}) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ '%s'.__mod__ }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(表) }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{{ 'x' * 10**10 }}",
    "{{ 9**9**9 }}",
    "{{ ([0] * 10000)|map('string')|join * 10000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ 'x'|center(10**9) }}",
    "{{ 'x'|indent(10**9) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'x' %}",
    "{{ lipsum() }}",
    "{{ config }}",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_can_do_nothing_but_its_text(attack: str) -> None:
    """Python's insides, changing values, files, endless loops and endless texts are refused with the tag's place."""
    told = refusal(ps("头", attack), {"表": [1], "典": {}})
    assert "第2段" in told


def test_a_value_is_never_changed_by_a_template() -> None:
    """The lists and mappings handed in are the same after filling."""
    values = {"表": [3, 1, 2], "典": {"a": [1]}}
    lines(p("{{ 表|sort|join }}{% set 表 = [9] %}{% for x in 典.a %}{{ x }}{% endfor %}"), values)
    assert values == {"表": [3, 1, 2], "典": {"a": [1]}}


def test_markup_signs_in_values_cost_no_text() -> None:
    """Ampersands and angle brackets are printed, and what stands behind the tag is there."""
    body = ps("前{{ a }}后", "{{ b }}") + tbl(("{{ a }}", "尾"), columns=2)
    assert lines(body, {"a": "Smith & Co <b>", "b": "</w:t></w:r>"}) == (
        "前Smith & Co <b>后",
        "</w:t></w:r>",
        "|Smith & Co <b>|尾|",
    )


def test_text_beside_a_control_tag_stays() -> None:
    """Text before a tag that takes a paragraph's or a row's place stays before it, text behind it belongs to its loop."""
    body = ps("重要{%p if a %}须知", "甲", "{%p endif %}另见")
    table = tbl(("{%tr for x in 表 %}", "注"), ("{{ x }}", "乙"), ("{%tr endfor %}", ""), columns=2)
    assert "".join(lines(body, {"a": 1})) == "重要须知甲另见"
    assert lines(table, {"表": [1, 2]}) == ("||注|", "|1|乙|", "||注|", "|2|乙|")


@pytest.mark.parametrize(
    ("opening", "values"),
    [
        ("{%p if '%' in 文 %}", {"文": "5%"}),
        ("{%p if 文 == '}' %}", {"文": "}"}),
        ("{%p if 文 % 2 %}", {"文": 3}),
        ("{%p if {'甲': {'乙': 1}}['甲']['乙'] == 文 %}", {"文": 1}),
        ("{%p if '%}' == 文 %}", {"文": "%}"}),
        ("{%p if '}}' == 文 %}", {"文": "}}"}),
    ],
)
def test_percent_signs_and_braces_within_a_tag_are_no_end(opening: str, values: Mapping[str, object]) -> None:
    """Quoted signs, remainders and mappings do not end the tag that takes a paragraph's place."""
    assert lines(ps(opening, "甲", "{%p endif %}"), values) == ("甲",)


def test_several_row_tags_may_stand_in_one_row() -> None:
    """Two loops may begin in one row and end in one row."""
    rows = (("{%tr for a in 表 %}{%tr for b in a %}",), ("{{ b }}",), ("{%tr endfor %}{%tr endfor %}",))
    assert lines(tbl(*rows, columns=1), {"表": [[1, 2], [3]]}) == ("|1|", "|2|", "|3|")


def test_every_mistake_is_told_with_its_place_at_once() -> None:
    """Unknown names, failing filters and divisions are told together, each with heading, place and tag."""
    body = styled("1", "一、支部建设") + p("共{{ 一 / 零 }}个") + tbl(("甲", "{{ 文|round }}"), columns=2)
    told = refusal(body + styled("1", "二、队伍建设") + p("{{ 一 }}{{ 文 + 一 }}"), {"一": 1, "零": 0, "文": "x"})
    assert told.count("\n") == 3
    for place in (
        "一、支部建设 → 第2段 → “共{{ 一 / 零 }}个”：",
        "第1个表格第1行第2列 → “{{ 文|round }}”",
        "二、队伍建设",
        "{{ 文 + 一 }}",
    ):
        assert place in told
    unknown = refusal(ps("{{ 甲甲 }}", "{{ 乙乙 }}") + tbl(("{{ 丙丙 }}",), columns=1), {})
    assert all(name in unknown for name in ("“甲甲”", "“乙乙”", "“丙丙”"))


def test_paragraphs_in_a_text_box_look_as_those_of_the_text_box() -> None:
    """A value's further paragraphs within a text box take the inner paragraph's properties, not the outer one's."""
    inner = p(r("{{ 文 }}", "<w:i/>"), props='<w:jc w:val="right"/>')
    filling = filled(p("外", box(inner), props='<w:jc w:val="center"/>'), {"文": "一\a二"})
    boxes = part(filling).iter(f"{W}txbxContent")
    found = [[each.get(f"{W}val") for each in one.iter(f"{W}jc")] for one in boxes]
    assert found == [["right", "right"], ["right", "right"]]
    assert stories_of(filling)["boxes"] == ("一", "二")


def test_a_text_box_is_computed_once() -> None:
    """What a text box counts, it counts once, though Word keeps its text twice."""
    body = (
        ps("{%p set 计 = namespace(数=0) %}")
        + p(box(p("{% set 计.数 = 计.数 + 1 %}第{{ 计.数 }}次")))
        + p("{{ 计.数 }}")
    )
    stories = stories_of(filled(body, {}))
    assert stories["boxes"] == stories["old boxes"] == ("第1次",)
    assert stories["document"][-1] == "1"


def test_what_a_reviewer_deleted_is_not_filled() -> None:
    """A tag in a tracked deletion gives nothing of its value away, and need not be known."""
    deletion = '<w:del w:id="1" w:author="甲" w:date="2020-01-01T00:00:00Z">'
    deleted = f"{deletion}{r(inside='<w:delText>{{ 密 }}{{ 无 }}</w:delText>')}</w:del>"
    filling = filled(p("前", deleted, "{{ 明 }}后"), {"密": "机密", "明": "公开"})
    assert stories_of(filling)["document"] == ("前公开后",)
    assert "机密" not in etree.tostring(part(filling), encoding="unicode")


def test_bookmarks_about_tags_keep_both_ends() -> None:
    """A bookmark that begins or ends within a tag has a beginning and an end afterwards, each once, or neither."""
    start, end = '<w:bookmarkStart w:id="7" w:name="名"/>', '<w:bookmarkEnd w:id="7"/>'
    for content in (
        ("{{ ", start, r("n }}"), end, "后"),
        (start, r("{{ n"), end, r(" }}")),
        ("{% if ", start, r("n %}甲{% endif %}"), end),
    ):
        root = part(filled(p("前", *content), {"n": 1}))
        ids = [[each.get(f"{W}id") for each in root.iter(f"{W}bookmark{which}")] for which in ("Start", "End")]
        assert ids[0] == ids[1]


def test_bookmarks_repeated_by_a_loop_have_numbers_and_names_of_their_own() -> None:
    """No two bookmarks of a paper share a number or a name."""
    body = p("{%p for x in 表 %}") + p(bookmark("名", 1, "{{ x }}")) + p("{%p endfor %}")
    found = list(part(filled(body, {"表": [1, 2, 3]})).iter(f"{W}bookmarkStart"))
    for name in ("id", "name"):
        told = [each.get(f"{W}{name}") for each in found]
        assert len(set(told)) == len(told)


# ---------------------------------------------------------------- what users of the engines complain of


def test_a_mistake_is_found_by_part_heading_row_and_column() -> None:
    """The message leads to the spot: part, heading above, table, row and column, the tag's own text."""
    table = tbl(("甲", "乙"), ("丙", "{{ 名｜没有这个 }}"), columns=2)
    told = refusal(styled("1", "一、概况") + p("{{ 名 }}") + table, {"名": "x"})
    assert "模板 模板.docx" in told
    assert "一、概况 → 第1个表格第2行第2列 → “{{ 名｜没有这个 }}”" in told
    with pytest.raises(TemplateError, match="页眉"):
        filled(p("正文"), {}, {"header-default": p("{{ 无 }}")})


def test_equal_neighbours_are_merged_by_what_they_hold() -> None:
    """A column marked 合并相同 is merged downwards where values are equal, counted after filling."""
    rows = (("{%tr for 人 in 表 %}", ""), ("{{ 人.校|合并相同 }}", "{{ 人.名 }}"), ("{%tr endfor %}", ""))
    assert lines(tbl(*rows, columns=2), {"表": ROWS}) == ("|↧ 一校|甲|", "|↓ |乙|", "|二校|丙|")


def test_one_template_makes_many_papers() -> None:
    """A compiled template gives each set of values its own paper, again and again, and from many threads at once."""
    template = compile_template(package(p("{{ n }}") + p("{% for x in 表 %}{{ x }}{% endfor %}")), name="模板.docx")

    def one(n: int) -> bytes:
        return paper(template, {"n": n, "表": list(range(n % 5))})

    alone = [one(n) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(40))) == alone
    assert [stories_of(data)["document"][0] for data in alone] == [str(n) for n in range(40)]


def test_paragraphs_and_rows_of_control_tags_leave_nothing_blank() -> None:
    """With prefix or without, a paragraph or a row of control tags alone is gone, and none stays behind."""
    body = ps("头", "{% for x in 表 %}", "{% if x %}", "{{ x }}", "{% endif %}", "{% endfor %}", "尾")
    table = tbl(("{% for x in 表 %}", ""), ("{{ x }}", "甲"), ("{% endfor %}", ""), columns=2)
    assert lines(body + table, {"表": [1, 0, 2]}) == ("头", "1", "2", "尾", "|1|甲|", "|0|甲|", "|2|甲|")


def test_fields_stay_as_they_are() -> None:
    """Contents and page numbers stay fields with their last result; nobody is asked whether to update them."""
    toc = '<w:fldSimple w:instr=" TOC \\o &quot;1-1&quot; ">' + r("一、概况 1") + "</w:fldSimple>"
    template = package(p(toc) + p("{{ n }}"))
    filling = paper(compile_template(template, name="模板.docx"), {"n": 1})
    field = next(part(filling).iter(f"{W}fldSimple"))
    assert (field.get(f"{W}instr"), "".join(field.itertext())) == (' TOC \\o "1-1" ', "一、概况 1")
    with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(io.BytesIO(filling)) as after:
        assert before.read("word/settings.xml") == after.read("word/settings.xml")


def test_a_formatted_text_keeps_the_east_asian_font_of_its_tag() -> None:
    """What a formatted text does not ask for is the tag's: the font of Chinese signs and the size above all."""
    look = '<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'
    filling = filled(p(r("{{ 文 }}", look)), {"文": RichText("甲", bold=True).add("乙", color="FF0000")})
    runs = [run for run in part(filling).iter(f"{W}r") if "".join(run.itertext())]
    assert [run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for run in runs] == ["仿宋_GB2312"] * 2  # type: ignore[union-attr]
    assert [run.find(f"{W}rPr/{W}sz").get(f"{W}val") for run in runs] == ["32"] * 2  # type: ignore[union-attr]


def test_a_document_within_another_brings_its_lists_and_pictures() -> None:
    """An inserted document's texts are there, its lists count anew, its pictures are in the package."""
    inner = package(numbered("甲") + numbered("乙") + p(picture("图")) + tbl(("格",), columns=1))
    outer = numbered("一") + p("{{p 附 }}") + numbered("二")
    filling = filled(outer, {"附": Subdocument(inner)})
    assert stories_of(filling)["document"] == ("一", "甲", "乙", "▣", "|格|", "二")
    lists = [each.get(f"{W}val") for each in part(filling).iter(f"{W}numId")]
    assert lists[0] == lists[-1] not in lists[1:-1]
    targets = {each.get("Id"): each.get("Target") for each in part(filling, "word/_rels/document.xml.rels")}
    blip = next(each for each in part(filling).iter() if str(each.tag).endswith("}blip"))
    with zipfile.ZipFile(io.BytesIO(filling)) as archive:
        assert f"word/{targets[next(iter(blip.attrib.values()))]}" in archive.namelist()


def test_row_loops_do_not_touch_the_widths_of_a_table() -> None:
    """A table's grid and its cells' widths are the template's, however many rows are filled in."""
    rows = (("{%tr for x in 表 %}", ""), ("{{ x }}", tc("乙", width=777)), ("{%tr endfor %}", ""))
    table = tbl(*rows, columns=2, width=1234)
    for count in (0, 1, 7):
        filling = filled(table + p(), {"表": list(range(count))})
        widths = [each.get(f"{W}w") for each in part(filling).iter(f"{W}tcW")]
        assert widths == ["2000", "777"] * count
        assert grid(filling) == (["1234", "1234"] if count or list(part(filling).iter(f"{W}tbl")) else [])


@pytest.mark.parametrize(("count", "widths"), [(0, ["5000"] * 2), (1, ["3333"] * 3), (6, ["1250"] * 8)])
def test_a_column_loop_keeps_the_width_of_the_table(count: int, widths: list[str]) -> None:
    """Columns are shared out anew when a loop makes more of them or fewer, and the table stays as wide as it was."""
    row = ("甲", tc("{%tc for x in 列 %}"), "{{ x }}", tc("{%tc endfor %}"), "乙")
    assert grid(filled(tbl(row, columns=5), {"列": list(range(count))})) == widths


def test_parts_without_tags_stay_byte_for_byte() -> None:
    """Styles, numbering, settings and pictures come out as they went in; only what holds tags is written anew."""
    template = package(p("{{ n }}", picture("图")))
    filling = paper(compile_template(template, name="模板.docx"), {"n": 1})
    with zipfile.ZipFile(io.BytesIO(template)) as before, zipfile.ZipFile(io.BytesIO(filling)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed <= {"word/document.xml", "docProps/core.xml"}


def test_a_paper_holds_no_part_twice() -> None:
    """Every part is in the package once, the properties too, also when a template has none of its own."""
    for core in ("", "<dc:title>{{ n }}</dc:title>"):
        with zipfile.ZipFile(io.BytesIO(filled(p("{{ n }}"), {"n": 1}, {"core": core}))) as archive:
            names = archive.namelist()
        assert len(set(names)) == len(names)


def test_the_work_for_a_row_does_not_grow_with_the_number_of_rows() -> None:
    """Ten times the rows take ten times the steps: no pass over the whole for each row."""
    import sys  # noqa: PLC0415 - the only test that looks how the interpreter works

    rows = (("{%tr for x in 表 %}", ""), ("{{ x }}", "{{ loop.index }}"), ("{%tr endfor %}", ""))
    template = compile_template(package(tbl(*rows, columns=2)), name="模板.docx")

    def steps(count: int) -> int:
        counted = 0

        def count_one(*_: object) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count_one)
        try:
            paper(template, {"表": list(range(count))})
        finally:
            sys.setprofile(None)
        return counted

    steps(10)
    small, large = steps(100), steps(1000)
    assert large < 10.5 * small


def test_the_names_that_a_template_needs_are_known_with_columns_and_places() -> None:
    """All stories' names are told without filling: figures, lists with the columns used, headers and footnotes too."""
    body = p("{{ 总数 }}", note_mark(1)) + p("{% for 行 in 名单 %}{{ 行.姓名 }}{% endfor %}")
    parts = {"header-default": p("{{ 单位 }}"), "footnotes": note(1, "{{ 来源 }}")}
    found = {(use.name, use.column, place.part) for place, use in compile_template(package(body, parts)).names()}
    assert {("总数", "", ""), ("名单", "姓名", ""), ("单位", "", "页眉"), ("来源", "", "脚注")} <= found


def test_line_breaks_and_tabs_of_the_template_stay_in_loops() -> None:
    """Breaks between repeated tags are repeated, each once."""
    body = p(r(inside=t("{% for x in 表 %}{{ x }}") + "<w:br/>" + t("{% endfor %}尾")))
    assert lines(body, {"表": [1, 2]}) == ("1\n2\n尾",)
