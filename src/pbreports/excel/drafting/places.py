"""Where everything of a draft stands: the rows of each page's tables, and what formulas call by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pbreports.errors import TemplateError
from pbreports.excel.drafting.draft import Count, Draft, Page, Table
from pbreports.excel.reader.address import column_letters

STANDING = ("填报情况", "报送")
"""The columns that say whether a unit has reported."""

_NAMED = re.compile(r"\[([^\[\]]+)\]|\{([^{}]+)\}|«([^«»]+)»")


@dataclass(frozen=True, slots=True)
class Block:
    """The subtotals by one column: the row of their label, the row that repeats, the row of their total."""

    column: str
    rows_of: str
    label: int
    row: int
    total: int


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table in its place: its first row (of its title, if it has one), its heads, its data, its total, what follows."""

    table: Table
    title: int
    heads: tuple[int, ...]
    first: int
    last: int
    total: int
    counts: tuple[tuple[int, Count], ...]
    blocks: tuple[Block, ...]
    end: int

    def letter(self, name: str) -> str:
        """Return the letters of a column.

        Raises:
            TemplateError: when there is none of this name.
        """
        for number, column in enumerate(self.table.columns, 1):
            if column.name == name:
                return column_letters(number)
        raise TemplateError(self.table.rows_of or self.table.title, f"表里没有“{name}”这一列", "请核对底稿里的公式")

    def rows(self, name: str) -> str:
        """Return the data rows of a column, such as ``$C$6:$C$6``."""
        letter = self.letter(name)
        return f"${letter}${self.first}:${letter}${self.last}"


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page with the rows of its lines of text and its tables."""

    page: Page
    texts: tuple[int, ...]
    tables: tuple[PlacedTable, ...]

    @property
    def width(self) -> int:
        """How many columns the page has."""
        return max((len(one.table.columns) for one in self.tables), default=1)


TITLE_ROW, NOTE_ROW = 1, 2


def placed(draft: Draft) -> dict[str, PlacedPage]:
    """Return the pages of a draft by name, everything in its place."""
    return {page.name: _placed_page(page, draft.groups) for page in draft.pages}


def _placed_page(page: Page, groups: tuple[tuple[str, str], ...]) -> PlacedPage:
    row = NOTE_ROW + 1
    texts = tuple(range(row, row + len(page.texts)))
    row += len(texts)
    tables = []
    for table in page.tables:
        one = _placed_table(table, row, groups)
        tables.append(one)
        row = one.end + 2
    return PlacedPage(page, texts, tuple(tables))


def _placed_table(table: Table, row: int, groups: tuple[tuple[str, str], ...]) -> PlacedTable:
    heads_from = row + bool(table.title)
    heads = (heads_from, heads_from + 1) if table.grouped else (heads_from,)
    first = heads[-1] + 1
    last = first + max(len(table.rows) - 1, 0)
    total = last + 1 if table.totals else 0
    row = last + table.totals
    counts = tuple((row + number, one) for number, one in enumerate(table.counts, 1))
    row += len(counts)
    blocks = []
    for column, rows_of in groups if table.subtotals else ():
        blocks.append(Block(column, rows_of, row + 1, row + 2, row + 3))
        row += 3
    return PlacedTable(table, heads_from - bool(table.title), heads, first, last, total, counts, tuple(blocks), row)


@dataclass(frozen=True, slots=True)
class Names:
    """What the names in formulas of one table stand for."""

    pages: Mapping[str, PlacedPage]
    table: PlacedTable

    def formula(self, text: str, row: int) -> str:
        """Return a formula of the draft as it reads in a row: see ``draft`` for the names.

        Raises:
            TemplateError: when a page or column is not there.
        """
        return _NAMED.sub(lambda found: self._place(found, row), text)

    def _place(self, found: re.Match[str], row: int) -> str:
        here, column, total = found.groups()
        if here:
            return f"{self.table.letter(here)}{row}"
        page, _, name = (column or total).rpartition("!")
        table = self._first_table(page) if page else self.table
        prefix = f"'{page}'!" if page else ""
        if column:
            return prefix + table.rows(name)
        return f"{prefix}${table.letter(name)}${table.total}"

    def _first_table(self, page: str) -> PlacedTable:
        if page not in self.pages or not self.pages[page].tables:
            raise TemplateError("底稿", f"没有叫“{page}”的页", "请核对公式里的页名")
        return self.pages[page].tables[0]


def standing_columns(table: PlacedTable) -> Iterator[str]:
    """Yield the names of the columns that say whether a unit has reported."""
    return (column.name for column in table.table.columns if column.name in STANDING)
