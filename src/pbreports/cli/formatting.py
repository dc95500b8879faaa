"""The command that checks the form of papers: format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import COULD_NOT_RUN, NOTHING_TO_MEND, TO_MEND, Settings, with_settings

if TYPE_CHECKING:
    from pbreports.pipeline.formatting import Checked
    from pbreports.scheme.profile import Profile


@click.command("format", cls=Command, options_metavar="[选项]")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=Path)
@click.option("--profile", "own", metavar="文件", type=Path, help="本单位另有规定的格式参数，缺省用工作区自己的。")
@click.option("--render", is_flag=True, help="转换成 PDF，在页面上量；要装有 LibreOffice 和 poppler。")
@click.option("--fix", "mend", is_flag=True, help="另存一份改好的（…_改好）：只改版面和一看就明白的标点、序号写法。")
@click.option("--mark", is_flag=True, help="另存一份有批注的（…_批注）：每个问题批注在它的位置。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_settings
def check_form(
    settings: Settings, files: tuple[Path, ...], own: Path | None, render: bool, mend: bool, mark: bool, as_json: bool
) -> int:
    """检查公文格式：谁做的 Word 文档都能查，逐条指出要素、位置、现值、应为和依据的条款。

    文件可以是文件夹。只有标准里规定的才算错误；一般、推荐的是警告，通行做法是提示。
    """
    from pbreports.cli.printing_format import print_checked
    from pbreports.pipeline.formatting import as_json as plain
    from pbreports.pipeline.formatting import check_file, files_of, profile_for

    profile = profile_for(settings.root, own)
    checked = [check_file(file, profile) for file in files_of(files)]
    if render:
        checked = _measured(checked, profile)
    if as_json:
        console.say(json.dumps(plain(checked), ensure_ascii=False, indent=1))
    else:
        print_checked(checked)
    sound = [one for one in checked if not one.trouble]
    if mend:
        _mend(sound, profile, quiet=as_json)
    if mark:
        _mark(sound, datetime.combine(settings.as_of, time()), quiet=as_json)
    if any(one.trouble or one.unmeasured for one in checked):
        return COULD_NOT_RUN
    return TO_MEND if any(one.must_be_mended for one in checked) else NOTHING_TO_MEND


def _mend(checked: Sequence[Checked], profile: Profile, *, quiet: bool) -> None:
    """Write a mended copy beside each paper that has something to mend, and say what was done."""
    from pbreports.pipeline.mending_papers import mended_copy

    say = console.warn if quiet else console.say
    for one in checked:
        copy = mended_copy(one, profile)
        if copy is None:
            say(f"{one.file}：没有可以自动改的")
        else:
            say(f"改好的：{copy.path}（改好{len(copy.done)}条，还有{len(copy.left)}条要人工改）")


def _mark(checked: Sequence[Checked], stamp: datetime, *, quiet: bool) -> None:
    """Write a copy with comments beside each paper that has faults."""
    from pbreports.pipeline.mending_papers import marked_copy

    say = console.warn if quiet else console.say
    for one in checked:
        if path := marked_copy(one, stamp):
            say(f"有批注的：{path}（{len(one.faults)}条）")


def _measured(checked: Sequence[Checked], profile: Profile) -> list[Checked]:
    """Return the papers with what their pages show besides; tell which fonts others stood in for."""
    from pbreports.cli.rendering import programs
    from pbreports.pipeline.rendered import measured_too

    found, remarks = measured_too(checked, profile, programs())
    for remark in remarks:
        console.warn(remark)
    return found
