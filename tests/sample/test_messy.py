"""The second flavour: every planted trouble is found for what it is, and none of them stops the program."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from pbreports.pipeline.running import figures_of_year, status_of_year
from pbreports.pipeline.standing import status_lines
from pbreports.pipeline.year import Year, open_year
from pbreports.sample.messy import TROUBLES, Trouble, messy_reports
from pbreports.sample.reports import Desk, Report
from pbreports.sample.workers import desk_of
from pbreports.sample.writing import MANIFEST, lay_out
from pbreports.values import Finding
from pbreports.workspace import Workspace

DAY = date(2020, 12, 31)


@pytest.fixture(scope="module")
def messy(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The sample, collected, in which all troubles then take the places of the good reports."""
    root = Path(shutil.copytree(collected_district, tmp_path_factory.mktemp("messy") / "sample"))
    workspace = Workspace(root, 2020)
    desk = desk_of(root, 2020)
    found = [*workspace.inputs.glob("*.xlsx"), *workspace.inputs.glob("考评/*.xlsx")]
    found += [one for one in workspace.private_inputs.rglob("*") if one.is_file() and one.name != MANIFEST]
    books = {path.relative_to(workspace.inputs).as_posix(): path.read_bytes() for path in found}
    lay_out(desk, workspace, books, messy_reports(desk, _reports(workspace, desk)))
    return open_year(workspace)


def _reports(workspace: Workspace, desk: Desk) -> list[Report]:
    return [
        Report(
            unit.code,
            desk.file(unit),
            (workspace.received / desk.file(unit)).read_bytes(),
            desk.received(desk.school(unit)),
        )
        for unit in desk.units
    ]


@pytest.fixture(scope="module")
def codes(messy: Year) -> Mapping[str, set[str]]:
    """What was found, by the unit in whose report it was planted (files are named for their units)."""
    collected, _ = status_of_year(messy, "", DAY)
    summary = figures_of_year(messy, DAY)
    names = {unit.code: unit.short_name for unit in collected.units.all}
    found: dict[str, set[str]] = {}
    for one in (*collected.all_findings(), *summary.findings):
        for trouble in TROUBLES:
            if trouble.unit in (names.get(one.unit), *one.where.file.split("_")) or _told_at_the_bureau(one, trouble):
                found.setdefault(trouble.unit, set()).add(one.code)
    return found


def _told_at_the_bureau(one: Finding, trouble: Trouble) -> bool:
    """Whether a row of the bureau's own workbook is held against what a school has not reported."""
    return one.where.file == "表彰命名.xlsx" and trouble.unit in one.message


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda one: one.about)
def test_every_trouble_is_found(codes: Mapping[str, set[str]], trouble: Trouble) -> None:
    """The codes that the table expects are among what was found in that unit's report."""
    assert set(trouble.codes) <= codes.get(trouble.unit, set())


@pytest.mark.parametrize(
    ("unit", "state", "note"),
    [
        ("望湖小学", "未交", ""),
        ("石门中学", "未交", ""),
        ("梅园小学", "未交", ""),
        ("西园小学", "通过", "按 v2 统计"),
        ("东苑小学", "退回", "现按 v1 统计"),
        ("柳岸小学", "通过", "按 v1 统计"),
        ("安澜幼儿园", "通过", "按 v1 统计"),
        ("光华小学", "退回", "暂不计入"),
    ],
)
def test_which_version_counts(messy: Year, unit: str, state: str, note: str) -> None:
    """Of two versions the latest without errors counts; a copy is no second version; who sent nothing is absent."""
    collected, _ = status_of_year(messy, "", DAY)
    line = next(one for one in status_lines(collected) if one.name == unit)
    assert line.state == state
    assert note in line.note


def test_late_and_missing_units_spoil_punctuality(messy: Year) -> None:
    """One more is late, and those of whom nothing readable came are late too."""
    figures = figures_of_year(messy, DAY).figures
    clean_late, sent_late, nothing_readable = 4, 1, 6
    assert figures["迟报单位数"].value == clean_late + sent_late + nothing_readable
