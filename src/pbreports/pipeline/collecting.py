"""Collect: everything in 报送/ read, checked, kept in the ledger; which version of each unit counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pbreports import findings
from pbreports.errors import PbreportsError
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.pipeline.arrivals import SEALED, Arrival, open_elsewhere, replaced_by, standing_in
from pbreports.pipeline.bureau import Bureau, load_bureau
from pbreports.pipeline.comparing import rounds_of
from pbreports.pipeline.deadlines import Deadline, deadline_of
from pbreports.pipeline.explaining import Answered
from pbreports.pipeline.idle import idle_decisions
from pbreports.pipeline.pairing import paired
from pbreports.pipeline.quality import Quality, quality_of
from pbreports.pipeline.sealing import NO_SEALS, Seals, scans_in, sealed
from pbreports.pipeline.settling import settle_period
from pbreports.pipeline.taking import Progress, take_in
from pbreports.pipeline.year import Year
from pbreports.rounds import Round
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Units
from pbreports.values import CellRef, Finding, Receipt, Severity
from pbreports.versions import State, Version


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of a collection: every version, the findings of the latest of each unit, files without a unit.

    ``files`` counts what stands in 报送/ now; ``withdrawn`` holds the last receipt of units whose files are gone;
    ``quality`` is what stands beside the data of the versions that count; ``told_last_year`` is how each unit explained
    its findings then, to be read only; ``rounds`` what resubmissions changed;
    ``seals`` the scans of sealed pages.
    """

    units: Units
    period: Period
    as_of: date
    deadline: Deadline | None
    versions: tuple[Version, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    stray: tuple[Finding, ...]
    bureau: tuple[Finding, ...]
    files: int
    read: int
    withdrawn: Mapping[str, Receipt]
    quality: Quality
    told_last_year: Mapping[str, Mapping[Answered, str]]
    rounds: tuple[Round, ...] = ()
    seals: Seals = NO_SEALS

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the units that have sent nothing, in roster order."""
        sent = {version.unit for version in self.versions}
        return tuple(unit.code for unit in self.units.reporting() if unit.code not in sent)

    @property
    def must_be_mended(self) -> bool:
        """Whether a stray file, a bureau workbook or a latest version that was not let pass holds an error."""
        let_pass = {one.unit for one in _latest(self.versions).values() if one.state is State.WAIVED}
        mine = (one for unit, ones in self.findings.items() if unit not in let_pass for one in ones)
        return any(one.severity is Severity.ERROR for one in (*self.bureau, *self.stray, *mine))

    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding: of the bureau's workbooks, of files without a unit, of the latest versions."""
        ordered = [one for unit in self.units.all for one in self.findings.get(unit.code, ())]
        return (*self.bureau, *self.stray, *ordered)


def collect(year: Year, ledger: Ledger, period: Period, as_of: date, progress: Progress | None = None) -> Collected:
    """Return what has come in for a period, after reading what is new or changed.

    Raises:
        PbreportsError: when a workbook of the bureau, the ledger or the journal cannot be used.
    """
    bureau = load_bureau(year, ledger)
    _need_units(bureau)
    journal = Journal(year.workspace.journal)
    present = list(standing_in(year, period, bureau))
    standing = list(paired(present))
    read = take_in(standing, year, ledger, lambda: bureau.background, period, progress)
    replaced = list(replaced_by(standing, year, period, bureau, ledger, journal))
    read += take_in(replaced, year, ledger, lambda: bureau.background, period)
    arrivals = [*standing, *replaced]
    _forget(ledger, bureau, arrivals, period)
    ledger.note_present(period.name, [one.key for one in (*standing, *_held_open(standing, replaced))])
    _note_receipts(journal, ledger, arrivals, period, as_of)
    now = settle_period(year, ledger, bureau, period, as_of)
    scans = scans_in(year.received_in(period) / SEALED, bureau.units, period.name, as_of)
    seals = sealed(scans, now.versions, ledger, journal)
    return Collected(
        units=bureau.units,
        period=period,
        as_of=as_of,
        deadline=deadline_of(bureau, period),
        versions=now.versions,
        findings={
            unit: (*now.findings[one.key], *_renewals(one), *seals.findings.get(unit, ()))
            for unit, one in _latest(now.versions).items()
        },
        stray=(*_stray(ledger, period), *open_elsewhere(year, period), *seals.stray),
        bureau=(*bureau.findings, *idle_decisions(bureau, now.versions, period, as_of)),
        files=len(present),
        read=read,
        withdrawn=_withdrawn(journal, now.versions, period),
        quality=quality_of(now, ledger, bureau),
        told_last_year=year.last.told if year.last else {},
        rounds=rounds_of(now.versions, now.findings, ledger, year.scheme),
        seals=seals,
    )


def _held_open(standing: Sequence[Arrival], replaced: Sequence[Arrival]) -> list[Arrival]:
    """Return the copies of files that stand there and cannot be read now: being open elsewhere is no going away."""
    held = {one.file for one in standing if one.fault and one.fault.code == "F-16"}
    return [one for one in replaced if one.file in held]


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


def _forget(ledger: Ledger, bureau: Bureau, arrivals: Sequence[Arrival], period: Period) -> None:
    """Drop what is no longer there, keeping the other periods."""
    others = [one.key for one in ledger.entries() if one.period not in ("", period.name)]
    ledger.keep_only([*bureau.keys, *others, *(one.key for one in arrivals), *_district_keys(ledger)])


def _district_keys(ledger: Ledger) -> Iterable[str]:
    return (one.key for one in ledger.entries() if not one.file)


def _note_receipts(journal: Journal, ledger: Ledger, arrivals: Sequence[Arrival], period: Period, as_of: date) -> None:
    units = {one.key: one.unit for one in ledger.entries() if one.unit}
    journal.receive(
        (Receipt(one.sha256, units[one.key], period.name, one.file, as_of), one.contents)
        for one in arrivals
        if one.key in units
    )


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
