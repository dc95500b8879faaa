"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from pbreports.errors import WorkspaceError, reason_of

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def write_atomically(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write the bytes beside ``path`` and rename them into place; the old file stays until the new one is whole.

    ``mode`` is the most that POSIX lets anybody do with the file, from its first byte on; Windows goes by the folder.

    Raises:
        WorkspaceError: the file is open elsewhere, the folder is missing or read-only, the disk is full.
            What stood there before is untouched, and nothing is left beside it.
    """
    draft = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        try:
            _write(draft, data, mode)
        except OSError as error:
            raise _unwritten(path, error) from error
        try:
            draft.replace(path)
        except OSError as error:
            raise _unreplaced(path, error) from error
    finally:
        with contextlib.suppress(OSError):  # after success there is no draft; in a missing folder there never was
            draft.unlink()


def is_open(path: Path) -> bool:
    """Return whether Word, Excel, WPS or LibreOffice has left its mark that the file is open."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def _write(draft: Path, data: bytes, mode: int) -> None:
    with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _unwritten(path: Path, error: OSError) -> WorkspaceError:
    folder = str(path.parent)
    if error.errno in _FULL:
        return WorkspaceError(folder, f"磁盘已满，{path.name} 没有写出", "请清理磁盘后重试")
    if isinstance(error, FileNotFoundError):
        return WorkspaceError(folder, "文件夹不存在", "请先建立文件夹再重试")
    if isinstance(error, NotADirectoryError):
        return WorkspaceError(folder, "这里有一个同名文件，不是文件夹", "请把它移走后重试")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return WorkspaceError(folder, f"文件夹不能写入，{path.name} 没有写出", "请检查权限，或换一个文件夹后重试")
    return WorkspaceError(str(path), f"写入失败（{reason_of(error)}）", "请检查磁盘后重试")


def _unreplaced(path: Path, error: OSError) -> WorkspaceError:
    if path.is_dir():
        return WorkspaceError(str(path), "这里有一个同名文件夹", "请把它改名或移走后重试")
    if isinstance(error, PermissionError):
        what = "文件正在被打开或设为只读，没有覆盖"
        return WorkspaceError(str(path), what, "请在 Word、Excel 或 WPS 中关闭它后重试")
    if error.errno == errno.ENAMETOOLONG:
        return WorkspaceError(str(path), "文件名太长", "请缩短文件名后重试")
    return WorkspaceError(str(path), f"写入失败（{reason_of(error)}）", "请检查磁盘后重试")
