"""The manual's table of functions is the language's: none missing, none invented, forty at most."""

from __future__ import annotations

import re
from pathlib import Path

from pbreports.scheme.language import AGGREGATES
from pbreports.scheme.language.bind import SPECIAL_FORMS
from pbreports.scheme.language.functions import FUNCTIONS

MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "scheme.md").read_text(encoding="utf-8")
EXISTING = {*FUNCTIONS, *SPECIAL_FORMS}
MOST_FUNCTIONS = 40


def described() -> set[str]:
    """Return the functions that the manual's table names in its first column."""
    table = MANUAL.split("| 函数 |")[1].split("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ") and "(" in line.split("|")[1]]
    return {name for cell in cells for part in _parts(cell) for name in re.findall(r"^\s*(\w+)", part)}


def _parts(cell: str) -> list[str]:
    """Return the parts of 甲 / 乙(…) / 丙(…): the names that share a row."""
    return [part for part in re.sub(r"\([^)]*\)", "", cell).split("/") if part.strip()]


def test_the_manual_names_every_function_and_no_other() -> None:
    """A function added without a word in the manual, or named there and gone, fails here."""
    assert described() == EXISTING


def test_there_are_not_too_many_functions() -> None:
    """Staff can keep a short list in mind."""
    assert len(EXISTING) <= MOST_FUNCTIONS
    assert set(AGGREGATES) <= EXISTING
