"""The bureau's workbook 名册: townships, units, organisations and what changed among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pbreports.sample.district import MERGED_ON, District, Organisation, School, is_rural
from pbreports.sample.leaders import Term
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.story import Story

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
