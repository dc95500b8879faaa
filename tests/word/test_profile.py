"""The format profile, the drafts and the templates made from them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from pbreports.errors import TemplateError, WorkspaceError
from pbreports.scheme.profile import Strength, load_profile
from pbreports.word.build import build_template
from pbreports.word.draft import Chart, Column, Paragraph, Table, read_draft
from pbreports.word.shipped import DRAFTS, make_template, write_template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PROFILE = load_profile()


def styles_of(template: bytes) -> dict[str, Any]:
    """Return the elements of a template's styles by name."""
    return {style.name: style.element for style in docx.Document(io.BytesIO(template)).styles}


def test_every_parameter_says_how_binding_it_is() -> None:
    """What the standard does not say is practice, never a demand; what it says has its clause."""
    for parameter in PROFILE.parameters.values():
        assert (not parameter.clause) == (parameter.strength is Strength.PRACTICE), parameter.key
        assert parameter.name


def test_the_type_area_follows_from_paper_and_margins() -> None:
    """28 and 26 mm beside leave the 156 mm of 5.2.1; 22 lines of the pitch fit between the margins (5.2.3)."""
    for convention in ("measured", "literal"):
        profile = load_profile(convention)
        assert profile.mm("page_width") - profile.mm("margin_left") - profile.mm("margin_right") == 156
        height = (profile.mm("page_height") - profile.mm("margin_top") - profile.mm("margin_bottom")) / 25.4 * 72
        assert int(height / profile.pt("line_pitch")) == 22
        assert int(156 / 25.4 * 72 / profile.pt("char_pitch")) == 28


def test_a_parameter_of_another_unit_is_refused() -> None:
    """Points taken for millimetres would go unnoticed."""
    with pytest.raises(KeyError):
        PROFILE.mm("line_pitch")
    with pytest.raises(KeyError):
        PROFILE.text("line_pitch")


def test_a_draft_is_read_into_blocks() -> None:
    """Each form of line becomes its block; a bar inside a tag does not cut a cell."""
    draft = "; 备注\n# 题名\n## 一、标题\n正文\n{%p if 甲 %}\n@署名 2 机关\n@附件 1 名单\n| 序号 12c | 名称 30l |\n| {{ 甲|顿号 }} | {{ 乙 }} |\n| 无 |\n"
    assert read_draft(draft, "稿") == (
        Paragraph("题名", "题名"),
        Paragraph("标题1", "一、标题"),
        Paragraph("正文", "正文"),
        Paragraph("控制标签", "{%p if 甲 %}"),
        Paragraph("署名", "机关", 2),
        Paragraph("附件编号", "附件1"),
        Paragraph("附件标题", "名单"),
        Table((Column("序号", 12, "center"), Column("名称", 30, "left")), (("{{ 甲|顿号 }}", "{{ 乙 }}"), ("无",))),
    )


def test_a_chart_is_read_with_its_list_series_unit_and_height() -> None:
    """The height is written in centimetres; the caption is a paragraph."""
    draft = "@图表 条形图 {{ 甲 }} 系列 本年、上年 单位 个 高 7.5\n@图注 图1　题名\n@图表 柱形图 {{ 乙 }} 系列 数 单位 % 高 8\n"
    assert read_draft(draft, "稿") == (
        Chart("条形图", "{{ 甲 }}", ("本年", "上年"), "个", 75),
        Paragraph("图注", "图1　题名"),
        Chart("柱形图", "{{ 乙 }}", ("数",), "%", 80),
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("@附录 1", "@附录"),
        ("| 序号 | 名称 |", "列宽"),
        ("@图表 饼图 {{ 甲 }} 系列 数 单位 个 高 7", "图表的写法"),
        ("@图表 柱形图 甲 系列 数 单位 个 高 7", "图表的写法"),
        ("@图表 柱形图 {{ 甲 }} 高 7", "图表的写法"),
    ],
)
def test_a_line_of_no_known_form_is_told(line: str, told: str) -> None:
    """A draft's slip is named by file and line."""
    with pytest.raises(TemplateError, match=f"稿 第2行.*{told}"):
        read_draft(f"正文\n{line}\n", "稿")


def test_chinese_fonts_are_set_and_nothing_of_the_theme_is_left() -> None:
    """Every style names its East-Asian font; a theme attribute would override it."""
    styles = styles_of(make_template("年度总结"))
    expected = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312", "Body Text": "仿宋_GB2312"}
    for name, font in expected.items():
        fonts = styles[name].rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("eastAsia", "ascii", "hAnsi")} == {font}
        assert not [key for key in fonts.attrib if "Theme" in key]
        assert styles[name].rPr.find(qn("w:b")).get(qn("w:val")) == "0"


def test_the_page_is_as_the_profile_says() -> None:
    """Margins, exact pitch, narrower characters, no character grid, page numbers apart for odd and even pages."""
    template = make_template("年度总结")
    document = docx.Document(io.BytesIO(template))
    section = document.sections[0]
    assert (round(section.top_margin.mm, 2), round(section.bottom_margin.mm, 2)) == (34.57, 32.58)
    assert (round(section.left_margin.mm), round(section.right_margin.mm)) == (28, 26)
    assert not list(document.element.iter(qn("w:docGrid")))
    assert document.settings.odd_and_even_pages_header_footer
    modes = document.settings.element.xpath("w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert modes == ["15"]
    body = styles_of(template)["Body Text"]
    assert body.pPr.find(qn("w:spacing")).get(qn("w:line")) == "589"
    assert body.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)


def test_the_literal_margins_can_be_had() -> None:
    """Who reads 37 and 35 mm as page margins gets them."""
    section = docx.Document(io.BytesIO(make_template("年度总结", "literal"))).sections[0]
    assert (round(section.top_margin.mm), round(section.bottom_margin.mm)) == (37, 35)


def test_tables_are_as_wide_as_the_type_area() -> None:
    """Column widths add up to 156 mm, and the head repeats."""
    for table in docx.Document(io.BytesIO(make_template("年度总结"))).tables:
        assert abs(sum(column.width.mm for column in table.columns) - 156) < 0.5
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_shipped_templates_are_made_from_their_drafts(draft: str) -> None:
    """Who changes a draft or the profile makes the template anew."""
    assert (TEMPLATES / f"{draft}.docx").read_bytes() == make_template(draft)


def test_a_template_that_staff_edited_is_not_overwritten(tmp_path: Path) -> None:
    """Only a wish spelt out replaces a template that differs."""
    target = tmp_path / "年度总结.docx"
    write_template(target, b"made")
    write_template(target, b"made")
    target.write_bytes(b"edited")
    with pytest.raises(WorkspaceError, match="没有覆盖"):
        write_template(target, b"made")
    assert target.read_bytes() == b"edited"
    write_template(target, b"made", replace=True)
    assert target.read_bytes() == b"made"


def test_equal_drafts_give_equal_bytes() -> None:
    """A template's bytes depend on its draft and the profile alone."""
    blocks = read_draft("# 题名\n正文\n", "稿")
    assert build_template(blocks, PROFILE, "稿") == build_template(blocks, PROFILE, "稿")
