"""Tests of a collection with poison among its files: only the poison is lost, and the order is always the same."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from excel.binary import poison
from ooxml.test_package import archive
from pbreports.errors import PbreportsError
from pbreports.ledger import Ledger
from pbreports.pipeline.collecting import Collected, collect
from pbreports.pipeline.year import open_year
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year
from test_arrivals import LIBRARY, NONE, PERIOD, STATION

DAY = date(2031, 12, 31)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small year with both units' workbooks, a former version of one, and files that are none."""
    year = make_small_year(tmp_path_factory.mktemp("small"))
    former = {**STATION, "一列一条": [{"小组代码": "B02-1", "次数": Decimal(60)}]}
    packed = year.send("B02", former, PERIOD, "x.xlsx", NONE).read_bytes()
    (year.inputs / "报送" / PERIOD / "x.xlsx").unlink()
    (year.inputs / "报送" / PERIOD / "旧.zip").write_bytes(archive(("柳堤站.xlsx", packed), ("说明.txt", b"1")))
    year.send("A01", LIBRARY, PERIOD, "一馆.xlsx", NONE)
    year.send("B02", STATION, PERIOD, "柳堤站.xlsx", NONE)
    for number in range(6):
        (year.inputs / "报送" / PERIOD / f"照片{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes([number]))
    return year.root


@pytest.fixture
def year(sent: Path, tmp_path: Path) -> SmallYear:
    """A small year, for one test to spoil."""
    return SmallYear(Path(shutil.copytree(sent, tmp_path / "年度")))


def taken(year: SmallYear, jobs: int) -> tuple[Collected, tuple[str, ...]]:
    """Return what a collection takes in, and the ledger after it."""
    opened = open_year(open_workspace(year.root, 2031), jobs)
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        return collect(opened, ledger, opened.period(PERIOD), DAY), ledger.dump()


def test_the_ledger_is_the_same_however_many_read(year: SmallYear) -> None:
    """One process, several or none of their own: the ledger holds the same, line by line."""
    dumps = []
    for jobs in (0, 1, 3):
        shutil.rmtree(year.outputs)
        year.outputs.mkdir()
        dumps.append(taken(year, jobs)[1])
    assert dumps[0] == dumps[1] == dumps[2]
    assert len(dumps[0]) > 50


def test_a_file_that_kills_its_reader_costs_only_itself(year: SmallYear) -> None:
    """It is a finding with a remedy; the neighbours count as they do without it, and it is tried again each time."""
    without, _ = taken(year, 2)
    (year.inputs / "报送" / PERIOD / "丙.xlsx").write_bytes(poison())
    for _ in range(2):
        collected, _ = taken(year, 2)
        dead = [one for one in collected.stray if one.where.file == "丙.xlsx"]
        assert [(one.code, one.message) for one in dead] == [("F-18", "读取时程序崩溃，已跳过，不影响其他文件。")]
        assert "另存" in dead[0].remedy
        assert collected.versions == without.versions
        assert collected.read == 1
    (year.inputs / "报送" / PERIOD / "丙.xlsx").unlink()
    assert taken(year, 2)[0].stray == without.stray


def test_progress_is_told_file_by_file(year: SmallYear) -> None:
    """Whoever watches sees each file counted once, up to their number."""
    seen: list[tuple[int, int]] = []
    opened = open_year(open_workspace(year.root, 2031), 1)
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        collect(opened, ledger, opened.period(PERIOD), DAY, lambda done, of: seen.append((done, of)))
    assert seen == [(number, 10) for number in range(1, 11)]


def test_checking_single_files_is_as_safe(year: SmallYear, tmp_path: Path) -> None:
    """The command ``check`` says of the poison what ``collect`` says, and goes on to the next file."""
    (tmp_path / "丙.xlsx").write_bytes(poison())
    (tmp_path / "丁.xlsx").write_bytes(b"")
    (tmp_path / "包.zip").write_bytes(archive(("戊.xlsx", b"\xff\xd8\xff\xe0")))
    files = [str(tmp_path / name) for name in ("丙.xlsx", "丁.xlsx", "包.zip", "无.xlsx")]
    result = year.run("check", *files, "--jobs", "1")
    assert result.exit_code == 1
    assert "F-18 丙.xlsx：读取时程序崩溃" in result.output
    assert "F-01 丁.xlsx：文件是空的" in result.output
    assert "F-08 包.zip/戊.xlsx：这是图片" in result.output
    assert "F-16 无.xlsx：文件不存在" in result.output


def test_a_system_that_lends_no_process_is_a_sentence(year: SmallYear, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is read unprotected without anybody's wish; the way to do so is said."""

    def refuse(*_: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess._Popen", refuse)
    with pytest.raises(PbreportsError, match="--jobs 0"):
        taken(year, 1)
