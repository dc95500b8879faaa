"""Checks an expression's types against the scheme and compiles it to a function of a ``Frame``.

Blanks are contagious: an operator or function with a blank operand gives a blank, except that ``and`` with a false
side is false and ``or`` with a true side is true. So a rule that needs a blank cell is neither kept nor broken.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pbreports.scheme.language import arithmetic
from pbreports.scheme.language.facts import Frame
from pbreports.scheme.language.functions import FUNCTIONS, Function
from pbreports.scheme.language.lifting import Run, constant, direct, lifted
from pbreports.scheme.language.linking import linked_rows
from pbreports.scheme.language.scene import Scene, nearest
from pbreports.scheme.language.syntax import ExpressionError, parse, parse_message
from pbreports.scheme.language.types import Type
from pbreports.scheme.language.wording import as_text


@dataclass(frozen=True, slots=True)
class Bound:
    """A compiled expression: the type it gives, the function that gives it, and of a list its items' type if known."""

    type: Type
    run: Run
    item: Type | None = None


def bind(text: str, scene: Scene, wanted: Type | None = None) -> Bound:
    """Return the compiled expression.

    Raises:
        ExpressionError: when it does not parse, names something unknown, mixes types, or gives another type
            than wanted.
    """
    bound = bind_tree(parse(text), scene)
    if wanted and bound.type is not wanted:
        raise ExpressionError(f"“{text}”得到的是{bound.type.value}，这里要{wanted.value}")
    return bound


def bind_message(text: str, scene: Scene) -> Callable[[Frame], str]:
    """Return the function that fills the braces of a message.

    Raises:
        ExpressionError: as ``bind``.
    """
    parts: list[Run] = []
    for segment in parse_message(text):
        if segment.tree is None:
            parts.append(constant(segment.text))
        else:
            parts.append(bind_tree(segment.tree, scene).run)
    return lambda frame: "".join(as_text(part(frame)) for part in parts)


def bind_tree(node: ast.expr, scene: Scene) -> Bound:
    """Return a compiled tree; raises as ``bind``."""
    return _BINDERS[type(node)](node, scene)


def _constant(node: ast.Constant, _: Scene) -> Bound:
    value = node.value
    if isinstance(value, bool):
        return Bound(Type.TRUTH, constant(value))
    if isinstance(value, str):
        return Bound(Type.TEXT, constant(value))
    return Bound(Type.NUMBER, constant(Decimal(repr(value))))


def _name(node: ast.Name, scene: Scene) -> Bound:
    name = node.id
    field = scene.fields().get(name)
    if field:
        return Bound(field, lambda frame: frame.row.get(name))
    kind = scene.type_of_name(name)
    if kind is None:
        known = {**scene.fields(), **scene.vocabulary.fixed, **(scene.vocabulary.figures if scene.figures else {})}
        where = f"表“{scene.sheet}”和内置名里" if scene.sheet else "内置名里"
        raise ExpressionError(f"{where}没有“{name}”", nearest(name, known), name)
    if name == "值" and scene.value:
        return Bound(kind, lambda frame: frame.value)
    return Bound(kind, lambda frame: frame.names.get(name))


def field_type(node: ast.Attribute, scene: Scene) -> Type:
    """Return the type of ``表.字段``; raises when either is unknown."""
    table = scene.table(_sheet_of(node))
    kind = table.fields.get(node.attr)
    if kind is None:
        raise ExpressionError(f"表“{table.name}”没有字段“{node.attr}”", nearest(node.attr, table.fields), node.attr)
    return kind


def _sheet_of(node: ast.Attribute) -> str:
    assert isinstance(node.value, ast.Name)  # syntax lets nothing else through
    return node.value.id


def _attribute(node: ast.Attribute, scene: Scene) -> Bound:
    kind, sheet, name = field_type(node, scene), _sheet_of(node), node.attr
    if sheet in scene.inner:
        return Bound(kind, lambda frame: frame.inner[sheet].get(name))
    if sheet == scene.sheet or not scene.is_unique(sheet):
        raise ExpressionError(f"“{sheet}.{name}”可能有多行", f"请放进汇总函数，如 合计({sheet}.{name}) 或 取(…)")
    rows = linked_rows(sheet, scene)

    def first(frame: Frame) -> Any:
        found = rows(frame)
        return found[0].values.get(name) if found else None

    return Bound(kind, first)


def _bool_op(node: ast.BoolOp, scene: Scene) -> Bound:
    parts = [_truth(value, scene) for value in node.values]
    deciding = isinstance(node.op, ast.Or)

    def run(frame: Frame) -> bool | None:
        unknown = False
        for part in parts:
            value: bool | None = part(frame)
            if value is deciding:
                return deciding
            unknown |= value is None
        return None if unknown else not deciding

    return Bound(Type.TRUTH, run)


def _truth(node: ast.expr, scene: Scene) -> Run:
    bound = bind_tree(node, scene)
    if bound.type is not Type.TRUTH:
        raise ExpressionError(f"“{ast.unparse(node)}”是{bound.type.value}，这里要能判断真假的条件")
    return bound.run


def _unary(node: ast.UnaryOp, scene: Scene) -> Bound:
    if isinstance(node.op, ast.Not):
        return Bound(Type.TRUTH, lifted(operator.not_, (_truth(node.operand, scene),)))
    operand = bind_tree(node.operand, scene)
    if operand.type is not Type.NUMBER:
        raise ExpressionError(f"负号后面要数，“{ast.unparse(node.operand)}”是{operand.type.value}")
    return Bound(Type.NUMBER, lifted(arithmetic.negate, (operand.run,)))


_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: arithmetic.add,
    ast.Sub: arithmetic.subtract,
    ast.Mult: arithmetic.multiply,
    ast.Div: arithmetic.divide,
    ast.FloorDiv: arithmetic.floor_divide,
    ast.Mod: arithmetic.remainder,
}


def _binary(node: ast.BinOp, scene: Scene) -> Bound:
    left, right = bind_tree(node.left, scene), bind_tree(node.right, scene)
    result = _arithmetic_type(type(node.op), left.type, right.type)
    if result is None:
        raise ExpressionError(f"“{ast.unparse(node)}”把{left.type.value}和{right.type.value}放在一起算")
    operation = operator.add if result is Type.TEXT else _ARITHMETIC[type(node.op)]
    return Bound(result, lifted(operation, (left.run, right.run)))


def _arithmetic_type(op: type[ast.operator], left: Type, right: Type) -> Type | None:
    if left is right is Type.NUMBER:
        return Type.NUMBER
    if left is right is Type.TEXT and op is ast.Add:
        return Type.TEXT
    if left is Type.DATE and right is Type.NUMBER and op in (ast.Add, ast.Sub):
        return Type.DATE
    return Type.NUMBER if left is right is Type.DATE and op is ast.Sub else None


def _among(item: Any, items: tuple[Any, ...]) -> bool | None:
    """Whether the item is among the items; unknown when it is not and one of them is blank."""
    if item in items:
        return True
    return None if None in items else False


def _not_among(item: Any, items: tuple[Any, ...]) -> bool | None:
    found = _among(item, items)
    return None if found is None else not found


_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool | None]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: _among,
    ast.NotIn: _not_among,
}
_ORDERED = (Type.NUMBER, Type.DATE, Type.MONTH)


def _compare(node: ast.Compare, scene: Scene) -> Bound:
    operands = [bind_tree(one, scene) for one in (node.left, *node.comparators)]
    parts = []
    for op, left, right in zip(node.ops, operands, operands[1:], strict=False):
        _check_comparison(type(op), left, right, node)
        parts.append(lifted(_COMPARISONS[type(op)], (left.run, right.run)))
    if len(parts) == 1:
        return Bound(Type.TRUTH, parts[0])
    return Bound(Type.TRUTH, _all_of(parts))


def _all_of(parts: list[Run]) -> Run:
    def run(frame: Frame) -> bool | None:
        values = [part(frame) for part in parts]
        return False if False in values else None if None in values else True

    return run


def _check_comparison(op: type[ast.cmpop], left: Bound, right: Bound, node: ast.AST) -> None:
    text = ast.unparse(node)
    if op in (ast.In, ast.NotIn):
        if right.type is not Type.LIST or left.type is Type.LIST:
            raise ExpressionError(f"“{text}”：in 的右边要列表", "如 类型 in ['党支部', '党总支']")
        if right.item not in (None, left.type):
            raise ExpressionError(f"“{text}”在一列{right.item.value}里找{left.type.value}")
    elif left.type is not right.type or left.type is Type.LIST:
        raise ExpressionError(f"“{text}”拿{left.type.value}和{right.type.value}比较")
    elif op not in (ast.Eq, ast.NotEq) and left.type not in _ORDERED:
        raise ExpressionError(f"“{text}”：{left.type.value}不能比大小")


def _if(node: ast.IfExp, scene: Scene) -> Bound:
    test, body, orelse = _truth(node.test, scene), bind_tree(node.body, scene), bind_tree(node.orelse, scene)
    if body.type is not orelse.type:
        raise ExpressionError(f"“{ast.unparse(node)}”两种结果不同类：{body.type.value}和{orelse.type.value}")

    def run(frame: Frame) -> Any:
        found = test(frame)
        return None if found is None else body.run(frame) if found else orelse.run(frame)

    return Bound(body.type, run)


def _list(node: ast.List | ast.Tuple, scene: Scene) -> Bound:
    items = [bind_tree(item, scene) for item in node.elts]
    types = {item.type for item in items}
    if len(types) > 1 or Type.LIST in types:
        raise ExpressionError(f"列表“{ast.unparse(node)}”里各项不同类", "列表里只能是同一类的值")
    kind = types.pop() if types else None
    if all(isinstance(item, ast.Constant) for item in node.elts):
        return Bound(Type.LIST, constant(tuple(item.run(None) for item in items)), kind)  # type: ignore[arg-type]
    return Bound(Type.LIST, lambda frame: tuple(item.run(frame) for item in items), kind)


def _call(node: ast.Call, scene: Scene) -> Bound:
    assert isinstance(node.func, ast.Name)  # syntax lets nothing else through
    name = node.func.id
    special = SPECIAL_FORMS.get(name)
    if special:
        return special(node, scene)
    function = FUNCTIONS.get(name)
    if function is None:
        raise ExpressionError(f"没有函数“{name}”", nearest(name, {**FUNCTIONS, **SPECIAL_FORMS}))
    return _call_function(name, function, [bind_tree(one, scene) for one in node.args])


def _call_function(name: str, function: Function, given: list[Bound]) -> Bound:
    if len(given) != len(function.parameters):
        raise ExpressionError(f"函数“{name}”要{len(function.parameters)}个参数，写了{len(given)}个")
    for number, (one, allowed) in enumerate(zip(given, function.parameters, strict=True), 1):
        if one.type not in allowed:
            words = "或".join(sorted(kind.value for kind in allowed))
            raise ExpressionError(f"函数“{name}”的第{number}个参数要{words}，写的是{one.type.value}")
    if function.alike and len({one.type for one in given}) > 1:
        words = "和".join(one.type.value for one in given)
        raise ExpressionError(f"函数“{name}”的参数要同一类，写的是{words}")
    runs = tuple(one.run for one in given)
    run = direct(function.run, runs) if function.takes_blanks else lifted(function.run, runs)
    return Bound(function.result or given[0].type, run)


def _within_period(node: ast.Call, scene: Scene) -> Bound:
    bound = bind_tree(node.args[0], scene) if len(node.args) == 1 else None
    if bound is None or bound.type is not Type.DATE:
        raise ExpressionError("期内(…) 要一个日期")

    def within(day: date, start: date, end: date) -> bool:
        return start <= day <= end

    fixed = tuple(_fixed(name) for name in ("统计起始日", "统计截止日"))
    return Bound(Type.TRUTH, lifted(within, (bound.run, *fixed)))


def _fixed(name: str) -> Run:
    return lambda frame: frame.names.get(name)


SPECIAL_FORMS: dict[str, Callable[[ast.Call, Scene], Bound]] = {"期内": _within_period}
"""Functions that look at rows or at the period; ``aggregates`` adds its own."""

_BINDERS: dict[type[ast.expr], Callable[[Any, Scene], Bound]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.IfExp: _if,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Call: _call,
}

__all__ = ["SPECIAL_FORMS", "Bound", "Run", "bind", "bind_message", "bind_tree", "field_type", "linked_rows"]
