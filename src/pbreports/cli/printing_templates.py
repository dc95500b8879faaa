"""What the commands for templates print: problems with their places, the dictionary of names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pbreports.cli import console
from pbreports.cli.printing import MARKS
from pbreports.pipeline.dictionary import Entry, Kind
from pbreports.pipeline.linting import Linted
from pbreports.values import Severity


def print_linted(linted: Linted) -> None:
    """Print a template's problems, and which copies were written."""
    counted = Counter(one.severity for one in linted.problems)
    told = "，".join(f"{counted[severity]}个{severity.value}" for severity in Severity if counted[severity])
    console.say(f"{linted.template}：{told or '没有问题'}")
    for one in linted.problems:
        console.say(f"  {MARKS[one.severity]} {one.code} {one}")
    for copy, what in ((linted.mended, "改好的"), (linted.marked, "有批注的")):
        if copy:
            console.say(f"  {what}一份：{copy.path}（{copy.places}处）")


def print_dictionary(entries: Sequence[Entry], file: str = "") -> None:
    """Print the names by kind, each list with its columns in one line."""
    for kind in (Kind.FIGURE, Kind.LIST, Kind.OFFICIAL, Kind.CONSTANT, Kind.FILTER):
        chosen = [one for one in entries if one.kind is kind]
        if kind is Kind.OFFICIAL and not chosen:
            continue
        console.say(f"{kind.value}（{len(chosen)}个）")
        for one in chosen:
            console.say(_line(one, entries))
    if file:
        console.say(f"字典已写入 {file}")


def _line(one: Entry, entries: Sequence[Entry]) -> str:
    columns = [each.name.partition(".")[2] for each in entries if each.name.startswith(f"{one.name}.")]
    listed = f"{'项' if one.kind is Kind.OFFICIAL else '列'}：{'、'.join(columns)}" if columns else ""
    papers = f"用它的文书：{'、'.join(one.papers)}" if one.papers else ""
    example = f"{one.example}{one.unit if not one.example.endswith(one.unit) else ''}" if one.example else one.unit
    return "\t".join(part for part in (f"  {one.name}", example, one.meaning, listed, papers) if part)
