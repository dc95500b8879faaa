"""Collect: everything in 报送/ read, checked, kept in the ledger; which version of each unit counts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pbreports import findings
from pbreports.errors import PbreportsError, WorkbookError, reason_of
from pbreports.excel.intake import read_submission
from pbreports.journal import Journal
from pbreports.ledger import Ledger, Source
from pbreports.pipeline.bureau import Bureau, load_bureau
from pbreports.pipeline.year import READER, Year
from pbreports.scheme.computed import compute
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Units
from pbreports.validation import check_submission
from pbreports.values import CellRef, Finding, Receipt, Scalar, Severity, SheetData, Submission
from pbreports.versions import Version, settle

Progress = Callable[[int, int], None]
"""Told after each file: how many are read, of how many."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of a collection: every version, the findings of the latest of each unit, files without a unit.

    ``files`` counts what stands in 报送/ now; ``withdrawn`` holds the last receipt of units whose files are gone.
    """

    units: Units
    period: Period
    versions: tuple[Version, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    stray: tuple[Finding, ...]
    bureau: tuple[Finding, ...]
    files: int
    read: int
    withdrawn: Mapping[str, Receipt]

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the units that have sent nothing, in roster order."""
        sent = {version.unit for version in self.versions}
        return tuple(unit.code for unit in self.units.reporting() if unit.code not in sent)

    @property
    def must_be_mended(self) -> bool:
        """Whether any latest version, stray file or bureau workbook holds an error."""
        return any(one.severity is Severity.ERROR for one in self.all_findings())

    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding: of the bureau's workbooks, of files without a unit, of the latest versions."""
        ordered = [one for unit in self.units.all for one in self.findings.get(unit.code, ())]
        return (*self.bureau, *self.stray, *ordered)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file to be read: its place, the name it is known by, its digest and the key of its reading."""

    path: Path
    file: str
    sha256: str
    key: str


def collect(year: Year, ledger: Ledger, period: Period, as_of: date, progress: Progress | None = None) -> Collected:
    """Return what has come in for a period, after reading what is new or changed.

    Raises:
        PbreportsError: when a workbook of the bureau, the ledger or the journal cannot be used.
    """
    bureau = load_bureau(year, ledger)
    _need_units(bureau)
    journal = Journal(year.workspace.journal)
    standing = list(_standing(year, period, bureau))
    read = _read_new(standing, year, ledger, bureau, period, progress)
    replaced = list(_replaced(standing, year, period, bureau, ledger, journal))
    read += _read_new(replaced, year, ledger, bureau, period)
    arrivals = [*standing, *replaced]
    _forget(ledger, bureau, arrivals, period)
    ledger.note_present(period.name, [one.key for one in standing])
    _note_receipts(journal, ledger, arrivals, period, as_of)
    versions = versions_of(ledger, journal, bureau, period)
    latest = _latest(versions)
    return Collected(
        units=bureau.units,
        period=period,
        versions=versions,
        findings={unit: (*ledger.findings(one.key), *_renewals(one)) for unit, one in latest.items()},
        stray=_stray(ledger, period),
        bureau=(*bureau.findings, *_idle_waivers(bureau, versions, period)),
        files=len(standing),
        read=read,
        withdrawn=_withdrawn(journal, versions, period),
    )


def _withdrawn(journal: Journal, versions: Sequence[Version], period: Period) -> dict[str, Receipt]:
    """Return the last receipt of each unit whose files were there once and are gone."""
    there = {version.unit for version in versions}
    return {one.unit: one for one in journal.receipts() if one.period == period.name and one.unit not in there}


def _need_units(bureau: Bureau) -> None:
    """Raise when the roster names nobody who reports: every number would come out as not reported."""
    if not bureau.units.reporting():
        roster = bureau.year.scheme.heading.roster.sheet
        raise PbreportsError(
            f"《{roster}》表", "没有要报送的单位", "请先填好名册工作簿（空白簿由 pbreports init 生成）"
        )


def _standing(year: Year, period: Period, bureau: Bureau) -> Iterator[Arrival]:
    """Go through the files in the period's folder."""
    folder = year.received_in(period)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not _is_passing(path):
            yield _arrival(path, path.relative_to(folder).as_posix(), year, bureau, period)


def _replaced(
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


def _read_new(
    arrivals: Sequence[Arrival],
    year: Year,
    ledger: Ledger,
    bureau: Bureau,
    period: Period,
    progress: Progress | None = None,
) -> int:
    """Read into the ledger what it does not hold yet, and return how many that were."""
    known = ledger.keys()
    new = [one for one in arrivals if one.key not in known]
    for number, arrival in enumerate(new, 1):
        ledger.put([_read(arrival, year, bureau, period)])
        if progress:
            progress(number, len(new))
    return len(new)


def _is_passing(path: Path) -> bool:
    """Whether a file is only there while another is open, or belongs to the system."""
    return path.name.startswith(("~$", ".")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def _arrival(path: Path, file: str, year: Year, bureau: Bureau, period: Period) -> Arrival:
    try:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise PbreportsError(file, f"打不开（{reason_of(error)}）", "请关闭占用它的程序后重试") from None
    text = f"{READER}\0{year.scheme.digest}\0{bureau.digest}\0{period.name}\0{file}\0{sha256}"
    return Arrival(path, file, sha256, hashlib.sha256(text.encode()).hexdigest())


def _read(arrival: Arrival, year: Year, bureau: Bureau, period: Period) -> Source:
    """Return a workbook as read and checked; one that cannot be read is a single finding."""
    try:
        received = read_submission(
            arrival.path, year.scheme, bureau.units, period, file=arrival.file, facts=bureau.facts
        )
    except WorkbookError as error:
        fault = findings.finding("F-01", CellRef(arrival.file), 原因=error.what, 怎么改=error.remedy)
        return Source(arrival.key, arrival.file, "", period.name, arrival.sha256, {}, {}, (fault,))
    if received.submission is None:
        return Source(arrival.key, arrival.file, "", period.name, arrival.sha256, {}, {}, received.findings)
    submission = with_computed(received.submission, year, bureau, period)
    found = (*received.findings, *check(submission, year, bureau, period))
    return Source(
        key=arrival.key,
        file=arrival.file,
        unit=submission.unit,
        period=period.name,
        sha256=arrival.sha256,
        states={name: data.state for name, data in submission.sheets.items()},
        records={name: data.records for name, data in submission.sheets.items()},
        findings=found,
    )


def with_computed(submission: Submission, year: Year, bureau: Bureau, period: Period) -> Submission:
    """Return a submission with its computed fields filled in."""
    raw = {name: data.records for name, data in submission.sheets.items()}
    filled = compute(year.computed, raw, year.names(period), bureau.facts, submission.unit)
    sheets = {name: SheetData(name, data.state, filled[name]) for name, data in submission.sheets.items()}
    return replace(submission, sheets=sheets)


def check(submission: Submission, year: Year, bureau: Bureau, period: Period) -> tuple[Finding, ...]:
    """Return what the rules find in one submission."""
    unit = bureau.units.get(submission.unit)
    names = {**year.names(period), "本单位代码": submission.unit, "本单位种类": unit.kind if unit else ""}
    return findings.merged(check_submission(year.rules, submission, bureau.facts, names))


def _forget(ledger: Ledger, bureau: Bureau, arrivals: Sequence[Arrival], period: Period) -> None:
    """Drop what is no longer there, keeping the other periods."""
    others = [one.key for one in ledger.entries() if one.period not in ("", period.name)]
    ledger.keep_only([*bureau.keys, *others, *(one.key for one in arrivals), *_district_keys(ledger)])


def _district_keys(ledger: Ledger) -> Iterable[str]:
    return (one.key for one in ledger.entries() if not one.file)


def _note_receipts(journal: Journal, ledger: Ledger, arrivals: Sequence[Arrival], period: Period, as_of: date) -> None:
    units = {one.key: one.unit for one in ledger.entries() if one.unit}
    journal.receive(
        (Receipt(one.sha256, units[one.key], period.name, one.file, as_of), one.path.read_bytes)
        for one in arrivals
        if one.key in units
    )


def versions_of(
    ledger: Ledger, journal: Journal, bureau: Bureau, period: Period, *, with_errors: bool = False
) -> tuple[Version, ...]:
    """Return every version of a period, with the one of each unit that counts."""
    entries = [one for one in ledger.entries() if one.period == period.name]
    return settle(entries, journal.receipts(), _waived(bureau), with_errors=with_errors)


def _waived(bureau: Bureau) -> dict[tuple[str, str, int], str]:
    """Return the reasons by unit, period and version number, from the bureau's sheet of waivers."""
    waivers = bureau.year.scheme.heading.waivers
    if waivers is None:
        return {}
    found = {}
    for record in bureau.as_read(waivers.sheet):
        unit, number, reason = record.get(waivers.unit), record.get(waivers.version), record.get(waivers.reason)
        period = str(record.get(waivers.period) or bureau.year.period().name)
        if unit and number and reason:
            found[str(unit), period, _number(number)] = str(reason)
    return found


def _number(text: Scalar) -> int:
    """Return a version's number, written as ``2`` or ``v2``; zero, which no version has, for anything else."""
    digits = re.fullmatch(r"\s*[vV]?\s*(\d{1,4})\s*", str(text))
    return int(digits.group(1)) if digits else 0


def _idle_waivers(bureau: Bureau, versions: Sequence[Version], period: Period) -> tuple[Finding, ...]:
    """Return a finding for each waiver of the period that fits no version."""
    waivers = bureau.year.scheme.heading.waivers
    if waivers is None:
        return ()
    there = {(one.unit, one.period, one.number) for one in versions}
    idle = [key for key in _waived(bureau) if key[1] == period.name and key not in there]
    rows = {str(row.get(waivers.unit)): row for row in bureau.as_read(waivers.sheet)}
    return tuple(
        findings.finding("F-31", rows[unit].cell(waivers.version), unit, 什么=_lacking(unit, bureau), 表=waivers.sheet)
        for unit, _, _ in idle
    )


def _lacking(unit: str, bureau: Bureau) -> str:
    return f"“{unit}”没有这一版" if bureau.units.get(unit) else f"“{unit}”不在名册中"


def _latest(versions: Iterable[Version]) -> dict[str, Version]:
    return {version.unit: version for version in versions}


def _renewals(version: Version) -> tuple[Finding, ...]:
    """Return the notice that a newer version has come in, if it is not the first."""
    if version.number == 1:
        return ()
    return (findings.finding("V-G10", CellRef(version.file), version.unit, n=version.number),)


def _stray(ledger: Ledger, period: Period) -> tuple[Finding, ...]:
    keys = [one.key for one in ledger.entries() if one.period == period.name and not one.unit]
    return tuple(finding for key in keys for finding in ledger.findings(key))
