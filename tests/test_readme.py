"""The README's commands work as they stand there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from pbreports.cli import COMMANDS, app

README = Path(__file__).parent.parent / "README.md"


def blocks() -> list[str]:
    """Return the command lines of the README's console blocks in order."""
    found = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [line.strip() for block in found for line in block.splitlines() if line.strip()]


def test_every_command_is_in_the_readme() -> None:
    """Staff find every command in the table, and no command that does not exist."""
    named = set(re.findall(r"^\| `(\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {command.name for command in COMMANDS} == named & {command.name for command in COMMANDS}
    assert len([line for line in blocks() if line.startswith("pbreports ")]) >= 8


def few_units(district: Path, folder: Path) -> Path:
    """Return a workspace of the sample in which five units report: a blank for each of 110 would only take longer."""
    shutil.copytree(district, folder, ignore=shutil.ignore_patterns("报送", "outputs"))
    path = folder / "inputs/2020/名册.xlsx"
    roster = load_workbook(path)
    lines = list(roster["学校"].iter_rows())
    header = next(line for line in lines if any(cell.value == "是否报送单位" for cell in line))
    place = next(cell.column - 1 for cell in header if cell.value == "是否报送单位")
    for line in [line for line in lines if line[place].value == "是"][5:]:
        line[place].value = "否"
    roster.save(path)
    return folder


def test_commands_run(collected_district: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command line runs in a fresh folder and ends well; the sample is the command's, collected before."""
    monkeypatch.chdir(tmp_path)
    for line in blocks():
        program, *arguments = shlex.split(line)
        assert program == "pbreports"
        if arguments[0] == "sample":
            shutil.copytree(collected_district, tmp_path / arguments[1])
            continue
        if "issue" in arguments:
            arguments = ["-C", str(few_units(collected_district, tmp_path / "少数单位")), "issue"]
        result = CliRunner().invoke(app, ["--as-of", "2020-12-31", *arguments])
        assert result.exit_code == 0, f"{line}\n{result.output}"
