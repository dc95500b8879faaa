"""The bureau's workbook 配置: what stands on papers, and its decisions about the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pbreports.sample.plan import (
    APPROVED_ON,
    ASKED_ON,
    DECIDED_ON,
    MEETING_OF_COMMITTEE,
    REVIEWED_ON,
    SHOWN_FROM,
    SHOWN_UNTIL,
    YEAR,
)
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.story import Story
from pbreports.values import Scalar

_COMMITTEE = "中共任城区委教育工作委员会"
_OFFICE = "中共任城区委教育工作委员会办公室"
_EVERYONE = "各镇街党总支，各中小学校、幼儿园党组织，机关各党支部"
_SUPERIORS = "中共济宁市委教育工作委员会，中共任城区委组织部"
_TOLD_ON = date(YEAR, 12, 25)


def settings_workbook(story: Story) -> Sheets:
    """Return the records of papers and decisions; nothing is waived or corrected in the sample."""
    return {
        "公文配置": [
            row(
                文书名称="年度总结",
                文种="总结",
                署名机关=_COMMITTEE,
                主送机关="中共济宁市委教育工作委员会",
                成文日期=date(YEAR, 12, 31),
                印发机关=_OFFICE,
            ),
            *_star_papers(),
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
        "笔画补充": [row(字="䶮", 笔画数=9, 笔顺="135341134")],
    }


def _star_papers() -> Iterator[Row]:
    """Yield the papers of the star rating: those before the decision, the decision with its lists, the report."""
    yield _paper("征求意见函", "函", ASKED_ON, 发文字号=_number("教工函", 7), 主送机关="区纪委监委派驻纪检监察组")
    yield _paper("上会汇报", "其他", REVIEWED_ON, 主送机关="区委教育工委")
    yield _paper("拟命名名单公示", "其他", REVIEWED_ON, **_COURSE)
    yield _paper(
        "表彰决定",
        "决定",
        DECIDED_ON,
        发文字号=_number("教工委", 28),
        主送机关=_EVERYONE,
        抄送机关=_SUPERIORS,
        表彰项目依据="任城区评比达标表彰保留项目目录（任评组〔2019〕2号）",
        印发日期=DECIDED_ON,
        **_COURSE,
    )
    yield _paper("表彰名单", "其他", DECIDED_ON, **_APPROVED)
    yield _paper("星级评定结果汇总表", "其他", APPROVED_ON, **_APPROVED)
    yield _paper(
        "星级评定情况通报",
        "通报",
        _TOLD_ON,
        发文字号=_number("教工委", 29),
        主送机关=_EVERYONE,
        抄送机关=_SUPERIORS,
        印发日期=_TOLD_ON,
        **_APPROVED,
    )


_COURSE = row(审议会议=MEETING_OF_COMMITTEE, 审议日期=REVIEWED_ON, 公示开始日期=SHOWN_FROM, 公示结束日期=SHOWN_UNTIL)
"""What stands on the decision: the meeting that reviewed the names before they were made public."""

_APPROVED = {**_COURSE, "审议日期": APPROVED_ON}
"""What stands on papers about the results: the meeting that approved them."""


def _paper(name: str, kind: str, day: date, **more: Scalar) -> Row:
    return row(
        文书名称=name,
        文种=kind,
        署名机关=_COMMITTEE,
        依据文件="任城区教育系统五星级党组织评定办法",
        依据文号=_number("教工委", 6),
        成文日期=day,
        印发机关=_OFFICE,
        **more,
    )


def _number(kind: str, number: int) -> str:
    return f"任{kind}〔{YEAR}〕{number}号"
