"""Every check on candidacies says what its cases say: of what is wrong, and nothing of what is in order."""

from __future__ import annotations

import re

import pytest

from cadre.inspected import Case, all_cases, found
from pbreports.kinds import OF_CADRES

CASES = all_cases()
CODES = [kind.code for kind in OF_CADRES if kind.code < "K-40" or kind.code == "K-51"]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_check_finds_what_its_case_says(case: Case) -> None:
    """The findings of the case's code are as many as stated, with the stated words, gravity and place."""
    said = found(case)
    assert [one.message for one in said] == case.messages
    for one in said:
        assert one.severity.value == case.given.get("级别", one.severity.value)
        assert not {"{", "}"} & set(one.message + one.remedy)
        assert case.given.get("单元格", "") in ("", f"{one.where.sheet}.{one.where.cell}")
        assert one.remedy
        assert one.code == case.code
        assert one.personal


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_case_that_breaks_it_and_one_that_does_not(code: str) -> None:
    """A code without cases could say anything, or nothing."""
    hits = [bool(case.hits) for case in CASES if case.code == code]
    assert True in hits
    assert False in hits


def test_no_case_is_of_an_unknown_code() -> None:
    """A case of a code that is not given tests nothing."""
    assert {case.code for case in CASES} == set(CODES)


def test_no_message_quotes_an_identity_number() -> None:
    """Whatever is found in any case, no message and no remedy holds 15 digits in a row."""
    for case in CASES:
        for one in found(case):
            assert not re.search(r"\d{15}", one.message + one.remedy)
