"""The appointment form: its two pages, what is merged, what stays empty, and that no office program cuts anything off."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from ooxml.audit import audit
from pbreports.ooxml.write import pack, unpack
from pbreports.word.__main__ import main
from pbreports.word.approval import APPROVAL_FORM, build_approval_form
from pbreports.word.filling.markup import TBL, TC, TR, P, own_text, w
from pbreports.word.fitting import Fitted, fit
from pbreports.word.template import WordTemplate, compile_template
from word.approval_values import form_values, photo, relatives, resume

if TYPE_CHECKING:
    from office import Office

TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "考察" / f"{APPROVAL_FORM}.docx"
BODY = "word/document.xml"
MM = 72 / 25.4
EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


@cache
def template() -> WordTemplate:
    """Return the shipped template, compiled."""
    return compile_template(TEMPLATE)


def form(**changed: object) -> Fitted:
    """Return an invented candidate's form, made to fit."""
    return fit(template().render(form_values(**changed)))


def tables(data: bytes) -> list[etree._Element]:
    """Return the tables of a form."""
    return list(etree.fromstring(unpack(data)[BODY]).iter(TBL))


def height(table: etree._Element) -> float:
    """Return the height of all rows of a table in millimetres."""
    heights = (row.find(f"{w('trPr')}/{w('trHeight')}") for row in table.iter(TR))
    return sum(float(one.get(w("val"), "0")) for one in heights if one is not None) / 20 / MM


def said(element: etree._Element) -> str:
    """Return what a cell says, a paragraph a line."""
    return "\n".join(own_text(paragraph) for paragraph in element.iter(P))


def merge(cell: etree._Element) -> str:
    """Return how a cell is merged with those above and below."""
    found = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return "" if found is None else found.get(w("val"), "continue")


def cells_saying(data: bytes, text: str) -> list[etree._Element]:
    """Return the cells that say a text."""
    return [cell for table in tables(data) for cell in table.iter(TC) if said(cell) == text]


def row_of(data: bytes, text: str) -> list[etree._Element]:
    """Return the cells of the row in which a cell says a text."""
    row = cells_saying(data, text)[0].getparent()
    assert row is not None
    return list(row.iter(TC))


# ---------------------------------------------------------------- the template


def test_the_shipped_template_is_what_its_script_makes(tmp_path: Path) -> None:
    """Whoever makes it anew gets the file that is shipped, byte for byte."""
    target = tmp_path / "表.docx"
    assert main([APPROVAL_FORM, str(target)]) == 0
    assert unpack(target.read_bytes()) == unpack(TEMPLATE.read_bytes())
    assert build_approval_form() == target.read_bytes()


def test_the_template_has_no_problem_and_uses_only_known_names() -> None:
    """A tag that cannot be read or a name that no value has would stop every form."""
    assert template().problems == ()
    assert template().unknown(form_values()) == ()
    assert {use.name for _, use in template().names()} == set(form_values())


@pytest.mark.parametrize(
    "changed", [{}, {"照片": photo(), "家庭成员": relatives(10)}, {"全日制学位": "", "在职学历": "", "简历行": []}]
)
def test_forms_are_sound_documents(changed: dict[str, object], tmp_path: Path) -> None:
    """The validator finds nothing in a form, filled and made to fit."""
    path = tmp_path / "表.docx"
    path.write_bytes(form(**changed).data)
    assert audit(path) == []


# ---------------------------------------------------------------- what is filled in


def test_every_value_stands_in_the_form() -> None:
    """Nothing that the values say is left out."""
    values = form_values(全日制学位院校专业="中山大学中文系", 在职学位="教育硕士", 在职学位院校专业="北京师范大学")
    text = "\n".join(said(table) for table in tables(form(**values).data))
    for name, value in values.items():
        if isinstance(value, str) and name != "填表人":
            assert value in text, name
    for row in (*resume(12, 3), *relatives(7)):
        assert all(part in text for part in row.values() if isinstance(part, str))


def test_a_birth_month_has_its_age_below() -> None:
    """The month and the age stand in two lines of one cell."""
    assert cells_saying(form().data, "1978.05\n（42岁）")


def test_the_day_by_which_ages_count_is_printed() -> None:
    """Whoever reads an age knows of which day it is."""
    paragraphs = [own_text(one) for one in etree.fromstring(unpack(form().data)[BODY]).iter(P)]
    assert "填表人：李强\t年龄计算至2020年12月31日" in paragraphs


def test_a_resume_hangs_from_a_tab_and_studies_meanwhile_are_indented() -> None:
    """No line is filled up with blanks; what happened meanwhile stands in brackets below the text."""
    [cell] = [cell for table in tables(form().data) for cell in table.iter(TC) if "其间" in said(cell)]
    first, meanwhile, *_ = said(cell).split("\n")
    assert first == "1990.09--1991.08\t某某区第1中学教师、年级组长"
    assert meanwhile == "（其间：1999.03--2001.07　华南师范大学教育管理专业在职研究生班学习）"
    assert len(said(cell).split("\n")) == 12


@pytest.mark.parametrize(
    ("degree", "school", "merged"),
    [
        ("", "", {"研究生": True, "中山大学": True}),
        ("教育硕士", "", {"研究生": False, "中山大学": True}),
        ("教育硕士", "北京师范大学", {"研究生": False, "中山大学": False}),
    ],
)
def test_cells_of_what_is_blank_go_to_what_stands_above(degree: str, school: str, merged: dict[str, bool]) -> None:
    """Without a degree 学历 takes both rows, without a school of its own the school of the 学历 does; heights stay."""
    made = form(在职学历院校专业="中山大学", 在职学位=degree, 在职学位院校专业=school).data
    for text, is_merged in merged.items():
        [cell] = cells_saying(made, text)
        assert (merge(cell) == "restart") is is_merged, text
    assert bool(degree) == bool(cells_saying(made, "教育硕士"))
    assert height(tables(made)[0]) == pytest.approx(height(tables(form().data)[0]))


def test_a_school_without_a_degree_is_still_printed() -> None:
    """A slip of the roster is seen on the form, not hidden by it."""
    made = form(在职学位="", 在职学位院校专业="北京师范大学").data
    assert cells_saying(made, "中山大学教育学院教育经济与管理专业\n北京师范大学")


@pytest.mark.parametrize(("count", "rows"), [(0, 7), (3, 7), (7, 7), (8, 10), (10, 10), (12, 12)])
def test_relatives_have_rows_and_none_is_lost(count: int, rows: int) -> None:
    """Up to seven take seven rows, up to ten take lower rows in the same room; more of them are all there, and told."""
    made = form(家庭成员=relatives(count))
    second = tables(made.data)[1]
    body = [row for row in second.iter(TR) if [merge(cell) for cell in row.iter(TC)][:1] == ["continue"]]
    assert len(body) == rows
    for row in relatives(count):
        assert str(row["成员姓名"]) in said(second)
    same = height(second) == pytest.approx(height(tables(form().data)[1]), abs=0.2)
    assert same is (rows <= 10)
    assert [sheet.number for sheet in made.overfull] == ([] if same else [2])
    assert any("第2页放不下" in notice for notice in made.notices) is not same


def test_of_the_dead_no_age_is_printed() -> None:
    """A blank age stays blank."""
    assert said(row_of(form().data, "父亲")[3]) == ""


@pytest.mark.parametrize("missing", [None, ""])
def test_without_a_photograph_the_cell_stays_empty(missing: object) -> None:
    """Neither the sample picture nor a tag is left."""
    made = unpack(form(照片=missing).data)
    assert b"drawing>" not in made[BODY]
    assert b"{{" not in made[BODY]


@pytest.mark.parametrize("size", [(376, 460), (400, 500), (300, 600), (800, 300)])
def test_a_photograph_fits_its_frame_and_keeps_its_proportions(size: tuple[int, int]) -> None:
    """It is as large as 33 by 45 millimetres allow, whatever its shape."""
    [extent] = etree.fromstring(unpack(form(照片=photo(*size)).data)[BODY]).iter(EXTENT)
    wide, high = (int(extent.get(side, "0")) / 36_000 for side in ("cx", "cy"))
    assert wide <= 33.01
    assert high <= 45.01
    assert max(wide / 33, high / 45) == pytest.approx(1, abs=0.001)
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_photograph_has_no_white_at_its_sides() -> None:
    """Unless told LibreOffice adds 3 mm at each side, and pushes the photograph over the edge of its cell."""
    frames = etree.fromstring(unpack(form(照片=photo()).data)[BODY]).iter(EXTENT.replace("extent", "inline"))
    assert [{frame.get(f"dist{side}") for side in "TBLR"} for frame in frames] == [{"0"}]


# ---------------------------------------------------------------- what is told


def test_a_form_of_usual_texts_says_nothing() -> None:
    """Notices are for what staff should do something about."""
    made = form(简历行=resume(8))
    assert made.notices == ()
    assert {cell.size for cell in made.cells if cell.label == "简历"} == {14.0}


def test_cells_are_called_as_the_form_calls_them() -> None:
    """Staff find the cell that is meant; a cell of a list has its row's number."""
    labels = [cell.label for cell in form(照片=photo()).cells]
    assert {"姓名", "出生年月（岁）", "毕业院校系及专业", "现任职务", "简历", "奖惩情况", "呈报单位", "图片"} <= set(
        labels
    )
    assert {"称谓第1行", "工作单位及职务第7行"} <= set(labels)


def test_a_resume_for_which_there_is_no_room_is_told_and_kept_whole() -> None:
    """The row grows instead of cutting lines off, the notice says how many lines too many there are."""
    made = form(简历行=resume(40, 20))
    [misfit] = made.misfits
    assert (misfit.label, misfit.size, misfit.fits) == ("简历", 8.0, False)
    assert misfit.lines > misfit.room
    first = tables(made.data)[0]
    rules = [one.get(w("hRule")) for one in first.iter(w("trHeight"))]
    assert rules[-1] == "atLeast"
    assert set(rules[:-1]) == {"exact"}
    assert any("简历" in notice and "放不下" in notice for notice in made.notices)
    assert [sheet.number for sheet in made.overfull] == [1]


# ---------------------------------------------------------------- pages

CASES: dict[str, dict[str, object]] = {
    "五行": {"简历行": resume(5)},
    "十二行": {"简历行": resume(12, 4), "照片": photo()},
    "二十五行": {
        "简历行": resume(25, 8),
        "照片": photo(300, 500),
        "现任职务": "某某区第三中学党总支书记、校长，兼任某某区教师发展中心主任、区中小学校党建工作指导委员会办公室副主任，区第三届政协常务委员",
        "全日制学位院校专业": "中山大学",
        "奖惩情况": "2018年09月，经某某市人民政府批准，授予“优秀教师”称号。" * 8,
    },
    "十人": {
        "家庭成员": relatives(10),
        "姓名": "阿卜杜拉·买买提明",
        "籍贯": "新疆乌鲁木齐",
        "入党时间": "2001.07；民盟",
    },
    "空表": dict.fromkeys(form_values(), "") | {"简历行": [], "家庭成员": [], "计算年龄日期": ""},
}


def unbound(data: bytes) -> bytes:
    """Return a form whose rows grow with their texts: where nothing is cut off it looks the same."""
    parts = dict(unpack(data))
    parts[BODY] = parts[BODY].replace(b'w:hRule="exact"', b'w:hRule="atLeast"')
    return pack(parts)


def placed_words(pdf: Path) -> list[list[str]]:
    """Return the words of each page with their places."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("<page ")[1:]
    return [re.findall(r"<word .*?</word>", page) for page in pages]


def plain_text(words: list[str]) -> str:
    """Return what a page says, in the order of its signs, for counting them."""
    return "".join(sorted("".join(re.sub(r"<.*?>", "", word) for word in words).replace("&amp;", "&")))


def texts_of(table: etree._Element) -> str:
    """Return the signs of a table without blanks, in order."""
    return "".join(sorted("".join("".join(text.text or "" for text in table.iter(w("t"))).split())))


@pytest.fixture(scope="module")
def rendered(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Return the pages of all cases, as they are and with rows that may grow."""
    folder = tmp_path_factory.mktemp("forms")
    sources = [path for name, changed in CASES.items() for path in _written(name, form(**changed).data, folder)]
    made = iter(office.convert_all(sources, "pdf", folder / "pdf"))
    return {name: (next(made), next(made)) for name in CASES}


def _written(name: str, data: bytes, folder: Path) -> Iterator[Path]:
    for kind, contents in (("", data), ("-放开", unbound(data))):
        path = folder / f"{name}{kind}.docx"
        path.write_bytes(contents)
        yield path


@pytest.mark.render
@pytest.mark.parametrize("name", CASES)
def test_forms_have_two_pages_with_everything_on_its_page(name: str, rendered: dict[str, tuple[Path, Path]]) -> None:
    """Each page says every sign of its table: LibreOffice leaves lines out that are cut off."""
    data = form(**CASES[name]).data
    pages = placed_words(rendered[name][0])
    assert len(pages) == 2
    for page, table in zip(pages, tables(data), strict=True):
        shown, wanted = plain_text(page), texts_of(table)
        assert all(shown.count(sign) >= wanted.count(sign) for sign in set(wanted))


@pytest.mark.render
@pytest.mark.parametrize("name", CASES)
def test_nothing_is_cut_off(name: str, rendered: dict[str, tuple[Path, Path]]) -> None:
    """Rows that may grow do not: every word stands where it stood, so no line was cut off, not even half of it."""
    exact, free = rendered[name]
    assert placed_words(exact) == placed_words(free)


@pytest.mark.render
def test_without_fitting_lines_are_cut_off(office: Office, tmp_path: Path) -> None:
    """The way we look for cut lines finds them where they are."""
    raw = template().render(form_values(**CASES["二十五行"]))
    exact, free = office.convert_all(list(_written("原样", raw, tmp_path)), "pdf", tmp_path / "pdf")
    assert placed_words(exact) != placed_words(free)
    assert plain_text(placed_words(exact)[0]).count("某") < texts_of(tables(raw)[0]).count("某")
