"""The hidden sheet by which an issued workbook is recognised: which form, year, period, version, unit, sheets."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook

from pbreports.excel.text import cell_at, write_text

META = "_meta"
FORM = "报送簿"
_HEADING = ("表单", "年度", "期次", "方案版本", "单位代码", "单位名称")
_COLUMNS = ("表", "工作表", "版式", "表头行")


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


def write_identity(workbook: Workbook, identity: Identity) -> None:
    """Add the hidden sheet that names the workbook."""
    sheet = workbook.create_sheet(META)
    sheet.sheet_state = "veryHidden"
    values = (identity.form, identity.year, identity.period, identity.version, identity.unit, identity.unit_name)
    rows = [*zip(_HEADING, values, strict=True), (), _COLUMNS]
    rows += [(one.name, one.title, one.layout, one.header) for one in identity.sheets]
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            write_text(cell_at(sheet, row, column), text)


def identity_of(rows: list[list[str]]) -> Identity | None:
    """Return what the texts of the hidden sheet say, row by row; ``None`` when they are no issued workbook's."""
    heading = {row[0]: row[1] for row in rows if len(row) >= 2 and row[0] in _HEADING}
    if heading.get("表单") != FORM or "单位代码" not in heading:
        return None
    start = next((index for index, row in enumerate(rows) if tuple(row[:4]) == _COLUMNS), len(rows))
    sheets = tuple(SheetIdentity(*row[:4]) for row in rows[start + 1 :] if len(row) >= 4 and row[0])
    form, year, period, version, unit, unit_name = (heading.get(name, "") for name in _HEADING)
    return Identity(form, year, period, version, unit, unit_name, sheets)
