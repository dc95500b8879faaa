"""The commands about the inspection of cadres; what they print names nobody but candidates' codes and files."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command, Group
from pbreports.cli.options import COULD_NOT_RUN, NOTHING_TO_MEND, TO_MEND, Settings, with_settings
from pbreports.cli.parameters import day
from pbreports.errors import PbreportsError

PASSWORD = "PBREPORTS_PASSWORD"  # noqa: S105 the name of the variable, not a password

ENCRYPT = click.option("--encrypt", is_flag=True, help=f"给写出的文件加密码：运行时输入，或取环境变量 {PASSWORD}。")
CANDIDATES = click.option(
    "--candidate", "candidates", multiple=True, metavar="候选人", help="只办这一名；写候选人编号或姓名，可写多次。"
)


@click.group(cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]…", invoke_without_command=True)
@click.pass_context
def cadre(context: click.Context) -> None:
    """干部考察：核查、成文、比对任免表；一切只写在 outputs/<年度>/考察/，只许本人打开。"""
    if context.invoked_subcommand is None:
        console.warn(context.get_help())
        context.exit(COULD_NOT_RUN)


@cadre.command(cls=Command, options_metavar="[选项]")
@ENCRYPT
@with_settings
def check(settings: Settings, encrypt: bool) -> int:
    """核查考察簿和任免表：身份证号、简历、票数、日期次序、凡提四必、公示等。"""
    from pbreports.cli.printing_cadre import print_checked
    from pbreports.pipeline.cadre.running import check_cadres

    year = settings.open_year()
    checked = check_cadres(year, settings.as_of, _lock(encrypt))
    print_checked(checked, year.workspace)
    return TO_MEND if checked.inspection.must_be_mended else NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@click.argument("papers", metavar="[文书]…", nargs=-1)
@CANDIDATES
@click.option("--draft", is_flag=True, help="草稿：有错误的也写出，文件名标明草稿。")
@ENCRYPT
@with_settings
def build(settings: Settings, papers: tuple[str, ...], candidates: tuple[str, ...], draft: bool, encrypt: bool) -> int:
    """生成考察材料、干部任免审批表、一览表、测评汇总、任前公示、全程纪实表、任职通知。"""
    from pbreports.cli.printing_cadre import print_built
    from pbreports.pipeline.cadre.publishing import Order
    from pbreports.pipeline.cadre.running import build_cadres

    year = settings.open_year()
    with console.progress("成文") as report:
        built = build_cadres(year, settings.as_of, Order(papers, candidates, draft, _lock(encrypt)), report)
    print_built(built, year.workspace)
    return TO_MEND if built.must_be_mended else NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@ENCRYPT
@with_settings
def status(settings: Settings, encrypt: bool) -> int:
    """列出每名候选人办到哪一步、还缺什么、最早哪天可以办下一步。"""
    from pbreports.cli.printing_cadre import print_standing
    from pbreports.pipeline.cadre.running import status_of_cadres

    year = settings.open_year()
    standing = status_of_cadres(year, settings.as_of, _lock(encrypt))
    print_standing(standing, year.workspace)
    return NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@ENCRYPT
@with_settings
def compare(settings: Settings, encrypt: bool) -> int:
    """逐项比对考察簿和 .lrmx 任免表，列出不一致的地方。"""
    from pbreports.cli.printing_cadre import print_compared
    from pbreports.pipeline.cadre.running import compare_forms

    year = settings.open_year()
    compared = compare_forms(year, settings.as_of, _lock(encrypt))
    print_compared(compared, year.workspace)
    return TO_MEND if compared.differ else NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@CANDIDATES
@click.option("--revised", is_flag=True, help="按2025年新版任免表写（多到龄年月、改革前任职年龄界限两项）。")
@with_settings
def export(settings: Settings, candidates: tuple[str, ...], revised: bool) -> int:
    """由考察簿写出 .lrmx 任免表；已有任免表的，在它的基础上改，别的内容和照片照留。"""
    from pbreports.cli.printing_cadre import print_exported
    from pbreports.pipeline.cadre.exporting import export_forms

    year = settings.open_year()
    exported = export_forms(year, settings.as_of, candidates, revised=revised)
    print_exported(exported, year.workspace)
    return NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@with_settings
def summary(settings: Settings) -> int:
    """写出不含姓名的干部数，交给办总结的同志填进局端工作簿的“干部数”表。"""
    from pbreports.cli.printing_cadre import print_summary
    from pbreports.pipeline.cadre.running import summary_of_cadres

    year = settings.open_year()
    handed = summary_of_cadres(year, settings.as_of)
    print_summary(handed, year.workspace)
    return TO_MEND if handed.doubtful else NOTHING_TO_MEND


@cadre.command(cls=Command, options_metavar="[选项]")
@click.option("--before", required=True, type=day, metavar="日期", help="删去这一天以前写出的。")
@click.option("--dry-run", is_flag=True, help="只列出要删什么，不删。")
@with_settings
def purge(settings: Settings, before: date, dry_run: bool) -> int:
    """删去某天以前写出的考察文书、台账和记录，并报告删了什么；inputs 里的不动。"""
    from pbreports.cli.printing_cadre import print_purged
    from pbreports.pipeline.cadre.running import purge_cadres

    year = settings.open_year()
    purged = purge_cadres(year, settings.as_of, before, dry_run=dry_run)
    print_purged(purged, dry_run=dry_run)
    return TO_MEND if purged.stuck else NOTHING_TO_MEND


def _lock(encrypt: bool) -> Callable[[bytes], bytes] | None:
    """Return what locks a file with the password given in the environment, else asked for; nothing when not wanted."""
    if not encrypt:
        return None
    from pbreports.ooxml.encrypting import encrypted, weakness

    password = os.environ.get(PASSWORD) or _asked()
    if password.strip() and (remark := weakness(password)):
        console.warn(remark + "。")
    return lambda data: encrypted(data, password)


def _asked() -> str:
    """Return the password typed twice.

    Raises:
        PbreportsError: the two are not the same.
    """
    first, second = (
        click.prompt(words, hide_input=True, err=True, prompt_suffix="：") for words in ("密码", "再输入一次密码")
    )
    if first != second:
        raise PbreportsError("加密", "两次输入的密码不一样", "请再运行一次")
    return str(first)
