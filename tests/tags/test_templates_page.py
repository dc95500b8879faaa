"""The page about templates is true: every example prints what stands beside it, every filter and code is there."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pbreports.tags.display import PaperFigure
from pbreports.tags.filters import EXPLAINED, FILTERS
from pbreports.tags.problems import CATALOGUE
from pbreports.tags.tokens import unescaped
from pbreports.values import Figure
from tags.programs import run

PAGE = (Path(__file__).parents[2] / "docs/templates.md").read_text(encoding="utf-8")
CELLS = re.compile(r"(?<!\\)\|")


def figure(name: str, value: str | None, unit: str = "个") -> PaperFigure:
    """Return a figure as a template sees it."""
    return PaperFigure(Figure(name, None if value is None else Decimal(value), unit, 1, 1))


VALUES = {
    "党员总数": figure("党员总数", "35", "名"),
    "市级数": figure("市级数", "0"),
    "五星数": figure("五星数", "12"),
    "五星数上年": figure("五星数上年", "9"),
    "达标率": figure("达标率", "95.25", "%"),
    "达标率上年": figure("达标率上年", "93.1", "%"),
    "未报数": figure("未报数", None),
    "会议日": date(2020, 12, 31),
    "学校名单": (
        {"学校": "兴东小学", "镇街": "甲镇", "人数": Decimal(12), "品牌": "红烛"},
        {"学校": "第十三中学", "镇街": "乙镇", "人数": Decimal(5), "品牌": None},
        {"学校": "南池小学", "镇街": "甲镇", "人数": Decimal(20), "品牌": "先锋"},
    ),
}


def rows(width: int, after: str) -> list[list[str]]:
    """Return the lines of the first table with so many columns behind a heading."""
    lines = [line for line in PAGE[PAGE.index(after) :].splitlines() if line.startswith("|")]
    tables = [[cell.strip().replace("\\|", "|") for cell in CELLS.split(line)[1:-1]] for line in lines]
    return [cells for cells in tables if len(cells) == width and not set("".join(cells)) <= {"-"}][1:]


def filters() -> list[list[str]]:
    """Return the lines about filters: name, what it does, example, what that prints."""
    return [cells for cells in rows(4, "## 过滤器") if cells[2].startswith("`")]


EXAMPLES = [(source, printed) for source, printed in rows(2, "## 标签")] + [
    (source, printed) for _, _, source, printed in filters()
]


@pytest.mark.parametrize(("source", "printed"), EXAMPLES)
def test_every_example_prints_what_stands_beside_it(source: str, printed: str) -> None:
    """Staff can copy any example and get what the page says."""
    assert unescaped(run(source.strip("`"), **VALUES)).strip() == printed


def test_every_filter_has_an_example() -> None:
    """The page's table has all filters and no other, each with what it does and an example that uses it."""
    assert {name for name, _, _, _ in filters()} == set(FILTERS)
    assert all(meaning and f"|{name}" in source for name, meaning, source, _ in filters())


def test_the_dictionary_explains_filters_as_the_page_does() -> None:
    """The first line of each filter is what the program prints of it."""
    table = {cells[0]: (cells[1], cells[2].strip("`")) for cells in reversed(filters())}
    assert table == EXPLAINED


def test_every_code_is_on_the_page() -> None:
    """The page's codes, with level and title, are those of the catalogue."""
    listed = {code: (title, level) for code, level, title, _ in rows(4, "## 问题编码")}
    assert listed == {code: (title, severity.value) for code, (title, severity) in CATALOGUE.items()}
