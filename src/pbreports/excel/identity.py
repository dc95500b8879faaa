"""The hidden sheet by which an issued workbook is recognised: which form, year, period, version, unit, sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from openpyxl import Workbook
from openpyxl.utils import absolute_coordinate, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from pbreports.excel.layout import geometry_of
from pbreports.excel.text import cell_at, write_text
from pbreports.scheme.model import Sheet

META = "_meta"
_NO_LETTER = re.compile(r"\W")
FORM = "报送簿"
_HEADING = ("表单", "年度", "期次", "方案版本", "单位代码", "单位名称")
_COLUMNS = ("表", "工作表", "版式", "表头行")
PART_LABEL, FIRST_COLUMN = "分册", _COLUMNS[0]
SAME_IN_BOTH = frozenset({"年度", "期次", "方案版本", "单位代码"})
"""What must be the same in the two workbooks of one form."""


class Part(Enum):
    """Which of a form's workbooks one is; ``BOTH`` when two have been put together again."""

    WHOLE = ""
    MAIN = "主册"
    PERSONAL = "个人册"
    BOTH = "两册"

    def holds(self, sheet: Sheet) -> bool:
        """Return whether a sheet is in the workbook."""
        return self in (Part.WHOLE, Part.BOTH) or sheet.lists_people is (self is Part.PERSONAL)


@dataclass(frozen=True, slots=True)
class SheetIdentity:
    """One sheet of an issued workbook: its name in the scheme, its title, its lay-out, its header's line."""

    name: str
    title: str
    layout: str
    header: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What an issued workbook says about itself."""

    form: str
    year: str
    period: str
    version: str
    unit: str
    unit_name: str
    sheets: tuple[SheetIdentity, ...]
    part: Part = Part.WHOLE


def write_identity(workbook: Workbook, identity: Identity) -> None:
    """Add the hidden sheet that names the workbook."""
    sheet = workbook.create_sheet(META)
    sheet.sheet_state = "veryHidden"
    values = (identity.form, identity.year, identity.period, identity.version, identity.unit, identity.unit_name)
    rows: list[tuple[str, ...]] = [*zip(_HEADING, values, strict=True)]
    rows += [(PART_LABEL, identity.part.value)] if identity.part is not Part.WHOLE else []
    rows += [(), _COLUMNS]
    rows += [(one.name, one.title, one.layout, one.header) for one in identity.sheets]
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            write_text(cell_at(sheet, row, column), text)


def header_name(sheet: Sheet) -> str:
    """Return the defined name of a sheet's headers, by which it is known whatever it is called."""
    return f"_sheet_{_NO_LETTER.sub('_', sheet.number)}"


def name_headers(workbook: Workbook, sheet: Sheet) -> None:
    """Give the headers of a drawn sheet their defined name."""
    geometry = geometry_of(sheet.layout)
    last = geometry.first + len(sheet.shown) - 1
    area = f"{geometry.address(geometry.header, geometry.first)}:{geometry.address(geometry.header, last)}"
    text = f"{quote_sheetname(sheet.title)}!{absolute_coordinate(area)}"
    name = header_name(sheet)
    workbook.defined_names[name] = DefinedName(name, attr_text=text, hidden=True)


def identity_of(rows: list[list[str]], wanted: str = FORM) -> Identity | None:
    """Return what the texts of the hidden sheet say, row by row; ``None`` when they are no issued workbook's.

    ``wanted`` is the kind of workbook that it must be.
    """
    heading = {row[0]: row[1] for row in rows if len(row) >= 2 and row[0] in (*_HEADING, PART_LABEL)}
    if heading.get("表单") != wanted or "单位代码" not in heading:
        return None
    start = next((index for index, row in enumerate(rows) if tuple(row[:4]) == _COLUMNS), len(rows))
    sheets = tuple(SheetIdentity(*row[:4]) for row in rows[start + 1 :] if len(row) >= 4 and row[0])
    form, year, period, version, unit, unit_name = (heading.get(name, "") for name in _HEADING)
    told = heading.get(PART_LABEL, "")
    part = Part(told) if told in {one.value for one in Part} else Part.WHOLE
    return Identity(form, year, period, version, unit, unit_name, sheets, part)
