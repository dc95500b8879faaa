"""The workbook 民主测评汇总: filled for no, one and sixty candidates; what it shows is what was counted."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cadre.assessments import Votes, dossier, poll, record
from office import Office
from ooxml.audit import audit
from pbreports.cadre.ballots import Grades, grades_of, tally, tally_values
from pbreports.cadre.dossier import Dossier
from pbreports.excel.shipped import make_template
from pbreports.excel.template import WorkbookTemplate, compile_workbook_template
from pbreports.scheme import load_scheme

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "templates" / "考察" / "民主测评汇总.xlsx"
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a paper's time has no zone
PAGES = ["总体", "分项", "票种", "班子测评", "核验", "废票登记", "说明"]
HEADS = 4
"""The last row of the heads: title, note, two rows of heads."""


@pytest.fixture(scope="module")
def rules() -> tuple[Grades, Mapping[str, Any]]:
    """Return the grades and the parameters of the shipped year."""
    scheme = load_scheme(ROOT / "inputs" / "2020" / "方案")
    return grades_of(scheme.sheets), scheme.fixed_names(scheme.period())


@pytest.fixture(scope="module")
def template() -> WorkbookTemplate:
    """Return the shipped template compiled."""
    return compile_workbook_template(TEMPLATE)


def batch(size: int) -> list[Dossier]:
    """Return candidacies with three kinds of ballots, the last of which is small for every second of them."""
    found = []
    for number in range(size):
        votes: Votes = {
            "A": (20 + number % 7, 5, 1, number % 3, 1),
            "B": (9, 3, 0, 0, 0),
            "C": (3 + 4 * (number % 2), 1, 0, 0, 0),
        }
        polls = [poll(kind, sum(counts), invalid=int(kind == "B")) for kind, counts in votes.items()]
        found.append(dossier(votes, f"K{number}", polls))
    return found


def team(unit: str, counts: Mapping[str, int]) -> list[Any]:
    """Return ballots about a school's leaders, all of them 好."""
    return [
        record("班子测评票", 批次="第一批", 学校代码=unit, 测评票种=kind, 票序号=number, 班子评价="好")
        for kind, count in counts.items()
        for number in range(count)
    ]


def values_of(people: Sequence[Dossier], rules: tuple[Grades, Mapping[str, Any]], **more: Any) -> dict[str, object]:
    """Return what the template sees of candidacies."""
    grades, names = rules
    tallies = [tally(one, grades=grades, names=names) for one in people]
    return {**names, **tally_values(people, tallies, grades=grades, names=names, **more)}


def filled(template: WorkbookTemplate, values: Mapping[str, object]) -> Workbook:
    """Return the workbook filled, as a program opens it."""
    return openpyxl.load_workbook(io.BytesIO(template.render(values, stamp=STAMP)))


def column(sheet: Worksheet, number: int) -> list[object]:
    """Return a column below the heads."""
    return [row[0] for row in sheet.iter_rows(HEADS + 1, min_col=number, max_col=number, values_only=True)]


def test_the_shipped_template_is_made_from_its_draft() -> None:
    """Making it again gives the same bytes; a sound workbook by the schemas."""
    assert make_template("民主测评汇总") == TEMPLATE.read_bytes()
    assert audit(TEMPLATE) == []


def test_every_page_is_marked_and_prints_across_with_its_heads() -> None:
    """Title, head and foot say that it is internal; A4 across, heads frozen and repeated, pages numbered."""
    book = openpyxl.load_workbook(TEMPLATE)
    assert book.sheetnames == PAGES
    for sheet in book:
        assert sheet["A1"].value.endswith("（内部资料）")
        assert (sheet.oddHeader.right.text, sheet.oddFooter.right.text) == ("内部资料", "内部资料")
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert "&P" in sheet.oddFooter.center.text


@pytest.mark.parametrize("size", [0, 1, 60])
def test_any_number_of_candidates_fills_it(
    size: int, template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]], tmp_path: Path
) -> None:
    """Each is a row of the first page, no tag is left, and the workbook is sound."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(template.render(values_of(batch(size), rules), stamp=STAMP))
    assert audit(path) == []
    book = openpyxl.load_workbook(path)
    assert [number for number in column(book["总体"], 1) if number] == list(range(1, size + 1))
    assert [cell.value for sheet in book for row in sheet for cell in row if "{" in str(cell.value)] == []


def test_counts_and_rates_stand_as_numbers(template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]) -> None:
    """Ballots, grades and rates of a row are those counted, rates with one decimal and together a hundred."""
    sheet = filled(template, values_of(batch(1), rules))["总体"]
    row = sheet[HEADS + 1]
    told = [cell.value for cell in row]
    assert told[:7] == [1, "甲", "副校长", 44, 44, 1, 43]
    assert told[7:19] == [32, 74.4, 9, 20.9, 1, 2.4, 0, 0, 1, 2.3, 95.3, 1]
    assert [row[place].number_format for place in (7, 8, 17)] == ["0", "0.0", "0.0"]


def test_a_small_kind_has_no_row(template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]) -> None:
    """The kind of four stands with the smallest of the others on every page that names kinds."""
    book = filled(
        template, values_of(batch(1), rules, team_ballots=team("S1", {"A": 9, "B": 2}), schools={"S1": "一中"})
    )
    assert column(book["票种"], 3) == ["A", "B、C", "合计", "加权合计"]
    assert column(book["票种"], 4) == [40, 60, None, None]
    assert column(book["核验"], 3) == ["A", "B、C", "合计"]
    assert [row[2:5] for row in book["废票登记"].iter_rows(4, values_only=True)] == [("B、C", 17, 1)]
    assert column(book["班子测评"], 2) == ["一中", "一中"]
    assert column(book["班子测评"], 3) == ["A、B", "合计"]


def test_divisions_have_their_weights_and_points(
    template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]
) -> None:
    """Five divisions and their weighted sum; each division's grades and points."""
    sheet = filled(template, values_of([dossier({"A": (6, 3, 1, 0, 0)})], rules))["分项"]
    assert column(sheet, 3) == [*"德能勤绩廉", "加权合计"]
    assert column(sheet, 4) == [20, 15, 15, 30, 20, 100]
    assert column(sheet, 16) == [90.0] * 6
    assert [cell.value for cell in sheet[HEADS + 1]][4:15] == [10, 6, 60, 3, 30, 1, 10, 0, 0, 0, 0]


def test_what_does_not_add_up_is_told_in_words(
    template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]
) -> None:
    """A kind of which more came back than were issued is 不符 where it is put together with others too."""
    votes: Votes = {"A": (9, 0, 0, 0, 0), "B": (3, 0, 0, 0, 0)}
    polls = [poll("A", 9), poll("B", 3, missing=-1)]
    sheet = filled(template, values_of([dossier(votes, polls=polls)], rules))["核验"]
    assert column(sheet, 11) == ["不符", "不符"]
    assert column(sheet, 12) == ["相符", "相符"]
    unknown = filled(template, values_of([dossier(votes, polls=[])], rules))["核验"]
    assert column(unknown, 11) == ["缺数", "缺数"]


def test_lines_that_are_crossed_stand_out(template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]) -> None:
    """The row says which lines; a rule colours whatever the column says."""
    sheet = filled(template, values_of([dossier({"A": (2, 0, 0, 8, 0)})], rules))["总体"]
    assert column(sheet, 20) == ["不称职超过20%；优称率低于70%"]
    ranges = {str(area.sqref) for area in sheet.conditional_formatting}
    assert f"T{HEADS + 1}" in ranges


def test_the_page_of_notes_tells_the_parameters(
    template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]]
) -> None:
    """What grades are worth, the kinds' weights and the lines are printed as they are set."""
    grades, names = rules
    sheet = filled(template, values_of(batch(1), (grades, {**names, "票种合并人数": Decimal(4)})))["说明"]
    told = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert told["分项等次折合分数"] == "优秀100分，良好80分，一般60分，较差40分"
    assert told["票种权重"] == "A票40，B票30，C票30"
    assert told["票种合并人数"] == "少于4人"


@pytest.mark.render
def test_an_office_program_opens_it(
    template: WorkbookTemplate, rules: tuple[Grades, Mapping[str, Any]], office: Office, tmp_path: Path
) -> None:
    """Sixty candidates come out of LibreOffice as they went in."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(template.render(values_of(batch(60), rules), stamp=STAMP))
    book = openpyxl.load_workbook(office.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "开"), data_only=True)
    ours = openpyxl.load_workbook(path)
    assert book.sheetnames == PAGES
    for page in PAGES[:-1]:
        assert column(book[page], 5) == column(ours[page], 5)
