"""Every rule of the year does what its cases say: holds where it must hold, breaks where it must break."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbreports.scheme.model import Scope
from rules.casebook import Case, RulesOfYear, all_cases, of_scope, year_of_rules

SCHEME = Path(__file__).parents[2] / "inputs" / "2020" / "方案"
CODES = 174
CASES = all_cases()


@pytest.fixture(scope="session")
def rules() -> RulesOfYear:
    """Return the rules of the shipped year."""
    return year_of_rules(SCHEME)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_finds_what_its_case_says(rules: RulesOfYear, case: Case) -> None:
    """The findings of the case's code are as many as stated, with the stated words, gravity and place."""
    found = rules.run(case)
    said = [finding.message for finding in found]
    assert len(found) == case.hits, said
    assert not case.hits or case.messages, "a case that breaks a rule states the whole message"
    assert said == list(case.messages)
    for finding in found:
        assert case.level in ("", finding.severity.value)
        assert case.cell in ("", finding.where.cell, f"{finding.where.sheet}.{finding.where.cell}")
        assert not {"{", "}"} & set(finding.message + finding.remedy)


def test_the_cases_name_known_rules(rules: RulesOfYear) -> None:
    """A case of a code that the scheme does not have tests nothing."""
    assert {case.code for case in CASES} <= set(rules.scheme.rules)


def test_the_year_has_all_its_rules(rules: RulesOfYear) -> None:
    """The year has the 143 rules of its regulations, six on its papers, two on how values were typed, 22 on cadres."""
    assert len(rules.scheme.rules) == CODES


def test_every_meaning_of_a_rule_has_cases(rules: RulesOfYear) -> None:
    """Each clause is broken by one case at least, and applies and holds in one that finds nothing."""
    wanting = [
        f"{code} 第{number + 1}项：{lack}"
        for code in rules.scheme.rules
        if code not in of_scope(rules.scheme.rules.values(), Scope.READING)
        for number in range(len(rules.clauses(code)))
        for lack in lacks(rules, code, number)
    ]
    assert wanting == []


def lacks(rules: RulesOfYear, code: str, clause: int) -> list[str]:
    """Return which kinds of cases a clause of a rule lacks."""
    cases = [case for case in CASES if case.code == code]
    broken = any(case.hits and rules.run(case, clause) for case in cases)
    holding = any(not case.hits and rules.run(case, clause, turned=True) for case in cases)
    return [word for word, there in (("没有命中的用例", broken), ("没有通过的用例", holding)) if not there]
