"""How fast the sample district is read, collected, collected again and made into papers: ratios in one run."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from measuring import side_by_side
from openpyxl_reader import read_with_openpyxl

from pbreports.excel import intake
from pbreports.excel.reader import read_workbook
from pbreports.ledger import Ledger
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.collecting import collect
from pbreports.pipeline.running import build_year, collect_year
from pbreports.pipeline.year import Year, open_year
from pbreports.workspace import open_workspace

DAY = date(2020, 12, 31)
WHOLE = replace(LIMITS, formula_text=100_000_000)
"""Room for the helper sheet too, which intake leaves unread: both sides read every sheet."""


@pytest.fixture
def year(district: Path) -> Year:
    """The district's year, with no ledger yet."""
    year = open_year(open_workspace(district, 2020))
    _forget_outputs(year)
    return year


def _forget_outputs(year: Year) -> None:
    year.workspace.ledger.unlink(missing_ok=True)


def _collect(year: Year) -> int:
    year.workspace.outputs.mkdir(parents=True, exist_ok=True)
    with Ledger(year.workspace.ledger, year.scheme) as ledger:
        return collect(year, ledger, year.period(), DAY).read


def _collect_anew(year: Year) -> int:
    _forget_outputs(year)
    return _collect(year)


def test_reading_against_two_passes_of_openpyxl(benchmark: Any, district: Path) -> None:
    """Reading a workbook takes at most a sixth of openpyxl's two passes for the same facts."""
    files = [path.read_bytes() for path in sorted((district / "inputs/2020/报送").rglob("*.xlsx"))[::8]]
    pair = side_by_side(
        lambda: [read_workbook(one, limits=WHOLE) for one in files],
        lambda: [read_with_openpyxl(one) for one in files],
    )
    benchmark.extra_info.update(files=len(files), ratio=round(pair.ratio, 2), ours=pair.ours, openpyxl=pair.theirs)
    benchmark.pedantic(lambda: [read_workbook(one, limits=WHOLE) for one in files], rounds=3)
    assert pair.ratio >= 6


def test_collecting_against_openpyxl(benchmark: Any, year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    """Collecting takes at most a quarter of the same collection on openpyxl, validation on both sides."""

    def with_openpyxl() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(intake, "open_workbook", read_with_openpyxl)
            _collect_anew(year)

    pair = side_by_side(lambda: _collect_anew(year), with_openpyxl, rounds=2)
    benchmark.extra_info.update(ratio=round(pair.ratio, 2), ours=pair.ours, openpyxl=pair.theirs)
    benchmark.pedantic(lambda: _collect_anew(year), rounds=1)
    assert pair.ratio >= 4


def test_collecting_again_with_nothing_changed(benchmark: Any, year: Year) -> None:
    """A second collection with nothing changed takes under 5 % of the first, start-up and scheme apart."""
    pair = side_by_side(lambda: _collect(year), lambda: _collect_anew(year), rounds=3)
    benchmark.extra_info.update(share=round(1 / pair.ratio, 4), again=pair.ours, first=pair.theirs)
    benchmark.pedantic(lambda: _collect(year), rounds=3)
    assert pair.ratio > 20


def test_the_whole_run(benchmark: Any, year: Year) -> None:
    """Collecting and building the sample district takes under 60 seconds on two cores."""
    shutil.rmtree(year.workspace.papers, ignore_errors=True)
    start = time.perf_counter()
    benchmark.pedantic(lambda: (collect_year(year, "", DAY), build_year(year, DAY)), rounds=1)
    assert time.perf_counter() - start < 60
