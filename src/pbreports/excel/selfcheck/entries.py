"""What is wrong with single cells: required and not filled, not of the field's kind, records with the same key.

The state of every cell shown is one column: 0 sound, 1 a warning points at it, 2 an error does, 4 it must be filled
and is not, 5 it holds what the field cannot. The cells are coloured by these columns.
"""

from __future__ import annotations

from openpyxl.utils import get_column_letter, quote_sheetname

from pbreports.excel.contents import NONE, Extent, declaration_cell
from pbreports.excel.layout import CONTENTS, geometry_of
from pbreports.excel.presets import answers
from pbreports.excel.selfcheck.places import DataSheet
from pbreports.excel.selfcheck.sheet import Block
from pbreports.excel.selfcheck.terms import ROW, Inexpressible, chosen
from pbreports.excel.selfcheck.verdicts import (
    FIRST_FIELD,
    FIRST_LINE,
    Line,
    Verdicts,
    address_of,
    line_of,
    required_term,
)
from pbreports.excel.selfcheck.world import World
from pbreports.findings import CATALOGUE
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Type
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Severity

REQUIRED, TYPED, DECLARED, UNIQUE = "V-G04", "V-G05", "V-G07", "V-G09"
OF_ENTRIES = (REQUIRED, TYPED, DECLARED, UNIQUE)
"""The rules of reading that formulas check too."""

REMEDIES = {
    REQUIRED: "红的格请补填；数字没有的填 0。",
    TYPED: "红的格请按表头下的提示重填：数字、日期不写别的字，选项从下拉中选。",
    DECLARED: "请填写这张表；确无数据的在目录上选“无”，选了“无”的不要再填。",
    UNIQUE: "请删去重复的一条，或改正其中填错的。",
}
"""What to do about each, where the scheme does not say it."""

WARNED, BROKEN, MISSING, MISTYPED = 1, 2, 4, 5


def check_entries(world: World, extents: list[Extent], verdicts: Verdicts) -> None:
    """Add what the cells of every sheet say; to be called last, since it gathers what points at them."""
    for extent in extents:
        if extent.count:
            _check_keys(world, extent, verdicts)
    for index, extent in enumerate(extents):
        if extent.count:
            _check_cells(world, extent, verdicts)
            _check_declaration(world, extent, index, verdicts)


def level_of(world: World, code: str) -> Severity:
    """Return the level of a rule of reading: the scheme's, else the program's own."""
    rule = world.scheme.rules.get(code)
    return rule.level if rule else CATALOGUE[code].severity


def _check_keys(world: World, extent: Extent, verdicts: Verdicts) -> None:
    sheet = extent.sheet
    if not sheet.keys:
        return
    block = world.block(sheet.name)
    try:
        key = world.key(sheet.name, sheet.keys)
    except Inexpressible as cannot:
        verdicts.leave(UNIQUE, cannot.reason)
        return
    earlier = f"SUMPRODUCT(EXACT({key.range},{key.here})*({block.ordinals.range}<$A{ROW}))>0"
    column = block.add(f'IF({key.here}="","",IF({earlier},1,0))', Type.NUMBER)
    data = world.data[sheet.name]
    verdicts.marks[sheet.name, sheet.keys[0]].append((level_of(world, UNIQUE), f"{column.here}=1"))
    address = address_of(data, sheet.keys[0], f"MATCH(1,{column.range},0)")
    verdicts.lines.append(line_of(UNIQUE, level_of(world, UNIQUE), column, sheet.title, address))


def _check_cells(world: World, extent: Extent, verdicts: Verdicts) -> None:
    data, block = world.data[extent.sheet.name], world.block(extent.sheet.name)
    first = world.marks(extent.sheet.name)
    for at, one in enumerate(extent.sheet.shown):
        block.put(first + at, _state(world, data, one, verdicts))
    for code, state in ((REQUIRED, MISSING), (TYPED, MISTYPED)):
        area = area_of_marks(world, data)
        looked_at = f"COUNTIF({block.records.range},1)"
        count, place = f"COUNTIF({area},{state})", _first_in(block, area, state)
        level, address = level_of(world, code), _address_of_first(data)
        verdicts.lines.append(Line(code, level, count, looked_at, data.sheet.title, address, place))


def area_of_marks(world: World, data: DataSheet) -> str:
    """Return the range of the states of a sheet's cells: a row for each record, a column for each field shown."""
    block, first = world.block(data.sheet.name), world.marks(data.sheet.name)
    last = first + len(data.sheet.shown) - 1
    return f"${get_column_letter(first)}${block.first}:${get_column_letter(last)}${block.last}"


def _first_in(block: Block, area: str, state: int) -> tuple[str, str]:
    """Return the formulas of the record and the field of the first cell in a state."""
    line = f"{block.count + 1}-SUMPRODUCT(MAX(({area}={state})*({block.count + 1}-{block.ordinals.range})))"
    return line, f"MATCH({state},INDEX({area},{FIRST_LINE},0),0)"


def _address_of_first(data: DataSheet) -> str:
    cell = f"INDEX({chosen(FIRST_FIELD, [data.named(one.name) for one in data.sheet.shown])},{FIRST_LINE})"
    return f"ADDRESS(ROW({cell}),COLUMN({cell}),4)"


def _state(world: World, data: DataSheet, one: Field, verdicts: Verdicts) -> str:
    marked = _marked(verdicts, data.sheet.name, one.name)
    if one.computed:
        return f"IF($B{ROW}=1,{marked},0)" if marked != "0" else ""
    blank = f'TRIM({data.cell(one.name)})=""'
    required = _required(world, data, one, verdicts)
    lacking = {"0": marked, "1": str(MISSING)}.get(required, f"IF({required}=1,{MISSING},{marked})")
    mistyped = _unless_mistyped(world, data, one, marked)
    if mistyped == lacking == "0":
        return ""
    judged = f"IFERROR(IF({blank},{lacking},{mistyped}),{MISTYPED})"
    return f"IF($B{ROW}=1,{judged},{_of_unfilled(world, data, one, blank)})"


def _of_unfilled(world: World, data: DataSheet, one: Field, blank: str) -> str:
    """Return the state in a line that is no record: a stray one, or one only printed while others are filled in."""
    if one.required is not True:
        return "0"
    stray = f"$B{ROW}=3"
    if one not in answers(data.sheet):
        return f"IF({stray},IF({blank},{MISSING},0),0)"
    unfilled = f"AND($B{ROW}=2,COUNTIF({world.block(data.sheet.name).records.range},1)>0)"
    return f"IF(OR({stray},{unfilled}),IF({blank},{MISSING},0),0)"


def _required(world: World, data: DataSheet, one: Field, verdicts: Verdicts) -> str:
    if not isinstance(one.required, Expression):
        return "1" if one.required else "0"
    try:
        term = required_term(world, data.sheet.name, one.required.text)
    except Inexpressible as cannot:
        verdicts.leave(REQUIRED, cannot.reason)
        return "0"
    return term.text if not term.fixed else str(int(term.value is True))


def _unless_mistyped(world: World, data: DataSheet, one: Field, marked: str) -> str:
    if one.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        if not one.length:
            return marked
        return f"IF(LEN(TRIM({data.cell(one.name)}))>{one.length},{MISTYPED},{marked})"
    sound = world.sound(data.sheet.name, one)
    return f'IF({sound}="",{MISTYPED},{marked})'


def _marked(verdicts: Verdicts, sheet: str, name: str) -> str:
    pointing = verdicts.marks.get((sheet, name), [])
    found = "0"
    for level, state in ((Severity.WARNING, WARNED), (Severity.ERROR, BROKEN)):
        tests = [test for one, test in pointing if one is level]
        if tests:
            found = f"IF(OR({','.join(dict.fromkeys(tests))}),{state},{found})"
    return found


def _check_declaration(world: World, extent: Extent, index: int, verdicts: Verdicts) -> None:
    sheet = extent.sheet
    filled = f"COUNTIF({world.block(sheet.name).records.range},1)>0"
    cell = declaration_cell(index)
    declared = f'{quote_sheetname(CONTENTS)}!${cell[0]}${cell[1:]}="{NONE}"'
    if sheet.can_be_declared_none:
        count = f"IF(({filled})=({declared}),1,0)"
    else:
        count = f"IF({declared},1,0)"
        _check_unfilled(world, extent, filled, verdicts)
    address = f'"{cell}"'
    verdicts.lines.append(Line(DECLARED, level_of(world, DECLARED), count, "1", CONTENTS, address))


def _check_unfilled(world: World, extent: Extent, filled: str, verdicts: Verdicts) -> None:
    """Add the line of a sheet that must be reported and is not filled in at all."""
    sheet, geometry = extent.sheet, geometry_of(extent.sheet.layout)
    if any(one.required is True and not one.locked for one in sheet.shown):
        address = f'"{geometry.address(geometry.record(0), geometry.first)}"'
        level = level_of(world, REQUIRED)
        verdicts.lines.append(Line(REQUIRED, level, f"IF({filled},0,1)", "1", sheet.title, address))
