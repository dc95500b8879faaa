"""The workspaces of the tests on the inspection's commands: the cadre office's own, whole and small, and the district's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cadre.cabinet import FEW, YEAR, Cabinet, rows_of
from pbreports import shipped


def _laid_out(root: Path, codes: tuple[str, ...] = ()) -> Cabinet:
    """Return the cadre office's own workspace: the declaration and the inspection's folder, nothing else."""
    cabinet = Cabinet(root)
    shutil.copytree(shipped.scheme(YEAR), cabinet.workspace.scheme)
    cabinet.workspace.private_inputs.mkdir(mode=0o700)
    rows = rows_of(codes)
    cabinet.put(rows)
    cabinet.put_forms(rows)
    return cabinet


@pytest.fixture(scope="session")
def whole_cabinet(tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    """Return the cadre office's workspace with all of the sample's candidates; only to be read."""
    return _laid_out(tmp_path_factory.mktemp("考察簿"))


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    """Return the cadre office's workspace with five of them; only to be read."""
    return _laid_out(tmp_path_factory.mktemp("几名"), FEW)


@pytest.fixture
def cabinet(few: Cabinet, tmp_path: Path) -> Cabinet:
    """Return the workspace with five candidates, for one test to run on or spoil."""
    return Cabinet(Path(shutil.copytree(few.root, tmp_path / "干部科")))
