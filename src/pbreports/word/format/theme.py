"""The fonts that a document's theme stands for (ECMA-376 part 1, 17.18.96 and 20.1.4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from pbreports.ooxml.markup import parse_xml

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SCRIPTS = {"zh-TW": "Hant", "zh-HK": "Hant", "zh-MO": "Hant", "ja-JP": "Jpan", "ko-KR": "Hang"}
"""The script that a theme's East Asian font is looked up for, by language; 简体 for every other."""
_KINDS = {"EastAsia": "ea", "Ascii": "latin", "HAnsi": "latin", "Bidi": "cs"}


@lru_cache(maxsize=16)
def theme_fonts(data: bytes, language: str) -> Mapping[str, str]:
    """Return the font that each theme name (``majorEastAsia`` …) means in a theme part, for an East Asian language."""
    root = parse_xml(data, "theme") if data else etree.Element("none")
    script = _SCRIPTS.get(language, "Hans")
    found: dict[str, str] = {}
    for size in ("major", "minor"):
        fonts = root.find(f".//{{{A}}}{size}Font")
        for end, tag in _KINDS.items() if fonts is not None else ():
            found[size + end] = _typeface(fonts, tag, script)  # type: ignore[arg-type]
    return found


def _typeface(fonts: etree._Element, tag: str, script: str) -> str:
    """Return the face named for a kind, that of the script where an East Asian one is left open."""
    named = fonts.find(f"{{{A}}}{tag}")
    face = named.get("typeface", "") if named is not None else ""
    if face or tag != "ea":
        return face
    of_script = (font for font in fonts.iterfind(f"{{{A}}}font") if font.get("script") == script)
    return next((font.get("typeface", "") for font in of_script), "")
