"""Tests of looking into archives that schools pack, or that are meant to do harm."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from ooxml.test_package import SOUND, archive, bad_checksum, locked
from pbreports.errors import WorkbookError
from pbreports.ooxml.archive import Packed, decoded_name, is_archive, packed_bytes, unpacked
from pbreports.ooxml.limits import LIMITS, Limits


def names(found: Sequence[Packed]) -> list[str]:
    """Return where each file of an archive lies."""
    return ["/".join(one.names) for one in found]


def codes(found: Sequence[Packed]) -> list[str]:
    """Return the fault of each file, empty where there is none."""
    return [one.fault.code if one.fault else "" for one in found]


def packed_on_windows(name: str, data: bytes) -> bytes:
    """Return an archive as Chinese Windows writes it: the name in GBK, and no word about that."""
    raw = name.encode("gbk")
    return archive(("x" * len(raw), data)).replace(b"x" * len(raw), raw)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (archive(("甲.xlsx", SOUND)), True),
        (archive(("xl/workbook.xml", b"")), True),
        (SOUND, False),
        (archive(("[content_types].XML", b""), ("a", b"")), False),
        (archive(("a", b""), ("[Content_Types].xml", b"")), False),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), False),
        (b"Rar!\x1a\x07", False),
        (SOUND[:200], False),
    ],
)
def test_an_archive_of_files_is_told_from_an_office_file(data: bytes, expected: bool) -> None:  # noqa: FBT001
    """What lies in it decides, whatever it is called: a workbook is a ZIP too."""
    assert is_archive(data) is expected


def test_names_in_gbk_are_read() -> None:
    """A name that is not marked as UTF-8 is GBK; one from a Mac is UTF-8 without the mark."""
    assert names([*unpacked(packed_on_windows("联通小学报送簿.xlsx", b"1"), "包.zip")]) == ["联通小学报送簿.xlsx"]
    assert names([*unpacked(archive(("实验小学.xlsx", b"1")), "包.zip")]) == ["实验小学.xlsx"]
    assert decoded_name("实验小学".encode()) == "实验小学"
    assert decoded_name(b"\xff\xff") == "��"


def test_archives_inside_archives_are_read_to_a_depth() -> None:
    """Two levels are read; what lies deeper is named with its remedy, and its neighbours are read."""
    third = archive(("丙.xlsx", b"3"))
    second = archive(("乙.xlsx", b"2"), ("更深.zip", third))
    found = [*unpacked(archive(("甲.xlsx", b"1"), ("里面.zip", second)), "包.zip")]
    assert names(found) == ["甲.xlsx", "里面.zip/乙.xlsx", "里面.zip/更深.zip"]
    assert codes(found) == ["", "", "F-06"]
    assert [one.data for one in found[:2]] == [b"1", b"2"]


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (locked(archive(("甲.xlsx", b"1"), ("乙.xlsx", b"2"))), LIMITS, "F-09"),
        (archive(("甲.xlsx", b"1"), ("乙.xlsx", b"2")), Limits(archive_files=1), "F-10"),
        (archive(("甲.xlsx", bytes(2000))), Limits(archive_unpacked=1000), "F-10"),
    ],
)
def test_an_archive_that_is_refused_is_one_file(data: bytes, limits: Limits, code: str) -> None:
    """A locked or swollen archive is said once, not once for each file in it."""
    found = [*unpacked(data, "包.zip", limits)]
    assert codes(found) == [code]
    assert found[0].fault is not None
    assert str(found[0].fault).startswith("包.zip：压缩包")
    assert found[0].fault.remedy


def test_what_is_inside_counts_together() -> None:
    """Many small archives in one are bounded as one: what each holds counts against what all may hold."""
    inner = archive(("甲.xlsx", bytes(600)))
    data = archive(("一.zip", inner), ("二.zip", inner), ("三.xlsx", b""))
    found = [*unpacked(data, "包.zip", Limits(archive_unpacked=1300))]
    assert codes(found) == ["", "F-10", ""]
    assert names(found)[1:] == ["二.zip", "三.xlsx"]


def test_a_damaged_file_costs_only_itself() -> None:
    """Its neighbours in the archive are read."""
    data = archive(("甲.txt", b"abcdef"), ("乙.txt", b"12345"), method=zipfile.ZIP_STORED)
    found = [*unpacked(data.replace(b"abcdef", b"abcdeX"), "包.zip")]
    assert codes(found) == ["F-07", ""]
    assert found[1].data == b"12345"


def test_no_more_of_a_file_is_unpacked_than_is_read() -> None:
    """A file that is too large comes cut, one byte longer than the limit, so that it is refused later."""
    found = [*unpacked(archive(("甲.xlsx", bytes(9000))), "包.zip", Limits(file_size=100))]
    assert len(found[0].data) == 101


def test_a_file_is_found_again_by_its_place(tmp_path: Path) -> None:
    """Files of one name are told apart, and one in an archive in an archive is found."""
    inner = archive(("夹/", b""), ("乙.xlsx", b"3"))
    data = archive(("a.xlsx", b"1"), ("b.xlsx", b"2"), ("里面.zip", inner)).replace(b"b.xlsx", b"a.xlsx")
    path = tmp_path / "包.zip"
    path.write_bytes(data)
    found = [*unpacked(data, "包.zip")]
    assert names(found) == ["a.xlsx", "a.xlsx", "里面.zip/乙.xlsx"]
    assert [packed_bytes(path, one.places, "包.zip") for one in found] == [b"1", b"2", b"3"]
    with pytest.raises(WorkbookError) as caught:
        packed_bytes(path, (7,), "包.zip")
    assert caught.value.code == "F-07"


def test_an_office_file_in_an_archive_is_not_looked_into() -> None:
    """A workbook is handed on whole, damaged or not."""
    found = [*unpacked(archive(("甲.xlsx", SOUND), ("乙.xlsx", bad_checksum())), "包.zip")]
    assert [one.data for one in found] == [SOUND, bad_checksum()]
