"""What a chart shows of a named list: categories from its first column, a series from every other column of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pbreports.errors import TemplateError
from pbreports.tags.display import PaperFigure, shown

_EXCEL_BEGINS = date(1899, 12, 30)
Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class ChartData:
    """The contents of a chart: the heading and the categories of its axis, and the series by name.

    A number is ``None`` where none is known, which a chart shows as a gap and never as 0.
    """

    heading: str
    categories: tuple[object, ...]
    series: Mapping[str, tuple[str | None, ...]]

    def numeric_categories(self) -> tuple[str, ...] | None:
        """Return the categories as numbers (days as Excel counts them), ``None`` when one of them is neither."""
        numbers = tuple(_number(one) for one in self.categories)
        return tuple(one for one in numbers if one is not None) if None not in numbers else None

    def named_categories(self) -> tuple[str, ...]:
        """Return the categories as texts."""
        return tuple(_plain(one) for one in self.categories)


def is_rows(value: object) -> bool:
    """Return whether a value is a named list: a sequence of rows, empty or not."""
    return isinstance(value, tuple | list) and all(isinstance(row, Mapping) for row in value)


def chart_data(rows: Rows, names: Sequence[str]) -> ChartData:
    """Return what a chart with series of these names shows of a list; of an empty list the series without a number.

    Raises:
        TemplateError: when a column that the chart has a series for holds something else than numbers, or none does.
    """
    if not rows:
        return ChartData("", (), dict.fromkeys(names, ()))
    heading, *others = rows[0]
    series = {name: _numbers(rows, name) for name in others if name in names or _is_numeric(rows, name)}
    if not series:
        raise TemplateError("图表", "名单里除第一列外没有数，画不出图", "请换一个名单，或在名单里加上数的列")
    return ChartData(heading, tuple(row[heading] for row in rows), series)


def _is_numeric(rows: Rows, name: str) -> bool:
    """Return whether a column holds numbers, and besides them blanks alone."""
    cells = [row.get(name) for row in rows]
    return all(_is_blank(cell) or _number(cell) is not None for cell in cells) and not all(map(_is_blank, cells))


def _numbers(rows: Rows, name: str) -> tuple[str | None, ...]:
    cells = [row.get(name) for row in rows]
    for cell in cells:
        if not _is_blank(cell) and _number(cell) is None:
            raise TemplateError(
                "图表", f"名单的“{name}”列里有“{_plain(cell)}”，不是数", "请改正名单，或改图表系列的名称"
            )
    return tuple(None if _is_blank(cell) else _number(cell) for cell in cells)


def _is_blank(cell: object) -> bool:
    return cell is None or cell == "" or (isinstance(cell, PaperFigure) and cell.figure.value is None)


def _number(cell: object) -> str | None:
    """Return a number as a cell of Excel holds it, ``None`` for anything else."""
    if isinstance(cell, PaperFigure):
        cell = cell.figure.value
    if isinstance(cell, bool):
        return None
    if isinstance(cell, date):
        return str((cell - _EXCEL_BEGINS).days)
    if isinstance(cell, Fraction):
        return str(cell.numerator) if cell.denominator == 1 else repr(float(cell))
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell.is_finite() else None
    return str(cell) if isinstance(cell, int | float) else None


def _plain(cell: object) -> str:
    return str(shown(cell))
