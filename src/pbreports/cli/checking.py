"""The command that looks at single workbooks without taking them in: check."""

from __future__ import annotations

from pathlib import Path

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.collecting import ANNOTATE
from pbreports.cli.options import NOTHING_TO_MEND, TO_MEND, Settings, with_settings


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=Path)
@click.option("-o", "--output", "target", type=Path, metavar="文件夹", help="退回件放在哪里，默认放在原文件旁边。")
@ANNOTATE
@with_settings
def check(settings: Settings, files: tuple[Path, ...], target: Path | None, annotate: str | None) -> int:
    """检查单份报送簿或局端工作簿，不收件、不记台账；要改的报送簿写出退回件。"""
    from pbreports.cli.printing import print_findings, print_returned
    from pbreports.pipeline.running import check_files

    year = settings.open_year()
    found, returned = check_files(year, files, settings.as_of, target, annotate=bool(annotate))
    print_findings(found)
    errors = sum(one.severity.value == "错误" for one in found)
    console.say(f"{len(files)}份文件：{errors}个错误，{len(found) - errors}个警告或提示。")
    print_returned(returned, year.workspace)
    return TO_MEND if errors else NOTHING_TO_MEND
