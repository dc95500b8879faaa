"""A compiled workbook filled with values: its rows written, everything else moved to where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.excel.filling.assembling import add_breaks, add_merges, merge_equal, with_formulas, with_rows
from pbreports.excel.filling.compiling import ITEM, CompiledBook, CompiledSheet
from pbreports.excel.filling.lists import Nothing, missing_columns, missing_names, numbered_rows, rows
from pbreports.excel.filling.moving import moved
from pbreports.excel.filling.relations import sheet_parts
from pbreports.excel.filling.rows import FilledRows, numbered, placed
from pbreports.excel.filling.staged import FilledSheet, Mover, Stage, stages
from pbreports.excel.filling.styles import with_styles
from pbreports.excel.filling.texts import LONGEST_HEADING, filled_marks, headings
from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Failed, Fill, Program

Values = Mapping[str, object]


@dataclass(slots=True)
class Instance:
    """A sheet that is being made: of which one of the template, for which row of a list, its title and part."""

    sheet: CompiledSheet
    item: object
    title: str
    part: str
    rows: FilledRows
    texts: Sequence[str] = ()


def fill_book(book: CompiledBook, values: Values) -> tuple[dict[str, bytes], Fill]:
    """Return the parts of the workbook filled, and the state of the filling with its notices.

    Raises:
        Failed: with all problems that the values bring about.
        TemplateError: when something cannot be moved.
    """
    fill = Fill(extra={"first style": len(book.looks.looks)})
    _require_names(book, values)
    instances = _written(book, {**values, "_rows": rows, "_numbered": numbered_rows}, fill)
    parts = dict(book.parts)
    for one in instances:
        _put_texts(parts, one)
    filled = [FilledSheet(one.title, one.sheet.plan.vanishing, one.rows) for one in instances if one.sheet.touched]
    steps = stages(filled)
    parts = moved(parts, steps)
    titles = tuple(sheet.title for sheet in sheet_parts(parts))
    for one in instances:
        if one.sheet.touched:
            _put_rows(parts, one, steps, titles)
    if made := fill.extra.get("styles"):
        parts[book.styles] = with_styles(parts[book.styles], tuple(made))
    return parts, fill


# ---------------------------------------------------------------- names


def _require_names(book: CompiledBook, values: Values) -> None:
    problems: dict[str, Problem] = {}
    for sheet in book.sheets:
        uses = [(use.path, use.column, use.place) for use in sheet.plan.uses]
        for problem in (*missing_names(_names_in(sheet), values), *missing_columns(uses, values)):
            problems.setdefault(str(problem), problem)
    for problem in missing_names(_names_of(book.properties.program), values):
        problems.setdefault(str(problem), problem)
    if problems:
        raise Failed(tuple(problems.values()))


def _names_in(sheet: CompiledSheet) -> Iterator[tuple[str, Place]]:
    for program in (sheet.titles.program, sheet.plan.program, sheet.texts.program):
        yield from _names_of(program)


def _names_of(program: Program | None) -> Iterator[tuple[str, Place]]:
    for slot, use in program.uses if program else ():
        yield use.name, slot.place


# ---------------------------------------------------------------- programs


def _written(book: CompiledBook, values: Values, fill: Fill) -> list[Instance]:
    """Return all sheets written; raises ``Failed`` with the problems of all of them."""
    problems: dict[str, Problem] = {}
    made: list[Instance] = []
    for sheet in book.sheets:
        items = list(rows(values[sheet.path[0]])) or [Nothing()] if sheet.path else [None]
        for item in items:
            own = {**values, ITEM: item} if sheet.path else values
            try:
                made.append(_instance(sheet, item, own, fill))
            except Failed as failed:
                problems |= {str(problem): problem for problem in failed.problems}
    problems |= fill.extra.get("problems", {})
    if problems:
        raise Failed(tuple(problems.values()))
    return made


def _instance(sheet: CompiledSheet, item: object, values: Values, fill: Fill) -> Instance:
    titled = sheet.titles.told(values, fill)
    program = sheet.plan.program
    written = placed(sheet.plan, program.run(values, fill)) if sheet.touched and program else FilledRows()
    return Instance(
        sheet, item, titled[0] if titled else sheet.title, sheet.part, written, sheet.texts.told(values, fill)
    )


# ---------------------------------------------------------------- parts


def _put_texts(parts: dict[str, bytes], one: Instance) -> None:
    """Put the texts of a sheet's headings, shapes and notes in their place, and its part without rows."""
    for part in one.sheet.marked:
        parts[part] = filled_marks(parts[part], one.texts)
    if not one.sheet.touched:
        return
    root = parse_xml(one.sheet.skeleton, one.part)
    elements = [element for element, _ in headings(root)]
    for text, number in zip(one.texts, one.sheet.headings, strict=False):
        if len(text) > LONGEST_HEADING:
            where = Place(one.title, "", "页眉页脚", text)
            raise Failed([Problem("T-44", where, f"页眉页脚超过{LONGEST_HEADING}个字", "请缩短文字")])
        elements[number].text = text
    parts[one.part] = serialize(root)


def _put_rows(parts: dict[str, bytes], one: Instance, steps: Sequence[Stage], titles: Sequence[str]) -> None:
    plan = one.sheet.plan
    areas = merge_equal(one.rows, plan.merging, plan.sheet.merges)
    numbers = numbered(one.rows.rows, one.rows.gone)
    told = with_formulas(one.rows, plan.sheet.formulas, Mover(steps, titles, one.title))
    if areas or one.rows.breaks:
        root = parse_xml(parts[one.part], one.part)
        add_merges(root, areas)
        add_breaks(root, [numbers[place] for place in one.rows.breaks])
        parts[one.part] = serialize(root)
    parts[one.part] = with_rows(parts[one.part], told)
