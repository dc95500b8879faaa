"""What an expression reads: every sheet and field, through computed fields, links and the expressions of lists."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from pbreports.scheme.language import AGGREGATES, Scene, Vocabulary, parse
from pbreports.scheme.model import Scheme

_TAKES_ONE = "取"
"""The one aggregate that is blank where its row is: the others pass over blanks, so that a gap falsifies them."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read: ``names`` of sheets (``表``) and fields (``表.字段``).

    ``summed`` are the fields read over rows, ``apart`` those of them read over all rows, whatever they are linked to.
    ``linking`` are the fields of its own sheet by which other rows are found.
    """

    names: frozenset[str]
    summed: frozenset[str]
    apart: frozenset[str]
    linking: frozenset[str]


class Tracer:
    """Follows expressions of a scheme to the sheets and fields that they rest on."""

    def __init__(self, scheme: Scheme, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._formulas = {
            (sheet.name, field.name): field.formula.text
            for sheet in scheme.sheets.values()
            for field in sheet.fields
            if field.computed and field.formula
        }

    def reads_of(self, trees: Iterable[ast.expr], scene: Scene, sheet: str, field: str) -> Reads:
        """Return what expressions read that are asked of a sheet, or of one field of it, in a scene."""
        trail = _Trail(self._vocabulary, self._formulas)
        if sheet:
            trail.names.add(sheet)
        if field:
            trail.add(sheet, field, scene, summed=False)
        for tree in trees:
            trail.follow(tree, scene, summed=False)
        linking = frozenset(trail.linking) if sheet else frozenset()
        return Reads(frozenset(trail.names), frozenset(trail.summed), frozenset(trail.apart), linking)


class _Trail:
    """Gathers what has been met on the way; each field is followed once."""

    def __init__(self, vocabulary: Vocabulary, formulas: dict[tuple[str, str], str]) -> None:
        self._vocabulary, self._formulas = vocabulary, formulas
        self._met: set[tuple[str, str, bool]] = set()
        self.names: set[str] = set()
        self.summed: set[str] = set()
        self.apart: set[str] = set()
        self.linking: set[str] = set()

    def follow(self, node: ast.AST, scene: Scene, *, summed: bool) -> None:
        """Note what a tree reads that stands in a scene; ``summed`` within a sum over rows."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in AGGREGATES:
            self._call(node.func.id, node.args, scene, summed=summed)
        elif isinstance(node, ast.Call):
            for argument in node.args:
                self.follow(argument, scene, summed=summed)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            self._attribute(node.value.id, node.attr, scene, summed=summed)
        elif isinstance(node, ast.Name):
            self._name(node.id, scene, summed=summed)
        else:
            for child in ast.iter_child_nodes(node):
                self.follow(child, scene, summed=summed)

    def add(self, sheet: str, field: str, scene: Scene, *, summed: bool) -> None:
        """Note a field, and of a computed one what its formula reads."""
        if (sheet, field, summed) in self._met:
            return
        self._met.add((sheet, field, summed))
        self.names |= {sheet, f"{sheet}.{field}"}
        if summed:
            self.summed.add(f"{sheet}.{field}")
            if not scene.linked:
                self.apart.add(f"{sheet}.{field}")
        formula = self._formulas.get((sheet, field))
        if formula:
            self.follow(parse(formula), Scene(scene.vocabulary, sheet, district=scene.district), summed=summed)

    def _call(self, name: str, arguments: list[ast.expr], scene: Scene, *, summed: bool) -> None:
        inner = scene.apart() if name == "不关联" else scene
        over = summed if name in ("不关联", _TAKES_ONE) else True
        for argument in arguments:
            if isinstance(argument, ast.Name) and argument.id in self._vocabulary.tables:
                self._link(argument.id, inner)
            else:
                self.follow(argument, inner, summed=over)

    def _attribute(self, sheet: str, field: str, scene: Scene, *, summed: bool) -> None:
        self._link(sheet, scene)
        column = self._vocabulary.columns.get((sheet, field))
        if column is None:
            self.add(sheet, field, scene, summed=summed)
            return
        there = Scene(scene.vocabulary, column.sheet, district=scene.district)
        for expression in column.expressions.values():
            self.follow(parse(expression.text), there, summed=summed)

    def _name(self, name: str, scene: Scene, *, summed: bool) -> None:
        if name in scene.fields():
            self.add(scene.sheet, name, scene, summed=summed)

    def _link(self, sheet: str, scene: Scene) -> None:
        """Note another sheet and the fields by which its rows are found: a gap there loses whole rows."""
        self.names.add(sheet)
        for link in scene.links_to(sheet):
            self.add(sheet, link, scene, summed=True)
            if link in scene.fields():
                self.add(scene.sheet, link, scene, summed=False)
                self.linking.add(f"{scene.sheet}.{link}")
