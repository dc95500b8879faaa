"""The rules on papers: which paper they stop, what stays, what is told, and what is compared with what."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from deciding import decide, make_deciding_year, send
from pbreports.errors import SchemeError
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.linked import linked_values
from pbreports.pipeline.agreeing import Copy, said_in
from pbreports.pipeline.filling import filled
from pbreports.pipeline.publishing import template_values
from pbreports.pipeline.running import figures_of_year
from pbreports.pipeline.vetting import Candidate, vetted
from pbreports.pipeline.year import open_year
from pbreports.scheme import load_scheme
from pbreports.scheme.papers import THIS_RUN, vocabulary_of_papers
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Scalar
from pbreports.workspace import open_workspace
from small_year import SmallYear

OFFICIAL = "  公文: {表: 公文登记, 名称: 文书名称}\n"
SCHEME = """
局端:
- 簿: 公文
  表:
  - 名称: 公文登记
    主键: [文书名称]
    字段:
    - {名称: 文书名称, 类型: 文本, 长度: 20, 必填: true}
    - {名称: 文号, 类型: 文本, 长度: 40}
    - {名称: 主送, 类型: 文本, 长度: 40}
    - {名称: 成文日期, 类型: 日期}
规则:
- 码: W-1
  级别: 错误
  范围: 文书
  文书: [通报]
  条件: 计数(一列一条, 一列一条.次数 > 9) == 0
  消息: "{计数(一列一条, 一列一条.次数 > 9)}个小组次数太多：{缺少(列出(一列一条.小组代码, 一列一条.次数 > 9), [])}。"
  怎么改: 请核对。
- {码: W-2, 级别: 警告, 范围: 文书, 条件: 计数(小组名单) == 2, 消息: "《{题名}》的名单有{计数(小组名单)}行。", 怎么改: 请核对。}
- {码: W-3, 级别: 提示, 范围: 文书, 文书: [通报], 条件: 非空(公文.文号), 定位: [公文.文号], 消息: 没有文号。, 怎么改: 请编号。}
- 码: W-4
  级别: 错误
  范围: 文书
  表: 文书数字
  子项:
  - {适用: 情形 != '旧稿', 条件: 本文 == 另文, 消息: "{数字}在《{题名}》为{本文}，在《{另一文书}》为{另文}。", 怎么改: 请核实。}
  - {级别: 警告, 适用: 情形 == '旧稿', 条件: 本文 == 另文, 消息: "旧的《{另一文书}》{数字}是{另文}，现在是{本文}。", 怎么改: 需重出。}
- {码: W-6, 级别: 错误, 范围: 全区, 文书: [附表], 条件: 全区次数 < 40, 消息: "全区{全区次数}次，太多。", 怎么改: 请核对。}
- {码: W-5, 级别: 警告, 范围: 文书, 文书: [小结], 表: 小组, 条件: 人数 < 7 or 状态 == '撤销', 消息: "{小组名称}有{人数}人。", 怎么改: 请核对。}
数字:
- {名称: 完成率, 单位: "%", 算法: 式, 式: 全区次数 / (名册小组数 * 7)}
文书:
- {名称: 通报, 模板: 通报.docx, 题名: "{年度}年通报"}
- {名称: 附表, 模板: 附表.xlsx, 题名: "{年度}年附表"}
"""
TEXT = (
    "{{ 题名 }}，{{ 公文.文号|缺省('无号') }}，{{ 公文.主送|待填('主送') }}，{{ 公文.成文日期 }}",
    "共{{ 全区次数 }}次，平均{{ 平均次数 }}次，{{ 全区次数|中文数字 }}次，完成{{ 完成率 }}",
)


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year with three papers and rules on them, its blanks issued; copied for each test."""
    year = make_deciding_year(tmp_path_factory.mktemp("papers"))
    (year.inputs / "方案/文书规则.yaml").write_text(SCHEME, encoding="utf-8")
    heading = year.inputs / "方案/方案.yaml"
    heading.write_text(
        heading.read_text(encoding="utf-8").replace("  关联:", f"{OFFICIAL}  关联:", 1), encoding="utf-8"
    )
    paper = docx.Document()
    for line in TEXT:
        paper.add_paragraph(line)
    paper.save(str(year.root / "templates/通报.docx"))
    book = Workbook()
    book.active.append(["次数", "{{ 全区次数 }}"])  # type: ignore[union-attr]
    book.active.append(["{{ 小组名单.小组 }}"])  # type: ignore[union-attr]
    book.active.append(["平均", "{{ 平均次数 }}"])  # type: ignore[union-attr]
    book.active.append(["完成", "{{ 完成率 }}"])  # type: ignore[union-attr]
    book.save(year.root / "templates/附表.xlsx")
    official(year)
    assert year.run("issue", "--period", "下半年").exit_code == 0
    return year.root


@pytest.fixture
def year(issued: Path, tmp_path: Path) -> SmallYear:
    """The year with good workbooks of both units: 5, 6 and 7 times."""
    shutil.copytree(issued, tmp_path / "年度")
    small = SmallYear(tmp_path / "年度")
    send(small, "A01", 5, 6)
    send(small, "B02", 7)
    return small


def official(year: SmallYear, *rows: Mapping[str, Scalar]) -> None:
    """Write what the bureau says of its papers."""
    scheme = load_scheme(year.inputs / "方案")
    (year.inputs / "公文.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["公文"], {"公文登记": rows}))


def papers(year: SmallYear) -> set[str]:
    """Return the names of the papers and proof sheets that stand there."""
    return {path.name for path in (year.outputs / "文书").iterdir() if path.suffix in {".docx", ".xlsx"}}


def text_of(year: SmallYear, name: str) -> list[str]:
    """Return the paragraphs of a paper."""
    return [one.text for one in docx.Document(str(year.outputs / "文书" / name)).paragraphs]


def proof(year: SmallYear, name: str) -> list[tuple[object, ...]]:
    """Return the lines of a proof sheet's page of what is wrong with the paper itself: gravity, code, message."""
    rows = load_workbook(year.outputs / "文书" / name)["本文核对"].iter_rows(min_row=4, values_only=True)
    return [(row[0], row[1], row[3]) for row in rows]


def test_the_form_of_a_paper_is_checked(year: SmallYear) -> None:
    """What is wrong with its lay-out stands in its proof sheet, with clause and place; the screen counts the errors."""
    told = year.run("build")
    path = next(path for path in sorted((year.outputs / "文书").glob("*_校对单.xlsx")) if "未写出" not in path.name)
    page = load_workbook(path)["格式核对"]
    rows = [row for row in page.iter_rows(min_row=4, values_only=True) if row[0]]
    assert "错误" in {row[0] for row in rows}
    assert all(str(row[1]).startswith("W-") and row[2] and row[7] for row in rows)
    wrong = sum(row[0] == "错误" for row in rows)
    assert f"有{wrong}处不合公文格式的规定，见校对单的“格式核对”" in told.output


WARNED = ("警告", "W-2", "《2031年通报》的名单有3行。")


class TestRefusal:
    """An error stops the paper that it is about, and no other."""

    def test_only_the_broken_paper_is_not_written(self, year: SmallYear) -> None:
        """The reason is on the screen and in a proof sheet of its own; the other papers stand; the exit code is 1."""
        send(year, "B02", 10)
        told = year.run("build")
        assert told.exit_code == 1
        assert "《2031年通报》没有写出：\n  错 W-1 本文：1个小组次数太多：B02-1。请核对。" in told.output
        assert {"2031年附表_初稿.xlsx", "2031年读书小结_初稿.docx"} <= papers(year)
        assert not any(name.startswith("2031年通报_初稿") for name in papers(year))
        assert ("错误", "W-1", "1个小组次数太多：B02-1。") in proof(year, "2031年通报_未写出_校对单.xlsx")
        assert "文书/2031年通报_未写出_校对单.xlsx" in told.output

    def test_a_rule_over_the_district_stops_the_papers_it_names(self, year: SmallYear) -> None:
        """It is asked again before these are written; the others only tell it."""
        send(year, "A01", 50, 6)
        told = year.run("build", "附表", "小结")
        assert told.exit_code == 1
        assert "《2031年附表》没有写出：\n  错 W-6 本文：全区" in told.output
        assert "文书/2031年读书小结_初稿.docx\n" in told.output

    def test_an_older_copy_stays_and_is_called_old(self, year: SmallYear) -> None:
        """What an earlier run has written is left as it was; once mended, the paper is written and the reason is gone."""
        assert year.run("build").exit_code == 0
        before = (year.outputs / "文书/2031年通报_初稿.docx").read_bytes()
        send(year, "B02", 10)
        told = year.run("build", "通报")
        assert "文书/2031年通报_初稿.docx 是以前写出的旧稿，没有更新" in told.output
        assert "已写出" not in told.output
        assert "没有声明文书" not in told.output
        assert (year.outputs / "文书/2031年通报_初稿.docx").read_bytes() == before
        send(year, "B02", 8)
        assert year.run("build", "通报").exit_code == 0
        assert "2031年通报_未写出_校对单.xlsx" not in papers(year)
        assert (year.outputs / "文书/2031年通报_初稿.docx").read_bytes() != before

    def test_a_draft_is_written_and_told(self, year: SmallYear) -> None:
        """With its findings on the screen and on its proof sheet."""
        send(year, "B02", 10)
        told = year.run("build", "通报", "--draft")
        assert told.exit_code == 1
        assert "《2031年通报》核对：\n  错 W-1" in told.output
        assert "2031年通报_草稿.docx" in papers(year)
        assert proof(year, "2031年通报_草稿_校对单.xlsx")[0] == ("错误", "W-1", "1个小组次数太多：B02-1。")

    def test_warnings_stop_nothing(self, year: SmallYear) -> None:
        """They are told for each paper, by its title, and stand on its proof sheet."""
        told = year.run("build")
        assert told.exit_code == 0
        for title in ("2031年通报", "2031年附表", "2031年读书小结"):
            assert f"警 W-2 本文：《{title}》的名单有3行。" in told.output
        assert WARNED in proof(year, "2031年通报_初稿_校对单.xlsx")

    def test_an_exempt_group_is_not_counted(self, year: SmallYear) -> None:
        """Of two groups one is exempt: the rule speaks of the other; with both exempt it is only a notice."""
        send(year, "A01", 5, 12)
        send(year, "B02", 10)
        decide(year, 豁免=[exemption("B02", "B02-1")])
        assert "错 W-1 本文：1个小组次数太多：A01-2。" in year.run("build", "通报").output
        decide(year, 豁免=[exemption("B02"), exemption("A01", "A01-2")])
        told = year.run("build", "通报")
        assert told.exit_code == 0, told.output
        assert "提 W-1" in told.output
        assert "已豁免：研究同意（至2031-12-31）；已豁免：研究同意（至2031-12-31）" in told.output

    def test_an_exempt_row_of_the_bureau_is_a_notice(self, year: SmallYear) -> None:
        """A row of the bureau's own sheet belongs to the unit whose code it has; the other unit's stays."""
        decide(year, 豁免=[exemption("B02", code="W-5")])
        told = year.run("build", "小结").output
        assert "：晨读小组有12人。" in next(line for line in told.splitlines() if "警 W-5" in line)
        assert "：柳堤小组有7人。" in next(line for line in told.splitlines() if "提 W-5" in line)
        assert told.count("W-5") == 2


def exemption(unit: str, group: str = "", code: str = "W-1") -> Mapping[str, Scalar]:
    """Return a row that exempts a unit from a rule, as a rule that on too many times."""
    row = {"单位代码": unit, "规则码": code, "豁免理由": "研究同意", "有效期至": date(2031, 12, 31)}
    return {**row, "小组代码": group} if group else row


class TestOfficial:
    """What the bureau says of a paper is known to its template and to the rules on it."""

    def test_a_paper_says_its_own_row(self, year: SmallYear) -> None:
        """Blanks stay blank for the template to fill, days are written in full, the title is the paper's."""
        official(
            year, {"文书名称": "通报", "文号": "读〔2031〕1号", "成文日期": date(2031, 12, 30)}, {"文书名称": "附表"}
        )
        told = year.run("build", "通报")
        assert text_of(year, "2031年通报_初稿.docx")[0] == "2031年通报，读〔2031〕1号，【待填：主送】，2031年12月30日"
        assert "没有文号" not in told.output
        assert "这一行" not in told.output

    def test_a_missing_row_is_told_once(self, year: SmallYear) -> None:
        """Only for papers whose templates ask for it; the finding of a rule points at the paper."""
        told = year.run("build")
        assert told.output.count("“公文登记”表里没有“通报”这一行") == 1
        assert "没有“附表”这一行" not in told.output
        assert text_of(year, "2031年通报_初稿.docx")[0] == "2031年通报，无号，【待填：主送】，"
        assert "提 W-3 本文：没有文号。" in told.output

    def test_a_rule_points_at_the_cell(self, year: SmallYear) -> None:
        """Of the paper's own row."""
        official(year, {"文书名称": "附表", "文号": "读〔2031〕2号"}, {"文书名称": "通报", "主送": "各馆"})
        assert "提 W-3 公文.xlsx → 公文登记 → " in year.run("build", "通报").output

    def test_names_are_listed_and_looked_up(self, year: SmallYear) -> None:
        """`names` tells the items with what they mean; `lint` knows which there are."""
        assert "公文（1个）\n  公文\t" in year.run("names").output
        paper = docx.Document()
        paper.add_paragraph("{{ 公文.文好 }}")
        paper.save(str(year.root / "templates/通报.docx"))
        told = year.run("lint", str(year.root / "templates/通报.docx"))
        assert "“公文”没有“文好”这一项，是不是“文号”" in told.output


def type_over(path: Path, old: str, new: str) -> None:
    """Type over a number in a paper as staff do, within its run."""
    paper = docx.Document(str(path))
    (run,) = (run for paragraph in paper.paragraphs for run in paragraph.runs if run.text == old)
    run.text = new
    paper.save(str(path))


class TestAgreement:
    """What really stands in the papers is compared: of this run, of earlier ones, and in the signed copies."""

    def test_papers_of_one_run_agree(self, year: SmallYear) -> None:
        """A Word and an Excel paper that say the same figure in their own ways say the same."""
        assert "W-4" not in year.run("build").output
        assert text_of(year, "2031年通报_初稿.docx")[1] == "共18次，平均6.0次，十八次，完成85.7%"
        assert load_workbook(year.outputs / "文书/2031年附表_初稿.xlsx")["Sheet"]["B6"].value == 0.857

    def test_papers_of_one_run_that_differ_are_both_stopped(self, year: SmallYear) -> None:
        """Each is told of the other, by its title."""
        opened = open_year(open_workspace(year.root))
        summary = figures_of_year(opened, date(2031, 12, 31))
        said = {"甲": "18", "乙": "19"}
        found = vetted(
            opened,
            summary,
            [
                Candidate("通报", Copy(title, THIS_RUN, {"全区次数": text, "平均次数": "6"}))
                for title, text in said.items()
            ],
        )
        told = [[one.message for one in some if one.code == "W-4"] for some in found]
        assert told == [["全区次数在《甲》为18，在《乙》为19。"], ["全区次数在《乙》为19，在《甲》为18。"]]

    def test_what_rests_on_lists_is_not_compared(self, year: SmallYear) -> None:
        """It differs from row to row; figures with filters are compared as they are written."""
        opened = open_year(open_workspace(year.root))
        paper = docx.Document()
        paper.add_paragraph(
            "{{ 全区次数|中文数字 }}，{% for 组 in 小组名单 %}{{ 组.小组 }}{{ 全区次数 }}；{% endfor %}{{ 报数小组数 }}"
        )
        paper.save(str(year.root / "templates/甲.docx"))
        values = template_values(opened, figures_of_year(opened, date(2031, 12, 31)))
        made = filled(year.root / "templates/甲.docx", values, values.keys(), datetime(2031, 12, 31))  # noqa: DTZ001
        said = said_in(Path("甲.docx"), made.data, made.links, opened.scheme.figures)
        assert said == {"全区次数|中文数字": "十八", "全区次数": "18", "报数小组数": "3"}

    def test_a_signed_copy_that_says_otherwise_stops_the_paper(self, year: SmallYear) -> None:
        """The signed copy was changed by hand; both papers are named, and the digits are those in the file."""
        assert year.run("build", "小结").exit_code == 0
        (year.inputs / "定稿").mkdir()
        signed = year.inputs / "定稿/2031年读书小结.docx"
        shutil.copy(year.outputs / "文书/2031年读书小结_初稿.docx", signed)
        assert year.run("build", "通报").exit_code == 0
        type_over(signed, "18", "19")
        told = year.run("build", "通报")
        assert told.exit_code == 1
        assert "错 W-4 本文：全区次数在《2031年通报》为18，在《2031年读书小结》为19。" in told.output

    def test_an_older_copy_must_be_made_anew(self, year: SmallYear) -> None:
        """A workbook of an earlier run has its figures in cells that are known by hidden names, wherever rows moved."""
        assert year.run("build", "附表").exit_code == 0
        send(year, "B02", 8)
        told = year.run("build", "通报")
        assert told.exit_code == 0
        assert "警 W-4 本文：旧的《2031年附表》全区次数是18，现在是19。需重出。" in told.output
        assert "旧的《2031年附表》平均次数是6.0，现在是6.3。" in told.output
        assert "旧的《2031年附表》完成率是85.7%，现在是90.5%。" in told.output
        assert "W-4" not in year.run("build").output

    @pytest.mark.parametrize("copy", ["2031年附表_草稿.xlsx", "2031年附表_初稿.xlsx"])
    def test_drafts_and_what_is_gone_are_not_compared(self, year: SmallYear, copy: str) -> None:
        """A draft is not to be signed, and a copy that was put away says nothing more."""
        assert year.run("build", "附表", *(["--draft"] if "草稿" in copy else [])).exit_code == 0
        if "初稿" in copy:
            (year.outputs / "文书" / copy).unlink()
        send(year, "B02", 8)
        assert "W-4" not in year.run("build", "通报").output

    def test_a_scan_as_the_signed_copy_says_nothing(self, year: SmallYear) -> None:
        """From a picture no figure can be read, and the older copy no longer counts."""
        assert year.run("build", "小结").exit_code == 0
        (year.inputs / "定稿").mkdir()
        (year.inputs / "定稿/2031年读书小结.pdf").write_bytes(b"%PDF-1.4")
        send(year, "B02", 8)
        assert "W-4" not in year.run("build", "通报").output


def faults(tmp_path: Path, issued: Path, text: str) -> list[str]:
    """Return what is wrong with the year's scheme once a file is added to it."""
    shutil.copytree(issued / "inputs/2031/方案", tmp_path / "方案")
    (tmp_path / "方案/另.yaml").write_text(text, encoding="utf-8")
    try:
        load_scheme(tmp_path / "方案")
    except SchemeError as error:
        return [str(one) for one in error.problems]
    return []


RULE = "规则:\n- {码: W-9, 级别: 错误, 范围: 文书, 消息: 不对。, "


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RULE + "文书: [通报], 条件: 计数(小组名单.小组) > 0 and 题名 != ''}", ""),
        (RULE + "文书: [别的县才有的文书], 条件: 计数(小组名单) > 0}", ""),
        (RULE + "文书: [读书通报], 条件: 题名 != ''}", ""),
        (RULE + "文书: [小节], 条件: 题名 != ''}", ""),
        (RULE + "文书: [通报稿], 条件: 题名 != ''}", "没有叫“通报稿”的文书，是不是“通报”"),
        (RULE + "条件: 计数(小组名单.组) > 0}", "表“小组名单”没有字段“组”，是不是“小组”"),
        (RULE + "条件: 公文.文好 != ''}", "表“公文”没有字段“文好”，是不是“文号”"),
        (RULE + "表: 小组名但, 条件: 题名 != ''}", "规则“W-9”的表“小组名但”不存在，是不是“小组名单”"),
        (RULE + "条件: 题名 != '', 定位: [公文.文好]}", "定位“公文.文好”不存在"),
        (RULE.replace("文书, 消息", "全区, 消息") + "文书: [通报], 条件: 全区次数 > 0}", ""),
        (
            RULE.replace("文书, 消息", "行, 消息") + "文书: [通报], 表: 一列一条, 条件: 次数 > 0}",
            "的范围不是文书、全区，不要写“文书”",
        ),
        (RULE.replace("文书, 消息", "全区, 消息") + "条件: 计数(小组名单) > 0}", "没有叫“小组名单”的表"),
        ("参数:\n  公文: {值: 1}", "“公文”是文书里的内置名"),
        ("数字:\n- {名称: 题名, 算法: 计数, 表: 小组}", "“题名”是文书里的内置名"),
    ],
)
def test_what_rules_on_papers_may_say(issued: Path, tmp_path: Path, text: str, told: str) -> None:
    """They may name lists, the paper's row and its title, which no other rule may; what is misspelt is told."""
    found = faults(tmp_path, issued, text)
    assert len(found) == (1 if told else 0), found
    assert told in "".join(found)


def test_a_figure_in_cells_keeps_its_name_where_rows_move(year: SmallYear) -> None:
    """The hidden name of the cell below a repeated row leads to the cell where the figure stands."""
    assert year.run("build", "附表").exit_code == 0
    book = load_workbook(year.outputs / "文书/2031年附表_初稿.xlsx")
    names = {name: one.attr_text for name, one in book.defined_names.items()}
    assert names == {
        "_pb_全区次数_1": "'Sheet'!$B$1",
        "_pb_平均次数_2": "'Sheet'!$B$5",
        "_pb_完成率_3": "'Sheet'!$B$6",
    }
    assert all(one.hidden for one in book.defined_names.values())
    assert _cells(book["Sheet"], ("B1", "B5")) == [18, Decimal(6)]


def test_sheets_made_for_each_row_keep_their_names(year: SmallYear) -> None:
    """Of a sheet that is repeated the first copy has the named cell."""
    book = Workbook()
    book.active.title = "{{小组名单.小组}}"  # type: ignore[union-attr]
    book.active.append(["次数", "{{ 全区次数 }}"])  # type: ignore[union-attr]
    book.save(year.root / "templates/附表.xlsx")
    assert year.run("build", "附表").exit_code == 0
    made = (year.outputs / "文书/2031年附表_初稿.xlsx").read_bytes()
    assert linked_values(made) == {"全区次数": (Decimal(18),)}


def test_a_list_column_with_names_of_people_is_personal() -> None:
    """What a rule says of it does not belong on a screen."""
    scheme = load_scheme(Path(__file__).parents[1] / "inputs/2020/方案")
    tables = vocabulary_of_papers(scheme, vocabulary_of(scheme)).tables
    assert tables["包保联系点名单"].personal == {"领导"}
    assert tables["五星级党组织名单"].personal == frozenset()
    assert tables["五星级表彰程序"].personal == frozenset()  # names of people only choose its rows


def _cells(page: object, places: Iterable[str]) -> list[object]:
    return [page[place].value for place in places]  # type: ignore[index]
