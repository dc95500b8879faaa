"""Folders and files for their owner alone, and the warning when others could read."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pbreports.errors import WorkspaceError
from pbreports.journal import Journal
from pbreports.ooxml.files import write_atomically
from pbreports.private import exposed, make_private, owner_only, write_private

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the bits of POSIX; Windows is in test_icacls.py")


def mode(path: Path) -> int:
    """Return the permissions of a path itself."""
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """Let everybody read what is made, were it left to the system."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    """Return a folder to which everybody has a way, as far as this test can see to it."""
    for one in (tmp_path, *tmp_path.parents):
        if one.stat().st_uid == os.geteuid() and not mode(one) & 0o001:
            one.chmod(mode(one) | 0o011)
    return tmp_path


def test_a_new_folder_is_private_from_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made with the owner's rights alone, not tightened afterwards; the folders above it are made as usual."""
    monkeypatch.setattr(Path, "chmod", lambda *_: pytest.fail("too late"))
    folder = tmp_path / "outputs" / "2020" / "考察"
    assert make_private(folder) is None
    assert mode(folder) == 0o700
    assert mode(folder.parent) == 0o777


def test_a_folder_that_is_there_is_tightened(tmp_path: Path) -> None:
    """What others were allowed is taken away, and only there."""
    folder = tmp_path / "outputs" / "考察"
    folder.mkdir(parents=True)
    assert make_private(folder) is None
    assert mode(folder) == 0o700
    assert mode(folder.parent) == 0o777
    assert make_private(folder) is None


def test_a_disk_that_keeps_no_permissions_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some disks take the order and do nothing, some refuse it."""
    folder = tmp_path / "考察"
    folder.mkdir()
    monkeypatch.setattr(Path, "chmod", lambda *_: None)
    assert "不记权限" in (make_private(folder) or "")

    def refuse(*_: object) -> None:
        raise PermissionError(1, "refused")

    monkeypatch.setattr(Path, "chmod", refuse)
    assert "不能设为只许本人进入（权限不足）" in (make_private(folder) or "")


def test_the_folder_of_somebody_else_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner could open it again at any time."""
    folder = tmp_path / "考察"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert "别的用户" in (make_private(folder) or "")


def test_a_link_is_not_taken_for_a_private_folder(tmp_path: Path) -> None:
    """It may lead anywhere; what it leads to keeps its rights."""
    (tmp_path / "公开").mkdir()
    (tmp_path / "考察").symlink_to(tmp_path / "公开")
    assert "链接" in (make_private(tmp_path / "考察") or "")
    assert mode(tmp_path / "公开") == 0o777


def test_what_stands_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    """A file in the folder's place, or above it."""
    (tmp_path / "考察").touch()
    with pytest.raises(WorkspaceError, match="同名文件"):
        make_private(tmp_path / "考察")
    with pytest.raises(WorkspaceError, match="考察：这里有一个同名文件"):
        make_private(tmp_path / "考察" / "里面")
    with pytest.raises(WorkspaceError, match="建不起来"):
        make_private(tmp_path / ("长" * 99))


def test_a_private_file_is_never_anybody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its draft is the owner's alone too, and so is a file written over one that everybody could read."""
    seen = []
    replace = Path.replace

    def watched(draft: Path, target: Path) -> Path:
        seen.append(mode(draft))
        return replace(draft, target)

    monkeypatch.setattr(Path, "replace", watched)
    path = tmp_path / "甲.docx"
    path.write_bytes(b"old")
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert (mode(path), seen) == (0o600, [0o600])


def test_other_files_are_written_as_before(tmp_path: Path) -> None:
    """What the system lets new files have, papers outside keep."""
    write_atomically(tmp_path / "总结.docx", b"")
    assert mode(tmp_path / "总结.docx") == 0o666


def test_whatever_is_made_meanwhile_is_private(tmp_path: Path) -> None:
    """The journal and the ledger's database write their files themselves; afterwards all is as it was."""
    with owner_only():
        Journal(tmp_path / "运行记录").ran("cadre", date(2020, 12, 1), {})
        with sqlite3.connect(tmp_path / "台账.db") as ledger:
            ledger.execute("create table 表(列)")
        ledger.close()
    made = sorted(tmp_path.rglob("*"))
    assert len(made) == 3
    assert {mode(one) & 0o077 for one in made} == {0}
    (tmp_path / "后来").touch()
    assert mode(tmp_path / "后来") == 0o666


def test_what_others_could_read_is_said(passage: Path) -> None:
    """A folder or file with a way to it; the sentence says how to close it. What is not there is nobody's."""
    folder = passage / "考 察"
    folder.mkdir(mode=0o755)
    told = exposed(folder) or ""
    assert "权限 755" in told
    assert f"chmod 700 '{folder}'" in told
    (folder / "甲.lrmx").touch(mode=0o644)
    assert "权限 644" in (exposed(folder / "甲.lrmx") or "")
    assert exposed(passage / "没有") is None


@pytest.mark.parametrize("rights", [0o700, 0o600, 0o500])
def test_what_is_the_owners_alone_is_not_complained_of(passage: Path, rights: int) -> None:
    """Nothing is said of a folder or file that only its owner can open."""
    (passage / "考察").mkdir(mode=rights)
    assert exposed(passage / "考察") is None


def test_a_folder_behind_a_closed_door_is_not_exposed(passage: Path) -> None:
    """Whoever cannot enter a folder above cannot read, whatever the rights below."""
    folder = passage / "家" / "考察"
    folder.mkdir(parents=True)
    assert exposed(folder) is not None
    folder.parent.chmod(0o700)
    assert exposed(folder) is None


def test_a_group_of_ones_own_is_oneself(passage: Path) -> None:
    """Many systems give each user a group with the user's number; another group is other people."""
    folder = passage / "考察"
    folder.mkdir(mode=0o750)
    os.chown(folder, -1, os.geteuid()) if os.geteuid() == 0 else None
    found = folder.stat()
    assert (exposed(folder) is None) is (found.st_gid == found.st_uid)
