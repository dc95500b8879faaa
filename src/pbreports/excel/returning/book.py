"""The return as a file: the fresh issue marked, its list in front, and where the original's cells went in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from pbreports.excel.fill import Prepared, seats
from pbreports.excel.issue import Drawn
from pbreports.excel.layout import geometry_of
from pbreports.excel.returning.carry import Carried, Place
from pbreports.excel.returning.marks import mark_cells
from pbreports.excel.returning.problems import Account, Occasion, draw_problems, ordered
from pbreports.excel.saving import workbook_bytes
from pbreports.values import CellRef, Finding, Repair, Severity


def return_workbook(drawn: Drawn, occasion: Occasion, account: Account, day: date) -> bytes:
    """Return the drawn workbook as a return: its cells marked and noted, the list of problems in front.

    ``day`` becomes the date in its properties. Equal parameters give equal bytes.
    """
    mark_cells(drawn.workbook, (*account.problems, *account.done))
    draw_problems(drawn.workbook, occasion, account, drawn.drawing.wear)
    return workbook_bytes(drawn.workbook, day)


def account_of(
    fresh: Iterable[Finding], original: Iterable[Finding], settled: Sequence[Finding], carried: Carried, drawn: Drawn
) -> Account:
    """Return what a return tells: ``fresh`` is wrong with the fresh issue, ``original`` was with what came in.

    ``settled`` are the findings on what came in as bureau and school have settled them, with those that looking at it
    cannot give. What the original had and the fresh issue has not was put right, or restored with the form.
    """
    known = {_said(one) for one in original}
    there = list(zip(settled, moved(settled, carried, drawn.prepared), strict=True))
    seen = [place for one, place in there if _said(one) in known]
    beyond = [place for one, place in there if _said(one) not in known]
    standing = {(one.code, one.where.sheet, one.subject): one for one in seen}
    left = [_as_settled(one, standing) for one in fresh] + [one for one in seen if one.repair is Repair.CONFIRM]
    problems = ordered((one for one in (*left, *beyond) if _counts(one)), drawn.workbook.sheetnames)
    still = {(one.code, one.where.sheet) for one in problems} | {_spot(one) for one in problems if one.where.cell}
    return Account(
        problems,
        done=tuple(one for one in seen if one.repair is Repair.DONE),
        restored=tuple(one for one in seen if _is_gone(one) and not {(one.code, one.where.sheet), _spot(one)} & still),
        leftover=carried.leftover,
    )


def account_of_original(settled: Iterable[Finding], sheets: Sequence[str]) -> Account:
    """Return what the marked original tells; places stay as they are."""
    found = tuple(settled)
    problems = ordered((one for one in found if _counts(one) and one.repair is not Repair.DONE), sheets)
    return Account(problems, done=tuple(one for one in found if one.repair is Repair.DONE))


def _said(finding: Finding) -> tuple[str, CellRef, str]:
    return finding.code, finding.where, finding.message


def _spot(finding: Finding) -> tuple[str, str]:
    return finding.where.sheet, finding.where.cell


def _counts(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTICE


def _is_gone(finding: Finding) -> bool:
    return _counts(finding) and finding.repair in (Repair.NONE, Repair.LOST)


def _as_settled(finding: Finding, standing: Mapping[tuple[str, str, str], Finding]) -> Finding:
    """Return a finding on the fresh issue as the same one on the original was settled."""
    before = standing.get((finding.code, finding.where.sheet, finding.subject))
    return replace(finding, severity=before.severity, explanation=before.explanation) if before else finding


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
