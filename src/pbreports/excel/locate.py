"""Finds the sheets of a form in a received workbook: by their titles as issued, else by what is left of them.

A title is believed while the sheet under it carries the form's headers. Else, and for what has another title, the
name that the form gives the sheet's headers tells (spreadsheet programs keep it right when a sheet is renamed), and
last the headers themselves, where the page is like one sheet more than like any other. A sheet's position tells
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of, shown
from pbreports.excel.identity import META, Identity, header_name
from pbreports.excel.layout import OWN_SHEETS
from pbreports.excel.limits import LISTS
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.reader.values import Workbook
from pbreports.excel.resemblance import Resemblance
from pbreports.scheme.model import Sheet

_BY_PROGRAM = "veryHidden"  # only programs hide a sheet so, for their own purposes
_OURS = "_"  # begins the titles of the form's own hidden sheets, which some programs only hide
_NUMBER = re.compile(r"^[0-9]{1,3}[a-z]?[-_.、:]*", re.IGNORECASE)
_SHEET_OF = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!")


class Pages:
    """The pages of a workbook by the sheets of the scheme that they are."""

    def __init__(self, book: Workbook, identity: Identity | None, rules: Sequence[Sheet]) -> None:
        self._book, self._rules = book, rules
        self._alike = Resemblance(rules)
        self._titles = {one.name: one.title for one in identity.sheets} if identity else {}
        asked = {rule.name for rule in rules}
        self._others = {key_of(title) for name, title in self._titles.items() if name not in asked}
        self._by_key = {_title_key(page.title): page for page in book.sheets} | {
            key_of(page.title): page for page in book.sheets
        }
        named = {rule.name: self._by_title(rule) for rule in rules}
        self._found = {name: page for name, page in named.items() if page}
        doubted = [rule for rule in rules if (page := named[rule.name]) and not self._alike.is_credible(page, rule)]
        self._put_right(doubted)
        for rule in rules:
            if rule.name not in self._found and (page := self._by_name(rule)):
                self._found[rule.name] = page
        self._match([rule for rule in rules if rule.name not in self._found])

    def of(self, rule: Sheet) -> Page | None:
        """Return the page that is a sheet of the scheme, ``None`` when it is not there."""
        return self._found.get(rule.name)

    def likely(self, rule: Sheet) -> list[Page]:
        """Return the pages of which any may be a sheet that was not found, being equally like it."""
        return [] if rule.name in self._found else [page for page in self._free() if self._alike.best(page) is rule]

    def note(self, notes: Gatherer, contents: str = "") -> None:
        """Note sheets under other titles, hidden ones, and those that nothing is read from though something is there.

        ``contents`` is what the sheet of contents is called now.
        """
        for rule in self._rules:
            page = self.of(rule)
            if page is not None:
                self._note_title(rule, page, notes)
            if page is not None and page.state != "visible":
                notes.add(causes.HIDDEN_SHEET, page.title, 表=page.title)
        for page in self._free():
            ours = page.title == contents or _is_ours(page)
            if page.state != _BY_PROGRAM and not ours and _holds_anything(page):
                self._note_extra(page, notes)

    def _note_title(self, rule: Sheet, page: Page, notes: Gatherer) -> None:
        if key_of(page.title) == key_of(rule.title):
            return
        other = next((one for one in self._rules if key_of(one.title) == key_of(page.title)), None)
        there = self.of(other) if other else None
        if other and there and key_of(there.title) == key_of(rule.title):
            if self._rules.index(rule) < self._rules.index(other):
                notes.add(causes.EXCHANGED_SHEETS, page.title, 表=rule.title, 现名=other.title)
            return
        notes.add(causes.RENAMED_SHEET, page.title, 表=rule.title, 现名=page.title)

    def _note_extra(self, page: Page, notes: Gatherer) -> None:
        if key_of(page.title) in self._others:
            notes.add(causes.NOT_ASKED, page.title, 表=page.title)
            return
        original = self._alike.best(page)
        if original is None:
            notes.add(causes.EXTRA_SHEET, page.title, 表=page.title)
        elif original.name in self._found:
            notes.add(causes.COPIED_SHEET, page.title, 表=self._found[original.name].title, 现名=page.title)

    def _free(self) -> list[Page]:
        """Return the pages that are no sheet of the form yet."""
        taken = {page.title for page in self._found.values()} | OWN_SHEETS | {META, LISTS}
        return [page for page in self._book.sheets if page.title not in taken]

    def _put_right(self, doubted: Sequence[Sheet]) -> None:
        """Look for the sheets whose titles stand over other headers among each other's pages and the free ones."""
        before = {rule.name: self._found.pop(rule.name) for rule in doubted}
        self._match(doubted)
        for rule in doubted:
            page = before[rule.name]
            if rule.name not in self._found and page.title not in {one.title for one in self._found.values()}:
                self._found[rule.name] = page

    def _match(self, rules: Sequence[Sheet]) -> None:
        """Find sheets among the free pages by their headers."""
        if rules:
            self._found |= {rule.name: page for rule, page in self._alike.pairs(rules, self._free())}

    def _by_title(self, rule: Sheet) -> Page | None:
        titles = [title for title in (self._titles.get(rule.name), rule.title, rule.name) if title]
        keys = [*map(key_of, titles), _title_key(rule.title)]
        return next((self._by_key[key] for key in keys if key in self._by_key), None)

    def _by_name(self, rule: Sheet) -> Page | None:
        """Return the free page in which the form's name for the sheet's headers now lies."""
        area = self._book.defined_names.get(header_name(rule), "")
        found = _SHEET_OF.match(area)
        title = (found.group(1).replace("''", "'") if found.group(1) else found.group(2)) if found else ""
        return next((page for page in self._free() if page.title == title), None)


def _title_key(title: str) -> str:
    """Return a title as it is compared, without the number before it."""
    key = key_of(title)
    return _NUMBER.sub("", key) or key


def _is_ours(page: Page) -> bool:
    return page.state != "visible" and page.title.startswith(_OURS)


def _holds_anything(page: Page) -> bool:
    return any(cell.formula or key_of(shown(cell)) for cell in page.cells.values())
