"""What a school is about to send, as it can still be changed: records, declarations, and what the bureau has on file.

A change is a value that is applied to a draft. A change whose record is not there does nothing, so that any part of a
list of changes is a list of changes again: that is how a disagreement is reduced to its smallest filling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from pbreports.excel.fill import Filling
from pbreports.values import Scalar

Row = Mapping[str, Scalar]


@dataclass
class Entry:
    """One record of a draft; its number stays its own when it is left out."""

    values: dict[str, Scalar]
    there: bool = True


@dataclass
class Draft:
    """A workbook before it is typed: its records by sheet, the sheets whose declaration is turned round.

    ``bureau`` holds the bureau's sheets that differ from the sample's, ``names`` the parameters, switches and days
    that differ from the scheme's. ``slim`` workbooks are issued with few empty lines.
    """

    sheets: dict[str, list[Entry]]
    sample: Mapping[str, Iterable[Row]]
    slim: bool
    bureau: dict[str, list[dict[str, Scalar]]] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)
    turned: set[str] = field(default_factory=set)

    def entry(self, sheet: str, number: int) -> Entry | None:
        """Return a record that is still there."""
        entries = self.sheets.get(sheet, [])
        return entries[number] if number < len(entries) and entries[number].there else None

    def filled(self, may_be_none: Iterable[str]) -> Filling:
        """Return what is written into the workbook; sheets that may be are declared to hold none when they do not."""
        records = {name: [one.values for one in entries if one.there] for name, entries in self.sheets.items()}
        none = {name for name in may_be_none if not records.get(name)}
        return Filling(records, frozenset(none ^ (self.turned & set(may_be_none))))

    def rows_of_bureau(self, sheet: str) -> list[dict[str, Scalar]]:
        """Return the bureau's rows of a sheet, to be changed."""
        return self.bureau.setdefault(sheet, [dict(row) for row in self.sample.get(sheet, ())])


def draft_of(records: Mapping[str, Iterable[Row]], sample: Mapping[str, Iterable[Row]], *, slim: bool) -> Draft:
    """Return the draft of a unit's right answers."""
    return Draft({name: [Entry(dict(row)) for row in rows] for name, rows in records.items()}, sample, slim)


class Change(Protocol):
    """Something that makes a draft another one."""

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""


@dataclass(frozen=True)
class Put:
    """Types a value into a field of a record; ``None`` clears it."""

    sheet: str
    number: int
    field: str
    value: Scalar

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        if entry := draft.entry(self.sheet, self.number):
            entry.values[self.field] = self.value


@dataclass(frozen=True)
class Clear:
    """Clears all fields of a record but its key and those given, which are typed."""

    sheet: str
    number: int
    kept: tuple[str, ...]
    values: Row

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        if entry := draft.entry(self.sheet, self.number):
            left = {name: value for name, value in entry.values.items() if name in self.kept}
            entry.values = {**dict.fromkeys(entry.values), **left, **self.values}


@dataclass(frozen=True)
class Drop:
    """Leaves records of a sheet out; what was printed of them beforehand stays."""

    sheet: str
    numbers: tuple[int, ...]

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        for number in self.numbers:
            if entry := draft.entry(self.sheet, number):
                entry.there = False


@dataclass(frozen=True)
class Retake:
    """Takes a record that was left out back in."""

    sheet: str
    number: int

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        entries = draft.sheets.get(self.sheet, [])
        if self.number < len(entries):
            entries[self.number].there = True


@dataclass(frozen=True)
class Add:
    """Adds a record behind the others."""

    sheet: str
    values: Row

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        draft.sheets.setdefault(self.sheet, []).append(Entry(dict(self.values)))


@dataclass(frozen=True)
class TurnDeclaration:
    """Declares a sheet to have no data that has some, or the other way round."""

    sheet: str

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        draft.turned.add(self.sheet)


@dataclass(frozen=True)
class OnFile:
    """Sets values in the bureau's row that agrees with ``where``; there is one more row when none does."""

    sheet: str
    where: Row
    values: Row

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        rows = draft.rows_of_bureau(self.sheet)
        found = next((row for row in rows if _agrees(row, self.where)), None)
        if found is None or not self.where:
            rows.insert(0, {**self.where, **self.values})
        else:
            found.update(self.values)


@dataclass(frozen=True)
class NotOnFile:
    """Takes the bureau's rows away that agree with ``where``; all of them when it is empty."""

    sheet: str
    where: Row

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        rows = draft.rows_of_bureau(self.sheet)
        rows[:] = [row for row in rows if not _agrees(row, self.where)]


@dataclass(frozen=True)
class InForce:
    """Gives a parameter, a switch or a day of the period another value."""

    name: str
    value: Any

    def apply(self, draft: Draft) -> None:
        """Carry the change out."""
        draft.names[self.name] = self.value


def _agrees(row: Row, where: Row) -> bool:
    return all(row.get(name) == value for name, value in where.items())
