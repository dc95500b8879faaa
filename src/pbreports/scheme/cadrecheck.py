"""Checks how the inspection of cadres is declared, and that nothing but counts leaves its workbook."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any, Protocol

from pbreports.scheme.cadres import CANDIDATES, PARAMETERS, REQUIRED
from pbreports.scheme.declare import Expression, Place, Problems, suggest
from pbreports.scheme.language import ExpressionError, Scene, Type, Vocabulary, parse
from pbreports.scheme.language.syntax import parse_message
from pbreports.scheme.model import Clause, FieldKind, FigureRule, Rule, Scheme, Scope
from pbreports.scheme.model.cadre import CadreRule, CadreStep


class Binder(Protocol):
    """What tries expressions and notes those that do not bind."""

    vocabulary: Vocabulary

    def expect(self, expression: Expression | None, scene: Scene, wanted: Type | None = None) -> None:
        """Note an expression that does not bind to the wanted type."""

    def expect_message(self, message: Expression | None, scene: Scene) -> None:
        """Note a message whose braces do not bind."""


def check_cadre(scheme: Scheme, binder: Binder, problems: Problems) -> None:
    """Note what is wrong with the section 考察, and every expression outside that names a sheet kept apart."""
    if scheme.private_sheets:
        _check_apart(scheme, problems)
    rule = scheme.cadre
    if rule is None:
        return
    _check_workbook(rule, scheme, problems)
    _check_parameters(rule, scheme, problems)
    if CANDIDATES not in scheme.sheets:
        return
    scene = Scene(binder.vocabulary, CANDIDATES, district=True)
    binder.expect(rule.as_of, scene, Type.DATE)
    for step in rule.steps:
        binder.expect(step.applies, scene, Type.TRUTH)
        _check_step(step, scheme, problems)
    for paper in rule.papers:
        binder.expect(paper.condition, scene, Type.TRUTH)
        binder.expect_message(paper.title, scene)
    _check_handed_over(rule, scheme, problems)


def _check_workbook(rule: CadreRule, scheme: Scheme, problems: Problems) -> None:
    book = scheme.bureau.get(rule.workbook)
    if book is None or not book.private:
        known = [one.name for one in scheme.private_workbooks]
        what = f"没有写明“专存”的簿“{rule.workbook}”"
        problems.unknown(rule.place.of("簿"), rule.workbook, what, suggest(rule.workbook, known))
        return
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for name, needed in REQUIRED.items():
        if name not in sheets:
            problems.add(book.place, f"簿“{book.name}”缺表“{name}”", "请补上，干部考察要用")
            continue
        lacking = [field for field in needed if field not in sheets[name].by_name]
        if lacking:
            problems.add(sheets[name].place, f"表“{name}”缺字段{'、'.join(lacking)}", "请补上，干部考察要用")


def _check_parameters(rule: CadreRule, scheme: Scheme, problems: Problems) -> None:
    """Note the parameters that the program asks by name and that are missing or hold something else."""
    for kind, names in PARAMETERS.items():
        for name in names:
            given = scheme.parameters.get(name)
            if given is None:
                problems.add(rule.place, f"缺参数“{name}”", "请在“参数”里补上，干部考察要用")
            elif not isinstance(given.value, kind):
                problems.add(given.place.of("值"), f"参数“{name}”应是{_HELD[kind]}", "请改正")


_HELD = {Decimal: "数", str: "文字", tuple: "列表"}


def _check_step(step: CadreStep, scheme: Scheme, problems: Problems) -> None:
    for word, named in (("日期", (step.day,)), ("文号", (step.document,)), ("还要", step.needs)):
        for one in filter(None, named):
            sheet, _, name = one.partition(".")
            field = scheme.sheets[sheet].by_name.get(name) if sheet in scheme.private_sheets else None
            if field is None:
                problems.unknown(step.place.of(word), one, f"没有考察簿的字段“{one}”", "请写 表.字段")
            elif word == "日期" and field.holds is not FieldKind.DATE:
                problems.add(step.place.of(word), f"“{one}”不是日期", "请写 日期 类型的字段")


def _check_handed_over(rule: CadreRule, scheme: Scheme, problems: Problems) -> None:
    over = rule.handed_over
    if over is None:
        return
    sheet = scheme.sheets.get(over.sheet)
    if sheet is None or sheet.of_school or sheet.name in scheme.private_sheets:
        problems.unknown(over.place.of("表"), over.sheet, f"没有局端表“{over.sheet}”", "请核对 交数")
        return
    for word, name in (("名称", over.name), ("值", over.value)):
        if name not in sheet.by_name:
            what = f"表“{sheet.name}”没有字段“{name}”"
            problems.unknown(over.place.of(word), name, what, suggest(name, list(sheet.by_name)))


def _check_apart(scheme: Scheme, problems: Problems) -> None:
    """Note what would carry facts about a candidate out of the workbook, and what would ask for facts not there."""
    private = scheme.private_sheets
    public = scheme.sheets.keys() - private
    for figure in scheme.figures.values():
        _refuse(figure, public if figure.sheet in private else private, problems)
    for rule in scheme.rules.values():
        for clause in rule.whole_clauses():
            of_cadres = clause.scope is Scope.CADRE
            if of_cadres and clause.sheet and clause.sheet not in private:
                problems.add(
                    clause.place, f"规则“{rule.code}”的范围是考察，“{clause.sheet}”不是考察簿的表", "请核对表或范围"
                )
            _refuse(clause, public if of_cadres else private, problems)
            if not of_cadres and clause.sheet in private:
                problems.add(clause.place, f"规则“{rule.code}”查的是考察簿的表“{clause.sheet}”", "请写 范围: 考察")
    sheets = (sheet for sheet in scheme.sheets.values() if sheet.name not in private)
    others: tuple[Any, ...] = (scheme.heading, *scheme.tables.values(), *sheets, *scheme.lists.values())
    for declared in (*others, *scheme.papers.values(), scheme.rating, *scheme.seal_totals):
        _refuse(declared, private, problems)


def _refuse(declared: Any, barred: frozenset[str] | set[str], problems: Problems) -> None:
    """Note where a declaration names one of the barred sheets, in an expression or as its sheet."""
    for place, name in _named(declared):
        if name in barred:
            problems.add(place, f"这里用不了表“{name}”", "干部考察的表只能用于考察范围的规则和表是它们的计数")


def _named(declared: Any) -> Iterator[tuple[Place, str]]:
    """Go through the places of a declaration that name sheets, with the names."""
    if isinstance(declared, Expression):
        yield from ((declared.place, name) for name in _names(declared.text))
    elif isinstance(declared, Mapping):
        yield from _named(tuple(declared.values()))
    elif isinstance(declared, tuple):
        yield from (found for one in declared for found in _named(one))
    elif is_dataclass(declared) and not isinstance(declared, Place):
        yield from _named_as_sheet(declared)
        yield from _named(tuple(getattr(declared, one.name) for one in fields(declared)))


def _named_as_sheet(declared: Any) -> Iterator[tuple[Place, str]]:
    """Go through what a declaration names as its sheet or source; figures and rules are asked for theirs apart."""
    if not isinstance(declared, FigureRule | Rule | Clause):
        for name in (getattr(declared, "sheet", ""), getattr(declared, "source", "")):
            if isinstance(name, str) and name:
                yield declared.place, name


def _names(text: str) -> frozenset[str]:
    """Return the names in an expression, or in the braces of a message; what does not parse is noted elsewhere."""
    trees: list[ast.expr]
    try:
        trees = [parse(text)]
    except ExpressionError:
        try:
            trees = [segment.tree for segment in parse_message(text) if segment.tree is not None]
        except ExpressionError:
            trees = []
    return frozenset(node.id for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name))
