"""Which cells to change so that sums add up again: the fewest that mend broken balances and break none that hold.

The balances are the rules ``a + b == c`` over number fields of one record. To look for the smallest set of fields is
the principle of Fellegi and Holt (A systematic approach to automatic edit and imputation, JASA 71, 1976).
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pbreports.scheme.language import parse
from pbreports.scheme.model import Clause, Field, FieldKind, Scheme, Scope, Sheet
from pbreports.values import Record

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL)
_MOST_TOLD = 3
_WORDS = {1: "一", 2: "两"}

Linear = dict[str, Fraction]
"""A sum: the factor of each field, under the empty name the part without a field."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A rule that a sum over fields of a record is zero: its code, its sheet's name, the factors."""

    code: str
    sheet: str
    factors: Mapping[str, Fraction]
    constant: Fraction

    def excess(self, values: Mapping[str, Fraction]) -> Fraction:
        """Return by how much the sum misses zero."""
        return self.constant + sum(factor * values[name] for name, factor in self.factors.items())


@dataclass(frozen=True, slots=True)
class Change:
    """One field's value to be changed."""

    field: str
    now: Fraction
    then: Fraction


@dataclass(frozen=True, slots=True)
class Hint:
    """A way to mend some balances of one record: the changes, and the codes of the rules that they clear."""

    changes: tuple[Change, ...]
    codes: tuple[str, ...]


def balances_of(scheme: Scheme) -> tuple[Balance, ...]:
    """Return the balances among the rules that must always hold on a row of a school's sheet."""
    found = (
        _balance(rule.code, clause, scheme.sheets[clause.sheet])
        for rule in scheme.rules.values()
        for clause in rule.whole_clauses()
        if clause.scope is Scope.ROW and clause.sheet in scheme.sheets and clause.applies is None
    )
    return tuple(one for one in found if one)


def _balance(code: str, clause: Clause, sheet: Sheet) -> Balance | None:
    if clause.condition is None or not sheet.of_school:
        return None
    tree = parse(clause.condition.text)
    if not isinstance(tree, ast.Compare) or len(tree.ops) != 1 or not isinstance(tree.ops[0], ast.Eq):
        return None
    left, right = _linear(tree.left, sheet), _linear(tree.comparators[0], sheet)
    if left is None or right is None:
        return None
    whole = _plus(left, right, Fraction(-1))
    constant = whole.pop("", Fraction(0))
    factors = {name: factor for name, factor in whole.items() if factor}
    return Balance(code, sheet.name, factors, constant) if len(factors) > 1 else None


def _linear(node: ast.AST, sheet: Sheet) -> Linear | None:
    """Return an expression as a sum over fields, ``None`` when it is none."""
    if isinstance(node, ast.Constant):
        number = isinstance(node.value, int | float | Decimal) and not isinstance(node.value, bool)
        return {"": Fraction(str(node.value))} if number else None
    if isinstance(node, ast.Name):
        field = sheet.by_name.get(node.id)
        return {node.id: Fraction(1)} if field and field.kind in _NUMBERS else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _linear(node.operand, sheet)
        return None if inner is None else _plus({}, inner, Fraction(-1))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left, right = _linear(node.left, sheet), _linear(node.right, sheet)
        sign = Fraction(1 if isinstance(node.op, ast.Add) else -1)
        return None if left is None or right is None else _plus(left, right, sign)
    return None


def _plus(left: Linear, right: Linear, times: Fraction) -> Linear:
    return {name: left.get(name, Fraction(0)) + times * right.get(name, Fraction(0)) for name in {**left, **right}}


def hints(balances: Iterable[Balance], sheet: Sheet, record: Record) -> tuple[Hint, ...]:
    """Return the ways to mend the broken balances of a record with the fewest fields, one or two for all of them.

    Where no two fields do, the ways that clear the most balances with one. A balance with a blank field is neither
    broken nor held. No hint changes a field that is printed or computed, leaves its limits, or breaks what holds.
    """
    values = {name: Fraction(value) for name, value in record.values.items() if isinstance(value, Decimal)}
    known = [one for one in balances if one.sheet == sheet.name and one.factors.keys() <= values.keys()]
    broken = [one for one in known if one.excess(values)]
    fields = dict.fromkeys(name for one in broken for name in one.factors if _is_open(sheet.by_name[name]))
    single: list[Hint] = []
    for size in (1, 2):
        ways = [way for names in itertools.combinations(fields, size) for way in _ways(names, known, values, sheet)]
        whole = tuple(way for way in ways if len(way.codes) == len(broken))
        if whole:
            return whole
        single = single or [way for way in ways if way.codes]
    return tuple(_best(single))


def _is_open(field: Field) -> bool:
    return not field.computed and not field.locked


def _best(ways: Sequence[Hint]) -> Iterator[Hint]:
    """Yield the ways of which none clears more balances that the way itself clears."""
    for way in ways:
        if not any(set(way.codes) < set(other.codes) for other in ways):
            yield way


def _ways(
    names: Sequence[str], known: Sequence[Balance], values: Mapping[str, Fraction], sheet: Sheet
) -> Iterator[Hint]:
    """Yield how fields can be changed so that every balance that has one of them holds; nothing when they cannot."""
    touched = [one for one in known if one.factors.keys() & set(names)]
    solved = _solved(names, touched, values)
    if solved is None or any(not _may_hold(sheet.by_name[name], then) for name, then in solved.items()):
        return
    changes = tuple(Change(name, values[name], then) for name, then in solved.items() if then != values[name])
    if len(changes) == len(names):
        yield Hint(changes, tuple(one.code for one in touched if one.excess(values)))


def _solved(
    names: Sequence[str], touched: Sequence[Balance], values: Mapping[str, Fraction]
) -> dict[str, Fraction] | None:
    """Return the only values with which all the balances hold; ``None`` when there are none, or more than one."""
    if len(names) == 1:
        (name,) = names
        wanted = {values[name] - one.excess(values) / one.factors[name] for one in touched}
        return {name: wanted.pop()} if len(wanted) == 1 else None
    first, second = names
    for one, other in itertools.combinations(touched, 2):
        a, b = one.factors.get(first, Fraction(0)), one.factors.get(second, Fraction(0))
        c, d = other.factors.get(first, Fraction(0)), other.factors.get(second, Fraction(0))
        if a * d == b * c:
            continue
        e, f = one.excess(values), other.excess(values)
        step = {first: (b * f - d * e) / (a * d - b * c), second: (c * e - a * f) / (a * d - b * c)}
        then = {**values, **{name: values[name] + step[name] for name in names}}
        return {name: then[name] for name in names} if not any(one.excess(then) for one in touched) else None
    return None


def _may_hold(field: Field, value: Fraction) -> bool:
    """Return whether a value is one that a field may hold."""
    places = 0 if field.kind is FieldKind.INTEGER else field.places
    low = field.minimum if field.minimum is not None or field.kind is FieldKind.DECIMAL else Decimal(0)
    return (
        (value * 10**places).denominator == 1
        and (low is None or value >= Fraction(low))
        and (field.maximum is None or value <= Fraction(field.maximum))
    )


def advice(code: str, found: Sequence[Hint], cells: Mapping[str, str]) -> str:
    """Return in words how to mend a broken balance of a record whose fields stand in ``cells``; empty for no way."""
    ways = [hint for hint in found if code in hint.codes]
    most = max((len(hint.codes) for hint in ways), default=0)
    ways = [hint for hint in ways if len(hint.codes) == most]
    if not ways or len(ways) > _MOST_TOLD:
        return ""
    if len(ways) == 1:
        (way,) = ways
        told = "、".join(_cell(change, cells) for change in way.changes)
        values = "，".join(f"现为{_plain(one.now)}，应为{_plain(one.then)}" for one in way.changes)
        return f"改 {told} {_WORDS[len(way.changes)]}格即可使{most}条平衡关系成立（{values}）。"
    told = "，或 ".join("、".join(_told(change, cells) for change in way.changes) for way in ways)
    return f"改其中一处即可使{most}条平衡关系成立：{told}。"


def _cell(change: Change, cells: Mapping[str, str]) -> str:
    return f"{cells.get(change.field, '')}“{change.field}”"


def _told(change: Change, cells: Mapping[str, str]) -> str:
    return f"{_cell(change, cells)}由{_plain(change.now)}改为{_plain(change.then)}"


def _plain(number: Fraction) -> str:
    return str(int(number)) if number.denominator == 1 else f"{Decimal(number.numerator) / number.denominator:f}"
