"""Makes Word templates from drafts, laid out after the format profile."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.word import official, styles
from pbreports.word.chart_part import add_chart
from pbreports.word.draft import ACROSS, Block, Chart, Imprint, Paragraph, Table
from pbreports.word.styles import node, twips

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.oxml.table import CT_TblPr
    from docx.section import Section, _Footer
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run

    from pbreports.scheme.profile import Profile

_STYLE_OF = {
    "题名": styles.TITLE,
    "正文": styles.BODY,
    "空行": "Normal",
    "控制标签": styles.CONTROL,
    "署名": styles.SIGNATURE,
    "附件说明": styles.ANNEX_NOTE,
    "附件说明续": styles.ANNEX_NOTE,
    "附件编号": styles.ANNEX_LABEL,
    "附件标题": styles.ANNEX_TITLE,
    "表注": styles.TABLE_NOTE,
    "图注": styles.CAPTION,
    **{f"标题{level}": name for level, name in enumerate(styles.HEADINGS, 1)},
    **{name: name for name in official.STYLES},
}
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
# A document has to say when it was made; a fixed day keeps the bytes the same.
_MADE = datetime(2012, 7, 1, tzinfo=UTC)  # the day the standard came into force


def build_template(blocks: Iterable[Block], profile: Profile, title: str) -> bytes:
    """Return a Word document (.docx) of the blocks: page, styles, page numbers after the profile."""
    document = docx.Document()
    _set_properties(document, title)
    given = tuple(blocks)
    blocks = tuple(block for block in given if not _is_across(block))
    profile = profile if len(blocks) == len(given) else profile.turned()
    styles.write_styles(document, profile)
    if any(_is_official(block) for block in blocks):
        styles.set_styles(document, official.official_styles(profile), profile.text("color"))
    _set_page(document, profile)
    _number_pages(document, profile)
    for block in blocks:
        _add(document, block, profile)
    stream = BytesIO()
    document.save(stream)
    return rewrite_package(stream.getvalue(), stamp=_MADE, mend=mend_document)


def _is_across(block: Block) -> bool:
    """Whether a block stands for no content, but for pages that lie across."""
    return isinstance(block, Paragraph) and block.kind == ACROSS


def _is_official(block: Block) -> bool:
    """Whether a block needs the styles of official papers; a paper that has none does without them."""
    return isinstance(block, Imprint) or (isinstance(block, Paragraph) and block.kind in official.STYLES)


def _add(document: Document, block: Block, profile: Profile) -> None:
    """Add one block at the end."""
    if isinstance(block, Table):
        _add_table(document, block, profile)
    elif isinstance(block, Chart):
        add_chart(document, block, profile)
    elif isinstance(block, Imprint):
        official.add_imprint(document, block, profile)
    else:
        _add_paragraph(document, block, profile)


def _set_properties(document: Document, title: str) -> None:
    """Give the file its title and take out what the empty document brought along."""
    properties = document.core_properties
    properties.title = title
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _set_page(document: Document, profile: Profile) -> None:
    """Set paper and margins (5.1, 5.2); no character grid, which LibreOffice would set at 14 characters a line."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(profile.mm("page_width")), Mm(profile.mm("page_height"))
    if section.page_width > section.page_height:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.top_margin, section.bottom_margin = Mm(profile.mm("margin_top")), Mm(profile.mm("margin_bottom"))
    section.left_margin, section.right_margin = Mm(profile.mm("margin_left")), Mm(profile.mm("margin_right"))
    section.footer_distance = Mm(profile.mm("footer_distance"))
    for grid in tuple(document.element.body.iter(qn("w:docGrid"))):
        grid.getparent().remove(grid)
    _declare_current_word(document)


def _declare_current_word(document: Document) -> None:
    """Say that the file is of Word 2013 and later, else Word opens it in compatibility mode, and that it is Chinese."""
    settings = document.settings.element
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _number_pages(document: Document, profile: Profile) -> None:
    """Set the page numbers (7.5): odd pages at the right, even pages at the left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section: Section = document.sections[0]
    side = Pt(profile.chars("page_number_side") * profile.pt("page_number_size"))
    odd = _page_number(section.footer, profile)
    odd.alignment, odd.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, side
    even = _page_number(section.even_page_footer, profile)
    even.alignment, even.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.LEFT, side


def _page_number(footer: _Footer, profile: Profile) -> WordParagraph:
    """Write ``— 1 —`` into a footer and return its paragraph."""
    footer.is_linked_to_previous = False
    paragraph: WordParagraph = footer.paragraphs[0]
    dash = profile.text("page_number_dash")
    _add_run(paragraph, f"{dash} ")
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        _add_field_part(paragraph, kind, instruction)
    _add_run(paragraph, f" {dash}")
    return paragraph


def _add_field_part(paragraph: WordParagraph, kind: str, text: str) -> None:
    """Add one run of a field: its marks, its instruction or the value shown until Word counts anew."""
    run = _add_run(paragraph, text if kind == "shown" else "")
    if kind in {"begin", "separate", "end"}:
        run._r.append(node("w:fldChar", {"w:fldCharType": kind}))
    elif not kind:
        instruction = node("w:instrText", {"xml:space": "preserve"})
        instruction.text = text
        run._r.append(instruction)


def _add_run(paragraph: WordParagraph, text: str) -> Run:
    """Add a run whose ambiguous characters (“”—……) take the Chinese font."""
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(node("w:rFonts", {"w:hint": "eastAsia"}))
    return run


def _add_paragraph(document: Document, block: Paragraph, profile: Profile) -> None:
    """Add one paragraph in the style of its kind."""
    paragraph = document.add_paragraph(style=_STYLE_OF[block.kind])
    char = profile.pt("char_pitch")
    if block.text:
        _add_run(paragraph, block.text)
    if block.right:
        paragraph.paragraph_format.right_indent = Pt(block.right * char)
    if block.kind == "附件说明续":
        # Further annexes stand under the first one's number, right of the three characters “附件：”.
        hanging = profile.chars("annex_note_hanging") * char - 3 * char
        paragraph.paragraph_format.first_line_indent = Pt(-hanging)


def _add_table(document: Document, block: Table, profile: Profile) -> None:
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
    width = node("w:tblW", {"w:w": _twips_of_mm(profile.mm("area_width")), "w:type": "dxa"})
    rule = {"w:val": "single", "w:sz": str(round(profile.pt("table_rule") * 8)), "w:space": "0"}
    borders = node("w:tblBorders")
    borders[:] = [
        node(f"w:{side}", {**rule, "w:color": profile.text("color")})
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = node("w:tblCellMar")
    margins[:] = [
        node(f"w:{side}", {"w:w": _twips_of_mm(profile.mm(f"table_cell_{kind}")), "w:type": "dxa"})
        for side, kind in (("top", "end"), ("left", "side"), ("bottom", "end"), ("right", "side"))
    ]
    made = [width, node("w:jc", {"w:val": "center"}), borders, node("w:tblLayout", {"w:type": "fixed"}), margins]
    for element in made:
        properties.insert_element_before(element, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _twips_of_mm(millimetres: float) -> str:
    """Return millimetres as twentieths of a point, rounded."""
    return str(round(millimetres * 1440 / 25.4))


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
    _add_run(paragraph, text)


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
