"""What the properties of a paragraph or run say, as written, by plain names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import etree

from pbreports.word.filling.markup import w

Values = Mapping[str, str]
NOTHING: Values = MappingProxyType({})
OFF = frozenset({"0", "false", "off"})
VAL = w("val")

_SLOTS = {"east": ("eastAsia", "eastAsiaTheme"), "latin": ("ascii", "asciiTheme"), "other": ("hAnsi", "hAnsiTheme")}
_FONT_NAMES = {name: (w(said), w(themed)) for name, (said, themed) in _SLOTS.items()}
_FLAGS = {w("b"): "bold", w("i"): "italic", w("strike"): "struck", w("dstrike"): "struck", w("vanish"): "hidden"}
_PLAIN = {
    w("sz"): ("size", "20"),
    w("color"): ("color", "auto"),
    w("u"): ("underlined", "single"),
    w("spacing"): ("spacing", "0"),
    w("w"): ("scale", "100"),
}
_RFONTS, _HINT = w("rFonts"), w("hint")
_SPACING = {
    w("before"): "before",
    w("after"): "after",
    w("beforeLines"): "beforeLines",
    w("afterLines"): "afterLines",
    w("beforeAutospacing"): "beforeAuto",
    w("afterAutospacing"): "afterAuto",
    w("line"): "line",
    w("lineRule"): "rule",
}
_INDENTS = {
    w("left"): "left",
    w("start"): "left",
    w("right"): "right",
    w("end"): "right",
    w("firstLine"): "first",
    w("hanging"): "hanging",
    w("leftChars"): "leftChars",
    w("startChars"): "leftChars",
    w("rightChars"): "rightChars",
    w("endChars"): "rightChars",
    w("firstLineChars"): "firstChars",
    w("hangingChars"): "hangingChars",
}


def number(text: str | None, default: float) -> float:
    """Return a number as written, the default for nothing and for what is none or beyond all measure."""
    try:
        found = float(text) if text is not None else default
    except ValueError:
        return default
    return found if abs(found) < 1e6 else default


def twips(text: str | None) -> float:
    """Return twentieths of a point, or a measure with its unit (``2cm``), in points."""
    if text and text[-1:].isalpha():
        return number(text[:-2], 0) * _UNITS.get(text[-2:], 0)
    return number(text, 0) / 20


_UNITS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0, "pi": 12.0}


def value_of(element: etree._Element | None, tag: str) -> str:
    """Return the value of an element's child of a name; empty without one."""
    found = element.find(tag) if element is not None else None
    return found.get(VAL, "") if found is not None else ""


def run_values(properties: etree._Element | None, fonts: Mapping[str, str]) -> Values:
    """Return what a ``w:rPr`` says; ``fonts`` are those of the theme, which go before those named beside them."""
    if properties is None:
        return NOTHING
    found: dict[str, str] = {}
    for element in properties:
        tag = element.tag
        if tag == _RFONTS:
            found |= _fonts(element, fonts)
        elif tag in _FLAGS:
            found[_FLAGS[tag]] = "0" if element.get(VAL, "1") in OFF else "1"
        elif tag in _PLAIN:
            name, default = _PLAIN[tag]
            found[name] = element.get(VAL, default)
    return found


def _fonts(element: etree._Element, fonts: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name, (said, themed) in _FONT_NAMES.items():
        face = fonts.get(element.get(themed, ""), "") or element.get(said, "")
        if face:
            found[name] = face
    if _HINT in element.attrib:
        found["hint"] = element.get(_HINT, "")
    return found


def paragraph_values(properties: etree._Element | None) -> Values:
    """Return what a ``w:pPr`` says of alignment, indents, white, pitch, breaks, rules and numbering."""
    if properties is None:
        return NOTHING
    found: dict[str, str] = {}
    for element in properties:
        reading = _READINGS.get(str(element.tag))
        if reading is not None:
            found |= reading(element)
    return found


def _spacing(element: etree._Element) -> dict[str, str]:
    found = _named(element, _SPACING)
    if "line" in found:
        found.setdefault("rule", "auto")
    return found


def _alignment(element: etree._Element) -> dict[str, str]:
    said = element.get(VAL, "left")
    return {"align": _ALIGN.get(said, said)}


def _tabs(element: etree._Element) -> dict[str, str]:
    return {"tabs": " ".join(tab.get(w("pos"), "0") for tab in element if tab.get(VAL) not in {"clear", "bar"})}


_ALIGN = {"start": "left", "end": "right"}


def _named(element: etree._Element, names: Mapping[str, str]) -> dict[str, str]:
    return {names[str(key)]: str(value) for key, value in element.attrib.items() if key in names}


def _indents(element: etree._Element) -> dict[str, str]:
    """Return the indents; hanging out and being indented exclude each other, so one said takes the other back."""
    found = _named(element, _INDENTS)
    if "first" in found and "hanging" not in found:
        found["hanging"] = "0"
    if "hanging" in found and "firstChars" not in found:
        found["firstChars"] = "0"
    if "firstChars" in found and "hangingChars" not in found:
        found["hangingChars"] = "0"
    return found


def _borders(element: etree._Element) -> dict[str, str]:
    found = {}
    for side in ("top", "bottom"):
        line = element.find(w(side))
        if line is not None:
            kind = line.get(VAL, "none")
            said = (kind, line.get(w("sz"), "4"), line.get(w("space"), "0"), line.get(w("color"), "auto"))
            found[f"border_{side}"] = "" if kind in {"none", "nil"} else "|".join(said)
    return found


_READINGS: Mapping[str, Callable[[etree._Element], dict[str, str]]] = {
    w("spacing"): _spacing,
    w("ind"): _indents,
    w("jc"): _alignment,
    w("tabs"): _tabs,
    w("pBdr"): _borders,
    w("numPr"): lambda one: {"numbering": f"{value_of(one, w('numId'))}|{value_of(one, w('ilvl'))}"},
    w("snapToGrid"): lambda one: {"snaps": one.get(VAL, "1")},
    w("pageBreakBefore"): lambda one: {"new_page": one.get(VAL, "1")},
}
"""What is read of a ``w:pPr``, by element."""
