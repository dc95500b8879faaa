"""The parts of a filled sheet put together: its rows with numbers and formulas, merges of equal cells, page breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from lxml import etree

from pbreports.errors import TemplateError
from pbreports.excel.filling.rows import FilledRow, FilledRows, at_home, numbered
from pbreports.excel.filling.sheet import FormulaCell
from pbreports.excel.filling.signs import FORMULA, HERE, SPLIT
from pbreports.excel.filling.staged import Mover
from pbreports.excel.reader.address import LAST_ROW, column_letters
from pbreports.ooxml.markup import SPREADSHEET

_FORMULA = re.compile(f"{FORMULA}(\\d+){SPLIT}")
_CONTENT = re.compile(r'<c r="([A-Z]+)\x05"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_STYLE = re.compile(r' s="\d+"')
_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios"
    " autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations"
    " hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches"
    " ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls"
    " webPublishItems tableParts extLst"
).split()
"""The order of a worksheet's elements (ECMA-376 part 1, 18.3.1.99)."""


def with_formulas(rows: FilledRows, formulas: Sequence[FormulaCell], mover: Mover) -> list[str]:
    """Return the markup of all rows with their numbers and formulas; results are not known yet."""
    numbers = numbered(rows.rows, rows.gone)
    if numbers and max(numbers) > LAST_ROW:
        raise TemplateError("", f"填好以后超过{LAST_ROW}行，Excel 放不下", "请把名单拆成几份再填")
    told: list[str] = []
    for row, number in zip(rows.rows, numbers, strict=True):
        markup = row.markup
        if FORMULA in markup:
            markup = _FORMULA.sub(_written(formulas, mover, row), markup)
        told.append(at_home(markup, number))
    return told


def _written(formulas: Sequence[FormulaCell], mover: Mover, row: FilledRow) -> Callable[[re.Match[str]], str]:
    def write(found: re.Match[str]) -> str:
        cell = formulas[int(found[1])]
        text, area = mover.told(cell, row)
        array = f' t="array" ref="{area}"' if area else ""
        return f"<f{array}{cell.attributes}>{escape(text)}</f>"

    return write


# ---------------------------------------------------------------- equal neighbours merged


def merge_equal(
    rows: FilledRows, columns: Sequence[tuple[int, int]], merges: Sequence[tuple[int, int, int, int]]
) -> list[str]:
    """Return the areas in which equal neighbours of a column are merged; the cells but the first lose their content.

    ``columns`` are row of the template and column. A column is merged only within what the columns before it in the
    same row have merged, and only within one copy of the block around.
    """
    made: list[str] = []
    numbers = numbered(rows.rows, rows.gone)
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(columns):
        by_row.setdefault(row, []).append(column)
    for template, wanted in by_row.items():
        places = [place for place, row in enumerate(rows.rows) if row.template == template and not row.blank]
        parts = list(_neighbours(places, rows, numbers))
        for column in wanted:
            across = next((right for top, left, _, right in merges if (top, left) == (template, column)), column)
            parts = [piece for part in parts for piece in _equal(part, rows, column_letters(column))]
            for part in parts:
                if len(part) > 1:
                    first, last = numbers[part[0]], numbers[part[-1]]
                    made.append(f"{column_letters(column)}{first}:{column_letters(across)}{last}")
                    for place in part[1:]:
                        rows.rows[place].markup = _emptied(rows.rows[place].markup, column_letters(column))
    return made


def _neighbours(places: Sequence[int], rows: FilledRows, numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the rows that follow one another within one copy of the block around theirs."""
    part: list[int] = []
    for place in places:
        row = rows.rows[place]
        if part and (rows.rows[part[-1]].copies[:-1] != row.copies[:-1] or numbers[part[-1]] + 1 != numbers[place]):
            yield part
            part = []
        part.append(place)
    if part:
        yield part


def _equal(part: Sequence[int], rows: FilledRows, letters: str) -> Iterator[list[int]]:
    run: list[int] = []
    value = ""
    for place in part:
        content = _content(rows.rows[place].markup, letters)
        if run and content == value and content:
            run.append(place)
            continue
        if run:
            yield run
        run, value = [place], content
    if run:
        yield run


def _content(markup: str, letters: str) -> str:
    return next((found[3] or "" for found in _CONTENT.finditer(markup) if found[1] == letters), "")


def _emptied(markup: str, letters: str) -> str:
    def without(found: re.Match[str]) -> str:
        if found[1] != letters:
            return found[0]
        style = _STYLE.search(found[2])
        return f'<c r="{letters}{HERE}"{style[0] if style else ""}/>'

    return _CONTENT.sub(without, markup)


# ---------------------------------------------------------------- what is added to a sheet


def add_merges(root: etree._Element, areas: Sequence[str]) -> None:
    """Add merged ranges to a sheet; those that lie within them go."""
    if not areas:
        return
    holder = _child(root, "mergeCells")
    starts = {area.partition(":")[0] for area in areas}
    columns = {re.sub(r"\d", "", start) for start in starts}
    for merge in list(holder):
        if _inside(merge.get("ref", ""), areas, columns):
            holder.remove(merge)
    for area in areas:
        etree.SubElement(holder, f"{{{SPREADSHEET}}}mergeCell", ref=area)
    holder.set("count", str(len(holder)))


def _inside(ref: str, areas: Sequence[str], columns: set[str]) -> bool:
    start = re.fullmatch(r"([A-Z]+)(\d+):[A-Z]+(\d+)", ref)
    if start is None or start[1] not in columns or start[2] != start[3]:
        return False
    row = int(start[2])
    for area in areas:
        found = re.fullmatch(r"([A-Z]+)(\d+):[A-Z]+(\d+)", area)
        if found and found[1] == start[1] and int(found[2]) <= row <= int(found[3]):
            return True
    return False


def add_breaks(root: etree._Element, rows: Sequence[int]) -> None:
    """Add page breaks below rows."""
    if not rows:
        return
    holder = _child(root, "rowBreaks")
    known = {mark.get("id") for mark in holder}
    for row in rows:
        if str(row) not in known:
            etree.SubElement(holder, f"{{{SPREADSHEET}}}brk", id=str(row), max="16383", man="1")
    marks = sorted(holder, key=lambda mark: int(mark.get("id", "0")))
    holder[:] = marks
    holder.set("count", str(len(holder)))
    holder.set("manualBreakCount", str(sum(mark.get("man") == "1" for mark in holder)))


def _child(root: etree._Element, name: str) -> etree._Element:
    """Return an element of a sheet, made at its place if there is none."""
    found = root.find(f"{{{SPREADSHEET}}}{name}")
    if found is not None:
        return found
    made = etree.Element(f"{{{SPREADSHEET}}}{name}")
    behind = set(_ORDER[: _ORDER.index(name)])
    place = max((at + 1 for at, child in enumerate(root) if etree.QName(child).localname in behind), default=0)
    root.insert(place, made)
    return made


def with_rows(skeleton: bytes, rows: Sequence[str]) -> bytes:
    """Return a sheet's part with its rows."""
    head, found, tail = skeleton.partition(b"<sheetData/>")
    told = [row.encode() for row in rows]
    return b"".join([head, b"<sheetData>", *told, b"</sheetData>", tail]) if found else skeleton
