"""Papers of every kind as the builder lays them out: what stands where in the file, and on the rendered page."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from openxml_audit import OpenXmlValidator

from office import Office
from pbreports.scheme.profile import load_profile
from pbreports.word.build import build_template
from pbreports.word.dispatch import build_dispatch_sheet
from pbreports.word.draft import Imprint, Paragraph, Table, read_draft
from pbreports.word.format.checking import check_format
from pbreports.word.shipped import SAMPLES, make_template

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
CONVENTIONS = ("measured", "literal")
PROFILE = load_profile()
CHAR = PROFILE.pt("char_pitch")
TEXT = "# 关于有关工作的通知\n@主送 各单位：\n正文。\n"


def built(draft: str) -> bytes:
    """Return the paper of a draft."""
    return build_template(read_draft(draft, "稿"), PROFILE, "稿")


def opened(data: bytes) -> docx.document.Document:
    """Return a paper as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def styled(data: bytes, style: str) -> list[WordParagraph]:
    """Return the paragraphs of a style, outside tables."""
    return [one for one in opened(data).paragraphs if one.style is not None and one.style.name == style]


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_sample_of_each_kind_has_nothing_wrong_with_it(name: str, convention: str) -> None:
    """By the checker, whichever convention it is judged by."""
    for judged in CONVENTIONS:
        assert [str(one) for one in check_format(make_template(name, convention), load_profile(judged), name)] == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_shipped_sample_is_made_from_its_draft_and_is_a_sound_package(name: str) -> None:
    """Who changes a draft or the profile makes the sample anew; an independent validator finds no error."""
    path = TEMPLATES / "公文样式" / f"{name}.docx"
    assert path.read_bytes() == make_template(name)
    assert OpenXmlValidator().validate(path).errors == []


def test_the_shipped_sheet_for_drafts_is_made_by_the_builder_and_is_a_sound_package() -> None:
    """拟稿, 核稿, 会签 and 签发 have room; what 公文配置 knows is filled in."""
    path = TEMPLATES / "发文稿纸.docx"
    assert path.read_bytes() == build_dispatch_sheet(PROFILE)
    assert OpenXmlValidator().validate(path).errors == []
    cells = {cell.text for row in docx.Document(str(path)).tables[0].rows for cell in row.cells}
    assert {"拟　稿", "核　稿", "会　签", "签　发", "{{ 题名 }}"} <= cells


@pytest.mark.parametrize("lines", range(4))
def test_the_mark_stands_at_the_same_place_below_any_number_of_lines(lines: int) -> None:
    """35 mm below the edge of the type area (7.2.4), whether 份号, 密级 and 紧急程度 stand above it or not."""
    above = "".join(("@份号 000001\n", "@密级 秘密\n", "@紧急程度 特急\n")[:lines])
    [mark] = styled(built(f"{above}@版头 任城区教育局文件\n@发文字号 任教发〔2026〕1号\n{TEXT}"), "版头")
    before = mark.paragraph_format.space_before or mark.style.paragraph_format.space_before
    glyphs = PROFILE.mm("margin_top") + (before.pt + lines * PROFILE.pt("line_pitch")) / 72 * 25.4
    glyphs += 0.8 * (PROFILE.pt("mark_pitch") - PROFILE.pt("mark_size")) / 72 * 25.4
    assert glyphs == pytest.approx(37 + 35, abs=0.1)


def test_organs_that_issue_together_stand_below_each_other_with_the_suffix_beside_them() -> None:
    """文件 at the right, in the middle of their height (7.2.4); the number two lines below."""
    paper = built(f"@版头 任城区教育局⏎任城区财政局⏎文件\n@发文字号 任教发〔2026〕1号\n{TEXT}")
    names, suffix = opened(paper).tables[0].rows[0].cells
    assert ([one.text for one in names.paragraphs], suffix.text) == (["任城区教育局", "任城区财政局"], "文件")
    assert suffix._tc.tcPr.find(qn("w:vAlign")).get(qn("w:val")) == "center"
    [number] = styled(paper, "发文字号")
    assert number.paragraph_format.space_before.pt == pytest.approx(2 * PROFILE.pt("line_pitch"), abs=0.1)


def upward(names: str) -> list[WordParagraph]:
    """Return the lines of who has signed, of a paper to superiors."""
    paper = built(f"@版头 任城区教育局文件\n@签发人 {names}\n@发文字号 任教发〔2026〕1号\n{TEXT}")
    return [one for one in opened(paper).paragraphs if one.style.name in {"签发人", "上行文发文字号"}]


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        ("欧阳明", ["任教发〔2026〕1号\t签发人：欧阳明"]),
        ("张三立、李四", ["任教发〔2026〕1号\t签发人：张三立\t李　四"]),
        ("张三立、李四、王五一", ["签发人：张三立\t李　四", "任教发〔2026〕1号\t\t王五一"]),
        ("张三立、李四、王五一、赵六", ["签发人：张三立\t李　四", "任教发〔2026〕1号\t\t王五一\t赵　六"]),
    ],
)
def test_the_number_stands_on_the_last_line_of_who_has_signed(names: str, lines: list[str]) -> None:
    """Two names a line (7.2.6), the number one character from the left (7.2.5), names in 楷体, the rule below them."""
    made = upward(names)
    assert [one.text for one in made] == lines
    last = made[-1].style.paragraph_format
    assert last.first_line_indent.pt / CHAR == pytest.approx(1, abs=0.01)
    assert {line.runs[-1].style.name for line in made} == {"签发人姓名"}
    assert made[-1].style.element.pPr.find(qn("w:pBdr")) is not None


def test_a_letter_has_two_double_rules_and_no_number_on_its_first_page() -> None:
    """170 mm wide in the middle of the type area (10.1); thick above thin at the head, thin above thick at the foot."""
    paper = built(f"@函头 任城区教育局\n@函号 任教函〔2026〕1号\n{TEXT}")
    section = opened(paper).sections[0]
    assert section.different_first_page_header_footer
    foot = section.first_page_footer.paragraphs[0]
    [head] = styled(paper, "函头线")
    for rule, kind in ((head, "thickThinSmallGap"), (foot, "thinThickSmallGap")):
        frame = rule._p.pPr.find(qn("w:framePr"))
        left, width = (int(frame.get(qn(f"w:{side}"))) / 20 / 72 * 25.4 for side in ("x", "w"))
        assert (width, left + width / 2) == (pytest.approx(170, abs=0.1), pytest.approx(28 + 78, abs=0.1))
        assert rule.style.element.pPr.find(qn("w:pBdr")).find(qn("w:bottom")).get(qn("w:val")) == kind
    assert [one.text for one in section.first_page_footer.paragraphs] == ["", ""]
    assert section.even_page_footer.paragraphs[0].text == "— 1 —"


def test_a_letters_imprint_has_neither_rules_nor_printing() -> None:
    """Only the copies, at the foot of the last page (10.1)."""
    paper = built(f"@函头 任城区教育局\n@函号 任教函〔2026〕1号\n{TEXT}@版记\n| 抄送：任城区财政局。 |\n")
    assert not list(opened(paper).tables[0]._tbl.iter(qn("w:tblBorders"), qn("w:tcBorders")))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_imprints_last_rule_is_the_foot_of_the_type_area(convention: str) -> None:
    """262 mm below the edge of the page, wherever the bottom margin is (7.4.1)."""
    profile = load_profile(convention)
    draft = f"{TEXT}@版记\n| 抄送：任城区财政局。 |\n| 任城区教育局办公室 | 2026年7月2日印发 |\n"
    table = opened(build_template(read_draft(draft, "稿"), profile, "稿")).tables[0]
    last = table.rows[-1]
    height = last.height.mm
    assert profile.mm("page_height") - profile.mm("margin_bottom") - height == pytest.approx(262, abs=0.2)
    borders = last.cells[0]._tc.tcPr.find(qn("w:tcBorders"))
    assert (borders.find(qn("w:top")).get(qn("w:sz")), borders.find(qn("w:bottom")).get(qn("w:val"))) == ("8", "nil")
    assert table._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_pages_that_lie_across_have_their_own_section_and_their_number_where_the_others_have_it() -> None:
    """The top is bound or at the fore edge (8): the number runs down the left edge, the foot of upright pages."""
    paper = built(f"{TEXT}@横排\n@附件 1 表\n| 甲 10c | 乙 10c |\n| 1 | 2 |\n@竖排\n@附件 2 文\n正文。\n")
    before, across, after = opened(paper).sections
    assert (across.page_width, across.page_height) == (before.page_height, before.page_width)
    assert (after.page_width, after.page_height) == (before.page_width, before.page_height)
    assert [round(side.mm) for side in (across.top_margin, across.bottom_margin)] == [28, 26]
    for footer in (across.footer, across.even_page_footer):
        [direction] = footer._element.iter(qn("w:textDirection"))
        assert direction.get(qn("w:val")) == "tbRl"
        assert "".join(one.text for one in footer._element.iter(qn("w:t"))) == "— 1 —"
    assert after.footer.paragraphs[0].text == "— 1 —"


def test_names_of_who_was_there_follow_labels_in_bold_type() -> None:
    """出席 in 黑体, names in 仿宋, wrapped lines below the first name (10.3)."""
    [line] = styled(built("@纪要 会议纪要\n@发文字号 第1号\n# 纪要\n正文。\n@空行\n@出席 出席：张三、李四\n"), "出席")
    assert (line.runs[0].text, line.runs[0].style.name) == ("出席", "标注")
    look = line.style.paragraph_format
    assert (look.left_indent.pt / CHAR, look.first_line_indent.pt / CHAR) == (pytest.approx(5), pytest.approx(-3))


def test_a_stamp_leaves_its_place_free() -> None:
    """The post stands two characters left of the stamp, which is four from the right; the date below (7.3.5.3)."""
    paper = built(f"{TEXT}@空行\n@空行\n@签名章 局　长\n@空行\n@签章日期 2026年7月1日\n")
    [post], [date] = styled(paper, "签名章"), styled(paper, "签章日期")
    assert post.style.paragraph_format.right_indent.pt / CHAR == pytest.approx(4 + PROFILE.chars("stamp_width") + 2)
    assert date.style.paragraph_format.right_indent.pt / CHAR == pytest.approx(4)


def test_a_single_annex_hangs_below_its_first_character() -> None:
    """Three characters behind the indent without a number, four and a half with one (7.3.4)."""
    [single] = styled(built(f"{TEXT}@附件说明 附件：名单\n"), "附件说明")
    assert single.paragraph_format.first_line_indent.pt / CHAR == pytest.approx(-3, abs=0.01)
    assert styled(built(f"{TEXT}@附件说明 附件：1. 名单\n"), "附件说明")[0].paragraph_format.first_line_indent is None


def test_an_imprint_right_below_a_table_is_read_as_one() -> None:
    """``@版记`` ends the table above it."""
    *_, table, imprint = read_draft("| 甲 1c |\n| 1 |\n@版记\n| 抄送：乙。 |\n", "稿")
    assert isinstance(table, Table)
    assert imprint == Imprint((("抄送：乙。",),))


def test_signature_lines_are_read_as_name_and_date() -> None:
    """In one line of a draft, two paragraphs of the paper."""
    assert read_draft("@落款 甲⏎2026年7月1日\n@署名 乙⏎2026年7月1日\n", "稿") == (
        Paragraph("落款", "甲"),
        Paragraph("落款日期", "2026年7月1日"),
        Paragraph("署名", "乙"),
        Paragraph("署名日期", "2026年7月1日"),
    )


def placed(pdf: Path, page: int) -> dict[str, tuple[float, float, float, float]]:
    """Return the words of a page with left, upper, right and lower edge in millimetres."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")
    words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', found)
    return {word: tuple(float(each) / 72 * 25.4 for each in edges) for *edges, word in words}


@pytest.mark.render
def test_who_has_signed_stands_aligned_on_the_page(office: Office, tmp_path: Path) -> None:
    """Names below names, the last one character from the right, the number beside them one from the left."""
    (tmp_path / "上行.docx").write_bytes(make_template("上行"))
    words = placed(office.convert(tmp_path / "上行.docx", "pdf", tmp_path / "pdf"), 1)
    first, below = words["签发人：张三立"], words["王五一"]
    number = next(place for word, place in words.items() if word.startswith("任教党发"))
    name = 16 / 72 * 25.4
    assert below[0] == pytest.approx(first[0] + 4 * CHAR / 72 * 25.4, abs=1)
    assert words["李"][1] == pytest.approx(first[1], abs=0.5)
    assert words["四"][2] == pytest.approx(28 + 156 - name, abs=1.5)
    assert number[0] == pytest.approx(28 + name, abs=1)
    assert number[1] == pytest.approx(below[1], abs=0.5)
