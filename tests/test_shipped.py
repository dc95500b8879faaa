"""The papers and declarations that come with the program are found in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbreports import shipped
from pbreports.errors import WorkspaceError

ROOT = Path(__file__).resolve().parents[1]


def test_a_checkout_ships_its_own_workspace() -> None:
    """In a checkout the repository's templates and schemes are the shipped ones."""
    assert shipped.templates() == ROOT / "templates"
    assert shipped.scheme(2020) == ROOT / "inputs" / "2020" / "方案"
    assert 2020 in shipped.scheme_years()


def test_a_year_that_did_not_come_along_is_named() -> None:
    """Asking for a year without a shipped scheme ends in a sentence with that year."""
    with pytest.raises(WorkspaceError, match="1921年方案"):
        shipped.scheme(1921)
