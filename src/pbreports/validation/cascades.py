"""What follows from a mistyped code: a record whose linking field is known nowhere takes others' counterparts away.

A code mistyped on one sheet makes every rule between that sheet and the others fail. The first finding about the
strange code stands for them; the others are counted behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pbreports.findings import merged
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Scheme
from pbreports.values import Finding, Record, Scalar, Submission

if TYPE_CHECKING:
    from pbreports.validation.rulebook import Check


@dataclass(frozen=True, slots=True)
class Register:
    """A linking field, the bureau's sheets that list its values, and the schools' sheets that use it."""

    link: str
    unit_field: str
    lists: tuple[str, ...]
    sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A finding with the check that it comes from and the record that it was asked of."""

    finding: Finding
    check: Check
    record: Record | None


def registers_of(scheme: Scheme) -> tuple[Register, ...]:
    """Return the linking fields of a scheme whose values the bureau lists for each unit."""
    unit = scheme.heading.roster.code
    found = []
    for link in scheme.heading.links:
        lists = tuple(
            one.name
            for one in scheme.sheets.values()
            if not one.of_school and one.keys == (link,) and link != unit and unit in one.by_name
        )
        if lists:
            sheets = tuple(one.name for one in scheme.school_sheets if link in one.by_name)
            found.append(Register(link, unit, lists, sheets))
    return tuple(found)


def folded(
    broken: Sequence[Broken], submission: Submission, background: Facts, registers: Sequence[Register]
) -> tuple[Finding, ...]:
    """Return the findings without those that follow from a strange code, each counted behind the finding about it."""
    behind: dict[int, int] = {}
    for register in registers if broken else ():
        links = _Links(register, submission, background)
        if links.strange:
            for place, cause in links.consequences(broken).items():
                behind.setdefault(place, cause)
    unsaid: defaultdict[int, list[Finding]] = defaultdict(list)
    for place, cause in behind.items():
        unsaid[cause].append(broken[place].finding)
    return tuple(
        replace(one.finding, hidden=len(merged(unsaid[place]))) if place in unsaid else one.finding
        for place, one in enumerate(broken)
        if place not in behind
    )


class _Links:
    """The values of one linking field by sheet, and those that stand on one sheet alone and in no list."""

    def __init__(self, register: Register, submission: Submission, background: Facts) -> None:
        self._link = register.link
        self._values = {
            name: {record.values.get(self._link) for record in submission.records(name)} - {None}
            for name in register.sheets
            if submission.records(name)
        }
        listed = {record.values.get(self._link) for name in register.lists for record in background.rows(name)}
        self._lists: Mapping[str, set[Scalar]] = dict.fromkeys(register.lists, listed)
        self.strange = {
            (name, value) for name, values in self._values.items() for value in values - listed if self._is_alone(value)
        }
        self._misspelt = {name for name, _ in self.strange}

    def _is_alone(self, value: Scalar) -> bool:
        return sum(value in values for values in self._values.values()) == 1

    def consequences(self, broken: Sequence[Broken]) -> dict[int, int]:
        """Return the place of the cause for each finding that only follows from a strange code."""
        causes: dict[tuple[str, Scalar], int] = {}
        on_sheet: dict[str, int] = {}
        for place, one in enumerate(broken):
            spot = self._spot(one.record)
            if spot in self.strange:
                causes.setdefault(spot, place)
                on_sheet.setdefault(spot[0], place)
        found = {}
        for place, one in enumerate(broken):
            cause = self._cause(one, causes, on_sheet)
            if cause is not None and one.check is not broken[cause].check:
                found[place] = cause
        return {place: cause for place, cause in found.items() if cause not in found}

    def _cause(self, one: Broken, causes: Mapping[tuple[str, Scalar], int], on_sheet: Mapping[str, int]) -> int | None:
        sheet, value = self._spot(one.record)
        if one.record is None:
            return next((on_sheet[name] for name in sorted(on_sheet) if self._lists_codes(one, name)), None)
        if value is None:
            return None
        others = (one.check.reads.names & (self._values.keys() | self._lists.keys())) - {sheet}
        without = [name for name in others if value not in self._values.get(name, self._lists.get(name, ()))]
        if (sheet, value) in self.strange:
            return causes.get((sheet, value)) if without else None
        return next((on_sheet[name] for name in sorted(without) if name in on_sheet), None)

    def _lists_codes(self, one: Broken, sheet: str) -> bool:
        """Whether a check that stands on no record goes through the codes of a sheet."""
        return f"{sheet}.{self._link}" in one.check.reads.names

    def _spot(self, record: Record | None) -> tuple[str, Scalar]:
        return (record.sheet, record.values.get(self._link)) if record else ("", None)
