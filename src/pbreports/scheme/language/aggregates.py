"""The functions over rows of another sheet: 合计、计数、取 … and 求值.

The rows are those linked to the current row; inside, ``表.字段`` is the row being aggregated.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import permutations
from typing import Any

from pbreports.scheme.language import arithmetic
from pbreports.scheme.language.bind import SPECIAL_FORMS, Bound, Run, bind, bind_tree, linked_rows
from pbreports.scheme.language.facts import Frame
from pbreports.scheme.language.scene import Scene
from pbreports.scheme.language.syntax import ExpressionError
from pbreports.scheme.language.types import Type

Rows = Callable[[Frame], Iterator[Any]]


def _usage(name: str) -> ExpressionError:
    return ExpressionError(f"{name} 的写法不对", f"应写 {name}(表.字段) 或 {name}(表.字段, 条件)")


def _sheets_named(node: ast.expr) -> Iterator[str]:
    """Go through the sheets of ``表.字段`` in an expression; what stands in an aggregate of its own is that one's."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        yield node.value.id
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATES:
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield from _sheets_named(child)


def aggregated_sheet(node: ast.expr, scene: Scene, name: str) -> str:
    """Return the one sheet whose fields the argument names: one not yet being aggregated, if there is such a one."""
    named = set(_sheets_named(node))
    if isinstance(node, ast.Name) and node.id not in scene.fields():
        named = {scene.table(node.id).name}
    sheets = named - scene.inner or named
    if len(sheets) != 1:
        raise _usage(name)
    return sheets.pop()


def _test(condition: ast.expr, scene: Scene) -> Run:
    bound = bind_tree(condition, scene)
    if bound.type is not Type.TRUTH:
        raise ExpressionError(f"“{ast.unparse(condition)}”是{bound.type.value}，这里要条件")
    return bound.run


def _chosen_rows(sheet: str, condition: ast.expr | None, scene: Scene) -> Rows:
    """Return the function that goes through the linked rows that fulfil the condition, each set as inner row."""
    inside = scene.inside(sheet)
    test = _test(condition, inside) if condition is not None else None
    rows = linked_rows(sheet, scene, dict(_equalities(condition, sheet, inside)))

    def go(frame: Frame) -> Iterator[Any]:
        inner = frame.inner
        before = inner.get(sheet)
        try:
            for record in rows(frame):
                inner[sheet] = record.values
                if test is None or test(frame) is True:
                    yield record
        finally:
            if before is None:
                inner.pop(sheet, None)
            else:
                inner[sheet] = before

    return go


def _equalities(condition: ast.expr | None, sheet: str, scene: Scene) -> Iterator[tuple[str, Run]]:
    """Go through the fields that must equal what does not depend on the row, so that an index finds the rows."""
    if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And):
        for part in condition.values:
            yield from _equalities(part, sheet, scene)
    if isinstance(condition, ast.Compare) and [type(op) for op in condition.ops] == [ast.Eq]:
        for one, other in permutations((condition.left, *condition.comparators)):
            if isinstance(one, ast.Attribute) and _mentions(one, sheet) and not _mentions(other, sheet):
                yield one.attr, bind_tree(other, scene).run


def _mentions(node: ast.expr, sheet: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == sheet for one in ast.walk(node))


def _arguments(node: ast.Call, scene: Scene, name: str) -> tuple[str, ast.expr, Rows]:
    if not 1 <= len(node.args) <= 2:
        raise _usage(name)
    sheet = aggregated_sheet(node.args[0], scene, name)
    condition = node.args[1] if len(node.args) == 2 else None
    return sheet, node.args[0], _chosen_rows(sheet, condition, scene)


def _values(node: ast.Call, scene: Scene, name: str) -> tuple[Type, Callable[[Frame], list[Any]]]:
    """Return the type and the function that gives the non-blank values of the argument over the chosen rows."""
    sheet, argument, rows = _arguments(node, scene, name)
    if isinstance(argument, ast.Name):
        raise _usage(name)
    item = bind_tree(argument, scene.inside(sheet))

    def values(frame: Frame) -> list[Any]:
        found = (item.run(frame) for _ in rows(frame))
        return [value for value in found if value is not None]

    return item.type, values


def _over_values(
    name: str, allowed: tuple[Type, ...], result: Type | None, reduce: Callable[[list[Any]], Any]
) -> Callable[[ast.Call, Scene], Bound]:
    def form(node: ast.Call, scene: Scene) -> Bound:
        kind, values = _values(node, scene, name)
        if kind not in allowed:
            raise ExpressionError(f"{name} 不能用在{kind.value}上：“{ast.unparse(node)}”")
        return Bound(result or kind, lambda frame: reduce(values(frame)), kind if result is Type.LIST else None)

    return form


def _count(node: ast.Call, scene: Scene) -> Bound:
    if node.args and isinstance(node.args[0], ast.Name):
        _, _, rows = _arguments(node, scene, "计数")
        return Bound(Type.NUMBER, lambda frame: Decimal(sum(1 for _ in rows(frame))))
    _, values = _values(node, scene, "计数")
    return Bound(Type.NUMBER, lambda frame: Decimal(len(values(frame))))


def _exists(node: ast.Call, scene: Scene) -> Bound:
    _, _, rows = _arguments(node, scene, "存在")
    return Bound(Type.TRUTH, lambda frame: bool(sum(1 for _ in rows(frame))))


def _apart(node: ast.Call, scene: Scene) -> Bound:
    if len(node.args) != 1:
        raise ExpressionError("不关联 的写法不对", "应写 不关联(汇总函数(…))")
    return bind_tree(node.args[0], scene.apart())


def _evaluate(node: ast.Call, scene: Scene) -> Bound:
    """Bind 求值(清单.列): the linked table row's expression, on the linked row of the sheet it is about."""
    argument = node.args[0] if len(node.args) == 1 else None
    if not isinstance(argument, ast.Attribute) or not isinstance(argument.value, ast.Name):
        raise ExpressionError("求值 的写法不对", "应写 求值(清单.表达式列)")
    column = scene.vocabulary.columns.get((argument.value.id, argument.attr))
    if column is None:
        raise ExpressionError(f"“{ast.unparse(argument)}”不是清单里的表达式列")
    if (argument.value.id, argument.attr) in scene.evaluating:
        raise ExpressionError(f"“{ast.unparse(argument)}”的表达式里又求值它自己", "请改写，不要绕圈")
    there = scene.on(column.sheet, (argument.value.id, argument.attr))
    bound = {key: bind(text.text, there, column.result).run for key, text in column.expressions.items()}
    rows = linked_rows(column.sheet, scene)

    def run(frame: Frame) -> Any:
        chosen = bound.get(tuple(str(frame.row.get(name)) for name in column.keys))
        found = rows(frame)[:1] if chosen else ()
        return chosen(frame.at(found[0].values)) if chosen and found else None

    return Bound(column.result, run)


def _total(values: list[Any]) -> Any:
    return functools.reduce(arithmetic.add, values) if values else None


def _mean(values: list[Any]) -> Any:
    return arithmetic.divide(_total(values), Decimal(len(values))) if values else None


_NUMBERS = (Type.NUMBER,)
_RANKED = (Type.NUMBER, Type.DATE, Type.MONTH)
_ANY = tuple(kind for kind in Type if kind is not Type.LIST)

AGGREGATES: dict[str, Callable[[ast.Call, Scene], Bound]] = {
    "合计": _over_values("合计", _NUMBERS, Type.NUMBER, _total),
    "平均": _over_values("平均", _NUMBERS, Type.NUMBER, _mean),
    "最大": _over_values("最大", _RANKED, None, lambda values: max(values, default=None)),
    "最小": _over_values("最小", _RANKED, None, lambda values: min(values, default=None)),
    "取": _over_values("取", _ANY, None, lambda values: values[0] if values else None),
    "列出": _over_values("列出", _ANY, Type.LIST, tuple),
    "去重计数": _over_values("去重计数", _ANY, Type.NUMBER, lambda values: Decimal(len(set(values)))),
    "计数": _count,
    "存在": _exists,
    "不关联": _apart,
    "求值": _evaluate,
}
"""The functions over rows by name."""

SPECIAL_FORMS.update(AGGREGATES)


def sheets_named(tree: ast.expr) -> frozenset[str]:
    """Return every sheet an expression names, as ``表.字段`` or as the rows to be counted."""
    found: set[str] = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            found.add(one.value.id)
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in AGGREGATES:
            found |= {argument.id for argument in one.args[:1] if isinstance(argument, ast.Name)}
    return frozenset(found)


def names_used(tree: ast.expr) -> frozenset[str]:
    """Return every bare name an expression uses (functions and sheets of ``表.字段`` not counted)."""
    return frozenset(names_in_order(tree))


def names_in_order(tree: ast.expr) -> tuple[str, ...]:
    """Return the bare names an expression uses as they come in its text, each once."""
    called = {id(one.func) for one in ast.walk(tree) if isinstance(one, ast.Call)}
    owners = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
    names = [
        one for one in ast.walk(tree) if isinstance(one, ast.Name) and id(one) not in called and id(one) not in owners
    ]
    return tuple(dict.fromkeys(one.id for one in sorted(names, key=lambda one: one.col_offset)))
