"""Makes texts fit the rows of exact height of a filled form: the font steps down until nothing is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import ceil

from pbreports.ooxml.markup import parse_xml, serialize
from pbreports.ooxml.reopening import reopened
from pbreports.ooxml.write import pack
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import TBL, w
from pbreports.word.measuring.cells import Cell, Grid, grid_of
from pbreports.word.measuring.content import line_height, measured
from pbreports.word.measuring.labels import Labels
from pbreports.word.measuring.lines import Text
from pbreports.word.measuring.looks import Styles, styles_of
from pbreports.word.measuring.resizing import resize
from pbreports.word.measuring.sheets import Sheet, sheets_of

_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_SMALLEST, _STEP, _LEADING = 8.0, 0.5, 1.0
"""The smallest size, the step downwards and what exact lines are higher than the characters, in points."""


@dataclass(frozen=True, slots=True)
class FittedCell:
    """How a cell of exact height came out: what it is called, the size of its font in points, lines needed and had.

    ``own`` is the size that the template gives it. A cell that does not fit at the smallest size either has been left whole:
    its row grows, and the form may take another page.
    """

    label: str
    size: float
    own: float
    lines: int
    room: int
    fits: bool

    @property
    def shrunk(self) -> bool:
        """Return whether the font had to step down."""
        return self.size < self.own


@dataclass(frozen=True, slots=True)
class Fitted:
    """A form made to fit: its bytes, how each cell came out, and the pages that hold more than they have room for.

    Of the form's own printed cells only those are there that did not fit as they stand.
    """

    data: bytes = field(repr=False)
    cells: tuple[FittedCell, ...]
    overfull: tuple[Sheet, ...] = ()

    @property
    def misfits(self) -> tuple[FittedCell, ...]:
        """Return the cells that fit at no size."""
        return tuple(cell for cell in self.cells if not cell.fits)

    @property
    def notices(self) -> tuple[str, ...]:
        """Return what staff should know, a sentence each: texts to shorten, pages that run over."""
        cells = (
            f"“{cell.label}”最小的字号（{cell.size:g}磅）也放不下：要{cell.lines}行，只有{cell.room}行的地方；这一行已加高，请精简文字"
            for cell in self.misfits
        )
        pages = (
            f"第{sheet.number}页放不下，会多出一页：超出{sheet.over / 72 * 25.4:.0f}毫米，请精简"
            for sheet in self.overfull
        )
        return (*cells, *pages)


def fit(data: bytes) -> Fitted:
    """Return a filled document whose texts fit their rows of exact height; equal documents give equal bytes.

    A cell whose text is too long as it stands gets exact lines, one point higher than the characters, and characters that
    step down from its own size to 8 points by half points until all lines are in. It is measured without fonts, rather too
    much than too little: what is said to fit is not cut off. A document that fits as it stands keeps its bytes.

    Raises:
        WorkbookError: F-13, F-14 when the document's XML is none (``parse_xml``).
    """
    parts = reopened(data)
    root = parse_xml(parts[_BODY].data, _BODY)
    styles = styles_of(parts[_STYLES].data if _STYLES in parts else b"")
    section = next(root.iter(w("docGrid")), None)
    pitch = _pitch(section)
    cells: list[FittedCell] = []
    changed = False
    for table in root.iter(TBL):
        grid = grid_of(table)
        labels = Labels(grid, styles)
        for fitting in _fittings(grid, styles, pitch):
            touched = fitting.apply(grid, styles)
            if touched or not labels.is_printed(fitting.cell.slot):
                cells.append(fitting.told(labels.of(fitting.cell.slot)))
            changed |= touched
    overfull = tuple(sheet for sheet in sheets_of(root, styles, pitch) if sheet.over > 0)
    return Fitted(pack({**parts, _BODY: serialize(root)}) if changed else data, tuple(cells), overfull)


def _pitch(section: Node | None) -> float:
    """Return the pitch of a section's grid in points; zero where lines do not keep to one."""
    if section is None or section.get(w("type")) not in {"lines", "linesAndChars", "snapToChars"}:
        return 0
    return int(section.get(w("linePitch"), "0")) / 20


def _fittings(grid: Grid, styles: Styles, pitch: float) -> Iterator[_Fitting]:
    for cell in grid.exact(styles):
        texts = tuple(measured(paragraph, styles) for paragraph in cell.paragraphs)
        if any(text.pieces for text in texts):
            yield _fitting(cell, texts, pitch)


def _fitting(cell: Cell, texts: tuple[Text, ...], pitch: float) -> _Fitting:
    """Return what a cell needs: as it stands if that fits, else the largest size that does, else the smallest."""
    own = max((text.size for text in texts if text.pieces), default=0.0)
    lines = [text.lines(cell.width, own) for text in texts]
    around = sum(text.look.before + text.look.after for text in texts)
    tall = [line_height(text, pitch) for text in texts]
    needed = around + sum(count * height for count, height in zip(lines, tall, strict=True))
    if needed <= cell.height and not cell.holds_table:
        room = int((cell.height - around) // max(tall))
        return _Fitting(cell, texts, own, own, 0, sum(lines), room, needed, fits=True)
    last = _Fitting(cell, texts, own, own, 0, sum(lines), 0, needed, fits=False)
    for size in _sizes(own):
        last = _tried(cell, texts, own, size, around)
        if last.fits and not cell.holds_table:
            return last
    return replace(last, fits=False)


def _tried(cell: Cell, texts: tuple[Text, ...], own: float, size: float, around: float) -> _Fitting:
    """Return how a cell comes out at one size; only where it may fit at all are its lines counted truly."""
    pitch = size + _LEADING
    pictures = sum(line_height(text) for text in texts if text.picture)
    room = int((cell.height - around - pictures) // pitch)
    written = [text for text in texts if not text.picture]
    lines = sum(text.fewest(cell.width, size) for text in written)
    if lines <= room or size <= _SMALLEST:
        lines = sum(text.lines(cell.width, size) for text in written)
    return _Fitting(
        cell, texts, size, own, pitch, lines, max(room, 0), around + pictures + lines * pitch, lines <= room
    )


def _sizes(own: float) -> Iterator[float]:
    """Yield the sizes to try, the template's own first; one that is small already is not made smaller."""
    steps = max(0, ceil((own - _SMALLEST) / _STEP))
    yield own
    yield from (max(_SMALLEST, own - _STEP * step) for step in range(1, steps + 1))


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What a cell was found to need: the size chosen, the exact pitch of its lines (zero: as it stands), its height."""

    cell: Cell
    texts: tuple[Text, ...]
    size: float
    own: float
    pitch: float
    lines: int
    room: int
    height: float
    fits: bool

    def told(self, label: str) -> FittedCell:
        """Return what is said of it outside."""
        return FittedCell(label, self.size, self.own, self.lines, self.room, self.fits)

    def apply(self, grid: Grid, styles: Styles) -> bool:
        """Write size and pitch into the cell, let the row of one that does not fit grow; return whether it changed."""
        if self.pitch:
            for paragraph, text in zip(self.cell.paragraphs, self.texts, strict=True):
                resize(paragraph, text, styles, self.size, self.pitch)
        if not self.fits:
            grid.grow(self.cell.last, self.height - self.cell.height)
        return bool(self.pitch) or not self.fits
