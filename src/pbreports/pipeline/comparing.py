"""Versions held against each other: workbooks alike across units, and each unit's last version against the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from pbreports.excel.reports import TableSheet
from pbreports.findings import finding
from pbreports.ledger import Ledger
from pbreports.likeness import alike
from pbreports.rounds import Change, Round, changes, cleared_and_new, turns
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Scheme
from pbreports.scheme.roster import Units
from pbreports.values import CellRef, Finding, Scalar, Severity
from pbreports.versions import Placed, Version

HEADERS = ("序号", "单位", "版次", "变化", "工作表", "单元格", "列", "原为", "现为")
MOST, FEW = 20, 5
"""How many changes of one sheet are listed, and how many of them where it has more."""

_WIDTHS = (8, 18, 12, 12, 20, 10, 24, 48, 48)


def copies_among(ledger: Ledger, latest: Sequence[Placed], units: Units) -> Mapping[str, tuple[Finding, ...]]:
    """Return by workbook key the findings that it holds the data of another unit's latest version.

    Who came in earlier is told as a notice: nobody is to answer for what another has copied.
    """
    by_unit = {one.entry.unit: one for one in latest}
    telling = ledger.telling(one.entry.key for one in latest)
    found: dict[str, list[Finding]] = defaultdict(list)
    for pair in alike({unit: telling[one.entry.key] for unit, one in by_unit.items()}):
        for unit, other, count in zip(pair.units, reversed(pair.units), pair.of, strict=True):
            mine, there = by_unit[unit], units.get(other)
            words = {"单位": there.short_name if there else other, "n": str(pair.shared), "m": str(count)}
            one = finding("F-37", CellRef(mine.entry.file), unit, kind=None, **words)
            earlier = mine.receipt.first_seen < by_unit[other].receipt.first_seen
            found[mine.entry.key].append(replace(one, severity=Severity.NOTICE, remedy="") if earlier else one)
    return {key: tuple(ones) for key, ones in found.items()}


def rounds_of(
    versions: Sequence[Version], findings: Mapping[str, tuple[Finding, ...]], ledger: Ledger, scheme: Scheme
) -> tuple[Round, ...]:
    """Return each unit's last version held against the one before; units with a single version have no round."""
    by_unit: dict[str, list[Version]] = defaultdict(list)
    for one in versions:
        by_unit[one.unit].append(one)
    return tuple(_round(mine[-2], mine[-1], findings, ledger, scheme) for mine in by_unit.values() if len(mine) > 1)


def _round(
    before: Version, after: Version, findings: Mapping[str, tuple[Finding, ...]], ledger: Ledger, scheme: Scheme
) -> Round:
    old, new = (
        {sheet.name: ledger.records(sheet.name, [one.key]) for sheet in scheme.school_sheets} for one in (before, after)
    )
    gone, came, standing = cleared_and_new(findings[before.key], findings[after.key])
    numbers = (before.number, after.number)
    changed = changes(old, new, scheme)
    turned = turns(ledger.states(before.key), ledger.states(after.key), changed)
    return Round(after.unit, numbers, changed, turned, gone, came, standing)


def rounds_page(rounds: Sequence[Round], units: Units, scheme: Scheme) -> TableSheet:
    """Return the page that says what each resubmission changed, what it cleared and what is new."""
    names = {unit.code: unit.short_name for unit in units.all}
    rows = (
        (names.get(one.unit, one.unit), "v{}→v{}".format(*one.versions), *words)
        for one in rounds
        for words in _rows(one, scheme)
    )
    numbered = tuple((Decimal(number), *row) for number, row in enumerate(rows, 1))
    return TableSheet("重报对照", HEADERS, numbered, _WIDTHS)


def _rows(one: Round, scheme: Scheme) -> Iterator[tuple[Scalar, ...]]:
    for _, some in groupby(one.changes, attrgetter("sheet")):
        yield from _on_sheet(tuple(some), scheme)
    for turn in one.turns:
        yield ("表的情况", scheme.sheets[turn.sheet].title, "", "", turn.before.value, turn.after.value)
    for what, ones in (("问题已消除", one.cleared), ("新出现问题", one.new)):
        for found in ones:
            words = (found.message, "") if ones is one.cleared else ("", found.message)
            yield (what, found.where.sheet, found.where.cell, found.code, *words)
    if not (one.changes or one.turns or one.cleared or one.new):
        yield ("内容没有变", "", "", "", "", "")


def _on_sheet(some: Sequence[Change], scheme: Scheme) -> Iterator[tuple[Scalar, ...]]:
    """Yield the changes of one sheet; of a sheet that has changed all over the first few, and how many more."""
    listed = some if len(some) <= MOST else some[:FEW]
    for change in listed:
        yield _change(change, scheme)
    if len(listed) < len(some):
        title = _title(some[0], scheme)
        yield (f"另有{len(some) - len(listed)}处", title, "", "", "", "改动太多，没有逐条列出，请对照两版核对。")


def _change(change: Change, scheme: Scheme) -> tuple[Scalar, ...]:
    what = "改动" if not change.whole else "新增一条" if change.before is None else "删去一条"
    return (
        what,
        _title(change, scheme),
        change.where.cell,
        change.field,
        as_text(change.before),
        as_text(change.after),
    )


def _title(change: Change, scheme: Scheme) -> str:
    return change.where.sheet or scheme.sheets[change.sheet].title
