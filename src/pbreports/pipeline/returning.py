"""The returns: for every unit whose latest version is not clean, a mended workbook that says what is left to do.

What has not changed is not written again; what no longer applies is removed, unless somebody has changed it since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from pbreports.errors import WorkbookError
from pbreports.excel.identity import Part
from pbreports.excel.reader.address import position
from pbreports.excel.returning.marks import Gravity
from pbreports.excel.returning.original import can_be_marked
from pbreports.excel.returning.problems import Account, Occasion
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.pipeline.arrivals import Arrival
from pbreports.pipeline.background import Background
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.handing_out import (
    MESSAGES,
    NO_GROUP,
    SIGN_SHEET,
    by_group,
    folder_for,
    put_sign_sheet,
    put_text,
)
from pbreports.pipeline.issuing import PERSONAL_TAIL
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.remaking import Case, marked, parts_returned, remade
from pbreports.pipeline.settling import must_be_explained
from pbreports.pipeline.shelf import Shelf
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit
from pbreports.values import Finding, Severity
from pbreports.versions import State, Version
from pbreports.workspace import safe_name

FORM = "2"
"""Part of every return's key: raise it when returns look or read otherwise, so that all are written again."""

_MOST_PLACES = 6
SECONDS = 120.0
"""How long one return may take to make."""

Made = tuple[bytes, str]
"""A return as a file's bytes, and the text about it for the work group."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What stands in 退回/ after a collection: the returns, and what the bureau must be told about them."""

    files: tuple[Path, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The latest version of a unit that goes back to it, with its findings as they stand; one of its workbooks.

    ``due`` is the day up to which it is wanted back, ``None`` when none is left or set.
    """

    unit: Unit
    version: Version
    findings: tuple[Finding, ...]
    due: date | None = None
    part: Part = Part.WHOLE

    @property
    def group(self) -> str:
        """The township under which the return is put."""
        return self.unit.group

    @property
    def key(self) -> str:
        """The digest of all that the return is made from."""
        version = self.version
        told = (
            FORM,
            self.part.value,
            version.key,
            str(version.number),
            version.first_seen.isoformat(),
            str(self.due),
            *map(repr, self.findings),
        )
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def _of_data(unit: str, collected: Collected) -> tuple[Finding, ...]:
    """Return a unit's findings but those on its sealed page: a page is stamped anew without a new workbook."""
    sealed = frozenset(collected.seals.findings.get(unit, ()))
    return tuple(one for one in collected.findings.get(unit, ()) if one not in sealed)


def goes_back(findings: Iterable[Finding]) -> bool:
    """Return whether something must be mended or explained."""
    return any(one.severity is Severity.ERROR or must_be_explained(one) for one in findings)


def candidates(collected: Collected) -> list[Candidate]:
    """Return the versions that go back to their units, in roster order; one that the bureau lets pass does not."""
    latest = {version.unit: version for version in collected.versions}
    due = collected.deadline.left_for_mending(collected.as_of) if collected.deadline else None
    found = (
        Candidate(unit, latest[unit.code], _of_data(unit.code, collected), due)
        for unit in collected.units.all
        if unit.code in latest
    )
    return [one for one in found if one.version.state is not State.WAIVED and goes_back(one.findings)]


def write_returns(
    year: Year, ledger: Ledger, background: Background, collected: Collected, *, annotate: bool = False
) -> Returned:
    """Return the returns written for the units whose latest version is not clean, with what could not be written.

    Beside the returns of each township stand a register to sign and a text to paste into its work group. To
    ``annotate`` is to mark the units' own files, where that can be done, instead of fresh issues.
    """
    digests = {one.key: one.sha256 for one in ledger.entries()}
    desk = Desk(year, background, collected.period, digests, annotate)
    shelf = Shelf(folder_for(year.workspace.returned, year, collected.period), year.workspace)
    back = [replace(one, part=part) for one in candidates(collected) for part in parts_returned(desk.copy(one))]
    made = _made([one for one in back if shelf.lacks(desk.path(one), one.key)], desk)
    if annotate:
        shelf.notices += [f"{one.unit.short_name}{_NOT_MARKED}" for one in back if not desk.marks_original(one)]
    lost = {key: outcome.what for key, outcome in made.items() if isinstance(outcome, Mishap)}
    shelf.notices += [f"{one.unit.short_name}没有退回件：{lost[one.key]}。" for one in back if one.key in lost]
    back = [one for one in back if one.key not in lost]
    ready = {key: outcome for key, outcome in made.items() if not isinstance(outcome, Mishap)}
    for group, some in by_group(back).items():
        _put_group(shelf, group, some, desk, ready)
    shelf.clear()
    files = tuple(path for one in back if (path := desk.path(one)).exists())
    return Returned(files, tuple(shelf.notices))


def _made(some: Sequence[Candidate], desk: Desk) -> dict[str, Made | Mishap]:
    """Return the returns by their keys, each made in a process of its own."""
    outcomes = apart(desk.made, some, jobs=desk.year.jobs, seconds=lambda _: SECONDS)
    return {one.key: outcome for one, outcome in zip(some, outcomes, strict=True)}


def _put_group(shelf: Shelf, group: str, some: Sequence[Candidate], desk: Desk, made: Mapping[str, Made]) -> None:
    told = [shelf.put(desk.path(one), one.key, partial(made.__getitem__, one.key)) for one in some]
    home = desk.path(some[0]).parent
    put_text(shelf, home / MESSAGES, "\n\n".join(told))
    rows = [desk.line(one) for one in some]
    put_sign_sheet(shelf, home / SIGN_SHEET, f"{group}退回件签收表", _HEADERS, rows, desk.period)


_NOT_MARKED = "的原件不是纯数据的 .xlsx，没法在上面批注，照常做了退回件。"
_HEADERS = ("单位", "文件", "错误", "警告", "签收人", "签收日期")


@dataclass(frozen=True, slots=True)
class Desk:
    """What all returns of one collection are made with; ``digests`` are those of the received versions by key."""

    year: Year
    background: Background
    period: Period
    digests: Mapping[str, str]
    annotate: bool = False

    def copy(self, one: Candidate) -> Arrival:
        """Return the version as it was received, from the journal's copy."""
        digest = self.digests[one.version.key]
        path = Journal(self.year.workspace.journal).copy_of(digest)
        return Arrival(path, one.version.file, digest, one.version.key)

    def marks_original(self, one: Candidate) -> bool:
        """Return whether the unit's own file is marked instead of a fresh issue."""
        return self.annotate and one.part is Part.WHOLE and can_be_marked(self.copy(one).contents())

    def path(self, one: Candidate) -> Path:
        """Return where a return goes: below its township, named by year, period, code, short name, version."""
        unit, year = one.unit, self.year
        what = "批注" if self.marks_original(one) else "退回"
        what += PERSONAL_TAIL if one.part is Part.PERSONAL else ""
        words = f"{year.scheme.year}_{self.period.name}_{unit.code}_{unit.short_name}_v{one.version.number}_{what}"
        folder = folder_for(year.workspace.returned, year, self.period)
        return folder / safe_name(unit.group or NO_GROUP) / f"{safe_name(words)}.xlsx"

    def line(self, one: Candidate) -> tuple[str | int, ...]:
        """Return a line of the register to sign."""
        version = one.version
        return (one.unit.full_name, self.path(one).name, version.errors, version.warnings, "", "")

    def made(self, one: Candidate) -> Made | Mishap:
        """Return a return with the text about it for the work group; a mishap when the version cannot be read."""
        version = one.version
        occasion = Occasion(one.unit.full_name, one.unit.code, version.number, version.first_seen, one.due)
        case = Case(one.unit, self.copy(one), one.findings, occasion, one.part)
        try:
            whole = self.marks_original(one)
            found = marked(case) if whole else remade(case, self.year, self.background, self.period)
        except WorkbookError as error:
            return Mishap(error.what)
        return found.data, message(one.unit, self.path(one).name, found.account)


def message(unit: Unit, file: str, account: Account) -> str:
    """Return the three lines about a return for a work group: counts and places, never a name or a value."""
    counts = (
        (account.count(Gravity.ERROR), "处要改"),
        (account.count(Gravity.WARNING), "处要改正或说明"),
        (account.count(Gravity.CONFIRM), "处请核对"),
    )
    told = "、".join(f"{count}{words}" for count, words in counts if count) or "已全部恢复，请核对"
    places = list(dict.fromkeys(_place(one) for one in account.problems if one.where.sheet))
    more = f"等{len(places)}处" if len(places) > _MOST_PLACES else ""
    lines = [
        f"【{unit.short_name}】报送簿{told}。",
        f"位置：{'、'.join(places[:_MOST_PLACES])}{more}。" if places else "",
        f"请打开“{file}”，按第一张表“问题清单”改好后把这一份报回。",
    ]
    return "\n".join(line for line in lines if line)


def _place(finding: Finding) -> str:
    spot = position(finding.where.cell)
    return f"{finding.where.sheet}第{spot[0]}行" if spot else finding.where.sheet
