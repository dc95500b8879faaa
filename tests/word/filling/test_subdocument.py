"""Other documents as values."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.ooxml.write import Parts, pack, unpack
from pbreports.tags.program import Fill
from pbreports.word.filling.subdocument import Subdocument
from word.filling.chart import BAR, chart, document, series
from word.filling.markup import BODY, R, here, lines, w
from word.filling.paper import faults, paper, saved
from word.filling.test_pictures import png, relationships

NUMBERING, STYLES = "word/numbering.xml", "word/styles.xml"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def guest(*steps: Callable[[Any], object]) -> bytes:
    """Return a document made by these steps."""
    made = docx.Document()
    for step in steps:
        step(made)
    return pack(saved(made))


def host(*guests: Subdocument, parts: Parts | None = None) -> Parts:
    """Return a document with others in it, one behind the other."""

    def body(fill: Fill) -> str:
        return "".join(each.word_markup(here(scope="p"), fill) for each in guests)

    return paper(body, parts)


def body_of(parts: Parts) -> etree._Element:
    """Return the body of a document."""
    return etree.fromstring(parts[BODY])[0]


def texts(parts: Parts) -> list[str]:
    """Return the texts of a document's body."""
    return lines(body_of(parts))


def linked(made: Any) -> None:
    """Add a link to the web."""
    paragraph = made.add_paragraph()
    key = made.part.relate_to("https://example.com/", f"{_RELATIONSHIP}/hyperlink", is_external=True)
    link = etree.SubElement(paragraph._p, qn("w:hyperlink"))
    link.set(qn("r:id"), key)
    etree.SubElement(etree.SubElement(link, qn("w:r")), qn("w:t")).text = "网址"


def bookmarked(made: Any) -> None:
    """Add a bookmark and a field that refers to it."""
    paragraph = made.add_paragraph()._p
    paragraph.append(etree.Element(qn("w:bookmarkStart"), {qn("w:id"): "0", qn("w:name"): "结论"}))
    run = etree.SubElement(paragraph, qn("w:r"))
    etree.SubElement(run, qn("w:t")).text = "结论"
    paragraph.append(etree.Element(qn("w:bookmarkEnd"), {qn("w:id"): "0"}))
    field = etree.SubElement(paragraph, qn("w:r"))
    etree.SubElement(field, qn("w:fldChar"), {qn("w:fldCharType"): "begin"})
    etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:instrText")).text = r" REF 结论 \h "
    etree.SubElement(etree.SubElement(paragraph, qn("w:r")), qn("w:fldChar"), {qn("w:fldCharType"): "end"})


def own_style(made: Any) -> None:
    """Add a paragraph in a style of the document's own, which rests on another of its own."""
    base = made.styles.add_style("机关正文", 1)
    base.font.size = Pt(16)
    style = made.styles.add_style("机关标题", 1)
    style.base_style = base
    made.add_paragraph("用自己的样式", style)


def footnoted(data: bytes) -> bytes:
    """Return a document with a footnote at the end of its first paragraph."""
    parts = dict(unpack(data))
    note = '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts[BODY] = parts[BODY].decode().replace("</w:p>", note, 1).encode()
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{w("")[1:-1]}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:t>据统计</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    rels = "word/_rels/document.xml.rels"
    related = f'<Relationship Id="rIdF" Type="{_RELATIONSHIP}/footnotes" Target="footnotes.xml"/></Relationships>'
    parts[rels] = parts[rels].replace(b"</Relationships>", related.encode())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    typed = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", typed.encode())
    return pack(parts)


FULL = guest(
    lambda made: made.add_heading("一、总体情况", 1),
    lambda made: made.add_paragraph("第一项", "List Number"),
    lambda made: made.add_paragraph("第二项", "List Number"),
    own_style,
    linked,
    bookmarked,
    lambda made: made.add_table(2, 2, "Table Grid").cell(0, 0).add_paragraph("格子"),
    lambda made: made.add_picture(io.BytesIO(png(60, 60)), Mm(20)),
)
"""A document with one of everything."""


def test_the_contents_stand_in_the_place_of_the_tag(tmp_path: Path) -> None:
    """All texts in their order, and the file is sound, with the same document in it twice."""
    alone = texts(unpack(FULL))
    sub = Subdocument(FULL)
    parts = host(sub, sub)
    assert texts(parts) == alone * 2
    assert faults(parts, tmp_path) == []


def test_a_document_may_be_a_file(tmp_path: Path) -> None:
    """A path will do as well as bytes."""
    path = tmp_path / "附件.docx"
    path.write_bytes(FULL)
    assert host(Subdocument(path)) == host(Subdocument(FULL))


def test_styles_of_the_same_name_are_the_documents_own() -> None:
    """Ids differ with the language of the program that made them; a style's name tells it."""
    parts = dict(unpack(guest(lambda made: made.add_heading("一、", 1))))
    for name in (BODY, STYLES):
        parts[name] = parts[name].replace(b'"Heading1"', b'"a3"')
    done = host(Subdocument(pack(parts)))
    assert [each.get(w("val")) for each in body_of(done).iter(w("pStyle"))] == ["Heading1"]
    assert done[STYLES].count(b'w:val="heading 1"') == 1


def test_styles_that_are_missing_come_along_with_those_they_rest_on() -> None:
    """An id that means something else here is not used for them."""
    theirs = dict(unpack(guest(own_style)))
    own = body_of(theirs).find(f".//{w('pStyle')}").get(w("val"))
    styles = theirs[STYLES].decode().replace('w:styleId="Title"', 'w:styleId="TitleX"')
    theirs[STYLES] = styles.replace(f'w:styleId="{own}"', 'w:styleId="Title"').encode()
    theirs[BODY] = theirs[BODY].decode().replace(f'w:val="{own}"', 'w:val="Title"').encode()
    done = host(Subdocument(pack(theirs)))
    ids = {
        style.find(w("name")).get(w("val")): style.get(w("styleId"))
        for style in etree.fromstring(done[STYLES]).iter(w("style"))
    }
    assert {"机关标题", "机关正文"} <= ids.keys()
    assert ids["机关标题"] != "Title"
    assert [each.get(w("val")) for each in body_of(done).iter(w("pStyle"))] == [ids["机关标题"]]
    assert len(set(ids.values())) == len(ids)


def test_the_styles_for_word_2010_do_not_lag_behind(tmp_path: Path) -> None:
    """A second set of styles, which lacks what has come along, is taken away."""
    plain = docx.Document()
    plain.add_paragraph("此处")
    stream = io.BytesIO()
    plain.save(stream)
    parts = unpack(stream.getvalue())
    assert "word/stylesWithEffects.xml" in parts
    assert "word/stylesWithEffects.xml" in host(Subdocument(guest(linked)), parts=parts)
    done = host(Subdocument(guest(own_style)), parts=parts)
    assert "word/stylesWithEffects.xml" not in done
    assert faults(done, tmp_path) == []


def test_lists_begin_anew_in_every_insertion() -> None:
    """Each has a list of its own, whose definition stands before all lists, as Word demands."""
    numbered = guest(lambda made: _numbered(made, "一"), lambda made: _numbered(made, "二"))
    sub = Subdocument(numbered)
    done = host(sub, sub)
    used = [each.get(w("val")) for each in body_of(done).iter(w("numId"))]
    assert used[0] == used[1] != used[2] == used[3]
    root = etree.fromstring(done[NUMBERING])
    defined = {each.get(w("numId")): each.find(w("abstractNumId")).get(w("val")) for each in root.iter(w("num"))}
    assert defined[used[0]] != defined[used[2]]
    abstracts = [each.get(w("abstractNumId")) for each in root.iter(w("abstractNum"))]
    assert set(defined.values()) <= set(abstracts)
    assert len(set(abstracts)) == len(abstracts)
    assert [each.tag for each in root] == sorted((each.tag for each in root), key=[w("abstractNum"), w("num")].index)


def test_lists_of_styles_begin_anew_too() -> None:
    """A paragraph that its style numbers is numbered by the inserted document's list, at its level."""

    def bulleted(made: Any) -> None:
        made.add_paragraph("一", "List Number")
        made.add_paragraph("二", "List Number").paragraph_format.keep_with_next = True

    sub = Subdocument(guest(bulleted))
    done = host(sub, sub)
    used = [each.get(w("val")) for each in body_of(done).iter(w("numId"))]
    assert used[0] == used[1] != used[2] == used[3]
    keeping = body_of(done).find(f".//{w('keepNext')}").getparent()
    assert [each.tag for each in keeping] == [w("pStyle"), w("keepNext"), w("numPr")]


def test_a_level_is_that_which_the_list_gives_to_the_style() -> None:
    """Headings are numbered by a list of several levels, each of which names a style."""
    theirs = dict(unpack(guest(lambda made: made.add_heading("（一）", 2))))
    levels = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{place + 1}"/>'
        f'<w:lvlText w:val="%{place + 1}."/></w:lvl>'
        for place in range(2)
    )
    theirs[NUMBERING] = (
        f'<w:numbering xmlns:w="{w("")[1:-1]}"><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    ).encode()
    styles = etree.fromstring(theirs[STYLES])
    [heading] = styles.xpath("//w:style[@w:styleId='Heading2']/w:pPr", namespaces={"w": w("")[1:-1]})
    etree.SubElement(etree.SubElement(heading, w("numPr")), w("numId")).set(w("val"), "3")
    theirs[STYLES] = etree.tostring(styles)
    [level] = body_of(host(Subdocument(pack(theirs)))).iter(w("ilvl"))
    assert level.get(w("val")) == "1"


def _numbered(made: Any, text: str) -> None:
    """Add a paragraph that is numbered directly, by the list of the numbered style."""
    style = made.styles["List Number"]
    [number] = style.element.iter(qn("w:numId"))
    paragraph = made.add_paragraph(text)
    paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.val


def test_a_document_without_lists_gets_them(tmp_path: Path) -> None:
    """The part that holds them is made, declared and referred to."""
    plain = docx.Document()
    plain.add_paragraph("此处")
    parts = dict(saved(plain))
    del parts[NUMBERING]
    rels, types = "word/_rels/document.xml.rels", "[Content_Types].xml"
    for name in (rels, types):
        root = etree.fromstring(parts[name])
        for each in list(root):
            if "numbering.xml" in (each.get("Target") or each.get("PartName") or ""):
                root.remove(each)
        parts[name] = etree.tostring(root)
    styles = etree.fromstring(parts[STYLES])
    for each in list(styles.iter(w("numPr"))):
        each.getparent().remove(each)
    parts[STYLES] = etree.tostring(styles)
    done = host(Subdocument(guest(lambda made: _numbered(made, "一"))), parts=parts)
    assert "numbering.xml" in relationships(done).values()
    assert faults(done, tmp_path) == []


def test_pictures_and_links_come_along() -> None:
    """Pictures are held once, and every reference leads to something."""
    sub = Subdocument(FULL)
    done = host(sub, sub)
    known = relationships(done)
    used = {
        value for each in body_of(done).iter() for name, value in each.attrib.items() if name.startswith(f"{{{R}}}")
    }
    assert used <= known.keys()
    assert {known[key] for key in used} >= {"https://example.com/"}
    assert sum(name.startswith("word/media/") for name in done) == 1


def test_drawings_have_numbers_of_their_own() -> None:
    """No number of a drawing is there twice."""
    sub = Subdocument(FULL)
    numbers = [each.get("id") for each in body_of(host(sub, sub)).iter("{*}docPr")]
    assert len(set(numbers)) == len(numbers) == 2


def test_alternatives_keep_the_names_that_they_ask_for() -> None:
    """A prefix that stands in nothing but a ``Requires`` is declared, else Word takes the file for damaged."""
    parts = dict(unpack(guest(lambda made: made.add_paragraph("正文"))))
    alternative = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:x"><w:r>'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:t>新</w:t></mc:Choice></mc:AlternateContent></w:r></w:p>'
    )
    parts[BODY] = parts[BODY].replace(b"<w:sectPr", f"{alternative}<w:sectPr".encode(), 1)
    [choice] = body_of(host(Subdocument(pack(parts)))).iter("{*}Choice")
    assert choice.nsmap["wps"] == "urn:x"


def test_what_comes_along_can_be_added_again() -> None:
    """The finished parts are made from the template's each time, and nothing is used up."""
    fill = Fill()
    markup = Subdocument(footnoted(FULL)).word_markup(here(scope="p"), fill)
    assert paper(lambda _: markup, fill=fill) == paper(lambda _: markup, fill=fill)


def test_charts_come_along_with_the_data_behind_them(tmp_path: Path) -> None:
    """What a part refers to comes along too, and each insertion has a chart of its own."""
    sub = Subdocument(pack(document(chart(BAR.format(series(0, "甲"))))))
    done = host(sub, sub)
    assert sum(name.startswith("word/charts/pb") for name in done) == 2
    assert sum(name.startswith("word/embeddings/pb") for name in done) == 2
    assert faults(done, tmp_path) == []


def test_footnotes_come_along(tmp_path: Path) -> None:
    """They are numbered behind those that are there, and the part is made when there was none."""
    sub = Subdocument(footnoted(guest(lambda made: made.add_paragraph("正文"))))
    done = host(sub, sub)
    notes = {each.get(w("id")): "".join(each.itertext()) for each in etree.fromstring(done["word/footnotes.xml"])}
    referred = [each.get(w("id")) for each in body_of(done).iter(w("footnoteReference"))]
    assert len(set(referred)) == 2
    assert [notes[key] for key in referred] == ["据统计", "据统计"]
    assert faults(done, tmp_path) == []


def test_bookmarks_have_names_of_their_own_and_fields_find_them() -> None:
    """No name or id is there twice."""
    sub = Subdocument(guest(bookmarked))
    body = body_of(host(sub, sub))
    starts = list(body.iter(w("bookmarkStart")))
    assert len({each.get(w("name")) for each in starts}) == len({each.get(w("id")) for each in starts}) == 2
    referred = [each.text.split()[1] for each in body.iter(w("instrText"))]
    assert referred == [each.get(w("name")) for each in starts]


def test_revisions_and_remarks_stay_behind() -> None:
    """What was deleted is not shown, what was inserted is text."""
    parts = dict(unpack(guest(lambda made: made.add_paragraph("正文"))))
    tracked = (
        '<w:p><w:commentRangeStart w:id="1"/><w:ins w:id="2" w:author="甲"><w:r><w:t>新</w:t></w:r></w:ins>'
        '<w:del w:id="3" w:author="甲"><w:r><w:delText>旧</w:delText></w:r></w:del><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p><w:sectPr'
    )
    parts[BODY] = parts[BODY].replace(b"<w:sectPr", tracked.encode(), 1)
    done = host(Subdocument(pack(parts)))
    assert texts(done) == ["正文", "新"]
    assert b"comment" not in done[BODY]
    assert "旧" not in done[BODY].decode()


def test_sections_are_told() -> None:
    """Paper and headers of the inserted document stay behind, with a notice."""
    fill = Fill()
    markup = Subdocument(guest(lambda made: made.add_paragraph("一"), lambda made: made.add_section()))
    assert "<w:sectPr" not in markup.word_markup(here(scope="p"), fill)
    assert ["分成几节" in notice for notice in fill.notices] == [True]


def test_a_document_cannot_stand_among_text() -> None:
    """The clerk is told how to write the tag."""
    with pytest.raises(TemplateError, match=r"写成 \{\{p"):
        Subdocument(FULL).word_markup(here(), Fill())


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4"])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    """At once, with one sentence."""
    with pytest.raises(TemplateError, match="请检查要插入的文档"):
        Subdocument(data)


def test_a_cell_can_hold_a_document(tmp_path: Path) -> None:
    """``{{tc 附件 }}`` makes a cell of it."""

    def body(fill: Fill) -> str:
        cell = Subdocument(guest(lambda made: made.add_paragraph("格"))).word_markup(here(scope="tc"), fill)
        return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl><w:p/>'

    parts = paper(body)
    assert texts(parts) == ["格", ""]
    assert faults(parts, tmp_path) == []
