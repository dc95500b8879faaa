"""The records of how each batch went: recommendation, ballots, talks, reviews, the decision and the appointment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from pbreports.sample.cadre_courses import BATCHES, PROBATION, PROMOTED, Candidacy, course
from pbreports.sample.cadre_people import COLLEGE, LEAGUE
from pbreports.sample.plan import MEETING_OF_COMMITTEE, YEAR
from pbreports.sample.rows import Row, dice, row
from pbreports.sample.story import Story
from pbreports.scheme.language.calendar import add_years

TALLIED = COLLEGE
"""Of whom only the totals of the ballots are known."""

_GRADES = ("优秀", "称职", "基本称职", "不称职", "弃权")
_MARKS = ("优秀", "良好", "一般", "较差", "弃权")
_DIVISIONS = "德能勤绩廉"
_WHOLE = "总体"


# ---------------------------------------------------------------- recommendation


def recommendations(one: Candidacy, seed: int) -> Iterator[Row]:
    """Go through somebody's recommendation: at a meeting and in talks, both the same for all who stand for a post."""
    contested, chance = one.contested, dice(seed, "推荐", one.batch, one.wanted)
    due = chance.randint(46, 70)
    there = due - chance.randint(0, 4)
    valid = there - chance.randint(0, 1)
    talked = chance.randint(18, 26)
    share = chance.randint(62, 68) if contested else chance.randint(78, 96)
    share = share if one.appointed else 30
    place = 1 if one.appointed else 2
    yield row(
        候选人编号=one.code,
        推荐形式="会议推荐",
        推荐日期=one.course.recommended,
        推荐应到人数=due,
        推荐实到人数=there,
        推荐发票数=there,
        推荐收票数=there,
        推荐有效票数=valid,
        推荐得票数=valid * share // 100,
        推荐位次=place,
    )
    yield row(
        候选人编号=one.code,
        推荐形式="谈话推荐",
        推荐日期=one.course.asked,
        推荐应到人数=talked,
        推荐实到人数=talked,
        推荐得票数=talked * share // 100,
        推荐位次=place,
    )


# ---------------------------------------------------------------- ballots


def _voters(one: Candidacy) -> dict[str, int]:
    """Return how many cast each kind of ballot: leaders, heads of departments, teachers."""
    return {"A": 4 if one.number == LEAGUE else 5 + one.number % 4, "B": 14 + one.number % 5, "C": 36 + one.number % 7}


def _spoilt(one: Candidacy, kind: str) -> int:
    return int(kind == "C" and one.number % 3 == 0)


def polls(one: Candidacy) -> Iterator[Row]:
    """Go through the kinds of ballots that were handed out about somebody; now and then one is spoilt."""
    for kind, voters in _voters(one).items():
        spoilt = _spoilt(one, kind)
        yield row(
            候选人编号=one.code,
            测评票种=kind,
            测评日期=one.course.began,
            测评应到人数=voters + 1,
            测评实到人数=voters,
            测评发票数=voters,
            测评收票数=voters,
            测评无效票数=spoilt,
            废票原因="总体评价勾了两格" if spoilt else None,
        )


def ballots(one: Candidacy) -> Iterator[Row]:
    """Go through the valid ballots about somebody."""
    if one.number != TALLIED:
        for kind, number, (whole, *marks) in _cast(one):
            told = dict(zip(_DIVISIONS, marks, strict=True))
            yield row(候选人编号=one.code, 测评票种=kind, 票序号=number, 总体评价=whole, **told)


def totals(one: Candidacy) -> Iterator[Row]:
    """Go through the totals of the ballots where the ballots themselves are not known."""
    if one.number == TALLIED:
        items = (_WHOLE, *_DIVISIONS)
        counts = Counter(
            (kind, item, mark) for kind, _, marks in _cast(one) for item, mark in zip(items, marks, strict=True)
        )
        for kind in _voters(one):
            for item in items:
                for mark in _GRADES if item == _WHOLE else _MARKS:
                    count = counts[kind, item, mark]
                    yield row(候选人编号=one.code, 测评票种=kind, 测评项目=item, 测评等次=mark, 票数=count)


def _cast(one: Candidacy) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Go through the valid ballots: of which kind, their number, the whole grade and the five marks."""
    whole = (86, 12, 1, 0, 1) if one.appointed else (55, 40, 4, 0, 1)
    for kind, voters in _voters(one).items():
        for number in range(1, voters - _spoilt(one, kind) + 1):
            marks = one.chance.choices(_MARKS, (85, 13, 1, 0, 1), k=len(_DIVISIONS))
            yield kind, number, (one.chance.choices(_GRADES, whole)[0], *marks)


def team_ballots(found: tuple[Candidacy, ...], seed: int) -> Iterator[Row]:
    """Go through the ballots about the teams of leaders of the first few schools."""
    for one in found[:3]:
        chance = dice(seed, "班子测评", one.school.code)
        for number in range(1, 17):
            mark = chance.choices(("好", "较好", "一般"), (86, 12, 2))[0]
            yield row(批次=BATCHES[one.batch], 学校代码=one.school.code, 测评票种="B", 票序号=number, 班子评价=mark)


# ---------------------------------------------------------------- inspection, decision, appointment

_GOOD = (
    "工作踏实，业务能力强，团结同志，群众基础较好",
    "责任心强，思路清楚，敢于担当，处事公道",
    "政治素质好，善于协调，带队伍有办法",
    "作风正派，勤勉敬业，对自己要求严格",
)
_POOR = (
    "理论学习的系统性有待加强",
    "有时工作要求偏急，方式方法还可改进",
    "总结提炼工作经验不够",
)


def talks(one: Candidacy) -> Row:
    """Return the talks of the inspection group."""
    talked = one.chance.randint(18, 26)
    agreed = talked - one.chance.randint(0, 2) if one.appointed else talked // 2
    return row(
        候选人编号=one.code,
        谈话日期=one.course.talked,
        谈话人数=talked,
        同意人数=agreed,
        主要评价要点=_GOOD[one.order % len(_GOOD)],
        主要不足要点=_POOR[one.order % len(_POOR)],
    )


def teams(story: Story) -> Iterator[Row]:
    """Go through the inspection groups, one for each batch."""
    for batch, name in enumerate(BATCHES):
        members = [person.name for person in story.chiefs[3 + batch * 2 : 5 + batch * 2]]
        days = course(batch)
        yield row(
            批次=name,
            考察组名称=f"第{'一二'[batch]}考察组",
            考察组组长=members[0],
            考察组成员="、".join(members),
            考察方案文号=f"任教体考〔{YEAR}〕{batch + 1}号",
            考察公告日期=days.announced,
            考察开始日期=days.began,
            考察结束日期=days.ended,
            考察材料日期=days.written,
        )


def review(one: Candidacy) -> Row:
    """Return the reviews about somebody, and of those appointed the decision, the publicity and the appointment."""
    days = one.course
    return row(
        候选人编号=one.code,
        档案审核日期=days.archives,
        档案审核结论="无问题",
        个人事项核查日期=days.matters,
        个人事项核查结论="无问题",
        纪检意见日期=days.discipline,
        纪检意见文号=f"任纪函〔{YEAR}〕{30 + one.order}号",
        纪检意见结论="无问题",
        信访核查日期=days.discipline,
        信访核查结论="无问题",
        信访核查文号=f"任信核〔{YEAR}〕{one.batch + 1}号",
        廉洁意见日期=days.integrity,
        廉洁意见书记签字=True,
        廉洁意见纪检签字=True,
        不得列为考察对象情形="无",
        **(_appointment(one) if one.appointed else {}),
    )


def _appointment(one: Candidacy) -> Row:
    days = one.course
    number = 5 if one.kind == PROBATION else one.batch + 3
    probation = add_years(days.appointed, Decimal(1)) if one.kind == PROMOTED else None
    return row(
        讨论决定日期=days.decided,
        讨论会议=MEETING_OF_COMMITTEE,
        讨论应到人数=7,
        讨论实到人数=7 - one.batch,
        讨论同意票数=7 - one.batch,
        讨论不同意票数=0,
        讨论弃权票数=0,
        公示文号=f"任教体示〔{YEAR}〕{one.batch + 1}号",
        公示开始日期=days.shown_from,
        公示结束日期=days.shown_until,
        公示结果="无反映",
        任职文号=f"任教体任〔{YEAR}〕{number}号",
        任职日期=days.appointed,
        试用期满日期=probation,
    )
