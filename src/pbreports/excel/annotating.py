"""Writes a copy of an Excel template with notes at the cells of its problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from pbreports.excel.filling.relations import book_part, relations, sheet_parts
from pbreports.excel.reader.address import position
from pbreports.ooxml.attach import OFFICE, attached, free_part, related
from pbreports.ooxml.markup import SPREADSHEET, parse_xml, serialize
from pbreports.ooxml.write import pack, unpack
from pbreports.tags.problems import Problem

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "模板检查"
_BEHIND = frozenset("legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst".split())
"""What stands behind ``legacyDrawing`` in a sheet (CT_Worksheet, ECMA-376 part 1, 18.3.1.99)."""
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_EMPTY_DRAWING = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE = (
    f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_pb{{number}}" type="#_x0000_t202"'
    ' style="position:absolute;width:200pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:textbox style="mso-direction-alt:auto"/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{column}, 15, {row}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{at}</x:Column></x:ClientData></v:shape>"
)


def annotated_workbook(data: bytes, problems: Sequence[Problem]) -> bytes:
    """Return an Excel template with a note for each cell that has problems.

    What is no cell (headings, names, titles of sheets) is told at the first cell of the sheet, or of the first sheet.
    """
    parts = dict(unpack(data))
    sheets = {sheet.title: sheet.part for sheet in sheet_parts(parts)}
    remarks: dict[str, dict[str, list[str]]] = {}
    for problem in problems:
        part = sheets.get(problem.place.part, next(iter(sheets.values()), book_part(parts)))
        is_cell = problem.place.part in sheets and position(problem.place.spot) is not None
        cell = problem.place.spot if is_cell else "A1"
        remarks.setdefault(part, {}).setdefault(cell, []).append(_said(problem, is_cell=is_cell))
    for part, cells in remarks.items():
        _annotate(parts, part, {cell: "\n".join(said) for cell, said in cells.items()})
    return pack(parts)


def _said(problem: Problem, *, is_cell: bool) -> str:
    said = f"{problem.severity.value} {problem.code}：{problem.what}" + (
        f"，{problem.remedy}" if problem.remedy else ""
    )
    return said if is_cell else f"{problem.place}：{said}"


def _annotate(parts: dict[str, bytes], sheet: str, cells: Mapping[str, str]) -> None:
    """Put notes on a sheet; a cell that has a note already gets the text behind it."""
    notes = related(parts, sheet, "comments")
    if not notes:
        notes = free_part(parts, "xl/comments1.xml")
        root = etree.Element(f"{{{SPREADSHEET}}}comments", nsmap={None: SPREADSHEET})  # type: ignore[dict-item]
        for name in ("authors", "commentList"):
            etree.SubElement(root, f"{{{SPREADSHEET}}}{name}")
        parts[notes] = serialize(root)
        attached(parts, sheet, "comments", notes, _COMMENTS)
    root = parse_xml(parts[notes], notes)
    listed = _only(root, "commentList")
    author = len(_only(root, "authors"))
    etree.SubElement(_only(root, "authors"), f"{{{SPREADSHEET}}}author").text = _AUTHOR
    there = {one.get("ref"): one for one in listed}
    for cell, text in cells.items():
        known = there.get(cell)
        if known is not None:
            _write(_only(known, "text"), f"\n{text}")
            continue
        note = etree.SubElement(listed, f"{{{SPREADSHEET}}}comment", ref=cell, authorId=str(author))
        _write(etree.SubElement(note, f"{{{SPREADSHEET}}}text"), text)
    listed[:] = sorted(listed, key=lambda one: position(one.get("ref", "")) or (0, 0))
    parts[notes] = serialize(root)
    _draw(parts, sheet, [cell for cell in cells if cell not in there])


def _only(root: etree._Element, name: str) -> etree._Element:
    """Return the one child of a name, made if it is not there."""
    found = root.find(f"{{{SPREADSHEET}}}{name}")
    return found if found is not None else etree.SubElement(root, f"{{{SPREADSHEET}}}{name}")


def _write(text: etree._Element, said: str) -> None:
    run = etree.SubElement(etree.SubElement(text, f"{{{SPREADSHEET}}}r"), f"{{{SPREADSHEET}}}t")
    run.text = said
    run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _draw(parts: dict[str, bytes], sheet: str, cells: Sequence[str]) -> None:
    """Add the boxes of notes to the sheet's drawing; it is text to us, as not all programs write it well-formed."""
    root = parse_xml(parts[sheet], sheet)
    element = root.find(f"{{{SPREADSHEET}}}legacyDrawing")
    link = element.get(f"{{{OFFICE}}}id") if element is not None else ""
    drawing = next((one.part for one in relations(parts, sheet) if one.key == link), "")
    if not drawing:
        drawing = free_part(parts, "xl/drawings/vmlDrawing1.vml")
        parts[drawing] = _EMPTY_DRAWING.encode()
        _refer(root, attached(parts, sheet, "vmlDrawing", drawing, _DRAWING))
        parts[sheet] = serialize(root)
    before, end, after = parts[drawing].rpartition(b"</xml>")
    shapes = "".join(_shape(cell, number) for number, cell in enumerate(cells, 1))
    parts[drawing] = before + shapes.encode() + end + after


def _refer(root: etree._Element, link: str) -> None:
    """Have a sheet refer to its notes' drawing."""
    element = root.find(f"{{{SPREADSHEET}}}legacyDrawing")
    if element is None:
        element = etree.Element(f"{{{SPREADSHEET}}}legacyDrawing")
        behind = next((one for one in root if etree.QName(one).localname in _BEHIND), None)
        if behind is None:
            root.append(element)
        else:
            behind.addprevious(element)
    element.set(f"{{{OFFICE}}}id", link)


def _shape(cell: str, number: int) -> str:
    row, column = position(cell) or (1, 1)
    about = {"row": row - 1, "at": column - 1, "column": column, "right": column + 3, "bottom": row + 4}
    return _SHAPE.format(number=number, **about)
