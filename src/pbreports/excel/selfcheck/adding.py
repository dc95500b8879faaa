"""Puts the self-check into a workbook as drawn, and tells which rules it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from pbreports.excel import styles
from pbreports.excel.contents import Extent
from pbreports.excel.layout import CHECK, CONTENTS, SELF_CHECK, geometry_of
from pbreports.excel.saving import Book
from pbreports.excel.selfcheck.compiled import Compiled, Shape, compiled, tables_asked
from pbreports.excel.selfcheck.facts import own_rows, room_for, write_facts
from pbreports.excel.selfcheck.marking import mark_cells, tell_on_contents
from pbreports.excel.selfcheck.page import draw_selfcheck
from pbreports.excel.sheets import Drawing
from pbreports.excel.text import cell_at, write_formula
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Field, FieldKind, Period, Scheme, Scope
from pbreports.scheme.roster import Unit

_DAY = replace(styles.COMPUTED, name="报送自动计算日期", number_format="yyyy-mm-dd")


def add_selfcheck(  # noqa: PLR0913 — whose workbook it is, of which year, and what it is drawn with
    workbook: Book,
    scheme: Scheme,
    unit: Unit,
    period: Period,
    facts: Facts,
    *,
    extents: Sequence[Extent],
    drawing: Drawing,
    elsewhere: frozenset[str] = frozenset(),
) -> None:
    """Add the page 自检, the hidden sheets it rests on, the colours, and the formulas of computed fields.

    What asks the sheets that stand ``elsewhere``, in the unit's other workbook, is left to the bureau.
    """
    made = compiled(replace(_shape(scheme, unit, period, facts, extents), elsewhere=elsewhere))
    draw_selfcheck(workbook.create_sheet(SELF_CHECK, 1), made, scheme, drawing)
    _fill_computed(workbook, made, extents, drawing)
    marked = [number for number, extent in enumerate(extents) if extent.sheet.name in made.marks]
    for number in marked:
        mark_cells(workbook, extents[number], number, made.marks[extents[number].sheet.name])
    tell_on_contents(workbook[CONTENTS], marked, drawing)
    write_facts(workbook, made.facts, scheme, unit.code, facts)
    for name, area in made.names.items():
        workbook.defined_names[name] = DefinedName(name, attr_text=area, hidden=True)
    workbook.create_sheet(CHECK).sheet_state = "veryHidden"
    workbook.bodies[CHECK] = made.part


def _shape(scheme: Scheme, unit: Unit, period: Period, facts: Facts, extents: Sequence[Extent]) -> Shape:
    asked = sorted(tables_asked(scheme))
    counts = [
        (name, len(scheme.tables[name].rows))
        if name in scheme.tables
        else (name, room_for(len(own_rows(scheme, name, unit.code, facts))))
        for name in asked
    ]
    return Shape(scheme, period, unit.kind, tuple((one.sheet.name, one.count) for one in extents), tuple(counts))


def coverage(scheme: Scheme) -> dict[str, str]:
    """Return why the workbook leaves a rule, or a part of it, to the bureau, '' where it does not.

    Told of every rule of a scheme but those on the inspection of cadres, which concern no school's workbook.
    """
    sizes = tuple((sheet.name, sheet.spare_records or 1) for sheet in scheme.school_sheets)
    counts = tuple((name, 1) for name in sorted(tables_asked(scheme)) if name not in scheme.tables)
    counts += tuple((name, len(table.rows)) for name, table in scheme.tables.items())
    kind = scheme.heading.unit_kinds[0] if scheme.heading.unit_kinds else ""
    left = compiled(Shape(scheme, scheme.period(), kind, sizes, counts)).left
    asked = (rule.code for rule in scheme.rules.values() if rule.scope is not Scope.CADRE)
    return {code: "；".join(left.get(code, ())) for code in asked}


def _fill_computed(workbook: Workbook, made: Compiled, extents: Sequence[Extent], drawing: Drawing) -> None:
    for extent in extents:
        geometry, page = geometry_of(extent.sheet.layout), workbook[extent.sheet.title]
        for place, one in enumerate(extent.sheet.shown, start=geometry.first):
            column = made.computed.get((extent.sheet.name, one.name))
            for index in range(extent.count if column else 0):
                cell = cell_at(page, *geometry.at(geometry.record(index), place))
                if cell.value is None and column:
                    write_formula(cell, _shown(one, f"{CHECK}!${column[0]}${column[1] + index}"))
                    if one.holds is FieldKind.DATE:
                        drawing.wear.dress(cell, _DAY)


def _shown(one: Field, cell: str) -> str:
    if one.holds is FieldKind.YES_NO:
        return f'=IF({cell}="","",IF({cell}=1,"是","否"))'
    if one.holds is FieldKind.MONTH:
        return f'=IF({cell}="","",INT({cell}/12)&"-"&RIGHT(0&(MOD({cell},12)+1),2))'
    return f'=IF({cell}="","",{cell})'
