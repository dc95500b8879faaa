"""What the office writes down of a character is checked before anything is placed by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pbreports.errors import PbreportsError
from pbreports.strokes import read_supplements
from pbreports.values import Scalar
from strokes.casebook import NAMES, row


@pytest.mark.parametrize(
    "strokes",
    [
        "121251",
        "横竖横竖折横",
        "提竖提竖折提",
        "１２１２５１",
        "1 2 1 2 5 1",
        "1、2、1、2、5、1",
        "横-竖-横-竖-折-横",
        " 121251　",
    ],
)
def test_strokes_may_be_written_as_digits_or_in_words(strokes: str) -> None:
    """Digits of any width, words, and what people put between them."""
    (one,) = read_supplements([row("𠮷", Decimal(6), strokes)], NAMES).characters
    assert (one.character, one.strokes) == ("𠮷", "121251")


FAULTY: dict[str, tuple[Scalar, Scalar, Scalar, str]] = {
    "two characters": ("𠮷䶮", Decimal(6), "121251", "配置.xlsx → 笔画补充 → A4：“𠮷䶮”不是一个字，一行写一个字。"),
    "no character": (None, Decimal(6), "121251", "A4：“”不是一个字"),
    "no strokes": ("𠮷", Decimal(6), None, "C4：“𠮷”的笔顺写得不对，请用 1横 2竖 3撇 4点 5折 写"),
    "a stroke that is none": ("𠮷", Decimal(6), "121261", "C4：“𠮷”的笔顺写得不对"),
    "a word that is none": ("𠮷", Decimal(6), "横竖横竖钩横", "C4：“𠮷”的笔顺写得不对"),
    "another count": ("𠮷", Decimal(7), "121251", "B4：“𠮷”的笔画数是7，笔顺却有6笔，请核对"),
    "no count": ("𠮷", None, "121251", "B4：“𠮷”的笔画数是空，笔顺却有6笔"),
    "a common character miscounted": ("达", Decimal(5), "13445", "“达”在字序表里是6画，这里写了5画"),
    "common strokes miswritten": ("永", Decimal(5), "15534", "“永”与“"),
    "strokes that belong elsewhere": ("卼", Decimal(9), "513513555", "“卼”与“"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_row_that_cannot_be_right_stops_with_its_cell(case: str) -> None:
    """The sentence says the cell, what is wrong and how to mend it."""
    *cells, said = FAULTY[case]
    with pytest.raises(PbreportsError) as caught:
        read_supplements([row(*cells)], NAMES)
    assert said in str(caught.value)
    assert "配置.xlsx → 笔画补充" in str(caught.value)


def test_a_character_written_down_twice_stops() -> None:
    """Two rows for one character, even if they agree, are one too many."""
    rows = [row("𠮷", Decimal(6), "121251", 4), row("𠮷", Decimal(6), "121251", 5)]
    with pytest.raises(PbreportsError, match="C5：“𠮷”写了两次"):
        read_supplements(rows, NAMES)


def test_a_common_character_written_rightly_changes_nothing() -> None:
    """Nobody is punished for being thorough."""
    (one,) = read_supplements([row("达", Decimal(6), "134454")], NAMES).characters
    assert one.strokes == "134454"
