"""Filling templates: what they get, and how every mistake of theirs is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pbreports.errors import TemplateError
from pbreports.tags.values import paper_values
from pbreports.values import Figure, NamedList, Severity
from pbreports.word.read import text_of, unfilled
from pbreports.word.template import compile_template

STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment
FIGURES = {
    name: Figure(name, Decimal(value), "个", 1, 1) for name, value in (("五星级党组织数", 38), ("参评支部数", 151))
}
LISTS = {
    "五星级党组织名单": NamedList("五星级党组织名单", ({"党组织全称": "甲支部"}, {"党组织全称": "乙&丙<支部"}), 1, 1)
}
VALUES = paper_values(FIGURES, LISTS, {"年度": 2020})


def template(folder: Path, *paragraphs: str, rows: tuple[str, ...] = ()) -> Path:
    """Return a template with a heading, paragraphs and a table of one column."""
    document = docx.Document()
    document.add_heading("一、支部建设", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=1)
        for text in rows:
            table.add_row().cells[0].text = text
    document.save(str(folder / "总结.docx"))
    return folder / "总结.docx"


def fill(path: Path, values: Mapping[str, object], *, stamp: datetime) -> bytes:
    """Return the template filled."""
    return compile_template(path).render(values, stamp=stamp)


def check(path: Path, values: Mapping[str, object]) -> None:
    """Compare a template with values without filling it."""
    compile_template(path).require_sound(values)


def names(path: Path) -> set[str]:
    """Return the names that a template uses."""
    return {use.name for _, use in compile_template(path).names()}


def filled(path: Path) -> list[str]:
    """Return the paragraphs of the template filled."""
    return text_of(fill(path, VALUES, stamp=STAMP))


def test_tags_loops_and_conditions_are_filled(tmp_path: Path) -> None:
    """Figures, loops over rows and paragraphs that drop out all work, and no text beside a value is lost."""
    path = template(
        tmp_path,
        "{{ 年度 }}年评出{{ 五星级党组织数 }}个",
        "{%p if 参评支部数 == 0 %}",
        "没有参评",
        "{%p endif %}",
        rows=("{%tr for 行 in 五星级党组织名单 %}", "前{{ 行.党组织全称 }}后", "{%tr endfor %}"),
    )
    assert filled(path) == ["一、支部建设", "2020年评出38个", "前甲支部后", "前乙&丙<支部后"]


def test_equal_fillings_are_equal_bytes(tmp_path: Path) -> None:
    """The same template, values and stamp give the same file."""
    path = template(tmp_path, "{{ 五星级党组织数 }}")
    assert fill(path, VALUES, stamp=STAMP) == fill(path, VALUES, stamp=STAMP)


def test_the_names_of_a_template_are_listed(tmp_path: Path) -> None:
    """A template's needs are known without filling it."""
    path = template(tmp_path, "{{ 五星级党组织数 }}", "{% for 行 in 五星级党组织名单 %}{{ 行.党组织全称 }}{% endfor %}")
    assert names(path) == {"五星级党组织数", "五星级党组织名单"}


def test_all_unknown_names_are_told_at_once_with_place_and_advice(tmp_path: Path) -> None:
    """Each unknown figure and column is named under its heading, with the name that was probably meant."""
    path = template(
        tmp_path,
        "评出{{ 五星级组织数 }}个",
        "{{ 天气 }}",
        rows=("{%tr for 行 in 五星级党组织名单 %}", "{{ 行.党组织名称 }}", "{%tr endfor %}"),
    )
    with pytest.raises(TemplateError) as caught:
        check(path, VALUES)
    message = str(caught.value)
    assert "模板 总结.docx：有3处要改" in message
    assert "一、支部建设 → 第2段 → “评出{{ 五星级组织数 }}个”：没有叫“五星级组织数”的" in message
    assert "是不是“五星级党组织数”" in message
    assert "“天气”" in message
    assert "名单“五星级党组织名单”没有“党组织名称”这一列，是不是“党组织全称”" in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("共{ { 五星级党组织数 }}个", "不是标签的括号"),
        ("{{ 五星级党组织数 }", "没有写完"),
        ("重要 {%p if 参评支部数 %}", "endif"),
        ("{% if 参评支部数 %}", "endif"),
        ("{% endif %}", "没有对应的 if"),
        ("{{ 参评支部数|顿好 }}", "没有“顿好”"),
        ("{{ 参评支部数 个 }}", "“个”附近"),
    ],
)
def test_broken_tags_are_told_before_anything_is_written(tmp_path: Path, text: str, told: str) -> None:
    """Braces that are none, text that a control tag would swallow, and bad syntax are named."""
    with pytest.raises(TemplateError, match=r"总结\.docx") as caught:
        fill(template(tmp_path, text), VALUES, stamp=STAMP)
    assert told in str(caught.value)


def test_text_beside_a_row_tag_is_kept_and_told(tmp_path: Path) -> None:
    """Nothing is lost that stands in a row with a control tag: the row follows it, and the template's owner is told."""
    path = template(tmp_path, rows=("{%tr for 行 in 五星级党组织名单 %}{{ 行.党组织全称 }}", "{%tr endfor %}"))
    assert filled(path) == ["一、支部建设", "甲支部", "乙&丙<支部"]
    (problem,) = compile_template(path).problems
    assert (problem.code, problem.severity) == ("T-21", Severity.WARNING)


def test_what_fails_while_filling_is_told_with_its_place(tmp_path: Path) -> None:
    """An error that only shows with real values names the heading and the tag."""
    path = template(tmp_path, "{{ 年度 }}", "比{{ 参评支部数 > '多' }}")
    with pytest.raises(TemplateError, match=r"一、支部建设 → 第3段 → “比.*参评支部数"):
        fill(path, VALUES, stamp=STAMP)


def test_a_fault_of_ours_keeps_its_traceback(tmp_path: Path) -> None:
    """What does not come from a tag is not blamed on the template."""
    with pytest.raises(AttributeError):
        fill(template(tmp_path, "{{ 年度 }}"), {"年度": 2020}, stamp="今天")  # type: ignore[arg-type]


def test_tags_split_over_runs_are_read(tmp_path: Path) -> None:
    """Word cuts a tag into runs as it likes; it is one tag all the same."""
    path = template(tmp_path, "")
    document = docx.Document(str(path))
    for piece in ("评出{", "{ 五星级", "党组织数 }", "}个"):
        document.paragraphs[-1].add_run(piece)
    document.save(str(path))
    assert filled(path)[-1] == "评出38个"


def test_full_width_signs_inside_braces_are_understood(tmp_path: Path) -> None:
    """A Chinese input method's bar, brackets and comma do not break a tag."""
    path = template(tmp_path, "{{ 五星级党组织名单｜列（“党组织全称”）｜顿号 }}")
    assert filled(path)[-1] == "甲支部、乙&丙<支部"


def test_headers_are_filled_and_checked(tmp_path: Path) -> None:
    """A header's tags count like the body's."""
    path = template(tmp_path, "正文")
    document = docx.Document(str(path))
    document.sections[0].header.paragraphs[0].text = "{{ 年份 }}年"
    document.save(str(path))
    with pytest.raises(TemplateError, match=r"页眉.*“年份”.*是不是“年度”"):
        check(path, VALUES)
    paper = fill(path, {**VALUES, "年份": 2020}, stamp=STAMP)
    assert docx.Document(io.BytesIO(paper)).sections[0].header.paragraphs[0].text == "2020年"


def test_tags_in_footnotes_are_filled(tmp_path: Path) -> None:
    """A footnote is a story like the others."""
    path = template(tmp_path, "正文")
    document = docx.Document(str(path))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    note = parse_xml(
        f"<w:footnotes {nsdecls('w')}><w:footnote w:id='1'><w:p><w:r><w:t>{{{{ 年度 }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    part = docx.opc.part.XmlPart(docx.opc.packuri.PackURI("/word/footnotes.xml"), kind, note, document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    document.save(str(path))
    with zipfile.ZipFile(io.BytesIO(fill(path, VALUES, stamp=STAMP))) as paper:
        assert b">2020</w:t>" in paper.read("word/footnotes.xml")


def test_a_missing_template_and_a_file_that_is_none_are_told(tmp_path: Path) -> None:
    """The messages say which file, and what to do."""
    with pytest.raises(TemplateError, match=r"总结\.docx.*没有这个文件"):
        fill(tmp_path / "总结.docx", VALUES, stamp=STAMP)
    (tmp_path / "总结.docx").write_text("不是文档", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"模板 总结\.docx"):
        fill(tmp_path / "总结.docx", VALUES, stamp=STAMP)


def test_what_people_have_to_fill_in_is_listed_with_its_heading(tmp_path: Path) -> None:
    """Marks of the template and of figures not reported are both listed."""
    gap = paper_values({"五星级党组织数": Figure("五星级党组织数", None, "个", 0, 1)}, {}, {})
    paper = fill(template(tmp_path, "评出{{ 五星级党组织数 }}个，【待填：打算】"), gap, stamp=STAMP)
    assert unfilled(paper) == ("一、支部建设：【待填：五星级党组织数】", "一、支部建设：【待填：打算】")
