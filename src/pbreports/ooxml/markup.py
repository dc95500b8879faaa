"""The namespaces of office packages, and parsing their XML into a tree without risk."""

from __future__ import annotations

from lxml import etree

from pbreports.errors import WorkbookError

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
DUBLIN_TERMS = "http://purl.org/dc/terms/"


def parse_xml(data: bytes, where: str) -> etree._Element:
    """Return the root of a part; no entity is expanded and nothing outside it is fetched.

    Raises:
        WorkbookError: F-13 it carries a document type declaration, F-14 it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise WorkbookError(where, "文件已损坏，内部内容不合格式", "请打开后另存一份再报送", code="F-14") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise WorkbookError(where, "内部含有文档类型声明，可能有害", "请重新填写下发的原文件", code="F-13")
    return root


def serialize(root: etree._Element) -> bytes:
    """Return the part as UTF-8 bytes with the declaration that office programs write."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
