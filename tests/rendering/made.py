"""Papers for measuring, written as Word markup by hand: right ones, and such with one deliberate fault each.

They do not come from our templates, so that a fault there cannot hide one in the measuring.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pbreports.ooxml.encrypting import encrypted
from pbreports.rendering.fonts import asked_fonts
from pbreports.rendering.yardstick import Contents

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# No sign in it may not begin or end a line, so that every full line holds as many characters as fit.
SENTENCE = "全区教育系统各级党组织认真贯彻落实上级部署要求持续推进基层党建工作规范化建设充分发挥战斗堡垒作用"
LONG = (SENTENCE * 30)[: 28 * 29 - 9] + "。"
ORGAN, DAY, NUMBER = "中共任城区委教育工作委员会", "2020年12月28日", "任教工委〔2020〕31号"


@dataclass(frozen=True)
class Form:
    """The form of a paper; lengths in millimetres where nothing else is said."""

    top: float = 34.58
    bottom: float = 32.58
    left: float = 28.0
    right: float = 26.0
    width: float = 210.0
    pitch: float = 29.45  # points
    spacing: int = -5  # twentieths of a point
    mark_at: float = 72.0
    rule_below: float = 4.0
    rule_side: float = 0.0  # how far the red rule's ends lie within the type area
    footer: float = 25.3
    odd: str = "right"
    number: str = "dash"
    rule: str = "single"
    imprint_at: float = 262.0
    face: str = "仿宋_GB2312"
    paragraphs: int = 3
    wide_blank: int = 0  # blank lines between the addressees and the text
    lonely: bool = False
    table_out: float = 0.0  # how far a table's rules stand left of the text


def twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def paragraph(text: str, properties: str = "", run: str = "", size: float = 16) -> str:
    """Return a paragraph of one run; line breaks in the text begin a new line."""
    broken = "</w:t><w:br/><w:t>".join(text.split("\n"))
    looks = f"<w:rPr>{run}<w:sz w:val='{round(size * 2)}'/></w:rPr>"
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{looks}<w:t xml:space='preserve'>{broken}</w:t></w:r></w:p>"


def fonts(name: str) -> str:
    """Return the property that sets all kinds of characters of a run in one font."""
    return "<w:rFonts w:hint='eastAsia' " + " ".join(f"w:{at}='{name}'" for at in ("ascii", "hAnsi", "eastAsia")) + "/>"


def lines(pitch: float, before: float = 0, after: float = 0) -> str:
    """Return an exact pitch and the space around, all in points."""
    around = f"w:before='{round(before * 20)}' w:after='{round(after * 20)}'"
    return f"<w:spacing {around} w:line='{round(pitch * 20)}' w:lineRule='exact'/>"


def general(form: Form) -> bytes:
    """Return a paper with a red head of three pages or so."""
    return packed(_head(form) + _text(form) + _imprint(form), form)


def _head(form: Form) -> str:
    mark = paragraph(
        f"{ORGAN}文件",
        lines(36, before=(form.mark_at - form.top) / 25.4 * 72 - 4.6) + "<w:jc w:val='center'/>",
        fonts("方正小标宋简体") + "<w:color w:val='FF0000'/>",
        28,
    )
    # The rule lies below the line's box, the distance is meant from the ink: 1.2 mm lie between.
    space, side = round((form.rule_below - 1.2) / 25.4 * 72), twips(form.rule_side)
    border = f"<w:pBdr><w:bottom w:val='{form.rule}' w:sz='12' w:space='{space}' w:color='FF0000'/></w:pBdr>"
    inset = f"<w:ind w:left='{side}' w:right='{side}'/>"
    number = paragraph(NUMBER, border + lines(29.45, before=58.9) + inset + "<w:jc w:val='center'/>")
    title = paragraph(
        f"{ORGAN}关于表彰\n先进基层党组织的决定",
        lines(36, before=58.9) + "<w:jc w:val='center'/>",
        fonts("方正小标宋简体"),
        22,
    )
    return mark + number + title


def _text(form: Form) -> str:
    line, run = lines(form.pitch), f"<w:spacing w:val='{form.spacing}'/>"
    said = paragraph("各镇街党总支，各中小学校、幼儿园党组织：", lines(form.pitch, before=form.pitch), run)
    said += paragraph("", line) * form.wide_blank
    indent = "<w:ind w:firstLine='630'/><w:jc w:val='both'/>"
    said += paragraph(LONG, line + indent, run) * form.paragraphs
    said += _table(form.table_out) if form.table_out else ""
    moved = "<w:pageBreakBefore/>" if form.lonely else ""
    signature = "<w:ind w:left='4000'/><w:jc w:val='center'/>"
    said += paragraph(ORGAN, moved + lines(form.pitch, before=2 * form.pitch) + signature, run)
    return said + paragraph(DAY, line + signature, run)


def _table(out: float) -> str:
    """Return a table of one cell whose rules stand so many millimetres left of the text."""
    rules = "".join(
        f"<w:{side} w:val='single' w:sz='4' w:color='000000'/>" for side in ("top", "left", "bottom", "right")
    )
    width = f"w:w='{twips(150)}' w:type='dxa'"
    looks = (
        f"<w:tblInd w:w='{-twips(out)}' w:type='dxa'/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type='fixed'/>"
    )
    text = paragraph("合计", lines(28) + "<w:jc w:val='center'/>")
    cell = f"<w:tc><w:tcPr><w:tcW {width}/></w:tcPr>{text}</w:tc>"
    grid = f"<w:tblGrid><w:gridCol w:w='{twips(150)}'/></w:tblGrid>"
    return f"<w:tbl><w:tblPr><w:tblW {width}/>{looks}</w:tblPr>{grid}<w:tr>{cell}</w:tr></w:tbl>"


def _imprint(form: Form) -> str:
    """Return copies and print as a table whose foot is at the place asked, at the bottom of the last page."""
    rule = "<w:{0} w:val='single' w:sz='8' w:space='0' w:color='000000'/>".format
    top = twips(form.imprint_at - form.top) - 2 * 480
    place = f"<w:tblpPr w:vertAnchor='margin' w:horzAnchor='page' w:tblpX='{twips(28)}' w:tblpY='{top}'/>"
    borders = f"<w:tblBorders>{rule('top')}{rule('bottom')}</w:tblBorders><w:tblLayout w:type='fixed'/>"
    margins = "<w:tblCellMar><w:left w:w='0' w:type='dxa'/><w:right w:w='0' w:type='dxa'/></w:tblCellMar>"
    width = f"<w:tblW w:w='{twips(156)}' w:type='dxa'/>"
    cell = f"<w:tcPr>{width.replace('tblW', 'tcW')}</w:tcPr>"
    height = "<w:trPr><w:trHeight w:val='480' w:hRule='exact'/></w:trPr>"
    texts = ("抄送：区委组织部，区委宣传部。", f"{ORGAN}办公室　　2020年12月28日印发")
    looks = lines(20) + "<w:ind w:left='280'/>"
    rows = "".join(f"<w:tr>{height}<w:tc>{cell}{paragraph(text, looks, size=14)}</w:tc></w:tr>" for text in texts)
    grid = f"<w:tblGrid><w:gridCol w:w='{twips(156)}'/></w:tblGrid>"
    table = (
        f"<w:tbl><w:tblPr>{place}<w:tblOverlap w:val='never'/>{width}{borders}{margins}</w:tblPr>{grid}{rows}</w:tbl>"
    )
    return table + paragraph("", lines(1), "", 1)


def internal(form: Form) -> bytes:
    """Return a paper without a head: a title and full sides of text."""
    title = paragraph(
        "年度党建工作总结", lines(36, after=58.9 - 36) + "<w:jc w:val='center'/>", fonts("方正小标宋简体"), 22
    )
    line, run = lines(form.pitch), f"<w:spacing w:val='{form.spacing}'/>"
    indent = "<w:ind w:firstLine='630'/><w:jc w:val='both'/>"
    return packed(title + paragraph(LONG, line + indent, run) * form.paragraphs, form)


def letter(
    form: Form,
    mark_at: float = 30,
    rule: float = 170,
    low: float = 277,
    *,
    numbered: bool = False,
    kind: str = "thinThickSmallGap",
) -> bytes:
    """Return a letter: the mark high up, a double rule as wide as asked, another one at the foot of the first page."""
    side = twips((156 - rule) / 2)
    inset = f"<w:ind w:left='{side}' w:right='{side}'/><w:jc w:val='center'/>"
    place = f"w:x='{twips((210 - rule) / 2 + 1)}' w:y='{twips(mark_at - 1.6)}' w:hAnchor='page' w:vAnchor='page'"
    frame = f"<w:framePr w:w='{twips(rule)}' w:wrap='notBeside' {place}/>"
    double = "<w:pBdr><w:{} w:val='{}' w:sz='24' w:space='{}' w:color='FF0000'/></w:pBdr>".format
    red = fonts("方正小标宋简体") + "<w:color w:val='FF0000'/>"
    mark = paragraph(
        ORGAN, frame + double("bottom", "thickThinSmallGap", 3) + lines(36) + "<w:jc w:val='center'/>", red, 28
    )
    number = paragraph(NUMBER, lines(29.45, before=14) + "<w:jc w:val='right'/>")
    title = paragraph(
        "关于征求意见的函", lines(36, before=58.9) + "<w:jc w:val='center'/>", fonts("方正小标宋简体"), 22
    )
    foot = paragraph("", double("top", kind, 0) + lines(1) + inset, "", 1)
    low_edge = 297 - low
    number_of_page = _footer(form, form.odd) + _blank(form.footer - low_edge) if numbered else ""
    first = {"footer": number_of_page + foot}
    return packed(mark + number + title + _text(form), form, first, low_edge)


def packed(body: str, form: Form, first: Mapping[str, str] | None = None, low_edge: float = 0) -> bytes:
    """Return the markup as a Word file with page numbers for odd and even sides, and other ones of the first page."""
    low = low_edge or form.footer
    other = "left" if form.odd == "right" else "right"
    raised = _blank(form.footer - low) if low_edge else ""
    kinds = {"default": ("footer", _footer(form, form.odd) + raised), "even": ("footer", _footer(form, other) + raised)}
    kinds |= {f"first{kind}": (kind, text) for kind, text in (first or {}).items()}
    references = "".join(
        f"<w:{kind}Reference w:type='{name.removesuffix(kind)}' r:id='{name}'/>" for name, (kind, _) in kinds.items()
    )
    around = f"w:top='{twips(form.top)}' w:bottom='{twips(form.bottom)}' w:left='{twips(form.left)}' w:right='{twips(form.right)}'"
    section = (
        f"<w:sectPr>{references}<w:pgSz w:w='{twips(form.width)}' w:h='16838'/>"
        f"<w:pgMar {around} w:header='850' w:footer='{twips(low)}' w:gutter='0'/>"
        f"{'<w:titlePg/>' if first else ''}</w:sectPr>"
    )
    parts = {
        f"word/{name}.xml": _part("ftr" if kind == "footer" else "hdr", text) for name, (kind, text) in kinds.items()
    }
    return _zipped({"word/document.xml": _part("document", f"<w:body>{body}{section}</w:body>"), **parts}, form)


def _footer(form: Form, side: str) -> str:
    if form.number == "none":
        return paragraph("")
    before, behind = ("— ", " —") if form.number == "dash" else ("", "")
    look = f"<w:rPr>{fonts('宋体')}<w:sz w:val='28'/></w:rPr>"
    run = f"<w:r>{look}{{}}</w:r>".format
    field_ = "".join(run(f"<w:fldChar w:fldCharType='{one}'/>") for one in ("begin",))
    field_ += run("<w:instrText>PAGE</w:instrText>") + run("<w:fldChar w:fldCharType='end'/>")
    texts = [run(f"<w:t xml:space='preserve'>{one}</w:t>") for one in (before, behind)]
    indent = f"<w:ind w:left='280' w:right='280'/><w:jc w:val='{side}'/>"
    return f"<w:p><w:pPr>{lines(14)}{indent}</w:pPr>{texts[0]}{field_}{texts[1]}</w:p>"


def _blank(height: float) -> str:
    """Return an empty paragraph so many millimetres high."""
    return paragraph("", lines(height / 25.4 * 72))


def _part(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def _zipped(parts: Mapping[str, str], form: Form) -> bytes:
    kinds = {name: name.split("/")[1].removesuffix(".xml") for name in parts if name != "word/document.xml"}
    paragraph_ = "<w:widowControl w:val='0'/><w:overflowPunct w:val='1'/><w:autoSpaceDE w:val='0'/><w:autoSpaceDN w:val='0'/><w:snapToGrid w:val='0'/>"
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(form.face)}<w:sz w:val='32'/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{paragraph_}</w:pPr></w:pPrDefault></w:docDefaults>"
    settings = "<w:evenAndOddHeaders/><w:compat><w:compatSetting w:name='compatibilityMode' w:uri='http://schemas.microsoft.com/office/word' w:val='15'/></w:compat>"
    written = {**parts, "word/styles.xml": _part("styles", styles), "word/settings.xml": _part("settings", settings)}
    ids = {"styles": "styles", "settings": "settings", **_kinds(kinds)}
    links = "".join(f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{name}.xml"/>' for name, kind in ids.items())
    overrides = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        **_kinds(kinds),
    }
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in overrides.items()
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    root = f'<Relationship Id="r" Type="{R}/officeDocument" Target="word/document.xml"/>'
    written |= {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types">{default}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships">{root}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{packages}/relationships">{links}</Relationships>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in written.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _kinds(names: Mapping[str, str]) -> dict[str, str]:
    """Return for each header and footer which of both it is."""
    return {one: "header" if one.endswith("header") else "footer" for one in names.values()}


RIGHT, LITERAL = Form(), Form(top=37, bottom=35, pitch=28.95)

FAULTS: Mapping[str, tuple[Form, set[str]]] = {
    "纸宽": (Form(width=215, right=31), {"W-80"}),
    "文字在天头里": (Form(top=31.58, bottom=35.58), {"W-81"}),
    "文字低于天头": (Form(top=38, bottom=34, pitch=28.95), {"W-81"}),
    "订口窄": (Form(left=24, right=30), {"W-82"}),
    "版心宽": (Form(right=20, spacing=5), {"W-83"}),
    "版心高": (Form(bottom=30.5, pitch=29.85), {"W-83"}),
    "表格超出版心": (Form(table_out=6), {"W-84"}),
    "每面二十一行": (Form(pitch=30), {"W-85"}),
    "每面二十三行": (Form(pitch=28), {"W-85"}),
    "每行二十七字": (Form(spacing=0), {"W-86"}),
    "标志低": (Form(mark_at=80), {"W-87"}),
    "红线远": (Form(rule_below=8), {"W-88"}),
    "红线短": (Form(rule_side=10), {"W-88"}),
    "没有红线": (Form(rule="none"), {"W-88"}),
    "首页没有正文": (Form(wide_blank=8, paragraphs=2), {"W-90"}),
    "页码低": (Form(footer=20), {"W-91"}),
    "页码左右颠倒": (Form(odd="left"), {"W-92"}),
    "没有页码": (Form(number="none"), {"W-93"}),
    "页码没有一字线": (Form(number="bare"), {"W-93"}),
    "署名单独一面": (Form(lonely=True), {"W-94"}),
    "版记高": (Form(imprint_at=250), {"W-95"}),
    "正文不是仿宋": (Form(face="黑体"), {"W-96"}),
}
"""Papers with a red head that have one fault each, and which codes tell it."""

LETTER_FAULTS: Mapping[str, tuple[bytes, set[str]]] = {
    "信函标志低": (letter(RIGHT, mark_at=36), {"W-87"}),
    "信函双线短": (letter(RIGHT, rule=156), {"W-89"}),
    "信函下双线高": (letter(RIGHT, low=272), {"W-89"}),
    "信函没有下双线": (letter(RIGHT, kind="none"), {"W-89"}),
    "信函首页有页码": (letter(RIGHT, numbered=True), {"W-93"}),
}
RIGHT_ONES: Mapping[str, bytes] = {
    "公文": general(RIGHT),
    "公文 照字面": general(LITERAL),
    "内部材料": internal(RIGHT),
    "内部材料 照字面": internal(LITERAL),
    "信函": letter(RIGHT),
}
DAMAGED, LOCKED, MISSING = "坏了的", "设了密码的", "没有这份"


@cache
def papers() -> Mapping[str, bytes]:
    """Return all papers by name: right ones, one with each fault, and two that cannot be opened."""
    wrong = {name: general(form) for name, (form, _) in FAULTS.items()}
    wrong |= {name: data for name, (data, _) in LETTER_FAULTS.items()}
    right = RIGHT_ONES["公文"]
    # Those that cannot be opened stand first: what follows must be converted all the same.
    return {DAMAGED: right[:2000], LOCKED: encrypted(right, "secret"), **RIGHT_ONES, **wrong}


def contents(name: str) -> Contents:
    """Return what a paper consists of."""
    fonts_of = asked_fonts(papers()[name])
    body = ("正文", LONG * 3)
    if name.startswith("内部"):
        return Contents("内部材料", (("标题", "年度党建工作总结"), body), fonts_of)
    head = (
        ("发文机关标志", ORGAN if name.startswith("信函") else f"{ORGAN}文件"),
        ("发文字号", NUMBER),
        ("主送机关", "各镇街党总支，各中小学校、幼儿园党组织："),
    )
    foot = ("发文机关署名", ORGAN), ("成文日期", DAY)
    if name.startswith("信函"):
        return Contents("信函", (*head, body, *foot), fonts_of)
    return Contents("公文", (*head, body, *foot, ("抄送机关", "抄送：区委组织部，区委宣传部。")), fonts_of)
