"""Makes Word templates from drafts, laid out after the format profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Pt

from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.word import official, styles
from pbreports.word.chart_part import add_chart
from pbreports.word.draft import ACROSS, UPRIGHT, Block, Chart, Imprint, Paragraph, Table
from pbreports.word.heads import Head, add_head, split_head
from pbreports.word.imprint import add_imprint
from pbreports.word.pages import add_run, set_document, set_first_of_letter, set_section
from pbreports.word.signing import placed
from pbreports.word.tables import add_table
from pbreports.word.titles import title_lines

if TYPE_CHECKING:
    from docx.document import Document

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
}
"""The styles of the kinds of paragraph; those of official papers are called as the kinds are."""
_DATES = {"落款": "落款日期", "署名": "署名日期"}
_INTERNAL = {*_STYLE_OF, ACROSS, UPRIGHT}
# A document has to say when it was made; a fixed day keeps the bytes the same.
MADE = datetime(2012, 7, 1, tzinfo=UTC)  # the day the standard came into force


def build_template(blocks: Iterable[Block], profile: Profile, title: str) -> bytes:
    """Return a Word document (.docx) of the blocks: page, styles, page numbers after the profile."""
    document = docx.Document()
    _set_properties(document, title)
    given = tuple(blocks)
    upright, lies_across = profile, bool(given) and _lie(given[0]) == ACROSS
    profile = upright.turned() if lies_across else upright
    tags, head, body = split_head(given[lies_across:])
    styles.write_styles(document, profile)
    if head or any(_is_official(block) for block in body):
        official.write_official_styles(document, profile)
    if any(_lie(block) for block in body):
        styles.set_styles(document, styles.break_style(profile), profile.text("color"))
    set_document(document)
    set_section(document.sections[0], profile)
    for tag in tags:
        _add(document, tag, profile)
    if head:
        add_head(document, head, profile)
        if head.is_letter:
            set_first_of_letter(document.sections[0], profile)
    _add_body(document, body, upright, profile, head)
    stream = BytesIO()
    document.save(stream)
    return rewrite_package(stream.getvalue(), stamp=MADE, mend=mend_document)


def _lie(block: Block) -> str:
    """Return how pages lie from a block on, nothing when it does not say so."""
    return block.kind if isinstance(block, Paragraph) and block.kind in {ACROSS, UPRIGHT} else ""


def _is_official(block: Block) -> bool:
    """Whether a block needs the styles of official papers; a paper that has none does without them."""
    return isinstance(block, Imprint) or (isinstance(block, Paragraph) and block.kind not in _INTERNAL)


def _set_properties(document: Document, title: str) -> None:
    """Give the file its title and take out what the empty document brought along."""
    properties = document.core_properties
    properties.title = title
    properties.comments = properties.keywords = ""
    properties.revision = 1


def _add_body(
    document: Document, blocks: Sequence[Block], upright: Profile, profile: Profile, head: Head | None
) -> None:
    """Add the blocks behind the head; where pages begin to lie otherwise a section begins."""
    for block in _with_places(_titled(blocks), upright):
        if lie := _lie(block):
            profile = upright.turned() if lie == ACROSS else upright
            set_section(document.add_section(WD_SECTION.NEW_PAGE), profile)
            _shrink_break(document)
        elif isinstance(block, Imprint):
            add_imprint(document, block, profile, ruled=not (head and head.is_letter))
        else:
            _add(document, block, profile)


def _shrink_break(document: Document) -> None:
    """Make the paragraph that only ends a section take no room, so that it begins no page of its own."""
    document.paragraphs[-1].style = styles.BREAK


def _add(document: Document, block: Block, profile: Profile) -> None:
    """Add one block at the end."""
    if isinstance(block, Table):
        add_table(document, block, profile)
    elif isinstance(block, Chart):
        add_chart(document, block, profile)
    elif isinstance(block, Paragraph):
        _add_paragraph(document, block, profile)


def _titled(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, titles broken into lines that part no word (7.3.1)."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind in {"题名", "附件标题"}:
            yield Paragraph(block.kind, "\n".join(title_lines(block.text)))
        else:
            yield block


def _with_places(blocks: Iterable[Block], profile: Profile) -> Iterator[Block]:
    """Yield the blocks, organ and date below each other with what each leaves free at the right (7.3.5)."""
    waiting = list(blocks)
    for at, block in enumerate(waiting):
        if not isinstance(block, Paragraph):
            continue
        after = waiting[at + 1] if at + 1 < len(waiting) else None
        if isinstance(after, Paragraph) and after.kind == _DATES.get(block.kind):
            waiting[at : at + 2] = _signature(block, after, profile)
    yield from waiting


def _signature(organ: Paragraph, date: Paragraph, profile: Profile) -> tuple[Paragraph, Paragraph]:
    """Return organ and date with what stays free beside them: of an organ that is centred at the left, else at the right."""
    place = placed(organ.text, date.text, profile, is_sealed=organ.kind == "落款")
    return Paragraph(organ.kind, organ.text, place.organ), Paragraph(date.kind, date.text, place.date)


def _add_paragraph(document: Document, block: Paragraph, profile: Profile) -> None:
    """Add one paragraph in the style of its kind."""
    paragraph = document.add_paragraph(style=_STYLE_OF.get(block.kind, block.kind))
    char = profile.pt("char_pitch")
    label, colon, names = block.text.partition("：") if block.kind == "出席" else ("", "", "")
    if label:
        add_run(paragraph, label, official.LABEL)
    if block.text:
        add_run(paragraph, f"{colon}{names}" if label else block.text)
    if block.kind == "落款":
        paragraph.paragraph_format.left_indent = Pt(block.right * char)
    elif block.right or block.kind in _DATES.values():
        paragraph.paragraph_format.right_indent = Pt(block.right * char)
    hanging = profile.chars("annex_note_hanging")
    if block.kind == "附件说明续":
        # Further annexes stand under the first one's number, right of the three characters “附件：”.
        paragraph.paragraph_format.first_line_indent = Pt(-(hanging - 3) * char)
    elif block.kind == "附件说明" and not block.text.startswith("附件：1"):
        single = profile.chars("annex_note_hanging_single")
        paragraph.paragraph_format.left_indent = Pt((profile.chars("annex_note_indent") + single) * char)
        paragraph.paragraph_format.first_line_indent = Pt(-single * char)
