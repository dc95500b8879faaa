"""Reading a workbook as a school sent it: what stands in which cell, and nothing guessed.

Our own reader on ``zipfile`` and expat: it tells blank, error and never-calculated cells apart, knows the Chinese
date formats, never trusts a sheet's declared size and never evaluates a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from pbreports.excel.reader.formats import cell_formats
from pbreports.excel.reader.outline import Entry, Outline, outline
from pbreports.excel.reader.sheet import Conventions, read_sheet
from pbreports.excel.reader.text import shared_strings
from pbreports.excel.reader.values import Calculation, Cell, CellValue, Kind, Sheet, Workbook
from pbreports.ooxml.limits import LIMITS, Limits
from pbreports.ooxml.package import Flag, Package, open_package

__all__ = ["Calculation", "Cell", "CellValue", "Kind", "Sheet", "Workbook", "read_workbook", "workbook_in"]

_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")

_VISIBLE = "visible"


def read_workbook(
    source: Path | bytes, *, name: str = "", limits: Limits = LIMITS, skip: frozenset[str] = frozenset()
) -> Workbook:
    """Return the workbook in a file or in bytes; ``name`` is what messages call it, the file's own by default.

    ``skip`` names sheets to be left empty, as in ``workbook_in``.

    Raises:
        WorkbookError: with a code of its own for each cause. F-01 … F-11 and F-16: no sound package, see
            ``open_package``. F-08: no workbook. F-12: a part is missing. F-13: a document type is declared.
            F-14: a part is malformed. F-15: a sheet has too many cells.
    """
    return workbook_in(open_package(source, limits, name=name), limits, skip)


def workbook_in(package: Package, limits: Limits = LIMITS, skip: frozenset[str] = frozenset()) -> Workbook:
    """Return the workbook in an opened package.

    Sheets of the titles in ``skip`` are left empty where they are hidden: those that we put into a workbook for its
    own use are as large as all others together.

    Raises:
        WorkbookError: F-08 and F-12 … F-15, as ``read_workbook``.
    """
    plan = outline(package)
    conventions = _conventions(package, plan)
    sheets = tuple(
        Sheet(entry.title, entry.state, {})
        if entry.title in skip and _needs_no_look(package, entry)
        else read_sheet(package, entry, conventions, limits)
        for entry in plan.entries
    )
    return Workbook(
        file=package.file,
        sheets=sheets,
        defined_names=plan.defined_names,
        date1904=plan.date1904,
        calc_mode=plan.calc_mode,
        never_saved_by_office=plan.never_saved_by_office,
        flags=package.flags | _flags_of_formulas(sheets, plan),
    )


def _needs_no_look(package: Package, entry: Entry) -> bool:
    """Return whether a sheet is hidden and holds no formula that asks another program."""
    if entry.state == _VISIBLE:
        return False
    part = package.read(entry.part)
    return b"|" not in part or "|" not in _QUOTED.sub("", part.decode("utf-8", "replace"))


def _flags_of_formulas(sheets: Iterable[Sheet], plan: Outline) -> frozenset[str]:
    """Return the flag of formulas that ask another program for data, and may start it: ``cmd|'/c calc'!A0``.

    No other formula has a bar outside texts and quoted names (ECMA-376 part 1, 18.17.2).
    """
    formulas = (cell.formula for sheet in sheets for cell in sheet.cells.values() if cell.formula)
    barred = (one for one in chain(plan.defined_names.values(), formulas) if "|" in one)
    return frozenset({Flag.DDE}) if any("|" in _QUOTED.sub("", one) for one in barred) else frozenset()


def _conventions(package: Package, plan: Outline) -> Conventions:
    strings = shared_strings(package, plan.strings) if plan.strings else []
    formats = cell_formats(package, plan.styles) if plan.styles else {}
    return Conventions(strings, formats, plan.date1904)
