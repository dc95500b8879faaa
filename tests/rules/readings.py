"""The cases of what reading finds: edits of a rightly filled workbook of the real year, and what must be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.edit import DeleteColumn, Edit, HideRow, SetCells, SetFormula, edited
from pbreports.excel.fill import Filling
from pbreports.excel.intake import read_submission
from pbreports.excel.issue import issue_workbook
from pbreports.excel.layout import geometry_of
from pbreports.ledger import Ledger
from pbreports.pipeline.collecting import collect
from pbreports.pipeline.year import open_year
from pbreports.scheme import Scheme
from pbreports.scheme.language import Facts
from pbreports.scheme.roster import Units, units_of
from pbreports.scheme.tables import constant_records
from pbreports.values import Finding, Record, Scalar
from pbreports.workspace import Workspace
from rules.casebook import converted

HERE = Path(__file__).parent / "reading"
DAY = date(2020, 12, 25)
_WORDS = frozenset("名称 命中 消息 级别 单元格 改动 声明无 文件名 版本 版次".split())

Spot = Mapping[str, str]
"""A cell as a case names it: 表, 字段 and which record (条, counted from 1)."""


@dataclass(frozen=True)
class ReadingCase:
    """One case: what is changed in the workbook, and what its rule must say."""

    code: str
    given: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.code}-{self.given['名称']}"

    @property
    def hits(self) -> int:
        """How many findings of the code there are."""
        return int(self.given["命中"])


def all_reading_cases() -> tuple[ReadingCase, ...]:
    """Return the cases."""
    cases = tuple(ReadingCase(code, one) for code, given in _texts("用例").items() for one in given)
    for case in cases:
        assert not set(case.given) - _WORDS, f"{case}：不认识 {set(case.given) - _WORDS}"
    return cases


def _texts(name: str) -> dict[str, Any]:
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    return loaded


@dataclass(frozen=True, repr=False)
class School:
    """The school of the cases: its unit, its workbook filled rightly, and what is said of it after changes."""

    scheme: Scheme
    _made: dict[tuple[str, ...], bytes] = field(default_factory=dict)

    @cached_property
    def base(self) -> Mapping[str, Any]:
        """The rightly filled workbook, as texts."""
        return _texts("底表")

    @cached_property
    def roster(self) -> tuple[Record, ...]:
        """The bureau's roster: the school and another."""
        sheet = self.scheme.sheets[self.scheme.heading.roster.sheet]
        return tuple(Record(sheet.name, "", self._converted(sheet.name, row), {}, "", "") for row in self.base["名册"])

    @cached_property
    def units(self) -> Units:
        """The units of the roster; the first is the school."""
        return units_of(self.scheme, self.roster)

    def findings(self, case: ReadingCase, folder: Path) -> tuple[Finding, ...]:
        """Return the findings of the case's code."""
        found = self._collected(case, folder) if "版次" in case.given else self._read(case, folder)
        return tuple(finding for finding in found if finding.code == case.code)

    def address(self, spot: Spot) -> tuple[str, str]:
        """Return title and address of a cell."""
        rule = self.scheme.sheets[spot["表"]]
        geometry = geometry_of(rule.layout)
        names = [field.name for field in rule.shown]
        place = geometry.first + names.index(spot.get("字段", names[0]))
        return rule.title, geometry.address(geometry.record(int(spot.get("条", "1")) - 1), place)

    def _read(self, case: ReadingCase, folder: Path) -> tuple[Finding, ...]:
        version = case.given.get("版本", self.scheme.heading.version)
        edits = [edit for one in case.given.get("改动", ()) for edit in self._edits(one)]
        path = folder / case.given.get("文件名", self.base["文件名"])
        path.write_bytes(edited(self._filled(version, case.given.get("声明无", self.base["声明无"])), edits))
        return read_submission(
            path.read_bytes(), self.scheme, self.units, self.scheme.period(), file=path.name
        ).findings

    def _filled(self, version: str, declared_none: Sequence[str], **cover: str) -> bytes:
        known = (version, *declared_none, *cover.values())
        if known not in self._made:
            scheme = replace(self.scheme, heading=replace(self.scheme.heading, version=version))
            facts = Facts({**constant_records(scheme), scheme.heading.roster.sheet: self.roster})
            there = Filling(self._values(cover), frozenset(declared_none))
            self._made[known] = issue_workbook(scheme, self.units.all[0], scheme.period(), facts, there)
        return self._made[known]

    def _values(self, cover: Mapping[str, str]) -> dict[str, list[dict[str, Scalar]]]:
        return {
            name: [self._converted(name, {**row, **cover} if name == "封面" else row) for row in rows]
            for name, rows in self.base["报表"].items()
        }

    def _converted(self, sheet: str, row: Mapping[str, str]) -> dict[str, Scalar]:
        fields = self.scheme.sheets[sheet].by_name
        return {name: converted(fields[name], text) for name, text in row.items()}

    def _edits(self, change: Mapping[str, Spot]) -> Iterator[Edit]:
        for word, spot in change.items():
            title, address = self.address(spot)
            column, row = _column_and_row(address)
            if word == "填":
                yield SetCells(title, {address: spot["值"] or None})
            elif word == "公式":
                yield SetFormula(title, address, spot["值"])
            elif word == "删列":
                yield DeleteColumn(title, column)
            else:
                assert word == "隐藏", word
                yield HideRow(title, row)

    def _collected(self, case: ReadingCase, folder: Path) -> tuple[Finding, ...]:
        """Return what a collection says of the unit after it has sent its workbook several times."""
        workspace = Workspace(folder, self.scheme.year)
        workspace.received.mkdir(parents=True)
        _copy_scheme(workspace, self.scheme)
        book = self.scheme.bureau["名册"]
        rows = {self.scheme.heading.roster.sheet: [one.values for one in self.roster]}
        workspace.bureau_workbook(book.name).write_bytes(bureau_workbook(self.scheme, book, rows))
        year = open_year(workspace)
        found: tuple[Finding, ...] = ()
        for number in range(int(case.given["版次"])):
            sent = self._filled(self.scheme.heading.version, self.base["声明无"], 填报人=f"何清{number}")
            (workspace.received / self.base["文件名"]).write_bytes(sent)
            with Ledger(workspace.ledger, year.scheme) as ledger:
                found = collect(year, ledger, year.period(), DAY).findings[self.units.all[0].code]
        return found


def _copy_scheme(workspace: Workspace, scheme: Scheme) -> None:
    source = Path(__file__).parents[2] / "inputs" / str(scheme.year) / "方案"
    workspace.scheme.mkdir()
    for path in source.glob("*.yaml"):
        (workspace.scheme / path.name).write_bytes(path.read_bytes())


def _column_and_row(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(address[len(letters) :])
