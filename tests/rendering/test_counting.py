"""Lines a side and characters a line are told only from sides and lines that are surely full."""

from __future__ import annotations

import pytest

from pbreports.rendering.boxes import Box
from pbreports.rendering.counting import chars_a_line, line_start, lines_a_side
from pbreports.rendering.pages import Page, Row, _pages

AREA = Box(28, 37, 184, 262)
CHAR, PITCH = 156 / 28, 10.39
TEXT = "基层党建工作规范化建设充分发挥战斗堡垒作用全区教育系统各级党组织"


def row(at: int, count: int = 28, start: float = 0, text: str = TEXT, pitch: float = PITCH) -> Row:
    """Return a line of so many characters that begins so many characters in."""
    left, top = AREA.left + start * CHAR, 38 + at * pitch
    return Row(text[:count], Box(left, top, left + count * CHAR, top + 7.3))


def page(*rows: Row, number: int = 1, width: float = 210) -> Page:
    """Return a page of some lines."""
    return Page(number, width, 297, rows)


def full(lines: int, pitch: float = PITCH) -> Page:
    """Return a page that is full of lines."""
    return page(*(row(at, pitch=pitch) for at in range(lines)))


GOES_ON = page(row(0), row(1), row(2), row(3, 9))


@pytest.mark.parametrize("lines", [20, 21, 22, 23])
def test_a_side_that_ends_within_a_paragraph_is_counted(lines: int) -> None:
    """Three lines of the paragraph stand on the next side."""
    assert lines_a_side([full(lines, 228 / lines), GOES_ON], AREA) == lines


@pytest.mark.parametrize(
    "following",
    [
        page(row(0, 26, 2), row(1), row(2)),
        page(row(0), row(1, 9), row(2, 26, 2)),
        page(row(0), row(1)),
        page(row(0), row(1), row(2), width=400),
        page(),
    ],
    ids=["a paragraph begins", "a widow would be alone", "too little", "across", "blank"],
)
def test_a_side_that_something_was_moved_from_is_not(following: Page) -> None:
    """A heading or the last lines of a paragraph may have been taken over; nothing is said of such a side."""
    assert lines_a_side([full(21), following], AREA) is None


def test_the_last_side_is_never_counted() -> None:
    """Nobody knows what would follow."""
    assert lines_a_side([full(22)], AREA) is None


def test_a_side_with_other_things_than_lines_of_text_is_not_counted() -> None:
    """A title or a table between stands at other distances."""
    odd = page(*(row(at) for at in range(12)), row(12, pitch=PITCH * 1.03), *(row(at) for at in range(14, 22)))
    assert lines_a_side([odd, GOES_ON], AREA) is None


def test_blank_lines_count() -> None:
    """They take the room of a line."""
    gap = page(*(row(at) for at in range(22) if at != 9))
    assert lines_a_side([gap, GOES_ON], AREA) == 22


@pytest.mark.parametrize("count", [27, 28, 29])
def test_full_lines_are_counted(count: int) -> None:
    """The commonest count of lines that go on."""
    char = 156 / count
    rows = [Row(TEXT[:count], Box(28, 38 + at * PITCH, 28 + count * char, 45 + at * PITCH)) for at in range(6)]
    assert chars_a_line([page(*rows)], AREA, 28) == count


@pytest.mark.parametrize("begins", ["（一）各级党组织", "“三会一课”制度", "系，统各级党组织", "2020年各级党组织"])
def test_a_line_that_a_sign_has_shortened_is_not_counted(begins: str) -> None:
    """What may not end or begin a line has been taken to the next, and one character less stands here."""
    rows = [line for at in range(0, 8, 2) for line in (row(at, 27), row(at + 1, 9, text=begins * 3))]
    assert chars_a_line([page(*rows)], AREA, 28) is None


def test_a_sign_that_hangs_behind_a_line_is_not_counted() -> None:
    """28 characters and a comma in the margin are 28."""
    rows = [row(at, 29, text=TEXT[:28] + "，") if at % 2 else row(at) for at in range(8)]
    assert chars_a_line([page(*rows)], AREA, 28) == 28


def test_rows_of_a_table_are_no_lines() -> None:
    """Their cells are blanks apart, whatever they look like together."""
    cells = [Row(TEXT[:26], Box(40, 38 + at * PITCH, 184, 45 + at * PITCH), gap=12) for at in range(9)]
    assert chars_a_line([page(*cells)], AREA, 28) is None
    assert line_start(page(*cells), AREA, 28) is None


def test_lines_begin_where_paragraphs_go_on() -> None:
    """The first line of a paragraph is indented and does not count."""
    rows = [row(0, 26, 2), *(row(at) for at in range(1, 6)), row(6, 8), row(7, 26, 2)]
    assert line_start(page(*rows), AREA, 28) == pytest.approx(28)
    assert line_start(page(row(0, 26, 2), row(1, 9)), AREA, 28) is None


def test_words_are_rows_by_their_height() -> None:
    """Words of different blocks that stand side by side are one row; what is no XML is read as far as it goes."""
    word = '<word xMin="{}" yMin="{}" xMax="{}" yMax="{}">{}</word>'.format
    words = word(100, 50.4, 130, 70, "乙") + word(20, 50, 60, 70, "甲 ") + word(20, 80, 60, 100, "&amp;丙")
    told = f'<html xmlns="http://www.w3.org/1999/xhtml"><page width="595" height="842">{words}</page><wor'
    [found] = _pages(told.encode())
    assert [one.text for one in found.rows] == ["甲乙", "&丙"]
    assert found.rows[0].gap == pytest.approx(40 * 25.4 / 72)
    assert found.width == pytest.approx(209.9, abs=0.1)
