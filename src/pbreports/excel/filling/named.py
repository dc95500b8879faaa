"""Areas by name: what the names of a workbook and the columns of its tables mean after the rows have moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from pbreports.excel.filling.moved_book import move_book
from pbreports.excel.filling.references import Book, View, moved_span
from pbreports.excel.filling.relations import Parts, book_part, relations, sheet_parts
from pbreports.excel.filling.staged import Step
from pbreports.excel.filling.trees import Area, Unknown
from pbreports.excel.reader.address import column_number
from pbreports.ooxml.markup import parse_xml

_PLACE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!()]+))!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def areas_by_name(parts: Parts, steps: Sequence[Step]) -> Callable[[str, str], Area]:
    """Return what tells the area of a name as a sheet sees it; it looks them up when it is first asked."""
    found: list[Mapping[tuple[str, str], Area]] = []

    def area(name: str, sheet: str) -> Area:
        if not found:
            found.append({**_names(parts, steps), **_columns(parts, steps)})
        key = name.casefold()
        told = found[0].get((key, sheet.casefold())) or found[0].get((key, ""))
        if told is None:
            raise Unknown(name)
        return told

    return area


def _names(parts: Parts, steps: Sequence[Step]) -> Mapping[tuple[str, str], Area]:
    main, titles = book_part(parts), tuple(sheet.title for sheet in sheet_parts(parts))
    root = parse_xml(parts[main], main)
    for step in steps:
        move_book(root, Book(titles, step))
    made: dict[tuple[str, str], Area] = {}
    for name in root.iter("{*}definedName"):
        scope = name.get("localSheetId")
        if (area := _area(name.text or "")) is not None:
            made[name.get("name", "").casefold(), titles[int(scope)].casefold() if scope else ""] = area
    return made


def _area(text: str) -> Area | None:
    place = _PLACE.fullmatch(text)
    if place is None:
        return None
    title = (place[1] or place[2]).replace("''", "'")
    left, top = column_number(place[3]), int(place[4])
    return Area(title, left, top, column_number(place[5] or place[3]), int(place[6] or top))


def _columns(parts: Parts, steps: Sequence[Step]) -> Mapping[tuple[str, str], Area]:
    """Return the cells of each column of each table, without its header and totals."""
    made: dict[tuple[str, str], Area] = {}
    sheets = sheet_parts(parts)
    titles = tuple(sheet.title for sheet in sheets)
    for sheet in sheets:
        views = [View(Book(titles, step), sheet.title) for step in steps]
        for link in relations(parts, sheet.part):
            if link.kind == "table":
                made |= _columns_of(parse_xml(parts[link.part], link.part), sheet.title, views)
    return made


def _columns_of(table: etree._Element, title: str, views: Sequence[View]) -> Mapping[tuple[str, str], Area]:
    ref = table.get("ref", "")
    for view in views:
        ref = moved_span(ref, view)
    whole = _area(f"'{title.replace(chr(39), chr(39) * 2)}'!{ref}")
    if whole is None:
        return {}
    top = whole.top + int(table.get("headerRowCount", "1"))
    bottom = whole.bottom - int(table.get("totalsRowCount", "0"))
    called = table.get("displayName", "")
    names = [column.get("name", "") for column in table.iter("{*}tableColumn")]
    return {
        (f"{called}[{name}]".casefold(), ""): Area(title, whole.left + place, top, whole.left + place, bottom)
        for place, name in enumerate(names)
    }
