"""Which received version of a unit counts: the latest without errors, until a newer one passes.

A version that the bureau has let pass in writing (放行) counts although it holds errors.
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
    WAIVED = "放行"
    REPLACED = "已更新"
    RETURNED = "待改"


@dataclass(frozen=True, slots=True)
class Version:
    """One received version: the unit's n-th, its file, when it was first seen, its findings, whether it counts."""

    key: str
    unit: str
    period: str
    number: int
    file: str
    first_seen: date
    errors: int
    warnings: int
    notices: int
    state: State
    counts: bool


def settle(
    entries: Iterable[Entry],
    receipts: Sequence[Receipt],
    waived: Mapping[tuple[str, str, int], str],
    *,
    with_errors: bool = False,
) -> tuple[Version, ...]:
    """Return every version, the units' in order of first sight, with the one that counts marked.

    ``waived`` maps (unit, period, number) to the reason; ``with_errors`` lets the latest version count
    whatever its errors, for drafts.

    Raises:
        PbreportsError: when a version has no receipt, so that nobody can tell which is the later.
    """
    by_unit: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.unit:
            by_unit[entry.unit, entry.period].append(entry)
    order: dict[tuple[str, str, str], tuple[int, Receipt]] = {}
    for number, one in enumerate(receipts):
        order.setdefault((one.unit, one.period, one.sha256), (number, one))  # the first sight counts
    return tuple(
        version
        for key in sorted(by_unit)
        for version in _settle_unit(_in_order(by_unit[key], order), waived, with_errors=with_errors)
    )


Ordered = list[tuple[int, Receipt, Entry]]


def _in_order(entries: Sequence[Entry], order: Mapping[tuple[str, str, str], tuple[int, Receipt]]) -> Ordered:
    """Return a unit's versions by first sight, each content once, numbered over all that were ever received.

    What stands among the inputs comes after what was written over there, so that an old file put back counts again.
    """
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: not one.present):
        found.setdefault(entry.sha256, entry)
    placed = [(*_receipt_of(entry, order), entry) for entry in found.values()]
    placed.sort(key=lambda one: (one[2].present, one[0]))
    numbers = _numbers(entries, order)
    return [(numbers[entry.sha256], receipt, entry) for _, receipt, entry in placed]


def _receipt_of(entry: Entry, order: Mapping[tuple[str, str, str], tuple[int, Receipt]]) -> tuple[int, Receipt]:
    placed = order.get((entry.unit, entry.period, entry.sha256))
    if placed is None:
        raise PbreportsError("收件记录", f"里面没有 {entry.file}", "请先运行 pbreports collect")
    return placed


def _numbers(entries: Sequence[Entry], order: Mapping[tuple[str, str, str], tuple[int, Receipt]]) -> dict[str, int]:
    unit, period = entries[0].unit, entries[0].period
    mine = sorted((number, sha) for (one, of, sha), (number, _) in order.items() if (one, of) == (unit, period))
    return {sha: position for position, (_, sha) in enumerate(mine, 1)}


def _settle_unit(versions: Ordered, waived: Mapping[tuple[str, str, int], str], *, with_errors: bool) -> list[Version]:
    passing = [
        number
        for number, _, entry in versions
        if not entry.errors or (entry.unit, entry.period, number) in waived or with_errors
    ]
    counted = passing[-1] if passing else 0
    return [
        Version(
            key=entry.key,
            unit=entry.unit,
            period=entry.period,
            number=number,
            file=entry.file,
            first_seen=receipt.first_seen,
            errors=entry.errors,
            warnings=entry.warnings,
            notices=entry.notices,
            state=_state(entry, number, counted, waived),
            counts=number == counted,
        )
        for number, receipt, entry in versions
    ]


def _state(entry: Entry, number: int, counted: int, waived: Mapping[tuple[str, str, int], str]) -> State:
    if entry.errors and (entry.unit, entry.period, number) in waived:
        return State.WAIVED if number == counted else State.REPLACED
    if entry.errors:
        return State.RETURNED
    return State.COUNTED if number == counted else State.REPLACED
