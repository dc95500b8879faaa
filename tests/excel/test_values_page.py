"""The page on how values may be typed says what the program does, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from pbreports.excel.cells import reader_of
from pbreports.excel.misread import Misread
from pbreports.excel.reader import Cell, Kind
from pbreports.excel.text import TRUTHS
from pbreports.scheme.model import Field, FieldKind
from pbreports.values import Repair

PAGE = Path(__file__).resolve().parents[2] / "docs" / "values.md"
FIELDS = {
    "日期": Field("栏", FieldKind.DATE),
    "年月": Field("栏", FieldKind.MONTH),
    "整数": Field("栏", FieldKind.INTEGER, unit="人"),
    "小数": Field("栏", FieldKind.DECIMAL, unit="元", places=2),
    "百分数": Field("栏", FieldKind.DECIMAL, unit="%", places=1),
    "是否": Field("栏", FieldKind.YES_NO),
    "选项": Field("栏", FieldKind.CHOICE, choices=("优秀", "合格", "一级（中级）")),
    "文本": Field("栏", FieldKind.TEXT, length=24),
    "公式错误": Field("栏", FieldKind.INTEGER, unit="人"),
}
PLAIN, NOTICE, REFUSED = "直接读", "提示", "退回"


class Line(NamedTuple):
    """One line of a table: what is typed, what it is read as, what becomes of it, in which words."""

    field: str
    typed: str
    value: str
    outcome: str
    words: str


def lines() -> Iterator[Line]:
    """Return the lines of the page's tables of forms."""
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        parts = [part.strip() for part in line.strip("|").split("|")]
        if heading and line.startswith("| ") and parts[0] != "填的":
            yield Line(heading, *parts)


LINES = tuple(lines())


def cell_of(typed: str) -> Cell:
    """Return the cell that the first column describes."""
    found = re.fullmatch(r"(数字|日期|错误)? ?`(.*?)`(?:，格式 `(.*)`)?", typed)
    assert found, typed
    kind, text, form = found[1], found[2], found[3] or "General"
    if kind == "数字":
        return Cell(Decimal(text), Kind.NUMBER, text, format=form)
    if kind == "日期":
        day = datetime.fromisoformat(text)
        serial = (day - datetime(1899, 12, 31)).days  # noqa: DTZ001 — cells know no zone
        return Cell(day if ":" in text else day.date(), Kind.DATE, str(serial))
    return Cell(text, Kind.ERROR if kind else Kind.TEXT, text)


def outcome_of(cell: Cell, field: Field) -> tuple[str, str, str]:
    """Return how a cell is read, what becomes of it, and the words said."""
    try:
        reading = reader_of(field)(cell)
    except Misread as misread:
        return "", misread.repair.value or REFUSED, misread.remedy
    value = TRUTHS[reading.value] if isinstance(reading.value, bool) else str(reading.value)
    if reading.rare:
        return value, NOTICE, f"{reading.rare}不在 GB2312 字库内"
    return value, reading.repair.value or PLAIN, reading.note


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.field}-{line.typed}")
def test_a_form_is_read_as_the_page_says(line: Line) -> None:
    """Every line of the page, its words included, is what the program does."""
    assert outcome_of(cell_of(line.typed), FIELDS[line.field]) == (line.value, line.outcome, line.words)


def test_the_page_shows_every_outcome_of_every_kind() -> None:
    """Each kind of field stands on the page, with what is read, what is put right and what is sent back."""
    shown = {field: {line.outcome for line in LINES if line.field == field} for field in FIELDS}
    assert {line.field for line in LINES} == set(FIELDS)
    for field in set(FIELDS) - {"公式错误"}:
        assert shown[field] >= {PLAIN, Repair.DONE.value, REFUSED}, field
    for field in ("日期", "年月", "整数", "小数", "百分数", "是否"):
        assert Repair.CONFIRM.value in shown[field], field


def test_a_day_typed_by_its_number_follows_the_calendar_of_the_workbook() -> None:
    """The same number is another day where days are counted from 1904."""
    read = reader_of(FIELDS["日期"], date1904=True)
    assert read(cell_of("数字 `42613`")).value == date(2020, 9, 1)
