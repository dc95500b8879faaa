"""The annual summary: what it states, what it drops, and how its pages look."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from pbreports.ooxml.write import unpack
from pbreports.scheme.profile import load_profile
from pbreports.word.build import build_template
from pbreports.word.draft import Paragraph
from pbreports.word.read import text_of, unfilled
from pbreports.word.template import WordTemplate, compile_template
from word.filling.chart import C
from word.summary_values import GOLDEN, figures, lists, summary_values

if TYPE_CHECKING:
    from office import Office

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "年度总结.docx"
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment


@cache
def template() -> WordTemplate:
    """Return the shipped template, compiled once for all tests."""
    return compile_template(TEMPLATE)


def paper(constants: dict[str, object] | None = None, **changed: Decimal | None) -> bytes:
    """Return the summary of the invented year, some values changed."""
    return template().render(summary_values(constants, **changed), stamp=STAMP)


def body(constants: dict[str, object] | None = None, **changed: Decimal | None) -> str:
    """Return the text before the annexes."""
    return "\n".join(text_of(paper(constants, **changed))).partition("\n附件1\n")[0]


@cache
def unchanged() -> str:
    """Return the text before the annexes of the invented year as it is."""
    return body()


@pytest.mark.parametrize("name", re.findall(r"(\S+) [\d/]+ \S+", GOLDEN))
def test_the_text_states_every_figure_asked_for(name: str) -> None:
    """Changing one figure changes the text, and a figure not reported shows as a gap with its name."""
    assert body(**{name: Decimal(7919)}) != unchanged()
    assert f"【待填：{name}】" in body(**{name: None})


@pytest.mark.parametrize(
    "sentence",
    [
        "对151个党支部开展了2轮次星级评定，评出五星级党组织38个，占参评支部的25.2%",
        "创建济宁市中小学党建工作示范校11所、区级示范校5所",
        "新成立1个党总支、7个党支部",
        "指导7个涉农镇街党总支、67个党支部完成换届选举",
        "打造区级党建工作观摩点10个",
        "东门大街小学、永丰街中心小学、运河实验小学3所学校，3名党组织书记作典型发言",
        "从中青年骨干教师中新发展党员52名",
        "考察选拔任用和交流干部14人",
        "累计创建济宁市中小学党建工作示范校32所、区级示范校16所",
        "有1个党组织获得省级先进基层党组织称号",
        "全区1个品牌获评区基层党建工作创新案例",
        "“争做先锋　传承文化”等5个品牌获评市级“一校一品”党建文化品牌",
        "另有2个单位未按期报送，有关数据未计入。",
    ],
)
def test_figures_stand_with_their_measure_words(sentence: str) -> None:
    """The sentences read as a bureau writes them."""
    assert sentence in unchanged()


@pytest.mark.parametrize(
    ("zero", "gone"),
    [
        ("新成立党总支数", "个党总支、"),
        ("区级创新案例数", "创新案例"),
        ("省级先进基层党组织数", "省级先进基层党组织"),
        ("超期未换届数", "届满未换届"),
        ("三会一课未达标支部数", "组织生活质量还不平衡"),
        ("重点工作项目数", "围绕中心推动落实"),
        ("校外机构摸排数", "校外培训机构"),
        ("选拔任用交流干部数", "女干部占"),
    ],
)
def test_clauses_about_nothing_are_dropped(zero: str, gone: str) -> None:
    """A zero takes its clause or its paragraph with it."""
    shorter = body(**{zero: Decimal(0)}).replace("7个涉农镇街党总支、", "")
    assert gone in unchanged().replace("7个涉农镇街党总支、", "")
    assert gone not in shorter


def test_a_year_of_zeros_still_reads() -> None:
    """When everything but the members is nought no zero is printed and no clause hangs on its punctuation."""
    kept = {"全区党支部数", "全区党员总数", "在职教师党员数"}
    nought = dict.fromkeys(
        figures().keys() - kept - {n for n in figures() if n.endswith(("党员占比", "工比例"))}, Decimal(0)
    )
    text = body(**nought)
    assert not re.search(r"(?<![\d.])0(?![\d.])|0\.0", text)
    assert not re.search(r"[，、；：][，、；：。]|。。|[，、；：]\n", text)


@pytest.mark.parametrize(("year", "system"), [(2020, "保证监督"), (2022, "推进建立中小学校党组织领导的校长负责制")])
def test_the_role_of_party_organisations_is_worded_by_the_year(year: int, system: str) -> None:
    """Until 2021 schools were led by principals; since then the party organisation leads."""
    assert system in body({"年度": year})


def test_the_summary_has_a_summarys_length() -> None:
    """Between four and six thousand characters, annexes aside."""
    assert 4000 <= len(unchanged().replace("\n", "")) <= 6000


def test_only_people_can_fill_what_is_left_open() -> None:
    """The list of gaps names the paragraphs left to people, each under its heading, and nothing else."""
    assert [gap.partition("：")[0] for gap in unfilled(paper())] == [
        "（二）抓书记强责任，引领作用更加突出",
        "四、存在的问题",
        "五、下步打算",
        "五、下步打算",
    ]


def test_annexes_hold_every_row() -> None:
    """Each list is printed whole; an empty one says so."""
    text = "\n".join(text_of(paper())).partition("\n附件1\n")[2]
    for row in lists()["五星级党组织名单"].rows:
        assert str(row["党组织全称"]) in text
    empty = summary_values() | {"五星级党组织名单": ()}
    assert "无" in text_of(template().render(empty, stamp=STAMP))


@pytest.fixture(scope="module")
def sample() -> etree._Element:
    """Return the template's sample chart."""
    return chart_of(TEMPLATE.read_bytes())


def chart_of(document: bytes) -> etree._Element:
    """Return the one chart of a document."""
    [chart] = (data for name, data in unpack(document).items() if name.startswith("word/charts/chart"))
    return etree.fromstring(chart)


def stars(**changed: object) -> bytes:
    """Return the summary with the columns of the list of stars changed."""
    rows = tuple({**row, **changed} for row in lists()["星级分布"].rows)
    return template().render(summary_values() | {"星级分布": rows}, stamp=STAMP)


def test_the_chart_shows_the_list_of_stars() -> None:
    """Categories and numbers that Word shows are the list's, and so are those in the workbook behind the chart."""
    rows = lists()["星级分布"].rows
    made = paper()
    series = {
        one.findtext(f"{C}tx//{C}v"): (texts(one, "cat"), texts(one, "val")) for one in chart_of(made).iter(f"{C}ser")
    }
    names = [str(row["星级"]) for row in rows]
    assert series == {year: (names, [str(row[year]) for row in rows]) for year in ("本年", "上年")}
    [behind] = (data for name, data in unpack(made).items() if name.startswith("word/embeddings/"))
    cells = [list(row) for row in openpyxl.load_workbook(io.BytesIO(behind)).active.values]
    assert cells == [["星级", "本年", "上年"], *([row["星级"], row["本年"], row["上年"]] for row in rows)]


def texts(series: etree._Element, part: str) -> list[str]:
    """Return what a series has cached of its categories or values."""
    return [one.text for one in series.iterfind(f"{C}{part}//{C}v")]


def test_the_chart_keeps_the_look_of_the_sample(sample: etree._Element) -> None:
    """Everything but the data is as in the template."""
    filled = chart_of(paper())
    for chart in (sample, filled):
        for data in [*chart.iter(f"{C}tx", f"{C}cat", f"{C}val")]:
            if data.getparent().tag == f"{C}ser":
                data.getparent().remove(data)
    assert etree.tostring(filled, method="c14n") == etree.tostring(sample, method="c14n")


def test_the_chart_tells_its_list_and_has_its_caption_below() -> None:
    """The alternative text names the list; the caption is the next paragraph, in the first annex."""
    document = docx.Document(io.BytesIO(paper()))
    [place] = (at for at, one in enumerate(document.paragraphs) if one._p.xpath(".//w:drawing"))
    drawing, caption, after = document.paragraphs[place : place + 3]
    assert drawing._p.xpath(".//wp:docPr/@descr") == ["星级分布"]
    assert (drawing.style.name, caption.style.name) == ("图表", "图注")
    assert caption.text == "图1　2020年党组织星级分布"
    assert after.text == "附件2"


def test_a_year_not_known_is_a_gap_in_the_chart() -> None:
    """Where last year's stars are not known nothing is drawn, not even a nought."""
    _, before = chart_of(stars(上年=None)).iter(f"{C}ser")
    assert texts(before, "val") == []
    assert len(texts(before, "cat")) == 5


def test_without_stars_there_is_no_chart_and_no_caption() -> None:
    """In a year without results the paper shows neither an empty chart nor the sample."""
    made = template().render(summary_values() | {"星级分布": ()}, stamp=STAMP)
    document = docx.Document(io.BytesIO(made))
    assert not document.element.xpath(".//w:drawing")
    assert not any(one.text.startswith("图1") for one in document.paragraphs)


def test_the_invented_values_have_the_lists_that_the_template_uses() -> None:
    """The test data keep step with the template: no name is missing, no column either."""
    assert {use.name for _, use in template().names()} <= set(summary_values())
    for _, use in template().names():
        assert not use.column or use.column in lists()[use.name].rows[0]


def test_template_and_paper_are_sound_packages(tmp_path: Path) -> None:
    """An independent validator finds no error in either."""
    (tmp_path / "总结.docx").write_bytes(paper())
    for path in (TEMPLATE, tmp_path / "总结.docx"):
        assert OpenXmlValidator().validate(path).errors == []


@pytest.mark.render
def test_a_full_page_has_22_lines_of_28_characters(office: Office, tmp_path: Path) -> None:
    """Measured on the rendered page (GB/T 9704-2012, 5.2.3), in both conventions for margins."""
    for convention in ("measured", "literal"):
        source = tmp_path / f"{convention}.docx"
        source.write_bytes(build_template([Paragraph("空行", "党" * 28 * 22 * 2)], load_profile(convention), "试"))
        lines = page_lines(office.convert(source, "pdf", tmp_path / "pdf"), 1)
        assert [len(line) for line in lines if set(line) == {"党"}] == [28] * 22


@pytest.mark.render
def test_page_numbers_stand_on_every_page(office: Office, tmp_path: Path) -> None:
    """Each page ends with its number between dashes, odd ones right, even ones left; annexes are numbered on."""
    source = tmp_path / "总结.docx"
    source.write_bytes(paper())
    pdf = office.convert(source, "pdf", tmp_path / "pdf")
    for page in (1, 2, 12):
        assert page_lines(pdf, page)[-1] == f"—{page}—"


@pytest.mark.render
def test_no_sign_is_lost_on_the_page(office: Office, tmp_path: Path) -> None:
    """What stands in the file stands on the pages, the punctuation at the ends of lines too."""
    source = tmp_path / "总结.docx"
    source.write_bytes(paper())
    pdf = office.convert(source, "pdf", tmp_path / "pdf")
    shown = "".join(line for page in range(1, 11) for line in page_lines(pdf, page) if line != f"—{page}—")
    for text in unchanged().split("\n"):
        assert re.sub(r"\s", "", text) in shown


def page_lines(pdf: Path, page: int) -> list[str]:
    """Return the lines of one page without blanks."""
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")
    return [line for each in text.replace("\f", "").splitlines() if (line := re.sub(r"\s", "", each))]
