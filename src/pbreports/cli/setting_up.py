"""Commands that prepare a year: init, sample, issue."""

from __future__ import annotations

import re
from pathlib import Path

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import NOTHING_TO_MEND, TO_MEND, Settings, with_settings
from pbreports.cli.parameters import folder as a_folder


def quoted(path: Path) -> str:
    """Return a path as it is typed in a console: in quotes where it holds a space or a mark that consoles read."""
    text = str(path)
    return text if re.fullmatch(r"[\w.:/\\-]+", text) else f'"{text}"'


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("folder", metavar="文件夹", type=a_folder)
@with_settings
def init(settings: Settings, folder: Path) -> int:
    """建一个新的工作区：模板、方案、空白的局端工作簿。"""
    from pbreports.pipeline.issuing import set_up
    from pbreports.workspace import years_of

    root = settings.root / folder
    before = years_of(root)
    workspace = set_up(root, settings.year)
    done = "原有工作区已补齐缺少的部分" if workspace.year in before else "工作区已建好"
    console.say(f"{done}：{root}（{workspace.year}年度）")
    console.say(
        f"下一步：填写 {workspace.shown(workspace.inputs)}/ 里的名册等工作簿，再运行 pbreports -C {quoted(root)} issue"
    )
    return NOTHING_TO_MEND


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("folder", metavar="文件夹", type=a_folder)
@click.option("--messy", is_flag=True, help="另带迟报、漏报、改乱和填错的报送簿，用来练手。")
@with_settings
def sample(settings: Settings, folder: Path, messy: bool) -> int:
    """生成示例区 2020 年的全套数据（单位和人员均为虚构）。"""
    from pbreports.sample import write_sample

    root = settings.root / folder
    with console.progress("生成示例") as report:
        written = write_sample(root, messy=messy, progress=report)
    console.say(f"示例区已写入 {root}：{written.units}个报送单位，{written.files}份报送簿。")
    console.say(f"下一步：pbreports -C {quoted(root)} run")
    return NOTHING_TO_MEND


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("book", metavar="[簿]", required=False, default="")
@click.option("--period", default="", metavar="期次", help="期次，默认第一个。")
@click.option("--split-personal", is_flag=True, help="有个人信息的表另发一份“个人信息簿”。")
@click.option("--round", "round_name", default="", metavar="轮次", help="发考评簿时写哪一轮，默认还没有完成的各轮。")
@with_settings
def issue(settings: Settings, book: str, period: str, split_personal: bool, round_name: str) -> int:
    """给每个报送单位下发一份空白报送簿；写“考评”的，给每个考评组下发打分的工作簿。"""
    if book:
        return _issue_to_groups(settings, book, round_name)
    return _issue_to_units(settings, period, split_personal)


def _issue_to_units(settings: Settings, period: str, split_personal: bool) -> int:
    from pbreports.cli.printing import print_findings
    from pbreports.ledger import Ledger
    from pbreports.pipeline.bureau import blocking
    from pbreports.pipeline.issuing import issue as issue_blanks
    from pbreports.pipeline.last_year import with_last_year
    from pbreports.pipeline.year import locked

    year = with_last_year(settings.open_year(), settings.as_of)
    with locked(year.workspace), Ledger(year.workspace.ledger, year.scheme) as ledger, console.progress("下发") as bar:
        issued = issue_blanks(year, ledger, year.period(period), bar, split_personal=split_personal)
    print_findings(issued.findings)
    for notice in issued.notices:
        console.say(f"注意：{notice}")
    if not issued.files:
        console.say("没有下发：局端工作簿有错误，请先改好上面标“错”的，再运行 issue。")
        return TO_MEND
    console.say(f"已下发{len(issued.files)}份，在 {year.workspace.shown(year.workspace.issued)}/")
    if blocking(issued.findings):
        console.say("上面标“错”的不影响下发，请在收件以前改好。")
        return TO_MEND
    return NOTHING_TO_MEND


def _issue_to_groups(settings: Settings, book: str, round_name: str) -> int:
    from pbreports.cli.printing import print_findings
    from pbreports.ledger import Ledger
    from pbreports.pipeline.assessing import issue_scoring, scoring_book
    from pbreports.pipeline.last_year import with_last_year
    from pbreports.pipeline.scoring import scoring_folder
    from pbreports.pipeline.year import locked

    year = with_last_year(settings.open_year(), settings.as_of)
    declared = scoring_book(year, book)
    with locked(year.workspace), Ledger(year.workspace.ledger, year.scheme) as ledger:
        handed = issue_scoring(year, ledger, declared, settings.as_of, round_name)
    print_findings(handed.findings)
    for notice in handed.notices:
        console.say(f"注意：{notice}")
    if not handed.files:
        console.say("没有下发：局端工作簿有错误，请先改好上面标“错”的，再运行 issue。")
        return TO_MEND
    where = year.workspace.shown(handed.files[0].parent)
    console.say(f"已下发{len(handed.files) - len(handed.notices)}份（{'、'.join(handed.rounds)}），在 {where}/")
    console.say(f"打好分的放进 {year.workspace.shown(scoring_folder(year, declared))}/，再运行 pbreports run")
    return NOTHING_TO_MEND
