"""What the cells of a form are called: by the cells beside and above them that are printed in a style …栏目."""

from __future__ import annotations

from pbreports.word.filling.markup import P, T
from pbreports.word.measuring.cells import Grid, Slot
from pbreports.word.measuring.looks import Styles

_LABEL = "栏目"


class Labels:
    """Tells what the cells of one table are called."""

    __slots__ = ("_at", "_printed")

    def __init__(self, grid: Grid, styles: Styles) -> None:
        self._printed = frozenset((slot.row, slot.column) for slot in grid.slots if _is_printed(slot, styles))
        self._at: dict[tuple[int, int], Slot] = {}
        for slot in grid.slots:
            above = self._at.get((slot.row - 1, slot.column))
            self._at[slot.row, slot.column] = above if slot.merge == "continue" and above else slot

    def of(self, slot: Slot) -> str:
        """Return what a cell is called.

        A printed cell is called what it says. Any other bears the name of the printed cell at its left, or, where that
        one goes down over several rows with a head of printed cells, the name of the head and the number of the row.
        A table without printed cells gives places.
        """
        if self.is_printed(slot):
            return _text(slot)
        if not _text(slot):
            return "图片"
        beside = self._beside(slot)
        top = beside.row if beside else 0
        for row in range(slot.row - 1, top - 1, -1):
            above = self._at.get((row, slot.column))
            if above is not None and self.is_printed(above):
                return f"{_text(above)}第{slot.row - row}行"
        return _text(beside) if beside else f"第{slot.row + 1}行第{slot.column + 1}列"

    def _beside(self, slot: Slot) -> Slot | None:
        columns = sorted((column for row, column in self._at if row == slot.row and column < slot.column), reverse=True)
        cells = (self._at[slot.row, column] for column in columns)
        return next((cell for cell in cells if self.is_printed(cell)), None)

    def is_printed(self, slot: Slot) -> bool:
        """Return whether a cell belongs to the form itself and holds nothing filled in."""
        return (slot.row, slot.column) in self._printed


def _is_printed(slot: Slot, styles: Styles) -> bool:
    paragraph = slot.element.find(P)
    return paragraph is not None and styles.look(paragraph).style.endswith(_LABEL)


def _text(slot: Slot) -> str:
    """Return what a cell says, without the blanks that spread its characters."""
    return "".join("".join(text.text or "" for text in slot.element.iter(T)).split())
