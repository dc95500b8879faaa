"""The bureau's own workbooks: made empty or filled, and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pbreports.errors import WorkbookError
from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.complete import note_duplicates, note_required
from pbreports.excel.fill import Line
from pbreports.excel.limits import Dropdowns
from pbreports.excel.locate import Pages
from pbreports.excel.plan import plan_for
from pbreports.excel.reader import read_workbook
from pbreports.excel.records import ReadSheet, Source, read_sheet
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.sheets import Drawing, draw_sheet
from pbreports.excel.styles import Wardrobe
from pbreports.findings import CATALOGUE
from pbreports.ooxml.limits import LIMITS, Limits
from pbreports.scheme.language import Facts, Frame
from pbreports.scheme.model import BureauWorkbook, Scheme, Sheet
from pbreports.values import Finding, Record, Scalar

_SPARE = 200
"""How many empty formatted rows follow the records; below them the bureau types on without formats."""

_NO_RECORDS: Mapping[str, Sequence[Mapping[str, Scalar]]] = {}


@dataclass(frozen=True, slots=True)
class BureauFacts:
    """What a bureau workbook says: its records by sheet (every sheet of the declaration), and what is wrong.

    ``readable`` names the sheets that are there; an empty one among them says that there is nothing.
    """

    records: Mapping[str, tuple[Record, ...]]
    findings: tuple[Finding, ...]
    readable: frozenset[str] = frozenset()


def bureau_workbook(
    scheme: Scheme, book: BureauWorkbook, records: Mapping[str, Sequence[Mapping[str, Scalar]]] = _NO_RECORDS
) -> bytes:
    """Return a bureau workbook with headers, notes and dropdowns, filled with records by sheet name."""
    workbook = new_workbook(book.name)
    drawing = Drawing(Wardrobe(workbook), Dropdowns(workbook), protect=False)
    for sheet in _sheets(scheme, book):
        lines = [Line(row) for row in records.get(sheet.name, ())]
        unlocked = replace(sheet, fields=tuple(replace(field, locked=False) for field in sheet.fields))
        draw_sheet(workbook.create_sheet(sheet.title), unlocked, lines, len(lines) + _SPARE, drawing)
    drawing.dropdowns.put_last()
    return workbook_bytes(workbook, date(scheme.year, 1, 1))


def read_bureau(
    path: Path, book: BureauWorkbook, scheme: Scheme, *, file: str = "", limits: Limits = LIMITS
) -> BureauFacts:
    """Return what a bureau workbook says; a missing file, sheet or column is a finding.

    Raises:
        WorkbookError: F-16, when the file is there but cannot be opened.
    """
    file = file or path.name
    notes = Gatherer(scheme, file)
    nothing: dict[str, tuple[Record, ...]] = {sheet.name: () for sheet in book.sheets}
    if not path.exists():
        notes.add(CATALOGUE["F-30"], 簿=book.name, 年度=scheme.year)
        return BureauFacts(nothing, notes.findings())
    try:
        workbook = read_workbook(path, name=file, limits=limits)
    except WorkbookError as error:
        if error.code == "F-16":
            raise
        notes.add(replace(causes.UNREADABLE, code=error.code), 原因=error.what, 怎么改=error.remedy)
        return BureauFacts(nothing, notes.findings())
    rules = _sheets(scheme, book)
    pages = Pages(workbook, None, rules)
    pages.note(notes)
    source = Source(file, "", {}, workbook.date1904)
    found = []
    for rule in rules:
        page = pages.of(rule)
        if page is None:
            notes.add(causes.MISSING_SHEET, rule.title, spoils=(rule.name,), 表=rule.title)
        elif read := read_sheet(page, rule, source, notes):
            found.append(read)
    records = {read.rule.name: tuple(one.record for one in read.records) for read in found}
    _complete(found, scheme, Facts(records), notes)
    return BureauFacts({**nothing, **records}, notes.findings(), frozenset(records))


def _sheets(scheme: Scheme, book: BureauWorkbook) -> tuple[Sheet, ...]:
    """Return the sheets of a bureau workbook as the scheme holds them, the words of choices put in."""
    return tuple(scheme.sheets[sheet.name] for sheet in book.sheets)


def _complete(found: Sequence[ReadSheet], scheme: Scheme, facts: Facts, notes: Gatherer) -> None:
    plan = plan_for(scheme, scheme.period())
    frame = Frame(facts, plan.names)
    for read in found:
        expected = plan.expectations[read.rule.name]
        note_required(read, read.records, (), expected, frame, notes)
        note_duplicates(read, read.records, notes)
