"""Checks the rules of a scheme: scope, sheet, fields, condition, message, where they point."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Protocol

from pbreports import findings
from pbreports.scheme.declare import Expression, Place, Problems, suggest
from pbreports.scheme.language import Scene, Type, Vocabulary
from pbreports.scheme.language.types import type_of_field
from pbreports.scheme.model import Clause, Field, FieldSelector, Rule, Scheme, Scope, Sheet
from pbreports.scheme.papers import vocabulary_of_papers
from pbreports.scheme.vocabulary import INDICATORS

MARKS = {"限名": "nameless", "计划": "plan", "个人": "personal", "锁定": "locked", "必填": "required"}
"""The words by which a rule chooses fields, and the attribute each stands for."""


_WHOLE = (Scope.DISTRICT, Scope.PAPER, Scope.CADRE)
"""The scopes whose rules see all rows, not those of one unit."""

_ALMOST = 0.7
"""How alike two names of four signs are that differ in one."""


class Expectations(Protocol):
    """Something that notes expressions which do not bind."""

    vocabulary: Vocabulary

    def expect(self, expression: Expression | None, scene: Scene, wanted: Type | None = None) -> None:
        """Note an expression that does not bind to the wanted type."""

    def expect_message(self, message: Expression | None, scene: Scene) -> None:
        """Note a message whose braces do not bind."""


def check_rules(scheme: Scheme, expressions: Expectations, problems: Problems) -> None:
    """Note every rule that cannot be evaluated."""
    of_papers = vocabulary_of_papers(scheme, expressions.vocabulary)
    for rule in scheme.rules.values():
        if rule.scope is Scope.READING:
            _check_reading(rule, problems)
            continue
        for clause in rule.whole_clauses():
            vocabulary = of_papers if clause.scope is Scope.PAPER else expressions.vocabulary
            _check_clause(rule, clause, scheme, expressions, vocabulary, problems)


def _check_reading(rule: Rule, problems: Problems) -> None:
    if rule.code not in findings.CATALOGUE:
        remedy = suggest(rule.code, sorted(findings.CATALOGUE))
        problems.add(rule.place.of("码"), f"程序读取时没有编码“{rule.code}”", remedy)
    if rule.condition or rule.clauses:
        problems.add(rule.place, f"规则“{rule.code}”由读取环节判断，不要写条件", "请删去条件，或改 范围")


def _check_clause(
    rule: Rule,
    clause: Clause,
    scheme: Scheme,
    expressions: Expectations,
    vocabulary: Vocabulary,
    problems: Problems,
) -> None:
    for word, given in (("条件", clause.condition), ("消息", clause.message)):
        if given is None and not (clause.place.writes(word) or rule.place.writes(word)):
            problems.add(clause.place, f"规则“{rule.code}”缺“{word}”", "请补上")
    if clause.scope is Scope.FIELD and clause.fields:
        _check_selector(clause.fields, scheme, problems)
    _check_papers(rule, clause, scheme, problems)
    if _sheet_is_wrong(rule, clause, scheme, vocabulary, problems):
        return
    for scene in scenes_of(clause, scheme, vocabulary):
        expressions.expect(clause.applies, scene, Type.TRUTH)
        expressions.expect(clause.condition, scene, Type.TRUTH)
        expressions.expect_message(clause.message, scene)
    for pointer in clause.points_at:
        _check_pointer(pointer, clause, vocabulary, problems)


def _check_papers(rule: Rule, clause: Clause, scheme: Scheme, problems: Problems) -> None:
    """Note papers that are spelt almost as a declared one: a rule on them would never be asked.

    Others may be missing, so that a district that does not issue a paper need not touch the rules on it.
    """
    place = (clause if clause.place.writes("文书") else rule).place
    if clause.papers and clause.scope not in (Scope.PAPER, Scope.DISTRICT):
        problems.add(place.of("文书"), f"规则“{rule.code}”的范围不是文书、全区，不要写“文书”", "请删去，或改 范围")
        return
    for name in clause.papers:
        if name not in scheme.papers and difflib.get_close_matches(name, scheme.papers, n=1, cutoff=_ALMOST):
            remedy = suggest(name, list(scheme.papers))
            problems.unknown(place.of("文书"), name, f"没有叫“{name}”的文书", remedy)


def _sheet_is_wrong(rule: Rule, clause: Clause, scheme: Scheme, vocabulary: Vocabulary, problems: Problems) -> bool:
    if clause.scope is Scope.FIELD:
        if clause.fields is None or not any(selected(clause.fields, scheme)):
            problems.add(
                clause.place.of("字段"), f"规则“{rule.code}”没有选中任何字段", "请写 字段: {类型: …} 或 {列: [表.字段]}"
            )
            return True
        return False
    of_district = clause.scope in _WHOLE
    known = [*vocabulary.tables] if of_district else [*scheme.sheets, INDICATORS]
    if clause.sheet and clause.sheet not in known:
        what, remedy = f"规则“{rule.code}”的表“{clause.sheet}”不存在", suggest(clause.sheet, known)
        problems.unknown(clause.place.of("表"), clause.sheet, what, remedy)
        return True
    if not clause.sheet and clause.scope in (Scope.ROW, Scope.SHEET, Scope.CADRE):
        problems.add(clause.place, f"规则“{rule.code}”的范围是{clause.scope.value}，缺“表”", "请补上")
        return True
    return False


def _check_selector(selector: FieldSelector, scheme: Scheme, problems: Problems) -> None:
    """Note the words by which a rule would choose fields and chooses none."""
    columns = [f"{sheet.name}.{field.name}" for sheet in scheme.school_sheets for field in sheet.fields]
    sheets = [sheet.name for sheet in scheme.school_sheets]
    given = (
        ("标记", selector.marks, list(MARKS)),
        ("除标记", selector.except_marks, list(MARKS)),
        ("列", selector.columns, columns),
        ("表", selector.sheets, sheets),
    )
    for key, words, known in given:
        for word in words:
            if word not in known:
                place = selector.place.of(key)
                problems.unknown(place, word.partition(".")[0], f"没有{key}“{word}”", suggest(word, known))


def scenes_of(clause: Clause, scheme: Scheme, vocabulary: Vocabulary) -> Iterator[Scene]:
    """Return every scene a clause is evaluated in: one, or one for each field it looks at."""
    if clause.scope is Scope.FIELD:
        for sheet, field in selected(clause.fields or FieldSelector(), scheme):
            yield Scene(vocabulary, sheet.name, value=type_of_field(field))
        return
    on_row = clause.scope is not Scope.SHEET
    figures = clause.scope in (Scope.DISTRICT, Scope.PAPER)
    yield Scene(vocabulary, clause.sheet if on_row else "", district=clause.scope in _WHOLE, figures=figures)


def selected(selector: FieldSelector, scheme: Scheme) -> Iterator[tuple[Sheet, Field]]:
    """Return the school sheets' fields that a rule of scope 字段 looks at."""
    for sheet in scheme.school_sheets:
        if selector.sheets and sheet.name not in selector.sheets:
            continue
        for field in sheet.fields:
            if _is_selected(selector, sheet, field):
                yield sheet, field


def _is_selected(selector: FieldSelector, sheet: Sheet, field: Field) -> bool:
    if selector.columns and f"{sheet.name}.{field.name}" not in selector.columns:
        return False
    if selector.kinds and field.kind not in selector.kinds:
        return False
    if any(_has(field, mark) for mark in selector.except_marks):
        return False
    return all(_has(field, mark) for mark in selector.marks)


def _has(field: Field, mark: str) -> bool:
    return bool(getattr(field, MARKS.get(mark, ""), False))


def _check_pointer(pointer: str, clause: Clause, vocabulary: Vocabulary, problems: Problems) -> None:
    sheet, _, field = pointer.rpartition(".")
    name = sheet or clause.sheet
    if not name or name == INDICATORS:
        return
    found = vocabulary.tables.get(name)
    if found is None or field not in found.fields:
        known = list(found.fields if found else vocabulary.tables)
        _note_pointer(pointer, clause.place, known, problems)


def _note_pointer(pointer: str, place: Place, known: list[str], problems: Problems) -> None:
    problems.unknown(place.of("定位"), pointer.rpartition(".")[2], f"定位“{pointer}”不存在", suggest(pointer, known))
