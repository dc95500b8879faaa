"""What the styles of a workbook mean for the values written into its cells, and styles added for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from lxml import etree

from pbreports.excel.filling.cells import CellStyle
from pbreports.excel.reader.formats import Shown, built_in_format, format_of
from pbreports.ooxml.markup import SPREADSHEET, parse_xml, serialize

_FORMATS = {
    "day": 'yyyy"年"m"月"d"日"',
    "moment": 'yyyy"年"m"月"d"日" h:mm',
    "time": "h:mm",
    "percent": "0.0%",
    "whole": "0%",
}
"""The formats of values in cells that have none of their own; days as papers write them (GB/T 9704-2012 7.3.5.4)."""
_FIRST_OWN = 164  # numbers below are the programs' own (ECMA-376 part 1, 18.8.30)
_USUAL_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Look:
    """One style: what it means for values, whether it wraps texts, and the size of its letters in points."""

    style: CellStyle
    wraps: bool = False
    size: float = _USUAL_SIZE


@dataclass(frozen=True, slots=True)
class Looks:
    """The styles of a workbook by index; the size of letters by which columns are measured."""

    looks: tuple[Look, ...] = ()
    usual_size: float = _USUAL_SIZE

    def of(self, index: str) -> Look:
        """Return the style that a cell names; a cell that names none has the first."""
        number = int(index or 0)
        if number < len(self.looks):
            found = self.looks[number]
            return found if index else Look(replace(found.style, index=""), found.wraps, found.size)
        return Look(CellStyle(index))


def looks_of(part: bytes) -> Looks:
    """Return the styles that a styles part declares; none when there is no such part."""
    if not part:
        return Looks()
    root = parse_xml(part, "xl/styles.xml")
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter(_tag("numFmt"))}
    sizes = [_size(font) for font in root.iterfind(f"{_tag('fonts')}/{_tag('font')}")] or [_USUAL_SIZE]
    styles = root.iterfind(f"{_tag('cellXfs')}/{_tag('xf')}")
    return Looks(tuple(_look(str(index), xf, codes, sizes) for index, xf in enumerate(styles)), sizes[0])


def with_styles(part: bytes, made: Sequence[tuple[str, str]]) -> bytes:
    """Return the styles part with a style added for each base style and kind of value, in order."""
    root = parse_xml(part, "xl/styles.xml")
    cells = root.find(_tag("cellXfs"))
    if not made or cells is None:
        return part
    numbers = _numbered(root, [kind for _, kind in made])
    for base, kind in made:
        xf = deepcopy(cells[int(base)])
        xf.set("numFmtId", str(numbers[kind]))
        xf.set("applyNumberFormat", "1")
        cells.append(xf)
    cells.set("count", str(len(cells)))
    return serialize(root)


def _numbered(root: etree._Element, kinds: Sequence[str]) -> Mapping[str, int]:
    """Return the number of each format, those that are not declared yet added to the part."""
    formats = root.find(_tag("numFmts"))
    if formats is None:
        formats = etree.Element(_tag("numFmts"))
        root.insert(0, formats)
    declared = {one.get("formatCode", ""): int(one.get("numFmtId", "0")) for one in formats}
    found: dict[str, int] = {}
    for kind in dict.fromkeys(kinds):
        code = _FORMATS[kind]
        if code not in declared:
            declared[code] = max([_FIRST_OWN - 1, *declared.values()]) + 1
            etree.SubElement(formats, _tag("numFmt"), numFmtId=str(declared[code]), formatCode=code)
        found[kind] = declared[code]
    formats.set("count", str(len(formats)))
    return found


def _look(index: str, xf: etree._Element, codes: Mapping[str, str], sizes: Sequence[float]) -> Look:
    number = xf.get("numFmtId", "0")
    known = format_of(codes[number]) if number in codes else built_in_format(int(number))
    code = known.code if known else "General"
    alignment = xf.find(_tag("alignment"))
    wraps = alignment is not None and alignment.get("wrapText") in {"1", "true"}
    font = int(xf.get("fontId", "0"))
    days = known is not None and known.shown is not Shown.NUMBER
    style = CellStyle(index, code.lower() in {"general", "g/通用格式"}, "%" in code, days, code == "@")
    return Look(style, wraps, sizes[font] if font < len(sizes) else sizes[0])


def _size(font: etree._Element) -> float:
    size = font.find(_tag("sz"))
    return float(size.get("val", _USUAL_SIZE)) if size is not None else _USUAL_SIZE


def _tag(name: str) -> str:
    return f"{{{SPREADSHEET}}}{name}"
