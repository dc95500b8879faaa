"""Pages read as points: ink, rules and red told from drawings written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.rendering.boxes import Box
from pbreports.rendering.raster import DPI, inks, reds

MM = 25.4 / DPI
WIDTH, HEIGHT = 900, 60


def gray(*strokes: tuple[int, int, int, int]) -> bytes:
    """Return a PGM page with black rectangles: left, top, right, bottom in points, the last two not included."""
    rows = [bytearray(b"\xff" * WIDTH) for _ in range(HEIGHT)]
    for left, top, right, bottom in strokes:
        for row in rows[top:bottom]:
            row[left:right] = bytes(right - left)
    return b"P5\n%d %d\n255\n" % (WIDTH, HEIGHT) + b"".join(rows)


def close(box: Box | None, *points: float) -> bool:
    """Whether a box is that of so many points."""
    edges = (box.left, box.top, box.right, box.bottom) if box else ()
    return [edge / MM for edge in edges] == pytest.approx(points)


def test_the_box_of_the_ink_is_found() -> None:
    """Of a whole page, of a part of it, of a blank part."""
    [page] = inks(gray((10, 5, 20, 8), (100, 30, 140, 31)))
    assert close(page.whole(), 10, 5, 140, 31)
    assert close(page.extent(Box(0, 0, 50 * MM, 60 * MM)), 10, 5, 20, 8)
    assert page.extent(Box(200 * MM, 0, 300 * MM, 60 * MM)) is None


def test_parts_can_be_wiped() -> None:
    """The page number does not count to the ink of the text."""
    [page] = inks(gray((10, 5, 20, 8), (100, 30, 140, 31)))
    assert close(page.without([Box(0, 29 * MM, 1, 33 * MM)]).whole(), 10, 5, 20, 8)


def test_rules_are_found_with_their_thickness() -> None:
    """A long unbroken row of ink, as high as it is thick; short strokes and dotted rows are none."""
    dotted = [(at, 50, at + 5, 51) for at in range(0, 880, 10)]
    [page] = inks(gray((50, 10, 850, 13), (50, 20, 850, 21), (50, 30, 300, 31), *dotted))
    found = list(page.rules(100))
    assert close(found[0], 50, 10, 850, 13)
    assert close(found[1], 50, 20, 850, 21)
    assert len(found) == 2


def test_a_rule_at_the_very_end_of_the_page_is_found() -> None:
    """The last row counts as well."""
    [page] = inks(gray((0, HEIGHT - 2, WIDTH, HEIGHT)))
    assert close(next(page.rules(100)), 0, HEIGHT - 2, WIDTH, HEIGHT)


def test_red_is_told_from_black_gray_and_other_colours() -> None:
    """Only what has much red and little of the others."""
    colours = [(255, 0, 0), (0, 0, 0), (150, 150, 150), (255, 200, 200), (0, 0, 255), (200, 30, 30), (255, 255, 255)]
    data = b"P6 7 1 255\n" + b"".join(bytes(colour) for colour in colours)
    [page] = reds(data)
    assert page.points == bytes([1, 0, 0, 0, 0, 1, 0])


def test_several_pages_follow_each_other_and_a_broken_one_is_left_out() -> None:
    """A program that was ended in the middle of a page has not drawn it."""
    assert len(list(inks(gray() + gray((1, 1, 2, 2))))) == 2
    assert len(list(inks(gray() + gray()[:-1]))) == 1
    assert list(inks(b"")) == []
    assert list(inks(b"P6 1 1 255\n\x00\x00\x00")) == []


@given(st.binary(max_size=300))
def test_anything_else_is_no_page(data: bytes) -> None:
    """Whatever a program prints nothing falls over it."""
    for page in (*inks(data), *reds(data)):
        assert len(page.points) == page.width * page.height
