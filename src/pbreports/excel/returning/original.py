"""The unit's own file with marks: its cells filled and noted, the list of problems in front, nothing else changed."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import load_workbook

from pbreports.errors import WorkbookError
from pbreports.excel.layout import PROBLEMS, UNREAD
from pbreports.excel.reader import read_workbook
from pbreports.excel.returning.marks import mark_cells
from pbreports.excel.returning.problems import Account, Occasion, draw_problems
from pbreports.excel.saving import workbook_bytes
from pbreports.excel.styles import Wardrobe
from pbreports.ooxml.package import open_package


def can_be_marked(data: bytes) -> bool:
    """Return whether a file can be marked as it is: an .xlsx that carries nothing but data."""
    try:
        return not open_package(data).flags
    except WorkbookError:
        return False


def marked_original(data: bytes, occasion: Occasion, account: Account, day: date) -> bytes:
    """Return a unit's own file marked; the places of the account are those of the file.

    What the library that writes it does not know (text boxes, drawings) is lost; values, formulas, formats, notes and
    input limits stay.

    Raises:
        WorkbookError: when the file is none that our reader accepts.
    """
    read_workbook(data, skip=UNREAD)  # nothing is opened by a library that our own reader has not accepted
    workbook = load_workbook(io.BytesIO(data))
    if PROBLEMS in workbook:
        workbook.remove(workbook[PROBLEMS])
    mark_cells(workbook, (*account.problems, *account.done))
    draw_problems(workbook, occasion, account, Wardrobe(workbook))
    return workbook_bytes(workbook, day)
