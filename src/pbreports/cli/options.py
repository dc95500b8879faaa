"""What every command shares: the workspace, the year, the day, and how trouble ends."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from pbreports.cli import console
from pbreports.cli.parameters import FIRST_YEAR, LAST_YEAR, day, folder, processes, working_year
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
    jobs: int

    def open_year(self) -> Year:
        """Return the year named, or the workspace's latest; raises as ``open_workspace`` and ``open_year``."""
        return open_year(open_workspace(self.root, self.year), self.jobs)

    def but(self, **given: Any) -> Settings:
        """Return these options with those that were given, not ``None``, in their place."""
        return replace(self, **{name: value for name, value in given.items() if value is not None})


Command = TypeVar("Command", bound=Callable[..., Any])


def with_settings(command: Callable[..., int]) -> Callable[..., None]:
    """Return the command run with the common options; its result is the exit code, trouble becomes one sentence.

    The common options may stand after the command too; there they win over those before it.
    """

    @common_options
    @click.pass_context
    @functools.wraps(command)
    def run(context: click.Context, *arguments: Any, **options: Any) -> None:
        settings = context.obj.but(**{option.name: options.pop(option.name) for option in fields(Settings)})
        try:
            code = command(settings, *arguments, **options)
        except PbreportsError as error:
            console.warn(str(error))
            code = COULD_NOT_RUN
        context.exit(code)

    return run


_COMMON = (
    click.option("-C", "--workspace", "root", type=folder, metavar="文件夹", help="工作区，默认当前文件夹。"),
    click.option(
        "--year",
        type=working_year,
        metavar="年度",
        help=f"年度，{FIRST_YEAR} 到 {LAST_YEAR}，默认工作区里最近的一年。",
    ),
    click.option("--as-of", "as_of", type=day, metavar="日期", help="按哪一天算，如 2020-12-31，默认今天。"),
    click.option(
        "--jobs",
        type=processes,
        metavar="个数",
        help="同时用几个进程读取报送，默认与处理器核数相同；0 为不另起进程（查故障用）。",
    ),
)


def common_options(command: Command) -> Command:
    """Return a command or the group with the options that all share; what is not given is ``None``."""
    for option in reversed(_COMMON):
        command = option(command)
    return command


def settings(**given: Any) -> Settings:
    """Return the options given before the command: the current folder, today and all processors where none were."""
    today = date.today()  # noqa: DTZ011 the day on the office's wall
    return Settings(Path(), None, today, os.cpu_count() or 1).but(**given)
