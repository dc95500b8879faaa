"""Refuses figures and computed fields that are made of themselves, straight or by way of others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from pbreports.scheme.computed import needs
from pbreports.scheme.declare import Place, Problems
from pbreports.scheme.language import Vocabulary, names_used, parse
from pbreports.scheme.model import Scheme

T = TypeVar("T", bound=Hashable)
_REMEDY = "请改其中一个，使它们不互相依赖"


def check_circles(scheme: Scheme, vocabulary: Vocabulary, problems: Problems) -> None:
    """Note every circle once, at the first of its members; expressions must have been bound before."""
    rules = {name: rule.expression for name, rule in scheme.figures.items() if rule.expression}
    used = {name: names_used(parse(expression.text)) & rules.keys() for name, expression in rules.items()}
    _note(used, "数字", str, lambda name: rules[name].place, problems)
    fields = {(sheet.name, field.name): field.place for sheet in scheme.sheets.values() for field in sheet.fields}
    _note(needs(scheme, vocabulary), "计算字段", ".".join, lambda node: fields[node], problems)


def _note(
    needed: Mapping[T, Iterable[T]],
    word: str,
    shown: Callable[[T], str],
    place: Callable[[T], Place],
    problems: Problems,
) -> None:
    left = {node: set(needs_of) for node, needs_of in needed.items()}
    while circle := _circle(left):
        first = next(node for node in needed if node in circle)
        turn = circle.index(first)
        path = [*circle[turn:], *circle[:turn], first]
        problems.add(place(first), f"{word}绕着圈算到自己：{' → '.join(map(shown, path))}", _REMEDY)
        for node in circle:
            left.pop(node, None)


def _circle(needed: Mapping[T, Iterable[T]]) -> list[T]:
    """Return the members of one circle, each before one it needs; empty when there is none."""
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        found: list[T] = error.args[1]
        return found[:0:-1]
    return []
