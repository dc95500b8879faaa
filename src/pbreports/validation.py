"""Submission and scheme to findings: the rules of the year, compiled once and applied to workbooks and the district.

A rule whose condition is blank for a row (an operand is not filled in) neither holds nor fails there.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, bind_message, names_in_order, parse
from pbreports.scheme.language.bind import Run, linked_rows
from pbreports.scheme.language.syntax import parse_message
from pbreports.scheme.model import Clause, Rule, Scheme, Scope
from pbreports.scheme.rulecheck import scenes_of, selected
from pbreports.values import CellRef, Finding, Record, Severity, Submission

Place = Callable[[Frame, Record | None], CellRef | None]
"""Gives the cell a finding points at, ``None`` when there is none."""


@dataclass(frozen=True, slots=True)
class Check:
    """One compiled clause of a rule over the rows of one sheet, or over none.

    ``rows`` gives the records it is evaluated on (``None``: once, on none). ``field`` is set for rules on
    single fields: the check then runs where the field is filled in.
    """

    code: str
    severity: Severity
    scope: Scope
    sheet: str
    rows: Run | None
    field: str
    applies: Run | None
    condition: Run
    message: Callable[[Frame], str]
    remedy: str
    places: tuple[Place, ...]
    personal: bool

    def broken(self, frame: Frame) -> bool:
        """Whether the clause applies in the frame and does not hold."""
        if self.applies and self.applies(frame) is not True:
            return False
        return self.condition(frame) is False


@dataclass(frozen=True)
class RuleBook:
    """The compiled rules of a scheme, by where they look."""

    workbook: tuple[Check, ...]
    district: tuple[Check, ...]
    papers: tuple[Check, ...]


def compile_rules(scheme: Scheme, vocabulary: Vocabulary) -> RuleBook:
    """Return the scheme's rules, compiled."""
    checks = [check for rule in scheme.rules.values() for check in _checks(rule, scheme, vocabulary)]
    return RuleBook(
        tuple(check for check in checks if check.scope not in (Scope.DISTRICT, Scope.PAPER)),
        tuple(check for check in checks if check.scope is Scope.DISTRICT),
        tuple(check for check in checks if check.scope is Scope.PAPER),
    )


def _checks(rule: Rule, scheme: Scheme, vocabulary: Vocabulary) -> Iterator[Check]:
    if rule.scope is Scope.READING:
        return
    for clause in rule.whole_clauses():
        fields = selected(clause.fields, scheme) if clause.scope is Scope.FIELD and clause.fields else ()
        targets = [(sheet.name, field.name) for sheet, field in fields] or [(clause.sheet, "")]
        for (sheet, field), scene in zip(targets, scenes_of(clause, scheme, vocabulary), strict=True):
            yield _compile(rule, clause, sheet, field, scene)


def _compile(rule: Rule, clause: Clause, sheet: str, field: str, scene: Scene) -> Check:
    assert clause.condition
    assert clause.message
    assert clause.level
    assert clause.scope
    return Check(
        code=rule.code,
        severity=clause.level,
        scope=clause.scope,
        sheet=sheet,
        rows=_rows(sheet, clause.scope, scene),
        field=field,
        applies=bind(clause.applies.text, scene, Type.TRUTH).run if clause.applies else None,
        condition=bind(clause.condition.text, scene, Type.TRUTH).run,
        message=bind_message(clause.message.text, scene),
        remedy=clause.remedy,
        places=tuple(_place(pointer, scene) for pointer in _pointers(clause, field, scene)),
        personal=_names_people(clause.message.text, field, scene),
    )


def _names_people(message: str, field: str, scene: Scene) -> bool:
    """Whether a message says what a personal field holds."""
    tables = scene.vocabulary.tables
    here = tables[scene.sheet].personal if scene.sheet else frozenset[str]()
    trees = [segment.tree for segment in parse_message(message) if segment.tree is not None]
    for node in (one for tree in trees for one in ast.walk(tree)):
        if isinstance(node, ast.Name) and (field if node.id == "值" else node.id) in here:
            return True
        if isinstance(node, ast.Attribute) and node.attr in tables[ast.unparse(node.value)].personal:
            return True
    return False


def _rows(sheet: str, scope: Scope, scene: Scene) -> Run | None:
    """Return the function giving a check's records: the unit's own, or the whole district's."""
    if not sheet or scope is Scope.SHEET:
        return None
    return linked_rows(sheet, Scene(scene.vocabulary, district=scene.district))


def _pointers(clause: Clause, field: str, scene: Scene) -> Sequence[str]:
    if clause.points_at:
        return clause.points_at
    if field or clause.condition is None:
        return (field,)
    here = scene.fields()
    return [name for name in names_in_order(parse(clause.condition.text)) if name in here][:1]


def _place(pointer: str, scene: Scene) -> Place:
    sheet, _, name = pointer.rpartition(".")
    if not sheet or sheet == scene.sheet:
        return lambda frame, record: record.cell(name) if record else None
    rows = linked_rows(sheet, scene)

    def place(frame: Frame, _: Record | None) -> CellRef | None:
        found = rows(frame)
        return found[0].cell(name) if found else None

    return place


def check_submission(
    book: RuleBook, submission: Submission, background: Facts, names: Mapping[str, Any]
) -> tuple[Finding, ...]:
    """Return what the rules find in one workbook.

    ``background`` holds the bureau's records and the constant tables, ``names`` the fixed names of the period
    with 本单位代码 and 本单位种类. Computed fields must be filled in already.
    """
    records = {name: data.records for name, data in submission.sheets.items()}
    frame = Frame(Facts(records, background), names, unit=submission.unit)
    home = CellRef(submission.file)
    found: list[Finding] = []
    for check in book.workbook:
        if check.scope is Scope.SHEET and not submission.records(check.sheet):
            continue
        found += _apply(check, frame, home, submission.unit)
    return tuple(found)


def check_district(book: RuleBook, facts: Facts, names: Mapping[str, Any], home: CellRef) -> tuple[Finding, ...]:
    """Return what the rules over the whole district find; ``home`` is the place of those without a cell."""
    frame = Frame(facts, names)
    found: list[Finding] = []
    for check in book.district:
        found += _apply(check, frame, home, "")
    return tuple(found)


def _apply(check: Check, frame: Frame, home: CellRef, unit: str) -> Iterator[Finding]:
    records: Iterable[Record | None] = check.rows(frame) if check.rows else (None,)
    for record in records:
        here = _standing(check, frame, record)
        if here is not None and check.broken(here):
            whole = record.cell("") if record and record.cells else home
            where = next((one for one in (place(here, record) for place in check.places) if one), whole)
            owner = unit or (record.unit if record else "")
            message = check.message(here)
            yield Finding(check.code, check.severity, where, message, check.remedy, owner, personal=check.personal)


def _standing(check: Check, frame: Frame, record: Record | None) -> Frame | None:
    """Return the frame standing at a record; ``None`` where the field the check looks at is blank."""
    if record is None:
        return frame
    if not check.field:
        return frame.at(record.values)
    value = record.values.get(check.field)
    return None if value is None else frame.at(record.values, value)
