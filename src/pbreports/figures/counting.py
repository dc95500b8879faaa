"""Named figures, each with the rows it rests on and how many units reported them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pbreports.figures.basis import NOBODY, Basis, Coverage
from pbreports.scheme.language import Frame, Scene, Type, Vocabulary, bind, names_used, parse
from pbreports.scheme.language.arithmetic import add, divide, exact
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model import Algorithm, FigureRule, Scheme
from pbreports.values import Figure, Record, Ruling, Scalar

NO_RULINGS: Mapping[str, Ruling] = {}
NO_FIGURES: Mapping[str, Figure] = {}


def compute_figures(
    scheme: Scheme,
    vocabulary: Vocabulary,
    basis: Basis,
    rulings: Mapping[str, Ruling] = NO_RULINGS,
    given: Mapping[str, Figure] = NO_FIGURES,
) -> dict[str, Figure]:
    """Return every figure of the scheme by name, those of expressions after those they use.

    A figure that a ruling fixes has its value from there and keeps beside it what was counted; figures made of it
    follow the ruling. Those ``given`` were counted elsewhere, where what they rest on is kept apart.
    """
    made: dict[str, Figure] = {}
    waiting = dict(scheme.figures)
    for name, rule in scheme.figures.items():
        if rule.algorithm is not Algorithm.EXPRESSION:
            made[name] = _ruled(given.get(name) or count_rows(rule, scheme, vocabulary, basis), rulings)
            del waiting[name]
    for name in _in_order(waiting):
        made[name] = _ruled(_over_figures(waiting[name], vocabulary, basis, made), rulings)
    return {name: made[name] for name in scheme.figures}


def _ruled(figure: Figure, rulings: Mapping[str, Ruling]) -> Figure:
    ruling = rulings.get(figure.name)
    return replace(figure, value=ruling.value, ruling=ruling, computed=figure.value) if ruling else figure


def _in_order(rules: Mapping[str, FigureRule]) -> list[str]:
    """Return the figures made of figures, each after those it uses (the loader has refused circles)."""
    ordered: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        for used in sorted(used_figures(rules[name]) & rules.keys() - {name}):
            visit(used)
        ordered.append(name)

    for name in rules:
        visit(name)
    return ordered


def used_figures(rule: FigureRule) -> frozenset[str]:
    """Return the names that a figure's expression uses."""
    return names_used(parse(rule.expression.text)) if rule.expression else frozenset()


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row that fulfils a figure's condition, with the value the figure takes from it (a blank when there is none)."""

    record: Record
    value: Scalar


def count_rows(rule: FigureRule, scheme: Scheme, vocabulary: Vocabulary, basis: Basis) -> Figure:
    """Return a figure counted over the rows of its sheet."""
    scene = Scene(vocabulary, rule.sheet, district=True)
    matching = _matching(rule, scheme, scene, basis)
    counted = [one for one in matching if one.value is not None]
    coverage = basis.coverage.get(rule.sheet, NOBODY)
    answered = coverage.reported if rule.algorithm in _COUNTS else _answering(coverage, matching, counted)
    value = _REDUCTIONS[rule.algorithm]([one.value for one in counted]) if answered else None
    fields = _fields_named(rule, scene)
    used = counted[-1:] if rule.algorithm is Algorithm.LATEST else counted
    return Figure(
        name=rule.name,
        value=_scaled(value, rule),
        unit=rule.unit,
        reported=len([unit for unit in coverage.expected if unit in answered]),
        expected=len(coverage.expected),
        sources=tuple(one.record.cell(name) for one in used for name in fields),
        missing=tuple(unit for unit in coverage.expected if unit not in answered),
        places=rule.places,
    )


def _matching(rule: FigureRule, scheme: Scheme, scene: Scene, basis: Basis) -> list[_Counted]:
    applies = bind(rule.condition.text, scene, Type.TRUTH).run if rule.condition else None
    value = bind(rule.field.text, scene).run if rule.field else None
    within = _three_years(rule, scene, scheme.year)
    frame = Frame(basis.facts, basis.names)
    found = []
    for record in _rows(rule, scheme, basis):
        here = frame.at(record.values)
        if (applies and applies(here) is not True) or (within and within(here) is not True):
            continue
        found.append(_Counted(record, value(here) if value else True))
    return found


def _fields_named(rule: FigureRule, scene: Scene) -> tuple[str, ...]:
    """Return the row's fields that a figure is taken from; the record as a whole when it only counts rows."""
    used = names_used(parse(rule.field.text)) if rule.field else frozenset()
    return tuple(name for name in scene.fields() if name in used) or ("",)


def _three_years(rule: FigureRule, scene: Scene, year: int) -> Run | None:
    if rule.algorithm is not Algorithm.THREE_YEARS or rule.year is None:
        return None
    year_of = bind(rule.year.text, scene, Type.NUMBER).run

    def within(frame: Frame) -> bool | None:
        found = year_of(frame)
        return None if found is None else bool(year - 2 <= found <= year)

    return within


def _rows(rule: FigureRule, scheme: Scheme, basis: Basis) -> Sequence[Record]:
    """Return a sheet's records; for a stock in a sheet of flows, only those of each unit's last period."""
    rows = basis.facts.rows(rule.sheet)
    sheet = scheme.sheets.get(rule.sheet)
    if sheet is None or rule.field is None or not sheet.of_school or not sheet.is_stock(rule.field.text):
        return rows
    return [row for row in rows if row.period == basis.last_period.get(row.unit, row.period)]


def _answering(coverage: Coverage, matching: Iterable[_Counted], counted: Iterable[_Counted]) -> frozenset[str]:
    """Return the units whose report holds a value for the figure, or no row that it could be taken from."""
    silent = {one.record.unit for one in matching} - {one.record.unit for one in counted}
    return coverage.reported - silent


def _distinct(values: Sequence[Any]) -> Decimal:
    return Decimal(len(set(values)))


def _total(values: Sequence[Any]) -> Any:
    return functools.reduce(add, values) if values else Decimal(0)


def _mean(values: Sequence[Any]) -> Any:
    return divide(_total(values), Decimal(len(values)))


_COUNTS = (Algorithm.COUNT, Algorithm.COUNT_DISTINCT, Algorithm.THREE_YEARS)
_REDUCTIONS: dict[Algorithm, Callable[[Sequence[Any]], Any]] = {
    Algorithm.COUNT: lambda values: Decimal(len(values)),
    Algorithm.COUNT_DISTINCT: _distinct,
    Algorithm.THREE_YEARS: _distinct,
    Algorithm.SUM: _total,
    Algorithm.MEAN: _mean,
    Algorithm.LATEST: lambda values: values[-1] if values else None,
}


def _scaled(value: Any, rule: FigureRule) -> Any:
    """Return the value in the figure's unit: a percentage is the quotient times a hundred, exactly."""
    if value is None or rule.unit != "%":
        return value
    return exact(Fraction(value) * 100)


def _over_figures(rule: FigureRule, vocabulary: Vocabulary, basis: Basis, made: Mapping[str, Figure]) -> Figure:
    assert rule.expression is not None  # the loader has checked
    names = {**basis.names, **{name: figure.value for name, figure in made.items()}}
    bound = bind(rule.expression.text, Scene(vocabulary, district=True, figures=True), Type.NUMBER)
    operands = [made[name] for name in sorted(used_figures(rule) & made.keys())]
    weakest = min(operands, key=_share, default=None)
    return Figure(
        name=rule.name,
        value=_scaled(bound.run(Frame(basis.facts, names)), rule),
        unit=rule.unit,
        reported=weakest.reported if weakest else 0,
        expected=weakest.expected if weakest else 0,
        sources=tuple(dict.fromkeys(source for one in operands for source in one.sources)),
        missing=tuple(dict.fromkeys(unit for one in operands for unit in one.missing)),
        places=rule.places,
        follows=tuple(dict.fromkeys(name for one in operands for name in _fixed_in(one))),
    )


def _fixed_in(figure: Figure) -> tuple[str, ...]:
    return (figure.name,) if figure.ruling else figure.follows


def _share(figure: Figure) -> Fraction:
    return Fraction(figure.reported, figure.expected) if figure.expected else Fraction(1)
