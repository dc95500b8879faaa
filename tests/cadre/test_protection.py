"""What is written about candidates is for its owner alone, and locked with a password where that is asked for."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from cadre.cabinet import Cabinet, good
from leaks import leaks
from office import Office
from pbreports.cli import app
from pbreports.ooxml.encrypting import decrypted

PASSWORD = "长城 秋雨-2020"  # noqa: S105
LOCKED = {"PBREPORTS_PASSWORD": PASSWORD}
MAGIC = b"\xd0\xcf\x11\xe0"
posix = pytest.mark.skipif(os.name == "nt", reason="the bits of POSIX; Windows is in test_icacls.py")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """Let others read what is made without care, as on most systems."""
    before = os.umask(0o022)
    yield
    os.umask(before)


# ---------------------------------------------------------------- for the owner alone


def mode(path: Path) -> int:
    """Return the permissions of a path itself."""
    return stat.S_IMODE(path.lstat().st_mode)


def open_to_others(cabinet: Cabinet) -> dict[str, str]:
    """Return the folders and files of the inspection's outputs that are not their owner's alone."""
    expected = {path: 0o700 if path.is_dir() else 0o600 for path in (cabinet.outputs, *cabinet.outputs.rglob("*"))}
    return {path.name: oct(mode(path)) for path, wanted in expected.items() if mode(path) != wanted}


EVERY = (("check",), ("build", "--draft"), ("status",), ("compare",), ("export",), ("summary",))


@posix
def test_everything_written_is_its_owners_alone(cabinet: Cabinet) -> None:
    """Folders 0700 and files 0600, the ledger, the journal and the lock too, though the system would let others read."""
    for arguments in EVERY:
        cabinet.cadre(*arguments)
    names = {path.name for path in cabinet.outputs.rglob("*")}
    assert {".运行中.lock", "台账.db", "文书.jsonl", "运行.jsonl", "任免表", "干部数.xlsx", "核查结果.xlsx"} <= names
    assert open_to_others(cabinet) == {}
    assert mode(cabinet.workspace.outputs) == 0o755


@posix
def test_it_stays_so_when_papers_are_written_over_and_purged(cabinet: Cabinet) -> None:
    """A paper that somebody has opened to others is closed when it is written anew; the journal after forgetting."""
    cabinet.run("--as-of", "2020-03-01", "cadre", "build", "考察材料", "--candidate", "KC202003")
    for path in cabinet.outputs.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    cabinet.outputs.chmod(0o755)
    good(cabinet.cadre("build", "考察材料", "--candidate", "KC202003"))
    assert mode(cabinet.outputs) == 0o700
    assert [mode(path) for path in (cabinet.outputs / "考察材料").iterdir()] == [0o600]
    cabinet.run("--as-of", "2020-03-01", "cadre", "build", "考察材料", "--candidate", "KC202012")
    assert "Word 文书1个" in good(cabinet.cadre("purge", "--before", "2020-06-01")).output
    assert mode(cabinet.outputs / "运行记录" / "文书.jsonl") == 0o600


@posix
def test_the_folder_that_staff_fill_is_made_for_its_owner(tmp_path: Path) -> None:
    """Setting up a workspace closes it, with the empty workbook in it."""
    assert CliRunner().invoke(app, ["init", str(tmp_path / "区")]).exit_code == 0
    folder = next((tmp_path / "区" / "inputs").glob("*/考察"))
    assert mode(folder) == 0o700
    assert [path.name for path in folder.iterdir()] == ["干部考察.xlsx"]


@posix
def test_an_open_folder_is_said_with_what_to_do(cabinet: Cabinet, tmp_path: Path) -> None:
    """Every command says so, does its work all the same and does not change what staff have set."""
    above = (path for path in tmp_path.parents if path.name.startswith(("pytest-", "popen-")))
    for path in (tmp_path, *above, cabinet.root):
        path.chmod(0o755)
    folder = cabinet.workspace.private_inputs
    folder.chmod(0o755)
    for arguments in (("check",), ("status",), ("export",), ("summary",)):
        result = good(cabinet.cadre(*arguments))
        assert f"本机的其他用户也能打开（权限 755），请运行 chmod 700 '{folder}'" in result.stderr
    assert mode(folder) == 0o755
    folder.chmod(0o700)
    assert good(cabinet.cadre("status")).stderr == ""


# ---------------------------------------------------------------- with a password


def opened(data: bytes) -> bytes:
    """Return what is inside a locked file."""
    return decrypted(data, PASSWORD)


def documents(cabinet: Cabinet) -> dict[str, bytes]:
    """Return the papers and reports with what they hold."""
    return {name: data for name, data in cabinet.files().items() if name.endswith((".docx", ".xlsx"))}


def test_every_paper_and_report_is_locked(cabinet: Cabinet) -> None:
    """Each opens with the password to the very bytes it would have had; no ledger and no draft is kept beside them."""
    commands = (("build",), ("check",), ("status",), ("compare",))
    for arguments in commands:
        cabinet.cadre(*arguments)
    plain = documents(cabinet)
    assert "台账.db" in cabinet.files()
    for arguments in commands:
        cabinet.cadre(*arguments, "--encrypt", env=LOCKED)
    locked = documents(cabinet)
    assert locked.keys() == plain.keys()
    assert all(data.startswith(MAGIC) for data in locked.values())
    assert [name for name, data in locked.items() if opened(data) != plain[name]] == []
    assert not [path.name for path in cabinet.outputs.rglob("*") if path.suffix == ".tmp"]
    assert not list(cabinet.outputs.glob("台账.db*"))
    secrets = ["该同志", "思想上政治上行动上", "379999"]
    assert leaks(cabinet.outputs, secrets) == []


def test_running_again_piles_up_no_copies(cabinet: Cabinet) -> None:
    """Locked anew the bytes are others, and it is the same paper; one that staff changed is left all the same."""
    for _ in range(2):
        good(cabinet.cadre("build", "考察材料", "--encrypt", env=LOCKED))
    assert len(cabinet.papers()) == 5
    changed = cabinet.outputs / "考察材料" / cabinet.papers()[0]
    changed.write_bytes("改过".encode())
    result = good(cabinet.cadre("build", "考察材料", "--encrypt", env=LOCKED))
    assert "有1份另有提示。" in result.output
    assert changed.read_bytes() == "改过".encode()
    assert len(cabinet.papers()) == 6


@pytest.mark.render
def test_the_office_opens_them_with_the_password(cabinet: Cabinet, office: Office, tmp_path: Path) -> None:
    """A paper and a report; with another password they stay shut."""
    good(cabinet.cadre("build", "考察材料", "--candidate", "KC202012", "--encrypt", env=LOCKED))
    paper = cabinet.outputs / "考察材料" / cabinet.papers("考察材料")[0]
    shown = office.opened(paper, PASSWORD, tmp_path / "开")
    assert shown
    assert "古丽娜尔·吐尔逊" in office.convert(shown, "txt:Text (encoded):UTF8", tmp_path / "字").read_text("utf-8-sig")
    assert office.opened(paper, "另一个密码", tmp_path / "错") is None
    report = office.opened(cabinet.outputs / "文书清单.xlsx", PASSWORD, tmp_path / "开")
    assert report
    assert "文书" in load_workbook(report).sheetnames


def test_the_password_may_be_typed(cabinet: Cabinet) -> None:
    """Twice the same; it is not shown."""
    result = good(cabinet.cadre("check", "--encrypt", typed=f"{PASSWORD}\n{PASSWORD}\n"))
    assert PASSWORD not in result.output
    assert "密码：" in result.stderr
    assert load_workbook(io.BytesIO(opened((cabinet.outputs / "核查结果.xlsx").read_bytes())))


BAD_PASSWORDS = {
    "blank": ({"PBREPORTS_PASSWORD": "  "}, None, "密码是空的"),
    "too long": ({"PBREPORTS_PASSWORD": "长" * 256}, None, "密码超过255个字符"),
    "unseen": ({"PBREPORTS_PASSWORD": "abc\tdefgh"}, None, "看不见的字符"),
    "mistyped": ({}, "一二三四五六七八\n一二三四五六七\n", "两次输入的密码不一样"),
}


@pytest.mark.parametrize(("env", "typed", "words"), BAD_PASSWORDS.values(), ids=BAD_PASSWORDS.keys())
def test_a_password_that_cannot_be_used(cabinet: Cabinet, env: dict[str, str], typed: str | None, words: str) -> None:
    """One sentence, and nothing is written, least of all without a lock."""
    for command in ("build", "check"):
        result = cabinet.cadre(command, "--encrypt", env=env, typed=typed)
        assert result.exit_code == 2
        assert words in result.output
        assert "Error" not in result.output
        assert documents(cabinet) == {}


def test_a_short_password_is_used_with_a_warning(cabinet: Cabinet) -> None:
    """It is the office's to choose."""
    result = good(cabinet.cadre("check", "--encrypt", env={"PBREPORTS_PASSWORD": "abc12"}))
    assert result.stderr.startswith("密码只有5个字符，容易被试出来，请用8个以上。")
    assert decrypted((cabinet.outputs / "核查结果.xlsx").read_bytes(), "abc12")


def test_without_the_extra_there_is_a_sentence(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install; nothing is written without a lock instead."""
    monkeypatch.setitem(sys.modules, "msoffcrypto.format", None)
    result = cabinet.cadre("build", "--encrypt", env=LOCKED)
    assert result.exit_code == 2
    assert 'pip install "pbreports[encrypt]"' in result.output
    assert documents(cabinet) == {}
