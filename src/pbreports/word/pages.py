"""The pages of a paper: size, margins and page numbers, upright and across (5, 7.5, 8, 10.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pbreports.word import official
from pbreports.word.official import points
from pbreports.word.styles import PAGE_NUMBER, node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section, _Footer
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    from pbreports.scheme.profile import Profile

_BOX = (10.0, 40.0)
"""Width and length in millimetres of the cell for the number of a page that lies across."""


def set_document(document: Document) -> None:
    """Take out the character grid, say that the file is of Word 2013 and later, and part odd from even pages.

    On a grid LibreOffice would set 14 characters a line; an older file would be opened in compatibility mode.
    """
    for grid in tuple(document.element.body.iter(qn("w:docGrid"))):
        grid.getparent().remove(grid)
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    document.settings.odd_and_even_pages_header_footer = True


def set_section(section: Section, profile: Profile) -> None:
    """Set paper, margins and page numbers of a section; a page wider than high lies across."""
    set_margins(section, profile)
    section.different_first_page_header_footer = False
    across = section.orientation == WD_ORIENT.LANDSCAPE
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        if across:
            _number_across(footer, profile, is_odd=is_odd)
        else:
            _number_upright(footer, profile, is_odd=is_odd)


def set_margins(section: Section, profile: Profile) -> None:
    """Set paper and margins of a section (5.1, 5.2), no page numbers."""
    section.page_width, section.page_height = Mm(profile.mm("page_width")), Mm(profile.mm("page_height"))
    across = section.page_width > section.page_height
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(profile.mm("margin_top")), Mm(profile.mm("margin_bottom"))
    section.left_margin, section.right_margin = Mm(profile.mm("margin_left")), Mm(profile.mm("margin_right"))
    section.footer_distance = Mm(profile.mm("footer_distance"))


def set_first_of_letter(section: Section, profile: Profile) -> None:
    """Give a letter's first page its second double rule instead of a number (10.1)."""
    section.different_first_page_header_footer = True
    footer = section.first_page_footer
    footer.is_linked_to_previous = False
    rule: WordParagraph = footer.paragraphs[0]
    rule.style = official.LETTER_FOOT
    foot = points(profile.mm("page_height") - profile.mm("letter_rule_above_edge"))
    put_in_frame(rule, foot - profile.pt("letter_rule_thickness") - 1, 1, profile)
    footer.add_paragraph(style=official.FOOT)


def put_in_frame(
    paragraph: WordParagraph, top: float, height: float, profile: Profile, *, place: tuple[float, float] = (0, 0)
) -> None:
    """Put a paragraph into a frame so many points below the edge of the page, and so many high.

    ``place`` is where it begins at the left and how wide it is; else it is as wide as a letter's rules, in the middle
    of the type area.
    """
    width = points(profile.mm("letter_rule_width"))
    middle = points(profile.mm("margin_left") + profile.mm("area_width") / 2)
    left, width = place if any(place) else (middle - width / 2, width)
    frame = {
        "w:w": twips(width),
        "w:hRule": "exact",
        "w:h": twips(height),
        "w:wrap": "around",
        "w:vAnchor": "page",
        "w:hAnchor": "page",
        "w:x": twips(left),
        "w:y": twips(top),
    }
    paragraph._p.get_or_add_pPr().insert_element_before(node("w:framePr", frame), *_BEHIND_FRAME)


_BEHIND_FRAME = ("w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _number_upright(footer: _Footer, profile: Profile, *, is_odd: bool) -> None:
    """Write ``— 1 —`` below the type area (7.5): odd pages at the right, even pages at the left, one character in."""
    paragraph: WordParagraph = footer.paragraphs[0]
    side = Pt(profile.chars("page_number_side") * profile.pt("page_number_size"))
    if is_odd:
        paragraph.alignment, paragraph.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, side
    else:
        paragraph.alignment, paragraph.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.LEFT, side
    _write_number(paragraph, profile)


def _number_across(footer: _Footer, profile: Profile, *, is_odd: bool) -> None:
    """Write the number where upright pages have theirs (8): turned, at the left edge of the page as it is read.

    Pages that lie across are bound with their top at the left; so their left edge is the foot of the others.
    """
    width, length = _BOX
    middle = profile.mm("page_width") - profile.mm("top_white") - profile.mm("area_width")
    middle -= profile.mm("page_number_below")
    side = profile.chars("page_number_side") * profile.pt("page_number_size") / 72 * 25.4
    top = profile.mm("margin_top")
    begin = top + profile.mm("area_height") - side - length if is_odd else top + side
    table = footer.add_table(1, 1, Mm(width))
    _let_float(table, middle - width / 2, begin)
    paragraph: WordParagraph = table.cell(0, 0).paragraphs[0]
    paragraph.style = PAGE_NUMBER
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_odd else WD_ALIGN_PARAGRAPH.LEFT
    _write_number(paragraph, profile)
    # A part ends with a paragraph, not with a table.
    last = footer.paragraphs[0]._p
    last.getparent().append(last)


def _let_float(table: Table, left: float, top: float) -> None:
    """Make a table of one cell float at a place of the page, in millimetres, its text running downwards.

    A text box would do as well, but LibreOffice puts that of a document's only page elsewhere.
    """
    width, length = _BOX
    properties = table._tbl.tblPr
    place = {"w:vertAnchor": "page", "w:horzAnchor": "page", "w:tblpX": _twips(left), "w:tblpY": _twips(top)}
    for old in properties.xpath("w:tblStyle|w:tblW"):
        properties.remove(old)
    margins = node("w:tblCellMar")
    margins[:] = [node(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in ("left", "right")]
    wide = node("w:tblW", {"w:w": _twips(width), "w:type": "dxa"})
    for made in (node("w:tblpPr", place), wide, node("w:tblLayout", {"w:type": "fixed"}), margins):
        properties.insert_element_before(made, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")
    table.columns[0].width = table.cell(0, 0).width = Mm(width)
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(node("w:trHeight", {"w:val": _twips(length), "w:hRule": "exact"}))
    cell = table.cell(0, 0)._tc.get_or_add_tcPr()
    cell.extend((node("w:textDirection", {"w:val": "tbRl"}), node("w:vAlign", {"w:val": "center"})))


def _twips(millimetres: float) -> str:
    return twips(points(millimetres))


def _write_number(paragraph: WordParagraph, profile: Profile) -> None:
    """Write the page's number between its dashes."""
    dash = profile.text("page_number_dash")
    add_run(paragraph, f"{dash} ")
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        _add_field_part(paragraph, kind, instruction)
    add_run(paragraph, f" {dash}")


def _add_field_part(paragraph: WordParagraph, kind: str, text: str) -> None:
    """Add one run of a field: its marks, its instruction or the value shown until Word counts anew."""
    run = add_run(paragraph, text if kind == "shown" else "")
    if kind in {"begin", "separate", "end"}:
        run._r.append(node("w:fldChar", {"w:fldCharType": kind}))
    elif not kind:
        instruction: BaseOxmlElement = node("w:instrText", {"xml:space": "preserve"})
        instruction.text = text
        run._r.append(instruction)


def add_run(paragraph: WordParagraph, text: str, style: str = "") -> Run:
    """Add a run whose ambiguous characters (“”—……) take the Chinese font, and return it."""
    run = paragraph.add_run(text, style or None)
    run._r.get_or_add_rPr().append(node("w:rFonts", {"w:hint": "eastAsia"}))
    return run
