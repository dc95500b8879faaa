"""The workspaces of the tests on the inspection's commands: the cadre office's own, whole and small, and the district's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cadre.cabinet import FEW, YEAR, Cabinet, rows_of
from pbreports import shipped
from pbreports.pipeline.issuing import set_up
from pbreports.sample.reports import clean_report
from pbreports.sample.workers import desk_of
from pbreports.sample.writing import bureau_files


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


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    """Return the district's workspace with the inspection in it and one school's report, run once; only to be read.

    What the run printed stands in 屏幕/run.txt beside inputs and outputs.
    """
    cabinet = Cabinet(tmp_path_factory.mktemp("全区") / "党建办")
    inputs = set_up(cabinet.root, YEAR).inputs
    desk = desk_of(cabinet.root, YEAR)
    report = clean_report(desk, desk.units[0])
    for name, data in {**bureau_files(desk), f"报送/{report.file}": report.data}.items():
        path = inputs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    cabinet.keep("run", cabinet.run("run"))
    return cabinet


@pytest.fixture
def bureau(district: Cabinet, tmp_path: Path) -> Cabinet:
    """Return the district's workspace, for one test to run on or spoil."""
    return Cabinet(Path(shutil.copytree(district.root, tmp_path / "党建办")))
