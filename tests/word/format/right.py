"""Papers that are right in every parameter, written straight as Open XML, to be spoilt one parameter at a time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
FANG, KAI, HEI, BIAO, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
LINE, CHAR = 29.45, 15.75


@dataclass
class Para:
    """A paragraph with direct formatting; lengths in points, indents in characters of 15.75 points."""

    key: str
    text: str
    font: str = FANG
    latin: str = ""
    size: float = 16
    align: str = "both"
    left: float = 0
    first: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = LINE
    rule: str = "exact"
    spacing: float = -0.25
    color: str = "000000"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    hint: bool = True
    border: str = ""
    new_page: bool = False
    lead: tuple[int, str] = (0, "")
    extra: str = ""
    frame: str = ""

    def xml(self) -> str:
        """Return the paragraph as markup."""
        char = CHAR if self.size == 16 else self.size
        first = f'w:firstLine="{round(self.first * char * 20)}"'
        if self.first < 0:
            first = f'w:hanging="{round(-self.first * char * 20)}"'
        line = round(self.line * (240 if self.rule == "auto" else 20))
        properties = "".join(
            (
                "<w:pageBreakBefore/>" if self.new_page else "",
                self.frame,
                f"<w:pBdr>{self.border}</w:pBdr>" if self.border else "",
                f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}" w:line="{line}" w:lineRule="{self.rule}"/>',
                f'<w:ind w:left="{round(self.left * char * 20)}" w:right="{round(self.right * char * 20)}" {first}/>',
                f'<w:jc w:val="{self.align}"/>',
            )
        )
        at, font = self.lead
        runs = self._run(self.text[:at], font) + self._run(self.text[at:], self.font)
        return f"<w:p><w:pPr>{properties}<w:rPr>{self._look(self.font)}</w:rPr></w:pPr>{runs}{self.extra}</w:p>"

    def _look(self, font: str) -> str:
        latin = self.latin or font
        hint = ' w:hint="eastAsia"' if self.hint else ""
        return "".join(
            (
                f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}"{hint}/>',
                "<w:b/>" if self.bold else "",
                "<w:i/>" if self.italic else "",
                f'<w:color w:val="{self.color}"/>',
                f'<w:spacing w:val="{round(self.spacing * 20)}"/>',
                f'<w:sz w:val="{round(self.size * 2)}"/>',
                '<w:u w:val="single"/>' if self.underlined else "",
            )
        )

    def _run(self, text: str, font: str) -> str:
        if not text:
            return ""
        return f'<w:r><w:rPr>{self._look(font)}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


@dataclass
class Right:
    """A right paper: its paragraphs by key, its page, its imprint and page numbers."""

    paragraphs: list[Para]
    width: float = 210
    height: float = 297
    margins: dict[str, float] = field(default_factory=lambda: {"top": 34.58, "bottom": 32.58, "left": 28, "right": 26})
    footer: float = 24.7
    imprint: list[tuple[Para, ...]] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=lambda: {"top": "8", "insideH": "6", "bottom": "8"})
    imprint_width: float = 156
    tail: list[Para] = field(default_factory=list)
    numbers: dict[str, Para] = field(default_factory=dict)
    odd_and_even: bool = True
    own_first: bool = False
    grid: str = ""
    foot_rule: bool = False

    def __getitem__(self, key: str) -> Para:
        everything = (*self.paragraphs, *(one for row in self.imprint for one in row), *self.numbers.values())
        return next(one for one in everything if one.key == key)

    def at(self, key: str) -> int:
        """Return the number of a paragraph."""
        return next(at for at, one in enumerate(self.paragraphs) if one.key == key)

    def without(self, *keys: str) -> None:
        """Leave paragraphs out."""
        self.paragraphs = [one for one in self.paragraphs if one.key not in keys]

    def docx(self) -> bytes:
        """Return the paper as a Word document."""
        parts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS,
            "word/document.xml": self._document(),
            "word/_rels/document.xml.rels": _links(self.numbers),
            "word/settings.xml": f"<w:settings {W}>{'<w:evenAndOddHeaders/>' if self.odd_and_even else ''}</w:settings>",
            **{
                f"word/footer_{kind}.xml": _footer(one, foot=self.foot_rule and kind == "first")
                for kind, one in self.numbers.items()
            },
        }
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return stream.getvalue()

    def _document(self) -> str:
        body = "".join(one.xml() for one in self.paragraphs) + self._imprint() + "".join(one.xml() for one in self.tail)
        sides = " ".join(f'w:{side}="{_twips(mm)}"' for side, mm in self.margins.items())
        footers = "".join(f'<w:footerReference w:type="{kind}" r:id="f{kind}"/>' for kind in self.numbers)
        section = (
            f'<w:sectPr>{footers}<w:pgSz w:w="{_twips(self.width)}" w:h="{_twips(self.height)}"/>'
            f'<w:pgMar {sides} w:header="850" w:footer="{_twips(self.footer)}" w:gutter="0"/>'
            f"{'<w:titlePg/>' if self.own_first else ''}{self.grid}</w:sectPr>"
        )
        return f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>"

    def _imprint(self) -> str:
        if not self.imprint:
            return ""
        width = _twips(self.imprint_width)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
            for side, size in self.rules.items()
        )
        rows = ""
        for row in self.imprint:
            span = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' if len(row) == 1 else ""
            rows += "<w:tr>" + "".join(f"<w:tc>{span}{one.xml()}</w:tc>" for one in row) + "</w:tr>"
        return (
            f'<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:tblpYSpec="bottom"/><w:tblW w:w="{width}" w:type="dxa"/>'
            f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
            f'<w:tblGrid><w:gridCol w:w="{width // 2}"/><w:gridCol w:w="{width - width // 2}"/></w:tblGrid>{rows}</w:tbl>'
            + Para("foot", "", size=1, line=1).xml()
        )


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def _footer(one: Para, *, foot: bool) -> str:
    rule = (
        '<w:pBdr><w:bottom w:val="thinThickSmallGap" w:sz="24" w:space="1" w:color="FF0000"/></w:pBdr>' if foot else ""
    )
    extra = f"<w:p><w:pPr>{rule}</w:pPr></w:p>" if foot else ""
    return f"<w:ftr {W}>{one.xml()}{extra}</w:ftr>"


def _links(numbers: dict[str, Para]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    footers = "".join(f'<Relationship Id="f{one}" Type="{kind}/footer" Target="footer_{one}.xml"/>' for one in numbers)
    settings = f'<Relationship Id="s1" Type="{kind}/settings" Target="settings.xml"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{settings}{footers}</Relationships>'


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
RED = "FF0000"
_PAGE = '<w:fldSimple w:instr=" PAGE "><w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>'


def number(key: str, align: str) -> Para:
    """Return the page number of odd or even pages."""
    one = Para(key, "— ", font=SONG, size=14, align=align, spacing=0, line=1, rule="auto")
    side = {"right": 1} if align == "right" else {"left": 1}
    look = one._look(SONG)
    one.extra = _PAGE.format(look=look) + one._run(" —", SONG)
    return replace(one, **side)  # type: ignore[arg-type]


def numbers() -> dict[str, Para]:
    """Return the page numbers of odd and even pages."""
    return {"default": number("odd", "right"), "even": number("even", "left")}


def blank(key: str = "blank", line: float = LINE) -> Para:
    """Return a blank line."""
    return Para(key, "", line=line)


def _imprint(*, copies: bool = True) -> list[tuple[Para, ...]]:
    look = {"size": 14, "line": 24, "spacing": 0, "align": "left"}
    organ = Para("organ_printed", "某某区教育局办公室", left=1, **look)  # type: ignore[arg-type]
    day = Para("day_printed", "2020年7月2日印发", right=1, **(look | {"align": "right"}))  # type: ignore[arg-type]
    first = Para("copies", "抄送：某某市教育局，某某区委办公室。", left=4, first=-3, right=1, **look)  # type: ignore[arg-type]
    return [(first,), (organ, day)] if copies else [(organ, day)]


TEXT = (
    "为深入贯彻上级有关部署，进一步做好全区中小学校的党建工作，经研究，现就有关事项通知如下，请结合实际认真贯彻落实。"
)
RULE = '<w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/>'


def _above_mark() -> list[Para]:
    return [
        Para("copy_number", "000001", align="left"),
        Para("secrecy", "机密★1年", font=HEI, align="left"),
        Para("urgency", "特急", font=HEI, align="left"),
    ]


def _mark(text: str, top: float = 72, lines: int = 3) -> Para:
    """Return the mark, its glyphs so many millimetres below the paper's edge."""
    before = (top - 34.58) * 72 / 25.4 - lines * LINE - (36 - 28)
    return Para("mark", text, font=BIAO, size=28, align="center", before=before, line=36, spacing=0, color=RED)


def _body() -> list[Para]:
    return [
        Para("text", TEXT, first=2),
        Para("h1", "一、提高思想认识", font=HEI, first=2),
        Para("text2", "各学校要把“三会一课”落到实处，认真学习有关文件精神，做到学深悟透。", first=2),
        Para("h2", "（一）加强组织领导", font=KAI, first=2),
        Para(
            "run_in", "（二）压实工作责任。学校党组织书记是第一责任人，要亲自部署、亲自过问。", first=2, lead=(10, KAI)
        ),
        Para("h3", "1. 建立台账", first=2),
        Para("h4", "（1）逐项销号", first=2),
        Para("text3", "各单位于每月5日前报送进展情况，联系人另行通知，报送材料须经主要负责同志审核。", first=2),
    ]


def _annex_note() -> list[Para]:
    return [
        blank("above_note"),
        Para("annex_note", "附件：1. 工作任务分解表", align="left", left=6.5, first=-4.5),
        Para("annex_note2", "2. 联系人名单", align="left", left=6.5, first=-1.5),
    ]


def _sealed() -> list[Para]:
    # 某某区教育局 takes 6 characters, 2020年7月1日 6 as well: both end four characters from the right.
    return [
        blank(),
        blank(),
        Para("organ", "某某区教育局", align="right", right=4),
        Para("date", "2020年7月1日", align="right", right=4),
    ]


def _annex(number_: str, title: str) -> list[Para]:
    return [
        Para(f"label{number_}", f"附件{number_}", font=HEI, align="left", new_page=True),
        blank(f"below_label{number_}"),
        Para(f"annex_title{number_}", title, font=BIAO, size=22, align="center", line=36, spacing=0),
        blank(),
        Para(f"annex_text{number_}", TEXT, first=2),
    ]


def general() -> Right:
    """Return a general paper with all elements: copy number to imprint, two attachments."""
    return Right(
        [
            *_above_mark(),
            _mark("某某区教育局文件"),
            blank("below_mark"),
            blank(),
            Para("number", "某教〔2020〕5号", align="center", border=RULE),
            blank("above_title"),
            blank(),
            Para("title", "关于做好2020年党建工作的通知", font=BIAO, size=22, align="center", line=36, spacing=0),
            blank("below_title"),
            Para("addressees", "各中小学校、幼儿园：", align="both"),
            *_body(),
            *_annex_note(),
            *_sealed(),
            Para("note", "（此件公开发布）", align="left", left=2),
            *_annex("1", "工作任务分解表"),
            *_annex("2", "联系人名单"),
        ],
        imprint=_imprint(),
        numbers=numbers(),
    )


def upward() -> Right:
    """Return an upward paper: number at the left and who signs at the right on one line, in a paragraph with a tab."""
    made = general()
    made.without("label1", "below_label1", "annex_title1", "annex_text1", "label2", "below_label2", "annex_title2")
    made.without("annex_text2", "above_note", "annex_note", "annex_note2", "copy_number", "secrecy", "urgency", "note")
    made.paragraphs[: made.at("mark") + 1] = [blank(), blank(), blank(), _mark("某某区教育局文件")]
    line = Para("number", "\u3000某教〔2020〕5号", align="left", border=RULE)
    line.extra = "<w:r><w:tab/></w:r>" + line._run("签发人：", FANG) + line._run("王某某", KAI)
    made.paragraphs[made.at("number")] = line
    made["title"].text = "关于2020年党建工作的报告"
    made["addressees"].text = "某某区委："
    return made


DOUBLE = '<w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="0" w:color="FF0000"/>'


def _frame(top: float, width: float = 170) -> str:
    place = f'w:vAnchor="page" w:hAnchor="page" w:x="{_twips((210 - width) / 2)}" w:y="{round(top * 20)}"'
    return f'<w:framePr w:w="{_twips(width)}" w:wrap="around" {place}/>'


def letter() -> Right:
    """Return a letter: the organ's name 30 mm from the paper's edge, double rules of 170 mm, no number on page 1."""
    # The glyphs of the mark begin 8 points below its frame, the rule's frame 4 mm below the mark's.
    top = 30 * 72 / 25.4 - 8
    mark = Para(
        "mark", "某某区教育局", font=BIAO, size=28, align="center", line=36, spacing=0, color=RED, frame=_frame(top)
    )
    rule = Para("rule", "", size=1, line=1, spacing=0, border=DOUBLE, frame=_frame(top + 36 + 4 * 72 / 25.4 - 1))
    return Right(
        [
            mark,
            rule,
            Para("number", "某教函〔2020〕5号", align="right", before=14),
            blank("above_title"),
            blank(),
            Para("title", "关于征求党建工作意见的函", font=BIAO, size=22, align="center", line=36, spacing=0),
            blank("below_title"),
            Para("addressees", "某某镇人民政府："),
            Para("text", TEXT, first=2),
            *_sealed(),
        ],
        numbers={**numbers(), "first": Para("first", "")},
        own_first=True,
        foot_rule=True,
    )


def minutes() -> Right:
    """Return minutes: mark, text, who attended, was excused and sat in."""
    return Right(
        [
            blank(),
            blank(),
            blank(),
            _mark("某某区教育局党组会议纪要"),
            blank(),
            blank(),
            Para("number", "〔2020〕5号", align="center", border=RULE),
            blank(),
            blank(),
            Para("title", "2020年第五次党组会议纪要", font=BIAO, size=22, align="center", line=36, spacing=0),
            blank(),
            Para("text", TEXT, first=2),
            blank("above_people"),
            Para("present", "出席：王某某　李某某　赵某某", lead=(2, HEI), left=5, first=-3),
            Para("absent", "请假：钱某某", lead=(2, HEI), left=5, first=-3),
            Para("attending", "列席：孙某某", lead=(2, HEI), left=5, first=-3),
        ],
        imprint=_imprint(copies=False),
        numbers=numbers(),
    )


def internal() -> Right:
    """Return a plain internal paper: title, text, signature without a seal."""
    return Right(
        [
            Para("title", "2020年党建工作总结", font=BIAO, size=22, align="center", line=36, spacing=0),
            blank("below_title"),
            *_body(),
            blank("above_organ"),
            Para("organ", "某某区教育局党建工作办公室", align="right", right=2),
            # 13 characters and 2 from the right, so the date of 6 begins 13 from the right.
            Para("date", "2020年7月1日", align="right", right=7),
        ],
        numbers=numbers(),
    )


KINDS: dict[str, Callable[[], Right]] = {
    "公文": general,
    "上行文": upward,
    "信函": letter,
    "纪要": minutes,
    "内部材料": internal,
}
