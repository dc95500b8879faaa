"""What goes wrong around the inspection's commands: nothing is lost, and what is wrong is said in Chinese."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import Result
from filelock import FileLock
from openpyxl import Workbook, load_workbook

from cadre.cabinet import DAY, FEW, YEAR, Cabinet, changed, good, rows_of
from pbreports.sample.rows import Sheets

RECORD = "考察材料_2020年第二批_古丽娜尔·吐尔逊.docx"
ALL = ("check", "build", "status", "compare", "export", "summary")


def one(cabinet: Cabinet, *more: str) -> Result:
    """Write one candidate's record."""
    return cabinet.cadre("build", "考察材料", "--candidate", "KC202012", *more)


def record(cabinet: Cabinet) -> Path:
    """Return where that record stands."""
    return cabinet.outputs / "考察材料" / RECORD


def listed(cabinet: Cabinet, title: str, page: str) -> str:
    """Return all text of a page of a report."""
    rows = load_workbook(cabinet.outputs / f"{title}.xlsx")[page].iter_rows(values_only=True)
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in rows)


# ---------------------------------------------------------------- papers that people have in hand


def test_a_paper_changed_by_staff_is_kept(cabinet: Cabinet) -> None:
    """The new one goes beside it, and the list says so."""
    good(one(cabinet))
    paper = docx.Document(str(record(cabinet)))
    paper.add_paragraph("领导加的一段。")
    paper.save(str(record(cabinet)))
    edited = record(cabinet).read_bytes()
    assert "有1份另有提示。" in good(one(cabinet)).output
    assert record(cabinet).read_bytes() == edited
    assert record(cabinet).with_name(RECORD.replace(".docx", "_新稿1.docx")).exists()
    assert "写出后被改动过，没有覆盖" in listed(cabinet, "文书清单", "文书")
    good(one(cabinet))
    assert len(cabinet.papers("考察材料")) == 2


def test_a_paper_open_elsewhere_is_kept(cabinet: Cabinet) -> None:
    """It is not touched while Word has it open."""
    good(one(cabinet))
    record(cabinet).with_name(f"~${RECORD[2:]}").write_bytes(b"\0" * 162)
    before = record(cabinet).read_bytes()
    good(one(cabinet))
    assert record(cabinet).read_bytes() == before
    assert "正在 Word 或 WPS 里打开，没有覆盖" in listed(cabinet, "文书清单", "文书")


def test_a_form_changed_by_staff_is_kept(cabinet: Cabinet) -> None:
    """As papers are."""
    good(cabinet.cadre("export", "--candidate", "KC202012"))
    form = cabinet.outputs / "任免表" / "古丽娜尔·吐尔逊.lrmx"
    form.write_bytes(form.read_bytes() + b"\r\n")
    edited = form.read_bytes()
    assert "没有覆盖" in good(cabinet.cadre("export", "--candidate", "KC202012")).output
    assert form.read_bytes() == edited
    assert len(list(form.parent.iterdir())) == 2


def test_two_runs_at_once(cabinet: Cabinet) -> None:
    """The second does nothing and says so."""
    good(cabinet.cadre("check"))
    before = cabinet.files()
    with FileLock(cabinet.outputs / ".运行中.lock"):
        for command in (*ALL, "purge --before 2030-01-01"):
            result = cabinet.cadre(*command.split())
            assert result.exit_code == 2
            assert "另一个 pbreports 正在办干部考察，请等它结束后再试。" in result.output
    assert cabinet.files() == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_full_disk(cabinet: Cabinet, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """What stood there stands there still, no half of a paper stays, and a sentence says what to do."""
    good(one(cabinet))
    kept = {name: data for name, data in cabinet.files().items() if name.endswith((".docx", ".xlsx"))}

    def full(_: int) -> None:
        raise OSError(number, "spoken by the system")

    monkeypatch.setattr(os, "fsync", full)
    result = cabinet.cadre("build", "全程纪实表")
    assert result.exit_code == 2
    assert ("磁盘已满" if number == errno.ENOSPC else "写入失败") in result.output
    assert "spoken" not in result.output
    assert {name: data for name, data in cabinet.files().items() if name.endswith((".docx", ".xlsx"))} == kept
    assert not list(cabinet.outputs.rglob("*.tmp"))


def test_outputs_that_are_a_file(cabinet: Cabinet) -> None:
    """Where somebody has put a file of that name."""
    cabinet.workspace.outputs.mkdir(parents=True)
    cabinet.outputs.write_text("x", encoding="utf-8")
    result = cabinet.cadre("check")
    assert result.exit_code == 2
    assert "这里有一个同名文件，不是文件夹，请把它移走后重试。" in result.output


# ---------------------------------------------------------------- templates


def test_the_shipped_template_is_taken_where_there_is_none(cabinet: Cabinet) -> None:
    """One of the workspace's own is preferred; taken away, the shipped one serves again."""
    own = cabinet.workspace.templates / "考察" / "考察材料.docx"
    own.parent.mkdir(parents=True)
    paper = docx.Document()
    paper.add_paragraph("本局的写法：{{ 姓名 }}，{{ 年龄 }}岁")
    paper.save(str(own))
    one(cabinet, "--draft")
    drafted = record(cabinet).with_name(RECORD.replace(".docx", "_草稿.docx"))
    assert docx.Document(str(drafted)).paragraphs[0].text == "本局的写法：古丽娜尔·吐尔逊，37岁"
    own.unlink()
    good(one(cabinet))
    assert "考察材料" in docx.Document(str(record(cabinet))).paragraphs[0].text


def test_a_template_that_names_something_unknown(cabinet: Cabinet) -> None:
    """One sentence with the template, the place and the nearest name; nothing is written."""
    own = cabinet.workspace.templates / "考察" / "考察材料.docx"
    own.parent.mkdir(parents=True)
    paper = docx.Document()
    paper.add_paragraph("共和国公民")
    paper.add_paragraph("{{ 现任职位 }}")
    paper.save(str(own))
    result = one(cabinet)
    assert result.exit_code == 2
    assert "考察材料.docx" in result.output
    assert "现任职位" in result.output
    assert "现任职务" in result.output
    assert cabinet.papers() == []


# ---------------------------------------------------------------- the workbook


def edited(change: Callable[[Workbook], None]) -> Callable[[Cabinet], None]:
    """Return what changes the workbook as staff might."""

    def spoil(cabinet: Cabinet) -> None:
        book = load_workbook(cabinet.book)
        change(book)
        book.save(cabinet.book)

    return spoil


def header(sheet: str, address: str) -> Callable[[Workbook], None]:
    """Return what pastes something over a header."""

    def paste(book: Workbook) -> None:
        book[sheet][address].value = "备注"

    return paste


UNREADABLE = {
    "gone": (lambda cabinet: cabinet.book.unlink(), "没有找到工作簿“干部考察”"),
    "text": (lambda cabinet: cabinet.book.write_text("张三", encoding="utf-8"), "干部考察.xlsx：这是文本文件"),
    "cut off": (
        lambda cabinet: cabinet.book.write_bytes(cabinet.book.read_bytes()[:3000]),
        "考察/干部考察.xlsx：文件已损坏",
    ),
    "folder": (lambda cabinet: (cabinet.book.unlink(), cabinet.book.mkdir()), "干部考察.xlsx：打不开"),
}


@pytest.mark.parametrize(("spoil", "words"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_workbook_that_cannot_be_read_stops_every_command(
    cabinet: Cabinet, spoil: Callable[[Cabinet], None], words: str
) -> None:
    """One sentence; papers written before stay as they are."""
    good(one(cabinet))
    before = {name: data for name, data in cabinet.files().items() if name.endswith((".docx", ".xlsx"))}
    spoil(cabinet)
    for command in ALL:
        result = cabinet.cadre(command)
        assert result.exit_code == 2, command
        assert words in result.output
        assert result.output.count("\n") == 1
        assert "张三" not in result.output
    assert {name: data for name, data in cabinet.files().items() if name.endswith((".docx", ".xlsx"))} == before


NOBODY = {
    "sheet gone": edited(lambda book: book.remove(book["候选人"])),
    "codes pasted over": edited(header("候选人", "A3")),
    "not filled in": lambda cabinet: cabinet.put({}),
}


@pytest.mark.parametrize("spoil", NOBODY.values(), ids=NOBODY.keys())
def test_where_there_is_nobody_only_checking_goes_on(cabinet: Cabinet, spoil: Callable[[Cabinet], None]) -> None:
    """Checking says what is wrong with the page; the others say that there is nobody, instead of writing nothing."""
    spoil(cabinet)
    for command in ALL[1:]:
        result = cabinet.cadre(command)
        assert result.exit_code == 2, command
        assert "没有读到候选人" in result.output
    said = cabinet.cadre("check").output
    assert "候选人0名" in said
    assert "K-50" not in said


def test_a_page_that_is_gone_holds_everything_up(cabinet: Cabinet) -> None:
    """Nobody can say what stood there; the draft is written all the same."""
    edited(lambda book: book.remove(book["家庭成员"]))(cabinet)
    result = cabinet.cadre("build", "干部任免审批表")
    assert result.exit_code == 1
    assert cabinet.papers() == []
    assert "错 V-G03 考察/干部考察.xlsx → 家庭成员：" in cabinet.cadre("check").output
    cabinet.cadre("build", "干部任免审批表", "--draft")
    assert len(cabinet.papers()) == 5


def test_a_header_pasted_over_holds_everything_up(cabinet: Cabinet) -> None:
    """It is told by the cell."""
    edited(header("候选人", "G3"))(cabinet)
    assert cabinet.cadre("build", "考察材料").exit_code == 1
    assert cabinet.papers() == []
    assert "错 V-G03 考察/干部考察.xlsx → 候选人 → G3：" in cabinet.cadre("check").output


def lost(sheet: str, **fields: str) -> Sheets:
    """Return the rows with one of a candidate's mistyped in its code or batch."""
    return changed(rows_of(FEW), sheet, "KC202012", **fields)


LOST = {
    "resume": (lost("简历", 候选人编号="KC202112"), "简历"),
    "ballot": (lost("测评票", 候选人编号="KC2020012"), "测评票"),
    "family": (lost("家庭成员", 候选人编号="古丽"), "家庭成员"),
    "review": (lost("审核记录", 候选人编号="KC202013"), "审核记录"),
}


@pytest.mark.parametrize(("rows", "sheet"), LOST.values(), ids=LOST.keys())
def test_a_row_that_belongs_to_nobody_is_an_error(cabinet: Cabinet, rows: Sheets, sheet: str) -> None:
    """A line of a resume or a ballot must not be missing from the papers because its code was mistyped."""
    cabinet.put(rows)
    result = cabinet.cadre("check")
    assert result.exit_code == 1
    assert f"错 K-50 考察/干部考察.xlsx → {sheet} → A" in result.output
    cabinet.cadre("build")
    assert cabinet.papers() == []
    assert "在《候选人》表里没有，这一行没有用上。" in listed(cabinet, "核查结果", "核查结果")


def test_a_team_of_no_batch_is_an_error(cabinet: Cabinet) -> None:
    """Its names and days would be missing from the papers of the batch."""
    rows = rows_of(FEW)
    teams = [{**row, "批次": f"{row['批次']} 批"} if place else row for place, row in enumerate(rows["考察组"])]
    cabinet.put({**rows, "考察组": teams})
    assert "错 K-50 考察/干部考察.xlsx → 考察组 → A6：一行没有着落" in cabinet.cadre("check").output


def test_a_second_workbook_is_said(cabinet: Cabinet) -> None:
    """Only one is read; which, is told without the other's name."""
    good(cabinet.cadre("check"))
    shutil.copy(cabinet.book, cabinet.book.with_name("干部考察 (1) 郑某某.xlsx"))
    cabinet.book.with_name("~$干部考察.xlsx").write_bytes(b"\0" * 165)
    for command in ALL:
        result = cabinet.cadre(command)
        assert "只读 干部考察.xlsx，另有1个 Excel 文件没有读取" in result.stderr
        assert "郑某某" not in result.output


def test_forms_that_cannot_be_read_are_told(cabinet: Cabinet) -> None:
    """By their kind on the screen, by name in the report; the candidates go on without them."""
    folder = cabinet.workspace.private_inputs / "任免表"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "甲某379999198212010121.lrmx").write_bytes(b"<Person><XingMing>")
    (folder / "乙某.lrm").write_bytes(b"\x00\x01")
    (folder / "丙某.lrmx").write_bytes(b'<!DOCTYPE a [<!ENTITY b "c">]><Person>&b;</Person>')
    result = good(cabinet.cadre("check"))
    assert result.output.count("警 K-40 任免表文件（见核查结果）：任免表读不出") == 3
    assert not any(name in result.output for name in ("甲某", "乙某", "丙某"))
    report = listed(cabinet, "核查结果", "核查结果")
    assert all(name in report for name in ("甲某", "乙某", "丙某"))
    compared = cabinet.cadre("compare")
    assert compared.exit_code == 1, "what was not compared is not the same"
    assert "没有任免表的：" in compared.output
    assert "任免表读不出、对不上的有3处（K-40），没有比对" in compared.output
    assert all(name in listed(cabinet, "任免表比对", "没有用上的任免表") for name in ("甲某", "乙某", "丙某"))


def test_a_form_of_a_candidate_with_errors_is_written_with_a_word(cabinet: Cabinet) -> None:
    """Whoever sends it on is told that the workbook is not in order yet."""
    cabinet.put(lost("候选人", 身份证号="379999198212010121"))
    result = good(cabinet.cadre("export"))
    assert "KC202012：考察簿里有没改的错误，任免表照样写出，请改好后再写一次。" in result.output
    assert result.output.count("考察簿里有没改的错误") == 1


# ---------------------------------------------------------------- the screen


def test_a_console_of_gbk_shows_everything(cabinet: Cabinet) -> None:
    """Rare characters in names of files and people stop no command; what the console lacks is replaced."""
    cabinet.put(lost("候选人", 身份证号="379999198212010121"))
    (cabinet.workspace.private_inputs / "任免表" / "䶮㛃𬍛.lrmx").write_bytes(b"x")
    moved = cabinet.root.with_name("干部科䶮𬍛")
    cabinet.root.rename(moved)
    (moved / "inputs" / str(YEAR) / "考察").chmod(0o755)
    calls = [("build",), ("build", "--candidate", "周䶮", "考察材料")]
    env = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    for arguments in calls:
        command = [
            sys.executable,
            "-m",
            "pbreports",
            "-C",
            str(moved),
            "--as-of",
            DAY,
            "--jobs",
            "0",
            "cadre",
            *arguments,
        ]
        done = subprocess.run(command, capture_output=True, env=env, timeout=120, check=False)
        said = (done.stdout + done.stderr).decode("gbk")
        assert done.returncode in (0, 1), said
        assert "Traceback" not in said
        assert "UnicodeEncodeError" not in said


# ---------------------------------------------------------------- candidacies under way, and ended


def test_without_a_day_of_the_record_ages_go_by_the_day_of_the_run(cabinet: Cabinet) -> None:
    """Never by a day that is still to come; the list says that the day is not there yet."""
    rows = rows_of(FEW)
    cabinet.put({**rows, "考察组": [{**row, "考察材料日期": None} for row in rows["考察组"]]})
    result = cabinet.run("--as-of", "2020-12-10", "cadre", "build", "考察人选一览表", "任前公示", "--draft")
    assert "份另有提示。" in result.output
    lines = listed(cabinet, "文书清单", "文书").splitlines()
    assert all(("暂按2020-12-10计算" in line) == ("一览表" in line) for line in lines if "第二批" in line)
    (overview,) = [name for name in cabinet.papers("考察人选一览表") if "第二批" in name]
    text = "".join(one.text for one in docx.Document(str(cabinet.outputs / "考察人选一览表" / overview)).paragraphs)
    assert "2020年12月10日" in text


def down(**more: object) -> Sheets:
    """Return the rows with one candidate voted down."""
    later = ("公示文号", "公示开始日期", "公示结束日期", "公示结果", "任职文号", "任职日期", "试用期满日期")
    votes = {"讨论应到人数": 7, "讨论实到人数": 7, "讨论同意票数": 3, "讨论不同意票数": 4, "讨论弃权票数": 0}
    return changed(rows_of(FEW), "审核记录", "KC202012", **{**dict.fromkeys(later), **votes, **more})


def test_one_voted_down_has_no_next_step(cabinet: Cabinet) -> None:
    """It is an error until the end is told, which holds up the notice to the public."""
    cabinet.put(down())
    said = good(cabinet.cadre("status")).output
    assert "讨论没有通过，不得公示、任职；请在“审核记录”登记“程序终止日期”“程序终止原因”" in said
    assert cabinet.cadre("build", "任前公示", "--candidate", "KC202012").exit_code == 1


def test_one_that_was_ended_holds_nobody_up(cabinet: Cabinet) -> None:
    """The true votes stay; the papers of the batch are written, a notice to the public has nobody left."""
    cabinet.put(down(程序终止日期=date(2020, 12, 20), 程序终止原因="讨论没有通过"))
    good(cabinet.cadre("check"))
    assert "办到：已终止（2020-12-20，讨论没有通过）\n  不再办下一步\n" in good(cabinet.cadre("status")).output
    good(cabinet.cadre("build", "--candidate", "KC202012"))
    assert cabinet.papers("任前公示") == cabinet.papers("任职通知") == []
    (overview,) = (cabinet.outputs / "考察人选一览表").glob("*第二批*")
    assert any("古丽娜尔" in cell.text for table in docx.Document(str(overview)).tables for cell in table._cells)
    (course,) = (cabinet.outputs / "全程纪实表").glob("*古丽娜尔*")
    (table,) = docx.Document(str(course)).tables
    last = [cell.text for cell in table.rows[-1].cells]
    assert (last[1], last[4], last[-1]) == ("程序终止", "讨论没有通过", "已终止")


def test_a_paper_of_somebody_no_longer_listed_is_told(cabinet: Cabinet) -> None:
    """A whole run lists it and counts it on the screen; nothing is removed, and a run of some papers says nothing."""
    cabinet.cadre("build")
    old = sorted(name for name in cabinet.papers() if "古丽娜尔" in name)
    cabinet.put(changed(rows_of(FEW), "候选人", "KC202012", 姓名="古丽娜·吐尔逊"))
    assert "以前写的文书" not in cabinet.cadre("build", "全程纪实表").output
    result = cabinet.cadre("build")
    assert f"有{len(old)}份以前写的文书，名单上已没有，没有删去；见清单。" in result.output
    lines = [line for line in listed(cabinet, "文书清单", "文书").splitlines() if "以前写的旧稿" in line]
    assert sorted(line.split()[1].rpartition("/")[2] for line in lines) == old
    assert set(old) <= set(cabinet.papers())
