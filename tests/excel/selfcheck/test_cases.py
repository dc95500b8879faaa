"""A workbook says of the rules' cases what the validator says: broken as often, and not broken where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from excel.selfcheck.agreement import Said, is_askable, issued, verdicts
from office import Office
from pbreports.excel.selfcheck import coverage
from rules.casebook import Case, all_cases, year_of_rules
from rules.test_rule_cases import SCHEME

_AT_ONCE = 100
_ABSENT = Said("不适用", 0)  # a rule that does not concern the unit has no line


def compiled_cases() -> list[Case]:
    """Return the cases of the rules that the workbook checks wholly."""
    scheme = year_of_rules(SCHEME).scheme
    left = coverage(scheme)
    return [case for case in all_cases() if left.get(case.code) == "" and not case.schools and is_askable(case, scheme)]


def chosen_cases() -> list[Case]:
    """Return a broken case of every third rule, and the kept one before it."""
    cases = compiled_cases()
    codes = list(dict.fromkeys(case.code for case in cases))[::3]
    broken = [next((one for one in cases if one.code == code and one.hits), None) for code in codes]
    kept = [next((one for one in cases if one.code == code and not one.hits), None) for code in codes[::2]]
    return [case for case in (*broken, *kept) if case is not None]


def disagreements(cases: Sequence[Case], office: Office, folder: Path) -> list[str]:
    """Return the cases of which the workbook says another thing than their own count of broken places."""
    year, sources = year_of_rules(SCHEME), []
    for number, case in enumerate(cases):
        sources.append(folder / f"{number}.xlsx")
        sources[-1].write_bytes(issued(case, year))
    said = [
        one
        for start in range(0, len(sources), _AT_ONCE)
        for one in verdicts(office, sources[start : start + _AT_ONCE], folder / "out")
    ]
    pairs = [(case, there.get(case.code, _ABSENT)) for case, there in zip(cases, said, strict=True)]
    return [f"{case}：{case.hits}处，自检{there}" for case, there in pairs if case.hits != there.places]


@pytest.mark.render
def test_workbooks_say_of_chosen_cases_what_the_validator_says(office: Office, tmp_path: Path) -> None:
    """Of a third of the rules a broken case is broken in the workbook too, at as many places, and kept ones are not."""
    cases = chosen_cases()
    assert len(cases) > 40
    assert sum(case.hits > 0 for case in cases) > 25
    assert disagreements(cases, office, tmp_path) == []


@pytest.mark.render
@pytest.mark.campaign
def test_workbooks_say_of_every_case_what_the_validator_says(office: Office, tmp_path: Path) -> None:
    """The same for every case of every rule that is compiled."""
    cases = compiled_cases()
    assert len(cases) > 380
    assert disagreements(cases, office, tmp_path) == []
