"""Right papers of every kind report nothing, under both conventions for margins."""

import pytest

from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format, paper_of
from word.format.right import KINDS


@pytest.mark.parametrize("convention", ["measured", "literal"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_right_paper_reports_nothing(kind: str, convention: str) -> None:
    """Each kind is told as what it is, and nothing is said of it."""
    data = KINDS[kind]().docx()
    assert paper_of(data).kind == kind
    assert [str(one) for one in check_format(data, load_profile(convention))] == []
