"""The returns of single workbooks that were looked at without being taken in: written beside them, never among inputs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pbreports.errors import PbreportsError, WorkbookError
from pbreports.excel.intake import read_submission
from pbreports.excel.returning.original import can_be_marked
from pbreports.excel.returning.problems import Occasion
from pbreports.ooxml.files import write_atomically
from pbreports.pipeline.arrivals import Arrival
from pbreports.pipeline.background import Background
from pbreports.pipeline.pool import Mishap, apart
from pbreports.pipeline.remaking import Case, marked, remade
from pbreports.pipeline.returning import SECONDS, Returned, goes_back
from pbreports.pipeline.year import Year, make_folder
from pbreports.values import Finding

_CHECKED = "检查"


Checked = tuple[Arrival, tuple[Finding, ...]]
"""One workbook that was looked at, and what was found."""


def return_checked(
    year: Year,
    background: Background,
    checked: Sequence[Checked],
    target: Path | None = None,
    *,
    annotate: bool = False,
) -> Returned:
    """Return the returns written of the schools' workbooks that must be mended: into ``target``, else beside each.

    What stands among the inputs gets its return in 退回/检查/: it would be taken in beside the workbook itself.
    """
    back = [one for one in checked if goes_back(one[1])]
    work = partial(_made, year=year, background=background, annotate=annotate)
    files, notices = [], []
    for (arrival, _), outcome in zip(back, apart(work, back, jobs=year.jobs, seconds=lambda _: SECONDS), strict=True):
        if isinstance(outcome, Mishap):
            notices.append(f"{arrival.file} 没有退回件：{outcome.what}。")
        elif outcome is not None:
            try:
                files.append(_written(outcome, _folder(arrival.path, year, target), Path(arrival.file).stem))
            except PbreportsError as error:
                notices.append(str(error))
    return Returned(tuple(files), tuple(notices))


def _made(one: Checked, year: Year, background: Background, *, annotate: bool) -> tuple[str, bytes] | Mishap | None:
    """Return what a return is called and its bytes; ``None`` when the workbook is not a school's."""
    arrival, found = one
    try:
        data = arrival.contents()
        for period in year.scheme.heading.periods:
            there = read_submission(
                data, year.scheme, background.units, period, file=arrival.file, facts=background.facts
            )
            unit = background.units.get(there.unit) if there.submission else None
            if unit:
                case = Case(unit, arrival, found, Occasion(unit.full_name, unit.code, 0, period.start))
                if annotate and can_be_marked(data):
                    return "批注", marked(case).data
                return "退回", remade(case, year, background, period).data
    except WorkbookError as error:
        return Mishap(error.what)
    return None


def _folder(path: Path, year: Year, target: Path | None) -> Path:
    if target:
        return target
    inputs = year.workspace.inputs.resolve()
    return year.workspace.returned / _CHECKED if inputs in path.resolve().parents else path.parent


def _written(made: tuple[str, bytes], folder: Path, stem: str) -> Path:
    """Write a return under the first name that is free, or holds the same already; what is there is somebody's work."""
    what, data = made
    make_folder(folder)
    number = 1
    while True:
        path = folder / f"{stem}_{what}{number if number > 1 else ''}.xlsx"
        if not path.exists():
            write_atomically(path, data)
            return path
        if path.read_bytes() == data:
            return path
        number += 1
