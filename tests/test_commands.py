"""A year with other sheets runs through every command without a line of Python; bad input gets a clear sentence."""

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import tiny
from pbreports import shipped
from pbreports.cli import app
from pbreports.cli.printing import masked
from pbreports.excel.bureau import bureau_workbook
from pbreports.pipeline.publishing import template_of
from pbreports.pipeline.resting import sheets_rested_on
from pbreports.pipeline.year import locked, open_year
from pbreports.scheme import load_scheme
from pbreports.workspace import Workspace, open_workspace
from small_year import SmallYear, filled, make_small_year

D = Decimal
NONE = ("一行一条", "小组季度")
GOOD = {
    "A01": {
        "封面": [{"填报人": "甲"}],
        "只填一份": [{"短文": "有"}],
        "一列一条": [{"小组代码": "A01-1", "次数": D(3)}, {"小组代码": "A01-2", "次数": D(4)}],
    },
    "B02": {"封面": [{"填报人": "乙"}], "一列一条": [{"小组代码": "B02-1", "次数": D(5)}]},
}


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small year with blanks issued; copied for each test."""
    root = tmp_path_factory.mktemp("small")
    return make_small_year(root).root


@pytest.fixture
def year(issued: Path, tmp_path: Path) -> SmallYear:
    """The small year, for one test to spoil."""
    shutil.copytree(issued, tmp_path / "年度")
    return SmallYear(tmp_path / "年度")


def send(year: SmallYear, unit: str, **changes: object) -> Path:
    """Send a unit's good workbook, with the first group's number of times changed when asked."""
    records = json.loads(json.dumps(GOOD[unit], default=str))
    for rows in records.values():
        for row in rows:
            if "次数" in row:
                row["次数"] = D(row["次数"])
    if "次数" in changes:
        value = changes.pop("次数")
        records["一列一条"][0]["次数"] = D(str(value))
        if D(str(value)) < 3:
            records["一列一条"][0]["未达标原因"] = "组长外出学习"
    return year.send(unit, records, none=NONE, **changes)  # type: ignore[arg-type]


def send_all(year: SmallYear) -> None:
    """Send both units' good workbooks."""
    send(year, "A01")
    send(year, "B02")


def figures(year: SmallYear) -> dict[str, dict[str, object]]:
    """Return what ``figures --json`` prints."""
    result = year.run("figures", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def paper_text(path: Path) -> str:
    """Return the text of a paper's paragraphs."""
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_every_command_runs(year: SmallYear) -> None:
    """Issue, collect, check, status, figures, build and run work on sheets the program has never seen."""
    send_all(year)
    for command in (("collect", "--period", "下半年"), ("status", "--period", "下半年"), ("figures",), ("build",)):
        result = year.run(*command)
        assert result.exit_code == 0, result.output
    assert year.run("check", str(year.blank("A01"))).exit_code == 1  # a blank is not filled in
    assert year.run("run", "--period", "下半年").exit_code == 0
    text = paper_text(next((year.outputs / "文书").glob("2031年读书小结_初稿.docx")))
    assert "全区共开展12次，平均4.0次。" in text
    assert "晨读小组；夜读小组；柳堤小组；" in text
    assert (year.outputs / "文书/2031年读书小结_初稿_校对单.xlsx").exists()


def test_figures_tell_basis_and_sources(year: SmallYear) -> None:
    """A unit that has not sent is not zero: the figure says how many of how many, and names the cells."""
    send(year, "A01")
    found = figures(year)["全区次数"]
    assert (found["value"], found["reported"], found["expected"], found["missing"]) == (7, 1, 2, ["B02"])
    assert len(found["sources"]) == 2
    assert all("02_一列一条 → " in source for source in found["sources"])


def test_nothing_reported_is_no_number(year: SmallYear) -> None:
    """Before anything is in, a figure is blank and the paper marks the gap."""
    assert figures(year)["全区次数"]["value"] is None
    assert year.run("build").exit_code == 0
    assert "【待填：全区次数】" in paper_text(next((year.outputs / "文书").glob("*.docx")))


def test_flows_are_added_over_periods(year: SmallYear) -> None:
    """With workbooks of two periods the numbers of both are added."""
    send_all(year)
    year.send("A01", GOOD["A01"], "上半年", none=NONE[:1])
    assert figures(year)["全区次数"]["value"] == 19


def test_the_better_version_counts(year: SmallYear) -> None:
    """A newer version with errors does not replace the good one; status says which counts."""
    send_all(year)
    assert year.run("collect", "--period", "下半年").exit_code == 0
    send(year, "A01", 次数=60)
    result = year.run("collect", "--period", "下半年")
    assert result.exit_code == 1
    assert "R-1" in result.output
    assert "v2 退回，现按 v1 统计" in year.run("status", "--period", "下半年").output
    assert figures(year)["全区次数"]["value"] == 12
    send(year, "A01", 次数=10)
    assert year.run("collect", "--period", "下半年").exit_code == 0
    assert figures(year)["全区次数"]["value"] == 19


def test_draft_counts_what_has_errors(year: SmallYear) -> None:
    """A draft takes the latest version whatever its errors, and says so in the file name."""
    send(year, "A01", 次数=60)
    send(year, "B02")
    assert figures(year)["全区次数"]["value"] == 5
    assert year.run("build", "--draft").exit_code == 0
    assert "全区共开展69次" in paper_text(next((year.outputs / "文书").glob("*_草稿.docx")))


def test_rules_over_the_district(year: SmallYear) -> None:
    """A rule over the whole district is broken by good workbooks together."""
    send(year, "A01", 次数=50)
    year.send("B02", {"封面": [{"填报人": "乙"}], "一列一条": [{"小组代码": "B02-1", "次数": D(40)}]}, none=NONE)
    assert year.run("collect", "--period", "下半年").exit_code == 0
    result = year.run("build")
    assert result.exit_code == 1
    assert "R-3" in result.output
    assert "全区94次" in result.output


def test_last_year_from_its_own_inputs(year: SmallYear) -> None:
    """With last year's inputs in the workspace, its figures stand beside this year's."""
    send_all(year)
    old = year.root / "inputs/2030"
    shutil.copytree(year.inputs, old)
    for path in (old / "方案").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("2031", "2030"), encoding="utf-8")
    shutil.rmtree(old / "报送")
    (old / "报送/下半年").mkdir(parents=True)
    (year.root / "outputs/2030").mkdir()
    before = SmallYear(year.root)
    assert (
        CliRunner().invoke(app, ["-C", str(year.root), "--year", "2030", "issue", "--period", "下半年"]).exit_code == 0
    )
    blank = next((year.root / "outputs/2030/下发/下半年").rglob("*_B02_*.xlsx"))
    records = {"封面": [{"填报人": "乙"}], "一列一条": [{"小组代码": "B02-1", "次数": D(9)}]}
    data = filled(load_scheme(old / "方案"), "B02", "下半年", records, NONE)
    (old / "报送/下半年" / blank.name).write_bytes(data)
    found = figures(before)["全区次数"]
    assert (found["value"], found["last_year"], found["change"]) == (12, 9, 3)


def test_a_roster_starts_from_what_last_year_reported(year: SmallYear) -> None:
    """What the bureau typed gives way to last year's own inputs, where they speak of the row; in blanks and rules."""
    scheme = year.inputs / "方案/方案.yaml"
    text = scheme.read_text(encoding="utf-8")
    declared = text.replace(
        "{名称: 人数, 类型: 整数, 单位: 人}", "{名称: 人数, 类型: 整数, 单位: 人, 上年: 一列一条.次数}"
    )
    scheme.write_text(
        declared + '- {码: R-9, 级别: 提示, 表: 一列一条, 条件: 小组.人数 == 9, 消息: "上年{小组.人数}人。"}\n',
        encoding="utf-8",
    )
    test_last_year_from_its_own_inputs(year)
    assert year.run("issue", "--period", "下半年").exit_code == 0
    assert load_workbook(year.blank("B02"))["02_一列一条"]["C6"].value == 9
    assert load_workbook(year.blank("A01"))["02_一列一条"]["C6"].value == 12
    year.run("collect", "--period", "下半年")
    sheet = load_workbook(year.outputs / "校验结果.xlsx")["问题清单"]
    said = [str(row[7].value) for row in sheet.iter_rows() if row[3].value == "R-9"]
    assert said == ["上年12人。"]


def test_paper_changed_by_staff_is_kept(year: SmallYear) -> None:
    """A paper that staff have changed since it was written stays; the new one goes beside it."""
    send_all(year)
    assert year.run("build").exit_code == 0
    path = year.outputs / "文书/2031年读书小结_初稿.docx"
    paper = docx.Document(str(path))
    paper.add_paragraph("领导加的一段。")
    paper.save(str(path))
    edited = path.read_bytes()
    send(year, "B02", 次数=6)
    result = year.run("build")
    assert result.exit_code == 0
    assert "没有覆盖" in result.output
    assert path.read_bytes() == edited
    assert "全区共开展13次" in paper_text(path.with_name("2031年读书小结_初稿_新稿1.docx"))


def test_paper_open_elsewhere_is_kept(year: SmallYear) -> None:
    """A paper that Word has open is not touched; the new one goes beside it."""
    send_all(year)
    assert year.run("build").exit_code == 0
    path = year.outputs / "文书/2031年读书小结_初稿.docx"
    path.with_name(f"~${path.name[2:]}").write_bytes(b"\0" * 162)
    send(year, "B02", 次数=6)
    before = path.read_bytes()
    result = year.run("build")
    assert "正在 Word 或 WPS 里打开" in result.output
    assert path.read_bytes() == before
    assert path.with_name("2031年读书小结_初稿_新稿1.docx").exists()


def test_unchanged_paper_is_written_over(year: SmallYear) -> None:
    """A paper nobody touched is replaced, and the same inputs give the same bytes."""
    send_all(year)
    assert year.run("build").exit_code == 0
    path = year.outputs / "文书/2031年读书小结_初稿.docx"
    first = path.read_bytes()
    assert year.run("build").exit_code == 0
    assert path.read_bytes() == first
    assert len(list(path.parent.glob("*.docx"))) == 1


def test_final_paper_is_named(year: SmallYear) -> None:
    """A signed copy in 定稿/ is pointed out."""
    send_all(year)
    (year.inputs / "定稿").mkdir()
    (year.inputs / "定稿/2031年读书小结.docx").write_bytes(b"signed")
    assert "以定稿为准" in year.run("build").output


def test_ledger_can_be_deleted_and_rebuilt(year: SmallYear) -> None:
    """Without the ledger everything comes out the same."""
    send_all(year)
    assert year.run("run", "--period", "下半年").exit_code == 0
    before = figures(year)
    (year.outputs / "台账.db").unlink()
    assert figures(year) == before


def test_inputs_are_never_changed(year: SmallYear) -> None:
    """No command writes into inputs/."""
    send_all(year)
    before = {path: path.read_bytes() for path in year.inputs.rglob("*") if path.is_file()}
    for command in (("run", "--period", "下半年"), ("status",), ("figures",), ("issue", "--period", "下半年")):
        year.run(*command)
    assert before == {path: path.read_bytes() for path in year.inputs.rglob("*") if path.is_file()}


BAD_CALLS = {
    "empty folder": (("collect", "--period", "下半年"), "里面没有文件"),
    "unknown period": (("collect", "--period", "春季"), "没有“春季”"),
    "unknown figure": (("figures", "全区次"), "是不是“全区次数”"),
    "unknown paper": (("build", "总结"), "没有叫“总结”的文书"),
    "unknown year": (("--year", "2029", "collect"), "没有2029年度的方案"),
    "unknown option": (("collect", "--perod", "x"), "没有选项 --perod"),
    "unknown command": (("colect",), "没有命令"),
}


@pytest.mark.parametrize(("arguments", "words"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_bad_calls_get_a_sentence(year: SmallYear, arguments: tuple[str, ...], words: str) -> None:
    """A call that cannot be carried out ends with exit code 2 and one Chinese sentence."""
    result = year.run(*arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_not_a_workspace(tmp_path: Path) -> None:
    """A folder without a scheme is told so."""
    result = CliRunner().invoke(app, ["-C", str(tmp_path), "run"])
    assert result.exit_code == 2
    assert "pbreports init" in result.output


def test_template_with_an_unknown_figure(year: SmallYear) -> None:
    """A template that names an unknown figure stops the build with place and nearest name; nothing is written."""
    send_all(year)
    paper = docx.Document()
    paper.add_paragraph("共{{ 全区次 }}次")
    paper.save(str(year.root / "templates/小结.docx"))
    result = year.run("build")
    assert result.exit_code == 2
    assert "全区次数" in result.output
    assert not list((year.outputs / "文书").glob("*")) if (year.outputs / "文书").exists() else True


def test_template_not_in_the_workspace(year: SmallYear) -> None:
    """A paper whose template is not in the workspace takes the one that came with the program, if there is one."""
    opened = open_year(open_workspace(year.root, 2031))
    rule = replace(opened.scheme.papers["小结"], template="年度总结.docx")
    assert template_of(opened, rule).parent == shipped.templates()
    assert template_of(opened, opened.scheme.papers["小结"]).parent == opened.workspace.templates


def test_missing_template(year: SmallYear) -> None:
    """A paper whose template is gone is told so."""
    (year.root / "templates/小结.docx").unlink()
    result = year.run("build")
    assert result.exit_code == 2
    assert "没有这个模板" in result.output


def test_scheme_with_typos_names_them_all(year: SmallYear) -> None:
    """Every mistake of the scheme is named with file and line, in one go."""
    path = year.inputs / "方案/更多.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("次数 <= 50", "次束 <= 50").replace("算法: 计数", "算法: 记数"),
        encoding="utf-8",
    )
    result = year.run("collect")
    assert result.exit_code == 2
    assert "更多.yaml 第" in result.output
    assert "记数" in result.output


def test_scheme_in_the_wrong_year(year: SmallYear) -> None:
    """A scheme of another year than its folder is refused."""
    (year.root / "inputs/2031").rename(year.root / "inputs/2032")
    result = CliRunner().invoke(app, ["-C", str(year.root), "--year", "2032", "collect"])
    assert result.exit_code == 2
    assert "2031年度" in result.output


def test_not_a_workbook(year: SmallYear) -> None:
    """A text file renamed to .xlsx is one finding; the others are read."""
    send_all(year)
    (year.inputs / "报送/下半年/说明.xlsx").write_text("这不是工作簿", encoding="utf-8")
    result = year.run("collect", "--period", "下半年")
    assert result.exit_code == 1
    assert "说明.xlsx" in result.output
    assert figures(year)["全区次数"]["value"] == 12


def test_workbook_of_another_period(year: SmallYear) -> None:
    """A workbook of another period in the folder is pointed out and not counted."""
    path = year.send("A01", GOOD["A01"], "上半年", none=NONE[:1])
    target = year.inputs / "报送/下半年"
    target.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target / path.name)
    result = year.run("collect", "--period", "下半年")
    assert result.exit_code == 1
    assert "上半年" in result.output


def test_two_files_for_one_unit(year: SmallYear) -> None:
    """Two files of one unit are two versions; the same content twice is one."""
    path = send(year, "A01")
    shutil.copy(path, path.with_name("副本.xlsx"))
    send(year, "A01", 次数=8, name="又一份.xlsx")
    send(year, "B02")
    assert year.run("collect", "--period", "下半年").exit_code == 0
    status = json.loads(year.run("status", "--period", "下半年", "--json").output)
    assert next(line for line in status["单位"] if line["单位代码"] == "A01")["版数"] == 2


def test_outputs_that_cannot_be_made(year: SmallYear) -> None:
    """A file standing where the outputs folder should be is a sentence, not a traceback."""
    shutil.rmtree(year.root / "outputs")
    (year.root / "outputs").write_text("", encoding="utf-8")
    result = year.run("collect")
    assert result.exit_code == 2
    assert "outputs" in result.output


def test_roster_missing(year: SmallYear) -> None:
    """Without the roster workbook the run says which workbook is missing."""
    (year.inputs / "名册.xlsx").unlink()
    result = year.run("issue")
    assert result.exit_code == 1
    assert "名册" in result.output
    assert year.run("run").exit_code == 2


def test_nothing_issued_is_said_with_the_reason(year: SmallYear) -> None:
    """With an error in a bureau workbook nothing is issued: the last line says so and what to do, not a count of 0."""
    book = load_workbook(year.inputs / "名册.xlsx")
    book["小组"]["E5"].value = "约12人"
    book.save(year.inputs / "名册.xlsx")
    result = year.run("issue")
    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("没有下发：局端工作簿有错误")
    assert "已下发" not in result.output


def test_a_mistake_in_what_issuing_does_not_rest_on_holds_nothing_up(year: SmallYear) -> None:
    """It is said, and the blanks are issued."""
    book = load_workbook(year.inputs / "决定.xlsx")
    book["放行"]["C3"].value = "缘由"
    book.save(year.inputs / "决定.xlsx")
    result = year.run("issue")
    assert result.exit_code == 1
    assert "错 V-G03 决定.xlsx → 放行 → C3" in result.output
    assert [line.partition("，")[0] for line in result.output.splitlines()[-2:]] == [
        "已下发2份",
        "上面标“错”的不影响下发",
    ]


def test_what_issuing_rests_on() -> None:
    """Of the shipped year: the roster and what rules ask of the bureau, none of its decisions on what comes in."""
    rested_on = sheets_rested_on(load_scheme(shipped.scheme(2020)))
    assert {"学校", "党组织", "发展计划", "示范校命名", "负面清单认定"} <= rested_on
    assert {"放行", "豁免", "更正", "数字认定", "公文配置", "文案库", "报送日历", "候选人"}.isdisjoint(rested_on)


def test_broken_roster_stops_everything(year: SmallYear) -> None:
    """A roster that cannot be read stops the run with one sentence; ledger and paper stay as they were."""
    send_all(year)
    assert year.run("run", "--period", "下半年").exit_code == 0
    paper = next((year.outputs / "文书").glob("*.docx")).read_bytes()
    (year.inputs / "名册.xlsx").write_text("坏了", encoding="utf-8")
    for command in (("run", "--period", "下半年"), ("build",), ("figures",), ("status",)):
        result = year.run(*command)
        assert result.exit_code == 2
        assert "名册.xlsx" in result.output
        assert result.output.count("\n") == 1
    assert next((year.outputs / "文书").glob("*.docx")).read_bytes() == paper


def test_reference_to_a_unit_that_is_not_there(year: SmallYear) -> None:
    """A group of a unit that the roster does not have is pointed out in the bureau's own workbook."""
    scheme = load_scheme(year.inputs / "方案")
    rows = {name: [record.values for record in found] for name, found in tiny.tiny_records(scheme).items()}
    rows["小组"] = [{**row, "单位代码": "X99"} if row["小组代码"] == "B02-1" else row for row in rows["小组"]]
    (year.inputs / "名册.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["名册"], rows))
    send(year, "A01")
    result = year.run("collect", "--period", "下半年")
    assert "F-32 名册.xlsx → 小组 → C8：“单位代码”的“X99”在《单位》表里没有" in result.output


def test_waiver_lets_a_version_count(year: SmallYear) -> None:
    """A version with errors counts when the bureau has let it pass with a reason, written v1 or 1."""
    send(year, "A01", 次数=60)
    send(year, "B02")
    assert figures(year)["全区次数"]["value"] == 5
    for written in ("v1", "1"):
        year.waive({"单位代码": "A01", "版次": written, "放行理由": "已核实", "放行期次": "下半年"})
        assert figures(year)["全区次数"]["value"] == 69
    assert "放行" in year.run("status", "--period", "下半年").output


def test_who_was_let_pass_is_told_from_who_must_mend(year: SmallYear) -> None:
    """On the screen of a collection each stands apart, and nothing is left to mend where all errors were let pass."""
    send(year, "A01", 次数=60)
    send(year, "B02")
    said = year.run("collect", "--period", "下半年")
    assert said.exit_code == 1
    assert "一馆（v1 退回，暂不计入）：1个错误，0个警告" in said.output
    year.waive({"单位代码": "A01", "版次": "v1", "放行理由": "已核实", "放行期次": "下半年"})
    said = year.run("collect", "--period", "下半年")
    assert said.exit_code == 0
    assert "有错误、局里已放行1个：一馆" in said.output
    assert "个错误" not in said.output


def test_the_errors_of_a_unit_that_are_not_printed_are_counted(year: SmallYear) -> None:
    """Three lines, and how many more there are."""
    rows = [{"编码": f"L{number}", "差额": D(100 + number)} for number in range(2)]
    groups = [{"小组代码": code, "次数": D(60)} for code in ("A01-1", "A01-2")]
    year.send("A01", {"一行一条": rows, "一列一条": groups})
    lines = year.run("collect", "--period", "下半年").output.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("一馆（"))
    count = int(lines[start].partition("：")[2].partition("个")[0])
    assert count > 3
    assert all(line.startswith("  错 ") for line in lines[start + 1 : start + 4])
    assert lines[start + 4] == f"  …… 另有{count - 3}个错误"


@pytest.mark.parametrize(("unit", "version", "words"), [("X99", "v1", "不在名册中"), ("A01", "v7", "没有这一版")])
def test_waiver_that_fits_nothing(year: SmallYear, unit: str, version: str, words: str) -> None:
    """A waiver that names no version is pointed out, not passed over."""
    send_all(year)
    year.waive({"单位代码": unit, "版次": version, "放行理由": "已核实", "放行期次": "下半年"})
    result = year.run("collect", "--period", "下半年")
    assert "F-31" in result.output
    assert words in result.output


def test_file_that_was_there_and_is_gone(year: SmallYear) -> None:
    """A unit whose file was received and then removed is not told to have sent nothing."""
    send(year, "A01")
    path = send(year, "B02")
    assert year.run("collect", "--period", "下半年", day="2031-12-20").exit_code == 0
    path.unlink()
    gone = f"2031-12-20收到过 {path.name}，文件已不在 报送/"
    assert gone in year.run("status", "--period", "下半年").output
    assert gone in year.run("collect", "--period", "下半年").output


def test_overwritten_version_is_not_lost(year: SmallYear) -> None:
    """The version that was written over is still kept and counted, from the journal's copy."""
    send_all(year)
    assert year.run("collect", "--period", "下半年").exit_code == 0
    send(year, "A01", 次数=60)
    (year.outputs / "台账.db").unlink()
    assert year.run("collect", "--period", "下半年").exit_code == 1
    assert figures(year)["全区次数"]["value"] == 12


def test_a_version_taken_away_for_a_worse_one_still_counts(year: SmallYear) -> None:
    """When the good file is removed and a newer one with errors put in under another name, the good one counts."""
    send(year, "B02")
    send(year, "A01", name="一馆_v1.xlsx")
    assert figures(year)["全区次数"]["value"] == 12
    (year.inputs / "报送/下半年/一馆_v1.xlsx").unlink()
    send(year, "A01", name="一馆_v2.xlsx", 次数=60)
    assert figures(year)["全区次数"]["value"] == 12
    assert "v2 退回，现按 v1 统计" in year.run("status", "--period", "下半年").output


def test_a_good_file_written_over_by_rubbish_still_counts(year: SmallYear) -> None:
    """A damaged file saved over a good one does not take the unit's numbers with it."""
    send_all(year)
    path = send(year, "A01")
    assert figures(year)["全区次数"]["value"] == 12
    path.write_bytes(path.read_bytes()[:3000])
    assert figures(year)["全区次数"]["value"] == 12


def test_an_old_file_put_back_counts(year: SmallYear) -> None:
    """When staff put an earlier version back in its place, it is what counts."""
    send_all(year)
    path = send(year, "A01")
    first = path.read_bytes()
    assert figures(year)["全区次数"]["value"] == 12
    send(year, "A01", 次数=10)
    assert figures(year)["全区次数"]["value"] == 19
    path.write_bytes(first)
    assert figures(year)["全区次数"]["value"] == 12


def test_a_second_run_at_once_is_refused(year: SmallYear) -> None:
    """While one run holds the outputs another says so and does nothing."""
    send_all(year)
    with locked(Workspace(year.root, 2031)):
        result = year.run("collect", "--period", "下半年")
    assert result.exit_code == 2
    assert "正在运行" in result.output


def standing(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder with what they hold, the lock left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def ask(year: SmallYear, *command: str) -> str:
    """Return what a question was answered, apart from why nothing was written."""
    result = year.run(*command)
    assert result.exit_code in (0, 1), result.output
    return result.stdout


QUESTIONS = [("status", "--json", "--period", "下半年"), ("figures",), ("figures", "全区次数")]


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("question", QUESTIONS)
def test_questions_are_answered_while_another_run_is_under_way(
    year: SmallYear,
    question: tuple[str, ...],
    known: bool,  # noqa: FBT001
) -> None:
    """As they would be without it, from what is in the inputs now; nothing is written, and the screen says so."""
    send(year, "A01")
    if known:
        year.run("collect", "--period", "下半年")
    send(year, "B02")
    before = standing(year.outputs)
    with locked(Workspace(year.root, 2031)):
        said, beside = ask(year, *question), year.run(*question).stderr
    assert beside == "另一个 pbreports 正在运行，这次只看，不写 outputs。\n"
    assert standing(year.outputs) == before
    assert ask(year, *question) == said


def test_a_version_that_is_gone_is_known_to_one_who_only_looks(year: SmallYear) -> None:
    """What was received and written over since counts from the journal's copy, also where the ledger is gone."""
    send_all(year)
    year.run("collect", "--period", "下半年")
    send(year, "A01", 次数=60)
    (year.outputs / "台账.db").unlink()
    with locked(Workspace(year.root, 2031)):
        assert figures(year)["全区次数"]["value"] == 12


def test_questions_are_answered_where_nothing_can_be_written(year: SmallYear) -> None:
    """Where the outputs cannot be locked, as in a folder that may only be read."""
    send_all(year)
    lock = year.outputs / ".运行中.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    result = year.run("status", "--period", "下半年")
    assert result.exit_code == 0
    assert "这次只看，不写 outputs。" in result.stderr
    assert "合计：应报2，通过2" in result.stdout
    assert "报送情况.xlsx" not in result.output
    assert figures(year)["全区次数"]["value"] == 12
    assert year.run("collect", "--period", "下半年").exit_code == 2


@pytest.mark.parametrize(
    "command", ["init", "sample", "issue", "collect", "check", "status", "figures", "build", "run"]
)
def test_help_is_chinese(command: str) -> None:
    """Every command and option explains itself in Chinese."""
    text = CliRunner().invoke(app, [command, "--help"]).output
    assert "用法：" in text
    assert "Usage" not in text
    assert "Options" not in text


def test_manifest_names_everything(year: SmallYear) -> None:
    """Beside the papers stands the digest of every input, template and paper."""
    send_all(year)
    assert year.run("build").exit_code == 0
    found = json.loads((year.outputs / "文书/文件摘要.json").read_text(encoding="utf-8"))
    assert {"inputs/2031/名册.xlsx", "templates/小结.docx", "inputs/2031/方案/方案.yaml"} <= found["输入"].keys()
    assert "outputs/2031/文书/2031年读书小结_初稿.docx" in found["输出"]


def test_manifest_does_not_tell_of_the_people_under_inspection(year: SmallYear) -> None:
    """Their forms are called by names and identity numbers: neither a name nor a digest of theirs is listed."""
    folder = year.inputs / "考察" / "任免表"
    folder.mkdir(parents=True)
    (folder / "甲某11010519491231002X.lrmx").write_bytes(b"<Person/>")
    send_all(year)
    assert year.run("build").exit_code == 0
    assert "考察" not in (year.outputs / "文书/文件摘要.json").read_text(encoding="utf-8")


def test_numbers_of_people_are_covered() -> None:
    """Identity and mobile numbers are not printed whole; other numbers are."""
    text = masked("证号110101199003071234，电话13800138000，文号20201231001，金额123456789012")
    assert text == "证号110*************34，电话138******00，文号20201231001，金额123456789012"
