"""The fields that the program fills: their order, and their values for a set of records."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import Any

from pbreports.scheme.language import Facts, Frame, Scene, Vocabulary, bind, names_used, parse
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.scheme.language.bind import Run
from pbreports.scheme.model import Field, FieldKind, Scheme, Sheet
from pbreports.values import Record, Scalar

Node = tuple[str, str]
"""A computed field by sheet and name."""


@dataclass(frozen=True, slots=True)
class ComputedField:
    """One computed field with its compiled formula."""

    sheet: str
    field: Field
    run: Run


def computed_fields(scheme: Scheme, vocabulary: Vocabulary) -> tuple[ComputedField, ...]:
    """Return the computed fields of a scheme, each after those its formula uses (the loader has refused circles)."""
    known = {(sheet.name, field.name): field for sheet, field in _declared(scheme)}
    order = TopologicalSorter(needs(scheme, vocabulary)).static_order()
    return tuple(_compiled(known[node], scheme.sheets[node[0]], vocabulary) for node in order)


def needs(scheme: Scheme, vocabulary: Vocabulary) -> dict[Node, list[Node]]:
    """Return for each computed field the computed fields its formula uses."""
    known = {(sheet.name, field.name): field for sheet, field in _declared(scheme)}
    return {node: _needs(node, field, known, vocabulary) for node, field in known.items()}


def _declared(scheme: Scheme) -> Iterator[tuple[Sheet, Field]]:
    for sheet in scheme.sheets.values():
        for field in sheet.fields:
            if field.computed and field.formula:
                yield sheet, field


def _needs(node: Node, field: Field, known: Mapping[Node, Field], vocabulary: Vocabulary) -> list[Node]:
    assert field.formula is not None  # only fields with a formula are declared computed
    return [one for one in _mentioned(node[0], field.formula.text, vocabulary) if one in known]


def _mentioned(sheet: str, text: str, vocabulary: Vocabulary) -> Iterator[Node]:
    tree = parse(text)
    for name in names_used(tree):
        yield sheet, name
    for one in ast.walk(tree):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            yield one.value.id, one.attr
            column = vocabulary.columns.get((one.value.id, one.attr))
            for expression in column.expressions.values() if column else ():
                yield from _mentioned(column.sheet if column else "", expression.text, vocabulary)


def _compiled(field: Field, sheet: Sheet, vocabulary: Vocabulary) -> ComputedField:
    assert field.formula is not None  # see _needs
    scene = Scene(vocabulary, sheet.name, district=not sheet.of_school)
    return ComputedField(sheet.name, field, bind(field.formula.text, scene).run)


def compute(
    fields: Iterable[ComputedField],
    records: Mapping[str, Sequence[Record]],
    names: Mapping[str, Any],
    background: Facts | None = None,
    unit: str | None = None,
) -> dict[str, tuple[Record, ...]]:
    """Return the records with their computed fields filled in."""
    values = {sheet: [dict(record.values) for record in rows] for sheet, rows in records.items()}
    filled = {
        sheet: tuple(replace(record, values=row) for record, row in zip(rows, values[sheet], strict=True))
        for sheet, rows in records.items()
    }
    frame = Frame(Facts(filled, background), names, unit=unit)
    for one in fields:
        for row in values.get(one.sheet, ()):
            row[one.field.name] = _stored(one.field, one.run(frame.at(row)))
    return filled


def _stored(field: Field, value: Scalar) -> Scalar:
    """Return the value as the field can hold it: quotients rounded to its decimals."""
    if not isinstance(value, Fraction):
        return value
    return round_half_up(value, 0 if field.holds is FieldKind.INTEGER else field.places)


__all__ = ["ComputedField", "compute", "computed_fields", "needs"]
