"""The bureau's decisions and the schools' explanations: what each changes, where it shows, and what fits nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook

from deciding import FORM, PERIOD, cell_of, decide, explain, explain_on, make_deciding_year, send, type_in
from pbreports.excel.layout import PROBLEMS, SELF_CHECK
from pbreports.values import Scalar
from small_year import SmallYear

D = Decimal
A = {"单位代码": "A01"}


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year with blanks issued; copied for each test."""
    return make_deciding_year(tmp_path_factory.mktemp("deciding")).root


@pytest.fixture
def year(issued: Path, tmp_path: Path) -> SmallYear:
    """The year with unit B02's good workbook sent, for one test to decide about."""
    shutil.copytree(issued, tmp_path / "年度")
    small = SmallYear(tmp_path / "年度")
    send(small, "B02", 9)
    return small


def states(year: SmallYear, day: str = "2031-12-31") -> dict[str, str]:
    """Return how each unit stands."""
    lines = json.loads(year.run("status", "--json", *PERIOD, day=day).output)["单位"]
    return {line["单位代码"]: line["状态"] for line in lines}


def figure(year: SmallYear, name: str = "全区次数") -> dict[str, Any]:
    """Return a figure as ``figures --json`` gives it."""
    result = year.run("figures", name, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)[name]


def collected(year: SmallYear, day: str = "2031-12-31") -> str:
    """Return what collecting says."""
    return year.run("collect", *PERIOD, day=day).output


def page(year: SmallYear, file: str, title: str) -> list[dict[str, object]]:
    """Return the rows of a page of a workbook that the program wrote, by header."""
    rows = load_workbook(year.outputs / file)[title].iter_rows(min_row=3, values_only=True)
    headers = [str(one) for one in next(rows)]
    return [dict(zip(headers, row, strict=True)) for row in rows if any(row)]


def exemption(code: str, until: date = date(2032, 1, 31), unit: str = "A01", group: str = "") -> dict[str, Scalar]:
    """Return an exemption as the bureau writes it."""
    found: dict[str, Scalar] = {"单位代码": unit, "规则码": code, "豁免理由": "研究同意", "有效期至": until}
    return {**found, "小组代码": group} if group else found


def amendment(cell: str, old: str, new: str, field: str = "次数", unit: str = "A01") -> dict[str, Scalar]:
    """Return a correction of the form of groups as the bureau writes it."""
    place = {"单位代码": unit, "更正表": "一列一条", "单元格": cell, "更正字段": field}
    return {**place, "原值": old or None, "更正值": new, "更正理由": "电话核实"}


class TestExemptions:
    """A rule that a unit is exempt from."""

    def test_an_exempt_error_no_longer_holds_a_version_back(self, year: SmallYear) -> None:
        """The version counts, the finding is a notice with the reason, and the annex lists it."""
        send(year, "A01", 60, 5)
        assert states(year)["A01"] == "退回"
        assert figure(year)["value"] == 9
        decide(year, 豁免=[exemption("R-1")])
        assert year.run("collect", *PERIOD).exit_code == 0
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 74
        (row,) = page(year, "数据质量附表.xlsx", "豁免")
        assert (row["单位"], row["编码"], row["对象"]) == ("一馆", "R-1", "A01-1")
        assert row["说明"] == "已豁免：研究同意（至2032-01-31）"

    @pytest.mark.parametrize(("day", "state"), [("2031-12-30", "通过"), ("2031-12-31", "通过"), ("2032-01-01", "退回")])
    def test_an_exemption_ends_with_its_day(self, year: SmallYear, day: str, state: str) -> None:
        """It holds on its last day and not after, on the same ledger; then it is said to have run out."""
        decide(year, 豁免=[exemption("R-1", date(2031, 12, 31))])
        send(year, "A01", 60, 5)
        collected(year)
        assert states(year, day)["A01"] == state
        assert ("已在2031-12-31到期，不再豁免" in collected(year, day)) == (state == "退回")

    def test_an_exemption_of_one_group_leaves_the_others(self, year: SmallYear) -> None:
        """With a linking code the unit's other records stay bound."""
        decide(year, 豁免=[exemption("R-1", group="A01-1")])
        send(year, "A01", 60, 5)
        assert states(year)["A01"] == "通过"
        send(year, "A01", 60, 70)
        assert states(year)["A01"] == "退回"
        send(year, "A01", 5, 70)
        assert states(year)["A01"] == "退回"

    def test_the_object_is_that_of_the_record(self, year: SmallYear) -> None:
        """Where the key of a sheet says nothing of the group, the record's own linking code does."""
        decide(year, 豁免=[exemption("R-6", group="A01-1")])
        for group, state in (("A01-1", "通过"), ("A01-2", "退回")):
            send(year, "A01", 5, 6, books=[{"借阅号": "J1", "小组代码": group, "册数": D(30)}])
            assert states(year)["A01"] == state

    @pytest.mark.parametrize("unit", ["A01", "B02"])
    def test_one_exemption_answers_both_sides_of_a_likeness(self, year: SmallYear, unit: str) -> None:
        """A rule over the district that finds two units alike finds neither once one of them is exempt."""
        send(year, "A01", 9, 5)
        assert year.run("build").output.count("R-5") == 2
        decide(year, 豁免=[exemption("R-5", unit=unit)])
        result = year.run("build")
        assert result.exit_code == 0
        assert result.output.count("提 R-5") == 2

    def test_a_likeness_to_a_third_unit_stays(self, year: SmallYear) -> None:
        """Exempting one group leaves what the other group of the unit is found for."""
        send(year, "A01", 9, 9)
        decide(year, 豁免=[exemption("R-5", group="A01-1")])
        result = year.run("build")
        assert result.exit_code == 1
        assert "A01-2的次数与别的单位相同" in result.output

    def test_a_unit_off_the_roster_is_pointed_out_once(self, year: SmallYear) -> None:
        """By the reference that leads nowhere, in the column that the roster has too."""
        send(year, "A01", 5, 6)
        decide(year, 豁免=[exemption("R-1", unit="X99")])
        assert collected(year).count("X99") == 1

    def test_a_unit_off_the_roster_in_a_column_of_its_own(self, year: SmallYear) -> None:
        """Where nothing follows the references of a column, the decisions themselves are looked at."""
        for path in (year.inputs / "方案").glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for word in ("规则码", "更正表"):
                text = text.replace(
                    f"{{名称: 单位代码, 类型: 文本}}\n    - {{名称: {word}",
                    f"{{名称: 谁, 类型: 文本}}\n    - {{名称: {word}",
                )
            text = text.replace("豁免, 单位: 单位代码", "豁免, 单位: 谁").replace(
                "更正, 单位: 单位代码", "更正, 单位: 谁"
            )
            path.write_text(text, encoding="utf-8")
        exempt = {**exemption("R-1"), "谁": "X99"}
        wanted = {**amendment("D7", "1", "2"), "谁": "X99"}
        decide(year, 豁免=[exempt], 更正=[wanted])
        said = collected(year)
        assert "F-31 局里决定.xlsx → 豁免 → B5：豁免的单位“X99”不在名册中" in said
        assert "F-33 局里决定.xlsx → 更正 → C5：X99的更正没有用上：单位不在名册中" in said

    def test_an_unknown_rule_is_pointed_out(self, year: SmallYear) -> None:
        """An exemption from a rule that does not exist is no exemption, and is said to be none."""
        send(year, "A01", 5, 6)
        decide(year, 豁免=[exemption("R-99")])
        assert "F-31 局里决定.xlsx → 豁免 → B5：豁免的规则“R-99”方案里没有" in collected(year)


class TestExplanations:
    """What schools write beside findings."""

    def test_a_warning_waits_for_its_explanation(self, year: SmallYear) -> None:
        """An unexplained warning counts and waits; the explanation of the record ends that and is in the annex."""
        path = send(year, "A01", 4, 6)
        assert states(year)["A01"] == "待说明"
        assert figure(year)["value"] == 19
        explain(path, "R-4", "上半年装修停馆两个月", sheet=FORM, subject="A01-1")
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 19
        collected(year)
        (row,) = page(year, "数据质量附表.xlsx", "说明")
        assert (row["编码"], row["对象"], row["说明"]) == ("R-4", "A01-1", "上半年装修停馆两个月")

    def test_an_explanation_is_of_its_record(self, year: SmallYear) -> None:
        """One given for one record leaves the other's warning open; one from the self-check answers the rule."""
        path = send(year, "A01", 4, 4)
        explain(path, "R-4", "上半年装修停馆两个月", sheet=FORM, subject="A01-1")
        assert states(year)["A01"] == "待说明"
        explain_on(SELF_CHECK, path, "R-4", "上半年装修停馆两个月")
        assert states(year)["A01"] == "通过"
        explain_on(SELF_CHECK, path, "R-2", "上半年装修停馆两个月")
        assert states(year)["A01"] == "通过", "what an earlier version said is carried along"

    @pytest.mark.parametrize("text", ["无", "属实", "——。", "1234", "是是是是"])
    def test_what_says_nothing_is_no_explanation(self, year: SmallYear, text: str) -> None:
        """Marks, numbers and a word or two explain nothing; the finding says so."""
        explain_on(SELF_CHECK, send(year, "A01", 4, 6), "R-4", text)
        assert states(year)["A01"] == "待说明"
        collected(year)
        said = [row["怎么改"] for row in page(year, "校验结果.xlsx", "问题清单") if row["编码"] == "R-4"]
        assert said == [f"请核对。说明“{text}”看不出原因，请写明，不少于4个字。"]

    def test_an_explanation_is_carried_into_the_next_version(self, year: SmallYear) -> None:
        """A newer version that says nothing keeps what was said, as long as the finding is there."""
        explain_on(SELF_CHECK, send(year, "A01", 4, 6, name="一.xlsx"), "R-4", "上半年装修停馆两个月")
        collected(year, "2031-12-20")
        send(year, "A01", 4, 7, name="二.xlsx")
        assert states(year)["A01"] == "通过"
        collected(year)
        (row,) = page(year, "数据质量附表.xlsx", "说明")
        assert row["说明"] == "上一版的说明：上半年装修停馆两个月"
        send(year, "A01", 8, 7, name="三.xlsx")
        collected(year)
        assert page(year, "数据质量附表.xlsx", "说明") == []

    def test_the_returned_workbook_is_where_schools_explain(self, year: SmallYear) -> None:
        """What is written into its list of problems comes back and answers the findings listed there."""
        path = send(year, "A01", 4, 6)
        collected(year)
        returned = next((year.outputs / "退回").rglob("*A01*.xlsx"))
        explain_on(PROBLEMS, returned, "R-4", "上半年装修停馆两个月")
        path.write_bytes(returned.read_bytes())
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 19

    def test_an_error_cannot_be_explained_away(self, year: SmallYear) -> None:
        """The version is returned all the same; what was said is shown to the bureau."""
        explain_on(SELF_CHECK, send(year, "A01", 60, 6), "R-1", "确实办了六十次活动")
        assert states(year)["A01"] == "退回"
        collected(year)
        said = [row["说明"] for row in page(year, "校验结果.xlsx", "问题清单") if row["编码"] == "R-1"]
        assert said == ["确实办了六十次活动"]

    def test_a_name_in_an_explanation_is_a_notice_off_the_screen(self, year: SmallYear) -> None:
        """Explanations are printed and passed on; the name stands in the workbook alone."""
        explain_on(SELF_CHECK, send(year, "A01", 4, 6), "R-4", "张建国老师生病住院")
        assert states(year)["A01"] == "通过"
        assert "张建国" not in collected(year)
        assert [row["级别"] for row in page(year, "校验结果.xlsx", "问题清单") if row["编码"] == "V-G11"] == ["提示"]


class TestCorrections:
    """Single cells that the bureau corrects."""

    def test_the_cell_counts_as_corrected(self, year: SmallYear) -> None:
        """The figure follows, the trace and the proof sheet show before, after and why, nothing is asked of the school."""
        path = send(year, "A01", 60, 6)
        cell = cell_of(path, "次数")
        decide(year, 更正=[amendment(cell, "60", "16")])
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 31
        assert f"{FORM} → {cell}（局端更正 60→16：电话核实）" in year.run("figures", "全区次数").output
        assert figure(year)["corrections"] == [
            {"where": f"{path.name} → {FORM} → {cell}", "old": "60", "new": "16", "reason": "电话核实"}
        ]
        assert year.run("build").exit_code == 0
        (row,) = page(year, "文书/2031年读书小结_初稿_校对单.xlsx", "局端更正")
        assert (row["单元格"], row["原值"], row["更正值"], row["理由"]) == (cell, "60", "16", "电话核实")

    @pytest.mark.parametrize("old", ["60", "６０", "60次", " 60 "])
    def test_the_old_value_is_compared_as_the_field_reads_it(self, year: SmallYear, old: str) -> None:
        """However the bureau types the old number, it is the number that must stand there."""
        cell = cell_of(send(year, "A01", 60, 6), "次数")
        decide(year, 更正=[amendment(cell, old, "16")])
        assert figure(year)["value"] == 31

    def test_a_cell_that_could_not_be_read(self, year: SmallYear) -> None:
        """Where the words stand that could not be read, the correction takes their place and their finding with them."""
        path = send(year, "A01", "十来次吧", 6)
        assert "V-G05" in collected(year)
        decide(year, 更正=[amendment(cell_of(path, "次数"), "十来次吧", "12")])
        assert "V-G05" not in collected(year)
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 27

    @pytest.mark.parametrize(
        ("old", "words"),
        [("", "填的内容读不懂，不是空的"), ("二十来次吧", "现在是空的，或填的内容读不懂，不是原值“二十来次吧”")],
    )
    def test_other_words_than_those_that_stand_there(self, year: SmallYear, old: str, words: str) -> None:
        """A cell that cannot be read is neither blank nor the same as any other that cannot be read."""
        path = send(year, "A01", "十来次吧", 6)
        decide(year, 更正=[amendment(cell_of(path, "次数"), old, "12")])
        assert words in collected(year)
        assert states(year)["A01"] == "退回"

    def test_a_cell_that_was_blank(self, year: SmallYear) -> None:
        """A required cell left blank is filled by the correction whose old value is blank, and is no longer missed."""
        path = send(year, "A01", 7, 6)
        cell = cell_of(path, "次数")
        type_in(path, FORM, cell, None)
        type_in(path, FORM, cell_of(path, "短文"), "有")
        assert "V-G04" in collected(year)
        decide(year, 更正=[amendment(cell, "", "12")])
        assert states(year)["A01"] == "通过"
        assert figure(year)["value"] == 27

    def test_a_correction_serves_while_the_old_value_stands(self, year: SmallYear) -> None:
        """A version in which something else stands is left as it is, and the bureau is told what stands there."""
        path = send(year, "A01", 60, 6)
        cell = cell_of(path, "次数")
        decide(year, 更正=[amendment(cell, "60", "16")])
        assert figure(year)["value"] == 31
        send(year, "A01", 20, 6)
        assert figure(year)["value"] == 35
        said = f"F-33 局里决定.xlsx → 更正 → C5：一馆的更正没有用上：{cell}的“次数”现值是“20”，不是原值“60”"
        assert said in collected(year)
        send(year, "A01", 16, 6)
        assert "F-33" not in collected(year), "the school has made the correction itself"

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"更正表": "一列二条"}, "没有“一列二条”这张报表"),
            ({"更正字段": "次树"}, "“一列一条”没有“次树”这一栏"),
            ({"更正字段": "合计数"}, "“合计数”是程序算出来的"),
            ({"更正值": "很多"}, "更正值“很多”填不进“次数”"),
            ({"单元格": "Z99"}, "Z99不是“次数”的格"),
        ],
    )
    def test_a_correction_that_fits_nothing(self, year: SmallYear, change: dict[str, str], words: str) -> None:
        """Each way in which it can be wrong has its words; nothing is changed."""
        cell = cell_of(send(year, "A01", 20, 6), "次数")
        decide(year, 更正=[{**amendment(cell, "20", "16"), **change}])
        assert words in collected(year)
        assert figure(year)["value"] == 35

    def test_the_sheet_may_be_named_by_its_title_and_the_cell_in_small_letters(self, year: SmallYear) -> None:
        """The bureau copies what it sees: the tab's title, an address with or without dollars."""
        cell = cell_of(send(year, "A01", 60, 6), "次数")
        small = f"${cell[0].lower()}${cell[1:]}"
        decide(year, 更正=[{**amendment(small, "60", "16"), "更正表": FORM}])
        assert figure(year)["value"] == 31

    def test_another_unit_with_the_same_value_is_left_alone(self, year: SmallYear) -> None:
        """A correction is of its unit."""
        cell = cell_of(send(year, "A01", 9, 6), "次数")
        decide(year, 更正=[amendment(cell, "9", "10")])
        assert figure(year)["value"] == 25


RULING: dict[str, Scalar] = {"数字名称": "全区次数", "认定值": D(30), "认定理由": "会议研究", "认定人": "局办"}


class TestRulings:
    """Figures fixed by decision."""

    def test_the_value_decided_stands_in_figures_and_papers(self, year: SmallYear) -> None:
        """Derived figures follow it; what was counted stands beside it in the trace and the proof sheet."""
        send(year, "A01", 5, 6)
        assert (figure(year)["value"], figure(year)["ruling"]) == (20, None)
        decide(year, 数字认定=[RULING])
        assert figure(year)["value"] == 30
        assert figure(year)["ruling"] == {"computed": 20, "reason": "会议研究"}
        assert figure(year, "平均次数")["value"] == 10.0
        assert "已报2/2，按认定的全区次数算" in year.run("figures", "平均次数").output
        trace = year.run("figures", "全区次数").output
        assert "全区次数\t30次\t认定（计算值20）" in trace
        assert "认定值30，计算值20：会议研究（局里决定.xlsx → 数字认定 → A5）" in trace
        assert year.run("build").exit_code == 0
        paper = docx.Document(str(year.outputs / "文书/2031年读书小结_初稿.docx"))
        assert "全区共开展30次，平均10.0次" in paper.paragraphs[0].text
        (row,) = page(year, "文书/2031年读书小结_初稿_校对单.xlsx", "数字认定")
        assert (row["计算值"], row["认定值"], row["理由"], row["认定人"]) == ("20", "30", "会议研究", "局办")

    def test_rules_over_the_district_look_at_the_value_decided(self, year: SmallYear) -> None:
        """A rule on the figure holds or fails by what was decided."""
        send(year, "A01", 5, 6)
        decide(year, 数字认定=[{**RULING, "认定值": D(95)}])
        result = year.run("build")
        assert result.exit_code == 1
        assert "全区95次，太多" in result.output

    def test_a_figure_that_nobody_reported_can_be_decided(self, issued: Path, tmp_path: Path) -> None:
        """What was not counted stays a blank beside the decision, not a zero."""
        shutil.copytree(issued, tmp_path / "年度")
        year = SmallYear(tmp_path / "年度")
        decide(year, 数字认定=[RULING])
        assert figure(year)["value"] == 30
        assert figure(year)["ruling"] == {"computed": None, "reason": "会议研究"}

    def test_an_unknown_figure_is_pointed_out(self, year: SmallYear) -> None:
        """A decision about no figure of the year is named with the nearest one, by collect and by build."""
        send(year, "A01", 5, 6)
        decide(year, 数字认定=[{**RULING, "数字名称": "全区总次数"}])
        for said in (collected(year), year.run("build").output):
            assert "F-34 局里决定.xlsx → 数字认定 → A5：认定的数字“全区总次数”方案里没有。是不是“全区次数”" in said


def test_check_knows_what_was_decided_and_explained(year: SmallYear) -> None:
    """A single workbook looked at shows its exempt errors as notices, and takes its explanations."""
    path = send(year, "A01", 60, 4)
    assert year.run("check", str(path)).exit_code == 1
    decide(year, 豁免=[exemption("R-1", date(2031, 12, 31))])
    explain_on(SELF_CHECK, path, "R-4", "属实")
    result = year.run("check", str(path))
    assert result.exit_code == 0
    assert "提 R-1" in result.output
    assert "（已豁免：研究同意（至2031-12-31））" in result.output
    assert "说明“属实”看不出原因" in result.output
    assert year.run("check", str(path), day="2032-01-01").exit_code == 1


def test_last_year_stays_as_it_was(year: SmallYear) -> None:
    """Its explanations stand beside this year's findings to be read only; what was exempt then still counts."""
    explain(send(year, "A01", 60, 4), "R-4", "上半年装修停馆两个月", sheet=FORM, subject="A01-2")
    decide(year, 豁免=[exemption("R-1", date(2031, 12, 31))])
    assert figure(year)["value"] == 73
    shutil.rmtree(year.outputs / "下发")
    now = SmallYear(year.root, 2032)
    shutil.copytree(year.inputs, now.inputs)
    shutil.rmtree(now.inputs / "报送")
    for path in (now.inputs / "方案").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("2031", "2032"), encoding="utf-8")
    decide(now)
    assert now.run("issue", *PERIOD, day="2032-12-31").exit_code == 0
    send(now, "A01", 5, 4)
    assert now.run("figures", "全区次数", day="2032-12-31").output.count("上年73") == 1
    assert states(now, "2032-12-31")["A01"] == "待说明"
    collected(now, "2032-12-31")
    (row,) = (row for row in page(now, "校验结果.xlsx", "问题清单") if row["编码"] == "R-4")
    assert (row["说明"], row["上年说明"]) == (None, "上半年装修停馆两个月")


def test_repairs_are_counted_by_group_and_kind(year: SmallYear) -> None:
    """What was put right by itself asks nothing of the school and is counted in the annex."""
    send(year, "A01", "１２", "１３")
    assert states(year)["A01"] == "通过"
    collected(year)
    rows = page(year, "数据质量附表.xlsx", "自动更正")
    assert [(row["所属"], row["单位数"]) for row in rows] == [("东片", 1)]


def test_units_that_sent_nothing_are_called_so(year: SmallYear) -> None:
    """The words of a unit's state."""
    assert states(year) == {"A01": "未交", "B02": "通过"}
