"""Commands that give results: figures, build, run."""

from __future__ import annotations

import json

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.collecting import PERIOD
from pbreports.cli.options import COULD_NOT_RUN, NOTHING_TO_MEND, TO_MEND, Settings, with_settings

DRAFT = click.option("--draft", is_flag=True, help="草稿：未通过校验的报送簿也计入，文件名标明草稿。")


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("name", metavar="[名称]", default="")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，含全部来源单元格。")
@DRAFT
@with_settings
def figures(settings: Settings, name: str, as_json: bool, draft: bool) -> int:
    """列出汇总数字：数值、单位、已报/应报、上年、增减。"""
    from pbreports.cli.printing import figures_as_json, print_figures
    from pbreports.pipeline.running import figures_of_year

    year = settings.open_year()
    summary = figures_of_year(year, settings.as_of, name, draft=draft, tell=console.warn)
    if as_json:
        console.say(json.dumps(figures_as_json(year.scheme, summary, name), ensure_ascii=False, indent=1))
    else:
        print_figures(year.scheme, summary, name)
    return NOTHING_TO_MEND


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("papers", metavar="[文书]…", nargs=-1)
@DRAFT
@click.option("--pdf", "as_pdf", is_flag=True, help="每份文书旁边再生成一份 PDF，报出页数；要装有 LibreOffice。")
@with_settings
def build(settings: Settings, papers: tuple[str, ...], draft: bool, as_pdf: bool) -> int:
    """按台账生成文书，放在 outputs/<年度>/文书/。"""
    from pbreports.cli.printing import print_papers
    from pbreports.cli.rendering import programs
    from pbreports.pipeline.running import build_year

    year = settings.open_year()
    built = build_year(year, settings.as_of, papers, draft=draft, pdf=programs() if as_pdf else None)
    print_papers(built, year.workspace)
    if built.printed and built.printed.problems:
        return COULD_NOT_RUN
    return TO_MEND if built.must_be_mended else NOTHING_TO_MEND


@click.command(cls=Command, options_metavar="[选项]")
@PERIOD
@DRAFT
@with_settings
def run(settings: Settings, period: str, draft: bool) -> int:
    """收件并成文：依次 collect、build。"""
    from pbreports.cli.printing import print_collected, print_papers, print_returned
    from pbreports.pipeline.running import build_year, collect_year

    year = settings.open_year()
    with console.progress("读取") as report:
        collected, written = collect_year(year, period, settings.as_of, report)
    print_collected(collected, [year.workspace.shown(path) for path in written.registers])
    print_returned(written.returned, year.workspace)
    built = build_year(year, settings.as_of, (), draft=draft)
    print_papers(built, year.workspace)
    return TO_MEND if collected.must_be_mended or built.must_be_mended else NOTHING_TO_MEND
