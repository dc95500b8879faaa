"""The cases of the rules as changes of a unit's right answers: their codes become the unit's own.

A case says how a rule breaks, or just does not, in a handful of cells, which can be laid over a unit's answers in
three manners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from random import Random

from pbreports.scheme.model import Field, FieldKind, Layout, Scheme, Sheet
from pbreports.scheme.roster import Unit
from pbreports.values import Scalar, YearMonth
from rules.casebook import Case, converted
from selfcheck.drafts import Add, Change, Clear, Draft, Drop, Entry, NotOnFile, OnFile, Put, Retake, Row

BRANCH, UNIT, BRANCHES = "党组织代码", "学校代码", "党组织"
_BRANCH_FIELDS = (BRANCH, "上级党组织代码", "主办党组织代码")
_UNIT_FIELDS = (UNIT, "牵头单位代码")
_BLANKS = ("", "~", "null")


class Manner(Enum):
    """How a case is laid over a unit's answers: among them, instead of the sheet's others, or with all else blank."""

    AMONG = "among"
    ALONE = "alone"
    BARE = "bare"


@dataclass(frozen=True)
class Adapter:
    """Turns the cases into changes of one unit's draft; ``others`` are codes of other units."""

    scheme: Scheme
    unit: Unit
    others: Sequence[str]
    draft: Draft

    def changes(self, case: Case, dice: Random, manner: Manner) -> tuple[Change, ...]:
        """Return the changes that make the draft what the case describes."""
        codes = self._codes(case, dice)
        on_file = [one for name, rows in case.bureau.items() for one in self._on_file(name, rows, codes)]
        typed = [one for name, rows in case.sheets.items() for one in self._typed(name, rows, codes, manner)]
        return (*on_file, *typed)

    def _codes(self, case: Case, dice: Random) -> Mapping[str, str]:
        """Return what the case's codes are in this workbook: its own branches become branches of the unit."""
        there = [str(row.values[BRANCH]) for row in self.draft.sheets.get("党组织情况", ()) if row.values.get(BRANCH)]
        branches = dice.sample(there, len(there))
        own = dict(zip(dict.fromkeys(_own_branches(case)), branches, strict=False))
        strangers = dict.fromkeys(
            row[name] for rows in case.bureau.values() for row in rows for name in _UNIT_FIELDS if name in row
        )
        strange = [code for code in strangers if code != case.unit]
        return {**dict(zip(strange, self.others, strict=False)), **own, case.unit: self.unit.code}

    def _on_file(self, name: str, rows: Iterable[Mapping[str, str]], codes: Mapping[str, str]) -> Iterator[Change]:
        sheet = self.scheme.sheets[name]
        found = [_values(sheet, row, codes) for row in rows]
        if sheet.keys in ((UNIT,), (BRANCH,)):
            for row in found:
                yield OnFile(name, {sheet.keys[0]: row.get(sheet.keys[0])}, row)
            return
        yield NotOnFile(name, {UNIT: self.unit.code} if UNIT in sheet.by_name else {})
        yield from (OnFile(name, {}, row) for row in reversed(found))

    def _typed(
        self, name: str, rows: Iterable[Mapping[str, str]], codes: Mapping[str, str], manner: Manner
    ) -> Iterator[Change]:
        sheet, entries = self.scheme.sheets[name], self.draft.sheets[name]
        taken: list[int] = []
        for row in rows:
            values = _values(sheet, row, codes)
            number = _fitting(sheet, entries, values, taken)
            if number is None:
                yield Add(name, _completed(sheet, values, entries, bare=manner is Manner.BARE))
                continue
            taken.append(number)
            yield Retake(name, number)
            if manner is Manner.BARE:
                yield Clear(name, number, _kept(sheet), values)
            else:
                yield from (Put(name, number, field, value) for field, value in values.items())
        if manner is not Manner.AMONG:
            yield Drop(name, tuple(number for number in range(len(entries)) if number not in taken))


def _own_branches(case: Case) -> Iterator[str]:
    """Yield the codes of the branches that are the case's own unit's, as far as the case tells."""
    if BRANCHES in case.bureau:
        yield from (row[BRANCH] for row in case.bureau[BRANCHES] if row.get(UNIT, case.unit) == case.unit)
        return
    listed = [row[BRANCH] for row in case.sheets.get("党组织情况", ()) if BRANCH in row]
    yield from listed or (row[BRANCH] for rows in case.sheets.values() for row in rows if row.get(BRANCH))


def _values(sheet: Sheet, row: Mapping[str, str], codes: Mapping[str, str]) -> dict[str, Scalar]:
    return {
        name: None
        if text in _BLANKS
        else codes.get(text, text)
        if name in _BRANCH_FIELDS + _UNIT_FIELDS
        else converted(sheet.by_name[name], text)
        for name, text in row.items()
    }


def _fitting(sheet: Sheet, entries: Sequence[Entry], values: Row, taken: Sequence[int]) -> int | None:
    """Return the first record that the values could stand in: the same in the key, as far as they give it."""
    keys = [name for name in sheet.keys if name in values]
    if sheet.layout is not Layout.FORM and not keys:
        return None
    for number, entry in enumerate(entries):
        if number not in taken and all(entry.values.get(name) == values[name] for name in keys):
            return number
    return None


def _kept(sheet: Sheet) -> tuple[str, ...]:
    """Return the fields that stay when a record is laid bare: what it was issued with."""
    given = [name for preset in sheet.presets for name in (preset.fill or {preset.option: None})]
    return (*sheet.keys, *given)


def _completed(sheet: Sheet, values: Row, entries: Sequence[Entry], *, bare: bool) -> Row:
    """Return a new record: like another one of the sheet, or with no more than its key."""
    if not bare and entries:
        return {**entries[0].values, **values}
    return {**{name: _something(sheet.by_name[name]) for name in sheet.keys}, **values}


def _something(field: Field) -> Scalar:
    """Return a value for a field of a key that a case leaves open: a line without a key may be taken for a note."""
    samples: dict[FieldKind, Scalar] = {
        FieldKind.INTEGER: Decimal(1),
        FieldKind.DECIMAL: Decimal(1),
        FieldKind.DATE: date(2020, 5, 20),
        FieldKind.MONTH: YearMonth(1980, 5),
        FieldKind.YES_NO: True,
    }
    return field.options[0] if field.options else samples.get(field.kind, "某")
