"""Turns an expression of the scheme into the formula of a cell, in the row of one record.

The same trees that the validator compiles are read here, and the same scenes say which rows are linked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pbreports.excel.selfcheck.sheet import Block
from pbreports.excel.selfcheck.terms import BLANK, MIXED, UNKNOWN, Inexpressible, Term, known, own
from pbreports.excel.selfcheck.world import World
from pbreports.scheme.language import AGGREGATES, Frame, Scene, Type
from pbreports.scheme.language.bind import bind_tree
from pbreports.scheme.language.facts import Facts
from pbreports.scheme.language.scene import WORKBOOK_NAMES

_LONG = 300  # characters of a part from which on it gets a cell of its own
_NO_FACTS = Facts({})
_WORKBOOK_NAMES = frozenset(WORKBOOK_NAMES)


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates expressions that stand in a scene, for the rows of a block.

    ``inner`` names the table whose rows these are when it is one being aggregated. ``rows`` holds the values of the
    rows of constant tables being gone through one by one, ``value`` the term of 值.
    """

    world: World
    scene: Scene
    block: Block
    inner: str = ""
    rows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    value: Term | None = None

    def term(self, node: ast.expr) -> Term:
        """Return the formula of an expression.

        Raises:
            Inexpressible: when Excel cannot say it.
        """
        if self.is_fixed(node):
            bound = bind_tree(node, self.bound_scene())
            return known(bound.run(Frame(_NO_FACTS, self.world.names)), bound.type)
        translate = TRANSLATORS.get(type(node))
        if translate is None:
            raise Inexpressible("公式里没有这种写法")
        found = translate(self, node)
        return self.block.keep(found) if len(found.text) > _LONG else found

    def kept(self, node: ast.expr) -> Term:
        """Return the formula of an expression as a literal or as a cell that holds it, to be named more than once."""
        return self.block.keep(self.term(node))

    def bound_scene(self) -> Scene:
        """Return the scene in which the types of expressions are found."""
        scene = self.scene.inside(self.inner) if self.inner else self.scene
        for table in self.rows:
            scene = scene.inside(table)
        return scene

    def type_of(self, node: ast.expr) -> Type:
        """Return the type of an expression."""
        return bind_tree(node, self.bound_scene()).type

    def is_fixed(self, node: ast.expr) -> bool:
        """Whether an expression depends on no cell and is no list."""
        return not isinstance(node, ast.List | ast.Tuple) and not self.depends_on_cells(node)

    def depends_on_cells(self, node: ast.expr) -> bool:
        """Whether an expression asks any record, or the unit's own code."""
        return any(self._asks(one) for one in ast.walk(node))

    def _asks(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute):
            return True
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in AGGREGATES
        return isinstance(node, ast.Name) and self.is_open(node.id)

    def is_open(self, name: str) -> bool:
        """Whether a bare name is not one of the fixed names here."""
        if name in self.scene.fields() or (name == "值" and self.scene.value is not None):
            return True
        return name in _WORKBOOK_NAMES and name not in self.world.names

    def of_inner(self, table: str) -> Translator:
        """Return the translator for what is asked of each row of a table being aggregated."""
        return replace(self, block=self.world.block(table), inner=table)

    def on(self, scene: Scene) -> Translator:
        """Return the translator for expressions standing in another scene."""
        return replace(self, scene=scene)


def computed_formula(world: World, table: str, tree: ast.expr) -> str:
    """Return the formula of a computed field of a school's sheet."""
    return Translator(world, Scene(world.vocabulary, table), world.block(table)).term(tree).text


def _name(here: Translator, node: ast.Name) -> Term:
    if node.id == "值" and here.scene.value is not None:
        assert here.value is not None  # whoever sets the scene's value sets the term
        return here.value
    if here.inner:
        raise Inexpressible(MIXED)
    if node.id not in here.scene.fields():
        raise Inexpressible("要看本单位的代码")
    return own(here.world.column(here.scene.sheet, node.id))


def _bool_op(here: Translator, node: ast.BoolOp) -> Term:
    decides = isinstance(node.op, ast.Or)
    terms = [here.term(value) for value in node.values]
    if any(term.fixed and term.value is decides for term in terms):
        return known(decides, Type.TRUTH)
    open_terms = [term for term in terms if not (term.fixed and term.value is (not decides))]
    if not open_terms:
        return known(not decides, Type.TRUTH)
    texts = [term.text for term in open_terms]
    return Term(f"{'MAX' if decides else 'MIN'}({','.join(texts)})" if len(texts) > 1 else texts[0], Type.TRUTH)


def _unary(here: Translator, node: ast.UnaryOp) -> Term:
    operand = here.term(node.operand)
    if isinstance(node.op, ast.Not):
        return Term(f"(1-{operand.text})", Type.TRUTH)
    return Term(f"(-({operand.text}))", Type.NUMBER)


def _binary(here: Translator, node: ast.BinOp) -> Term:
    left, right, kind = here.term(node.left), here.term(node.right), here.type_of(node)
    a, b = left.text, right.text
    if kind is Type.TEXT:
        return Term(f"({a}&{b})", kind)
    if kind is Type.DATE:
        return Term(f"({a}{'+' if isinstance(node.op, ast.Add) else '-'}TRUNC({b}))", kind)
    return Term(_ARITHMETIC[type(node.op)](a, b), kind)


_ARITHMETIC: dict[type[ast.operator], Callable[[str, str], str]] = {
    ast.Add: lambda a, b: f"({a}+{b})",
    ast.Sub: lambda a, b: f"({a}-{b})",
    ast.Mult: lambda a, b: f"({a}*{b})",
    ast.Div: lambda a, b: f"({a}/({b}))",
    ast.FloorDiv: lambda a, b: f"INT(ROUND({a}/({b}),9))",
    ast.Mod: lambda a, b: f"MOD({a},{b})",
}


def _if(here: Translator, node: ast.IfExp) -> Term:
    test = here.kept(node.test)
    if test.fixed:
        chosen = node.body if test.value is True else node.orelse
        return known(None, here.type_of(node)) if test.value is None else here.term(chosen)
    body, orelse = here.term(node.body), here.term(node.orelse)
    nothing = UNKNOWN if body.type is Type.TRUTH else BLANK
    return Term(f"IF({test.text}=1,{body.text},IF({test.text}=0,{orelse.text},{nothing}))", body.type)


def _call(here: Translator, node: ast.Call) -> Term:
    assert isinstance(node.func, ast.Name)  # syntax lets nothing else through
    call = CALLS.get(node.func.id)
    if call is None:
        raise Inexpressible(f"公式里没有“{node.func.id}”这样的功能")
    return call(here, node)


TRANSLATORS: dict[type[ast.expr], Callable[[Translator, Any], Term]] = {
    ast.Name: _name,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.IfExp: _if,
    ast.Call: _call,
}
"""How each kind of node is translated; ``comparing`` and ``rows`` add theirs."""

CALLS: dict[str, Callable[[Translator, ast.Call], Term]] = {}
"""How each function is translated; ``calls`` and ``rows`` add theirs."""
