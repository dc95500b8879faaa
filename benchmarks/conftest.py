"""The sample district, made once for all measurements of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pbreports.sample import write_sample


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace holding the sample district, as staff would have it before the first run."""
    folder = tmp_path_factory.mktemp("district")
    write_sample(folder)
    return folder
