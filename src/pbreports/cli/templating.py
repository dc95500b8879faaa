"""Commands for those who edit templates: lint, names."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import NOTHING_TO_MEND, TO_MEND, Settings, with_settings
from pbreports.errors import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pbreports.pipeline.year import Year


@click.command(cls=Command, options_metavar="[选项]")
@click.argument("templates", metavar="模板…", nargs=-1, required=True, type=Path)
@click.option("--fix", "mend", is_flag=True, help="另存一份改好的（…_改好）：全角符号、中文引号、括号中间的空格。")
@click.option("--mark", is_flag=True, help="另存一份有批注的（…_批注）：每个问题批注在它的位置。")
@with_settings
def lint(settings: Settings, templates: tuple[Path, ...], mend: bool, mark: bool) -> int:
    """检查模板（文档或工作簿）：一次列出全部问题的位置、情形和改法。"""
    from pbreports.cli.printing_templates import print_linted
    from pbreports.pipeline.linting import lint as look_over

    year = _year(settings)
    stamp = datetime.combine(settings.as_of, time())
    looked = [look_over(template, _known(year, template), stamp, mend=mend, mark=mark) for template in templates]
    for one in looked:
        print_linted(one)
    if year is None:
        console.say("这里不是工作区，标签里的名字没有核对。")
    return TO_MEND if any(one.must_be_mended for one in looked) else NOTHING_TO_MEND


def _year(settings: Settings) -> Year | None:
    """Return the year whose names templates may use; ``None`` outside a workspace."""
    try:
        return settings.open_year()
    except WorkspaceError:
        if settings.year is not None:
            raise
        return None


def _known(year: Year | None, template: Path) -> Mapping[str, object] | None:
    """Return the names that a template may use, those of papers about candidates where it is of one."""
    from pbreports.pipeline.cadre.naming import names_of, paper_of
    from pbreports.pipeline.dictionary import known_names

    if year is None:
        return None
    paper = paper_of(year, template)
    return names_of(year, paper) if paper else known_names(year)


@click.command(cls=Command, options_metavar="[选项]")
@click.option("--workbook", is_flag=True, help="写成工作簿“模板字典”，放在 outputs/<年度>/。")
@with_settings
def names(settings: Settings, workbook: bool) -> int:
    """列出模板里可以写的全部名字：意思、单位、例子、哪些文书在用。"""
    from pbreports.cli.printing_templates import print_dictionary
    from pbreports.pipeline.running import dictionary_of_year

    year = settings.open_year()
    entries, file = dictionary_of_year(year, settings.as_of, workbook=workbook, tell=console.warn)
    print_dictionary(entries, year.workspace.shown(file) if file else "")
    return NOTHING_TO_MEND
