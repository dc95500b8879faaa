"""The tables of papers: as wide as the type area, with a head that repeats and rows that do not break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from pbreports.word import styles
from pbreports.word.draft import Table
from pbreports.word.official import points
from pbreports.word.pages import add_run
from pbreports.word.styles import node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_TblPr
    from docx.table import _Cell, _Row

    from pbreports.scheme.profile import Profile

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def add_table(document: Document, block: Table, profile: Profile) -> None:
    """Add a table as wide as the type area: a head that repeats on each page, rows that do not break."""
    table = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    table.autofit = False
    widths = _widths(block, profile)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _set_table_properties(table._tbl.tblPr, profile)
    for texts in (tuple(column.head for column in block.columns), *block.rows):
        _fill_row(table.add_row(), texts, block, widths)
    for row in table.rows:
        _set_row_properties(row, profile)
    _head(table.rows[0])


def _widths(block: Table, profile: Profile) -> list[Mm]:
    """Return the columns' widths; together they are the width of the type area."""
    total = profile.mm("area_width")
    shares = sum(column.share for column in block.columns)
    return [Mm(total * column.share / shares) for column in block.columns]


def _set_table_properties(properties: CT_TblPr, profile: Profile) -> None:
    """Set width, lines and the cells' white at the sides, in the order of the schema."""
    for old in properties.xpath("w:tblW|w:tblBorders|w:tblLayout|w:tblCellMar|w:jc|w:tblInd"):
        properties.remove(old)
    width = node("w:tblW", {"w:w": twips(points(profile.mm("area_width"))), "w:type": "dxa"})
    rule = {"w:val": "single", "w:sz": str(round(profile.pt("table_rule") * 8)), "w:space": "0"}
    borders = node("w:tblBorders")
    borders[:] = [
        node(f"w:{side}", {**rule, "w:color": profile.text("color")})
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = node("w:tblCellMar")
    margins[:] = [
        node(f"w:{side}", {"w:w": twips(points(profile.mm(f"table_cell_{kind}"))), "w:type": "dxa"})
        for side, kind in (("top", "end"), ("left", "side"), ("bottom", "end"), ("right", "side"))
    ]
    made = [width, node("w:jc", {"w:val": "center"}), borders, node("w:tblLayout", {"w:type": "fixed"}), margins]
    for element in made:
        properties.insert_element_before(element, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _fill_row(row: _Row, texts: tuple[str, ...], block: Table, widths: list[Mm]) -> None:
    """Write a row's texts; a single text takes the whole width."""
    if len(texts) == 1:
        cell = row.cells[0].merge(row.cells[-1])
        _fill_cell(cell, texts[0], "center")
        return
    for cell, text, column, width in zip(row.cells, texts, block.columns, widths, strict=True):
        cell.width = width
        _fill_cell(cell, text, column.align)


def _fill_cell(cell: _Cell, text: str, align: str) -> None:
    """Write a cell's text, centred in height."""
    cell._tc.get_or_add_tcPr().append(node("w:vAlign", {"w:val": "center"}))
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.TABLE_TEXT
    paragraph.alignment = _ALIGN[align]
    add_run(paragraph, text)


def _set_row_properties(row: _Row, profile: Profile) -> None:
    """Keep a row on one page and at least as high as the profile says."""
    properties = row._tr.get_or_add_trPr()
    properties.append(node("w:cantSplit"))
    properties.append(node("w:trHeight", {"w:val": twips(profile.pt("table_row_height")), "w:hRule": "atLeast"}))


def _head(row: _Row) -> None:
    """Make a row the head that Word repeats on every page."""
    row._tr.get_or_add_trPr().append(node("w:tblHeader"))
    for cell in row.cells:
        cell.paragraphs[0].style = styles.TABLE_HEAD
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
