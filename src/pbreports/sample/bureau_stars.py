"""The bureau's workbook 星级: rounds, groups, bonuses, the negative list, last year's stars, what meetings decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pbreports.sample.district import Organisation
from pbreports.sample.plan import (
    APPROVED_ON,
    MEETING_OF_COMMITTEE,
    MEETING_OF_GROUP,
    PLAN,
    ROUND_DAYS,
    SETTLED_ON,
    TIED_AT,
    YEAR,
)
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.scores import ROUNDS, Case, Score
from pbreports.sample.self_rating import negative_number
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

_LOWERED = "第一轮考评反馈的台账问题到第二轮仍未整改到位，按照整改提高的要求，研究下调一个星级"
_PICKED = "与本校另一支部各项得分相同，本支部承担跨校送教任务，示范带动作用较强，研究入选"
_REFUSED = "与本校另一支部各项得分相同，本单位名额已满，研究定为四星级"


def star_workbook(story: Story) -> Sheets:
    """Return the records of the star rating that the bureau keeps at its own desk."""
    rated = [(one, story.scores[one.code]) for one in story.district.rated]
    rounds = list(zip(ROUNDS, ROUND_DAYS, strict=True))
    return {
        "评定轮次": [row(轮次=name, 开始日期=days[0], 结束日期=days[1], 轮次状态="已完成") for name, days in rounds],
        "考评分组": [row(考评组=group_of(one), 党组织代码=one.code) for one, _ in rated],
        "加分认定": [line for number in (0, 1) for one, score in rated for line in _bonus(one, score, number)],
        "负面清单认定": [_negative(one, score) for one, score in rated if score.negative],
        "往年负面清单": [_long_ago(next(one for one, score in rated if score.star == 1))],
        "上年星级": [_last_star(one, score) for one, score in rated if score.last_star],
        "人工调整": [_lowered(one, score) for one, score in rated if score.case is Case.LOWERED],
        "待研究决定": [_settled(one, score) for one, score in rated if score.case in (Case.PICKED, Case.REFUSED)],
        "评定审定": [
            row(审定年度=YEAR, 审定会议=MEETING_OF_COMMITTEE, 审定日期=APPROVED_ON, 审定五星数=PLAN.stars.five)
        ],
        "整改清单": [_mending(one, score) for one, score in rated if score.star <= 2 or score.negative],
    }


def group_of(one: Organisation) -> str:
    """Return the group that assesses a branch."""
    return f"第{'一二三四五六'[one.order % 6]}考评组"


def _bonus(one: Organisation, score: Score, number: int) -> Iterator[Row]:
    codes = {0: (), 2: ("J06",), 3: ("J05",), 4: ("J06", "J04")}[int(score.bonus)]
    for code in codes:
        yield _granted(one, number, code, TEXTS.bonus[code])
    if score.case is Case.SAME_MATTER and number == 1:
        yield _granted(one, number, "J06", TEXTS.bonus["J05"])  # spread in the district first, then in the city


def _granted(one: Organisation, number: int, code: str, matter: str) -> Row:
    return row(
        轮次=ROUNDS[number],
        党组织代码=one.code,
        加分代码=code,
        认定事项=matter,
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


def _long_ago(one: Organisation) -> Row:
    """Return what a branch was hit for the year before; it binds nobody who is put forward now."""
    return row(认定年度=YEAR - 1, 党组织代码=one.code, 项目代码="X06", 认定文书文号=f"任教工委〔{YEAR - 1}〕17号")


def _last_star(one: Organisation, score: Score) -> Row:
    plaque = f"WX{YEAR - 1}-{one.order:03d}" if score.last_star == 5 else None
    return row(星级年度=YEAR - 1, 党组织代码=one.code, 星级=score.last_star, 授牌号=plaque)


def _lowered(one: Organisation, score: Score) -> Row:
    return row(
        党组织代码=one.code,
        调整后星级=score.star,
        调整理由=_LOWERED,
        审议会议=MEETING_OF_GROUP,
        审议日期=SETTLED_ON,
    )


def _settled(one: Organisation, score: Score) -> Row:
    picked = score.case is Case.PICKED
    return row(
        党组织代码=one.code,
        待研究事项=f"{TIED_AT}五星名额线并列",
        是否入选=picked,
        研究理由=_PICKED if picked else _REFUSED,
        审议会议=MEETING_OF_GROUP,
        审议日期=SETTLED_ON,
    )


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
