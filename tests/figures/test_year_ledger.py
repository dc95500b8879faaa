"""The lists of 2020's ledger add up to its figures, and never count who has not reported."""

from __future__ import annotations

import pytest

from figures.district import District, district_of
from pbreports.values import Scalar

SCHOOLS = """
学校代码 学校简称 单位种类   序号 所属镇街 学段   隶属   单位状态 是否报送单位
S1       一小     独立       1    东镇     小学   镇街   正常     是
S2       二小     独立       2    东镇     小学   镇街   正常     是
S3       三中     独立       3    西街     初中   局直属 正常     是
S4       四幼     无党组织   4    西街     幼儿园 民办   正常     是
S5       旧小     独立       5    西街     小学   镇街   合并     否
"""
ROSTER = """
党组织代码 党组织全称 类型   上级党组织代码 学校代码 状态 序号 届满日期
T1         一小总支   党总支 JYGW           S1       正常 1    2022-01-01
P1         一小一支   党支部 T1             S1       正常 2    2020-05-01
P2         一小二支   党支部 T1             S1       正常 3    2021-06-01
P3         二小支部   党支部 JYGW           S2       正常 4    2020-09-01
P4         三中支部   党支部 JYGW           S3       正常 5    2023-01-01
"""
PARTY = """
单位 党组织代码 党组织全称 类型   状态 本届当选日期 本届任期年限 正式党员数 预备党员数 是否设支委会 党小组数 成立日期
S1   T1         一小总支   党总支 正常 2019-01-01   3            15         0          是           0        2001-01-01
S1   P1         一小一支   党支部 正常 2020-05-10   3            9          1          是           0        2001-01-01
S1   P2         一小二支   党支部 合并 2018-06-01   3            5          0          否           0        2001-01-01
S3   P4         三中支部   党支部 正常 2020-01-01   3            7          0          否           0        2001-01-01
"""
MEMBERS = """
单位 党组织代码 期末党员总数 女党员
S1   P1         10           4
S1   P2         5            5
S3   P4         7            ~
"""
ELECTIONS = """
单位 党组织代码 选举类型 应换届日期 选举大会日期 结果批复日期
S1   P1         届满换届 2020-05-01 2020-05-10   2020-05-20
"""
TABLES = {
    "学校": SCHOOLS,
    "党组织": ROSTER,
    "党组织情况": PARTY,
    "党员队伍情况": MEMBERS,
    "换届选举": ELECTIONS,
    "意识形态工作": "单位 半年 专题研究次数 责任体系是否建立\nS1 上半年 1 是\nS1 下半年 2 是\nS3 下半年 ~ 否",
}
ABSENT = ("S2",)


@pytest.fixture(scope="session")
def year() -> District:
    """Return the shipped year."""
    return district_of()


def columns(year: District, name: str, *wanted: str) -> list[tuple[Scalar, ...]]:
    """Return columns of a list of the district in which one school has reported nothing."""
    return [tuple(row[one] for one in wanted) for row in year.lists(TABLES, absent=ABSENT)[name].rows]


def test_members_stand_by_school_without_merged_branches(year: District) -> None:
    """A merged branch does not count; who has not reported, or is not asked, or left a cell blank, is no zero."""
    assert columns(year, "台账党员队伍", "学校", "填报情况", "支部数", "期末党员总数", "女党员") == [
        ("一小", "已报", 1, 10, 4),
        ("二小", "未报", None, None, None),
        ("三中", "已报", 1, 7, None),
        ("四幼", "不填", None, None, None),
    ]


def test_the_ledger_adds_up_to_the_figures(year: District) -> None:
    """The sum over schools is the district's figure, whoever has not reported."""
    figures = year.figures(TABLES, absent=ABSENT)
    for name, column, figure in (
        ("台账党员队伍", "期末党员总数", "全区党员总数"),
        ("台账汇总", "党员", "全区党员总数"),
        ("台账党组织名册", "党支部", "全区党支部数"),
        ("台账党组织名册", "党总支", "全区党总支数"),
        ("台账意识形态", "专题研究", "意识形态专题研究总次数"),
        ("台账意识形态", "建立责任体系", "责任体系建立校数"),
    ):
        total = sum(value or 0 for (value,) in columns(year, name, column))  # type: ignore[misc]
        assert total == figures[figure].value, name


def test_groups_stand_once_in_the_order_of_officials(year: District) -> None:
    """Townships, stages and ownerships with a unit, each once; a merged school's alone is none."""
    assert columns(year, "台账镇街", "镇街") == [("东镇",), ("西街",)]
    assert columns(year, "台账学段", "学段") == [("幼儿园",), ("小学",), ("初中",)]
    assert columns(year, "台账隶属", "隶属") == [("局直属",), ("镇街",), ("民办",)]


def test_the_elections_say_how_far_each_branch_has_come(year: District) -> None:
    """A branch due is done when its result is approved; of one that has not reported nothing is said."""
    assert columns(year, "台账换届", "党组织", "填报情况", "进度", "逾期天数", "新届满日期") == [
        ("一小一支", "已报", "已完成", 9, year.lists(TABLES)["台账党组织名册"].rows[1]["届满日期"]),
        ("二小支部", "未报", None, None, None),
    ]


def test_the_warning_falls_back_on_the_roster(year: District) -> None:
    """Who has not reported is warned by the term on the roster; others by the one they reported."""
    rows = columns(year, "台账届满预警", "党组织", "填报情况", "剩余天数", "预警")
    assert rows == [("二小支部", "未报", None, None)]


def test_branches_stand_below_their_superiors(year: District) -> None:
    """The tree goes by the superiors on the roster."""
    rows = columns(year, "台账组织树", "党组织", "层级", "党员数")
    assert rows == [
        ("一小总支", 1, None),
        ("　　一小一支", 2, 10),
        ("　　一小二支", 2, None),
        ("二小支部", 1, None),
        ("三中支部", 1, 7),
    ]


ADMITTED = """
单位 党组织代码 姓名 性别 出生年月 骨干级别 申请入党日期 确定积极分子日期 确定发展对象日期 培训学时 公示开始日期 公示结束日期 支部大会通过日期 上级审批日期 转正支部大会日期 当前状态
S1   P1         甲   女   1985-01  区级     2018-01-01   2018-06-01       2019-07-01       24       2020-03-02   2020-03-06   2020-03-10       2020-05-10   ~                预备党员
S1   P1         乙   女   1985-01  否       2018-01-01   2019-06-01       2020-01-01       20       2020-03-02   2020-03-05   2020-03-10       2020-07-10   ~                预备党员
S1   P1         丙   男   1970-01  否       2016-01-01   2017-01-01       2018-03-01       30       2019-03-04   2019-03-08   2019-03-10       2019-04-10   ~                预备党员
S1   P1         丁   男   1990-01  否       2020-01-01   2020-06-01       ~                ~        ~            ~            ~                ~            ~                积极分子
"""


def test_the_register_of_new_members_checks_every_limit(year: District) -> None:
    """Each person's dates are held against the rules; who is only on the way is not blamed."""
    rows = year.lists({**TABLES, "发展党员": ADMITTED})["台账发展党员"].rows
    assert {row["姓名"]: row["时限问题"] for row in rows} == {
        "甲": "",
        "乙": "培养考察不足1年；培训不足24学时；公示不足5个工作日；审批超过3个月；",
        "丙": "转正逾1个月未讨论；",
        "丁": "",
    }
    assert {row["姓名"]: (row["本期接收"], row["中青年骨干"]) for row in rows} == {
        "甲": ("是", "是"),
        "乙": ("是", "否"),
        "丙": ("否", "否"),
        "丁": ("否", "否"),
    }
