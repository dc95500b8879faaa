"""Pictures as values: in a line of text, and in the frame of a picture that holds their place."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import docx
import docxtpl
import pytest
from docx.shared import Mm
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.ooxml.markup import CONTENT_TYPES, RELATIONSHIPS
from pbreports.ooxml.write import Parts
from pbreports.tags.program import Fill
from pbreports.word.filling.media import Relationship, added, related
from pbreports.word.filling.pictures import EMU_PER_MM, InlineImage
from pbreports.word.filling.placeholders import placeholder_pictures
from word.filling.markup import BODY, R, here, lines, markup_of, read, w
from word.filling.paper import faults, paper, saved

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
VML = "{urn:schemas-microsoft-com:vml}"


def png(width: int, height: int, dots_per_metre: int | None = 11811, shade: int = 200) -> bytes:
    """Return a picture of one colour, 300 dots to the inch unless said otherwise."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    density = chunk(b"pHYs", struct.pack(">IIB", dots_per_metre, dots_per_metre, 1)) if dots_per_metre else b""
    rows = zlib.compress((b"\x00" + bytes([shade]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + density + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    """Return the beginning of a GIF, which tells its size."""
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x00\x00\x00;"


def extent(markup: str) -> tuple[int, int]:
    """Return the size of the only drawing, in millimetres."""
    [found] = read(markup).iter(f"{WP}extent")
    return round(int(found.get("cx")) / EMU_PER_MM), round(int(found.get("cy")) / EMU_PER_MM)


def relationships(parts: Parts, name: str = "word/_rels/document.xml.rels") -> dict[str, str]:
    """Return the targets of a part's relationships by id."""
    return {each.get("Id"): each.get("Target") for each in etree.fromstring(parts[name])}


@pytest.mark.parametrize(
    ("source", "wish", "size"),
    [
        (png(1181, 590), {}, (100, 50)),
        (png(720, 360, None), {}, (156, 78)),  # 72 dots to the inch: 254 mm wide, more than a page's text area
        (png(360, 1440, None), {}, (56, 225)),
        (png(1181, 590), {"width": 40}, (40, 20)),
        (png(1181, 590), {"height": 40}, (80, 40)),
        (png(1181, 590), {"width": 40, "height": 40}, (40, 40)),
        (png(1181, 590), {"width": Mm(400)}, (400, 200)),
        (gif(72, 36), {}, (25, 13)),
    ],
)
def test_a_picture_has_its_own_size_unless_told(source: bytes, wish: dict[str, Any], size: tuple[int, int]) -> None:
    """Pixels and resolution give the size; one wish keeps the proportions, and without any it fits on a page."""
    assert extent(markup_of(InlineImage(source, **wish), here(), Fill())) == size


def test_a_picture_may_be_a_file_or_a_stream(tmp_path: Path) -> None:
    """All ways of giving a picture give the same markup."""
    path = tmp_path / "校徽.png"
    path.write_bytes(png(30, 30))
    sources: list[Any] = [png(30, 30), path, str(path), io.BytesIO(png(30, 30))]
    assert len({markup_of(InlineImage(source), here(), Fill()) for source in sources}) == 1


def test_a_picture_of_docxtpl_is_taken() -> None:
    """Its file and wishes count; the document that it was made for does not."""
    theirs = docxtpl.InlineImage(None, io.BytesIO(png(30, 30)), width=Mm(20))
    assert extent(markup_of(theirs, here(), Fill())) == (20, 20)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "不是图片"),
        (b"\x89PNG\r\n\x1a\n", "不是图片"),
        (b"GIF8", "不是图片"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00" + bytes(80), "已损坏"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, what: str) -> None:
    """One sentence says what to give instead."""
    with pytest.raises(TemplateError, match=what):
        InlineImage(data)


def test_a_picture_without_extent_is_refused() -> None:
    """A picture of no width cannot be fitted anywhere."""
    with pytest.raises(TemplateError, match="零"):
        InlineImage(png(0, 10))


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    """The file's name and the reason are told."""
    with pytest.raises(TemplateError, match=r"^无\.png：图片打不开（文件或文件夹不存在）"):
        InlineImage(tmp_path / "无.png")


def test_the_same_picture_is_in_the_package_once() -> None:
    """Two places and two parts show one part; ids of drawings differ."""
    fill = Fill()
    twice = [markup_of(InlineImage(png(30, 30)), here(), fill) for _ in range(2)]
    parts = paper(lambda _: f"<w:p>{''.join(twice)}</w:p>", fill=fill)
    assert len([name for name in parts if name.startswith("word/media/")]) == 1
    body = etree.fromstring(parts[BODY])
    assert [each.get("id") for each in body.iter(f"{WP}docPr")] == ["1", "2"]
    [target] = {relationships(parts)[each.get(f"{{{R}}}embed")] for each in body.iter(f"{A}blip")}
    assert f"word/{target}" in parts


def test_a_part_without_relationships_gets_some() -> None:
    """A footer that had no picture before can show one."""
    fill = Fill()
    key = related(fill, "word/footer9.xml", Relationship("urn:x", "word/media/a.png"))
    parts = added({"[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"/>'.encode()}, fill)
    assert relationships(parts, "word/_rels/footer9.xml.rels") == {key: "media/a.png"}


def test_parts_that_nothing_is_added_to_stay_the_same_objects() -> None:
    """A filling that brings no picture changes nothing; one that does touches types and relationships alone."""
    document = saved(docx.Document())
    assert added(document, Fill()) is document
    fill = Fill()
    markup_of(InlineImage(png(30, 30)), here(), fill)
    grown = added(document, fill)
    changed = {name for name in document if grown[name] is not document[name]}
    assert changed == {"[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert grown == added(document, fill)


def test_a_paper_that_is_a_template_again_keeps_its_relationships() -> None:
    """A picture that an earlier filling brought is not brought a second time."""
    fill = Fill()
    markup_of(InlineImage(png(30, 30)), here(), fill)
    once = added(saved(docx.Document()), fill)
    twice = added(once, fill)
    assert all(twice[name] is once[name] for name in once)


def test_an_extension_that_is_declared_stays_as_it_is() -> None:
    """A template with pictures of its own keeps their declared type."""
    fill = Fill()
    markup_of(InlineImage(png(30, 30)), here(), fill)
    declared = f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="PNG" ContentType="image/png"/></Types>'.encode()
    rels = f'<Relationships xmlns="{RELATIONSHIPS}"/>'.encode()
    parts = added({"[Content_Types].xml": declared, "word/_rels/document.xml.rels": rels}, fill)
    assert parts["[Content_Types].xml"] is declared


def test_a_picture_leads_to_its_address() -> None:
    """``anchor`` is a link on the picture."""
    fill = Fill()
    body = read(markup_of(InlineImage(png(30, 30), anchor="https://example.com"), here(), fill))
    links = {each.get(f"{{{R}}}id") for each in body.iter(f"{A}hlinkClick")}
    parts = paper(lambda _: "", fill=fill)
    assert [relationships(parts)[key] for key in links] == ["https://example.com"]


# ---------------------------------------------------------------- placeholders


def placeholder(picture: bytes = b"", *, text: str = "{{ 照片 }}", name: str = "descr") -> tuple[Parts, etree._Element]:
    """Return a document with a sample picture of 30 × 40 mm whose alternative text is a tag, and its root."""
    document = docx.Document()
    document.add_paragraph("此处")
    run = document.add_paragraph().add_run()
    run.add_picture(io.BytesIO(picture or png(60, 80)), Mm(30), Mm(40))
    [named] = document.element.iter(f"{WP}docPr")
    named.set(name, text)
    parts = saved(document)
    return parts, etree.fromstring(parts[BODY])


def filled(value: object, parts: Parts, root: etree._Element, fill: Fill) -> Parts:
    """Return the document with the placeholder's drawing replaced by the value's."""
    [found] = placeholder_pictures(root)
    markup = found.writer(BODY)(value, fill)
    parent, place = found.drawing.getparent(), found.drawing.getparent().index(found.drawing)
    parent.remove(found.drawing)
    if markup:
        parent.insert(place, etree.fromstring(markup))
    return added({**parts, BODY: etree.tostring(root, encoding="UTF-8")}, fill)


@pytest.mark.parametrize("name", ["descr", "title"])
@pytest.mark.parametrize("text", ["{{ 照片 }}", " {{照片}} ", "｛｛照片｝｝"])
def test_a_picture_whose_alternative_text_is_a_tag_holds_a_place(name: str, text: str) -> None:
    """Both fields of Word's dialog will do."""
    [found] = placeholder_pictures(placeholder(text=text, name=name)[1])
    assert (found.tag.body, found.drawing.tag) == ("照片", w("drawing"))


@pytest.mark.parametrize("text", ["校徽", "照片：{{ 照片 }}", "{{ 甲 }}{{ 乙 }}", "{% if 照片 %}", "{{ 照片"])
def test_any_other_picture_is_a_picture(text: str) -> None:
    """An alternative text that says something besides one value is a description."""
    assert placeholder_pictures(placeholder(text=text)[1]) == ()


def test_the_value_takes_the_frame_of_the_placeholder(tmp_path: Path) -> None:
    """It is as large as the frame holds without being stretched, and nothing of the sample or the tag is left."""
    parts, root = placeholder()
    done = filled(InlineImage(png(400, 400, shade=90)), parts, root, Fill())
    body = etree.fromstring(done[BODY])
    assert extent(etree.tostring(body[0][1], encoding="unicode")) == (30, 30)
    [blip] = body.iter(f"{A}blip")
    assert done[f"word/{relationships(done)[blip.get(f'{{{R}}}embed')]}"] == png(400, 400, shade=90)
    assert b"{{" not in done[BODY]
    assert faults(done, tmp_path) == []


@pytest.mark.parametrize("value", [None, ""])
def test_without_a_value_the_placeholder_disappears(value: object) -> None:
    """A form without a photograph has no sample face in it."""
    parts, root = placeholder()
    body = etree.fromstring(filled(value, parts, root, Fill())[BODY])
    assert list(body.iter(w("drawing"))) == []
    assert lines(body)[:2] == ["此处", ""]


def test_the_value_may_be_bytes_or_a_file(tmp_path: Path) -> None:
    """Whatever the programme has of the picture will do."""
    path = tmp_path / "照片.png"
    path.write_bytes(png(30, 40))
    values = [png(30, 40), path, InlineImage(path), docxtpl.InlineImage(None, str(path))]
    [found] = placeholder_pictures(placeholder()[1])
    assert len({found.writer(BODY)(value, Fill()) for value in values}) == 1


@pytest.mark.parametrize("value", ["/etc/hostname.png", 7, ("甲",)])
def test_a_text_is_no_picture(value: object) -> None:
    """No list can name a file that would then be shown."""
    [found] = placeholder_pictures(placeholder()[1])
    with pytest.raises(TemplateError, match="占位图片的值不是图片"):
        found.writer(BODY)(value, Fill())


def test_a_crop_and_a_drawn_twin_of_the_sample_are_not_kept() -> None:
    """The value is shown whole, in programs that prefer the vector twin of the sample too."""
    _, root = placeholder()
    [blip] = root.iter(f"{A}blip")
    etree.SubElement(etree.SubElement(blip, f"{A}extLst"), f"{A}ext", uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}")
    blip.addnext(etree.Element(f"{A}srcRect", l="10000"))
    [found] = placeholder_pictures(root)
    drawing = etree.fromstring(found.writer(BODY)(png(30, 40), Fill()))
    assert not list(drawing.iter(f"{A}extLst", f"{A}srcRect"))


def test_a_picture_of_older_programs_holds_a_place_too() -> None:
    """A VML picture with a tag as its alternative text is replaced and fitted."""
    body = read(
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:60pt;height:80pt" alt="{{ 照片 }}">'
        '<v:imagedata r:id="rId5" croptop="1f"/></v:shape></w:pict></w:r></w:p>'
    )
    [found] = placeholder_pictures(body)
    drawn = etree.fromstring(found.writer(BODY)(png(50, 50), Fill()))
    [shape] = drawn.iter(f"{VML}shape")
    assert (shape.get("style"), shape.get("alt")) == ("width:60.00pt;height:60.00pt", None)
    [data] = drawn.iter(f"{VML}imagedata")
    assert data.attrib.keys() == [f"{{{R}}}id"]
    assert data.get(f"{{{R}}}id") != "rId5"


def test_a_document_with_pictures_is_sound(tmp_path: Path) -> None:
    """The independent validator finds no error."""

    def body(fill: Fill) -> str:
        image = InlineImage(png(1181, 590), anchor="https://example.com")
        line = f"<w:p>{here().paragraph_properties}{markup_of(image, here(), fill)}</w:p>"
        return line + markup_of(InlineImage(png(30, 30)), here(scope="p"), fill)

    assert faults(paper(body), tmp_path) == []
