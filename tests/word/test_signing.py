"""The arithmetic of signature and date (GB/T 9704-2012, 7.3.5), when papers are made and when they are filled."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.scheme.profile import load_profile
from pbreports.word.build import build_template
from pbreports.word.draft import read_draft
from pbreports.word.signing import sealed, unsealed, width_of
from pbreports.word.template import compile_template

PROFILE = load_profile()
CHAR = PROFILE.pt("char_pitch")
WIDTHS = st.integers(min_value=2, max_value=56).map(lambda halves: halves / 2)


@pytest.mark.parametrize(
    ("text", "width"),
    [("2026年7月1日", 6), ("2026年12月28日", 7), ("中共任城区委教育工作委员会", 13), ("2026年12月1日", 6.5)],
)
def test_a_hanzi_is_one_character_and_a_digit_half_of_one(text: str, width: float) -> None:
    """In the fonts of official papers."""
    assert width_of(text) == width


@given(WIDTHS, WIDTHS)
def test_a_sealed_date_stands_four_characters_in_and_carries_the_name(organ: float, date: float) -> None:
    """The name is centred on the date; one too long for that is flush right, and the date in its middle."""
    place = sealed(organ, date, PROFILE)
    assert place.organ + organ / 2 == pytest.approx(place.date + date / 2)
    assert place.organ >= 0
    if place.organ > 0:
        assert place.date == 4


@given(WIDTHS, WIDTHS)
def test_an_unsealed_date_begins_two_characters_behind_the_name(organ: float, date: float) -> None:
    """Whichever is the longer stands two characters from the right."""
    place = unsealed(organ, date, PROFILE)
    assert (place.organ + organ) - (place.date + date) == pytest.approx(2)
    assert (place.organ if organ >= date else place.date) == 2


def indents(data: bytes) -> list[tuple[float, float]]:
    """Return the indents at the left and right of the last two paragraphs, in characters."""
    lines = docx.Document(io.BytesIO(data)).paragraphs[-2:]
    sides = [(one.paragraph_format.left_indent, one.paragraph_format.right_indent) for one in lines]
    return [(round((left or 0) / 12700 / CHAR, 2), round((right or 0) / 12700 / CHAR, 2)) for left, right in sides]


def built(line: str) -> bytes:
    """Return a paper that ends in one line of a draft."""
    return build_template(read_draft(f"# 题名\n正文。\n@空行\n{line}\n", "稿"), PROFILE, "稿")


CASES = [
    ("@落款", "教育局", "2026年7月1日", [(14, 0), (0, 4)]),
    ("@落款", "中共任城区委教育工作委员会", "2026年12月28日", [(13, 0), (0, 4)]),
    ("@落款", "中共任城区委教育工作委员会任城区教育局任城区", "2026年7月1日", [(6, 0), (0, 8)]),
    ("@署名", "中共任城区委教育工作委员会", "2026年7月1日", [(0, 2), (0, 7)]),
    ("@署名", "教育局", "2026年12月28日", [(0, 8), (0, 2)]),
]


@pytest.mark.parametrize(("kind", "organ", "date", "expected"), CASES)
def test_a_paper_is_made_and_filled_with_the_same_places(
    kind: str, organ: str, date: str, expected: list[tuple[float, float]]
) -> None:
    """Tags are measured by what they have become: names and dates of any length stand where written ones do."""
    written = built(f"{kind} {organ}⏎{date}")
    assert indents(written) == expected
    template = compile_template(built(f"{kind} {{{{ 机关 }}}}⏎{{{{ 日 }}}}"))
    assert indents(template.render({"机关": organ, "日": date})) == expected


def test_what_staff_have_laid_out_themselves_is_not_moved() -> None:
    """Only organ and date below each other in the shipped templates' styles are."""
    document = docx.Document(io.BytesIO(built("@落款 {{ 机关 }}⏎{{ 日 }}")))
    document.paragraphs[-2].style = "Body Text"
    stream = io.BytesIO()
    document.save(stream)
    before = indents(stream.getvalue())
    assert indents(compile_template(stream.getvalue()).render({"机关": "教育局", "日": "2026年7月1日"})) == before
