"""Issue: one blank workbook for each reporting unit. Set up: a new workspace with everything the scheme declares."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pbreports import shipped
from pbreports.errors import PbreportsError, WorkspaceError, reason_of
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.issue import issue_workbook
from pbreports.ledger import Ledger
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.bureau import Bureau, blocking, load_bureau
from pbreports.pipeline.year import Year, make_folder
from pbreports.scheme import load_scheme
from pbreports.scheme.jsonschema import json_schema
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit
from pbreports.values import Finding
from pbreports.workspace import Workspace, safe_name


@dataclass(frozen=True, slots=True)
class Issued:
    """What was issued: the files, and what is wrong with the bureau's workbooks."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def issue(year: Year, ledger: Ledger, period: Period, progress: Callable[[int, int], None] | None = None) -> Issued:
    """Return the blank workbooks written for every reporting unit of the roster.

    Raises:
        PbreportsError: when the roster names no unit that reports, or holds errors.
    """
    bureau = load_bureau(year, ledger)
    if blocking(bureau.findings):
        return Issued((), bureau.findings)
    units = bureau.units.reporting()
    if not units:
        raise PbreportsError("名册", "没有要报送的单位", "请先填写名册工作簿")
    folder = make_folder(year.workspace.issued if _only(year) else year.workspace.issued / period.name)
    files = []
    for number, unit in enumerate(units, 1):
        files.append(_issue_one(year, bureau, unit, period, folder))
        if progress:
            progress(number, len(units))
    return Issued(tuple(files), bureau.findings)


def _only(year: Year) -> bool:
    return len(year.scheme.heading.periods) == 1


def _issue_one(year: Year, bureau: Bureau, unit: Unit, period: Period, folder: Path) -> Path:
    path = make_folder(folder / safe_name(unit.group or "其他")) / blank_name(year, unit, period)
    write_atomically(path, issue_workbook(year.scheme, unit, period, bureau.facts))
    return path


def blank_name(year: Year, unit: Unit, period: Period) -> str:
    """Return the file name of a unit's workbook: year, period, code, short name, first version."""
    return safe_name(f"{year.scheme.year}_{period.name}_{unit.code}_{unit.short_name}_v1") + ".xlsx"


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
    for book in scheme.bureau.values():
        path = workspace.bureau_workbook(book.name)
        if not path.exists():
            write_atomically(path, bureau_workbook(scheme, book))
    return workspace


def _shipped_scheme(year: int) -> Path:
    if year not in shipped.scheme_years():
        remedy = f"请把上一年的 方案 文件夹复制成 inputs/{year}/方案，改好年度和日期，再运行一次"
        raise WorkspaceError(f"inputs/{year}/方案", f"程序没有带来{year}年度的方案", remedy)
    return shipped.scheme(year)


def _copy(source: Path, target: Path) -> None:
    """Copy the files that are not there yet."""
    make_folder(target)
    for path in sorted(source.iterdir()):
        goal = target / path.name
        if path.is_file() and not path.name.startswith(".") and not goal.exists():
            try:
                shutil.copyfile(path, goal)
            except OSError as error:
                raise WorkspaceError(str(goal), f"写不进去（{reason_of(error)}）", "请检查权限和磁盘空间") from None
