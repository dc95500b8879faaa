"""The pages of a paper: size, margins and page numbers, upright and across (5, 7.5, 8, 10.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from pbreports.word import official
from pbreports.word.official import points
from pbreports.word.styles import PAGE_NUMBER, node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section, _Footer
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    from pbreports.scheme.profile import Profile

_BOX = (10.0, 40.0)
"""Width and length in millimetres of the box for the number of a page that lies across."""
_SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


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
    host: WordParagraph = footer.paragraphs[0]
    width, length = _BOX
    middle = profile.mm("page_width") - profile.mm("top_white") - profile.mm("area_width")
    middle -= profile.mm("page_number_below")
    side = profile.chars("page_number_side") * profile.pt("page_number_size") / 72 * 25.4
    top = profile.mm("margin_top")
    begin = top + profile.mm("area_height") - side - length if is_odd else top + side
    drawing = parse_xml(_box(Mm(middle - width / 2), Mm(begin), Mm(width), Mm(length), is_odd=is_odd))
    host.add_run()._r.append(drawing)
    inner = footer.add_paragraph(style=PAGE_NUMBER)
    inner.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_odd else WD_ALIGN_PARAGRAPH.LEFT
    _write_number(inner, profile)
    content = next(drawing.iter(qn("w:txbxContent")))
    content.append(inner._p)


def _box(left: int, top: int, width: int, length: int, *, is_odd: bool) -> str:
    """Return the drawing of a text box whose text runs downwards, at a place of the page."""
    name = "页码（单页）" if is_odd else "页码（双页）"
    return (
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="{_SHAPE}"><wp:anchor distT="0" distB="0" distL="0" distR="0"'
        ' simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width}" cy="{length}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{1 if is_odd else 2}" name="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{length}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:txbx><w:txbxContent/></wps:txbx>"
        '<wps:bodyPr rot="0" vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


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
