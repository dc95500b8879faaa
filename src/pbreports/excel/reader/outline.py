"""The workbook's own part: which sheets there are, under which names, and how it was last saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat

from pbreports.errors import WorkbookError
from pbreports.excel.reader.parts import (
    LINK_IDS,
    LINK_TYPES,
    MAIN,
    PACKAGE_LINKS,
    SEPARATOR,
    Attributes,
    is_true,
    malformed,
    parse,
    qualified,
)
from pbreports.ooxml.package import Package, relationships_of, resolve

_USUAL_PART = "xl/workbook.xml"
_OTHERS = {"word": "Word 文档", "ppt": "演示文稿", "visio": "Visio 图"}
_LIBRARY_CALC_ID = "124519"  # what openpyxl and XlsxWriter write; every office program puts its own


class Link(NamedTuple):
    """A relationship inside the package: its kind (``worksheet``, ``styles`` …) and the part it leads to."""

    kind: str
    part: str


class Entry(NamedTuple):
    """A worksheet as the workbook lists it."""

    title: str
    state: str
    part: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the workbook part says; ``strings`` and ``styles`` are part names, empty when there are none."""

    entries: tuple[Entry, ...]
    defined_names: Mapping[str, str]
    date1904: bool
    calc_mode: str
    never_saved_by_office: bool
    strings: str
    styles: str


def outline(package: Package) -> Outline:
    """Return what the workbook part and its relationships say.

    Raises:
        WorkbookError: F-08 the package is no workbook or a binary one, F-12 … F-14 parts are missing or broken.
    """
    part = _workbook_part(package)
    scan = _OutlineScan(package.file, part)
    parse(package, part, scan.install)
    links = _links(package, part)
    kinds = {link.kind: link.part for link in links.values()}
    return Outline(
        entries=_entries(package.file, part, scan, links),
        defined_names=scan.defined_names(),
        date1904=is_true(scan.properties.get("date1904")),
        calc_mode=scan.calculation.get("calcMode", "auto"),
        never_saved_by_office=_never_saved(scan.calculation),
        strings=kinds.get("sharedStrings", ""),
        styles=kinds.get("styles", ""),
    )


def _never_saved(calculation: Attributes) -> bool:
    return is_true(calculation.get("fullCalcOnLoad")) and calculation.get("calcId") == _LIBRARY_CALC_ID


def is_binary(package: Package) -> bool:
    """Return whether the workbook's part is binary, as in .xlsb."""
    return _main_part(package).lower().endswith(".bin")


def _main_part(package: Package) -> str:
    """Return the part that the package is about: where it says so, else where Excel puts it."""
    links = _links(package, "") if relationships_of("") in package else {}
    return next((link.part for link in links.values() if link.kind == "officeDocument"), _USUAL_PART)


def _workbook_part(package: Package) -> str:
    part = _main_part(package)
    if part.lower().endswith(".bin"):
        raise WorkbookError(
            package.file, "这是二进制工作簿（.xlsb）", "请用 Excel 打开后另存为 .xlsx 再报送", code="F-08"
        )
    if part not in package and relationships_of("") not in package:
        raise _no_workbook(package.file)
    if other := _OTHERS.get(part.partition("/")[0].lower()):
        raise _no_workbook(package.file, other)
    return part


def _no_workbook(file: str, what: str = "其他类型的文件") -> WorkbookError:
    return WorkbookError(file, f"这是{what}，不是工作簿", "请把数据填到下发的 .xlsx 里再报送", code="F-08")


def _entries(file: str, part: str, scan: _OutlineScan, links: Mapping[str, Link]) -> tuple[Entry, ...]:
    """Return the worksheets in order; chart, dialog and macro sheets hold no facts and are left out.

    Two sheets in one part are refused: a few bytes would make us read it a thousand times. So are two of one title
    (18.2.19 wants them unique): nobody could tell which is meant.
    """
    entries: dict[str, Entry] = {}
    titles = Counter(attributes.get("name", "").casefold() for attributes in scan.sheets)
    if doubled := [title for title, count in titles.items() if count > 1]:
        what = f"有两张工作表都叫“{doubled[0]}”"
        raise WorkbookError(file, what, "请用 Excel 或 WPS 打开，改成不同的表名再报送", code="F-14")
    for attributes in scan.sheets:
        link = links.get(next((attributes[key] for key in LINK_IDS if key in attributes), ""))
        if link is None or link.part in entries:
            raise malformed(file, part)
        if link.kind == "worksheet":
            entries[link.part] = Entry(attributes.get("name", ""), attributes.get("state", "visible"), link.part)
    return tuple(entries.values())


def _links(package: Package, base: str) -> dict[str, Link]:
    """Return the relationships of a part to other parts of the package, by id."""
    links: dict[str, Link] = {}
    element = qualified(PACKAGE_LINKS, "Relationship")

    def start(name: str, attributes: Attributes) -> None:
        kind = _kind(attributes.get("Type", ""))
        if name == element and kind and attributes.get("TargetMode") != "External":
            links[attributes.get("Id", "")] = Link(kind, resolve(base, attributes.get("Target", "")))

    def install(parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = start

    parse(package, relationships_of(base), install)
    return links


def _kind(link_type: str) -> str:
    """Return the last word of an office relationship's type, empty for all others."""
    return next((link_type.removeprefix(known) for known in LINK_TYPES if link_type.startswith(known)), "")


class _OutlineScan:
    """Gathers the sheets, the defined names and the settings of ``workbook.xml``."""

    def __init__(self, file: str, part: str) -> None:
        self.sheets: list[Attributes] = []
        self.properties: Attributes = {}
        self.calculation: Attributes = {}
        self._file, self._part = file, part
        self._names: list[tuple[Attributes, list[str]]] = []

    def defined_names(self) -> dict[str, str]:
        return {self._scoped(attributes): "".join(pieces) for attributes, pieces in self._names}

    def install(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        parser.StartElementHandler = self._root

    def _root(self, name: str, _attributes: Attributes) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if namespace not in MAIN or local != "workbook":
            raise _no_workbook(self._file)
        self._actions = {
            qualified(namespace, "sheet"): self.sheets.append,
            qualified(namespace, "workbookPr"): self.properties.update,
            qualified(namespace, "calcPr"): self.calculation.update,
            qualified(namespace, "definedName"): self._open_name,
        }
        self._name = qualified(namespace, "definedName")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if action := self._actions.get(name):
            action(attributes)

    def _open_name(self, attributes: Attributes) -> None:
        pieces: list[str] = []
        self._names.append((attributes, pieces))
        self._parser.CharacterDataHandler = pieces.append

    def _end(self, name: str) -> None:
        if name == self._name:
            self._parser.CharacterDataHandler = None

    def _scoped(self, attributes: Attributes) -> str:
        name, scope = attributes.get("name", ""), attributes.get("localSheetId")
        if scope is None:
            return name
        if not (scope.isascii() and scope.isdecimal() and len(scope) < 6 and int(scope) < len(self.sheets)):
            raise malformed(self._file, self._part)
        return f"{self.sheets[int(scope)].get('name', '')}!{name}"
