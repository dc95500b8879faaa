"""How much of a sheet's headers a page carries, and which page is which sheet by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from pbreports.excel.cells import key_of, shown
from pbreports.excel.layout import geometry_of
from pbreports.excel.reader.values import Kind
from pbreports.excel.reader.values import Sheet as Page
from pbreports.scheme.model import Sheet

ENOUGH = 0.8
"""The share of a sheet's headers by which a page under a strange title is known."""

CREDIBLE = 0.5
"""The share of a sheet's headers for its title to be believed."""

_LINES, _PLACES = 12, 400
_Labels = tuple[frozenset[str], ...]


class Resemblance:
    """Compares pages with sheets by the texts that stand together in one line of the sheet's lay-out."""

    def __init__(self, rules: Sequence[Sheet]) -> None:
        self._rules = {rule.name: rule for rule in rules}
        self._names = {rule.name: frozenset(key_of(field.name) for field in rule.shown) for rule in rules}
        self._labels: dict[tuple[str, bool], _Labels] = {}

    def is_credible(self, page: Page, rule: Sheet) -> bool:
        """Return whether a page carries enough of a sheet's headers, at their places or in any line near the edge."""
        geometry, cells = geometry_of(rule.layout), page.cells
        places = enumerate(rule.shown, start=geometry.first)
        there = sum(
            1
            for place, one in places
            if (cell := cells.get(geometry.at(geometry.header, place))) is not None and cell.value == one.name
        )
        return there >= CREDIBLE * len(rule.shown) or self._most(rule, page)[0] >= CREDIBLE

    def likeness(self, rule: Sheet, page: Page) -> float:
        """Return how alike a sheet's headers and a page's are, between 0 and 1; 0 when most of the sheet's are not there.

        What the page has besides counts against it: a sheet with some more headers is another sheet.
        """
        share, likeness = self._most(rule, page)
        return likeness if share >= ENOUGH else 0

    def best(self, page: Page) -> Sheet | None:
        """Return the sheet that a page is most alike, ``None`` when it is like none."""
        found = max(self._rules.values(), key=lambda rule: self.likeness(rule, page), default=None)
        return found if found is not None and self.likeness(found, page) else None

    def pairs(self, rules: Sequence[Sheet], pages: Sequence[Page]) -> Iterator[tuple[Sheet, Page]]:
        """Yield the sheets and pages that are most alike, each once; never one of several that are equally alike.

        A page that is more like a sheet that is not looked for is left out.
        """
        alike = sorted(self._alike(rules, pages), key=lambda one: -one[0])
        while alike:
            likeness, rule, page = alike[0]
            if sum(one[0] == likeness and (one[1] is rule or one[2] is page) for one in alike) == 1:
                yield rule, page
            alike = [one for one in alike if one[1] is not rule and one[2] is not page]

    def _alike(self, rules: Sequence[Sheet], pages: Sequence[Page]) -> Iterator[tuple[float, Sheet, Page]]:
        for page in pages:
            best = self.best(page)
            most = self.likeness(best, page) if best else 0
            for rule in rules:
                likeness = self.likeness(rule, page)
                if likeness and likeness == most:
                    yield likeness, rule, page

    def _most(self, rule: Sheet, page: Page) -> tuple[float, float]:
        """Return the share of a sheet's headers in the line that has most of them, and how alike the two are."""
        names = self._names[rule.name]
        lines = self._lines(page, across=geometry_of(rule.layout).across)
        line = max(lines, key=lambda labels: len(names & labels), default=frozenset[str]())
        both = len(names & line)
        return both / len(names), 2 * both / (len(names) + len(line))

    def _lines(self, page: Page, *, across: bool) -> _Labels:
        """Return the texts that stand together in each line near the edge of a page."""
        key = page.title, across
        if key not in self._labels:
            self._labels[key] = tuple(map(frozenset, _texts(page, across=across)))
        return self._labels[key]


def _texts(page: Page, *, across: bool) -> Collection[set[str]]:
    lines: dict[int, set[str]] = defaultdict(set)
    for spot, cell in page.cells.items():
        line, place = spot[across], spot[not across]
        if line <= _LINES and place <= _PLACES and cell.kind is Kind.TEXT:
            lines[line].add(key_of(shown(cell)))
    return lines.values()
