"""The command that checks the form of papers: what it reads, what it says, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pbreports.cli import app
from word.format.right import general, internal


def call(*arguments: str | Path) -> Result:
    """Return what the program said to a call."""
    return CliRunner().invoke(app, ["format", *map(str, arguments)], prog_name="pbreports")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with a right paper, one whose addressees are indented, and one with another font."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "对的.docx").write_bytes(general().docx())
    indented, other = general(), internal()
    indented["addressees"].first = 2
    other["text"].font = "宋体"
    (tmp_path / "错的.docx").write_bytes(indented.docx())
    (tmp_path / "警告.docx").write_bytes(other.docx())
    return tmp_path


def test_a_right_paper(folder: Path) -> None:
    """It ends with 0 and says as what the paper was checked."""
    result = call("对的.docx")
    assert result.exit_code == 0, result.output
    assert "对的.docx（按公文查）：没有问题" in result.output


def test_an_error_is_an_exit_code(folder: Path) -> None:
    """What the standard lays down ends with 1, and says place, found, expected and clause."""
    result = call("错的.docx")
    assert result.exit_code == 1
    assert "1个错误" in result.output
    line = next(line for line in result.output.splitlines() if "W-23" in line)
    assert "第12段 → “各中小学校、幼儿园：”" in line
    assert "主送机关左空是左空2字，应为顶格，回行仍顶格（GB/T 9704-2012 第7.3.2条，规定）" in line


def test_a_warning_is_none(folder: Path) -> None:
    """What the standard only says of the normal case ends with 0."""
    result = call("警告.docx")
    assert (result.exit_code, "1个警告" in result.output) == (0, True)


def test_a_folder(folder: Path) -> None:
    """All papers in it are checked, those that Word has open left aside."""
    (folder / "~$对的.docx").write_bytes(b"x")
    result = call(".")
    assert result.exit_code == 1
    assert "共3份，1份没有问题" in result.output


def test_plain_values(folder: Path) -> None:
    """The same as JSON."""
    [one] = json.loads(call("错的.docx", "--json").output)
    assert (one["file"], one["kind"], one["trouble"]) == ("错的.docx", "公文", "")
    [fault] = one["faults"]
    expected = {
        "code": "W-23",
        "severity": "错误",
        "clause": "7.3.2",
        "strength": "规定",
        "mendable": True,
        "own": False,
    }
    assert expected.items() <= fault.items()


def test_a_bureau_of_its_own_mind(folder: Path) -> None:
    """What the bureau lays down is checked, and never called the standard's; found in the workspace, or named."""
    (folder / "我局.yaml").write_text("段首左空: 3\n", encoding="utf-8")
    result = call("对的.docx", "--profile", "我局.yaml")
    assert "本单位的规定，不是国家标准" in result.output
    assert "应为首行左空3字" in result.output
    (folder / "templates").mkdir()
    (folder / "我局.yaml").rename(folder / "templates/公文格式.yaml")
    assert "应为首行左空3字" in call("对的.docx").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("没有.docx",), "没有这个文件"),
        (("对的.docx", "--profile", "没有.yaml"), "没有这个文件"),
        (("坏的.docx",), "坏的.docx"),
    ],
)
def test_what_cannot_be_read(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    """It ends with 2 and one sentence."""
    (folder / "坏的.docx").write_bytes(b"PK")
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_one_unreadable_paper_does_not_keep_the_others_back(folder: Path) -> None:
    """The others are checked all the same."""
    (folder / "坏的.docx").write_bytes(b"PK")
    result = call("坏的.docx", "对的.docx")
    assert result.exit_code == 2
    assert "没有问题" in result.output
