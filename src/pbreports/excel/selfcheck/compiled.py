"""The self-check of a workbook, compiled: the helper sheet, the facts it asks, what the page and the colours show.

Compiled once for all units of a kind whose sheets are of the same size.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.utils import quote_sheetname

from pbreports.excel.contents import Extent
from pbreports.excel.selfcheck.entries import OF_ENTRIES, area_of_marks, check_entries
from pbreports.excel.selfcheck.places import DataSheet, FactColumns, Names
from pbreports.excel.selfcheck.terms import ROW, Inexpressible, quoted
from pbreports.excel.selfcheck.translate import computed_formula
from pbreports.excel.selfcheck.verdicts import OF_READING, Line, Verdicts, judge
from pbreports.excel.selfcheck.workdays import HOLIDAYS, MADE_UP, holidays, made_up
from pbreports.excel.selfcheck.world import World
from pbreports.ooxml.sealed import Sealed, seal
from pbreports.scheme.declare import Expression
from pbreports.scheme.identity import Same
from pbreports.scheme.language import parse
from pbreports.scheme.model import Period, Scheme, Scope
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Severity

GRAVITY = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.NOTICE: 0}
"""The levels as the lines of the helper sheet hold them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the self-check of a workbook depends on; the same scheme object is the same scheme."""

    scheme: Scheme
    period: Period
    kind: str
    sizes: tuple[tuple[str, int], ...]
    counts: tuple[tuple[str, int], ...]
    elsewhere: frozenset[str] = frozenset()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.scheme is other.scheme and self._rest() == other._rest()

    def __hash__(self) -> int:
        return hash((id(self.scheme), self._rest()))

    def _rest(self) -> tuple[object, ...]:
        return self.period, self.kind, self.sizes, self.counts, self.elsewhere


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled self-check.

    ``part`` is the helper sheet's XML, packed. ``facts`` names the columns of the sheet of facts (table and field), ``names``
    are the defined names by which formulas ask other sheets.
    ``marks`` gives for each sheet the range of its cells' states, ``computed`` for each computed field shown the
    range of its values. ``lines`` come with the row of the helper sheet they stand in.
    """

    part: Sealed
    formulas: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    names: Mapping[str, str]
    marks: Mapping[str, str]
    computed: Mapping[tuple[str, str], tuple[str, int]]
    lines: tuple[tuple[int, Line], ...]
    left: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def compiled(shape: Shape) -> Compiled:
    """Return the self-check of workbooks of a shape."""
    scheme = shape.scheme
    extents = [Extent(scheme.sheets[name], 0, count) for name, count in shape.sizes]
    names = Names()
    world = World(
        scheme,
        vocabulary_of(scheme),
        {**scheme.fixed_names(shape.period), "本单位种类": shape.kind},
        {extent.sheet.name: DataSheet(extent.sheet, extent.count, names) for extent in extents},
        {**dict(shape.counts), HOLIDAYS: len(holidays()), MADE_UP: len(made_up())},
        computed_formula,
        facts=FactColumns(names),
        elsewhere=shape.elsewhere,
    )
    verdicts = Verdicts()
    judge(world, verdicts)
    check_entries(world, extents, verdicts)
    _leave_reading(scheme, verdicts)
    order = {code: place for place, code in enumerate(scheme.rules)}
    lines = sorted(verdicts.lines, key=lambda line: (order.get(line.code, -1), line.code))
    computed = dict(_computed(world, extents))
    placed = [(world.helper.append(_summary(line)), line) for line in lines]
    return Compiled(
        part=seal(world.helper.part()),
        formulas=tuple(world.helper.formulas()),
        facts=tuple(world.facts.columns),
        names=names.areas,
        marks={name: area_of_marks(world, data) for name, data in world.data.items() if data.count},
        computed=computed,
        lines=tuple(placed),
        left={code: tuple(reasons) for code, reasons in verdicts.left.items()},
    )


def _summary(line: Line) -> tuple[str, ...]:
    """Return the cells of a line: broken places, places looked at, link and name of the first, level, broken or not."""
    sheet = quote_sheetname(line.title)
    address = f'IFERROR({line.address},"A1")' if line.address else '"A1"'
    place = f"{quoted(line.title + '!')}&{address}" if line.address else quoted(line.title)
    return (
        f"IFERROR({line.count},0)",
        f"IFERROR({line.asked},0)",
        f'IF($A{ROW}>0,{quoted(f"#{sheet}!")}&{address},"")' if line.title else '""',
        f'IF($A{ROW}>0,{place},"")',
        str(GRAVITY[line.level]),
        f"IF($A{ROW}>0,1,0)",
        *(f'IF($A{ROW}>0,{one},"")' for one in line.first),
    )


def _leave_reading(scheme: Scheme, verdicts: Verdicts) -> None:
    for rule in scheme.rules.values():
        if rule.scope is Scope.READING and rule.code not in OF_ENTRIES:
            verdicts.leave(rule.code, OF_READING)


def _computed(world: World, extents: Iterable[Extent]) -> Iterator[tuple[tuple[str, str], tuple[str, int]]]:
    """Yield for every computed field that is shown the column of its values and the row of the first."""
    for extent in extents:
        if not extent.count:
            continue
        for one in extent.sheet.shown:
            if one.computed:
                try:
                    column = world.column(extent.sheet.name, one.name)
                except Inexpressible:
                    continue
                yield (extent.sheet.name, one.name), (column.letters, column.first)


@lru_cache(maxsize=8)
def _texts(scheme: Same[Scheme]) -> frozenset[str]:
    """Return the bureau sheets and constant tables that any expression of rules or computed fields may name."""
    named = {
        one.id for text in _expressions(scheme.value) for one in ast.walk(parse(text)) if isinstance(one, ast.Name)
    }
    whole = scheme.value
    bureau = {sheet.name for sheet in whole.bureau_sheets}
    asked = {one.sheet for rule in whole.rules.values() for one in rule.whole_clauses() if one.scope is not Scope.CADRE}
    return frozenset((named | asked) & (bureau | set(whole.tables)))


def tables_asked(scheme: Scheme) -> frozenset[str]:
    """Return the bureau sheets and constant tables that any rule, condition or computed field of a school may name."""
    return _texts(Same(scheme))


def _expressions(scheme: Scheme) -> Iterator[str]:
    for rule in scheme.rules.values():
        if rule.scope not in (Scope.DISTRICT, Scope.PAPER, Scope.CADRE, Scope.READING):
            for clause in rule.whole_clauses():
                yield from (one.text for one in (clause.applies, clause.condition) if one)
    for sheet in scheme.school_sheets:
        for one in sheet.fields:
            yield from (text.text for text in (one.formula, one.required) if isinstance(text, Expression))
    for table in scheme.tables.values():
        for row in table.rows:
            yield from (row[one.name].text for one in table.fields if one.sheet and one.name in row)
