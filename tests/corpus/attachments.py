"""What workbooks carry besides data: macros, objects, controls, links, pictures, signatures."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, TYPES, Raw
from excel.blanks import LIST

FAMILY = "夹带"
_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    yield from cases_of(FAMILY, base, _DANGEROUS | _HARMLESS)


def _added(*parts: tuple[str, bytes]) -> Maker:
    def make(base: Base) -> Raw:
        book = base.raw
        for name, data in parts:
            book = book.with_part(name, data)
        return book

    return make


_DANGEROUS: dict[str, Maker] = {
    "宏": lambda base: base.raw.with_part("xl/vbaProject.bin", b"1").changed(
        TYPES, "openxmlformats-officedocument.spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"
    ),
    "WPS宏": _added(("xl/JDEData.bin", b"1")),
    "宏部件换了文件夹": _added(("vba/vbaProject.bin", b"1")),
    "宏表": _added(("xl/macrosheets/sheet1.xml", b"<xm:macrosheet/>")),
    "国际宏表": _added(("xl/macroSheets/intlsheet1.xml", b"1")),
    "外部链接": _added(("xl/externalLinks/externalLink1.xml", b"<externalLink/>")),
    "嵌入对象": _added(("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    "嵌入工作簿": _added(("xl/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK")),
    "控件": _added(("xl/activeX/activeX1.bin", b"1")),
    "表单控件": _added(("xl/ctrlProps/ctrlProp1.xml", b"<formControlPr/>")),
    "数据连接": _added(("xl/connections.xml", b"<connections/>")),
    "网页查询": _added(("xl/queryTables/queryTable1.xml", b"<queryTable/>")),
    "自定义功能区": _added(("customUI/customUI14.xml", b"<customUI/>")),
    "加载项": _added(("xl/webextensions/webextension1.xml", b"<x/>")),
    "几样都有": _added(("xl/vbaProject.bin", b"1"), ("xl/connections.xml", b"1"), ("xl/embeddings/a.bin", b"1")),
}

_HARMLESS: dict[str, Maker] = {
    "图片": _added(("xl/media/image1.png", _PICTURE)),
    "WPS单元格图片": _added(("xl/cellimages.xml", b"<etc:cellImages/>"), ("xl/media/image2.png", _PICTURE)),
    "自定义数据": _added(("customXml/item1.xml", b"<root>1</root>")),
    "打印机设置": _added(("xl/printerSettings/printerSettings1.bin", bytes(300))),
    "线索批注": _added(
        ("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments/>"), ("xl/persons/person.xml", b"<p/>")
    ),
    "数据透视缓存": _added(("xl/pivotCache/pivotCacheDefinition1.xml", b"<p/>")),
    "计算链": _added(("xl/calcChain.xml", b'<calcChain><c r="ZZ99"/></calcChain>')),
    "数字签名": _added(("_xmlsignatures/sig1.xml", b"<Signature/>")),
    "密级标签": _added(("docMetadata/LabelInfo.xml", b"<clbl/>")),
    "缩略图": _added(("docProps/thumbnail.jpeg", b"\xff\xd8\xff")),
    "主题写坏": _added(("xl/theme/theme1.xml", b"<a")),
    "批注写坏": _added(("xl/comments/comment2.xml", b"<a")),
    "外面的超链接": lambda base: base.raw.linked(
        "", "hyperlink", "http://127.0.0.1:9/", mode="External", base="xl/worksheets/_rels/sheet4.xml.rels"
    ).in_sheet(
        LIST, "</worksheet>", '<hyperlinks><hyperlink ref="A5" r:id="x" xmlns:r="urn:x"/></hyperlinks></worksheet>'
    ),
    "只读推荐": lambda base: base.raw.changed(
        BOOK, "<workbookPr/>", '<fileSharing readOnlyRecommended="1"/><workbookPr/>'
    ),
    "多人共享": _added(("xl/revisions/revisionHeaders.xml", b"<headers/>")),
}
