"""A workbook that is being edited: its parts, and as trees those that an edit has touched."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from copy import deepcopy
from itertools import count

from lxml import etree

from pbreports.excel.edit.page import Page, drop, said, tag
from pbreports.excel.reader.formats import Shown, built_in_format, format_of
from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS, parse_xml, serialize
from pbreports.ooxml.package import relationships_of, resolve
from pbreports.ooxml.write import pack, unpack

_BOOK, _STYLES, _TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
_LINKS = relationships_of(_BOOK)
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OVERRIDE, _RELATIONSHIP = f"{{{CONTENT_TYPES}}}Override", f"{{{RELATIONSHIPS}}}Relationship"
_WITH_FORMULAS = tuple(map(tag, ("f", "formula", "formula1", "formula2")))
_DATE_FORMAT = 14  # what programs give a cell into which a date is typed
_BROKEN = "#REF!"

# Texts are passed over; behind `]` stands a sheet of another file, before a quoted name may stand anything.
_SHEET_NAME = re.compile(r"""("[^"]*")|(?:'((?:[^']|'')*)'|(?<![\w.'\]])([^\W\d][\w.]*))!""")


class Book:
    """The parts of a workbook of this program's, to be changed in place."""

    def __init__(self, data: bytes) -> None:
        self._parts = dict(unpack(data))
        self._trees: dict[str, etree._Element] = {}
        self._touched: set[str] = set()

    def saved(self) -> bytes:
        """Return the workbook's bytes; parts that were not touched are as they were."""
        return pack({**self._parts, **{name: serialize(self._trees[name]) for name in self._touched}})

    def page(self, title: str) -> Page:
        """Return a sheet by its title; raises a KeyError when there is none."""
        return Page(self._tree(self._part(self._entry(title))))

    def dated(self, style: str) -> str:
        """Return a style that shows dates and is otherwise like the given one, itself when it shows dates."""
        styles = self._seen(_STYLES)
        cells = _child(styles, "cellXfs")
        base = cells[int(style)]
        if _shown(styles, int(base.get("numFmtId", "0"))) in (Shown.DATE, Shown.MOMENT):
            return style
        self._touched.add(_STYLES)
        made = deepcopy(base)
        made.set("numFmtId", str(_DATE_FORMAT))
        made.set("applyNumberFormat", "1")
        cells.append(made)
        cells.set("count", str(len(cells)))
        return str(len(cells) - 1)

    def calculate(self, mode: str) -> None:
        """Set when the workbook calculates."""
        _child(self._tree(_BOOK), "calcPr").set("calcMode", mode)

    def rename(self, title: str, new: str) -> None:
        """Give a sheet another title; formulas and names that speak of it follow."""
        self._entry(title).set("name", new)  # in the part that is changed below
        quoted = new.replace("'", "''")
        self._replace(title, f"'{quoted}'!")

    def delete(self, title: str) -> None:
        """Remove a sheet with its notes; what speaks of it breaks, and the names of its own go."""
        entry = self._entry(title)
        place, part = list(self._sheets()).index(entry), self._part(entry)
        self._forget({part, relationships_of(part), *self._linked(part)})
        links = self._tree(_LINKS)
        links.remove(self._link(entry))
        self._sheets().remove(entry)
        self._drop_names_of(place)
        self._replace(title, _BROKEN)

    def copy(self, title: str, new: str) -> None:
        """Put a copy of a sheet last, without its notes."""
        entry = self._entry(title)
        made = deepcopy(entry)
        made.set("name", new)
        made.set("sheetId", _unused("{}", {one.get("sheetId") for one in self._sheets()}))
        made.set(_LINK_ID, self._joined(self._part(entry), self._link(entry)))
        self._sheets().append(made)
        self._touched.add(_BOOK)

    def _joined(self, original: str, link: etree._Element) -> str:
        """Return the id by which the workbook finds a new part, the copy of a sheet's, as ``link`` leads to that."""
        part = _unused("xl/worksheets/sheet{}.xml", {*self._parts, *self._trees})
        self._trees[part] = _without_links(self._seen(original))
        kind = next(one for one in self._tree(_TYPES).iter(_OVERRIDE) if one.get("PartName") == f"/{original}")
        etree.SubElement(self._tree(_TYPES), _OVERRIDE, PartName=f"/{part}", ContentType=said(kind, "ContentType"))
        made = deepcopy(link)
        made.set("Id", _unused("rId{}", {one.get("Id") for one in self._tree(_LINKS)}))
        made.set("Target", f"/{part}")
        self._tree(_LINKS).append(made)
        self._touched.add(part)
        return said(made, "Id")

    def _tree(self, part: str) -> etree._Element:
        """Return a part to be changed."""
        self._touched.add(part)
        return self._seen(part)

    def _seen(self, part: str) -> etree._Element:
        """Return a part to be looked at."""
        if part not in self._trees:
            self._trees[part] = parse_xml(self._parts[part], part)
        return self._trees[part]

    def _sheets(self) -> etree._Element:
        return _child(self._seen(_BOOK), "sheets")

    def _entry(self, title: str) -> etree._Element:
        for entry in self._sheets():
            if entry.get("name") == title:
                return entry
        raise KeyError(title)

    def _link(self, entry: etree._Element) -> etree._Element:
        return next(one for one in self._seen(_LINKS) if one.get("Id") == entry.get(_LINK_ID))

    def _part(self, entry: etree._Element) -> str:
        return resolve(_BOOK, said(self._link(entry), "Target"))

    def _linked(self, part: str) -> Iterator[str]:
        """Go through the parts that belong to a sheet."""
        links = relationships_of(part)
        if links in self._parts:
            yield from (resolve(part, said(one, "Target")) for one in parse_xml(self._parts[links], links))

    def _forget(self, parts: set[str]) -> None:
        for name in parts:
            self._parts.pop(name, None)
            self._trees.pop(name, None)
            self._touched.discard(name)
        types = self._tree(_TYPES)
        for one in [one for one in types.iter(_OVERRIDE) if said(one, "PartName").lstrip("/") in parts]:
            types.remove(one)

    def _drop_names_of(self, place: int) -> None:
        """Remove the names that hold in one sheet only, counted from 0; those of later sheets count one less."""
        for name in list(self._tree(_BOOK).iter(tag("definedName"))):
            scope = int(name.get("localSheetId", "-1"))
            if scope == place:
                _remove(name)
            elif scope > place:
                name.set("localSheetId", str(scope - 1))

    def _replace(self, title: str, mark: str) -> None:
        """Let formulas and names speak of a sheet by another mark, such as ``'02_活动'!``."""
        for name in self._tree(_BOOK).iter(tag("definedName")):
            name.text = renamed(name.text or "", title, mark)
        for entry in self._sheets():
            part = self._part(entry)
            for formula in self._seen(part).iter(*_WITH_FORMULAS):
                text = renamed(formula.text or "", title, mark)
                if text != (formula.text or ""):
                    formula.text = text
                    self._touched.add(part)


def renamed(formula: str, title: str, mark: str) -> str:
    """Return a formula in which a mark stands wherever the sheet of a title was named."""

    def replaced(match: re.Match[str]) -> str:
        text, quoted, bare = match.groups()
        name = quoted.replace("''", "'") if quoted is not None else bare
        return mark if text is None and name.casefold() == title.casefold() else match[0]

    return _SHEET_NAME.sub(replaced, formula) if "!" in formula else formula


def _shown(styles: etree._Element, number: int) -> Shown:
    """Return as what a number format of the workbook shows numbers."""
    for one in styles.iter(tag("numFmt")):
        if one.get("numFmtId") == str(number):
            return format_of(one.get("formatCode", "")).shown
    known = built_in_format(number)
    return known.shown if known else Shown.NUMBER


def _child(root: etree._Element, name: str) -> etree._Element:
    found = root.find(tag(name))
    assert found is not None  # every workbook of ours has it
    return found


def _without_links(root: etree._Element) -> etree._Element:
    """Return a copy of a sheet that is neither shown first nor linked to other parts."""
    made = deepcopy(root)
    for one in [one for one in made.iter() if _LINK_ID in one.attrib]:
        _remove(one)
    for view in made.iter(tag("sheetView")):
        drop(view, "tabSelected")
    return made


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unused(pattern: str, taken: Container[object]) -> str:
    """Return the first name of a pattern with a number in it that is not taken."""
    return next(name for name in map(pattern.format, count(1)) if name not in taken)
