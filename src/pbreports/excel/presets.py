"""The records a blank workbook is issued with: the roster's rows of the unit, lists, options, and their product."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, names_used, parse
from pbreports.scheme.model import Field, Preset, Scheme, Sheet
from pbreports.scheme.roster import Unit
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Record, Scalar

Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class Presetter:
    """What is needed to work out the preset records of one unit's sheets."""

    vocabulary: Vocabulary
    frame: Frame
    unit_field: str

    def rows(self, sheet: Sheet) -> tuple[Row, ...]:
        """Return the preset records of a sheet in order; none when it is issued empty."""
        if not sheet.presets:
            return ()
        dimensions = [self._dimension(preset, sheet) for preset in sheet.presets]
        return tuple(_merged(parts) for parts in itertools.product(*dimensions))

    def constants(self, sheet: Sheet) -> Row:
        """Return the computed fields whose formula rests on nothing but the names in force (年度, parameters)."""
        names = {field.name: field.formula.text for field in sheet.shown if field.computed and field.formula}
        fixed = {name: text for name, text in names.items() if self._is_fixed(text, sheet)}
        scene = Scene(self.vocabulary, sheet.name)
        return {name: bind(text, scene).run(self.frame) for name, text in fixed.items()}

    def _is_fixed(self, text: str, sheet: Sheet) -> bool:
        tree = parse(text)
        asks = any(isinstance(node, ast.Attribute) for node in ast.walk(tree))
        used = names_used(tree)
        return not asks and used <= set(self.frame.names) and not used & set(sheet.by_name)

    def _dimension(self, preset: Preset, sheet: Sheet) -> list[Row]:
        if preset.option:
            return [{preset.option: word} for word in sheet.by_name[preset.option].options]
        scene = Scene(self.vocabulary, preset.source)
        chosen = bind(preset.condition.text, scene, Type.TRUTH).run if preset.condition else None
        fill = {name: bind(text.text, scene).run for name, text in (preset.fill or {}).items()}
        frames = [self.frame.at(record.values) for record in self._source(preset.source)]
        return [
            {name: run(frame) for name, run in fill.items()}
            for frame in frames
            if chosen is None or chosen(frame) is True
        ]

    def _source(self, name: str) -> Sequence[Record]:
        """Return the unit's rows of a bureau sheet that names units, else all its rows."""
        facts, unit = self.frame.facts, self.frame.unit
        if self.unit_field in self.vocabulary.tables[name].fields:
            return facts.linked(name, (self.unit_field,), (unit,))
        return facts.rows(name)


def presetter(scheme: Scheme, unit: Unit, facts: Facts, names: Mapping[str, object]) -> Presetter:
    """Return what works out the preset records of a unit; ``facts`` hold the bureau's workbooks."""
    whole = Facts(constant_records(scheme), facts)
    there = {**names, "本单位代码": unit.code, "本单位种类": unit.kind}
    return Presetter(vocabulary_of(scheme), Frame(whole, there, unit=unit.code), scheme.heading.roster.code)


def preset_fields(sheet: Sheet) -> frozenset[str]:
    """Return the fields that are filled before a sheet is issued."""
    filled = {name for preset in sheet.presets for name in preset.fill or {}}
    return frozenset(filled | {preset.option for preset in sheet.presets if preset.option})


def answers(sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields that are left to the school; when there are none, all that stand in the workbook.

    Only they make a record count as filled: what was printed beforehand tells nothing.
    """
    given = preset_fields(sheet)
    open_fields = [one for one in sheet.shown if not one.computed and not one.locked and one.name not in given]
    return tuple(open_fields) or sheet.shown


def _merged(parts: Sequence[Row]) -> Row:
    merged: dict[str, Scalar] = {}
    for part in parts:
        merged.update(part)
    return merged
