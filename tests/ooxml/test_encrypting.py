"""Files locked with a password: what opens them, what does not, and what cannot be locked."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from random import Random

import docx
import openpyxl
import pytest

from office import Office
from pbreports.errors import PbreportsError
from pbreports.ooxml.encrypting import decrypted, encrypted, weakness

SESAME = "考察2020 Pass!"
TEXT = "甲某同志考察材料"


def paper() -> bytes:
    """Return a document with a text."""
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph(TEXT)
    made.save(stream)
    return stream.getvalue()


def table() -> bytes:
    """Return a workbook with the same text."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = TEXT
    made.save(stream)
    return stream.getvalue()


def package_of(size: int) -> bytes:
    """Return the smallest thing that is taken for a package, filled up to a size."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("filling", b"")
    room = size - len(stream.getvalue())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("filling", Random(size).randbytes(room))
    assert len(stream.getvalue()) == size
    return stream.getvalue()


@pytest.mark.parametrize("make", [paper, table])
def test_what_was_locked_comes_out_whole(make) -> None:
    """The right password gives back the same bytes; nothing of the text or of the package shows in between."""
    data = make()
    locked = encrypted(data, SESAME)
    assert not zipfile.is_zipfile(io.BytesIO(locked))
    assert TEXT.encode() not in locked
    assert TEXT.encode("utf-16-le") not in locked
    assert decrypted(locked, SESAME) == data


@pytest.mark.parametrize("wrong", ["考察2020 Pass", "考察2020 pass!", "VelvetSweatshop", "x"])
def test_another_password_opens_nothing(wrong: str) -> None:
    """A password that is nearly right, or the one Excel tries by itself, is refused with a sentence."""
    with pytest.raises(PbreportsError, match="用这个密码打不开"):
        decrypted(encrypted(paper(), SESAME), wrong)


def test_a_changed_file_is_not_opened() -> None:
    """A file in which one byte was changed does not come out as something else."""
    locked = bytearray(encrypted(paper(), SESAME))
    locked[len(locked) // 2] ^= 1
    with pytest.raises(PbreportsError, match="打不开"):
        decrypted(bytes(locked), SESAME)


def test_the_same_file_is_locked_otherwise_every_time() -> None:
    """Nobody can see from two locked files that the same stands in them."""
    assert encrypted(table(), SESAME) != encrypted(table(), SESAME)


@pytest.mark.parametrize("size", [4096, 4097, 4607, 4608, 65535, 65536, 65537, 70_000, 7_000_000])
def test_files_of_every_size_come_out_whole(size: int) -> None:
    """Around the places where the container that holds them needs one more sector, and its table one more."""
    data = package_of(size)
    assert decrypted(encrypted(data, SESAME), SESAME) == data


@pytest.mark.parametrize(
    "data", [b"", b"text", package_of(500), package_of(3999)], ids=["empty", "text", "tiny", "small"]
)
def test_what_would_not_open_again_is_not_written(data: bytes) -> None:
    """What is no package is refused, and so is one so small that the library would make a file nobody can open."""
    with pytest.raises(PbreportsError, match="加不了密码"):
        encrypted(data, SESAME)


def test_a_locked_file_is_not_locked_twice() -> None:
    """It would ask for two passwords, which Word and Excel do not."""
    with pytest.raises(PbreportsError, match="还没有加密"):
        encrypted(encrypted(table(), SESAME), SESAME)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "空的"),
        ("   ", "空的"),
        ("x" * 256, "超过255"),
        ("12345678\r", "看不见"),
        ("1234\ud800", "看不见"),
        ("1234\u200b5678", "看不见"),
    ],
)
def test_passwords_that_word_would_not_take_are_refused(password: str, said: str) -> None:
    """An empty one, one that is too long, one with marks that nobody can type again."""
    with pytest.raises(PbreportsError, match=said):
        encrypted(paper(), password)
    with pytest.raises(PbreportsError, match=said):
        decrypted(b"", password)


@pytest.mark.parametrize(
    ("password", "said"), [("1234567", "只有7个字符"), (" 12345678", "空格"), ("12345678 ", "空格"), ("12345678", None)]
)
def test_a_weak_password_is_said(password: str, said: str | None) -> None:
    """Fewer than eight characters, or a blank at an end that a variable of the system brought along."""
    told = weakness(password)
    assert told is None if said is None else said in (told or "")


def test_without_the_library_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install, and how where there is no network."""
    monkeypatch.setitem(sys.modules, "msoffcrypto.format", None)
    with pytest.raises(PbreportsError, match=r"pbreports\[encrypt\].*不能上网"):
        encrypted(paper(), SESAME)


@pytest.mark.render
def test_libreoffice_opens_a_locked_paper_with_its_password_alone(office: Office, tmp_path: Path) -> None:
    """A document opens with the password and shows its text; with another or none it stays shut."""
    source = tmp_path / "甲.docx"
    source.write_bytes(encrypted(paper(), SESAME))
    opened = office.opened(source, SESAME, tmp_path / "开")
    assert opened is not None
    assert [one.text for one in docx.Document(str(opened)).paragraphs] == [TEXT]
    assert office.opened(source, "别的密码", tmp_path / "错") is None
    assert office.opened(source, "", tmp_path / "无") is None


@pytest.mark.render
def test_libreoffice_opens_a_locked_workbook_with_its_password_alone(office: Office, tmp_path: Path) -> None:
    """The same holds for a workbook."""
    source = tmp_path / "测评.xlsx"
    source.write_bytes(encrypted(table(), SESAME))
    opened = office.opened(source, SESAME, tmp_path / "开")
    assert opened is not None
    assert openpyxl.load_workbook(opened).active["A1"].value == TEXT
    assert office.opened(source, "别的密码", tmp_path / "错") is None
    assert office.opened(source, "", tmp_path / "无") is None
