"""Every rule's verdict on every record: the columns that say where a clause is broken, and lines that sum them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pbreports.excel.selfcheck import calls, comparing, rows
from pbreports.excel.selfcheck.places import DataSheet
from pbreports.excel.selfcheck.rows import position_of
from pbreports.excel.selfcheck.terms import ROW, Column, Inexpressible, Term, own
from pbreports.excel.selfcheck.translate import Translator
from pbreports.excel.selfcheck.world import ALONE, World
from pbreports.scheme.language import Scene, Type, names_in_order, parse
from pbreports.scheme.model import Clause, Rule, Scope
from pbreports.scheme.rulecheck import scenes_of, selected
from pbreports.values import Severity

TRANSLATIONS = (calls, comparing, rows)
"""The modules that teach the translator what it can translate."""

FIRST_LINE, FIRST_FIELD = f"$G{ROW}", f"$H{ROW}"
"""The cells of a line of the helper sheet that say in which record and field the first place is."""

OF_THE_DISTRICT = "要把全区各单位的数据放在一起核对"
OF_PAPERS = "文书定稿后核对"
OF_READING = "收到文件时检查文件本身"


@dataclass(frozen=True, slots=True)
class Line:
    """What one clause says of the whole workbook, as formulas: how many places, how many were looked at, the first.

    ``title`` is the sheet of the first place, ``address`` the formula of its address (empty: the sheet as a whole);
    it may name the cells ``FIRST_LINE`` and ``FIRST_FIELD``, which hold what ``first`` says.
    """

    code: str
    level: Severity
    count: str
    asked: str
    title: str
    address: str = ""
    first: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdicts:
    """What the rules come to: the lines, what marks which cell, and what the bureau has to check."""

    lines: list[Line] = field(default_factory=list)
    marks: dict[tuple[str, str], list[tuple[Severity, str]]] = field(default_factory=lambda: defaultdict(list))
    left: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def leave(self, code: str, reason: str) -> None:
        """Note why a clause of a rule is left to the bureau."""
        if reason not in self.left[code]:
            self.left[code].append(reason)


@dataclass(frozen=True, slots=True)
class Target:
    """One clause in one of its scenes: the sheet whose records it is asked of, the field it looks at, if any."""

    rule: Rule
    clause: Clause
    scene: Scene
    sheet: str
    field: str


def judge(world: World, verdicts: Verdicts) -> None:
    """Add the verdicts of all rules that are no rules of reading, nor of a workbook that no school sees."""
    for rule in world.scheme.rules.values():
        if rule.scope in (Scope.READING, Scope.CADRE):
            continue
        for clause in rule.whole_clauses():
            _judge_clause(world, rule, clause, verdicts)


def _judge_clause(world: World, rule: Rule, clause: Clause, verdicts: Verdicts) -> None:
    if clause.scope in (Scope.DISTRICT, Scope.PAPER):
        verdicts.leave(rule.code, OF_PAPERS if clause.scope is Scope.PAPER else OF_THE_DISTRICT)
        return
    for target in _targets(world, rule, clause):
        try:
            _judge(world, target, verdicts)
        except Inexpressible as cannot:
            verdicts.leave(rule.code, cannot.reason)


def _targets(world: World, rule: Rule, clause: Clause) -> Iterator[Target]:
    """Yield the scenes of a clause that this workbook has records for."""
    chosen = selected(clause.fields, world.scheme) if clause.scope is Scope.FIELD and clause.fields else ()
    places = [(sheet.name, one.name) for sheet, one in chosen] or [(clause.sheet, "")]
    for (sheet, name), scene in zip(places, scenes_of(clause, world.scheme, world.vocabulary), strict=True):
        declared = world.scheme.sheets.get(sheet)
        if declared is None or not declared.of_school or world.is_issued(sheet):
            yield Target(rule, clause, scene, sheet, name)


def _judge(world: World, target: Target, verdicts: Verdicts) -> None:
    here = _standing(world, target)
    verdict = _verdict(here, target)
    if verdict is None:
        return
    column = here.block.add(verdict, Type.NUMBER)
    title, address = _pointed(here, target, column, verdicts)
    verdicts.lines.append(line_of(target.rule.code, _level(target), column, title, address))


def _level(target: Target) -> Severity:
    assert target.clause.level is not None  # whole clauses have one
    return target.clause.level


def line_of(code: str, level: Severity, column: Column, title: str, address: str) -> Line:
    """Return the line of a column of verdicts: 1 broken, 0 kept."""
    return Line(code, level, f"COUNTIF({column.range},1)", f"COUNT({column.range})", title, address)


def _standing(world: World, target: Target) -> Translator:
    sheet = ALONE if target.clause.scope is Scope.SHEET else target.sheet
    value = own(world.column(target.sheet, target.field)) if target.field else None
    return Translator(world, target.scene, world.block(sheet), value=value)


def _verdict(here: Translator, target: Target) -> str | None:
    """Return the formula that is 1 where the clause is broken, 0 where kept, else ''; ``None``: it never applies."""
    clause = target.clause
    assert clause.condition is not None  # the loader has checked
    applies = here.term(parse(clause.applies.text)) if clause.applies else None
    condition = here.term(parse(clause.condition.text))
    if applies is not None and applies.fixed and applies.value is not True:
        return None
    judged = f'CHOOSE({condition.text}*2+1,1,"",0)'
    if applies is not None and not applies.fixed:
        judged = f'IF({applies.text}=1,{judged},"")'
    return f'IF({_guard(here, target)},{judged},"")'


def _guard(here: Translator, target: Target) -> str:
    if here.value is not None:
        return f'{here.value.cell}<>""'
    if target.clause.scope is Scope.SHEET:
        records = here.world.block(target.sheet).records
        return f"COUNTIF({records.range},1)>0"
    return f"$B{ROW}=1"


def _pointed(here: Translator, target: Target, column: Column, verdicts: Verdicts) -> tuple[str, str]:
    """Mark the cells that a broken clause points at; return sheet and address of the first."""
    pointer = next(iter(_pointers(target, here.scene)), "")
    sheet, _, name = pointer.rpartition(".")
    sheet = sheet or target.sheet
    data = here.world.data.get(sheet)
    if data is None or not data.count:
        return (data.sheet.title if data else ""), ""
    number = f"MATCH(1,{column.range},0)"
    if sheet == target.scene.sheet:
        mark = f"{column.here}=1"
    else:
        there = position_of(here, sheet)
        mark = f"SUMPRODUCT(({column.range}=1)*({there.range}=$A{ROW}))>0"
        number = f"INDEX({there.range},{number})"
    if name in {one.name for one in data.sheet.shown}:
        verdicts.marks[sheet, name].append((_level(target), mark))
    return data.sheet.title, address_of(data, name, number)


def _pointers(target: Target, scene: Scene) -> Sequence[str]:
    clause = target.clause
    if clause.points_at:
        return clause.points_at
    if target.field:
        return (target.field,)
    assert clause.condition is not None  # the loader has checked
    here = scene.fields()
    return [name for name in names_in_order(parse(clause.condition.text)) if name in here][:1]


def address_of(data: DataSheet, name: str, number: str) -> str:
    """Return the formula of the address of a field (the first one shown, if it is not) of the record of a number."""
    shown = {one.name for one in data.sheet.shown}
    area = data.range(name if name in shown else data.sheet.shown[0].name)
    cell = f"INDEX({area},{number})" if data.count > 1 else area
    return f"ADDRESS(ROW({cell}),COLUMN({cell}),4)"


def required_term(world: World, sheet: str, text: str) -> Term:
    """Return the term of the condition under which a field of a sheet must be filled."""
    return Translator(world, Scene(world.vocabulary, sheet), world.block(sheet)).term(parse(text))
