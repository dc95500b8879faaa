"""The page on the form of papers says of each parameter that is checked its value, clause and strength."""

import re
from pathlib import Path

from pbreports.findings import CATALOGUE
from pbreports.kinds import OF_FORMAT
from pbreports.scheme.profile import Parameter, Unit, load_profile

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/format.md").read_text(encoding="utf-8")
ROOM = ROOT / "src/pbreports/word/format"
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (ROOM / "checks").glob("*.py"))


def row(parameter: Parameter) -> str:
    """Return the line of a parameter on the page."""
    shown = parameter.shown.replace("|", "\\|")
    value = f"`{shown}`" if parameter.unit is Unit.PATTERN else shown
    return f"| {parameter.name} | {value} | {parameter.clause or '—'} | {parameter.strength.value} |"


def test_every_parameter_checked_is_on_the_page() -> None:
    """Those that the checks name stand there as the profile has them, and no others."""
    named = set(re.findall(r'"([a-z_0-9]+)"', SOURCES))
    prefixed = ("mark_font", "mark_color", "mark_top", "_font")
    made = {"letter_", "order_", "minutes_"}
    parameters = load_profile().parameters
    checked = {key for key in parameters if key in named}
    checked |= {key for key in parameters if any(key == start + end for start in made for end in prefixed)}
    checked |= {f"heading_{level}_font" for level in range(1, 5)} | {"mark_top", "mark_font", "mark_color"}
    rows = {row(parameters[key]) for key in checked}
    shown = {line for line in PAGE.splitlines() if line.startswith("|") and line.count(" | ") >= 3}
    assert {line for line in shown if not line.startswith("| 参数")} == rows


def test_every_code_of_form_is_on_the_page_of_codes() -> None:
    """Each W code below 50 stands on the page of codes with its level, name and remedy; the checks give no others."""
    page = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    lines = {f"| {one.code} | {one.severity.value} | {one.name} | {one.remedy.rstrip('。')} |" for one in OF_FORMAT}
    assert {line for line in page.splitlines() if re.match(r"\| W-[0-4]\d ", line)} == lines
    assert {code for code in CATALOGUE if code.startswith("W-") and code < "W-50"} == {one.code for one in OF_FORMAT}
    collecting = (ROOM / "collecting.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(W-[0-4]\d)"', SOURCES + collecting)) == {one.code for one in OF_FORMAT}
