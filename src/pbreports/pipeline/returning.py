"""The returns: for every unit whose latest version is not clean, a mended workbook that says what is left to do.

What has not changed is not written again; what no longer applies is removed, unless somebody has changed it since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pbreports.errors import WorkbookError
from pbreports.excel.reader.address import position
from pbreports.excel.returning.marks import Gravity
from pbreports.excel.returning.problems import Account, Occasion
from pbreports.journal import Journal
from pbreports.ledger import Ledger
from pbreports.ooxml.package import contents_of
from pbreports.pipeline.background import Background
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.handing_out import by_group, folder_for, put_sign_sheet, put_text
from pbreports.pipeline.remaking import Case, remade
from pbreports.pipeline.settling import must_be_explained
from pbreports.pipeline.shelf import Shelf
from pbreports.pipeline.year import Year
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit
from pbreports.values import Finding, Severity
from pbreports.versions import State, Version
from pbreports.workspace import safe_name

FORM = "1"
"""Part of every return's key: raise it when returns look or read otherwise, so that all are written again."""

MESSAGES, SIGN_SHEET = "群消息.txt", "签收表.xlsx"
_MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class Returned:
    """What stands in 退回/ after a collection: the returns, and what the bureau must be told about them."""

    files: tuple[Path, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """The latest version of a unit that goes back to it, with its findings as they stand."""

    unit: Unit
    version: Version
    findings: tuple[Finding, ...]

    @property
    def group(self) -> str:
        """The township under which the return is put."""
        return self.unit.group

    @property
    def key(self) -> str:
        """The digest of all that the return is made from."""
        version = self.version
        told = (FORM, version.key, str(version.number), version.first_seen.isoformat(), *map(repr, self.findings))
        return hashlib.sha256("\0".join(told).encode()).hexdigest()


def goes_back(findings: Iterable[Finding]) -> bool:
    """Return whether something must be mended or explained."""
    return any(one.severity is Severity.ERROR or must_be_explained(one) for one in findings)


def candidates(collected: Collected) -> list[Candidate]:
    """Return the versions that go back to their units, in roster order; one that the bureau lets pass does not."""
    latest = {version.unit: version for version in collected.versions}
    found = (
        Candidate(unit, latest[unit.code], collected.findings.get(unit.code, ()))
        for unit in collected.units.all
        if unit.code in latest
    )
    return [one for one in found if one.version.state is not State.WAIVED and goes_back(one.findings)]


def write_returns(year: Year, ledger: Ledger, background: Background, collected: Collected) -> Returned:
    """Return the returns written for the units whose latest version is not clean, with what could not be written.

    Beside the returns of each township stand a register to sign and a text to paste into its work group.
    """
    desk = _Desk(year, background, collected.period, {one.key: one.sha256 for one in ledger.entries()})
    folder = folder_for(year.workspace.returned, year, collected.period)
    shelf = Shelf(folder, year.workspace)
    returns = []
    for group, some in by_group(candidates(collected)).items():
        home, told = folder / safe_name(group), []
        for one in some:
            path = home / desk.file_name(one)
            try:
                told.append(shelf.put(path, one.key, partial(desk.made, one)))
                returns.append(path)
            except WorkbookError as error:
                shelf.notices.append(f"{one.unit.short_name}没有退回件：{error}")
        put_text(shelf, home / MESSAGES, "\n\n".join(told))
        put_sign_sheet(
            shelf, home / SIGN_SHEET, f"{group}退回件签收表", _HEADERS, [desk.line(one) for one in some], desk.period
        )
    shelf.clear()
    return Returned(tuple(returns), tuple(shelf.notices))


_HEADERS = ("单位", "文件", "错误", "警告", "签收人", "签收日期")


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all returns of one collection are made with; ``digests`` are those of the received versions by key."""

    year: Year
    background: Background
    period: Period
    digests: dict[str, str]

    def file_name(self, one: Candidate) -> str:
        """Return a return's file name: year, period, code, short name, version."""
        unit, year = one.unit, self.year.scheme.year
        words = f"{year}_{self.period.name}_{unit.code}_{unit.short_name}_v{one.version.number}_退回"
        return safe_name(words) + ".xlsx"

    def line(self, one: Candidate) -> tuple[str | int, ...]:
        """Return a line of the register to sign."""
        version = one.version
        return (one.unit.full_name, self.file_name(one), version.errors, version.warnings, "", "")

    def made(self, one: Candidate) -> tuple[bytes, str]:
        """Return a return, and the text about it for the work group."""
        copy = Journal(self.year.workspace.journal).copy_of(self.digests[one.version.key])
        occasion = Occasion(one.unit.full_name, one.unit.code, one.version.number, one.version.first_seen)
        case = Case(one.unit, one.version.file, contents_of(copy, one.version.file), one.findings, occasion)
        found = remade(case, self.year, self.background, self.period)
        return found.data, message(one.unit, self.file_name(one), found.account)


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
