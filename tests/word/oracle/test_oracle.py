"""Templates in docxtpl's dialect: our papers read as docxtpl's do, but for the differences that are meant."""

from __future__ import annotations

from collections import Counter

import pytest

from word.oracle.case import Case
from word.oracle.cases import blocks, odd, papers, paragraphs, rich, runs, stories, tables, texts
from word.oracle.engines import by_docxtpl, by_us
from word.oracle.reading import Stories, looks_of, stories_of

CASES = [
    case for family in (texts, blocks, paragraphs, tables, runs, rich, stories, papers, odd) for case in family.CASES
]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def by_oracle(case: Case) -> Stories:
    """Return how docxtpl's paper reads; nothing when docxtpl fails."""
    try:
        return stories_of(by_docxtpl(case))
    except Exception:  # noqa: BLE001 - however it fails
        return {}


def test_each_template_has_a_feature_of_its_own() -> None:
    """No two cases examine the same."""
    for told in ([case.name for case in CASES], [case.feature for case in CASES]):
        assert [text for text, count in Counter(told).items() if count > 1] == []
    assert len(CASES) >= 60


@each_case
def test_our_paper_reads_as_docxtpls(case: Case) -> None:
    """Every story has docxtpl's lines, or those that are listed with the reason for differing."""
    meant = case.differs.lines if case.differs else {}
    assert stories_of(by_us(case)) == {
        title: lines for title, lines in {**by_oracle(case), **meant}.items() if any(lines)
    }


@pytest.mark.parametrize("case", [case for case in CASES if case.differs], ids=lambda case: case.name)
def test_each_listed_difference_is_one(case: Case) -> None:
    """A difference that is listed is not docxtpl's own answer."""
    assert case.differs is not None
    theirs = by_oracle(case)
    assert {title: theirs.get(title, ()) for title in case.differs.lines} != case.differs.lines


@pytest.mark.parametrize("case", [case for case in CASES if case.looks], ids=lambda case: case.name)
def test_our_runs_look_as_docxtpls(case: Case) -> None:
    """The runs have docxtpl's properties where a case is about how text looks."""
    assert looks_of(by_us(case)) == looks_of(by_docxtpl(case))
