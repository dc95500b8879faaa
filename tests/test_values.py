"""The central values: places as people type them, months, findings and stops as sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pbreports.errors import PbreportsError, SchemeError, sentence
from pbreports.values import CellRef, Finding, Record, Severity, YearMonth


@pytest.mark.parametrize(
    ("text", "file", "sheet", "cell"),
    [
        ("东门大街小学.xlsx → 02_党组织情况 → D7", "东门大街小学.xlsx", "02_党组织情况", "D7"),
        ("东门大街小学.xlsx>02_党组织情况>d7", "东门大街小学.xlsx", "02_党组织情况", "D7"),
        ("东门大街小学.xlsx -> 02_党组织情况 -> D7", "东门大街小学.xlsx", "02_党组织情况", "D7"),
        ("a.xlsx ＞ 表 ！ AB12", "a.xlsx", "表", "AB12"),
        ("02_党组织情况!$D$7", "", "02_党组织情况", "D7"),
        ("'02 党组织 情况'!D7", "", "02 党组织 情况", "D7"),
        ("“东门 小学.xlsx” → '表' → D7", "东门 小学.xlsx", "表", "D7"),
    ],
)
def test_a_place_is_read_as_people_type_it(text: str, file: str, sheet: str, cell: str) -> None:
    """Arrows, marks, widths, quotes, spaces and Excel's dollar signs all give the same place."""
    assert CellRef.parse(text) == CellRef(file, sheet, cell)


@pytest.mark.parametrize(
    "text", ["", "D7", "表", "表!", "!D7", " → 表 → D7", "a → b → c → D7", "表!七", "表!D0", "表!ABCD7", "表!7D"]
)
def test_what_is_no_place_is_refused(text: str) -> None:
    """Too few or too many parts, an empty part, or no cell address at the end."""
    with pytest.raises(ValueError, match=r".*"):
        CellRef.parse(text)


_PART = st.text("东门小学.xls_0123 （）", min_size=1).filter(lambda text: text.strip() == text)


@given(_PART, _PART, st.from_regex(r"[A-Z]{1,3}[1-9][0-9]{0,6}", fullmatch=True))
def test_a_printed_place_is_read_back(file: str, sheet: str, cell: str) -> None:
    """What a finding prints can be typed back into the program."""
    assert CellRef.parse(str(CellRef(file, sheet, cell))) == CellRef(file, sheet, cell)


def test_a_place_prints_what_it_has() -> None:
    """Empty parts are left out."""
    assert str(CellRef("甲.xlsx", "", "D7")) == "甲.xlsx → D7"
    assert str(CellRef("甲.xlsx")) == "甲.xlsx"


def test_a_month_is_shown_and_ordered() -> None:
    """Months sort by time and show with two digits."""
    assert str(YearMonth(1980, 5)) == "1980-05"
    assert YearMonth(1980, 12) < YearMonth(1981, 1)
    assert YearMonth(1980, 5).first_day().isoformat() == "1980-05-01"


def test_a_record_knows_its_cells() -> None:
    """A field's place is its cell; a field without one points at the record's first cell; a blank is None."""
    record = Record("表", "S1", {"甲": "x"}, {"甲": "B2", "乙": "C2"}, "簿.xlsx", "01_表")
    assert str(record.cell("乙")) == "簿.xlsx → 01_表 → C2"
    assert record.cell("丙").cell == "B2"
    assert record.get("乙") is None


def test_a_finding_is_one_line() -> None:
    """Where, code and gravity, what, how to mend it, and how many places have the same cause."""
    one = Finding("V-M01", Severity.ERROR, CellRef("甲.xlsx", "01_表", "D7"), "不等。", "请核对。", count=3)
    assert str(one) == "甲.xlsx → 01_表 → D7 [V-M01 错误] 不等。请核对。（同类共3处）"


def test_a_stop_is_one_sentence() -> None:
    """Where, what and the remedy, ended once; the mistakes of a scheme stand below their number."""
    assert sentence("甲", "坏了", "请修") == "甲：坏了，请修。"
    assert sentence("", "坏了！") == "坏了！"
    whole = SchemeError([PbreportsError("a.yaml 第3行", "错"), PbreportsError("b.yaml 第1行", "错")])
    assert str(whole).splitlines() == [
        "方案：有2处错误，请逐条改正后重试。",
        "a.yaml 第3行：错。",
        "b.yaml 第1行：错。",
    ]
