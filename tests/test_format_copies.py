"""The copies that the command for the form of papers writes: one mended, one with comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pbreports.cli import app
from word.format.right import general


def call(*arguments: str) -> Result:
    """Return what the program said to a call."""
    return CliRunner().invoke(app, ["format", *arguments], prog_name="pbreports")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a right paper and one whose addressees are indented."""
    monkeypatch.chdir(tmp_path)
    indented = general()
    indented["addressees"].first = 2
    (tmp_path / "对的.docx").write_bytes(general().docx())
    (tmp_path / "错的.docx").write_bytes(indented.docx())
    return tmp_path


def test_a_mended_copy_is_right(folder: Path) -> None:
    """``--fix`` leaves the paper alone and writes a copy in which nothing is wrong any more."""
    before = (folder / "错的.docx").read_bytes()
    result = call("错的.docx", "--fix")
    assert result.exit_code == 1
    assert "改好的：错的_改好.docx（改好1条，还有0条要人工改）" in result.output
    assert (folder / "错的.docx").read_bytes() == before
    assert call("错的_改好.docx").exit_code == 0


def test_a_right_paper_gets_no_copies(folder: Path) -> None:
    """Where nothing is wrong nothing is written."""
    result = call("对的.docx", "--fix", "--mark")
    assert "没有可以自动改的" in result.output
    assert sorted(path.name for path in folder.iterdir()) == ["对的.docx", "错的.docx"]


def test_a_copy_with_comments(folder: Path) -> None:
    """``--mark`` writes a copy that is checked like the paper itself; asked again it is the same one."""
    for _ in range(2):
        assert "有批注的：错的_批注.docx（1条）" in call("错的.docx", "--mark", "--as-of", "2020-12-31").output
    assert call("错的_批注.docx").exit_code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["对的.docx", "错的.docx", "错的_批注.docx"]
