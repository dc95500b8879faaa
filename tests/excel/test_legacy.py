"""Tests of reading .xls, .xlsb, .ods and locked files: what is read, what cannot be seen, what is missing."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import Workbook as Written

from excel.biff import xls_of
from excel.binary import xlsb_of
from excel.blanks import FORM, LIST, filled, received, told
from excel.handmade import packed
from office import Office
from ooxml.test_package import OLE2, entry
from pbreports.errors import WorkbookError
from pbreports.excel.edit import SetCells, edited
from pbreports.excel.opening import open_workbook
from pbreports.excel.reader import Cell, Kind, Sheet, Workbook, read_workbook
from pbreports.ooxml.limits import Limits
from pbreports.scheme import Scheme

DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - known to everybody: [MS-OFFCRYPTO] 2.3.7.2


def written() -> bytes:
    """Return a workbook with each kind of cell, and what surrounds them."""
    book = Written()
    sheet = book.active
    sheet.title = "甲"
    sheet.append(
        [
            "文本",
            12,
            12.5,
            date(2020, 9, 1),
            True,
            "=1/0",
            "=B1+1",
            datetime.fromisoformat("2020-09-01 08:30"),
            time(8, 30),
        ]
    )
    sheet["D1"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["A2"] = "合并"
    sheet.merge_cells("A2:C2")
    sheet["A3"] = "藏"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["A5"], sheet["B5"] = "110101199003071234", 110101199003071234
    book.create_sheet("乙").sheet_state = "hidden"
    return saved(book)


def saved(book: Written) -> bytes:
    """Return a workbook's bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def locked(data: bytes, password: str) -> bytes:
    """Return a workbook locked with a password, as Excel locks it."""
    stream = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def values(sheet: Sheet) -> dict[tuple[int, int], object]:
    """Return the values of a sheet by place."""
    return {spot: cell.value for spot, cell in sheet.cells.items()}


def code_of(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    """Return the code with which a file is refused; its message has a remedy."""
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data, name="东门大街小学.xlsx", limits=limits)
    assert caught.value.remedy
    assert str(caught.value).startswith("东门大街小学.xlsx：")
    return caught.value.code


READ_OF_ALL = {
    (1, 1): "文本",
    (1, 2): Decimal(12),
    (1, 3): Decimal("12.5"),
    (1, 4): date(2020, 9, 1),
    (1, 7): Decimal(13),
    (1, 8): datetime.fromisoformat("2020-09-01 08:30"),
    (1, 9): time(8, 30),
    (2, 1): "合并",
    (3, 1): "藏",
    (5, 1): "110101199003071234",
    (5, 2): Decimal(110101199003071000),
}


@pytest.mark.render
def test_an_old_workbook_reads_like_a_new_one(office: Office, tmp_path: Path) -> None:
    """Of an .xls everything is read but its formulas: errors, dates, hidden rows, columns and sheets, merges."""
    path = tmp_path / "甲.xlsx"
    path.write_bytes(written())
    book = open_workbook(office.convert(path, "xls", tmp_path / "旧").read_bytes(), name="甲.et")
    sheet = book.sheets[0]
    assert values(sheet) == READ_OF_ALL | {(1, 5): True, (1, 6): "#DIV/0!"}
    assert sheet.cells[1, 6].kind is Kind.ERROR
    assert sheet.cells[5, 2].raw == "1.101011990030712e+17"
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merges) == ({3}, {2}, ("A2:C2",))
    assert [one.state for one in book.sheets] == ["visible", "hidden"]
    assert (book.form, book.unseen, book.flags) == (".xls", ("公式", "下拉设置"), frozenset())


def test_numbers_of_an_old_workbook_are_shown_by_their_formats() -> None:
    """Formats that a program knows by number are those of a Chinese Excel; the calendar may begin in 1904."""
    cells = {(1, 1): (12.0, 0), (2, 1): (44075.0, 1), (3, 1): (44075.5, 2), (4, 3): (44075.0, 3), (5, 1): ("23", 0)}
    usual, later = (open_workbook(xls_of({"甲": cells}, date1904=late), name="甲.et") for late in (False, True))
    assert values(usual.sheets[0]) == {
        (1, 1): Decimal(12),
        (2, 1): date(2020, 9, 1),
        (3, 1): datetime.fromisoformat("2020-09-01 12:00"),
        (4, 3): date(2020, 9, 1),
        (5, 1): "#REF!",
    }
    assert later.sheets[0].cells[2, 1].value == date(2024, 9, 2)
    assert later.date1904


@pytest.mark.render
def test_an_opendocument_workbook_is_read(office: Office, tmp_path: Path) -> None:
    """Of an .ods the shown values are read; what cannot be seen is named."""
    path = tmp_path / "甲.xlsx"
    path.write_bytes(written())
    book = open_workbook(office.convert(path, "ods", tmp_path / "旧").read_bytes(), name="甲.xls")
    found = values(book.sheets[0])
    assert found.pop((1, 5)) == Decimal(1)
    assert found.pop((1, 9)) is not None
    assert found == {spot: value for spot, value in READ_OF_ALL.items() if spot != (1, 9)}
    assert [one.state for one in book.sheets] == ["visible", "hidden"]
    assert (book.form, set(book.unseen) > {"公式", "错误值"}) == (".ods", True)


def test_a_binary_workbook_is_read() -> None:
    """Of an .xlsb texts, numbers and yes/no are read, in their places though the first rows are empty."""
    cells = {
        (3, 2): Cell("文本", Kind.TEXT, ""),
        (3, 4): Cell(Decimal("0.1"), Kind.NUMBER, ""),
        (5, 3): Cell(value=True, kind=Kind.BOOL, raw=""),
    }
    data = xlsb_of(Workbook("", (Sheet("甲", "visible", cells), Sheet("_meta", "veryHidden", {}))))
    book = open_workbook(data, name="甲.xlsx")
    assert values(book.sheets[0]) == {spot: cell.value for spot, cell in cells.items()}
    assert [(one.title, one.state) for one in book.sheets] == [("甲", "visible"), ("_meta", "veryHidden")]
    assert book.form == ".xlsb"


def test_an_issued_workbook_goes_through_intake_in_another_format(scheme: Scheme) -> None:
    """A school's workbook saved as .xlsb says the same, and one notice tells what could not be seen."""
    data = filled(scheme)
    plain, binary = received(scheme, data), received(scheme, xlsb_of(read_workbook(data)))
    assert binary.submission is not None
    assert plain.submission is not None
    assert told(binary.findings)[0] == ("F-19", "", "", 1)
    assert ".xlsb" in binary.findings[0].message
    assert {name: _facts(sheet) for name, sheet in binary.submission.sheets.items()} == {
        name: _facts(sheet) for name, sheet in plain.submission.sheets.items()
    }


def test_results_whose_formulas_cannot_be_seen_are_not_held_typed(scheme: Scheme) -> None:
    """What agrees with ours may be the form's own formula; what does not is told in any format."""
    edits = [SetCells(LIST, {"M5": Decimal(-3)}), SetCells(FORM, {"C15": Decimal(8)})]
    data = edited(filled(scheme), edits)
    plain, binary = received(scheme, data), received(scheme, xlsb_of(read_workbook(data)))
    same, other = (one.message for one in plain.findings)
    assert "合计数" in same
    assert [one.message for one in binary.findings if "合计数" in one.message] == [other]


def _facts(sheet: object) -> list[object]:
    return [dict(record.values) for record in sheet.records]  # type: ignore[attr-defined]


def test_the_default_password_is_no_obstacle() -> None:
    """Excel opens such a file without asking, so nobody knows that it is locked; any other password is said."""
    assert values(open_workbook(locked(written(), DEFAULT_PASSWORD), name="甲.xlsx").sheets[0])[1, 1] == "文本"
    assert code_of(locked(written(), "另有密码")) == "F-03"


@pytest.mark.parametrize(
    ("library", "data", "words"),
    [
        ("xlrd", OLE2 + entry("Workbook"), ("F-02", "pbreports[legacy]", "另存为 .xlsx")),
        ("python_calamine", xlsb_of(Workbook("", ())), ("F-02", "pbreports[legacy]", "另存为 .xlsx")),
        (
            "python_calamine",
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
            ("F-02", "pbreports[legacy]", "另存为 .xlsx"),
        ),
        ("msoffcrypto", locked(written(), DEFAULT_PASSWORD), ("F-03", "密码")),
    ],
)
def test_without_the_extra_the_message_says_how_to_get_it(
    library: str, data: bytes, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing library is one sentence with both ways out, never a traceback."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(WorkbookError) as caught:
        open_workbook(data, name="甲.xls")
    assert caught.value.code == words[0]
    assert all(word in str(caught.value) for word in words[1:])


@pytest.mark.parametrize(
    "data",
    [
        OLE2 + entry("Workbook"),
        b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(300),
        packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x05\x00"}),
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x"}),
    ],
)
def test_damage_is_a_sentence(data: bytes) -> None:
    """Whatever a library stumbles over, the school hears that the file is damaged."""
    assert code_of(data) in ("F-07", "F-08")


def test_the_limits_hold_for_other_formats() -> None:
    """Size, unpacked size and the number of cells are bounded as for .xlsx."""
    cells = {(row, 1): Cell(Decimal(row), Kind.NUMBER, "") for row in range(1, 31)}
    data = xlsb_of(Workbook("", (Sheet("甲", "visible", cells),)))
    assert len(open_workbook(data, name="甲").sheets[0].cells) == 30
    assert code_of(data, Limits(cells_per_sheet=29)) == "F-15"
    assert code_of(data, Limits(file_size=100)) == "F-10"
    assert code_of(data, Limits(unpacked_size=100)) == "F-10"
    assert code_of(OLE2 + entry("Workbook") + bytes(3000), Limits(file_size=1000)) == "F-10"
