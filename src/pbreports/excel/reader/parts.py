"""Parsing one XML part of a workbook with expat."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from pbreports.errors import WorkbookError
from pbreports.ooxml.package import Package

Attributes = dict[str, str]

SEPARATOR = " "  # between namespace and local name; no namespace holds one
_ENCODINGS = ("utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1")

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"

MAIN = (f"{_OFFICE}spreadsheetml/2006/main", f"{_STRICT}spreadsheetml/main")
PACKAGE_LINKS = f"{_OFFICE}package/2006/relationships"
_LINKS = (f"{_OFFICE}officeDocument/2006/relationships", f"{_STRICT}officeDocument/relationships")
EXTENDED = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def qualified(namespace: str, local: str) -> str:
    """Return the element or attribute name as expat reports it."""
    return f"{namespace}{SEPARATOR}{local}"


LINK_IDS = tuple(qualified(namespace, "id") for namespace in _LINKS)
LINK_TYPES = tuple(f"{namespace}/" for namespace in _LINKS)


def parse(package: Package, part: str, install: Callable[[expat.XMLParserType], None]) -> None:
    """Parse a part with the handlers that ``install`` sets on the parser.

    Raises:
        WorkbookError: F-12 the part is missing, F-13 it carries a document type, F-14 it is not well-formed.
    """
    data = package.read(part)
    parser = expat.ParserCreate(namespace_separator=SEPARATOR)
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype(package.file, part)
    parser.XmlDeclHandler = _require_encoding(package.file, part)
    install(parser)
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords; this says that nothing follows
    except expat.ExpatError as error:
        raise malformed(package.file, part) from error


def malformed(file: str, part: str) -> WorkbookError:
    """Return the error for a part whose contents break the format."""
    return WorkbookError(
        file, f"文件已损坏，内部部件 {part} 不合格式", "请用 Excel 或 WPS 打开后另存一份再报送", code="F-14"
    )


def is_true(text: str | None) -> bool:
    """Return the meaning of an XML Schema boolean; an absent one is false."""
    return text in ("1", "true", "on")


def _refuse_doctype(file: str, part: str) -> Callable[..., None]:
    def refuse(*_declaration: object) -> None:
        raise WorkbookError(file, f"内部部件 {part} 含有文档类型声明，可能有害", "请重新填写下发的原表", code="F-13")

    return refuse


def _require_encoding(file: str, part: str) -> Callable[[str, str | None, int], None]:
    def require(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise malformed(file, part)

    return require
