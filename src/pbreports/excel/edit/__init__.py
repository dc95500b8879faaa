"""Edits of a workbook, as people make them by hand: for sample districts and for trying what intake makes of them.

They are made in the parts of the package that they concern; everything else stays byte for byte as it was, which is
what an office program comes nearest to. The workbooks are this program's own: their rows and cells carry their
places, their texts stand in the cells.
"""

from __future__ import annotations

from collections.abc import Iterable

from pbreports.excel.edit.book import Book
from pbreports.excel.edit.edits import (
    CopySheet,
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    DropValidations,
    Edit,
    FilterRows,
    HideColumn,
    HideRow,
    InsertColumn,
    InsertRows,
    MergeCells,
    RenameSheet,
    SetCalculation,
    SetCells,
    SetError,
    SetFormula,
    SwapColumns,
    SwapTitles,
)

__all__ = [
    "CopySheet",
    "DeleteColumn",
    "DeleteRows",
    "DeleteSheet",
    "DropValidations",
    "Edit",
    "FilterRows",
    "HideColumn",
    "HideRow",
    "InsertColumn",
    "InsertRows",
    "MergeCells",
    "RenameSheet",
    "SetCalculation",
    "SetCells",
    "SetError",
    "SetFormula",
    "SwapColumns",
    "SwapTitles",
    "edited",
]


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return a workbook's bytes after the edits, in their order.

    Raises:
        KeyError: when an edit names a sheet that is not there.
        ValueError: when it names a cell that is none, or one that a merged range covers.
    """
    book = Book(data)
    for edit in edits:
        edit.apply(book)
    return book.saved()
