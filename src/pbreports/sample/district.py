"""The district as it stands at the year's end: its units and party organisations, from the list beside this module."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from random import Random

from pbreports.sample.plan import YEAR
from pbreports.sample.rows import dice, weekday_from

BUREAU_CODE = "JYGW"
"""The code of the education work committee, as the scheme's parameter 教育工委代码 has it."""

DIRECT = "局直属"
BRANCH, JOINT, GENERAL, COMMITTEE = "党支部", "联合党支部", "党总支", "党委"
MERGED_ON = date(YEAR, 8, 20)
NEW_RATED, NEW, NEW_GENERAL = "新支部评", "新支部", "新总支"
_NUMBERS = "一二三四"


@dataclass(frozen=True, slots=True)
class School:
    """One unit of the roster: a school, a kindergarten, a township's general branch or an organ of the bureau.

    ``lead`` is the code of the school that reports for it, ``successor`` of the one it was merged into.
    """

    order: int
    code: str
    kind: str
    stage: str
    township: str
    ownership: str
    full_name: str
    short_name: str
    aliases: str
    branches: int
    mark: str = ""
    lead: str = ""
    successor: str = ""

    @property
    def rural(self) -> bool:
        """Whether it belongs to a rural township."""
        return is_rural(self.township)

    @property
    def affiliation(self) -> str:
        """Return who runs it: the bureau, the township or private owners."""
        return "民办" if self.ownership == "民办" else "局直属" if self.township == DIRECT else "镇街"

    @property
    def reports(self) -> bool:
        """Whether it reports: all do but those merged into others."""
        return not self.successor


@dataclass(frozen=True, slots=True)
class Organisation:
    """One party organisation. ``opening`` is last year's members, ``arrived`` those who moved in when it was founded."""

    order: int
    code: str
    name: str
    short: str
    type: str
    parent: str
    unit: School
    founded: date
    opening: int
    arrived: int = 0
    rated: bool = False

    @property
    def is_branch(self) -> bool:
        """Whether members belong to it directly."""
        return self.type in (BRANCH, JOINT)

    @property
    def is_new(self) -> bool:
        """Whether it was founded this year."""
        return self.founded.year == YEAR

    @property
    def is_merged(self) -> bool:
        """Whether it went up in another this year."""
        return not self.unit.reports


@dataclass(frozen=True)
class District:
    """The units and organisations in roster order."""

    seed: int
    schools: tuple[School, ...]
    organisations: tuple[Organisation, ...]

    @cached_property
    def townships(self) -> tuple[str, ...]:
        """The townships in roster order."""
        return tuple(dict.fromkeys(school.township for school in self.schools))

    @cached_property
    def reporting(self) -> tuple[School, ...]:
        """The units that report."""
        return tuple(school for school in self.schools if school.reports)

    @cached_property
    def by_name(self) -> dict[str, School]:
        """The units by short name."""
        return {school.short_name: school for school in self.schools}

    @cached_property
    def standing(self) -> tuple[Organisation, ...]:
        """The organisations that stand at the year's end."""
        return tuple(one for one in self.organisations if not one.is_merged)

    @cached_property
    def branches(self) -> tuple[Organisation, ...]:
        """The branches that stand at the year's end."""
        return tuple(one for one in self.standing if one.is_branch)

    @cached_property
    def rated(self) -> tuple[Organisation, ...]:
        """The branches that are rated."""
        return tuple(one for one in self.branches if one.rated)

    def of(self, school: School) -> tuple[Organisation, ...]:
        """Return the organisations a unit reports."""
        return tuple(one for one in self.organisations if one.unit.code == school.code)

    def rated_at(self, short_name: str) -> tuple[Organisation, ...]:
        """Return the rated branches of the unit of that short name."""
        return tuple(one for one in self.rated if one.unit.short_name == short_name)

    def below(self, organisation: Organisation) -> tuple[Organisation, ...]:
        """Return the branches that stand directly below an organisation."""
        return tuple(one for one in self.branches if one.parent == organisation.code)


def is_rural(township: str) -> bool:
    """Whether a township is a rural one (镇; 街道 are urban)."""
    return township.endswith("镇")


def build_district(seed: int) -> District:
    """Return the district of a seed."""
    schools = tuple(_schools())
    generals = {one.township: f"P{one.order:03d}0" for one in schools if one.kind == "镇街党总支"}
    found = [one for school in schools for one in _organisations(school, generals, seed)]
    return District(seed, schools, tuple(replace(one, order=order) for order, one in enumerate(found, 1)))


def _schools() -> Iterator[School]:
    text = files("pbreports.sample").joinpath("schools.tsv").read_text(encoding="utf-8")
    lines = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    codes = {line["简称"]: f"RC{order:03d}" for order, line in enumerate(lines, 1)}
    for order, line in enumerate(lines, 1):
        mark = line["标记"]
        yield School(
            order=order,
            code=codes[line["简称"]],
            kind=line["种类"],
            stage=line["学段"],
            township=line["镇街"],
            ownership=line["办学性质"],
            full_name=line["全称"],
            short_name=line["简称"],
            aliases=line["别名"],
            branches=int(line["支部数"]),
            mark=mark,
            lead=codes[mark] if line["种类"] == "联合成员" else "",
            successor=codes[mark.removeprefix("合并:")] if mark.startswith("合并:") else "",
        )


def _organisations(school: School, generals: dict[str, str], seed: int) -> Iterator[Organisation]:
    """Go through a unit's organisations, the general branch or committee first; they are numbered afterwards."""
    chance = dice(seed, "组织", school.code)
    above = generals.get(school.township, BUREAU_CODE)
    if school.kind == "镇街党总支" or school.branches > 1:
        yield _superior(school, chance)
        above = f"P{school.order:03d}0"
    for number in range(1, school.branches + 1):
        yield _branch(school, number, above, chance)


def _superior(school: School, chance: Random) -> Organisation:
    kind = COMMITTEE if school.mark == COMMITTEE else GENERAL
    words = "委员会" if kind == COMMITTEE else "总支部委员会"
    short = school.full_name if school.kind == "镇街党总支" else f"{school.short_name}{kind}"
    return Organisation(
        order=0,
        code=f"P{school.order:03d}0",
        name=f"中国共产党{school.full_name.removesuffix('党总支')}{words}",
        short=short,
        type=kind,
        parent=BUREAU_CODE,
        unit=school,
        founded=date(YEAR, 4, 28) if school.mark == NEW_GENERAL else _earlier(chance),
        opening=0,
    )


def _branch(school: School, number: int, above: str, chance: Random) -> Organisation:
    joint = school.kind == "联合牵头"
    which = f"第{_NUMBERS[number - 1]}" if school.branches > 1 else "联合" if joint else ""
    founded = _founded(school, number, chance)
    new = founded.year == YEAR
    return Organisation(
        order=0,
        code=f"P{school.order:03d}{number}",
        name=f"中国共产党{school.full_name}{which}支部委员会",
        short=f"{school.short_name}{which}党支部",
        type=JOINT if joint else BRANCH,
        parent=above,
        unit=school,
        founded=founded,
        opening=0 if new else _members(school, chance),
        arrived=chance.randint(5, 14) if new else 0,
        rated=school.reports and (not new or school.mark == NEW_RATED),
    )


def _founded(school: School, number: int, chance: Random) -> date:
    """Return when a branch was founded; the new ones stand at schools marked so."""
    if school.mark == NEW_RATED:
        return date(YEAR, 1, 8)
    if school.mark == NEW or (school.mark == NEW_GENERAL and number == school.branches):
        return weekday_from(date(YEAR, chance.randint(4, 9), chance.randint(3, 26)))
    return _earlier(chance)


def _earlier(chance: Random) -> date:
    return weekday_from(date(2003, 3, 1) + timedelta(days=chance.randrange(5000)))


def _members(school: School, chance: Random) -> int:
    """Return how many members a branch had at the end of last year."""
    if school.kind == "联合牵头" or school.stage == "幼儿园":
        return chance.randint(6, 10)
    if school.kind == "机关":
        return chance.randint(14, 28)
    if school.successor:
        return 5
    return chance.randint(20, 42) if school.branches > 1 else chance.randint(11, 30)
