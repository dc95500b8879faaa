"""The parts that belong to a sheet: tables, notes, threads, controls, pivot tables."""

from __future__ import annotations

from lxml import etree

from pbreports.excel.filling.formulas import Place, formula
from pbreports.excel.filling.moved_sheet import move_all, repeated
from pbreports.excel.filling.references import View, moved_cell, moved_rectangle, moved_span, reference
from pbreports.excel.filling.shift import Growth


def move_table(root: etree._Element, view: View) -> None:
    """Set a table's area, filter and formulas; its body grows with a block that lies in it.

    Raises:
        TemplateError: when the header lies in a repeated block: a table cannot stand twice.
    """
    view = view.named(f"表格“{root.get('displayName', '')}”")
    area = reference(root.get("ref", ""))
    header = view.rows.block(area.first.row) if area else None
    if header and header.copies > 1 and root.get("headerRowCount") != "0":
        raise view.trouble("表格的标题行在重复块里面，表格不能重复", "请让重复块只含表格的数据行，或者取消表格格式")
    body = view.rows.block(area.first.row + 1) if area else None
    for asked in root.iter("{*}calculatedColumnFormula"):
        asked.text = formula(asked.text or "").at(view.in_copy(body, 0) if body else view)
    for asked in root.iter("{*}totalsRowFormula"):
        asked.text = formula(asked.text or "").at(view)
    root.set("ref", moved_span(root.get("ref", ""), view))
    move_all(root, view)


def move_notes(root: etree._Element, view: View) -> None:
    """Set notes to their cells.

    A note in a block is repeated with it; a thread stays with the first copy, since it is a conversation about one cell.
    """
    threads = threaded(root)
    for note in list(root.iter("{*}comment")):
        cell = note.get("ref", "")
        if cell in threads:
            note.set("ref", moved_cell(cell, view))
            continue
        for one, inside in repeated(note, cell, view):
            one.set("ref", moved_rectangle(cell, inside))


def threaded(root: etree._Element) -> frozenset[str]:
    """Return the cells whose notes only stand for a thread, for programs that do not know threads."""
    authors = [author.text or "" for author in root.iter("{*}author")]
    threads = {str(number) for number, author in enumerate(authors) if author.startswith("tc=")}
    return frozenset(note.get("ref", "") for note in root.iter("{*}comment") if note.get("authorId") in threads)


def move_threads(root: etree._Element, view: View) -> None:
    """Set the threads of comments to their cells."""
    for thread in root.iter("{*}threadedComment"):
        thread.set("ref", moved_cell(thread.get("ref", ""), view))


def move_control(root: etree._Element, view: View) -> None:
    """Set the cells that a form control is linked to, and the range that it lists."""
    for name in ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaPict", "fmlaTxbx"):
        if told := root.get(name):
            place = Place.RANGE if name == "fmlaRange" else Place.CELL
            root.set(name, formula(told, place).at(view.named("控件")))


def move_single_cells(root: etree._Element, view: View) -> None:
    """Set the cells that are bound to an XML map."""
    for bound in root.iter("{*}singleXmlCell"):
        bound.set("r", moved_cell(bound.get("r", ""), view))


def move_pivot(root: etree._Element, view: View) -> None:
    """Set where a pivot table stands.

    Raises:
        TemplateError: when it stands on the rows of a block.
    """
    for place in root.iter("{*}location"):
        area = place.get("ref", "")
        if touched(area, view):
            remedy = "请把数据透视表移到另一张表，或名单的下方"
            raise view.named("数据透视表").trouble(f"数据透视表（{area}）和会增长的名单在同几行上", remedy)
        place.set("ref", moved_span(area, view))


def touched(area: str, view: View) -> Growth | None:
    """Return the first block that an area of the view's sheet touches."""
    one = reference(area)
    if one is None:
        return None
    top, bottom = sorted((one.first.row, (one.last or one.first).row))
    return next((block for block in view.rows.growths if block.first_row <= bottom and top <= block.last_row), None)
