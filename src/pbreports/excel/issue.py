"""The blank workbook that one reporting unit fills in one period."""

from __future__ import annotations

from openpyxl.workbook.protection import WorkbookProtection

from pbreports.excel.contents import CODE_LABEL, UNIT_LABEL, Extent, Heading, draw_contents
from pbreports.excel.identity import FORM, Identity, SheetIdentity, write_identity
from pbreports.excel.layout import CONTENTS, geometry_of
from pbreports.excel.limits import Dropdowns
from pbreports.excel.presets import presetter
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.sheets import Drawing, Row, draw_sheet
from pbreports.excel.styles import Wardrobe
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Layout, Period, Scheme, Sheet
from pbreports.scheme.roster import Unit


def issue_workbook(scheme: Scheme, unit: Unit, period: Period, facts: Facts) -> bytes:
    """Return the blank of a unit for a period: contents, the sheets of its kind, the hidden identity.

    ``facts`` hold the bureau's workbooks, from which records are filled in beforehand. Equal parameters give equal
    bytes. No function newer than Excel 2010 is used, and protection has no password.
    """
    workbook = new_workbook(f"{scheme.heading.name}（{unit.short_name}）")
    drawing = Drawing(Wardrobe(workbook), Dropdowns(workbook))
    preset = presetter(scheme, unit, facts, scheme.fixed_names(period))
    contents = workbook.create_sheet(CONTENTS)
    extents = []
    for sheet in scheme.sheets_for(unit.kind, period.name):
        constants = preset.constants(sheet)
        rows = tuple({**row, **constants} for row in preset.rows(sheet))
        records, spare = _records(sheet, rows, constants)
        draw_sheet(workbook.create_sheet(sheet.title), sheet, records, spare, drawing)
        extents.append(Extent(sheet, len(records), len(records) + spare))
    draw_contents(contents, _heading(scheme, unit, period), extents, drawing.wear, drawing.dropdowns)
    drawing.dropdowns.put_last()
    write_identity(workbook, identity_for(scheme, unit, period, [extent.sheet for extent in extents]))
    workbook.security = WorkbookProtection(lockStructure=True)
    return workbook_bytes(workbook, period.start)


def identity_for(scheme: Scheme, unit: Unit, period: Period, sheets: list[Sheet]) -> Identity:
    """Return what the workbook issued to a unit says about itself."""
    named = tuple(
        SheetIdentity(one.name, one.title, one.layout.value, str(geometry_of(one.layout).header)) for one in sheets
    )
    heading = scheme.heading
    return Identity(FORM, str(heading.year), period.name, heading.version, unit.code, unit.full_name, named)


def _records(sheet: Sheet, preset: tuple[Row, ...], constants: Row) -> tuple[tuple[Row, ...], int]:
    """Return the records a sheet is issued with and how many empty ones follow; a form always has one."""
    if sheet.layout is Layout.FORM:
        return (preset or (constants,))[:1], 0
    return preset, sheet.spare_records


def _heading(scheme: Scheme, unit: Unit, period: Period) -> Heading:
    span = f"{scheme.year}年{period.name}（{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}）"
    facts = (
        (UNIT_LABEL, unit.full_name or unit.short_name),
        (CODE_LABEL, unit.code),
        ("填报期次", span),
        ("模板版本", scheme.heading.version),
    )
    return Heading(f"{scheme.heading.name}报送簿", facts)
