"""A form is read whatever wrote it, and rewritten without losing a byte of what was not changed."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadre.forms import FATHER, JPEG, TEXTS, WIFE, Written, documents, item, lrmx, photographed
from pbreports.cadre.elements import ELEMENTS, FAMILY, PHOTO, FormError, Relative
from pbreports.cadre.lrmx import read_lrmx, write_lrmx
from pbreports.cadre.spans import MOST_BYTES

FILE = "考察/张三.lrmx"
TEXT_NAMES = [one.name for one in ELEMENTS if one.name not in {FAMILY, PHOTO}]


def test_every_element_is_read() -> None:
    """The texts, relatives and photo of a form as the editor writes it."""
    form = read_lrmx(lrmx(photographed(), (WIFE, FATHER)).encode(), FILE)
    assert {name: form.get(name) for name in TEXTS} == TEXTS
    assert form.relatives == (WIFE, FATHER)
    assert form.photo == JPEG
    assert form.others == {}


def test_blanks_are_nothing() -> None:
    """An element filled with a line and spaces is empty; rows kept ready for relatives are none."""
    form = read_lrmx(lrmx({}, (WIFE, Relative(), Relative())).encode(), FILE)
    assert form.values["JiGuan"] == ""
    assert form.relatives == (WIFE,)
    assert form.photo is None


def test_foreign_elements_are_told() -> None:
    """What the form does not know is kept apart, not lost."""
    form = read_lrmx(lrmx(tail="  <ZhengZhiMianMao>中共党员</ZhengZhiMianMao>").encode(), FILE)
    assert form.others == {"ZhengZhiMianMao": "中共党员"}


@pytest.mark.parametrize(
    ("codec", "mark", "declared"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8"),
        ("gbk", b"", "GB2312"),
        ("gbk", b"", "gbk"),
        ("gb18030", b"", "GB18030"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
    ],
)
def test_every_encoding_is_read_and_kept(codec: str, mark: bytes, declared: str) -> None:
    """A file stays in its encoding, with or without its mark."""
    text = lrmx({}, (WIFE,), end="\r\n").replace('"utf-8"', f'"{declared}"')
    form = read_lrmx(mark + text.encode(codec), FILE)
    assert form.get("XingMing") == "张三"
    written = write_lrmx(form, {"XingMing": "张叁"})
    assert written == mark + text.replace("张三", "张叁").encode(codec)


def test_a_character_that_the_encoding_lacks_becomes_a_reference() -> None:
    """A rare character in a GBK file is written so that every program reads it."""
    form = read_lrmx(lrmx().replace('"utf-8"', '"gb2312"').encode("gbk"), FILE)
    written = write_lrmx(form, {"XingMing": "张𠮷"})
    assert b"&#134071;" in written
    assert read_lrmx(written, FILE).get("XingMing") == "张𠮷"


def test_the_photo_may_be_wrapped_or_prefixed() -> None:
    """Line breaks and a data-URI's front do not hinder the picture; what is no Base64 is told."""
    packed = base64.encodebytes(JPEG * 9).decode()
    assert read_lrmx(lrmx({PHOTO: packed}).encode(), FILE).photo == JPEG * 9
    assert read_lrmx(lrmx({PHOTO: "data:image/jpeg;base64," + packed}).encode(), FILE).photo == JPEG * 9
    assert read_lrmx(lrmx({PHOTO: photographed()[PHOTO].rstrip("=")}).encode(), FILE).photo == JPEG
    damaged = read_lrmx(lrmx({PHOTO: "照片"}).encode(), FILE)
    assert (damaged.photo, damaged.damaged_photo) == (None, True)
    assert not read_lrmx(write_lrmx(damaged, {PHOTO: None}), FILE).damaged_photo


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_they_did(end: str) -> None:
    """A changed resume parts its lines as the file does, also where a writer spelt the return as a reference."""
    form = read_lrmx(lrmx(end=end).encode(), FILE)
    assert f"甲{end}乙".encode() in write_lrmx(form, {"JianLi": "甲\n乙"})
    mixed = read_lrmx(lrmx(end="\r\n").replace("学习\r\n", "学习\n").encode(), FILE)
    assert "甲\n乙".encode() in write_lrmx(mixed, {"JianLi": "甲\n乙"})
    spelt = read_lrmx(lrmx({"JianLi": "一&#xD;\n二"}).encode(), FILE)
    assert spelt.get("JianLi") == "一\n二"
    assert "甲&#xD;\n乙".encode() in write_lrmx(spelt, {"JianLi": "甲\r\n乙"})


def test_forbidden_characters_are_left_out() -> None:
    """A control character from a cell cannot spoil the file."""
    form = read_lrmx(lrmx().encode(), FILE)
    assert read_lrmx(write_lrmx(form, {"JiGuan": "山东\x0b乐陵\x00\ud800"}), FILE).get("JiGuan") == "山东乐陵"


def test_elements_of_2025_come_on_request_and_at_their_places() -> None:
    """A form of the old kind gets the two new elements only when they are named, blank or not."""
    form = read_lrmx(lrmx(end="\r\n").encode(), FILE)
    assert write_lrmx(form, {"XingMing": "张三"}) == form.source
    written = write_lrmx(form, {"DaoLingNianYue": "203808", "GaiGeQianRenZhiNianLingJieXian": ""}).decode()
    assert "</CanJiaGongZuoShiJian>\r\n  <DaoLingNianYue>203808</DaoLingNianYue>\r\n  <JianKang" in written
    assert "</ChengBaoDanWei>\r\n  <GaiGeQianRenZhiNianLingJieXian></Gai" in written
    again = read_lrmx(written.encode(), FILE)
    assert again.revised
    assert not form.revised


def test_one_field_of_a_relative_changes_alone() -> None:
    """When the same relatives stay, only the differing text changes."""
    form = read_lrmx(lrmx({}, (WIFE, FATHER)).encode(), FILE)
    changed = write_lrmx(form, {FAMILY: (replace(WIFE, post="某中学教师"), FATHER)})
    assert changed == form.source.replace("某小学教师</Gong".encode(), "某中学教师</Gong".encode())


def test_a_relative_who_stays_keeps_what_is_foreign_in_the_row() -> None:
    """A new row is put in before; the old one keeps its unknown element, and rows kept ready stay as many."""
    rows = item(WIFE).replace("</Item>", "<BeiZhu>留</BeiZhu></Item>") + "\n<!-- 注 -->" + item(Relative()) * 3
    text = lrmx().replace("<JiaTingChengYuan>", "<JiaTingChengYuan>" + rows)
    form = read_lrmx(text.encode(), FILE)
    written = write_lrmx(form, {FAMILY: (FATHER, WIFE)})
    again = read_lrmx(written, FILE)
    assert again.relatives == (FATHER, WIFE)
    assert written.count(b"<Item>") == 4
    assert "<BeiZhu>留</BeiZhu>".encode() in written
    assert "<!-- 注 -->".encode() in written
    assert written.index("张大".encode()) < written.index("李四".encode()) < written.index(b"<BeiZhu>")


def test_two_rows_of_one_name_stay_two() -> None:
    """Rows that look alike each keep what is foreign in them when another comes before."""
    rows = "".join(item(FATHER).replace("</Item>", f"<BeiZhu>{one}</BeiZhu></Item>") for one in "甲乙")
    form = read_lrmx(lrmx().replace("<JiaTingChengYuan>", "<JiaTingChengYuan>" + rows).encode(), FILE)
    written = write_lrmx(form, {FAMILY: (WIFE, FATHER, FATHER)})
    assert re.findall("<BeiZhu>(.)</BeiZhu>", written.decode()) == ["甲", "乙"]


def test_a_row_that_lacks_a_field_gets_it() -> None:
    """Some writers leave blank fields of a relative out."""
    row = item(replace(FATHER, born="")).replace("<ChuShengRiQi></ChuShengRiQi>", "")
    form = read_lrmx(lrmx().replace("<JiaTingChengYuan>", "<JiaTingChengYuan>" + row).encode(), FILE)
    assert read_lrmx(write_lrmx(form, {FAMILY: (FATHER,)}), FILE).relatives == (FATHER,)


def test_relatives_are_put_where_there_were_none() -> None:
    """Rows come into an empty container, a closed one and a file without one."""
    for text in (lrmx(), re.sub(r"<JiaTing.*ChengYuan>", "<JiaTingChengYuan/>", lrmx(), flags=re.DOTALL), "<Person/>"):
        form = read_lrmx(text.encode(), FILE)
        assert read_lrmx(write_lrmx(form, {FAMILY: (WIFE,), "XingMing": "张三"}), FILE).relatives == (WIFE,)


def test_blank_lines_before_the_declaration_do_not_matter() -> None:
    """Templates leave them; the file keeps them."""
    text = "\r\n  " + lrmx().replace('"utf-8"', "'gbk'")
    form = read_lrmx(text.encode("gbk"), FILE)
    assert write_lrmx(form, {"XingMing": "张叁"}) == text.replace("张三", "张叁").encode("gbk")


def test_a_form_in_a_namespace_of_its_own_is_a_form() -> None:
    """Whatever the prefix; what is put in has it too."""
    form = read_lrmx('<f:Person xmlns:f="urn:f"><f:XingMing>张三</f:XingMing></f:Person>'.encode(), FILE)
    assert form.get("XingMing") == "张三"
    written = write_lrmx(form, {"XingBie": "男", FAMILY: (WIFE,)})
    assert "<f:XingBie>男</f:XingBie>" in written.decode()
    assert read_lrmx(written, FILE).relatives == (WIFE,)


def test_an_unknown_name_is_a_fault_of_ours() -> None:
    """Only elements of the form can be changed."""
    with pytest.raises(ValueError, match="XingBei"):
        write_lrmx(read_lrmx(lrmx().encode(), FILE), {"XingBei": "男"})


HEAD = '<?xml version="1.0"?>'
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
HOSTILE = {
    "document type": f"{HEAD}<!DOCTYPE Person><Person/>",
    "billion laughs": f'{HEAD}<!DOCTYPE Person [<!ENTITY l0 "哈">{LAUGHS}]><Person><XingMing>&l9;</XingMing></Person>',
    "external entity": f'{HEAD}<!DOCTYPE Person [<!ENTITY x SYSTEM "file:///etc/passwd">]><Person>&x;</Person>',
    "external subset": f'{HEAD}<!DOCTYPE Person SYSTEM "http://localhost/x.dtd"><Person/>',
    "undeclared entity": "<Person><XingMing>&x;</XingMing></Person>",
    "depth": "<Person>" + "<a>" * 100 + "</a>" * 100 + "</Person>",
    "many elements": "<Person>" + "<a/>" * 500_000 + "</Person>",
    "long text": "<Person><JianLi>" + "（其间" * 200_000 + "</JianLi></Person>",
    "other root": "<Persons><Person/></Persons>",
    "twice": "<Person><XingMing>张三</XingMing><XingMing>李四</XingMing></Person>",
    "cut off": "<Person><XingMing>张三</Xing",
    "no XML": "PK\x03\x04",
    "nothing": "",
    "unknown encoding": '<?xml version="1.0" encoding="rot13"?><Person/>',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_and_broken_files_are_refused(text: str) -> None:
    """Each ends in one Chinese sentence that names the file."""
    with pytest.raises(FormError, match=r"^考察/张三\.lrmx：.*。$"):
        read_lrmx(text.encode(), FILE)


def test_a_huge_file_is_refused_unread() -> None:
    """What is larger than any form is not even decoded."""
    with pytest.raises(FormError, match="兆"):
        read_lrmx(b"\xff" * (MOST_BYTES + 1), FILE)


def test_bytes_in_another_encoding_than_declared_are_refused() -> None:
    """GBK bytes under a declaration of UTF-8 are not guessed at."""
    with pytest.raises(FormError, match="编码"):
        read_lrmx(lrmx().encode("gbk"), FILE)


@given(documents())
def test_nothing_changed_is_the_same_file(document: Written) -> None:
    """Reading and writing gives the file's own bytes, and so does changing every text to what it is."""
    form = read_lrmx(document.data, FILE)
    assert write_lrmx(form, {}) == document.data
    same = {**form.values, FAMILY: form.relatives, PHOTO: form.photo}
    assert write_lrmx(form, same) == document.data


@given(documents(), st.data())
def test_damaged_bytes_are_a_form_or_a_sentence(document: Written, data: st.DataObject) -> None:
    """Cut off, overwritten or cut out anywhere: read, or refused naming the file; what is read can be rewritten."""
    start = data.draw(st.integers(0, len(document.data)))
    end = data.draw(st.integers(start, len(document.data)))
    damaged = document.data[:start] + data.draw(st.binary(max_size=8)) + document.data[end:]
    try:
        form = read_lrmx(damaged, FILE)
    except FormError:
        return
    assert write_lrmx(form, {}) == damaged
    assert read_lrmx(write_lrmx(form, {"XingMing": "张叁"}), FILE).get("XingMing") == "张叁"


_TEXT = st.text("甲乙 丙\n<>&]\"'𠮷", min_size=1, max_size=20).map(str.strip)
_CHANGES = st.dictionaries(st.sampled_from(TEXT_NAMES), _TEXT, max_size=4)


@given(documents(), _CHANGES, st.none() | st.lists(st.sampled_from([FATHER, WIFE]), unique=True, max_size=2))
def test_only_what_is_changed_differs(
    document: Written, texts: dict[str, str], relatives: list[Relative] | None
) -> None:
    """What is changed is read back, and every part of the document that was not changed still stands in it as it was."""
    form = read_lrmx(document.data, FILE)
    changes = texts | ({} if relatives is None else {FAMILY: tuple(relatives)})
    written = write_lrmx(form, changes)
    again = read_lrmx(written, FILE)
    blank = {name: "" for name, text in texts.items() if not text and name not in form.values}
    assert dict(again.values) | blank == {**form.values, **texts}
    assert again.relatives == (form.relatives if relatives is None else tuple(relatives))
    assert (again.photo, again.others, again.encoding, again.marked) == (
        form.photo,
        form.others,
        form.encoding,
        form.marked,
    )
    text = written.decode("utf-16" if form.encoding.startswith("utf-16") else form.encoding)
    assert all(part in text for name, part in document.parts if name not in changes)
