"""How commands are called: the common options before or after the command, days as staff write them, no English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pbreports import shipped
from pbreports.cli import COMMANDS, app
from pbreports.cli.parameters import day, working_year
from pbreports.cli.printing import print_findings, shortened
from pbreports.cli.setting_up import quoted
from pbreports.scheme import load_scheme
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.validation import compile_rules
from pbreports.values import CellRef, Finding, Severity
from small_year import SmallYear, make_small_year


def _leaves() -> Iterator[tuple[str, ...]]:
    """Go through the words of every command that does something, those of groups included."""
    for command in COMMANDS:
        below = command.commands if isinstance(command, click.Group) else {}
        yield from ((str(command.name), name) for name in below)
        if not below:
            yield (str(command.name),)


LEAVES = tuple(_leaves())


def call(*arguments: str) -> Result:
    """Return what the program said to a call."""
    return CliRunner().invoke(app, list(arguments), prog_name="pbreports")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the small year, which no test here changes."""
    return make_small_year(tmp_path_factory.mktemp("年度")).root


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", LEAVES, ids=" ".join)
def test_every_command_lists_the_common_options(command: tuple[str, ...]) -> None:
    """The help page of each command shows the options that all share."""
    page = call(*command, "--help").output
    assert all(option in page for option in ("-C, --workspace", "--year", "--as-of"))


def test_common_options_after_the_command(root: Path, elsewhere: Path) -> None:
    """They say the same before and after the command, and after it they win."""
    before = call("-C", str(root), "--year", "2031", "--as-of", "2031-12-31", "status")
    after = call("status", "-C", str(root), "--year", "2031", "--as-of", "2031-12-31")
    winning = call(
        "-C", str(elsewhere), "--year", "2020", "status", "-C", str(root), "--year", "2031", "--as-of", "2031-12-31"
    )
    assert before.exit_code == after.exit_code == winning.exit_code == 1, after.output
    assert before.output == after.output == winning.output
    assert "应报" in after.output


def test_each_option_wins_alone(root: Path) -> None:
    """An option after the command leaves the others before it as they are."""
    result = call("-C", str(root), "status", "--year", "2020")
    assert result.exit_code == 2
    assert "没有2020年度的方案" in result.output


def test_the_day_after_the_command_wins(root: Path, tmp_path: Path) -> None:
    """The day that a run notes is the one after the command."""
    year = SmallYear(shutil.copytree(root, tmp_path / "抄本"))
    year.send("A01", {"封面": [{"填报人": "甲"}]}, none=("一行一条", "小组季度", "只填一份"))
    year.run("collect", "--period", "下半年", "--as-of", "2031.12.30", day="2031-01-01")
    noted = (year.outputs / "运行记录/运行.jsonl").read_text("utf-8")
    assert "2031-12-30" in noted
    assert "2031-01-01" not in noted


WAYS = [
    "{0}-{1:02}-{2:02}",
    "{0}.{1}.{2}",
    "{0}/{1}/{2}",
    "{0}{1:02}{2:02}",
    "{0}年{1}月{2}日",
    " {0} 年 {1} 月 {2} 日",
]


@pytest.mark.parametrize("way", WAYS)
@given(one=st.dates(min_value=date(1900, 1, 1)))
def test_ways_to_write_a_day(way: str, one: date) -> None:
    """Each way that staff write a day is read as that day."""
    assert day(way.format(one.year, one.month, one.day)) == one


@pytest.mark.parametrize(
    "text", ["2020-02-30", "2020-13-1", "00000101", "2020年", "9月1日", "abc", "", "202091", "20.9.1"]
)
def test_what_is_no_day(text: str) -> None:
    """Anything else is refused with the text and the remedy, or as a day that no calendar has."""
    with pytest.raises(click.BadParameter, match=f"“{text}”"):
        day(text)


@pytest.mark.parametrize(("text", "year"), [("2020", 2020), ("２０２１", 2021), ("2020年", 2020), ("2020年度", 2020)])
def test_ways_to_write_a_year(text: str, year: int) -> None:
    """A year may carry its word."""
    assert working_year(text) == year


WRONG = [
    ((), "命令"),
    (("-C", "x"), "命令"),
    (("--year", "abc", "run"), "“abc”不是年度"),
    (("run", "--year", "1999"), "应在 2015 到 2100 之间"),
    (("run", "--as-of", "昨天"), "“昨天”不是日期"),
    (("run", "--as-of", "2020-02-30"), "没有“2020-02-30”这一天"),
    (("init", "某文件"), "“某文件”是文件，不是文件夹"),
    (("-C", "某文件", "run"), "“某文件”是文件，不是文件夹"),
    (("init",), "缺少 文件夹"),
    (("check",), "缺少 文件…"),
    (("run", "--期次"), "没有选项 --期次"),
    (("run", "--perod", "x"), "没有选项 --perod，是不是 --period"),
    (("run", "-x"), "没有选项 -x"),
    (("run", "--period"), "--period 后面缺少要填的内容"),
    (("-C",), "-C 后面缺少要填的内容"),
    (("run", "--draft=1"), "--draft 后面不用填内容"),
    (("收件",), "没有命令 收件"),
    (("colect",), "没有命令 colect，是不是 collect"),
    (("figures", "甲", "乙"), "多了参数 乙"),
    (("figures", "甲", "乙(1)", "丙"), "多了参数 乙(1) 丙"),
    (("run",), "这里不是工作区"),
    (("check", "没有.xlsx"), "这里不是工作区"),
    (("build", "-C", "没有"), "这里不是工作区"),
]

OURS = re.compile(
    r"pbreports|(?<![a-z])--?[A-Za-z-]+|\b(inputs|outputs|JSON|Excel|Word|WPS|original)\b"
    r"|\b(init|sample|issue|collect|check|status|figures|rate|build|run|lint|names|format)\b"
    r"|\b(cadre|compare|export|summary|purge|PBREPORTS_PASSWORD)\b|\.lrmx|\b(PDF|LibreOffice|poppler)\b"
)
"""The names of the program, its commands, options and folders: the Latin letters that a message may hold."""


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_a_wrong_call_is_told_in_chinese(elsewhere: Path, arguments: tuple[str, ...], said: str) -> None:
    """A wrong call ends with 2 and a sentence that names the mistake, without an English word."""
    (elsewhere / "某文件").write_bytes(b"")
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    rest = result.output
    for given_by_user in (*arguments, str(elsewhere)):
        rest = rest.replace(given_by_user, "") if given_by_user else rest
    assert re.findall("[A-Za-z]+", OURS.sub("", rest)) == []


@pytest.mark.parametrize("command", [(), ("cadre",), *LEAVES], ids=" ".join)
def test_help_is_chinese(command: tuple[str, ...]) -> None:
    """No help page holds an English word but the names of commands, options, folders and programs."""
    assert re.findall("[A-Za-z]+", OURS.sub("", call(*command, "--help").output)) == []


def test_setting_up_twice(elsewhere: Path) -> None:
    """The first time the workspace is made, the second time only what is missing."""
    folder = elsewhere / "我的 工作区"
    first = call("init", str(folder), "--year", "2020", "--as-of", "2020-12-31")
    assert first.exit_code == 0
    assert "工作区已建好" in first.output
    assert f'pbreports -C "{folder}" issue' in first.output
    (folder / "inputs/2020/名册.xlsx").unlink()
    second = call("init", str(folder))
    assert "已补齐缺少的部分" in second.output
    assert "已建好" not in second.output
    assert (folder / "inputs/2020/名册.xlsx").exists()


def test_a_workspace_named_by_both(elsewhere: Path) -> None:
    """The folder to set up is looked for in the folder that -C names."""
    assert call("init", "甲", "-C", "上级").exit_code == 0
    assert (elsewhere / "上级/甲/templates").is_dir()
    assert not (elsewhere / "甲").exists()


@pytest.mark.parametrize(
    ("path", "typed"),
    [("党建/2020", "党建/2020"), ("我的 文件", '"我的 文件"'), ("甲&乙", '"甲&乙"'), ("(1)", '"(1)"')],
)
def test_paths_to_type(path: str, typed: str) -> None:
    """A path that a console would break up is printed in quotes."""
    assert quoted(Path(path)).replace("\\", "/") == typed


def test_long_messages_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """A long message is cut where asked, the remedy stays; without a length the whole is printed."""
    finding = Finding("R-1", Severity.ERROR, CellRef("甲.xlsx"), "长" * 500, "请核对。")
    print_findings([finding], 200)
    cut = capsys.readouterr().out
    assert "长" * 200 + "……" in cut
    assert "长" * 201 not in cut
    assert "请核对。" in cut
    print_findings([finding])
    assert "长" * 500 in capsys.readouterr().out


def test_a_cut_hides_no_number_from_the_mask() -> None:
    """A mobile number at the cut is covered although only a part of it is left."""
    assert "13800" not in shortened("长" * 195 + "13800001234", 200)


def test_people_are_not_named_on_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """A finding whose message names a person is printed without the message; others are printed whole."""
    where = CellRef("甲校.xlsx", "10_发展党员", "B5")
    found = (
        Finding("V-D01", Severity.ERROR, where, "何思远发展党员时间顺序有误。", "请核对。", personal=True),
        Finding("V-M01", Severity.ERROR, where, "正式3+预备0≠党员总数4。", "请核对。"),
    )
    print_findings(found)
    shown = capsys.readouterr().out
    assert "何思远" not in shown
    assert "正式3+预备0≠党员总数4。" in shown
    assert "V-D01 甲校.xlsx → 10_发展党员 → B5" in shown


def test_rules_that_name_people_know_it() -> None:
    """The rules of the year whose message says a personal field are those about persons."""
    scheme = load_scheme(shipped.scheme(2020))
    book = compile_rules(scheme, vocabulary_of(scheme))
    personal = {check.code for check in (*book.workbook, *book.district) if check.personal}
    assert {"V-D01", "V-D12", "V-L03", "V-R05"} <= personal
    assert not {"V-M01", "V-T01", "V-E01", "V-A05", "V-Z01"} & personal
