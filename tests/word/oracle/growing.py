"""Random templates with a model of their own: trees that say both their markup and the lines that must come out.

They hold paragraphs and tables, literal texts, values, choices and loops. The model is a second opinion: it computes
the lines from the tree alone and knows nothing of Word or of any engine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from word.oracle.markup import p, r, tbl, tc, tr

Values = Mapping[str, object]


# ---------------------------------------------------------------- within a paragraph


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the template's own text."""

    text: str

    def markup(self) -> str:
        """Return the piece as it stands in the template."""
        return self.text

    def shown(self, _values: Values) -> str:
        """Return what is to be read."""
        return self.text


@dataclass(frozen=True, slots=True)
class Value:
    """A value tag."""

    name: str

    def markup(self) -> str:
        """Return the tag."""
        return f"{{{{ {self.name} }}}}"

    def shown(self, values: Values) -> str:
        """Return what is to be read."""
        return str(values[self.name])


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice within a paragraph."""

    name: str
    yes: tuple[Piece, ...]
    no: tuple[Piece, ...]

    def markup(self) -> str:
        """Return the tags with what is between them."""
        return f"{{% if {self.name} %}}{_marked(self.yes)}{{% else %}}{_marked(self.no)}{{% endif %}}"

    def shown(self, values: Values) -> str:
        """Return what is to be read."""
        return _shown(self.yes if values[self.name] else self.no, values)


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop within a paragraph."""

    rows: str
    item: str
    pieces: tuple[Piece, ...]

    def markup(self) -> str:
        """Return the tags with what is between them."""
        return f"{{% for {self.item} in {self.rows} %}}{_marked(self.pieces)}{{% endfor %}}"

    def shown(self, values: Values) -> str:
        """Return what is to be read."""
        return "".join(_shown(self.pieces, inner) for inner in _rounds(self, values))


Piece = Text | Value | Choice | Loop


# ---------------------------------------------------------------- paragraphs and tables


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of pieces."""

    pieces: tuple[Piece, ...]

    def markup(self, style: Style) -> str:
        """Return the paragraph's XML."""
        return style.paragraph(_marked(self.pieces))

    def lines(self, values: Values) -> Iterator[str]:
        """Yield the lines to be read."""
        yield _shown(self.pieces, values)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of rows, each as long as the others."""

    columns: int
    rows: tuple[Rows, ...]

    def markup(self, style: Style) -> str:
        """Return the table's XML."""
        return tbl(*(each for row in self.rows for each in row.rows_markup(style, self.columns)), columns=self.columns)

    def lines(self, values: Values) -> Iterator[str]:
        """Yield a line for each row to be read."""
        for row in self.rows:
            yield from row.row_lines(values)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, each of blocks."""

    cells: tuple[tuple[Block, ...], ...]

    def rows_markup(self, style: Style, _columns: int) -> Iterator[str]:
        """Yield the row's XML."""
        yield tr(*(tc(*(block.markup(style) for block in cell)) for cell in self.cells))

    def row_lines(self, values: Values) -> Iterator[str]:
        """Yield the row's line."""
        texts = ("¶".join(line for block in cell for line in block.lines(values)) for cell in self.cells)
        yield f"|{'|'.join(texts)}|"


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """Rows that stand only on a condition."""

    name: str
    rows: tuple[Rows, ...]

    def rows_markup(self, style: Style, columns: int) -> Iterator[str]:
        """Yield the XML of the tag rows and of those between."""
        yield style.tag_row(f"if {self.name}", columns)
        yield from (each for row in self.rows for each in row.rows_markup(style, columns))
        yield style.tag_row("endif", columns)

    def row_lines(self, values: Values) -> Iterator[str]:
        """Yield the lines of the rows, if any."""
        if values[self.name]:
            yield from (line for row in self.rows for line in row.row_lines(values))


@dataclass(frozen=True, slots=True)
class LoopedRows:
    """Rows that a loop repeats."""

    rows: str
    item: str
    inner: tuple[Rows, ...]

    def rows_markup(self, style: Style, columns: int) -> Iterator[str]:
        """Yield the XML of the tag rows and of those between."""
        yield style.tag_row(f"for {self.item} in {self.rows}", columns)
        yield from (each for row in self.inner for each in row.rows_markup(style, columns))
        yield style.tag_row("endfor", columns)

    def row_lines(self, values: Values) -> Iterator[str]:
        """Yield the lines of the rows of all rounds."""
        for inner in _rounds(self, values):
            yield from (line for row in self.inner for line in row.row_lines(inner))


@dataclass(frozen=True, slots=True)
class Chosen:
    """Blocks that stand only on a condition."""

    name: str
    yes: tuple[Block, ...]
    no: tuple[Block, ...]

    def markup(self, style: Style) -> str:
        """Return the XML of the tag paragraphs and of the blocks between."""
        inner = (_blocks(self.yes, style), style.tag_paragraph("else"), _blocks(self.no, style))
        return style.tag_paragraph(f"if {self.name}") + "".join(inner) + style.tag_paragraph("endif")

    def lines(self, values: Values) -> Iterator[str]:
        """Yield the lines of the branch that is taken."""
        yield from (line for block in (self.yes if values[self.name] else self.no) for line in block.lines(values))


@dataclass(frozen=True, slots=True)
class Looped:
    """Blocks that a loop repeats."""

    rows: str
    item: str
    inner: tuple[Block, ...]

    def markup(self, style: Style) -> str:
        """Return the XML of the tag paragraphs and of the blocks between."""
        head = style.tag_paragraph(f"for {self.item} in {self.rows}")
        return head + _blocks(self.inner, style) + style.tag_paragraph("endfor")

    def lines(self, values: Values) -> Iterator[str]:
        """Yield the lines of all rounds."""
        for inner in _rounds(self, values):
            yield from (line for block in self.inner for line in block.lines(inner))


Block = Paragraph | Table | Chosen | Looped
Rows = Row | ChosenRows | LoopedRows


# ---------------------------------------------------------------- how it is written


class Style:
    """How a template is written: with docxtpl's prefixes or without, its text in whole runs or in pieces."""

    def __init__(self, seed: int, *, natural: bool, pieces: bool) -> None:
        self._chance = random.Random(seed)
        self._natural, self._pieces = natural, pieces

    def paragraph(self, text: str) -> str:
        """Return a paragraph of a text with tags, as one run or as many."""
        return p(*(r(piece, self._look()) for piece in self._cut(text))) if text else p()

    def tag_paragraph(self, source: str) -> str:
        """Return a paragraph that holds a control tag alone."""
        return self.paragraph(self._tag("p", source))

    def tag_row(self, source: str, columns: int) -> str:
        """Return a row that holds a control tag alone."""
        return tr(tc(self.paragraph(self._tag("tr", source))), *("" for _ in range(columns - 1)))

    def _tag(self, scope: str, source: str) -> str:
        prefix = "" if self._natural and self._chance.random() < 0.5 else scope
        return f"{{%{prefix} {source} %}}"

    def _cut(self, text: str) -> Iterator[str]:
        place = 0
        while place < len(text):
            end = place + self._chance.randint(1, 6) if self._pieces else len(text)
            yield text[place:end]
            place = end

    def _look(self) -> str:
        return self._chance.choice(("", '<w:rFonts w:hint="eastAsia"/>', "<w:b/>")) if self._pieces else ""


def markup_of(blocks: Sequence[Block], style: Style) -> str:
    """Return the body's XML of a template."""
    return _blocks(blocks, style)


def lines_of(blocks: Sequence[Block], values: Values) -> tuple[str, ...]:
    """Return the lines that a template must give with values."""
    return tuple(line for block in blocks for line in block.lines(values))


def _blocks(blocks: Sequence[Block], style: Style) -> str:
    return "".join(block.markup(style) for block in blocks)


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(piece.markup() for piece in pieces)


def _shown(pieces: Sequence[Piece], values: Values) -> str:
    return "".join(piece.shown(values) for piece in pieces)


def _rounds(loop: Loop | Looped | LoopedRows, values: Values) -> Iterator[Values]:
    for row in values[loop.rows]:  # type: ignore[attr-defined]  # what a loop runs over is a list
        yield {**values, loop.item: row}
