"""Pieces of WordprocessingML as text: their elements, the properties of a run or a paragraph with some replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_MARK = re.compile(r"<(?P<end>/?)(?P<name>[^\s/>]+)[^>]*?(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"([\w:.-]+)=\"([^\"]*)\"")
_NOT_COPIED = {"w:sectPr", "w:pPrChange", "w:rPrChange"}
"""A section's end, which is one paragraph's alone, and the record of a change, which is no property."""
# EG_RPrBase and EG_RPrContent, ECMA-376 part 1, 17.3.2.
_RUN_ORDER = {
    f"w:{name}": place
    for place, name in enumerate(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
        " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
        " eastAsianLayout specVanish oMath".split()
    )
}


def elements(markup: str) -> list[tuple[str, str]]:
    """Return the outermost elements of well-formed markup, each with its name as written (``w:b``) and its text."""
    found: list[tuple[str, str]] = []
    depth = start = 0
    for mark in _MARK.finditer(markup):
        if not depth and not mark["end"]:
            start = mark.start()
        depth += -1 if mark["end"] else not mark["empty"]
        if not depth:
            name = mark["name"]
            found.append((name, markup[start : mark.end()]))
    return found


def inner(element: str) -> str:
    """Return what an element's text holds between its first mark and its last."""
    opening = _MARK.match(element)
    return "" if opening is None or opening["empty"] else element[opening.end() : element.rindex("</")]


def attributes(element: str) -> dict[str, str]:
    """Return the attributes of an element's text, names and values as written."""
    return dict(_ATTRIBUTE.findall(element[: element.index(">")]))


@lru_cache(maxsize=4096)
def properties(markup: str) -> Mapping[str, str]:
    """Return the single properties of a ``w:rPr`` or ``w:pPr`` by name; what belongs to one place alone is not there."""
    return MappingProxyType({name: text for name, text in elements(inner(markup)) if name not in _NOT_COPIED})


@lru_cache(maxsize=4096)
def copied_paragraph(markup: str) -> str:
    """Return a ``w:pPr`` for another paragraph of the same look: without a section's end and the record of a change."""
    if not any(name in markup for name in _NOT_COPIED):
        return markup
    kept = "".join(properties(markup).values())
    return f"<w:pPr>{kept}</w:pPr>" if kept else ""


def run_properties(markup: str, replaced: Mapping[str, str]) -> str:
    """Return a ``w:rPr`` with some properties replaced, in the schema's order; an empty text when none is left."""
    single = {**properties(markup), **replaced}
    ordered = sorted(single, key=lambda name: _RUN_ORDER.get(name, len(_RUN_ORDER)))
    kept = "".join(single[name] for name in ordered)
    return f"<w:rPr>{kept}</w:rPr>" if kept else ""
