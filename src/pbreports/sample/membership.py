"""How many members a branch has, and how they divide by sex, age, education and standing; every division adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbreports.sample.admissions import ACTIVIST, CANDIDATE, Applicant
from pbreports.sample.district import District, Organisation
from pbreports.sample.rows import Row, dice, row, spread

_AGES = (9, 12, 15, 17, 15, 13, 10, 9)
_EDUCATION = (9, 74, 14, 3)


@dataclass(frozen=True, slots=True)
class Membership:
    """The members of one branch at the year's end and what changed in the year."""

    opening: int
    admitted: int
    moved_in: int
    moved_out: int
    dead: int
    probationary: int
    teachers: int
    staff: int
    retired: int
    backbone: int

    @property
    def total(self) -> int:
        """All members."""
        return self.opening + self.admitted + self.moved_in - self.moved_out - self.dead

    @property
    def full(self) -> int:
        """The full members."""
        return self.total - self.probationary

    @property
    def serving(self) -> int:
        """The members in service."""
        return self.teachers + self.staff

    @property
    def most(self) -> int:
        """The most members it can have had during the year."""
        return self.opening + self.admitted + self.moved_in

    @property
    def groups(self) -> int:
        """Its party groups."""
        return 0 if self.total < 16 else 2 if self.total < 32 else 3


def count_members(district: District, applicants: Mapping[str, Sequence[Applicant]]) -> Mapping[str, Membership]:
    """Return the membership of every standing branch; the merged branch's members are with its successor's."""
    merged = {one.unit.successor: one.opening for one in district.organisations if one.is_merged and one.is_branch}
    return {
        one.code: _membership(one, applicants[one.code], merged.get(one.unit.code, 0), district.seed)
        for one in district.branches
    }


def _membership(branch: Organisation, applicants: Sequence[Applicant], joined: int, seed: int) -> Membership:
    chance = dice(seed, "党员", branch.code)
    admitted = sum(one.this_year for one in applicants)
    steady = branch.opening >= 12 and not joined
    moved_in = branch.arrived + joined + (chance.randint(0, 1) if steady else 0)
    moved_out = chance.randint(0, 2) if steady else 0
    dead = int(steady and chance.random() < 0.06)
    total = branch.opening + admitted + moved_in - moved_out - dead
    young = branch.unit.stage == "幼儿园" or branch.is_new
    retired = 0 if young else chance.randint(0, total // 6)
    others = total - retired
    staff = others if branch.unit.kind == "机关" else chance.randint(0, max(1, others // 9))
    return Membership(
        opening=branch.opening,
        admitted=admitted,
        moved_in=moved_in,
        moved_out=moved_out,
        dead=dead,
        probationary=admitted,
        teachers=others - staff,
        staff=staff,
        retired=retired,
        backbone=0 if branch.unit.kind == "机关" else (others - staff) // chance.randint(4, 6),
    )


def membership_row(branch: Organisation, members: Membership, applicants: Sequence[Applicant], seed: int) -> Row:
    """Return the record of the sheet 党员队伍情况."""
    chance = dice(seed, "结构", branch.code)
    total = members.total
    ages = spread(chance, total - members.retired, _AGES[:7])
    women = round(total * chance.uniform(0.45, 0.68))
    education = spread(chance, total, _EDUCATION)
    activists = sum(one.state == ACTIVIST for one in applicants)
    return row(
        党组织代码=branch.code,
        党组织全称=branch.name,
        期初党员数=members.opening,
        本期接收预备党员=members.admitted,
        转入党员数=members.moved_in,
        转出党员数=members.moved_out,
        出党人数=0,
        去世人数=members.dead,
        期末党员总数=total,
        正式党员=members.full,
        预备党员=members.probationary,
        男党员=total - women,
        女党员=women,
        少数民族党员=sum(chance.random() < 0.03 for _ in range(total)),
        **dict(zip(_BANDS, (*ages, members.retired), strict=True)),
        **dict(zip(_LEVELS, education, strict=True)),
        在职教师党员=members.teachers,
        在职其他职工党员=members.staff,
        离退休党员=members.retired,
        学生党员=0,
        其他身份党员=0,
        骨干教师党员=members.backbone,
        中层及以上干部党员=min(members.serving, 2 + total // 8),
        流动党员=0,
        困难党员=int(chance.random() < 0.15),
        入党申请人=activists + chance.randint(0, 3),
        入党积极分子=activists,
        发展对象=sum(one.state == CANDIDATE for one in applicants),
    )


_BANDS = (
    "三十岁及以下",
    "三十一至三十五岁",
    "三十六至四十岁",
    "四十一至四十五岁",
    "四十六至五十岁",
    "五十一至五十五岁",
    "五十六至六十岁",
    "六十一岁及以上",
)
_LEVELS = ("研究生学历", "大学本科学历", "大学专科学历", "中专及以下学历")
