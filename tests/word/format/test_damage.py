"""Whatever a file holds, the checker answers: with faults, or with one sentence why it cannot read it."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pbreports.errors import TemplateError
from pbreports.scheme.profile import load_profile
from pbreports.word.format import check_format
from pbreports.word.shipped import make_template
from word.format.right import general, letter

GARBAGE = ("", "0", "-1", "abc", "1e9", "99999999999999999999", "auto", "２", "\u202e", "nan", "inf", "0x10", "none")


@cache
def papers() -> tuple[dict[str, bytes], ...]:
    """Return the parts of papers of several makers."""
    plain = io.BytesIO()
    document = docx.Document()
    document.add_heading("标题", 0)
    document.add_paragraph("一段文字。", style="List Number")
    document.add_table(2, 2).cell(0, 0).text = "格"
    document.save(plain)
    made = (general().docx(), letter().docx(), make_template("通用"), plain.getvalue())
    return tuple(_unpacked(data) for data in made)


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def answered(data: bytes) -> None:
    """Check a file; faults are whole sentences, and nothing but one sentence stops it."""
    try:
        said = [one.message for one in check_format(data, load_profile(), "某文件.docx")]
    except TemplateError as error:
        said = [str(error)]
    assert all(one.endswith("。") for one in said)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_trees_with_pieces_missing_or_nonsense_in_them(data: st.DataObject) -> None:
    """Elements taken out, doubled or moved, and attributes that hold nonsense."""
    parts = dict(data.draw(st.sampled_from(papers())))
    name = data.draw(st.sampled_from([name for name in parts if name.endswith((".xml", ".rels"))]))
    root = etree.fromstring(parts[name])
    nodes = [one for one in root.iter() if isinstance(one.tag, str)]
    for _ in range(data.draw(st.integers(1, 8))):
        one = data.draw(st.sampled_from(nodes))
        _spoil(one, data)
    parts[name] = etree.tostring(root)
    answered(_packed(parts))


def _spoil(one: etree._Element, data: st.DataObject) -> None:
    parent = one.getparent()
    what = data.draw(st.sampled_from(["attribute", "leave out", "double", "text", "name"]))
    if what == "attribute" and one.attrib:
        key = data.draw(st.sampled_from(sorted(str(key) for key in one.attrib)))
        garbage = data.draw(st.sampled_from(GARBAGE))
        one.set(key, garbage)
    elif what == "leave out" and parent is not None:
        parent.remove(one)
    elif what == "double" and parent is not None:
        parent.append(etree.fromstring(etree.tostring(one)))
    elif what == "text":
        one.text = data.draw(st.sampled_from(["〔", "附件：", "2020年", "一、", "抄送", "签发人", "\n", "1"]))
    elif what == "name":
        one.tag = data.draw(st.sampled_from(["x", "{urn:x}y", str(one.tag) + "z"]))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_parts_with_bytes_missing_or_changed(data: st.DataObject) -> None:
    """Parts cut off, with other bytes in them, or gone."""
    parts = dict(data.draw(st.sampled_from(papers())))
    name = data.draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    at = data.draw(st.integers(0, max(len(part) - 1, 0)))
    how = data.draw(st.sampled_from(["cut", "bytes", "gone", "empty"]))
    if how == "gone":
        del parts[name]
    else:
        parts[name] = {
            "cut": part[:at],
            "bytes": part[:at] + data.draw(st.binary(max_size=8)) + part[at + 4 :],
            "empty": b"",
        }[how]
    answered(_packed(parts))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"hello", general().docx()[:500], b"\xd0\xcf\x11\xe0" + bytes(600)], ids=range(5)
)
def test_what_is_no_document(data: bytes) -> None:
    """What is no Word document at all is said in one sentence."""
    with pytest.raises(TemplateError, match="某文件"):
        check_format(data, load_profile(), "某文件.docx")


def test_a_document_type_declaration() -> None:
    """A declaration that could pull in other files is refused."""
    parts = dict(papers()[0])
    parts["word/document.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts["word/document.xml"]
    with pytest.raises(TemplateError, match="文档类型声明"):
        check_format(_packed(parts), load_profile(), "某文件.docx")


def test_tables_within_tables_without_end() -> None:
    """Nesting beyond what Word knows is said, not a fault of ours."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60
    parts = {**papers()[0], "word/document.xml": f"<w:document {w}><w:body>{body}</w:body></w:document>".encode()}
    with pytest.raises(TemplateError, match="层次太深"):
        check_format(_packed(parts), load_profile(), "某文件.docx")
