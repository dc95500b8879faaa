"""Sheets made several times: each copy with parts of its own, under titles that a workbook takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from pbreports.excel.filling.relations import book_part, links_of, local, relations
from pbreports.ooxml.markup import CONTENT_TYPES, SPREADSHEET, parse_xml, serialize

LONGEST_TITLE = 31
"""Signs that Excel takes in a sheet's title (its specifications and limits)."""
_UNTAKEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NAMELESS = "无名"
_TYPES = "[Content_Types].xml"
_SHARED = frozenset({"image", "printerSettings", "oleObject", "package", "hyperlink"})
"""What copies of a sheet may share with it, for nothing in it speaks of cells."""
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SHEET_NAME = re.compile(r"""("[^"]*")|(?:'((?:[^']|'')*)'|(?<![\w.'\]])([^\W\d][\w.]*))!""")
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"})
_ADDRESSED = ("location", "fmlaLink", "fmlaRange", "linkedCell", "listFillRange", "textlink")


@dataclass(frozen=True, slots=True)
class Copy:
    """One sheet of the result: the template's title and part, and its own.

    ``parts`` are the parts made for it by those of the template, ``tables`` what its tables are called instead.
    """

    template: str
    original: str
    title: str
    part: str
    parts: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Return whether it stands in the template's place."""
        return self.part == self.original


def fitting(title: str, taken: Container[str]) -> str:
    """Return a title as a workbook takes it, other than those taken (in small letters)."""
    plain = _CONTROL.sub("", title).translate(_UNTAKEN).strip().strip("'").strip() or _NAMELESS
    plain = f"{plain}_" if plain.casefold() == "history" else plain
    return next(made for made in _numbered(plain) if made.casefold() not in taken)


def _numbered(title: str) -> Iterator[str]:
    """Yield a title as it is, then with 2, 3 … behind it."""
    for number in count(1):
        tail = f" ({number})" if number > 1 else ""
        yield _cut(title, LONGEST_TITLE - len(tail)).strip().strip("'") + tail


def _cut(text: str, most: int) -> str:
    """Return as much of a text as fits, counted as Excel does: signs beyond the first plane count twice."""
    while len(text.encode("utf-16-le")) > 2 * most:
        text = text[:-1]
    return text


# ---------------------------------------------------------------- parts


def copied(parts: dict[str, bytes], template: str, part: str, title: str, ordinal: int) -> Copy:
    """Return a copy of a sheet, made in ``parts`` with all that belongs to it."""
    tables: dict[str, str] = {}
    done: dict[str, str] = {}
    made = _copied(parts, part, ordinal, tables, done)
    parts[made] = _deselected(parts[made], made)
    return Copy(template, part, title, made, done, tables)


def _copied(parts: dict[str, bytes], part: str, ordinal: int, tables: dict[str, str], done: dict[str, str]) -> str:
    stem, dot, ending = part.rpartition(".")
    made = next(name for name in (f"{stem}_{number}{dot}{ending}" for number in count(ordinal)) if name not in parts)
    done[part] = made
    parts[made] = parts[part]
    _declare(parts, part, made)
    if links_of(part) in parts:
        parts[links_of(made)] = _relinked(parts, part, ordinal, tables, done)
    root = parse_xml(parts[made], made) if b"<table " in parts[made][:400] else None
    if root is not None and local(root) == "table":
        _rename_table(root, parts, tables)
        parts[made] = serialize(root)
    return made


def _relinked(parts: dict[str, bytes], part: str, ordinal: int, tables: dict[str, str], done: dict[str, str]) -> bytes:
    """Return the links of a copy: to copies of what the sheet alone has, to the same parts else."""
    root = parse_xml(parts[links_of(part)], links_of(part))
    own = {link.key: link for link in relations(parts, part)}
    for node in root:
        link = own.get(node.get("Id", ""))
        if link is not None:
            target = link.part if link.kind in _SHARED else done.get(link.part)
            target = target or _copied(parts, link.part, ordinal, tables, done)
            node.set("Target", f"/{target}")
    return serialize(root)


def _declare(parts: dict[str, bytes], part: str, made: str) -> None:
    """Declare the type of a copy, where its ending does not tell it."""
    types = parse_xml(parts[_TYPES], _TYPES)
    for node in types.iter(f"{{{CONTENT_TYPES}}}Override"):
        if node.get("PartName", "").casefold() == f"/{part}".casefold():
            twin = deepcopy(node)
            twin.set("PartName", f"/{made}")
            node.addnext(twin)
            parts[_TYPES] = serialize(types)
            return


def _rename_table(root: etree._Element, parts: Mapping[str, bytes], tables: dict[str, str]) -> None:
    """Give a copied table a number and a name of its own."""
    others = [parse_xml(data, name) for name, data in parts.items() if re.search(r"tables/table[^/]*\.xml$", name)]
    numbers = [int(other.get("id", "0")) for other in others]
    taken = {other.get("displayName", "").casefold() for other in others}
    was = root.get("displayName", "")
    name = next(made for made in (f"{was}_{number}" for number in count(2)) if made.casefold() not in taken)
    tables[was] = name
    root.set("id", str(max(numbers, default=0) + 1))
    root.set("name", name)
    root.set("displayName", name)


# ---------------------------------------------------------------- the workbook's own part


def listed(parts: dict[str, bytes], sheets: Sequence[Copy]) -> None:
    """Write the sheets of the result into the workbook's part, and give copies the names that hold in their sheet alone."""
    main = book_part(parts)
    root = parse_xml(parts[main], main)
    holder = root.find(f"{{{SPREADSHEET}}}sheets")
    assert holder is not None  # a workbook without sheets has none to copy
    entries = {link.part: link.key for link in relations(parts, main)}
    by_part = {part: node for node in holder for part, key in entries.items() if node.get(_R_ID) == key}
    before = list(holder)
    was = [node.get("name", "") for node in before]
    made: list[tuple[etree._Element, int]] = []
    for node in before:
        part = next((part for part, one in by_part.items() if one is node), "")
        own = [one for one in sheets if one.original == part]
        for one in own:
            entry = node if one.is_first else _entry(node, parts, main, one, [each for each, _ in made] + before)
            entry.set("name", one.title)
            made.append((entry, before.index(node)))
        if not own:
            made.append((node, before.index(node)))
    holder[:] = [entry for entry, _ in made]
    _scope_names(root, [(place, {was[place].casefold(): entry.get("name", "")}) for entry, place in made])
    _activate(root, [place for _, place in made])
    parts[main] = serialize(root)


def _entry(
    node: etree._Element, parts: dict[str, bytes], main: str, one: Copy, others: Sequence[etree._Element]
) -> etree._Element:
    links = parse_xml(parts[links_of(main)], links_of(main))
    keys = {link.get("Id") for link in links}
    key = next(name for name in (f"rId{number}" for number in count(1)) if name not in keys)
    link = deepcopy(next(each for each in links if each.get("Id") == node.get(_R_ID)))
    link.set("Id", key)
    link.set("Target", f"/{one.part}")
    links.append(link)
    parts[links_of(main)] = serialize(links)
    entry = deepcopy(node)
    numbers = {int(each.get("sheetId", "0")) for each in others}
    entry.set("sheetId", str(max(numbers) + 1))
    entry.set(_R_ID, key)
    return entry


def _scope_names(root: etree._Element, origins: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    """Set which sheet each name holds in, for sheets now stand elsewhere; copies have the names of their originals.

    ``origins`` tell of each sheet where its original stood, and how it is now called.
    """
    for name in list(root.iter(f"{{{SPREADSHEET}}}definedName")):
        scope = name.get("localSheetId")
        if scope is None:
            continue
        places = [place for place, (origin, _) in enumerate(origins) if origin == int(scope)]
        twins = [name, *(deepcopy(name) for _ in places[1:])]
        last = name
        for twin, place in zip(twins, places, strict=False):
            twin.set("localSheetId", str(place))
            twin.text = retitled(twin.text or "", origins[place][1], {})
            if twin is not name:
                last.addnext(twin)
                last = twin


def _activate(root: etree._Element, origins: Sequence[int]) -> None:
    for view in root.iter(f"{{{SPREADSHEET}}}workbookView"):
        for said in ("activeTab", "firstSheet"):
            if view.get(said):
                view.set(said, str(origins.index(int(view.get(said, "0")))))


# ---------------------------------------------------------------- sheets by their titles


def retitled(text: str, titles: Mapping[str, str], tables: Mapping[str, str]) -> str:
    """Return a formula in which sheets and tables are named as they are now; texts in quotation marks stay."""

    def replaced(found: re.Match[str]) -> str:
        quote, quoted, bare = found.groups()
        name = quoted.replace("''", "'") if quoted is not None else bare
        new = titles.get(name.casefold()) if quote is None else None
        return found[0] if new is None else "'{}'!".format(new.replace("'", "''"))

    told = _SHEET_NAME.sub(replaced, text) if "!" in text else text
    for was, name in tables.items():
        told = re.sub(rf"(?<![\w.]){re.escape(was)}(?=\[)", name, told) if f"{was}[" in told else told
    return told


def retitle_part(data: bytes, part: str, titles: Mapping[str, str], tables: Mapping[str, str]) -> bytes:
    """Return a part in which sheets and tables are named as they are now; the same bytes where it names none."""
    if not part.endswith(".xml") or not (b"!" in data or tables):
        return data
    root = parse_xml(data, part)
    changed = False
    for node, text, write in _spoken(root):
        new = retitled(text, titles, tables)
        if new != text:
            write(node, new)
            changed = True
    return serialize(root) if changed else data


def _spoken(root: etree._Element) -> Iterator[tuple[etree._Element, str, Callable[[etree._Element, str], None]]]:
    for node in root.iter(etree.Element):
        if local(node) in _FORMULAS and node.text:
            yield node, node.text, _set_text
        for name in _ADDRESSED:
            if value := node.get(name):
                yield node, value, lambda each, text, name=name: each.set(name, text)  # type: ignore[misc]


def untitled(data: bytes) -> bytes:
    """Return the extended properties without the titles of sheets, which programs write anew."""
    root = parse_xml(data, "docProps/app.xml")
    for node in [node for node in root if local(node) in {"TitlesOfParts", "HeadingPairs"}]:
        root.remove(node)
    return serialize(root)


def _set_text(node: etree._Element, text: str) -> None:
    node.text = text


def _deselected(data: bytes, part: str) -> bytes:
    """Return a copied sheet that is not selected beside its original."""
    root = parse_xml(data, part)
    for view in root.iter(f"{{{SPREADSHEET}}}sheetView"):
        if "tabSelected" in view.attrib:
            del view.attrib["tabSelected"]
    return serialize(root)
