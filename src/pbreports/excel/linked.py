"""Links between cells and the figures that are written into them: hidden names, read back whoever saved the workbook.

A cell of a template that holds nothing but a figure's tag is given a name that programs do not show; wherever rows are
put in or taken out, names keep to their cells.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lxml import etree

from pbreports.errors import WorkbookError
from pbreports.excel.reader import Workbook, read_workbook
from pbreports.excel.reader.address import column_letters, position
from pbreports.excel.reader.values import CellValue
from pbreports.ooxml.markup import SPREADSHEET, parse_xml, serialize
from pbreports.ooxml.write import pack, unpack

_BOOK = "xl/workbook.xml"
_TAG = re.compile(r"\s*\{\{\s*(\w+)\s*\}\}\s*")
_OURS = re.compile(r"_pb_(?P<name>\w+)_\d+")
_CELL = re.compile(r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)")
_BEFORE_NAMES = tuple(f"{{{SPREADSHEET}}}{name}" for name in ("externalReferences", "functionGroups", "sheets"))


def with_links(template: bytes, figures: Collection[str]) -> bytes:
    """Return a template in which each cell with nothing but a figure's tag has a hidden name; one without any as it is."""
    try:
        book = read_workbook(template)
    except WorkbookError:  # what is wrong with it is told where it is compiled
        return template
    tagged = list(_tagged(book, figures))
    parts = unpack(template)
    if not tagged or _BOOK not in parts:
        return template
    root = parse_xml(parts[_BOOK], _BOOK)
    names = _names(root)
    for number, (figure, place) in enumerate(tagged, 1):
        name = etree.SubElement(names, f"{{{SPREADSHEET}}}definedName", name=f"_pb_{figure}_{number}", hidden="1")
        name.text = place
    return pack({**parts, _BOOK: serialize(root)})


def _tagged(book: Workbook, figures: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield figure and place of each cell that holds nothing but its tag."""
    for sheet in book.sheets:
        title = sheet.title.replace("'", "''")
        for (row, column), cell in sheet.cells.items():
            tag = _TAG.fullmatch(cell.value) if isinstance(cell.value, str) else None
            if tag and tag[1] in figures:
                yield tag[1], f"'{title}'!${column_letters(column)}${row}"


def _names(root: etree._Element) -> etree._Element:
    """Return the element of the workbook's names, made in its place where there is none (ECMA-376 part 1, 18.2.27)."""
    found = root.find(f"{{{SPREADSHEET}}}definedNames")
    if found is None:
        found = etree.Element(f"{{{SPREADSHEET}}}definedNames")
        before = next(one for tag in _BEFORE_NAMES if (one := root.find(tag)) is not None)
        before.addnext(found)
    return found


def linked_values(workbook: bytes) -> dict[str, tuple[CellValue, ...]]:
    """Return what stands in the cells with our hidden names, by figure.

    Raises:
        WorkbookError: when the file is no workbook.
    """
    book = read_workbook(workbook)
    sheets = {sheet.title: sheet for sheet in book.sheets}
    found: dict[str, list[CellValue]] = {}
    for name, text in book.defined_names.items():
        ours, place = _OURS.fullmatch(name), _CELL.fullmatch(text)
        if ours and place:
            title = (place["quoted"] or place["bare"]).replace("''", "'")
            at = position(f"{place['column']}{place['row']}")
            cell = sheets[title].cells.get(at) if title in sheets and at else None
            found.setdefault(ours["name"], []).append(cell.value if cell else None)
    return {name: tuple(values) for name, values in found.items()}
