"""What a resubmission changed: the cells that differ from the version before, the findings cleared and the new ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.scheme.model import Scheme, Sheet
from pbreports.values import CellRef, Finding, Record, Scalar, SheetState

Records = Mapping[str, Sequence[Record]]
States = Mapping[str, SheetState]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record that differs: where it stands now (or stood), what it said, what it says.

    A record that is new has no ``before``, one that is gone no ``after``; ``whole`` tells that it is the record.
    """

    sheet: str
    where: CellRef
    field: str
    before: Scalar
    after: Scalar
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A sheet without records of which the other version says otherwise why it has none."""

    sheet: str
    before: SheetState
    after: SheetState


@dataclass(frozen=True, slots=True)
class Round:
    """Two following versions of one unit held against each other."""

    unit: str
    versions: tuple[int, int]
    changes: tuple[Change, ...]
    turns: tuple[Turn, ...]
    cleared: tuple[Finding, ...]
    new: tuple[Finding, ...]
    standing: int


def changes(before: Records, after: Records, scheme: Scheme) -> tuple[Change, ...]:
    """Return what differs between two versions' records, sheet by sheet in the scheme's order.

    Records are known by their sheet's key; those without one, and those of one key, by their order.
    """
    return tuple(
        change
        for name, sheet in scheme.sheets.items()
        if sheet.of_school
        for change in _on_sheet(sheet, before.get(name, ()), after.get(name, ()))
    )


def _on_sheet(sheet: Sheet, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Change]:
    old, new = _keyed(sheet, before), _keyed(sheet, after)
    for key, record in new.items():
        if key in old:
            yield from _in_record(sheet, old[key], record)
        else:
            yield _whole(sheet, record, came=True)
    for key, record in old.items():
        if key not in new:
            yield _whole(sheet, record, came=False)


def _keyed(sheet: Sheet, records: Sequence[Record]) -> dict[tuple[object, ...], Record]:
    seen: Counter[tuple[Scalar, ...]] = Counter()
    found: dict[tuple[object, ...], Record] = {}
    for record in records:
        key = tuple(record.get(name) for name in sheet.keys)
        seen[key] += 1
        found[(*key, seen[key])] = record
    return found


def _in_record(sheet: Sheet, before: Record, after: Record) -> Iterator[Change]:
    for field in sheet.shown:
        old, new = before.get(field.name), after.get(field.name)
        if old != new and not field.computed:
            yield Change(sheet.name, after.cell(field.name), field.name, old, new)


def _whole(sheet: Sheet, record: Record, *, came: bool) -> Change:
    """Return that a record came or went, called by its key."""
    named = [str(value) for name in sheet.keys if (value := record.get(name)) is not None]
    said = "、".join(named) or sheet.name
    return Change(sheet.name, record.cell(""), "", None if came else said, said if came else None, whole=True)


def turns(before: States, after: States, told: Sequence[Change]) -> tuple[Turn, ...]:
    """Return the sheets whose state differs between two versions, where no change that was ``told`` shows it."""
    shown = {one.sheet for one in told}
    return tuple(
        Turn(name, before[name], state)
        for name, state in after.items()
        if name in before and before[name] is not state and name not in shown
    )


def cleared_and_new(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], int]:
    """Return the findings that are gone, those that are new, and how many still stand.

    A finding stands as long as its rule speaks of the same sheet and record, whatever the numbers in its words.
    """
    old, new = _by_cause(before), _by_cause(after)
    gone = [one for cause, ones in old.items() for one in ones[len(new.get(cause, ())) :]]
    came = [one for cause, ones in new.items() for one in ones[len(old.get(cause, ())) :]]
    return tuple(gone), tuple(came), len(before) - len(gone)


def _by_cause(findings: Sequence[Finding]) -> dict[tuple[str, ...], list[Finding]]:
    found: dict[tuple[str, ...], list[Finding]] = defaultdict(list)
    for one in findings:
        found[one.code, one.where.sheet, one.subject].append(one)
    return found
