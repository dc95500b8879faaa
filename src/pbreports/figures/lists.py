"""Named lists: rows of a sheet in official order, or one row for each unit with what it has reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pbreports.figures.basis import NOBODY, Basis, Coverage
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, parse, sheets_named
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model import BY_STROKES, LEVEL, REPORTED, ByName, ListRule, NameOrder, Scheme, Tree
from pbreports.strokes import Key, read_supplements, stroke_order
from pbreports.values import NamedList, Record, Scalar

HERE, ABSENT, NOT_ASKED = "已报", "未报", "不填"
"""How a unit stands to the sheets a list draws on; a unit that reported only some of them is told what it lacks."""


INDENT = "　　"
"""What a level of a tree is indented by."""


def compute_lists(scheme: Scheme, vocabulary: Vocabulary, basis: Basis) -> dict[str, NamedList]:
    """Return every named list of the scheme by name."""
    order = scheme.heading.name_order
    made = {rule.name: _made(rule, vocabulary, basis, order) for rule in scheme.lists.values()}
    return {
        rule.name: _named(rule.name, [made[name] for name in (rule.name, *rule.then)]) for rule in scheme.lists.values()
    }


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: how its value is made, and which of the sheets that units report it draws on."""

    run: Run
    draws_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """One row of a list, with what it is sorted by and where it comes from."""

    order: tuple[tuple[int, Any], ...]
    row: dict[str, Scalar]
    record: Record


@dataclass(frozen=True, slots=True)
class _Made:
    """A list's own rows, and who was to report what they are made of."""

    chosen: Sequence[_Chosen]
    coverage: Coverage


def _named(name: str, parts: Sequence[_Made]) -> NamedList:
    """Return the list whose rows are those of its parts, one after the other."""
    chosen = [one for part in parts for one in part.chosen]
    coverage = _joint([part.coverage for part in parts])
    return NamedList(
        name=name,
        rows=tuple(one.row for one in chosen),
        reported=len(coverage.expected) - len(coverage.missing),
        expected=len(coverage.expected),
        sources=tuple(one.record.cell("") for one in chosen),
        missing=coverage.missing,
    )


def _joint(parts: Sequence[Coverage]) -> Coverage:
    """Return who was to report anything, and who reported everything."""
    expected = tuple(dict.fromkeys(unit for part in parts for unit in part.expected))
    missing = {unit for part in parts for unit in part.missing}
    return Coverage(expected, frozenset(expected) - missing)


def _made(rule: ListRule, vocabulary: Vocabulary, basis: Basis, names: NameOrder | None) -> _Made:
    scene = Scene(vocabulary, rule.sheet, district=True)
    applies = bind(rule.condition.text, scene, Type.TRUTH).run if rule.condition else None
    columns = {name: _column(text, scene, rule) for name, text in rule.columns.items()}
    order = [bind(text.text, scene).run for text in rule.order]
    facts = _counted(rule, vocabulary, basis)
    frame = Frame(facts, basis.names)
    reports = _Reports(rule.reports, vocabulary.unit_field, basis.coverage)
    chosen = []
    for record in facts.rows(rule.sheet):
        here = frame.at(record.values)
        if applies is None or applies(here) is True:
            row = _row(columns, here, reports.missing(record)) | reports.words(record)
            chosen.append(_Chosen(tuple(_order_key(run(here)) for run in order), row, record))
    chosen.sort(key=lambda one: one.order)
    if rule.by_name and names and basis.names.get(names.switch) == BY_STROKES:
        chosen = _by_strokes(chosen, rule, rule.by_name, names, scene, frame)
    if rule.tree:
        chosen = _under_superiors(chosen, rule.tree, scene, frame)
    return _Made(chosen, reports.coverage() if rule.reports else basis.coverage.get(rule.sheet, NOBODY))


def _column(text: Expression, scene: Scene, rule: ListRule) -> _Column:
    return _Column(bind(text.text, scene).run, sheets_named(parse(text.text)) & set(rule.reports))


def _counted(rule: ListRule, vocabulary: Vocabulary, basis: Basis) -> Facts:
    """Return the facts, of some sheets only the rows that the list counts."""
    if not rule.counting:
        return basis.facts
    frame = Frame(basis.facts, basis.names)
    chosen: dict[str, Sequence[Record]] = {}
    for sheet, condition in rule.counting.items():
        counts = bind(condition.text, Scene(vocabulary, sheet, district=True), Type.TRUTH).run
        chosen[sheet] = [record for record in basis.facts.rows(sheet) if counts(frame.at(record.values)) is True]
    return Facts(chosen, basis.facts)


def _row(columns: Mapping[str, _Column], here: Frame, missing: frozenset[str]) -> dict[str, Scalar]:
    """Return a row; what would come from a sheet that the unit has not reported is blank, a count too."""
    return {name: None if one.draws_on & missing else one.run(here) for name, one in columns.items()}


@dataclass(frozen=True, slots=True)
class _Reports:
    """Which of the sheets that a list draws on each unit was to report, and did."""

    sheets: tuple[str, ...]
    unit_field: str
    by_sheet: Mapping[str, Coverage]

    def missing(self, record: Record) -> frozenset[str]:
        """Return the sheets that the row's unit has not reported, asked for or not."""
        unit = record.get(self.unit_field)
        return frozenset(sheet for sheet in self.sheets if unit not in self._of(sheet).reported)

    def words(self, record: Record) -> dict[str, Scalar]:
        """Return the column that says how the row's unit stands; none where the list draws on no reports."""
        unit = record.get(self.unit_field)
        return {REPORTED: self._standing(unit)} if self.sheets else {}

    def coverage(self) -> Coverage:
        """Return who was to report any of the sheets, and who reported all that was asked."""
        expected = dict.fromkeys(unit for sheet in self.sheets for unit in self._of(sheet).expected)
        return Coverage(tuple(expected), frozenset(unit for unit in expected if self._standing(unit) == HERE))

    def _standing(self, unit: Scalar) -> str:
        asked = [sheet for sheet in self.sheets if unit in self._of(sheet).expected]
        missing = [sheet for sheet in asked if unit not in self._of(sheet).reported]
        if not asked:
            return NOT_ASKED
        if not missing:
            return HERE
        return ABSENT if len(missing) == len(asked) else f"缺{'、'.join(missing)}"

    def _of(self, sheet: str) -> Coverage:
        return self.by_sheet.get(sheet, NOBODY)


def _by_strokes(
    chosen: Sequence[_Chosen], rule: ListRule, by_name: ByName, names: NameOrder, scene: Scene, frame: Frame
) -> list[_Chosen]:
    """Return the rows by group, within it by the strokes of the surname; namesakes stay in the order they came in."""
    name_of = bind(by_name.name.text, scene, Type.TEXT).run
    groups_of = [bind(text.text, scene).run for text in by_name.groups]
    rows = [frame.at(one.record.values) for one in chosen]
    people = [name_of(row) for row in rows]
    supplements = read_supplements(frame.facts.rows(names.sheet), names)
    order = stroke_order([name for name in people if name], supplements, f"名单“{rule.name}”")
    keys = [
        (*(_order_key(group(row)) for group in groups_of), _order_key(order.get(name)))
        for row, name in zip(rows, people, strict=True)
    ]
    return [chosen[place] for place in sorted(range(len(chosen)), key=keys.__getitem__)]


def _under_superiors(chosen: Sequence[_Chosen], tree: Tree, scene: Scene, frame: Frame) -> list[_Chosen]:
    """Return the rows with each below its superior, in the order they came in; every row has its level."""
    code_of, superior_of = (bind(one.text, scene).run for one in (tree.code, tree.superior))
    codes = [code_of(frame.at(one.record.values)) for one in chosen]
    superiors = [superior_of(frame.at(one.record.values)) for one in chosen]
    levels = nested(codes, superiors)
    return [replace(chosen[place], row=_levelled(chosen[place].row, level, tree)) for place, level in levels]


def _levelled(row: dict[str, Scalar], level: int, tree: Tree) -> dict[str, Scalar]:
    indented = {tree.indented: f"{INDENT * (level - 1)}{row[tree.indented]}"} if tree.indented else {}
    return {**row, **indented, LEVEL: Decimal(level)}


def nested(codes: Sequence[Scalar], superiors: Sequence[Scalar]) -> list[tuple[int, int]]:
    """Return the places of rows as a tree, each with its level, from their codes and those of their superiors.

    A row whose superior is not among the rows is of level 1, and so is the first of those that stand above each other
    in a circle.
    """
    known = set(codes)
    below: dict[Scalar, list[int]] = defaultdict(list)
    tops: list[int] = []
    for place, superior in enumerate(superiors):
        (below[superior] if superior in known and superior is not None else tops).append(place)
    found: dict[int, int] = {}

    def visit(place: int, level: int) -> None:
        if place not in found:
            found[place] = level
            for inferior in below[codes[place]]:
                visit(inferior, level + 1)

    for place in (*tops, *range(len(codes))):
        visit(place, 1)
    return list(found.items())


def _order_key(value: Scalar | Key) -> tuple[int, Any]:
    """Return a key that sorts blanks last."""
    return (1, 0) if value is None else (0, value)
