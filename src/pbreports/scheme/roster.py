"""The reporting units of a year, from the bureau's roster."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pbreports.scheme.model import Scheme, Sheet
from pbreports.values import Record


@dataclass(frozen=True, slots=True)
class Unit:
    """One reporting unit: its code and names, its kind, its group (township) and whether it reports."""

    code: str
    full_name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    group: str
    reports: bool


@dataclass(frozen=True, slots=True)
class Units:
    """The units of the roster in its order."""

    all: tuple[Unit, ...]

    def get(self, code: str) -> Unit | None:
        """Return the unit of a code, ``None`` when it is not on the roster."""
        return next((unit for unit in self.all if unit.code == code), None)

    def reporting(self) -> tuple[Unit, ...]:
        """Return the units that report, in roster order."""
        return tuple(unit for unit in self.all if unit.reports)

    def expected(self, sheet: Sheet) -> tuple[Unit, ...]:
        """Return the units that are expected to fill a sheet."""
        return tuple(unit for unit in self.reporting() if not sheet.kinds or unit.kind in sheet.kinds)


def units_of(scheme: Scheme, roster: Sequence[Record]) -> Units:
    """Return the units on the roster's records; those without a code are left out."""
    return Units(tuple(_units(scheme, roster)))


def _units(scheme: Scheme, roster: Iterable[Record]) -> Iterable[Unit]:
    heading = scheme.heading.roster
    for record in roster:
        code = _text(record, heading.code)
        full_name = _text(record, heading.full_name)
        if not code:
            continue
        yield Unit(
            code=code,
            full_name=full_name,
            short_name=_text(record, heading.short_name) or full_name,
            aliases=tuple(part for part in re.split(r"[;；、]", _text(record, heading.aliases)) if part),
            kind=_text(record, heading.kind),
            group=_text(record, heading.group),
            reports=record.get(heading.reports) is not False,
        )


def _text(record: Record, name: str) -> str:
    value = record.get(name) if name else None
    return "" if value is None else str(value).strip()
