"""The copies and the print at the foot of a paper's last page (7.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from pbreports.word.official import FOOT, IMPRINT, points
from pbreports.word.styles import node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_TblPr
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell, _Row

    from pbreports.scheme.profile import Profile
    from pbreports.word.draft import Imprint

_LEFT_SHARE = 0.58
"""How much of the imprint's width the organ takes; the rest is the day."""


def add_imprint(document: Document, block: Imprint, profile: Profile, *, ruled: bool = True) -> None:
    """Add copies and print: a table between rules whose foot is that of the type area, wherever the text ends.

    That of a letter is not ruled (10.1).
    """
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    width = profile.mm("area_width")
    widths = (Mm(width * _LEFT_SHARE), Mm(width * (1 - _LEFT_SHARE)))
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    _set_table(table._tbl.tblPr, profile, ruled=ruled)
    for texts in block.rows:
        _fill(table.add_row(), texts)
    _leave_below(table.add_row(), profile, ruled=ruled)
    # A table that floats hangs on the paragraph behind it.
    document.add_paragraph(style=FOOT)


def _set_table(properties: CT_TblPr, profile: Profile, *, ruled: bool) -> None:
    """Set place, width and rules of the imprint, in the order of the schema (7.4.1)."""
    for old in properties.xpath("w:tblStyle|w:tblW|w:tblBorders|w:tblLayout|w:tblCellMar|w:jc|w:tblInd"):
        properties.remove(old)
    # Said from the edge of the page: LibreOffice lets no table float that is as wide as the text beside it.
    left = twips(points(profile.mm("margin_left")))
    place = {"w:vertAnchor": "margin", "w:horzAnchor": "page", "w:tblpX": left, "w:tblpYSpec": "bottom"}
    margins = node("w:tblCellMar")
    margins[:] = [node(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in ("left", "right")]
    made = [
        node("w:tblpPr", place),
        node("w:tblOverlap", {"w:val": "never"}),
        node("w:tblW", {"w:w": twips(points(profile.mm("area_width"))), "w:type": "dxa"}),
        *([_rules(profile)] if ruled else []),
        node("w:tblLayout", {"w:type": "fixed"}),
        margins,
    ]
    for element in made:
        properties.insert_element_before(element, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _rules(profile: Profile) -> BaseOxmlElement:
    """Return the rules of the imprint: thick above the first row, thin between; the last row has its own."""
    rules = node("w:tblBorders")
    rules[:] = [_rule("top", "imprint_thick", profile), _rule("insideH", "imprint_thin", profile)]
    return rules


def _rule(side: str, thickness: str, profile: Profile) -> BaseOxmlElement:
    """Return one rule of the imprint."""
    size = str(round(points(profile.mm(thickness)) * 8))
    return node(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": profile.text("color")})


def _leave_below(row: _Row, profile: Profile, *, ruled: bool) -> None:
    """Make the last row hold the last rule above it, and nothing but what the margin is lower than the type area."""
    cell = row.cells[0].merge(row.cells[1])
    properties = cell._tc.get_or_add_tcPr()
    if ruled:
        rules = node("w:tcBorders")
        rules[:] = [_rule("top", "imprint_thick", profile), node("w:bottom", {"w:val": "nil"})]
        properties.append(rules)
    _write(cell, "", WD_ALIGN_PARAGRAPH.LEFT)
    cell.paragraphs[0].style = FOOT
    edge = profile.mm("page_height") - profile.mm("margin_bottom")
    low = max(edge - profile.mm("top_white") - profile.mm("area_height"), 0.1)
    height = node("w:trHeight", {"w:val": twips(points(low)), "w:hRule": "exact"})
    row._tr.get_or_add_trPr().extend((node("w:cantSplit"), height))


def _fill(row: _Row, texts: tuple[str, ...]) -> None:
    """Write a row of the imprint: one text over the whole width, or one at the left and one at the right."""
    first, *others = texts
    left = row.cells[0] if others else row.cells[0].merge(row.cells[1])
    _write(left, first, WD_ALIGN_PARAGRAPH.LEFT)
    for text in others:
        _write(row.cells[1], text, WD_ALIGN_PARAGRAPH.RIGHT)
    row._tr.get_or_add_trPr().append(node("w:cantSplit"))


def _write(cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH) -> None:
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = IMPRINT, align
    if align is WD_ALIGN_PARAGRAPH.RIGHT:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.first_line_indent = Mm(0)
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(node("w:rFonts", {"w:hint": "eastAsia"}))
