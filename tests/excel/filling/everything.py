"""A workbook that holds one of everything which spreadsheet libraries lose, made by hand, with two growing lists.

On ``名册 表`` row 6 repeats, on ``汇总`` row 4 (the body of a table); formulas, rules, names and charts of each speak of
the other. ``parts()`` gives the package as a mapping, ``workbook()`` as the bytes of an .xlsx file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from openpyxl.writer.theme import theme_xml

from excel.filling.everything_sheets import LIST_SHEET, SUMMARY_SHEET, VIEW
from pbreports.ooxml.write import pack

LIST_ROW, SUMMARY_ROW = 6, 4
"""The rows that repeat, on the first sheet and on the second."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_R = f"{_OFFICE}/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_TYPE = "application/vnd.openxmlformats-officedocument"
_NOTE_ID, _PERSON_ID = "{11111111-2222-4333-8444-555555555555}", "{99999999-2222-4333-8444-555555555555}"


def workbook() -> bytes:
    """Return the workbook as the bytes of an .xlsx file, the same each time."""
    return pack(parts())


def parts() -> Mapping[str, bytes]:
    """Return the parts of the package by name."""
    texts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _links(
            ("officeDocument", "xl/workbook.xml"),
            ("custom-properties", "docProps/custom.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _CORE,
        "docProps/custom.xml": _CUSTOM,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _links(
            ("worksheet", "worksheets/sheet1.xml"),
            ("worksheet", "worksheets/sheet2.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("theme", "theme/theme1.xml"),
            ("calcChain", "calcChain.xml"),
            ("http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
        ),
        "xl/theme/theme1.xml": theme_xml,
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": _STRINGS,
        "xl/calcChain.xml": f'{_HEAD}<calcChain xmlns="{_MAIN}"><c r="D7" i="1"/><c r="B1" i="2"/></calcChain>',
        "xl/persons/person.xml": f'{_HEAD}<personList xmlns="{_THREADS}"><person displayName="张三" id="{_PERSON_ID}" userId="z" providerId="None"/></personList>',
        "xl/worksheets/_rels/sheet1.xml.rels": _links(
            ("hyperlink", "https://example.org/"),
            ("drawing", "../drawings/drawing1.xml"),
            ("vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("vmlDrawing", "../drawings/vmlDrawing2.vml"),
            ("comments", "../comments1.xml"),
            (
                "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
                "../threadedComments/threadedComment1.xml",
            ),
            ("ctrlProp", "../ctrlProps/ctrlProp1.xml"),
        ),
        "xl/worksheets/_rels/sheet2.xml.rels": _links(
            ("drawing", "../drawings/drawing2.xml"), ("table", "../tables/table1.xml")
        ),
        "xl/drawings/drawing1.xml": _DRAWING,
        "xl/drawings/_rels/drawing1.xml.rels": _links(("image", "../media/image1.png")),
        "xl/drawings/drawing2.xml": _CHART_FRAME,
        "xl/drawings/_rels/drawing2.xml.rels": _links(("chart", "../charts/chart1.xml")),
        "xl/drawings/vmlDrawing1.vml": _NOTES_VML,
        "xl/drawings/vmlDrawing2.vml": _HEADER_VML,
        "xl/drawings/_rels/vmlDrawing2.vml.rels": _links(("image", "../media/image1.png")),
        "xl/charts/chart1.xml": _CHART,
        "xl/comments1.xml": _NOTES,
        "xl/threadedComments/threadedComment1.xml": _THREAD,
        "xl/ctrlProps/ctrlProp1.xml": f'{_HEAD}<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="CheckBox" fmlaLink="$G$7" lockText="1"/>',
        "xl/tables/table1.xml": _TABLE,
    }
    sheets = {"xl/worksheets/sheet1.xml": LIST_SHEET, "xl/worksheets/sheet2.xml": SUMMARY_SHEET}
    return {**{name: text.encode() for name, text in texts.items()}, **sheets, "xl/media/image1.png": _picture()}


def _links(*targets: tuple[str, str]) -> str:
    """Return a relationships part, its ids ``rId1`` … in order; a kind without a scheme is one of the office's own."""
    inside = ""
    for number, (kind, target) in enumerate(targets, start=1):
        full, outside = (kind if ":" in kind else f"{_R}/{kind}"), (' TargetMode="External"' if "://" in target else "")
        inside += f'<Relationship Id="rId{number}" Type="{full}" Target="{target}"{outside}/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _types() -> str:
    sheet, office = f"{_TYPE}.spreadsheetml", "application/vnd.ms-excel"
    kinds = {
        "/xl/workbook.xml": f"{sheet}.sheet.main+xml",
        "/xl/worksheets/sheet1.xml": f"{sheet}.worksheet+xml",
        "/xl/worksheets/sheet2.xml": f"{sheet}.worksheet+xml",
        "/xl/styles.xml": f"{sheet}.styles+xml",
        "/xl/sharedStrings.xml": f"{sheet}.sharedStrings+xml",
        "/xl/calcChain.xml": f"{sheet}.calcChain+xml",
        "/xl/persons/person.xml": f"{office}.person+xml",
        "/xl/comments1.xml": f"{sheet}.comments+xml",
        "/xl/threadedComments/threadedComment1.xml": f"{office}.threadedcomments+xml",
        "/xl/ctrlProps/ctrlProp1.xml": f"{office}.controlproperties+xml",
        "/xl/tables/table1.xml": f"{sheet}.table+xml",
        "/xl/drawings/drawing1.xml": f"{_TYPE}.drawing+xml",
        "/xl/drawings/drawing2.xml": f"{_TYPE}.drawing+xml",
        "/xl/charts/chart1.xml": f"{_TYPE}.drawingml.chart+xml",
        "/xl/theme/theme1.xml": f"{_TYPE}.theme+xml",
        "/docProps/custom.xml": f"{_TYPE}.custom-properties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "vml": f"{_TYPE}.vmlDrawing",
    }
    inside = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items())
    inside += "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{inside}</Types>'


def _picture() -> bytes:
    """Return a red dot as a PNG file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")),
            chunk(b"IEND", b""),
        ]
    )


_CUSTOM = (
    f'{_HEAD}<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="文号"><vt:lpwstr>一号</vt:lpwstr></property></Properties>'
)
_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>张三</dc:creator>'
    '<dcterms:created xsi:type="dcterms:W3CDTF">2020-12-01T08:00:00Z</dcterms:created></cp:coreProperties>'
)
_NAMES = {
    '"_xlnm._FilterDatabase" localSheetId="0" hidden="1"': "'名册 表'!$A$5:$L$6",
    '"_xlnm.Print_Area" localSheetId="0"': "'名册 表'!$A$1:$L$12",
    '"_xlnm.Print_Titles" localSheetId="0"': "'名册 表'!$A:$A,'名册 表'!$4:$5",
    '"_xlnm.Print_Area" localSheetId="1"': "汇总!$A$1:$D$8",
    '"全部党费"': "SUM('名册 表'!$F$6)",
    '"名单区"': "'名册 表'!$A$6:$L$6",
    '"支部下拉"': "OFFSET(汇总!$A$4,0,0,COUNTA(汇总!$A$4:$A$4),1)",
    '"标准"': "0.05",
}
_WORKBOOK = (
    f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_R}"><workbookPr defaultThemeVersion="124226"/>'
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="16000" windowHeight="9000"/></bookViews>'
    '<sheets><sheet name="名册 表" sheetId="1" r:id="rId1"/><sheet name="汇总" sheetId="2" r:id="rId2"/></sheets>'
    f"<definedNames>{''.join(f'<definedName name={name}>{told}</definedName>' for name, told in _NAMES.items())}</definedNames>"
    f'<calcPr calcId="152511"/><customWorkbookViews><customWorkbookView name="审阅" guid="{VIEW}" maximized="1" '
    'windowWidth="1000" windowHeight="600" activeSheetId="1"/></customWorkbookViews></workbook>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="黑体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders count=\"2\"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style='thin'/>"
    "<right style='thin'/><top style='thin'/><bottom style='thin'/><diagonal/></border></borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="2" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
    '<dxfs count="1"><dxf><font><color rgb="FFFF0000"/></font></dxf></dxfs></styleSheet>'
)
_STRINGS = (
    f'{_HEAD}<sst xmlns="{_MAIN}" count="1" uniqueCount="1"><si><r><t xml:space="preserve">填报</t></r>'
    '<r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr><t xml:space="preserve">日期：</t></r></si></sst>'
)


def _corner(tag: str, column: int, row: int) -> str:
    return (
        f"<xdr:{tag}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{tag}>"
    )


def _shape(number: int, name: str, told: str, link: str = "") -> str:
    return (
        f'<xdr:sp macro="" textlink="{link}"><xdr:nvSpPr><xdr:cNvPr id="{number}" name="{name}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        f"<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>{told}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


_PICTURE = (
    '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="4" name="标志"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
    '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="300000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
)
_LINKED = "'名册 表'!$F$7"
_DRAWING_OPEN = f'{_HEAD}<xdr:wsDr xmlns:xdr="{_XDR}" xmlns:a="{_A}" xmlns:r="{_R}">'
_DRAWING = (
    f"{_DRAWING_OPEN}<xdr:twoCellAnchor>{_corner('from', 7, 8)}{_corner('to', 10, 11)}"
    f"{_shape(2, '审核章', '审核：{{ 审核人 }}')}<xdr:clientData/></xdr:twoCellAnchor>"
    f'<xdr:twoCellAnchor editAs="oneCell">{_corner("from", 4, 4)}{_corner("to", 6, 9)}'
    f"{_shape(3, '合计框', '0', _LINKED)}<xdr:clientData/></xdr:twoCellAnchor>"
    f'<xdr:oneCellAnchor>{_corner("from", 8, 6)}<xdr:ext cx="300000" cy="300000"/>{_PICTURE}<xdr:clientData/></xdr:oneCellAnchor>'
    "</xdr:wsDr>"
)
_CHART_FRAME = (
    f"{_DRAWING_OPEN}<xdr:twoCellAnchor>{_corner('from', 4, 9)}{_corner('to', 10, 20)}"
    '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="图表 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
    '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
    f'<a:graphicData uri="{_C}"><c:chart xmlns:c="{_C}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    "<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
)


def _cache(kind: str, value: str, more: str = "") -> str:
    return f'<c:{kind}Cache>{more}<c:ptCount val="1"/><c:pt idx="0"><c:v>{value}</c:v></c:pt></c:{kind}Cache>'


_CHART = (
    f'{_HEAD}<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{_R}"><c:chart><c:plotArea><c:layout/><c:barChart>'
    '<c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
    f"<c:tx><c:strRef><c:f>'名册 表'!$F$5</c:f>{_cache('str', '合计')}</c:strRef></c:tx><c:invertIfNegative val=\"0\"/>"
    f"<c:cat><c:strRef><c:f>'名册 表'!$B$6:$B$6</c:f>{_cache('str', '某某')}</c:strRef></c:cat>"
    f"<c:val><c:numRef><c:f>'名册 表'!$F$6</c:f>{_cache('num', '0', '<c:formatCode>0.00</c:formatCode>')}</c:numRef></c:val>"
    '</c:ser><c:axId val="111"/><c:axId val="112"/></c:barChart><c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="b"/><c:crossAx val="112"/></c:catAx><c:valAx><c:axId val="112"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="l"/><c:crossAx val="111"/></c:valAx></c:plotArea><c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
)
_NOTES = (
    f'{_HEAD}<comments xmlns="{_MAIN}"><authors><author>教育工委</author><author>tc={_NOTE_ID}</author></authors><commentList>'
    '<comment ref="B5" authorId="0"><text><t>按身份证填写</t></text></comment>'
    '<comment ref="D7" authorId="0"><text><t>应与汇总一致</t></text></comment>'
    f'<comment ref="A9" authorId="1"><text><t>[批注]</t></text></comment></commentList></comments>'
)
_THREAD = (
    f'{_HEAD}<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="A9" dT="2020-12-01T08:00:00.00" '
    f'personId="{_PERSON_ID}" id="{_NOTE_ID}"><text>请核对</text></threadedComment></ThreadedComments>'
)
_TABLE = (
    f'{_HEAD}<table xmlns="{_MAIN}" id="1" name="支部表" displayName="支部表" ref="A3:C5" totalsRowCount="1">'
    '<autoFilter ref="A3:C4"/><tableColumns count="3"><tableColumn id="1" name="支部" totalsRowLabel="合计"/>'
    '<tableColumn id="2" name="人数" totalsRowFunction="sum"/><tableColumn id="3" name="党费" totalsRowFunction="sum"/></tableColumns>'
    '<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" showColumnStripes="0"/></table>'
)
_VML_OPEN = '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'


def _note_shape(number: int, column: int, row: int) -> str:
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {row - 1}, 2, {column + 3}, 15, {row + 3}, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


_NOTES_VML = (
    f'{_VML_OPEN}<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>'
    f"{_note_shape(1025, 1, 4)}{_note_shape(1026, 3, 6)}{_note_shape(1028, 0, 8)}"
    '<v:shape id="_x0000_s1027" type="#_x0000_t201" style="position:absolute"><x:ClientData ObjectType="Checkbox">'
    "<x:Anchor>6, 0, 7, 0, 7, 0, 8, 0</x:Anchor><x:FmlaLink>$G$7</x:FmlaLink></x:ClientData></v:shape></xml>"
)
_HEADER_VML = (
    f'{_VML_OPEN}<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="2"/></o:shapelayout>'
    '<v:shape id="LH" o:spid="_x0000_s2049" type="#_x0000_t75" style="position:absolute;width:20pt;height:20pt">'
    '<v:imagedata o:relid="rId1" o:title="标志"/></v:shape></xml>'
)
