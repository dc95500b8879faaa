"""The page of codes lists every code the program and the year's rules can give, and no other."""

import re
from pathlib import Path

from pbreports.findings import CATALOGUE
from pbreports.scheme import load_scheme

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/findings.md").read_text(encoding="utf-8")


def test_every_code_of_the_program_is_on_the_page() -> None:
    """The F codes in the sources and the catalogue are those of the page."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    given = set(re.findall(r'"(F-\d\d)"', sources)) | {code for code in CATALOGUE if code.startswith("F-")}
    assert set(re.findall(r"^\| (F-\d\d) \|", PAGE, re.MULTILINE)) == given


def test_every_code_of_the_rating_is_on_the_page() -> None:
    """The P codes of the catalogue stand on the page, each with its level."""
    given = {f"| {one.code} | {one.severity.value} |" for one in CATALOGUE.values() if one.code.startswith("P-")}
    assert {line[:13].rstrip() for line in PAGE.splitlines() if line.startswith("| P-")} == given


def test_every_code_of_the_inspection_is_on_the_page() -> None:
    """The K codes of the catalogue stand on the page, each with its level and name."""
    given = {f"| {one.code} | {one.severity.value} | {one.name} |" for one in CATALOGUE.values() if one.code[0] == "K"}
    assert {line[: line.index(" |", 12) + 2] for line in PAGE.splitlines() if line.startswith("| K-")} == given


def test_every_rule_is_on_the_page() -> None:
    """Each rule of the year stands on the page with its level, scope and name; so do the codes of reading."""
    rules = load_scheme(ROOT / "inputs/2020/方案").rules
    lines = {f"| {one.code} | {one.level.value} | {one.scope.value} | {one.name} |" for one in rules.values()}
    assert {line for line in PAGE.splitlines() if line.startswith("| V-")} == lines
    assert {code for code in CATALOGUE if code.startswith("V-")} <= rules.keys()
