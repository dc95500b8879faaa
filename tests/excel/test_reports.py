from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from ooxml.audit import audit
from pbreports.excel.reader import Calculation, read_workbook
from pbreports.excel.reports import TableSheet, table_workbook
from pbreports.excel.text import line_count, shortened

STAMP = datetime(2031, 12, 31)  # noqa: DTZ001 — the day of a report knows no zone
ROWS = [
    ("A01", "=1+1", Decimal("12.5"), Fraction(1, 4), date(2031, 9, 1), True, None, 3),
    ("B02", "很长的说明" * 40, 0, Decimal(7), None, False, "", -2),
]
TABLE = TableSheet(
    "问题/清单", ("代码", "说明", "数", "比", "日期", "是否", "空", "个"), ROWS, note="截至2031年12月31日"
)


def test_a_table_holds_what_it_was_given(tmp_path: Path) -> None:
    """Texts stay texts, numbers and dates are such, blanks are blank; the file passes the validator."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(table_workbook("校验结果", [TABLE], stamp=STAMP))
    (page,) = read_workbook(path).sheets
    first = [page.cells[4, column].value if (4, column) in page.cells else None for column in range(1, 9)]
    assert first == ["A01", "=1+1", Decimal("12.5"), Decimal("0.25"), date(2031, 9, 1), "是", None, Decimal(3)]
    assert {cell.calculation for cell in page.cells.values()} == {Calculation.PLAIN}
    assert page.title == "问题／清单"
    assert page.cells[2, 1].value == "截至2031年12月31日"
    assert audit(path) == []


def test_the_same_table_gives_the_same_bytes() -> None:
    """A report is reproducible."""
    assert table_workbook("校验结果", [TABLE], stamp=STAMP) == table_workbook("校验结果", [TABLE], stamp=STAMP)


@pytest.mark.parametrize(
    ("text", "width", "lines"), [("", 10, 1), ("党员总数", 8, 1), ("党员总数", 7, 2), ("a\nb", 9, 2)]
)
def test_wide_characters_count_twice(text: str, width: float, lines: int) -> None:
    """Row heights are measured with Chinese characters two columns wide."""
    assert line_count(text, width) == lines


def test_a_shortened_text_says_so() -> None:
    """What was cut ends in an ellipsis."""
    assert (shortened("一二三四", 3), shortened("一二三", 3)) == ("一二…", "一二三")
