"""The command line: reads options, calls the pipeline, prints."""

from __future__ import annotations

from typing import Any

import click

from pbreports import __version__
from pbreports.cli import cadre, checking, collecting, console, formatting, publishing, rating, setting_up, templating
from pbreports.cli.chinese import Group
from pbreports.cli.options import COULD_NOT_RUN, common_options, settings


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    invoke_without_command=True,
)
@common_options
@click.version_option(__version__, "--version", help="显示版本。", message="pbreports %(version)s")
@click.pass_context
def app(context: click.Context, /, **given: Any) -> None:
    """从学校报送的表格到可以签发的文书：下发、收件、校验、汇总、成文。

    退出码：0 没有要改的；1 有必须改的问题；2 没能运行。
    """
    context.obj = settings(**given)
    if context.invoked_subcommand is None:
        console.warn(context.get_help())
        context.exit(COULD_NOT_RUN)


COMMANDS = (
    setting_up.init,
    setting_up.sample,
    setting_up.issue,
    collecting.collect,
    checking.check,
    collecting.status,
    rating.rate,
    publishing.figures,
    publishing.build,
    publishing.run,
    cadre.cadre,
    templating.lint,
    templating.names,
    formatting.check_form,
)
for _command in COMMANDS:
    app.add_command(_command)


def main() -> None:
    """Run the program from a console."""
    console.prepare()
    app.main(prog_name="pbreports")
