"""Charts: the ranges that they draw, and the values that they remember of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from pbreports.excel.filling.formulas import Formula, Place, formula
from pbreports.excel.filling.references import Reference, View
from pbreports.excel.filling.relations import local
from pbreports.excel.filling.shift import Growth
from pbreports.excel.reader.address import column_number

Known = Callable[[str, int, int], str | float | None]
"""The value of a cell of the result by sheet title, row and column (from 1), None for a blank; LookupError if unknown."""

MOST_SERIES = 255
"""Series that Excel takes in a chart (its specifications and limits)."""

_REWRITTEN = ("numCache", "strCache", "dlblRangeCache")
_CACHES = (*_REWRITTEN, "multiLvlStrCache", "lvl")


def move_chart(root: etree._Element, view: View) -> None:
    """Set the ranges of a chart part to where they stand; the ranges of a list grow with it.

    A series whose values stand in one row of a block is repeated with the block.

    Raises:
        TemplateError: when a range cannot grow, or there would be too many series.
    """
    view = view.named("图表")
    for series in list(root.iter("{*}ser")):
        if block := _row_drawn(series, view):
            _repeat(series, block, view)
        else:
            _move(series, view)
    if (count := sum(1 for _ in root.iter("{*}ser"))) > MOST_SERIES:
        raise view.trouble(f"图表填好以后有{count}个系列，Excel 最多{MOST_SERIES}个", "请改为按列取系列")
    for told in list(_formulas(root)):
        if not any(local(up) == "ser" for up in told.iterancestors()):
            told.text = formula(told.text or "", _place(told)).at(view)


def remember(root: etree._Element, sheets: frozenset[str], known: Known | None) -> None:
    """Write anew what a chart remembers of the cells of some sheets (titles in small letters), or take it away.

    It goes where not all cells are known: programs read the cells again.
    """
    for told in list(_formulas(root)):
        named = [one for one in formula(told.text or "").pieces if isinstance(one, Reference)]
        if not named or any(one.sheet.casefold() in sheets for one in named):
            _rewrite_beside(told, known)


def _formulas(root: etree._Element) -> Iterator[etree._Element]:
    for node in root.iter("{*}f", "{*}sqref"):
        if node.text and node.text.strip():
            yield node


def _move(series: etree._Element, view: View) -> None:
    for told in _formulas(series):
        told.text = formula(told.text or "", _place(told)).at(view)


def _place(told: etree._Element) -> Place:
    """Return what a range of a chart may become: the name of a series is one cell, all others grow."""
    return Place.CELL if any(local(up) == "tx" for up in told.iterancestors()) else Place.LIST


# ---------------------------------------------------------------- series drawn from a row of a block


def _row_drawn(series: etree._Element, view: View) -> Growth | None:
    """Return the repeated block one row of which is what a series draws."""
    for values in series.iter("{*}val", "{*}yVal"):
        told = values.findtext("{*}numRef/{*}f")
        one = _only(formula(told or ""))
        if one and one.last and one.first.row == one.last.row and one.first.column != one.last.column:
            block = view.book.rows(one.sheet or view.sheet).block(one.first.row)
            return block if block and block.copies > 1 else None
    return None


def _only(asked: Formula) -> Reference | None:
    one = asked.pieces[0] if len(asked.pieces) == 1 else None
    return one if isinstance(one, Reference) else None


def _repeat(series: etree._Element, block: Growth, view: View) -> None:
    """Repeat a series for each copy of a block, in automatic colours, so that they can be told apart."""
    one = next(ref for node in _formulas(series) if (ref := _only(formula(node.text or ""))) and ref.first.row in block)
    others = [deepcopy(series) for _ in range(1, block.copies)]
    used = [int(node.get("val", "0")) for node in series.getroottree().getroot().iter("{*}idx", "{*}order")]
    number = max(used, default=0)
    last = series
    inside = replace(view, sheet=one.sheet or view.sheet, block=block, closely=True)
    _move(series, inside)
    for copy, other in enumerate(others, start=1):
        last.addnext(other)
        last = other
        for child in list(other):
            if local(child) in ("spPr", "marker", "extLst"):
                other.remove(child)
            elif local(child) in ("idx", "order"):
                child.set("val", str(number + copy))
        _move(other, replace(inside, copy=copy))


# ---------------------------------------------------------------- remembered values


def _rewrite_beside(told: etree._Element, known: Known | None) -> None:
    holder = told.getparent()
    cells = _cells(told, known)
    if holder is None:
        return
    for cache in [node for node in holder if local(node) in _CACHES]:
        if cells is None or local(cache) not in _REWRITTEN:
            holder.remove(cache)
        else:
            _rewrite(cache, cells)


def _cells(told: etree._Element, known: Known | None) -> list[str | float | None] | None:
    """Return the values of a range's cells in order, None when not all are known."""
    one = _only(formula(told.text or "", Place.LIST))
    if known is None or one is None or not (one.sheet and one.first.column):
        return None
    last = one.last or one.first
    rows = range(one.first.row, last.row + 1)
    columns = range(_column(one.first.column), _column(last.column) + 1)
    try:
        return [known(one.sheet, row, column) for row in rows for column in columns]
    except LookupError:
        return None


def _column(letters: str) -> int:
    return column_number(letters.removeprefix("$").upper())


def _rewrite(cache: etree._Element, cells: list[str | float | None]) -> None:
    """Write the values of cells into a cache: in one of numbers, texts are left out as blanks are."""
    numbers = local(cache) == "numCache"
    for node in [node for node in cache if local(node) in ("ptCount", "pt", "extLst")]:
        cache.remove(node)
    space = cache.tag.rpartition("}")[0] + "}"
    etree.SubElement(cache, f"{space}ptCount", val=str(len(cells)))
    for place, value in enumerate(cells):
        if value is not None and not (numbers and isinstance(value, str)):
            point = etree.SubElement(cache, f"{space}pt", idx=str(place))
            etree.SubElement(point, f"{space}v").text = str(value)
