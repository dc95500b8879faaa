"""Changing one cell changes exactly the figures that rest on it: no other moves, and none stays behind."""

import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pbreports.excel.edit import SetCells, edited
from pbreports.excel.layout import UNREAD
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.address import column_letters, position
from pbreports.pipeline.running import figures_of_year
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import Year, open_year
from pbreports.rating import Plaque
from pbreports.values import CellRef, Scalar
from pbreports.workspace import open_workspace
from sample.points import lower

DAY = date(2020, 12, 31)
FEW = 12

SCHOOL_CELLS = {
    "志愿服务总人次": (3, {"志愿服务总人次"}),
    "党课总次数": (1, {"党课总次数"}),
    "书记讲党课总次数": (1, {"书记讲党课总次数"}),
    "主题党日总次数": (1, {"主题党日总次数"}),
    "学生主题教育总场次": (2, {"学生主题教育总场次"}),
    "家访总户数": (-1, {"家访总户数", "家访户覆盖率"}),
    "重点工作参与党员数": (-1, {"重点工作参与党员数"}),
    "师德教育总人次": (3, {"师德教育总人次"}),
    "党员示范岗总数": (1, {"党员示范岗总数"}),
    "廉政责任书总份数": (5, {"廉政责任书总份数"}),
    "信访受理总件数": (1, {"信访受理总件数"}),
    "全区积极分子数": (1, {"全区积极分子数"}),
}
"""A figure, how much is added to one of the cells it names as its source, and the figures that must move."""

BUREAU_ROWS = {
    ("表彰命名", "示范校命名", "三年区级示范校数", "命名日期"): (
        date(2016, 5, 4),
        {"三年区级示范校数"},
    ),
    ("会议日历", "典型发言", "典型发言书记数", "党内职务"): ("副书记", {"典型发言书记数"}),
    ("会议日历", "观摩点", "区级观摩点数", "级别"): ("市级", {"区级观摩点数"}),
}
"""Workbook, sheet, figure and field; the new value in the first row the figure rests on; the figures that must move."""

AVERAGES = {"第二轮平均得分", "年度平均得分"}
"""The figures that rest on every point of the second round."""

ACROSS_THE_LINE = frozenset(
    "五星级党组织数 五星级占比 四星级党组织数 保星党组织数 摘星党组织数 续牌党组织数 收牌党组织数 "
    "五星初定数 五星名额剩余数 拟命名党组织数 拟评四星级数 拟摘星党组织数 拟收牌党组织数".split()
)
"""The figures that move when a branch that kept its plaque no longer reaches five stars."""


@pytest.fixture(scope="module")
def year(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """The sample district, collected, for this module to change."""
    root = tmp_path_factory.mktemp("trace") / "区"
    shutil.copytree(collected_district, root)
    return open_year(open_workspace(root, 2020))


def moved(before: Summary, after: Summary) -> set[str]:
    """Return the figures whose value is another."""
    return {name for name, figure in before.figures.items() if after.figures[name].value != figure.value}


def change(path: Path, sheet: str, address: str, value: Scalar) -> None:
    """Type a value into one cell of a workbook."""
    path.write_bytes(edited(path.read_bytes(), [SetCells(sheet, {address: value})]))


def number_in(path: Path, place: CellRef) -> Decimal:
    """Return the number in a cell."""
    page = read_workbook(path, skip=UNREAD).sheet(place.sheet)
    assert page is not None
    value = page.cells[position(place.cell)].value
    assert isinstance(value, Decimal)
    return value


def keep_few(year: Year) -> None:
    """Leave a few reports: a change of the bureau's facts has every one of them read anew."""
    for path in sorted(year.received_in(year.period()).rglob("*.xlsx"))[FEW:]:
        path.unlink()


@pytest.mark.parametrize("names", [[*SCHOOL_CELLS][::4], pytest.param([*SCHOOL_CELLS], marks=pytest.mark.campaign)])
def test_a_schools_cell(year: Year, names: list[str]) -> None:
    """For each of a dozen figures: adding to one of its source cells moves it by as much, and nothing unrelated.

    Every day three are taken, the campaign takes all.
    """
    before = figures_of_year(year, DAY)
    for name in names:
        added, expected = SCHOOL_CELLS[name]
        sources = before.figures[name].sources
        place = sources[len(sources) // 2]
        path = year.received_in(year.period()) / place.file
        change(path, place.sheet, place.cell, number_in(path, place) + added)
        after = figures_of_year(year, DAY)
        assert moved(before, after) == expected, place
        assert after.figures[name].value == before.figures[name].value + added  # type: ignore[operator]
        before = after


def test_a_row_of_a_bureau_workbook(year: Year) -> None:
    """Changing one row in each of three bureau sheets moves exactly the figures that rest on those rows."""
    keep_few(year)
    before = figures_of_year(year, DAY)
    for (book, sheet, name, field), (value, _) in BUREAU_ROWS.items():
        path = year.workspace.bureau_workbook(book)
        row = position(_source_from(before, name, sheet).cell)[0]
        change(path, sheet, f"{_column(path, sheet, field)}{row}", value)
    expected: set[str] = set().union(*(names for _, names in BUREAU_ROWS.values()))
    assert moved(before, figures_of_year(year, DAY)) == expected


def test_a_point_of_an_assessment_group(year: Year) -> None:
    """Half a point less moves the averages alone; across the line it moves exactly those of the stars too."""
    keep_few(year)
    before = figures_of_year(year, DAY)
    assert before.rating
    kept = [one for one in before.rating.ratings if one.plaque is Plaque.KEPT]
    weakest = min(kept, key=lambda one: one.score or 0)
    lower(year.workspace.inputs, weakest, 1, Decimal("0.5"))
    nearly = figures_of_year(year, DAY)
    assert moved(before, nearly) == AVERAGES
    assert nearly.rating
    (weakest,) = (one for one in nearly.rating.ratings if one.code == weakest.code)
    lower(year.workspace.inputs, weakest, 1, Decimal(2))
    assert moved(nearly, figures_of_year(year, DAY)) == AVERAGES | ACROSS_THE_LINE


def _source_from(summary: Summary, name: str, sheet: str) -> CellRef:
    return next(place for place in summary.figures[name].sources if place.sheet == sheet)


def _column(path: Path, sheet: str, field: str) -> str:
    page = read_workbook(path, skip=UNREAD).sheet(sheet)
    assert page is not None
    headers: Mapping[object, int] = {cell.value: column for (row, column), cell in page.cells.items() if row == 3}
    return column_letters(headers[field])
