"""What the contents of a received workbook declare: which sheets have no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of, shown
from pbreports.excel.contents import DECLARATION_COLUMN, NONE, TITLE_COLUMN
from pbreports.excel.layout import CONTENTS
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.reader.values import Workbook
from pbreports.scheme.model import Sheet

_WIDEST, _LONGEST = 6, 10_000


@dataclass(frozen=True, slots=True)
class Declarations:
    """Where sheets are declared to have no data, by their titles' keys; ``readable`` when the contents are there."""

    title: str
    places: Mapping[str, str]
    readable: bool

    def at(self, rule: Sheet) -> str:
        """Return the cell that declares a sheet to have no data, empty when there is none."""
        return self.places.get(key_of(rule.title), "")


def declarations_in(book: Workbook, notes: Gatherer) -> Declarations:
    """Return what the contents declare; that they are missing or have lost their headers is noted."""
    page = _contents(book)
    if page is None:
        notes.add(causes.MISSING_SHEET, CONTENTS, spoils=(CONTENTS,), 表=CONTENTS)
        return Declarations(CONTENTS, {}, readable=False)
    if key_of(page.title) != CONTENTS:
        notes.add(causes.RENAMED_SHEET, page.title, 表=CONTENTS, 现名=page.title)
    rows = rows_of(page)
    header = next((row for row in rows if _is_header(row)), None)
    if header is None:
        words: dict[str, Any] = {"表": CONTENTS, "缺": f"列“{DECLARATION_COLUMN}”", "类": "列"}
        notes.add(causes.MISSING_HEADERS, page.title, spoils=(CONTENTS,), **words)
        return Declarations(page.title, {}, readable=False)
    title, declaration = header.index(TITLE_COLUMN), header.index(DECLARATION_COLUMN)
    places = {
        key_of(row[title]): f"{column_letters(declaration + 1)}{number}"
        for number, row in enumerate(rows, start=1)
        if key_of(row[declaration]) == NONE
    }
    return Declarations(page.title, places, readable=True)


def rows_of(page: Page) -> list[list[str]]:
    """Return the texts of a page's first columns, row by row; none of a page too long to be one of ours."""
    last = max((row for row, _ in page.cells), default=0)
    rows: list[list[str]] = [[""] * _WIDEST for _ in range(last)] if last < _LONGEST else []
    for (row, column), cell in page.cells.items():
        if row <= len(rows) and column <= _WIDEST:
            rows[row - 1][column - 1] = shown(cell).strip()
    return rows


def _contents(book: Workbook) -> Page | None:
    """Return the page of contents: the one so titled, else the one with its headers."""
    titled = next((page for page in book.sheets if key_of(page.title) == CONTENTS), None)
    return titled or next((page for page in book.sheets if any(map(_is_header, rows_of(page)[:30]))), None)


def _is_header(row: list[str]) -> bool:
    return {TITLE_COLUMN, DECLARATION_COLUMN} <= set(row)
