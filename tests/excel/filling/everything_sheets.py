"""The two sheets of the workbook that holds one of everything: a list and its surroundings, and a table that sums it."""

from __future__ import annotations

from collections.abc import Mapping

LIST, SUMMARY = "名册 表", "汇总"
"""The titles: one that a formula must quote, one that it need not."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_OPEN = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}" xmlns:r="{_R}" xmlns:mc="{_MC}" xmlns:x14="{_X14}" xmlns:xdr="{_XDR}">'
VIEW = "{6A7B8C9D-0001-4E5F-8A9B-0C1D2E3F4A5B}"


def text(value: str) -> str:
    """Return what a cell with a text holds."""
    return f'<is><t xml:space="preserve">{value}</t></is>'


def cell(address: str, content: str = "", style: int = 0) -> str:
    """Return a cell: ``=…`` for a formula with a wrong result beside it, a number, a text, or nothing."""
    s = f' s="{style}"' if style else ""
    if content.startswith("="):
        return f'<c r="{address}"{s}><f>{content[1:].replace("&", "&amp;").replace("<", "&lt;")}</f><v>-1</v></c>'
    if content.startswith("<"):
        return f'<c r="{address}"{s}>{content}</c>'
    if content.replace(".", "", 1).isdigit():
        return f'<c r="{address}"{s}><v>{content}</v></c>'
    return f'<c r="{address}"{s} t="inlineStr">{text(content)}</c>' if content else f'<c r="{address}"{s}/>'


def row(number: int, cells: Mapping[str, str], attributes: str = "", style: int = 0) -> str:
    """Return a row from the contents of its cells by column."""
    inside = "".join(cell(f"{column}{number}", content, style) for column, content in cells.items())
    return f'<row r="{number}"{attributes}>{inside}</row>'


# ---------------------------------------------------------------- the list: row 6 repeats

_LIST_ROWS = [
    row(1, {"A": "{{ 单位 }}党员名册"}, ' ht="30" customHeight="1"', 2),
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="3" t="inlineStr"><is><t>{{ 填报日期 }}</t></is></c></row>',
    row(3, {"A": "第一位：", "B": "=B6", "D": "=D6+E6", "F": "=SUM(汇总!$B$4:$B$4)", "G": "=COUNTIF(B6,B3)"}),
    row(4, {"A": "基本情况", "D": "党费", "G": "图示"}),
    row(5, dict(zip("ABCDEFGHJKL", "序号 姓名 支部 应缴 补缴 合计 趋势 备注 占比 名次 累计".split(), strict=True)), "", 1),
    row(
        6,
        {
            "A": "{{ 名单.序号 }}",
            "B": "{{ 名单.姓名 }}",
            "C": "{{ 名单.支部 }}",
            "D": "{{ 名单.应缴 }}",
            "E": "{{ 名单.补缴 }}",
            "F": "=D6+E6",
            "G": "",
            "H": "{{ 名单.备注 }}",
            "I": "",
            "J": "=F6/SUM(F$6:F$6)",
            "K": "=RANK(F6,$F$6:$F$6)",
            "L": "=SUM(F$6:F6)",
        },
        ' ht="24" customHeight="1"',
        4,
    ),
    row(7, {"A": "合计", "B": "=COUNTA(B6)", "D": "=SUM(D6:D6)", "E": "=SUM(E6)", "F": "=SUM(F6:F6)", "J": "=AVERAGE(D6)"}, "", 1),
    ('<row r="8"><c r="A8" t="inlineStr"><is><t>两倍</t></is></c>'
    '<c r="D8"><f t="shared" ref="D8:F8" si="0">D7*2</f><v>-1</v></c>'
    '<c r="E8"><f t="shared" si="0"/><v>-1</v></c><c r="F8"><f t="shared" si="0"/><v>-1</v></c></row>'),
    ('<row r="9"><c r="A9" t="inlineStr"><is><t>审核：</t></is></c>'
    '<c r="D9"><f t="array" ref="D9">SUM(D6:D6*E6)</f><v>-1</v></c>'
    '<c r="E9"><f>SUMPRODUCT((C6="一支部")*F6)</f><v>-1</v></c><c r="F9"><f>全部党费/2</f><v>-1</v></c></row>'),
    row(10, {"A": "到汇总", "B": "网站", "M": "=SUM(D:D)", "E": '=INDIRECT("A1")&"B6"', "F": "=MAX(6:6)"}),
    row(12, {"A": "第二页", "B": "=SUM(D7,汇总!B5)"}),
    row(14, {"A": "一支部"}),
    row(15, {"A": "二支部"}),
]  # fmt: skip

_LIST_VIEWS = (
    '<sheetViews><sheetView workbookViewId="0" tabSelected="1"><pane ySplit="5" topLeftCell="A6" activePane="bottomLeft" '
    'state="frozen"/><selection pane="bottomLeft" activeCell="B12" sqref="B12:C12"/></sheetView></sheetViews>'
)
_LIST_BEHIND = f"""
<protectedRanges><protectedRange sqref="B6:E6 A9" name="可填"/></protectedRanges>
<scenarios current="0" show="0"><scenario name="多缴" count="1" user="u"><inputCells r="B12" val="5"/></scenario></scenarios>
<autoFilter ref="A5:L6"><filterColumn colId="2"><filters><filter val="一支部"/></filters></filterColumn></autoFilter>
<sortState ref="A6:L6"><sortCondition ref="D6:D6"/></sortState>
<customSheetViews><customSheetView guid="{VIEW}" showPageBreaks="1" topLeftCell="A3"><selection activeCell="A7" sqref="A7"/>\
<rowBreaks count="1" manualBreakCount="1"><brk id="8" max="16383" man="1"/></rowBreaks>\
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>\
<autoFilter ref="A5:L6"/></customSheetView></customSheetViews>
<mergeCells count="6"><mergeCell ref="A1:L1"/><mergeCell ref="A4:C4"/><mergeCell ref="D4:F4"/><mergeCell ref="H6:I6"/>\
<mergeCell ref="A9:C9"/><mergeCell ref="G4:G5"/></mergeCells>
<phoneticPr fontId="0" type="noConversion"/>
<conditionalFormatting sqref="D6:E6"><cfRule type="expression" dxfId="0" priority="1"><formula>$D6&gt;AVERAGE($D$6:$D$6)</formula></cfRule></conditionalFormatting>
<conditionalFormatting sqref="D7 D8:F8"><cfRule type="cellIs" dxfId="0" priority="2" operator="lessThan"><formula>$D$7</formula></cfRule></conditionalFormatting>
<dataValidations count="3"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="C6"><formula1>$A$14:$A$15</formula1></dataValidation>\
<dataValidation type="custom" allowBlank="1" sqref="B6"><formula1>COUNTIF($B$6:$B$6,B6)=1</formula1></dataValidation>\
<dataValidation type="decimal" operator="lessThanOrEqual" sqref="B12"><formula1>$D$7</formula1></dataValidation></dataValidations>
<hyperlinks><hyperlink ref="A10" location="汇总!B5" display="到汇总"/><hyperlink ref="B10" r:id="rId1"/>\
<hyperlink ref="B6" location="'名册 表'!A7"/></hyperlinks>
<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>
<pageSetup paperSize="9" orientation="landscape"/>
<headerFooter><oddHeader>&amp;L&amp;G&amp;C内部资料</oddHeader><oddFooter>第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter>
<rowBreaks count="1" manualBreakCount="1"><brk id="11" max="16383" man="1"/></rowBreaks>
<cellWatches><cellWatch r="D7"/></cellWatches>
<ignoredErrors><ignoredError sqref="A6 D7:F7" numberStoredAsText="1" formulaRange="1"/></ignoredErrors>
<drawing r:id="rId2"/><legacyDrawing r:id="rId3"/><legacyDrawingHF r:id="rId4"/>
<mc:AlternateContent><mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">\
<control shapeId="1027" r:id="rId7" name="复选框"><controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0" linkedCell="$G$7">\
<anchor moveWithCells="1"><from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></from>\
<to><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row><xdr:rowOff>0</xdr:rowOff></to></anchor></controlPr></control>\
</mc:Choice></mc:AlternateContent></controls></mc:Choice></mc:AlternateContent>
"""
_LIST_EXTENSIONS = f"""<extLst>
<ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings xmlns:xm="{_XM}">
<x14:conditionalFormatting><x14:cfRule type="dataBar" id="{{00000000-000E-0000-0000-000001000000}}"><x14:dataBar minLength="0" maxLength="100">\
<x14:cfvo type="num"><xm:f>0</xm:f></x14:cfvo><x14:cfvo type="formula"><xm:f>$D$7</xm:f></x14:cfvo><x14:negativeFillColor rgb="FFFF0000"/>\
<x14:axisColor rgb="FF000000"/></x14:dataBar></x14:cfRule><xm:sqref>F6:F6</xm:sqref></x14:conditionalFormatting>
<x14:conditionalFormatting><x14:cfRule type="expression" priority="3" id="{{00000000-000E-0000-0000-000002000000}}"><xm:f>$C6=汇总!$A$4</xm:f>\
<x14:dxf><font><b/></font></x14:dxf></x14:cfRule><xm:sqref>C6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>
<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}"><x14:dataValidations xmlns:xm="{_XM}" count="1">\
<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>汇总!$A$4:$A$4</xm:f></x14:formula1><xm:sqref>C7 C6</xm:sqref>\
</x14:dataValidation></x14:dataValidations></ext>
<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}"><x14:sparklineGroups xmlns:xm="{_XM}"><x14:sparklineGroup type="column">\
<x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline><xm:f>'名册 表'!D6:F6</xm:f><xm:sqref>G6</xm:sqref></x14:sparkline>\
<x14:sparkline><xm:f>'名册 表'!F6:F6</xm:f><xm:sqref>G7</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>
</extLst>"""

LIST_SHEET = (
    f'{_OPEN}<sheetPr><tabColor rgb="FFFF0000"/><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:L15"/>{_LIST_VIEWS}'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="10" customWidth="1"/></cols>'
    f"<sheetData>{''.join(_LIST_ROWS)}</sheetData>{_LIST_BEHIND}{_LIST_EXTENSIONS}</worksheet>"
).encode()

# ---------------------------------------------------------------- the summary: row 4 repeats, inside a table

_SUMMARY_ROWS = [
    row(1, {"A": "党费汇总", "B": "='名册 表'!D7", "C": "=SUM('名册 表'!D6)", "D": "=COUNTA('名册 表'!$B$6:$B$6)"}),
    row(3, {"A": "支部", "B": "人数", "C": "党费"}, "", 1),
    row(
        4,
        {
            "A": "{{ 支部名单.名称 }}",
            "B": "=COUNTIF('名册 表'!$C$6:$C$6,A4)",
            "C": "=SUMIF('名册 表'!C6,A4,'名册 表'!F6)",
        },
    ),
    row(5, {"A": "合计", "B": "=SUBTOTAL(109,支部表[人数])", "C": "=SUBTOTAL(109,支部表[党费])"}, "", 1),
    row(7, {"A": "核对", "B": "=B5-COUNTA('名册 表'!B6)", "C": "=C5-'名册 表'!F7", "D": "=SUM('名册 表'!6:6)"}),
    row(8, {"A": "平均", "B": "=AVERAGE(支部表[人数])", "C": "=ROUND(C5/MAX(1,B5),2)", "D": "=全部党费"}),
]

SUMMARY_SHEET = (
    f'{_OPEN}<dimension ref="A1:D8"/><sheetViews><sheetView workbookViewId="0" topLeftCell="A2"><selection activeCell="C5" '
    'sqref="C5"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
    f"<sheetData>{''.join(_SUMMARY_ROWS)}</sheetData>"
    '<conditionalFormatting sqref="B7:C7"><cfRule type="expression" dxfId="0" priority="1">'
    "<formula>B$7&lt;&gt;0</formula></cfRule></conditionalFormatting>"
    '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="D4"><formula1>\'名册 表\'!$A$14:$A$15'
    "</formula1></dataValidation></dataValidations>"
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    '<drawing r:id="rId1"/><tableParts count="1"><tablePart r:id="rId2"/></tableParts></worksheet>'
).encode()
