"""What all tests share: the office for rendering, the searches' sizes, and a word about what was left out."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from office import Office, missing_programs
from pbreports.pipeline.running import collect_year
from pbreports.pipeline.year import open_year
from pbreports.sample import write_sample
from pbreports.workspace import open_workspace

# No deadline: a slow machine is not a fault. The everyday run tries the same examples each time; campaigns roam.
settings.register_profile("everyday", deadline=None, derandomize=True, max_examples=30)
settings.register_profile(
    "campaign",
    deadline=None,
    max_examples=5000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("everyday")

RENDER_DEMANDED = os.environ.get("PBREPORTS_REQUIRE_RENDER") == "1"


def pytest_configure(config: pytest.Config) -> None:
    """Lend LibreOffice the stand-ins for the official fonts where someone has prepared them."""
    if fonts := os.environ.get("PBREPORTS_FONTCONFIG"):
        os.environ["FONTCONFIG_FILE"] = fonts


def pytest_collection_finish() -> None:
    """Leave the thousands of collected tests out of every search for cyclic garbage: an eighth of all processor time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip rendering where the programs are missing; fail where rendering is demanded."""
    if item.get_closest_marker("render") is None or not (missing := missing_programs()):
        return
    reason = f"rendering needs {' and '.join(missing)}"
    if RENDER_DEMANDED:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was left out, so that a green run is not taken for more than it is."""
    if terminalreporter.config.option.markexpr == "not campaign":
        terminalreporter.write_line("left out: the campaigns (make campaign)", yellow=True)
    skipped = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in skipped.items():
        terminalreporter.write_line(f"left out: {count} × {reason}", yellow=True)


def _reason(report: pytest.TestReport) -> str:
    """Return why a test was skipped."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return LibreOffice with a profile of this test process (mark the test ``render``)."""
    return Office.at(tmp_path_factory.mktemp("office") / "profile")


@pytest.fixture(scope="session")
def sample_district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workspace of the clean sample district, made once for all test processes; only to be read."""
    return _made_once(tmp_path_factory, "sample_district", write_sample)


@pytest.fixture(scope="session")
def collected_district(sample_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workspace of the clean sample district, collected once for all test processes; only to be read.

    A copy of it goes on from there: what has been read is told by its digest.
    """

    def make(root: Path) -> None:
        shutil.copytree(sample_district, root)
        collect_year(open_year(open_workspace(root, 2020), jobs=2), "", date(2020, 12, 31))

    return _made_once(tmp_path_factory, "collected_district", make)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first test process to ask for it makes, while the others wait."""
    base = factory.getbasetemp()
    root = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with FileLock(root.with_suffix(".lock")):
        if not root.with_suffix(".made").exists():
            make(root)
            root.with_suffix(".made").touch()
    return root


@pytest.fixture
def sample_copy(sample_district: Path, tmp_path: Path) -> Path:
    """Return a copy of the clean sample district, to be run on or spoilt."""
    return Path(shutil.copytree(sample_district, tmp_path / "sample"))
