"""The two workbooks of the stars, filled: the commendation lists and the table of results, counted right and marked right."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from figures.district import District, Tables, district_of
from office import Office
from ooxml.audit import audit
from pbreports.excel.drafting import build_template, read_draft
from pbreports.excel.shipped import make_template
from pbreports.excel.template import compile_workbook_template
from pbreports.ledger import Ledger
from pbreports.pipeline.publishing import template_values
from pbreports.pipeline.summarising import summarise
from pbreports.pipeline.year import open_year
from pbreports.tags.values import paper_values
from pbreports.workspace import open_workspace

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
COMMENDED, RESULTS = "表彰名单", "星级评定结果汇总表"
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a paper's time has no zone
RANKED = {
    COMMENDED: {"二星及以下（内部）"},
    RESULTS: {"支部明细", "名额使用", "负面清单汇总", "并列待研究", "整改清单", "建议分核对"},
}
"""The pages that the public must not see."""

BRANCHES = """
党组织代码 学校代码 第一轮得分 第二轮得分 年度得分 名次 初定星级 封顶星级 名额后星级 星级 状态   状态说明 上年星级 变动     授牌   奖牌编号   定级类别 封顶原因
P1         S1       92         94         93.2     1    5        5        5          5    已定   ~        4        增星     新授牌 WX2020-001 好       ~
P2         S1       91         91         91       2    5        5        5          5    已定   ~        5        保星     续牌   WX2020-002 好       ~
P3         S2       91         90         90.4     3    5        4        4          4    已定   ~        5        摘星     收牌   ~          较好     命中负面清单
P4         S3       65         65         65       5    2        2        2          2    已定   ~        ~        首次定星 ~      ~          较差     ~
P5         S3       90         90         90       4    5        5        ~          ~    待研究 并列     4        ~        ~      ~          ~        ~
P6         S3       ~          ~          ~        ~    ~        ~        ~          ~    未评   没有分   ~        ~        ~      ~          ~        ~
"""
TABLES: Tables = {
    "学校": """
学校代码 学校简称 学校全称 单位种类 序号 所属镇街 学段 隶属   单位状态 是否报送单位
S1       一小     第一小学 独立     1    东镇     小学 镇街   正常     是
S2       二小     第二小学 独立     2    东镇     小学 镇街   正常     是
S3       三中     第三中学 独立     3    西街     初中 局直属 正常     是
""",
    "党组织": """
党组织代码 党组织全称 类型   学校代码 状态 序号 是否参评 成立日期
P1         一小一支   党支部 S1       正常 1    是       2001-01-01
P2         一小二支   党支部 S1       正常 2    是       2001-01-01
P3         二小支部   党支部 S2       正常 3    是       2001-01-01
P4         三中一支   党支部 S3       正常 4    是       2001-01-01
P5         三中二支   党支部 S3       正常 5    是       2001-01-01
P6         三中三支   党支部 S3       正常 6    是       2001-01-01
P7         三中四支   党支部 S3       正常 7    否       2020-10-01
""",
    "上年星级": "星级年度 党组织代码 星级 授牌号\n2019 P1 4 ~\n2019 P2 5 甲\n2019 P3 5 乙\n2019 P5 4 ~",
    "名额分配": "名额年度 推荐类别 学校代码 名额\n2020 五星级党组织 S1 1\n2020 五星级党组织 S3 0\n2020 优秀共产党员 S2 9",
    "负面清单认定": "轮次 党组织代码 项目代码 认定起数\n第一轮 P3 X08 2",
    "整改清单": "党组织代码 存在问题 整改措施 整改时限 责任岗位 整改状态\nP3 受处分 警示教育 2020-11-30 书记 整改中",
    "评定结果": BRANCHES,
    "轮次得分": """
轮次   党组织代码 学校代码 指标分 加分 得分
第一轮 P1         S1       90     2    92
第二轮 P1         S1       92     2    94
第一轮 P2         S1       91     0    91
第一轮 P3         S2       91     0    91
第一轮 P4         S3       65     0    65
第一轮 P5         S3       90     0    90
""",
    "指标得分": """
轮次   党组织代码 学校代码 指标代码 得分 建议分 自评分 与建议差 与自评差
第一轮 P1         S1       A1       4.5  4      5      0.5      -0.5
第一轮 P1         S1       A2       4    1      4      3        0
第一轮 P2         S1       A1       3.5  4      5.5    -0.5     -2
第一轮 P2         S1       C1       1    ~      1      ~        0
第二轮 P1         S1       C1       8    8      8      0        0
""",
    "党员队伍情况": "单位 党组织代码 期末党员总数\nS1 P1 12",
    "书记与班子": "单位 党组织代码 姓名 党内职务 行政职务\nS1 P1 甲 委员 校长\nS1 P1 乙 书记 副校长",
}
DECIDED = {
    **TABLES,
    "年度结果": BRANCHES,
    "评定审定": "审定年度 审定会议 审定日期 审定五星数\n2020 委员会 2020-12-23 2",
}
"""The same results once a meeting has approved them."""


@pytest.fixture(scope="module")
def year() -> District:
    """Return the shipped year."""
    return district_of()


def filled(year: District, name: str, tables: Tables, **constants: object) -> bytes:
    """Return a workbook filled from a small district."""
    fixed = {**year.scheme.fixed_names(year.scheme.period()), **constants}
    values = paper_values(year.figures(tables), year.lists(tables), fixed)
    return compile_workbook_template(TEMPLATES / f"{name}.xlsx").render(values, stamp=STAMP)


def computed(data: bytes, office: Office, folder: Path) -> Workbook:
    """Return a workbook as an office program computes it; no cell of it fails."""
    path = folder / "填好.xlsx"
    path.write_bytes(data)
    assert audit(path) == []
    book = openpyxl.load_workbook(office.convert(path, "xlsx:Calc MS Excel 2007 XML", folder / "算好"), data_only=True)
    failed = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and (cell.value.startswith(("#", "Err:")) or "不符" in cell.value)
    ]
    assert failed == []
    return book


@pytest.fixture(scope="module")
def results(year: District, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the table of results before any meeting has approved them, computed."""
    return computed(filled(year, RESULTS, TABLES), office, tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="module")
def commended(year: District, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    """Return the commendation lists of approved results, one person receiving at a time, computed."""
    data = filled(year, COMMENDED, DECIDED, 每批领奖人数=Decimal(1))
    return computed(data, office, tmp_path_factory.mktemp("commended"))


def rows_of(sheet: Worksheet, heading: str, nth: int = 0) -> list[dict[str, object]]:
    """Return the rows under the n-th head that holds a heading, down to the first row whose first cell is blank."""
    heads = [row for row in sheet.iter_rows() if any(cell.value == heading for cell in row)]
    bottom = heads[nth][0].row
    above = {cell.column: cell.value for cell in sheet[bottom - 1]}
    here = {cell.column: cell.value for cell in sheet[bottom]}
    names = {column: here[column] or above[column] for column in here}
    if sheet.cell(bottom + 1, 1).value is None and sheet.cell(bottom, 1).value is not None:
        bottom += 1
        names = {column: sheet.cell(bottom, column).value or name for column, name in names.items()}
    found = []
    for row in sheet.iter_rows(min_row=bottom + 1):
        if row[0].value is None:
            break
        found.append({str(names[cell.column]): cell.value for cell in row if names[cell.column]})
    return found


def column(sheet: Worksheet, heading: str, title: str, nth: int = 0) -> list[object]:
    """Return one column of the rows under a head."""
    return [row[title] for row in rows_of(sheet, heading, nth)]


@pytest.mark.parametrize("name", [COMMENDED, RESULTS])
def test_the_shipped_template_is_made_from_its_draft(name: str) -> None:
    """Making it again gives the same bytes; a sound workbook by the schemas."""
    path = TEMPLATES / f"{name}.xlsx"
    assert make_template(name) == path.read_bytes()
    assert audit(path) == []


@pytest.mark.parametrize("name", [COMMENDED, RESULTS])
def test_pages_with_ranks_are_marked_internal_and_public_lists_are_not(name: str) -> None:
    """The mark stands in the title and at the head and foot of the printed page; a list for the public has none."""
    for sheet in openpyxl.load_workbook(TEMPLATES / f"{name}.xlsx"):
        internal = sheet.title in RANKED[name]
        assert (sheet.oddHeader.right.text == "内部资料") == internal, sheet.title
        assert ("内部资料" in sheet["A1"].value) == internal, sheet.title
        if name == COMMENDED:
            assert (sheet.oddFooter.right.text == "内部资料") == internal, sheet.title


@pytest.mark.parametrize(("name", "paper"), [(COMMENDED, 9), (RESULTS, 8)])
def test_every_page_prints_across_with_its_heads(name: str, paper: int) -> None:
    """Landscape, one page wide, heads repeated and frozen, pages numbered."""
    for sheet in openpyxl.load_workbook(TEMPLATES / f"{name}.xlsx"):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (paper, "landscape"), sheet.title
        assert sheet.page_setup.fitToWidth == 1, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.freeze_panes, sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title


def test_a_draft_says_paper_marks_frozen_columns_and_whole_tags() -> None:
    """What a draft says of a page comes out in the template; a tag may have filters, or stand as it is."""
    draft = """
    paper = "A4"
    groups = []
    [shared]
    [[page]]
    name = "甲"
    title = "甲表"
    mark = "内部资料"
    frozen = 1
    whole = true
    [[page.table]]
    list = "名册"
    totals = false
    columns = \"\"\"
    | 名称 | 10 | 文
    | 得分 | 10 | 分 | 得分|缺省("未评")
    | 顺序 | 10 | 中 | {{ "第" ~ 名册.序号 ~ "位" }}
    \"\"\"
    """
    sheet = openpyxl.load_workbook(io.BytesIO(build_template(read_draft(draft, "试"))))["甲"]
    assert [cell.value for cell in sheet[4]] == [
        "{{ 名册.名称 }}", '{{ 名册.得分|缺省("未评") }}', '{{ "第" ~ 名册.序号 ~ "位" }}',
    ]  # fmt: skip
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.freeze_panes) == (9, 1, "B4")
    assert (sheet.oddHeader.right.text, sheet.oddFooter.right.text) == ("内部资料", "内部资料")


@pytest.mark.render
def test_every_branch_stands_with_its_way_to_the_star(results: Workbook) -> None:
    """Scores are numbers, what is not known is a word and never 0; groups' points, hits and ceilings stand beside."""
    rows = {row["党组织"]: row for row in rows_of(results["支部明细"], "党组织")}
    assert list(rows) == ["一小一支", "一小二支", "二小支部", "三中一支", "三中二支", "三中三支"]
    assert [row["终定星"] for row in rows.values()] == ["五星级", "五星级", "四星级", "二星级", "待研究", "未评"]
    assert [row["名额后"] for row in rows.values()] == ["五星级", "五星级", "四星级", "二星级", "待研究", "未评"]
    assert [row["变动"] for row in rows.values()] == ["增星", "保星", "摘星", "首次定星", "待研究", "未评"]
    assert [row["年度分"] for row in rows.values()] == [93.2, 91, 90.4, 65, 90, "未评"]
    assert [row["排名"] for row in rows.values()] == [1, 2, 3, 5, 4, "未评"]
    assert (rows["二小支部"]["负面命中"], rows["二小支部"]["封顶后"]) == ("X08", "四星级")
    assert "命中负面清单" in str(rows["二小支部"]["备注"])
    assert (rows["三中三支"]["备注"], rows["三中三支"]["党员数"]) == ("没有分", None)
    sheet = results["支部明细"]
    assert [cell.value for cell in sheet[5]][7:17] == [12, 8.5, None, None, None, None, None, 2, None, 92]
    assert 0 not in [cell.value for cell in sheet[10]]


@pytest.mark.render
def test_the_overview_counts_the_branches_live(results: Workbook) -> None:
    """Every count is a formula over the branches; groups add up to the whole; the quota shows what is left."""
    sheet = results["总览"]
    assert "未审定" in sheet["A2"].value
    whole = rows_of(sheet, "范围")[0]
    assert [whole[name] for name in ("名册支部", "参评", "已定", "待研究", "未评", "五星", "五星名额", "名额余额")] == [
        7, 5, 4, 1, 1, 2, 1, -1,
    ]  # fmt: skip
    assert whole["五星占比"] == pytest.approx(0.4)
    assert column(sheet, "星级", "本年") == [2, 1, 0, 1, 0]
    assert column(sheet, "星级", "上年") == [2, 2, 0, 0, 0]
    for key, numbers in (
        ("镇街", {"东镇": 2, "西街": 0}),
        ("学段", {"小学": 2, "初中": 0}),
        ("隶属", {"局直属": 0, "镇街": 2}),
    ):
        rows = {row[key]: row for row in rows_of(sheet, key)}
        assert {name: row["五星"] for name, row in rows.items()} == numbers
        assert sum(row["参评"] for row in rows.values()) == 5
    assert {row["镇街"]: (row["名额"], row["余额"]) for row in rows_of(sheet, "镇街")} == {
        "东镇": (1, -1),
        "西街": (0, 0),
    }


def test_counts_are_formulas(year: District) -> None:
    """No count of the overview is a number that somebody could leave behind when a branch changes."""
    sheet = openpyxl.load_workbook(io.BytesIO(filled(year, RESULTS, TABLES)))["总览"]
    for key in ("镇街", "学段", "隶属"):
        for row in rows_of(sheet, key):
            assert str(row["五星"]).startswith("=COUNTIFS('支部明细'!")
            assert str(row["参评"]).startswith("=COUNTIFS('支部明细'!")


@pytest.mark.render
def test_the_places_of_each_unit_stand_with_their_use(results: Workbook) -> None:
    """Only places for five stars of the year; those cut and those that wait are told apart."""
    rows = rows_of(results["名额使用"], "封顶后五星")
    assert [(row["学校"], row["封顶后五星"], row["名额"], row["五星"], row["待研究"], row["余额"], row["名额不足落选"]) for row in rows] == [
        ("一小", 2, 1, 2, 0, -1, 0),
        ("三中", 1, 0, 0, 1, 0, 0),
    ]  # fmt: skip


@pytest.mark.render
def test_indicators_show_mean_lowest_and_what_lost_most(results: Workbook) -> None:
    """The five with most points lost stand in order, fewer where fewer have points; no points are no zero."""
    sheet = results["指标得分分布"]
    found = {row["指标代码"]: row for row in rows_of(sheet, "指标代码")}
    assert [found["A1"][name] for name in ("一轮支部", "一轮平均", "一轮最低", "一轮失分", "一轮次序")] == [
        2,
        4,
        3.5,
        1,
        2,
    ]
    assert [found["A2"][name] for name in ("一轮失分", "一轮次序")] == [1, 3]
    assert [found["B1"][name] or None for name in ("一轮平均", "一轮最低", "一轮失分", "一轮次序")] == [None] * 4
    assert [code or "" for code in column(sheet, "名次", "代码")] == ["C1", "A1", "A2", "", ""]
    assert [code or "" for code in column(sheet, "名次", "代码", 1)] == ["C1", "", "", "", ""]


@pytest.mark.render
def test_hits_ties_and_what_must_be_mended_are_listed(results: Workbook) -> None:
    """Each item with its cases and whose; who waits; who must mend and has nothing registered, or is late."""
    hits = {row["项目代码"]: row for row in rows_of(results["负面清单汇总"], "情形")}
    assert (hits["X08"]["起数"], hits["X08"]["组织数"], hits["X08"]["组织"]) == (2, 1, "二小支部")
    assert column(results["并列待研究"], "入选", "党组织") == ["三中二支"]
    mending = {row["党组织"]: row for row in rows_of(results["整改清单"], "登记条数")}
    assert {name: row["整改状态"] for name, row in mending.items()} == {"二小支部": "逾期未整改", "三中一支": "未登记"}
    assert mending["三中一支"]["问题"] == "年度得分65分，定为二星级"
    assert mending["二小支部"]["问题"] == "命中负面清单：X08党员受党纪处分"
    assert [(row["党组织"], row["情形"]) for row in rows_of(results["未评名单"], "情形")] == [
        ("三中三支", "参评未评"),
        ("三中四支", "名册上不参评"),
    ]


@pytest.mark.render
def test_points_far_from_the_data_or_the_own_score_are_listed(results: Workbook) -> None:
    """Differences of two points or more, either way; smaller ones are not."""
    rows = rows_of(results["建议分核对"], "与自评差")
    assert [(row["党组织"], row["指标"][:2], row["与建议差"], row["与自评差"]) for row in rows] == [
        ("一小一支", "A2", 3, 0),
        ("一小二支", "A1", -0.5, -2),
    ]


@pytest.mark.render
def test_the_version_of_the_scheme_is_said(results: Workbook, year: District) -> None:
    """The page of switches names the scheme and its version."""
    assert f"{year.scheme.heading.name}，版本{year.scheme.heading.version}" in results["口径与版本"]["A2"].value


@pytest.mark.render
def test_the_five_star_list_is_ready_for_the_ceremony(commended: Workbook) -> None:
    """Roster order, plaque and how it is given, who receives it and when, in batches of the parameter."""
    rows = rows_of(commended["五星名单"], "领奖顺序")
    assert [(row["党组织全称"], row["授牌方式"], row["奖牌编号"], row["领奖顺序"]) for row in rows] == [
        ("一小一支", "新授", "WX2020-001", "第1批第1位"),
        ("一小二支", "续牌", "WX2020-002", "第2批第1位"),
    ]
    assert [row["领奖人职务"] for row in rows] == ["党支部书记、副校长", "党支部负责人"]
    assert "2020年12月23日" in commended["五星名单"]["A2"].value


@pytest.mark.render
def test_each_star_has_its_list_and_each_five_star_its_plaque(commended: Workbook) -> None:
    """Who waits or has no star is on none; withdrawn plaques have last year's number; plaques are as many as five-star."""
    named = {
        page: column(commended[page], "党组织全称", "党组织全称")
        for page in ("五星名单", "四星", "三星", "二星及以下（内部）", "收回奖牌", "奖牌制作清单")
    }
    assert named == {
        "五星名单": ["一小一支", "一小二支"],
        "四星": ["二小支部"],
        "三星": [],
        "二星及以下（内部）": ["三中一支"],
        "收回奖牌": ["二小支部"],
        "奖牌制作清单": ["一小一支", "一小二支"],
    }
    assert column(commended["收回奖牌"], "上年牌号", "上年牌号") == ["乙"]
    plaques = commended["奖牌制作清单"]
    assert column(plaques, "奖牌文字", "奖牌文字") == ["2020年度五星级党组织"] * 2
    totals = [row for row in plaques.iter_rows(values_only=True) if row[1] in ("合计", "与五星名单核对")]
    assert [row[1:3] for row in totals] == [("合计", 2), ("与五星名单核对", "相符")]


@pytest.mark.render
def test_before_approval_the_lists_are_empty_and_say_so(
    year: District, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A proposal is no commendation: without the meeting's row no name and no order stands on any page, and no 0."""
    book = computed(filled(year, COMMENDED, TABLES), office, tmp_path_factory.mktemp("proposed"))
    for page in ("五星名单", "四星", "二星及以下（内部）", "收回奖牌", "奖牌制作清单"):
        assert "还没有会议审定" in book[page]["A2"].value
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not {"一小一支", "二小支部", "三中一支", "WX2020-001", "第1批第1位", 0} & set(values)
    assert values.count("未审定") == 9
    assert "相符" not in values


@pytest.mark.render
def test_the_sample_district_comes_to_its_stars(
    collected_district: Path, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """38 of 151 with a quota of 45; the lists have as many rows as the overview counts, and as many plaques."""
    sample = open_year(open_workspace(collected_district, 2020))
    with Ledger(sample.workspace.ledger, sample.scheme) as ledger:
        values = template_values(sample, summarise(sample, ledger, STAMP.date()))
    books = {
        name: computed(
            compile_workbook_template(TEMPLATES / f"{name}.xlsx").render(values, stamp=STAMP),
            office,
            tmp_path_factory.mktemp("sample"),
        )
        for name in (COMMENDED, RESULTS)
    }
    overview = books[RESULTS]["总览"]
    assert column(overview, "星级", "本年") == [38, 72, 33, 6, 2]
    sheet = books[RESULTS]["口径与版本"]
    assert column(sheet, "口径", "口径") == list(sample.scheme.switches)
    assert column(sheet, "参数", "参数") == list(sample.scheme.parameters)
    whole = rows_of(overview, "范围")[0]
    assert (whole["参评"], whole["五星名额"], whole["名额余额"]) == (151, 45, 7)
    assert sum(row["名额"] for row in rows_of(overview, "镇街")) == 45
    assert len(rows_of(books[RESULTS]["支部明细"], "党组织")) == 151
    pages = ("五星名单", "四星", "三星", "二星及以下（内部）", "收回奖牌", "奖牌制作清单")
    assert [len(rows_of(books[COMMENDED][page], "党组织全称")) for page in pages] == [38, 72, 33, 8, 5, 38]
    assert rows_of(books[COMMENDED]["五星名单"], "领奖顺序")[-1]["领奖顺序"] == "第4批第8位"
