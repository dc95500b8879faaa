"""The styles of a paper, made from the format profile and written into a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pbreports.scheme.profile import Profile

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.styles import CT_Style
    from docx.oxml.xmlchemy import BaseOxmlElement

TITLE = "Title"
BODY = "Body Text"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
ANNEX_NOTE = "附件说明"
SIGNATURE = "署名"
ANNEX_LABEL = "附件编号"
ANNEX_TITLE = "附件标题"
TABLE_NOTE = "表注"
TABLE_HEAD = "表头"
TABLE_TEXT = "表格文字"
CHART = "图表"
CAPTION = "图注"
PAGE_NUMBER = "Footer"
CONTROL = "控制标签"
BREAK = "分节"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule below a paragraph: its kind as Word names it, thickness and distance in points, colour."""

    kind: str
    thickness: float
    distance: float
    color: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One paragraph style: lengths in points, indents in points and (for Word) in hundredths of a character."""

    name: str
    font: str
    size: float
    digits: str = ""
    spacing: int = 0
    pitch: float = 0
    exact: bool = True
    align: str = "both"
    first_line: float = 0
    left: float = 0
    hanging: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    outline: int | None = None
    color: str = ""
    rule: Rule | None = None
    tab: float = 0
    right_tab: float = 0


def paper_styles(profile: Profile) -> tuple[ParagraphStyle, ...]:
    """Return the styles of a paper, the default style first."""
    return (*_body_styles(profile), *_heading_styles(profile), *_annex_styles(profile), *_small_styles(profile))


def _body_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the default style, body text, title, signature and the style of lines that only hold a control tag."""
    char, line = profile.pt("char_pitch"), profile.pt("line_pitch")
    font, size, digits = profile.text("body_font"), profile.pt("body_size"), profile.text("digit_font")
    spacing = int(profile.number("char_spacing", "twip"))
    yield ParagraphStyle("Normal", font, size, digits, spacing, line)
    indent = profile.chars("first_line_indent") * char
    yield ParagraphStyle(BODY, font, size, digits, spacing, line, first_line=indent)
    yield ParagraphStyle(SIGNATURE, font, size, digits, spacing, line, align="right")
    yield ParagraphStyle(CONTROL, font, size, digits, spacing, line, align="left")
    pitch = profile.pt("title_pitch")
    # The title and the blank below it take whole lines, so that the body stays on the grid.
    after = 2 * line - pitch
    yield ParagraphStyle(
        TITLE, profile.text("title_font"), profile.pt("title_size"), pitch=pitch, align="center", after=after
    )


def _heading_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the four heading levels (7.3.3): 黑体, 楷体, 仿宋, 仿宋, none of them bold."""
    indent = profile.chars("first_line_indent") * profile.pt("char_pitch")
    spacing = int(profile.number("char_spacing", "twip"))
    for level, name in enumerate(HEADINGS):
        yield ParagraphStyle(
            name,
            profile.text(f"heading_{level + 1}_font"),
            profile.pt("heading_size"),
            spacing=spacing,
            pitch=profile.pt("line_pitch"),
            first_line=indent,
            keep_next=True,
            outline=level,
        )


def _annex_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the annexes' note, label and title (7.3.4, 7.3.7): label on line 1 of a new page, title on line 3."""
    char, line = profile.pt("char_pitch"), profile.pt("line_pitch")
    font, size, digits = profile.text("body_font"), profile.pt("body_size"), profile.text("digit_font")
    spacing = int(profile.number("char_spacing", "twip"))
    hanging = profile.chars("annex_note_hanging") * char
    left = profile.chars("annex_note_indent") * char + hanging
    yield ParagraphStyle(ANNEX_NOTE, font, size, digits, spacing, line, align="left", left=left, hanging=hanging)
    label, label_size = profile.text("annex_label_font"), profile.pt("annex_label_size")
    yield ParagraphStyle(ANNEX_LABEL, label, label_size, "", spacing, line, align="left", new_page=True)
    yield ParagraphStyle(
        ANNEX_TITLE,
        profile.text("title_font"),
        profile.pt("title_size"),
        pitch=profile.pt("title_pitch"),
        align="center",
        before=line,
        after=line / 2,
        keep_next=True,
        outline=0,
    )


def _small_styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles of tables, of charts with their captions and of the page number (7.5)."""
    font, size, pitch = profile.text("table_font"), profile.pt("table_size"), profile.pt("table_pitch")
    yield ParagraphStyle(TABLE_NOTE, font, size, pitch=pitch, align="right", keep_next=True)
    yield ParagraphStyle(TABLE_HEAD, profile.text("table_head_font"), size, pitch=pitch, exact=False, align="center")
    yield ParagraphStyle(TABLE_TEXT, font, size, pitch=pitch, exact=False, align="left")
    # A line of an exact pitch would show no more than the lowest strip of a chart.
    yield ParagraphStyle(CHART, font, size, pitch=pitch, exact=False, align="center", before=pitch, keep_next=True)
    caption_size = profile.pt("caption_size")
    yield ParagraphStyle(CAPTION, profile.text("caption_font"), caption_size, pitch=pitch, exact=False, align="center")
    number_size = profile.pt("page_number_size")
    yield ParagraphStyle(PAGE_NUMBER, profile.text("page_number_font"), number_size, pitch=number_size, align="left")


def break_style(profile: Profile) -> tuple[ParagraphStyle, ...]:
    """Return the style of the paragraph that only ends a section."""
    return (ParagraphStyle(BREAK, profile.text("body_font"), 1, pitch=1, align="left"),)


def write_styles(document: Document, profile: Profile) -> None:
    """Redefine the document's styles after the profile; Word's own names are kept, so that its navigation works."""
    _write_defaults(document, profile)
    set_styles(document, paper_styles(profile), profile.text("color"))


def set_styles(document: Document, styles: Iterable[ParagraphStyle], color: str) -> None:
    """Redefine styles of a document, and add those it does not have; ``color`` is that of styles without their own."""
    known = {style.name for style in document.styles}
    for spec in styles:
        if spec.name not in known:
            added = document.styles.add_style(spec.name, WD_STYLE_TYPE.PARAGRAPH)
            added.base_style = document.styles["Normal"]
            added.quick_style = True
        _redefine(document.styles[spec.name].element, spec, color)


def set_character_style(document: Document, name: str, font: str) -> None:
    """Add the style of characters in another font than the rest of their line."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    _emptied(style.element, "w:rPr").append(_fonts(font, font))


def _write_defaults(document: Document, profile: Profile) -> None:
    """Set the document's default font and language, without the theme's fonts that would override them."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts = _fonts(profile.text("body_font"), profile.text("digit_font"))
    language = node("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    size = node("w:sz", {"w:val": _half_points(profile.pt("body_size"))})
    run[:] = [fonts, size, language]


def _redefine(style: CT_Style, spec: ParagraphStyle, color: str) -> None:
    """Replace a style's paragraph and run properties by those of ``spec``."""
    _emptied(style, "w:pPr").extend(_paragraph_properties(spec))
    _emptied(style, "w:rPr").extend(_run_properties(spec, color))


def _emptied(style: CT_Style, tag: str) -> BaseOxmlElement:
    """Return a style's new, empty properties; they stand last in it, the paragraph's before the run's."""
    for old in style.findall(qn(tag)):
        style.remove(old)
    made = node(tag)
    style.append(made)
    return made


def _paragraph_properties(spec: ParagraphStyle) -> Iterator[BaseOxmlElement]:
    """Yield the paragraph properties in the order of the schema."""
    yield node("w:keepNext", {"w:val": _flag(value=spec.keep_next)})
    yield node("w:keepLines", {"w:val": _flag(value=spec.keep_lines)})
    yield node("w:pageBreakBefore", {"w:val": _flag(value=spec.new_page)})
    # Widow control would leave pages with 21 lines; the standard wants 22.
    yield node("w:widowControl", {"w:val": "0"})
    yield from _rule_and_tab(spec)
    # Hanging punctuation is Word's default. LibreOffice 7.4 reads the switch the wrong way round: off would mean on
    # there, and on such lines it loses the comma after the 28th character altogether.
    yield node("w:overflowPunct", {"w:val": "1"})
    # The space Word sets between hanzi and digits breaks the 28 characters a line.
    yield node("w:autoSpaceDE", {"w:val": "0"})
    yield node("w:autoSpaceDN", {"w:val": "0"})
    yield node("w:adjustRightInd", {"w:val": "0"})
    yield node("w:snapToGrid", {"w:val": "0"})
    yield node("w:spacing", _line_spacing(spec))
    yield node("w:ind", _indents(spec))
    yield node("w:jc", {"w:val": spec.align})
    if spec.outline is not None:
        yield node("w:outlineLvl", {"w:val": str(spec.outline)})


def _rule_and_tab(spec: ParagraphStyle) -> Iterator[BaseOxmlElement]:
    """Yield the rule below a paragraph and its tab stop, where it has them."""
    if spec.rule:
        look = {"w:val": spec.rule.kind, "w:sz": str(round(spec.rule.thickness * 8)), "w:color": spec.rule.color}
        rules = node("w:pBdr")
        rules.append(node("w:bottom", {**look, "w:space": str(round(spec.rule.distance))}))
        yield rules
    stops = [(side, place) for side, place in (("left", spec.tab), ("right", spec.right_tab)) if place]
    if stops:
        tabs = node("w:tabs")
        tabs[:] = [node("w:tab", {"w:val": side, "w:pos": twips(place)}) for side, place in stops]
        yield tabs


def _line_spacing(spec: ParagraphStyle) -> dict[str, str]:
    """Return the attributes of line pitch and of the space around the paragraph."""
    rule = "exact" if spec.exact else "atLeast"
    around = {"w:before": twips(spec.before), "w:after": twips(spec.after)}
    return {**around, "w:line": twips(spec.pitch), "w:lineRule": rule}


def _indents(spec: ParagraphStyle) -> dict[str, str]:
    """Return the indents; that of a first line is also given in characters, which Word prefers."""
    indents = {"w:left": twips(spec.left), "w:right": twips(spec.right)}
    if spec.hanging:
        return {**indents, "w:hanging": twips(spec.hanging)}
    if spec.first_line:
        chars = round(spec.first_line / (spec.size + spec.spacing / 20) * 100)
        return {**indents, "w:firstLineChars": str(chars), "w:firstLine": twips(spec.first_line)}
    return {**indents, "w:firstLine": "0"}


def _run_properties(spec: ParagraphStyle, color: str) -> Iterator[BaseOxmlElement]:
    """Yield the run properties in the order of the schema."""
    yield _fonts(spec.font, spec.digits or spec.font)
    for off in ("w:b", "w:bCs", "w:i", "w:iCs"):
        yield node(off, {"w:val": "0"})
    yield node("w:color", {"w:val": spec.color or color})
    yield node("w:spacing", {"w:val": str(spec.spacing)})
    yield node("w:kern", {"w:val": "0"})
    yield node("w:sz", {"w:val": _half_points(spec.size)})
    yield node("w:szCs", {"w:val": _half_points(spec.size)})


def _fonts(font: str, digits: str) -> BaseOxmlElement:
    """Return the fonts of a run; the hint lets “”—…… take the Chinese font."""
    names = {"w:ascii": digits, "w:hAnsi": digits, "w:eastAsia": font, "w:cs": digits}
    return node("w:rFonts", {"w:hint": "eastAsia", **names})


def node(tag: str, attributes: Mapping[str, str] | None = None) -> BaseOxmlElement:
    """Return a new element such as ``w:sz`` with its attributes."""
    made = cast("BaseOxmlElement", OxmlElement(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(name), value)
    return made


def twips(points: float) -> str:
    """Return points as twentieths of a point, rounded."""
    return str(round(points * 20))


def _half_points(points: float) -> str:
    """Return points as half-points, the unit of font sizes."""
    return str(round(points * 2))


def _flag(*, value: bool) -> str:
    """Return a yes or no as Word writes it."""
    return "1" if value else "0"
