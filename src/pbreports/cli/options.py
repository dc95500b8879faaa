"""What every command shares: the workspace, the year, the day, and how trouble ends."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from pbreports.cli import console
from pbreports.errors import PbreportsError
from pbreports.pipeline.year import Year, open_year
from pbreports.workspace import open_workspace

NOTHING_TO_MEND = 0
TO_MEND = 1
COULD_NOT_RUN = 2
"""The exit codes: nothing to mend; findings that must be mended; could not run."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The common options as given."""

    root: Path
    year: int | None
    as_of: date

    def open_year(self) -> Year:
        """Return the year named, or the workspace's latest; raises as ``open_workspace`` and ``open_year``."""
        return open_year(open_workspace(self.root, self.year))


Command = TypeVar("Command", bound=Callable[..., Any])


def with_settings(command: Callable[..., int]) -> Callable[..., None]:
    """Return the command run with the common options; its result is the exit code, trouble becomes one sentence."""

    @click.pass_context
    @functools.wraps(command)
    def run(context: click.Context, *arguments: Any, **options: Any) -> None:
        try:
            code = command(context.obj, *arguments, **options)
        except PbreportsError as error:
            console.warn(str(error))
            code = COULD_NOT_RUN
        context.exit(code)

    return run


def common_options(group: Command) -> Command:
    """Return the group with the options that all commands share."""
    day = click.DateTime(["%Y-%m-%d"])
    folder = click.Path(path_type=Path, file_okay=False)
    options = (
        click.option(
            "-C", "--workspace", "root", type=folder, default=Path(), metavar="文件夹", help="工作区，默认当前文件夹。"
        ),
        click.option("--year", type=click.IntRange(2015, 2100), metavar="年度", help="年度，默认工作区里最近的一年。"),
        click.option("--as-of", "as_of", type=day, metavar="日期", help="按哪一天算，如 2020-12-31，默认今天。"),
    )
    for option in reversed(options):
        group = option(group)
    return group


def settings(root: Path, year: int | None, as_of: datetime | None) -> Settings:
    """Return the common options, today where no day was given."""
    return Settings(root, year, as_of.date() if as_of else date.today())  # noqa: DTZ011 the day on the office's wall
