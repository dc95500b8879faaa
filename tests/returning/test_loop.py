"""Issue, fill wrongly, collect, return, mend by the return alone, collect: it ends clean."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from pbreports.excel.layout import UNREAD
from pbreports.excel.reader import read_workbook
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.running import Written, collect_year
from pbreports.pipeline.year import Year, open_year
from pbreports.sample.messy import TROUBLES, messy_reports
from pbreports.sample.reports import Report
from pbreports.sample.workers import desk_of
from pbreports.sample.writing import bureau_files, lay_out
from pbreports.values import Severity
from pbreports.versions import State
from pbreports.workspace import Workspace
from returning.mender import mended

FIRST, SECOND = date(2020, 12, 31), date(2021, 1, 4)
UNREADABLE = {"梅园小学", "锦绣小学", "钟楼小学", "向阳小学"}
"""The schools whose files do not tell whose they are: nobody can be sent a return."""


ALL = frozenset(one.unit for one in TROUBLES)
SOME = frozenset(one.unit for one in TROUBLES[::5]) | {"锦绣小学"}
"""Every fifth trouble, and a file that cannot be read: enough for every day, the campaign takes them all."""


@pytest.fixture(scope="module", params=[SOME, pytest.param(ALL, marks=pytest.mark.campaign)], ids=["some", "all"])
def schools(request: pytest.FixtureRequest) -> frozenset[str]:
    """The schools in trouble that take part."""
    taking_part: frozenset[str] = request.param
    return taking_part


@pytest.fixture(scope="module")
def year(schools: frozenset[str], sample_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The units in trouble of the messy sample, what they sent laid out."""
    root = tmp_path_factory.mktemp("loop") / "sample"
    shutil.copytree(sample_district, root, ignore=shutil.ignore_patterns("报送", "outputs", "示例清单.json"))
    workspace = Workspace(root, 2020)
    desk = desk_of(root, 2020)
    lay_out(desk, workspace, bureau_files(desk), messy_reports(desk, list(_right(sample_district, schools).values())))
    return open_year(workspace)


def _right(sample_district: Path, schools: frozenset[str]) -> Mapping[str, Report]:
    """Return the reports of the units in trouble as they should have been, by code."""
    desk = desk_of(sample_district, 2020)
    received = Workspace(sample_district, 2020).received
    return {
        unit.code: Report(
            unit.code, desk.file(unit), (received / desk.file(unit)).read_bytes(), desk.received(desk.school(unit))
        )
        for unit in desk.units
        if unit.short_name in schools
    }


def _mend(year: Year, collected: Collected, written: Written, right: Mapping[str, Report]) -> None:
    """Put every return, mended, into 报送/ in place of what the unit had sent."""
    for path in written.returned.files:
        code = path.name.split("_")[2]
        for version in collected.versions:
            if version.unit == code:
                (year.workspace.received / version.file).unlink(missing_ok=True)
        home = year.workspace.received / path.parent.name
        home.mkdir(exist_ok=True)
        (home / path.name).write_bytes(mended(path.read_bytes(), read_workbook(right[code].data, skip=UNREAD)))


def test_what_is_mended_by_the_return_alone_ends_clean(
    year: Year, schools: frozenset[str], sample_district: Path
) -> None:
    """One round of returns clears every school that can be reached; afterwards 退回/ is empty."""
    right = _right(sample_district, schools)
    collected, written = collect_year(year, "", FIRST)
    names = {unit.code: unit.short_name for unit in collected.units.all}
    wrong = {names[unit] for unit, found in collected.findings.items() if _errors(found)}
    assert {names[path.name.split("_")[2]] for path in written.returned.files} >= wrong
    assert wrong
    assert written.returned.notices == ()

    _mend(year, collected, written, right)
    again, after = collect_year(year, "", SECOND)
    latest = {one.unit: one for one in again.versions}
    states = {names[unit]: version.state for unit, version in latest.items() if unit in right}
    assert states == dict.fromkeys(states, State.COUNTED), {
        names[unit]: [str(one) for one in found if one.severity is not Severity.NOTICE]
        for unit, found in again.findings.items()
        if latest[unit].state is not State.COUNTED
    }
    assert set(states) == schools - UNREADABLE - {"望湖小学", "石门中学"}
    assert after.returned.files == ()
    assert not list(year.workspace.returned.rglob("*.xlsx"))


def _errors(found: tuple[object, ...]) -> bool:
    return any(getattr(one, "severity", None) is Severity.ERROR for one in found)
