"""Computed cells that were typed over, held against what the program computes: the school's own total never counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.plan import Plan
from pbreports.excel.records import ReadSheet
from pbreports.excel.text import shortened
from pbreports.excel.totals import Overwritten
from pbreports.scheme.computed import compute
from pbreports.scheme.language import Frame
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.subjects import subject_of
from pbreports.values import Record, Scalar

_LONGEST_SHOWN = 30


def note_overwritten(
    read: Iterable[ReadSheet],
    records: Mapping[str, Sequence[Record]],
    plan: Plan,
    frame: Frame,
    notes: Gatherer,
    *,
    formulas_seen: bool = True,
) -> None:
    """Note the computed cells that were typed over: once for a field, and what differs from ours once for a sheet.

    Where formulas are not seen (.xls, .ods ...) only what differs is noted: the rest may well be the form's own results.
    """
    typed = [(sheet, one) for sheet in read for one in sheet.overwritten if not _is_as_issued(one, plan)]
    if not typed:
        return
    ours = dict(_computed(records, compute(plan.computed, records, frame.names, frame.facts, frame.unit)))
    for sheet, one in typed:
        values = ours.get(id(one.record))
        mine = values.get(one.field.name) if values is not None else None
        if values is not None and (formulas_seen or mine not in (None, one.value)):
            _note(sheet, one, mine, notes)


def _is_as_issued(one: Overwritten, plan: Plan) -> bool:
    """Return whether a computed cell holds the constant that it was issued with."""
    fixed = plan.constants[one.record.sheet]
    return one.field.name in fixed and one.value == fixed[one.field.name]


def _computed(
    records: Mapping[str, Sequence[Record]], filled: Mapping[str, Sequence[Record]]
) -> Iterator[tuple[int, Mapping[str, Scalar]]]:
    for name, before in records.items():
        for record, after in zip(before, filled[name], strict=True):
            yield id(record), after.values


def _note(sheet: ReadSheet, one: Overwritten, ours: Scalar, notes: Gatherer) -> None:
    name, where = one.field.name, one.record.cells.get(one.field.name, "")
    if ours is None or one.value == ours:
        notes.add(causes.OVERWRITTEN, sheet.title, where, name, 列=name)
        return
    words: dict[str, Any] = {"列": name, "填": shortened(one.shown, _LONGEST_SHOWN), "算": as_text(ours)}
    notes.add(causes.OVERRULED, sheet.title, where, subject=subject_of(sheet.rule, one.record), **words)
