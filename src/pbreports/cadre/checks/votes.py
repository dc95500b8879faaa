"""Checks of the democratic assessment: as many ballots as were valid, told once, of groups that were organised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from pbreports.cadre.checks.setting import is_written, tell
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import BALLOTS, CODE, POLLS, TOTALS
from pbreports.scheme.language.wording import as_text
from pbreports.values import Finding, Record

_GROUP, _ITEM, _WHOLE = "测评票种", "测评项目", "总体"
_RETURNED, _INVALID = "测评收票数", "测评无效票数"


def check_votes(one: Dossier) -> Iterator[Finding]:
    """Yield where a candidate's ballots do not add up to what was returned less what was invalid."""
    polls = {row.get(_GROUP): row for row in one.of(POLLS)}
    slips = Counter(row.get(_GROUP) for row in one.of(BALLOTS))
    totals = _by_group(one)
    for group in dict.fromkeys((*slips, *totals)):
        if group is not None and group not in polls:
            first = next(row for row in (*one.of(BALLOTS), *one.of(TOTALS)) if row.get(_GROUP) == group)
            yield tell("K-25", first.cell(_GROUP), one, 票种=group)
    for group, poll in polls.items():
        if slips[group] and group in totals:
            yield tell("K-22", totals[group][0].cell(_GROUP), one, 票种=group)
        else:
            yield from _check_group(one, poll, slips[group], totals.get(group, []))


def _by_group(one: Dossier) -> Mapping[object, list[Record]]:
    found: dict[object, list[Record]] = defaultdict(list)
    for row in one.of(TOTALS):
        found[row.get(_GROUP)].append(row)
    return dict(found)


def _check_group(one: Dossier, poll: Record, slips: int, totals: list[Record]) -> Iterator[Finding]:
    returned, invalid, group = poll.get(_RETURNED), poll.get(_INVALID), poll.get(_GROUP)
    if not isinstance(returned, Decimal) or not isinstance(invalid, Decimal):
        return
    valid, where = returned - invalid, poll.cell(_RETURNED)
    words = {"票种": group, "收票": as_text(returned), "无效": as_text(invalid), "应有": as_text(valid)}
    if totals:
        yield from _check_totals(one, totals, valid)
    elif slips and slips != valid:
        yield tell("K-21", where, one, 张数=slips, **words)
    elif not slips and valid > 0 and is_written(one):
        yield tell("K-24", where, one, **words)


def _check_totals(one: Dossier, totals: list[Record], valid: Decimal) -> Iterator[Finding]:
    sums: dict[object, Decimal] = {_WHOLE: Decimal(0)}
    for row in totals:
        count = row.get("票数")
        if not isinstance(count, Decimal):
            return
        sums[row.get(_ITEM)] = sums.get(row.get(_ITEM), Decimal(0)) + count
    for item, count in sums.items():
        if item is not None and count != valid:
            row = next((row for row in totals if row.get(_ITEM) == item), totals[0])
            words = {"票种": row.get(_GROUP), "项目": item, "合计": as_text(count), "应有": as_text(valid)}
            yield tell("K-23", row.cell("票数") if row.get(_ITEM) == item else row.cell(CODE), one, **words)
