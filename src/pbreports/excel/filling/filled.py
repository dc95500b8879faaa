"""A compiled workbook filled with values: its rows written, everything else moved to where it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pbreports.excel.filling.assembling import add_breaks, add_merges, merge_equal, with_formulas, with_rows
from pbreports.excel.filling.compiling import ITEM, CompiledBook, CompiledSheet
from pbreports.excel.filling.copies import Copy, copied, fitting, listed, retitle_part, retitled, untitled
from pbreports.excel.filling.guard import lost
from pbreports.excel.filling.headers import name_columns
from pbreports.excel.filling.lists import FUNCTIONS, some_rows
from pbreports.excel.filling.moving import moved
from pbreports.excel.filling.relations import relations, sheet_parts
from pbreports.excel.filling.results import results_of, with_results
from pbreports.excel.filling.rows import FilledRows, numbered, placed
from pbreports.excel.filling.sheet import FormulaCell
from pbreports.excel.filling.staged import FilledSheet, Mover, Step, stages
from pbreports.excel.filling.styles import with_styles
from pbreports.excel.filling.texts import LONGEST_HEADING, filled_marks, headings, set_properties
from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.tags.problems import Place, Problem
from pbreports.tags.program import Failed, Fill

_APP = "docProps/app.xml"
Values = Mapping[str, object]


@dataclass(slots=True)
class Instance:
    """A sheet that is being made: of which one of the template, its title, its rows, its other texts, its parts."""

    sheet: CompiledSheet
    title: str
    rows: FilledRows
    texts: Sequence[str]
    copy: Copy = field(default_factory=lambda: Copy("", "", "", ""))
    formulas: Sequence[FormulaCell] = ()
    told: list[str] = field(default_factory=list)


def fill_book(book: CompiledBook, values: Values) -> tuple[dict[str, bytes], Fill]:
    """Return the parts of the workbook filled, and the state of the filling with its notices.

    Raises:
        Failed: with all problems that the values bring about.
        TemplateError: when something cannot be moved.
    """
    fill = Fill(extra={"first style": len(book.looks.looks)})
    context = {**values, **FUNCTIONS}
    instances = _written(book, context, fill)
    parts = dict(book.parts)
    set_properties(parts, book.property_names, book.properties.told(context, fill))
    _place(parts, instances, fill)
    for one in instances:
        _put_texts(parts, one)
    _retitle(parts, instances)
    touched = [one for one in instances if one.sheet.touched]
    steps = stages([FilledSheet(one.title, one.sheet.plan.vanishing, one.rows) for one in touched])
    titles = tuple(sheet.title for sheet in sheet_parts(parts))
    areas = {one.title: _told(one, steps, titles) for one in touched}
    results = results_of(parts, {one.title: one.told for one in touched}, steps)
    for one in touched:
        with_results(one.told, one.title, results)
    parts = moved(parts, steps, results.known)
    loose = {one.copy.part for one in touched if one.rows.gone or one.sheet.plan.vanishing or areas[one.title]}
    for one in touched:
        name_columns(parts, one.copy.part, one.title, results)
        _put_merges(parts, one, areas[one.title])
    if vanished := tuple(lost(book.features, parts, _with_belongings(parts, loose), book.directives)):
        raise Failed(vanished)
    for one in touched:
        parts[one.copy.part] = with_rows(parts[one.copy.part], one.told)
    if made := fill.extra.get("styles"):
        parts[book.styles] = with_styles(parts[book.styles], tuple(made))
    return parts, fill


# ---------------------------------------------------------------- programs


def _written(book: CompiledBook, values: Values, fill: Fill) -> list[Instance]:
    """Return all sheets written; raises ``Failed`` with the problems of all of them."""
    problems: dict[str, Problem] = {}
    made: list[Instance] = []
    for sheet in book.sheets:
        for item in some_rows(values[sheet.path[0]]) if sheet.path else [None]:
            try:
                made.append(_instance(sheet, {**values, ITEM: item} if sheet.path else values, fill))
            except Failed as failed:
                problems |= {str(problem): problem for problem in failed.problems}
    problems |= fill.extra.get("problems", {})
    if problems:
        raise Failed(tuple(problems.values()))
    return made


def _instance(sheet: CompiledSheet, values: Values, fill: Fill) -> Instance:
    titled = sheet.titles.told(values, fill)
    program = sheet.plan.program
    written = placed(sheet.plan, program.run(values, fill)) if sheet.touched and program else FilledRows()
    return Instance(sheet, titled[0] if titled else sheet.title, written, sheet.texts.told(values, fill))


# ---------------------------------------------------------------- sheets and their parts


def _place(parts: dict[str, bytes], instances: Sequence[Instance], fill: Fill) -> None:
    """Give each sheet its title and its part; titles without tags come first, for they must stay."""
    filled = {one.sheet.title for one in instances if one.title != one.sheet.title}
    taken = {sheet.title.casefold() for sheet in sheet_parts(parts) if sheet.title not in filled}
    seen: dict[str, int] = {}
    for one in instances:
        if one.title != one.sheet.title or seen.get(one.sheet.part):
            wanted, one.title = one.title, fitting(one.title, taken)
            taken.add(one.title.casefold())
            if wanted != one.title:
                fill.notices[f"表名“{wanted}”改为“{one.title}”"] = None
        ordinal = seen[one.sheet.part] = seen.get(one.sheet.part, 0) + 1
        if ordinal > 1:
            one.copy = copied(parts, one.sheet.title, one.sheet.part, one.title, ordinal)
        else:
            one.copy = Copy(one.sheet.title, one.sheet.part, one.title, one.sheet.part)


def _put_texts(parts: dict[str, bytes], one: Instance) -> None:
    """Put the texts of a sheet's headings, shapes and notes in their place, and its part without rows."""
    for part in one.sheet.marked:
        own = one.copy.parts.get(part, part)
        parts[own] = filled_marks(parts[own], one.texts)
    if not one.sheet.touched:
        return
    part = one.copy.part
    root = parse_xml(one.sheet.skeleton if one.copy.is_first else parts[part], part)
    elements = [element for element, _ in headings(root)]
    for text, number in zip(one.texts, one.sheet.headings, strict=False):
        if len(text) > LONGEST_HEADING:
            where = Place(one.title, "", "页眉页脚", text)
            raise Failed([Problem("T-44", where, f"页眉页脚超过{LONGEST_HEADING}个字", "请缩短文字")])
        elements[number].text = text
    parts[part] = serialize(root)


def _retitle(parts: dict[str, bytes], instances: Sequence[Instance]) -> None:
    """Let everything speak of sheets by their new titles: a sheet of itself by its own, all others of the first made."""
    firsts = {one.sheet.title.casefold(): one.title for one in instances if one.copy.is_first}
    firsts = {was: new for was, new in firsts.items() if was != new.casefold()}
    own: dict[str, tuple[Mapping[str, str], Mapping[str, str]]] = {}
    for one in instances:
        titles = {**firsts, one.sheet.title.casefold(): one.title} if firsts else {}
        one.formulas = [
            replace(cell, text=retitled(cell.text, titles, one.copy.tables)) for cell in one.sheet.plan.sheet.formulas
        ]
        own |= dict.fromkeys((one.copy.part, *one.copy.parts.values()), (titles, one.copy.tables))
    if not firsts and all(one.copy.is_first for one in instances):
        return
    listed(parts, [one.copy for one in instances])
    if _APP in parts:
        parts[_APP] = untitled(parts[_APP])
    for part, data in parts.items():
        if part.startswith("xl/") and "/_rels/" not in part:
            parts[part] = retitle_part(data, part, *own.get(part, (firsts, {})))


def _told(one: Instance, steps: Sequence[Step], titles: Sequence[str]) -> list[str]:
    """Write the rows of a sheet out with their numbers and formulas; return the areas in which equal cells are merged."""
    areas = merge_equal(one.rows, one.sheet.plan.merging, one.sheet.plan.sheet.merges)
    one.told = with_formulas(one.rows, one.formulas, Mover(steps, titles, one.title))
    return areas


def _with_belongings(parts: Mapping[str, bytes], sheets: Iterable[str]) -> set[str]:
    """Return sheets' parts with those that belong to them."""
    return {part for sheet in sheets for part in (sheet, *(link.part for link in relations(parts, sheet)))}


def _put_merges(parts: dict[str, bytes], one: Instance, areas: Sequence[str]) -> None:
    part = one.copy.part
    numbers = numbered(one.rows.rows, one.rows.gone)
    if areas or one.rows.breaks:
        root = parse_xml(parts[part], part)
        add_merges(root, areas)
        add_breaks(root, [numbers[place] for place in one.rows.breaks])
        parts[part] = serialize(root)
