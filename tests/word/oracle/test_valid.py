"""What comes out is a valid document wherever the template was one: an independent validator is the judge."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ooxml.audit import audit
from word.oracle.case import Case
from word.oracle.engines import by_us
from word.oracle.test_oracle import CASES
from word.oracle.wild import wild_table

SOME = [
    pytest.param(case, marks=() if number % 8 == 1 else pytest.mark.campaign, id=case.name)
    for number, case in enumerate(CASES)
]


@pytest.mark.parametrize("case", SOME)
def test_filling_makes_no_error(case: Case, tmp_path: Path) -> None:
    """The validator holds nothing against the paper that it does not hold against the template."""
    assert errors(by_us(case), tmp_path) <= errors(case.template, tmp_path)


@given(seed=st.integers(0, 2**32))
def test_filling_random_tables_makes_no_error(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rows and cells that loops and choices leave are those of a valid table."""
    case, folder = wild_table(seed), tmp_path_factory.mktemp("random")
    assert errors(by_us(case), folder) <= errors(case.template, folder)


def errors(data: bytes, folder: Path) -> set[str]:
    """Return the errors of a document, without the places, which filling moves."""
    path = folder / "文件.docx"
    path.write_bytes(data)
    return {re.sub(r"\[\d+\]|line \d+|\d+", "", error) for error in audit(path)}
