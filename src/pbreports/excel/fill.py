"""Fills an issued blank as a school would: preset records where they stand, its own in the empty space."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.contents import NONE
from pbreports.excel.layout import CONTENTS, geometry_of
from pbreports.excel.saving import saved_again
from pbreports.excel.text import TRUTHS, cell_at, write_scalar, write_text
from pbreports.scheme.model import Layout, Scheme, Sheet
from pbreports.values import Scalar

Row = Mapping[str, Scalar]


def fill_blank(
    blank: bytes, scheme: Scheme, values: Mapping[str, Sequence[Row]], declared_none: Iterable[str] = ()
) -> bytes:
    """Return the issued blank with values filled in by sheet name; the sheets ``declared_none`` declared so.

    A record is put where its key is preset, else into the next empty line. Locked cells keep what is printed in
    them, and computed fields are left to the program.

    Raises:
        KeyError: when the blank has no such sheet.
        ValueError: when a sheet has no room for a record, or a text is too long for a cell.
    """
    workbook = load_workbook(io.BytesIO(blank))
    for name, rows in values.items():
        rule = scheme.sheets[name]
        filler = _Filler(workbook[rule.title], rule)
        for row in rows:
            filler.put(row)
    _declare(workbook[CONTENTS], {scheme.sheets[name].title for name in declared_none})
    return saved_again(workbook)


def _declare(page: Worksheet, titles: set[str]) -> None:
    for row in range(1, page.max_row + 1):
        if cell_text(page.cell(row, 2).value) in titles:
            write_text(cell_at(page, row, 5), NONE)


class _Filler:
    """Finds the line of each record on one sheet and writes it there."""

    def __init__(self, page: Worksheet, rule: Sheet) -> None:
        self._page, self._rule = page, rule
        self._geometry = geometry_of(rule.layout)
        self._places = {field.name: place for place, field in enumerate(rule.shown, start=self._geometry.first)}
        first, last = self._geometry.record(0), page.max_column if self._geometry.across else page.max_row
        self._preset = {key: line for line in range(first, last + 1) if (key := self._key_on(line))}
        taken = set(self._preset.values())
        free = [first] if rule.layout is Layout.FORM else range(first, last + 1)
        self._free = iter([line for line in free if line not in taken])

    def put(self, row: Row) -> None:
        """Write one record."""
        key = self._key_of(row)
        line = self._preset.get(key) if key else None
        if line is None:
            line = next(self._free, None)
        if line is None:
            raise ValueError(f"{self._rule.title} has no room for another record")
        for field in self._rule.shown:
            if field.computed or field.name not in row:
                continue
            cell = cell_at(self._page, *self._geometry.at(line, self._places[field.name]))
            if cell.protection.locked and cell.value is not None:
                continue
            cell.value = None
            write_scalar(cell, row[field.name])

    def _key_on(self, line: int) -> tuple[str, ...]:
        places = [self._places[name] for name in self._rule.keys]
        texts = tuple(cell_text(self._page.cell(*self._geometry.at(line, place)).value) for place in places)
        return texts if all(texts) else ()

    def _key_of(self, row: Row) -> tuple[str, ...]:
        texts = tuple(cell_text(row.get(name)) for name in self._rule.keys)
        return texts if all(texts) else ()


def cell_text(value: object) -> str:
    """Return a value as text in which equal keys are equal, whether they stand in a cell or in a record."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUTHS[value]
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value).removesuffix(" 00:00:00")
