"""Other formats written by hand from the cells of a workbook: .xls in a compound file, .ods."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from corpus.raw import packed
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook

_STATES = ("visible", "hidden", "veryHidden")
_GLOBALS, _WORKSHEET = 0x0005, 0x0010
_BEFORE = date(1899, 12, 30).toordinal()
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(book: Workbook) -> bytes:
    """Return the cells of a workbook as BIFF8 records ([MS-XLS]): texts, numbers, days and yes/no."""
    bodies = [_biff_sheet(sheet) for sheet in book.sheets]
    start = len(_biff_globals(book.sheets, [0] * len(bodies)))
    places = [start + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    return _biff_globals(book.sheets, places) + b"".join(bodies)


def _biff_globals(sheets: tuple[Sheet, ...], places: list[int]) -> bytes:
    font = _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    styles = (_record(0x00E0, struct.pack("<HHHBBBBIiH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    bound = b"".join(
        _record(
            0x0085,
            struct.pack("<IBBBB", place, _STATES.index(sheet.state), 0, len(sheet.title), 1) + _wide(sheet.title),
        )
        for sheet, place in zip(sheets, places, strict=True)
    )
    page = _record(0x0042, struct.pack("<H", 1200))
    return _begin(_GLOBALS) + page + font * 5 + b"".join(styles) + bound + _record(0x000A)


def _biff_sheet(sheet: Sheet) -> bytes:
    cells = sorted(sheet.cells.items())
    return _begin(_WORKSHEET) + b"".join(_biff_cell(*spot, cell) for spot, cell in cells) + _record(0x000A)


def _biff_cell(row: int, column: int, cell: Cell) -> bytes:
    value = cell.value
    place = struct.pack("<HHH", row - 1, column - 1, isinstance(value, date))
    if cell.kind is Kind.BLANK:
        return b""
    if isinstance(value, date):
        return _record(0x0203, place + struct.pack("<d", value.toordinal() - _BEFORE))
    if isinstance(value, bool):
        return _record(0x0205, place + bytes([value, 0]))
    if isinstance(value, Decimal):
        return _record(0x0203, place + struct.pack("<d", value))
    text = str(value)[:4000]
    return _record(0x0204, place + struct.pack("<HB", len(text), 1) + _wide(text))


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


# ---------------------------------------------------------------- compound files ([MS-CFB])


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of streams, each padded to 4096 bytes so that no small sectors are needed."""
    padded = {name: data.ljust(4096, b"\x00") for name, data in streams.items()}
    counts = {name: -(-len(data) // _SECTOR) for name, data in padded.items()}
    directory = -(-(len(padded) + 1) // 4)
    body = sum(counts.values()) + directory
    tables = 1
    while tables * 128 < body + tables:
        tables += 1
    links = [_FAT] * tables + [*range(tables + 1, tables + directory), _END]
    starts = {}
    for name, count in counts.items():
        starts[name] = len(links)
        links += [*range(len(links) + 1, len(links) + count), _END]
    links += [_FREE] * (tables * 128 - len(links))
    header = _header(tables)
    entries = _directory({name: (starts[name], len(data)) for name, data in padded.items()}, directory)
    contents = b"".join(data.ljust(counts[name] * _SECTOR, b"\x00") for name, data in padded.items())
    return header + struct.pack(f"<{len(links)}I", *links) + entries + contents


def _header(tables: int) -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    sizes = struct.pack("<9I", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    return (start + sizes + struct.pack(f"<{tables}I", *range(tables))).ljust(_SECTOR, b"\xff")


def _directory(streams: Mapping[str, tuple[int, int]], sectors: int) -> bytes:
    root = _entry("Root Entry", 5, 1 if streams else _FREE, _FREE, _END, 0)
    last = len(streams)
    made = [
        _entry(name, 2, _FREE, number + 1 if number < last else _FREE, start, size)
        for number, (name, (start, size)) in enumerate(streams.items(), 1)
    ]
    blank = bytes(64) + struct.pack("<HBBIII", 0, 0, 1, _FREE, _FREE, _FREE) + bytes(48)
    return b"".join([root, *made]).ljust(0) + blank * (sectors * 4 - last - 1)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    text = _wide(name)
    about = struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
    return text.ljust(64, b"\x00") + about + bytes(36) + struct.pack("<IQ", start, size)


# ---------------------------------------------------------------- OpenDocument

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def opendocument(tables: str) -> bytes:
    """Return an OpenDocument spreadsheet around its tables."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:style="{_ODF}:style:1.0" office:version="1.2">'
        '<office:automatic-styles><style:style style:name="h" style:family="table"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    parts = [
        ("mimetype", _SPREADSHEET),
        ("content.xml", content.encode()),
        ("META-INF/manifest.xml", manifest.encode()),
    ]
    return packed(parts)


def tables_of(book: Workbook) -> str:
    """Return the tables of an OpenDocument spreadsheet with the cells of a workbook."""
    return "".join(_table(sheet) for sheet in book.sheets)


def _table(sheet: Sheet) -> str:
    rows = max((row for row, _ in sheet.cells), default=0)
    columns = max((column for _, column in sheet.cells), default=0)
    lines = (
        "".join(_table_cell(sheet.cells.get((row, column))) for column in range(1, columns + 1))
        for row in range(1, rows + 1)
    )
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    hidden = "" if sheet.state == "visible" else ' table:style-name="h"'
    return f'<table:table table:name="{escape(sheet.title)}"{hidden}>{body}</table:table>'


def _table_cell(cell: Cell | None) -> str:
    if cell is None or cell.kind is Kind.BLANK:
        return "<table:table-cell/>"
    if isinstance(cell.value, Decimal):
        return f'<table:table-cell office:value-type="float" office:value="{cell.value}"/>'
    if isinstance(cell.value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{cell.value.isoformat()}"/>'
    text = escape(str(cell.value))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
