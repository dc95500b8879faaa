"""What is safe is put right in a copy, what a paper says stays, and faults are remarked on where they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import datetime

import pytest

from pbreports.scheme.profile import load_profile
from pbreports.word.format import paper_of
from pbreports.word.format.marking import marked
from pbreports.word.format.mending import all_faults, mended
from word.format.right import KINDS
from word.format.single_faults import CASES, Case

_SAFE = frozenset(
    {"W-01", "W-02", "W-05", "W-06", "W-07", "W-08", "W-09", "W-10", "W-11", "W-12", "W-13", "W-14", "W-22"}
)
"""What is put right whenever it is the only thing wrong."""
_MARKS = re.compile(r"[\s，。；：！？（）“”,;:!?()\"〔〕\[\]]")
_EXTRAS = (
    '<w:bookmarkStart w:id="901" w:name="_pb_五星数_1"/><w:r><w:t>38</w:t></w:r><w:bookmarkEnd w:id="901"/>'
    '<w:ins w:id="902" w:author="甲"><w:r><w:t>个,</w:t></w:r></w:ins>'
    '<w:del w:id="903" w:author="甲"><w:r><w:delText>旧文</w:delText></w:r></w:del>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>新的</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _text(data: bytes) -> str:
    return "".join(one.text for one in paper_of(data).paragraphs)


def _body(data: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()


def _with_body(data: bytes, body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_paper_is_left_as_it_is(kind: str) -> None:
    """Without a fault the copy is the very same file."""
    data = KINDS[kind]().docx()
    result = mended(data, load_profile())
    assert (result.data, result.done, result.left) == (data, (), ())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_only_what_is_said_to_be_left_is_found_again(case: Case) -> None:
    """Checking the copy finds just what was said to be left, less than before or the same, and the words stay."""
    paper = KINDS[case.kind]()
    case.spoil(paper)
    data, profile = paper.docx(), load_profile()
    before = all_faults(paper_of(data), profile)
    result = mended(data, profile)
    again = all_faults(paper_of(result.data), profile)
    assert [(one.code, one.place, one.found) for one in again] == [
        (one.code, one.place, one.found) for one in result.left
    ]
    assert not any(one.mendable for one in result.left)
    assert Counter(one.code for one in result.left) <= Counter(one.code for one in before)
    assert _MARKS.sub("", _text(result.data)) == _MARKS.sub("", _text(data))
    if case.code in _SAFE and all(one.mendable for one in before):
        assert not result.left, [str(one) for one in result.left]


def test_texts_are_put_right_around_links_changes_and_fields() -> None:
    """Half-width marks are mended across runs; bookmarks, tracked changes and fields stay, and so does what is deleted."""
    data = KINDS["公文"]().docx()
    body = _body(data)
    at = body.rindex("</w:r></w:p>", 0, body.index("附件：")) + len("</w:r>")
    spoilt = _with_body(data, body[:at] + _EXTRAS + body[at:])
    result = mended(spoilt, load_profile())
    after = _body(result.data)
    assert "个，" in after
    assert "个," not in after
    for kept in (
        'w:name="_pb_五星数_1"',
        "<w:delText>旧文</w:delText>",
        "<w:instrText>DATE</w:instrText>",
        'w:id="902"',
    ):
        assert kept in after
    assert after.count("bookmarkEnd") == body.count("bookmarkEnd") + 1


def test_two_elements_in_one_text_both_stay() -> None:
    """Where number and issuer stand in one text, mending the number leaves the issuer."""
    data = KINDS["公文"]().docx()
    paper = paper_of(data)
    number = next(one for one in paper.paragraphs if one.element.value == "发文字号").text
    wrong = number.replace("〔", "[").replace("〕", "]")
    spoilt = _with_body(data, _body(data).replace(number, f"{wrong}　　签发人：王某某"))
    result = mended(spoilt, load_profile())
    assert f"{number}　　签发人：王某某" in re.sub("<[^>]+>", "", _body(result.data))


def test_each_fault_is_remarked_on_in_a_copy() -> None:
    """The copy has a comment for each fault, at its paragraph, and reads the same."""
    paper = KINDS["公文"]()
    data = _with_body(paper.docx(), _body(paper.docx()).replace("。</w:t>", "，。</w:t>", 1))
    faults = all_faults(paper_of(data), load_profile())
    copy = marked(data, faults, datetime(2020, 12, 31))  # noqa: DTZ001 - the day that a run is told
    comments = zipfile.ZipFile(io.BytesIO(copy)).read("word/comments.xml").decode()
    assert len(faults) == comments.count("<w:comment ") > 0
    assert all(f"{one.severity.value} {one.code}：" in comments for one in faults)
    assert _text(copy) == _text(data)
    body = _body(copy)
    for paragraph in re.findall(r"<w:p[ >].*?</w:p>", body, re.DOTALL):
        if "commentReference" in paragraph:
            assert "，。" in paragraph
