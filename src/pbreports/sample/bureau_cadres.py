"""The bureau's workbook 干部考察: those inspected for an appointment, all invented."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.sample.cadre_courses import BATCHES, PROBATION, Candidacy, candidacies, course
from pbreports.sample.cadre_forms import confirmations
from pbreports.sample.cadre_people import LEAGUE, OFFICIAL, relatives
from pbreports.sample.cadre_process import (
    ballots,
    polls,
    recommendations,
    review,
    talks,
    team_ballots,
    teams,
    totals,
)
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS
from pbreports.values import YearMonth


def cadre_workbook(story: Story) -> Sheets:
    """Return the records of the inspections."""
    found = tuple(candidacies(story))
    seed = story.seed
    return {
        "岗位方案": list(_posts(found)),
        "候选人": [_candidate(one) for one in found],
        "年度考核": [line for one in found for line in _assessments(one)],
        "简历": [line for one in found for line in _career(one)],
        "家庭成员": [line for one in found for line in _family(one, seed)],
        "民主推荐": [line for one in found for line in recommendations(one, seed)],
        "测评组织": [line for one in found for line in polls(one)],
        "测评票": [line for one in found for line in ballots(one)],
        "测评票数": [line for one in found for line in totals(one)],
        "班子测评票": list(team_ballots(found, seed)),
        "谈话汇总": [talks(one) for one in found],
        "考察评语": [line for one in found for line in _appraisals(one)],
        "考察组": list(teams(story)),
        "审核记录": [review(one) for one in found],
        "任免表确认": list(confirmations(found)),
    }


def _posts(found: tuple[Candidacy, ...]) -> Iterator[Row]:
    for batch, wanted, kind, places in dict.fromkeys((one.batch, one.wanted, one.kind, one.places) for one in found):
        yield row(
            批次=BATCHES[batch],
            拟任职务=wanted,
            动议日期=course(batch).moved,
            动议文号=f"任教工委纪要〔{YEAR}〕{batch + 6}号",
            任用类型=kind,
            岗位职数=places,
            任职条件="大学专科以上文化程度，有两年以上管理工作经历，身体健康，群众公认",
        )


def _candidate(one: Candidacy) -> Row:
    person, learnt = one.person, one.learnt
    full, beside, official = learnt.full, learnt.beside, one.number == OFFICIAL
    level = "高级" if one.number % 3 else "一级"
    return row(
        候选人编号=one.code,
        批次=BATCHES[one.batch],
        学校代码=one.school.code,
        姓名=person.name,
        身份证号=one.identity,
        性别=person.sex,
        民族=person.ethnicity,
        籍贯=_native(one),
        出生地=_native(one),
        出生年月=person.born,
        参加工作年月=learnt.ended,
        入党年月=None if one.number == LEAGUE else YearMonth(person.born.year + 27, 6),
        健康状况="健康",
        政治面貌="民盟" if one.number == LEAGUE else "中共党员",
        人员类别="公务员" if official else "事业单位人员",
        学历=_LEVELS[learnt.highest.word],
        学位=learnt.highest.degree or full.degree or None,
        毕业院校专业=learnt.highest.place,
        全日制学历=full.word,
        全日制学位=full.degree or None,
        全日制学历院校专业=full.place,
        在职学历=beside.word if beside else None,
        在职学位=(beside.degree or None) if beside else None,
        在职学历院校专业=beside.place if beside else None,
        职称="未评" if official else level,
        专业技术职务=None if official else f"{level}教师",
        熟悉专业特长=learnt.strength,
        现任职务=one.present,
        任现职年月=one.since,
        拟任职务=one.wanted,
        拟免职务=None if one.kind == PROBATION else one.present,
        任用类型=one.kind,
        奖惩情况=_honours(one),
        任免理由="试用期满" if one.kind == PROBATION else "工作需要",
    )


_LEVELS = {"研究生": "研究生", "大学": "大学本科", "大专": "大学专科"}
_NATIVES = ("山东任城", "山东兖州", "山东邹城", "山东汶上", "山东任城", "山东嘉祥")


def _native(one: Candidacy) -> str:
    return "新疆疏附" if one.person.ethnicity == "维吾尔族" else _NATIVES[one.number % len(_NATIVES)]


def _honours(one: Candidacy) -> str:
    if one.number % 3 == 2:
        return "无"
    name = "任城区优秀教师" if one.number % 2 else "任城区优秀教育工作者"
    return f"{YEAR - 2 - one.number % 2}年09月，经任城区教育和体育局批准，授予{name}"


def _assessments(one: Candidacy) -> Iterator[Row]:
    passed = "称职" if one.number == OFFICIAL else "合格"
    for year in range(YEAR - 3, YEAR):
        yield row(候选人编号=one.code, 考核年度=year, 考核等次="优秀" if (one.number + year) % 3 == 0 else passed)


def _career(one: Candidacy) -> Iterator[Row]:
    for span in one.career:
        yield row(
            候选人编号=one.code,
            起始年月=span.start,
            结束年月=span.end,
            单位及职务=span.text,
            是否其间=span.within or None,
        )


def _family(one: Candidacy, seed: int) -> Iterator[Row]:
    for relative in relatives(one.number, one.person, seed):
        yield row(
            候选人编号=one.code,
            称谓=relative.title,
            成员姓名=relative.name,
            成员出生年月=relative.born,
            成员政治面貌=relative.politics,
            成员单位及职务=relative.post,
        )


def _appraisals(one: Candidacy) -> Iterator[Row]:
    people = "基层学校" if one.number == OFFICIAL else "师生"
    work = TEXTS.works[one.number % len(TEXTS.works)]
    parts: dict[str, int] = {}
    for text in TEXTS.appraisals:
        parts[text.part] = parts.get(text.part, 0) + 1
        yield row(
            候选人编号=one.code,
            评语段落=text.part,
            评语序号=parts[text.part],
            小标题=text.heading(one.order),
            正文=text.body(one.order, work=work, people=people),
        )
