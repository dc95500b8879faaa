"""Puts a paper under its name, or beside a copy that staff have changed or have open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pbreports.errors import WorkspaceError
from pbreports.ooxml.files import is_open, write_atomically

FRESH = "新稿"
"""The state in the name of a paper that stands beside a copy which staff have changed."""

Write = Callable[[Path, bytes], None]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where papers are put: the digests that they were last written with by their shown path, and how to write.

    ``shown`` gives a path as the journal keeps it.
    """

    known: Mapping[str, str]
    shown: Callable[[Path], str]
    write: Write = write_atomically

    def put(self, path: Path, data: bytes, notices: list[str]) -> Path:
        """Write a paper under its name, or beside it when that copy was changed or is open; return where.

        Raises:
            WorkspaceError: when it cannot be written at all.
        """
        if self._changed_by_staff(path, data):
            notices.append(f"{path.name} 写出后被改动过，没有覆盖；新的一份另存在旁边。")
        elif is_open(path):
            notices.append(f"{path.name} 正在 Word 或 WPS 里打开，没有覆盖；新的一份另存在旁边。")
        elif self._try(path, data):
            return path
        else:
            notices.append(f"{path.name} 写不进去（可能正打开着），新的一份另存在旁边。")
        beside = self._free_name(path, data)
        self.write(beside, data)
        return beside

    def _changed_by_staff(self, path: Path, data: bytes) -> bool:
        if not path.exists():
            return False
        now = hashlib.sha256(path.read_bytes()).hexdigest()
        return now not in (self.known.get(self.shown(path)), hashlib.sha256(data).hexdigest())

    def _try(self, path: Path, data: bytes) -> bool:
        existed = path.exists()
        try:
            self.write(path, data)
        except WorkspaceError:
            if existed:
                return False
            raise
        return True

    def _free_name(self, path: Path, data: bytes) -> Path:
        number = 1
        while True:
            found = path.with_name(f"{path.stem}_{FRESH}{number}{path.suffix}")
            if not self._changed_by_staff(found, data) and not is_open(found):
                return found
            number += 1
