"""The markup of plain texts in the place of a tag."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.tags.program import Fill
from pbreports.word.filling.text import placed, runs_of
from word.filling.markup import FANGSONG, INDENTED, here, in_paragraph, lines, read, w


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("五星级", ["五星级"]),
        ("  两端空格  ", ["  两端空格  "]),
        ("A & B <b>", ["A & B <b>"]),
        ("一\t二", ["一→二"]),
        ("一\n二\r\n三\r四", ["一↵二↵三↵四"]),
        ("一\v二", ["一↵二"]),
        ("一\a二", ["一", "二"]),
        ("一\f二", ["一", "¶", "二"]),
        ("\a", ["", ""]),
        ("𠮷野家", ["𠮷野家"]),
    ],
)
def test_a_text_is_read_back_as_it_is(text: str, shown: list[str]) -> None:
    """Signs of XML stand as signs; tabs, line ends, paragraphs and pages as what they mean."""
    assert lines(in_paragraph(runs_of(text, here(), Fill()), here())) == shown


def test_a_line_end_is_a_paragraph_where_the_tag_stands_alone() -> None:
    """Every line is a paragraph of the same look, with the font of the tag."""
    where = here(alone=True)
    body = in_paragraph(runs_of("一\n二\n三", where, Fill()), where)
    assert lines(body) == ["一", "二", "三"]
    assert len(body.findall(f"{w('p')}/{w('pPr')}/{w('ind')}")) == 3
    assert [run.find(f".//{w('rFonts')}").get(w("eastAsia")) for run in body.iter(w("r"))] == ["仿宋_GB2312"] * 3


def test_a_section_ends_once() -> None:
    """The paragraph that ends a section is not divided, so that all of its text stays in the section."""
    where = here(alone=True, paragraph="<w:pPr><w:jc w:val='left'/><w:sectPr><w:pgSz/></w:sectPr></w:pPr>")
    body = in_paragraph(runs_of("一\n二\a三", where, Fill()), where)
    assert lines(body) == ["一↵二↵三"]


def test_a_link_is_not_divided() -> None:
    """Within a link every beginning of a paragraph is a line end."""
    where = replace(here(), divisible=False)
    assert lines(in_paragraph(runs_of("一\a二\f三", where, Fill()), where)) == ["一↵二¶三"]


def test_a_change_of_properties_is_not_copied() -> None:
    """A new paragraph does not repeat the record of a change to the first one."""
    recorded = "<w:pPr><w:jc w:val='left'/><w:pPrChange w:id='1' w:author='甲'><w:pPr/></w:pPrChange></w:pPr>"
    where = here(paragraph=recorded)
    body = in_paragraph(runs_of("一\a二", where, Fill()), where)
    assert len(body.findall(f".//{w('pPrChange')}")) == 1
    assert len(body.findall(f".//{w('jc')}")) == 2


def test_an_empty_text_gives_no_run() -> None:
    """Nothing is written for nothing."""
    assert runs_of("", here(), Fill()) == ""


@pytest.mark.parametrize("text", ["一\x00二\x1b", "一二\x1b", "\ud800一二\uffff"])
def test_what_no_file_can_hold_is_left_out_with_a_notice(text: str) -> None:
    """The rest of the text stands, and one sentence says which signs are gone."""
    fill = Fill()
    assert lines(in_paragraph(runs_of(text, here(), fill), here())) == ["一二"]
    [notice] = fill.notices
    assert "一二" in notice
    assert "已略去" in notice


def test_a_notice_is_given_once() -> None:
    """The same text in two places gives one notice that names the signs in order."""
    fill = Fill()
    for _ in range(2):
        runs_of("一\x1b\x00二", here(), fill)
    assert list(fill.notices) == ["“一二”里有 Word 文件不能存放的控制符（U+0000、U+001B），已略去"]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("r", f'<w:r>{FANGSONG}<w:t xml:space="preserve">一</w:t></w:r>'),
        ("p", f'<w:p>{INDENTED}<w:r>{FANGSONG}<w:t xml:space="preserve">一</w:t></w:r></w:p>'),
        ("tc", f'<w:tc><w:p>{INDENTED}<w:r>{FANGSONG}<w:t xml:space="preserve">一</w:t></w:r></w:p></w:tc>'),
        (
            "tr",
            f'<w:tr><w:tc><w:p>{INDENTED}<w:r>{FANGSONG}<w:t xml:space="preserve">一</w:t></w:r></w:p></w:tc></w:tr>',
        ),
    ],
)
def test_a_text_takes_the_place_that_the_tag_names(scope: str, expected: str) -> None:
    """Where a tag stands for a paragraph, a cell or a row, a plain text becomes one."""
    assert placed("一", here(scope=scope), Fill()) == expected


def test_a_paragraph_of_nothing_disappears() -> None:
    """``{{p 空 }}`` leaves no paragraph, but a cell keeps the one it must have."""
    assert placed("", here(scope="p"), Fill()) == ""
    assert placed("", here(scope="tc"), Fill()) == f"<w:tc><w:p>{INDENTED}</w:p></w:tc>"


@given(text=st.text(), alone=st.booleans())
def test_any_text_gives_well_formed_runs_that_hold_it(text: str, *, alone: bool) -> None:
    """Whatever the text, its printable signs stand in the paragraphs in order."""
    where = here(alone=alone)
    body = in_paragraph(runs_of(text, where, Fill()), where)
    expected = "".join(_printed(sign, alone=alone) for sign in text.replace("\r\n", "\n"))
    assert "".join("".join(lines(body)).split()) == expected


def _printed(sign: str, *, alone: bool) -> str:
    """Return what a sign is read back as."""
    if sign in "\t\n\r\v\f":
        return {"\t": "→", "\f": "¶", "\v": "↵"}.get(sign, "" if alone else "↵")
    forbidden = sign < " " or "\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff"
    return "" if forbidden or sign.isspace() else sign


def test_markup_is_read() -> None:
    """The reader of these tests refuses what is not well-formed."""
    with pytest.raises(SyntaxError):
        read("<w:r>")
