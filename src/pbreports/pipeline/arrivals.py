"""What has arrived: every file that stands in 报送/, and the journal's copies of what others have replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbreports.errors import PbreportsError, WorkbookError, reason_of
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.ooxml.limits import LIMITS
from pbreports.pipeline.bureau import Bureau
from pbreports.pipeline.year import READER, Year
from pbreports.scheme.model import Period


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file to be read: its place, the name it is known by, its digest and the key of its reading."""

    path: Path
    file: str
    sha256: str
    key: str

    def contents(self) -> bytes:
        """Return the file's bytes; raises as ``contents_of``."""
        return contents_of(self.path, self.file)


def standing_in(year: Year, period: Period, bureau: Bureau) -> Iterator[Arrival]:
    """Go through the files in the period's folder."""
    folder = year.received_in(period)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not _is_passing(path):
            yield _arrival(path, path.relative_to(folder).as_posix(), year, bureau, period)


def replaced_by(
    standing: Sequence[Arrival], year: Year, period: Period, bureau: Bureau, ledger: Ledger, journal: Journal
) -> Iterator[Arrival]:
    """Go through the journal's copies of what other files have replaced: of the same unit, or of the same name.

    So a good version still counts when its file was taken away for a newer one that holds errors.
    """
    keys = {one.key for one in standing}
    units = {one.unit for one in ledger.entries() if one.key in keys and one.unit}
    names, digests = {one.file for one in standing}, {one.sha256 for one in standing}
    for receipt in journal.receipts():
        replaced = receipt.unit in units or receipt.file in names
        if receipt.period == period.name and replaced and receipt.sha256 not in digests:
            yield _arrival(journal.copy_of(receipt.sha256), receipt.file, year, bureau, period)


def _is_passing(path: Path) -> bool:
    """Whether a file is only there while another is open, or belongs to the system."""
    return path.name.startswith(("~$", ".")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def contents_of(path: Path, file: str) -> bytes:
    """Return a file's bytes, no more than one beyond what is read at all.

    Raises:
        WorkbookError: F-16, when the file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(LIMITS.file_size + 1)
    except OSError as error:
        what = f"文件读取失败（{reason_of(error)}）"
        raise WorkbookError(file, what, "请在 Excel 或 WPS 中关闭它、检查权限后重试", code="F-16") from error


def _arrival(path: Path, file: str, year: Year, bureau: Bureau, period: Period) -> Arrival:
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PbreportsError(file, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None
    text = f"{READER}\0{year.scheme.digest}\0{bureau.digest}\0{period.name}\0{file}\0{sha256}"
    return Arrival(path, file, sha256, hashlib.sha256(text.encode()).hexdigest())
