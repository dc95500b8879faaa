"""Click in Chinese: headings of the help pages, and what is said about a wrong call."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

COULD_NOT_RUN = 2


class _Pages(click.Command):
    """Help pages with Chinese headings."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help page."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示说明。"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        found = (one.get_help_record(ctx) for one in options)
        records = [(name, text.replace("[required]", "（必填）")) for name, text in filter(None, found)]
        with formatter.section("选项"):
            formatter.write_dl(records)


class Command(_Pages):
    """A command whose help page is Chinese."""


class Group(_Pages, click.Group):
    """A group whose help page is Chinese."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with its first sentence."""
        with formatter.section("命令"):
            formatter.write_dl([(name, one.get_short_help_str(60)) for name, one in self.commands.items()])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of a year's work."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command called; raises ``WrongCall`` when there is none of that name."""
        if args[0] not in self.commands:
            raise WrongCall(f"没有命令 {args[0]}{_perhaps(get_close_matches(args[0], self.commands))}", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the program; a wrong call is said in Chinese and ends with exit code 2."""
        try:
            code = super().main(*arguments, **{**options, "standalone_mode": False})
        except click.Abort:
            click.echo("已中断。", err=True)
            code = COULD_NOT_RUN
        except click.ClickException as error:
            click.echo(said(error), err=True)
            code = COULD_NOT_RUN
        raise SystemExit(code)


class WrongCall(click.UsageError):
    """A wrong call that is told in Chinese already."""


def said(error: click.ClickException) -> str:
    """Return in Chinese what is wrong with a call, and where help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "pbreports"
    return f"{_what(error)}。用法见 {path} --help"


def _what(error: click.ClickException) -> str:
    """Return what is wrong; click's own sentences are told apart by kind and never shown."""
    if isinstance(error, WrongCall):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}{_perhaps(error.possibilities)}"
    if isinstance(error, click.BadOptionUsage):
        lacking = "requires" in error.message
        return f"{error.option_name} 后面缺少要填的内容" if lacking else f"{error.option_name} 后面不用填内容"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter) and not error.message.isascii():
        return f"{_name(error.param)} 的值不对（{error.message}）"
    if "unexpected extra argument" in error.message:
        return f"多了参数 {error.message.partition('(')[2].rstrip('.').removesuffix(')')}"
    return "命令的写法不对"


def _perhaps(near: Sequence[str] | None) -> str:
    return f"，是不是 {'、'.join(near)}" if near else ""


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)
