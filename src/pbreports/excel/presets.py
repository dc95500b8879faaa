"""The records a blank workbook is issued with: the roster's rows of the unit, lists, options, and their product."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pbreports.scheme.language import Facts, Frame, Scene, Type, Vocabulary, bind, names_used, parse
from pbreports.scheme.model import Field, Preset, Scheme, Sheet
from pbreports.scheme.roster import Unit
from pbreports.scheme.tables import constant_records
from pbreports.scheme.vocabulary import vocabulary_of
from pbreports.values import Record, Scalar

Row = Mapping[str, Scalar]


@dataclass(frozen=True, slots=True)
class _Dimension:
    """One preset compiled: its rows, or the source whose rows give them, which of these, and what they fill in."""

    rows: Sequence[Row]
    source: str = ""
    chosen: Callable[[Frame], object] | None = None
    fill: Mapping[str, Callable[[Frame], Scalar]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Presetter:
    """What is needed to work out the preset records of one unit's sheets.

    ``compiled`` keeps what has been compiled, for all units of the scheme.
    """

    vocabulary: Vocabulary
    frame: Frame
    unit_field: str
    compiled: dict[str, tuple[_Dimension, ...]] = field(default_factory=dict)

    def rows(self, sheet: Sheet) -> tuple[Row, ...]:
        """Return the preset records of a sheet in order; none when it is issued empty."""
        if not sheet.presets:
            return ()
        if sheet.name not in self.compiled:
            self.compiled[sheet.name] = tuple(self._compiled(preset, sheet) for preset in sheet.presets)
        dimensions = [self._rows_of(one) for one in self.compiled[sheet.name]]
        return tuple(_merged(parts) for parts in itertools.product(*dimensions))

    def rostered(self, sheet: Sheet) -> frozenset[str]:
        """Return the fields of a sheet that are filled from the bureau's rows of the unit."""
        return frozenset(name for one in sheet.presets if self._is_of_units(one) for name in one.fill or {})

    def _is_of_units(self, preset: Preset) -> bool:
        return bool(preset.source) and self.unit_field in self.vocabulary.tables[preset.source].fields

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

    def _compiled(self, preset: Preset, sheet: Sheet) -> _Dimension:
        if preset.option:
            return _Dimension([{preset.option: word} for word in sheet.by_name[preset.option].options])
        scene = Scene(self.vocabulary, preset.source)
        chosen = bind(preset.condition.text, scene, Type.TRUTH).run if preset.condition else None
        fill = {name: bind(text.text, scene).run for name, text in (preset.fill or {}).items()}
        return _Dimension((), preset.source, chosen, fill)

    def _rows_of(self, one: _Dimension) -> Sequence[Row]:
        if not one.source:
            return one.rows
        frames = [self.frame.at(record.values) for record in self._source(one.source)]
        return [
            {name: run(frame) for name, run in one.fill.items()}
            for frame in frames
            if one.chosen is None or one.chosen(frame) is True
        ]

    def _source(self, name: str) -> Sequence[Record]:
        """Return the unit's rows of a bureau sheet that names units, else all its rows."""
        facts, unit = self.frame.facts, self.frame.unit
        if self.unit_field in self.vocabulary.tables[name].fields:
            return facts.linked(name, (self.unit_field,), (unit,))
        return facts.rows(name)


def presetter(
    scheme: Scheme, unit: Unit, facts: Facts, names: Mapping[str, object], like: Presetter | None = None
) -> Presetter:
    """Return what works out the preset records of a unit; ``facts`` hold the bureau's workbooks.

    What another of the same scheme, ``like``, has compiled is not compiled again.
    """
    whole = Facts(constant_records(scheme), facts)
    frame = Frame(whole, {**names, "本单位代码": unit.code, "本单位种类": unit.kind}, unit=unit.code)
    if like is not None:
        return replace(like, frame=frame)
    return Presetter(vocabulary_of(scheme), frame, scheme.heading.roster.code)


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
