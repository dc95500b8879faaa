"""What a correction puts into a cell is read as that value and needs no repair, whatever the kind of field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pbreports.excel.amending import Amendment, Target, amended, target_of
from pbreports.excel.cells import reader_of
from pbreports.excel.reader.address import position
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook
from pbreports.scheme import Scheme
from pbreports.values import CellRef, Record, Scalar, SheetData, SheetState, Submission, YearMonth
from tiny import tiny_scheme

SOURCE = CellRef("配置.xlsx", "更正", "C5")
CASES: tuple[tuple[str, str, Scalar, Scalar], ...] = (
    ("短文", "新的说法", "旧的说法", "新的说法"),
    ("长文", "第一行，第二行", None, "第一行，第二行"),
    ("个数", "１２", Decimal(7), Decimal(12)),
    ("金额", "1,234.50", Decimal("9.9"), Decimal("1234.5")),
    ("办理日期", "2031年9月1日", date(2031, 8, 1), date(2031, 9, 1)),
    ("出生年月", "1985-03", YearMonth(1985, 2), YearMonth(1985, 3)),
    ("等次", "合格", "优秀", "合格"),
    ("是否公示", "否", True, False),
)


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """The tiny scheme."""
    return tiny_scheme(tmp_path_factory.mktemp("scheme"))


def written(value: Scalar) -> Cell:
    """Return a cell as schools' workbooks hold a value."""
    if isinstance(value, bool):
        return Cell("是" if value else "否", Kind.TEXT, "")
    if isinstance(value, Decimal):
        return Cell(value, Kind.NUMBER, str(value))
    if isinstance(value, date):
        return Cell(value, Kind.DATE, "", format="yyyy-mm-dd")
    return Cell(None, Kind.BLANK, "") if value is None else Cell(str(value), Kind.TEXT, str(value))


def sent(field: str, value: Scalar) -> tuple[Workbook, Submission]:
    """Return a workbook with one record of one sheet that has a value in its field, and what was read of it."""
    record = Record("一行一条", "A01", {field: value}, {field: "D5"}, "甲.xlsx", "01_一行一条")
    book = Workbook("甲.xlsx", (Sheet("01_一行一条", "visible", {(5, 4): written(value)}),))
    data = SheetData("一行一条", SheetState.FILLED, (record,))
    return book, Submission("甲.xlsx", "sha", "A01", "下半年", "2031.1", {"一行一条": data})


def amendment(field: str, old: str, new: str) -> Amendment:
    """Return what the bureau wrote."""
    return Amendment("A01", "一行一条", "D5", field, old, new, "电话核实", "局办", SOURCE)


@pytest.mark.parametrize(("field", "new", "stood", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_a_corrected_cell_needs_no_repair(scheme: Scheme, field: str, new: str, stood: Scalar, wanted: Scalar) -> None:
    """The old value as the ledger shows it is found again; the new one is read back without a word about it."""
    book, submission = sent(field, stood)
    old = {True: "是", False: "否", None: ""}.get(stood, str(stood)) if not isinstance(stood, str) else stood
    changed, done = amended(book, submission, [amendment(field, old, new)], scheme)
    assert [(one.where.cell, one.field, one.reason, one.source) for one in done] == [("D5", field, "电话核实", SOURCE)]
    spot = position("D5")
    assert spot
    cell = changed.sheets[0].cells[spot]
    reading = reader_of(scheme.sheets["一行一条"].by_name[field])(cell)
    assert (reading.value, reading.note) == (wanted, "")


@pytest.mark.parametrize("field", ["个数", "办理日期", "短文"])
def test_another_value_is_left_as_it_is(scheme: Scheme, field: str) -> None:
    """The workbook itself comes back where nothing was corrected."""
    book, submission = sent(field, {"个数": Decimal(7), "办理日期": date(2031, 8, 1), "短文": "旧的说法"}[field])
    news = {"个数": ("8", "9"), "办理日期": ("2031-08-02", "2031-08-03"), "短文": ("别的说法", "新的说法")}
    changed, done = amended(book, submission, [amendment(field, *news[field])], scheme)
    assert changed is book
    assert done == ()


def test_a_later_row_sees_what_an_earlier_one_corrected(scheme: Scheme) -> None:
    """Corrections of one cell follow each other in the order of the bureau's rows."""
    book, submission = sent("个数", Decimal(7))
    rows = [amendment("个数", "7", "8"), amendment("个数", "8", "9"), amendment("个数", "7", "1")]
    changed, done = amended(book, submission, rows, scheme)
    assert [one.new for one in done] == ["8", "9"]
    assert changed.sheets[0].cells[5, 4].value == Decimal(9)


def test_the_new_value_must_fit_the_field(scheme: Scheme) -> None:
    """What the field cannot hold is no correction; the reason is in words."""
    _, submission = sent("个数", Decimal(7))
    assert isinstance(target_of(amendment("个数", "7", "8"), scheme, submission.records), Target)
    assert "填不进“个数”" in str(target_of(amendment("个数", "7", "-1"), scheme, submission.records))
    assert "填不进“等次”" in str(target_of(amendment("等次", "优秀", "很好"), scheme, submission.records))
