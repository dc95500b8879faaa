"""The template of the 干部任免审批表: two pages of A4 whose rows keep their heights, whatever is filled in."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.shared import Mm

from pbreports.ooxml.mend import mend_document
from pbreports.ooxml.write import rewrite_package
from pbreports.word import styles
from pbreports.word.profile import load_profile
from pbreports.word.styles import ParagraphStyle, node, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

APPROVAL_FORM = "干部任免审批表"
TITLE, LABEL, VALUE, LEFT = "审批表标题", "审批表栏目", "审批表内容", "审批表长内容"
SMALL, SMALL_LEFT = "审批表成员", "审批表成员单位"
SPAN, WITHIN, PHOTO, STAMP, FOOT, BREAK = (
    "审批表简历",
    "审批表其间",
    "审批表照片",
    "审批表落款",
    "审批表页脚",
    "审批表分页",
)
"""The styles of the form; one whose name ends in 栏目 tells ``fitting`` what the cells beside it are called."""
_MADE = datetime(2012, 7, 1, tzinfo=UTC)  # a fixed day keeps the bytes the same
_MARGINS = {"top": 18, "bottom": 12, "left": 20, "right": 20}
_WIDTH = 170
_PHOTO = (33, 45)
"""Width and height of the photograph in millimetres, as the editor of these forms shows it."""
_CELL_SIDE = 1.0
_DATES = 9.2
"""How far the text of a resume's line stands to the right, in characters: two months of seven signs and ``--``, two spaces."""
RELATIVES, MOST_RELATIVES = 7, 10
"""How many relatives the form has rows for, and for how many the same room is parted into lower rows."""
_RELATIVES_HEIGHT = 84.0


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: width in millimetres, a paragraph a line, the style of them; ``merge`` is ``restart`` or ``continue``."""

    width: float
    lines: tuple[str, ...] = ()
    style: str = VALUE
    merge: str = ""
    low: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its exact height in millimetres and its cells; one with a single tag for control has no height."""

    height: float
    cells: tuple[_Cell, ...]


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
    _add_table(document, tuple(_first_page()))
    document.add_paragraph(style=BREAK)
    _add_table(document, tuple(_second_page()))
    document.add_paragraph("填表人：{{ 填表人 }}\t年龄计算至{{ 计算年龄日期 }}", style=FOOT)
    stream = BytesIO()
    document.save(stream)
    return rewrite_package(stream.getvalue(), stamp=_MADE, mend=mend_document)


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
    yield ParagraphStyle(FOOT, font, 12, pitch=20, align="left", before=4, tab=_points(_WIDTH - 62))
    yield ParagraphStyle(BREAK, font, 1, pitch=1, align="left", new_page=True)


# ---------------------------------------------------------------- the rows


def _first_page() -> Iterator[_Row]:
    """Yield the rows of the first page, down to the resume."""
    yield _personal("姓　名", "姓名", "性　别", "性别", "出生年月\n（岁）", "出生年月格", "restart")
    yield _personal("民　族", "民族", "籍　贯", "籍贯", "出 生 地", "出生地", "continue")
    yield _personal(
        "入　党\n时　间", "入党时间", "参加工作\n时　间", "参加工作时间", "健康状况", "健康状况", "continue"
    )
    cells = (
        _label(20, "专业技\n术职务"),
        _filled(44, "专业技术职务"),
        _label(24, "熟悉专业\n有何专长"),
        _filled(46, "熟悉专业特长"),
        _Cell(36, style=PHOTO, merge="continue"),
    )
    yield _Row(12.5, cells)
    yield from _education("全日制", "restart")
    yield from _education("在职", "continue")
    for name in ("现任职务", "拟任职务", "拟免职务"):
        yield _Row(12, (_label(44, "　".join(name)), _Cell(126, (_tag(name),), LEFT)))
    resume = (
        "{%p for 行 in 简历行 %}",
        "{%p if 行.是否其间 %}",
        "（其间：{{ 行.起止 }}　{{ 行.内容 }}）",
        "{%p else %}",
        "{{ 行.起止 }}\t{{ 行.内容 }}",
        "{%p endif %}",
        "{%p endfor %}",
    )
    yield _Row(124, (_label(12, "简\n\n历"), _Cell(158, resume, SPAN)))


def _personal(*texts: str) -> _Row:
    """Return a row of three labels and values beside the photograph, whose cell begins or goes on here."""
    *pairs, merge = texts
    widths = (20, 24, 20, 24, 22, 24)
    cells = [
        _filled(width, text) if at % 2 else _label(width, text)
        for at, (width, text) in enumerate(zip(widths, pairs, strict=True))
    ]
    photo = _Cell(36, (_tag("照片"),) if merge == "restart" else (), PHOTO, merge)
    return _Row(12.5, (*cells, photo))


def _education(kind: str, merge: str) -> Iterator[_Row]:
    """Yield the two rows of a kind of education, in three forms of the same height.

    Without a degree the cells of 学历 and of its school go down over both rows; with a degree from the same school only the
    school's cell does.
    """
    degree, school = f"{kind}学位", f"{kind}学位院校专业"
    yield _control(f"if not {degree}")
    yield from _education_rows(kind, merge, degree=False, school=False)
    yield _control(f"elif not {school}")
    yield from _education_rows(kind, merge, degree=True, school=False)
    yield _control("else")
    yield from _education_rows(kind, merge, degree=True, school=True)
    yield _control("endif")


def _education_rows(kind: str, merge: str, *, degree: bool, school: bool) -> Iterator[_Row]:
    """Yield the two rows in one form: with cells of their own for the degree and for its school, or without."""
    schools: tuple[str, ...] = (_tag(f"{kind}学历院校专业"),)
    if not degree:
        # A degree's school without a degree is a slip; it is printed all the same, for the eye to find.
        name = f"{kind}学位院校专业"
        schools = (*schools, f"{{%p if {name} %}}", _tag(name), "{%p endif %}")
    yield _Row(
        9.5,
        (
            _label(20, "学　历\n学　位" if merge == "restart" else "", merge),
            _label(24, f"{'在　职' if kind == '在职' else kind}\n教　育", "restart"),
            _Cell(44, (_tag(f"{kind}学历"),), merge="" if degree else "restart"),
            _label(22, "毕业院校\n系及专业", "restart"),
            _Cell(60, schools, LEFT, "" if school else "restart"),
        ),
    )
    yield _Row(
        9.5,
        (
            _label(20, "", "continue"),
            _label(24, "", "continue"),
            _filled(44, f"{kind}学位") if degree else _Cell(44, merge="continue"),
            _label(22, "", "continue"),
            _Cell(60, (_tag(f"{kind}学位院校专业"),), LEFT) if school else _Cell(60, style=LEFT, merge="continue"),
        ),
    )


def _second_page() -> Iterator[_Row]:
    """Yield the rows of the second page."""
    yield _Row(40, (_label(20, "奖　惩\n情　况"), _Cell(150, (_tag("奖惩情况"),), LEFT)))
    yield _Row(22, (_label(20, "年　度\n考　核\n结　果"), _Cell(150, (_tag("年度考核结果"),), LEFT)))
    yield _Row(22, (_label(20, "任　免\n理　由"), _Cell(150, (_tag("任免理由"),), LEFT)))
    heads = ("称　谓", "姓　名", "年　龄", "政　治\n面　貌", "工 作 单 位 及 职 务")
    head = (_label(width, text) for width, text in zip(_RELATIVE, heads, strict=True))
    yield _Row(12, (_label(12, "\n".join("家庭主要成员及重要社会关系"), "restart"), *head))
    yield _control(f"if 家庭成员|length > {RELATIVES}")
    yield from _relatives(MOST_RELATIVES)
    yield _control("else")
    yield from _relatives(RELATIVES)
    yield _control("endif")
    report = ("{{ 呈报单位 }}", "（盖章）", "年　　月　　日")
    yield _Row(26, (_label(20, "呈　报\n单　位"), _Cell(150, report, STAMP)))
    stamp = ("（盖章）", "年　　月　　日")
    opinions = (
        _label(20, "审　批\n机　关\n意　见"),
        _Cell(65, stamp, STAMP, low=True),
        _label(20, "行　政\n机　关\n任　免\n意　见"),
        _Cell(65, stamp, STAMP, low=True),
    )
    yield _Row(44, opinions)


_RELATIVE = (20, 24, 14, 22, 78)


def _relatives(rows: int) -> Iterator[_Row]:
    """Yield the rows of the relatives, padded with blank ones."""
    yield _control(f"for 行 in 家庭成员|补足({rows})")
    tags = (_tag(f"行.{name}") for name in ("称谓", "成员姓名", "年龄", "成员政治面貌", "成员单位及职务"))
    kinds = (SMALL, SMALL, SMALL, SMALL, SMALL_LEFT)
    cells = (_Cell(width, (tag,), kind) for width, tag, kind in zip(_RELATIVE, tags, kinds, strict=True))
    yield _Row(_RELATIVES_HEIGHT / rows, (_label(12, "", "continue"), *cells))
    yield _control("endfor")


def _control(words: str) -> _Row:
    return _Row(0, (_Cell(_WIDTH, (f"{{%tr {words} %}}",), LABEL),))


def _label(width: float, text: str, merge: str = "") -> _Cell:
    return _Cell(width, tuple(text.split("\n")) if text else (), LABEL, merge)


def _filled(width: float, name: str) -> _Cell:
    return _Cell(width, (_tag(name),))


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}"


# ---------------------------------------------------------------- the file


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side, margin in _MARGINS.items():
        setattr(section, f"{side}_margin", Mm(margin))
    section.header_distance = section.footer_distance = Mm(8)


def _add_table(document: Document, rows: Sequence[_Row]) -> None:
    """Add a table whose grid has a line wherever a cell of some row ends."""
    ends = sorted({end for row in rows for end in _ends(row)})
    table = document.add_table(rows=0, cols=len(ends), style="Table Grid")
    _set_table(table._tbl.tblPr)
    grid = table._tbl.tblGrid
    grid[:] = [node("w:gridCol", {"w:w": _twips(width)}) for width in _gaps(ends)]
    for row in rows:
        made = node("w:tr")
        table._tbl.append(made)
        made.append(_row_properties(row))
        for cell, end in zip(row.cells, _ends(row), strict=True):
            made.append(_made_cell(document, cell, sum(end - cell.width < each <= end for each in ends)))


def _ends(row: _Row) -> list[float]:
    ends: list[float] = []
    for cell in row.cells:
        ends.append((ends[-1] if ends else 0) + cell.width)
    return ends


def _gaps(ends: Sequence[float]) -> Iterable[float]:
    return (end - before for before, end in zip((0, *ends), ends, strict=False))


def _set_table(properties: BaseOxmlElement) -> None:
    """Give the table its width, thin rules and little white at the sides of its cells."""
    for old in properties.xpath("w:tblW|w:tblLayout|w:jc"):
        properties.remove(old)
    margins = node("w:tblCellMar")
    margins[:] = [
        node(f"w:{side}", {"w:w": _twips(_CELL_SIDE if side in {"left", "right"} else 0), "w:type": "dxa"})
        for side in ("top", "left", "bottom", "right")
    ]
    width = node("w:tblW", {"w:w": _twips(_WIDTH), "w:type": "dxa"})
    for made in (width, node("w:jc", {"w:val": "center"}), node("w:tblLayout", {"w:type": "fixed"}), margins):
        properties.insert_element_before(made, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def _row_properties(row: _Row) -> BaseOxmlElement:
    properties = node("w:trPr")
    properties.append(node("w:cantSplit"))
    if row.height:
        properties.append(node("w:trHeight", {"w:val": _twips(row.height), "w:hRule": "exact"}))
    return properties


def _made_cell(document: Document, cell: _Cell, span: int) -> BaseOxmlElement:
    """Return the cell's element; one without lines still holds a paragraph."""
    made, properties = node("w:tc"), node("w:tcPr")
    made.append(properties)
    properties.append(node("w:tcW", {"w:w": _twips(cell.width), "w:type": "dxa"}))
    if span > 1:
        properties.append(node("w:gridSpan", {"w:val": str(span)}))
    if cell.merge:
        properties.append(node("w:vMerge", {"w:val": cell.merge}))
    properties.append(node("w:vAlign", {"w:val": "bottom" if cell.low else "center"}))
    for line in cell.lines or ("",):
        made.append(_made_paragraph(document, line, _style_of(line, cell.style)))
    return made


def _style_of(line: str, style: str) -> str:
    if line.startswith("{%p"):
        return styles.CONTROL
    if style == SPAN and line.startswith("（其间"):
        return WITHIN
    return LEFT if line == "{{ 呈报单位 }}" else style


def _made_paragraph(document: Document, text: str, style: str) -> BaseOxmlElement:
    paragraph = document.add_paragraph(style=style)
    if style == PHOTO and text:
        run = paragraph.add_run()
        run.add_picture(BytesIO(_grey()), Mm(_PHOTO[0]), Mm(_PHOTO[1]))
        _hold_place(run._r, text)
    elif text:
        run = paragraph.add_run(text)
        run._r.get_or_add_rPr().append(node("w:rFonts", {"w:hint": "eastAsia"}))
    made: BaseOxmlElement = paragraph._p
    return made


def _hold_place(run: BaseOxmlElement, tag: str) -> None:
    """Make a picture hold the place of another; without a word LibreOffice puts 3 mm of white at its sides."""
    for frame in run.iter(qn("wp:inline")):
        for side in "TBLR":
            frame.set(f"dist{side}", "0")
    for named in run.iter(qn("wp:docPr")):
        named.set("descr", tag)


def _grey() -> bytes:
    """Return a small grey picture (PNG, ISO/IEC 15948) of the photograph's proportions, which holds its place."""
    width, height = _PHOTO
    rows = (b"\x00" + b"\xd9" * width) * height
    chunks = (
        (b"IHDR", struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _points(millimetres: float) -> float:
    return millimetres * 72 / 25.4


def _twips(millimetres: float) -> str:
    return twips(_points(millimetres))
