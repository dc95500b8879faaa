"""Appointment forms among the schools' files: not read, and nobody's name or number gets out by the file's name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from leaks import leaks
from small_year import SmallYear, make_small_year

NAME, NUMBER = "欧阳测试", "379999198506100180"
FORM = f"<Person><XingMing>{NAME}</XingMing></Person>".encode()


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year, whose blanks have been issued."""
    made = make_small_year(tmp_path / "year")
    assert made.run("issue").exit_code == 0
    return made


@pytest.mark.parametrize("command", ["collect", "check"])
@pytest.mark.parametrize("ending", [".lrmx", ".LRM"])
def test_a_form_in_the_wrong_folder(year: SmallYear, command: str, ending: str) -> None:
    """It is told of by a name of ours, loose and in an archive; what it is called stands nowhere."""
    folder = year.inputs / "报送/下半年"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}{NUMBER}{ending}").write_bytes(FORM)
    with zipfile.ZipFile(folder / "东街.zip", "w") as archive:
        archive.writestr(f"附件/{NAME}{NUMBER}{ending}", FORM + b" ")
    given = ["--period", "下半年"] if command == "collect" else [str(one) for one in sorted(folder.iterdir())]
    told = year.run(command, *given)
    assert told.exit_code == 1
    assert told.output.count("F-50") == 2
    assert "任免表文件_" in told.output
    assert not any(secret in told.output for secret in (NAME, NUMBER))
    assert leaks(year.outputs, [NAME, NUMBER]) == []
