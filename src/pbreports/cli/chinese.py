"""Click in Chinese: headings of the help pages, and what is said about a wrong call."""

from __future__ import annotations

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
        records = [record for record in (one.get_help_record(ctx) for one in options) if record]
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


def said(error: click.ClickException) -> str:
    """Return in Chinese what is wrong with a call, and where help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "pbreports"
    return f"{_what(error)}。用法见 {path} --help"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {_name(error.param)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} 的值不对（{error.message.rstrip('.')}）"
    if error.message.startswith("No such command"):
        return f"没有命令 {error.message.split(maxsplit=3)[-1].rstrip('.')}"
    if "unexpected extra argument" in error.message:
        return f"多了参数 {error.message.partition('(')[2].rstrip(')')}"
    return error.message.rstrip(".")


def _name(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)
