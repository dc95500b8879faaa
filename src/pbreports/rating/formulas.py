"""The expressions of a rating rule, compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, parse, sheets_named
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model import Field
from pbreports.scheme.model.rating import Ceiling, Indicators, RatingRule
from pbreports.scheme.vocabulary import INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import Record, Scalar


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression with the sheets it asks and the fields by which the current row is linked to each."""

    run: Run
    sheets: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def rests_on(self, facts: Facts, row: Mapping[str, Scalar]) -> tuple[Record, ...]:
        """Return the rows of other sheets that the expression looks at from a row."""
        return tuple(
            record
            for sheet, links in self.sheets
            for record in facts.linked(sheet, links, tuple(row.get(name) for name in links))
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """A ceiling with its compiled condition and star."""

    declared: Ceiling
    condition: Asked
    star: Asked


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
    evidence: Run | None


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
    sheets = sorted(sheets_named(parse(text.text)) - {scene.sheet})
    linked = tuple((sheet, scene.links_to(sheet)) for sheet in sheets)
    return Asked(bind(text.text, scene).run, tuple((sheet, links) for sheet, links in linked if links))


def _evidence(declared: Indicators, vocabulary: Vocabulary) -> Run | None:
    if not declared.evidence:
        return None
    text = f"求值({declared.table}.{declared.evidence})"
    return bind(text, Scene(vocabulary, INDICATOR_POINTS, district=True)).run


def number(value: Scalar) -> Decimal | None:
    """Return a value as a decimal, ``None`` when it is none."""
    return value if isinstance(value, Decimal) else None


def fixed(run: Run, facts: Facts, names: Mapping[str, object]) -> Scalar:
    """Return what an expression gives that stands on no row."""
    value: Scalar = run(Frame(facts, names))
    return value
