"""The command about the year's stars: rate."""

from __future__ import annotations

import json

import click

from pbreports.cli import console
from pbreports.cli.chinese import Command
from pbreports.cli.options import NOTHING_TO_MEND, TO_MEND, Settings, with_settings


@click.command(cls=Command, options_metavar="[选项]")
@click.option(
    "--explain", "branch", default="", metavar="党组织", help="说明这个党组织的星级怎么来的；写全称、简称或代码。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--draft", is_flag=True, help="草稿：未通过校验的报送簿也计入。")
@with_settings
def rate(settings: Settings, branch: str, as_json: bool, draft: bool) -> int:
    """评定星级：各轮得分、名次、星级、变动和授牌，名额用了多少，哪些要研究或改正。"""
    from pbreports.cli.printing_rating import print_explained, print_rating
    from pbreports.cli.rating_as_json import explained_as_json, rating_as_json
    from pbreports.pipeline.rating import rating_findings, read_for_rating
    from pbreports.pipeline.rating_explained import branch_of, rating_of
    from pbreports.pipeline.running import figures_of_year

    year = settings.open_year()
    summary = figures_of_year(year, settings.as_of, draft=draft, tell=console.warn)
    outcome = rating_of(year, summary)
    found = (*read_for_rating(year, summary.bureau), *rating_findings(outcome, summary.bureau))
    one = branch_of(year, summary, branch) if branch else None
    if as_json:
        told = explained_as_json(year, summary, one) if one else rating_as_json(year, outcome, found)
        console.say(json.dumps(told, ensure_ascii=False, indent=1))
    elif one:
        print_explained(year, summary, one)
    else:
        print_rating(year, outcome, found)
    return TO_MEND if any(outcome.must_act(finding) for finding in found) else NOTHING_TO_MEND
