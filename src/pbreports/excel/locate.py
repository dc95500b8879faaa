"""Finds the sheets of a form in a received workbook: by their titles as issued, else by what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of, shown
from pbreports.excel.identity import META, Identity
from pbreports.excel.layout import OWN_SHEETS
from pbreports.excel.limits import LISTS
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.reader.values import Workbook
from pbreports.scheme.model import Sheet

_BY_PROGRAM = "veryHidden"  # only programs hide a sheet so, for their own purposes
_ENOUGH = 0.8  # of a sheet's headers, for a sheet under a strange title to be it


class Pages:
    """The pages of a workbook by the sheets of the scheme that they are."""

    def __init__(self, book: Workbook, identity: Identity | None, rules: Sequence[Sheet]) -> None:
        issued = {one.name: one.title for one in identity.sheets} if identity else {}
        self._by_key = {key_of(page.title): page for page in book.sheets}
        self._found = {rule.name: self._by_title(rule, issued.get(rule.name, "")) for rule in rules}
        taken = {page.title for page in self._found.values() if page} | OWN_SHEETS | {META, LISTS}
        free = [page for page in book.sheets if page.title not in taken]
        for rule in rules:
            if self._found[rule.name] is None:
                self._found[rule.name] = _by_headers(rule, free)

    def of(self, rule: Sheet) -> Page | None:
        """Return the page that is a sheet of the scheme, ``None`` when it is not there."""
        return self._found.get(rule.name)

    def note(self, rules: Sequence[Sheet], notes: Gatherer) -> None:
        """Note the sheets that nothing is read from though something stands there, and those that are hidden."""
        for rule in rules:
            page = self.of(rule)
            if page is not None and page.state != "visible":
                notes.add(causes.HIDDEN_SHEET, page.title, 表=page.title)
        read = {page.title for page in self._found.values() if page} | OWN_SHEETS | {META, LISTS}
        for page in self._by_key.values():
            if page.title not in read and page.state != _BY_PROGRAM and _holds_anything(page):
                notes.add(causes.EXTRA_SHEET, page.title, 表=page.title)

    def _by_title(self, rule: Sheet, issued: str) -> Page | None:
        keys = (key_of(title) for title in (issued, rule.title, rule.name) if title)
        return next((self._by_key[key] for key in keys if key in self._by_key), None)


def _by_headers(rule: Sheet, pages: Iterable[Page]) -> Page | None:
    """Return the only page that carries most of a sheet's headers."""
    names = {key_of(field.name) for field in rule.shown}
    fitting = [page for page in pages if len(names & _labels(page)) >= _ENOUGH * len(names)]
    return fitting[0] if len(fitting) == 1 else None


def _holds_anything(page: Page) -> bool:
    return any(cell.formula or key_of(shown(cell)) for cell in page.cells.values())


def _labels(page: Page) -> set[str]:
    near = ((spot, cell) for spot, cell in page.cells.items() if spot[0] <= 12 or spot[1] <= 3)
    return {key_of(shown(cell)) for _, cell in near}
