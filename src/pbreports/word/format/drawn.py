"""Rules drawn as shapes: lines of DrawingML and of its forerunner VML, and flat boxes that stand for lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pbreports.word.filling.markup import BOX
from pbreports.word.format.paper import Rule
from pbreports.word.format.properties import number, twips
from pbreports.word.format.theme import A

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_VML = "{urn:schemas-microsoft-com:vml}"
_A = f"{{{A}}}"
_EMU = 12700
"""English metric units in a point."""
_FLATTEST = 6.0
"""A shape that is no higher than so many points, and far wider, is seen as a line."""
_NAMED = {"red": "FF0000", "black": "000000", "maroon": "800000"}


def rules_in(drawing: etree._Element) -> Iterator[Rule]:
    """Yield the lines across that a drawing holds."""
    for anchor in drawing.iter(f"{_WP}anchor", f"{_WP}inline"):
        yield from _of_anchor(anchor)
    for line in drawing.iter(f"{_VML}line"):
        yield from _of_line(line)
    for shape in drawing.iter(f"{_VML}shape", f"{_VML}rect"):
        if next(shape.iter(BOX), None) is None:
            yield from _of_shape(shape)


def place_of(drawing: etree._Element) -> tuple[float | None, float]:
    """Return how far below the edge of the page a drawing begins, and how wide it is; ``None`` where that is not said."""
    anchor = next(drawing.iter(f"{_WP}anchor"), None)
    if anchor is None:
        return None, 0.0
    extent, place = anchor.find(f"{_WP}extent"), anchor.find(f"{_WP}positionV")
    width = number_of(extent, "cx") / _EMU if extent is not None else 0.0
    is_told = place is not None and place.get("relativeFrom") == "page" and place.find(f"{_WP}posOffset") is not None
    return (_below(anchor) if is_told else None), width


def _of_anchor(anchor: etree._Element) -> Iterator[Rule]:
    extent = anchor.find(f"{_WP}extent")
    if extent is None:
        return
    width, height = number_of(extent, "cx") / _EMU, number_of(extent, "cy") / _EMU
    shape = next(anchor.iter(f"{_WPS}wsp"), None)
    if shape is None or next(shape.iter(BOX), None) is not None or height > _FLATTEST or width < 20 * max(height, 1):
        return
    line = next(shape.iter(f"{_A}ln"), None)
    color = _color(line) or _color(next(shape.iter(f"{_WPS}spPr"), None)) or "000000"
    thickness = number_of(line, "w", 9525) / _EMU if line is not None else height
    kind = line.get("cmpd", "sng") if line is not None else "sng"
    yield Rule("free", "single" if kind == "sng" else kind, thickness, _below(anchor), width, color)


def number_of(element: etree._Element, name: str, default: float = 0) -> float:
    """Return an attribute as a number, the default for none; measures are larger in these parts."""
    try:
        return float(element.get(name, default))
    except ValueError:
        return default


def _below(anchor: etree._Element) -> float:
    """Return how far below what it hangs on a drawing stands, in points; nothing where that is not said in points."""
    offset = anchor.find(f"{_WP}positionV/{_WP}posOffset")
    try:
        return float(offset.text or 0) / _EMU if offset is not None else 0.0
    except ValueError:
        return 0.0


def _color(around: etree._Element | None) -> str:
    found = around.find(f".//{_A}solidFill/{_A}srgbClr") if around is not None else None
    return found.get("val", "").upper() if found is not None else ""


def _of_line(line: etree._Element) -> Iterator[Rule]:
    ends = [_point(line.get(name, "")) for name in ("from", "to")]
    width, height = abs(ends[1][0] - ends[0][0]), abs(ends[1][1] - ends[0][1])
    if height <= _FLATTEST:
        yield Rule("free", "single", _measure(line.get("strokeweight", "0.75pt")), 0.0, width, _stroke(line))


def _of_shape(shape: etree._Element) -> Iterator[Rule]:
    style = dict(one.split(":", 1) for one in shape.get("style", "").split(";") if ":" in one)
    width, height = _measure(style.get("width", "")), _measure(style.get("height", "0"))
    if 0 <= height <= _FLATTEST and width > 20 * max(height, 1):
        yield Rule("free", "single", _measure(shape.get("strokeweight", "0.75pt")), 0.0, width, _stroke(shape))


def _point(text: str) -> tuple[float, float]:
    across, _, down = text.partition(",")
    return _measure(across), _measure(down)


def _measure(text: str) -> float:
    """Return a measure of VML in points; a bare number is one of points too."""
    text = text.strip()
    return twips(text) if text[-1:].isalpha() else number(text, 0)


def _stroke(shape: etree._Element) -> str:
    color = shape.get("strokecolor", "black").split()[0].lower() if shape.get("strokecolor", "").strip() else "black"
    if found := re.fullmatch(r"#([0-9a-f]{6})", color):
        return found[1].upper()
    if found := re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", color):
        return "".join(2 * found[at] for at in (1, 2, 3)).upper()
    return _NAMED.get(color, "000000")
