"""The referee's own parts: what counts as a disagreement, how the page is read, how a filling is reduced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pbreports.scheme.roster import Unit
from selfcheck.drafts import Drop
from selfcheck.fillings import Filling
from selfcheck.reducing import reduced
from selfcheck.referee import Tally, Verdict, compared, read_verdict

UNIT = Unit("A01", "甲校", "甲校", (), "独立", "", reports=True)
CHANGES = tuple(Drop("表", (number,)) for number in range(30))
PAGE = """自检,,,,,,
序号,编码,检查内容,级别,状态,处数,第一处
1,V-A,甲,错误,未通过,2,表!A1
2,V-B,乙（部分情形）,错误,通过,0,
3,V-C,丙,警告,Err:504,,
由教育工委收到后检查,,,,,,
,V-B,乙,错误,要看全区的名册,,
,V-D,丁,错误,要看全区的名册,,
"""


def verdict(**states: str) -> Verdict:
    """Return what a sheet says of rules; V-P it checks in part."""
    return Verdict({f"V-{name}": state for name, state in states.items()}, {}, frozenset({"V-P"}))


@pytest.mark.parametrize(
    ("ours", "theirs", "differing"),
    [
        ("", {"A": "通过", "B": "不适用"}, []),
        ("A", {"A": "未通过", "B": "通过"}, []),
        ("A", {"A": "通过"}, ["V-A"]),
        ("A", {"A": "不适用"}, ["V-A"]),
        ("", {"A": "未通过"}, ["V-A"]),
        ("", {"A": "#VALUE!"}, ["V-A"]),
        ("C", {"A": "通过"}, []),
        ("P", {"P": "通过"}, []),
        ("", {"P": "未通过"}, ["V-P"]),
        ("P", {"P": "Err:504"}, ["V-P"]),
    ],
)
def test_what_counts_as_a_disagreement(ours: str, theirs: dict[str, str], differing: list[str]) -> None:
    """A rule broken on one side alone does, and a state that is none; of a rule checked in part only one direction."""
    said = Verdict({f"V-{code}": "未通过" for code in ours}, {})
    found = compared(Filling(1, UNIT, ()), said, verdict(**theirs))
    assert [one.code for one in found] == differing


def test_a_tally_counts_the_compiled_rules_that_our_side_finds_broken() -> None:
    """Rules that the sheet does not hold, or only in part, are not counted on."""
    tally = Tally()
    tally.add(
        Filling(1, UNIT, ()), Verdict({"V-A": "未通过", "V-Z": "未通过"}, {}), verdict(A="未通过", B="通过", P="通过")
    )
    assert tally.compiled == {"V-A", "V-B"}
    assert tally.seldom(1) == {"V-B": 0}


def test_the_page_tells_states_places_and_what_is_left_to_the_bureau(tmp_path: Path) -> None:
    """Numbered lines give states and places; a code that stands below too is checked in part."""
    path = tmp_path / "自检.csv"
    path.write_text(PAGE, encoding="utf-8")
    read = read_verdict(path)
    assert read.states == {"V-A": "未通过", "V-B": "通过", "V-C": "Err:504"}
    assert read.places["V-A"] == 2
    assert read.partly == {"V-B"}


@pytest.mark.parametrize("needed", [(), (7,), (0, 29), (3, 11, 12)])
def test_a_filling_is_reduced_to_the_changes_that_matter(needed: tuple[int, ...]) -> None:
    """Of many changes those remain without which the sides agree, and no others."""
    wanted = {CHANGES[number] for number in needed}

    def disagrees(fillings: Sequence[Filling]) -> list[bool]:
        return [wanted <= set(filling.changes) for filling in fillings]

    assert set(reduced(Filling(1, UNIT, CHANGES), disagrees).changes) == wanted
