"""What is seen of a paragraph: fonts through theme, defaults and styles, automatic numbers, what is deleted or hidden."""

from __future__ import annotations

import io
import zipfile

import pytest

from pbreports.word.format import Paper, paper_of
from pbreports.word.format.paper import Where

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def read(body: str, **parts: str) -> Paper:
    """Return the paper whose body and further parts (``styles``, ``numbering``, ``theme``, ``settings``) are given."""
    links = "".join(f'<Relationship Id="{one}" Type="{_KIND}/{one}" Target="{one}.xml"/>' for one in parts)
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="d" Type="{_KIND}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return paper_of(stream.getvalue())


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


STYLES = f"""<w:styles {W}>
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="正文缩进"/><w:basedOn w:val="a"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/><w:spacing w:after="0"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="更深"/><w:basedOn w:val="b"/><w:rPr><w:color w:val="FF0000"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="k"><w:name w:val="强调"/><w:rPr><w:b/><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>
</w:styles>"""
THEME = """<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme name="x">
<a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:font script="Hans" typeface="黑体"/></a:majorFont>
<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/><a:font script="Jpan" typeface="MS 明朝"/></a:minorFont>
</a:fontScheme></a:themeElements></a:theme>"""


def test_fonts_of_the_theme() -> None:
    """A font that the theme leaves open is that of its script; Chinese unless the document says another language."""
    look = read(paragraph("字"), styles=STYLES, theme=THEME).paragraphs[0].look_of_text
    assert (look.east, look.latin, look.size) == ("等线", "Calibri", 10.5)
    settings = f'<w:settings {W}><w:themeFontLang w:eastAsia="ja-JP"/></w:settings>'
    assert (
        read(paragraph("字"), styles=STYLES, theme=THEME, settings=settings).paragraphs[0].look_of_text.east
        == "MS 明朝"
    )


def test_a_theme_goes_before_a_font_beside_it_and_gives_way_to_one_below() -> None:
    """Where both stand in one place the theme wins; a font that is nearer to the text wins over it."""
    both = '<w:rFonts w:eastAsiaTheme="majorEastAsia" w:eastAsia="仿宋"/>'
    assert read(paragraph("字", run=both), styles=STYLES, theme=THEME).paragraphs[0].look_of_text.east == "黑体"
    nearer = '<w:rFonts w:eastAsia="仿宋"/>'
    assert read(paragraph("字", run=nearer), styles=STYLES, theme=THEME).paragraphs[0].look_of_text.east == "仿宋"


def test_styles_based_on_styles() -> None:
    """What a style does not say is said by the one it is based on."""
    one = read(paragraph("字", '<w:pStyle w:val="c"/>'), styles=STYLES, theme=THEME).paragraphs[0]
    assert (one.look_of_text.east, one.look_of_text.size, one.look_of_text.color) == ("仿宋", 16, "FF0000")
    assert (one.look.first_chars, one.look.after) == (2, 0)


def test_bold_of_both_styles_cancels_out() -> None:
    """Bold in the paragraph's and in the character's style is not bold; said of the run itself it is."""
    style = '<w:pStyle w:val="b"/>'
    assert not read(paragraph("字", style, '<w:rStyle w:val="k"/>'), styles=STYLES).paragraphs[0].look_of_text.bold
    assert read(paragraph("字", style, '<w:rStyle w:val="k"/><w:b/>'), styles=STYLES).paragraphs[0].look_of_text.bold
    assert read(paragraph("字", style), styles=STYLES).paragraphs[0].look_of_text.bold


def test_a_style_based_on_itself() -> None:
    """It ends."""
    assert read(paragraph("字", '<w:pStyle w:val="loop"/>'), styles=STYLES).paragraphs[0].look.style == ""


@pytest.mark.parametrize(
    ("indent", "first"),
    [
        ('w:firstLine="640"', (32.0, None)),
        ('w:firstLineChars="200" w:firstLine="640"', (32.0, 2.0)),
        ('w:hanging="420"', (-21.0, None)),
        ('w:firstLineChars="0" w:firstLine="640"', (32.0, None)),
    ],
)
def test_indents_in_points_and_in_characters(indent: str, first: tuple[float, float | None]) -> None:
    """Both are kept; none at all in characters leaves the word to the points."""
    look = read(paragraph("字", f"<w:ind {indent}/>")).paragraphs[0].look
    assert (look.first, look.first_chars) == first


NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>"""


def counted(text: str, level: int, number: int = 7) -> str:
    """Return a paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_read() -> None:
    """Numbers that Word writes are part of the text; deeper levels begin anew below each heading."""
    body = [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1)]
    read_ = read("".join(counted(text, level) for text, level in body), numbering=NUMBERING)
    assert [one.text for one in read_.paragraphs] == [
        "一、甲",
        "（一）乙",
        "1.丙",
        "2.丁",
        "（二）戊",
        "1.己",
        "二、庚",
        "（一）辛",
    ]
    assert [one.number for one in read_.paragraphs][:2] == ["一、", "（一）"]


def test_a_list_that_begins_anew() -> None:
    """A list with a start of its own counts by itself."""
    read_ = read(counted("甲", 0) + counted("乙", 0, 8) + counted("丙", 0), numbering=NUMBERING)
    assert [one.text for one in read_.paragraphs] == ["一、甲", "五、乙", "二、丙"]


def test_what_is_deleted_or_hidden_is_not_read() -> None:
    """Deleted and hidden text does not count; inserted text, links and content controls do."""
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    body = "".join(
        (
            run.format("", "一"),
            '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>',
            '<w:moveFrom w:id="2">' + run.format("", "移") + "</w:moveFrom>",
            '<w:ins w:id="3">' + run.format("", "二") + "</w:ins>",
            run.format("<w:rPr><w:vanish/></w:rPr>", "隐"),
            "<w:hyperlink>" + run.format("", "三") + "</w:hyperlink>",
            "<w:sdt><w:sdtContent>" + run.format("", "四") + "</w:sdtContent></w:sdt>",
        )
    )
    assert read(f"<w:p>{body}</w:p>").paragraphs[0].text == "一二三四"


def test_fields_show_their_result() -> None:
    """The code of a field is not read, what it shows is."""
    marks = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText> PAGE </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>3</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    one = read(f"<w:p>{marks}</w:p>").paragraphs[0]
    assert (one.text, one.fields) == ("3", ("PAGE",))


def test_text_boxes_and_lines_drawn() -> None:
    """Text in a box is read before its paragraph; a drawn line is a rule with its width, thickness and colour."""
    wp = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    wps = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    line = (
        f'<w:drawing {wp} {a} {wps}><wp:anchor><wp:extent cx="5616000" cy="0"/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
        '<a:ln w="19050"><a:solidFill><a:srgbClr val="FF0000"/></a:solidFill></a:ln></wps:spPr></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing>"
    )
    box = f"<w:pict><w:txbxContent>{paragraph('框里')}</w:txbxContent></w:pict>"
    read_ = read(f"<w:p><w:r>{line}</w:r><w:r>{box}</w:r><w:r><w:t>框外</w:t></w:r></w:p>")
    assert [(one.text, one.where) for one in read_.paragraphs] == [("框里", Where.BOX), ("框外", Where.BODY)]
    [(_, rule)] = read_.rules
    assert (round(rule.width * 25.4 / 72), rule.thickness, rule.is_red) == (156, 1.5, True)


def test_lines_drawn_in_the_older_way() -> None:
    """A VML line is a rule too."""
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    line = f'<w:pict {vml}><v:line from="0,10pt" to="442.2pt,10pt" strokecolor="red" strokeweight="2pt"/></w:pict>'
    [(_, rule)] = read(f"<w:p><w:r>{line}</w:r></w:p>").rules
    assert (rule.width, rule.thickness, rule.color) == (442.2, 2.0, "FF0000")


def test_places_are_told_as_staff_look_for_them() -> None:
    """A paragraph by its number and the heading above it, a cell by table, row and column."""
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
    read_ = read(paragraph("总结") + paragraph("一、情况") + paragraph("正文。") + cell)
    assert [one.place for one in read_.paragraphs[2:]] == [
        "一、情况 → 第3段 → “正文。”",
        "一、情况 → 第1个表格第1行第1列 → “甲”",
        "一、情况 → 第1个表格第1行第2列 → “乙”",
    ]


def test_sections_and_their_footers() -> None:
    """Each paragraph knows its section; a page that lies across is one."""
    first = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    last = '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    read_ = read(paragraph("竖", first) + paragraph("横") + last)
    assert [one.section for one in read_.paragraphs] == [0, 1]
    assert [one.is_landscape for one in read_.sections] == [False, True]
    assert read_.paragraphs[1].new_page
