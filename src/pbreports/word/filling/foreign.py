"""Values made with docxtpl: told by what they are like, checked, and written with the look of the tag under theirs."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from lxml import etree

from pbreports.errors import TemplateError
from pbreports.tags.program import Fill
from pbreports.word.filling.context import RunContext, WordValue
from pbreports.word.filling.fragments import copied_paragraph, elements
from pbreports.word.filling.links import IN_ONE_LINK, linked
from pbreports.word.filling.look import overlaid_markup
from pbreports.word.filling.markup import PPR, RPR, SIGNS, P, R, T, W, w
from pbreports.word.filling.media import OFFICE_RELATIONSHIPS, RELATIONSHIP_IDS
from pbreports.word.filling.pictures import InlineImage
from pbreports.word.filling.rich import Listing
from pbreports.word.filling.scopes import of_paragraphs, of_runs
from pbreports.word.filling.text import runs_of, stripped

_LINK, _LINK_ID = w("hyperlink"), f"{{{OFFICE_RELATIONSHIPS}}}id"
_DECLARED = re.compile(r' xmlns:\w+="[^"]*"')
# docxtpl leaves these two, which no XML can hold, in its markup until the document is finished.
_HELD = {"\a": "<?a?>", "\f": "<?f?>"}


def foreign(value: object) -> WordValue | None:
    """Return a value of docxtpl as one of ours; ``None`` when it is none.

    Raises:
        TemplateError: when it is a sub-document of docxtpl, which is bound to docxtpl's own document.
    """
    if hasattr(value, "image_descriptor"):
        return InlineImage(
            value.image_descriptor,
            getattr(value, "width", None),
            getattr(value, "height", None),
            getattr(value, "anchor", None),
        )
    if hasattr(value, "subdocx"):
        raise TemplateError("", "docxtpl 的子文档不能用在这里", "请改用 Subdocument(文件)")
    if not hasattr(value, "__html__"):
        return None
    markup = str(value.__html__())
    return ForeignMarkup(markup) if markup.startswith("<w:") else Listing(html.unescape(markup))


@dataclass(frozen=True, slots=True)
class ForeignMarkup:
    """Markup that another library has made: runs and links, or whole paragraphs."""

    markup: str

    def word_markup(self, where: RunContext, fill: Fill) -> str:
        """Return the markup for this place.

        Raises:
            TemplateError: when it is not well-formed, or holds anything else than formatted text.
        """
        body = self._checked(fill)
        if len(body) and body[0].tag == P:
            return of_paragraphs("".join(_paragraph(each, where, fill) for each in body), where)
        return of_runs("".join(_inline(each, where, fill) for each in body), where)

    def _checked(self, fill: Fill) -> etree._Element:
        held = "".join(_HELD.get(sign, sign) for sign in self.markup)
        names = f'xmlns:w="{W}" xmlns:r="{OFFICE_RELATIONSHIPS}"'
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            body = etree.fromstring(f"<w:body {names}>{stripped(held, fill)}</w:body>", parser)
        except etree.XMLSyntaxError as error:
            raise TemplateError("", "这个值里的格式代码不完整", "请检查生成它的程序") from error
        known = all(str(each.tag).startswith(f"{{{W}}}") for each in body.iter(etree.Element))
        if not known or (not {each.tag for each in body} <= {P} and not {each.tag for each in body} <= {R, _LINK}):
            raise TemplateError("", "这个值里有文字以外的格式代码", "请只用带格式的文字（RichText）")
        return body


def _paragraph(paragraph: etree._Element, where: RunContext, fill: Fill) -> str:
    own = paragraph.find(PPR)
    if own is None:
        look = copied_paragraph(where.paragraph_properties)
        place = where
    else:
        look = _text_of(own)
        place = replace(where, paragraph_properties=look, run_properties="")
    return f"<w:p>{look}{''.join(_inline(each, place, fill) for each in paragraph if each is not own)}</w:p>"


def _inline(element: etree._Element, where: RunContext, fill: Fill) -> str:
    if element.tag != _LINK:
        return _run(element, _content(element), where, fill)
    held = [each for each in element if each.tag == R]
    runs = "".join(_run(each, _content(each).translate(IN_ONE_LINK), where, fill) for each in held)
    own = element.get(_LINK_ID)
    known = fill.extra.get(RELATIONSHIP_IDS)
    if own and known is not None and own not in known.get(where.part, ()):
        fill.notices["docxtpl 的链接带不过来，已写成普通文字；请用 pbreports 的 RichText(…, url_id=网址)"] = None
        return runs
    return linked(runs, own or f"#{element.get(w('anchor'), '')}", where, fill)


def _run(run: etree._Element, text: str, where: RunContext, fill: Fill) -> str:
    own = run.find(RPR)
    look = where.run_properties if own is None else overlaid_markup(where.run_properties, _text_of(own))
    return runs_of(text, replace(where, run_properties=look, alone=False), fill)


def _content(run: etree._Element) -> str:
    return "".join(_text_in(each) if each.tag == T else SIGNS.get(str(each.tag), "") for each in run)


def _text_in(text: etree._Element) -> str:
    held = {"a": "\a", "f": "\f"}
    return (text.text or "") + "".join(
        held.get(str(getattr(each, "target", "")), "") + (each.tail or "") for each in text
    )


def _text_of(element: etree._Element) -> str:
    """Return an element as markup without the namespaces that every document declares."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return _DECLARED.sub("", text) if elements(text) else ""
