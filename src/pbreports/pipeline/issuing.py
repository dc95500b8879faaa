"""Issue: one blank workbook for each reporting unit. Set up: a new workspace with everything the scheme declares."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pbreports import shipped
from pbreports.errors import PbreportsError, WorkspaceError, reason_of
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.identity import Part
from pbreports.excel.issue import issue_workbook
from pbreports.ledger import Ledger
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.bureau import Bureau, blocking, load_bureau
from pbreports.pipeline.handing_out import NO_GROUP, SIGN_SHEET, by_group, folder_for, put_sign_sheet
from pbreports.pipeline.resting import holds_up, sheets_rested_on
from pbreports.pipeline.shelf import Shelf
from pbreports.pipeline.year import Year, make_folder
from pbreports.private import make_private
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.jsonschema import json_schema
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit
from pbreports.values import Finding
from pbreports.workspace import Workspace, safe_name

PERSONAL_TAIL = "_个人信息簿_勿用微信QQ发送"
"""How the file name of a workbook with persons ends."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued: the files, what is wrong with the bureau's workbooks, what could not be written beside them."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()


def issue(
    year: Year,
    ledger: Ledger,
    period: Period,
    progress: Callable[[int, int], None] | None = None,
    *,
    split_personal: bool = False,
) -> Issued:
    """Return the blank workbooks written for every reporting unit of the roster; none while what they rest on is wrong.

    With ``split_personal`` the sheets that list persons are issued in a second workbook. Beside the workbooks of each
    township stands a register to sign.

    Raises:
        PbreportsError: when the roster names no unit that reports, or holds errors.
    """
    bureau = load_bureau(year, ledger)
    rested_on = sheets_rested_on(year.scheme)
    if any(holds_up(one, year.scheme, rested_on) for one in blocking(bureau.findings)):
        return Issued((), bureau.findings)
    units = bureau.units.reporting()
    if not units:
        raise PbreportsError("名册", "没有要报送的单位", "请先填写名册工作簿")
    folder = make_folder(folder_for(year.workspace.issued, year, period))
    files: dict[Unit, list[Path]] = {}
    for number, unit in enumerate(units, 1):
        files[unit] = _issue_one(year, bureau, unit, period, folder, split_personal=split_personal)
        if progress:
            progress(number, len(units))
    shelf = Shelf(folder, year.workspace)
    for group, some in by_group(units).items():
        rows = [(unit.full_name, path.name, "", "") for unit in some for path in files[unit]]
        put_sign_sheet(shelf, folder / safe_name(group) / SIGN_SHEET, f"{group}下发签收表", _SIGNED, rows, period)
    return Issued(tuple(path for some in files.values() for path in some), bureau.findings, tuple(shelf.notices))


_SIGNED = ("单位", "文件", "签收人", "签收日期")


def _issue_one(
    year: Year, bureau: Bureau, unit: Unit, period: Period, folder: Path, *, split_personal: bool
) -> list[Path]:
    """Return the workbooks written for a unit: one, or two when it fills sheets that list persons."""
    place = make_folder(folder / safe_name(unit.group or NO_GROUP))
    lists_people = any(sheet.lists_people for sheet in year.scheme.sheets_for(unit.kind, period.name))
    parts = (Part.MAIN, Part.PERSONAL) if split_personal and lists_people else (Part.WHOLE,)
    paths = [place / blank_name(year, unit, period, part) for part in parts]
    for path, part in zip(paths, parts, strict=True):
        write_atomically(path, issue_workbook(year.scheme, unit, period, bureau.facts, part=part))
    return paths


def blank_name(year: Year, unit: Unit, period: Period, part: Part = Part.WHOLE) -> str:
    """Return the file name of a unit's workbook: year, period, code, short name, first version, what not to do."""
    tail = PERSONAL_TAIL if part is Part.PERSONAL else ""
    return safe_name(f"{year.scheme.year}_{period.name}_{unit.code}_{unit.short_name}_v1{tail}") + ".xlsx"


def set_up(root: Path, year: int | None = None) -> Workspace:
    """Return a new workspace: the shipped templates and scheme, the empty bureau workbooks, the folders.

    What is there already stays as it is.

    Raises:
        WorkspaceError: when no scheme of that year comes with the program, or the folder cannot be written.
    """
    year = year or shipped.scheme_years()[-1]
    workspace = Workspace(root, year)
    make_folder(root)
    _copy(shipped.templates(), workspace.templates)
    if not list(workspace.scheme.glob("*.yaml")):
        _copy(_shipped_scheme(year), workspace.scheme)
    scheme = load_scheme(workspace.scheme)
    write_atomically(workspace.scheme / "方案.schema.json", json_schema().encode())
    for folder in (workspace.received, workspace.finals, workspace.outputs):
        make_folder(folder)
    for period in scheme.heading.periods if len(scheme.heading.periods) > 1 else ():
        make_folder(workspace.received / period.name)
    _lay_out_own(workspace, scheme)
    return workspace


def _lay_out_own(workspace: Workspace, scheme: Scheme) -> None:
    """Write the empty workbooks of the bureau where there are none, those kept apart in their folder."""
    paths = {workspace.bureau_workbook(book.name): book for book in scheme.desk_workbooks}
    apart = {workspace.private_workbook(book.name): book for book in scheme.private_workbooks}
    if apart:
        make_private(workspace.private_inputs)
    for path, book in (paths | apart).items():
        if not path.exists():
            write_atomically(path, bureau_workbook(scheme, book))
    for book in scheme.bureau.values():
        if book.scoring:
            make_folder(workspace.inputs / book.name)


def _shipped_scheme(year: int) -> Path:
    if year not in shipped.scheme_years():
        remedy = f"请把上一年的 方案 文件夹复制成 inputs/{year}/方案，改好年度和日期，再运行一次"
        raise WorkspaceError(f"inputs/{year}/方案", f"程序没有带来{year}年度的方案", remedy)
    return shipped.scheme(year)


def _copy(source: Path, target: Path) -> None:
    """Copy the files that are not there yet, folder by folder."""
    make_folder(target)
    for path in sorted(source.iterdir()):
        goal = target / path.name
        if path.name.startswith("."):
            continue
        if path.is_dir():
            _copy(path, goal)
        elif not goal.exists():
            try:
                shutil.copyfile(path, goal)
            except OSError as error:
                raise WorkspaceError(str(goal), f"写不进去（{reason_of(error)}）", "请检查权限和磁盘空间") from None
