"""Templates made for the tests of filling, and what a filled workbook holds."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from pbreports.excel.template import Filled, compile_workbook_template

STAMP = datetime(2020, 12, 31, 8, 0)  # noqa: DTZ001 - a stamp without a zone is taken as it is
Rows = Sequence[Sequence[object]]


def template(
    rows: Rows,
    *,
    title: str = "表",
    names: Mapping[str, str] | None = None,
    merges: Iterable[str] = (),
    others: Mapping[str, Rows] | None = None,
) -> bytes:
    """Return a workbook with these cells, names and merged ranges; ``others`` are further sheets by title."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    for area in merges:
        page.merge_cells(area)
    for name, place in (names or {}).items():
        book.defined_names[name] = DefinedName(name, attr_text=place)
    for other, cells in (others or {}).items():
        added = book.create_sheet(other)
        for row in cells:
            added.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rendered(data: bytes, values: Mapping[str, object]) -> Filled:
    """Return a template filled."""
    return compile_workbook_template(data, "试.xlsx").fill(values, stamp=STAMP)


def filled(data: bytes, values: Mapping[str, object]) -> Workbook:
    """Return a template filled, as openpyxl reads it: formulas as formulas."""
    return load_workbook(io.BytesIO(rendered(data, values).data), rich_text=True)


def cells(book: Workbook, title: str = "") -> list[list[object]]:
    """Return what the cells of a sheet hold, row by row, without blanks at the ends of rows."""
    page = book[title] if title else book.worksheets[0]
    return [_trimmed([cell.value for cell in row]) for row in page.iter_rows()]


def results(data: bytes, title: str = "") -> list[list[object]]:
    """Return the results that stand beside the formulas of a workbook, and the values of its other cells."""
    book = load_workbook(io.BytesIO(data), data_only=True)
    return cells(book, title)


def _trimmed(row: list[object]) -> list[object]:
    while row and row[-1] is None:
        row.pop()
    return row
