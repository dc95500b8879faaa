"""The lists of the star rating: who is on them, in which order, and what is said of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from figures.district import District, district_of

SCHOOLS = """
学校代码 学校简称 学校全称 单位种类 序号 所属镇街 隶属
S3       三小     第三小学 独立     3    东镇     民办
S1       一小     第一小学 独立     1    东镇     镇街
S2       二小     第二小学 独立     2    局直属   局直属
"""
ROSTER = """
党组织代码 党组织全称 类型   学校代码 序号
P1         一小党支部 党支部 S1       1
P2         二小党支部 党支部 S2       2
P3         三小党总支 党总支 S3       3
P4         一小二支部 党支部 S1       4
"""
RESULTS = """
党组织代码 学校代码 状态   年度得分 初定星级 封顶星级 名额后星级 星级 封顶原因     调整前星级 状态说明 变动 授牌
P4         S1       待研究 90.1     5        5        ~          ~    ~            ~          并列     ~    ~
P3         S3       已定   93       5        5        5          5    ~            ~          ~        增星 新授牌
P2         S2       已定   91       5        4        4          3    命中负面清单 4          ~        摘星 收牌
P1         S1       已定   92       5        5        5          5    ~            ~          ~        保星 续牌
"""
TABLES = {"学校": SCHOOLS, "党组织": ROSTER, "评定结果": RESULTS}


@pytest.fixture(scope="session")
def year() -> District:
    """Return the shipped year."""
    return district_of()


def column(year: District, name: str, title: str, tables: dict[str, str], **names: str) -> list[object]:
    """Return one column of a list."""
    return [row[title] for row in year.lists(tables, names=names)[name].rows]


def test_the_proposed_stand_in_roster_order_and_are_as_many_as_the_figure_says(year: District) -> None:
    """Five stars only, by the roster's number, with the school's full name."""
    assert column(year, "拟命名名单", "党组织全称", TABLES) == ["一小党支部", "三小党总支"]
    assert column(year, "拟命名名单", "学校", TABLES) == ["第一小学", "第三小学"]
    assert year.figures(TABLES)["拟命名党组织数"].value == 2


def test_the_signed_list_says_how_it_can_be_grouped(year: District) -> None:
    """Kinds of schools and of organisations have their place in the official order; an unknown kind comes last."""
    tables = {
        **TABLES,
        "学校": SCHOOLS.replace("第一小学 独立     1    东镇     镇街", "第一小学 独立     1    东镇     ~"),
    }
    approved = {**tables, "年度结果": RESULTS}
    assert column(year, "五星级党组织名单", "隶属序", approved) == [4, 3]
    assert column(year, "五星级党组织名单", "隶属", approved) == [None, "民办"]
    assert column(year, "五星级党组织名单", "类型序", approved) == [3, 2]


def test_what_the_meeting_decides_on_comes_with_its_data(year: District) -> None:
    """Ties with the places of their unit, hits with what follows from them, ceilings and changes with their reasons."""
    tables = {
        **TABLES,
        "名额分配": "名额年度 推荐类别 学校代码 名额\n2020 五星级党组织 S1 1\n2019 五星级党组织 S1 9\n2020 五星级党组织 S3 2",
        "负面清单认定": "轮次 党组织代码 项目代码 认定起数 认定文书文号\n第二轮 P2 X12 1 乙\n第一轮 P2 X08 2 甲",
        "轮次评议": "轮次 党组织代码 评议分\n第一轮 P4 80\n第二轮 P4 95",
        "待研究决定": "党组织代码 待研究事项 是否入选 研究理由 审议会议 审议日期\nP2 并列 否 甲 会 2020-12-01\nP1 并列 是 乙 会 2020-12-01",
    }
    [tie] = year.lists(tables)["待研究名单"].rows
    assert (tie["党组织全称"], tie["本单位名额"], tie["评议分"]) == ("一小二支部", 1, 95)
    assert column(year, "研究决定名单", "入选", tables) == ["入选", "不入选"]
    for day, before in (("2020-12-02", "是"), ("2020-12-01", "否"), ("~", "是")):
        paper = {"公文配置": f"文书名称 成文日期\n上会汇报 {day}\n表彰决定 2020-11-01"}
        assert column(year, "研究决定名单", "会前已定", {**tables, **paper}) == [before, before]
    hits = year.lists(tables)["负面清单命中名单"].rows
    assert [(hit["项目代码"], hit["文号"], hit["后果"], hit["封顶星级"]) for hit in hits] == [
        ("X08", "甲", "不得五星", 4),
        ("X12", "乙", "不得五星", 4),
    ]
    assert column(year, "封顶名单", "原因", tables) == ["命中负面清单"]
    assert column(year, "人工调整名单", "调整后", tables) == [3]
    places = year.lists(tables)["五星名额使用情况"].rows
    assert [
        (one["单位"], one["名额"], one["可评五星"], one["拟命名"], one["待研究"], one["余额"]) for one in places
    ] == [
        ("一小", 1, 2, 1, 1, 0),
        ("三小", 2, 1, 1, 0, 1),
    ]
    assert column(year, "五星名额使用情况", "名额", tables, 五星名额口径="全区统算") == []


def test_those_put_down_for_commendation_stand_with_the_star_they_have_now(year: District) -> None:
    """By the name on the roster, spaces aside, only those to be commended; without a result the star is nought."""
    tables = {
        **TABLES,
        "年度结果": RESULTS,
        "推荐审核": "推荐类别 学校代码 推荐顺序 对象名称 是否表彰\n五星级党组织 S2 1 二小党支部 是\n"
        "五星级党组织 S1 1 一小党支部 是\n五星级党组织 S3 1 三小党总支 否\n先进基层党组织 S3 1 三小党总支 是",
    }
    rows = year.lists(tables)["五星推荐表彰"].rows
    assert [(row["党组织全称"], row["现在星级"]) for row in rows] == [("一小党支部", 5), ("二小党支部", 3)]


def test_the_indicators_that_lost_most_stand_first(year: District) -> None:
    """By the share of the full marks that was lost, over both rounds; nothing before the results are approved."""
    points = "轮次 党组织代码 学校代码 指标代码 得分\n" + "\n".join(
        f"{turn} {code} S1 {indicator} {points}"
        for turn in ("第一轮", "第二轮")
        for code, indicator, points in (("P1", "A1", 4), ("P2", "A1", 5), ("P1", "C1", 4), ("P2", "C1", 5))
    )
    rows = year.lists({**TABLES, "年度结果": RESULTS, "指标得分": points})["失分指标一览"].rows
    first, second, *_ = rows
    assert (first["指标代码"], first["平均得分"], first["平均失分"], first["失分支部数"]) == (
        "C1",
        Decimal("4.5"),
        Decimal("3.5"),
        2,
    )
    assert (second["指标代码"], second["失分率"], second["失分支部数"]) == ("A1", 10, 1)
    assert column(year, "失分指标一览", "指标代码", {**TABLES, "指标得分": points}) == []


def test_the_townships_add_up_to_the_district(year: District) -> None:
    """Each township once in its order, those without rated branches not at all."""
    towns = "序号 镇街名称 是否涉农\n2 东镇 是\n1 局直属 否\n3 空镇 是"
    rows = year.lists({**TABLES, "年度结果": RESULTS, "镇街": towns})["镇街星级分布"].rows
    assert [(row["镇街"], row["参评"], row["五星"], row["三星"]) for row in rows] == [
        ("局直属", 1, 0, 1),
        ("东镇", 2, 2, 0),
    ]
    assert [(row["增星"], row["摘星"], row["收牌"]) for row in rows] == [(0, 1, 1), (1, 0, 0)]
