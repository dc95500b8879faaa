"""Tests of what is taken from 报送/: archives, odd names, marks of open files, files that cannot be opened."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from excel.binary import xlsb_of
from ooxml.test_package import SOUND, archive, locked
from pbreports.excel.edit import SetCells, edited
from pbreports.excel.reader import read_workbook
from pbreports.ledger import Ledger
from pbreports.pipeline.collecting import Collected, collect
from pbreports.pipeline.year import open_year
from pbreports.values import Finding
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year

PERIOD = "下半年"
NONE = ("一行一条", "小组季度")
LIBRARY = {
    "封面": [{"填报人": "甲"}],
    "一列一条": [{"小组代码": f"A01-{n}", "次数": Decimal(3)} for n in (1, 2)],
    "只填一份": [{"个数": Decimal(1)}],
}
STATION = {"封面": [{"填报人": "乙"}], "一列一条": [{"小组代码": "B02-1", "次数": Decimal(4)}]}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small year with its folder for submissions, empty; copied for each test."""
    year = make_small_year(tmp_path_factory.mktemp("small"))
    folder(year).mkdir(parents=True)
    return year.root


@pytest.fixture
def year(issued: Path, tmp_path: Path) -> SmallYear:
    """A small year, for one test to spoil."""
    return SmallYear(Path(shutil.copytree(issued, tmp_path / "年度")))


def folder(year: SmallYear) -> Path:
    """Return where the period's files are dropped."""
    return year.inputs / "报送" / PERIOD


def taken(year: SmallYear) -> Collected:
    """Return what a collection takes from the folder."""
    opened = open_year(open_workspace(year.root, 2031))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        period = opened.period(PERIOD)
        return collect(opened, ledger, period, period.end)


def bytes_of(year: SmallYear, unit: str = "B02") -> bytes:
    """Return a unit's workbook, filled in, leaving nothing in the folder."""
    path = year.send(unit, LIBRARY if unit == "A01" else STATION, PERIOD, "x.xlsx", NONE)
    data = path.read_bytes()
    path.unlink()
    return data


def stray(collected: Collected) -> list[tuple[str, str]]:
    """Return code and file of what was said of files without a unit."""
    return [(one.code, one.where.file) for one in collected.stray]


def files(collected: Collected) -> list[str]:
    """Return the file of each version taken in."""
    return [one.file for one in collected.versions]


def test_workbooks_in_archives_are_taken_in(year: SmallYear) -> None:
    """Each is known by its place in the archive; the journal keeps a copy of it, not of the archive."""
    data = bytes_of(year, "A01")
    inner = archive(("柳堤/报送簿.xlsx", bytes_of(year)), ("柳堤/Thumbs.db", b"x"), ("__MACOSX/._报送簿.xlsx", b"x"))
    (folder(year) / "东片.zip").write_bytes(archive(("一馆.xlsx", data), ("里面.zip", inner)))
    collected = taken(year)
    assert files(collected) == ["东片.zip/一馆.xlsx", "东片.zip/里面.zip/柳堤/报送簿.xlsx"]
    assert stray(collected) == []
    assert (collected.files, collected.read) == (2, 2)
    assert data in [path.read_bytes() for path in (year.outputs / "运行记录/收件").iterdir()]
    assert taken(year).read == 0


def test_a_workbook_loose_and_packed_is_one_version(year: SmallYear) -> None:
    """The same bytes are the same version, wherever they lie."""
    data = bytes_of(year)
    (folder(year) / "柳堤站.xlsx").write_bytes(data)
    twice = archive(("a.xlsx", data), ("b.xlsx", data), ("又一份.xlsx", data)).replace(b"b.xlsx", b"a.xlsx")
    (folder(year) / "包.zip").write_bytes(twice)
    collected = taken(year)
    assert [(one.unit, one.number) for one in collected.versions] == [("B02", 1)]
    assert collected.files == 3


def test_what_an_archive_replaced_still_counts(year: SmallYear) -> None:
    """A good version that came packed counts when the archive is gone and a faulty file has come."""
    (folder(year) / "包.zip").write_bytes(archive(("柳堤站.xlsx", bytes_of(year))))
    taken(year)
    (folder(year) / "包.zip").unlink()
    year.send(
        "B02", {"封面": [{"填报人": "乙"}], "一列一条": [{"小组代码": "B02-1", "次数": Decimal(99)}]}, PERIOD, none=NONE
    )
    collected = taken(year)
    assert [(one.number, one.counts) for one in collected.versions] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("坏.zip", archive(("甲.xlsx", SOUND))[:-30], ("F-07", "坏.zip")),
        ("锁.zip", locked(archive(("甲.xlsx", SOUND))), ("F-09", "锁.zip")),
        ("包.rar", b"Rar!\x1a\x07\x01\x00", ("F-06", "包.rar")),
        ("深.zip", archive(("二.zip", archive(("三.zip", archive(("甲", b"1")))))), ("F-06", "深.zip/二.zip/三.zip")),
        ("图.zip", archive(("照片/1.jpg", b"\xff\xd8\xff\xe0")), ("F-08", "图.zip/照片/1.jpg")),
        ("道.zip", archive(("..\\..\\C:/a.xlsx", b"\xff\xd8\xff\xe0")), ("F-08", "道.zip/C_/a.xlsx")),
        ("名\u202exslx.exe", b"MZ\x90\x00\x03", ("F-08", "名_xslx.exe")),
    ],
)
def test_what_nothing_can_be_taken_from_is_named(
    year: SmallYear, name: str, data: bytes, expected: tuple[str, str]
) -> None:
    """Each is one finding under a harmless name, and costs no neighbour."""
    (folder(year) / name).write_bytes(data)
    (folder(year) / "柳堤站.xlsx").write_bytes(bytes_of(year))
    collected = taken(year)
    assert stray(collected) == [expected]
    assert collected.stray[0].remedy
    assert files(collected) == ["柳堤站.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows and its names are Unicode")
def test_a_name_in_gbk_is_readable(year: SmallYear) -> None:
    """A file whose name was unpacked on Linux in the bytes of Chinese Windows is taken in and named."""
    raw = os.fsencode(folder(year)) + b"/" + "柳堤站".encode("gbk") + b".xlsx"
    Path(os.fsdecode(raw)).write_bytes(bytes_of(year))
    assert files(taken(year)) == ["柳堤站.xlsx"]


def test_marks_of_open_files_are_a_notice(year: SmallYear) -> None:
    """Somebody may still be typing: that is said, it is no error, and the file is read as it stands."""
    (folder(year) / "柳堤站.xlsx").write_bytes(bytes_of(year))
    for name in ("~$柳堤站.xlsx", ".~lock.一馆.ods#", "~WRL0003.tmp", "Thumbs.db", ".DS_Store"):
        (folder(year) / name).write_bytes(b"\x05user" * 30)
    collected = taken(year)
    assert [_said(one) for one in collected.stray] == [
        ("F-25", "~lock.一馆.ods#", "“一馆.ods”可能正开着，最近的改动也许还没有存盘。"),
        ("F-25", "~$柳堤站.xlsx", "“柳堤站.xlsx”可能正开着，最近的改动也许还没有存盘。"),
    ]
    assert not collected.must_be_mended
    assert (collected.files, files(collected)) == (1, ["柳堤站.xlsx"])


def _said(one: Finding) -> tuple[str, str, str]:
    return one.code, one.where.file, one.message


def test_scans_of_sealed_pages_are_no_workbooks(year: SmallYear) -> None:
    """The folder for scans is left to those who keep track of them."""
    (folder(year) / "盖章").mkdir()
    (folder(year) / "盖章/B02.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder(year) / "柳堤站.xlsx").write_bytes(bytes_of(year))
    collected = taken(year)
    assert (collected.files, stray(collected)) == (1, [])


def test_a_file_that_cannot_be_opened_costs_only_itself(year: SmallYear, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said, its neighbours are read, and what it held before still counts."""
    (folder(year) / "一馆.xlsx").write_bytes(bytes_of(year, "A01"))
    (folder(year) / "柳堤站.xlsx").write_bytes(bytes_of(year))
    assert len(taken(year).versions) == 2
    real = Path.read_bytes

    def held(path: Path) -> bytes:
        if path.name == "一馆.xlsx":
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    collected = taken(year)
    assert stray(collected) == [("F-16", "一馆.xlsx")]
    assert [(one.unit, one.counts) for one in collected.versions] == [("A01", True), ("B02", True)]
    monkeypatch.undo()
    assert stray(taken(year)) == []


def test_a_better_version_that_is_open_elsewhere_still_comes_last(
    year: SmallYear, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being open in another program is no going away: the version it replaced does not come back."""
    (folder(year) / "旧.xlsx").write_bytes(bytes_of(year, "A01"))
    taken(year)
    (folder(year) / "新.xlsx").write_bytes(edited(bytes_of(year, "A01"), [SetCells("00_封面", {"C6": "乙二"})]))
    before = [(one.number, one.file, one.counts) for one in taken(year).versions]
    real = Path.read_bytes

    def held(path: Path) -> bytes:
        if path.name == "新.xlsx":
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    assert [(one.number, one.file, one.counts) for one in taken(year).versions] == before
    assert before[-1] == (2, "新.xlsx", True)


def test_another_format_is_taken_in_by_its_contents(year: SmallYear) -> None:
    """A workbook saved as .xlsb and called .xlsx by mistake counts, with a notice."""
    (folder(year) / "柳堤站.xlsx").write_bytes(xlsb_of(read_workbook(bytes_of(year))))
    collected = taken(year)
    assert [(one.unit, one.counts) for one in collected.versions] == [("B02", True)]
    assert "F-19" in [one.code for one in collected.findings["B02"]]


def test_an_archive_that_changed_meanwhile_is_not_taken_for_another(year: SmallYear) -> None:
    """What is kept of a version is what was read, however the archive was packed anew."""
    path = folder(year) / "包.zip"
    path.write_bytes(archive(("柳堤站.xlsx", bytes_of(year)), method=zipfile.ZIP_STORED))
    first = taken(year)
    path.write_bytes(archive(("前面.txt", b""), ("柳堤站.xlsx", bytes_of(year))))
    again = taken(year)
    assert [one.number for one in again.versions] == [one.number for one in first.versions] == [1]
    assert stray(again) == [("F-01", "包.zip/前面.txt")]


def test_a_fault_of_ours_in_an_archive_costs_only_the_archive(year: SmallYear, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever looking into an archive stumbles over, the other files are taken in."""
    (folder(year) / "包.zip").write_bytes(archive(("甲.xlsx", SOUND)))
    (folder(year) / "柳堤站.xlsx").write_bytes(bytes_of(year))

    def stumble(*_: object) -> None:
        raise IndexError("甲.xlsx")

    monkeypatch.setattr("pbreports.pipeline.arrivals.unpacked", stumble)
    collected = taken(year)
    assert stray(collected) == [("F-18", "包.zip")]
    assert "IndexError" in collected.stray[0].message
    assert "甲" not in collected.stray[0].message
    assert files(collected) == ["柳堤站.xlsx"]
