"""The same facts through openpyxl: one pass for values, one for formulas, put into the reader's own values.

Only a measure to read against; the program never reads this way.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from pbreports.excel.reader.values import Calculation, Cell, Kind, Sheet, Workbook
from pbreports.ooxml.limits import LIMITS, Limits


def read_with_openpyxl(data: bytes | Path, *, name: str = "", limits: Limits = LIMITS) -> Workbook:
    """Return what ``read_workbook`` returns, read by openpyxl in two passes."""
    content = data.read_bytes() if isinstance(data, Path) else data
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    sheets = tuple(_sheet(page, formulas[page.title]) for page in values.worksheets)
    return Workbook(name, sheets)


def _sheet(values: Any, formulas: Any) -> Sheet:
    cells = {}
    for row, with_formulas in zip(values.iter_rows(), formulas.iter_rows(), strict=True):
        for one, other in zip(row, with_formulas, strict=True):
            if one.value is not None or other.data_type == "f":
                cells[one.row, one.column] = _cell(one, other)
    return Sheet(
        title=values.title,
        state=values.sheet_state,
        cells=cells,
        hidden_rows=frozenset(number for number, row in values.row_dimensions.items() if row.hidden),
        merges=tuple(str(one) for one in values.merged_cells.ranges),
        protected=bool(values.protection.sheet),
        validations=len(values.data_validations.dataValidation),
        conditional_formats=len(values.conditional_formatting),
    )


def _cell(one: Any, other: Any) -> Cell:
    value = one.value
    formula = str(other.value)[1:] if other.data_type == "f" else None
    calculation = (
        Calculation.PLAIN if formula is None else Calculation.CACHED if value is not None else Calculation.NEVER
    )
    if one.data_type == "e":
        return Cell(value, Kind.ERROR, str(value), formula, calculation, one.number_format)
    if isinstance(value, bool):
        return Cell(value, Kind.BOOL, str(value), formula, calculation, one.number_format)
    if isinstance(value, (int, float)):
        return Cell(Decimal(repr(value)), Kind.NUMBER, repr(value), formula, calculation, one.number_format)
    if isinstance(value, datetime):
        whole = value.date() if value.time() == time() else value
        return Cell(whole, Kind.DATE, str(value), formula, calculation, one.number_format)
    if isinstance(value, date):
        return Cell(value, Kind.DATE, str(value), formula, calculation, one.number_format)
    if isinstance(value, (time, timedelta)):
        return Cell(value, Kind.TIME, str(value), formula, calculation, one.number_format)
    kind = Kind.BLANK if value is None else Kind.TEXT
    return Cell(value, kind, value or "", formula, calculation, one.number_format)
