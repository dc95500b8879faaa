"""Rows and cells of a sheet at their new places, with their formulas; blocks of rows repeated as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby

from lxml import etree
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator

from pbreports.excel.filling.formulas import Place, formula
from pbreports.excel.filling.references import View, moved_cell, moved_rectangle
from pbreports.excel.filling.relations import local
from pbreports.excel.filling.shift import Growth
from pbreports.excel.reader.address import LAST_ROW, moved, position

_DIGITS = re.compile(r"[0-9]+$")


def move_rows(data: etree._Element, view: View) -> None:
    """Set the rows of a sheet's ``sheetData`` to their places; the rows of each block stand there once per copy.

    Formulas read as they do after the move, and no longer carry a result: it was the template's.

    Raises:
        TemplateError: when a formula cannot be moved, or the sheet becomes longer than a sheet can be.
    """
    unshare(data)
    rows = [row for _, row in numbered(data)]
    made: list[etree._Element] = []
    for block, members in groupby(numbered(data), key=lambda pair: view.rows.block(pair[0])):
        group = list(members)
        made += _copies(group, block, view) if block else [move_row(row, number, view) for number, row in group]
    for row in rows:
        if row.getparent() is data:
            data.remove(row)
    data.extend(made)


def numbered(data: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the rows of a sheet with their numbers, which a file may leave out."""
    number = 0
    for row in data:
        if local(row) == "row":
            number = int(row.get("r") or number + 1)
            yield number, row


def _copies(rows: list[tuple[int, etree._Element]], block: Growth, view: View) -> Iterator[etree._Element]:
    for copy in range(block.copies):
        inside = view.in_copy(block, copy)
        for number, row in rows:
            yield move_row(deepcopy(row), number, inside)


def move_row(row: etree._Element, number: int, view: View) -> etree._Element:
    """Return the row, the ``number``-th of the template, set to its place: in the view's copy if it is in its block."""
    rows = view.rows.copies(number)
    target = rows[view.copy if view.block and number in view.block else 0]
    if target > LAST_ROW:
        raise view.trouble(f"填好以后超过{LAST_ROW}行，Excel 放不下", "请把名单拆成几份再填")
    row.set("r", str(target))
    for cell in row:
        address = cell.get("r", "")
        for asked in cell.findall("{*}f"):
            move_formula(asked, view.named(address))
            drop_result(cell)
        if address:
            cell.set("r", _DIGITS.sub(str(target), address))
    return row


def move_formula(asked: etree._Element, view: View) -> None:
    """Set what a cell's ``f`` element says to how it reads from the view."""
    place = Place.ARRAY if asked.get("t") == "array" else Place.CELL
    if asked.text:
        asked.text = formula(asked.text, place).at(view)
    if area := asked.get("ref"):
        asked.set("ref", moved_rectangle(area, view))
    for name in ("r1", "r2"):
        if address := asked.get(name):
            asked.set(name, moved_cell(address, view))


def drop_result(cell: etree._Element) -> None:
    """Take away the result that a formula's cell remembers."""
    for result in cell.findall("{*}v"):
        cell.remove(result)
    _forget(cell, "t")


def _forget(node: etree._Element, *names: str) -> None:
    for name in names:
        if name in node.attrib:
            del node.attrib[name]


def unshare(data: etree._Element) -> None:
    """Write out the formulas that several cells of a sheet share, so that each can move by itself."""
    masters: dict[str, tuple[str, str]] = {}
    for cell, asked in _shared(data.iter("{*}c")):
        key, address = asked.get("si", ""), cell.get("r", "")
        if asked.text:
            masters[key] = (asked.text, address)
        if key in masters:
            asked.text = translated(*masters[key], address)
            _forget(asked, "t", "ref", "si")


def _shared(cells: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, etree._Element]]:
    for cell in cells:
        for asked in cell.findall("{*}f"):
            if asked.get("t") == "shared":
                yield cell, asked


def translated(text: str, origin: str, target: str) -> str:
    """Return a formula as it reads when it is filled from one cell to another."""
    try:
        return str(Translator(f"={text}", origin).translate_formula(target)).removeprefix("=")
    except (TokenizerError, IndexError):
        (row, column), (to_row, to_column) = position(origin) or (0, 0), position(target) or (0, 0)
        return moved(text, to_row - row, to_column - column)
