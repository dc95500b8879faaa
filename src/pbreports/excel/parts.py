"""A unit's form in two workbooks: one that may travel freely, and one with the sheets that list persons.

Both say so on their hidden sheet, and in a hidden name by which they are told apart without being read. What comes
back in two files is bound into one, the two workbooks side by side, and read as if it had been issued whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import NamedTuple

from openpyxl import Workbook as Issued
from openpyxl.workbook.defined_name import DefinedName

from pbreports.errors import WorkbookError
from pbreports.excel.identity import FIRST_COLUMN, META, PART_LABEL, SAME_IN_BOTH, Part
from pbreports.excel.layout import CONTENTS, PROBLEMS, SELF_CHECK
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook
from pbreports.ooxml.limits import LIMITS
from pbreports.ooxml.package import DAMAGE

_TOLD = re.compile(r'"(主册|个人册)\|(.*)"', re.DOTALL)


class Glance(NamedTuple):
    """What a workbook of two says of itself before it is read: which part it is, of which unit."""

    part: Part
    unit: str


def name_part(workbook: Issued, part: Part, unit: str) -> None:
    """Give a workbook of two the hidden name by which it is told."""
    if part is not Part.WHOLE:
        text = f"{part.value}|{unit}".replace('"', '""')
        workbook.defined_names[_NAME] = DefinedName(_NAME, attr_text=f'"{text}"', hidden=True)


def glance_at(data: bytes) -> Glance | None:
    """Return what a file says of itself as one of two workbooks; ``None`` for all others, and for what is damaged."""
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("xl/workbook.xml") as stream:
            kept = _kept_in(stream.read(_OUTLINE))
    except _DAMAGE:
        return None
    told = _TOLD.fullmatch(_unescaped(kept.decode(errors="replace")))
    return Glance(Part(told[1]), told[2].replace('""', '"')) if told else None


def _kept_in(outline: bytes) -> bytes:
    """Return what the hidden name holds, empty when there is none; no pattern, which a hostile file can make slow."""
    at = outline.find(b' name="_part"')
    start = outline.find(b">", at) + 1
    end = outline.find(b"</", start)
    return outline[start:end] if 0 <= at < start < end else b""


def _unescaped(text: str) -> str:
    for entity, sign in (("&quot;", '"'), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


_OUTLINE = 4 << 20
"""No more of a workbook's outline is looked at."""

_DAMAGE: tuple[type[Exception], ...] = (KeyError, *DAMAGE)
_NAME = "_part"
_SEAM = b"pbreports: two workbooks of one form"
_MEMBERS = ("主册.xlsx", "个人册.xlsx")


def bound(main: bytes, personal: bytes) -> bytes:
    """Return two workbooks as one file, always the same for the same two."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in zip(_MEMBERS, (main, personal), strict=True):
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.comment = _SEAM
    return stream.getvalue()


def is_bound(data: bytes) -> bool:
    """Return whether a file is two workbooks bound."""
    return data.endswith(_SEAM)


def unbound(data: bytes) -> tuple[bytes, bytes]:
    """Return the two workbooks of a bound file, no more of each than one byte beyond what is read at all.

    Raises:
        WorkbookError: when the file is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main, personal = (archive.open(name).read(LIMITS.file_size + 1) for name in _MEMBERS)
    except _DAMAGE:
        raise WorkbookError("", "两册合存的文件已损坏", "请重新放入主册和个人信息簿", code="F-07") from None
    return main, personal


def merged(main: Workbook, personal: Workbook) -> Workbook:
    """Return two workbooks of a form as one: the sheets of both, their contents and lists of checks under each other.

    Raises:
        WorkbookError: F-40, when the two are not of one form, or count their days from different years.
    """
    if _heading(main) != _heading(personal) or main.date1904 != personal.date1904:
        remedy = "请用同一次下发的主册和个人信息簿填报，都存成 .xlsx"
        raise WorkbookError(main.file, "主册和个人信息簿的单位、期次、版本或日期起点不同", remedy, code="F-40")
    theirs = {page.title: page for page in personal.sheets}
    pages = tuple(_joined(page, theirs.get(page.title)) for page in main.sheets)
    taken = {page.title for page in pages}
    return replace(
        main,
        sheets=(*pages, *(page for page in personal.sheets if page.title not in taken)),
        defined_names={**personal.defined_names, **main.defined_names},
        calc_mode="manual" if "manual" in (main.calc_mode, personal.calc_mode) else main.calc_mode,
        never_saved_by_office=main.never_saved_by_office and personal.never_saved_by_office,
        flags=main.flags | personal.flags,
        unseen=tuple(dict.fromkeys((*main.unseen, *personal.unseen))),
    )


def _heading(book: Workbook) -> dict[object, object]:
    """Return what the hidden sheet says of year, period, version and unit."""
    page = book.sheet(META)
    return {label: _beside(page, row) for row, label in _labels(page) if label in SAME_IN_BOTH} if page else {}


def _labels(page: Sheet) -> list[tuple[int, object]]:
    return [(row, cell.value) for (row, column), cell in page.cells.items() if column == 1]


def _beside(page: Sheet, row: int) -> object:
    cell = page.cells.get((row, 2))
    return cell.value if cell else None


def _joined(page: Sheet, below: Sheet | None) -> Sheet:
    """Return a page of the main workbook with the other's under it, where it is one that both have."""
    if below is None or page.title not in (CONTENTS, SELF_CHECK, PROBLEMS, META):
        return page
    last = max((row for row, _ in page.cells), default=0)
    cells = {**page.cells}
    if page.title == META:
        first = next((row for row, label in _labels(below) if label == FIRST_COLUMN), 0)
        both = Cell(Part.BOTH.value, Kind.TEXT, Part.BOTH.value)
        cells |= {(row, 2): both for row, label in _labels(page) if label == PART_LABEL}
    else:
        first = 0
    cells |= {(row + last, column): cell for (row, column), cell in below.cells.items() if row > first}
    return replace(page, cells=cells)
