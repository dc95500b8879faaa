"""What a compiled workbook asks of the values that it is filled with: names, lists and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pbreports.excel.filling.compiling import CompiledBook, CompiledSheet
from pbreports.excel.filling.expressions import ORDINAL
from pbreports.excel.filling.lists import missing_columns
from pbreports.tags.check import unknown
from pbreports.tags.names import Use
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Program, Slot


def uses_of(book: CompiledBook) -> Iterator[tuple[Place, Use]]:
    """Yield every use of a name from outside, with its place; the number of a row, which every list has, is none."""
    for sheet in book.sheets:
        for use in sheet.plan.uses:
            if use.column == ORDINAL:
                continue
            yield use.place, Use(use.path[0], 0, ".".join((*use.path[1:], use.column)).strip("."))
        for program in _programs(sheet):
            yield from ((slot.place, use) for slot, use in program.uses)
    if book.properties.program:
        yield from ((slot.place, use) for slot, use in book.properties.program.uses)


def unknown_names(book: CompiledBook, values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return a problem for each name or column that a workbook uses and the values lack, in order of the sheets."""
    found: dict[str, Problem] = {}
    for sheet in book.sheets:
        needs = [(slot, use) for program in _programs(sheet) for slot, use in program.needs]
        needs += [(Slot(Place(sheet.title, "", "表名"), ""), Use(sheet.path[0], 0))] if sheet.path else []
        uses = [(use.path, use.column, use.place) for use in sheet.plan.uses]
        for problem in (*unknown(needs, values), *missing_columns(uses, values)):
            found.setdefault(f"{problem.code} {problem.place}", problem)
    if book.properties.program:
        for problem in unknown(book.properties.program.needs, values):
            found.setdefault(f"{problem.code} {problem.place}", problem)
    return tuple(found.values())


def _programs(sheet: CompiledSheet) -> Iterator[Program]:
    for program in (sheet.titles.program, sheet.plan.program, sheet.texts.program):
        if program is not None:
            yield program
