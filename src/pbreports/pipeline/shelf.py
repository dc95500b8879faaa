"""A folder of files that the program makes: what has not changed is left, what no longer applies is taken away.

What somebody has changed since it was written is never touched, and a file that is open does not stop the others.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from pbreports.errors import WorkspaceError, reason_of
from pbreports.journal import Journal, WrittenPaper
from pbreports.ooxml.files import is_open, write_atomically
from pbreports.pipeline.year import make_folder
from pbreports.workspace import Workspace

Make = Callable[[], tuple[bytes, str]]
"""Makes a file: its bytes, and what is to be said of it."""


class Shelf:
    """The files below one folder, as the journal knows them; ``notices`` says what was left as it is."""

    def __init__(self, folder: Path, workspace: Workspace) -> None:
        self._folder, self._workspace = folder, workspace
        self._journal = Journal(workspace.journal)
        self._written = dict(self._journal.written())
        self.files: list[Path] = []
        self.notices: list[str] = []

    def lacks(self, path: Path, key: str) -> bool:
        """Return whether a file is not there as made from the same before."""
        last = self._written.get(self._workspace.shown(path))
        return not (last and last.key == key and path.exists())

    def put(self, path: Path, key: str, make: Make) -> str:
        """Write a file unless it was made from the same before, and return what is said of it.

        ``key`` is the digest of what it is made from.
        """
        self.files.append(path)
        last = self._written.get(self._workspace.shown(path))
        now = _digest_of(path)
        if last and not self.lacks(path, key):
            return last.note
        data, note = make()
        fresh = hashlib.sha256(data).hexdigest()
        if now not in ("", fresh, last.sha256 if last else ""):
            self._leave(path, "写出后被改动过，没有覆盖；要重新生成，请先把它移走")
        elif now != fresh and not self._write(path, data):
            return note
        else:
            self._note(WrittenPaper(self._workspace.shown(path), fresh, key, note))
        return note

    def clear(self) -> None:
        """Remove what was written here before and was not put this time, unless it was changed since."""
        kept = {self._workspace.shown(path) for path in self.files}
        below = f"{self._workspace.shown(self._folder)}/"
        for name, last in self._written.items():
            path = self._workspace.root / name
            now = _digest_of(path) if name.startswith(below) and name not in kept else ""
            if now and now != last.sha256:
                self._leave(path, "已不再适用，但写出后被改动过，没有删除")
            elif now:
                self._remove(path)

    def _write(self, path: Path, data: bytes) -> bool:
        if is_open(path):
            self._leave(path, "正打开着，没有覆盖；请关闭后再运行一次")
            return False
        try:
            make_folder(path.parent)
            write_atomically(path, data)
        except WorkspaceError as error:
            self.notices.append(str(error))
            return False
        return True

    def _note(self, written: WrittenPaper) -> None:
        self._journal.wrote(written)
        self._written[written.path] = written

    def _remove(self, path: Path) -> None:
        try:
            path.unlink()
        except OSError as error:
            self._leave(path, f"已不再适用，但删不掉（{reason_of(error)}）")
            return
        with contextlib.suppress(OSError):  # a folder with something else in it stays
            path.parent.rmdir()

    def _leave(self, path: Path, why: str) -> None:
        self.notices.append(f"{self._workspace.shown(path)} {why}。")


def _digest_of(path: Path) -> str:
    """Return a file's digest, empty when there is none that can be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
