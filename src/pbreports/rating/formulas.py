"""The expressions of a rating rule, compiled once."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, parse, sheets_named
from pbreports.scheme.language.bind import Run, linked_rows
from pbreports.scheme.model import Field
from pbreports.scheme.model.rating import Ceiling, Indicators, RatingRule
from pbreports.scheme.vocabulary import INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import Record, Scalar


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression with the sheets it asks, the fields by which the current row is linked to each, and what it takes.

    ``taken`` are the fields of those sheets that it names.
    """

    run: Run
    sheets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    taken: tuple[tuple[str, str], ...] = ()

    def rests_on(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[Record, ...]:
        """Return the rows of other sheets that the expression looks at from a row."""
        return tuple(record for sheet, _ in self.sheets for record in self._linked(sheet, facts, row))

    def blanks(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[tuple[Record, str], ...]:
        """Return the rows that it takes a value from and that have none, each with the field."""
        return tuple(
            (record, name)
            for sheet, name in self.taken
            for record in self._linked(sheet, facts, row)
            if record.get(name) is None
        )

    def _linked(self, sheet: str, facts: Facts, row: Mapping[str, Scalar]) -> Sequence[Record]:
        links = dict(self.sheets).get(sheet, ())
        return facts.linked(sheet, links, tuple(row.get(name) for name in links)) if links else ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A ceiling with its compiled condition and star."""

    declared: Ceiling
    condition: Asked
    star: Asked


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the data say about indicators: the rows of a branch's report, and by indicator what is asked of the first."""

    rows: Run
    runs: Mapping[str, Run]


@dataclass(frozen=True)
class Formulas:
    """Everything of a rule that is worked out by expressions."""

    rated: Run | None
    order: tuple[Run, ...]
    weights: tuple[Run, ...]
    round_score: Asked
    single: Run
    lines: tuple[tuple[int, Run], ...]
    ceilings: tuple[Clause, ...]
    places: Run | None
    ranked_by: tuple[Run, ...]
    shared: Run | None
    plaque: Run | None
    extra: tuple[tuple[Field, Run], ...]
    evidence: Evidence | None


def compile_formulas(rule: RatingRule, vocabulary: Vocabulary) -> Formulas:
    """Return a rule's expressions compiled (the loader has found them sound)."""
    row = Scene(vocabulary, rule.rated.sheet, district=True)
    nowhere = Scene(vocabulary, district=True)
    results = Scene(vocabulary, RESULTS, district=True)
    places = rule.places
    shares = places.shares if places else None
    return Formulas(
        rated=_truth(rule.rated.condition, row),
        order=_runs(rule.rated.order, row),
        weights=_runs([one.weight for one in rule.rounds], nowhere),
        round_score=_asked(rule.round_score, Scene(vocabulary, ROUND_SCORES, district=True)),
        single=bind(rule.single_round.text, nowhere, Type.TRUTH).run,
        lines=tuple((int(star), bind(text.text, nowhere).run) for star, text in rule.lines.items()),
        ceilings=tuple(Clause(one, _asked(one.condition, results), _asked(one.star, results)) for one in rule.ceilings),
        places=bind(places.number.text, nowhere).run if places else None,
        ranked_by=_runs(places.order, results) if places else (),
        shared=_truth(shares.condition, Scene(vocabulary, shares.sheet, district=True)) if shares else None,
        plaque=bind(places.plaque.text, results).run if places and places.plaque else None,
        extra=tuple((one, bind(one.formula.text, results).run) for one in rule.extra if one.formula),
        evidence=_evidence(rule.indicators, vocabulary),
    )


def _runs(texts: Sequence[Expression], scene: Scene) -> tuple[Run, ...]:
    return tuple(bind(text.text, scene).run for text in texts)


def _truth(text: Expression | None, scene: Scene) -> Run | None:
    return bind(text.text, scene, Type.TRUTH).run if text else None


def _asked(text: Expression, scene: Scene) -> Asked:
    tree = parse(text.text)
    linked = tuple((sheet, scene.links_to(sheet)) for sheet in sorted(sheets_named(tree) - {scene.sheet}))
    fields = (one for one in ast.walk(tree) if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name))
    taken = dict.fromkeys((one.value.id, one.attr) for one in fields)  # type: ignore[attr-defined]  # a Name, as asked
    return Asked(bind(text.text, scene).run, tuple((sheet, links) for sheet, links in linked if links), tuple(taken))


def _evidence(declared: Indicators, vocabulary: Vocabulary) -> Evidence | None:
    """Return the indicators' expression column compiled, as 求值(…) would ask it, but for a branch at once."""
    about = (declared.table, declared.evidence)
    column = vocabulary.columns.get(about)
    if column is None:
        return None
    scene = Scene(vocabulary, INDICATOR_POINTS, district=True)
    there = scene.on(column.sheet, about)
    runs = {key[0]: bind(text.text, there, column.result).run for key, text in column.expressions.items()}
    return Evidence(linked_rows(column.sheet, scene), runs)


def fixed(run: Run, facts: Facts, names: Mapping[str, object]) -> Scalar:
    """Return what an expression gives that stands on no row."""
    value: Scalar = run(Frame(facts, names))
    return value
