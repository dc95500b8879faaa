"""The command that checks the form of papers: format."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import COULD_NOT_RUN, NOTHING_TO_MEND, TO_MEND, Settings, with_settings


@click.command("format", cls=Command, options_metavar="[选项]")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=Path)
@click.option("--profile", "own", metavar="文件", type=Path, help="本单位另有规定的格式参数（公文格式.yaml）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_settings
def check_form(settings: Settings, files: tuple[Path, ...], own: Path | None, as_json: bool) -> int:
    """检查公文格式：谁做的 Word 文档都能查，逐条指出要素、位置、现值、应为和依据的条款。

    文件可以是文件夹。只有标准里规定的才算错误；一般、推荐的是警告，通行做法是提示。
    """
    from pbreports.cli.printing_format import print_checked
    from pbreports.pipeline.formatting import as_json as plain
    from pbreports.pipeline.formatting import check_file, files_of, profile_for

    profile = profile_for(settings.root, own)
    checked = [check_file(file, profile) for file in files_of(files)]
    if as_json:
        console.say(json.dumps(plain(checked), ensure_ascii=False, indent=1))
    else:
        print_checked(checked)
    if any(one.trouble for one in checked):
        return COULD_NOT_RUN
    return TO_MEND if any(one.must_be_mended for one in checked) else NOTHING_TO_MEND
