"""What a unit puts forward and writes: the sheets 22 and 23."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pbreports.sample.district import School
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, dice, notice, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

FIVE_STARS, ADVANCED, GOOD_MEMBER, GOOD_WORKER = "五星级党组织", "先进基层党组织", "优秀共产党员", "优秀党务工作者"


def text_sheets(story: Story, school: School) -> Sheets:
    """Return the records of a unit's nominations and summary."""
    return {"推荐申报": list(nominations(story, school)), "工作总结": list(_summary(story, school))}


def nominated_branches(story: Story, school: School) -> list[str]:
    """Return the branches that a unit puts forward for five stars, those that got them."""
    rated = [one.code for one in story.district.of(school) if one.code in story.scores]
    return [code for code in rated if story.scores[code].star == 5]


def nominations(story: Story, school: School) -> Iterator[Row]:
    """Yield the records of a unit's nominations: its best branches, where it was shown to others the first of them too."""
    names = {one.code: one.name for one in story.district.of(school)}
    best = nominated_branches(story, school)
    advanced = best[:1] if school in story.honours.observed else []
    for kind, codes in ((FIVE_STARS, best), (ADVANCED, advanced)):
        for rank, code in enumerate(codes, 1):
            yield row(推荐类别=kind, 推荐顺序=rank, 对象名称=names[code], 党组织代码=code, **_course(story, school))
    chance = dice(story.seed, "推荐", school.code)
    for one in story.district.of(school):
        if one.is_branch and story.terms[one.code].seats > 1 and chance.random() < 0.3:
            yield _person(story, school, one.code, chance.choice((GOOD_MEMBER, GOOD_WORKER)))
            return


def _person(story: Story, school: School, code: str, kind: str) -> Row:
    leader = story.leaders[code][-1]
    return row(
        推荐类别=kind,
        推荐顺序=1,
        对象名称=leader.person.name,
        党组织代码=code,
        性别=leader.person.sex,
        民族=leader.person.ethnicity,
        出生年月=leader.person.born,
        入党年月=leader.row["入党年月"],
        是否正式党员=True,
        职务=leader.row["行政职务"],
        党务工作年限=4 + school.order % 6 if kind == GOOD_WORKER else None,
        上年等次="优秀",
        前年等次="合格",
        **_course(story, school),
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
