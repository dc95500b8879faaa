"""Pictures that hold the place of others: a picture in the template whose alternative text is a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pbreports.errors import TemplateError
from pbreports.tags.program import Fill, Write
from pbreports.tags.tokens import Broken, Kind, Tag, tags
from pbreports.word.filling.content import Node
from pbreports.word.filling.foreign import foreign
from pbreports.word.filling.markup import WP
from pbreports.word.filling.media import OFFICE_RELATIONSHIPS
from pbreports.word.filling.pictures import DRAWINGS, InlineImage, Picture, picture_of

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML, _OFFICE_VML = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_FRAMES = (f"{{{WP}}}inline", f"{{{WP}}}anchor")
_BLIP, _EMBED, _LINK = f"{{{_A}}}blip", f"{{{OFFICE_RELATIONSHIPS}}}embed", f"{{{OFFICE_RELATIONSHIPS}}}link"
_IMAGE_DATA, _ID = f"{{{_VML}}}imagedata", f"{{{OFFICE_RELATIONSHIPS}}}id"
_ALTERNATIVES = ("descr", "title")
_LENGTH = re.compile(r"(?P<name>width|height):(?P<number>[\d.]+)(?P<unit>pt|in|cm|mm|px|pc)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75, "pc": 12.0, None: 0.75}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A picture of the template that holds another's place: the element to replace, and the tag that gives the other.

    ``element`` is the ``wp:inline``, ``wp:anchor`` or ``v:shape``; ``drawing`` the ``w:drawing`` or ``w:pict`` around
    it, whose place the value takes.
    """

    element: Node
    drawing: Node
    tag: Tag

    def writer(self, part: str) -> Write:
        """Return what makes the drawing that shows a value here: in the same frame, nothing for no value.

        The value is an ``InlineImage`` (ours or docxtpl's), bytes, or a ``Path``. The writer raises a TemplateError for
        anything else, a text above all: no list may name a file that is then shown.
        """
        return _Writer(part, etree.tostring(self._without_tag(), encoding="unicode", with_tail=False))

    def _without_tag(self) -> Node:
        """Return a copy of the drawing whose alternative text is empty, in place of the tag."""
        copied = etree.fromstring(etree.tostring(self.drawing, with_tail=False))
        for element in copied.iter(etree.Element):
            for name in ("descr", "title", "alt"):
                if self.tag.text in element.get(name, ""):
                    del element.attrib[name]
        etree.cleanup_namespaces(copied)
        return copied


def placeholder_pictures(root: Node) -> tuple[Placeholder, ...]:
    """Return the pictures of a part whose alternative text (or title) is one value tag and nothing else."""
    found = (_placeholder(element) for element in root.iter(*_FRAMES, f"{{{_VML}}}shape", f"{{{_VML}}}rect"))
    return tuple(each for each in found if each is not None)


def _placeholder(element: Node) -> Placeholder | None:
    drawing = element.getparent()
    if drawing is None or next(element.iter(_PICTURE, _IMAGE_DATA), None) is None:
        return None
    tag = next((tag for text in _alternatives(element) if (tag := _only_tag(text))), None)
    return Placeholder(element, drawing, tag) if tag else None


def _alternatives(element: Node) -> Iterator[str]:
    """Yield what a picture says of itself for those who cannot see it."""
    named = element.find(f"{{{WP}}}docPr")
    holders = [element] if named is None else [named, *element.iter(f"{_PICTURE[:-4]}}}cNvPr")]
    for holder in holders:
        yield from (holder.get(name, "") for name in (*_ALTERNATIVES, "alt"))


def _only_tag(text: str) -> Tag | None:
    found = tags(text)
    if len(found) != 1 or isinstance(found[0], Broken) or found[0].kind is not Kind.VALUE:
        return None
    return found[0] if text.strip() == found[0].text else None


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the drawing for a value from the template's drawing, as markup."""

    part: str
    markup: str

    def __call__(self, value: object, fill: Fill) -> str:
        """Return the drawing with the value's picture in its frame."""
        picture = _picture(value)
        if picture is None:
            return ""
        drawing = etree.fromstring(self.markup)
        shown = picture.relationship(self.part, fill)
        for frame in drawing.iter(*_FRAMES):
            _show(frame, picture, shown, fill.next(DRAWINGS))
        for shape in drawing.iter(f"{{{_VML}}}shape", f"{{{_VML}}}rect"):
            _show_vml(shape, picture, shown)
        return etree.tostring(drawing, encoding="unicode")


def _picture(value: object) -> Picture | None:
    """Return the picture that a value is; ``None`` for a blank."""
    if value is None or value == "":
        return None
    if isinstance(value, InlineImage):
        return value.picture
    if isinstance(value, bytes | Path):
        return picture_of(value)
    if isinstance(own := foreign(value), InlineImage):
        return own.picture
    raise TemplateError("", "占位图片的值不是图片", "请给出图片（InlineImage、图片文件或它的内容）")


def _show(frame: Node, picture: Picture, shown: str, number: int) -> None:
    """Put a picture into a frame of DrawingML, as large as the frame holds; what was cut off the old one is not cut."""
    extent = frame.find(f"{{{WP}}}extent")
    if extent is not None:
        size = picture.within(int(extent.get("cx", "1")), int(extent.get("cy", "1")))
        inner = frame.iter(f"{{{_A}}}ext")
        for each in (extent, *(ext for ext in inner if ext.get("cx"))):
            each.set("cx", str(size[0]))
            each.set("cy", str(size[1]))
    for named in frame.iter(f"{{{WP}}}docPr"):
        named.set("id", str(number))
    for blip in frame.iter(_BLIP):
        blip.set(_EMBED, shown)
        _drop(blip, _LINK)
        for extension in blip.findall(f"{{{_A}}}extLst"):
            blip.remove(extension)
    for cut in list(frame.iter(f"{{{_A}}}srcRect")):
        cut.getparent().remove(cut)  # type: ignore[union-attr]


def _show_vml(shape: Node, picture: Picture, shown: str) -> None:
    """Put a picture into a frame of VML; a crop of the old one goes."""
    style = shape.get("style", "")
    lengths = {one["name"]: float(one["number"]) * _POINTS[one["unit"]] for one in _LENGTH.finditer(style)}
    if lengths.keys() >= {"width", "height"}:
        fitted = picture.within(round(lengths["width"] * 12700), round(lengths["height"] * 12700))
        sizes = dict(zip(("width", "height"), fitted, strict=True))
        shape.set("style", _LENGTH.sub(lambda one: f"{one['name']}:{sizes[one['name']] / 12700:.2f}pt", style))
    for data in shape.iter(_IMAGE_DATA):
        data.set(_ID, shown)
        _drop(data, "croptop", "cropbottom", "cropleft", "cropright", f"{{{_OFFICE_VML}}}title")


def _drop(element: Node, *names: str) -> None:
    for name in names:
        if name in element.attrib:
            del element.attrib[name]
