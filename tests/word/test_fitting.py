"""Fitting texts into rows of exact height: what is measured, what steps down, what is left alone, what is told."""

from __future__ import annotations

import io
import random
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ooxml.audit import audit
from pbreports.errors import WorkbookError
from pbreports.ooxml.reopening import reopened
from pbreports.ooxml.write import pack, unpack
from pbreports.word.filling.markup import P, w
from pbreports.word.fitting import Fitted, FittedCell, fit
from pbreports.word.measuring.advances import advances
from pbreports.word.measuring.content import measured
from pbreports.word.measuring.looks import styles_of
from pbreports.word.styles import node
from word.approval_values import photo
from word.filling.paper import saved

if TYPE_CHECKING:
    from office import Office

BODY, STYLES = "word/document.xml", "word/styles.xml"
HAN = "某区第三中学党总支书记校长兼任教育局工作办公室副主任主持教师年级组语文研究生华南师范大学"
TEXTS = st.text(alphabet=f"{HAN}，。（）“”：、0123456789.- ", min_size=1, max_size=200)


def form(
    text: str,
    *,
    width: float = 60,
    height: float | None = 12,
    size: float = 14,
    pitch: float | None = 16,
    rows: int = 1,
    change: Any = lambda cell: None,
) -> bytes:
    """Return a document with one table of one column: rows of exact height (mm), the first of which says a text."""
    document = docx.Document()
    table = document.add_table(rows, 1, style="Table Grid")
    table.autofit = False
    table.columns[0].width = Mm(width)
    for row in table.rows:
        if height is not None:
            row._tr.get_or_add_trPr().append(
                node("w:trHeight", {"w:val": str(round(height * 56.7)), "w:hRule": "exact"})
            )
        row.cells[0].width = Mm(width)
    cell = table.rows[0].cells[0]
    for number, line in enumerate(text.split("\v")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if pitch:
            paragraph.paragraph_format.line_spacing = Pt(pitch)
        paragraph.add_run(line).font.size = Pt(size)
    change(cell)
    return pack(saved(document))


def only(fitted: Fitted) -> FittedCell:
    """Return the one cell that says something."""
    [cell] = fitted.cells
    return cell


def sizes(data: bytes) -> set[str | None]:
    """Return the font sizes of all runs of a document, in half points."""
    runs = etree.fromstring(unpack(data)[BODY]).iter(w("r"))
    return {one.get(w("val")) for run in runs for one in run.iter(w("sz"))}


def pitches(data: bytes) -> set[tuple[str | None, str | None]]:
    """Return pitch and rule of all paragraphs that have their own."""
    found = etree.fromstring(unpack(data)[BODY]).iter(w("spacing"))
    return {(one.get(w("line")), one.get(w("lineRule"))) for one in found if one.get(w("line"))}


# ---------------------------------------------------------------- what is left alone


def test_what_fits_keeps_its_bytes() -> None:
    """A form that needs nothing comes back as it was."""
    data = form("某某区第三中学")
    made = fit(data)
    assert made.data is data
    assert only(made) == FittedCell("第1行第1列", 14, 14, 1, 2, fits=True)
    assert made.notices == ()


def test_rows_without_an_exact_height_are_none_of_our_business() -> None:
    """They grow by themselves."""
    data = form("某" * 400, height=None)
    assert fit(data) == Fitted(data, ())


def test_a_document_without_tables_is_left_alone() -> None:
    """There is nothing to fit in running text."""
    data = pack(saved(docx.Document()))
    assert fit(data) == Fitted(data, ())


def test_a_part_that_is_no_xml_is_refused() -> None:
    """A damaged document is not taken for one that fits."""
    with pytest.raises(WorkbookError):
        fit(pack({**unpack(form("某")), BODY: b"<w:document"}))


# ---------------------------------------------------------------- what steps down


def test_lines_come_closer_before_the_font_gets_smaller() -> None:
    """Three lines of 14 points are too many at a pitch of 20, not at 15."""
    made = fit(form("某" * 30, pitch=20, height=17.5))
    assert only(made) == FittedCell("第1行第1列", 14, 14, 3, 3, fits=True)
    assert (sizes(made.data), pitches(made.data)) == ({"28"}, {("300", "exact")})


def test_the_font_steps_down_by_half_points_until_the_text_is_in() -> None:
    """36 characters in 12 mm take three lines of 10 points and no size above."""
    made = fit(form("某" * 36))
    cell = only(made)
    assert (cell.size, cell.lines, cell.room, cell.fits, cell.shrunk) == (10, 3, 3, True, True)
    assert (sizes(made.data), pitches(made.data)) == ({"20"}, {("220", "exact")})


def test_a_text_that_fits_at_no_size_stays_whole_and_is_told() -> None:
    """At 8 points the row grows by what is missing; the notice names cell, lines and room."""
    made = fit(form("某" * 200))
    cell = only(made)
    assert (cell.size, cell.room, cell.fits) == (8, 3, False)
    assert cell.lines > 3
    [height] = etree.fromstring(unpack(made.data)[BODY]).iter(w("trHeight"))
    assert height.get(w("hRule")) == "atLeast"
    assert int(height.get(w("val"), "0")) >= cell.lines * 9 * 20
    assert made.misfits == (cell,)
    [notice] = made.notices
    assert f"要{cell.lines}行，只有3行" in notice


def test_a_font_smaller_than_eight_points_is_not_made_larger() -> None:
    """What the template sets small stays small."""
    made = fit(form("某" * 300, size=6, pitch=7))
    assert (only(made).size, only(made).fits) == (6, False)


def test_smaller_runs_of_a_cell_keep_their_size() -> None:
    """Only what is larger than the chosen size is made smaller."""

    def small(cell: Any) -> None:
        cell.paragraphs[0].add_run("（小字）").font.size = Pt(9)

    made = fit(form("某" * 30, change=small))
    assert sizes(made.data) == {str(round(only(made).size * 2)), "18"}
    assert only(made).size > 9


def test_indents_shrink_with_the_characters() -> None:
    """A hanging line keeps its tab behind the dates at every size."""

    def hang(cell: Any) -> None:
        cell.paragraphs[0].paragraph_format.left_indent = Pt(140)
        cell.paragraphs[0].paragraph_format.first_line_indent = Pt(-140)

    made = fit(form("2005.09--2008.06\t" + "某" * 60, width=158, height=15, change=hang))
    scale = only(made).size / 14
    assert scale < 1
    [indent] = etree.fromstring(unpack(made.data)[BODY]).iter(w("ind"))
    assert int(indent.get(w("left"), "0")) == int(indent.get(w("hanging"), "0")) == round(2800 * scale)


def test_a_cell_down_several_rows_has_the_room_of_all_of_them() -> None:
    """Merged cells are measured together, and the last of their rows grows."""

    def merged(cell: Any) -> None:
        rows = cell._tc.getparent().getparent().tr_lst
        for row, kind in zip(rows, ("restart", "continue", "continue"), strict=True):
            row.tc_lst[0].get_or_add_tcPr().append(node("w:vMerge", {"w:val": kind}))

    assert not only(fit(form("某" * 78, size=12, pitch=13, height=10))).fits
    assert only(fit(form("某" * 78, size=12, pitch=13, rows=3, height=10, change=merged))).size == 12
    made = fit(form("某" * 900, rows=3, height=10, change=merged))
    rules = [one.get(w("hRule")) for one in etree.fromstring(unpack(made.data)[BODY]).iter(w("trHeight"))]
    assert rules == ["exact", "exact", "atLeast"]


def test_sizes_and_pitches_of_styles_count() -> None:
    """A template need not say in each cell what its styles say."""
    document = docx.Document()
    style = document.styles.add_style("大字", 1)
    style.font.size, style.paragraph_format.line_spacing = Pt(20), Pt(22)
    style.paragraph_format.space_after = Pt(0)
    table = document.add_table(1, 1)
    table.rows[0]._tr.get_or_add_trPr().append(node("w:trHeight", {"w:val": "460", "w:hRule": "exact"}))
    table.rows[0].cells[0].paragraphs[0].add_run("某" * 10)
    table.rows[0].cells[0].paragraphs[0].style = style
    assert only(fit(pack(saved(document)))) == FittedCell("第1行第1列", 20, 20, 1, 1, fits=True)


def test_a_table_within_a_cell_is_never_said_to_fit() -> None:
    """What is not measured is not vouched for."""
    made = fit(form("某", change=lambda cell: cell.add_table(1, 1)))
    assert not made.misfits[0].fits


@given(TEXTS)
def test_fitting_is_repeatable_and_finds_nothing_to_do_the_second_time(text: str) -> None:
    """Equal forms give equal bytes; no text is lost; what was made to fit fits."""
    data = form(text)
    made = fit(data)
    assert made == fit(data)
    again = fit(made.data)
    assert only(again).fits or not only(made).fits or not only(again).shrunk
    assert only(made).size >= 8
    texts = ["".join(etree.fromstring(unpack(one)[BODY]).itertext()) for one in (data, made.data)]
    assert texts[0] == texts[1]


@given(TEXTS, st.integers(1, 60))
def test_a_longer_text_never_gets_larger_characters(text: str, more: int) -> None:
    """More to say means smaller or the same."""
    longer = only(fit(form(f"{text}{'某' * more}")))
    assert longer.size <= only(fit(form(text))).size


def test_made_smaller_the_document_is_still_sound(tmp_path: Path) -> None:
    """What is written stands in the schema's order."""
    path = tmp_path / "表.docx"
    path.write_bytes(fit(form("某" * 36 + "\v" + "某" * 20)).data)
    assert audit(path) == []


def test_a_package_opened_anew_packs_to_the_same_bytes() -> None:
    """Parts that stay keep their packed bytes."""
    data = form("某某区")
    assert pack(reopened(data)) == data
    assert {name: part.data for name, part in reopened(data).items()} == unpack(data)


# ---------------------------------------------------------------- measuring


@pytest.mark.parametrize(
    ("sign", "least"),
    [("某", 1.0), ("，", 1.0), ("“", 1.0), ("·", 1.0), ("8", 0.636), (".", 0.5), ("W", 0.98), ("𠮷", 1.0)],
)
def test_no_sign_is_taken_for_narrower_than_fonts_make_it(sign: str, least: float) -> None:
    """The widest of the Chinese fonts and of their stand-ins counts."""
    assert max(advances(sign)) >= least


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("某" * 10, 1),
        ("某" * 11, 2),
        ("某" * 10 + "。", 2),
        ("某" * 9 + "（某）", 2),
        ("某" * 20 + "，" + "某" * 8, 3),
        ("某某某2009.03--2010.07", 2),
        ("某" * 10 + "，" + "某" * 9, 3),
        ("某" * 9 + "（" + "某" * 10, 3),
        ("\n\n", 3),
    ],
)
def test_lines_break_as_chinese_lines_do(text: str, lines: int) -> None:
    """No stop begins a line, no bracket opens at its end, no date is broken; ten characters of 10 points in 101."""
    data = form(text, size=10, pitch=11, height=30, width=(101 + 0.6 + 1 + 10.8) / 72 * 25.4)
    assert only(fit(data)).lines == lines


@pytest.mark.parametrize(("count", "lines"), [(21, 1), (22, 2)])
def test_a_tab_leads_to_where_the_other_lines_begin(count: int, lines: int) -> None:
    """The indent of a hanging paragraph is its tab stop, however short its dates are."""

    def hang(cell: Any) -> None:
        cell.paragraphs[0].paragraph_format.left_indent = Pt(140)
        cell.paragraphs[0].paragraph_format.first_line_indent = Pt(-140)

    assert only(fit(form("2005.09\t" + "某" * count, width=158, height=30, change=hang))).lines == lines


def test_a_picture_beside_a_text_that_shrinks_is_not_cut() -> None:
    """Exact lines would show no more of it than a strip."""

    def pictured(cell: Any) -> None:
        cell.add_paragraph().add_run().add_picture(io.BytesIO(photo()), Mm(10), Mm(10))

    made = fit(form("某" * 40, height=25, change=pictured))
    assert only(made).shrunk
    assert only(made).fits
    first, second, *_ = etree.fromstring(unpack(made.data)[BODY]).iter(P)
    assert b"exact" in etree.tostring(first)
    assert b'lineRule="exact"' not in etree.tostring(second)


@pytest.mark.parametrize(("spare", "over"), [(0, True), (60, False)])
def test_the_rules_between_rows_count_on_a_page(spare: int, over: bool) -> None:  # noqa: FBT001 - a case of a table
    """A page that is full to the last point of rows has no room for the rules between them."""
    room = 297 - 2 * 25.4
    data = form("某", rows=80, height=(room * 56.7 - spare * 20) / 80 / 56.7, pitch=8, size=6, change=_page)
    assert bool(fit(data).overfull) is over


def _page(cell: Any) -> None:
    """Give a document one page of A4 with an inch around, whose last paragraph takes no room."""
    body = cell._tc.getroottree().getroot().find(w("body"))
    section = body.find(w("sectPr"))
    section.find(w("pgSz")).set(w("h"), str(round(297 * 56.7)))
    for side in ("top", "bottom"):
        section.find(w("pgMar")).set(w(side), str(round(25.4 * 56.7)))


def test_a_word_longer_than_a_line_is_broken_somewhere() -> None:
    """Endless numbers and addresses take the lines that they need."""
    assert only(fit(form("8" * 100, size=10, pitch=11, height=60))).lines >= 4
    assert only(fit(form("12%师》2018……，公年第", size=9.5, pitch=10.5, width=24, height=30))).lines >= 4


def test_a_grid_of_lines_counts_where_lines_keep_to_it() -> None:
    """Lines without an exact pitch take whole steps of the section's grid; those with one do not care."""

    def grid(cell: Any) -> None:
        section = cell._tc.getroottree().getroot().find(f".//{w('sectPr')}")
        for old in section.findall(w("docGrid")):
            section.remove(old)
        section.append(node("w:docGrid", {"w:type": "lines", "w:linePitch": "500"}))

    assert ("300", "exact") not in pitches(fit(form("某", pitch=None, height=9)).data)
    assert ("300", "exact") in pitches(fit(form("某", pitch=None, height=9, change=grid)).data)
    assert ("300", "exact") not in pitches(fit(form("某", pitch=16, height=9, change=grid)).data)


def test_text_written_downwards_has_the_row_for_its_lines() -> None:
    """In a cell turned by a quarter the row's height is what a line is long."""

    def turned(cell: Any) -> None:
        cell._tc.get_or_add_tcPr().append(node("w:textDirection", {"w:val": "tbRlV"}))

    narrow = {"width": 12, "height": 60}
    assert only(fit(form("某" * 10, **narrow, change=turned))).lines == 1
    assert only(fit(form("某" * 10, **narrow))).lines == 10


def sample(rand: random.Random, length: int) -> str:
    """Return a text as forms have them: characters, punctuation, dates, words."""
    bits = [
        "2009.03",
        "2018",
        "12%",
        "A4",
        "（其间：",
        "1999.03--2001.07",
        "《",
        "》",
        "“",
        "”",
        "……",
        "——",
        "党建",
        "WTO",
    ]
    text = ""
    while len(text) < length:
        kind = rand.random()
        source: Iterable[str] = HAN if kind < 0.75 else "，、。；：（）" if kind < 0.86 else bits
        text += rand.choice(list(source))
    return text


@pytest.mark.render
def test_libreoffice_never_needs_more_lines_than_we_count(office: Office, tmp_path: Path) -> None:
    """The referee of "it fits": a hundred texts of all widths and sizes, hanging ones among them."""
    rand = random.Random(20201231)
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(15), Mm(15)
    room = 180 / 25.4 * 72
    widths = []
    for number in range(100):
        width, size = rand.uniform(60, 480), rand.choice([8, 9, 10.5, 12, 13.5, 14])
        hangs = width > 250 and rand.random() < 0.4
        paragraph = document.add_paragraph()
        look = paragraph.paragraph_format
        look.right_indent, look.line_spacing, look.space_after = Pt(room - width), Pt(size + 1), Pt(0)
        if hangs:
            look.left_indent, look.first_line_indent = Pt(9.2 * size), Pt(-9.2 * size)
        text = sample(rand, rand.randint(5, 100))
        run = paragraph.add_run(f"2005.09--2008.06\t{text}" if hangs else text)
        run.font.size = Pt(size)
        fonts = {"w:ascii": "仿宋_GB2312", "w:hAnsi": "仿宋_GB2312", "w:eastAsia": "仿宋_GB2312", "w:hint": "eastAsia"}
        run._r.get_or_add_rPr().insert(0, node("w:rFonts", fonts))
        widths.append((room, size))
        mark = document.add_paragraph(f"@@{number}")
        mark.paragraph_format.space_before, mark.paragraph_format.space_after = Pt(8), Pt(0)
    path = tmp_path / "行.docx"
    document.save(str(path))
    shown = _shown_lines(office.convert(path, "pdf", tmp_path / "pdf"), [size for _, size in widths])
    parts = unpack(path.read_bytes())
    styles = styles_of(parts[STYLES])
    paragraphs = list(etree.fromstring(parts[BODY]).iter(P))[::2]
    counted = [measured(one, styles).lines(wide, size) for one, (wide, size) in zip(paragraphs, widths, strict=True)]
    assert len(shown) == len(counted) == 100
    assert [number for number, (ours, theirs) in enumerate(zip(counted, shown, strict=True)) if theirs > ours] == []
    assert sum(counted) < 1.35 * sum(shown)


def _shown_lines(pdf: Path, sizes: list[float]) -> list[int]:
    """Return how many lines each paragraph takes on the page; marks stand between them."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, text=True, check=True)
    words = []
    for number, page in enumerate(done.stdout.split("<page ")[1:]):
        for top, bottom, text in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', page):
            words.append((number, (float(top) + float(bottom)) / 2, text))
    counts, lines = [], dict[int, list[float]]()
    for page, middle, text in sorted(words):
        if not text.startswith("@@"):
            lines.setdefault(page, []).append(middle)
            continue
        pitch = sizes[len(counts)] + 1
        counts.append(sum(round((max(each) - min(each)) / pitch) + 1 for each in lines.values()))
        lines = {}
    return counts
