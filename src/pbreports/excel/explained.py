"""Reads back what a school wrote beside the findings of an earlier check: on its self-check, in the list it was sent."""

from __future__ import annotations

from collections.abc import Iterator

from pbreports.excel.cells import key_of, shown
from pbreports.excel.layout import PROBLEMS, SELF_CHECK
from pbreports.excel.reader import Workbook
from pbreports.excel.reader.values import Sheet as Page
from pbreports.values import Explanation

CODE, SHEET, SUBJECT, SAID = "编码", "工作表", "对象", "说明"
"""The headers by which the columns of these sheets are known."""

_HEADER_WITHIN = 30
"""In how many lines from the top the headers are looked for."""


def explanations_in(book: Workbook) -> tuple[Explanation, ...]:
    """Return what stands in the cells for explanations, in order, those left blank passed over.

    One from the self-check is about all of a rule's findings; one from the list of problems names the sheet's title
    and the record as the list does.
    """
    pages = {key_of(page.title): page for page in book.sheets}
    return tuple(one for title in (PROBLEMS, SELF_CHECK) if title in pages for one in _on_page(pages[title]))


def _on_page(page: Page) -> Iterator[Explanation]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in page.cells.items():
        rows.setdefault(row, {})[column] = " ".join(shown(cell).split())
    header = next((row for row in sorted(rows) if row <= _HEADER_WITHIN and _is_header(rows[row])), None)
    if header is None:
        return
    columns = {key_of(text): column for column, text in rows[header].items()}
    wanted = [columns.get(name, 0) for name in (CODE, SHEET, SUBJECT, SAID)]
    for row in sorted(number for number in rows if number > header):
        code, sheet, subject, text = (rows[row].get(column, "") for column in wanted)
        if code and text:
            yield Explanation(code, sheet, subject, text)


def _is_header(row: dict[int, str]) -> bool:
    return {CODE, SAID} <= {key_of(text) for text in row.values()}
