"""The candidacies of the sample and the course of each batch, every date on a working day and in its lawful order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from pbreports.sample.cadre_people import (
    CONFIRMED,
    MOVING,
    OFFICIAL,
    Schooling,
    Span,
    career,
    later,
    schooling,
)
from pbreports.sample.district import School
from pbreports.sample.people import Person, identity_number
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import dice, notice
from pbreports.sample.story import Story
from pbreports.scheme.language.calendar import working_days
from pbreports.values import YearMonth

BATCHES = (f"{YEAR}年第一批", f"{YEAR}年第二批")
PROMOTED, VALUED, MOVED, TURNED, CHANGED, PROBATION = "提拔", "重用", "交流", "转任", "改任", "试用期满"
_STARTS = (date(YEAR, 4, 20), date(YEAR, 8, 3))
_SECOND_BATCH = 8
"""From which number on people stand in the second batch."""

_KINDS = (
    *(MOVED, PROMOTED, PROMOTED, MOVED, VALUED, TURNED, CHANGED, PROMOTED),
    *(PROMOTED, VALUED, MOVED, MOVED, MOVED, CHANGED),
)
_RIVALS = {14: 8, 15: 12, 16: 10, 17: 11}
"""Who was inspected for a post that somebody of the same school got."""


@dataclass(frozen=True, slots=True)
class Course:
    """On which day each step of a batch was taken."""

    moved: date
    recommended: date
    asked: date
    announced: date
    began: date
    talked: date
    archives: date
    matters: date
    discipline: date
    integrity: date
    ended: date
    written: date
    decided: date
    shown_from: date
    shown_until: date
    appointed: date


@cache
def course(batch: int) -> Course:
    """Return the days of a batch; the publicity has five working days after that of its posting."""
    start = _STARTS[batch]

    def at(days: int) -> date:
        return _workday_after(start, days)

    shown_from, shown_until = notice(at(24), 6)
    return Course(
        moved=start,
        recommended=at(3),
        asked=at(4),
        announced=at(6),
        began=at(12),
        talked=at(13),
        archives=at(13),
        matters=at(14),
        discipline=at(15),
        integrity=at(16),
        ended=at(16),
        written=at(19),
        decided=at(23),
        shown_from=shown_from,
        shown_until=shown_until,
        appointed=_workday_after(shown_until, 2),
    )


def _workday_after(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= working_days(day, day) == 1
    return day


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One candidacy of one person in one batch: from which post at which school to which at which.

    ``order`` counts candidacies, ``number`` people; ``rival`` is the number of who got the post instead.
    """

    order: int
    number: int
    person: Person
    batch: int
    kind: str
    school: School
    target: School
    path: tuple[str, ...]
    chance: Random
    rival: int | None = None

    @property
    def code(self) -> str:
        """The code of the candidacy."""
        return f"KC{YEAR}{self.order + 1:02d}"

    @property
    def identity(self) -> str:
        """The identity number."""
        return identity_number(self.person, 1 + self.number, self.number)

    @property
    def appointed(self) -> bool:
        """Whether it ended in an appointment."""
        return self.rival is None

    @property
    def places(self) -> int:
        """How many places of the post there are: schools have two deputies."""
        return 2 if self.wanted == f"{self.target.full_name}副校长" else 1

    @property
    def contested(self) -> bool:
        """Whether two were inspected for the post."""
        return (self.number in _RIVALS.values() and not self.again) or not self.appointed

    @property
    def course(self) -> Course:
        """The days of the batch."""
        return course(self.batch)

    @property
    def again(self) -> bool:
        """Whether it is the second of somebody who was appointed earlier in the year."""
        return self.number == MOVING and self.batch > 0

    @property
    def present(self) -> str:
        """The post held."""
        if self.number == OFFICIAL:
            return f"{_OFFICE}基础教育科科长"
        head = "教导处主任" if self.appointed else "政教处主任"
        return f"{self.school.full_name}{head if self.kind == PROMOTED else '副校长'}"

    @property
    def wanted(self) -> str:
        """The post proposed."""
        if self.number == OFFICIAL:
            return f"{_OFFICE}组织人事科科长"
        post = {VALUED: "常务副校长", CHANGED: "工会主席"}.get(self.kind, "副校长")
        return f"{self.target.full_name}{post}"

    @property
    def since(self) -> YearMonth:
        """The month since which the present post is held: of one on probation since a year ago."""
        if self.number == CONFIRMED:
            return YearMonth(YEAR - 1, 8)
        if self.again:
            return YearMonth(YEAR, course(0).appointed.month)
        return later(YearMonth(YEAR - 4, 8), 6 * (self.number % 3))

    @property
    def learnt(self) -> Schooling:
        """What was studied."""
        return schooling(self.number, self.person)

    @property
    def career(self) -> tuple[Span, ...]:
        """The resume; that of somebody appointed a second time goes on from the first."""
        if not self.again:
            return career(self.number, self.learnt, self.path, self.present, self.since)
        first = YearMonth(YEAR - 4, 8)
        *before, last = career(self.number, self.learnt, self.path, f"{self.path[-1]}副校长", first)
        return (*before, Span(last.start, self.since, last.text), Span(self.since, None, self.present))


_OFFICE = "任城区教育和体育局"


def candidacies(story: Story) -> Iterator[Candidacy]:
    """Go through the candidacies: those appointed, their rivals, one of them a second time, one after probation."""
    for number in range(len(story.cadres)):
        if number != CONFIRMED:
            yield _candidacy(story, number, number)
    yield _candidacy(story, CONFIRMED, MOVING)
    yield _candidacy(story, CONFIRMED + 1, CONFIRMED)


def _candidacy(story: Story, order: int, number: int) -> Candidacy:
    again = order == CONFIRMED
    post = _RIVALS.get(number, number)
    kind = PROBATION if number == CONFIRMED else VALUED if again else _KINDS[post]
    own, other = _school(story, post, 3), _school(story, post, 37)
    school = story.district.by_name["区教体局机关"] if number == OFFICIAL else other if again else own
    return Candidacy(
        order=order,
        number=number,
        person=story.cadres[number],
        batch=int(again or number >= _SECOND_BATCH),
        kind=kind,
        school=school,
        target=other if kind in (MOVED, VALUED) else school,
        path=(_school(story, number, 50).full_name, _school(story, number, 60).full_name, own.full_name),
        chance=dice(story.seed, "考察", order),
        rival=_RIVALS.get(number),
    )


def _school(story: Story, number: int, shift: int) -> School:
    able = [one for one in story.district.reporting if one.kind == "独立" and one.stage != "幼儿园"]
    return able[(number * 7 + shift) % len(able)]
