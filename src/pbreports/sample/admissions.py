"""Those on their way into the Party: activists, candidates, this year's probationary and last year's full members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pbreports.sample.district import District, Organisation
from pbreports.sample.people import People, Person
from pbreports.sample.plan import PLAN, YEAR
from pbreports.sample.rows import Row, dice, notice, row, weekday_from
from pbreports.scheme.language.calendar import add_years

ACTIVIST, CANDIDATE, PROBATIONARY, FULL = "积极分子", "发展对象", "预备党员", "已转正"
_LAST_DAY = date(YEAR, 12, 18)


@dataclass(frozen=True, slots=True)
class Applicant:
    """One applicant at a stage of the way; the dates beyond the stage are ``None``."""

    branch: str
    person: Person
    education: str
    job: str
    title: str
    backbone: str
    state: str
    applied: date
    activist: date
    candidate: date | None = None
    meeting: date | None = None
    approved: date | None = None
    confirmed: date | None = None

    @property
    def this_year(self) -> bool:
        """Whether the branch meeting admitted the applicant this year."""
        return self.meeting is not None and self.meeting.year == YEAR

    @property
    def is_backbone(self) -> bool:
        """Whether the applicant is a key teacher of any level."""
        return self.backbone != "否"

    def as_row(self, number: int) -> Row:
        """Return the record of the sheet 发展党员."""
        start, end = notice(self.meeting - timedelta(days=24)) if self.meeting else (None, None)
        return row(
            党组织代码=self.branch,
            姓名=self.person.name,
            性别=self.person.sex,
            民族=self.person.ethnicity,
            出生年月=self.person.born,
            学历=self.education,
            岗位=self.job,
            职称=self.title,
            骨干级别=self.backbone,
            申请入党日期=self.applied,
            确定积极分子日期=self.activist,
            确定发展对象日期=self.candidate,
            培训学时=Decimal(24 + number % 3 * 4) if self.meeting else None,
            公示开始日期=start,
            公示结束日期=end,
            支部大会通过日期=self.meeting,
            上级审批日期=self.approved,
            转正支部大会日期=self.confirmed,
            转正审批日期=self.confirmed + timedelta(days=12) if self.confirmed else None,
            当前状态=self.state,
            发展计划编号=f"RC{self.meeting.year}-{number:03d}" if self.meeting else None,
        )


def invite(district: District, people: People) -> Mapping[str, tuple[Applicant, ...]]:
    """Return the applicants by branch."""
    able = [one for one in district.branches if one.unit.kind == "独立" and one.opening >= 12]
    chance = dice(district.seed, "发展")
    found: dict[str, list[Applicant]] = {one.code: [] for one in district.branches}
    for branch, key, age in _places(able, chance):
        found[branch.code].append(_admitted(branch, key, age, people, chance))
    for branch in chance.sample(able, 34):
        found[branch.code].append(_confirmed(branch, people, chance))
    for branch in able:
        found[branch.code] += _waiting(branch, people, chance)
    return {code: tuple(applicants) for code, applicants in found.items()}


def _places(able: Sequence[Organisation], chance: Random) -> Iterator[tuple[Organisation, str, tuple[int, int]]]:
    """Go through this year's admissions: the branch, the key teacher's level or 否, the span of ages."""
    order = chance.sample(able, len(able))
    places = [*order, *order][: PLAN.young_backbone_admitted + PLAN.others_admitted]
    for number, branch in enumerate(places):
        if number < PLAN.young_backbone_admitted:
            yield branch, chance.choice(("市级", "区级", "区级", "校级")), (26, 44)
        else:  # a few key teachers past the age, for whom the count must not be taken
            yield branch, "区级" if number % 8 == 0 else "否", (47, 52) if number % 8 == 0 else (24, 40)


def _admitted(branch: Organisation, key: str, ages: tuple[int, int], people: People, chance: Random) -> Applicant:
    meeting = weekday_from(date(YEAR, 4, 1) + timedelta(days=chance.randrange(200)))
    approved = min(weekday_from(meeting + timedelta(days=chance.randint(20, 75))), _LAST_DAY)
    person = people.invent(YEAR - ages[1], YEAR - ages[0])
    return replace(_probationary(branch, person, key, meeting, chance), approved=approved)


def _confirmed(branch: Organisation, people: People, chance: Random) -> Applicant:
    """Return one admitted last year whose probation ended this year."""
    meeting = weekday_from(date(YEAR - 1, 4, 1) + timedelta(days=chance.randrange(215)))
    over = add_years(meeting, Decimal(1))
    assert isinstance(over, date)  # a day some years later is a day
    person = people.invent(YEAR - 42, YEAR - 25)
    return replace(
        _probationary(branch, person, chance.choice(("区级", "否", "否")), meeting, chance),
        state=FULL,
        approved=weekday_from(meeting + timedelta(days=chance.randint(20, 60))),
        confirmed=weekday_from(over + timedelta(days=chance.randint(2, 20))),
    )


def _probationary(branch: Organisation, person: Person, key: str, meeting: date, chance: Random) -> Applicant:
    """Return a probationary member whose earlier steps lie before the branch meeting as the rules of admission ask."""
    candidate = meeting - timedelta(days=chance.randint(60, 140))
    activist = candidate - timedelta(days=chance.randint(380, 620))
    backbone = key != "否"
    return Applicant(
        branch=branch.code,
        person=person,
        education=chance.choices(("研究生", "大学本科", "大学专科"), (15, 75, 10))[0],
        job="专任教师" if backbone else chance.choice(("专任教师", "管理")),
        title=chance.choice(("一级", "二级", "高级") if backbone else ("二级", "一级", "未评")),
        backbone=key,
        state=PROBATIONARY,
        applied=activist - timedelta(days=chance.randint(90, 400)),
        activist=activist,
        candidate=candidate,
        meeting=meeting,
    )


def _waiting(branch: Organisation, people: People, chance: Random) -> Iterator[Applicant]:
    """Yield the activists of a branch, and in some a candidate."""
    states = [ACTIVIST] * chance.randint(1, 2) + [CANDIDATE] * (chance.random() < 0.4)
    for state in states:
        activist = date(YEAR - 1, 1, 10) + timedelta(days=chance.randrange(300))
        candidate = activist + timedelta(days=chance.randint(370, 400)) if state == CANDIDATE else None
        yield Applicant(
            branch=branch.code,
            person=people.invent(YEAR - 42, YEAR - 24),
            education="大学本科",
            job="专任教师",
            title=chance.choice(("二级", "一级")),
            backbone=chance.choice(("区级", "否", "否", "否")),
            state=state,
            applied=activist - timedelta(days=chance.randint(60, 300)),
            activist=activist,
            candidate=candidate,
        )
