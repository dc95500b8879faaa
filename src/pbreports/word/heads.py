"""The heads of official papers: markings, mark, number and rule of general papers, of letters and of minutes (7.2, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt

from pbreports.word import official
from pbreports.word.draft import Block, Paragraph
from pbreports.word.official import leading, mark_space, points
from pbreports.word.pages import add_run, put_in_frame
from pbreports.word.styles import node

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

    from pbreports.scheme.profile import Profile

_MARKS = {"版头", "纪要", "函头"}
_PARTS = {*_MARKS, "空行", "份号", "密级", "紧急程度", "签发人", "发文字号", "函号"}
_STYLES = {"空行": "Normal", "纪要": official.MARK, **{kind: kind for kind in _PARTS - {"空行", "纪要"}}}
_INK, _DOUBLE = 0.95, 1.6
"""What of its size a hanzi's ink takes, and how many times as thick as its thick line a double rule is altogether."""
_NAME = 3
"""How many characters the names of signatories take at least; one of two is set apart to as many."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a paper: the lines at the top left, its mark, who has signed, its number."""

    markings: tuple[Paragraph, ...]
    mark: Paragraph
    issuers: tuple[str, ...]
    number: Paragraph | None

    @property
    def is_letter(self) -> bool:
        """Whether it is the head of a letter."""
        return self.mark.kind == "函头"


def split_head(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Head | None, tuple[Block, ...]]:
    """Return the control tags that blocks begin with, the head, ``None`` when there is none, and the blocks behind it."""
    tags = tuple(takewhile(lambda one: isinstance(one, Paragraph) and one.kind == "控制标签", blocks))
    parts: list[Paragraph] = []
    for block in blocks[len(tags) :]:
        if not isinstance(block, Paragraph) or block.kind not in _PARTS:
            break
        parts.append(block)
    mark = next((one for one in parts if one.kind in _MARKS), None)
    if mark is None:
        return (), None, tuple(blocks)
    after = parts[parts.index(mark) + 1 :]
    markings = tuple(
        one for one in parts if one.kind in {"份号", "密级", "紧急程度"} or one in parts[: parts.index(mark)]
    )
    issuers = next((tuple(one.text.split("、")) for one in after if one.kind == "签发人"), ())
    number = next((one for one in after if one.kind in {"发文字号", "函号"}), None)
    return tags, Head(markings, mark, issuers, number), tuple(blocks[len(tags) + len(parts) :])


def add_head(document: Document, head: Head, profile: Profile) -> None:
    """Add the head of a paper at the end of a document, which is empty so far."""
    if head.is_letter:
        _add_letter_head(document, head, profile)
        return
    for marking in head.markings:
        _add(document, marking.text, _STYLES[marking.kind])
    _add_mark(document, head, profile)
    if head.issuers and head.number:
        _add_issuers(document, head.issuers, head.number.text, profile)
    elif head.number:
        paragraph = _add(document, head.number.text, official.NUMBER)
        _below_joint(paragraph, head, profile)


def _add(document: Document, text: str, style: str) -> WordParagraph:
    paragraph = document.add_paragraph(style=style)
    if text:
        add_run(paragraph, text)
    return paragraph


# ---------------------------------------------------------------- general papers and minutes


def _add_mark(document: Document, head: Head, profile: Profile) -> None:
    """Add the mark; those of organs that issue together stand one below the other."""
    names = head.mark.text.split("\n")
    space = mark_space(profile, len(head.markings))
    if len(names) > 1:
        _add_joint_mark(document, names, space, profile)
        return
    paragraph = _add(document, head.mark.text, official.MARK)
    if len(head.markings) != profile.number("lines_above_mark", "line"):
        paragraph.paragraph_format.space_before = Pt(space)


def _add_joint_mark(document: Document, names: list[str], space: float, profile: Profile) -> None:
    """Add the names of organs that issue together, 文件 right of them and in the middle of their height (7.2.4)."""
    suffix = names.pop() if names[-1] == profile.text("mark_suffix") else ""
    spacer = _add(document, "", official.FOOT)
    spacer.paragraph_format.line_spacing = Pt(space)
    size = profile.pt("mark_size")
    widths = [Pt(size * (max(map(len, names)) + 0.2)), *([Pt(size * (len(suffix) + 0.4))] if suffix else [])]
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    margins = node("w:tblCellMar")
    margins[:] = [node(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in ("left", "right")]
    properties.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
    _fill(table.rows[0].cells[0], names)
    if suffix:
        _fill(table.rows[0].cells[1], [suffix])
        table.rows[0].cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _fill(cell: _Cell, texts: list[str]) -> None:
    """Write lines of a mark into a cell, in the middle of its height."""
    cell._tc.get_or_add_tcPr().append(node("w:vAlign", {"w:val": "center"}))
    for at, text in enumerate(texts):
        paragraph = cell.add_paragraph() if at else cell.paragraphs[0]
        paragraph.style = official.JOINT
        add_run(paragraph, text)


def _below_joint(paragraph: WordParagraph, head: Head, profile: Profile) -> None:
    """Leave the two lines below a mark that stands in a table, which has no white below it."""
    if "\n" in head.mark.text:
        lines = profile.number("number_lines_below_mark", "line")
        paragraph.paragraph_format.space_before = Pt(lines * profile.pt("line_pitch"))


def _add_issuers(document: Document, names: Sequence[str], number: str, profile: Profile) -> None:
    """Add who has signed at the right, the number at the left of the last line of them (7.2.5, 7.2.6)."""
    each = int(profile.number("issuers_per_line", "count"))
    lines = [names[at : at + each] for at in range(0, len(names), each)]
    side = profile.chars("issuer_right")
    wide = max(_NAME, *map(len, names))
    columns = min(each, len(names))
    first = profile.chars("chars_per_line") - side - columns * (wide + 1) + 1
    for at, line in enumerate(lines):
        last = at == len(lines) - 1
        paragraph = document.add_paragraph(style=official.UPWARD_NUMBER if last else official.ISSUERS)
        if len(names) > 1:
            _set_tabs(paragraph, [first - 4, *(first + (wide + 1) * place for place in range(columns))], profile)
        label = "签发人：" if at == 0 else ""
        if last:
            add_run(paragraph, number)
            add_run(paragraph, f"\t{label}" if label else "\t\t")
        else:
            _set_left(paragraph, first - len(label), profile)
            add_run(paragraph, label)
        shown = (_spread(name, wide) if len(names) > 1 else name for name in line)
        add_run(paragraph, "\t".join(shown), official.ISSUER_NAME)


def _set_left(paragraph: WordParagraph, place: float, profile: Profile) -> None:
    """Begin a line of signatories so many characters from the left."""
    paragraph.paragraph_format.left_indent = Pt(place * profile.pt("char_pitch"))
    paragraph.paragraph_format.first_line_indent = Pt(0)
    for indents in paragraph._p.iter(qn("w:ind")):
        indents.set(qn("w:firstLineChars"), "0")  # else the style's, which goes before


def _set_tabs(paragraph: WordParagraph, places: Sequence[float], profile: Profile) -> None:
    """Set where the names of several signatories stand, in characters; the style's own tab stop is taken away."""
    char = profile.pt("char_pitch")
    stops = paragraph.paragraph_format.tab_stops
    for place in places:
        stops.add_tab_stop(Pt(place * char))
    end = (profile.chars("chars_per_line") - profile.chars("issuer_right")) * char
    stops.add_tab_stop(Pt(end), WD_TAB_ALIGNMENT.CLEAR)


def _spread(name: str, wide: int) -> str:
    """Return a name of two characters set apart to three, as names below each other are."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 and wide == _NAME else name


# ---------------------------------------------------------------- letters


def _add_letter_head(document: Document, head: Head, profile: Profile) -> None:
    """Add a letter's head: the mark 30 mm below the edge of the page, double rule, markings and number (10.1)."""
    mark = _add(document, head.mark.text.split("\n")[0], official.LETTER_MARK)
    rule = _add(document, "", official.LETTER_RULE)
    size, pitch = profile.pt("mark_size"), profile.pt("mark_pitch")
    top, thickness = points(profile.mm("letter_mark_top")), profile.pt("letter_rule_thickness")
    put_in_frame(mark, top - leading(pitch, size), pitch, profile)
    below = top + _INK * size + points(profile.mm("letter_rule_below_mark"))
    put_in_frame(rule, below - 1, 1, profile)
    _add_letter_number(document, head, below + _DOUBLE * thickness - points(profile.mm("margin_top")), profile)


def _add_letter_number(document: Document, head: Head, edge: float, profile: Profile) -> None:
    """Add markings at the left and the number at the right, below the rule whose edge is so far below the margin."""
    line, size = profile.pt("line_pitch"), profile.pt("body_size")
    before = edge + profile.number("letter_number_below_rule", "ratio") * size - leading(line, size)
    markings = [one for one in head.markings if one.kind != "空行"]
    if head.number:
        number = _add(document, head.number.text, official.LETTER_NUMBER)
        number.paragraph_format.space_before = Pt(0 if markings else before)
        if markings:
            # Beside the first of the lines at the left.
            number.paragraph_format.space_after = Pt(0)
            put_in_frame(number, points(profile.mm("margin_top")) + before, line, profile, place=_right_half(profile))
    for at, one in enumerate(markings):
        marking = _add(document, one.text, _STYLES[one.kind])
        marking.paragraph_format.space_before = Pt(0 if at else before)
        if at == len(markings) - 1:
            marking.paragraph_format.space_after = Pt(profile.number("letter_title_lines", "line") * line)


def _right_half(profile: Profile) -> tuple[float, float]:
    """Return where the right half of the type area begins, and how wide it is, in points."""
    half = profile.mm("area_width") / 2
    return points(profile.mm("margin_left") + half), points(half)
