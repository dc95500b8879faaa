"""How findings stand once the bureau has exempted and the school explained: the cases, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pbreports.findings import common_subject, merged
from pbreports.pipeline.decisions import Exemption, in_force
from pbreports.pipeline.explaining import CARRIED, Said, is_telling, recalled, told_in
from pbreports.pipeline.settling import counted, covers, must_be_explained, settled
from pbreports.values import CellRef, Entry, Explanation, Finding, Repair, Severity

WARNING = Finding(
    "V-1", Severity.WARNING, CellRef("甲.xlsx", "02_组织", "D7"), "少。", "请核对。", "S1", subject="Z1、上半年"
)
ERROR = replace(WARNING, severity=Severity.ERROR)
REPAIRED = replace(WARNING, code="V-G08", repair=Repair.DONE)
DOUBTFUL = replace(WARNING, code="V-G13", repair=Repair.CONFIRM)
EXEMPTION = Exemption("S1", "V-1", "", "研究同意", date(2031, 12, 31), CellRef("配置.xlsx", "豁免", "B5"))


def said(*texts: tuple[str, str, str, str]) -> Said:
    """Return what a version says: code, sheet, subject and text of each."""
    return Said.of([Explanation(*one) for one in texts], {})


@pytest.mark.parametrize(
    ("change", "finding", "wanted"),
    [
        ({}, {}, True),
        ({"unit": "S2"}, {}, False),
        ({"code": "V-2"}, {}, False),
        ({"subject": "Z1"}, {}, True),
        ({"subject": "Z"}, {}, False),
        ({"subject": "Z2"}, {}, False),
        ({"subject": "Z1"}, {"subject": "", "count": 1}, False),
        ({"subject": "Z1"}, {"count": 3}, True),
        ({"subject": "Z1"}, {"subject": "上半年", "count": 3}, False),
        ({"code": "V-G04", "subject": "Z1"}, {"code": "V-G04", "count": 1}, True),
        ({"code": "V-G04", "subject": "Z1"}, {"code": "V-G04", "count": 2}, False),
        ({"code": "V-G04"}, {"code": "V-G04", "count": 2}, True),
    ],
)
def test_what_an_exemption_covers(change: dict[str, str], finding: dict[str, object], wanted: bool) -> None:  # noqa: FBT001
    """Its unit's, of its rule, of its object; what stands for places of several objects is not one object's."""
    one = replace(WARNING, **finding)  # type: ignore[arg-type]
    assert covers(replace(EXEMPTION, **change), one) == wanted  # type: ignore[arg-type]


def test_the_object_may_be_known_by_the_record_alone() -> None:
    """Where the key in words does not hold the code, the record that the cell is in tells it."""
    one, mine = replace(WARNING, subject="第7行"), replace(EXEMPTION, subject="Z1")
    assert not covers(mine, one)
    assert covers(mine, one, lambda where: "Z1" if where.cell == "D7" else "")


def test_what_is_exempt_is_a_notice_with_the_reason() -> None:
    """An error and a warning alike; it waits for nothing, whatever the school wrote beside it."""
    for one in (ERROR, WARNING):
        (found,) = settled([one], [EXEMPTION], said(("V-1", "", "", "上半年装修停馆")))
        assert (found.severity, found.explanation) == (Severity.NOTICE, "已豁免：研究同意（至2031-12-31）")
        assert not must_be_explained(found)


def test_exemptions_hold_to_the_end_of_their_day() -> None:
    """The last day is included."""
    assert in_force([EXEMPTION], date(2031, 12, 31)) == (EXEMPTION,)
    assert in_force([EXEMPTION], date(2032, 1, 1)) == ()


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        (("V-1", "02_组织", "Z1、上半年"), True),
        (("V-1", " 02_组织 ", "Z1、上半年"), True),
        (("V-1", "", ""), True),
        (("V-1", "02_组织", ""), False),
        (("V-1", "02_组织", "Z2、上半年"), False),
        (("V-1", "03_队伍", "Z1、上半年"), False),
        (("V-2", "02_组织", "Z1、上半年"), False),
    ],
)
def test_what_an_explanation_answers(answers: tuple[str, str, str], wanted: bool) -> None:  # noqa: FBT001
    """That of the list of problems its record, that of the self-check all of the rule's findings."""
    (found,) = settled([WARNING], [], said((*answers, "上半年装修停馆")))
    assert found.explanation == ("上半年装修停馆" if wanted else "")
    assert must_be_explained(found) is not wanted


def test_the_explanation_of_the_record_goes_before_that_of_the_rule() -> None:
    """What is nearer is meant."""
    both = said(("V-1", "", "", "全馆装修停馆"), ("V-1", "02_组织", "Z1、上半年", "夜读小组停办"))
    (found,) = settled([WARNING], [], both)
    assert found.explanation == "夜读小组停办"


def test_an_error_keeps_its_gravity() -> None:
    """What is said beside an error is shown and changes nothing."""
    (found,) = settled([ERROR], [], said(("V-1", "", "", "上半年装修停馆")))
    assert (found.severity, found.explanation) == (Severity.ERROR, "上半年装修停馆")


def test_what_is_carried_along() -> None:
    """The last that said anything; a blank or a word without meaning does not put it out."""
    first = said(("V-1", "", "", "上半年装修停馆"))
    second = Said.of([Explanation("V-1", "", "", "无")], first.kept())
    third = Said.of([], second.kept())
    for later in (second, third):
        assert settled([WARNING], [], later)[0].explanation == f"{CARRIED}上半年装修停馆"
    changed = Said.of([Explanation("V-1", "", "", "七月起恢复开放")], third.kept())
    assert settled([WARNING], [], changed)[0].explanation == "七月起恢复开放"
    again = Said.of([Explanation("V-1", "", "", f"{CARRIED}上半年装修停馆")], {})
    assert settled([WARNING], [], again)[0].explanation == "上半年装修停馆", "offered again by a returned workbook"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("上半年装修停馆", True),
        ("情况属实", True),
        ("moved in May", True),
        ("", False),
        ("无", False),
        ("属实", False),
        ("……", False),
        ("12345678", False),
        ("是是是是是", False),
        ("—— / ——", False),
    ],
)
def test_what_tells_something(text: str, wanted: bool) -> None:  # noqa: FBT001
    """Four letters or characters that are not all the same."""
    assert is_telling(text) is wanted


def test_what_waits_to_be_explained() -> None:
    """Warnings and doubtful readings; not what was put right, not errors, not notices."""
    found = (WARNING, DOUBTFUL, REPAIRED, ERROR, replace(WARNING, severity=Severity.NOTICE))
    assert [must_be_explained(one) for one in found] == [True, True, False, False, False]
    entry = counted(Entry("k", "甲.xlsx", "S1", "全年", "sha", 9, 9, 9), found)
    assert (entry.errors, entry.warnings, entry.notices, entry.explained) == (1, 3, 1, 1)


def test_what_was_told_is_recalled_by_its_record() -> None:
    """Last year's words of the same record, without the word that they were carried; exemptions are no words."""
    explained = replace(WARNING, explanation=f"{CARRIED}上半年装修停馆")
    exempt = replace(WARNING, code="V-2", severity=Severity.NOTICE, explanation="已豁免：研究同意")
    told = told_in([explained, exempt, DOUBTFUL])
    assert recalled(WARNING, told) == "上半年装修停馆"
    assert recalled(replace(WARNING, subject="Z2、上半年"), told) == ""
    assert recalled(replace(WARNING, code="V-2"), told) == ""


def test_records_that_share_a_message_keep_what_they_share() -> None:
    """Findings of one cause are one; its subject is what their records have in common."""
    other = replace(WARNING, subject="Z1、下半年")
    assert merged([WARNING, other])[0].subject == "Z1"
    assert common_subject("Z1、上半年", "Z2、下半年") == ""
    assert common_subject("Z1", "Z1") == "Z1"
