"""Templates as WPS and Word leave them after much editing: the same text, cut and strewn with marks."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Iterator

from lxml import etree

from word.oracle.reading import W

_RUN, _TEXT, _LOOK, _FONTS = f"{W}r", f"{W}t", f"{W}rPr", f"{W}rFonts"
_PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"


def worn(template: bytes, seed: int) -> bytes:
    """Return a template whose runs are cut into pieces of a few signs, with what editing leaves behind between them.

    That is: font hints, spelling marks, bookmarks of one point, page breaks as last rendered, revision numbers.
    """
    chance = random.Random(seed)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            is_story = name.startswith("word/") and name.endswith(".xml") and b"<w:r" in data
            target.writestr(name, _worn_part(data, chance) if is_story else data)
    return stream.getvalue()


def _worn_part(data: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(data)
    for run in list(root.iter(_RUN)):
        texts = run.findall(_TEXT)
        if len(texts) == 1 and set(run) <= {texts[0], run.find(_LOOK)}:
            for piece in _pieces(run, texts[0].text or "", chance):
                run.addprevious(piece)
            run.getparent().remove(run)  # type: ignore[union-attr]  # a run stands in something
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _pieces(run: etree._Element, text: str, chance: random.Random) -> Iterator[etree._Element]:
    """Yield the run in pieces, with marks between them."""
    place = 0
    while place < len(text) or not place:
        end = place + chance.randint(1, 4)
        yield _piece(run, text[place:end], chance)
        place = end
        if place < len(text):
            yield from _litter(chance)


def _piece(run: etree._Element, text: str, chance: random.Random) -> etree._Element:
    """Return a copy of a run with a part of its text, perhaps with a font hint."""
    piece = copy.deepcopy(run)
    holder = piece.find(_TEXT)
    assert holder is not None
    holder.text = text
    holder.set(_PRESERVED, "preserve")
    piece.set(f"{W}rsidR", f"00{chance.randint(0, 0xFFFFFF):06X}")
    if chance.random() < 0.5:
        look = piece.find(_LOOK)
        if look is None:
            look = etree.Element(_LOOK)
            piece.insert(0, look)
        fonts = look.find(_FONTS)
        if fonts is None:
            fonts = etree.SubElement(look, _FONTS)
        fonts.set(f"{W}hint", "eastAsia")
    if chance.random() < 0.1:
        holder.addprevious(etree.Element(f"{W}lastRenderedPageBreak"))
    return piece


def _litter(chance: random.Random) -> Iterator[etree._Element]:
    """Yield what editing leaves between two runs, mostly nothing."""
    kind = chance.randrange(5)
    if kind == 0:
        yield etree.Element(f"{W}proofErr", {f"{W}type": chance.choice(("spellStart", "spellEnd", "gramStart"))})
    elif kind == 1:
        number = str(chance.randrange(10_000, 10**9))
        yield etree.Element(f"{W}bookmarkStart", {f"{W}id": number, f"{W}name": f"_{number}"})
        yield etree.Element(f"{W}bookmarkEnd", {f"{W}id": number})
