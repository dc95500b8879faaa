"""Who leads each organisation, and the elections of the year that brought them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pbreports.sample.district import COMMITTEE, District, Organisation
from pbreports.sample.membership import Membership
from pbreports.sample.people import People, Person
from pbreports.sample.plan import PLAN, YEAR
from pbreports.sample.rows import Row, dice, row, weekday_from
from pbreports.scheme.language.calendar import add_years
from pbreports.values import YearMonth

SECRETARY = "书记"
_POSTS = {
    1: (SECRETARY,),
    3: (SECRETARY, "组织委员", "宣传委员"),
    5: (SECRETARY, "副书记", "组织委员", "宣传委员", "纪检委员"),
    7: (SECRETARY, "副书记", "组织委员", "宣传委员", "纪检委员", "青年委员", "委员"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One organisation's term of office: how many lead it, since when, for how long, and how they came in.

    ``election`` is the kind of this year's election, empty when there was none; ``due`` the end of the term before.
    """

    seats: int
    elected: date
    years: int
    election: str = ""
    due: date | None = None
    extended_to: date | None = None
    vacant: bool = False

    @property
    def has_committee(self) -> bool:
        """Whether a committee is elected, not a secretary alone."""
        return self.seats > 1


@dataclass(frozen=True, slots=True)
class Leader:
    """One secretary or committee member."""

    organisation: str
    person: Person
    post: str
    row: Row


def set_terms(district: District, members: Mapping[str, Membership]) -> Mapping[str, Term]:
    """Return the term of every standing organisation."""
    chance = dice(district.seed, "任期")
    old = [one for one in district.branches if not one.is_new]
    chosen = chance.sample(old, PLAN.branches_reelected + PLAN.elections_extended + 1)
    reelected = {one.code for one in chosen[: PLAN.branches_reelected]}
    reelected |= {one.code for one in district.standing if one.unit.kind == "镇街党总支"}
    extended = {one.code for one in chosen[PLAN.branches_reelected : -1]}
    terms = {}
    for one in district.standing:
        seats = _seats(one, members)
        if one.code in reelected:
            terms[one.code] = _reelected(one, seats, chance)
        elif one.code in extended:
            terms[one.code] = _extended(seats, chance)
        else:
            terms[one.code] = _running(one, seats, chance, vacant=one is chosen[-1])
    return terms


def _seats(one: Organisation, members: Mapping[str, Membership]) -> int:
    if not one.is_branch:
        return 7 if one.type == COMMITTEE else 5
    full = members[one.code].full
    return 1 if full < 7 else 3 if full < 24 else 5


def _reelected(one: Organisation, seats: int, chance: Random) -> Term:
    first = date(YEAR, 5, 11) if one.is_branch else date(YEAR, 6, 8)
    held = weekday_from(first + timedelta(days=chance.randrange(180 if one.is_branch else 40)))
    due = held + timedelta(days=chance.randint(1, 20))
    early = one.is_branch and chance.random() < 0.05
    kind = "提前换届" if early else "届满换届"
    return Term(seats, held, 3, kind, due + timedelta(days=45) if early else due)


def _extended(seats: int, chance: Random) -> Term:
    elected = weekday_from(date(YEAR - 3, 11, 6) + timedelta(days=chance.randrange(30)))
    due = add_years(elected, Decimal(3))
    assert isinstance(due, date)
    return Term(seats, elected, 3, "延期换届", due, date(YEAR + 1, 5, 31))


def _running(one: Organisation, seats: int, chance: Random, *, vacant: bool) -> Term:
    if one.is_new:
        return Term(seats, weekday_from(one.founded + timedelta(days=chance.randint(5, 15))), 3, "新成立选举")
    years = 5 if one.type == COMMITTEE else 3
    return Term(seats, weekday_from(date(YEAR - 2, 8, 1) + timedelta(days=chance.randrange(480))), years, vacant=vacant)


def appoint(district: District, terms: Mapping[str, Term], people: People) -> Mapping[str, tuple[Leader, ...]]:
    """Return the leaders of every standing organisation, the secretary first."""
    return {one.code: tuple(_leaders(one, terms[one.code], people, district.seed)) for one in district.standing}


def _leaders(one: Organisation, term: Term, people: People, seed: int) -> Iterator[Leader]:
    chance = dice(seed, "班子", one.code)
    for post in _POSTS[term.seats]:
        held = "委员" if post == SECRETARY and term.vacant else post
        person = people.invent(YEAR - 55, YEAR - 34)
        yield Leader(one.code, person, held, _leader_row(one, term, person, held, chance))


_NOTABLE = (
    ("李静", "女", "汉族"),
    ("赵磊", "男", "汉族"),
    ("欧阳文静", "女", "汉族"),
    ("买尔旦·艾力", "男", "维吾尔族"),
)
"""Names that lists must set right: of one given character, with a surname of two, with a point in the middle."""


def with_notable_names(
    leaders: Mapping[str, tuple[Leader, ...]], organisations: Sequence[str]
) -> Mapping[str, tuple[Leader, ...]]:
    """Return the leaders, the last ones of the first few organisations under such a name."""
    renamed = {code: _renamed(leaders[code], *given) for code, given in zip(organisations, _NOTABLE, strict=False)}
    return {**leaders, **renamed}


def _renamed(leaders: tuple[Leader, ...], name: str, sex: str, ethnicity: str) -> tuple[Leader, ...]:
    *others, last = leaders
    person = replace(last.person, name=name, sex=sex, ethnicity=ethnicity)
    return (*others, replace(last, person=person, row={**last.row, **row(姓名=name, 性别=sex, 民族=ethnicity)}))


def _leader_row(one: Organisation, term: Term, person: Person, post: str, chance: Random) -> Row:
    secretary = post == SECRETARY
    small = one.unit.stage == "幼儿园" or one.is_new
    level = chance.choices(("省级", "市级", "区级", "否"), (1, 4, 12, 30) if small else (2, 10, 30, 12))[0]
    joined = YearMonth(person.born.year + chance.randint(21, 29), chance.choice((5, 6, 7, 12)))
    return row(
        党组织代码=one.code,
        姓名=person.name,
        性别=person.sex,
        民族=person.ethnicity,
        出生年月=person.born,
        入党年月=joined,
        学历=chance.choices(("研究生", "大学本科", "大学专科"), (12, 80, 8))[0],
        职称=chance.choices(("正高级", "高级", "一级", "二级"), (2, 45, 48, 5))[0],
        党内职务=post,
        行政职务=_office(one, post, chance),
        任党内职务日期=term.elected,
        骨干级别=level,
        骨干称号文号=f"骨干教师，任教体字〔{chance.randint(2015, 2019)}〕{chance.randint(11, 98)}号"
        if level != "否"
        else None,
        年度集中培训学时=chance.randint(56, 72) if secretary else None,
        讲党课次数=chance.randint(2, 5) if secretary else None,
        述职评议等次=chance.choices(("好", "较好", "一般"), (64, 33, 3))[0] if secretary else None,
    )


def _office(one: Organisation, post: str, chance: Random) -> str:
    if one.unit.kind == "机关":
        return "科室负责人"
    if one.unit.kind == "镇街党总支":
        return "教育办公室主任" if post == SECRETARY else "中心校负责人"
    head = "园长" if one.unit.stage == "幼儿园" else "校长"
    top = not one.is_branch or one.unit.branches == 1
    return head if top and post == SECRETARY else chance.choice((f"副{head}", "教导处主任", "德育处主任", "年级主任"))


def election_row(one: Organisation, term: Term, electorate: int, number: int, seed: int) -> Row:
    """Return the record of the sheet 换届选举 of this year's election; ``electorate`` are the full members then."""
    chance = dice(seed, "选举", one.code)
    shift = f"任教工组〔{YEAR}〕延{number}号" if term.election in ("提前换届", "延期换届") else None
    given = {"党组织代码": one.code, "选举类型": term.election, "应换届日期": term.due, "延期或提前批准文号": shift}
    if term.extended_to:
        return row(**given, 延期至日期=term.extended_to, 请示日期=term.elected.replace(year=YEAR) - timedelta(days=20))
    eligible = electorate - chance.randint(0, 1)
    return row(
        **given,
        请示日期=weekday_from(term.elected - timedelta(days=35)) if term.due else None,
        批复日期=term.elected - timedelta(days=20) if term.due else None,
        批复文号=f"任教工组〔{YEAR}〕{number}号" if term.due else None,
        选举大会日期=term.elected,
        选举时正式党员数=electorate,
        应到会有选举权人数=eligible,
        实到会有选举权人数=eligible - chance.randint(0, eligible // 8),
        应选委员数=term.seats,
        候选人数=-(-term.seats * 6 // 5) if term.has_committee else 1,
        当选人数=term.seats,
        新一届委员数=term.seats,
        新一届任期年限=term.years,
        结果批复日期=term.elected + timedelta(days=chance.randint(5, 14)),
        结果批复文号=f"任教工组〔{YEAR}〕果{number}号",
    )
