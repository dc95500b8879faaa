"""Writes a smaller font and a closer pitch into a paragraph."""

from __future__ import annotations

from lxml import etree

from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import PPR, RPR, P, R, w
from pbreports.word.measuring.lines import Text
from pbreports.word.measuring.looks import Styles

_BEHIND_SPACING = (
    "ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId"
    " cnfStyle rPr sectPr pPrChange"
)
_BEHIND_INDENT = _BEHIND_SPACING.removeprefix("ind ")
_BEHIND_SIZE = (
    "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath ins del moveFrom moveTo"
    " rPrChange"
)
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
            own, _ = styles.of_run(run, paragraph)
            if own > size:
                _set_size(_child(run, RPR), size)
    properties = _child(paragraph, PPR)
    if scale < 1:
        mark = properties.find(RPR)
        _set_size(mark if mark is not None else _placed(properties, "rPr", "sectPr pPrChange"), size)
    spacing = _placed(properties, "spacing", _BEHIND_SPACING)
    spacing.set(w("line"), _twips(pitch))
    spacing.set(w("lineRule"), "exact")
    look = text.look
    if scale < 1 and (look.left or look.right or look.first):
        _indent(_placed(properties, "ind", _BEHIND_INDENT), look.left * scale, look.right * scale, look.first * scale)


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
    for name, behind in (("sz", f"szCs {_BEHIND_SIZE}"), ("szCs", _BEHIND_SIZE)):
        _placed(properties, name, behind).set(w("val"), str(round(size * 2)))


def _child(parent: Node, tag: str) -> Node:
    """Return the properties of a paragraph or a run, made at its beginning if there were none."""
    found = parent.find(tag)
    if found is None:
        found = etree.Element(tag)
        parent.insert(0, found)
    return found


def _placed(properties: Node, name: str, behind: str) -> Node:
    """Return one of the properties, made in its place if it was not there."""
    found = properties.find(w(name))
    if found is not None:
        return found
    made = etree.Element(w(name))
    later = {w(each) for each in behind.split()}
    follower = next((one for one in properties if one.tag in later), None)
    if follower is None:
        properties.append(made)
    else:
        follower.addprevious(made)
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))
