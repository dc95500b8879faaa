"""The rules of a scheme, compiled once: what each is asked of, what it reads, what it says, where it points."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pbreports.scheme.language import Frame, Scene, Type, Vocabulary, bind, bind_message, names_in_order, parse
from pbreports.scheme.language.bind import Run, linked_rows
from pbreports.scheme.language.syntax import parse_message
from pbreports.scheme.model import Clause, Rule, Scheme, Scope, Sheet
from pbreports.scheme.papers import vocabulary_of_papers
from pbreports.scheme.rulecheck import scenes_of, selected
from pbreports.validation.cascades import Register, registers_of
from pbreports.validation.reads import Reads, Tracer
from pbreports.values import CellRef, Record, Severity

Place = Callable[[Frame, Record | None], CellRef | None]
"""Gives the cell a finding points at, ``None`` when there is none."""


@dataclass(frozen=True, slots=True)
class Check:
    """One compiled clause of a rule over the rows of one sheet, or over none.

    ``rows`` gives the records it is evaluated on (``None``: once, on none). ``field`` is set for rules on
    single fields: the check then runs where the field is filled in. ``asked_of`` is the sheet as declared, ``None``
    for the table of figures and where there is no sheet. ``papers`` are those a rule on papers is asked of, none for all,
    and those before which a rule over the district is asked again, none for none.
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
    reads: Reads
    asked_of: Sheet | None
    papers: tuple[str, ...] = ()

    def broken(self, frame: Frame) -> bool:
        """Whether the clause applies in the frame and does not hold."""
        if self.applies and self.applies(frame) is not True:
            return False
        return self.condition(frame) is False


@dataclass(frozen=True)
class RuleBook:
    """The compiled rules of a scheme, by where they look; the fields that link sheets, and those that are registered."""

    workbook: tuple[Check, ...]
    district: tuple[Check, ...]
    papers: tuple[Check, ...]
    cadre: tuple[Check, ...] = ()
    links: frozenset[str] = frozenset()
    registers: tuple[Register, ...] = ()


def compile_rules(scheme: Scheme, vocabulary: Vocabulary) -> RuleBook:
    """Return the scheme's rules, compiled."""
    words = _Words(vocabulary, vocabulary_of_papers(scheme, vocabulary))
    tracer = Tracer(scheme, words.of_papers)
    checks = [check for rule in scheme.rules.values() for check in _checks(rule, scheme, words, tracer)]
    return RuleBook(
        tuple(check for check in checks if check.scope not in (Scope.DISTRICT, Scope.PAPER, Scope.CADRE)),
        tuple(check for check in checks if check.scope is Scope.DISTRICT),
        tuple(
            check for check in checks if check.scope is Scope.PAPER or (check.scope is Scope.DISTRICT and check.papers)
        ),
        tuple(check for check in checks if check.scope is Scope.CADRE),
        vocabulary.links | {vocabulary.unit_field},
        registers_of(scheme),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """What rules may name: those on papers more than the others."""

    usual: Vocabulary
    of_papers: Vocabulary

    def of(self, clause: Clause) -> Vocabulary:
        """Return what a clause may name."""
        return self.of_papers if clause.scope is Scope.PAPER else self.usual


def _checks(rule: Rule, scheme: Scheme, words: _Words, tracer: Tracer) -> Iterator[Check]:
    if rule.scope is Scope.READING:
        return
    for clause in rule.whole_clauses():
        fields = selected(clause.fields, scheme) if clause.scope is Scope.FIELD and clause.fields else ()
        targets = [(sheet.name, field.name) for sheet, field in fields] or [(clause.sheet, "")]
        for (sheet, field), scene in zip(targets, scenes_of(clause, scheme, words.of(clause)), strict=True):
            read = tracer.reads_of(_trees(clause), scene, sheet, field)
            yield _compile(rule, clause, field, scene, read, scheme.sheets.get(sheet), sheet)


def _trees(clause: Clause) -> list[ast.expr]:
    """Return everything a clause reads: where it applies, its condition, what its message says."""
    texts = [one.text for one in (clause.applies, clause.condition) if one]
    told = parse_message(clause.message.text) if clause.message else ()
    return [*map(parse, texts), *(segment.tree for segment in told if segment.tree is not None)]


def _compile(  # noqa: PLR0913, PLR0917
    rule: Rule, clause: Clause, field: str, scene: Scene, reads: Reads, asked_of: Sheet | None, sheet: str
) -> Check:
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
        personal=clause.scope is Scope.CADRE or _names_people(clause.message.text, field, scene),
        reads=reads,
        asked_of=asked_of,
        papers=clause.papers,
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
