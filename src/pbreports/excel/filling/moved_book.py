"""The workbook's own part: names, print areas, and that everything is to be computed when it is opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from pbreports.excel.filling.formulas import Formula, Place, formula
from pbreports.excel.filling.moved_parts import touched
from pbreports.excel.filling.references import Book, Reference, View, moved_span
from pbreports.excel.filling.relations import Parts, book_part, links_of, local, relations
from pbreports.ooxml.markup import parse_xml, serialize

_AREAS = frozenset({"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"})
_BEFORE_CALCULATION = frozenset(
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames".split()
)


def move_book(root: etree._Element, book: Book) -> None:
    """Set the workbook's names to what they mean after the move, and ask for a full calculation when it is opened.

    Print areas, titles and filters reach from the first copy to the last. Other names whose rows are not fixed by ``$``
    mean another cell wherever they are used, and stay as they are.
    """
    for name in root.iter("{*}definedName"):
        said = name.get("name", "")
        asked = formula(name.text or "", Place.SPAN if said in _AREAS else Place.LIST)
        local_to = int(name.get("localSheetId", "-1"))
        sheet = book.titles[local_to] if 0 <= local_to < len(book.titles) else ""
        view = View(book, sheet, where=f"名称“{said}”")
        name.text = (asked if said in _AREAS else _where_fixed(asked)).at(view)
    _calculation(root).set("fullCalcOnLoad", "1")


def _where_fixed(asked: Formula) -> Formula:
    """Return a name's formula in which references to floating rows are mere text."""
    return replace(asked, pieces=tuple(_text_if_floating(piece) for piece in asked.pieces))


def _text_if_floating(piece: str | Reference) -> str | Reference:
    return piece.text if isinstance(piece, Reference) and not (piece.fixed and piece.sheet) else piece


def _calculation(root: etree._Element) -> etree._Element:
    """Return the element that says how the workbook calculates, made at its place if there is none."""
    found = root.find("{*}calcPr")
    if found is None:
        found = root.makeelement(root.tag.rpartition("}")[0] + "}calcPr")
        place = sum(1 for node in root if local(node) in _BEFORE_CALCULATION)
        root.insert(place, found)
    return found


# ---------------------------------------------------------------- the order of calculation


def without_calculation_order(parts: Parts) -> dict[str, bytes]:
    """Return the parts without the list of formula cells in the order of their calculation, which programs make anew."""
    book = book_part(parts)
    gone = [one.part for one in relations(parts, book) if one.kind == "calcChain"]
    if not gone:
        return dict(parts)
    kept = {name: data for name, data in parts.items() if name not in gone}
    for part, sign, value in (
        (links_of(book), "Type", "/calcChain"),
        ("[Content_Types].xml", "PartName", f"/{gone[0]}"),
    ):
        if part in kept:
            kept[part] = _without(kept[part], part, sign, value)
    return kept


def _without(data: bytes, part: str, sign: str, value: str) -> bytes:
    root = parse_xml(data, part)
    for node in [node for node in root if node.get(sign, "").endswith(value)]:
        root.remove(node)
    return serialize(root)


# ---------------------------------------------------------------- pivot tables' sources


Named = Mapping[str, tuple[str, str]]
"""Areas by the names they have, in small letters: sheet title and area."""


def move_named(named: Named, book: Book) -> Named:
    """Return the named areas after the move."""
    return {name: (sheet, moved_span(area, View(book, sheet))) for name, (sheet, area) in named.items()}


def move_pivot_source(root: etree._Element, book: Book, named: Named) -> None:
    """Set the range that a pivot table was made from.

    Raises:
        TemplateError: when it touches a block: the records it remembers would be those of the template.
    """
    for source in root.iter("{*}worksheetSource", "{*}rangeSet"):
        sheet, area = named.get(source.get("name", "").casefold(), (source.get("sheet", ""), source.get("ref", "")))
        view = View(book, sheet, where="数据透视表")
        if touched(area, view):
            remedy = "请删去数据透视表，改用公式汇总；或者填好以后再插入数据透视表"
            raise view.trouble(f"数据透视表的来源（{area}）含有会增长的名单，它记着的还是模板里的内容", remedy)
        if source.get("ref"):
            source.set("ref", moved_span(area, view))


def named_areas(root: etree._Element) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the names of a workbook that mean areas, in small letters, each with sheet title and area."""
    for name in root.iter("{*}definedName"):
        for piece in formula(name.text or "").pieces:
            if isinstance(piece, Reference) and piece.sheet:
                area = piece.text.rpartition("!")[2]
                yield name.get("name", "").casefold(), (piece.sheet, area)
