"""Makes sample charts: black on white, with fonts, sizes and lines after the format profile.

What a sample shows gives way to a named list when the paper is filled; its look stays. Papers are printed in black, so
series differ by greys and patterns alone, never by colour.
"""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from pbreports.errors import TemplateError
from pbreports.ooxml.smallest_workbook import Cell, column_letters, smallest_workbook
from pbreports.word import styles

if TYPE_CHECKING:
    from docx.document import Document

    from pbreports.scheme.profile import Profile
    from pbreports.word.draft import Chart

_DRAWING_ML = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORKBOOK = "rId1"
_SAMPLE = {"类别1": 3, "类别2": 5, "类别3": 2}
"""What a sample shows until a list takes its place."""

_BLACK, _DARK, _PALE, _WHITE = ("000000", "595959", "D9D9D9", "FFFFFF")
_DIRECTIONS = {"柱形图": ("col", "b", "l"), "条形图": ("bar", "l", "b")}
"""By kind: the direction of the bars, where the axis of categories stands, where that of numbers."""


def _solid(grey: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{grey}"/></a:solidFill>'


def _hatched(pattern: str) -> str:
    colors = f'<a:fgClr><a:srgbClr val="{_BLACK}"/></a:fgClr><a:bgClr><a:srgbClr val="{_WHITE}"/></a:bgClr>'
    return f'<a:pattFill prst="{pattern}">{colors}</a:pattFill>'


_LOOKS = (_solid(_DARK), _hatched("wdUpDiag"), _solid(_PALE), _hatched("smGrid"))
"""The fills of series, told apart in black print."""


def add_chart(document: Document, chart: Chart, profile: Profile) -> None:
    """Add a chart in a paragraph of its own, as wide as the type area; its alternative text is the tag of its list.

    Raises:
        TemplateError: when it is to show more series than can be told apart in black print.
    """
    if len(chart.series) > len(_LOOKS):
        raise TemplateError("图表", f"一张图要画{len(chart.series)}个系列，黑白印刷分不清", f"最多{len(_LOOKS)}个")
    number = next(one for one in count(1) if _part_name(one) not in _part_names(document))
    made = _chart_part(document, chart, profile, number)
    key = document.part.relate_to(made, RELATIONSHIP_TYPE.CHART)
    paragraph = document.add_paragraph(style=styles.CHART)
    paragraph.add_run()._r.append(parse_xml(_inline(chart, profile, key, number)))


def _part_name(number: int) -> str:
    return f"/word/charts/chart{number}.xml"


def _part_names(document: Document) -> set[str]:
    return {str(part.partname) for part in document.part.package.iter_parts()}


def _chart_part(document: Document, chart: Chart, profile: Profile, number: int) -> Part:
    """Return the part of the chart, the workbook with the sample's data behind it."""
    package = document.part.package
    behind = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    workbook = Part(behind, CONTENT_TYPE.SML_SHEET, smallest_workbook(_rows(chart)), package)
    markup = _markup(chart, profile).encode()
    made = Part(PackURI(_part_name(number)), CONTENT_TYPE.DML_CHART, markup, package)
    made.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, _WORKBOOK)
    return made


def _rows(chart: Chart) -> list[list[Cell]]:
    """Return the rows of the sheet with the sample's data."""
    rows: list[list[Cell]] = [["类别", *chart.series]]
    for name, value in _SAMPLE.items():
        rows.append([name, *[value] * len(chart.series)])
    return rows


def _inline(chart: Chart, profile: Profile, key: str, number: int) -> str:
    """Return the drawing that stands in the line of text."""
    width, height = Mm(profile.mm("area_width")), Mm(chart.height)
    return (
        f'<w:drawing xmlns:w="{_WORD}"><wp:inline xmlns:wp="{_DRAWING_ML}/wordprocessingDrawing" distT="0" distB="0"'
        f' distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name="图表 {number}" descr="{escape(chart.tag)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_DRAWING_ML}/main"><a:graphicData uri="{_DRAWING_ML}/chart">'
        f'<c:chart xmlns:c="{_DRAWING_ML}/chart" xmlns:r="{_OFFICE}" r:id="{key}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _markup(chart: Chart, profile: Profile) -> str:
    """Return the chart space (CT_ChartSpace, ECMA-376 part 1, 21.2.2.29)."""
    legend = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_DRAWING_ML}/chart" xmlns:a="{_DRAWING_ML}/main" xmlns:r="{_OFFICE}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{_bars(chart, profile)}{_axes(chart, profile)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr>{_solid(_WHITE)}<a:ln><a:noFill/></a:ln></c:spPr>{_text(profile)}"
        f'<c:externalData r:id="{_WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(chart: Chart, profile: Profile) -> str:
    """Return the bars of all series, each with its number at its end (CT_BarChart, 21.2.2.16)."""
    series = "".join(_series(place, name, profile) for place, name in enumerate(chart.series))
    return (
        f'<c:barChart><c:barDir val="{_DIRECTIONS[chart.kind][0]}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="80"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )


def _series(place: int, name: str, profile: Profile) -> str:
    letters, last = column_letters(place + 2), len(_SAMPLE) + 1
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>'
        f"<c:tx>{_cached('str', f'Sheet1!${letters}$1', [name])}</c:tx>"
        f'<c:spPr>{_LOOKS[place]}{_line(profile, _BLACK)}</c:spPr><c:invertIfNegative val="0"/>{_labels()}'
        f"<c:cat>{_cached('str', f'Sheet1!$A$2:$A${last}', list(_SAMPLE))}</c:cat>"
        f"<c:val>{_cached('num', f'Sheet1!${letters}$2:${letters}${last}', list(_SAMPLE.values()))}</c:val></c:ser>"
    )


def _cached(kind: str, place: str, values: list[str] | list[int]) -> str:
    """Return a reference to cells with what they hold; numbers are shown as they are."""
    code = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{escape(str(value))}</c:v></c:pt>' for number, value in enumerate(values)
    )
    cache = f'{code}<c:ptCount val="{len(values)}"/>{points}'
    return f"<c:{kind}Ref><c:f>{place}</c:f><c:{kind}Cache>{cache}</c:{kind}Cache></c:{kind}Ref>"


def _labels() -> str:
    hidden = "".join(f'<c:show{what} val="0"/>' for what in ("CatName", "SerName", "Percent", "BubbleSize"))
    return f'<c:dLbls><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>{hidden}</c:dLbls>'


def _axes(chart: Chart, profile: Profile) -> str:
    """Return both axes; that of numbers begins at nought, else bars would not be as long as what they stand for."""
    _, below, beside = _DIRECTIONS[chart.kind]
    lying = chart.kind == "条形图"
    categories = (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{below}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_line(profile, _BLACK)}</c:spPr><c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )
    numbers = (
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{beside}"/><c:majorGridlines><c:spPr>{_line(profile, _PALE)}</c:spPr>'
        f"</c:majorGridlines>{_unit(chart, profile)}"
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:spPr>{_line(profile, _BLACK)}</c:spPr><c:crossAx val="1"/>'
        f'<c:crosses val="{"max" if lying else "autoZero"}"/><c:crossBetween val="between"/></c:valAx>'
    )
    return categories + numbers


def _unit(chart: Chart, profile: Profile) -> str:
    """Return the title of the axis of numbers, which is their unit: above an upright axis, below a lying one."""
    look = f'<a:rPr lang="zh-CN" {_size(profile)} b="0">{_look(profile)}</a:rPr>'
    above = '<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="0.01"/><c:y val="0.02"/>'
    layout = f"<c:layout><c:manualLayout>{above}</c:manualLayout></c:layout>" if chart.kind == "柱形图" else ""
    return (
        '<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/>'
        f"<a:p><a:r>{look}<a:t>单位：{escape(chart.unit)}</a:t></a:r></a:p></c:rich></c:tx>"
        f'{layout}<c:overlay val="0"/></c:title>'
    )


def _line(profile: Profile, grey: str) -> str:
    return f'<a:ln w="{Pt(profile.pt("chart_rule"))}">{_solid(grey)}</a:ln>'


def _text(profile: Profile) -> str:
    """Return what all texts look like that have no look of their own."""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {_size(profile)} b="0">{_look(profile)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _size(profile: Profile) -> str:
    return f'sz="{round(profile.pt("chart_size") * 100)}"'


def _look(profile: Profile) -> str:
    """Return colour and fonts of a text."""
    font = escape(profile.text("chart_font"))
    return f'{_solid(profile.text("color"))}<a:latin typeface="{font}"/><a:ea typeface="{font}"/>'
