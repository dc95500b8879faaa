"""The workbook that one reporting unit fills in one period, blank or with what the unit has written."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.workbook.protection import WorkbookProtection

from pbreports.excel.contents import CODE_LABEL, UNIT_LABEL, Extent, Heading, draw_contents
from pbreports.excel.fill import Filling, Prepared, prepare
from pbreports.excel.identity import FORM, Identity, Part, SheetIdentity, name_headers, write_identity
from pbreports.excel.layout import CONTENTS, geometry_of
from pbreports.excel.limits import Dropdowns
from pbreports.excel.parts import name_part
from pbreports.excel.saving import new_workbook, workbook_bytes
from pbreports.excel.seal import draw_seal
from pbreports.excel.selfcheck import add_selfcheck
from pbreports.excel.sheets import Drawing, draw_sheet
from pbreports.excel.styles import Wardrobe
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Period, Scheme, Sheet
from pbreports.scheme.roster import Unit
from pbreports.sweeping import without_sweeps

_BLANK = Filling()

NOT_BY_CHAT = "本簿含个人信息，勿用微信、QQ 等发送，请当面或用内网、加密 U 盘报送。"
_WARNINGS = {Part.PERSONAL: NOT_BY_CHAT, Part.MAIN: "另有一份个人信息簿，两份都要填报。"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit's workbook as drawn, not yet saved: its sheets, and what they were drawn with."""

    workbook: Workbook
    drawing: Drawing
    prepared: tuple[Prepared, ...]


def issue_workbook(
    scheme: Scheme,
    unit: Unit,
    period: Period,
    facts: Facts,
    filled: Filling = _BLANK,
    *,
    part: Part = Part.WHOLE,
) -> bytes:
    """Return the workbook of a unit for a period: contents, the sheets of its kind, the hidden identity.

    ``facts`` hold the bureau's workbooks, from which records are filled in beforehand; ``filled`` is what the unit
    has written, nothing for a blank; ``part`` says which sheets are in it. Equal parameters give equal bytes. No
    function newer than Excel 2010 is used, and protection has no password.
    """
    return workbook_bytes(draw_workbook(scheme, unit, period, facts, filled, part=part).workbook, period.start)


@without_sweeps()
def draw_workbook(
    scheme: Scheme,
    unit: Unit,
    period: Period,
    facts: Facts,
    filled: Filling = _BLANK,
    *,
    part: Part = Part.WHOLE,
) -> Drawn:
    """Return the workbook that ``issue_workbook`` saves."""
    workbook = new_workbook(f"{scheme.heading.name}（{unit.short_name}）")
    _mark(workbook, part, unit)
    drawing = Drawing(Wardrobe(workbook), Dropdowns(workbook))
    contents = workbook.create_sheet(CONTENTS)
    form = prepare(scheme, unit, period, facts, filled)
    prepared = tuple(one for one in form if part.holds(one.sheet))
    for one in prepared:
        draw_sheet(workbook.create_sheet(one.sheet.title), one.sheet, one.lines, one.count, drawing)
        name_headers(workbook, one.sheet)
    extents = [Extent(one.sheet, len(one.presets), one.count, one.declared_none) for one in prepared]
    heading = _heading(scheme, unit, period, part)
    elsewhere = frozenset(one.sheet.name for one in form if not part.holds(one.sheet))
    draw_contents(contents, heading, extents, drawing.wear, drawing.dropdowns)
    add_selfcheck(workbook, scheme, unit, period, facts, extents=extents, drawing=drawing, elsewhere=elsewhere)
    draw_seal(workbook, heading, extents, scheme.seal_totals, drawing.wear)
    drawing.dropdowns.put_last()
    write_identity(workbook, identity_for(scheme, unit, period, [one.sheet for one in prepared], part))
    workbook.security = WorkbookProtection(lockStructure=True)
    return Drawn(workbook, drawing, prepared)


def _mark(workbook: Workbook, part: Part, unit: Unit) -> None:
    """Name a workbook of two as what it is, the one with persons also among its properties."""
    name_part(workbook, part, unit.code)
    if part is Part.PERSONAL:
        workbook.properties.title = f"{workbook.properties.title} 个人信息簿"
        workbook.properties.category = "含个人信息"
        workbook.properties.keywords = workbook.properties.description = NOT_BY_CHAT


def identity_for(scheme: Scheme, unit: Unit, period: Period, sheets: list[Sheet], part: Part = Part.WHOLE) -> Identity:
    """Return what the workbook issued to a unit says about itself."""
    named = tuple(
        SheetIdentity(one.name, one.title, one.layout.value, str(geometry_of(one.layout).header)) for one in sheets
    )
    heading = scheme.heading
    return Identity(FORM, str(heading.year), period.name, heading.version, unit.code, unit.full_name, named, part)


def _heading(scheme: Scheme, unit: Unit, period: Period, part: Part) -> Heading:
    span = f"{scheme.year}年{period.name}（{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}）"
    facts = (
        (UNIT_LABEL, unit.full_name or unit.short_name),
        (CODE_LABEL, unit.code),
        ("填报期次", span),
        ("模板版本", scheme.heading.version),
    )
    title = "个人信息簿" if part is Part.PERSONAL else "报送簿"
    return Heading(f"{scheme.heading.name}{title}", facts, _WARNINGS.get(part, ""))
