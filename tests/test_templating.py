"""The commands for those who edit templates: everything wrong is told at its place, copies are mended and remarked."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import RGBColor
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from ooxml.audit import audit
from pbreports.cli import app
from pbreports.pipeline.dictionary import Kind, dictionary, known_names
from pbreports.pipeline.filling import compiled
from pbreports.pipeline.linting import problems_of
from pbreports.pipeline.publishing import template_values
from pbreports.pipeline.running import figures_of_year
from pbreports.pipeline.year import Year, open_year
from pbreports.tags.check import columns_of
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year

ROOT = Path(__file__).resolve().parents[1]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallYear:
    """The small year, which no test changes."""
    return make_small_year(tmp_path_factory.mktemp("模板"))


def run(*arguments: object) -> Result:
    """Return what the program says outside any workspace."""
    return CliRunner().invoke(app, ["--as-of", "2031-12-31", *map(str, arguments)])


def in_year(small: SmallYear, *arguments: object) -> Result:
    """Return what the program says in the small year."""
    return small.run(*map(str, arguments))


def faulty_paper(folder: Path) -> Path:
    """Return a Word template with slips of every kind."""
    paper = docx.Document()
    paper.add_heading("一、情况", 1)
    paper.add_paragraph("全区｛｛ 全区次数 ｝｝次，{ { 平均次数 } }次。")
    spread = paper.add_paragraph()
    for text, red in (("｛｛全", True), ("区次数", False), ("｝｝次", True), ("，照旧", False)):
        piece = spread.add_run(text)
        piece.font.color.rgb = RGBColor(255, 0, 0) if red else None
    paper.add_paragraph("{{ 全区次书 }}{{ 全区次书 }}")
    paper.add_paragraph("{{ 全区次数|没有这个 }}")
    table = paper.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "{% for 组 in 小组名单 %}{{ 组.名称 }}{% endfor %}"
    paper.sections[0].header.paragraphs[0].text = "页眉 {{ 平均 次数 }}"
    return saved(paper, folder / "错.docx")


def saved(paper: Document, path: Path) -> Path:
    """Save a document and return where."""
    paper.save(str(path))
    return path


def faulty_book(path: Path) -> Path:
    """Return an Excel template with slips of every kind."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "一页"
    page["A1"] = "全区｛｛全区次数｝｝次"
    page["B2"] = "{{ 全区次数|没有这个 }}"
    page["C3"] = "{{ 全区次书 }}"
    page["D4"] = "平常"
    page["B2"].comment = Comment("原来的批注", "甲")
    second = book.create_sheet("二页")
    second["A1"] = "{{ 小组名单.名称 }}"
    second["B1"] = "{% if %}"
    book.save(path)
    return path


def test_a_sound_template_has_nothing_to_mend(small: SmallYear) -> None:
    """Its name is printed, and the program ends well."""
    told = in_year(small, "lint", small.root / "templates/小结.docx", "--fix", "--mark")
    assert told.exit_code == 0
    assert told.output.strip().endswith("小结.docx：没有问题")
    assert [path.name for path in (small.root / "templates").iterdir()] == ["小结.docx"]


def test_everything_wrong_with_a_paper_is_told_at_once(small: SmallYear, tmp_path: Path) -> None:
    """Each with gravity, code, place, what and how; what is unknown once."""
    told = in_year(small, "lint", faulty_paper(tmp_path))
    assert told.exit_code == 1
    lines = told.output.splitlines()
    for said in (
        "错 T-02 一、情况 → 第2段 → ",
        "提 T-04 一、情况 → 第2段 → ",
        "提 T-04 一、情况 → 第3段 → ",
        "错 T-05 一、情况 → 第5段 → “{{ 全区次数|没有这个 }}”：标签写得不对，没有“没有这个”这个写法",
        "错 T-05 页眉 → ",
    ):
        assert len([line for line in lines if said in line]) == 1, said
    assert lines[0].endswith("5个错误，2个提示")


def test_unknown_names_and_columns_are_told_in_a_workspace(small: SmallYear, tmp_path: Path) -> None:
    """At their first place, with the name that is probably meant; outside a workspace nobody can know."""
    paper = docx.Document()
    paper.add_paragraph("{{ 全区次书 }}")
    paper.add_paragraph("{{ 全区次书 }}{% for 组 in 小组名单 %}{{ 组.名称 }}{% endfor %}")
    sound = saved(paper, tmp_path / "名.docx")
    paper.add_paragraph("{{ 全区次数|没有这个 }}")
    path = saved(paper, tmp_path / "名和写法.docx")
    told = in_year(small, "lint", path)
    assert told.exit_code == 1
    assert "T-05 第3段 → " in told.output
    assert told.output.count("没有叫“全区次书”的数字、名单或参数，是不是“全区次数”") == 1
    assert "T-09 第2段 → " in told.output
    outside = run("-C", tmp_path, "lint", sound)
    assert outside.exit_code == 0
    assert "没有问题" in outside.output
    assert "名字没有核对" in outside.output


def test_a_workbook_is_looked_over_too(small: SmallYear, tmp_path: Path) -> None:
    """Places are sheets and cells."""
    told = in_year(small, "lint", faulty_book(tmp_path / "错.xlsx"))
    assert told.exit_code == 1
    for said in ("提 T-04 一页 → A1 → ", "错 T-05 一页 → B2 → ", "二页 → B1"):
        assert said in told.output


def test_the_mended_paper_says_the_same(small: SmallYear, tmp_path: Path) -> None:
    """Only the spelling is changed; runs keep their look, and the template itself is not touched."""
    path = faulty_paper(tmp_path)
    before = path.read_bytes()
    told = in_year(small, "lint", path, "--fix")
    copy = tmp_path / "错_改好.docx"
    assert f"改好的一份：{copy}（3处）" in told.output
    assert path.read_bytes() == before
    paper = docx.Document(str(copy))
    assert paper.paragraphs[1].text == "全区{{ 全区次数 }}次，{{ 平均次数 }}次。"
    assert [(piece.text, piece.font.color.rgb) for piece in paper.paragraphs[2].runs if piece.text] == [
        ("{{ 全区次数 }}", RGBColor(255, 0, 0)),
        ("次", RGBColor(255, 0, 0)),
        ("，照旧", None),
    ]
    assert set(audit(copy)) <= set(audit(path))
    again = in_year(small, "lint", copy, "--fix")
    assert "T-04" not in again.output
    assert "T-02" not in again.output
    assert not (tmp_path / "错_改好_改好.docx").exists()


def test_all_other_parts_of_a_mended_file_are_as_they_were(tmp_path: Path) -> None:
    """Byte for byte."""
    for path in (faulty_paper(tmp_path), faulty_book(tmp_path / "错.xlsx")):
        run("-C", tmp_path, "lint", path, "--fix")
        before, after = contents(path), contents(path.with_stem(f"{path.stem}_改好"))
        assert len([name for name in before if before[name] != after[name]]) == 1
        assert before.keys() == after.keys()


def contents(path: Path) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_mended_workbook_says_the_same(tmp_path: Path) -> None:
    """Cells without slips stay."""
    path = faulty_book(tmp_path / "错.xlsx")
    assert "（1处）" in run("-C", tmp_path, "lint", path, "--fix").output
    page = load_workbook(tmp_path / "错_改好.xlsx")["一页"]
    assert (page["A1"].value, page["D4"].value) == ("全区{{ 全区次数 }}次", "平常")


def test_slips_in_text_boxes_alternative_texts_and_headings_are_mended(tmp_path: Path) -> None:
    """Wherever a tag may stand."""
    paper = docx.Document()
    paragraph = paper.add_paragraph("文")
    box = OxmlElement("w:txbxContent")
    inner = OxmlElement("w:p")
    run_ = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "｛｛框内｝｝"
    run_.append(text)
    inner.append(run_)
    box.append(inner)
    paragraph._p.append(box)
    paper.sections[0].footer.paragraphs[0].text = "｛｛页脚｝｝"
    path = saved(paper, tmp_path / "框.docx")
    assert "（2处）" in run("-C", tmp_path, "lint", path, "--fix").output
    book = Workbook()
    page = book.active
    assert page is not None
    page.oddHeader.center.text = "｛｛页眉｝｝"
    book.save(tmp_path / "眉.xlsx")
    assert "（1处）" in run("-C", tmp_path, "lint", tmp_path / "眉.xlsx", "--fix").output


def test_remarks_stand_at_the_places_of_a_paper(small: SmallYear, tmp_path: Path) -> None:
    """One comment for each problem, in its paragraph; of a header in the first, with the place."""
    path = faulty_paper(tmp_path)
    told = in_year(small, "lint", path, "--mark")
    copy = tmp_path / "错_批注.docx"
    assert f"有批注的一份：{copy}" in told.output
    paper = docx.Document(str(copy))
    comments = {comment.comment_id: comment.text for comment in paper.comments}
    problems = [line for line in told.output.splitlines() if line.startswith("  ") and " T-" in line]
    assert len(comments) == len(problems)
    by_paragraph = [
        [comments[int(one.get(f"{W}id", ""))] for one in paragraph._p.iter(f"{W}commentReference")]
        for paragraph in paper.paragraphs
    ]
    assert any("T-05：标签写得不对，“次数”附近写得不对" in said and "页眉" in said for said in by_paragraph[0])
    assert {said.split("：")[0] for said in by_paragraph[1]} == {"错误 T-02", "提示 T-04"}
    assert any("没有这个" in said for said in by_paragraph[4])
    assert set(audit(copy)) <= set(audit(path))
    assert [paragraph.text for paragraph in paper.paragraphs] == [
        paragraph.text for paragraph in docx.Document(str(path)).paragraphs
    ]


def test_remarks_join_the_comments_that_are_there(tmp_path: Path) -> None:
    """A template's own comments stay, and the numbers of ours are others."""
    paper = docx.Document()
    line = paper.add_paragraph("{{ 未完")
    paper.add_comment(line.runs, text="原来的", author="甲")
    path = saved(paper, tmp_path / "注.docx")
    run("-C", tmp_path, "lint", path, "--mark")
    comments = list(docx.Document(str(tmp_path / "注_批注.docx")).comments)
    assert comments[0].text == "原来的"
    assert len({comment.comment_id for comment in comments}) == 2
    assert set(audit(tmp_path / "注_批注.docx")) <= set(audit(path))


def test_notes_stand_at_the_cells_of_a_workbook(small: SmallYear, tmp_path: Path) -> None:
    """A cell's own note stays before ours; sheets without notes get their drawing."""
    path = faulty_book(tmp_path / "错.xlsx")
    in_year(small, "lint", path, "--mark")
    copy = tmp_path / "错_批注.xlsx"
    book = load_workbook(copy)
    notes = {
        f"{page.title}!{cell.coordinate}": cell.comment.text
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.comment
    }
    assert notes["一页!B2"].startswith("原来的批注\n错误 T-05：标签写得不对")
    assert "提示 T-04" in notes["一页!A1"]
    assert "T-0" in notes["二页!B1"]
    assert set(audit(copy)) <= set(audit(path))
    shapes = [data for name, data in contents(copy).items() if name.endswith(".vml")]
    assert sum(data.count(b"<v:shape ") for data in shapes) + sum(data.count(b":shape ") for data in shapes) >= len(
        notes
    )
    for data in shapes:
        etree.parse(io.BytesIO(data))


def test_copies_never_overwrite_what_staff_have_changed(tmp_path: Path) -> None:
    """Another copy gets a number; the same one is left."""
    path = faulty_book(tmp_path / "错.xlsx")
    (tmp_path / "错_改好.xlsx").write_bytes(b"by hand")
    for _ in range(2):
        run("-C", tmp_path, "lint", path, "--fix")
    assert (tmp_path / "错_改好.xlsx").read_bytes() == b"by hand"
    assert sorted(one.name for one in tmp_path.glob("*改好*")) == ["错_改好.xlsx", "错_改好2.xlsx"]


@pytest.mark.parametrize("name", ["没有.docx", "字.txt", "坏.docx", "坏.xlsx"])
def test_what_is_no_template_is_one_sentence(tmp_path: Path, name: str) -> None:
    """Missing, of another kind, or broken."""
    if not name.startswith("没有"):
        (tmp_path / name).write_bytes(b"PK not really")
    told = run("-C", tmp_path, "lint", tmp_path / name)
    assert told.exit_code == 2
    assert name in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize("template", sorted((ROOT / "templates").glob("*.[dx]*")), ids=lambda path: path.name)
def test_the_shipped_templates_have_nothing_to_mend(template: Path) -> None:
    """Not even a notice; every name and column is one of the year's."""
    names = known_names(open_year(open_workspace(ROOT)))
    assert [str(one) for one in problems_of(compiled(template), names)] == []


def test_the_dictionary_is_printed(small: SmallYear) -> None:
    """Each name with example and unit, meaning, columns and papers; what was not reported has no example."""
    assert in_year(small, "figures").exit_code == 0
    told = in_year(small, "names")
    assert told.exit_code == 0
    for line in (
        "  全区次数\t次\t各小组相加\t用它的文书：小结",
        "  小组名单\t3行\t列：小组\t用它的文书：小结",
        "  名册小组数\t3个",
        "  年度\t2031\t方案的年度",
        "  百分比\t{{ 25.25|百分比 }}\t写成百分比，一位小数，四舍五入",
    ):
        assert line in told.output
    told.output.encode("gbk")


def test_the_dictionary_as_a_workbook_has_examples(small: SmallYear, tmp_path: Path) -> None:
    """Where there is a ledger."""
    root = tmp_path / "年度"
    shutil.copytree(small.root, root)
    year = SmallYear(root)
    assert year.run("figures").exit_code == 0
    told = year.run("names", "--workbook")
    assert told.exit_code == 0
    assert "字典已写入 outputs/2031/模板字典.xlsx" in told.output
    book = load_workbook(root / "outputs/2031/模板字典.xlsx")
    assert book.sheetnames == ["数字", "名单", "参数", "过滤器"]
    rows = {row[0]: row for row in book["参数"].iter_rows(min_row=4, values_only=True)}
    assert rows["年度"][3] == "2031"
    lists = {row[0]: row for row in book["名单"].iter_rows(min_row=4, values_only=True)}
    assert lists["小组名单"][4] == lists["小组名单.小组"][4] == "小结"
    assert lists["小组名单.小组"][3]


def test_the_dictionary_holds_what_papers_are_filled_with(collected_district: Path, tmp_path: Path) -> None:
    """Every name that a filled paper of the sample could name is in the dictionary with its columns, and no other."""
    root = tmp_path / "全区"
    shutil.copytree(collected_district, root)
    year: Year = open_year(open_workspace(root))
    values = template_values(year, figures_of_year(year, date(2020, 12, 31)))
    known = known_names(year)
    assert known.keys() == values.keys()
    lists = {name: columns_of(value) for name, value in values.items() if isinstance(value, tuple | list) and value}
    assert {name: set(columns_of(known[name])) for name in lists} == {name: set(found) for name, found in lists.items()}
    entries = dictionary(year, values)
    assert {one.name for one in entries if one.kind not in {Kind.COLUMN, Kind.ITEM, Kind.FILTER}} == values.keys()
    assert all(one.meaning for one in entries if one.kind is Kind.FIGURE)
    assert any(one.papers for one in entries)
