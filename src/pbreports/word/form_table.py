"""Tables of forms: rows of exact height, cells merged downwards, pictures that hold the place of others."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from docx.shared import Mm

from pbreports.word.styles import node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_TblPr
    from docx.oxml.xmlchemy import BaseOxmlElement

_SIDE = 1.0
"""The white at the sides of a form's cells, in millimetres."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a cell: its text and its style."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture that holds the place of another: the tag that gives that one, its size in millimetres, the style."""

    tag: str
    width: int
    height: int
    style: str


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell: its width in millimetres and what it holds; ``merge`` is ``restart`` or ``continue``, as Word calls it."""

    width: float
    lines: tuple[Line | Frame, ...]
    merge: str = ""
    low: bool = False


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: its height in millimetres and its cells; a row for a control tag has no height.

    The height is exact, unless the row ``grows`` with what is in it.
    """

    height: float
    cells: tuple[FormCell, ...]
    grows: bool = False


def add_form_table(document: Document, rows: Sequence[FormRow], width: float) -> None:
    """Add a table of a width in millimetres; its grid has a line wherever a cell of some row ends."""
    lines = sorted({0.0, *(end for row in rows for end in _ends(row))})
    table = document.add_table(rows=0, cols=len(lines) - 1, style="Table Grid")
    _set_table(table._tbl.tblPr, width)
    table._tbl.tblGrid[:] = [node("w:gridCol", {"w:w": _twips(end - begin)}) for begin, end in pairwise(lines)]
    for row in rows:
        made = node("w:tr")
        table._tbl.append(made)
        made.append(_row_properties(row))
        for cell, end in zip(row.cells, _ends(row), strict=True):
            made.append(_made_cell(document, cell, sum(end - cell.width < line <= end for line in lines)))


def millimetres(length: float) -> float:
    """Return a length of so many millimetres in points."""
    return length * 72 / 25.4


def _ends(row: FormRow) -> list[float]:
    """Return where the cells of a row end, from its left side."""
    return list(accumulate(cell.width for cell in row.cells))


def _set_table(properties: CT_TblPr, width: float) -> None:
    """Give the table its width and little white at the sides of its cells."""
    for old in properties.xpath("w:tblW|w:tblLayout|w:jc"):
        properties.remove(old)
    margins = node("w:tblCellMar")
    margins[:] = [
        node(f"w:{side}", {"w:w": _twips(_SIDE if side in {"left", "right"} else 0), "w:type": "dxa"})
        for side in ("top", "left", "bottom", "right")
    ]
    wide = node("w:tblW", {"w:w": _twips(width), "w:type": "dxa"})
    for made in (wide, node("w:jc", {"w:val": "center"}), node("w:tblLayout", {"w:type": "fixed"}), margins):
        properties.insert_element_before(made, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _row_properties(row: FormRow) -> BaseOxmlElement:
    properties = node("w:trPr")
    properties.append(node("w:cantSplit"))
    if row.height:
        properties.append(
            node("w:trHeight", {"w:val": _twips(row.height), "w:hRule": "atLeast" if row.grows else "exact"})
        )
    return properties


def _made_cell(document: Document, cell: FormCell, span: int) -> BaseOxmlElement:
    made, properties = node("w:tc"), node("w:tcPr")
    made.append(properties)
    properties.append(node("w:tcW", {"w:w": _twips(cell.width), "w:type": "dxa"}))
    if span > 1:
        properties.append(node("w:gridSpan", {"w:val": str(span)}))
    if cell.merge:
        properties.append(node("w:vMerge", {"w:val": cell.merge}))
    properties.append(node("w:vAlign", {"w:val": "bottom" if cell.low else "center"}))
    for line in cell.lines:
        made.append(_made_paragraph(document, line))
    return made


def _made_paragraph(document: Document, line: Line | Frame) -> BaseOxmlElement:
    paragraph = document.add_paragraph(style=line.style)
    if isinstance(line, Frame):
        run = paragraph.add_run()
        run.add_picture(BytesIO(_grey(line.width, line.height)), Mm(line.width), Mm(line.height))
        _hold_place(run._r, line.tag)
    elif line.text:
        run = paragraph.add_run(line.text)
        run._r.get_or_add_rPr().append(node("w:rFonts", {"w:hint": "eastAsia"}))
    made: BaseOxmlElement = paragraph._p
    return made


def _hold_place(run: BaseOxmlElement, tag: str) -> None:
    """Make a picture hold the place of another; unless told LibreOffice puts 3 mm of white at its sides."""
    for frame in run.iter(qn("wp:inline")):
        for side in "TBLR":
            frame.set(f"dist{side}", "0")
    for named in run.iter(qn("wp:docPr")):
        named.set("descr", tag)


def _grey(width: int, height: int) -> bytes:
    """Return a grey picture of so many points (PNG, ISO/IEC 15948)."""
    rows = (b"\x00" + b"\xd9" * width) * height
    head = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _twips(length: float) -> str:
    return twips(millimetres(length))
