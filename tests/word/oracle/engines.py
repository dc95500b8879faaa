"""The two engines behind one door: a template and values go in, a Word file comes out."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import docxtpl
from docx.shared import Mm

from pbreports.word.template import WordTemplate, compile_template
from word.oracle.case import Case
from word.oracle.markup import PICTURE
from word.oracle.values import Listed, Photo, Rich, RichParagraphs

STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment
Convert = Callable[[Any], object]


def by_docxtpl(case: Case) -> bytes:
    """Return what docxtpl makes of a case, escaping values as we do."""
    engine = docxtpl.DocxTemplate(io.BytesIO(case.template))
    engine.render(_converted(case.values, partial(_for_docxtpl, engine)), autoescape=True)
    stream = io.BytesIO()
    engine.save(stream)
    return stream.getvalue()


def by_us(case: Case, template: bytes | None = None) -> bytes:
    """Return what our engine makes of a case, or of another ``template`` with the case's values.

    The values are docxtpl's own: whoever has them may hand them over as they are.
    """
    engine = docxtpl.DocxTemplate(io.BytesIO(case.template))
    values = _converted(case.values, partial(_for_docxtpl, engine))
    made = compile_template(template or case.template, name=case.name)
    return paper(made, values, undefined=case.undefined)


def paper(template: WordTemplate, values: Mapping[str, object], undefined: str = "strict") -> bytes:
    """Return a compiled template filled."""
    return template.render(values, stamp=STAMP, undefined=undefined)


def _converted(value: Any, convert: Convert) -> Any:
    """Return values with what is more than text made the engine's own."""
    if isinstance(value, Mapping):
        return {name: _converted(each, convert) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_converted(each, convert) for each in value)
    return convert(value)


def _for_docxtpl(engine: docxtpl.DocxTemplate, value: Any) -> object:
    """Return a value as docxtpl wants it."""
    match value:
        case Rich():
            return _rich_text(engine, value)
        case RichParagraphs():
            made = docxtpl.RichTextParagraph()
            for text, style in value.paragraphs:
                made.add(_rich_text(engine, text), parastyle=style or None)
            return made
        case Listed():
            return docxtpl.Listing(value.text)
        case Photo():
            size = {name: each and Mm(each) for name, each in (("width", value.width), ("height", value.height))}
            return docxtpl.InlineImage(engine, io.BytesIO(PICTURE), **size, anchor=value.link or None)
    return value


def _rich_text(engine: docxtpl.DocxTemplate, text: Rich) -> docxtpl.RichText:
    """Return a formatted text as docxtpl's."""
    made = docxtpl.RichText()
    for piece in text.pieces:
        link = {"url_id": engine.build_url_id(piece.url)} if piece.url else {}
        made.add(piece.text, **piece.props, **link)
    return made
