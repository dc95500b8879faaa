"""Which received version of a unit counts: the latest without errors, until a newer one passes.

A version that the bureau has let pass in writing (放行) counts although it holds errors. One whose warnings are not yet
explained counts, and waits for the explanations (待说明).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pbreports.errors import PbreportsError
from pbreports.values import Entry, Receipt


class State(Enum):
    """How a version stands."""

    COUNTED = "通过"
    UNEXPLAINED = "待说明"
    WAIVED = "放行"
    REPLACED = "已更新"
    RETURNED = "退回"


NOT_SENT = "未交"
"""How a unit stands of which nothing has been received."""


@dataclass(frozen=True, slots=True)
class Version:
    """One received version: the unit's n-th, its file, when it was first seen, its findings, whether it counts.

    ``unexplained`` of its ``warnings`` must still be mended or explained.
    """

    key: str
    unit: str
    period: str
    number: int
    file: str
    first_seen: date
    errors: int
    warnings: int
    unexplained: int
    notices: int
    state: State
    counts: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """One version in its place: the unit's n-th, with its receipt and its entry in the ledger."""

    number: int
    receipt: Receipt
    entry: Entry


def placed(entries: Iterable[Entry], receipts: Sequence[Receipt]) -> tuple[tuple[Placed, ...], ...]:
    """Return the versions of each unit and period in order of first sight; files without a unit are no versions.

    Raises:
        PbreportsError: when a version has no receipt, so that nobody can tell which is the later.
    """
    by_unit: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.unit:
            by_unit[entry.unit, entry.period].append(entry)
    order: Order = {}
    for number, one in enumerate(receipts):
        order.setdefault((one.unit, one.period, one.sha256), (number, one))  # the first sight counts
    return tuple(_in_order(by_unit[key], order) for key in sorted(by_unit))


def settle(
    units: Iterable[Sequence[Placed]], waived: Mapping[tuple[str, str, int], str], *, with_errors: bool = False
) -> tuple[Version, ...]:
    """Return every version of the units' ``placed`` ones, with the one of each that counts marked.

    ``waived`` maps (unit, period, number) to the reason; ``with_errors`` lets the latest version count
    whatever its errors, for drafts.
    """
    return tuple(version for unit in units for version in _settle_unit(unit, waived, with_errors=with_errors))


Order = dict[tuple[str, str, str], tuple[int, Receipt]]
"""The receipts by unit, period and digest, each with its place among all."""


def _in_order(entries: Sequence[Entry], order: Order) -> tuple[Placed, ...]:
    """Return a unit's versions by first sight, each content once, numbered over all that were ever received.

    What stands among the inputs comes after what was written over there, so that an old file put back counts again.
    """
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: not one.present):
        found.setdefault(entry.sha256, entry)
    ordered = [(entry.present, *_receipt_of(entry, order), entry) for entry in found.values()]
    ordered.sort(key=lambda one: one[:2])
    numbers = _numbers(entries, order)
    return tuple(Placed(numbers[entry.sha256], receipt, entry) for _, _, receipt, entry in ordered)


def _receipt_of(entry: Entry, order: Order) -> tuple[int, Receipt]:
    placed = order.get((entry.unit, entry.period, entry.sha256))
    if placed is None:
        raise PbreportsError("收件记录", f"里面没有 {entry.file}", "请先运行 pbreports collect")
    return placed


def _numbers(entries: Sequence[Entry], order: Order) -> dict[str, int]:
    unit, period = entries[0].unit, entries[0].period
    mine = sorted((number, sha) for (one, of, sha), (number, _) in order.items() if (one, of) == (unit, period))
    return {sha: position for position, (_, sha) in enumerate(mine, 1)}


def _settle_unit(
    versions: Sequence[Placed], waived: Mapping[tuple[str, str, int], str], *, with_errors: bool
) -> list[Version]:
    passing = [one.number for one in versions if not one.entry.errors or _waived(one, waived) or with_errors]
    counted = passing[-1] if passing else 0
    return [
        Version(
            key=one.entry.key,
            unit=one.entry.unit,
            period=one.entry.period,
            number=one.number,
            file=one.entry.file,
            first_seen=one.receipt.first_seen,
            errors=one.entry.errors,
            warnings=one.entry.warnings,
            unexplained=one.entry.warnings - one.entry.explained,
            notices=one.entry.notices,
            state=_state(one, counts=one.number == counted, waived=_waived(one, waived)),
            counts=one.number == counted,
        )
        for one in versions
    ]


def _waived(one: Placed, waived: Mapping[tuple[str, str, int], str]) -> bool:
    return (one.entry.unit, one.entry.period, one.number) in waived


def _state(one: Placed, *, counts: bool, waived: bool) -> State:
    if one.entry.errors and not waived:
        return State.RETURNED
    if not counts:
        return State.REPLACED
    if one.entry.errors:
        return State.WAIVED
    return State.UNEXPLAINED if one.entry.warnings > one.entry.explained else State.COUNTED
