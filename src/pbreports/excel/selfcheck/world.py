"""What formulas can ask: every table of the scheme as a block of the helper sheet, its fields as columns of it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pbreports.excel.selfcheck.places import DataSheet, FactColumns, Names, stored
from pbreports.excel.selfcheck.sheet import Block, HelperSheet
from pbreports.excel.selfcheck.terms import ROW, Column, Inexpressible
from pbreports.scheme.language import Type, Vocabulary, parse
from pbreports.scheme.model import Field, FieldKind, Scheme
from pbreports.scheme.vocabulary import INDICATORS, RECEIPTS

ALONE = ""
"""The name of the block of one row in which what stands on no record is worked out."""


@dataclass(slots=True)
class World:
    """The helper sheet with what it is made from.

    ``names`` are the fixed names with 本单位种类. ``counts`` says how many rows of a bureau sheet or constant table
    stand among the facts, ``compute`` gives the formula of a computed field.
    """

    scheme: Scheme
    vocabulary: Vocabulary
    names: Mapping[str, Any]
    data: Mapping[str, DataSheet]
    counts: Mapping[str, int]
    compute: Callable[[World, str, ast.expr], str]
    helper: HelperSheet = field(default_factory=HelperSheet)
    facts: FactColumns = field(default_factory=lambda: FactColumns(Names()))
    elsewhere: frozenset[str] = frozenset()
    _blocks: dict[str, Block] = field(default_factory=dict)
    _fields: dict[tuple[str, str], Column | Inexpressible] = field(default_factory=dict)
    _marks: dict[str, int] = field(default_factory=dict)

    def block(self, name: str) -> Block:
        """Return the block of a table, made when first asked for.

        Raises:
            Inexpressible: when the table stands in the unit's other workbook.
        """
        if name in self.elsewhere:
            raise Inexpressible("要看另一册里的表")
        if name not in self._blocks:
            self._blocks[name] = self._new(name)
        return self._blocks[name]

    def _new(self, name: str) -> Block:
        if name == ALONE:
            return self._with_records(self.helper.block(name, 1), "1")
        data = self.data.get(name)
        if data is not None and data.count:
            block = self._with_records(self.helper.block(name, data.count), data.record())
            self._marks[name] = block.reserve(len(data.sheet.shown))
            return block
        if self._is_asked_of_school(name):
            return self._with_records(self.helper.block(name, 1), "0")
        count = self.counts.get(name, 0)
        block = self.helper.block(name, count)
        rows = self.facts.range(name, "", block.count)
        return self._with_records(block, f"(INDEX({rows},$A{ROW})=1)*1")

    @staticmethod
    def _with_records(block: Block, formula: str) -> Block:
        block.formulas.append(formula)
        return block

    def _is_asked_of_school(self, name: str) -> bool:
        sheet = self.scheme.sheets.get(name)
        return sheet is not None and sheet.of_school

    def marks(self, name: str) -> int:
        """Return the number of the first column that says what is wrong with a sheet's cells."""
        self.block(name)
        return self._marks[name]

    def is_issued(self, name: str) -> bool:
        """Whether the workbook has a sheet of the name with room for a record."""
        data = self.data.get(name)
        return data is not None and data.count > 0

    def column(self, table: str, name: str) -> Column:
        """Return the column of a field's values.

        Raises:
            Inexpressible: when the field is computed by what Excel cannot say.
        """
        found = self._fields.get((table, name))
        if found is None:
            try:
                found = self._column(table, name)
            except Inexpressible as reason:
                found = reason
            self._fields[table, name] = found
        if isinstance(found, Inexpressible):
            raise found
        return found

    def _column(self, table: str, name: str) -> Column:
        block, kind = self.block(table), self.type_of(table, name)
        sheet = self.scheme.sheets.get(table)
        one = sheet.by_name.get(name) if sheet else None
        if self._is_asked_of_school(table):
            if one is None:
                raise Inexpressible("要看本单位的代码")
            if not self.is_issued(table):
                return block.add('""', kind)
            return block.add(self._answer(table, one), kind)
        cell = f"INDEX({self.facts.range(table, name, block.count)},$A{ROW})"
        return block.add(f'IF($B{ROW}=1,IF({cell}="","",{cell}),"")', kind)

    def _answer(self, table: str, one: Field) -> str:
        if not one.computed:
            return self.data[table].value(one)
        assert one.formula is not None  # the loader has checked
        tree = parse(one.formula.text)
        formula = self.compute(self, table, tree)
        return stored(_rounded(formula, one, tree), one.holds is FieldKind.YES_NO)

    def sound(self, table: str, one: Field) -> str:
        """Return a formula that is '' where a cell does not hold what its field asks: the field's column, if it has one."""
        column = self._fields.get((table, one.name))
        return column.here if isinstance(column, Column) else self.data[table].content(one)

    def type_of(self, table: str, name: str) -> Type:
        """Return the type of a field."""
        return self.vocabulary.tables[table].fields[name]

    def key(self, table: str, names: tuple[str, ...]) -> Column:
        """Return the column of the values of some fields joined, blank when one of them is."""
        columns = [self.column(table, name) for name in names]
        if len(columns) == 1:
            return columns[0]
        blank = ",".join(f'{one.here}=""' for one in columns)
        joined = '&"¦"&'.join(one.here for one in columns)
        return self.block(table).add(f'IF(OR({blank}),"",{joined})', Type.TEXT)

    def is_constant(self, table: str) -> bool:
        """Whether a table is one of the scheme's own."""
        return table in self.scheme.tables

    def must_be_known(self, table: str) -> None:
        """Raise ``Inexpressible`` when a table is not known to a workbook."""
        if table in (INDICATORS, RECEIPTS):
            raise Inexpressible("要看全区的数字")


def _rounded(text: str, one: Field, tree: ast.expr) -> str:
    """Return the formula with a quotient rounded to what the field holds."""
    divides = any(isinstance(node, ast.Div) for node in ast.walk(tree))
    if not divides or one.holds not in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return text
    return f"ROUND({text},{0 if one.holds is FieldKind.INTEGER else one.places})"
