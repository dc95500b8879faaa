"""Taking away what was written about people under inspection, once it need not be kept any longer.

Only outputs go: workbooks and forms in inputs/ are the office's own. What is removed does not go to the bin; copies that
a backup or the disk itself still holds are beyond this program.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pbreports.errors import WorkspaceError, reason_of, sentence
from pbreports.journal import Journal, WrittenPaper
from pbreports.ooxml.files import is_open
from pbreports.pipeline.cadre.office import JOURNAL, LEDGER
from pbreports.private import owner_only
from pbreports.workspace import Workspace

Dated = Callable[[Path], date]
"""Tells on which day a file was changed last."""

_MOUNT_POINT = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT: what Windows calls a junction
_DRAFT = re.compile(r"\.[0-9a-f]{16}\.tmp")
_KINDS = {
    ".docx": "Word 文书",
    ".xlsx": "Excel 表",
    ".lrmx": "任免表",
    ".db": "台账",
    ".jsonl": "运行记录",
    ".tmp": "临时文件",
}


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed and what is still there, the ledger and the journal too; ``stuck`` says why some could not go."""

    removed: tuple[Path, ...]
    kept: tuple[Path, ...]
    stuck: tuple[str, ...]

    @property
    def kinds(self) -> Mapping[str, int]:
        """How many files of each kind were removed; their names tell of people."""
        return Counter(_KINDS.get(path.suffix.lower(), "其他") for path in self.removed)


def changed_on(path: Path) -> date:
    """Return the day on which a file was changed last, a link's own where it is one."""
    return datetime.fromtimestamp(path.lstat().st_mtime, tz=UTC).astimezone().date()


def purge(workspace: Workspace, before: date, *, dated: Dated = changed_on, dry: bool = False) -> Purged:
    """Remove what was written before a day; ``dry`` removes nothing and returns what would go. The year must be held.

    A paper's day is the journal's unless it was changed since; everything else goes by its last change. Drafts that a
    crash left go in any case. The ledger and the journal go with the last paper; else the journal forgets what went, and
    the ledger goes when it is old, for it is made anew. Links are never followed.

    Raises:
        WorkspaceError: the folder is a link, or the journal cannot be read or written.
    """
    folder = workspace.private_outputs
    if _leads_away(folder):
        raise WorkspaceError(str(folder), "这是一个链接，没有清理", "请换成真正的文件夹")
    stuck: list[str] = []
    papers, own = _told_apart(_files(folder, stuck), folder)
    journal = Journal(folder / JOURNAL)
    written = {workspace.root / name: paper for name, paper in journal.written().items()}
    due = [path for path in papers if _DRAFT.fullmatch(path.name) or _day_of(path, written.get(path), dated) < before]
    removed = _removed(due, stuck, dry=dry)
    kept = [path for path in papers if path not in removed]
    removed |= _removed(_due_of_own(own, before, dated, last_paper_went=bool(removed) and not kept), stuck, dry=dry)
    if not dry:
        gone = {path for path, paper in written.items() if path in removed or _is_gone(path, paper, before)}
        with owner_only():
            journal.forget({workspace.shown(path) for path in gone})
        _remove_empty_folders(removed, folder)
    found = (*papers, *own)
    return Purged(
        tuple(path for path in found if path in removed),
        tuple(path for path in found if path not in removed),
        tuple(stuck),
    )


def _files(folder: Path, stuck: list[str]) -> Iterator[Path]:
    """Go through the files below a folder, without those that tell of a run under way and without leaving it."""

    def unread(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            stuck.append(sentence(str(error.filename), f"打不开（{reason_of(error)}）", "请检查权限"))

    for root, below, names in os.walk(folder, onerror=unread):
        away = {name for name in below if _leads_away(Path(root, name))}
        stuck.extend(sentence(str(Path(root, name)), "这是一个链接，没有进去", "请自行核对") for name in sorted(away))
        below[:] = sorted(name for name in below if name not in away)
        yield from (Path(root, name) for name in sorted(names) if not name.endswith(".lock"))


def _told_apart(found: Iterable[Path], folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the papers and whatever else was written, and the files of the ledger and the journal."""
    papers: list[Path] = []
    own: list[Path] = []
    for path in found:
        first = path.relative_to(folder).parts[0]
        (own if first == JOURNAL or first.startswith(LEDGER) else papers).append(path)
    return papers, own


def _day_of(path: Path, paper: WrittenPaper | None, dated: Dated) -> date:
    as_written = paper is not None and paper.written and _digest(path) == paper.sha256
    return date.fromisoformat(paper.written) if paper and as_written else dated(path)


def _digest(path: Path) -> str:
    """Return a file's digest, empty when it cannot be read: then it is not known to be as it was written."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _due_of_own(own: Collection[Path], before: date, dated: Dated, *, last_paper_went: bool) -> list[Path]:
    if last_paper_went or all(dated(path) < before for path in own):
        return list(own)
    return [path for path in own if path.name.startswith(LEDGER) and dated(path) < before]


def _removed(due: Iterable[Path], stuck: list[str], *, dry: bool) -> set[Path]:
    """Remove files and return those that went; one that is open elsewhere does not stop the others."""
    gone: set[Path] = set()
    for path in due:
        if is_open(path):
            stuck.append(
                sentence(str(path), "正打开着，没有删除", "请关闭后再运行一次；没有打开的，请删去旁边的 ~$ 文件")
            )
            continue
        try:
            if not dry:
                path.unlink()
        except OSError as error:
            stuck.append(sentence(str(path), f"删不掉（{reason_of(error)}）", "请关闭打开它的程序后再运行一次"))
        else:
            gone.add(path)
    return gone


def _is_gone(path: Path, paper: WrittenPaper, before: date) -> bool:
    """Return whether somebody else has removed a paper that was due."""
    return paper.written < before.isoformat() and not path.exists()


def _remove_empty_folders(removed: Iterable[Path], folder: Path) -> None:
    """Remove the folders below that nothing is left in, the deepest first."""
    below = {parent for path in removed for parent in path.parents if folder in parent.parents}
    for one in sorted(below, key=lambda path: len(path.parts), reverse=True):
        with contextlib.suppress(OSError):  # something is left in it
            one.rmdir()


def _leads_away(path: Path) -> bool:
    """Return whether a folder is a link or a junction."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _MOUNT_POINT
