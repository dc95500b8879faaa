"""Every code that reading gives says what its cases say, with the level that the year's rules give it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbreports.scheme.model import Scope
from rules.casebook import of_scope, year_of_rules
from rules.readings import ReadingCase, School, all_reading_cases
from rules.test_rule_cases import SCHEME

CASES = all_reading_cases()


@pytest.fixture(scope="session")
def school() -> School:
    """Return the school whose workbook the cases change."""
    return School(year_of_rules(SCHEME).scheme)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reading_finds_what_its_case_says(school: School, case: ReadingCase, tmp_path: Path) -> None:
    """The findings of the case's code are as many as stated, with the stated words, gravity and place."""
    found = school.findings(case, tmp_path)
    said = [finding.message for finding in found]
    assert len(found) == case.hits, said
    for finding in found:
        assert finding.message == case.given["消息"]
        assert finding.severity.value == case.given.get("级别", finding.severity.value)
        assert not {"{", "}"} & set(finding.message + finding.remedy)
        if "单元格" in case.given:
            assert (finding.where.sheet, finding.where.cell) == school.address(case.given["单元格"])


def test_every_reading_rule_has_cases(school: School) -> None:
    """Each code of scope 读取 has a case that it passes and one that breaks it."""
    codes = of_scope(school.scheme.rules.values(), Scope.READING)
    assert {case.code for case in CASES if case.hits} == codes
    assert {case.code for case in CASES if not case.hits} == codes
