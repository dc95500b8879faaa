"""What reading the workbooks of a scheme needs, compiled once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pbreports.excel.complete import Expectations, Test, expectations_of
from pbreports.excel.presets import Presetter, Row
from pbreports.scheme.computed import ComputedField, computed_fields
from pbreports.scheme.declare import Expression
from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind
from pbreports.scheme.model import Field, Period, Scheme, Sheet
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import vocabulary_of


@dataclass(frozen=True, slots=True)
class Plan:
    """What reading the workbooks of a scheme and period needs, worked out once.

    ``constants`` are the computed fields that are issued as values, being the same for every unit; ``preset`` knows
    the preset records that are not of a unit, and lends what it has compiled to those that are.
    """

    scheme: Scheme
    period: Period
    names: Mapping[str, object]
    expectations: Mapping[str, Expectations]
    computed: tuple[ComputedField, ...]
    constants: Mapping[str, Row]
    preset: Presetter


class _ByIdentity:
    """A scheme and period as a key: the same scheme object is the same key."""

    __slots__ = ("period", "scheme")

    def __init__(self, scheme: Scheme, period: Period) -> None:
        self.scheme, self.period = scheme, period

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and self.scheme is other.scheme and self.period == other.period

    def __hash__(self) -> int:
        return hash((id(self.scheme), self.period.name))


def plan_for(scheme: Scheme, period: Period) -> Plan:
    """Return the plan for reading the workbooks of a scheme and period."""
    return _plan(_ByIdentity(scheme, period))


@lru_cache(maxsize=8)
def _plan(key: _ByIdentity) -> Plan:
    vocabulary = vocabulary_of(key.scheme)
    expectations = {
        sheet.name: expectations_of(sheet, required_of(sheet, vocabulary)) for sheet in key.scheme.sheets.values()
    }
    names = key.scheme.fixed_names(key.period)
    preset = Presetter(vocabulary, Frame(Facts(constant_records(key.scheme)), names), key.scheme.heading.roster.code)
    constants = {sheet.name: preset.constants(sheet) for sheet in key.scheme.school_sheets}
    return Plan(key.scheme, key.period, names, expectations, computed_fields(key.scheme, vocabulary), constants, preset)


def required_of(sheet: Sheet, vocabulary: Vocabulary) -> tuple[tuple[Field, Test | None], ...]:
    """Return the fields of a sheet that must be filled, with the compiled condition of those that have one."""
    scene = Scene(vocabulary, sheet.name, district=not sheet.of_school)
    return tuple((field, _test(field, scene)) for field in sheet.shown if field.required and not field.computed)


def _test(field: Field, scene: Scene) -> Test | None:
    if not isinstance(field.required, Expression):
        return None
    return bind(field.required.text, scene, Type.TRUTH).run
