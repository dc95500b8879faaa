"""Formatted texts as values, ours and docxtpl's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docxtpl
import pytest
from jinja2.exceptions import SecurityError
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.tags.environment import environment
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext, WordValue
from pbreports.word.filling.media import additions
from pbreports.word.filling.rich import Listing, RichText, RichTextParagraph
from word.filling.markup import BODY, R, here, in_paragraph, lines, markup_of, read, w, written
from word.filling.paper import faults, paper

KINDS = [RichText, docxtpl.RichText]
"""Ours, and the one that it can replace."""


def runs(value: object, where: RunContext | None = None) -> list[etree._Element]:
    """Return the runs of a value in the place of a tag."""
    where = where or here()
    return list(in_paragraph(markup_of(value, where, Fill()), where).iter(w("r")))


def look(run: etree._Element) -> dict[str, str | None]:
    """Return the properties of a run by name, with their first values."""
    properties = run.find(w("rPr"))
    return {} if properties is None else {etree.QName(each).localname: each.get(w("val")) for each in properties}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("wish", "properties"),
    [
        ({"bold": True}, {"b": None}),
        ({"italic": True}, {"i": None}),
        ({"strike": True}, {"strike": None}),
        ({"underline": True}, {"u": "single"}),
        ({"underline": "wave"}, {"u": "wave"}),
        ({"underline": "zigzag"}, {"u": "single"}),
        ({"color": "#ff0000"}, {"color": "FF0000"}),
        ({"size": 44}, {"sz": "44", "szCs": "44"}),
        ({"style": "Strong"}, {"rStyle": "Strong"}),
        ({"subscript": True}, {"vertAlign": "subscript"}),
        ({"superscript": True}, {"vertAlign": "superscript"}),
        ({"highlight": "#FFFF00"}, {"shd": "clear"}),
        ({"lang": "en-US"}, {"lang": "en-US"}),
        ({"rtl": True, "bold": True, "italic": True}, {"b": None, "bCs": None, "i": None, "iCs": None}),
    ],
)
def test_each_wish_is_laid_over_the_look_of_the_tag(
    kind: type, wish: dict[str, Any], properties: dict[str, str | None]
) -> None:
    """What is wished for is there, and the tag's East Asian font and what else it has stays."""
    [run] = runs(kind("文字", **wish))
    found = {name: value and value.upper() for name, value in look(run).items()}
    expected = {name: value and value.upper() for name, value in properties.items()}
    assert found.items() >= expected.items()
    assert run.find(f".//{w('rFonts')}").get(w("eastAsia")) == "仿宋_GB2312"
    assert "sz" in found


@pytest.mark.parametrize("kind", KINDS)
def test_properties_stand_in_the_order_of_the_schema(kind: type) -> None:
    """However they were asked for, Word finds them where it looks for them (CT_RPr)."""
    [run] = runs(kind("文字", color="#00FF00", bold=True, italic=True, underline="dash", font="Arial", strike=True))
    assert list(look(run)) == ["rFonts", "b", "i", "strike", "color", "sz", "u"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("font", "east"), [("Arial", "仿宋_GB2312"), ("eastAsia:楷体_GB2312", "楷体_GB2312")])
def test_a_font_is_for_all_scripts_but_the_east_asian(kind: type, font: str, east: str) -> None:
    """The East Asian font stays unless the wish names that region."""
    [run] = runs(kind("文字", font=font))
    fonts = run.find(f".//{w('rFonts')}")
    assert (fonts.get(w("ascii")), fonts.get(w("eastAsia"))) == (font.rpartition(":")[2], east)


def test_a_font_wins_over_the_theme() -> None:
    """A theme's font, which Word would prefer, gives way to the one that is wished for."""
    themed = '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hint="eastAsia"/></w:rPr>'
    [run] = runs(RichText("文字", font="Arial"), here(run=themed))
    fonts = run.find(f".//{w('rFonts')}")
    assert fonts.get(w("asciiTheme")) is None
    assert (fonts.get(w("eastAsiaTheme")), fonts.get(w("hint"))) == ("minorEastAsia", "eastAsia")


@pytest.mark.parametrize("kind", KINDS)
def test_pieces_follow_each_other(kind: Any) -> None:
    """Pieces, also those of another rich text, keep their own looks and their signs."""
    rich = kind("甲 & 乙")
    rich.add("<丙>", bold=True)
    rich.add(kind("丁", italic=True))
    assert ["".join(run.itertext()) for run in runs(rich)] == ["甲 & 乙", "<丙>", "丁"]
    assert [set(look(run)) & {"b", "i"} for run in runs(rich)] == [set(), {"b"}, {"i"}]


@pytest.mark.parametrize("kind", [*KINDS, Listing, docxtpl.Listing])
def test_signs_in_formatted_text_mean_what_they_mean_in_docxtpl(kind: Any) -> None:
    r"""Line ends stay in the paragraph even where the tag stands alone; ``\a`` and ``\f`` do not."""
    where = here(alone=True)
    body = in_paragraph(markup_of(kind("一\n二\t三\a四\f五 & <六>"), where, Fill()), where)
    assert lines(body) == ["一↵二→三", "四", "¶", "五 & <六>"]


def test_a_link_leads_to_its_address() -> None:
    """The address becomes a relationship of the part in which the text stands."""
    fill = Fill()
    rich = RichText("区教育局", url_id="https://example.com/?a=1&b=2")
    link = in_paragraph(markup_of(rich, here(), fill), here()).find(f".//{w('hyperlink')}")
    [(key, relationship)] = additions(fill).relationships[BODY].items()
    assert link.get(f"{{{R}}}id") == key
    assert (relationship.target, relationship.external) == ("https://example.com/?a=1&b=2", True)


def test_a_link_may_lead_to_a_bookmark_or_be_one_of_the_template() -> None:
    """``#书签`` needs no relationship, and an id of docxtpl's stays as it is."""
    fill = Fill()
    body = in_paragraph(
        markup_of(RichText("附件1", url_id="#附件一"), here(), fill)
        + markup_of(docxtpl.RichText("网址", url_id="rId7"), here(), fill),
        here(),
    )
    inside, outside = body.iter(w("hyperlink"))
    assert (inside.get(w("anchor")), outside.get(f"{{{R}}}id")) == ("附件一", "rId7")
    assert not fill.extra


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///c:/x.exe", r"\\server\x", "xx"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """A link can neither start a program nor call on another computer's folder."""
    with pytest.raises(TemplateError, match="不是网址或邮箱地址"):
        written(RichText("文字", url_id=address), here())


def test_a_link_stays_in_its_paragraph() -> None:
    r"""``\a`` inside a link is a line end, since a link cannot go on in another paragraph."""
    for rich in (RichText("一\a二", url_id="https://a.cn"), docxtpl.RichText("一\a二", url_id="rId7")):
        assert lines(in_paragraph(markup_of(rich, here(), Fill()), here())) == ["一↵二"]


@pytest.mark.parametrize(
    ("wish", "what"), [({"color": "reddish"}, "颜色"), ({"size": "二号"}, "字号"), ({"font": "south:Arial"}, "字体")]
)
def test_a_wish_that_cannot_be_met_is_told_at_once(wish: dict[str, Any], what: str) -> None:
    """The program that makes the text learns of its mistake, not the clerk who fills with it."""
    with pytest.raises(ValueError, match=what):
        RichText("文字", **wish)


def test_paragraphs_take_the_place_of_the_tags_paragraph() -> None:
    """A paragraph with a style of its own looks as the style says, another as the tag's."""
    value = RichTextParagraph("一")
    value.add(RichText("二", bold=True), parastyle="Heading1")
    first, second = written(value, here(scope="p")).iter(w("p"))
    assert first.find(f"{w('pPr')}/{w('ind')}") is not None
    assert first.find(f".//{w('rFonts')}") is not None
    assert second.find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == "Heading1"
    assert look(second.find(w("r"))) == {"b": None}


def test_paragraphs_of_docxtpl_are_taken() -> None:
    """Its paragraphs stand with their styles, and their signs mean what they mean in docxtpl."""
    value = docxtpl.RichTextParagraph("一")
    value.add(docxtpl.RichText("二\a三", bold=True), parastyle="Heading1")
    body = read(markup_of(value, here(scope="p"), Fill()))
    assert lines(body) == ["一", "二", "三"]
    assert [each.get(w("val")) for each in body.iter(w("pStyle"))] == ["Heading1", "Heading1"]


@pytest.mark.parametrize("value", [RichTextParagraph("一"), docxtpl.RichTextParagraph("一")])
def test_paragraphs_cannot_stand_among_text(value: object) -> None:
    """The clerk is told how to write the tag."""
    with pytest.raises(TemplateError, match=r"写成 \{\{p"):
        markup_of(value, here(), Fill())


def test_a_section_keeps_its_end() -> None:
    """Where the tag's paragraph ends a section, the section ends behind the value, once."""
    ending = "<w:pPr><w:sectPr><w:pgSz/></w:sectPr></w:pPr>"
    value = RichTextParagraph("一")
    value.add("二")
    for each in (value, RichText()):
        body = written(each, here(scope="p", paragraph=ending))
        assert len(body.findall(f".//{w('sectPr')}")) == 1
        assert body[-1].find(f".//{w('sectPr')}") is not None


@dataclass
class Foreign:
    """A value that gives markup, as docxtpl's do."""

    markup: str

    def __html__(self) -> str:
        return self.markup


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<w:r><w:t>一</w:r>", "不完整"),
        ("<w:r><w:t>一</w:t></w:r></w:body><w:body>", "不完整"),
        ("<w:r><w:drawing><a xmlns='urn:x'/></w:drawing></w:r>", "以外"),
        ("<w:tbl/>", "以外"),
        ("<w:r><w:t>一</w:t></w:r><w:p/>", "以外"),
    ],
)
def test_markup_that_would_break_the_paper_is_refused(markup: str, what: str) -> None:
    """What is not well-formed or no formatted text costs no other text of the paper: nothing is written."""
    with pytest.raises(TemplateError, match=what):
        markup_of(Foreign(markup), here(), Fill())


def test_a_sub_document_of_docxtpl_is_refused_with_advice() -> None:
    """It is bound to docxtpl's own document; the sentence says what to use."""

    class Subdoc:
        subdocx = None

    with pytest.raises(TemplateError, match="Subdocument"):
        markup_of(Subdoc(), here(), Fill())


@pytest.mark.parametrize("value", [RichText("一"), RichTextParagraph("一")])
def test_a_template_cannot_change_a_value(value: object) -> None:
    """What one rendering writes does not depend on those before it."""
    with pytest.raises(SecurityError):
        environment().from_string("{{ 值.add('二') }}").render(值=value)
    assert str(value) == "一"


def test_our_values_know_their_markup() -> None:
    """They are what the engine asks for its markup."""
    assert all(isinstance(each, WordValue) for each in (RichText("一"), RichTextParagraph("一"), Listing("一")))
    assert (str(RichText("一")), str(RichTextParagraph("一")), str(Listing("一"))) == ("一", "一", "一")


def test_a_document_with_formatted_texts_is_sound(tmp_path: Path) -> None:
    """The independent validator finds no error in runs, links and paragraphs with every wish."""
    every = {
        "style": "Strong",
        "color": "red",
        "highlight": "yellow",
        "size": 32,
        "subscript": True,
        "bold": True,
        "italic": True,
        "underline": "wave",
        "strike": True,
        "font": "eastAsia:楷体",
        "rtl": True,
        "lang": "zh-CN",
    }
    wishes: Any = {**every, "color": "#FF0000", "highlight": "#FFFF00"}
    rich = RichText("一\n二\t三\a四\f五", url_id="https://example.com", **every)  # type: ignore[arg-type]
    theirs = docxtpl.RichText("一\n二\t三\a四\f五", **wishes)
    paragraphs = RichTextParagraph(rich)
    paragraphs.add(theirs and "六", parastyle="Heading1")

    def body(fill: Fill) -> str:
        where = here()
        inline = "".join(
            f"<w:p>{where.paragraph_properties}{markup_of(each, where, fill)}</w:p>" for each in (rich, theirs)
        )
        return inline + markup_of(paragraphs, here(scope="p"), fill)

    assert faults(paper(body), tmp_path) == []
