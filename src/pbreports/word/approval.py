"""The template of the 干部任免审批表: two pages of A4 whose rows keep their heights, whatever is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.shared import Mm

from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.scheme.profile import load_profile
from pbreports.word import styles
from pbreports.word.form_table import FormCell, FormRow, Frame, Line, add_form_table, millimetres
from pbreports.word.styles import ParagraphStyle

if TYPE_CHECKING:
    from docx.document import Document

APPROVAL_FORM = "干部任免审批表"
TITLE, FOOT, BREAK = "审批表标题", "审批表页脚", "审批表分页"
LABEL, VALUE, LEFT, SMALL, SMALL_LEFT = "审批表栏目", "审批表内容", "审批表长内容", "审批表成员", "审批表成员单位"
SPAN, WITHIN, PHOTO, STAMP = "审批表简历", "审批表其间", "审批表照片", "审批表落款"
"""The styles of the form; one whose name ends in 栏目 tells ``fitting`` what the cells beside it are called."""
_MADE = datetime(2012, 7, 1, tzinfo=UTC)  # a fixed day keeps the bytes the same
_MARGINS = {"top": 18, "bottom": 12, "left": 20, "right": 20}
_WIDTH = 170
_PHOTO = (33, 45)
"""Width and height of the photograph in millimetres, as the editor of these forms shows it."""
_PHOTO_WIDTH = 36
_DATES = 9.2
"""How far the text of a resume's line stands to the right, in characters: two months of seven signs and ``--``, two blanks."""
RELATIVES, MOST_RELATIVES = 7, 10
"""How many relatives the form has rows for, and for how many the same room is parted into lower rows."""
_RELATIVES_HEIGHT = 84.0
_RELATIVE = (20, 24, 14, 22, 78)


def build_approval_form() -> bytes:
    """Return the template as a Word document (.docx): the same bytes each time."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.comments, properties.keywords, properties.revision = APPROVAL_FORM, "", "", 1
    profile = load_profile()
    styles.write_styles(document, profile)
    styles.set_styles(document, _styles(profile.text("title_font"), profile.text("body_font")), profile.text("color"))
    _set_page(document)
    document.add_paragraph("干 部 任 免 审 批 表", style=TITLE)
    add_form_table(document, tuple(_first_page()), _WIDTH)
    document.add_paragraph(style=BREAK)
    add_form_table(document, tuple(_second_page()), _WIDTH)
    document.add_paragraph("填表人：{{ 填表人 }}\t年龄计算至{{ 计算年龄日期 }}", style=FOOT)
    stream = BytesIO()
    document.save(stream)
    return rewrite_package(stream.getvalue(), stamp=_MADE, mend=mend_document)


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, margin in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(margin))
    section.header_distance = section.footer_distance = Mm(8)


def _styles(title: str, font: str) -> Iterator[ParagraphStyle]:
    """Yield the styles: 宋体 for what is printed, 仿宋 for what is filled in."""
    yield ParagraphStyle(TITLE, title, 22, pitch=36, align="center", after=6)
    yield ParagraphStyle(LABEL, "宋体", 12, pitch=15, align="center")
    value = ParagraphStyle(VALUE, font, 14, pitch=16, align="center")
    left = replace(value, name=LEFT, align="left")
    yield value
    yield left
    yield replace(value, name=SMALL, size=12, pitch=14)
    yield replace(left, name=SMALL_LEFT, size=12, pitch=14)
    yield replace(left, name=SPAN, pitch=20, left=_DATES * 14, hanging=_DATES * 14)
    yield replace(left, name=WITHIN, pitch=20, left=_DATES * 14)
    yield ParagraphStyle(PHOTO, font, 10.5, pitch=10.5, exact=False, align="center")
    yield ParagraphStyle(STAMP, font, 14, pitch=20, align="right", right=28)
    yield ParagraphStyle(FOOT, font, 12, pitch=20, align="left", before=4, tab=millimetres(_WIDTH - 62))
    yield ParagraphStyle(BREAK, font, 1, pitch=1, align="left", new_page=True)


# ---------------------------------------------------------------- the first page


def _first_page() -> Iterator[FormRow]:
    """Yield the rows down to the resume."""
    yield _personal("姓　名", "姓名", "性　别", "性别", "出生年月\n（岁）", "出生年月格", begins=True)
    yield _personal("民　族", "民族", "籍　贯", "籍贯", "出 生 地", "出生地")
    yield _personal("入　党\n时　间", "入党时间", "参加工作\n时　间", "参加工作时间", "健康状况", "健康状况")
    profession = (_label(20, "专业技\n术职务"), _value(44, "专业技术职务"))
    speciality = (_label(24, "熟悉专业\n有何专长"), _value(46, "熟悉专业特长"))
    yield FormRow(12.5, (*profession, *speciality, _photo(begins=False)))
    yield from _education("全日制", begins=True)
    yield from _education("在职", begins=False)
    for name in ("现任职务", "拟任职务", "拟免职务"):
        yield FormRow(12, (_label(44, "　".join(name)), _value(126, name, LEFT)))
    yield FormRow(124, (_label(12, "简\n\n历"), FormCell(158, tuple(_resume()))))


def _personal(*texts: str, begins: bool = False) -> FormRow:
    """Return a row of three labels and values beside the photograph, whose cell begins or goes on here."""
    widths = (20, 24, 20, 24, 22, 24)
    made = (_value if at % 2 else _label for at in range(len(widths)))
    cells = [make(width, text) for make, width, text in zip(made, widths, texts, strict=True)]
    return FormRow(12.5, (*cells, _photo(begins=begins)))


def _photo(*, begins: bool) -> FormCell:
    if not begins:
        return FormCell(_PHOTO_WIDTH, (Line("", PHOTO),), "continue")
    return FormCell(_PHOTO_WIDTH, (Frame(_tag("照片"), *_PHOTO, PHOTO),), "restart")


def _education(kind: str, *, begins: bool) -> Iterator[FormRow]:
    """Yield the two rows of a kind of education, in three forms of the same height.

    Without a degree the cells of 学历 and of its school go down over both rows; with a degree from the same school only the
    school's cell does.
    """
    degree, school = f"{kind}学位", f"{kind}学位院校专业"
    yield _control(f"if not {degree}")
    yield from _education_rows(kind, begins=begins, degree=False, school=False)
    yield _control(f"elif not {school}")
    yield from _education_rows(kind, begins=begins, degree=True, school=False)
    yield _control("else")
    yield from _education_rows(kind, begins=begins, degree=True, school=True)
    yield _control("endif")


def _education_rows(kind: str, *, begins: bool, degree: bool, school: bool) -> Iterator[FormRow]:
    """Yield the two rows in one form: with cells of their own for the degree and for its school, or without."""
    first = (
        _label(20, "学　历\n学　位", "restart") if begins else _label(20, "", "continue"),
        _label(24, f"{'　'.join(kind) if len(kind) == 2 else kind}\n教　育", "restart"),
        replace(_value(44, f"{kind}学历"), merge="" if degree else "restart"),
        _label(22, "毕业院校\n系及专业", "restart"),
        FormCell(60, tuple(_schools(kind, degree=degree)), "" if school else "restart"),
    )
    second = (
        _label(20, "", "continue"),
        _label(24, "", "continue"),
        _value(44, f"{kind}学位") if degree else FormCell(44, (Line("", VALUE),), "continue"),
        _label(22, "", "continue"),
        _value(60, f"{kind}学位院校专业", LEFT) if school else FormCell(60, (Line("", LEFT),), "continue"),
    )
    yield FormRow(9.5, first)
    yield FormRow(9.5, second)


def _schools(kind: str, *, degree: bool) -> Iterator[Line]:
    """Yield the school of the 学历; a degree's school without a degree is a slip, and printed for the eye to find."""
    yield Line(_tag(f"{kind}学历院校专业"), LEFT)
    if not degree:
        yield from _only_if(f"{kind}学位院校专业", LEFT)


def _only_if(name: str, style: str) -> Iterator[Line]:
    yield Line(f"{{%p if {name} %}}", styles.CONTROL)
    yield Line(_tag(name), style)
    yield Line("{%p endif %}", styles.CONTROL)


def _resume() -> Iterator[Line]:
    """Yield the lines of the resume: dates, a tab, what the person did; studies meanwhile stand below, in brackets."""
    yield Line("{%p for 行 in 简历行 %}", styles.CONTROL)
    yield Line("{%p if 行.是否其间 %}", styles.CONTROL)
    yield Line("（其间：{{ 行.起止 }}　{{ 行.内容 }}）", WITHIN)
    yield Line("{%p else %}", styles.CONTROL)
    yield Line("{{ 行.起止 }}\t{{ 行.内容 }}", SPAN)
    yield Line("{%p endif %}", styles.CONTROL)
    yield Line("{%p endfor %}", styles.CONTROL)


# ---------------------------------------------------------------- the second page


def _second_page() -> Iterator[FormRow]:
    """Yield the rows from rewards to the opinions."""
    yield FormRow(40, (_label(20, "奖　惩\n情　况"), _value(150, "奖惩情况", LEFT)))
    yield FormRow(22, (_label(20, "年　度\n考　核\n结　果"), _value(150, "年度考核结果", LEFT)))
    yield FormRow(22, (_label(20, "任　免\n理　由"), _value(150, "任免理由", LEFT)))
    heads = ("称　谓", "姓　名", "年　龄", "政　治\n面　貌", "工 作 单 位 及 职 务")
    head = (_label(width, text) for width, text in zip(_RELATIVE, heads, strict=True))
    yield FormRow(12, (_label(12, "\n".join("家庭主要成员及重要社会关系"), "restart"), *head))
    yield _control(f"if 家庭成员|length > {RELATIVES}")
    yield from _relatives(MOST_RELATIVES)
    yield _control("else")
    yield from _relatives(RELATIVES)
    yield _control("endif")
    seal = (Line("（盖章）", STAMP), Line("年　　月　　日", STAMP))
    yield FormRow(26, (_label(20, "呈　报\n单　位"), FormCell(150, (Line(_tag("呈报单位"), LEFT), *seal))))
    opinion = FormCell(65, seal, low=True)
    labels = (_label(20, "审　批\n机　关\n意　见"), _label(20, "行　政\n机　关\n任　免\n意　见"))
    yield FormRow(44, (labels[0], opinion, labels[1], opinion))


def _relatives(rows: int) -> Iterator[FormRow]:
    """Yield the rows of the relatives, padded with blank ones."""
    yield _control(f"for 行 in 家庭成员|补足({rows})")
    names = ("称谓", "成员姓名", "年龄", "成员政治面貌", "成员单位及职务")
    kinds = (SMALL, SMALL, SMALL, SMALL, SMALL_LEFT)
    cells = (_value(width, f"行.{name}", kind) for width, name, kind in zip(_RELATIVE, names, kinds, strict=True))
    yield FormRow(_RELATIVES_HEIGHT / rows, (_label(12, "", "continue"), *cells))
    yield _control("endfor")


# ---------------------------------------------------------------- cells


def _control(words: str) -> FormRow:
    return FormRow(0, (FormCell(_WIDTH, (Line(f"{{%tr {words} %}}", LABEL),)),))


def _label(width: float, text: str, merge: str = "") -> FormCell:
    return FormCell(width, tuple(Line(line, LABEL) for line in text.split("\n")), merge)


def _value(width: float, name: str, style: str = VALUE) -> FormCell:
    return FormCell(width, (Line(_tag(name), style),))


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}"
