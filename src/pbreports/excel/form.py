"""What has become of a sheet's form: its headers found, and every change of them noted before a value is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of
from pbreports.excel.grid import Grid, Headers, find_headers, grid_of, label_of, merge_over
from pbreports.excel.headings import Changed, changed_headers
from pbreports.excel.layout import COLUMN_LABEL, geometry_of
from pbreports.excel.reader.values import Sheet as Page
from pbreports.excel.shifts import Exchange, Move, shifts_of
from pbreports.excel.text import shortened
from pbreports.scheme.model import Layout, Sheet

_LONGEST_SHOWN = 30
_LISTED = 6


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet's form as received: its lines, its headers, and where nothing is read though something may stand there.

    ``unread`` are fields whose header is there but not to be trusted; ``known`` are the places that a finding has
    spoken of, or that hold no records.
    """

    grid: Grid
    headers: Headers
    unread: frozenset[str]
    known: frozenset[int]

    def reads(self, name: str) -> bool:
        """Return whether a field is read."""
        return name in self.headers.places and name not in self.unread


def form_of(page: Page, rule: Sheet, notes: Gatherer, *, issued: bool) -> Form | None:
    """Return the form of a received sheet, its changes noted; ``None`` when its headers or its answers are gone (noted).

    What was moved is said only of sheets that were ``issued`` in this lay-out.
    """
    grid = grid_of(page, rule)
    headers = find_headers(grid, rule.shown)
    if headers is None:
        _note_lost(page, rule, notes)
        return None
    if issued and _is_column_gone(grid, headers, rule):
        where = grid.address(headers.first, min(headers.places.values()) - 1)
        notes.add(causes.LOST_COLUMN, page.title, where, spoils=(rule.name,), 表=rule.title, 栏=COLUMN_LABEL)
        return None
    inspector = _Inspector(page, rule, grid, headers, notes)
    changed = changed_headers(grid, headers, rule)
    inspector.note_missing(changed)
    inspector.note_doubled({one.place for one in changed})
    extra = inspector.note_extra({one.place for one in changed})
    exchanged = inspector.note_moved(changed, extra) if issued else frozenset()
    lowest = min(headers.places.values())
    above = range(1, lowest) if grid.geometry.across else ()
    known = {*headers.places.values(), *above, *(place for _, place in (*headers.extra, *headers.doubled))}
    doubled = {name for name, _ in headers.doubled}
    return Form(grid, headers, exchanged | doubled, frozenset(known | {one.place for one in changed}))


def word_of(rule: Sheet) -> str:
    """Return what a field is on a sheet: a column, or a row."""
    return "列" if rule.layout is Layout.LIST else "行"


def _note_lost(page: Page, rule: Sheet, notes: Gatherer) -> None:
    """Note that no header is left: nothing is read by position."""
    across, header = rule.layout is not Layout.LIST, geometry_of(rule.layout).header
    words: dict[str, Any] = {
        "表": rule.title,
        "类": "列" if across else "行",
        "处": "A列" if across else f"第{header}行",
        "表头": "、".join(one.name for one in rule.shown[:_LISTED]) + ("等" if len(rule.shown) > _LISTED else ""),
    }
    notes.add(causes.LOST_HEADERS, page.title, spoils=(rule.name,), **words)


def _is_column_gone(grid: Grid, headers: Headers, rule: Sheet) -> bool:
    """Return whether the one column that is filled on a single page was deleted: its label is gone, and all below it."""
    if rule.layout is not Layout.FORM:
        return False
    lowest = min(headers.places.values())
    below = (cells for line, cells in grid.lines.items() if line >= headers.first)
    return not any(
        place >= lowest or label_of(cell) == key_of(COLUMN_LABEL) for cells in below for place, cell in cells.items()
    )


class _Inspector:
    """Notes what has become of the headers of one sheet."""

    def __init__(self, page: Page, rule: Sheet, grid: Grid, headers: Headers, notes: Gatherer) -> None:
        self._page, self._rule, self._grid, self._headers, self._notes = page, rule, grid, headers, notes
        self._word = word_of(rule)

    def note_missing(self, changed: Sequence[Changed]) -> None:
        """Note the fields without a header: those whose header was changed, and those whose column is gone."""
        lost, at = {one.name for one in changed}, {one.place for one in changed}
        gone = [name for name in self._headers.missing if name not in lost]
        if changed:
            told = "；".join(self._told(one) for one in changed[:_LISTED])
            more = f"等{len(changed)}处" if len(changed) > _LISTED else ""
            spoiled = self._names(lost | {name for name, place in self._headers.doubled if place in at})
            where = self._at(changed[0].place)
            self._notes.add(
                causes.CHANGED_HEADERS, self._page.title, where, spoils=spoiled, 改动=told + more, 类=self._word
            )
        if gone:
            listed = "、".join(f"“{name}”" for name in gone[:_LISTED]) + ("等" if len(gone) > _LISTED else "")
            words: dict[str, Any] = {"表": self._rule.title, "缺": f"{self._word}{listed}", "类": self._word}
            where = self._at(min(self._headers.places.values()))
            self._notes.add(causes.MISSING_HEADERS, self._page.title, where, spoils=self._names(gone), **words)

    def _told(self, one: Changed) -> str:
        where = self._at(one.place)
        if not one.label and (merge := merge_over(self._page, where)):
            return f"{where}的表头并进了合并单元格{merge}，是不是“{one.name}”"
        if not one.label:
            return f"{where}的表头空了，是不是“{one.name}”"
        return f"{where}的表头“{shortened(one.label, _LONGEST_SHOWN)}”是不是“{one.name}”"

    def note_doubled(self, told: set[int]) -> None:
        """Note the headers that stand twice: none of them is read."""
        for name, place in self._headers.doubled:
            if place in told:
                continue
            spoiled = self._names([name])
            self._notes.add(causes.DOUBLE_HEADER, self._page.title, self._at(place), name, spoils=spoiled, 列=name)

    def note_extra(self, told: set[int]) -> set[int]:
        """Note the headers of a school's own that something stands below, and return their places."""
        found = set()
        for label, place in self._headers.extra:
            if place not in told and self._holds(place):
                found.add(place)
                words: dict[str, Any] = {"列": shortened(label, _LONGEST_SHOWN)}
                self._notes.add(causes.EXTRA_HEADER, self._page.title, self._at(place), label, **words)
        return found

    def note_moved(self, changed: Sequence[Changed], extra: set[int]) -> frozenset[str]:
        """Note what was moved, and return the fields whose headers were exchanged over unchanged contents."""
        places = {one.name: one.place for one in changed if not one.moved}
        shifts = shifts_of(self._grid, self._headers, self._rule, places)
        if shifts is None:
            return frozenset()
        moves = [one for one in shifts.moves if not _is_told(one, extra)]
        if moves:
            self._note_moves(moves, shifts.witness)
        unread: set[str] = set()
        for (one, other), what in shifts.exchanged.items():
            words: dict[str, Any] = {"甲": one, "乙": other, "类": self._word}
            where = self._at(self._headers.places[one])
            if what is Exchange.UNKNOWN:
                self._notes.add(causes.MAYBE_EXCHANGED, self._page.title, where, (one, other), **words)
            elif what is Exchange.HEADERS:
                unread |= {one, other}
                spoiled = self._names((one, other))
                self._notes.add(
                    causes.EXCHANGED_HEADERS, self._page.title, where, (one, other), spoils=spoiled, **words
                )
        return frozenset(unread)

    def _note_moves(self, moves: Sequence[Move], witness: str) -> None:
        geometry = self._grid.geometry
        issued = geometry.first + [one.name for one in self._rule.shown].index(witness)
        where = self._at(self._headers.places[witness])
        words: dict[str, Any] = {
            "动": "；".join(one.told for one in moves),
            "头": witness,
            "在": where,
            "应在": geometry.address(geometry.header, issued),
        }
        self._notes.add(causes.MOVED, self._page.title, where, **words)

    def _at(self, place: int) -> str:
        return self._grid.address(self._headers.line, place)

    def _holds(self, place: int) -> bool:
        return any(place in cells for line, cells in self._grid.lines.items() if line >= self._headers.first)

    def _names(self, fields: Iterable[str]) -> list[str]:
        return [f"{self._rule.name}.{name}" for name in fields]


def _is_told(move: Move, extra: set[int]) -> bool:
    """Return whether an inserted column has been spoken of as one of the school's own."""
    return bool(extra.intersection(move.opened))
