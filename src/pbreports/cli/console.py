"""Writing to the screen: never fails on a console that lacks a character, shows progress only to people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Report = Callable[[int, int], None]


def prepare() -> None:
    """Make the output streams replace what their encoding lacks, so that a GBK console never stops a run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def say(text: str = "") -> None:
    """Print one line of text."""
    click.echo(text)


def warn(text: str) -> None:
    """Print one line to the error stream."""
    click.echo(text, err=True)


@contextmanager
def progress(what: str) -> Iterator[Report | None]:
    """Give a reporter that draws a bar on a terminal; none where the output goes to a file."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def report(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield report
