"""The growth of a workbook's blocks, step by step: rows of control tags go, outer blocks grow, then inner ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.excel.filling.formulas import Place, formula
from pbreports.excel.filling.references import Book, View, moved_rectangle
from pbreports.excel.filling.rows import FilledRow, FilledRows
from pbreports.excel.filling.sheet import FormulaCell
from pbreports.excel.filling.shift import Growth, RowMap

Step = Mapping[str, Sequence[Growth]]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A sheet of the result: its title, the rows of the template that always go, the rows that it has."""

    title: str
    vanishing: frozenset[int]
    rows: FilledRows


def stages(sheets: Sequence[FilledSheet]) -> list[Step]:
    """Return the growth of all sheets in the order in which it happens; a step in which nothing happens is left out.

    First the rows of control tags go, last those that a condition has left out.
    """
    depth = max((len(sheet.rows.stages) for sheet in sheets), default=0)
    made: list[Step] = [{sheet.title: list(_removed(sorted(sheet.vanishing))) for sheet in sheets}]
    made += [
        {one.title: one.rows.stages[step] for one in sheets if step < len(one.rows.stages)} for step in range(depth)
    ]
    made.append({sheet.title: list(_removed(sorted(sheet.rows.gone))) for sheet in sheets})
    return made


def _removed(rows: Sequence[int]) -> Iterator[Growth]:
    """Yield runs of rows that go."""
    start = last = 0
    for row in rows:
        if start and row == last + 1:
            last = row
            continue
        if start:
            yield Growth(start, last - start + 1, 0, gone=True)
        start = last = row
    if start:
        yield Growth(start, last - start + 1, 0, gone=True)


class Mover:
    """Writes the formulas of a sheet as they read from each of its rows after all steps."""

    def __init__(self, steps: Sequence[Step], titles: Sequence[str], title: str) -> None:
        self._title = title
        self._books = [Book(titles, step) for step in steps]
        self._first: dict[int, tuple[str, str, int]] = {}

    def told(self, cell: FormulaCell, row: FilledRow) -> tuple[str, str]:
        """Return the formula (and the area, of an array formula) of a cell in a row of the result."""
        text, area, here = self._first.get(cell.number) or self._start(cell)
        place = Place.ARRAY if cell.area else Place.CELL
        for depth, book in enumerate(self._books[1:]):
            if not book.moves:
                continue
            view, here = self._view(book, here, row.copies[depth] if depth < len(row.copies) else 0, cell)
            text = formula(text, place).at(view)
            area = moved_rectangle(area, view) if area else ""
        return text, area

    def _start(self, cell: FormulaCell) -> tuple[str, str, int]:
        """Return a formula as it reads once the rows of control tags are gone."""
        book = self._books[0]
        text, area, here = cell.text, cell.area, cell.row
        if book.moves:
            view, here = self._view(book, here, 0, cell)
            text = formula(text, Place.ARRAY if area else Place.CELL).at(view)
            area = moved_rectangle(area, view) if area else ""
        return self._first.setdefault(cell.number, (text, area, here))

    def _view(self, book: Book, row: int, copy: int, cell: FormulaCell) -> tuple[View, int]:
        rows: RowMap = book.rows(self._title)
        block = rows.block(row)
        view = View(book, self._title, where=f"{cell.column}{cell.row}")
        if block is None or not block.copies:
            return view, rows.moved(row)
        return view.in_copy(block, copy), rows.copies(row)[copy]
