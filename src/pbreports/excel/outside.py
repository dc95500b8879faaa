"""What stands around a sheet's records: cells without a header, hidden lines, merged ranges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from pbreports.excel import causes
from pbreports.excel.causes import Gatherer
from pbreports.excel.cells import key_of, shown
from pbreports.excel.form import Form
from pbreports.excel.grid import Line, Merged, merged_ranges
from pbreports.excel.reader.address import column_letters
from pbreports.excel.reader.values import Sheet as Page
from pbreports.scheme.model import Sheet
from pbreports.values import Scalar

_LISTED = 3


class Outside:
    """Gathers what stands on a page beside what is read of it, and notes it once for the sheet."""

    def __init__(self, page: Page, rule: Sheet, form: Form, notes: Gatherer) -> None:
        self._page, self._rule, self._form, self._notes = page, rule, form, notes
        self._spots: list[tuple[int, int]] = []

    @cached_property
    def covered(self) -> frozenset[tuple[int, int]]:
        """The cells that a merged range covers, its first one left out."""
        return frozenset().union(*(one.covered for one in self._merged))

    @cached_property
    def _merged(self) -> Sequence[Merged]:
        return merged_ranges(self._page, self._form.grid.geometry, self._form.headers)

    def take(self, number: int, line: Line, *, known: Collection[int]) -> None:
        """Take the cells of a line that stand at none of the known places."""
        self._spots += [
            (number, place)
            for place, cell in line.items()
            if place not in known and (cell.formula or key_of(shown(cell)))
        ]

    def note(self) -> None:
        """Note the cells that no header stands over."""
        if self._spots:
            first = self._form.grid.address(*min(self._spots))
            more = f"等{len(self._spots)}格" if len(self._spots) > 1 else ""
            self._notes.add(causes.OUTSIDE, self._page.title, first, 处=first + more)

    def note_hidden(self, records: Sequence[int]) -> None:
        """Note the records and the fields that are hidden."""
        across = self._form.grid.geometry.across
        lines = sorted(self._form.grid.hidden.intersection(records))
        hidden = self._page.hidden_rows if across else self._page.hidden_columns
        places = sorted(hidden.intersection(self._form.headers.places.values()))
        if not lines and not places:
            return
        rows, columns = (places, lines) if across else (lines, places)
        told = [_rows(rows)] * bool(rows) + [_columns(columns)] * bool(columns)
        line = lines[0] if lines else self._form.headers.line
        place = places[0] if places and not lines else min(self._form.headers.places.values())
        how = "筛选隐藏" if self._page.filtered and rows else "隐藏"
        where = self._form.grid.address(line, place)
        self._notes.add(causes.HIDDEN_LINES, self._page.title, where, 处="、".join(told), 怎样=how)

    def note_merges(self, records: Mapping[int, Mapping[str, Scalar]]) -> None:
        """Note the merged ranges among the records; the cells they cover are unknown, not blank.

        Where no record stands, nothing is lost by them.
        """
        names = {place: name for name, place in self._form.headers.places.items()}
        for merged in self._merged:
            if records.keys().isdisjoint(merged.lines):
                continue
            spots = [(line, names[place]) for line, place in sorted(merged.covered)]
            blurred = [(f"{self._rule.name}.{name}", records.get(line, {})) for line, name in spots]
            self._notes.add(causes.MERGED, self._page.title, merged.address, blurs=blurred)
            for line, name in spots:
                if line in records and self._rule.by_name[name].required is True:
                    self._notes.hide(f"{self._rule.name}.{name}")


def _rows(numbers: Sequence[int]) -> str:
    listed = "、".join(map(str, numbers[:_LISTED]))
    return f"第{listed}等{len(numbers)}行" if len(numbers) > _LISTED else f"第{listed}行"


def _columns(numbers: Sequence[int]) -> str:
    listed = "、".join(map(column_letters, numbers[:_LISTED]))
    return f"{listed}等{len(numbers)}列" if len(numbers) > _LISTED else f"{listed}列"
