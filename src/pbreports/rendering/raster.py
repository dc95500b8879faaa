"""Pages as points of ink: parsed from what pdftoppm writes (PGM and PPM), searched by operations on whole rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pbreports.rendering.boxes import Box

DPI = 150
"""How finely pages are measured: a point is 0.17 mm."""
_MM = 25.4 / DPI
_DARK = bytes(value < 160 for value in range(256))
_MUCH = bytes(value >= 150 for value in range(256))
_LITTLE = bytes(value < 100 for value in range(256))
_HEADER = re.compile(rb"(P[56])\s+(\d+)\s+(\d+)\s+255\s")


@dataclass(frozen=True, slots=True)
class Raster:
    """The ink of a page, a byte a point (1 where there is ink), row by row from the top."""

    width: int
    height: int
    points: bytes

    def extent(self, within: Box) -> Box | None:
        """Return the smallest box that holds all ink of a part of the page, in millimetres; ``None`` when there is none."""
        left, right = self._column(within.left), self._column(within.right)
        found = []
        for row in self._rows(within):
            start = row * self.width
            first = self.points.find(1, start + left, start + right)
            if first >= 0:
                found.append((row, first - start, self.points.rfind(1, start + left, start + right) - start + 1))
        if not found:
            return None
        rows, firsts, lasts = zip(*found, strict=True)
        return Box(min(firsts) * _MM, rows[0] * _MM, max(lasts) * _MM, (rows[-1] + 1) * _MM)

    def whole(self) -> Box | None:
        """Return the smallest box that holds all ink of the page, ``None`` when it is blank."""
        return self.extent(Box(0, 0, self.width * _MM, self.height * _MM))

    def without(self, boxes: Iterable[Box]) -> Raster:
        """Return the page with some parts of it wiped, over all its width."""
        points = bytearray(self.points)
        for box in boxes:
            rows = self._rows(box)
            points[rows.start * self.width : rows.stop * self.width] = bytes(len(rows) * self.width)
        return replace(self, points=bytes(points))

    def rules(self, shortest: float) -> Iterator[Box]:
        """Yield the horizontal rules of a length at least, from the top, each as high as it is thick."""
        least = int(shortest / _MM)
        box: Box | None = None
        for row in range(self.height):
            run = self._longest_run(row, least)
            if run and box and row * _MM - box.bottom < _MM / 2 and abs(run[0] * _MM - box.left) < 2:
                box = Box(min(box.left, run[0] * _MM), box.top, max(box.right, run[1] * _MM), (row + 1) * _MM)
            else:
                if box:
                    yield box
                box = Box(run[0] * _MM, row * _MM, run[1] * _MM, (row + 1) * _MM) if run else None
        if box:
            yield box

    def _longest_run(self, row: int, least: int) -> tuple[int, int] | None:
        """Return where the longest unbroken run of ink in a row begins and ends, ``None`` when it is too short."""
        start, end = row * self.width, (row + 1) * self.width
        at = self.points.find(b"\x01" * least, start, end)
        if at < 0:
            return None
        stop = self.points.find(0, at, end)
        return at - start, (stop if stop >= 0 else end) - start

    def _rows(self, within: Box) -> range:
        return range(max(0, round(within.top / _MM)), min(self.height, round(within.bottom / _MM)))

    def _column(self, millimetres: float) -> int:
        return min(self.width, max(0, round(millimetres / _MM)))


def inks(data: bytes) -> Iterator[Raster]:
    """Yield the ink of each page of a PGM stream, of whatever colour; what is not whole is left out."""
    yield from (Raster(width, height, points.translate(_DARK)) for width, height, points in _images(data, b"P5", 1))


def reds(data: bytes) -> Iterator[Raster]:
    """Yield the red ink of each page of a PPM stream: much of red, little of green and blue."""
    for width, height, points in _images(data, b"P6", 3):
        red, green, blue = (points[at::3] for at in range(3))
        planes = red.translate(_MUCH), green.translate(_LITTLE), blue.translate(_LITTLE)
        # As numbers of so many bytes the planes are laid over each other at once.
        first, second, third = (int.from_bytes(plane, "big") for plane in planes)
        yield Raster(width, height, (first & second & third).to_bytes(width * height, "big"))


def _images(data: bytes, kind: bytes, depth: int) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while (header := _HEADER.match(data, at)) and header[1] == kind:
        width, height = int(header[2]), int(header[3])
        at = header.end() + width * height * depth
        if at > len(data):
            return
        yield width, height, data[header.end() : at]
