"""The return as a file: the fresh issue marked, its list in front, and where the original's cells went in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from pbreports.excel.fill import Prepared, seats
from pbreports.excel.issue import Drawn
from pbreports.excel.layout import geometry_of
from pbreports.excel.returning.carry import Carried, Place
from pbreports.excel.returning.marks import mark_cells
from pbreports.excel.returning.problems import Account, Occasion, draw_problems
from pbreports.excel.saving import workbook_bytes
from pbreports.values import CellRef, Finding, Repair, Severity


def return_workbook(drawn: Drawn, occasion: Occasion, account: Account, day: date) -> bytes:
    """Return the drawn workbook as a return: its cells marked and noted, the list of problems in front.

    ``day`` becomes the date in its properties. Equal parameters give equal bytes.
    """
    mark_cells(drawn.workbook, (*account.problems, *account.done))
    draw_problems(drawn.workbook, occasion, account, drawn.drawing.wear)
    return workbook_bytes(drawn.workbook, day)


def account_of(found: Iterable[Finding], received: Iterable[Finding], carried: Carried, drawn: Drawn) -> Account:
    """Return what a return tells: ``found`` is wrong with the fresh issue, ``received`` was with the original.

    What the original had and the fresh issue has not was put right, or restored with the form.
    """
    problems = [one for one in found if _counts(one)]
    still = {(one.code, one.where.sheet) for one in problems}
    there = moved(received, carried, drawn.prepared)
    confirmed = [one for one in there if one.repair is Repair.CONFIRM]
    done = tuple(one for one in there if one.repair is Repair.DONE)
    gone = (one for one in there if _counts(one) and one.repair not in (Repair.CONFIRM, Repair.DONE))
    restored = tuple(one for one in gone if (one.code, one.where.sheet) not in still)
    return Account((*problems, *confirmed), done, restored, leftover=carried.leftover)


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTICE


def moved(findings: Iterable[Finding], carried: Carried, prepared: Iterable[Prepared]) -> tuple[Finding, ...]:
    """Return findings on the original with the places that they have in the fresh issue."""
    sheets = {one.sheet.name: one for one in prepared}
    seated = {
        name: seats(one.sheet, one.presets, carried.filling.records.get(name, ())) for name, one in sheets.items()
    }
    return tuple(replace(one, where=_moved(one.where, carried, sheets, seated)) for one in findings)


def _moved(
    where: CellRef, carried: Carried, sheets: Mapping[str, Prepared], seated: Mapping[str, tuple[int, ...]]
) -> CellRef:
    title = carried.titles.get(where.sheet, where.sheet)
    place = carried.places.get((where.sheet, where.cell))
    if place is None:
        return CellRef(where.file, title)
    return CellRef(where.file, title, _address(place, sheets[place.sheet], seated[place.sheet]))


def _address(place: Place, prepared: Prepared, seated: tuple[int, ...]) -> str:
    geometry = geometry_of(prepared.sheet.layout)
    at = geometry.first + [one.name for one in prepared.sheet.shown].index(place.field)
    return geometry.address(geometry.record(seated[place.record]), at)
