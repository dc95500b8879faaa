"""What has arrived: every file in 报送/ and in the archives there, and the journal's copies of what was replaced."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pbreports import findings
from pbreports.errors import WorkbookError
from pbreports.excel.parts import Glance, bound, glance_at, is_bound
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.ooxml.archive import Packed, decoded_name, is_archive, packed_bytes, unpacked
from pbreports.ooxml.limits import LIMITS, MEGABYTE
from pbreports.ooxml.package import contents_of, unopened
from pbreports.pipeline.pool import Mishap, fault_of
from pbreports.pipeline.year import READER, Year
from pbreports.scheme.model import Period
from pbreports.values import CellRef, Finding
from pbreports.workspace import safe_name

if TYPE_CHECKING:
    from pbreports.pipeline.bureau import Bureau  # which reads what groups send, and so asks this module what is there

SEALED = "盖章"
"""The folder in 报送/ for scans of sealed pages; no workbook is looked for there."""

_LOCKS = (re.compile(r"~\$(?P<file>.+)"), re.compile(r"\.~lock\.(?P<file>.+)#"))  # of Excel and WPS, of LibreOffice
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_FORMS = (".lrmx", ".lrm")
"""The endings of appointment forms: such files are called by a person's name and identity number."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file to be read: where it is, the name it is known by, its digest, the key of its reading, its size.

    ``path`` is a file in 报送/; ``member`` leads to the file inside it when it is an archive. ``fault`` is what there
    is to say when it cannot be had at all. ``glance`` is what a workbook of two says of itself; ``companion`` is the
    other one, when the two have been put together.
    """

    path: Path
    file: str
    sha256: str
    key: str
    size: int = 0
    member: tuple[int, ...] = ()
    fault: Finding | None = None
    glance: Glance | None = None
    companion: Arrival | None = None

    def contents(self) -> bytes:
        """Return the file's bytes, no more than one beyond what is read at all; with a companion both, bound.

        Raises:
            WorkbookError: F-16, when it cannot be opened, F-07, when the archive that it lies in is damaged.
        """
        if self.companion:
            return bound(replace(self, companion=None).contents(), self.companion.contents())
        if not self.member:
            return contents_of(self.path, self.file)
        try:
            return packed_bytes(self.path, self.member, self.file)
        except OSError as error:
            raise unopened(self.file, error) from error


def standing_in(year: Year, period: Period, bureau: Bureau) -> Iterator[Arrival]:
    """Go through the files in the period's folder and in the archives there; what is there twice comes once."""
    folder = year.received_in(period)
    ground = _ground(year, period, bureau)
    seen: set[str] = set()
    for path in files_in(folder):
        for arrival in arrivals_of(path, shown_name(path.relative_to(folder).parts), ground):
            if arrival.key not in seen:
                seen.add(arrival.key)
                yield arrival


def replaced_by(
    standing: Sequence[Arrival], year: Year, period: Period, bureau: Bureau, ledger: Ledger, journal: Journal
) -> Iterator[Arrival]:
    """Go through the journal's copies of what other files have replaced: of the same unit, or of the same name.

    So a good version still counts when its file was taken away for a newer one that holds errors.
    """
    keys = {one.key for one in standing}
    units = {one.unit for one in ledger.entries() if one.key in keys and one.unit}
    names, digests = {one.file for one in standing}, {one.sha256 for one in standing}
    ground = _ground(year, period, bureau)
    for receipt in journal.receipts():
        replaced = receipt.unit in units or receipt.file in names
        if receipt.period == period.name and replaced and receipt.sha256 not in digests:
            yield from arrivals_of(journal.copy_of(receipt.sha256), receipt.file, ground)


def open_elsewhere(year: Year, period: Period) -> tuple[Finding, ...]:
    """Return a notice for each mark that a program leaves beside a workbook while somebody has it open."""
    return open_in(year.received_in(period))


def open_in(folder: Path, *front: str) -> tuple[Finding, ...]:
    """Return a notice for each workbook below a folder that somebody has open; ``front`` stands before its name."""
    marks = ((path, _locked_by(path)) for path in sorted(folder.rglob("*")) if not _is_sealed(path, folder))
    return tuple(
        findings.finding(
            "F-25", CellRef(shown_name((*front, *path.relative_to(folder).parts))), 文件=shown_name([name])
        )
        for path, name in marks
        if name
    )


def files_in(folder: Path) -> Iterator[Path]:
    """Go through the files below a folder in order; those that the system cannot even look at are among them."""
    for path in sorted(folder.rglob("*")):
        is_there = path.is_file() or not path.exists()
        if is_there and not _is_passing(path.relative_to(folder).parts) and not _is_sealed(path, folder):
            yield path


def _is_passing(parts: Sequence[str]) -> bool:
    """Return whether a file is only there while another is open, or belongs to the system."""
    last = parts[-1].lower()
    return last.startswith(("~$", ".", "~wr")) or any(part.lower() in _OF_THE_SYSTEM for part in parts)


def _is_sealed(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).parts[0] == SEALED


def _locked_by(path: Path) -> str:
    """Return the name of the workbook that a mark stands for, empty when the file is no mark."""
    found = (pattern.fullmatch(path.name) for pattern in _LOCKS)
    return next((match["file"] for match in found if match), "")


def shown_name(parts: Sequence[str]) -> str:
    """Return a path's or an archive's parts as they are shown: on no system dangerous, and never undecodable."""
    readable = (decoded_name(os.fsencode(part)) if _has_halves(part) else part for part in parts)
    pieces = (piece for part in readable for piece in part.replace("\\", "/").split("/"))
    return "/".join(safe_name(piece) for piece in pieces if piece not in ("", ".", ".."))


def _has_halves(text: str) -> bool:
    """Return whether a name came in bytes that are not the system's encoding, which Python keeps as lone halves."""
    return any("\ud800" <= mark <= "\udfff" for mark in text)


def arrivals_of(path: Path, file: str, ground: str = "") -> Iterator[Arrival]:
    """Go through what a file is: itself, or everything in it when it is an archive.

    ``ground`` is what the reading rests on beside the file; the key is the digest of both.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LIMITS.archive_size else b""
    except OSError as error:
        yield _arrival(path, file, ground, fault=unreadable(file, unopened(file, error)))
        return
    if size > LIMITS.archive_size:
        yield _arrival(path, file, ground, size=size, fault=unreadable(file, _too_large(file)))
        return
    try:
        yield from _looked_into(path, file, ground, data)
    except Exception as error:  # noqa: BLE001 - no archive may cost the other files
        yield _arrival(path, file, ground, size=size, fault=mishap(file, fault_of(error)))


def _looked_into(path: Path, file: str, ground: str, data: bytes) -> list[Arrival]:
    if is_bound(data) or not is_archive(data):
        arrival = _arrival(path, file, ground, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        return [replace(arrival, glance=glance_at(data))]
    packed = (one for one in unpacked(data, file) if one.fault or not _is_passing("/".join(one.names).split("/")))
    members = (_member(path, file, ground, one) for one in packed)
    return sorted(members, key=lambda one: (one.file, one.member))


def _member(path: Path, file: str, ground: str, one: Packed) -> Arrival:
    name = shown_name([file, *one.names])
    fault = unreadable(name, one.fault) if one.fault else None
    digest, size = hashlib.sha256(one.data).hexdigest(), len(one.data)
    made = _arrival(path, name, ground, sha256=digest, size=size, member=one.places, fault=fault)
    return replace(made, glance=glance_at(one.data))


def _arrival(  # noqa: PLR0913 - the parts of an arrival
    path: Path,
    file: str,
    ground: str,
    *,
    sha256: str = "",
    size: int = 0,
    member: tuple[int, ...] = (),
    fault: Finding | None = None,
) -> Arrival:
    if file.casefold().endswith(_FORMS):
        file = _nameless(file, sha256)
        fault = findings.finding("F-50", CellRef(file))
    said = fault.message if fault else ""
    key = hashlib.sha256(f"{ground}\0{file}\0{sha256}\0{said}".encode()).hexdigest()
    return Arrival(path, file, sha256, key, size, member, fault)


def _nameless(file: str, sha256: str) -> str:
    """Return what an appointment form that was put into the wrong folder is called: nobody's name may get out."""
    folder, slash, name = file.rpartition("/")
    return f"{folder}{slash}任免表文件_{sha256[:6]}.{name.rpartition('.')[2].casefold()}"


def _ground(year: Year, period: Period, bureau: Bureau) -> str:
    """Return what the reading of any file of a period rests on."""
    return f"{READER}\0{year.scheme.digest}\0{bureau.ground}\0{period.name}"


def _too_large(file: str) -> WorkbookError:
    what = f"文件超过 {LIMITS.archive_size // MEGABYTE} MB"
    return WorkbookError(file, what, "请删去图片等无关内容，或分开打包后再报送", code="F-10")


def mishap(file: str, what: Mishap) -> Finding:
    """Return the finding of a file whose reading came to a bad end."""
    return findings.finding("F-18", CellRef(file), 什么=what.what)


def unreadable(file: str, error: WorkbookError) -> Finding:
    """Return the finding that says why a file cannot be read."""
    kind = findings.CATALOGUE["F-01"]
    return findings.finding(error.code, CellRef(file), kind=kind, 原因=error.what, 怎么改=error.remedy)
