"""The bureau's workbook 会议日历: the deadlines, and the meeting with its route, speeches and agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pbreports.sample.plan import DEADLINE, ISSUED, MEETING, SECOND_DEADLINE, YEAR
from pbreports.sample.rows import Row, Sheets, row
from pbreports.sample.story import Story
from pbreports.sample.texts import TEXTS

_MEETING_DAY = date(YEAR, 12, 29)
_MEETING = f"HY{YEAR}-01"
_POINTS = "支部阵地规范、台账齐全\n党员先锋岗亮在教学一线\n党建品牌与校园文化相融"
_SPEECHES = ("抓实支部建设，当好领航人", "党建与教学同频共振的实践", "让党旗飘扬在立德树人一线")


def calendar_workbook(story: Story) -> Sheets:
    """Return the records of deadlines and meetings."""
    honours = story.honours
    return {
        "报送日历": [
            row(
                报送期次="全年",
                下发日期=ISSUED,
                报送截止日期=DEADLINE,
                第一次催报日期=date(YEAR, 12, 22),
                第二次催报日期=date(YEAR, 12, 24),
                退回限期=date(YEAR, 12, 24),
                二次截止日期=SECOND_DEADLINE,
                汇总日期=date(YEAR, 12, 26),
            )
        ],
        "会议": [
            row(
                会议编号=_MEETING,
                会议名称=MEETING,
                会议类型="观摩推进会",
                会议日期=_MEETING_DAY,
                会议时间="上午8:30",
                会议地点="任城实验小学报告厅",
                主持人职务="区教育和体育局党组副书记",
                参会范围="教育工委委员，局机关各科室负责人，各镇街党总支书记，各学校党组织书记",
            )
        ],
        "观摩点": [
            row(观摩年度=YEAR, 学校代码=one.code, 级别="区级", 观摩主题=TEXTS.experiences[number % 5])
            for number, one in enumerate(honours.observed)
        ],
        "观摩路线": [
            row(
                会议编号=_MEETING,
                观摩顺序=number,
                学校代码=one.code,
                观摩时长=30,
                讲解人职务="党组织书记",
                观摩看点=_POINTS,
            )
            for number, one in enumerate(honours.route, 1)
        ],
        "典型发言": list(_speeches(story)),
        "议程": [
            row(会议编号=_MEETING, 议程顺序=number, 起止时间=when, 环节名称=what, 责任人职务=who, 环节时长=minutes)
            for number, (when, what, who, minutes) in enumerate(_AGENDA, 1)
        ],
        "参会人员": [
            row(会议编号=_MEETING, 参会序号=number, 参会单位=one.full_name, 职务="党组织书记", 座区="A区")
            for number, one in enumerate((one for one in story.district.reporting if story.district.of(one)), 1)
        ],
        "任务分工": [
            row(
                会议编号=_MEETING,
                任务名称=what,
                责任科室=who,
                完成时限=_MEETING_DAY - timedelta(days=days),
                是否办结=False,
            )
            for what, who, days in (
                ("会议通知和回执", "办公室", 7),
                ("观摩现场准备", "党建工作办公室", 3),
                ("奖牌制作", "党建工作办公室", 2),
            )
        ],
    }


_AGENDA = (
    ("8:30—10:30", "现场观摩", "党建工作办公室主任", 120),
    ("10:40—11:10", "典型发言", "有关学校党组织书记", 30),
    ("11:10—11:25", "宣读表彰决定并颁发奖牌", "教育工委副书记", 15),
    ("11:25—11:50", "工作部署", "教育工委书记", 25),
)


def _speeches(story: Story) -> Iterator[Row]:
    for number, school in enumerate(story.honours.speakers, 1):
        secretary = story.secretary(school)
        assert secretary is not None  # the speakers' schools are chosen among those with an organisation of their own
        yield row(
            会议编号=_MEETING,
            发言顺序=number,
            姓名=secretary.person.name,
            学校代码=school.code,
            党内职务="书记",
            发言题目=_SPEECHES[number - 1],
            发言时长=8,
        )
