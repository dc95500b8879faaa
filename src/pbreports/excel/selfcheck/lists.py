"""Translates what is asked of lists: whether a value is among them, whether one holds all that another does."""

from __future__ import annotations

import ast

from pbreports.excel.selfcheck.masks import column_of, compared_ranges, links_of, mask_of
from pbreports.excel.selfcheck.rows import asked, each_row, values_meant
from pbreports.excel.selfcheck.terms import MIXED, UNKNOWN, Inexpressible, Term, known, literal
from pbreports.excel.selfcheck.translate import Translator
from pbreports.scheme.language import Type


def membership(here: Translator, left: ast.expr, right: ast.expr, *, wanted: bool) -> str:
    """Return whether a value is among listed ones, as 1, 0 or unknown."""
    among = _among_rows if isinstance(right, ast.Call) else _among
    found = among(here, left, right)
    return found if wanted else f"(1-{found})"


def _among_rows(here: Translator, left: ast.expr, right: ast.expr) -> str:
    assert isinstance(right, ast.Call)  # the caller has looked
    apart = isinstance(right.func, ast.Name) and right.func.id == "不关联" and isinstance(right.args[0], ast.Call)
    if apart:
        inner = right.args[0]
        assert isinstance(inner, ast.Call)
        return _among_rows(here.on(here.scene.apart()), left, inner)
    if not isinstance(right.func, ast.Name) or right.func.id != "列出":
        raise Inexpressible("公式里没有这样的列表")
    item = here.kept(left)
    mask, column = values_meant(here, right)
    wanted = literal(item.value, item.type) if item.fixed else item.cell
    found = f"(SUMPRODUCT({mask}*{compared_ranges(item.type, '=', column.range, wanted)})>0)*1"
    return found if item.fixed else f'IF({item.cell}="",{UNKNOWN},{found})'


def _among(here: Translator, left: ast.expr, right: ast.expr) -> str:
    item, items = here.kept(left), _items(here, right)
    if item.fixed and item.value is None:
        return UNKNOWN
    same = [f"IFERROR({compared_values(item.type, item.text, one.text)},{UNKNOWN})" for one in items]
    if item.cell and all(one.fixed and one.value is not None for one in items):
        tests = [f"EXACT({item.cell},{one.text})" for one in items if item.type is Type.TEXT]
        tests = tests or [f"{item.cell}={one.text}" for one in items]
        return f'IF({item.cell}="",{UNKNOWN},IF(OR({",".join(tests)}),1,0))' if tests else "0"
    return f"MAX(0,{','.join(same)})" if same else "0"


def compared_values(kind: Type, a: str, b: str) -> str:
    """Return whether two values are alike, as 1 or 0, an error when one is blank."""
    return f"EXACT({a},{b})*1" if kind is Type.TEXT else f"(ROUND({a}-({b}),9)=0)*1"


def _items(here: Translator, right: ast.expr) -> list[Term]:
    if isinstance(right, ast.List | ast.Tuple):
        return [here.term(one) for one in right.elts]
    fixed = here.world.names.get(right.id) if isinstance(right, ast.Name) and not here.is_open(right.id) else None
    if not isinstance(fixed, tuple):
        raise Inexpressible("公式里没有这样的列表")
    return [known(one, Type.TEXT if isinstance(one, str) else Type.NUMBER) for one in fixed]


def nothing_missing(here: Translator, node: ast.Call) -> Term:
    """Return whether every value of one list is in the other: what 空(缺少(…, …)) asks."""
    wanted, given = node.args
    if not (isinstance(wanted, ast.Call) and isinstance(given, ast.Call)):
        raise Inexpressible("公式里没有这样的列表")
    table, argument, condition = asked(here, wanted)
    try:
        return _nothing_missing_in(here, table, argument, condition, given)
    except Inexpressible:
        return _no_row_missing(here, table, argument, condition, given)


def _nothing_missing_in(
    here: Translator, table: str, argument: ast.expr, condition: ast.expr | None, given: ast.Call
) -> Term:
    """Return it where the lists do not depend on the current record: each row of the one is looked for in the other."""
    if links_of(here, table) or links_of(here, asked(here, given)[0]):
        raise Inexpressible(MIXED)
    there = here.of_inner(table)
    found = ast.Compare(argument, [ast.In()], [given])
    missing = column_of(there, found)
    mask = mask_of(here, table, condition)
    return Term(f"(SUMPRODUCT({mask}*({missing.range}=0))=0)*1", Type.TRUTH)


def _no_row_missing(
    here: Translator, table: str, argument: ast.expr, condition: ast.expr | None, given: ast.Call
) -> Term:
    """Return it where the wanted are the rows of a constant table, written out one by one."""
    tests = []
    for there in each_row(here, table):
        value = there.term(argument)
        found = _found(there, value, given)
        if condition is None:
            tests.append(found)
        else:
            tests.append(f"IF({there.term(condition).text}=1,{found},1)")
    return Term(f"MIN(1,{','.join(tests)})", Type.TRUTH)


def _found(here: Translator, value: Term, given: ast.Call) -> str:
    mask, column = values_meant(here, given)
    return f"(SUMPRODUCT({mask}*{compared_ranges(value.type, '=', column.range, value.text)})>0)*1"
