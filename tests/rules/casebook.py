"""The cases of the rules: read from ``cases/*.yaml``, made into records, run through the year's own rules.

A case names the records a workbook (or the district) holds and what one rule must find in them::

    V-M01:
    - 名称: 少报一名预备党员
      命中: 1
      报表: {党员队伍情况: [{党组织代码: P1, 正式党员: 3, 预备党员: 0, 期末党员总数: 4}]}
      消息: 正式3+预备0≠党员总数4。

``报表`` holds the sheets of one workbook, ``单位`` whose it is; ``各校`` the sheets of several (rules of scope 全区);
``局端`` the bureau's sheets; ``派生`` tables that the program makes (results of the rating, named lists, 公文, 文书数字);
``文书`` the paper that a rule of scope 文书 is asked of and ``题名`` its title; ``数字`` figures by name; ``参数`` fixed names that differ from the scheme's. ``消息`` is
one text that every finding has, or a list in order; ``级别`` and ``单元格`` are looked at where they are given. All values are
texts that the field's kind converts; the computed fields are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.computed import ComputedField, compute, computed_fields
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Type, Vocabulary
from pbreports.scheme.model import Clause, Field, FieldKind, Rule, Scope, Sheet
from pbreports.scheme.papers import TITLE, vocabulary_of_papers
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import INDICATORS, vocabulary_of
from pbreports.validation import RuleBook, check_cadres, check_district, check_paper, check_submission, compile_rules
from pbreports.values import CellRef, Finding, Record, Scalar, SheetData, SheetState, Submission, YearMonth

CASES = Path(__file__).parent / "cases"
HOME = CellRef("全区")
_BLANKS = ("", "~", "null")
_WORDS = frozenset("名称 命中 报表 单位 局端 派生 文书 题名 各校 数字 参数 消息 级别 单元格".split())

Rows = Mapping[str, Sequence[Mapping[str, str]]]
"""The rows of several sheets as a case gives them: texts by field."""


@dataclass(frozen=True)
class Case:
    """One case: the records, and what its rule must find in them."""

    code: str
    name: str
    hits: int
    unit: str
    kind: str
    sheets: Rows
    bureau: Rows
    schools: Mapping[str, Rows]
    figures: Mapping[str, str]
    fixed: Mapping[str, Any]
    messages: tuple[str, ...]
    level: str
    cell: str
    derived: Rows
    paper: str
    title: str

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"


def all_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """Return the cases of every file of a folder."""
    return tuple(case for path in sorted(folder.glob("*.yaml")) for case in _cases_of(path))


def _cases_of(path: Path) -> Iterator[Case]:
    given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    for code, cases in given.items():
        for one in cases:
            unknown = set(one) - _WORDS
            assert not unknown, f"{path.name} {code}：不认识 {'、'.join(unknown)}"
            yield _case(code, one)


def _case(code: str, given: Mapping[str, Any]) -> Case:
    hits = int(given["命中"])
    said = given.get("消息", ())
    unit = given.get("单位", {})
    return Case(
        code=code,
        name=given["名称"],
        hits=hits,
        unit=unit.get("代码", "S01"),
        kind=unit.get("种类", "独立"),
        sheets=given.get("报表", {}),
        bureau=given.get("局端", {}),
        schools=given.get("各校", {}),
        figures=given.get("数字", {}),
        fixed=given.get("参数", {}),
        messages=(said,) * hits if isinstance(said, str) else tuple(said),
        level=given.get("级别", ""),
        cell=given.get("单元格", ""),
        derived=given.get("派生", {}),
        paper=given.get("文书", ""),
        title=given.get("题名", ""),
    )


@dataclass(frozen=True, repr=False)
class RulesOfYear:
    """A year's scheme with what the rules need, compiled once."""

    scheme: Scheme

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the scheme's expressions may name."""
        return vocabulary_of(self.scheme)

    @cached_property
    def paper_vocabulary(self) -> Vocabulary:
        """What the expressions of rules on papers may name."""
        return vocabulary_of_papers(self.scheme, self.vocabulary)

    @cached_property
    def computed(self) -> tuple[ComputedField, ...]:
        """The computed fields, compiled."""
        return computed_fields(self.scheme, self.vocabulary)

    @cached_property
    def constants(self) -> Mapping[str, tuple[Record, ...]]:
        """The constant tables."""
        return constant_records(self.scheme)

    def clauses(self, code: str) -> tuple[Clause, ...]:
        """Return the clauses of a rule."""
        return self.scheme.rules[code].whole_clauses()

    def run(self, case: Case, clause: int | None = None, *, turned: bool = False) -> tuple[Finding, ...]:
        """Return what the case's rule finds in its records.

        ``clause`` chooses one of the rule's clauses. ``turned`` asks the opposite of its condition: what is found
        then is where the clause applies and holds.
        """
        book = self._book(case.code, clause, turned=turned)
        bureau = Facts({**self.constants, **self._bureau(case)})
        if book.cadre:
            return check_cadres(book, bureau, self._names(case), HOME)
        if book.papers and (case.paper or not book.district):
            return self._on_paper(case, book, bureau)
        if book.district:
            return self._over_district(case, book, bureau)
        return self._in_workbook(case, book, bureau)

    def _book(self, code: str, clause: int | None, *, turned: bool) -> RuleBook:
        """Return the rule compiled: whole, or one clause of it as written or turned round."""
        if clause is None:
            return _only(code, self._whole)
        return _only(_key(code, clause, turned=turned), self._apart)

    @cached_property
    def _whole(self) -> RuleBook:
        """The rules as they stand."""
        return compile_rules(self.scheme, self.vocabulary)

    @cached_property
    def _apart(self) -> RuleBook:
        """Every clause of every rule as a rule of its own, and once more turned round."""
        clauses = {
            _key(code, number, turned=turned): _alone(rule, clause, turned=turned)
            for code, rule in self.scheme.rules.items()
            if rule.scope is not Scope.READING
            for number, clause in enumerate(self.clauses(code))
            for turned in (False, True)
        }
        rules = {key: replace(rule, code=key) for key, rule in clauses.items()}
        return compile_rules(replace(self.scheme, rules=rules), self.vocabulary)

    def _in_workbook(self, case: Case, book: RuleBook, bureau: Facts) -> tuple[Finding, ...]:
        names = {**self._names(case), "本单位代码": case.unit, "本单位种类": case.kind}
        raw = self._records(case.sheets, case.unit)
        filled = compute(self.computed, raw, self._names(case), bureau, case.unit)
        sheets = {name: SheetData(name, SheetState.FILLED, rows) for name, rows in filled.items()}
        period = self.scheme.period().name
        submission = Submission(f"{case.unit}.xlsx", "", case.unit, period, self.scheme.heading.version, sheets)
        return check_submission(book, submission, bureau, names)

    def _over_district(self, case: Case, book: RuleBook, bureau: Facts) -> tuple[Finding, ...]:
        gathered: dict[str, tuple[Record, ...]] = {}
        for unit, given in case.schools.items():
            filled = compute(self.computed, self._records(given, unit), self._names(case), bureau, unit)
            for name, rows in filled.items():
                gathered[name] = gathered.get(name, ()) + rows
        figures = {name: Decimal(value) for name, value in case.figures.items()}
        facts = Facts({**gathered, **self._made(case)}, bureau)
        return check_district(book, facts, {**self._names(case), **figures}, HOME)

    def _on_paper(self, case: Case, book: RuleBook, bureau: Facts) -> tuple[Finding, ...]:
        figures = {name: Decimal(value) for name, value in case.figures.items()}
        names = {**self._names(case), **figures, TITLE: case.title}
        return check_paper(book, case.paper, Facts(self._made(case), bureau), names, HOME)

    def _made(self, case: Case) -> dict[str, tuple[Record, ...]]:
        """Return the tables that the program makes."""
        return {name: tuple(self._derived(name, row) for row in rows) for name, rows in case.derived.items()}

    def _derived(self, name: str, row: Mapping[str, str]) -> Record:
        """Return a row of a table that the program makes, its texts as values of the columns' types."""
        fields = self.paper_vocabulary.tables[name].fields
        values = {column: None if text in _BLANKS else _typed(fields[column], text) for column, text in row.items()}
        return Record(name, "", values, {column: column for column in values}, "", name)

    def _of_unit(self, record: Record) -> Record:
        """Return a school's record as the intake gives it: with its unit's code."""
        if not record.unit:
            return record
        return replace(record, values={self.scheme.heading.roster.code: record.unit, **record.values})

    def _bureau(self, case: Case) -> dict[str, tuple[Record, ...]]:
        raw = self._records({name: rows for name, rows in case.bureau.items() if name in self.scheme.sheets}, "")
        others = {name: tuple(map(_outsider, rows)) for name, rows in case.bureau.items() if name == INDICATORS}
        return {**compute(self.computed, raw, self._names(case), Facts(self.constants)), **others}

    def _records(self, given: Rows, unit: str) -> dict[str, tuple[Record, ...]]:
        file = f"{unit or '局端'}.xlsx"
        return {
            name: tuple(self._of_unit(_record(self.scheme.sheets[name], row, unit, file)) for row in rows)
            for name, rows in given.items()
        }

    def _names(self, case: Case) -> dict[str, Any]:
        names = self.scheme.fixed_names(self.scheme.period())
        for name, text in case.fixed.items():
            names[name] = _like(names[name], text)
        return names


def _key(code: str, clause: int, *, turned: bool) -> str:
    return f"{code}/{clause}/{'不' * turned}"


def _only(code: str, book: RuleBook) -> RuleBook:
    """Return the rules of a code."""
    given = (book.workbook, book.district, book.papers, book.cadre)
    workbook, district, papers, cadre = (tuple(check for check in checks if check.code == code) for checks in given)
    return replace(book, workbook=workbook, district=district, papers=papers, cadre=cadre)


def _alone(rule: Rule, clause: Clause, *, turned: bool) -> Rule:
    assert clause.condition is not None  # the loader has checked
    if turned:
        clause = replace(clause, condition=Expression(f"not ({clause.condition.text})", clause.condition.place))
    return replace(rule, clauses=(clause,))


def _record(sheet: Sheet, row: Mapping[str, str], unit: str, file: str) -> Record:
    values = {name: _value(sheet, name, text) for name, text in row.items()}
    return Record(sheet.name, unit, values, {one.name: one.name for one in sheet.fields}, file, sheet.name)


def _value(sheet: Sheet, name: str, text: str) -> Scalar:
    one = sheet.by_name.get(name)
    assert one is not None, f"表“{sheet.name}”没有字段“{name}”"
    assert not one.computed, f"“{sheet.name}.{name}”由程序计算，不要在用例里写"
    return None if text in _BLANKS else converted(one, text)


def converted(one: Field, text: str) -> Scalar:
    """Return a text of a case as a value of the field's kind."""
    if one.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return Decimal(text)
    if one.kind is FieldKind.DATE:
        return date.fromisoformat(text)
    if one.kind is FieldKind.MONTH:
        return YearMonth(*map(int, text.split("-")))
    if one.kind is FieldKind.YES_NO:
        return {"是": True, "否": False}[text]
    assert one.kind is not FieldKind.CHOICE or text in one.options, f"“{one.name}”没有选项“{text}”"
    return text


_TYPED: Mapping[Type, Callable[[str], Scalar]] = {
    Type.NUMBER: Decimal,
    Type.TEXT: str,
    Type.DATE: date.fromisoformat,
    Type.TRUTH: lambda text: {"是": True, "否": False}[text],
}


def _typed(kind: Type, text: str) -> Scalar:
    return _TYPED[kind](text)


def _outsider(row: Mapping[str, str]) -> Record:
    """Return a row of the table of figures, which no sheet declares: a name, the rest numbers."""
    values = {
        name: text if name == "名称" else None if text in _BLANKS else Decimal(text) for name, text in row.items()
    }
    return Record(INDICATORS, "", values, {}, "全区", INDICATORS)


def _like(known: Any, given: Any) -> Any:
    """Return what a case gives for a fixed name as a value of the same kind."""
    if isinstance(known, tuple):
        return tuple(_like(known[0], one) for one in given)
    if isinstance(known, Decimal):
        return Decimal(given)
    return date.fromisoformat(given) if isinstance(known, date) else given


@lru_cache(maxsize=1)
def year_of_rules(folder: Path) -> RulesOfYear:
    """Return the rules of the scheme in a folder, loaded once."""
    return RulesOfYear(load_scheme(folder))


def of_scope(rules: Iterable[Rule], *scopes: Scope) -> frozenset[str]:
    """Return the codes of the rules of some scopes."""
    return frozenset(rule.code for rule in rules if rule.scope in scopes)
