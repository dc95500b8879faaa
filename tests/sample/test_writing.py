"""Writing the sample: the same every time, and never over somebody's work."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from pbreports.errors import WorkspaceError
from pbreports.journal import Journal
from pbreports.sample.reports import Desk, Report, clean_report, open_desk
from pbreports.sample.story import tell
from pbreports.sample.workers import desk_of
from pbreports.sample.writing import MANIFEST, bureau_files, lay_out
from pbreports.workspace import Workspace


def reports_in(root: Path, desk: Desk) -> list[Report]:
    """Return the clean reports as they stand in a workspace."""
    received = Workspace(root, 2020).received
    return [
        Report(unit.code, desk.file(unit), (received / desk.file(unit)).read_bytes(), desk.received(desk.school(unit)))
        for unit in desk.units
    ]


@pytest.fixture(scope="module")
def desk(sample_district: Path) -> Desk:
    """What the units of the sample need; the same for every copy of it."""
    return desk_of(sample_district, 2020)


@pytest.fixture(scope="module")
def books(desk: Desk) -> Mapping[str, bytes]:
    """The bureau's workbooks, made anew."""
    return bureau_files(desk)


def test_the_same_seed_gives_the_same_bytes(sample_district: Path, desk: Desk) -> None:
    """Filled anew, units of each kind give the very bytes that were written; another seed gives others."""
    other = open_desk(desk.year, tell(7))
    for kind in ("独立", "联合牵头", "镇街党总支", "无党组织"):
        unit = next(one for one in desk.units if one.kind == kind)
        written = (Workspace(sample_district, 2020).received / desk.file(unit)).read_bytes()
        assert clean_report(desk, unit).data == written
        assert clean_report(other, unit).data != written


def test_the_manifests_tell_what_was_written(sample_district: Path) -> None:
    """Every file with its digest: the bureau's seven workbooks, its groups' twelve and the 110 reports.

    What is kept apart, a workbook, twenty forms and a picture, stands in a manifest of its own: forms bear names.
    """
    workspace = Workspace(sample_district, 2020)
    apart = f"{workspace.private_inputs.name}/"
    listed = [
        json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        for folder in (workspace.inputs, workspace.private_inputs)
    ]
    assert [len(manifest) for manifest in listed] == [128, 22]
    assert [all(name.startswith(apart) for name in manifest) for manifest in listed] == [False, True]
    assert not any(name.startswith(apart) for name in listed[0])
    for name, digest in {**listed[0], **listed[1]}.items():
        assert hashlib.sha256((workspace.inputs / name).read_bytes()).hexdigest() == digest


def test_writing_it_again_changes_nothing(sample_copy: Path, desk: Desk, books: Mapping[str, bytes]) -> None:
    """The second time, the same files stand there and no receipt is added."""
    workspace = Workspace(sample_copy, 2020)
    before = {path: path.stat().st_mtime_ns for path in workspace.inputs.rglob("*.xlsx")}
    receipts = Journal(workspace.journal).receipts()
    lay_out(desk, workspace, books, reports_in(sample_copy, desk))
    assert {path: path.stat().st_mtime_ns for path in workspace.inputs.rglob("*.xlsx")} == before
    assert Journal(workspace.journal).receipts() == receipts


def test_a_changed_file_is_not_replaced(sample_copy: Path, desk: Desk, books: Mapping[str, bytes]) -> None:
    """A workbook that somebody changed is named, and nothing at all is written."""
    workspace = Workspace(sample_copy, 2020)
    reports = reports_in(sample_copy, desk)
    workspace.bureau_workbook("名册").write_bytes(b"somebody's work")
    with pytest.raises(WorkspaceError, match=r"名册\.xlsx"):
        lay_out(desk, workspace, books, reports[1:])
    assert workspace.bureau_workbook("名册").read_bytes() == b"somebody's work"
    assert (workspace.received / reports[0].file).exists()


def test_an_earlier_sample_makes_room_and_foreign_files_stay(
    sample_copy: Path, desk: Desk, books: Mapping[str, bytes]
) -> None:
    """Files no longer in the sample go with their receipts; what was changed or put there by others stays."""
    workspace = Workspace(sample_copy, 2020)
    reports = reports_in(sample_copy, desk)
    gone, changed, *kept = reports
    (workspace.received / changed.file).write_bytes(b"changed by somebody")
    foreign = workspace.received / "局直属" / "某校.xlsx"
    shutil.copyfile(workspace.received / kept[0].file, foreign)
    lay_out(desk, workspace, books, kept)
    assert not (workspace.received / gone.file).exists()
    assert (workspace.received / changed.file).read_bytes() == b"changed by somebody"
    assert foreign.exists()
    assert {one.file for one in Journal(workspace.journal).receipts()} == {one.file for one in kept}
