"""The journal: what happened and cannot be derived again. Lines are only ever added; only purging takes some away.

Received versions are kept as copies named by their SHA-256, so that a file written over in 报送/ is not lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pbreports.errors import WorkspaceError, reason_of
from pbreports.ooxml.files import write_atomically
from pbreports.values import Receipt, SealedScan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WrittenPaper:
    """A paper or return as the program wrote it, so that a later change by staff is noticed.

    ``key`` is the digest of what it was made from, ``note`` what was said of it then, ``template`` the digest of its
    template, ``links`` the expressions whose values stand between its hidden bookmarks, by their name, ``title`` the
    paper's, ``written`` the day it was written as 2020-12-31; all may be empty.
    """

    path: str
    sha256: str
    key: str = ""
    note: str = ""
    template: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    written: str = ""


class Journal:
    """The journal of one year in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copies = folder / "收件"
        self._receipts = folder / "收件.jsonl"
        self._papers = folder / "文书.jsonl"
        self._runs = folder / "运行.jsonl"
        self._scans = folder / "盖章.jsonl"

    def receipts(self) -> tuple[Receipt, ...]:
        """Return every receipt in the order they were noted."""
        return tuple(_read_as(_receipt, line, self._receipts) for line in _lines(self._receipts))

    def receive(self, receipts: Iterable[tuple[Receipt, Callable[[], bytes]]]) -> None:
        """Keep the versions not seen before: first the copy (from the given reading), then the line.

        A version is known by its unit, period and digest; seeing it again changes nothing.

        Raises:
            WorkspaceError: when a copy or line cannot be written, or the file changed since its digest was taken.
        """
        known = {(one.unit, one.period, one.sha256) for one in self.receipts()}
        for receipt, read in receipts:
            if (receipt.unit, receipt.period, receipt.sha256) in known:
                continue
            known.add((receipt.unit, receipt.period, receipt.sha256))
            copy = self.copy_of(receipt.sha256)
            if not copy.exists():
                _make_folder(copy.parent)
                write_atomically(copy, _unchanged(receipt, read))
            self._append(
                self._receipts,
                {
                    "sha256": receipt.sha256,
                    "unit": receipt.unit,
                    "period": receipt.period,
                    "file": receipt.file,
                    "first_seen": receipt.first_seen.isoformat(),
                },
            )

    def copy_of(self, sha256: str) -> Path:
        """Return where the copy of a received version stands."""
        return self._copies / f"{sha256}.xlsx"

    def papers(self) -> Mapping[str, str]:
        """Return the digest of each paper as it was last written, by path."""
        return {path: paper.sha256 for path, paper in self.written().items()}

    def written(self) -> Mapping[str, WrittenPaper]:
        """Return each paper as it was last written, by path, those written last at the end."""
        found: dict[str, WrittenPaper] = {}
        for paper in self._written():
            found.pop(paper.path, None)
            found[paper.path] = paper
        return found

    def _written(self) -> Iterator[WrittenPaper]:
        for line in _lines(self._papers):
            yield _read_as(_paper, line, self._papers)

    def wrote(self, paper: WrittenPaper) -> None:
        """Note a paper that was written."""
        told = asdict(paper)
        self._append(self._papers, {name: value for name, value in told.items() if value})

    def forget(self, papers: Collection[str]) -> None:
        """Take out all lines of papers, by their paths: what was purged is not told of either.

        Raises:
            WorkspaceError: when the lines cannot be written anew; then all are there as before.
        """
        lines = list(_lines(self._papers))
        left = [line for line in lines if line.get("path") not in papers]
        if len(left) < len(lines):
            write_atomically(self._papers, b"".join(map(_encoded, left)))

    def scans(self) -> tuple[SealedScan, ...]:
        """Return every scan of a sealed page in the order they were noted; a later line renews what one is for."""
        return tuple(_read_as(_scan, line, self._scans) for line in _lines(self._scans))

    def note_scan(self, scan: SealedScan) -> None:
        """Note a scan, or anew what it is for."""
        self._append(self._scans, {**asdict(scan), "first_seen": scan.first_seen.isoformat()})

    def ran(self, command: str, as_of: date, result: Mapping[str, Any]) -> None:
        """Note a run and what came of it."""
        self._append(self._runs, {"command": command, "as_of": as_of.isoformat(), **result})

    def copy_to(self, folder: Path) -> None:
        """Copy the journal as it stands now into another folder.

        Raises:
            WorkspaceError: when it cannot be read, or the folder cannot be written.
        """
        try:
            folder.mkdir(parents=True)
            for path in sorted(self._folder.glob("*.jsonl")):  # a version's copy stands there before its line does
                shutil.copyfile(path, folder / path.name)
            if self._copies.is_dir():
                shutil.copytree(self._copies, folder / self._copies.name, ignore=shutil.ignore_patterns(".*"))
        except (OSError, shutil.Error) as error:
            raise WorkspaceError(str(self._folder), f"拷贝不了（{reason_of(error)}）", "请检查权限和磁盘空间") from None

    def _append(self, path: Path, line: Mapping[str, Any]) -> None:
        _make_folder(path.parent)
        try:
            with path.open("a+b") as stream:
                _mend_end(stream)
                stream.write(_encoded(line))
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise WorkspaceError(str(path), f"写不进去（{reason_of(error)}）", "请检查磁盘空间和文件夹权限") from None


def _encoded(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _receipt(line: Mapping[str, Any]) -> Receipt:
    return Receipt(line["sha256"], line["unit"], line["period"], line["file"], date.fromisoformat(line["first_seen"]))


def _paper(line: Mapping[str, Any]) -> WrittenPaper:
    more = {name: line[name] for name in ("key", "note", "template", "links", "title", "written") if name in line}
    if "written" in more:
        date.fromisoformat(more["written"])
    return WrittenPaper(line["path"], line["sha256"], **more)


def _scan(line: Mapping[str, Any]) -> SealedScan:
    seen = date.fromisoformat(line["first_seen"])
    return SealedScan(line["sha256"], line["unit"], line["period"], line["file"], line["code"], seen)


def _read_as(reading: Callable[[Mapping[str, Any]], T], line: Mapping[str, Any], path: Path) -> T:
    """Return a line as what it records; one that is whole and yet says something else was put in by hand."""
    try:
        return reading(line)
    except (KeyError, TypeError, ValueError):
        raise WorkspaceError(str(path), f"有一行看不懂（{line}）", "请勿手工修改运行记录，可从备份恢复") from None


def _unchanged(receipt: Receipt, read: Callable[[], bytes]) -> bytes:
    try:
        data = read()
    except OSError as error:
        raise WorkspaceError(receipt.file, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None
    if hashlib.sha256(data).hexdigest() != receipt.sha256:
        raise WorkspaceError(receipt.file, "读取时文件正被改动", "请等保存完毕后再运行一次")
    return data


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(str(folder), f"文件夹建不起来（{reason_of(error)}）", "请检查权限和磁盘空间") from None


def _mend_end(stream: Any) -> None:
    """End a line that a power cut left open, so that the next one stands alone."""
    if stream.tell():
        stream.seek(-1, os.SEEK_END)
        if stream.read(1) != b"\n":
            stream.write(b"\n")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Go through the lines that are whole; one torn by a power cut is passed over."""
    for line in _bytes_of(path).split(b"\n"):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise WorkspaceError(str(path), f"打不开（{reason_of(error)}）", "请检查权限，或关闭占用它的程序") from None
