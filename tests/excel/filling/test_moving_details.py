"""The rarer places that say where something stands: each is put into the workbook of everything and moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from excel.filling.everything import parts
from excel.filling.everything_sheets import LIST, SUMMARY
from pbreports.errors import TemplateError
from pbreports.excel.filling.moving import moved
from pbreports.excel.filling.shift import Growth

SHEET, OTHER, DRAWING, CHART, BOOK, VML = (
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/drawings/drawing1.xml",
    "xl/charts/chart1.xml",
    "xl/workbook.xml",
    "xl/drawings/vmlDrawing1.vml",
)
STEP = {LIST: [Growth(6, 1, 3)]}
CAMERA = "urn:camera"


class Detail(NamedTuple):
    """A part, what in it is replaced and by what, and what stands there after the move."""

    part: str
    old: str
    new: str
    expected: str


def before(old: str, made: str) -> tuple[str, str]:
    """Return an element, and the same with another before it."""
    return old, made + old


DETAILS = {
    "the view of a sheet": Detail(SHEET, 'tabSelected="1"', 'tabSelected="1" topLeftCell="C8"', 'topLeftCell="C10"'),
    "a frozen pane": Detail(SHEET, 'topLeftCell="A6"', 'topLeftCell="A7"', 'topLeftCell="A9"'),
    "somebody's view": Detail(SHEET, 'topLeftCell="A3"', 'topLeftCell="A8"', 'topLeftCell="A10"'),
    "smart tags": Detail(SHEET, *before("<drawing ", '<smartTags><cellSmartTags r="D7"/></smartTags>'), '<cellSmartTags r="D9"/>'),
    "the days of sparklines": Detail(
        SHEET, *before("<x14:sparklines>", "<xm:f>'名册 表'!A14:A15</xm:f>"), "<xm:f>'名册 表'!A16:A17</xm:f><x14:sparklines>"
    ),
    "what is consolidated": Detail(
        OTHER,
        *before("<conditionalFormatting", '<dataConsolidate><dataRefs><dataRef ref="A5:C7" sheet="名册 表"/></dataRefs></dataConsolidate>'),
        '<dataRef ref="A5:C9" sheet="名册 表"/>',
    ),
    "a limit of a scale": Detail(
        SHEET, *before("</cfRule></conditionalFormatting>", '<dataBar><cfvo type="num" val="$D$7"/></dataBar>'), 'val="$D$9"'
    ),
    "a number as a limit": Detail(
        SHEET, *before("</cfRule></conditionalFormatting>", '<dataBar><cfvo type="num" val="7.5"/></dataBar>'), 'val="7.5"'
    ),
    "the list of a control": Detail(SHEET, 'linkedCell="$G$7"', 'listFillRange="$A$6"', 'listFillRange="$A$6:$A$8"'),
    "a data table": Detail(
        SHEET,
        *before('<c r="F10">', '<c r="C10"><f t="dataTable" ref="C10:C11" dt2D="0" dtr="0" r1="B12"/></c>'),
        '<f t="dataTable" ref="C12:C13" dt2D="0" dtr="0" r1="B14"/>',
    ),
    "a shape that reaches into the list": Detail(
        DRAWING, "<xdr:row>11</xdr:row><xdr:rowOff>0<", "<xdr:row>5</xdr:row><xdr:rowOff>9<", "<xdr:row>7</xdr:row><xdr:rowOff>9<"
    ),
    "a shape that stays where it is on the paper": Detail(
        DRAWING, "<xdr:twoCellAnchor><xdr:from>", '<xdr:twoCellAnchor editAs="absolute"><xdr:from>', "<xdr:row>11</xdr:row>"
    ),
    "what a camera shows": Detail(
        DRAWING, "<xdr:clientData/>", f'<xdr:clientData/><c:tool xmlns:c="{CAMERA}" cellRange="$A$5:$F$7"/>', 'cellRange="$A$5:$F$9"'
    ),
    "a shape that moves and keeps its size": Detail(
        DRAWING, "<xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4<", "<xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6<", "<xdr:row>11</xdr:row>"
    ),
    "a note above the list, to the byte": Detail(VML, "2, 15, 3, 2, 4, 15, 7, 1", "2,15,3,2,4,15,7,1", ">2,15,3,2,4,15,7,1<"),
    "a formula's text": Detail(SHEET, '<c r="E10">', '<c r="E10" t="str">', '<c r="E12"><f>INDIRECT'),
    "a list of choices that is one cell": Detail(SHEET, "<formula1>$A$14:$A$15<", "<formula1>$B$6<", "<formula1>$B$6:$B$8<"),
    "a rule that looks along its row": Detail(SHEET, "<formula>$D6&gt;", "<formula>SUM($D6:$E6)&gt;", "<formula>SUM($D6:$E6)&gt;"),
    "a name of one cell": Detail(BOOK, "'名册 表'!$A$6:$L$6", "'名册 表'!$B$6", "'名册 表'!$B$6:$B$8"),
    "the labels of a chart": Detail(
        CHART,
        *before("</c:ser>", '<c:extLst><c:ext uri="x"><d:datalabelsRange xmlns:d="urn:d"><d:f>\'名册 表\'!$H$6</d:f></d:datalabelsRange></c:ext></c:extLst>'),
        "<d:f>'名册 表'!$H$6:$H$8</d:f>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("detail", DETAILS.values(), ids=DETAILS)
def test_a_detail_is_moved(detail: Detail) -> None:
    """Every element and attribute that says a place says where that is after the move."""
    text = parts()[detail.part].decode()
    assert detail.old in text
    made = {**parts(), detail.part: text.replace(detail.old, detail.new, 1).encode()}
    assert detail.expected in moved(made, [STEP])[detail.part].decode()


def test_what_is_repeated_has_no_mark_of_its_own_twice() -> None:
    """The mark by which programs know an element again stays with the first copy."""
    mark = ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{1}"'
    text = parts()[SHEET].decode().replace('<hyperlink ref="B6"', f'<hyperlink{mark} ref="B6"')
    result = moved({**parts(), SHEET: text.encode()}, [STEP])[SHEET].decode()
    assert (result.count('ref="B8" location'), result.count("xr:uid")) == (1, 1)


def test_a_table_without_a_header_row_may_begin_with_the_list() -> None:
    """All of its rows are rows of the list."""
    name = "xl/tables/table1.xml"
    text = parts()[name].decode().replace('ref="A3:C5"', 'ref="A4:C5" headerRowCount="0"')
    result = moved({**parts(), name: text.encode()}, [{SUMMARY: [Growth(4, 1, 3)]}])
    assert 'ref="A4:C7" headerRowCount="0"' in result[name].decode()


# ---------------------------------------------------------------- parts of their own


def with_part(owner: str, name: str, kind: str, content: str) -> Mapping[str, bytes]:
    """Return the parts with one more, to which another is linked."""
    folder, _, file = owner.rpartition("/")
    links = f"{folder}/_rels/{file}.rels"
    told = parts().get(links, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    link = f'<Relationship Id="rId77" Type="http://example.org/relationships/{kind}" Target="/{name}"/>'
    opened = (
        told.decode().replace("/></Relationships>", "/>").replace("</Relationships>", "").replace('hips"/>', 'hips">')
    )
    return {**parts(), links: f"{opened}{link}</Relationships>".encode(), name: content.encode()}


OWN = {
    "pivotTable": ("xl/pivotTables/p.xml", SHEET, '<p><location ref="A12:C14"/></p>', 'ref="A14:C16"'),
    "tableSingleCells": ("xl/tables/t.xml", SHEET, '<t><singleXmlCell r="B12"/></t>', 'r="B14"'),
    "chartUserShapes": ("xl/drawings/u.xml", CHART, "<u><sp textlink=\"'名册 表'!$F$7\"/></u>", "$F$9"),
}


@pytest.mark.parametrize("kind", OWN)
def test_a_part_of_its_own_is_moved(kind: str) -> None:
    """Pivot tables, cells bound to a map and shapes on charts stand in parts of their own."""
    name, owner, content, expected = OWN[kind]
    assert expected in moved(with_part(owner, name, kind, content), [STEP])[name].decode()


def test_a_pivot_table_beside_a_list_is_refused() -> None:
    """A pivot table on the rows of a list would be torn apart."""
    made = with_part(SHEET, "xl/pivotTables/p.xml", "pivotTable", '<p><location ref="P2:Q6"/></p>')
    with pytest.raises(TemplateError, match="数据透视表（P2:Q6）和会增长的名单在同几行上"):
        moved(made, [STEP])


def test_the_lines_of_a_repeated_series_take_colours_of_their_own() -> None:
    """The look of the first series is not copied: lines of one colour could not be told apart."""
    text = parts()[CHART].decode().replace("'名册 表'!$F$6<", "'名册 表'!$D$6:$F$6<")
    text = text.replace('<c:invertIfNegative val="0"/>', '<c:spPr><a:solidFill/></c:spPr><c:invertIfNegative val="0"/>')
    result = moved({**parts(), CHART: text.encode()}, [STEP])[CHART].decode()
    assert (result.count("<c:ser>"), result.count("<c:spPr>")) == (3, 1)


def test_a_drawing_that_is_no_well_formed_markup_is_moved() -> None:
    """Excel writes line breaks into the texts of controls that no parser takes."""
    name = "xl/drawings/vmlDrawing1.vml"
    text = parts()[name].decode().replace("<x:ClientData", "<div>甲<br>乙</div><x:ClientData", 1)
    result = moved({**parts(), name: text.encode()}, [STEP])[name].decode()
    assert "<div>甲<br>乙</div>" in result
    assert "<x:Row>8</x:Row>" in result
