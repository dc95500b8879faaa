"""Plants wrong results beside the formulas of a workbook: an office that believed them could never contradict us."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def planted(data: bytes, lie: str) -> bytes:
    """Return a workbook in which every formula on every sheet pretends to have been computed as the text ``lie``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, _lying(part, lie) if name.startswith("xl/worksheets/sheet") else part)
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
