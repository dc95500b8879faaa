"""Named lists: rows of a sheet in official order, or one row for each unit with what it has reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.figures.basis import NOBODY, Basis, Coverage
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, parse, sheets_named
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model import REPORTED, ListRule, Scheme
from pbreports.values import NamedList, Record, Scalar

HERE, ABSENT, NOT_ASKED = "已报", "未报", "不填"
"""How a unit stands to the sheets a list draws on; a unit that reported only some of them is told what it lacks."""


def compute_lists(scheme: Scheme, vocabulary: Vocabulary, basis: Basis) -> dict[str, NamedList]:
    """Return every named list of the scheme by name."""
    return {rule.name: _list(rule, vocabulary, basis) for rule in scheme.lists.values()}


@dataclass(frozen=True, slots=True)
class _Column:
    """One column: how its value is made, and which of the sheets that units report it draws on."""

    run: Run
    draws_on: frozenset[str]


def _list(rule: ListRule, vocabulary: Vocabulary, basis: Basis) -> NamedList:
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
            row = _row(columns, here, reports.missing(record))
            chosen.append((tuple(_order_key(run(here)) for run in order), row | reports.words(record), record))
    chosen.sort(key=lambda one: one[0])
    coverage = reports.coverage() if rule.reports else basis.coverage.get(rule.sheet, NOBODY)
    return NamedList(
        name=rule.name,
        rows=tuple(row for _, row, _ in chosen),
        reported=len(coverage.expected) - len(coverage.missing),
        expected=len(coverage.expected),
        sources=tuple(record.cell("") for _, _, record in chosen),
        missing=coverage.missing,
    )


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


def _order_key(value: Scalar) -> tuple[int, Any]:
    """Return a key that sorts blanks last."""
    return (1, 0) if value is None else (0, value)
