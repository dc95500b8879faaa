"""Reading .xls and .et (BIFF in a compound file) with xlrd, which is pure Python and cannot abort the process."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pbreports.errors import WorkbookError
from pbreports.excel.legacy.missing import not_installed, unreadable
from pbreports.excel.legacy.numbers import number_cell
from pbreports.excel.legacy.unlocking import unlocked
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.formats import GENERAL, NumberFormat, built_in_format, format_of
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook
from pbreports.ooxml.limits import Limits
from pbreports.ooxml.package import Flag
from pbreports.ooxml.sniff import holds_stream

UNSEEN = ("公式", "下拉设置")

_STATES = ("visible", "hidden", "veryHidden")
_TEXT, _NUMBER, _DATE, _BOOL, _ERROR = 1, 2, 3, 4, 5  # xlrd's own numbers for what a cell holds
_FIRST_CUSTOM = 164  # [MS-XLS] 2.4.126: formats below are the program's own
_STORAGES = {"_VBA_PROJECT_CUR": Flag.MACROS, "Ctls": Flag.ACTIVE_X}


def read_xls(data: bytes, name: str, limits: Limits, skip: frozenset[str] = frozenset()) -> Workbook:
    """Return the workbook in the bytes of an old Excel or WPS file; hidden sheets of the titles in ``skip`` are empty.

    Raises:
        WorkbookError: F-02 xlrd is not installed, F-03 it is locked with a password, F-07 it is damaged,
            F-15 a sheet has too many cells.
    """
    book = _opened(data, name)
    formats = _Formats(book)
    return Workbook(
        file=name,
        sheets=tuple(_sheet(page, formats, name, limits, skip) for page in book.sheets()),
        date1904=bool(book.datemode),
        flags=frozenset(flag for storage, flag in _STORAGES.items() if holds_stream(data, storage)),
        form=".xls",
        unseen=UNSEEN,
    )


def _opened(data: bytes, name: str, *, locked: bool = True) -> Any:
    """Return xlrd's book; one that Excel's default password locks is unlocked first."""
    try:
        import xlrd  # noqa: PLC0415 - the extra may be missing, and is seldom needed
    except ImportError:
        raise not_installed(name, ".xls、.et 等") from None
    silence = io.StringIO()  # xlrd prints its doubts
    try:
        return xlrd.open_workbook(
            file_contents=data, logfile=silence, formatting_info=True, ragged_rows=True, ignore_workbook_corruption=True
        )
    except MemoryError:
        raise
    except Exception as error:  # on damage xlrd raises whatever it stumbles over
        if locked and "encrypted" in str(error):
            return _opened(unlocked(data, name), name, locked=False)
        raise unreadable(name) from error


class _Formats:
    """The number formats of a book's cells, by the index of their style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._known: dict[int, NumberFormat] = {}
        self.date1904 = bool(book.datemode)

    def of(self, style: int) -> NumberFormat:
        """Return a style's format; the built-in ones as a Chinese Excel means them."""
        if style not in self._known:
            self._known[style] = self._found(style)
        return self._known[style]

    def _found(self, style: int) -> NumberFormat:
        if not 0 <= style < len(self._book.xf_list):
            return GENERAL
        number = self._book.xf_list[style].format_key
        own = built_in_format(number) if number < _FIRST_CUSTOM else None
        declared = self._book.format_map.get(number)
        return own or (format_of(declared.format_str) if declared else GENERAL)


def _sheet(page: Any, formats: _Formats, name: str, limits: Limits, skip: frozenset[str]) -> Sheet:
    state = _STATES[page.visibility] if page.visibility in range(3) else "hidden"
    if page.name in skip and state != "visible":
        return Sheet(page.name, state, {})
    cells = dict(_cells(page, formats))
    if len(cells) > limits.cells_per_sheet:
        what = f"工作表“{page.name}”的单元格超过 {limits.cells_per_sheet} 个"
        raise WorkbookError(name, what, "请删去多余内容后再报送", code="F-15")
    return Sheet(
        title=page.name,
        state=state,
        cells=cells,
        hidden_rows=frozenset(row + 1 for row, about in page.rowinfo_map.items() if about.hidden),
        hidden_columns=frozenset(column + 1 for column, about in page.colinfo_map.items() if about.hidden),
        merges=tuple(_range(*one) for one in page.merged_cells),
        validations=None,
    )


def _cells(page: Any, formats: _Formats) -> Iterator[tuple[tuple[int, int], Cell]]:
    for row in range(page.nrows):
        types, values, styles = page.row_types(row), page.row_values(row), _styles(page, row)
        for column, kind in enumerate(types):
            cell = _cell(kind, values[column], formats.of(styles[column]), date1904=formats.date1904)
            if cell is not None:
                yield (row + 1, column + 1), cell


def _styles(page: Any, row: int) -> list[int]:
    return [page.cell_xf_index(row, column) for column in range(page.row_len(row))]


def _cell(kind: int, value: Any, form: NumberFormat, *, date1904: bool) -> Cell | None:
    if kind == _TEXT:
        return Cell(value, Kind.TEXT, value, format=form.code) if value else None
    if kind in (_NUMBER, _DATE):
        return number_cell(value, form, date1904=date1904)
    if kind == _BOOL:
        return Cell(bool(value), Kind.BOOL, str(int(value)), format=form.code)
    if kind == _ERROR:
        literal = _ERRORS.get(value, "#N/A")
        return Cell(literal, Kind.ERROR, literal, format=form.code)
    return None


# [MS-XLS] 2.5.10 Bes
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def _range(top: int, bottom: int, left: int, right: int) -> str:
    """Return a merged range as ``A1:C2``; xlrd counts from 0 and gives the ends as those after."""
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right)}{bottom}"
