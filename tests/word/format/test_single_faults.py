"""Each single fault in an otherwise right paper is found, and nothing else is said."""

import pytest

from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format
from word.format.right import KINDS
from word.format.single_faults import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_single_fault_is_found_alone(case: Case) -> None:
    """The fault is told with its code, its element and what was found."""
    paper = KINDS[case.kind]()
    case.spoil(paper)
    found = check_format(paper.docx(), load_profile())
    assert [(one.code, one.element) for one in found] == [(case.code, case.element)], [str(one) for one in found]
    assert case.found in found[0].found
