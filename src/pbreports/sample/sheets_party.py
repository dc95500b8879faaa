"""What a unit reports of its organisations and members: the sheets 02 to 07, 10 to 14."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pbreports.sample.district import JOINT, Organisation, School
from pbreports.sample.leaders import election_row
from pbreports.sample.membership import Membership, membership_row
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, dice, row, spread, weekday_from
from pbreports.sample.story import Story

QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")
HALVES = ("上半年", "下半年")
POSTS = ("党员示范岗", "党员先锋岗", "党员责任区", "党员服务岗", "其他")
_EXEMPT = (2, 8)
_VACANT = "原书记调出，由副职临时主持工作，正在按程序补选。"


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch with its members and the random numbers of one sheet."""

    one: Organisation
    members: Membership
    chance: Random

    def months(self, first: int, count: int) -> list[int]:
        """Return the months from the first on in which the branch stood from the beginning."""
        founded = self.one.founded.month if self.one.is_new else 0
        return [month for month in range(first, first + count) if month > founded]


def party_sheets(story: Story, school: School) -> Sheets:
    """Return the records of a unit's sheets about its organisations and members."""
    organisations = story.district.of(school)
    sheets: Sheets = {
        "党组织情况": [_organisation(story, one) for one in organisations],
        "书记与班子": [leader.row for one in organisations for leader in story.leaders[one.code]],
        "换届选举": list(_elections(story, organisations)),
        "组织生活": [line for one in organisations for line in _life(story, one)],
    }
    if school.kind != "镇街党总支":
        sheets |= _branch_sheets(story, tuple(one for one in organisations if one.is_branch))
    return sheets


def _branch_sheets(story: Story, branches: tuple[Organisation, ...]) -> Sheets:
    def of(one: Organisation, sheet: str) -> Branch:
        return Branch(one, story.members[one.code], dice(story.seed, sheet, one.code))

    applicants = [applicant for one in branches for applicant in story.applicants[one.code]]
    return {
        "党员队伍情况": [
            membership_row(one, story.members[one.code], story.applicants[one.code], story.seed) for one in branches
        ],
        "党费与民主评议": [_dues(of(one, "党费")) for one in branches],
        "发展党员": [one.as_row(int(one.branch[1:]) + number) for number, one in enumerate(applicants)],
        "双培养": [_cultivation(story, of(one, "双培养")) for one in branches],
        "党员设岗": [line for one in branches for line in _posts(of(one, "设岗"))],
        "量化积分汇总": [line for one in branches for line in _credits(of(one, "积分"))],
        "服务群众": [line for one in branches for line in _service(of(one, "服务"))],
    }


def _organisation(story: Story, one: Organisation) -> Row:
    term = story.terms[one.code]
    full, probationary = story.full_below(one)
    members = [member for member in story.district.schools if member.lead == one.unit.code]
    return row(
        党组织代码=one.code,
        党组织全称=one.name,
        类型=one.type,
        上级党组织代码=one.parent,
        状态="新成立" if one.is_new else "正常",
        成立日期=one.founded,
        批准文号=f"任教工组〔{YEAR}〕立{one.order}号" if one.is_new else None,
        状态变更日期=one.founded if one.is_new else None,
        正式党员数=full,
        预备党员数=probationary,
        党小组数=story.members[one.code].groups if one.is_branch else 0,
        下属支部数=None if one.is_branch else len(story.district.below(one)),
        是否设支委会=term.has_committee,
        委员数=term.seats if term.has_committee else None,
        书记是否空缺=term.vacant,
        书记空缺说明=_VACANT if term.vacant else None,
        联合支部覆盖单位数=1 + len(members) if one.type == JOINT else None,
        本届当选日期=term.elected,
        本届任期年限=term.years,
        是否参加星级评定=one.rated,
        不参评原因=None if one.rated else "成立不足一年" if one.is_branch and one.is_new else "其他",
    )


def _elections(story: Story, organisations: tuple[Organisation, ...]) -> Iterator[Row]:
    for one in organisations:
        term = story.terms[one.code]
        if term.election:
            members = story.members[one.code].full if one.is_branch else min(90, story.full_below(one)[0])
            yield election_row(one, term, members, one.order, story.seed)


def _life(story: Story, one: Organisation) -> Iterator[Row]:
    """Yield the quarters of organisational life; before it was founded an organisation has nothing to tell."""
    chance = dice(story.seed, "组织生活", one.code)
    term = story.terms[one.code]
    full, probationary = story.full_below(one)
    groups = story.members[one.code].groups if one.is_branch else 0
    for number, quarter in enumerate(QUARTERS):
        months = [m for m in range(number * 3 + 1, number * 3 + 4) if not one.is_new or m > one.founded.month]
        working = [month for month in months if month not in _EXEMPT]
        missed = number == 0 and one.order % 71 == 33
        lectures = int(bool(months) and not missed) * chance.randint(1, 2)
        meetings = int(bool(months)) * chance.randint(1, 2)
        days = len(working) if chance.random() < 0.6 else len(months)
        due = (meetings + lectures + days) * (full + probationary)
        yield row(
            党组织代码=one.code,
            党组织全称=one.name,
            季度=quarter,
            党员大会=meetings,
            支委会=len(working) + chance.randint(0, 1) * bool(months) if term.has_committee else 0,
            党小组会=groups * len(working),
            党课=lectures,
            书记讲党课=min(lectures, chance.randint(0, 1) + (number == 1)) if not term.vacant else 0,
            主题党日=days,
            组织生活会=int(number == 3 or (number == 0 and bool(months) and chance.random() < 0.4)),
            谈心谈话=chance.randint(2, 10) * bool(months),
            应参加人次=due,
            实参加人次=due - chance.randint(due // 40, due // 12) if due > 40 else due,
        )


def _dues(branch: Branch) -> Row:
    members, chance = branch.members, branch.chance
    total = members.total
    short = int(branch.one.order % 67 == 20)
    each = Decimal(chance.randint(52000, 118000)) / 100
    due = each * total
    reviewed = total - (chance.randint(0, 1) if total > 15 else 0)
    excellent = min(total // 3, reviewed * 3 // 10)
    passed = int(total > 20 and chance.random() < 0.15)
    return row(
        党组织代码=branch.one.code,
        党组织全称=branch.one.name,
        应交党费人数=total,
        足额交纳党费人数=total - short,
        应交党费金额=due,
        实交党费金额=due - short * each,
        党费使用金额=(due * chance.randint(15, 45) / 100).quantize(Decimal("0.01")),
        未足额说明="离休党员长期住院，次月补交" if short else None,
        人均集中学习学时=Decimal(chance.randint(335, 560)) / 10,
        达到三十二学时党员数=total - (chance.randint(0, 2) if total > 15 else 0),
        民主评议日期=weekday_from(date(YEAR, 12, 1) + timedelta(days=chance.randrange(7))),
        参评人数=reviewed,
        预备党员参评数=members.probationary,
        优秀人数=excellent,
        合格人数=reviewed - excellent - passed - members.probationary,
        基本合格人数=passed,
        不合格人数=0,
        未定等次人数=members.probationary,
        组织处置人数=0,
        党纪处分起数=0,
    )


def _cultivation(story: Story, branch: Branch) -> Row:
    chance, applicants = branch.chance, story.applicants[branch.one.code]
    return row(
        党组织代码=branch.one.code,
        党组织全称=branch.one.name,
        骨干教师发展为党员数=sum(one.this_year and one.is_backbone for one in applicants),
        党员教师培养成骨干数=chance.choice((0, 0, 1, 1, 2)) if branch.members.total > 9 else 0,
        党员骨干培养成干部数=chance.choice((0, 0, 0, 1)),
        骨干教师中积极分子数=sum(one.state == "积极分子" and one.is_backbone for one in applicants),
        双培养结对数=chance.randint(1, 4),
    )


def _posts(branch: Branch) -> Iterator[Row]:
    total, chance = branch.members.total, branch.chance
    for half, name in enumerate(HALVES):
        for post in POSTS:
            given = {"党组织代码": branch.one.code, "党组织全称": branch.one.name, "半年": name, "岗位类型": post}
            used = post != "其他" and (post != "党员服务岗" or total > 12)
            if not used or not branch.months(half * 6 + 1, 6):
                yield row(**given, 设岗数=0)
                continue
            posts = chance.randint(1, max(1, total // 4))
            pledges = posts * chance.randint(2, 4)
            yield row(
                **given,
                设岗数=posts,
                上岗党员数=min(posts, branch.members.total, branch.members.most),
                承诺事项数=pledges,
                已践诺数=pledges - (chance.randint(0, 1) if pledges > 8 else 0),
                是否公示=True,
                授牌数=posts,
                摘牌数=0,
            )


def _credits(branch: Branch) -> Iterator[Row]:
    members, chance = branch.members, branch.chance
    for number, quarter in enumerate(QUARTERS):
        there = bool(branch.months(number * 3 + 1, 3))
        due = max(1, min(members.total, members.most) - members.retired // 2) if there else 0
        scored = due - (chance.randint(0, 1) if due > 20 else 0)
        best, good, fair = spread(chance, scored, (38, 46, 16))
        points = best * Decimal("93.4") + good * Decimal("85.6") + fair * Decimal("75.2")
        yield row(
            党组织代码=branch.one.code,
            党组织全称=branch.one.name,
            季度=quarter,
            应积分党员数=due,
            已积分党员数=scored,
            平均分=(points / scored).quantize(Decimal("0.01")) if scored else None,
            九十分及以上人数=best,
            八十至八十九分人数=good,
            六十至七十九分人数=fair,
            六十分以下人数=0,
            加分人次=chance.randint(0, scored // 3) if scored else 0,
            扣分人次=chance.randint(0, scored // 8) if scored else 0,
            公示日期=_published(number) if scored else None,
        )


def _published(quarter: int) -> date:
    """Return when a quarter's credits were made public: after its end, the last one's before the report."""
    return (date(YEAR, 4, 10), date(YEAR, 7, 10), date(YEAR, 10, 14), date(YEAR, 12, 9))[quarter]


def _service(branch: Branch) -> Iterator[Row]:
    members, chance = branch.members, branch.chance
    organ = branch.one.unit.kind == "机关"
    late = branch.one.order % 83 == 40
    for half, name in enumerate(HALVES):
        there = bool(branch.months(half * 6 + 1, 6))
        serving = members.serving if there else 0
        events = chance.randint(2, 6) * there
        people = events * chance.randint(4, 12)
        yield row(
            党组织代码=branch.one.code,
            党组织全称=branch.one.name,
            半年=name,
            **({} if organ else _visits(members, chance, there=there)),
            **(_villages(chance) if branch.one.unit.rural else {}),
            应报到在职党员数=serving,
            已报到党员数=serving - (late and half == 1),
            报到社区数=max(1, serving // 4) if serving else 0,
            志愿服务场次=events,
            志愿服务人次=people,
            志愿服务时长=Decimal(people) * chance.randint(3, 7) / 2,
        )


def _visits(members: Membership, chance: Random, *, there: bool) -> Row:
    teachers = members.teachers * 2 * there
    homes = teachers * chance.randint(8, 14)
    opinions = chance.randint(3, 30) * there
    return row(
        一帮一结对数=max(1, members.teachers // 2) * there,
        家访应参与教师数=teachers,
        家访实参与教师数=teachers - chance.randint(0, teachers // 20),
        应访户数=homes,
        实访户数=homes - chance.randint(0, homes // 25),
        收集意见数=opinions,
        解决问题数=opinions - chance.randint(0, opinions // 6),
    )


def _villages(chance: Random) -> Row:
    cadres = chance.randint(1, 3)
    return row(驻村联户干部数=cadres, 驻村联户村数=min(2, cadres), 联系户数=cadres * chance.randint(3, 8))
