"""The page about the self-check lists every rule that a workbook leaves to the bureau, and why."""

import re
from pathlib import Path

from pbreports.excel.selfcheck import coverage
from pbreports.scheme import load_scheme

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/selfcheck.md").read_text(encoding="utf-8")


def test_every_rule_left_to_the_bureau_is_on_the_page() -> None:
    """Each rule that is not compiled, or not wholly, stands on the page with its name and the reason; no other does."""
    scheme = load_scheme(ROOT / "inputs/2020/方案")
    left = {code: reason for code, reason in coverage(scheme).items() if reason}
    lines = {f"| {code} | {scheme.rules[code].name} | {reason} |" for code, reason in left.items()}
    assert {line for line in PAGE.splitlines() if line.startswith("| V-")} == lines


def test_the_page_counts_the_rules_rightly() -> None:
    """The page says how many rules there are, how many the workbook checks, and how many it leaves: at most 30 in 100."""
    reasons = coverage(load_scheme(ROOT / "inputs/2020/方案")).values()
    found = re.search(r"共(\d+)条规则，(\d+)条由报送簿自己检查，(\d+)条", PAGE)
    assert found
    compiled = sum(not reason for reason in reasons)
    assert [int(one) for one in found.groups()] == [len(reasons), compiled, len(reasons) - compiled]
    assert compiled >= 0.7 * len(reasons)
