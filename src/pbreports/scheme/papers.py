"""What expressions about a paper may name besides: what the bureau says of it, the named lists, what papers say."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from pbreports.scheme.language import ExpressionError, Scene, Type, Vocabulary, bind, parse
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
            tables[rule.name] = _list(rule, vocabulary)
    return replace(vocabulary, tables=tables, fixed={**vocabulary.fixed, TITLE: Type.TEXT})


def _written() -> TableView:
    return TableView(WRITTEN, dict.fromkeys((FIGURE, HERE, OTHER, THERE, STATE), Type.TEXT), (FIGURE, OTHER))


def _list(rule: ListRule, vocabulary: Vocabulary) -> TableView:
    scene = Scene(vocabulary, rule.sheet, district=True)
    columns = dict(_columns(rule, scene))
    personal = frozenset(name for name, text in rule.columns.items() if _is_personal(parse(text.text), scene))
    return TableView(rule.name, columns, personal=personal & columns.keys())


def _columns(rule: ListRule, scene: Scene) -> Iterator[tuple[str, Type]]:
    for name, text in rule.columns.items():
        try:
            kind = bind(text.text, scene).type
        except ExpressionError:
            continue
        if kind is not Type.LIST:
            yield name, kind
    if rule.reports:
        yield REPORTED, Type.TEXT
    if rule.tree:
        yield LEVEL, Type.NUMBER


def _is_personal(tree: ast.expr, scene: Scene) -> bool:
    """Whether an expression reads a field that concerns a single person."""
    tables = scene.vocabulary.tables
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in tables[scene.sheet].personal:
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            table = tables.get(node.value.id)
            if table and node.attr in table.personal:
                return True
    return False
