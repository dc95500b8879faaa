"""Documents with sample charts, as Word writes them."""

from __future__ import annotations

import docx
from lxml import etree

from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS
from pbreports.ooxml.smallest_workbook import smallest_workbook
from pbreports.ooxml.write import Parts
from word.filling.markup import BODY, R
from word.filling.paper import saved

CHART, WORKBOOK = "word/charts/chart1.xml", "word/embeddings/Microsoft_Excel_Worksheet.xlsx"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_AXES = (
    '<c:catAx><c:axId val="11"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:crossAx val="12"/></c:catAx><c:valAx><c:axId val="12"/><c:scaling>'
    '<c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="11"/></c:valAx>'
)
BAR = (
    '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/>{}<c:axId val="11"/><c:axId val="12"/></c:barChart>'
)
LINE = (
    '<c:lineChart><c:grouping val="standard"/>{}<c:marker val="1"/><c:axId val="11"/><c:axId val="12"/></c:lineChart>'
)
PIE = '<c:pieChart><c:varyColors val="1"/>{}</c:pieChart>'


def series(number: int, name: str, *, look: str = "", points: str = "", years: bool = False) -> str:
    """Return a series over two categories, in the colour of its number unless another look is given."""
    letter = "ABCDEFG"[number + 1]
    color = look or f'<a:schemeClr val="accent{number + 1}"/>'
    kind, cats = ("num", ("2018", "2019")) if years else ("str", ("类别 1", "类别 2"))
    cached = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(cats))
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f'<c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
        f"<c:spPr><a:solidFill>{color}</a:solidFill></c:spPr>{points}"
        f'<c:cat><c:{kind}Ref><c:f>Sheet1!$A$2:$A$3</c:f><c:{kind}Cache><c:ptCount val="2"/>{cached}'
        f"</c:{kind}Cache></c:{kind}Ref></c:cat>"
        f"<c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}$3</c:f><c:numCache><c:formatCode>0.0</c:formatCode>"
        f'<c:ptCount val="2"/><c:pt idx="0"><c:v>4.3</c:v></c:pt><c:pt idx="1"><c:v>2.5</c:v></c:pt></c:numCache>'
        f"</c:numRef></c:val></c:ser>"
    )


def chart(plot: str, title: str = "示例图", *, workbook: bool = True) -> bytes:
    """Return a chart part with this plot; the title may be given in runs, ``|`` between them."""
    runs = "".join(f'<a:r><a:rPr lang="zh-CN"/><a:t>{text}</a:t></a:r>' for text in title.split("|"))
    axes = "" if "pieChart" in plot else _AXES
    behind = '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>' if workbook else ""
    return (
        f'<c:chartSpace xmlns:c="{C[1:-1]}" xmlns:a="{A[1:-1]}" xmlns:r="{R}"><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p>{runs}</a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}{axes}</c:plotArea>'
        f'<c:legend><c:legendPos val="b"/></c:legend><c:plotVisOnly val="1"/></c:chart>{behind}</c:chartSpace>'
    ).encode()


def document(markup: bytes, alternative: str = "{{ 星级分布 }}") -> Parts:
    """Return a document that shows a chart, with a workbook behind it."""
    made = docx.Document()
    made.add_paragraph("此处")
    parts = dict(saved(made))
    drawing = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0"'
        f' distR="0"><wp:extent cx="5000000" cy="3000000"/><wp:docPr id="7" name="图表 7" descr="{alternative}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{R}" r:id="rId99"/></a:graphicData></a:graphic></wp:inline>'
        f"</w:drawing></w:r></w:p>"
    )
    body = parts[BODY].decode()
    parts[BODY] = body.replace("<w:sectPr", f"{drawing}<w:sectPr", 1).encode()
    parts |= {CHART: markup, WORKBOOK: smallest_workbook([["", "系列 1"], ["类别 1", 4]])}
    _relate(parts, "word/_rels/document.xml.rels", "rId99", "chart", "charts/chart1.xml")
    _relate(
        parts, "word/charts/_rels/chart1.xml.rels", "rId1", "package", "../embeddings/Microsoft_Excel_Worksheet.xlsx"
    )
    kind = "application/vnd.openxmlformats-officedocument"
    types = (
        f'<Default Extension="xlsx" ContentType="{kind}.spreadsheetml.sheet"/>'
        f'<Override PartName="/{CHART}" ContentType="{kind}.drawingml.chart+xml"/></Types>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", types.encode())
    assert CONTENT_TYPES.encode() in parts["[Content_Types].xml"]
    return parts


def _relate(parts: dict[str, bytes], name: str, key: str, kind: str, target: str) -> None:
    root = etree.fromstring(parts.get(name, f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()))
    etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", Id=key, Type=f"{R}/{kind}", Target=target)
    parts[name] = etree.tostring(root)
