"""Translates comparisons: 1 where they hold, 0 where they do not, unknown where a side is blank."""

from __future__ import annotations

import ast

from pbreports.excel.selfcheck.lists import membership
from pbreports.excel.selfcheck.masks import SYMBOLS
from pbreports.excel.selfcheck.terms import UNKNOWN, Term
from pbreports.excel.selfcheck.translate import TRANSLATORS, Translator
from pbreports.scheme.language import Type


def _compare(here: Translator, node: ast.Compare) -> Term:
    operands = [node.left, *node.comparators]
    pairs = zip(node.ops, operands, operands[1:], strict=False)
    texts = [_comparison(here, op, left, right) for op, left, right in pairs]
    return Term(f"MIN({','.join(texts)})" if len(texts) > 1 else texts[0], Type.TRUTH)


def _comparison(here: Translator, op: ast.cmpop, left: ast.expr, right: ast.expr) -> str:
    if isinstance(op, ast.In | ast.NotIn):
        return membership(here, left, right, wanted=isinstance(op, ast.In))
    if here.type_of(left) is Type.TRUTH:
        return _alike(here, left, right, wanted=isinstance(op, ast.Eq))
    a, b = here.term(left), here.term(right)
    return f"IFERROR({_compared(a.type, SYMBOLS[type(op)], a.text, b.text)},{UNKNOWN})"


def _alike(here: Translator, left: ast.expr, right: ast.expr, *, wanted: bool) -> str:
    a, b = here.kept(left).text, here.kept(right).text
    product = f"({a}-{UNKNOWN})*({b}-{UNKNOWN})"
    return f"IF({product}=0,{UNKNOWN},({product}{'>' if wanted else '<'}0)*1)"


def _compared(kind: Type, symbol: str, a: str, b: str) -> str:
    """Return the comparison as 1 or 0: texts by every letter, numbers to nine decimals."""
    if kind is Type.TEXT:
        return f"EXACT({a},{b})*1" if symbol == "=" else f"(1-EXACT({a},{b}))"
    return f"(ROUND({a}-({b}),9){symbol}0)*1"


TRANSLATORS[ast.Compare] = _compare
