"""Pictures as values: their size on the page, and the drawing that shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from docx.image.image import Image

from pbreports.errors import TemplateError, reason_of
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext
from pbreports.word.filling.links import link_id
from pbreports.word.filling.look import attribute
from pbreports.word.filling.media import IMAGE, OFFICE_RELATIONSHIPS, Relationship, picture_part, related
from pbreports.word.filling.scopes import of_runs

EMU_PER_MM = 36_000
_LARGEST_MM = 2_000
_TEXT_AREA = (156 * EMU_PER_MM, 225 * EMU_PER_MM)  # GB/T 9704-2012, 5.2.1
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

Source = bytes | str | Path | BinaryIO
"""A picture's bytes, its file, or a stream of it."""


@dataclass(frozen=True)
class Picture:
    """A picture's bytes, and what its header says of it; sizes in EMU (36 000 to the millimetre)."""

    data: bytes
    extension: str
    content_type: str
    width: int
    height: int

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def within(self, width: int, height: int) -> tuple[int, int]:
        """Return the largest size of the same proportions that a frame holds."""
        scale = min(width / self.width, height / self.height)
        return max(1, round(self.width * scale)), max(1, round(self.height * scale))

    def relationship(self, part: str, fill: Fill) -> str:
        """Return the id under which a part shows the picture, which is in the package from now on."""
        name = picture_part(fill, self.data, self.digest, self.extension, self.content_type)
        return related(fill, part, Relationship(IMAGE, name))


def picture_of(source: Source) -> Picture:
    """Return the picture in a file or in bytes.

    Raises:
        TemplateError: when it cannot be read, or is no picture that Word and WPS show (PNG, JPEG, GIF, BMP, TIFF).
    """
    data, name = _read(source)
    try:
        image = Image.from_blob(data)
        width, height = int(image.width), int(image.height)
    except Exception as error:  # python-docx raises the bare class where a JPEG breaks off
        raise TemplateError(name, "这不是图片，或者图片已损坏", "请换成 PNG 或 JPEG 图片") from error
    if width <= 0 or height <= 0:
        raise TemplateError(name, "图片的长或宽是零", "请换一张图片")
    return Picture(data, image.ext, image.content_type, width, height)


class InlineImage:
    """A picture that stands in a line of text; as docxtpl's, but made from a file or bytes alone.

    ``width`` and ``height`` are millimetres, or EMU above 2 000; one of them keeps the proportions, without both the
    picture has the size that its pixels and resolution say, but no more than a page's text area (GB/T 9704-2012,
    5.2.1). ``anchor`` is an address that the picture leads to.

    Raises:
        TemplateError: when there is no such picture.
    """

    __slots__ = ("_anchor", "_height", "_width", "picture")

    def __init__(
        self,
        source: Source,
        width: float | None = None,
        height: float | None = None,
        anchor: str | None = None,
    ) -> None:
        self.picture = picture_of(source)
        self._width, self._height, self._anchor = _emu(width), _emu(height), anchor

    def __repr__(self) -> str:
        """Return what pictures that come out alike have in common: papers filled with equal values are told by it."""
        return f"InlineImage({self.picture.digest[:16]}, {self.size}, {self._anchor!r})"

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height on the page, in EMU."""
        own = self.picture
        if self._width and self._height:
            return self._width, self._height
        if self._width:
            return self._width, max(1, round(own.height * self._width / own.width))
        if self._height:
            return max(1, round(own.width * self._height / own.height)), self._height
        if own.width <= _TEXT_AREA[0] and own.height <= _TEXT_AREA[1]:
            return own.width, own.height
        return own.within(*_TEXT_AREA)

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place."""
        link = link_id(self._anchor, where.part, fill) if self._anchor else ""
        drawing = _drawing(self.picture.relationship(where.part, fill), self.size, fill.next(DRAWINGS), link)
        return of_runs(f"<w:r>{where.run_properties}{drawing}</w:r>", where)


DRAWINGS = "docPr"
"""The counter of a filling that gives drawings their ids, which are unique in the whole package."""


def _drawing(shown: str, size: tuple[int, int], number: int, link: str) -> str:
    """Return the drawing of a picture in a line of text (ECMA-376 part 1, 20.4.2.8)."""
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
        f' xmlns:pic="{_DRAWING}/picture" xmlns:r="{OFFICE_RELATIONSHIPS}" distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {extent}/>{_named('wp:docPr', number, link)}"
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic>'
        f"<pic:nvPicPr>{_named('pic:cNvPr', number, link)}<pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{shown}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        f"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def _named(element: str, number: int, link: str) -> str:
    """Return the element that names a drawing, with the link that a click on it follows."""
    click = f'<a:hlinkClick r:id="{attribute(link)}"/>' if link else ""
    return f'<{element} id="{number}" name="图片 {number}">{click}</{element}>'


def _emu(length: float | None) -> int | None:
    if not length:
        return None
    return int(length) if length > _LARGEST_MM else round(length * EMU_PER_MM)


def _read(source: Source) -> tuple[bytes, str]:
    """Return the bytes, and what messages call the picture."""
    if isinstance(source, bytes | bytearray):
        return bytes(source), "图片"
    if isinstance(source, str | Path):
        path = Path(source)
        try:
            return path.read_bytes(), path.name
        except OSError as error:
            raise TemplateError(path.name, f"图片打不开（{reason_of(error)}）", "请核对路径") from error
    source.seek(0)
    return source.read(), "图片"
