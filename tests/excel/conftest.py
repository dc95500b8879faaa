"""The tiny scheme, loaded once for all spreadsheet tests."""

from __future__ import annotations

import pytest

import tiny
from pbreports.scheme import Scheme


@pytest.fixture(scope="session")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme of another year."""
    return tiny.tiny_scheme(tmp_path_factory.mktemp("scheme"))
