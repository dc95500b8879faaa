"""What official papers have besides: the red head, the place of the seal, lists of names, copies and print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from pbreports.word.styles import ParagraphStyle, Rule, node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.table import CT_TblPr
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import _Cell, _Row

    from pbreports.scheme.profile import Profile
    from pbreports.word.draft import Imprint

MARKING, MARK, NUMBER = "密级", "版头", "发文字号"
LETTER_MARK, LETTER_NUMBER = "函头", "函号"
ADDRESSEES, SEALED, NOTE, NAMES = "主送", "落款", "题注", "名单"
STYLES = (MARKING, MARK, NUMBER, LETTER_MARK, LETTER_NUMBER, ADDRESSEES, SEALED, NOTE, NAMES)
"""The styles that only official papers have; in drafts the kinds of paragraph are called the same."""
IMPRINT, FOOT = "版记", "版记后"
_LEFT_SHARE = 0.58
"""How much of the imprint's width the organ takes; the rest is the day."""


def official_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles that only official papers have."""
    yield from _head_styles(profile)
    yield from _letter_styles(profile)
    yield from _text_styles(profile)
    font, size, pitch = profile.text("imprint_font"), profile.pt("imprint_size"), profile.pt("imprint_pitch")
    # 抄送 wraps below the first name, behind the three signs of “抄送：” (7.4.2).
    side, label = profile.chars("imprint_side") * size, 3 * size
    yield ParagraphStyle(IMPRINT, font, size, pitch=pitch, align="left", left=side + label, hanging=label, right=side)
    yield ParagraphStyle(FOOT, font, 1, pitch=1, align="left")


def _head_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles of the red head (7.2): markings, the mark 35 mm below the type area's edge, number and rule."""
    line, spacing = profile.pt("line_pitch"), int(profile.number("char_spacing", "twip"))
    size, red = profile.pt("body_size"), profile.text("mark_color")
    yield ParagraphStyle(MARKING, profile.text("secrecy_font"), size, "", spacing, line, align="left")
    mark, pitch = profile.pt("mark_size"), profile.pt("mark_pitch")
    # The type area begins where the glyphs of the first line do, above it is what the margin leaves; of an exact
    # pitch the space above the glyphs is the greater part.
    above = profile.mm("top_white") - profile.mm("margin_top") + profile.mm("mark_top")
    before = _points(above) - profile.number("lines_above_mark", "line") * line - (pitch - mark)
    after = profile.number("number_lines_below_mark", "line") * line
    font = profile.text("mark_font")
    yield ParagraphStyle(MARK, font, mark, pitch=pitch, align="center", before=before, after=after, color=red)
    rule = Rule("single", profile.pt("red_rule_thickness"), _points(profile.mm("red_rule_below_number")), red)
    digits = profile.text("digit_font")
    below = profile.number("title_lines_below_rule", "line") * line
    yield ParagraphStyle(
        NUMBER, profile.text("body_font"), size, digits, spacing, line, align="center", after=below, rule=rule
    )


def _letter_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles of a letter's head (10.1): the organ's name above a double rule, the number below it."""
    line, red = profile.pt("line_pitch"), profile.text("mark_color")
    thickness, distance = profile.pt("letter_rule_thickness"), _points(profile.mm("letter_rule_below_mark"))
    rule = Rule("thickThinSmallGap", thickness, distance, red)
    mark, pitch = profile.pt("mark_size"), profile.pt("mark_pitch")
    yield ParagraphStyle(
        LETTER_MARK, profile.text("mark_font"), mark, pitch=pitch, align="center", color=red, rule=rule
    )
    spacing = int(profile.number("char_spacing", "twip"))
    font, size, digits = profile.text("body_font"), profile.pt("body_size"), profile.text("digit_font")
    yield ParagraphStyle(
        LETTER_NUMBER, font, size, digits, spacing, line, align="right", before=line / 2, after=2 * line
    )


def _text_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles of the addressees (7.3.2), the sealed signature (7.3.5.1) and lists of names."""
    char, line = profile.pt("char_pitch"), profile.pt("line_pitch")
    font, size, digits = profile.text("body_font"), profile.pt("body_size"), profile.text("digit_font")
    spacing = int(profile.number("char_spacing", "twip"))
    yield ParagraphStyle(ADDRESSEES, font, size, digits, spacing, line)
    # Organ and date share the middle of a strip at the right: so the date stands four characters in, and the organ's
    # name centred on it, however long it is.
    strip = 2 * profile.chars("sealed_date_right") + profile.chars("sealed_date_width")
    left = (profile.chars("chars_per_line") - strip) * char
    yield ParagraphStyle(SEALED, font, size, digits, spacing, line, align="center", left=left, keep_lines=True)
    yield ParagraphStyle(NOTE, font, size, digits, spacing, line, align="center", after=line / 2)
    indent, column = profile.chars("list_indent") * char, profile.chars("list_second_column") * char
    yield ParagraphStyle(NAMES, font, size, digits, spacing, line, align="left", left=indent, tab=column)


def add_imprint(document: Document, block: Imprint, profile: Profile) -> None:
    """Add copies and print (7.4): a table between rules whose foot is that of the type area, wherever the text ends."""
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    width = profile.mm("area_width")
    widths = (Mm(width * _LEFT_SHARE), Mm(width * (1 - _LEFT_SHARE)))
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    _set_imprint(table._tbl.tblPr, profile)
    for texts in block.rows:
        _fill(table.add_row(), texts)
    # A table that floats hangs on the paragraph behind it.
    document.add_paragraph(style=FOOT)


def _set_imprint(properties: CT_TblPr, profile: Profile) -> None:
    """Set place, width and rules of the imprint, in the order of the schema (7.4.1)."""
    for old in properties.xpath("w:tblStyle|w:tblW|w:tblBorders|w:tblLayout|w:tblCellMar|w:jc|w:tblInd"):
        properties.remove(old)
    # Said from the edge of the page: LibreOffice lets no table float that is as wide as the text beside it.
    left = twips(_points(profile.mm("margin_left")))
    place = {"w:vertAnchor": "margin", "w:horzAnchor": "page", "w:tblpX": left, "w:tblpYSpec": "bottom"}
    thick, thin = profile.mm("imprint_thick"), profile.mm("imprint_thin")
    rules = node("w:tblBorders")
    rules[:] = [_rule("top", thick, profile), _rule("bottom", thick, profile), _rule("insideH", thin, profile)]
    margins = node("w:tblCellMar")
    margins[:] = [node(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in ("left", "right")]
    made = [
        node("w:tblpPr", place),
        node("w:tblOverlap", {"w:val": "never"}),
        node("w:tblW", {"w:w": twips(_points(profile.mm("area_width"))), "w:type": "dxa"}),
        rules,
        node("w:tblLayout", {"w:type": "fixed"}),
        margins,
    ]
    for element in made:
        properties.insert_element_before(element, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _rule(side: str, millimetres: float, profile: Profile) -> BaseOxmlElement:
    """Return one rule of the imprint."""
    size = str(round(_points(millimetres) * 8))
    return node(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": profile.text("color")})


def _points(millimetres: float) -> float:
    """Return millimetres as points."""
    return millimetres * 72 / 25.4


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
