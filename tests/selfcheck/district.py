"""The sample district as the referee needs it: units with their right answers, and years that differ by a parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pbreports.excel.issue import issue_workbook
from pbreports.pipeline.background import Background
from pbreports.pipeline.issuing import set_up
from pbreports.pipeline.year import Year
from pbreports.sample.plan import YEAR
from pbreports.sample.reports import Desk
from pbreports.sample.workers import desk_of
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Period, Sheet
from pbreports.scheme.roster import Unit, units_of
from pbreports.values import Record
from selfcheck.drafts import Draft, Row, draft_of

_DAYS = {"统计起始日": "start", "统计截止日": "end"}

SPARE = 9
"""How many empty lines a sheet is issued with where the scheme has more: most of the office's work is on empty lines."""


@dataclass(frozen=True)
class Issue:
    """What a unit's workbook was issued from, and what it is checked against when it comes back."""

    unit: Unit
    year: Year
    period: Period
    background: Background


@dataclass(frozen=True)
class District:
    """The sample's desk with what is made from it once."""

    desk: Desk
    _years: dict[tuple[object, ...], Year] = field(default_factory=dict)

    @cached_property
    def sample(self) -> Mapping[str, Sequence[Row]]:
        """The bureau's rows by sheet."""
        return {name: rows for sheets in self.desk.books.values() for name, rows in sheets.items()}

    @cached_property
    def kinds(self) -> Mapping[str, tuple[Unit, ...]]:
        """The reporting units by kind."""
        kinds = dict.fromkeys(unit.kind for unit in self.desk.units)
        return {kind: tuple(unit for unit in self.desk.units if unit.kind == kind) for kind in kinds}

    def draft(self, unit: Unit, *, slim: bool = True) -> Draft:
        """Return a unit's right answers, to be changed; ``slim`` issues them on sheets with few empty lines."""
        return draft_of(self.desk.records(unit), self.sample, slim=slim)

    def issue(self, unit: Unit, draft: Draft) -> Issue:
        """Return what the workbook of a draft is issued from."""
        year = self._year(draft.names, slim=draft.slim)
        days = {_DAYS[name]: value for name, value in draft.names.items() if name in _DAYS}
        period = replace(year.period(), **days)
        facts = self._facts(draft, year, period)
        units = units_of(year.scheme, facts.rows(year.scheme.heading.roster.sheet))
        return Issue(units.get(unit.code) or unit, year, period, Background(units, facts))

    def workbook(self, issue: Issue, draft: Draft) -> bytes:
        """Return the issued workbook with a draft written into it."""
        scheme, facts = issue.year.scheme, issue.background.facts
        rules = scheme.sheets_for(issue.unit.kind, issue.period.name)
        filled = draft.filled([rule.name for rule in rules if rule.can_be_declared_none])
        return issue_workbook(scheme, issue.unit, issue.period, facts, filled)

    def _facts(self, draft: Draft, year: Year, period: Period) -> Facts:
        raw = {name: [Record(name, "", row, {}, "", "") for row in rows] for name, rows in draft.bureau.items()}
        return Facts(compute(year.computed, raw, year.names(period), self.desk.facts), self.desk.facts)

    def _year(self, names: Mapping[str, Any], *, slim: bool) -> Year:
        """Return the year in which some parameters and switches have other values; made once for each choice."""
        there = {name: value for name, value in names.items() if name not in _DAYS}
        key = (slim, *sorted((name, str(value)) for name, value in there.items()))
        if key not in self._years:
            self._years[key] = _differing(self.desk.year, there, slim=slim)
        return self._years[key]


def _differing(year: Year, names: Mapping[str, Any], *, slim: bool) -> Year:
    scheme = year.scheme
    parameters = {name: replace(one, value=names.get(name, one.value)) for name, one in scheme.parameters.items()}
    switches = {name: replace(one, default=names.get(name, one.default)) for name, one in scheme.switches.items()}
    sheets = {name: _slim(one) if slim else one for name, one in scheme.sheets.items()}
    return replace(year, scheme=replace(scheme, parameters=parameters, switches=switches, sheets=sheets))


def _slim(sheet: Sheet) -> Sheet:
    return replace(sheet, spare=min(SPARE, sheet.spare_records)) if sheet.of_school and sheet.can_grow else sheet


def district_in(folder: Path) -> District:
    """Return the sample district, with its workspace set up in a folder."""
    return District(desk_of(set_up(folder, YEAR).root, YEAR))
