"""The lists of honours: who is commended, how quotas are used, what was named when, what schools and bureau disagree on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from figures.district import Case, District, all_cases, district_of, number_of

SCHOOLS = """
学校代码 学校全称       学校简称 单位种类   单位状态 序号 所属镇街 学段
S3       任城区第三小学 三小     独立       正常     3    东镇     小学
S1       任城区第一小学 一小     独立       正常     1    东镇     小学
S2       任城区第二小学 二小     独立       正常     2    西街     小学
JG       区教体局机关   机关     机关       正常     9    西街     机关及直属单位
"""
SENT = "单位 半年\nS1 上半年\nS2 上半年\nS3 上半年"


@pytest.fixture(scope="module")
def year() -> District:
    """Return the shipped year."""
    return district_of()


def table(year: District, name: str, tables: Mapping[str, str], **names: str) -> list[tuple[object, ...]]:
    """Return a list's rows, each as a tuple of its columns."""
    return [tuple(row.values()) for row in year.lists({"学校": SCHOOLS, **tables}, names=names)[name].rows]


PEOPLE = {
    "推荐审核": """
    推荐类别       学校代码 推荐顺序 对象名称   是否表彰
    优秀共产党员   S3       1        丁一       是
    优秀共产党员   S1       2        张三       是
    优秀共产党员   S1       1        欧阳修远   是
    优秀共产党员   S2       1        王五       否
    优秀共产党员   S2       2        赵六       ~
    优秀党务工作者 S2       1        李四       是
    先进基层党组织 S3       1        三小党支部 是
    先进基层党组织 S1       1        一小党支部 是
    先进基层党组织 S2       1        二小党支部 否
    五星级党组织   S2       1        二小党支部 是
    """,
    "推荐申报": """
    单位 推荐类别       推荐顺序 对象名称 职务
    S1   优秀党务工作者 1        张三     校长
    S1   优秀共产党员   1        欧阳修远 教导处主任
    S1   优秀共产党员   2        张三     副校长
    S2   优秀共产党员   1        李四     年级主任
    S2   优秀党务工作者 1        王五     教导处主任
    S2   优秀党务工作者 2        李四     副校长
    S3   优秀共产党员   1        丁一     年级主任
    """,
}


def test_the_lists_of_people_say_unit_name_and_post_alone(year: District) -> None:
    """Only whom the bureau commends, by the roster; the post is that of the nomination of this kind."""
    assert table(year, "优秀共产党员名单", PEOPLE) == [
        ("任城区第一小学", "欧阳修远", "教导处主任"),
        ("任城区第一小学", "张三", "副校长"),
        ("任城区第三小学", "丁一", "年级主任"),
    ]
    assert table(year, "优秀党务工作者名单", PEOPLE) == [("任城区第二小学", "李四", "副校长")]
    rows = year.lists({"学校": SCHOOLS, **PEOPLE})
    assert {tuple(row) for name in ("优秀共产党员名单", "优秀党务工作者名单") for row in rows[name].rows} == {
        ("单位", "姓名", "职务")
    }


def test_people_go_by_the_strokes_of_their_surnames_where_the_switch_says_so(year: District) -> None:
    """丁 has two strokes, 张 seven, 欧 eight; the list of organisations stays in roster order."""
    named = [row[1] for row in table(year, "优秀共产党员名单", PEOPLE, 名单排序="姓氏笔画")]
    assert named == ["丁一", "张三", "欧阳修远"]
    units = table(year, "先进基层党组织名单", PEOPLE, 名单排序="姓氏笔画")
    assert units == [("任城区第一小学", "一小党支部"), ("任城区第三小学", "三小党支部")]


def test_lists_and_figures_of_honours_agree(year: District) -> None:
    """Each list has as many rows as its figure says."""
    tables = {"学校": SCHOOLS, **PEOPLE}
    lists, figures = year.lists(tables), year.figures(tables)
    for kind in ("先进基层党组织", "优秀共产党员", "优秀党务工作者"):
        assert figures[f"{kind}数"].value == len(lists[f"{kind}名单"].rows)


def test_quotas_are_told_by_unit_with_what_is_left(year: District) -> None:
    """Each share of the year has its unit, what it nominated, who is commended and what is left; no report is blank."""
    tables = {
        **PEOPLE,
        "名额分配": """
        名额年度 推荐类别       学校代码 名额
        2020     优秀共产党员   S1       3
        2020     优秀共产党员   S2       1
        2020     优秀共产党员   JG       1
        2020     先进基层党组织 S3       1
        2019     先进基层党组织 S1       1
        2020     五星级党组织   S1       1
        """,
    }
    assert table(year, "荣誉名额一览", tables) == [
        ("先进基层党组织", "三小", 1, 0, 1, 0, "已报"),
        ("优秀共产党员", "一小", 3, 2, 2, 1, "已报"),
        ("优秀共产党员", "二小", 1, 1, 0, 1, "已报"),
        ("优秀共产党员", "机关", 1, None, 0, 1, "不填"),
    ]


def test_the_review_is_told_step_by_step(year: District) -> None:
    """The three kinds with their decisions, what is not decided blank; five stars have papers of their own."""
    rows = year.lists({"学校": SCHOOLS, **PEOPLE})["荣誉推荐审核一览"].rows
    assert [(row["类别"], row["对象"], row["结果"]) for row in rows] == [
        ("先进基层党组织", "一小党支部", "表彰"),
        ("先进基层党组织", "二小党支部", "不表彰"),
        ("先进基层党组织", "三小党支部", "表彰"),
        ("优秀共产党员", "欧阳修远", "表彰"),
        ("优秀共产党员", "张三", "表彰"),
        ("优秀共产党员", "王五", "不表彰"),
        ("优秀共产党员", "赵六", None),
        ("优秀共产党员", "丁一", "表彰"),
        ("优秀党务工作者", "李四", "表彰"),
    ]


NAMED = """
学校代码 级别 命名日期   命名文号 创建阶段 命名状态 撤销日期   撤销文号
S1       市级 2018-05-01 甲       重点培育 有效     ~          ~
S2       市级 2020-05-01 乙       整体推进 有效     ~          ~
S3       市级 2020-11-01 丙       示范引领 有效     ~          ~
S1       区级 2017-05-01 丁       ~        有效     ~          ~
S2       区级 2020-05-01 戊       整体推进 有效     ~          ~
S3       区级 2019-05-01 己       示范引领 撤销     2020-06-30 庚
"""


def by_year(year: District, **names: str) -> dict[tuple[object, object], tuple[object, ...]]:
    """Return the counts of the demonstration schools by level and year, noughts left out."""
    tables = {"示范校命名": NAMED, "创建周期": "起始年 结束年 阶段序号\n2017 2020 1"}
    rows = table(year, "示范校分年统计", tables, **names)
    return {(row[0], row[1]): row[2:] for row in rows if any(row[2:])}


def test_demonstration_schools_by_level_year_and_phase(year: District) -> None:
    """Three levels over three years; a revoked naming stands in a column of its own, deducted as the switch says."""
    tables = {"示范校命名": NAMED}
    rows = table(year, "示范校分年统计", tables)
    assert [row[:2] for row in rows] == [
        (level, one) for level in ("省级", "市级", "区级") for one in (2018, 2019, 2020)
    ]
    assert by_year(year) == {
        ("市级", 2018): (1, 1, 0, 0, 0),
        ("市级", 2020): (2, 0, 1, 1, 0),
        ("区级", 2019): (0, 0, 0, 0, 1),
        ("区级", 2020): (1, 0, 0, 1, 0),
    }
    assert by_year(year, 示范校撤销是否扣除="不扣除")["区级", 2019] == (1, 0, 1, 0, 1)
    assert ("区级", 2020) not in by_year(year, 示范校同年兼得口径="只计最高级")


def test_the_years_of_the_table_add_up_to_the_three_years(year: District) -> None:
    """By natural years, by school years and by the running period, the years hold what the figures count."""
    tables = {"学校": SCHOOLS, "示范校命名": NAMED, "创建周期": "起始年 结束年 阶段序号\n2017 2020 1"}
    for names in ({}, {"年度口径": "学年"}, {"三年窗口": "创建周期"}, {"示范校同年兼得口径": "只计最高级"}):
        figures = year.figures(tables, names=names)
        counts = by_year(year, **names)
        for level in ("市级", "区级"):
            total = sum(row[0] for (one, _), row in counts.items() if one == level)  # type: ignore[misc]
            assert total == figures[f"三年{level}示范校数"].value, (names, level)


def test_the_period_may_be_longer_than_three_years(year: District) -> None:
    """With the running period as window its own years stand there."""
    assert ("区级", 2017) in by_year(year, 三年窗口="创建周期")
    assert ("区级", 2017) not in by_year(year)


def test_revoked_namings_and_schools_to_be_brought_on_are_listed(year: District) -> None:
    """Revoked ones with both documents; schools on the way; schools that have nothing and are not on the way."""
    tables = {
        "示范校命名": NAMED.replace("S1       区级 2017-05-01 丁       ~        有效", "S9 区级 2017-05-01 丁 ~ 有效"),
        "党风廉政": SENT,
        "示范校创建": "单位 级别 创建阶段 创建状态 申报日期 自评分\nS3 区级 重点培育 命名 ~ ~\nS2 市级 重点培育 培育 2020-03-25 88",
    }
    assert [row[0] for row in table(year, "撤销示范校名单", tables)] == ["三小"]
    assert table(year, "撤销示范校名单", tables)[0][-1] == "庚"
    assert [row[0] for row in table(year, "培育中示范校名单", tables)] == ["二小"]
    assert table(year, "待培育学校名单", tables) == []
    bare = {
        "党风廉政": SENT,
        "示范校命名": "学校代码 级别 命名日期 命名状态\nS1 区级 2018-05-01 有效\nS2 区级 2018-05-01 撤销",
    }
    assert [row[0] for row in table(year, "待培育学校名单", bare)] == ["二小", "三小"]
    assert year.figures({"学校": SCHOOLS, **bare})["待培育学校数"].value == 2


def test_schools_without_a_brand_or_a_leader_are_listed(year: District) -> None:
    """Both lists are as long as their figures; the bureau's own office is no school."""
    tables = {
        "学校": SCHOOLS,
        "学校基本情况": "单位 学段\nS1 小学\nS2 小学",
        "党建品牌": "单位 品牌名称 是否仍在使用\nS1 红烛 是\nS2 薪火 否",
        "包保联系点": "联系领导 学校代码 联系开始日期 联系结束日期\n甲 S1 2020-03-01 ~\n甲 S2 2020-03-01 2020-06-30\n甲 JG 2020-03-01 ~",
    }
    assert [row[0] for row in table(year, "无品牌学校名单", tables)] == ["二小"]
    assert [row[0] for row in table(year, "未联系学校名单", tables)] == ["二小", "三小"]
    figures = year.figures(tables)
    assert (figures["无品牌学校数"].value, figures["未联系学校数"].value) == (1, 2)


AWARDS = "先进基层党组织 优秀共产党员 优秀党务工作者 示范校 品牌 文明单位 其他".split()


@pytest.mark.parametrize("kind", AWARDS)
def test_awards_go_by_level_and_kind(year: District, kind: str) -> None:
    """Four levels from the top, noughts too; last year's awards and the school's own level are not there."""
    given = [
        ("省级", "2020-06-28"),
        ("市级", "2020-01-01"),
        ("市级", "2020-12-31"),
        ("市级", "2019-12-31"),
        ("校级", "2020-06-28"),
    ]
    lines = [f"个人 甲 S1 {kind} {level} {day}" for level, day in given]
    rows = year.lists({"上级表彰": "\n".join(["主体类型 主体名称 学校代码 荣誉类别 级别 授予日期", *lines])})[
        "上级表彰分级统计"
    ].rows
    assert [(row["级别"], row[kind], row["合计"]) for row in rows] == [
        ("国家级", 0, 0),
        ("省级", 1, 1),
        ("市级", 2, 2),
        ("区级", 0, 0),
    ]
    assert all(not row[other] for row in rows for other in AWARDS if other != kind)


def test_observation_points_and_cases_have_their_lists(year: District) -> None:
    """Points of the year from the highest level down; cases by township and those put forward."""
    tables = {
        "镇街": "序号 镇街名称\n2 西街\n1 东镇",
        "观摩点": "观摩年度 学校代码 级别 观摩主题\n2020 S2 区级 甲\n2020 S1 市级 乙\n2019 S3 市级 丙",
        "典型案例": "学校代码 案例类别 案例题目 推荐上报去向\nS3 其他 丁 ~\nS1 其他 戊 市委组织部\nS1 其他 己 ~\nS2 其他 庚 ~",
    }
    assert [(row[0], row[2]) for row in table(year, "观摩点一览", tables)] == [("一小", "市级"), ("二小", "区级")]
    assert table(year, "典型案例分布", tables) == [("东镇", 2, 3, 1), ("西街", 1, 1, 0)]
    assert table(year, "推荐上报名单", tables) == [("一小", "其他", "戊", "市委组织部")]
    assert [row[4] for row in table(year, "典型案例目录", tables)] == ["己", "戊", "庚", "丁"]


CLAIMED = {
    "党风廉政": SENT,
    "示范校创建": """
    单位 级别 创建状态 命名日期   命名文号
    S1   市级 命名     2020-05-01 乙
    S1   区级 命名     2020-05-01 无此文
    S2   区级 命名     2019-05-01 己
    S2   省级 命名     2020-05-01 戊
    S3   市级 命名     2020-05-02 ~
    S3   区级 培育     ~          ~
    """,
    "示范校命名": """
    学校代码 级别 命名日期   命名文号 命名状态
    S1       市级 2020-05-01 乙       有效
    S2       区级 2019-05-01 己       撤销
    S2       市级 2020-05-01 戊       有效
    S3       市级 2020-05-01 丙       有效
    S3       区级 2020-05-01 丁       有效
    S3       省级 2020-05-01 庚       撤销
    JG       区级 2020-05-01 丁       有效
    """,
    "党建品牌": """
    单位 品牌名称  获评称号 获评级别 获评日期   获评文号
    S1   红烛先锋  其他     市级     2020-09-28 子
    S2   匠心      其他     市级     2020-09-28 子
    S3   薪火      其他     省级     2020-09-28 子
    S3   德心·育人 其他     市级     2020-09-28 子
    S1   没有获评  未获评   ~        ~          ~
    """,
    "品牌": """
    学校代码 品牌名称  获评称号 获评级别 获评日期   获评文号
    S1       红烛·先锋 其他     市级     2020-09-28 子
    S3       薪火      其他     市级     2020-09-28 子
    S3       德心·育人 其他     市级     2020-09-28 子
    S1       初心      其他     区级     2020-07-01 丑
    S2       往年的    其他     区级     2019-07-01 丑
    S2       亮点      未获评   ~        ~          ~
    """,
    "荣誉表彰": """
    单位 主体类型 主体名称 荣誉名称 级别 荣誉文号 授予日期
    S1   党组织   甲支部   先进     省级 寅       2020-06-28
    S1   党组织   甲支部   先进     市级 卯       2020-06-28
    S1   学校     一小     文明     市级 子       2020-09-28
    S2   学校     二小     文明     区级 辰       2020-09-28
    S3   个人     张三     优秀     国家级 寅     2020-06-28
    """,
    "上级表彰": """
    主体类型 主体名称 学校代码 荣誉名称 级别 荣誉文号 授予日期
    党组织   甲支部   S1       先进     省级 寅       2020-06-28
    个人     张三     S3       优秀     省级 寅       2020-06-28
    个人     李四     S3       优秀     省级 寅       2020-06-28
    """,
}


def test_what_schools_claim_is_held_against_what_the_bureau_has_both_ways(year: District) -> None:
    """Each disagreement stands once, with what either side says; what agrees is not there, nor who has not reported."""
    rows = [(row["事项"], row["情形"], row["学校"], row["名称"]) for row in listed(year)]
    assert rows == [
        ("示范校", "校报有局无", "一小", "区级示范校"),
        ("示范校", "命名已撤销", "二小", "区级示范校"),
        ("示范校", "级别不同", "二小", "省级示范校"),
        ("示范校", "日期、文号不同", "三小", "市级示范校"),
        ("品牌", "名称写法不同", "一小", "红烛先锋"),
        ("品牌", "校报有局无", "二小", "匠心"),
        ("品牌", "级别、日期、文号不同", "三小", "薪火"),
        ("荣誉", "校报有局无", "一小", "甲支部：先进"),
        ("荣誉", "级别、日期不同", "三小", "张三：优秀"),
        ("示范校", "局有校未报", "二小", "市级示范校"),
        ("示范校", "局有校未报", "三小", "区级示范校"),
        ("品牌", "局有校未报", "一小", "初心"),
        ("荣誉", "局有校未报", "三小", "李四：优秀"),
    ]


def listed(year: District) -> list[dict[str, object]]:
    """Return the rows on which schools and bureau disagree."""
    return [dict(row) for row in year.lists({"学校": SCHOOLS, **CLAIMED})["命名核对表"].rows]


def test_both_sides_are_told_as_written(year: District) -> None:
    """What the school says and what the document says stand side by side, names with their dots and spaces."""
    said = {(row["学校"], row["名称"]): (row["校报"], row["命名文件"]) for row in listed(year)}
    assert said["一小", "区级示范校"] == ("区级、2020-05-01、无此文", None)
    assert said["二小", "区级示范校"] == ("区级、2019-05-01、己", "区级、2019-05-01、己（已撤销）")
    assert said["三小", "市级示范校"] == ("市级、2020-05-02、没有文号", "市级、2020-05-01、丙")
    assert said["一小", "红烛先锋"] == ("市级、2020-09-28、子", "红烛·先锋：市级、2020-09-28、子")
    assert said["三小", "区级示范校"] == ("培育", "区级、2020-05-01、丁")
    assert said["一小", "初心"] == (None, "区级、2020-07-01、丑")


def test_a_brand_shared_with_the_leading_school_is_no_claim_without_a_naming(year: District) -> None:
    """A member of a joint branch may report the brand that its leading school was honoured for."""
    schools = "学校代码 学校简称 单位种类 牵头单位代码 序号\nS1 一小 联合牵头 ~ 1\nS2 二小 联合成员 S1 2"
    brand = "品牌名称 获评称号 获评级别 获评日期   获评文号\n{} 红烛 其他 市级 2020-09-28 子"
    tables = {"学校": schools, "党建品牌": "单位 " + brand.format("S2"), "品牌": "学校代码 " + brand.format("S1")}
    assert year.lists(tables)["命名核对表"].rows == ()


AGREED = {
    "党风廉政": SENT,
    "示范校创建": "单位 级别 创建状态 命名日期 命名文号\nS1 市级 命名 2020-05-01 甲",
    "示范校命名": "学校代码 级别 命名日期 命名文号 命名状态\nS1 市级 2020-05-01 甲 有效\nS9 区级 2020-05-01 癸 有效",
    "党建品牌": "单位 品牌名称 获评称号 获评级别 获评日期 获评文号\nS1 红烛 其他 市级 2020-09-28 乙",
    "品牌": "学校代码 品牌名称 获评称号 获评级别 获评日期 获评文号\nS1 红烛 其他 市级 2020-09-28 乙\nS9 匠心 其他 省级 2020-09-27 壬",
    "荣誉表彰": "单位 主体类型 主体名称 荣誉名称 级别 荣誉文号 授予日期\nS1 党组织 一小党支部 先进 省级 丙 2020-06-28",
    "上级表彰": "主体类型 主体名称 学校代码 荣誉名称 级别 荣誉文号 授予日期\n党组织 中共一小支部 S1 先进 省级 丙 2020-06-28",
}
NEW, ABSENT, OTHER = "校报有局无", "局有校未报", "级别、日期、文号不同"
CHANGES = [
    ("示范校创建", "市级 命名", "区级 命名", ["级别不同", ABSENT]),
    ("示范校创建", "2020-05-01", "2020-05-02", ["日期、文号不同"]),
    ("示范校创建", "甲", "癸", ["日期、文号不同"]),
    ("示范校创建", "市级 命名", "市级 通过验收", [ABSENT]),
    ("示范校创建", "市级 命名", "市级 复核", []),
    ("示范校命名", "甲 有效", "甲 撤销", ["命名已撤销"]),
    ("示范校命名", "S1 市级", "S9 市级", [NEW]),
    ("党建品牌", "其他", "一校一品党建文化品牌", [OTHER]),
    ("党建品牌", "市级", "省级", [OTHER]),
    ("党建品牌", "09-28", "09-27", [OTHER]),
    ("党建品牌", "乙", "壬", [OTHER]),
    ("党建品牌", "红烛", "红·烛", ["名称写法不同"]),
    ("党建品牌", "红烛", "匠心", [NEW, ABSENT]),
    ("党建品牌", "其他", "未获评", [ABSENT]),
    ("品牌", "S1 红烛 其他", "S1 红烛 未获评", [NEW]),
    ("品牌", "S1 红烛", "S9 红烛", [NEW]),
    ("荣誉表彰", "省级", "市级", ["级别、日期不同"]),
    ("荣誉表彰", "06-28", "06-29", ["级别、日期不同"]),
    ("荣誉表彰", "丙", "丁", [NEW, ABSENT]),
    ("荣誉表彰", "丙", "甲", [ABSENT]),
    ("荣誉表彰", "丙", "乙", [ABSENT]),
    ("荣誉表彰", "省级 丙", "区级 丙", []),
    ("荣誉表彰", "省级 丙", "区级 丁", [ABSENT]),
    ("上级表彰", "党组织 中共一小支部", "个人 张三", [ABSENT]),
    ("上级表彰", "S1", "S9", [NEW]),
    ("党风廉政", "S1", "S4", []),
]


def states(year: District, tables: Mapping[str, str]) -> list[object]:
    """Return how the rows stand on which schools and bureau disagree."""
    return [row["情形"] for row in year.lists({"学校": SCHOOLS, **tables})["命名核对表"].rows]


def test_what_agrees_is_not_listed(year: District) -> None:
    """The same level, day and number on both sides, and units that have not reported, are no row."""
    assert states(year, AGREED) == []


@pytest.mark.parametrize(("sheet", "old", "new", "said"), CHANGES)
def test_one_thing_that_differs_is_told_as_what_it_is(
    year: District, sheet: str, old: str, new: str, said: list[str]
) -> None:
    """Each field alone makes the row that it must, in either direction; what other rows hold does not hide it."""
    first, rest = AGREED[sheet].partition("\n")[::2]
    assert states(year, {**AGREED, sheet: f"{first}\n{rest.replace(old, new, 1)}"}) == said


@pytest.mark.parametrize(
    ("sheet", "old"), [("示范校创建", "2019-05-01"), ("党建品牌", "2019-09-28"), ("荣誉表彰", "2019-06-28")]
)
def test_what_was_named_in_former_years_need_not_be_claimed_again(year: District, sheet: str, old: str) -> None:
    """Only this year's namings and awards are awaited from schools."""
    of_bureau = {"示范校创建": "示范校命名", "党建品牌": "品牌", "荣誉表彰": "上级表彰"}[sheet]
    nothing = AGREED[sheet].partition("\n")[0]
    tables = {**AGREED, sheet: nothing}
    assert states(year, tables) == [ABSENT]
    assert states(year, {**tables, of_bureau: AGREED[of_bureau].replace(old.replace("2019", "2020"), old)}) == []


LISTED = {
    "待培育学校数": "待培育学校名单",
    "未联系学校数": "未联系学校名单",
    "无品牌学校数": "无品牌学校名单",
    "培育中示范校数": "培育中示范校名单",
    "撤销示范校数": "撤销示范校名单",
    "推荐上报案例数": "推荐上报名单",
    "典型案例数": "典型案例目录",
    "先进基层党组织数": "先进基层党组织名单",
    "优秀共产党员数": "优秀共产党员名单",
    "优秀党务工作者数": "优秀党务工作者名单",
}


@pytest.mark.parametrize("case", [case for case in all_cases() if case.figure in LISTED], ids=str)
def test_a_list_holds_as_many_rows_as_its_figure(year: District, case: Case) -> None:
    """In every case of the figure; the revoked are listed whenever they were revoked, counted in the year."""
    rows = year.lists(case.tables, absent=case.absent, names=case.names)[LISTED[case.figure]].rows
    revoked_before = case.figure == "撤销示范校数"
    assert len(rows) == number_of(case.value) + revoked_before  # type: ignore[operator]
