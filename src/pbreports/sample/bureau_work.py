"""The bureau's workbook 局端工作."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pbreports.sample.district import DIRECT
from pbreports.sample.plan import PLAN, SECRETARY_PROJECT, YEAR
from pbreports.sample.rows import Row, Sheets, dice, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

_POSTS = (
    "党组书记、局长",
    "党组成员、副局长",
    "党组成员、副局长",
    "党组成员、副局长",
    "党组成员",
    "党组成员",
    "四级调研员",
)


def work_workbook(story: Story) -> Sheets:
    """Return the records of the bureau's own work."""
    return {
        "包保联系点": list(_contacts(story)),
        "书记项目": [
            row(
                项目年度=YEAR,
                书记项目类型="书记突破项目",
                书记项目名称=SECRETARY_PROJECT,
                牵头人职务="教育工委书记",
                项目进展="分三年推进，本年度完成整体推进阶段任务",
            )
        ],
        "校外培训机构监管": [line for name in story.district.townships for line in _institutions(story, name)],
        "典型案例": [
            row(
                学校代码=story.district.by_name[one.school].code,
                案例类别=one.kind,
                案例题目=one.title,
                案例简述=one.brief,
                是否写入总结=True,
                亮点顺序=number,
            )
            for number, one in enumerate(TEXTS.cases, 1)
        ],
        "上年指标": [
            row(指标年度=YEAR - 1, 指标名称=name, 数值=value, 数值来源="上年年报")
            for name, value in last_year(story).items()
        ],
    }


def _contacts(story: Story) -> Iterator[Row]:
    schools = [one for one in story.district.reporting if one.kind in ("独立", "联合牵头")][:60]
    for number, school in enumerate(schools):
        chief = number % len(story.chiefs)
        yield row(
            联系领导=story.chiefs[chief].name,
            领导职务=_POSTS[chief],
            学校代码=school.code,
            联系开始日期=date(YEAR, 3, 2),
            到点次数=2 + number % 5,
        )


def _institutions(story: Story, township: str) -> Iterator[Row]:
    if township == DIRECT:
        return
    chance = dice(story.seed, "校外", township)
    for half in ("上半年", "下半年"):
        found = chance.randint(2, 7)
        yield row(
            镇街名称=township,
            监管期=half,
            摸排机构数=chance.randint(9, 32),
            问题机构数=found,
            已整改机构数=found - chance.randint(0, 1),
            取缔机构数=chance.randint(0, 1),
            执法检查次数=chance.randint(3, 8),
            机构培训场次=1,
        )


def last_year(story: Story) -> dict[str, Decimal]:
    """Return last year's main figures: those the district's own records tell, and the rest as reported then."""
    counted: dict[str, int | Decimal] = {
        "全区党总支数": sum(one.type == "党总支" and not one.is_new for one in story.district.organisations),
        "全区党支部数": sum(one.is_branch and not one.is_new for one in story.district.organisations),
        "全区党员总数": sum(one.opening for one in story.district.organisations),
        "参评支部数": sum(score.last_star is not None for score in story.scores.values()),
        "五星级党组织数": PLAN.stars.five_last_year,
        "五星级占比": Decimal(PLAN.stars.five_last_year * 100) / (PLAN.rated - 1),
        "新成立党总支数": 1,
        "新成立党支部数": 6,
        "换届党支部数": 58,
        "换届涉农镇街党总支数": 7,
        "市级示范校命名数": PLAN.municipal_named[1],
        "区级示范校命名数": PLAN.district_named[1],
        "三年市级示范校数": PLAN.municipal_before + sum(PLAN.municipal_named[:2]),
        "三年区级示范校数": PLAN.district_before + sum(PLAN.district_named[:2]) + 1,
        "区级观摩点数": 9,
        "发展党员数": 47,
        "发展党员总数": 66,
        "选拔任用交流干部数": 12,
    }
    told = {name: Decimal(str(value)) for name, value in TEXTS.last_year.items()}
    return {name: Decimal(value).quantize(Decimal("0.0001")) for name, value in counted.items()} | told
