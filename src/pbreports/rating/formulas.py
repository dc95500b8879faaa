"""The expressions of a rating rule, compiled once."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.rating.values import Spot
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, names_used, parse, sheets_named
from pbreports.scheme.language.bind import Run, bind_tree, linked_rows
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

    def rests_on(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[Spot, ...]:
        """Return the cells of other sheets that it looks at from a row; whole rows where it only asks whether they are."""
        return tuple(one for one in self._looked_at(facts, row) if not _is_blank(one))

    def blanks(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[Spot, ...]:
        """Return the cells that it takes a value from and that have none."""
        return tuple(one for one in self._looked_at(facts, row) if _is_blank(one))

    def _looked_at(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[Spot, ...]:
        named = {sheet for sheet, _ in self.taken}
        taken = (*self.taken, *((sheet, "") for sheet, _ in self.sheets if sheet not in named))
        return tuple(Spot(record, name) for sheet, name in taken for record in self._linked(sheet, facts, row))

    def _linked(self, sheet: str, facts: Facts, row: Mapping[str, Scalar]) -> Sequence[Record]:
        links = dict(self.sheets).get(sheet, ())
        return facts.linked(sheet, links, tuple(row.get(name) for name in links)) if links else ()


def _is_blank(one: Spot) -> bool:
    return bool(one.field) and one.record.get(one.field) is None


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
    sharing: Run | None
    shared: Run | None
    plaque: Run | None
    extra: tuple[tuple[Field, Run], ...]
    evidence: Evidence | None


def compile_formulas(rule: RatingRule, vocabulary: Vocabulary, names: Mapping[str, Any]) -> Formulas:
    """Return a rule's expressions compiled (the loader has found them sound); ``names`` are the fixed names in force."""
    row = Scene(vocabulary, rule.rated.sheet, district=True)
    nowhere = Scene(vocabulary, district=True)
    results = Scene(vocabulary, RESULTS, district=True)
    places = rule.places
    shares = places.shares if places else None
    return Formulas(
        rated=_truth(rule.rated.condition, row),
        order=_runs(rule.rated.order, row),
        weights=_runs([one.weight for one in rule.rounds], nowhere),
        round_score=_asked(rule.round_score, Scene(vocabulary, ROUND_SCORES, district=True), names),
        single=bind(rule.single_round.text, nowhere, Type.TRUTH).run,
        lines=tuple((int(star), bind(text.text, nowhere).run) for star, text in rule.lines.items()),
        ceilings=tuple(
            Clause(one, _asked(one.condition, results, names), _asked(one.star, results, names))
            for one in rule.ceilings
        ),
        places=bind(places.number.text, nowhere).run if places else None,
        ranked_by=_runs(places.order, results) if places else (),
        sharing=_truth(shares.applies, nowhere) if shares else None,
        shared=_truth(shares.condition, Scene(vocabulary, shares.sheet, district=True)) if shares else None,
        plaque=bind(places.plaque.text, results).run if places and places.plaque else None,
        extra=tuple((one, bind(one.formula.text, results).run) for one in rule.extra if one.formula),
        evidence=_evidence(rule.indicators, vocabulary),
    )


def _runs(texts: Sequence[Expression], scene: Scene) -> tuple[Run, ...]:
    return tuple(bind(text.text, scene).run for text in texts)


def _truth(text: Expression | None, scene: Scene) -> Run | None:
    return bind(text.text, scene, Type.TRUTH).run if text else None


def _asked(text: Expression, scene: Scene, names: Mapping[str, Any]) -> Asked:
    nodes = list(_in_force(parse(text.text), scene, Frame(Facts({}), names)))
    named = {one.id for one in nodes if isinstance(one, ast.Name)}
    sheets = (named & scene.vocabulary.tables.keys()) - {scene.sheet}
    linked = tuple((sheet, links) for sheet in sorted(sheets) if (links := scene.links_to(sheet)))
    fields = [
        (one.value.id, one.attr) for one in nodes if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    ]
    return Asked(bind(text.text, scene).run, linked, tuple(dict.fromkeys(fields)))


def _in_force(node: ast.expr, scene: Scene, frame: Frame) -> Iterator[ast.expr]:
    """Go through the parts of an expression, leaving out what the switches in force do not let come into play."""
    if (
        isinstance(node, ast.IfExp)
        and names_used(node.test) <= scene.vocabulary.fixed.keys()
        and not sheets_named(node.test)
    ):
        yield from _in_force(node.body if bind_tree(node.test, scene).run(frame) is True else node.orelse, scene, frame)
        return
    yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _in_force(child, scene, frame)


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
