"""Right papers of every kind report nothing, under both conventions for margins."""

import pytest

from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format, paper_of
from pbreports.word.shipped import SAMPLES, make_template
from word.format.right import KINDS


@pytest.mark.parametrize("convention", ["measured", "literal"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_right_paper_reports_nothing(kind: str, convention: str) -> None:
    """Each kind is told as what it is, and nothing is said of it."""
    data = KINDS[kind]().docx()
    assert paper_of(data).kind == kind
    assert [str(one) for one in check_format(data, load_profile(convention))] == []


@pytest.mark.parametrize("convention", ["measured", "literal"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_shipped_sample_reports_nothing(sample: str, convention: str) -> None:
    """The samples of each kind, as the builder makes them under either convention, are right."""
    data = make_template(sample, convention)
    assert [str(one) for one in check_format(data, load_profile())] == []


def test_a_paper_that_is_not_there_in_parts() -> None:
    """What a paper lacks is a warning: it is normally made up of all elements (7.1)."""
    paper = KINDS["公文"]()
    paper.without("organ", "date", "note")
    [fault] = check_format(paper.docx(), load_profile())
    assert (fault.message, fault.severity.value) == (
        "主体的成文日期没有，应当有（GB/T 9704-2012 第7.1条，一般）。",
        "警告",
    )
