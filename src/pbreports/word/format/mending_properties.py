"""Sets single properties of runs, paragraphs and pages in the order that the format of the file asks for."""

from __future__ import annotations

from lxml import etree

from pbreports.word.filling.markup import PPR, RPR, w

_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
    " eastAsianLayout specVanish oMath rPrChange"
).split()
"""ECMA-376 part 1, 17.3.2: the order of the properties of a run."""
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
"""ECMA-376 part 1, 17.3.1: the order of the properties of a paragraph."""


def run_property(run: etree._Element, name: str) -> etree._Element:
    """Return a property of a run, made where it is not there."""
    return _property(_properties(run, RPR), name, _RUN)


def paragraph_property(paragraph: etree._Element, name: str) -> etree._Element:
    """Return a property of a paragraph, made where it is not there."""
    return _property(_properties(paragraph, PPR), name, _PARAGRAPH)


def _properties(element: etree._Element, tag: str) -> etree._Element:
    found = element.find(tag)
    if found is None:
        found = etree.Element(tag)
        element.insert(0, found)
    return found


def _property(properties: etree._Element, name: str, order: list[str]) -> etree._Element:
    found = properties.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        behind = {w(each) for each in order[order.index(name) + 1 :]}
        at = next((at for at, one in enumerate(properties) if one.tag in behind), len(properties))
        properties.insert(at, found)
    return found


def given(element: etree._Element, **values: object) -> None:
    """Set attributes of an element of WordprocessingML."""
    for name, value in values.items():
        element.set(w(name), str(value))


def without(element: etree._Element, *names: str) -> None:
    """Take attributes away."""
    for name in names:
        if w(name) in element.attrib:
            del element.attrib[w(name)]
