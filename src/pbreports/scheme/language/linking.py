"""The rows of another sheet that belong to the current row, found by an index."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pbreports.scheme.language.facts import Frame
from pbreports.scheme.language.lifting import Run
from pbreports.scheme.language.scene import Scene

_NOTHING: Mapping[str, Run] = MappingProxyType({})


def linked_rows(sheet: str, scene: Scene, equal: Mapping[str, Run] = _NOTHING) -> Run:
    """Return the function that gives the rows of a sheet linked to the current row or unit.

    ``equal`` leaves out, without looking at them, the rows in which a field is not what an expression gives; of a blank
    nothing is equal.
    """
    links = scene.links_to(sheet)
    if not links and not equal:
        return lambda frame: frame.facts.rows(sheet)
    unit_field = scene.vocabulary.unit_field
    fields, asked = (*links, *equal), tuple(equal.values())

    def rows(frame: Frame) -> Any:
        row = frame.row
        wanted = [frame.unit if row.get(name) is None and name == unit_field else row.get(name) for name in links]
        wanted += [run(frame) for run in asked]
        return frame.facts.linked(sheet, fields, tuple(wanted)) if None not in wanted else ()

    return rows
