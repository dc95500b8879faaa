"""Every unit's workbook, filled as the unit would fill it: the issued blank and its part of the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.pipeline.issuing import blank_name
from pbreports.pipeline.year import Year
from pbreports.sample.assessments import assessment_rows
from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.bureau_honours import honours_workbook
from pbreports.sample.bureau_meetings import calendar_workbook
from pbreports.sample.bureau_party import roster
from pbreports.sample.bureau_settings import settings_workbook
from pbreports.sample.bureau_stars import star_workbook
from pbreports.sample.bureau_work import work_workbook
from pbreports.sample.district import School
from pbreports.sample.plan import DEADLINE, PLAN
from pbreports.sample.rows import Row, Sheets, dice, weekday_from
from pbreports.sample.self_rating import Adviser, rating_sheets
from pbreports.sample.sheets_party import party_sheets
from pbreports.sample.sheets_school import cover, school_sheets
from pbreports.sample.sheets_text import text_sheets
from pbreports.sample.story import Story
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Sheet
from pbreports.scheme.roster import Unit, units_of
from pbreports.scheme.tables import constant_records
from pbreports.values import Record
from pbreports.workspace import safe_name

BOOKS: dict[str, Callable[[Story], Sheets]] = {
    "名册": roster,
    "星级": star_workbook,
    "考评": assessment_rows,
    "表彰命名": honours_workbook,
    "会议日历": calendar_workbook,
    "局端工作": work_workbook,
    "配置": settings_workbook,
    "干部考察": cadre_workbook,
}
"""What makes the records of each of the bureau's workbooks."""


@dataclass(frozen=True, slots=True)
class Report:
    """One file as it came in: whose, its path below 报送/, its bytes, the day it first came in.

    ``known`` tells whether the program can see whose it is; only then is there a receipt.
    """

    unit: str
    file: str
    data: bytes
    received: date
    known: bool = True


@dataclass(frozen=True)
class Desk:
    """What the units need to fill their workbooks: the year's scheme, the story, what the bureau has on file."""

    year: Year
    story: Story
    books: Mapping[str, Sheets]
    facts: Facts
    units: tuple[Unit, ...]
    adviser: Adviser

    def blank(self, unit: Unit) -> bytes:
        """Return the blank that was issued to a unit."""
        return issue_workbook(self.year.scheme, unit, self.year.period(), self.facts)

    def filled(self, unit: Unit, sheets: Sheets, declared: tuple[str, ...] = ()) -> bytes:
        """Return a unit's blank filled with records; sheets without any are declared so, and those in ``declared``."""
        given = {name: rows for name, rows in sheets.items() if rows}
        none = [one.name for one in self.sheets_of(unit) if one.can_be_declared_none and one.name not in given]
        filled = Filling(given, frozenset([*none, *declared]))
        return issue_workbook(self.year.scheme, unit, self.year.period(), self.facts, filled)

    def file(self, unit: Unit) -> str:
        """Return the path below 报送/ of a unit's workbook, named as it was issued."""
        return f"{safe_name(unit.group)}/{blank_name(self.year, unit, self.year.period())}"

    def school(self, unit: Unit) -> School:
        """Return the school of the plan that a unit of the roster is."""
        return next(one for one in self.story.district.schools if one.code == unit.code)

    def sheets_of(self, unit: Unit) -> tuple[Sheet, ...]:
        """Return the sheets a unit fills."""
        return self.year.scheme.sheets_for(unit.kind, self.year.period().name)

    def records(self, unit: Unit) -> Sheets:
        """Return a unit's records by sheet."""
        school = self.school(unit)
        wanted = {one.name for one in self.sheets_of(unit)}
        found: Sheets = {"封面": [cover(self.story, school, self.received(school) - timedelta(days=1))]}
        found |= _facts_of(self.story, school)
        found = {name: rows for name, rows in found.items() if name in wanted}
        if "星级自评" in wanted:
            found |= rating_sheets(self.story, school, found, self.adviser)
        return found

    def received(self, school: School) -> date:
        """Return the day a unit's report came in: a few after the deadline."""
        chance = dice(self.story.seed, "收件")
        late = chance.sample(self.story.district.reporting, PLAN.late)
        if school in late:
            return weekday_from(DEADLINE + timedelta(days=1 + late.index(school)))
        return DEADLINE - timedelta(days=dice(self.story.seed, "收件", school.code).randrange(8))


def _facts_of(story: Story, school: School) -> Sheets:
    found: Sheets = school_sheets(story, school) | text_sheets(story, school)
    return found | party_sheets(story, school) if story.district.of(school) else found


def open_desk(year: Year, story: Story) -> Desk:
    """Return what the units need, from the bureau's records as the program would read them back."""
    names = year.names(year.period())
    books = {name: make(story) for name, make in BOOKS.items()}
    raw = {
        sheet.name: [_record(sheet.name, one) for one in books[book.name].get(sheet.name, ())]
        for book in year.scheme.bureau.values()
        for sheet in book.sheets
    }
    constants = constant_records(year.scheme)
    facts = Facts({**constants, **compute(year.computed, raw, names, Facts(constants))})
    units = units_of(year.scheme, facts.rows(year.scheme.heading.roster.sheet)).reporting()
    return Desk(year, story, books, facts, units, Adviser(year.vocabulary, year.computed, names, facts))


def _record(sheet: str, values: Row) -> Record:
    return Record(sheet, "", values, {}, "", "")


def clean_report(desk: Desk, unit: Unit) -> Report:
    """Return a unit's report, well filled in, on the day it came in."""
    data = desk.filled(unit, desk.records(unit))
    return Report(unit.code, desk.file(unit), data, desk.received(desk.school(unit)))
