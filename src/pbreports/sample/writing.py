"""Writes the sample into a workspace: bureau workbooks, every unit's report, when each came in.

A manifest of what was written stands beside the workbooks, and one apart beside what is kept apart, since forms bear
names. What somebody else wrote or changed is never replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbreports.errors import WorkspaceError
from pbreports.excel.bureau import bureau_workbook
from pbreports.journal import Journal
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.issuing import set_up
from pbreports.pipeline.year import locked, make_folder
from pbreports.sample.assessments import assessment_files
from pbreports.sample.cadre_forms import form_files
from pbreports.sample.cadre_trouble import troubled, unknown_form
from pbreports.sample.messy import messy_reports
from pbreports.sample.plan import YEAR
from pbreports.sample.reports import Desk, Report
from pbreports.sample.workers import clean_reports, desk_of
from pbreports.scheme import Scheme
from pbreports.scheme.model import BureauWorkbook
from pbreports.values import Receipt
from pbreports.workspace import PRIVATE, Workspace

MANIFEST = "示例清单.json"
CADRES = "干部考察"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """How many units the sample has and how many of their files were written."""

    units: int
    files: int


def write_sample(folder: Path, *, messy: bool = False, seed: int = YEAR, progress: Progress | None = None) -> Written:
    """Return what was written of the sample district's year into a workspace, which is set up when it is not there.

    The same seed gives the same bytes. ``messy`` adds what goes wrong in a real year.

    Raises:
        WorkspaceError: when a file that the sample would replace holds somebody's work, or cannot be written.
            Then nothing is written.
    """
    workspace = set_up(folder, YEAR)
    desk_of.cache_clear()  # the scheme in the folder may have changed since
    desk = desk_of(workspace.root, seed)
    books = bureau_files(desk, messy=messy)
    _refuse_if_changed(workspace, desk.year.scheme, books)
    reports = _collected(clean_reports(workspace.root, seed), len(desk.units), progress)
    if messy:
        reports = messy_reports(desk, reports)
    lay_out(desk, workspace, books, reports)
    return Written(len(desk.units), len(reports))


def bureau_files(desk: Desk, *, messy: bool = False) -> Mapping[str, bytes]:
    """Return the bureau's workbooks, those of its assessment groups and the files of the inspection.

    They go by their path below the year's folder. ``messy`` plants slips among the files of the inspection.
    """
    scheme = desk.year.scheme
    own = {f"{book.name}.xlsx": bureau_workbook(scheme, book, desk.books[book.name]) for book in scheme.desk_workbooks}
    return {**own, **assessment_files(desk.story, scheme), **cadre_files(desk, messy=messy)}


def cadre_files(desk: Desk, *, messy: bool = False) -> Mapping[str, bytes]:
    """Return the workbook and the forms of the people inspected by their path below the year's folder.

    ``messy`` plants slips in the workbook, so that it differs from the forms, and adds a form of nobody.
    """
    scheme, cadres = desk.year.scheme, desk.books[CADRES]
    book = bureau_workbook(scheme, scheme.bureau[CADRES], troubled(cadres) if messy else cadres)
    forms = {**form_files(desk.story, cadres), **(unknown_form(cadres) if messy else {})}
    return {f"{PRIVATE}/{CADRES}.xlsx": book, **forms}


def _own_books(scheme: Scheme) -> Mapping[str, BureauWorkbook]:
    """Return the workbooks that the bureau fills itself by their path below the year's folder."""
    apart = {f"{PRIVATE}/{book.name}.xlsx": book for book in scheme.private_workbooks}
    return {f"{book.name}.xlsx": book for book in scheme.desk_workbooks} | apart


def lay_out(desk: Desk, workspace: Workspace, books: Mapping[str, bytes], reports: Sequence[Report]) -> None:
    """Write the bureau's workbooks, the reports and their receipts; an earlier sample's files make room.

    Raises:
        WorkspaceError: as ``write_sample``.
    """
    files = {**books, **{f"{workspace.received.name}/{one.file}": one.data for one in reports}}
    with locked(workspace):
        _refuse_if_changed(workspace, desk.year.scheme, files)
        _forget_receipts(workspace)
        _replace(workspace, files)
        _note_receipts(workspace, desk.year.period().name, reports)


def _collected(reports: Iterable[Report], total: int, progress: Progress | None) -> list[Report]:
    found = []
    for one in reports:
        found.append(one)
        if progress:
            progress(len(found), total)
    return found


def _replace(workspace: Workspace, files: Mapping[str, bytes]) -> None:
    """Write the files, and remove those of an earlier sample that are no longer among them."""
    inputs = workspace.inputs
    before = _manifest(inputs)
    for name, data in files.items():
        path = inputs / name
        make_folder(path.parent)
        if not path.exists() or path.read_bytes() != data:
            write_atomically(path, data)
    gone = [inputs / name for name in before if name not in files]
    for path in gone:
        if path.exists() and _digest(path.read_bytes()) == before[path.relative_to(inputs).as_posix()]:
            path.unlink()
            with contextlib.suppress(OSError):  # a folder with something else in it stays
                path.parent.rmdir()
    digests = {name: _digest(data) for name, data in files.items()}
    for path in _manifests(inputs):
        apart = path.parent.name == PRIVATE
        listed = {name: digest for name, digest in digests.items() if name.startswith(f"{PRIVATE}/") == apart}
        if listed or path.exists():
            text = json.dumps(listed, ensure_ascii=False, indent=1, sort_keys=True)
            write_atomically(path, text.encode())


def _manifests(inputs: Path) -> tuple[Path, Path]:
    """Return the manifest's files: the open one, and that of the folder kept apart."""
    return inputs / MANIFEST, inputs / PRIVATE / MANIFEST


def _manifest(inputs: Path) -> Mapping[str, str]:
    """Return the files of an earlier sample with the digests they were written with."""
    return {name: digest for path in _manifests(inputs) for name, digest in _listed(path).items()}


def _listed(path: Path) -> Mapping[str, str]:
    try:
        found = json.loads(path.read_bytes()) if path.exists() else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_if_changed(workspace: Workspace, scheme: Scheme, files: Mapping[str, bytes]) -> None:
    """Refuse to replace what neither an earlier sample nor the setting up of the workspace has written."""
    before = _manifest(workspace.inputs)
    empty = {name: bureau_workbook(scheme, book) for name, book in _own_books(scheme).items()}
    kept = []
    for name, data in files.items():
        path = workspace.inputs / name
        if not path.exists():
            continue
        there = path.read_bytes()
        if there not in (data, empty.get(name)) and _digest(there) != before.get(name):
            kept.append(workspace.shown(path))
    if kept:
        more = f"等{len(kept)}个文件" if len(kept) > 1 else ""
        raise WorkspaceError(
            kept[0], f"{more}已有别的内容或改动过，示例没有写入", "请换一个空文件夹，或把这些文件移走后再试"
        )


def _note_receipts(workspace: Workspace, period: str, reports: Iterable[Report]) -> None:
    noted = [
        (Receipt(_digest(one.data), one.unit, period, one.file, one.received), lambda data=one.data: data)
        for one in sorted(reports, key=lambda one: one.received)
        if one.known
    ]
    Journal(workspace.journal).receive(noted)


def _forget_receipts(workspace: Workspace) -> None:
    """Drop the receipts of an earlier sample's files, which nobody ever sent; those of this one are noted anew.

    Else the journal would bring back what was replaced as versions that were written over.
    """
    path, digests = workspace.journal / "收件.jsonl", set(_manifest(workspace.inputs).values())
    if not digests or not path.exists():
        return
    lines = path.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not any(digest.encode() in line for digest in digests)]
    if kept != lines:
        write_atomically(path, b"".join(kept))
