"""The cases of the rules on texts: what each finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from pbreports.kinds.wording import OF_WORDING
from pbreports.word.format.texts import remarks_on
from word.format.texts.written import written

CASES = [
    (code, case)
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for code, cases in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    for case in cases
]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{code}-{case['名称']}" for code, case in CASES])
def test_a_rule_finds_as_many_as_its_case_says(code: str, case: dict[str, Any]) -> None:
    """A rule remarks as often as the case says, and what it offers instead makes the text right."""
    found = [one for one in remarks_on(written(case["文"])) if one.code == code]
    assert len(found) == case["查出"], [one.found for one in found]
    if "改成" in case:
        text = found[0].paragraph.text
        for one in sorted(found, key=lambda one: -one.start):
            assert one.instead is not None
            text = text[: one.start] + one.instead + text[one.end :]
        assert text == case["改成"]


def test_every_code_has_cases_that_fail_and_that_pass() -> None:
    """No code is without an example of either kind."""
    codes = {kind.code for kind in OF_WORDING}
    assert {code for code, case in CASES if case["查出"]} == codes
    assert {code for code, case in CASES if not case["查出"]} == codes
