"""The search for leaks finds what was planted, in every kind of file; what is masked or merely alike is no leak."""

from __future__ import annotations

import base64
import gzip
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from leaks import leaks
from office import Office

NAME, SHORT, NUMBER = "欧阳·某某", "甲某", "11010519491231002X"
SECRETS = (NAME, SHORT, NUMBER)


def paper(*runs: str) -> bytes:
    """Return a document whose one paragraph is made of runs."""
    made, stream = docx.Document(), io.BytesIO()
    paragraph = made.add_paragraph()
    for run in runs:
        paragraph.add_run(run).bold = bool(run)
    made.save(stream)
    return stream.getvalue()


def table(*cells: str) -> bytes:
    """Return a workbook with cells side by side, on a hidden sheet."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.create_sheet("藏").append(cells)
    made["藏"].sheet_state = "hidden"
    made.save(stream)
    return stream.getvalue()


def archive(name: str, data: bytes, comment: bytes = b"") -> bytes:
    """Return an archive with one file in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
        made.comment = comment
    return stream.getvalue()


def database(folder: Path, value: object) -> bytes:
    """Return a database with a table that holds a value."""
    path = folder / "made.sqlite"
    with sqlite3.connect(path) as made:
        made.execute('CREATE TABLE "一张 表" (id INTEGER, "内容")')
        made.execute('INSERT INTO "一张 表" VALUES (1, ?)', (value,))
    made.close()
    data = path.read_bytes()
    path.unlink()
    return data


def found(folder: Path, data: bytes, name: str = "文件.bin", secrets: tuple[str, ...] = SECRETS) -> list[str]:
    """Return the leaks of a folder with one file in it."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return leaks(folder, secrets)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("secret", SECRETS)
def test_texts_in_every_coding(tmp_path: Path, coding: str, secret: str) -> None:
    """Logs and lists, with or without a mark of their coding."""
    told = found(tmp_path / "出", f"第一行\r\n经办：{secret}，已核\r\n".encode(coding))
    assert told == [f"文件.bin：{secret}"]


@pytest.mark.parametrize(
    "text",
    [
        "110105 19491231 002X",
        "110105-1949-1231-002x",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "证号11010519491231002X.",
        "a11010519491231002Xb",
    ],
)
def test_numbers_however_they_are_grouped(tmp_path: Path, text: str) -> None:
    """With separators, in full-width digits, in the middle of a word, with a small x."""
    assert found(tmp_path / "出", text.encode()) == [f"文件.bin：{NUMBER}"]


@pytest.mark.parametrize("text", ["甲　某", "甲 某", "甲\u00a0某"])
def test_names_laid_out_with_a_blank(tmp_path: Path, text: str) -> None:
    """Papers put a blank into names of two characters."""
    assert len(found(tmp_path / "出", f"经办 {text}".encode())) == 1


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(SHORT),
        "&#30002;&#x67D0;",
        "%E7%94%B2%E6%9F%90",
        "<p>甲<b>某</b></p>",
        "<w:p><w:t>甲</w:t></w:r><w:r><w:t>某</w:t></w:p>",
    ],
)
def test_escapes_and_markup_hide_nothing(tmp_path: Path, text: str) -> None:
    """JSON, XML and addresses write characters by number; runs cut a name apart."""
    assert len(found(tmp_path / "出", text.encode())) == 1


@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("secret", [NAME, NUMBER])
def test_base64_hides_nothing(tmp_path: Path, shift: int, secret: str) -> None:
    """Wherever the secret begins in it, and where its lines are folded."""
    coded = base64.encodebytes(b"x" * (50 + shift) + secret.encode() + b"y" * 50)
    assert found(tmp_path / "出", coded) == [f"文件.bin：{secret}（Base64）"]


def test_names_of_files_and_folders(tmp_path: Path) -> None:
    """A file called by a secret, a folder, and a file in an archive."""
    folder = tmp_path / "出" / SHORT
    folder.mkdir(parents=True)
    (folder / f"{NUMBER}.lrmx").touch()
    (folder / "包.zip").write_bytes(archive(f"{SHORT}/1.txt", b""))
    assert leaks(tmp_path / "出", SECRETS) == sorted(
        [
            f"{SHORT}（名称）：{SHORT}",
            f"{SHORT}/{NUMBER}.lrmx（名称）：{NUMBER}",
            f"{SHORT}/包.zip › {SHORT}/1.txt（名称）：{SHORT}",
        ]
    )


def test_documents_and_workbooks(tmp_path: Path) -> None:
    """A name cut into runs, a number on a hidden sheet, a remark in an archive's comment."""
    assert "word/document.xml：甲某" in found(tmp_path / "一", paper("甲", "某", "同志"))[0]
    assert f"xl/worksheets/sheet2.xml：{NUMBER}" in found(tmp_path / "二", table("x", NUMBER))[0]
    assert found(tmp_path / "三", archive("a.txt", b"", SHORT.encode())) == [f"文件.bin（备注）：{SHORT}"]


def test_packages_in_packages(tmp_path: Path) -> None:
    """A document in an archive in an archive, and one that is packed by gzip."""
    assert len(found(tmp_path / "一", archive("外.zip", archive("内.docx", paper(NAME))))) == 1
    assert len(found(tmp_path / "二", gzip.compress(archive("内.xlsx", table(NUMBER))))) == 1


def test_the_same_part_is_named_wherever_it_is(tmp_path: Path) -> None:
    """Parts that archives share are looked into once, unless there is something in them."""
    for name in ("一.zip", "二.zip"):
        (tmp_path / name).write_bytes(archive("a.txt", NUMBER.encode()))
    assert leaks(tmp_path, SECRETS) == [f"一.zip › a.txt：{NUMBER}", f"二.zip › a.txt：{NUMBER}"]


@pytest.mark.parametrize("value", [SHORT, f"证号{NUMBER}", NAME.encode("gbk"), paper(SHORT), 1])
def test_databases(tmp_path: Path, value: object) -> None:
    """A text, bytes in another coding and a whole document in a cell; a number that is no secret is none."""
    told = found(tmp_path / "出", database(tmp_path, value), "台账.db")
    assert any("一张 表.内容" in one for one in told) is (value != 1)


def test_rows_deleted_from_a_database_are_still_in_the_file(tmp_path: Path) -> None:
    """What was deleted stays on its page until it is written over."""
    (tmp_path / "出").mkdir()
    with sqlite3.connect(tmp_path / "出" / "台账.db") as made:
        made.execute("PRAGMA secure_delete = OFF")
        made.execute("CREATE TABLE 表 (内容)")
        made.execute("INSERT INTO 表 VALUES (?)", (NUMBER,))
        made.commit()
        made.execute("DELETE FROM 表")
    made.close()
    assert leaks(tmp_path / "出", SECRETS) == [f"台账.db：{NUMBER}"]


@pytest.mark.render
def test_pdf(office: Office, tmp_path: Path) -> None:
    """What a page shows is found, though the file is compressed."""
    (tmp_path / "源").mkdir()
    (tmp_path / "源" / "甲.docx").write_bytes(paper(f"身份证号 {NUMBER}"))
    office.convert(tmp_path / "源" / "甲.docx", "pdf", tmp_path / "出")
    assert f"甲.pdf › pdf：{NUMBER}" in leaks(tmp_path / "出", SECRETS)


@pytest.mark.parametrize(
    "data",
    [
        "甲、某单位".encode(),
        "证号110*************2X，文号20201231001".encode(),
        b"11010519491231003X 1101051949123100",
        paper("甲", "", "、某"),
        table("甲", "某"),
        bytes(range(256)) * 64,
        b"",
    ],
    ids=["alike", "masked", "another", "runs", "cells", "bytes", "empty"],
)
def test_what_is_no_leak(tmp_path: Path, data: bytes) -> None:
    """A masked or another number, characters that do not stand together, and bytes that mean nothing."""
    assert found(tmp_path / "出", data) == []


def test_what_is_left_out(tmp_path: Path) -> None:
    """The inspection's own folder holds all of it, as it must."""
    for name in ("考察", "文书"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "甲.txt").write_text(NUMBER, encoding="utf-8")
    assert leaks(tmp_path, SECRETS, exclude=[tmp_path / "考察"]) == [f"文书/甲.txt：{NUMBER}"]
    assert leaks(tmp_path, ()) == []
