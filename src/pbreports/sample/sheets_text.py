"""What a unit puts forward and writes: the sheets 22 and 23."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pbreports.sample.district import School
from pbreports.sample.leaders import Leader
from pbreports.sample.nominations import GOOD_WORKER, PEOPLE
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, dice, notice, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS


def text_sheets(story: Story, school: School) -> Sheets:
    """Return the records of a unit's nominations and summary."""
    return {"推荐申报": list(nominations(story, school)), "工作总结": list(_summary(story, school))}


def nominations(story: Story, school: School) -> Iterator[Row]:
    """Yield the records of a unit's nominations."""
    for one in story.nominations.of(school):
        yield row(
            推荐类别=one.kind,
            推荐顺序=one.rank,
            对象名称=story.nominee(one),
            党组织代码=one.branch.code,
            **(_person(story.leaders[one.branch.code][-1], school, one.kind) if one.kind in PEOPLE else {}),
            **_course(story, school),
        )


def _person(leader: Leader, school: School, kind: str) -> Row:
    return row(
        性别=leader.person.sex,
        民族=leader.person.ethnicity,
        出生年月=leader.person.born,
        入党年月=leader.row["入党年月"],
        是否正式党员=True,
        职务=leader.row["行政职务"],
        党务工作年限=4 + school.order % 6 if kind == GOOD_WORKER else None,
        上年等次="优秀",
        前年等次="合格",
    )


def _course(story: Story, school: School) -> Row:
    start, end = notice(date(YEAR, 11, 16 + school.order % 5), 6)
    return row(
        研究推荐日期=date(YEAR, 11, 12),
        公示开始日期=start,
        公示结束日期=end,
        是否存在负面情形=False,
        事迹简介=dice(story.seed, "事迹", school.code).choice(TEXTS.nomination_stories),
    )


def _summary(story: Story, school: School) -> Iterator[Row]:
    organisations = story.district.of(school)
    if not organisations:
        return
    full, probationary = story.full_below(organisations[0])
    facts = {
        "school": school.short_name,
        "organisations": len(organisations),
        "members": full + probationary,
        "probationary": probationary,
    }
    for paragraph in TEXTS.summary:
        yield row(
            段落=paragraph.part,
            小标题=paragraph.heading,
            正文=paragraph.body.format(**facts),
            引用数据说明="02表、03表" if paragraph.part == "基本情况" else None,
        )
