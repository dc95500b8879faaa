"""Puts together the two workbooks of a form that was issued in two: each main one with its unit's latest of persons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pbreports.errors import WorkbookError
from pbreports.excel.identity import Part
from pbreports.pipeline.arrivals import Arrival, unreadable


def paired(arrivals: Sequence[Arrival]) -> Iterator[Arrival]:
    """Go through the arrivals with those that belong together as one, known by the name of the main workbook.

    The later of two workbooks of persons is the one that was changed last. One whose main workbook has not come stands
    alone, and so does a main one without it.
    """
    latest = {one.glance.unit: one for one in _by_age(arrivals) if one.glance and one.glance.part is Part.PERSONAL}
    mains = {one.glance.unit for one in arrivals if one.glance and one.glance.part is Part.MAIN}
    for one in arrivals:
        if one.glance is None:
            yield one
        elif one.glance.part is Part.MAIN:
            companion = latest.get(one.glance.unit)
            yield _together(one, companion) if companion else one
        elif one.glance.unit not in mains:
            yield one


def _by_age(arrivals: Iterable[Arrival]) -> list[Arrival]:
    return sorted(arrivals, key=lambda one: (_changed(one), one.file))


def _changed(arrival: Arrival) -> int:
    try:
        return arrival.path.stat().st_mtime_ns
    except OSError:
        return 0


def _together(main: Arrival, personal: Arrival) -> Arrival:
    """Return two arrivals as one, with the digest of what they are bound to."""
    both = replace(main, companion=personal, size=main.size + personal.size)
    try:
        digest = hashlib.sha256(both.contents()).hexdigest()
    except WorkbookError as error:
        return replace(main, fault=unreadable(personal.file, error))
    return replace(both, sha256=digest, key=hashlib.sha256(f"{main.key}\0{personal.key}".encode()).hexdigest())
