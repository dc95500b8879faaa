"""Makes the template of the sheet that goes round with a draft until it is signed: 拟稿, 核稿, 会签, 签发."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

import docx

from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.word import styles
from pbreports.word.build import MADE
from pbreports.word.form_table import FormCell, FormRow, Line, add_form_table
from pbreports.word.pages import set_document, set_margins
from pbreports.word.styles import ParagraphStyle

if TYPE_CHECKING:
    from pbreports.scheme.profile import Profile

DISPATCH_SHEET = "发文稿纸"
_LABEL, _VALUE = "稿纸栏目", "稿纸内容"
_WIDTHS = (22, 56, 22, 56)
"""The widths of label, value, label and value of a row in millimetres; together that of the type area."""
_HEIGHT, _HIGH = 11.5, 30


def build_dispatch_sheet(profile: Profile) -> bytes:
    """Return the template as a Word document (.docx); the paper's row of 公文配置 fills what is known of it."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.comments, properties.keywords, properties.revision = DISPATCH_SHEET, "", "", 1
    styles.write_styles(document, profile)
    styles.set_styles(document, _styles(profile), profile.text("color"))
    set_document(document)
    set_margins(document.sections[0], profile)
    document.add_paragraph("{{ 公文.署名机关|缺省(发文机关) }}⏎发文稿纸".replace("⏎", "\n"), style=styles.TITLE)
    add_form_table(document, tuple(_rows()), sum(_WIDTHS))
    stream = BytesIO()
    document.save(stream)
    return rewrite_package(stream.getvalue(), stamp=MADE, mend=mend_document)


def _styles(profile: Profile) -> Iterator[ParagraphStyle]:
    """Yield the styles: 黑体 for what is printed, 仿宋 for what is filled in."""
    size, pitch = profile.pt("imprint_size"), profile.pt("imprint_pitch")
    yield ParagraphStyle(_LABEL, profile.text("table_head_font"), size, pitch=pitch, exact=False, align="center")
    yield ParagraphStyle(_VALUE, profile.text("table_font"), size, pitch=pitch, exact=False, align="left")


def _rows() -> Iterator[FormRow]:
    """Yield the rows: numbers and degrees, who signs and who signs along, what it is and to whom, who has drafted it."""
    yield _row(("发文字号", "{{ 公文.发文字号 }}"), ("文　种", "{{ 公文.文种 }}"))
    yield _row(("密　级", "{{ 公文.密级 }}"), ("紧急程度", "{{ 公文.紧急程度 }}"))
    yield _row(("签　发", ""), ("会　签", ""), height=_HIGH)
    yield _row(("核　稿", ""), ("拟　稿", ""), height=_HIGH)
    yield _row(("拟稿科室", "{{ 联系科室 }}"), ("联系电话", "{{ 联系电话 }}"))
    for label, value in (
        ("标　题", "{{ 题名 }}"),
        ("主　送", "{{ 公文.主送机关 }}"),
        ("抄　送", "{{ 公文.抄送机关 }}"),
        ("附　件", ""),
    ):
        yield _row((label, value))
    yield _row(("校　对", ""), ("印　数", "共　　　份"))
    yield _row(
        ("成文日期", "{{ 公文.成文日期|日期 if 公文.成文日期 }}"),
        ("印发日期", "{{ 公文.印发日期|日期 if 公文.印发日期 }}"),
    )
    yield _row(("备　注", ""))


def _row(*pairs: tuple[str, str], height: float = _HEIGHT) -> FormRow:
    """Return a row of labels and values; a single value takes the rest of the width."""
    label, value, *_ = _WIDTHS
    rest = sum(_WIDTHS) - label if len(pairs) == 1 else value
    cells = (
        FormCell(width, (Line(text, style),))
        for name, filled in pairs
        for width, text, style in ((label, name, _LABEL), (rest, filled, _VALUE))
    )
    return FormRow(height, tuple(cells), grows=True)
