"""One branch's points fall below the line: decision, attached list, plaques and results table tell it together."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from pbreports.cli import app
from pbreports.excel.edit import SetCells, edited
from pbreports.pipeline.running import figures_of_year
from pbreports.pipeline.year import open_year
from pbreports.rating import Plaque, Rating
from pbreports.workspace import open_workspace
from sample.points import lower

DAY = date(2020, 12, 31)
FEW = 4
PAPERS = ("表彰决定", "表彰名单", "星级评定结果汇总表")


@dataclass(frozen=True)
class Papers:
    """The rating's papers as they were written: the decision's paragraphs, the workbooks' rows by sheet."""

    decision: tuple[str, ...]
    lists: Mapping[str, tuple[tuple[object, ...], ...]]
    results: Mapping[str, tuple[tuple[object, ...], ...]]

    def named(self, sheet: str) -> list[str]:
        """Return the organisations on a sheet of the lists."""
        return [str(row[place]) for row, place in _placed(self.lists[sheet])]

    def star_of(self, name: str) -> object:
        """Return a branch's final star in the table of results."""
        rows = self.results["支部明细"]
        place = next(row.index("终定星") for row in rows if "终定星" in row)
        return next(row[place] for row in rows if name in row)


def _placed(rows: tuple[tuple[object, ...], ...]) -> list[tuple[tuple[object, ...], int]]:
    head = next(number for number, row in enumerate(rows) if "党组织全称" in row)
    place = rows[head].index("党组织全称")
    return [(row, place) for row in rows[head + 1 :] if str(row[place] or "").startswith("中国共产党")]


def options(root: Path) -> list[str]:
    """Return what each command is told first."""
    return ["-C", str(root), "--year", "2020", "--as-of", DAY.isoformat()]


def approve(inputs: Path, number: int) -> None:
    """Write how many five-star branches the meeting has approved."""
    path = inputs / "星级.xlsx"
    sheet = load_workbook(path)["评定审定"]
    head = next(row for row in sheet.iter_rows() if "审定五星数" in [one.value for one in row])
    place = next(one for one in head if one.value == "审定五星数")
    typed = next(
        one
        for (one,) in sheet.iter_rows(min_row=place.row + 1, min_col=place.column, max_col=place.column)
        if one.value == 38
    )
    path.write_bytes(edited(path.read_bytes(), [SetCells("评定审定", {typed.coordinate: Decimal(number)})]))


def drop(inputs: Path, name: str) -> None:
    """Write beside a branch that was put forward that it is not commended."""
    path = inputs / "表彰命名.xlsx"
    sheet = load_workbook(path)["推荐审核"]
    head = next(row for row in sheet.iter_rows() if "是否表彰" in [one.value for one in row])
    named, told = (next(one for one in head if one.value == title) for title in ("对象名称", "是否表彰"))
    row = next(one.row for (one,) in sheet.iter_rows(min_col=named.column, max_col=named.column) if one.value == name)
    path.write_bytes(edited(path.read_bytes(), [SetCells("推荐审核", {f"{told.column_letter}{row}": "否"})]))


def written(root: Path) -> Papers:
    """Return the papers built in a workspace."""
    result = CliRunner().invoke(app, [*options(root), "build", *PAPERS])
    folder = root / "outputs" / "2020" / "文书"
    assert (folder / "2020年度五星级党组织表彰决定_初稿.docx").exists(), result.output
    decision, lists, results = (next(folder.glob(f"*{name}_初稿.*")) for name in ("表彰决定", "表彰名单", "汇总表"))
    paragraphs = tuple(one.text for one in Document(str(decision)).paragraphs)
    return Papers(paragraphs, _rows(lists), _rows(results))


def _rows(path: Path) -> Mapping[str, tuple[tuple[object, ...], ...]]:
    workbook = load_workbook(path)
    return {sheet.title: tuple(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets}


@dataclass(frozen=True)
class Fall:
    """The branch whose points fell, the papers before and after, and what was said before the meeting approved anew."""

    branch: Rating
    before: Papers
    after: Papers
    refused: str


@pytest.fixture(scope="module")
def fall(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Fall:
    """The branch with the lowest score that keeps its plaque loses what brings it below five stars."""
    root = Path(shutil.copytree(collected_district, tmp_path_factory.mktemp("line") / "sample"))
    year = open_year(open_workspace(root, 2020))
    for path in sorted(year.received_in(year.period()).rglob("*.xlsx"))[FEW:]:
        path.unlink()  # the papers of the rating rest on the bureau's facts; each change has every report read anew
    before = written(root)
    rating = figures_of_year(year, DAY).rating
    assert rating
    kept = [one for one in rating.ratings if one.plaque is Plaque.KEPT and one.score is not None]
    branch = min(kept, key=lambda one: (one.score, one.code))
    lower(year.workspace.inputs, branch, 1, Decimal(2))
    shutil.rmtree(root / "outputs" / "2020" / "文书")
    refused = CliRunner().invoke(app, [*options(root), "build", *PAPERS[:2]]).output
    approve(year.workspace.inputs, 37)
    drop(year.workspace.inputs, branch.name)
    return Fall(branch, before, written(root), refused)


def test_the_number_in_the_text_is_that_of_the_rows(fall: Fall) -> None:
    """Text, heading of the attachment, list and plaques each have 38, then each 37."""
    for papers, number in ((fall.before, 38), (fall.after, 37)):
        text = "\n".join(papers.decision)
        assert f"等{number}个党组织“五星级党组织”称号" in text
        assert text.count(f"名单（{number}个）") == 2
        attached = papers.decision[papers.decision.index("附件") :]
        assert sum(one.startswith("中国共产党") for one in attached) == number
        assert len(papers.named("五星名单")) == len(papers.named("奖牌制作清单")) == number


def test_the_branch_moves_from_the_five_stars_to_the_four(fall: Fall) -> None:
    """It leaves decision, list and plaques, and stands among the four stars and the plaques taken back."""
    name = fall.branch.name
    assert name in fall.before.decision
    assert name not in fall.after.decision
    for sheet in ("五星名单", "奖牌制作清单"):
        assert set(fall.before.named(sheet)) - set(fall.after.named(sheet)) == {name}
    for sheet in ("四星", "收回奖牌"):
        assert set(fall.after.named(sheet)) - set(fall.before.named(sheet)) == {name}
    assert (fall.before.star_of(name), fall.after.star_of(name)) == ("五星级", "四星级")


def test_the_decision_waits_for_the_meeting_to_approve_anew(fall: Fall) -> None:
    """What the meeting approved was another result: neither decision nor list is written before it has met again."""
    assert fall.refused.count("会议审定五星级党组织38个，现在算出37个。") >= 2
    assert "请重新审定" in fall.refused
    assert f"“推荐审核”里写着表彰的，1个现在不是五星级：{fall.branch.name}。" in fall.refused


def test_no_other_branch_moves(fall: Fall) -> None:
    """A place that becomes free in one unit raises nobody in another."""
    before, after = (set(one.named("五星名单")) for one in (fall.before, fall.after))
    assert after <= before
