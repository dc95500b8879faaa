"""A workbook template compiled: its sheets as plans, its other texts as programs, the rest of its parts as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from pbreports.errors import TemplateError
from pbreports.excel.filling.expressions import Path
from pbreports.excel.filling.guard import Features, features
from pbreports.excel.filling.plan import Region, SheetPlan, planned
from pbreports.excel.filling.relations import book_part, local, relations, sheet_parts
from pbreports.excel.filling.scope import Scope, lists_in
from pbreports.excel.filling.sheet import TemplateSheet, read_sheet
from pbreports.excel.filling.strings import Run, fragments, looks_tagged, runs_in
from pbreports.excel.filling.styles import Looks, looks_of
from pbreports.excel.filling.texts import (
    Gathered,
    Texts,
    gather_drawn,
    gather_headings,
    gather_notes,
    gather_properties,
    plain,
)
from pbreports.excel.filling.unfilled import unfilled
from pbreports.ooxml.markup import SPREADSHEET, parse_xml, serialize
from pbreports.tags.problems import Place, Problem
from pbreports.tags.tokens import Tag

_DIRECTIVE = re.compile(r"(?P<kind>循环|块|分页|分表)\d*_(?P<path>.+)")
_ROWS = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>[^'!]+))!\$?[A-Z]*\$?(?P<first>\d+)(?::\$?[A-Z]*\$?(?P<last>\d+))?"
)
_CORE = "docProps/core.xml"
ITEM = "_b0"
"""The name of the list's row for which a sheet is made."""


@dataclass(frozen=True)
class CompiledSheet:
    """A sheet: its part without rows, its plan, its other texts; the list for each row of which it is made, if any.

    ``headings`` are the headers and footers that hold tags, ``marked`` the parts in which marks stand for texts,
    ``touched`` tells whether its rows are written anew.
    """

    title: str
    part: str
    skeleton: bytes
    plan: SheetPlan
    titles: Texts
    texts: Texts
    headings: tuple[int, ...] = ()
    marked: tuple[str, ...] = ()
    path: Path = ()
    touched: bool = True


@dataclass(frozen=True)
class CompiledBook:
    """A compiled workbook: its parts as they will be written but for what is filled in."""

    parts: Mapping[str, bytes]
    sheets: tuple[CompiledSheet, ...]
    looks: Looks
    properties: Texts
    property_names: tuple[str, ...]
    problems: tuple[Problem, ...]
    styles: str = ""
    features: Features = field(default_factory=dict)
    directives: int = 0


@dataclass(slots=True)
class _Compiling:
    """What is gathered while a workbook is compiled."""

    parts: dict[str, bytes]
    original: Mapping[str, bytes]
    looks: Looks
    strings: list[etree._Element]
    since_1904: bool
    regions: dict[str, list[Region]]
    paths: dict[str, Path]
    problems: list[Problem] = field(default_factory=list)
    directives: int = 0


def compiled(parts: Mapping[str, bytes]) -> CompiledBook:
    """Return a workbook's parts compiled; raises a TemplateError for a form of workbook that is not filled."""
    main = book_part(parts)
    kinds = {link.kind: link.part for link in relations(parts, main)}
    strings_part, styles = kinds.get("sharedStrings", ""), kinds.get("styles", "")
    book = parse_xml(parts[main], main)
    if book.tag != f"{{{SPREADSHEET}}}workbook":
        what, remedy = "这是“Strict Open XML”格式", "请在 Excel 里另存为“Excel 工作簿（.xlsx）”"
        raise TemplateError("", what, remedy)
    strings = parse_xml(parts[strings_part], strings_part) if strings_part else None
    compiling = _Compiling(
        dict(parts),
        parts,
        looks_of(parts.get(styles, b"")),
        [] if strings is None else [one for one in strings if local(one) == "si"],
        any(one.get("date1904") in {"1", "true"} for one in book.iter(f"{{{SPREADSHEET}}}workbookPr")),
        {},
        {},
    )
    _take_directives(book, main, compiling)
    sheets = [found for one in sheet_parts(parts) if (found := _sheet(one.title, one.part, compiling))]
    if strings is not None and _blanked(compiling.strings):
        compiling.parts[strings_part] = serialize(strings)
    properties, names = _properties(compiling)
    problems = [*compiling.problems, *(one for sheet in sheets for one in _problems_of(sheet)), *properties.problems]
    problems += unfilled(compiling.parts, [(sheet.title, sheet.part) for sheet in sheets if sheet.touched])
    return CompiledBook(
        compiling.parts,
        tuple(_with_dependents(sheets, book)),
        compiling.looks,
        properties,
        names,
        tuple(problems),
        styles,
        features(parts),
        compiling.directives,
    )


def _problems_of(sheet: CompiledSheet) -> Iterator[Problem]:
    yield from sheet.titles.problems
    yield from sheet.plan.problems
    yield from sheet.texts.problems


# ---------------------------------------------------------------- names that ask for something


def _take_directives(book: etree._Element, main: str, compiling: _Compiling) -> None:
    """Take the names out of the workbook by which rows and sheets are repeated."""
    for name in list(book.iter(f"{{{SPREADSHEET}}}definedName")):
        called = name.get("name", "")
        asked = _DIRECTIVE.fullmatch(called)
        if asked is None:
            continue
        place = _ROWS.fullmatch(name.text or "")
        if place is None:
            where = Place("", "", f"名称“{called}”", name.text or "")
            remedy = "请在“名称管理器”里让它只指一张表里连续的行"
            compiling.problems.append(Problem("T-46", where, "名称指的不是整行的区域", remedy))
            continue
        title = (place["quoted"] or place["bare"] or "").replace("''", "'")
        path = tuple(asked["path"].split("."))
        if asked["kind"] == "分表":
            compiling.paths[title] = path
        else:
            first, last = int(place["first"]), int(place["last"] or place["first"])
            region = Region(min(first, last), max(first, last), path, asked["kind"] == "分页", called)
            compiling.regions.setdefault(title, []).append(region)
        compiling.directives += 1
        parent = name.getparent()
        if parent is not None:
            parent.remove(name)
            if not len(parent):
                book.remove(parent)
        compiling.parts[main] = b""
    if not compiling.parts[main]:
        compiling.parts[main] = serialize(book)


# ---------------------------------------------------------------- sheets


def _sheet(title: str, part: str, compiling: _Compiling) -> CompiledSheet | None:
    root = _unprefixed(parse_xml(compiling.parts[part], part))
    if local(root) != "worksheet":
        return None
    titles, path = _title(title, compiling)
    scope = Scope({path: ITEM}) if path else Scope()
    sheet = read_sheet(root, title, compiling.strings)
    regions = compiling.regions.get(title, [])
    plan = planned(sheet, regions, compiling.looks, scope, since_1904=compiling.since_1904)
    gathered = Gathered(scope)
    headed = gather_headings(root, title, gathered)
    marked = tuple(_marked(title, part, compiling, gathered))
    data = root.find(f"{{{SPREADSHEET}}}sheetData")
    if data is not None:
        data.clear()
        data.tail = None
    touched = sheet.has_tags or bool(regions or path or headed)
    compiling.parts[part] = serialize(root) if touched else compiling.parts[part]
    return CompiledSheet(title, part, serialize(root), plan, titles, gathered.compiled(), headed, marked, path, touched)


def _unprefixed(root: etree._Element) -> etree._Element:
    """Return a sheet whose own elements have no prefix, as all programs but a few write them."""
    names: dict[str | None, str] = dict(root.nsmap)
    if names.get(None) == SPREADSHEET:
        return root
    names = {prefix: uri for prefix, uri in names.items() if uri != SPREADSHEET} | {None: SPREADSHEET}
    told = {str(name): str(value) for name, value in root.attrib.items()}
    made = etree.Element(root.tag, told, nsmap=names)  # type: ignore[arg-type]  # None is the default
    made.extend(list(root))
    etree.cleanup_namespaces(made, keep_ns_prefixes=[prefix for prefix in names if prefix])
    return made


def _title(title: str, compiling: _Compiling) -> tuple[Texts, Path]:
    """Return a sheet's title as a program, and the list for each row of which the sheet is made."""
    place = Place(title, "", "表名", title)
    path = compiling.paths.get(title, ())
    tags = [one.item for one in fragments((Run("", title),), place)[0] if isinstance(one.item, Tag)]
    lists = lists_in(tags, Scope({path: ITEM} if path else {}))
    if lists and not path:
        path = lists[0]
    if len(path) > 1 or len(lists) > 1:
        compiling.problems.append(Problem("T-40", place, "表名只能用一个名单的列", "请只写一个名单的列"))
        path = path[:1]
    gathered = Gathered(Scope({path: ITEM}) if path else Scope())
    gathered.add((Run("", title),), place, plain)
    return gathered.compiled(), path


def _marked(title: str, part: str, compiling: _Compiling, gathered: Gathered) -> Iterator[str]:
    """Yield the parts of a sheet in which marks now stand in the place of texts with tags."""
    for link in relations(compiling.original, part):
        if link.kind == "comments":
            yield from _marks_in(link.part, compiling, lambda root: gather_notes(root, title, gathered))
        elif link.kind == "drawing":
            yield from _marks_in(link.part, compiling, lambda root: gather_drawn(root, title, "文本框", gathered))
            for inner in relations(compiling.original, link.part):
                if inner.kind == "chart":
                    yield from _marks_in(
                        inner.part, compiling, lambda root: gather_drawn(root, title, "图表", gathered)
                    )


def _marks_in(part: str, compiling: _Compiling, gather: object) -> Iterator[str]:
    if not looks_tagged(compiling.parts[part].decode(errors="replace")):
        return
    root = parse_xml(compiling.parts[part], part)
    if gather(root):  # type: ignore[operator]
        compiling.parts[part] = serialize(root)
        yield part


def _blanked(strings: Sequence[etree._Element]) -> bool:
    """Empty the shared texts that hold tags, for the cells carry them now; return whether there were any."""
    found = False
    for item in strings:
        runs = runs_in(item)
        text = "".join(run.text for run in runs)
        if looks_tagged(text) and "".join(str(one.item) for one in fragments(runs, Place())[0]) != text:
            item.clear()
            etree.SubElement(item, f"{{{SPREADSHEET}}}t")
            found = True
    return found


def _properties(compiling: _Compiling) -> tuple[Texts, tuple[str, ...]]:
    gathered = Gathered(Scope())
    names: tuple[str, ...] = ()
    if _CORE in compiling.parts:
        names = gather_properties(parse_xml(compiling.parts[_CORE], _CORE), gathered)
    return gathered.compiled(), names


# ---------------------------------------------------------------- sheets that speak of those filled


def _with_dependents(sheets: Sequence[CompiledSheet], book: etree._Element) -> Iterator[CompiledSheet]:
    """Yield the sheets, touched also those whose formulas may come to other results."""
    names = [(one.get("name", ""), one.text or "") for one in book.iter(f"{{{SPREADSHEET}}}definedName")]
    words = {sheet.title for sheet in sheets if sheet.touched}
    touched = set(words)
    while True:
        words |= {called for called, text in names if _mentions(text, words)}
        more = {one.title for one in sheets if one.title not in touched and _depends(one.plan.sheet, words)}
        if not more or not touched:
            break
        touched |= more
        words |= more
    for sheet in sheets:
        yield replace(sheet, touched=sheet.title in touched)


def _depends(sheet: TemplateSheet, words: set[str]) -> bool:
    return any(_mentions(one.text, words) or "[" in one.text or "INDIRECT" in one.text for one in sheet.formulas)


def _mentions(text: str, words: set[str]) -> bool:
    return any(word.replace("'", "''") in text for word in words)
