"""What a sheet says of its rows besides the rows themselves: merges, rules, links, filters, breaks, views, sparklines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from pbreports.excel.filling.formulas import Place, formula
from pbreports.excel.filling.moved_anchors import move_anchor
from pbreports.excel.filling.moved_rows import move_rows
from pbreports.excel.filling.references import (
    Use,
    View,
    moved_areas,
    moved_cell,
    moved_rectangle,
    moved_span,
    reference,
    written,
)
from pbreports.excel.filling.relations import local

MOST_BREAKS = 1023
"""Manual page breaks that Excel takes in a sheet (its specifications and limits: 1,026 horizontal, the sheet's own included)."""

Node = etree._Element  # noqa: SLF001 - the type has no public name
Mover = Callable[[Node, View], None]


def move_sheet(root: etree._Element, view: View) -> None:
    """Set everything that a worksheet part says of rows, rows and cells included, to what it is after the move.

    Raises:
        TemplateError: when something cannot be moved.
    """
    for part in root:
        if local(part) == "sheetData":
            move_rows(part, view)
        else:
            move_all(part, view)


def move_all(root: etree._Element, view: View) -> None:
    """Set what an element and those inside it say of rows to what it is after the move.

    What lies in a block is repeated with it: merges, links, sparklines, and in blocks of several rows page breaks. A rule
    for cells of a block holds for all copies, as one rule. A page break below a block of one row stays below the last copy.
    """
    for node in list(root.iter(etree.Element)):
        if mover := _MOVERS.get(local(node)):
            mover(node, view)


def _attribute(name: str, moved: Callable[[str, View], str]) -> Mover:
    """Return the mover of elements that say a place in one attribute."""

    def move(node: etree._Element, view: View) -> None:
        if told := node.get(name):
            node.set(name, moved(told, view))

    return move


def repeated(node: etree._Element, area: str, view: View) -> Iterator[tuple[etree._Element, View]]:
    """Yield an element that belongs to an area, and one more behind it for each further copy of its block."""
    block = view.within(area)
    if block is None:
        yield node, view
        return
    if not block.copies:
        take_out(node)
        return
    others = [deepcopy(node) for _ in range(1, block.copies)]
    yield node, view.in_copy(block, 0)
    last = node
    for copy, other in enumerate(others, start=1):
        last.addnext(other)
        last = other
        for name in [name for name in other.attrib if str(name).endswith("}uid")]:
            del other.attrib[name]
        yield other, view.in_copy(block, copy)


def take_out(node: etree._Element) -> None:
    """Take an element out, and those around it that hold nothing else; what says how many there are, says so."""
    holder = node.getparent()
    if holder is None:
        return
    holder.remove(node)
    if not len(holder):
        take_out(holder)
    elif holder.get("count"):
        holder.set("count", str(len(holder)))


# ---------------------------------------------------------------- on rows: merges, links, breaks, views


def _merges(node: etree._Element, view: View) -> None:
    for merge in list(node):
        for one, inside in repeated(merge, merge.get("ref", ""), view):
            one.set("ref", moved_rectangle(one.get("ref", ""), inside))
            first, _, last = one.get("ref", "").partition(":")
            if first == last:
                take_out(one)  # a merge of one cell makes a file that office programs want to repair
    if len(node):
        node.set("count", str(len(node)))


def _link(node: etree._Element, view: View) -> None:
    for one, inside in repeated(node, node.get("ref", ""), view):
        one.set("ref", moved_rectangle(one.get("ref", ""), inside))
        if target := one.get("location"):
            one.set("location", _moved_target(target, inside))


def _moved_target(target: str, view: View) -> str:
    """Return where a link inside the workbook leads; its sheet may stand without the quotes that formulas ask for."""
    sheet, mark, place = target.rpartition("!")
    title = sheet.removeprefix("'").removesuffix("'").replace("''", "'") or view.sheet
    one = reference(place, Use.SPAN if ":" in place else Use.CELL)
    there = replace(view, downwards=False)
    if title.casefold() != view.sheet.casefold():
        there = replace(there, sheet=title, block=None)
    return f"{sheet}{mark}{written(one, there)}" if one else target


def _breaks(node: etree._Element, view: View) -> None:
    for mark in list(node):
        row = int(mark.get("id", "0"))
        block = view.rows.block(row)
        if block is None or block.height == 1:
            mark.set("id", str(view.rows.last(row) if row else 0))
            continue
        for one, inside in repeated(mark, f"A{row}", view):
            one.set("id", str(view.rows.copies(row)[inside.copy]))
    if len(node) > MOST_BREAKS:
        raise view.trouble(f"填好以后有{len(node)}处分页符，Excel 最多{MOST_BREAKS}处", "请去掉重复块里的分页符")
    node.set("count", str(len(node)))
    if node.get("manualBreakCount"):
        node.set("manualBreakCount", str(sum(mark.get("man") in ("1", "true") for mark in node)))


def _selection(node: etree._Element, view: View) -> None:
    if cell := node.get("activeCell"):
        node.set("activeCell", moved_cell(cell, view))
    if chosen := node.get("sqref"):
        node.set("sqref", " ".join(moved_span(area, view) for area in chosen.split()))


# ---------------------------------------------------------------- rules


def _rule(node: etree._Element, view: View) -> None:
    """Move a conditional format or a validation: its areas, and its formulas, which are written for its first cell."""
    told = node.find("{*}sqref")
    sqref = node.get("sqref") or (told.text if told is not None else "") or ""
    base = _first_cell(sqref, view.named(f"{_RULES[local(node)]}（{sqref}）"))
    place = Place.RANGE if node.get("type") == "list" else Place.CELL
    for inner in node.iter("{*}formula", "{*}formula1", "{*}formula2", "{*}f"):
        if inner.text and inner.text.strip():
            inner.text = formula(inner.text, place).at(base)
    for bound in node.iter("{*}cfvo"):
        if (value := bound.get("val")) and not _is_number(value):
            bound.set("val", formula(value).at(base))
    _set_areas(node, view)


_RULES = {"conditionalFormatting": "条件格式", "dataValidation": "数据有效性"}


def _first_cell(sqref: str, view: View) -> View:
    """Return the view from the first cell of a rule's areas."""
    found = [one for text in sqref.split() if (one := reference(text))]
    top = min((min(one.first.row, (one.last or one.first).row) for one in found), default=0)
    block = view.rows.block(top)
    return view.in_copy(block, 0) if block else view


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- extensions


def _sparkline(node: etree._Element, view: View) -> None:
    place = node.findtext("{*}sqref") or ""
    for one, inside in repeated(node, place, replace(view, where=f"迷你图（{place}）", closely=True)):
        for source in one.findall("{*}f"):
            source.text = formula(source.text or "", Place.RANGE).at(inside)
        for cell in one.findall("{*}sqref"):
            cell.text = moved_rectangle(cell.text or "", inside)


def _sparkline_group(node: etree._Element, view: View) -> None:
    for dates in node.findall("{*}f"):
        dates.text = formula(dates.text or "", Place.RANGE).at(view.named("迷你图"))


def _set_areas(node: etree._Element, view: View) -> None:
    """Move the areas of a rule, which stand in an attribute or, in extensions, in an element; take out what has none left."""
    told = node.find("{*}sqref")
    if told is not None:
        told.text = moved_areas(told.text or "", view)
    if sqref := node.get("sqref"):
        node.set("sqref", moved_areas(sqref, view))
    if not (node.get("sqref") or (told is not None and told.text)):
        take_out(node)


def _consolidated(node: etree._Element, view: View) -> None:
    if area := node.get("ref"):
        node.set("ref", moved_span(area, replace(view, sheet=node.get("sheet") or view.sheet)))


def _control(node: etree._Element, view: View) -> None:
    for name, place in (("linkedCell", Place.CELL), ("listFillRange", Place.RANGE)):
        if told := node.get(name):
            node.set(name, formula(told, place).at(view.named("控件")))


_ref_span, _corner = _attribute("ref", moved_span), _attribute("topLeftCell", moved_cell)
_row_cell = _attribute("r", moved_cell)
_MOVERS: Mapping[str, Mover] = {
    "dimension": _ref_span,
    "autoFilter": _ref_span,
    "sortState": _ref_span,
    "sortCondition": _ref_span,
    "sheetView": _corner,
    "customSheetView": _corner,
    "pane": _corner,
    "selection": _selection,
    "inputCells": _row_cell,
    "cellWatch": _row_cell,
    "cellSmartTags": _row_cell,
    "ignoredError": _set_areas,
    "protectedRange": _set_areas,
    "mergeCells": _merges,
    "hyperlink": _link,
    "rowBreaks": _breaks,
    "conditionalFormatting": _rule,
    "dataValidation": _rule,
    "sparkline": _sparkline,
    "sparklineGroup": _sparkline_group,
    "dataRef": _consolidated,
    "controlPr": _control,
    "anchor": move_anchor,
}
