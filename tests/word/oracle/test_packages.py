"""Templates in packages of other kinds: other encodings, names and types of parts, what other programs leave out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import docxtpl
import pytest

from ooxml.audit import audit
from pbreports.errors import TemplateError
from pbreports.word.template import compile_template
from word.oracle.engines import paper
from word.oracle.markup import NAMESPACES, p, package, tbl
from word.oracle.reading import stories_of

TEMPLATE = package(p("甲{{ n }}") + tbl(("{{ n }}",), columns=1), {"header-default": p("眉{{ n }}")})
READ = {"document": ("甲值&", "|值&|"), "header-default": ("眉值&",)}
Change = Callable[[str, bytes], bytes | None]


def changed(change: Change, *, renamed: tuple[str, str] = ("", "")) -> bytes:
    """Return the template with each part changed; ``None`` leaves it out. Names of parts may be written otherwise."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            if (data := change(name, source.read(name))) is not None:
                target.writestr(name.replace(*renamed), data)
    return stream.getvalue()


def filled(template: bytes) -> bytes:
    """Return the template filled."""
    return paper(compile_template(template, name="模板.docx"), {"n": "值&"})


def stories(change: Callable[[bytes], bytes]) -> Change:
    """Return a change of the body and of the header."""
    return lambda name, data: change(data) if name.endswith(("document.xml", "header-default.xml")) else data


def without(part: str) -> Change:
    """Return a change that leaves a part out, with its type and what refers to it."""
    entry = re.compile(rf'<(?:Override|Relationship) [^>]*{part}\.xml"[^>]*/>'.encode())
    return lambda name, data: None if name.endswith(f"{part}.xml") else entry.sub(b"", data)


def recoded(encoding: str) -> Change:
    """Return a change of encoding."""
    return stories(lambda data: data.decode().replace("UTF-8", encoding).encode(encoding))


CHANGES: dict[str, Change] = {
    "a byte order mark": stories(lambda data: b"\xef\xbb\xbf" + data),
    "two bytes a sign": recoded("UTF-16"),
    "a Chinese encoding": recoded("GB18030"),
    "no declaration": stories(lambda data: data.split(b"?>\n", 1)[1]),
    "lines of Windows": stories(lambda data: data.replace(b"><w:p", b">\r\n<w:p")),
    "remarks of XML": stories(lambda data: data.replace(b"<w:r>", b"<!-- {{ x }} --><w:r><?y {{ z }}?>")),
    "literal sections": stories(lambda data: data.replace(b"{{ n }}", b"<![CDATA[{{ n }}]]>")),
    "signs by number": stories(lambda data: data.replace(b"{{ n }}", b"&#123;&#x7b; n &#125;}")),
    "no styles": without("styles"),
    "no properties": without("core"),
    "absolute targets": lambda _, data: data.replace(b'Target="header', b'Target="/word/header'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_packages_of_other_kinds_are_filled(change: Change) -> None:
    """However a package is written, its stories are filled."""
    assert stories_of(filled(changed(change))) == READ


def test_parts_are_found_by_their_relationships() -> None:
    """The body need not be called document.xml."""
    other = changed(
        lambda _, data: data.replace(b"word/document.xml", b"word/body.xml"), renamed=("document.xml", "body.xml")
    )
    with zipfile.ZipFile(io.BytesIO(filled(other))) as archive:
        assert "值&amp;" in archive.read("word/body.xml").decode()


def test_what_a_library_has_written_is_filled(tmp_path: Path) -> None:
    """A document made with python-docx's own styles, header, list and table is filled, valid, and reads as docxtpl's."""
    document = docx.Document()
    document.add_heading("{{ title }}", 1)
    for text in ("{%p for x in rows %}", "{{ loop.index }}. {{ x.name }}", "{%p endfor %}"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(rows=0, cols=2, style="Light Grid Accent 1")
    for cells in (("{%tr for x in rows %}", ""), ("{{ x.name }}", "{{ x.age }}"), ("{%tr endfor %}", "")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    document.save(str(tmp_path / "template.docx"))
    values = {"title": "R&D", "rows": [{"name": "Ann", "age": 31}, {"name": "Bob", "age": 42}]}
    engine = docxtpl.DocxTemplate(tmp_path / "template.docx")
    engine.render(values, autoescape=True)
    engine.save(tmp_path / "theirs.docx")
    (tmp_path / "ours.docx").write_bytes(paper(compile_template(tmp_path / "template.docx"), values))
    ours, theirs = (stories_of((tmp_path / f"{name}.docx").read_bytes()) for name in ("ours", "theirs"))
    assert ours == theirs
    assert audit(tmp_path / "ours.docx") == []


def test_a_template_file_gives_a_document() -> None:
    """What is filled from a Word template (.dotx) is a document by its type."""
    filling = filled(changed(lambda _, data: data.replace(b"document.main+xml", b"template.main+xml")))
    assert stories_of(filling) == READ
    with zipfile.ZipFile(io.BytesIO(filling)) as archive:
        assert b"document.main+xml" in archive.read("[Content_Types].xml")


def test_other_prefixes_give_well_formed_parts() -> None:
    """A document whose elements bear another prefix than Word's is filled all the same."""

    def renamed(data: bytes) -> bytes:
        for mark in (b"<%s:", b"</%s:", b" %s:", b"xmlns:%s="):
            data = data.replace(mark % b"w", mark % b"ns0")
        return data

    assert stories_of(filled(changed(stories(renamed)))) == READ


def test_a_strict_document_is_filled_or_refused() -> None:
    """A document in the namespaces of ISO 29500 Strict is not passed through with its tags in it."""
    strict = changed(
        lambda _, data: data.replace(
            NAMESPACES["w"].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(NAMESPACES["r"].encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    )
    try:
        filling = filled(strict)
    except TemplateError:
        return
    with zipfile.ZipFile(io.BytesIO(filling)) as archive:
        assert "{{" not in archive.read("word/document.xml").decode()
