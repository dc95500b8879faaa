"""The helper sheet in the making: blocks of rows, one for every sheet and table asked, and their columns.

A block has one row per record, whatever the lay-out of the data sheet. Its first column is the record's number, its
second tells whether the line is a record. All formulas of a column are the same but for the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from pbreports.excel.selfcheck.terms import ROW, Column, Inexpressible, Term, own
from pbreports.scheme.language import Type

LONGEST = 8192
"""The most characters a formula may have (Excel's specification since 2007)."""

_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetFormatPr defaultRowHeight="15"/><sheetData>{}</sheetData></worksheet>'
)


@dataclass(slots=True)
class Block:
    """The rows of one sheet or table; ``formulas`` are its columns' from the left, without the sign of equality."""

    name: str
    first: int
    count: int
    formulas: list[str] = field(default_factory=list)
    _known: dict[tuple[str, bool], Column] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + self.count - 1

    @property
    def ordinals(self) -> Column:
        """The column of the records' numbers."""
        return self._column(1, Type.NUMBER)

    @property
    def records(self) -> Column:
        """The column that is 1 where the line is a record, 2 where it holds only what was printed beforehand."""
        return self._column(2, Type.NUMBER)

    def add(self, formula: str, kind: Type, *, truth: bool = False) -> Column:
        """Return the column of a formula, a new one unless there is one already.

        Raises:
            Inexpressible: when the formula is too long.
        """
        found = self._known.get((formula, truth))
        if found is None:
            if len(formula.replace(ROW, "0000")) > LONGEST:
                raise Inexpressible("公式太长")
            self.formulas.append(formula)
            found = self._known[formula, truth] = self._column(len(self.formulas), kind, truth=truth)
        return found

    def reserve(self, count: int) -> int:
        """Return the number of the first of some neighbouring columns, to be filled in later."""
        self.formulas += [""] * count
        return len(self.formulas) - count + 1

    def put(self, number: int, formula: str) -> Column:
        """Fill in a reserved column; an empty formula leaves its cells empty."""
        self.formulas[number - 1] = formula
        return self._column(number, Type.NUMBER)

    def keep(self, term: Term) -> Term:
        """Return the term of a cell that holds what a term says; fixed terms and cells stay as they are."""
        if term.fixed or term.cell:
            return term
        if term.type is Type.TRUTH:
            return own(self.add(term.text, term.type, truth=True))
        return own(self.add(f'IFERROR({term.text},"")', term.type))

    def _column(self, number: int, kind: Type, *, truth: bool = False) -> Column:
        return Column(get_column_letter(number), self.first, self.last, kind, truth)


class HelperSheet:
    """All blocks, one below the other."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._next = 1
        self._lines: list[tuple[int, tuple[str, ...]]] = []

    def block(self, name: str, count: int) -> Block:
        """Return a new block with its column of numbers; a table without rows has one that is no record."""
        block = Block(name, self._next, max(count, 1))
        self._next += block.count
        self.blocks.append(block)
        block.formulas.append("")
        return block

    def append(self, cells: Sequence[str]) -> int:
        """Return the number of a new row below the blocks, with formulas of its own."""
        row = self._next
        self._next += 1
        self._lines.append((row, tuple(one.replace(ROW, str(row)) for one in cells)))
        return row

    def part(self) -> bytes:
        """Return the sheet as a part of a workbook; columns that ask no other sheet share their formulas."""
        shares = iter(range(1_000_000))
        rows = [row for block in self.blocks for row in _rows(block, shares)]
        rows += [_line(row, cells) for row, cells in self._lines]
        return _XML.format("".join(rows)).encode()

    def formulas(self) -> Iterator[str]:
        """Go through every formula of the sheet, as it stands in its first row."""
        for block in self.blocks:
            for formula in filter(None, block.formulas):
                yield formula.replace(ROW, str(block.first))
        for _, cells in self._lines:
            yield from cells


def _rows(block: Block, shares: Iterator[int]) -> Iterator[str]:
    cells = [_cells(block, number, formula, shares) for number, formula in enumerate(block.formulas, 1)]
    for row in range(block.first, block.last + 1):
        body = "".join(next(column) for column in cells)
        yield f'<row r="{row}">{body}</row>'


def _line(row: int, cells: Sequence[str]) -> str:
    letters = (get_column_letter(number) for number in range(1, len(cells) + 1))
    body = "".join(f'<c r="{at}{row}"><f>{escape(cell)}</f></c>' for at, cell in zip(letters, cells, strict=True))
    return f'<row r="{row}">{body}</row>'


def _cells(block: Block, number: int, formula: str, shares: Iterator[int]) -> Iterator[str]:
    letters = get_column_letter(number)
    text = escape(formula)
    if number == 1:
        for row in range(block.first, block.last + 1):
            yield f'<c r="A{row}"><v>{row - block.first + 1}</v></c>'
        return
    if not formula:
        yield from [""] * block.count
        return
    if block.count == 1 or "!" in formula:
        for row in range(block.first, block.last + 1):
            yield f'<c r="{letters}{row}"><f>{text.replace(ROW, str(row))}</f></c>'
        return
    share = next(shares)
    area = f"{letters}{block.first}:{letters}{block.last}"
    yield (
        f'<c r="{letters}{block.first}"><f t="shared" ref="{area}" si="{share}">'
        f"{text.replace(ROW, str(block.first))}</f></c>"
    )
    for row in range(block.first + 1, block.last + 1):
        yield f'<c r="{letters}{row}"><f t="shared" si="{share}"/></c>'
