"""Reading .xlsb and .ods with python-calamine, which sees the shown values and little else.

On a sheet that is sparse beyond reason it aborts the whole process (tafia/calamine#693): never in the main process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from types import ModuleType
from typing import Any

from pbreports.errors import WorkbookError
from pbreports.excel.legacy.missing import not_installed, unreadable
from pbreports.excel.legacy.numbers import number_cell
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Cell, CellValue, Kind, Sheet, Workbook
from pbreports.ooxml.limits import Limits
from pbreports.ooxml.package import Package

UNSEEN = ("公式", "隐藏的行列", "合并单元格", "错误值", "下拉设置")

_STATES = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}


def read_xlsb(package: Package, data: bytes, limits: Limits, skip: frozenset[str] = frozenset()) -> Workbook:
    """Return the workbook in the bytes of a binary workbook, opened as a package; sheets in ``skip`` are empty.

    Raises:
        WorkbookError: F-02 python-calamine is not installed, F-07 it is damaged, F-15 a sheet has too many cells.
    """
    return _read(package, data, ".xlsb", limits, skip)


def read_ods(package: Package, data: bytes, limits: Limits, skip: frozenset[str] = frozenset()) -> Workbook:
    """Return the workbook in the bytes of an OpenDocument spreadsheet; as ``read_xlsb``."""
    return _read(package, data, ".ods", limits, skip)


def _read(package: Package, data: bytes, form: str, limits: Limits, skip: frozenset[str]) -> Workbook:
    name = package.file
    library = _library(name, form)
    with _named(name):
        book = library.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = tuple(
        Sheet(title, state, {}) if title in skip and state != "visible" else _sheet(book, title, state, name, limits)
        for title, state in _titles(book, library)
    )
    return Workbook(file=name, sheets=sheets, flags=package.flags, form=form, unseen=UNSEEN)


def _titles(book: Any, library: ModuleType) -> Iterator[tuple[str, str]]:
    """Go through title and state of the worksheets; the library's own kinds have no names, so they are compared."""
    for about in book.sheets_metadata:
        if about.typ == library.SheetTypeEnum.WorkSheet:
            known = (
                state for kind, state in _STATES.items() if about.visible == getattr(library.SheetVisibleEnum, kind)
            )
            yield about.name, next(known, "hidden")


def _library(name: str, form: str) -> ModuleType:
    try:
        import python_calamine  # noqa: PLC0415 - the extra may be missing, and is seldom needed
    except ImportError:
        raise not_installed(name, form) from None
    return python_calamine


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say in a sentence that the library gives up; where its Rust code panics, that is no ``Exception``."""
    try:
        yield
    except MemoryError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise unreadable(name) from error
        raise


def _sheet(book: Any, title: str, state: str, name: str, limits: Limits) -> Sheet:
    with _named(name):
        page = book.get_sheet_by_name(title)
        rows = page.to_python(skip_empty_area=True)
    cells: dict[tuple[int, int], Cell] = {}
    for place, cell in _cells(rows, page.start or (0, 0)):
        cells[place] = cell
        if len(cells) > limits.cells_per_sheet:
            what = f"工作表“{title}”的单元格超过 {limits.cells_per_sheet} 个"
            raise WorkbookError(name, what, "请删去多余内容后再报送", code="F-15")
    merges = tuple(_range(*one) for one in page.merged_cell_ranges or ())
    return Sheet(title, state, cells, merges=merges, validations=None)


def _cells(rows: Sequence[Sequence[Any]], start: tuple[int, int]) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Go through the cells that hold something; the library cuts off what is empty before the first of them."""
    top, left = start
    for row, values in enumerate(rows, top + 1):
        for column, value in enumerate(values, left + 1):
            if value != "":
                yield (row, column), _cell(value)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(value, Kind.BOOL, str(int(value)))
    if isinstance(value, int | float):
        return number_cell(float(value))
    if isinstance(value, date):
        whole: CellValue = value.date() if isinstance(value, datetime) and value.time() == time() else value
        return Cell(whole, Kind.DATE, value.isoformat())
    if isinstance(value, time | timedelta):
        return Cell(value, Kind.TIME, str(value))
    return Cell(value, Kind.TEXT, value)


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    return ":".join(f"{column_letters(column + 1)}{row + 1}" for row, column in (first, last))
