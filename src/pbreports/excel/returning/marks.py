"""Marks the cells that findings are about: a fill by gravity, and a note with what is wrong and how to mend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pbreports.excel.reader.address import position
from pbreports.excel.text import line_count
from pbreports.values import Finding, Repair, Severity

_AUTHOR = "退改意见"
_NOTE_WIDTH, _LINE_HEIGHT, _HIGHEST = 320, 18, 400
_SIGNS_ON_A_LINE = 42
_LONGEST_NOTE = 3_000


class Gravity(Enum):
    """What is to be done about a marked cell, the gravest first."""

    ERROR = "错误"
    CONFIRM = "请确认"
    WARNING = "警告"
    NOTICE = "提示"
    DONE = "已自动更正"

    @property
    def fill(self) -> str:
        """The colour of the cell's ground."""
        return _FILLS[self]


_FILLS = {
    Gravity.ERROR: "FFFFB3B3",
    Gravity.CONFIRM: "FFFFC78F",
    Gravity.WARNING: "FFFFF09E",
    Gravity.NOTICE: "FFF1F2F4",
    Gravity.DONE: "FFBBDDFA",
}
_BY_SEVERITY = {
    Severity.ERROR: Gravity.ERROR,
    Severity.WARNING: Gravity.WARNING,
    Severity.NOTICE: Gravity.NOTICE,
}


def gravity_of(finding: Finding) -> Gravity:
    """Return what is to be done about a finding."""
    if finding.repair is Repair.DONE:
        return Gravity.DONE
    if finding.repair is Repair.CONFIRM:
        return Gravity.CONFIRM
    return _BY_SEVERITY[finding.severity]


def mark_cells(workbook: Workbook, findings: Iterable[Finding]) -> None:
    """Mark the cells that stand in the workbook; what several findings say of one cell is one note.

    A sheet on which something must be mended, confirmed or explained shows it by the colour of its tab.
    """
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in findings:
        by_cell[one.where.sheet, one.where.cell].append(one)
    for (title, address), some in by_cell.items():
        if title not in workbook.sheetnames:
            continue
        some.sort(key=_order)
        _colour_tab(workbook[title], gravity_of(some[0]))
        cell = workbook[title][address] if position(address) else None
        if isinstance(cell, Cell):
            _mark(cell, some)


def _order(finding: Finding) -> int:
    return list(Gravity).index(gravity_of(finding))


def _mark(cell: Cell, findings: Sequence[Finding]) -> None:
    colour = gravity_of(findings[0]).fill
    cell.fill = PatternFill("solid", start_color=colour, end_color=colour)
    before = cell.comment.text if cell.comment else ""
    told = dict.fromkeys(f"【{gravity_of(one).value}】{one.message}{one.remedy}" for one in findings)
    text = "\n".join(part for part in (*told, before) if part)[:_LONGEST_NOTE]
    note = Comment(text, _AUTHOR)
    note.width = _NOTE_WIDTH
    note.height = min(24 + _LINE_HEIGHT * line_count(text, _SIGNS_ON_A_LINE), _HIGHEST)
    cell.comment = note


def _colour_tab(page: Worksheet, gravity: Gravity) -> None:
    """Give a sheet's tab the colour of the gravest of its findings."""
    properties = page.sheet_properties
    before = properties.tabColor.rgb if properties.tabColor else ""
    known = [one for one in Gravity if one.fill == before]
    if gravity in _TO_BE_DONE and (not known or list(Gravity).index(gravity) < list(Gravity).index(known[0])):
        properties.tabColor = gravity.fill


_TO_BE_DONE = (Gravity.ERROR, Gravity.CONFIRM, Gravity.WARNING)
