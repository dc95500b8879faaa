"""The resume's text is read whatever its separators, and what is written is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.cadre.career import Line, lines_of, text_of
from pbreports.values import YearMonth as Month

ONE = Line(Month(1998, 9), Month(2001, 7), "乐陵师范学校学习")

SPELLINGS = [
    "1998.09--2001.07  乐陵师范学校学习",
    "1998.09-2001.07 乐陵师范学校学习",
    "1998.09—2001.07  乐陵师范学校学习",
    "1998.09——2001.07  乐陵师范学校学习",
    "1998.09―2001.07\t乐陵师范学校学习",
    "1998.09──2001.07乐陵师范学校学习",
    "1998.09～2001.07  乐陵师范学校学习",
    "1998.09 ~ 2001.07  乐陵师范学校学习",
    "1998.09至2001.07 乐陵师范学校学习",
    "1998年9月至2001年7月　乐陵师范学校学习",
    "1998年09月--2001年07月  乐陵师范学校学习",
    "199809--200107  乐陵师范学校学习",
    "1998.9-2001.7 乐陵师范学校学习",
    "1998..09--2001..07  乐陵师范学校学习",
    "1998-09--2001-07  乐陵师范学校学习",
    "1998/09-2001/07  乐陵师范学校学习",
    "１９９８．０９－－２００１．０７　乐陵师范学校学习",
    "1998.09.01--2001.07.10  乐陵师范学校学习",
    "  1998.09--2001.07  乐陵师范学校学习  ",
    "1998.09--2001.07  乐陵师范\r\n                  学校学习",
    "1998.09--2001.07  乐陵师范                  学校学习",
    "1998.09--2001.07\n乐陵师范学校学习",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_every_spelling_of_a_span_is_read_the_same(text: str) -> None:
    """Separators, six digits, doubled dots, tabs, full width and wrapped lines give one and the same line."""
    assert lines_of(text) == (ONE,)


@pytest.mark.parametrize(
    "text",
    [
        "2016.07--         某小学校长",
        "2016.07-- 某小学校长",
        "2016.07--至今  某小学校长",
        "2016.07至今 某小学校长",
        "2016.07—今 某小学校长",
        "2016年7月至今某小学校长",
        "2016.07  某小学校长",
    ],
)
def test_a_span_that_still_runs_has_no_end(text: str) -> None:
    """Seven spaces, 至今 and nothing at all leave the end open."""
    assert lines_of(text) == (Line(Month(2016, 7), None, "某小学校长"),)


MEANWHILE = (
    Line(Month(2001, 8), Month(2010, 5), "某小学教师"),
    Line(Month(2005, 9), Month(2008, 6), "某大学（函授）学习", within=True),
)


@pytest.mark.parametrize(
    "text",
    [
        "2001.08--2010.05  某小学教师\n                  （其间：2005.09--2008.06  某大学（函授）学习）",
        "2001.08--2010.05  某小学教师（其间：2005.09--2008.06某大学（函授）学习）",
        "2001.08--2010.05  某小学教师(期间:2005.09-2008.06某大学（函授）学习)",
        "2001.08--2010.05  某小学（其间：2005.09--2008.06某大学（函授）学习）教师",
        "2001.08--2010.05  某小学教师\n其间：2005.09--2008.06  某大学（函授）学习",
        "2001.08--2010.05  某小学教师\n（2005.09--2008.06  某大学（函授）学习）",
        "2001.08--2010.05  某小学教师\n    （其间：2005.09--2008.06  某大学\n      （函授）学习）",
    ],
)
def test_what_happened_meanwhile_is_its_own_line(text: str) -> None:
    """Beneath or inside its span, in either bracket: the same two lines."""
    assert lines_of(text) == MEANWHILE


def test_several_spans_in_one_bracket_are_several_lines() -> None:
    """Spans parted by a semicolon in one bracket are one line each, also when the second is on its own row."""
    text = (
        "2001.08--2010.05  教师\n      （其间：2003.09--2004.06  甲；\n        2005.09--2008.06  乙）\n2010.05--  主任"
    )
    assert [(line.text, line.within) for line in lines_of(text)] == [
        ("教师", False),
        ("甲", True),
        ("乙", True),
        ("主任", False),
    ]


def test_a_bracket_left_open_swallows_no_later_span() -> None:
    """A missing closing bracket spoils its own line only."""
    lines = lines_of("2001.08--2010.05  教师（其间：2003.09--2004.06  甲\n2010.05--  主任")
    assert lines[-1] == Line(Month(2010, 5), None, "主任")


@pytest.mark.parametrize(
    ("text", "start", "end", "written"),
    [
        ("2005--2008  教师", None, None, "2005--2008"),
        ("2005年-2008年 教师", None, None, "2005年-2008年"),
        ("2005.13--2008.06  教师", None, Month(2008, 6), "2005.13--2008.06"),
        ("2005.09--2008  教师", Month(2005, 9), None, "2005.09--2008"),
    ],
)
def test_a_date_that_is_no_month_is_kept_as_it_was_written(
    text: str, start: Month | None, end: Month | None, written: str
) -> None:
    """A year alone or a thirteenth month is never guessed into a month."""
    assert lines_of(text) == (Line(start, end, "教师", written=written),)


def test_text_that_begins_with_a_year_continues_its_line() -> None:
    """A wrapped sentence that happens to begin with a year is no new span."""
    assert len(lines_of("2001.08--2010.05  教师，\n2008年被评为优秀教师")) == 1


def test_a_remark_after_a_blank_line_stands_alone() -> None:
    """What follows a blank line without dates is not glued to the last post."""
    assert lines_of("2016.07--  校长\n\n注：档案已审")[-1] == Line(None, None, "注：档案已审")


@pytest.mark.parametrize("text", ["", "   \n \t", "\r\n"])
def test_no_text_has_no_lines(text: str) -> None:
    """A resume filled with blanks is empty."""
    assert lines_of(text) == ()


def test_the_layout_is_the_editors_own() -> None:
    """An open end is seven spaces, so that every text begins at the same column; 其间 is indented to it."""
    rows = text_of((*MEANWHILE, Line(Month(2010, 5), None, "主任"))).split("\n")
    assert rows[0][:18] == "2001.08--2010.05  "
    assert rows[1].startswith(" " * 18 + "（其间：2005.09--2008.06  ")
    assert rows[2] == "2010.05--" + " " * 7 + "  主任"


months = st.builds(Month, st.integers(1940, 2030), st.integers(1, 12))
texts = st.text("某小学教师主任校长、，（）ab·𠮷", min_size=1, max_size=30).filter(
    lambda text: text.strip("，") == text and text.count("（") == text.count("）") and ")" not in text
)


def balanced(text: str) -> bool:
    """Tell whether brackets close only what was opened."""
    depth = 0
    for one in text:
        depth += (one == "（") - (one == "）")
        if depth < 0:
            return False
    return depth == 0


spans = st.builds(Line, months, st.none() | months, texts.filter(balanced))
followed = st.lists(st.tuples(spans, st.lists(spans, max_size=2)), min_size=1, max_size=8)


@given(followed)
def test_what_is_written_is_read_back(groups: list[tuple[Line, list[Line]]]) -> None:
    """Writing lines and reading them gives the same lines, with what happened meanwhile beneath its span."""
    lines = []
    for own, inner in groups:
        lines += [own, *(Line(one.start, one.end, one.text, within=True) for one in inner)]
    assert lines_of(text_of(lines)) == tuple(lines)


@given(st.text("12０年月.-—至今（）其间：；甲 \n\t", max_size=80))
def test_reading_never_fails_and_loses_no_words(text: str) -> None:
    """Whatever stands there is read; reading what was written of it loses nothing more."""
    lines = lines_of(text)
    assert sum(line.text.count("甲") + line.written.count("甲") for line in lines) == text.count("甲")
