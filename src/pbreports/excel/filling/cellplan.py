"""What writes one cell of a template: its markup, a value as what it is, or a text of several pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from pbreports.excel.filling.cells import text_of
from pbreports.excel.filling.expressions import Path, chains, is_column
from pbreports.excel.filling.heights import Measures
from pbreports.excel.filling.rowwriter import Column, mixed_value, typed_value
from pbreports.excel.filling.scope import Scope
from pbreports.excel.filling.sheet import TemplateCell, TemplateRow
from pbreports.excel.filling.signs import CLOSED, MIXED, SPLIT
from pbreports.excel.filling.strings import Fragment, kept, literal
from pbreports.excel.filling.styles import Looks
from pbreports.excel.reader.address import column_letters
from pbreports.tags.blocks import opens_block
from pbreports.tags.problems import Place
from pbreports.tags.program import Fill, Piece, Slot
from pbreports.tags.tokens import Kind, Tag

_CAPTURING = frozenset({"macro", "set", "call", "filter"})
Owned = tuple[str, Column]
"""A column of a list's row, and the name that the row has in the program."""


@dataclass(frozen=True, slots=True)
class ListUse:
    """A column of a list that a tag speaks of (none: the list itself): the list, the column, the tag's place."""

    path: Path
    column: str
    place: Place


@dataclass(slots=True)
class CellPlan:
    """Makes the pieces of a sheet's cells, and gathers of which lists' columns they speak."""

    title: str
    looks: Looks
    measures: Measures
    since_1904: bool
    uses: list[ListUse] = field(default_factory=list)

    def pieces(
        self, row: TemplateRow, cell: TemplateCell, texts: Sequence[Fragment], scope: Scope
    ) -> Iterator[Piece | Owned]:
        """Yield what writes a cell; ``texts`` are those of the cell without markers."""
        if not texts:
            yield cell.markup
            return
        solid = [one.item for one in texts if not isinstance(one.item, str) or one.item.strip()]
        if len(solid) == 1 and isinstance(solid[0], Tag) and solid[0].kind is Kind.VALUE:
            yield self._alone(solid[0], row, cell, scope)
            return
        style = f' s="{cell.style}"' if cell.style else ""
        if not any(isinstance(one, Tag) for one in solid):
            yield f'{cell.opening}{style} t="inlineStr"><is>{_plain(texts, rich=cell.rich)}</is></c>'
            return
        place = Place(self.title, "", f"{column_letters(cell.column)}{row.number}")
        measure = self.measures.of(row, cell, self.looks.of(cell.style))
        yield f"{MIXED}{measure}{SPLIT}{cell.opening}{style}{SPLIT}"
        yield from self._pieces_of(texts, cell, place, scope)
        yield CLOSED

    def _alone(self, tag: Tag, row: TemplateRow, cell: TemplateCell, scope: Scope) -> Piece | Owned:
        """Return what writes a cell that is one value: a column of a list's row, or an expression."""
        place = Place(self.title, "", f"{column_letters(cell.column)}{row.number}", tag.text)
        look = self.looks.of(cell.style)
        measure = self.measures.of(row, cell, look)
        path = is_column(tag.body)
        self._note_use(tag, place, scope)
        owner = scope.row(path[:-1]) if path else ""
        spot = typed_value(cell.opening, look.style, place, measure, self.measures, since_1904=self.since_1904)
        if owner:
            return owner, Column(path[-1], spot)
        return Slot(place, scope.source(tag.body), spot)

    def _pieces_of(self, texts: Sequence[Fragment], cell: TemplateCell, place: Place, scope: Scope) -> Iterator[Piece]:
        captured = 0
        for one in texts:
            before, after = ("<r>" + one.properties, "</r>") if cell.rich else ("", "")
            if isinstance(one.item, str):
                told = literal(one.item)
                yield f"{before}{kept(told)}{after}" if cell.rich else told
                continue
            where = Place(place.part, "", place.spot, one.item.text)
            if one.item.kind is Kind.CONTROL:
                captured += _captures(one.item)
                yield Slot(where, scope.source(one.item.body))
                scope = scope.after(one.item)
                continue
            self._note_use(one.item, where, scope)
            style = self.looks.of(cell.style).style
            write = mixed_value(cell.opening, style, where, (before, after), since_1904=self.since_1904)
            yield Slot(where, scope.source(one.item.body), partial(_as_text, place=where) if captured else write)

    def _note_use(self, tag: Tag, place: Place, scope: Scope) -> None:
        for chain in chains(tag.body):
            if chain.path[:-1] in scope.names:
                self.uses.append(ListUse(chain.path[:-1], chain.path[-1], place))


def _captures(tag: Tag) -> int:
    """Return 1 when a control tag begins what makes text for later use (``macro``, ``set`` …), -1 when it ends that."""
    if tag.keyword in _CAPTURING:
        return int(opens_block(tag))
    return -1 if tag.keyword.removeprefix("end") in _CAPTURING else 0


def _as_text(value: object, fill: Fill, *, place: Place) -> str:
    return text_of(value, place, fill)


def _plain(texts: Sequence[Fragment], *, rich: bool) -> str:
    """Return the markup of a text without tags."""
    told = [(one.properties, literal(str(one.item))) for one in texts]
    if rich:
        return "".join(f"<r>{look}{kept(text)}</r>" for look, text in told)
    return kept("".join(text for _, text in told))
