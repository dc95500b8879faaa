"""A binary workbook (.xlsb) written by hand, as [MS-XLSB] has it: nothing here can save one."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from excel.handmade import packed
from pbreports.excel.reader.values import Cell, CellValue, Kind, Sheet, Workbook

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STATES = ("visible", "hidden", "veryHidden")


def xlsb_of(book: Workbook) -> bytes:
    """Return the cells of a workbook as a binary one; texts, numbers and yes/no, dates as texts."""
    sheets = {sheet.title: (sheet.state, sheet.cells) for sheet in book.sheets}
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _links({"r1": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": _workbook([(title, state) for title, (state, _) in sheets.items()]),
        "xl/_rels/workbook.bin.rels": _links(
            {f"r{n}": ("worksheet", f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)}
        ),
    }
    for number, (_, cells) in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = worksheet(
            {spot: cell.value for spot, cell in cells.items() if cell.kind is not Kind.BLANK}
        )
    return packed(parts)


def poison() -> bytes:
    """Return a workbook of two cells in opposite corners, which python-calamine answers by aborting its process."""
    corners = {(1, 1): Cell("甲", Kind.TEXT, "甲"), (1_048_576, 16_384): Cell("乙", Kind.TEXT, "乙")}
    return xlsb_of(Workbook("", (Sheet("甲", "visible", corners),)))


def worksheet(cells: Mapping[tuple[int, int], CellValue]) -> bytes:
    """Return the part of one sheet: BrtBeginSheet, BrtWsDim, BrtBeginSheetData, the rows, and their ends."""
    rows = [row for row, _ in cells] or [1]
    columns = [column for _, column in cells] or [1]
    extent = struct.pack("<4I", min(rows) - 1, max(rows) - 1, min(columns) - 1, max(columns) - 1)
    body = [_record(129), _record(148, extent), _record(145)]
    for row in sorted(set(rows)):
        body.append(_record(0, struct.pack("<IIHBBBI", row - 1, 0, 300, 0, 0, 0, 0)))
        body += [_cell(column, value) for (at, column), value in sorted(cells.items()) if at == row]
    return b"".join([*body, _record(146), _record(130)])


def _cell(column: int, value: CellValue) -> bytes:
    """Return BrtCellBool, BrtCellReal or BrtCellSt."""
    place = struct.pack("<II", column - 1, 0)
    if isinstance(value, bool):
        return _record(4, place + struct.pack("<B", value))
    if isinstance(value, Decimal):
        return _record(5, place + struct.pack("<d", value))
    return _record(6, place + _wide(value.isoformat() if isinstance(value, date) else str(value)))


def _workbook(sheets: list[tuple[str, str]]) -> bytes:
    bundle = b"".join(
        _record(156, struct.pack("<II", _STATES.index(state), number) + _wide(f"r{number}") + _wide(title))
        for number, (title, state) in enumerate(sheets, 1)
    )
    return _record(131) + _record(143) + bundle + _record(144) + _record(132)


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: its number in one or two bytes, its length in up to four, seven bits each."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + _seven_bits(len(data)) + data


def _seven_bits(length: int) -> bytes:
    low, rest = length & 0x7F, length >> 7
    return bytes([low | 0x80]) + _seven_bits(rest) if rest else bytes([low])


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _content_types(sheets: int) -> str:
    worksheets = "".join(_type(f"worksheets/sheet{number}.bin", "worksheet") for number in range(1, sheets + 1))
    overrides = _type("workbook.bin", "sheet.binary.macroEnabled.main") + worksheets
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _type(part: str, kind: str) -> str:
    return f'<Override PartName="/xl/{part}" ContentType="application/vnd.ms-excel.{kind}"/>'


def _links(links: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONSHIPS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in links.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
    )
