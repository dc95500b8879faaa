"""Writes a smaller font and a closer pitch into a paragraph."""

from __future__ import annotations

from lxml import etree

from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import PPR, RPR, P, R, w
from pbreports.word.measuring.lines import Text
from pbreports.word.measuring.looks import Styles

_BEHIND_INDENT = tuple(
    w(name)
    for name in (
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId"
        " cnfStyle rPr sectPr pPrChange"
    ).split()
)
_BEHIND_SPACING = (w("ind"), *_BEHIND_INDENT)
_BEHIND_MARK = (w("sectPr"), w("pPrChange"))
_BEHIND_SIZES = tuple(
    w(name)
    for name in (
        "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath ins del moveFrom"
        " moveTo rPrChange"
    ).split()
)
_BEHIND_SIZE = (w("szCs"), *_BEHIND_SIZES)
"""What stands behind an element among its fellows (CT_PPr, CT_RPr; ECMA-376 part 1, 17.3.1.26, 17.3.2.28)."""


def resize(paragraph: Node, text: Text, styles: Styles, size: float, pitch: float) -> None:
    """Give a paragraph exact lines of ``pitch`` points and characters of at most ``size``; indents shrink with them.

    A paragraph with a picture stays as it is: exact lines would cut the picture off.
    """
    if text.picture:
        return
    scale = min(1.0, size / text.size)
    for run in paragraph.iter(R):
        if next(run.iterancestors(P)) is paragraph:
            own, _ = styles.of_run(run, text.look)
            if own > size:
                _set_size(_child(run, RPR), size)
    properties = _child(paragraph, PPR)
    if scale < 1:
        mark = properties.find(RPR)
        _set_size(mark if mark is not None else _placed(properties, RPR, _BEHIND_MARK), size)
    spacing = _placed(properties, w("spacing"), _BEHIND_SPACING)
    spacing.set(w("line"), _twips(pitch))
    spacing.set(w("lineRule"), "exact")
    look = text.look
    if scale < 1 and (look.left or look.right or look.first):
        _indent(
            _placed(properties, w("ind"), _BEHIND_INDENT), look.left * scale, look.right * scale, look.first * scale
        )


def _indent(element: Node, left: float, right: float, first: float) -> None:
    for name in list(element.attrib):
        del element.attrib[name]
    element.set(w("left"), _twips(left))
    element.set(w("right"), _twips(right))
    element.set(w("hanging" if first < 0 else "firstLine"), _twips(abs(first)))
    # Characters would win over points; the style may have said some.
    element.set(w("leftChars"), "0")
    element.set(w("rightChars"), "0")
    element.set(w("hangingChars" if first < 0 else "firstLineChars"), "0")


def _set_size(properties: Node, size: float) -> None:
    for tag, behind in ((w("sz"), _BEHIND_SIZE), (w("szCs"), _BEHIND_SIZES)):
        _placed(properties, tag, behind).set(w("val"), str(round(size * 2)))


def _child(parent: Node, tag: str) -> Node:
    """Return the properties of a paragraph or a run, made at its beginning if there were none."""
    found = parent.find(tag)
    if found is None:
        found = etree.Element(tag)
        parent.insert(0, found)
    return found


def _placed(properties: Node, tag: str, behind: tuple[str, ...]) -> Node:
    """Return one of the properties, made in its place if it was not there."""
    found = properties.find(tag)
    if found is not None:
        return found
    made = etree.Element(tag)
    follower = next((one for one in properties if one.tag in behind), None)
    if follower is None:
        properties.append(made)
    else:
        follower.addprevious(made)
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))
