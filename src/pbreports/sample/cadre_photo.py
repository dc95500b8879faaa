"""The picture that stands in the sample's forms: a head and shoulders of nobody, drawn anew for each."""

from __future__ import annotations

import zlib
from functools import cache
from struct import pack

WIDTH, HEIGHT = 94, 115
"""A quarter of the 376 × 460 points that the editor of the forms cuts photos to."""

_GROUNDS = ((67, 133, 190), (88, 150, 200), (176, 52, 52))
_CLOTHES = ((38, 44, 66), (70, 74, 82), (236, 238, 240), (56, 82, 70))
_SKIN = (222, 192, 166)


def portrait(number: int) -> bytes:
    """Return a PNG picture (ISO/IEC 15948); the number decides upon its colours."""
    colours = (_GROUNDS[number % len(_GROUNDS)], _SKIN, _CLOTHES[number % len(_CLOTHES)])
    header = pack(">2I5B", WIDTH, HEIGHT, 8, 3, 0, 0, 0)
    palette = bytes(part for colour in colours for part in colour)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", _drawn()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


@cache
def _drawn() -> bytes:
    rows = (bytes(_colour(x, y) for x in range(WIDTH)) for y in range(HEIGHT))
    return zlib.compress(b"".join(b"\0" + row for row in rows), 9)


def _colour(x: int, y: int) -> int:
    """Return the number of a point's colour: ground, head, clothes."""
    if _within(x - 47, y - 46, 20, 26):
        return 1
    return 2 if _within(x - 47, y - 118, 40, 42) else 0


def _within(across: int, down: int, width: int, height: int) -> bool:
    return (across * height) ** 2 + (down * width) ** 2 < (width * height) ** 2
