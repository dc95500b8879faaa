"""What names mean where an expression stands: the sheets, the linking fields, the names in force."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pbreports.scheme.declare import Expression
from pbreports.scheme.language.syntax import ExpressionError
from pbreports.scheme.language.types import Type


@dataclass(frozen=True)
class TableView:
    """What expressions see of a sheet or constant table.

    ``of_school`` tables have one block of rows per reporting unit and carry the unit's code in each row; in a
    ``single`` one the block is one row. ``personal`` fields hold what concerns a single person.
    """

    name: str
    fields: Mapping[str, Type]
    keys: tuple[str, ...] = ()
    of_school: bool = False
    single: bool = False
    personal: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ExpressionColumn:
    """A column of a constant table that holds expressions, evaluated on rows of ``sheet``."""

    sheet: str
    keys: tuple[str, ...]
    expressions: Mapping[tuple[str, ...], Expression]
    result: Type


@dataclass(frozen=True)
class Vocabulary:
    """Everything expressions of a scheme may name."""

    tables: Mapping[str, TableView]
    links: frozenset[str]
    unit_field: str
    fixed: Mapping[str, Type]
    figures: Mapping[str, Type] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], ExpressionColumn] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """Where an expression stands: on a row of ``sheet`` (or none), in one workbook or over the district."""

    vocabulary: Vocabulary
    sheet: str = ""
    district: bool = False
    figures: bool = False
    value: Type | None = None
    inner: frozenset[str] = frozenset()
    evaluating: frozenset[tuple[str, str]] = frozenset()
    linked: bool = True

    def apart(self) -> Scene:
        """Return the scene in which other sheets are asked as wholes, not by their links to the current row."""
        return replace(self, linked=False)

    def inside(self, sheet: str) -> Scene:
        """Return the scene within an aggregate over a sheet."""
        return replace(self, inner=self.inner | {sheet})

    def on(self, sheet: str, evaluating: tuple[str, str]) -> Scene:
        """Return the scene of a table's expression column, standing on a row of the sheet it is about."""
        return replace(self, sheet=sheet, inner=frozenset(), evaluating=self.evaluating | {evaluating})

    def fields(self) -> Mapping[str, Type]:
        """Return the fields of the current row."""
        return self.vocabulary.tables[self.sheet].fields if self.sheet else {}

    def type_of_name(self, name: str) -> Type | None:
        """Return the type of a bare name that is not a field of the row, ``None`` when there is none."""
        if name == "值" and self.value:
            return self.value
        fixed = self.vocabulary.fixed.get(name)
        if fixed is None and self.figures:
            fixed = self.vocabulary.figures.get(name)
        if name in WORKBOOK_NAMES and not self.district:
            return Type.TEXT
        return fixed

    def table(self, name: str) -> TableView:
        """Return the sheet or constant table of a name.

        Raises:
            ExpressionError: when there is none.
        """
        found = self.vocabulary.tables.get(name)
        if found is None:
            raise ExpressionError(f"没有叫“{name}”的表", nearest(name, self.vocabulary.tables), name)
        return found

    def links_to(self, other: str) -> tuple[str, ...]:
        """Return the fields that link the current row, or the current unit, to rows of another sheet."""
        if other == self.sheet or not self.linked:
            return ()
        here = set(self.fields())
        if not self.district:
            here.add(self.vocabulary.unit_field)
        there = self.table(other)
        shared = (self.vocabulary.links | {self.vocabulary.unit_field}) & here & set(there.fields)
        if there.of_school and not self.district:
            shared -= {self.vocabulary.unit_field}
        return tuple(sorted(shared))

    def is_unique(self, other: str) -> bool:
        """Whether the current row is linked to at most one row of another sheet."""
        there = self.table(other)
        needed = set(there.keys)
        if not needed and not there.single:
            return False
        if there.of_school and self.district:
            needed.add(self.vocabulary.unit_field)
        return needed <= set(self.links_to(other))


WORKBOOK_NAMES = ("本单位代码", "本单位种类")
"""Names that only exist while one unit's workbook is looked at."""


def nearest(name: str, known: Mapping[str, object]) -> str:
    """Return the remedy for an unknown name: the nearest known one."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"是不是“{near[0]}”" if near else "请核对名称"
