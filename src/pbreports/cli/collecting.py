"""Commands about what has come in: collect, status."""

from __future__ import annotations

import json

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import NOTHING_TO_MEND, TO_MEND, Settings, with_settings

PERIOD = click.option("--period", default="", metavar="期次", help="期次，默认第一个。")


ANNOTATE = click.option(
    "--annotate",
    type=click.Choice(["original"]),
    metavar="original",
    help="在学校的原件上加颜色和批注，不做新的退回件。",
)


@click.command(cls=Command, options_metavar="[选项]")
@PERIOD
@ANNOTATE
@with_settings
def collect(settings: Settings, period: str, annotate: str | None) -> int:
    """读取 报送/ 里的全部文件，校验，记入台账，要改的写出退回件。"""
    from pbreports.cli.printing import print_collected, print_returned
    from pbreports.pipeline.running import collect_year

    year = settings.open_year()
    with console.progress("读取") as report:
        collected, written = collect_year(year, period, settings.as_of, report, annotate=bool(annotate))
    print_collected(collected, [year.workspace.shown(path) for path in written.registers])
    print_returned(written.returned, year.workspace)
    return TO_MEND if collected.must_be_mended else NOTHING_TO_MEND


@click.command(cls=Command, options_metavar="[选项]")
@PERIOD
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_settings
def status(settings: Settings, period: str, as_json: bool) -> int:
    """谁未交、谁被退回、谁待说明、谁已通过，按镇街和期限列出。"""
    from pbreports.cli.printing import print_status
    from pbreports.pipeline.running import status_of_year
    from pbreports.pipeline.standing import status_as_json, status_lines

    year = settings.open_year()
    collected, path = status_of_year(year, period, settings.as_of, console.warn)
    if as_json:
        console.say(json.dumps(status_as_json(collected), ensure_ascii=False, indent=1))
    else:
        print_status(collected, year.workspace.shown(path) if path else "")
    return TO_MEND if any(line.must_act for line in status_lines(collected)) else NOTHING_TO_MEND
