"""What expressions about a paper may name besides: what the bureau says of it, the named lists, what papers say."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pbreports.scheme.language import AGGREGATES, ExpressionError, Scene, Type, Vocabulary, bind, parse
from pbreports.scheme.language.scene import TableView
from pbreports.scheme.model import LEVEL, REPORTED, ListRule, Scheme

OFFICIAL = "公文"
"""The one row that the bureau's sheet has of the paper; templates know it by the same name."""

TITLE = "题名"
"""The paper's title, in expressions and in templates."""

WRITTEN = "文书数字"
"""The table of figures that this paper and another one both say: one row for each figure and other paper."""

OF_PAPERS = (OFFICIAL, TITLE, WRITTEN)
"""The names that a year's declaration must leave free."""

THIS_RUN, OLDER, SIGNED = "本次", "旧稿", "定稿"
"""Where the other paper stands: written in the same run, in an earlier one, or signed."""

FIGURE, HERE, OTHER, THERE, STATE = "数字", "本文", "另一文书", "另文", "情形"
"""The fields of the table: the figure, what this paper says, the other's title, what that says, where it stands."""


def vocabulary_of_papers(scheme: Scheme, vocabulary: Vocabulary) -> Vocabulary:
    """Return what rules on papers may name besides what those over the district may: lists, 公文, 文书数字 and 题名.

    A column whose expression cannot be bound is left out; where it is declared that is noted.
    """
    tables = {**vocabulary.tables, WRITTEN: _written()}
    official = scheme.heading.official
    if official and official.sheet in tables:
        tables[OFFICIAL] = replace(tables[official.sheet], name=OFFICIAL, keys=(), single=True)
    for rule in scheme.lists.values():
        if rule.sheet in vocabulary.tables:
            parts = [rule, *(scheme.lists[name] for name in rule.then if name in scheme.lists)]
            personal = frozenset(name for part in parts for name in _personal_columns(part, vocabulary))
            columns = kinds_of_columns(rule, vocabulary)
            tables[rule.name] = TableView(rule.name, columns, personal=personal & columns.keys())
    return replace(vocabulary, tables=tables, fixed={**vocabulary.fixed, TITLE: Type.TEXT})


def _written() -> TableView:
    return TableView(WRITTEN, dict.fromkeys((FIGURE, HERE, OTHER, THERE, STATE), Type.TEXT), (FIGURE, OTHER))


def kinds_of_columns(rule: ListRule, vocabulary: Vocabulary) -> dict[str, Type]:
    """Return the columns of a list that expressions may ask, with what they hold; those that do not bind are left out."""
    found = dict(_kinds(rule, Scene(vocabulary, rule.sheet, district=True)))
    reported = {REPORTED: Type.TEXT} if rule.reports else {}
    return {**found, **reported, **({LEVEL: Type.NUMBER} if rule.tree else {})}


def _kinds(rule: ListRule, scene: Scene) -> Iterator[tuple[str, Type]]:
    for name, text in rule.columns.items():
        try:
            kind = bind(text.text, scene).type
        except ExpressionError:
            continue
        if kind is not Type.LIST:
            yield name, kind


def _personal_columns(rule: ListRule, vocabulary: Vocabulary) -> Iterator[str]:
    if rule.sheet in vocabulary.tables:
        scene = Scene(vocabulary, rule.sheet, district=True)
        yield from (name for name, text in rule.columns.items() if _is_personal(parse(text.text), scene))


_COUNTS = frozenset({"计数", "去重计数", "存在"})
"""Functions over rows whose outcome says nothing of what the rows hold."""


def _is_personal(tree: ast.expr, scene: Scene) -> bool:
    """Whether what an expression gives is what a field holds that concerns a single person; conditions only choose."""
    if isinstance(tree, ast.Name):
        return tree.id in scene.vocabulary.tables[scene.sheet].personal
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name):
        table = scene.vocabulary.tables.get(tree.value.id)
        return table is not None and tree.attr in table.personal
    return any(_is_personal(one, scene) for one in _giving(tree))


def _giving(tree: ast.expr) -> Iterable[ast.expr]:
    """Return the parts of an expression of which its value is made."""
    if isinstance(tree, ast.Compare):
        return ()
    if isinstance(tree, ast.IfExp):
        return (tree.body, tree.orelse)
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        over_rows = tree.func.id in AGGREGATES
        return () if tree.func.id in _COUNTS else tree.args[:1] if over_rows else tree.args
    return (one for one in ast.iter_child_nodes(tree) if isinstance(one, ast.expr))
