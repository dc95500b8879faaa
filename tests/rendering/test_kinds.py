"""The codes of rendered pages: each has its words, its row in the documentation, and a paper that shows it."""

from __future__ import annotations

import re
from pathlib import Path

from pbreports.findings import CATALOGUE
from pbreports.kinds import OF_PAGES
from rendering.made import FAULTS, LETTER_FAULTS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/pbreports/rendering").glob("*.py"))
GIVEN = set(re.findall(r'"(W-\d\d)"', SOURCES))


def test_every_code_given_has_its_words() -> None:
    """And no words stand there for nothing."""
    assert {kind.code for kind in OF_PAGES} == GIVEN
    assert CATALOGUE.keys() >= GIVEN
    assert all(kind.remedy.endswith("。") for kind in OF_PAGES)


def test_every_code_is_on_the_page_of_codes() -> None:
    """With level, case and remedy."""
    lines = (ROOT / "docs/findings.md").read_text(encoding="utf-8").splitlines()
    told = {line for line in lines if re.match(r"\| W-(8|9)\d \|", line)}
    rows = {f"| {one.code} | {one.severity.value} | {one.name} | {one.remedy.removesuffix('。')} |" for one in OF_PAGES}
    assert told == rows


def test_every_code_has_a_paper_that_shows_it() -> None:
    """The single faults leave no check out."""
    shown = {code for faults in (FAULTS, LETTER_FAULTS) for _, codes in faults.values() for code in codes}
    assert shown == GIVEN
