"""Which rows of a table are meant: products of plain comparisons over whole columns, 1 for each row that is.

Excel 2010 does not go through a range inside IF, so a condition is split: what asks only the row itself gets a
column of its own, what asks only the current record is worked out once, and the rest are comparisons of the two.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from pbreports.excel.selfcheck.terms import MIXED, UNKNOWN, Column, Inexpressible, Term, literal, own
from pbreports.excel.selfcheck.translate import Translator
from pbreports.scheme.language import AGGREGATES, Type
from pbreports.scheme.language.aggregates import aggregated_sheet

SYMBOLS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def mask_of(here: Translator, table: str, condition: ast.expr | None) -> str:
    """Return the product that is 1 for the rows of a table that are linked and fulfil a condition."""
    here.world.must_be_known(table)
    factors = [f"({here.world.block(table).records.range}=1)", *_link(here, table)]
    if condition is not None:
        factors += [_factor(here, part, table, wanted=True) for part in _conjuncts(condition)]
    return "*".join(factors)


def _conjuncts(condition: ast.expr) -> Sequence[ast.expr]:
    return condition.values if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.And) else [condition]


def links_of(here: Translator, table: str) -> tuple[str, ...]:
    """Return the fields that link the current record to a table; the unit's own rows are all that a workbook holds.

    Raises:
        Inexpressible: when rows of other units are meant.
    """
    links = here.scene.links_to(table)
    unit_field = here.scene.vocabulary.unit_field
    view = here.scene.table(table)
    if not view.of_school and unit_field in view.fields and unit_field not in links:
        raise Inexpressible("要看全区的名册，工作簿里只有本单位的")
    return tuple(name for name in links if name != unit_field)


def _link(here: Translator, table: str) -> list[str]:
    links = links_of(here, table)
    if not links:
        return []
    if here.inner:
        raise Inexpressible(MIXED)
    there, mine = here.world.key(table, links), here.world.key(here.scene.sheet, links)
    return [f"EXACT({there.range},{mine.here})", f'({there.range}<>"")']


def _factor(here: Translator, node: ast.expr, table: str, *, wanted: bool) -> str:
    asks = asked_of(here, node, table)
    if "inner" not in asks:
        term = here.kept(node)
        return f"({term.cell or term.text}={int(wanted)})"
    if "outer" not in asks:
        return f"({column_of(here.of_inner(table), node).range}={int(wanted)})"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _factor(here, node.operand, table, wanted=not wanted)
    if isinstance(node, ast.BoolOp):
        parts = [_factor(here, value, table, wanted=wanted) for value in node.values]
        all_of = isinstance(node.op, ast.And) is wanted
        return "*".join(parts) if all_of else f"(({'+'.join(parts)})>0)"
    if isinstance(node, ast.Compare):
        return _compared(here, node, table, wanted=wanted)
    raise Inexpressible(MIXED)


def _compared(here: Translator, node: ast.Compare, table: str, *, wanted: bool) -> str:
    if len(node.ops) > 1 or type(node.ops[0]) not in SYMBOLS:
        raise Inexpressible(MIXED)
    symbol = SYMBOLS[type(node.ops[0])]
    left, right = (_side(here, one, table) for one in (node.left, node.comparators[0]))
    kind = here.of_inner(table).type_of(node.left)
    compared = compared_ranges(kind, symbol if wanted else _OPPOSITE[symbol], left, right)
    return "*".join([compared, *(f'({side}<>"")' for side in (left, right) if side.startswith("$"))])


def compared_ranges(kind: Type, symbol: str, left: str, right: str) -> str:
    """Return the comparison of two sides of which one is a range."""
    if kind is Type.TEXT:
        return f"EXACT({left},{right})" if symbol == "=" else f"(1-EXACT({left},{right}))"
    if kind is Type.TRUTH:
        return f"({left}{symbol}{right})*({left}<>{UNKNOWN})*({right}<>{UNKNOWN})"
    return f"({left}{symbol}{right})"


def _side(here: Translator, node: ast.expr, table: str) -> str:
    """Return one side of a comparison: the range of the rows' values, or the one value of the current record."""
    asks = asked_of(here, node, table)
    if asks == {"inner", "outer"}:
        raise Inexpressible(MIXED)
    if "inner" in asks:
        return column_of(here.of_inner(table), node).range
    term = here.kept(node)
    return literal(term.value, term.type) if term.fixed else term.cell


def asked_of(here: Translator, node: ast.expr, table: str) -> set[str]:
    """Return of what an expression within an aggregate depends: on the ``inner`` row, the ``outer`` one, or both."""
    if isinstance(node, ast.Name):
        return {"outer"} if here.is_open(node.id) else set()
    if isinstance(node, ast.Attribute):
        return _asked_by_attribute(here, node, table)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATES:
        return _asked_by_aggregate(here, node, table)
    children = node.args if isinstance(node, ast.Call) else list(ast.iter_child_nodes(node))
    children = [child for child in children if isinstance(child, ast.expr)]
    return set[str]().union(*(asked_of(here, child, table) for child in children))


def _asked_by_attribute(here: Translator, node: ast.Attribute, table: str) -> set[str]:
    assert isinstance(node.value, ast.Name)  # syntax lets nothing else through
    if node.value.id == table:
        return {"inner"}
    if node.value.id in here.rows:
        return set()
    return {"outer"} if node.value.id == here.inner or links_of(here, node.value.id) else set()


def _asked_by_aggregate(here: Translator, node: ast.Call, table: str) -> set[str]:
    if isinstance(node.func, ast.Name) and node.func.id in ("求值", "不关联"):
        return {"outer"}
    other = aggregated_sheet(node.args[0], here.scene.inside(table), "汇总")
    asks = set[str]().union(*(asked_of(here, one, table) for one in node.args if not isinstance(one, ast.Name)))
    asks |= {"outer"} if links_of(here, other) else set()
    return asks - ({"inner"} if other == table else set())


def column_of(there: Translator, node: ast.expr) -> Column:
    """Return the column that holds an expression's value for each row of the translator's block."""
    term = there.term(node)
    if term.column is not None:
        return term.column
    kept = _stored(there, term)
    assert kept.column is not None  # a kept term that is no literal is a column's cell
    return kept.column


def _stored(there: Translator, term: Term) -> Term:
    truth = term.type is Type.TRUTH
    formula = term.text if truth else f'IFERROR({term.text},"")'
    return own(there.block.add(formula, term.type, truth=truth))
