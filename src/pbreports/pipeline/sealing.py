"""Scans of sealed pages: whose each one is, which data it was sealed for, and whether these data still count.

What stands in 报送/盖章/ is never opened as a workbook. Its first bytes tell whether it is a scan, its name whose.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path

from pbreports import findings
from pbreports.errors import reason_of
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.pipeline.arrivals import files_in, shown_name
from pbreports.pipeline.sealnames import Names
from pbreports.scheme.roster import Units
from pbreports.values import CellRef, Finding, SealedScan
from pbreports.versions import Version

_LARGEST = 200 << 20
"""A scan beyond 200 MB is not looked at: one page at 600 dpi has some 100 MB even uncompressed."""

_STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM", b"GIF8")
"""How PDF, JPEG, PNG, TIFF, BMP and GIF files begin."""


class Seal(Enum):
    """Whether the data of a unit, or of one version, have been sealed."""

    NONE = "无"
    PRESENT = "有"
    STALE = "盖章后改数"


@dataclass(frozen=True, slots=True)
class Seals:
    """The sealed scans of a period: how each unit and each version (by key) stands, the scans, what was found.

    ``findings`` are by unit, ``stray`` of files that cannot be assigned.
    """

    units: Mapping[str, Seal]
    versions: Mapping[str, Seal]
    scans: tuple[SealedScan, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    stray: tuple[Finding, ...]

    def of(self, unit: str) -> Seal:
        """Return how a unit stands."""
        return self.units.get(unit, Seal.NONE)


NO_SEALS = Seals({}, {}, (), {}, ())


@dataclass(frozen=True, slots=True)
class Standing:
    """The scans that stand in a folder, by whose they are, and what is wrong with the other files there."""

    scans: tuple[SealedScan, ...]
    stray: tuple[Finding, ...]


def sealed(standing: Standing, versions: Sequence[Version], ledger: Ledger, journal: Journal) -> Seals:
    """Return how units and versions stand by the scans there are, after noting in the journal those not seen before.

    A scan belongs to the control code in its name; without one, to the data of its unit that counted, or were the
    latest, when it was first seen.
    """
    codes = {one.key: ledger.control(one.key) for one in versions}
    scans = tuple(_noted(standing.scans, journal, _current(versions, codes)))
    by_unit = {unit: [one for one in scans if one.unit == unit] for unit in {one.unit for one in scans}}
    states = {one.key: _state(by_unit.get(one.unit, ()), codes[one.key], counts=one.counts) for one in versions}
    stale = [one for one in versions if states[one.key] is Seal.STALE]
    return Seals(
        units={unit: _of_unit(unit, versions, states) for unit in by_unit},
        versions=states,
        scans=scans,
        findings={one.unit: (_resealing(one, by_unit[one.unit], codes[one.key]),) for one in stale},
        stray=standing.stray,
    )


def _current(versions: Sequence[Version], codes: Mapping[str, str]) -> dict[str, str]:
    """Return the control code of each unit's version that counts, else of its latest."""
    latest = {one.unit: codes[one.key] for one in versions}
    return latest | {one.unit: codes[one.key] for one in versions if one.counts}


def _of_unit(unit: str, versions: Sequence[Version], states: Mapping[str, Seal]) -> Seal:
    """Return how a unit stands that has sent a scan: as the version of it that counts."""
    counted = (states[one.key] for one in versions if one.unit == unit and one.counts)
    return next(counted, Seal.PRESENT)


def _state(scans: Sequence[SealedScan], code: str, *, counts: bool) -> Seal:
    """Return how a version stands; a scan or version without a code proves nothing against the seal."""
    if not scans:
        return Seal.NONE
    if not code or any(set(one.code.split()) <= set(code.split()) for one in scans):
        return Seal.PRESENT
    return Seal.STALE if counts else Seal.NONE


def _resealing(version: Version, scans: Sequence[SealedScan], code: str) -> Finding:
    sealed_codes = "、".join(dict.fromkeys(one.code for one in scans))
    return findings.finding("F-36", CellRef(scans[-1].file), version.unit, 盖章=sealed_codes, 现在=code)


def _noted(found: Sequence[SealedScan], journal: Journal, current: Mapping[str, str]) -> Iterator[SealedScan]:
    """Go through the scans with the date and the control code of their first sight, noting what is new of them.

    A scan that came before any workbook of its unit is for the first data that then come.
    """
    known = {(one.unit, one.period, one.sha256): one for one in journal.scans()}
    for scan in found:
        before = known.get((scan.unit, scan.period, scan.sha256))
        now = scan if before is None else replace(before, file=scan.file, code=scan.code or before.code)
        now = now if now.code else replace(now, code=current.get(scan.unit, ""))
        if before is None or before.code != now.code:
            journal.note_scan(now)
        yield now


def scans_in(folder: Path, units: Units, period: str, as_of: date) -> Standing:
    """Return the scans that stand in a folder and those below it."""
    names, scans, stray = Names(units), [], []
    for path in files_in(folder):
        file = shown_name(path.relative_to(folder.parent).parts)
        unit, code = names.read(path.relative_to(folder))
        fault, digest = _looked_at(path, file)
        if fault is None and not unit:
            fault = findings.finding("F-35", CellRef(file))
        if fault:
            stray.append(fault)
        else:
            scans.append(SealedScan(digest, unit, period, file, code, as_of))
    return Standing(tuple(scans), tuple(stray))


def _looked_at(path: Path, file: str) -> tuple[Finding | None, str]:
    """Return what is wrong with a file, and the digest of one that is a scan."""
    try:
        digest = _digest(path)
    except OSError as error:
        return findings.finding("F-16", CellRef(file), kind=_UNREADABLE, 原因=reason_of(error)), ""
    return None if digest else findings.finding("F-38", CellRef(file)), digest


_UNREADABLE = replace(
    findings.CATALOGUE["F-01"],
    message="盖章件打不开（{原因}）。",
    remedy="请关闭占用它的程序、检查权限后再运行。",
    severity=findings.WARNING,
)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a scan, empty for a file that by its beginning or its size is none."""
    with path.open("rb") as stream:
        if not _is_scan(stream.read(16), path.suffix) or path.stat().st_size > _LARGEST:
            return ""
        stream.seek(0)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_scan(start: bytes, suffix: str) -> bool:
    """Return whether a file begins like a PDF or a picture; an OFD document is a ZIP, so that its ending tells."""
    if start.startswith(_STARTS):
        return True
    if start[4:8] == b"ftyp" or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return True  # HEIC and AVIF of telephones, WebP
    return start.startswith(b"PK\x03\x04") and suffix.lower() == ".ofd"
