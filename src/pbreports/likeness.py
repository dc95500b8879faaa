"""Workbooks that hold another unit's data: records so telling that two schools do not write them alike by chance.

A record tells by what people type freely: long texts most, then dates and larger numbers. Its digest leaves out
which unit and branch it is of, so that a pasted record is the same under any code.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from pbreports.scheme.model import Field, FieldKind, Scheme, Sheet
from pbreports.values import Record, Scalar, Submission

_ENOUGH = 6
"""The weight from which on a record is telling."""

_COMMON = 5
"""What more units than these hold is a form of words handed round, not a copy."""

_FEWEST, _SHARE = 3, Decimal("0.4")
"""So many telling records, and such a share of the smaller workbook's, make two workbooks alike."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two units whose workbooks are alike: how many telling records they share, of how many each has."""

    units: tuple[str, str]
    shared: int
    of: tuple[int, int]


def telling(submission: Submission, scheme: Scheme) -> tuple[str, ...]:
    """Return the digests of the telling records of a submission, sorted, each once."""
    found = {
        digest
        for name, data in submission.sheets.items()
        for record in data.records
        if (digest := _digest(record, scheme.sheets[name], scheme))
    }
    return tuple(sorted(found))


def _digest(record: Record, sheet: Sheet, scheme: Scheme) -> str:
    """Return a record's digest, empty when it tells nothing."""
    given = {name for preset in sheet.presets for name in preset.fill or {}}
    skipped = {*scheme.heading.links, scheme.heading.roster.code, *given}
    fields = [one for one in sheet.shown if not one.computed and not one.locked and one.name not in skipped]
    if sum(_weight(one, record.get(one.name)) for one in fields) < _ENOUGH:
        return ""
    said = "\0".join(f"{one.name}={record.get(one.name)}" for one in fields if record.get(one.name) is not None)
    return hashlib.sha256(f"{sheet.name}\0{said}".encode()).hexdigest()[:32]


def _weight(field: Field, value: Scalar) -> int:
    """Return how much a value tells: nothing where it was chosen from a list or is a small number."""
    if isinstance(value, str):
        if field.kind is FieldKind.CHOICE or len(value) < 4:
            return 0
        return 4 if len(value) >= 20 else 2
    if isinstance(value, Decimal):
        return int(abs(value) >= 10)
    return int(isinstance(value, date))


def alike(found: Mapping[str, frozenset[str]]) -> tuple[Likeness, ...]:
    """Return the pairs of units whose workbooks are alike, given the telling digests of each unit."""
    holders: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(found):
        for digest in found[unit]:
            holders[digest].append(unit)
    shared = Counter(pair for units in holders.values() for pair in _pairs(units))
    return tuple(
        Likeness((one, other), count, (len(found[one]), len(found[other])))
        for (one, other), count in sorted(shared.items())
        if count >= _FEWEST and count >= _SHARE * min(len(found[one]), len(found[other]))
    )


def _pairs(units: list[str]) -> Iterator[tuple[str, str]]:
    if 1 < len(units) <= _COMMON:
        yield from combinations(units, 2)
