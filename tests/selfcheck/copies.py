"""Copies of a workbook for the office to compute: lighter ones, and ones that lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PRINT_TITLES = re.compile(rb'<definedName name="_xlnm\.Print_Titles"[^>]*>[^<]*</definedName>')


def without_print_titles(data: bytes) -> bytes:
    """Return a workbook without its rows to repeat on every page: LibreOffice spends half its time on them.

    All cells and formulas are byte for byte those of the workbook.
    """
    return _copied(data, lambda name, part: _PRINT_TITLES.sub(b"", part) if name == "xl/workbook.xml" else part)


def planted(data: bytes, lie: str) -> bytes:
    """Return a workbook in which every formula on every sheet pretends to have been computed as the text ``lie``."""
    return _copied(data, lambda name, part: _lying(part, lie) if name.startswith("xl/worksheets/sheet") else part)


def _copied(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return stream.getvalue()


def _lying(part: bytes, lie: str) -> bytes:
    tree = etree.fromstring(part)
    for formula in tree.iter(f"{_MAIN}f"):
        cell = formula.getparent()
        if cell is None or cell.tag != f"{_MAIN}c":
            continue
        cell.set("t", "str")
        value = cell.find(f"{_MAIN}v")
        if value is None:
            value = etree.SubElement(cell, f"{_MAIN}v")
        value.text = lie
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
