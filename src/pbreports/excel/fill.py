"""What a unit has filled in, and where it stands on the issued sheets: preset records in place, its own behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pbreports.excel.presets import Presetter, preset_fields, presetter
from pbreports.excel.text import TRUTHS
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Field, Layout, Period, Scheme, Sheet
from pbreports.scheme.roster import Unit
from pbreports.values import Scalar

Row = Mapping[str, Scalar]
_NOTHING: Row = {}


@dataclass(frozen=True, slots=True)
class Filling:
    """What a unit has filled in: its records by sheet name, and the sheets it declares to have no data.

    A value that its field cannot hold stands as the text that was typed.
    """

    records: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    declared_none: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One record as drawn: what was printed beforehand, and what the unit has filled in."""

    given: Row = field(default_factory=dict)
    filled: Row = field(default_factory=dict)

    def is_printed(self, one: Field) -> bool:
        """Return whether a field's cell is locked because its value was printed beforehand."""
        return one.locked and self.given.get(one.name) is not None

    def value(self, one: Field) -> Scalar:
        """Return what stands in a field's cell: what is printed and locked, else what the unit put there."""
        given = self.given.get(one.name)
        return given if one.computed or self.is_printed(one) else self.filled.get(one.name, given)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One sheet ready to be drawn: the records printed beforehand, its lines, how many records it has room for."""

    sheet: Sheet
    presets: tuple[Row, ...]
    lines: tuple[Line, ...]
    count: int
    declared_none: bool


def prepare(scheme: Scheme, unit: Unit, period: Period, facts: Facts, filled: Filling) -> tuple[Prepared, ...]:
    """Return the sheets of a unit's kind in a period, with what is printed on them and what the unit has filled in."""
    preset = presetter(scheme, unit, facts, scheme.fixed_names(period))
    return tuple(_prepared(sheet, preset, filled) for sheet in scheme.sheets_for(unit.kind, period.name))


def _prepared(sheet: Sheet, preset: Presetter, filled: Filling) -> Prepared:
    constants = preset.constants(sheet)
    presets: tuple[Row, ...] = tuple({**row, **constants} for row in preset.rows(sheet))
    if sheet.layout is Layout.FORM:
        presets = (presets or (constants,))[:1]
    lines = lines_of(sheet, presets, filled.records.get(sheet.name, ()))
    return Prepared(sheet, presets, lines, _room(sheet, len(presets), len(lines)), sheet.name in filled.declared_none)


def _room(sheet: Sheet, preset: int, used: int) -> int:
    """Return how many records a sheet has room for: when the spare ones are used up, as many again are added."""
    spare = 0 if sheet.layout is Layout.FORM else sheet.spare_records
    return preset + spare if used <= preset + spare else used + spare


def seats(sheet: Sheet, presets: Sequence[Row], records: Sequence[Row]) -> tuple[int, ...]:
    """Return the index at which each record stands: where its key is preset, else behind all that are preset.

    On a sheet without a key the preset fields tell the records apart. The second record of a key stands behind too,
    so that nothing is lost. A form holds one record.
    """
    if sheet.layout is Layout.FORM:
        return tuple(range(len(records[:1])))
    names = sheet.keys or tuple(preset_fields(sheet))
    printed = {key: index for index, row in enumerate(presets) if (key := _key(names, row))}
    found, behind = [], len(presets)
    for row in records:
        index = printed.pop(_key(names, row), None)
        if index is None:
            index, behind = behind, behind + 1
        found.append(index)
    return tuple(found)


def lines_of(sheet: Sheet, presets: Sequence[Row], records: Sequence[Row]) -> tuple[Line, ...]:
    """Return the lines of a sheet: those issued with presets, then the unit's own."""
    placed = dict(zip(seats(sheet, presets, records), records, strict=False))
    count = max([len(presets), *(index + 1 for index in placed)])
    printed = dict(enumerate(presets))
    return tuple(Line(printed.get(index, _NOTHING), placed.get(index, _NOTHING)) for index in range(count))


def _key(names: Sequence[str], row: Row) -> tuple[str, ...]:
    texts = tuple(cell_text(row.get(name)) for name in names)
    return texts if all(texts) else ()


def cell_text(value: object) -> str:
    """Return a value as text in which equal keys are equal, whether they stand in a cell or in a record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUTHS[value]
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)
