"""The lists of 2020 hold the rows of their figures, in the order officials use."""

from __future__ import annotations

import pytest

from figures.district import District, district_of

SCHOOLS = """
学校代码 学校简称 单位种类 序号 所属镇街
S3       三小     独立     3    东镇
S1       一小     独立     1    东镇
S2       二小     独立     2    西街
JG       机关     机关     9    西街
"""
PARTY = """
单位 党组织代码 党组织全称   类型   状态
S1   P1         一小党支部   党支部 正常
S2   P2         二小党支部   党支部 正常
S3   P3         三小党总支   党总支 正常
"""
ROSTER = """
党组织代码 党组织全称 学校代码 序号
P1         一小党支部 S1       1
P2         二小党支部 S2       2
P3         三小党总支 S3       3
"""


@pytest.fixture(scope="session")
def year() -> District:
    """Return the shipped year."""
    return district_of()


def column(year: District, name: str, title: str, tables: dict[str, str], **names: str) -> list[object]:
    """Return one column of a list."""
    return [row[title] for row in year.lists({"学校": SCHOOLS, **tables}, names=names)[name].rows]


def test_the_five_star_list_stands_in_roster_order_and_says_which_plates_are_new(year: District) -> None:
    """Rows go by the school's number in the roster; five stars last year keep their plate."""
    tables = {
        "党组织": ROSTER,
        "年度结果": """
        党组织代码 学校代码 星级 上年星级 授牌
        P3         S3       5    ~        新授牌
        P2         S2       5    4        新授牌
        P1         S1       5    5        续牌
        P9         S1       4    5        收牌
        """,
    }
    rows = year.lists({"学校": SCHOOLS, **tables})["五星级党组织名单"].rows
    assert [row["党组织全称"] for row in rows] == ["一小党支部", "二小党支部", "三小党总支"]
    assert [row["上年星级"] for row in rows] == [5, 4, None]
    assert [row["变动"] for row in rows] == ["续牌", "新授牌", "新授牌"]
    assert [row["镇街"] for row in rows] == ["东镇", "西街", "东镇"]
    assert len(rows) == year.figures({"学校": SCHOOLS, **tables})["五星级党组织数"].value


STARRED = """
党组织代码 学校代码 星级
P1         S1       5
P2         S2       5
P3         S3       4
P9         S1       ~
"""
STARRED_BEFORE = """
星级年度 党组织代码 星级
2019     P1         5
2019     P2         4
2019     P3         4
2018     P3         5
"""


def test_the_stars_are_counted_from_five_down_to_one_this_year_and_last(year: District) -> None:
    """Every star has its row, the one that nobody has too; the counts are those of the figures."""
    tables = {"年度结果": STARRED, "上年星级": STARRED_BEFORE}
    rows = year.lists(tables)["星级分布"].rows
    assert [(row["星级"], row["本年"], row["上年"]) for row in rows] == [
        ("五星级", 2, 1),
        ("四星级", 1, 2),
        ("三星级", 0, 0),
        ("二星级", 0, 0),
        ("一星级", 0, 0),
    ]
    figures = year.figures(tables)
    assert [figures[f"{star}党组织数"].value for star in ("五星级", "四星级", "三星级")] == [2, 1, 0]


def test_no_stars_are_no_noughts(year: District) -> None:
    """Last year's column is blank where last year is not known; without results that are settled there is no row."""
    assert column(year, "星级分布", "上年", {"年度结果": STARRED}) == [None] * 5
    assert column(year, "星级分布", "本年", {"上年星级": STARRED_BEFORE}) == []
    assert column(year, "星级分布", "本年", {"评定结果": STARRED}) == []


THREE_YEARS = """
学校代码 级别 命名日期   命名文号 命名状态
S1       区级 2018-05-01 甲       有效
S3       市级 2019-05-01 乙       有效
S1       市级 2019-05-01 丙       有效
S2       市级 2018-05-01 丁       有效
S2       市级 2020-05-01 戊       有效
S2       区级 2017-05-01 己       有效
S3       区级 2019-05-01 庚       撤销
"""


def test_the_three_years_list_has_the_city_first_then_years_then_the_roster(year: District) -> None:
    """A school named twice at one level stands once, at the later naming; the list is as long as its figures."""
    tables = {"示范校命名": THREE_YEARS}
    assert column(year, "三年示范校名单", "文号", tables) == ["丙", "乙", "戊", "甲"]
    figures = year.figures(tables)
    assert figures["三年市级示范校数"].value == 3
    assert figures["三年区级示范校数"].value == 1
    assert column(year, "三年示范校名单", "文号", tables, 示范校撤销是否扣除="不扣除") == ["丙", "乙", "戊", "甲", "庚"]


def test_brands_go_from_the_highest_level_down_with_the_promising_ones_last(year: District) -> None:
    """The annex of brands is ordered by level, the unawarded highlights by the order the bureau gave them."""
    tables = {
        "品牌": """
        学校代码 品牌名称 获评称号             获评级别 获评日期   是否亮点 亮点顺序
        S2       次亮     未获评               ~        ~          是       2
        S1       首亮     未获评               ~        ~          是       1
        JG       领航     基层党建工作创新案例 区级     2020-05-01 否       ~
        S3       匠心     一校一品党建文化品牌 市级     2020-05-01 否       ~
        S1       红烛     一校一品党建文化品牌 市级     2020-05-01 否       ~
        S2       不写     未获评               ~        ~          否       ~
        """
    }
    assert column(year, "党建品牌一览", "品牌", tables) == ["红烛", "匠心", "领航", "首亮", "次亮"]
    assert column(year, "党建品牌一览", "称号", tables)[-1] is None
    assert column(year, "亮点品牌名单", "品牌", tables) == ["首亮", "次亮"]
    assert column(year, "市级品牌名单", "学校", tables) == ["一小", "三小"]


def test_elections_list_the_general_branches_first(year: District) -> None:
    """General branches stand before branches, each in roster order; what is not approved is not there."""
    tables = {
        "党组织": ROSTER,
        "党组织情况": PARTY,
        "换届选举": """
        单位 党组织代码 选举类型 选举大会日期 结果批复日期 当选人数
        S2   P2         届满换届 2020-05-01   2020-06-01   3
        S1   P1         届满换届 2020-09-01   2020-10-01   3
        S3   P3         届满换届 2020-10-01   2020-11-01   5
        S3   P3         增补选   2020-11-01   2020-12-01   1
        S1   P1         届满换届 2020-12-01   ~            3
        """,
    }
    assert column(year, "换届情况一览", "党组织全称", tables) == ["三小党总支", "一小党支部", "二小党支部"]
    assert column(year, "换届情况一览", "当选委员数", tables) == [5, 3, 3]


def test_the_meeting_lists_follow_the_order_of_the_meeting(year: District) -> None:
    """Schools looked at and speakers stand in the order of the meeting, not of the roster."""
    tables = {
        "会议": "会议编号 会议名称 会议类型 会议日期\nH1 推进会 观摩推进会 2020-11-20\nH2 部署会 部署会 2020-03-01",
        "观摩路线": "会议编号 观摩顺序 学校代码\nH1 2 S1\nH1 1 S3\nH2 1 S2",
        "典型发言": "会议编号 发言顺序 姓名 学校代码 党内职务 发言题目\nH1 2 甲 S1 书记 题二\nH1 1 乙 S2 书记 题一",
    }
    assert column(year, "观摩学校名单", "学校", tables) == ["三小", "一小"]
    assert column(year, "典型发言名单", "题目", tables) == ["题一", "题二"]


def test_a_projects_result_is_put_into_words_only_when_it_is_given(year: District) -> None:
    """Measure, number and unit are joined to one text; without them the cell is blank."""
    tables = {
        "重点工作融合": """
        单位 工作类别   牵头项目名称 参与党员数 成效指标名 成效数值 成效单位
        S2   师德师风   乙项目       3          ~          ~        ~
        S1   群众满意度 甲项目       5          群众满意率 96.5     %
        """
    }
    assert column(year, "重点工作一览", "成效", tables) == ["群众满意率96.5%", None]
