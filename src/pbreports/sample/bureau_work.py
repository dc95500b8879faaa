"""The bureau's workbooks 表彰命名, 局端工作 and 配置."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pbreports.sample.district import DIRECT, School
from pbreports.sample.honours import MUNICIPAL, PHASES, Naming
from pbreports.sample.plan import BRANDS, PLAN, SECRETARY_PROJECT, YEAR
from pbreports.sample.rows import Row, Sheets, dice, row
from pbreports.sample.sheets_school import PROVINCIAL, brand_day, brand_number
from pbreports.sample.sheets_text import FIVE_STARS, GOOD_MEMBER, GOOD_WORKER, nominated_branches
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

_TASKS = ("重点学校培育提升", "示范学校引领带动", "全区学校整体推进")
_POSTS = (
    "党组书记、局长",
    "党组成员、副局长",
    "党组成员、副局长",
    "党组成员、副局长",
    "党组成员",
    "党组成员",
    "四级调研员",
)


def honours_workbook(story: Story) -> Sheets:
    """Return the records of namings, awards, brands, quotas and plans."""
    honours = story.honours
    return {
        "创建周期": [
            row(起始年=YEAR - 2, 结束年=YEAR, 阶段序号=number, 创建阶段=phase, 阶段任务=task)
            for number, (phase, task) in enumerate(zip(PHASES, _TASKS, strict=True), 1)
        ],
        "示范校命名": [_naming(one) for one in honours.namings],
        "上级表彰": [_award(story, honours.honoured)],
        "品牌": list(_brands(story)),
        "名额分配": [line for school in story.district.reporting for line in _quotas(story, school)],
        "发展计划": list(_admission_plan(story)),
        "推荐审核": [line for school in story.district.reporting for line in _reviews(story, school)],
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


def _award(story: Story, school: School) -> Row:
    return row(主体类型="党组织", 主体名称=story.district.of(school)[0].name, 学校代码=school.code, **PROVINCIAL)


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


def _quotas(story: Story, school: School) -> Iterator[Row]:
    wanted = {FIVE_STARS: len(nominated_branches(story, school)), GOOD_MEMBER: 1, GOOD_WORKER: 1}
    for kind, count in wanted.items():
        if count and story.district.of(school) and school.kind != "镇街党总支":
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


def _reviews(story: Story, school: School) -> Iterator[Row]:
    names = {one.code: one.name for one in story.district.of(school)}
    for rank, code in enumerate(nominated_branches(story, school), 1):
        yield row(
            推荐类别=FIVE_STARS,
            学校代码=school.code,
            推荐顺序=rank,
            对象名称=names[code],
            初审是否通过=True,
            纪检意见日期=date(YEAR, 12, 8),
            征求意见结论="无问题",
            审议会议="区委教育工委会议",
            审议日期=date(YEAR, 12, 14),
            公示开始日期=date(YEAR, 12, 15),
            公示结束日期=date(YEAR, 12, 21),
            是否表彰=True,
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


def settings_workbook(story: Story) -> Sheets:
    """Return the records of papers and decisions; nothing is waived or corrected in the sample."""
    return {
        "公文配置": [
            row(
                文书名称="年度总结",
                文种="总结",
                署名机关="中共任城区委教育工作委员会",
                主送机关="中共济宁市委教育工作委员会",
                成文日期=date(YEAR, 12, 31),
                印发机关="中共任城区委教育工作委员会办公室",
            )
        ],
        "豁免": [
            row(
                学校代码=story.district.by_name["河湾小学"].code,
                规则码="V-O05",
                豁免理由="联合党支部成员单位教师交流，暂保留设置",
                有效期至=date(YEAR + 1, 6, 30),
                批准人=story.chiefs[0].name,
                批准日期=date(YEAR, 3, 16),
            )
        ],
    }
