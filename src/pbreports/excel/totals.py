"""The computed cells of a received sheet: which of them no longer hold the formula that they were issued with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pbreports.excel.cells import Reader, reader_of, shown
from pbreports.excel.grid import Line
from pbreports.excel.misread import Misread
from pbreports.excel.reader.values import Calculation, Cell, Kind
from pbreports.scheme.model import Field, Sheet
from pbreports.values import Record, Scalar

_LOWEST = Decimal("-1e12")
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A computed cell in which something else stands: of which record, its field, what it reads as and shows."""

    record: Record
    field: Field
    value: Scalar
    shown: str


@dataclass(frozen=True, slots=True)
class _Held:
    record: Record
    cell: Cell
    pattern: str


class Totals:
    """Gathers what stands in the computed fields of a sheet."""

    def __init__(self, rule: Sheet, places: Mapping[str, int]) -> None:
        self._columns = [(one, places[one.name]) for one in rule.shown if one.computed and one.name in places]
        self._held: dict[str, list[_Held]] = {field.name: [] for field, _ in self._columns}

    def take(self, record: Record, line: Line) -> None:
        """Take the computed cells of a record; those that nothing has calculated say nothing.

        A formula is known by what it is without its references, which differ from record to record.
        """
        for field, place in self._columns:
            cell = line.get(place)
            if cell is None or cell.kind is Kind.BLANK or cell.calculation is Calculation.NEVER:
                continue
            pattern = _REFERENCE.sub("", cell.formula) if cell.formula else ""
            self._held[field.name].append(_Held(record, cell, pattern))

    def overwritten(self) -> tuple[Overwritten, ...]:
        """Return the cells that were typed over, and those whose formula is not like the others of its field."""
        return tuple(_overwritten(one, field) for field, _ in self._columns for one in _unlike(self._held[field.name]))


def _unlike(held: list[_Held]) -> list[_Held]:
    patterns = Counter(one.pattern for one in held if one.pattern)
    usual = patterns.most_common(1)[0][0] if patterns else ""
    return [one for one in held if not one.pattern or one.pattern != usual]


def _overwritten(one: _Held, field: Field) -> Overwritten:
    told = shown(one.cell).strip()
    try:
        return Overwritten(one.record, field, _reader(field)(one.cell).value, told)
    except Misread:
        return Overwritten(one.record, field, None, told)


def _reader(field: Field) -> Reader:
    return reader_of(replace(field, kind=field.holds, length=None, minimum=_LOWEST, maximum=None))
