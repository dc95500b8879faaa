"""The records an expression may ask about, indexed by the fields that link sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pbreports.values import EMPTY_MAPPING, Record, Scalar

_NONE: tuple[Record, ...] = ()


class Facts:
    """The records by sheet; ``background`` answers for the sheets not among them (the bureau's, the lists).

    Indexes are made when first asked for, so that a sheet nobody links to costs nothing.
    """

    def __init__(self, records: Mapping[str, Sequence[Record]], background: Facts | None = None) -> None:
        self._records = records
        self._background = background
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Scalar, ...], list[Record]]] = {}

    def rows(self, sheet: str) -> Sequence[Record]:
        """Return all records of a sheet in order."""
        if sheet in self._records:
            return self._records[sheet]
        return self._background.rows(sheet) if self._background else _NONE

    def linked(self, sheet: str, fields: tuple[str, ...], wanted: tuple[Scalar, ...]) -> Sequence[Record]:
        """Return the records of a sheet whose linking fields have the wanted values."""
        if not fields:
            return self.rows(sheet)
        if sheet not in self._records and self._background:
            return self._background.linked(sheet, fields, wanted)
        index = self._indexes.get((sheet, fields))
        if index is None:
            index = self._indexes[(sheet, fields)] = _index(self.rows(sheet), fields)
        return index.get(wanted, _NONE)


def _index(records: Iterable[Record], fields: tuple[str, ...]) -> dict[tuple[Scalar, ...], list[Record]]:
    index: dict[tuple[Scalar, ...], list[Record]] = defaultdict(list)
    for record in records:
        index[tuple(record.values.get(name) for name in fields)].append(record)
    return dict(index)


@dataclass(slots=True)
class Frame:
    """What an expression is evaluated in: the facts, the fixed names, the current row and unit.

    ``inner`` holds the row being aggregated, by sheet; only the evaluator changes it.
    """

    facts: Facts
    names: Mapping[str, Any]
    row: Mapping[str, Scalar] = field(default_factory=lambda: EMPTY_MAPPING)
    unit: str | None = None
    value: Scalar = None
    inner: dict[str, Mapping[str, Scalar]] = field(default_factory=dict)

    def at(self, row: Mapping[str, Scalar], value: Scalar = None) -> Frame:
        """Return the same frame standing at another row."""
        return Frame(self.facts, self.names, row, self.unit, value)
