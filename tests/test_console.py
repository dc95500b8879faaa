"""The program as started from a console: encodings that lack characters, exit codes, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from small_year import make_small_year


def start(*arguments: str, encoding: str = "gbk", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Return what the program says to a console of an encoding."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "pbreports", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, cwd=cwd, check=False, timeout=120)


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252", "utf-8"])
def test_help_on_any_console(encoding: str) -> None:
    """The help page never fails, whatever the console can show."""
    done = start("--help", encoding=encoding)
    assert done.returncode == 0
    assert done.stderr == b""


def test_names_that_gbk_lacks(tmp_path: Path) -> None:
    """A name with a character that GBK lacks is printed with a stand-in, and the run goes on."""
    year = make_small_year(tmp_path / "年度")
    path = year.send("A01", {"封面": [{"填报人": "甲"}]}, none=("一行一条", "小组季度", "只填一份"))
    path.rename(path.with_name("𬱖颐☑.xlsx"))
    done = start("-C", str(year.root), "collect", "--period", "下半年")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "颐".encode("gbk") in done.stdout


def test_trouble_is_one_sentence(tmp_path: Path) -> None:
    """What stops the program is a sentence on the error stream and exit code 2."""
    done = start("-C", str(tmp_path), "run", encoding="utf-8")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().count("\n") == 1
