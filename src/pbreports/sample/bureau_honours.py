"""The bureau's workbook 表彰命名: namings, awards, brands, places, plans, and how nominations fared."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.sample.honours import MUNICIPAL, PHASES, Naming
from pbreports.sample.nominations import Nomination
from pbreports.sample.plan import (
    BRANDS,
    MEETING_OF_COMMITTEE,
    OPINION_ON,
    REVIEWED_ON,
    SHOWN_FROM,
    SHOWN_UNTIL,
    YEAR,
)
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.sheets_school import OF_THE_CITY, PROVINCIAL, brand_day, brand_number
from pbreports.sample.story import Story

_TASKS = ("重点学校培育提升", "示范学校引领带动", "全区学校整体推进")


def honours_workbook(story: Story) -> Sheets:
    """Return the records of namings, awards, brands, quotas and plans."""
    honours = story.honours
    return {
        "创建周期": [
            row(起始年=YEAR - 2, 结束年=YEAR, 阶段序号=number, 创建阶段=phase, 阶段任务=task)
            for number, (phase, task) in enumerate(zip(PHASES, _TASKS, strict=True), 1)
        ],
        "示范校命名": [_naming(one) for one in honours.namings],
        "上级表彰": list(_awards(story)),
        "品牌": list(_brands(story)),
        "名额分配": list(_quotas(story)),
        "发展计划": list(_admission_plan(story)),
        "推荐审核": [_review(story, one) for one in story.nominations.made],
    }


def _naming(one: Naming) -> Row:
    return row(
        学校代码=one.school.code,
        级别=one.level,
        命名日期=one.on,
        命名文号=one.number,
        创建阶段=one.phase,
        命名状态="撤销" if one.revoked else "有效",
        撤销日期=one.revoked,
        撤销文号=f"任教工委〔{YEAR}〕13号" if one.revoked else None,
    )


def _awards(story: Story) -> Iterator[Row]:
    school, other = story.honours.honoured, story.honours.speakers[0]
    yield row(主体类型="党组织", 主体名称=story.district.of(school)[0].name, 学校代码=school.code, **PROVINCIAL)
    yield row(主体类型="个人", 主体名称=story.approver(other).name, 学校代码=other.code, **OF_THE_CITY)


def _brands(story: Story) -> Iterator[Row]:
    shown = 0
    for brand in BRANDS:
        shown += not brand.honour
        honoured = bool(brand.honour)
        yield row(
            学校代码=story.district.by_name[brand.school].code,
            品牌名称=brand.name,
            获评称号={MUNICIPAL: "一校一品党建文化品牌", "": "未获评"}.get(brand.honour, "基层党建工作创新案例"),
            获评级别=brand.honour or None,
            获评日期=brand_day(brand.honour) if honoured else None,
            获评文号=brand_number(brand.honour) if honoured else None,
            是否亮点=not honoured,
            亮点顺序=None if honoured else shown,
        )


def _quotas(story: Story) -> Iterator[Row]:
    for kind, places in story.nominations.places.items():
        for school in story.district.reporting:
            if count := places.get(school.code):
                yield row(
                    名额年度=YEAR, 推荐类别=kind, 学校代码=school.code, 名额=count, 名额依据=f"任教工委〔{YEAR}〕24号"
                )


def _admission_plan(story: Story) -> Iterator[Row]:
    for one in story.district.branches:
        admitted = sum(applicant.this_year for applicant in story.applicants[one.code])
        if admitted:
            yield row(
                计划年度=YEAR,
                党组织代码=one.code,
                发展计划编号=f"RC{YEAR}-{one.order:03d}",
                计划发展数=admitted,
                计划文号=f"任教工组〔{YEAR}〕5号",
            )


def _review(story: Story, one: Nomination) -> Row:
    """Return how a nomination fared: all went through every step, but for those that an opinion was against."""
    passed = {} if one.doubted else _PASSED
    return row(
        推荐类别=one.kind,
        学校代码=one.branch.unit.code,
        推荐顺序=one.rank,
        对象名称=story.nominee(one),
        初审是否通过=True,
        纪检意见日期=OPINION_ON,
        征求意见结论="有问题待查" if one.doubted else "无问题",
        是否表彰=not one.doubted,
        **passed,
    )


_PASSED = row(审议会议=MEETING_OF_COMMITTEE, 审议日期=REVIEWED_ON, 公示开始日期=SHOWN_FROM, 公示结束日期=SHOWN_UNTIL)
