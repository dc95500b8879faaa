"""An old workbook (BIFF8, the stream of an .xls) written by hand, as [MS-XLS] has it."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_GLOBALS, _WORKSHEET = 0x0005, 0x0010
_FORMATS = (0, 31, 22, 165)  # General, a Chinese date, a moment, the workbook's own
_OWN_FORMAT = "yyyy\\年m\\月"


def xls_of(sheets: Mapping[str, Mapping[tuple[int, int], tuple[float | str, int]]], *, date1904: bool = False) -> bytes:
    """Return a workbook; each cell is a number or the code of an error, and the index of its format (General, …)."""
    bodies = [_sheet(cells) for cells in sheets.values()]
    start = len(_globals(dict.fromkeys(sheets, 0), date1904=date1904))
    places = [start + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    return _globals(dict(zip(sheets, places, strict=True)), date1904=date1904) + b"".join(bodies)


def _globals(places: Mapping[str, int], *, date1904: bool) -> bytes:
    """Return BOF, CodePage, Date1904, a font, a format, a cell style for each number format, BoundSheet8s and EOF."""
    name = b"\x05\x00Arial"
    font = _record(
        0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + name[:1] + b"\x00" + name[2:]
    )
    own = _record(0x041E, struct.pack("<HHB", 165, len(_OWN_FORMAT), 1) + _OWN_FORMAT.encode("utf-16-le"))
    styles = b"".join(
        _record(0x00E0, struct.pack("<HHHBBBBIiH", 0, number, 0, 0, 0, 0, 0, 0, 0, 0)) for number in _FORMATS
    )
    bound = b"".join(
        _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(title), 1) + title.encode("utf-16-le"))
        for title, place in places.items()
    )
    mode = _record(0x0022, struct.pack("<H", date1904))
    return (
        _start(_GLOBALS)
        + _record(0x0042, struct.pack("<H", 1200))
        + mode
        + font * 5
        + own
        + styles
        + bound
        + _record(0x000A)
    )


def _sheet(cells: Mapping[tuple[int, int], tuple[float | str, int]]) -> bytes:
    return _start(_WORKSHEET) + b"".join(_cell(*place, *held) for place, held in cells.items()) + _record(0x000A)


def _cell(row: int, column: int, value: float | str, style: int) -> bytes:
    """Return Number, or BoolErr for the code of an error."""
    place = struct.pack("<HHH", row - 1, column - 1, style)
    if isinstance(value, str):
        return _record(0x0205, place + bytes([int(value), 1]))
    return _record(0x0203, place + struct.pack("<d", value))


def _start(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
