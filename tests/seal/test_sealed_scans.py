"""Scans of sealed pages: whose each is by its name, for which data, and what happens when these change."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePath

import pytest
from openpyxl import load_workbook

from excel.blanks import GOOD
from pbreports.ledger import Ledger
from pbreports.pipeline.collecting import Collected, collect
from pbreports.pipeline.sealing import Seal
from pbreports.pipeline.sealnames import Names
from pbreports.pipeline.year import open_year
from pbreports.scheme.roster import Unit, Units
from pbreports.values import Scalar
from pbreports.workspace import open_workspace
from small_year import SmallYear, make_small_year

PDF = b"%PDF-1.4\n%sealed"


@pytest.fixture
def year(tmp_path: Path) -> SmallYear:
    """Return the small year with its blanks issued."""
    return make_small_year(tmp_path)


def drop(year: SmallYear, name: str, data: bytes = PDF) -> Path:
    """Put a file into the folder of sealed pages."""
    path = year.inputs / "报送/下半年/盖章" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def collected(year: SmallYear, day: int = 1) -> Collected:
    """Return what has come in, on a day."""
    opened = open_year(open_workspace(year.root))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        return collect(opened, ledger, opened.period("下半年"), date(2032, 1, day))


def codes(got: Collected) -> list[str]:
    """Return the codes of what was found about the sealed pages."""
    return [one.code for one in got.all_findings() if one.code in ("F-16", "F-35", "F-36", "F-38")]


def changed(times: int) -> Mapping[str, Sequence[Mapping[str, Scalar]]]:
    """Return the library's answers with another number."""
    return {**GOOD, "小组季度": [{**row, "读书会": Decimal(times)} for row in GOOD["小组季度"]]}


def control(year: SmallYear, number: int) -> str:
    """Return the control code of the library's n-th version."""
    opened = open_year(open_workspace(year.root))
    with Ledger(opened.workspace.ledger, opened.scheme) as ledger:
        versions = collect(opened, ledger, opened.period("下半年"), date(2032, 1, 1)).versions
        return next(ledger.control(one.key) for one in versions if (one.unit, one.number) == ("A01", number))


def test_a_scan_is_no_workbook_and_is_noted_once(year: SmallYear) -> None:
    """A scan is not read as a submission; its first sight is kept, whatever it is called later."""
    year.send("A01", GOOD)
    scan = drop(year, "A01_签章页.pdf")
    got = collected(year)
    assert (got.files, got.seals.of("A01"), codes(got)) == (1, Seal.PRESENT, [])
    scan.rename(scan.with_name("一馆盖章.pdf"))
    later = collected(year, day=9)
    assert [one.first_seen for one in later.seals.scans] == [date(2032, 1, 1)]
    lines = (year.outputs / "运行记录/盖章.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["unit"] for line in lines] == ["A01"]


def test_a_change_after_the_seal_is_told_until_it_is_sealed_again(year: SmallYear) -> None:
    """A later version with other data makes the seal stale; a scan with its code, or the old version back, mends it."""
    first = year.send("A01", GOOD).read_bytes()
    drop(year, "A01.pdf")
    assert collected(year).seals.of("A01") is Seal.PRESENT
    year.send("A01", changed(2))
    got = collected(year)
    old, new = control(year, 1), control(year, 2)
    assert got.seals.of("A01") is Seal.STALE
    told = next(one for one in got.all_findings() if one.code == "F-36")
    assert (told.unit, old in told.message, new in told.message, old == new) == ("A01", True, True, False)
    drop(year, f"A01_{new}.jpg", b"\xff\xd8\xffagain")
    assert (collected(year).seals.of("A01"), codes(collected(year))) == (Seal.PRESENT, [])
    (year.inputs / f"报送/下半年/盖章/A01_{new}.jpg").unlink()
    (year.inputs / "报送/下半年" / year.blank("A01").name).write_bytes(first)
    assert collected(year).seals.of("A01") is Seal.PRESENT


def test_the_code_in_the_name_goes_before_the_day(year: SmallYear) -> None:
    """A scan of the first data that comes when the second already count is not taken for theirs."""
    year.send("A01", GOOD)
    collected(year)
    year.send("A01", changed(2))
    drop(year, f"A01_{control(year, 1)}.pdf")
    assert collected(year).seals.of("A01") is Seal.STALE


def test_a_scan_before_its_workbook_is_for_the_first_that_comes(year: SmallYear) -> None:
    """Paper may be faster than the file; once the file has come, a change is noticed all the same."""
    drop(year, "A01.pdf")
    year.send("B02", {})
    assert collected(year).seals.of("A01") is Seal.PRESENT
    year.send("A01", GOOD)
    assert collected(year, day=2).seals.of("A01") is Seal.PRESENT
    year.send("A01", changed(2))
    got = collected(year, day=3)
    assert got.seals.of("A01") is Seal.STALE
    assert [one.first_seen.day for one in got.seals.scans] == [1]


def test_what_is_no_scan_or_nobodys_is_said_once_each(year: SmallYear) -> None:
    """A workbook in the wrong folder is never lost without a word; a scan of nobody is asked about."""
    year.send("A01", GOOD)
    workbook = (year.inputs / "报送/下半年" / year.blank("A01").name).read_bytes()
    drop(year, "A01.xlsx", workbook)
    drop(year, "A01改名.pdf", workbook)
    drop(year, "空.pdf", b"")
    drop(year, "IMG_2031.jpg", b"\xff\xd8\xff")
    drop(year, "Thumbs.db", b"")
    drop(year, "~$A01.pdf", b"")
    got = collected(year)
    assert sorted(codes(got)) == ["F-35", "F-38", "F-38", "F-38"]
    assert got.seals.of("A01") is Seal.NONE


def test_the_registers_show_the_sealed_pages(year: SmallYear) -> None:
    """Status and register tell who has sealed, who has not, and whose numbers changed afterwards."""
    year.send("A01", GOOD)
    drop(year, "A01.pdf")
    year.run("collect", "--period", "下半年")
    year.send("A01", changed(2))
    year.run("collect", "--period", "下半年")
    shown = json.loads(year.run("status", "--period", "下半年", "--json").output)
    assert {line["单位代码"]: line["盖章件"] for line in shown["单位"]} == {"A01": "盖章后改数", "B02": "无"}
    book = load_workbook(year.outputs / "收件登记.xlsx")
    rows = list(book["收件登记"].iter_rows(min_row=3, values_only=True))
    at = rows[0].index("盖章件")
    assert [row[at] for row in rows[1:] if row[0]] == ["有", "盖章后改数"]
    listed = list(book["盖章件"].iter_rows(min_row=4, values_only=True))
    assert [(row[3], row[6]) for row in listed] == [("盖章/A01.pdf", "盖章后改数")]


def unit(code: str, *names: str) -> Unit:
    """Return a unit with a full name, a short name and aliases."""
    return Unit(code, names[0], names[1] if len(names) > 1 else "", names[2:], "", "", reports=True)


SCHOOLS = Names(
    Units(
        (
            unit("DZ0101", "临河区第一中学", "一中", "老一中"),
            unit("DZ0102", "临河区第十一中学", "十一中"),
            unit("DZ0103", "临河区柳堤镇中心小学", "柳堤小学", "中心校"),
            unit("DZ0104", "临河区柳堤镇中心小学东校区", "东校区", "中心校"),
        )
    )
)
NAMES = {
    "DZ0101_签章页_A3F9-22KQ.pdf": ("DZ0101", "A3F9-22KQ"),
    "dz0101.pdf": ("DZ0101", ""),
    "ＤＺ０１０１（盖章）.jpg": ("DZ0101", ""),
    "DZ01011.pdf": ("", ""),
    "XDZ0101.pdf": ("", ""),
    "一中.pdf": ("DZ0101", ""),
    "一中盖章件.pdf": ("DZ0101", ""),
    "十一中签章页.pdf": ("DZ0102", ""),
    "二十一中签章页.pdf": ("", ""),
    "老一中 a3f9－22kq.png": ("DZ0101", "A3F9-22KQ"),
    "临河区柳堤镇中心小学东校区盖章.pdf": ("DZ0104", ""),
    "关于报送临河区柳堤镇中心小学数据.pdf": ("DZ0103", ""),
    "中心校.pdf": ("", ""),
    "一中_十一中.pdf": ("", ""),
    "DZ0101_DZ0102.pdf": ("", ""),
    "DZ0101/扫描0001.pdf": ("DZ0101", ""),
    "DZ0101_2031-2032.pdf": ("DZ0101", ""),
    "DZ0101_20311231.pdf": ("DZ0101", ""),
    "../../DZ0101.pdf": ("DZ0101", ""),
    "\u202efdp.1010ZD.pdf": ("", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("name", "meant"), NAMES.items())
def test_a_name_says_whose_it_is_or_nothing(name: str, meant: tuple[str, str]) -> None:
    """A unit is told by its code or by a name of its own, never by a piece of another's; doubt is no unit."""
    assert SCHOOLS.read(PurePath(name)) == meant


@pytest.mark.skipif(os.name == "nt", reason="such names cannot stand on Windows")
def test_a_hostile_name_is_shown_tamed(year: SmallYear) -> None:
    """Marks that turn the reading direction, line ends and undecodable bytes never reach a screen or a register."""
    year.send("A01", GOOD)
    drop(year, "B02\u202efdp.exe\n=1+1.pdf")
    drop(year, "x.pdf").rename(year.inputs / "报送/下半年/盖章" / os.fsdecode(b"A01_\xff\xfe.pdf"))
    got = collected(year)
    shown = [one.file for one in got.seals.scans] + [one.where.file for one in got.all_findings()]
    assert not [text for text in shown if not text.isprintable() or "\u202e" in text]
    assert got.seals.of("A01") is Seal.PRESENT
