"""What a unit reports of the school: the cover and the sheets 01, 15 to 21."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from pbreports.sample.district import School
from pbreports.sample.honours import MUNICIPAL, PHASES
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, dice, row, weekday_from
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

HALVES = ("上半年", "下半年")
SPRING, AUTUMN = "春季学期", "秋季学期"


def cover(story: Story, school: School, filled: date) -> Row:
    """Return the record of the cover."""
    chance = dice(story.seed, "封面", school.code)
    head = story.approver(school)
    return row(
        单位代码=school.code,
        单位全称=school.full_name,
        填报人=story.clerks[school.code].name,
        填报人电话=f"0537-000{chance.randint(1000, 9999)}",
        审核人=head.name,
        填报日期=filled,
    )


def school_sheets(story: Story, school: School) -> Sheets:
    """Return the records of a unit's sheets about the school."""
    chance = dice(story.seed, "学校", school.code)
    base = basics(story, school)
    demonstration = list(_demonstration(story, school, chance))
    return {
        "学校基本情况": [base],
        "示范校创建": demonstration,
        "党建品牌": list(_brand(story, school, chance)),
        "荣誉表彰": list(_honours(story, school)),
        "活动台账": list(_activities(story, school, base)),
        "意识形态工作": [_ideology(half, chance, base) for half in range(2)],
        "党风廉政": [_integrity(half, chance) for half in range(2)],
        "重点工作融合": list(_projects(story, school)),
    }


def basics(story: Story, school: School) -> Row:
    """Return the record of the sheet 学校基本情况."""
    chance = dice(story.seed, "基本情况", school.code)
    small = school.stage == "幼儿园"
    staff = story.serving(school) * chance.randint(20, 29) // 10 + (14 if small else 18)
    teachers = staff * (72 if small else 90) // 100
    backbone = sum(story.members[one.code].backbone for one in story.district.of(school) if one.is_branch)
    key = min(teachers, backbone * 2 + 8)
    led = school.stage == "普通高中"
    return row(
        学段=school.stage,
        办学性质=school.ownership,
        所属镇街=school.township,
        是否涉农镇街=school.rural,
        教职工总数=staff,
        专任教师数=teachers,
        三十五岁及以下教师数=teachers * chance.randint(28, 45) // 100,
        四十五岁及以下骨干教师数=key * 3 // 4,
        区级及以上骨干教师数=key,
        在校学生数=teachers * (9 if small else chance.randint(13, 19)),
        领导体制="党组织领导的校长负责制" if led else "校长负责制",
        书记校长配备="分设" if led or school.branches > 2 else "一人兼任",
        党员活动室数=1 + school.branches // 3,
        党建经费预算=Decimal(chance.randint(4, 30) * 1000),
        党建经费支出=Decimal(chance.randint(2000, 3900)),
        专职党务工作者=school.branches // 3,
        兼职党务工作者=chance.randint(1, 3),
    )


def _demonstration(story: Story, school: School, chance: Random) -> Iterator[Row]:
    naming = story.honours.named_now.get(school.code)
    if naming:
        yield row(
            级别=naming.level,
            创建阶段=naming.phase,
            创建状态="命名",
            申报日期=date(YEAR, 3, 20),
            自评分=Decimal(chance.randint(900, 975)) / 10,
            命名日期=naming.on,
            命名文号=naming.number,
            经验题目=chance.choice(TEXTS.experiences),
        )
    elif school in story.honours.nurtured:
        yield row(
            级别=chance.choice(("市级", "区级")),
            创建阶段=chance.choice(PHASES),
            创建状态=chance.choice(("申报", "培育", "中期评估", "通过验收")),
            申报日期=date(YEAR, 3, 25),
            自评分=Decimal(chance.randint(820, 900)) / 10,
        )


def _brand(story: Story, school: School, chance: Random) -> Iterator[Row]:
    lead = next((one for one in story.district.schools if one.code == school.lead), school)
    brand = story.honours.brands.get(lead.code)
    if brand is None:
        return
    honour = {"市级": "一校一品党建文化品牌", "区级": "基层党建工作创新案例"}.get(brand.honour, "未获评")
    honoured = bool(brand.honour) and lead is school
    yield row(
        品牌名称=brand.name,
        是否主品牌=True,
        是否仍在使用=True,
        内涵释义=chance.choice(TEXTS.meanings),
        品牌载体=chance.choice(TEXTS.carriers),
        品牌成效=chance.choice(TEXTS.effects),
        创建年份=chance.randint(2016, 2020),
        获评称号=honour if honoured else "未获评",
        获评级别=brand.honour if honoured else None,
        获评日期=brand_day(brand.honour) if honoured else None,
        获评文号=brand_number(brand.honour) if honoured else None,
        是否有品牌标识=chance.random() < 0.7,
    )


def brand_day(level: str) -> date:
    """Return when the brands of a level were honoured."""
    return date(YEAR, 9, 28) if level == MUNICIPAL else date(YEAR, 7, 1)


def brand_number(level: str) -> str:
    """Return the document that honoured the brands of a level."""
    return f"济教工委〔{YEAR}〕14号" if level == MUNICIPAL else f"任组通〔{YEAR}〕22号"


PROVINCIAL: Row = {
    "荣誉名称": "山东省教育系统先进基层党组织",
    "荣誉类别": "先进基层党组织",
    "级别": "省级",
    "授予单位": "中共山东省委教育工作委员会",
    "荣誉文号": f"鲁教工委〔{YEAR}〕9号",
    "授予日期": date(YEAR, 6, 28),
}
"""The province's award of the year."""


OF_THE_CITY: Row = {
    "荣誉名称": "全市教育系统优秀共产党员",
    "荣誉类别": "优秀共产党员",
    "级别": "市级",
    "授予单位": "中共济宁市委教育工作委员会",
    "荣誉文号": f"济教工委〔{YEAR}〕11号",
    "授予日期": date(YEAR, 6, 29),
}
"""The city's award of the year to the secretary of the school whose speech came first."""


def _honours(story: Story, school: School) -> Iterator[Row]:
    if story.honours.honoured is school:
        yield row(主体类型="党组织", 主体名称=_named(story, school), **PROVINCIAL)
    if story.honours.speakers[0] is school:
        yield row(主体类型="个人", 主体名称=story.approver(school).name, **OF_THE_CITY)
    if school.order % 5 == 3 and story.district.of(school):
        yield row(
            主体类型="党组织",
            主体名称=_named(story, school),
            荣誉名称="全区教育系统先进基层党组织",
            荣誉类别="先进基层党组织",
            级别="区级",
            授予单位="中共任城区委教育工作委员会",
            荣誉文号=f"任教工委〔{YEAR}〕11号",
            授予日期=date(YEAR, 6, 30),
        )


def _named(story: Story, school: School) -> str:
    return story.district.of(school)[0].name


def _activities(story: Story, school: School, base: Row) -> Iterator[Row]:
    chance = dice(story.seed, "活动", school.code)
    first = next((one.code for one in story.district.of(school)), None)
    organ = school.kind == "机关"
    for activity in TEXTS.activities:
        if not activity.held_by(school.stage, chance):
            continue
        held = weekday_from(date(YEAR, activity.month, chance.randint(1, 24)))
        yield row(
            活动日期=held,
            学期=AUTUMN if held.month >= 8 else SPRING,
            活动类别=activity.kind,
            活动名称=activity.title,
            活动地点=activity.place,
            主办党组织代码=first,
            **_audience(activity.audience, base, chance, organ=organ),
            照片编号=f"{school.code}-{activity.month:02d}-{chance.randint(1, 9)}",
        )


def _audience(audience: str, base: Row, chance: Random, *, organ: bool) -> Mapping[str, Decimal]:
    staff, pupils = (0, 0) if organ else (int(str(base["教职工总数"])), int(str(base["在校学生数"])))
    share = chance.randint(80, 97)
    if audience == "学生" and not organ:
        return {"教职工人次": Decimal(staff // 4), "学生人次": Decimal(pupils * share // 100)}
    if audience == "教职工" and not organ:
        return {"教职工人次": Decimal(max(1, staff * share // 100))}
    return {"党员人次": Decimal(chance.randint(8, 20))}


def _ideology(half: int, chance: Random, base: Row) -> Row:
    found = chance.randint(1, 4)
    left = int(half == 1 and chance.random() < 0.12)
    applied = chance.randint(0, 5)
    clubs = chance.randint(3, 16)
    staff, pupils = int(str(base["教职工总数"])), int(str(base["在校学生数"]))
    return row(
        半年=HALVES[half],
        责任体系是否建立=True,
        责任书签订份数=staff if half == 0 else 0,
        专题研究次数=chance.randint(1, 2),
        分析研判次数=chance.randint(1, 2),
        向上级报告次数=1,
        教职工培训场次=chance.randint(1, 3),
        教职工培训人次=staff,
        学生主题教育场次=chance.randint(2, 6),
        学生主题教育人次=pupils,
        风险排查次数=chance.randint(1, 3),
        发现风险点数=found,
        已整改风险点数=found - left,
        整改中风险点数=left,
        论坛讲座申报场次=applied,
        论坛讲座审批场次=applied,
        论坛讲座举办场次=applied - (applied > 2),
        社团数=clubs,
        社团备案数=clubs,
        读物排查次数=1,
        网络平台数=1 + clubs % 2,
        网络平台备案数=1 + clubs % 2,
    )


def _integrity(half: int, chance: Random) -> Row:
    letters = int(chance.random() < 0.12)
    risks = chance.randint(3, 9)
    return row(
        半年=HALVES[half],
        专题会议次数=chance.randint(1, 3),
        廉政教育场次=chance.randint(1, 3),
        廉政教育人次=chance.randint(20, 120),
        廉政谈话人次=chance.randint(3, 18),
        廉政责任书份数=chance.randint(6, 30) if half == 0 else 0,
        廉政风险点数=risks,
        防控措施数=risks + chance.randint(0, 5),
        信访受理件数=letters,
        信访办结件数=letters,
    )


def _projects(story: Story, school: School) -> Iterator[Row]:
    branches = [one for one in story.district.of(school) if one.is_branch]
    if not branches:
        return
    chance = dice(story.seed, "重点工作", school.code)
    total = sum(story.members[one.code].total for one in branches)
    for project in chance.sample(TEXTS.projects, chance.choice((1, 1, 2, 2, 3))):
        measure = project.measure(chance)
        yield row(
            工作类别=project.kind,
            牵头项目名称=project.title,
            参与党员数=max(1, total * chance.randint(35, 90) // 100),
            成效指标名=measure[0],
            成效数值=measure[1],
            成效单位=measure[2],
            项目简述=project.brief,
        )
