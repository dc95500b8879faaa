"""Folders and files for their owner alone, and whether others could read what should be so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pbreports import icacls
from pbreports.errors import WorkspaceError, reason_of, sentence
from pbreports.ooxml.files import write_atomically

_WINDOWS = os.name == "nt"
_OWNERS_FOLDER = 0o700
_OWNERS_FILE = 0o600
_GROUP, _OTHERS = 0o070, 0o007


def make_private(folder: Path) -> str | None:
    """Make a folder that its owner alone can enter, or tighten one; return in Chinese why that failed, else ``None``.

    It is closed from the moment it is there, and checked afterwards. The folders above it are made as usual when they
    are missing, and otherwise left as they are. Folders made inside it need no more: nobody else comes so far, and on
    Windows, where closing one takes a second, they have its rights.

    Raises:
        WorkspaceError: the folder cannot be made at all.
    """
    fresh = _made(folder)
    reason = "这是一个链接" if folder.is_symlink() else _closed(folder, fresh=fresh)
    if reason is None:
        return None
    remedy = "请把工作区放在本机硬盘上自己建的文件夹里（Windows 须为 NTFS 格式），不要放在U盘或网络盘上"
    return sentence(str(folder), f"不能设为只许本人进入（{reason}）", remedy)


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all that its owner alone can read, from its first byte on.

    On Windows it has the rights of its folder: see ``make_private``.

    Raises:
        WorkspaceError: as ``write_atomically``.
    """
    write_atomically(path, data, mode=_OWNERS_FILE)


@contextmanager
def owner_only() -> Iterator[None]:
    """Let everything that this process makes meanwhile be its owner's alone: ledgers, journals, drafts, new folders.

    For commands that deal with nothing else: what other threads make at the time is so too. Windows goes by folders.
    """
    before = os.umask(_GROUP | _OTHERS)
    try:
        yield
    finally:
        os.umask(before)


def exposed(path: Path) -> str | None:
    """Return in Chinese that others could read a file or folder, ``None`` when they cannot or it is not there."""
    if not path.exists():
        return None
    reason = icacls.open_to_others(path, icacls.start) if _WINDOWS else _open_to_others(path)
    if reason is None:
        return None
    way = "在它的属性“安全”页里去掉其他用户和组" if _WINDOWS else f"运行 chmod 700 '{path}'"
    return sentence(str(path), reason, f"请{way}，或移到只有本人能进入的文件夹里")


def _made(folder: Path) -> bool:
    """Make a folder where there is none; return whether it is a new one."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_OWNERS_FOLDER)
    except FileExistsError as error:
        if folder.is_dir():
            return False
        raise WorkspaceError(str(error.filename), "这里有一个同名文件，不是文件夹", "请把它移走后重试") from None
    except OSError as error:
        raise WorkspaceError(str(folder), f"文件夹建不起来（{reason_of(error)}）", "请检查权限和磁盘空间") from None
    return True


def _closed(folder: Path, *, fresh: bool) -> str | None:
    return icacls.close_folder(folder, icacls.start, fresh=fresh) if _WINDOWS else _tightened(folder)


def _tightened(folder: Path) -> str | None:
    """Take all rights of others away; some disks refuse that, and some only seem to do it."""
    try:
        found = folder.stat()
        if found.st_uid != os.geteuid():
            return "文件夹属于别的用户"
        if found.st_mode & (_GROUP | _OTHERS):
            folder.chmod(_OWNERS_FOLDER)
        still_open = folder.stat().st_mode & (_GROUP | _OTHERS)
    except OSError as error:
        return reason_of(error)
    return "这个磁盘不记权限" if still_open else None


def _open_to_others(path: Path) -> str | None:
    """Return that others may read or enter; they also need a way through every folder above."""
    try:
        place = path.resolve()
        found = place.stat()
        above = [one.stat() for one in place.parents]
    except OSError as error:
        return f"查不出谁能打开（{reason_of(error)}）"
    for whom in (_GROUP, _OTHERS):
        through = all(_given(one, whom) & 0o011 for one in above)
        if through and _given(found, whom) & 0o055:
            return f"本机的其他用户也能打开（权限 {stat.S_IMODE(found.st_mode):o}）"
    return None


def _given(found: os.stat_result, whom: int) -> int:
    """Return what a file or folder allows a class of users; a group numbered like the user is that user's own."""
    own = whom == _GROUP and found.st_gid == found.st_uid
    return 0 if own else found.st_mode & whom
