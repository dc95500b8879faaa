"""The bureau's workbook 干部考察: those inspected for an appointment, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pbreports.sample.district import School
from pbreports.sample.people import Person, identity_number
from pbreports.sample.plan import PLAN, YEAR
from pbreports.sample.rows import Row, Sheets, dice, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS
from pbreports.values import YearMonth

BATCHES = (f"{YEAR}年第一批", f"{YEAR}年第二批")
_STARTS = (date(YEAR, 4, 20), date(YEAR, 8, 3))
_KINDS = ("提拔", "提拔", "重用", "交流", "交流", "转任", "改任")
_VOTERS = {"A": 7, "B": 16, "C": 38}
"""How many cast each kind of ballot: leaders, heads of departments, teachers."""

_DIVISIONS = "德能勤绩廉"


@dataclass(frozen=True, slots=True)
class Candidacy:
    """One candidacy of one person in one batch."""

    code: str
    person: Person
    number: int
    batch: int
    kind: str
    school: School
    appointed: bool
    chance: Random

    @property
    def start(self) -> date:
        """The day the batch was moved."""
        return _STARTS[self.batch]

    @property
    def wanted(self) -> str:
        """The post proposed."""
        return f"{self.school.short_name}{'党支部书记、校长' if self.kind == '提拔' else '副校长'}"


def cadre_workbook(story: Story) -> Sheets:
    """Return the records of the inspections."""
    found = tuple(_candidacies(story))
    return {
        "岗位方案": list(_posts(found)),
        "候选人": [_candidate(one) for one in found],
        "年度考核": [
            row(候选人编号=one.code, 考核年度=year, 考核等次="优秀" if (one.number + year) % 3 == 0 else "称职")
            for one in found
            for year in range(YEAR - 3, YEAR)
        ],
        "简历": [line for one in found for line in _career(one)],
        "民主推荐": [line for one in found for line in _recommendations(one)],
        "测评组织": [_ballot(one, kind) for one in found for kind in _VOTERS],
        "测评票": [line for one in found for kind in _VOTERS for line in _votes(one, kind)],
        "班子测评票": list(_team_votes(found)),
        "谈话汇总": [_talks(one) for one in found],
        "考察评语": [
            row(
                候选人编号=one.code,
                评语段落=text["part"],
                评语序号=1,
                小标题=text["heading"],
                正文=text["body"].format(work="教学管理" if one.number % 2 else "德育和安全"),
            )
            for one in found
            for text in TEXTS.appraisals
        ],
        "考察组": list(_teams(story)),
        "审核记录": [_review(one) for one in found],
    }


def _candidacies(story: Story) -> Iterator[Candidacy]:
    """Go through the candidacies: those appointed, one of them twice, and those who were not."""
    able = [one for one in story.district.reporting if one.kind == "独立" and one.stage != "幼儿园"]
    people = [(number, person, number < PLAN.appointed) for number, person in enumerate(story.cadres)]
    twice = (0, story.cadres[0], True)
    ended = (PLAN.appointed, story.cadres[PLAN.appointed], True)
    for order, (number, person, appointed) in enumerate((*people, twice, ended)):
        again = order >= len(people)
        yield Candidacy(
            code=f"KC{YEAR}{order + 1:02d}",
            person=person,
            number=number,
            batch=int(again or number >= 8),
            kind="试用期满" if order == len(people) + 1 else "交流" if again else _KINDS[number % len(_KINDS)],
            school=able[(order * 7 + 3) % len(able)],
            appointed=appointed,
            chance=dice(story.seed, "考察", order),
        )


def _posts(found: tuple[Candidacy, ...]) -> Iterator[Row]:
    for batch, wanted, kind in dict.fromkeys((one.batch, one.wanted, one.kind) for one in found):
        yield row(批次=BATCHES[batch], 拟任职务=wanted, 动议日期=_STARTS[batch], 任用类型=kind, 岗位职数=1)


def _candidate(one: Candidacy) -> Row:
    person = one.person
    started = YearMonth(person.born.year + 22, 7)
    return row(
        候选人编号=one.code,
        批次=BATCHES[one.batch],
        学校代码=one.school.code,
        姓名=person.name,
        身份证号=identity_number(person, 1 + one.number, one.number),
        性别=person.sex,
        民族=person.ethnicity,
        籍贯="山东任城",
        出生地="山东任城",
        出生年月=person.born,
        参加工作年月=started,
        入党年月=YearMonth(person.born.year + 27, 6),
        健康状况="健康",
        学历="研究生" if one.number % 6 == 0 else "大学专科" if one.number == 9 else "大学本科",
        学位="教育学硕士" if one.number % 6 == 0 else "学士",
        毕业院校专业="教育学专业",
        职称="高级" if one.number % 3 else "一级",
        现任职务=_present(one),
        任现职年月=YearMonth(YEAR - 4, 8),
        拟任职务=one.wanted,
        拟免职务=_present(one),
        任用类型=one.kind,
    )


def _present(one: Candidacy) -> str:
    return f"{one.school.short_name}{'副校长' if one.kind in ('提拔', '重用') else '教导处主任'}"


def _career(one: Candidacy) -> Iterator[Row]:
    first, second = YearMonth(one.person.born.year + 22, 7), YearMonth(YEAR - 10, 8)
    name = one.school.short_name
    yield row(候选人编号=one.code, 起始年月=first, 结束年月=second, 单位及职务=f"{name}教师")
    yield row(
        候选人编号=one.code, 起始年月=second, 结束年月=YearMonth(YEAR - 4, 8), 单位及职务=f"{name}教研组长、年级主任"
    )
    yield row(候选人编号=one.code, 起始年月=YearMonth(YEAR - 4, 8), 单位及职务=_present(one))


def _recommendations(one: Candidacy) -> Iterator[Row]:
    due = one.chance.randint(46, 70)
    there = due - one.chance.randint(0, 4)
    valid = there - one.chance.randint(0, 1)
    votes = valid * (one.chance.randint(78, 96) if one.appointed else one.chance.randint(45, 60)) // 100
    day = one.start + timedelta(days=4)
    yield row(
        候选人编号=one.code,
        推荐形式="会议推荐",
        推荐日期=day,
        推荐应到人数=due,
        推荐实到人数=there,
        推荐发票数=there,
        推荐收票数=there,
        推荐有效票数=valid,
        推荐得票数=votes,
        推荐位次=1 if one.appointed else 2,
    )
    talked = one.chance.randint(18, 26)
    agreed = talked - one.chance.randint(0, 2) if one.appointed else talked // 2
    yield row(
        候选人编号=one.code,
        推荐形式="谈话推荐",
        推荐日期=day + timedelta(days=1),
        推荐应到人数=talked,
        推荐实到人数=talked,
        推荐得票数=agreed,
        推荐位次=1 if one.appointed else 2,
    )


def _ballot(one: Candidacy, kind: str) -> Row:
    voters = _VOTERS[kind]
    return row(
        候选人编号=one.code,
        测评票种=kind,
        测评日期=one.start + timedelta(days=18),
        测评应到人数=voters + 1,
        测评实到人数=voters,
        测评发票数=voters,
        测评收票数=voters,
        测评无效票数=0,
    )


def _votes(one: Candidacy, kind: str) -> Iterator[Row]:
    whole = (88, 11, 1) if one.appointed else (55, 38, 7)
    for number in range(1, _VOTERS[kind] + 1):
        marks = one.chance.choices(("优秀", "良好", "一般"), (86, 13, 1), k=len(_DIVISIONS))
        yield row(
            候选人编号=one.code,
            测评票种=kind,
            票序号=number,
            总体评价=one.chance.choices(("优秀", "称职", "基本称职"), whole)[0],
            **dict(zip(_DIVISIONS, marks, strict=True)),
        )


def _team_votes(found: tuple[Candidacy, ...]) -> Iterator[Row]:
    for one in found[:3]:
        for number in range(1, _VOTERS["B"] + 1):
            mark = one.chance.choices(("好", "较好", "一般"), (86, 12, 2))[0]
            yield row(批次=BATCHES[one.batch], 学校代码=one.school.code, 测评票种="B", 票序号=number, 班子评价=mark)


def _talks(one: Candidacy) -> Row:
    talked = one.chance.randint(18, 26)
    return row(
        候选人编号=one.code,
        谈话日期=one.start + timedelta(days=19),
        谈话人数=talked,
        同意人数=talked - one.chance.randint(0, 2) if one.appointed else talked // 2,
        主要评价要点="工作踏实，业务能力强，团结同志，群众基础较好",
        主要不足要点="理论学习的系统性有待加强",
    )


def _teams(story: Story) -> Iterator[Row]:
    for batch, name in enumerate(BATCHES):
        pair = story.chiefs[3 + batch * 2 : 5 + batch * 2]
        yield row(
            批次=name,
            考察组名称=f"第{'一二'[batch]}考察组",
            考察组成员="、".join(person.name for person in pair),
            考察开始日期=_STARTS[batch] + timedelta(days=17),
            考察结束日期=_STARTS[batch] + timedelta(days=23),
            考察公告日期=_STARTS[batch] + timedelta(days=10),
        )


def _review(one: Candidacy) -> Row:
    decided = one.start + timedelta(days=30) if one.appointed else None
    named = one.appointed and one.start + timedelta(days=46)
    return row(
        候选人编号=one.code,
        档案审核日期=one.start + timedelta(days=12),
        档案审核结论="无问题",
        个人事项核查结论="无问题",
        纪检意见日期=one.start + timedelta(days=24),
        纪检意见文号=f"任纪函〔{YEAR}〕{30 + one.number}号",
        信访核查结论="无问题",
        讨论决定日期=decided,
        公示开始日期=decided + timedelta(days=1) if decided else None,
        公示结束日期=decided + timedelta(days=9) if decided else None,
        任职文号=f"任教体任〔{YEAR}〕{one.batch + 3}号" if named else None,
        任职日期=named or None,
        试用期满日期=(named.replace(year=YEAR + 1) if named and one.kind == "提拔" else None),
    )
