"""The bureau's workbooks 名册 and 星级."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from pbreports.sample.district import MERGED_ON, District, Organisation, School, is_rural
from pbreports.sample.leaders import Term
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.scores import ROUNDS, Score
from pbreports.sample.self_rating import negative_number
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

_ROUND_DAYS = ((date(YEAR, 6, 15), date(YEAR, 7, 3)), (date(YEAR, 11, 23), date(YEAR, 12, 11)))
_CONFIRMED = date(YEAR, 12, 23)
_MERGER = f"任教体字〔{YEAR}〕31号"


def roster(story: Story) -> Sheets:
    """Return the records of the roster."""
    district = story.district
    return {
        "镇街": [
            row(序号=number, 镇街名称=name, 是否涉农=is_rural(name), 镇街负责人=None)
            for number, name in enumerate(district.townships, 1)
        ],
        "学校": [_school(story, one) for one in district.schools],
        "党组织": [_organisation(story, one) for one in district.organisations],
        "党组织历史变动": list(_changes(district)),
        "单位变动": [_merger(one) for one in district.schools if one.successor],
    }


def _school(story: Story, school: School) -> Row:
    clerk = story.clerks.get(school.code)
    return row(
        序号=school.order,
        学校代码=school.code,
        学校全称=school.full_name,
        学校简称=school.short_name,
        别名=school.aliases or None,
        单位种类=school.kind,
        牵头单位代码=school.lead or None,
        所属镇街=school.township,
        学段=school.stage,
        办学性质=school.ownership,
        隶属=school.affiliation,
        单位状态="正常" if school.reports else "合并",
        是否报送单位=school.reports,
        报送联系人=clerk.name if clerk else None,
        联系人电话=f"0537-0000{school.order:03d}" if clerk else None,
    )


def _organisation(story: Story, one: Organisation) -> Row:
    members = story.members.get(one.code)
    term = story.terms.get(one.code)
    return row(
        序号=one.order,
        党组织代码=one.code,
        党组织全称=one.name,
        党组织简称=one.short,
        类型=one.type,
        上级党组织代码=one.parent,
        学校代码=one.unit.code,
        状态="合并" if one.is_merged else "新成立" if one.is_new else "正常",
        成立日期=one.founded,
        届满日期=_end_of_term(term),
        上期党员数=one.opening if one.is_branch else None,
        上期正式党员数=max(one.opening - 1, 0) if members and one.opening else None,
        是否参评=one.rated,
        备注="经研究参加本年度评定，只定级不评五星" if one.is_new and one.rated else None,
    )


def _end_of_term(term: Term | None) -> date | None:
    """Return when the term running at the beginning of the year ends."""
    if term is None or term.election == "新成立选举":
        return None
    return term.due or term.elected.replace(year=term.elected.year + term.years)


def _changes(district: District) -> Iterator[Row]:
    for one in district.organisations:
        if one.is_new:
            yield row(
                党组织代码=one.code,
                组织变动事件="成立",
                变动日期=one.founded,
                变动文号=f"任教工组〔{YEAR}〕立{one.order}号",
            )
        elif one.is_merged:
            heir = next(other for other in district.organisations if other.unit.code == one.unit.successor)
            yield row(
                党组织代码=one.code,
                组织变动事件="合并",
                变动日期=MERGED_ON,
                变动文号=f"任教工组〔{YEAR}〕并1号",
                原党组织全称=one.name,
                承接党组织代码=heir.code,
            )


def _merger(school: School) -> Row:
    return row(
        学校代码=school.code,
        单位变动事件="合并",
        变动日期=MERGED_ON,
        承接单位代码=school.successor,
        原单位全称=school.full_name,
        变动文号=_MERGER,
    )


def star_workbook(story: Story) -> Sheets:
    """Return the records of the star rating."""
    rated = [(one, story.scores[one.code]) for one in story.district.rated]
    rounds = list(zip(ROUNDS, _ROUND_DAYS, strict=True))
    return {
        "评定轮次": [row(轮次=name, 开始日期=days[0], 结束日期=days[1], 轮次状态="已完成") for name, days in rounds],
        "考评打分": [line for number in (0, 1) for one, score in rated for line in _points(one, score, number)],
        "轮次评议": [_review(one, score, number) for number in (0, 1) for one, score in rated],
        "加分认定": [line for number in (0, 1) for one, score in rated for line in _bonus(one, score, number)],
        "负面清单认定": [_negative(one, score) for one, score in rated if score.negative],
        "上年星级": [_last_star(one, score) for one, score in rated if score.last_star],
        "年度结果": list(_results(rated)),
        "整改清单": [_mending(one, score) for one, score in rated if score.star <= 2 or score.negative],
    }


def _points(one: Organisation, score: Score, number: int) -> Iterator[Row]:
    group, day = f"第{one.order % 6 + 1}考评组", _ROUND_DAYS[number][0] + timedelta(days=one.order % 12)
    for key, points in score.points[number].items():
        yield row(轮次=ROUNDS[number], 党组织代码=one.code, 指标代码=key, 考评分=points, 考评组=group, 考评日期=day)


def _review(one: Organisation, score: Score, number: int) -> Row:
    return row(
        轮次=ROUNDS[number],
        党组织代码=one.code,
        评议分=score.satisfaction - number,
        群众满意率=score.satisfaction,
        减分=0,
    )


def _bonus(one: Organisation, score: Score, number: int) -> Iterator[Row]:
    codes = {0: (), 2: ("J06",), 3: ("J05",), 4: ("J06", "J04")}[int(score.bonus)]
    for code in codes:
        yield row(
            轮次=ROUNDS[number],
            党组织代码=one.code,
            加分代码=code,
            认定事项=TEXTS.bonus[code],
            认定加分=3 if code == "J05" else 2,
            依据文号=f"任教工委〔{YEAR}〕加{one.order}号",
        )


def _negative(one: Organisation, score: Score) -> Row:
    return row(
        轮次=ROUNDS[1],
        党组织代码=one.code,
        项目代码=score.negative,
        认定起数=1,
        认定文书文号=negative_number(score.negative),
        认定日期=date(YEAR, 11, 20),
    )


def _last_star(one: Organisation, score: Score) -> Row:
    plaque = f"WX{YEAR - 1}-{one.order:03d}" if score.last_star == 5 else None
    return row(星级年度=YEAR - 1, 党组织代码=one.code, 星级=score.last_star, 授牌号=plaque)


def _results(rated: list[tuple[Organisation, Score]]) -> Iterator[Row]:
    plaque = 0
    for one, score in rated:
        plaque += score.star == 5
        yield row(
            党组织代码=one.code,
            学校代码=one.unit.code,
            第一轮得分=score.round_total(0),
            第二轮得分=score.round_total(1),
            年度得分=score.total.quantize(Decimal("0.01")),
            星级=score.star,
            是否审定=True,
            审定日期=_CONFIRMED,
            奖牌编号=f"WX{YEAR}-{plaque:03d}" if score.star == 5 else None,
            备注=_remark(one, score),
        )


def _remark(one: Organisation, score: Score) -> str | None:
    if score.negative:
        return f"命中负面清单{score.negative}，按规定封顶"
    if score.satisfaction < 90:
        return "群众满意率不足90%"
    return "成立不足12个月，只定级不评五星" if one.is_new else None


def _mending(one: Organisation, score: Score) -> Row:
    done = one.order % 2 == 0
    return row(
        党组织代码=one.code,
        存在问题="负面清单认定事项" if score.negative else "组织生活和基础台账不够规范，考评得分偏低",
        整改措施="制定整改方案，逐项销号，由联系领导督办",
        整改时限=date(YEAR + 1, 3, 31),
        责任岗位="党组织书记",
        整改状态="已整改" if done else "整改中",
        验收日期=date(YEAR, 12, 22) if done else None,
    )
