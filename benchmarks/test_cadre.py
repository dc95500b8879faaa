"""How the papers about candidates scale: 2,000 candidates' records and appointment forms in one batch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cadres import PAPERS, lay_out

from pbreports.pipeline.year import open_year
from pbreports.sample.story import tell
from pbreports.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[1]
MANY, FEW = 2_000, 200


def _office(folder: Path, candidates: int) -> Path:
    """Return a workspace that holds nothing but the declaration and the inspection of so many candidates."""
    shutil.copytree(ROOT / "inputs/2020/方案", folder / "inputs/2020/方案")
    year = open_year(open_workspace(folder, 2020))
    lay_out(folder, year.scheme, tell(2020), candidates)
    return folder


def _measured(folder: Path) -> Mapping[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("cadres.py")), str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=1800)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def test_a_batch_of_candidates(benchmark: Any, tmp_path: Path) -> None:
    """A paper costs as much among 4,000 as among 400, and the first tenth needs all the memory that the batch does."""
    offices = {candidates: _office(tmp_path / str(candidates), candidates) for candidates in (FEW, MANY)}
    few, many = (_measured(offices[candidates]) for candidates in (FEW, MANY))
    assert many["papers"] == MANY * len(PAPERS)
    each = many["writing"] / many["papers"] / (few["writing"] / few["papers"])
    checking = many["checking"] / few["checking"] * FEW / MANY
    growth = (many["whole"] - many["early"]) / many["papers"]
    rate = many["papers"] / many["writing"]
    benchmark.extra_info.update(few=few, many=many, each=each, checking=checking, growth=growth, rate=rate)
    benchmark.pedantic(lambda: _measured(offices[FEW]), rounds=1)
    assert each <= 1.2
    assert checking <= 1.3
    assert growth < 10_000, "bytes kept for each paper written"
