"""The cases of the checks on candidacies: read from ``cases/*.yaml``, made into dossiers, examined.

A case names the rows of the inspection's workbook and what one code must say of them::

    K-10:
    - 名称: 起止颠倒
      命中: 1
      表: {候选人: [{候选人编号: C1, 姓名: 郑一鸣}], 简历: [{候选人编号: C1, 起始年月: 2010-08, 结束年月: 2009-07}]}
      消息: 郑一鸣（C1）的简历有一段从2010-08到2009-07，起止颠倒。

``日`` is the day of all ages (2020-05-31 unless told), ``参数`` parameters that differ from the scheme's, ``单元格`` the
place as ``表.字段``, ``级别`` the gravity, ``字数`` the length of the paper for K-39; ``只有: 是`` that nothing else is
found of any code, since one cause is told once. ``消息`` is one text that every
finding has, or a list in order. All values are texts that the field's kind converts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pbreports.cadre.checks import examine, length_findings
from pbreports.cadre.dossier import Dossier, dossiers
from pbreports.cadre.workdays import workdays_of
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.cadres import CANDIDATES, WORKDAYS
from pbreports.scheme.language import Facts, Frame, Scene, Type, bind
from pbreports.scheme.model.cadre import CadreStep
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Finding, Record
from rules.casebook import converted

CASES = Path(__file__).parent / "cases"
SCHEME = Path(__file__).parents[2] / "inputs" / "2020" / "方案"
DAY = date(2020, 5, 31)
_WORDS = frozenset("名称 命中 表 日 参数 消息 级别 单元格 字数 只有".split())


@dataclass(frozen=True)
class Case:
    """One case: the code it is about and what the file gives."""

    code: str
    given: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{self.given['名称']}"

    @property
    def hits(self) -> int:
        """How many findings of the code there are."""
        return int(self.given["命中"])

    @property
    def messages(self) -> list[str]:
        """What the findings say, in order."""
        said = self.given.get("消息", [])
        return [said] * self.hits if isinstance(said, str) else list(said)


def all_cases() -> tuple[Case, ...]:
    """Return the cases of every file, in order."""
    return tuple(_read())


def _read() -> Iterator[Case]:
    for path in sorted(CASES.glob("检查*.yaml")):
        given = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
        for code, cases in given.items():
            for one in cases:
                assert not set(one) - _WORDS, f"{path.name} {code}：不认识 {set(one) - _WORDS}"
                yield Case(code, one)


@cache
def scheme() -> Scheme:
    """Return the shipped year's scheme."""
    return load_scheme(SCHEME)


def names_of(changed: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters, some of them changed."""
    names = scheme().fixed_names(scheme().period())
    return {**names, **{name: _like(names[name], text) for name, text in changed.items()}}


def _like(known: Any, text: str) -> Any:
    return Decimal(text) if isinstance(known, Decimal) else text


def records(given: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, tuple[Record, ...]]:
    """Return the rows of a workbook; a cell is called by its field, so that a place can be told."""
    return {name: tuple(_record(name, row) for row in rows) for name, rows in given.items()}


def _record(name: str, row: Mapping[str, str]) -> Record:
    sheet = scheme().sheets[name]
    values = {field: None if text == "" else converted(sheet.by_name[field], text) for field, text in row.items()}
    return Record(name, "", values, {one.name: one.name for one in sheet.fields}, "干部考察.xlsx", name)


def steps_of(people: Sequence[Dossier]) -> dict[str, tuple[CadreStep, ...]]:
    """Return the steps of the shipped scheme that apply to each candidacy."""
    rule = scheme().cadre
    assert rule
    scene = Scene(vocabulary_of(scheme()), CANDIDATES, district=True)
    bound = [(step, bind(step.applies.text, scene, Type.TRUTH).run if step.applies else None) for step in rule.steps]
    return {
        one.code: tuple(step for step, applies in bound if applies is None or applies(_frame(one)) is True)
        for one in people
    }


def _frame(one: Dossier) -> Frame:
    return Frame(Facts({}), names_of({})).at(one.person.values)


def found(case: Case) -> tuple[Finding, ...]:
    """Return what is found of the case's code."""
    sheets = records(case.given["表"])
    people = tuple(dossiers(sheets))
    names = names_of(case.given.get("参数", {}))
    if "字数" in case.given:
        return length_findings(people[0], int(case.given["字数"]), names)
    day = date.fromisoformat(case.given.get("日", DAY.isoformat()))
    every = examine(
        people,
        days={one.code: day for one in people},
        as_of=DAY,
        names=names,
        steps=steps_of(people),
        workdays=workdays_of(sheets.get(WORKDAYS, ())),
        sheets=sheets,
    )
    return tuple(one for one in every if one.code == case.code or "只有" in case.given)
