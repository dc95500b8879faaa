"""Tags in the properties of a document."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from lxml import etree

from pbreports.ooxml.markup import RELATIONSHIPS
from pbreports.ooxml.write import Parts
from pbreports.tags.program import Fill
from pbreports.word.filling.properties import compile_properties
from word.filling.paper import faults, saved

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"


def package(**core: str) -> dict[str, bytes]:
    """Return a document with these core properties."""
    document = docx.Document()
    for name, text in core.items():
        setattr(document.core_properties, name, text)
    return dict(saved(document))


def with_custom(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    """Return the parts with a property of one's own."""
    custom = (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="文号">'
        f"<vt:lpwstr>{text}</vt:lpwstr></property></Properties>"
    )
    related = f'<Relationship Id="rIdC" Type="{_OFFICE}/relationships/custom-properties" Target="{CUSTOM}"/>'
    typed = f'<Override PartName="/{CUSTOM}" ContentType="{_KIND}"/>'
    rels, types = "_rels/.rels", "[Content_Types].xml"
    assert RELATIONSHIPS.encode() in parts[rels]
    return {
        **parts,
        CUSTOM: custom.encode(),
        rels: parts[rels].replace(b"</Relationships>", f"{related}</Relationships>".encode()),
        types: parts[types].replace(b"</Types>", f"{typed}</Types>".encode()),
    }


def filled(parts: Parts, **values: object) -> dict[str, bytes]:
    """Return the parts with their properties filled."""
    programs = {one.name: one.program for one in compile_properties(parts)}
    return {**parts, **{name: made.run(values, Fill()).encode() for name, made in programs.items() if made}}


def text_of(part: bytes, name: str) -> str | None:
    """Return the text of a property."""
    return etree.fromstring(part).findtext(f".//{{*}}{name}")


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("title", "title"),
        ("subject", "subject"),
        ("author", "creator"),
        ("keywords", "keywords"),
        ("comments", "description"),
        ("category", "category"),
        ("content_status", "contentStatus"),
        ("identifier", "identifier"),
        ("language", "language"),
    ],
)
def test_core_properties_are_filled(name: str, element: str) -> None:
    """Every text that Word's dialog of properties offers, and docxtpl's others."""
    done = filled(package(**{name: "{{ 年份 }}年{% if 年份 %}总结{% endif %}"}), 年份=2020)
    assert text_of(done[CORE], element) == "2020年总结"


def test_values_stand_as_they_are(tmp_path: Path) -> None:
    """Signs of XML are signs, what no file can hold is left out, braces of a value stay braces."""
    done = filled(package(title="{{ 甲 }}"), 甲='A & B <b> \x00{{ 乙 }} "引"')
    assert text_of(done[CORE], "title") == 'A & B <b> {{ 乙 }} "引"'
    assert faults(done, tmp_path) == []


def test_company_and_properties_of_ones_own_are_filled(tmp_path: Path) -> None:
    """These stand in parts of their own."""
    parts = with_custom(package(), "区教党〔{{ 年份 }}〕1号")
    parts[APP] = parts[APP].replace(b"<Company/>", b"<Company>{{ \xe5\x8d\x95\xe4\xbd\x8d }}</Company>")
    parts[APP] = parts[APP].replace(b"<vt:lpstr/>", "<vt:lpstr>{{ 年份 }}年总结</vt:lpstr>".encode())
    assert parts[APP].count(b"{{") == 2
    done = filled(parts, 年份=2020, 单位="区教育局")
    assert "2020年总结".encode() in done[APP]
    assert (text_of(done[APP], "Company"), text_of(done[CUSTOM], "lpwstr")) == ("区教育局", "区教党〔2020〕1号")
    assert faults(done, tmp_path) == []


def test_properties_without_tags_are_not_touched() -> None:
    """There is nothing to compile, and nothing to change."""
    assert compile_properties(package(title="总结")) == ()
    assert compile_properties({}) == ()


def test_mistakes_are_told_with_the_property() -> None:
    """All of them, each with what Word calls the property."""
    parts = with_custom(package(title="{{ 甲", keywords="{% if 乙 %}"), "{{ 丙 丁 }}")
    told = [str(problem) for one in compile_properties(parts) for problem in one.problems]
    assert [text.split("：")[0].split(" → ")[1] for text in told] == ["标题", "标记", "文号"]
