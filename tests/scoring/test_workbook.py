"""The workbook of a group: what stands where, what it computes, and that it comes back as it was filled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import scored
from office import Office
from ooxml.audit import audit
from pbreports.excel.reader import Workbook as Read
from pbreports.excel.reader import read_workbook
from pbreports.excel.scoring import Advice, Scores, read_scoring, scoring_name, scoring_workbook
from pbreports.rating.indicators import Indicator as Rated
from pbreports.scheme import Scheme
from pbreports.values import Scalar

ADVICE = {("A01-1", "K1"): Advice(Decimal("5.5"), Decimal(4)), ("A01-2", "K2"): Advice(None, Decimal("3.2"))}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with groups that assess."""
    return scored.scored_scheme(tmp_path_factory.mktemp("scheme"))


def read(scheme: Scheme, data: bytes) -> Scores:
    """Return what is read of a workbook."""
    return read_scoring(data, scheme, scheme.bureau["考核"], scored.assignment(), file="考核/东组.xlsx")


@pytest.fixture(scope="module")
def blank(scheme: Scheme) -> Workbook:
    """Return an empty workbook of the eastern group with what is known beforehand."""
    return scored.pages_of(scoring_workbook(scored.plan_of(scheme, advice=ADVICE)))


def test_the_file_is_named_by_year_round_group_and_version(scheme: Scheme) -> None:
    """The name says whose points they are; the version is raised by whoever sends it again."""
    assert scoring_name(scored.plan_of(scheme)) == "2031_考核_秋评_东组_v1.xlsx"


def test_branches_stand_down_and_indicators_across_with_their_full_points(blank: Workbook) -> None:
    """Below each header stand the full points; what is entered once for a branch follows the sum."""
    page = blank[scored.POINTS]
    headers = [page.cell(3, column).value for column in range(1, 13)]
    indicators = ["K1\n每月活动", "K2\n到场率", "K3\n借阅量", "K4\n有没有计划", "K5\n现场看"]
    assert headers == ["小组代码", "小组名称", *indicators, "合计", "自查", "满意率", "理由", "考核日"]
    assert [page.cell(4, column).value for column in range(3, 9)] == [6, 4, 5, 3, 2, 20]
    assert [page.cell(row, 1).value for row in (5, 6, 7)] == ["A01-1", "A01-2", None]


def test_only_what_assessors_enter_is_open(blank: Workbook) -> None:
    """Codes, names, sums and all of the comparison are locked; sheets are protected without a password."""
    page = blank[scored.POINTS]
    unlocked = {column for column in range(1, 13) if not page.cell(5, column).protection.locked}
    assert unlocked == {3, 4, 5, 6, 7, 10, 11, 12}
    assert all(blank[title].protection.sheet for title in (scored.POINTS, scored.MEASURED, "对照", "签字表"))
    assert blank[scored.POINTS].protection.password is None
    compared = blank["对照"]
    assert all(cell.protection.locked for row in compared.iter_rows() for cell in row)
    assert blank[scored.MEASURED]["G5"].protection.locked  # K5 says no deduction for each time


def test_points_can_only_be_between_nothing_and_the_full_ones(blank: Workbook) -> None:
    """Each indicator's cells carry its own limit over all branches."""
    limits = {
        str(one.sqref): (one.type, one.formula1, one.formula2)
        for one in blank[scored.POINTS].data_validations.dataValidation
    }
    assert limits["C5:C6"] == ("decimal", "0", "6")
    assert limits["G5:G6"] == ("decimal", "0", "2")
    assert limits["J5:J6"] == ("decimal", "0", "100")


def test_points_above_the_full_ones_and_missing_ones_turn_red(blank: Workbook) -> None:
    """Each indicator's cells have both conditions, over all branches."""
    marks = {
        str(one.sqref): [formula for rule in one.rules for formula in rule.formula]
        for one in blank[scored.POINTS].conditional_formatting
    }
    assert marks["C5:C6"] == [
        'AND(C5<>"",IF(ISNUMBER(C5),OR(C5<0,C5>6),TRUE))',
        'AND(C5="",INDEX(_given_points,ROWS(C$5:C5),1)="",$I5<>"未打分")',
    ]
    assert "$H$5:$L$6" in blank.defined_names["_given_points"].attr_text


def test_the_wide_sheets_are_frozen_and_printed_across(blank: Workbook) -> None:
    """A3 across, one page wide, headers and branches on every page."""
    page = blank[scored.POINTS]
    assert (page.freeze_panes, page.page_setup.paperSize, page.page_setup.orientation) == ("C5", 8, "landscape")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert (page.print_title_rows, page.print_title_cols) == ("$3:$4", "$A:$B")


def test_what_is_known_beforehand_stands_beside(blank: Workbook) -> None:
    """Own points and suggestions stand on lines of their own; where nobody has reported they are blank."""
    page = blank["对照"]
    assert [page.cell(row, 4).value for row in (5, 6)] == [5.5, 4]
    assert [page.cell(row, 5).value for row in (8, 9)] == [None, 3.2]
    assert page["D8"].value is None


def test_every_branch_has_an_upright_page_to_sign(blank: Workbook) -> None:
    """A page ends behind each branch; it names the branch and has room for both signatures."""
    page = blank["签字表"]
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert not page.sheet_properties.pageSetUpPr.fitToPage  # it would drop the breaks
    texts = [cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert texts.count("考评组签字") == texts.count("党组织书记签字") == 2
    assert [text for text in texts if text in scored.NAMES.values()] == ["晨读小组", "夜读小组"]
    starts = [row for row in range(1, page.max_row + 1) if str(page.cell(row, 1).value).startswith("2031年度")]
    assert [one.id + 1 for one in page.row_breaks.brk][:-1] == starts[1:]


def test_nothing_is_wrong_with_the_package(scheme: Scheme, tmp_path: Path) -> None:
    """The file is what the standard wants, and equal parameters give equal bytes."""
    data = scored.filled(scheme, scored.full_rows())
    assert data == scored.filled(scheme, scored.full_rows())
    path = tmp_path / "东组.xlsx"
    path.write_bytes(data)
    assert audit(path) == []


def test_what_was_entered_comes_back_with_its_cells(scheme: Scheme) -> None:
    """Points, measured values and reviews become records of the declared sheets, each with its cell."""
    rows: scored.Rows = {
        scored.POINTS: [
            *scored.points("A01-1", scored.INDICATORS, 考核日=date(2031, 10, 8)),
            *scored.points("A01-2", {"K1": 5, "K4": 3, "K5": 1}),
            *scored.measured("A01-2", {"K2": "87.5", "K3": "82"}),
        ],
        "考核评价": [{"轮": "秋评", "小组代码": "A01-2", "满意率": Decimal("96.5"), "理由": "来得早"}],
    }
    scores = read(scheme, scored.filled(scheme, rows))
    assert (scores.group, scores.round, scores.findings) == (scored.EAST, "秋评", ())
    found = scores.records[scored.POINTS]
    assert scored.given_by(found, scored.MEASURED) == {("A01-2", "K2"): Decimal("87.5"), ("A01-2", "K3"): Decimal(82)}
    assert len(scored.given_by(found)) == 8
    first = found[0]
    expected = {"轮": "秋评", "小组代码": "A01-1", "项号": "K1", "得分": Decimal(6), "组名": scored.EAST}
    assert {name: first.get(name) for name in expected} == expected
    assert first.get("考核日") == date(2031, 10, 8)
    assert str(first.cell("得分")) == "考核/东组.xlsx → 考核打分 → C5"
    one = next(it for it in found if it.get(scored.MEASURED) == 82)
    assert str(one.cell(scored.MEASURED)) == "考核/东组.xlsx → 实测 → E6"
    (review,) = scores.records["考核评价"]
    assert (review.get("满意率"), review.get("理由"), str(review.cell("理由"))) == (
        Decimal("96.5"),
        "来得早",
        "考核/东组.xlsx → 考核打分 → K6",
    )


@given(st.data())
def test_any_points_come_back_as_they_were(scheme: Scheme, data: st.DataObject) -> None:
    """Whatever a group enters within the limits is read as the same numbers, blanks as blanks."""
    rows: list[dict[str, Scalar]] = []
    for code in ("A01-1", "A01-2"):
        for name, full in scored.INDICATORS.items():
            tenths = data.draw(st.none() | st.integers(0, full * 10))
            if tenths is not None:
                rows.append({"轮": "秋评", "小组代码": code, "项号": name, "得分": Decimal(tenths) / 10})
    scores = read(scheme, scored.filled(scheme, {scored.POINTS: rows}))
    assert scored.given_by(scores.records[scored.POINTS]) == {
        (one["小组代码"], one["项号"]): one["得分"] for one in rows
    }
    assert {one.code for one in scores.findings} <= {"F-44"}


# ---------------------------------------------------------------- as an office program computes it


MIXED: scored.Rows = {
    scored.POINTS: [
        *scored.points("A01-1", {"K5": 1}),
        *scored.measured("A01-1", {"K2": "87.5", "K3": "82", "K4": "0"}),
        {"轮": "秋评", "小组代码": "A01-1", "项号": "K1", "得分": Decimal(5), scored.MEASURED: Decimal(2)},
        *scored.points("A01-2", {"K1": 6}),
    ],
    "考核评价": [{"轮": "秋评", "小组代码": "A01-1", "满意率": Decimal("96.5"), "理由": "来得早"}],
}


@pytest.fixture(scope="module")
def saved(scheme: Scheme, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a filled workbook as LibreOffice has computed and saved it."""
    folder = tmp_path_factory.mktemp("saved")
    path = folder / "东组.xlsx"
    path.write_bytes(scored.filled(scheme, MIXED))
    return office.convert(path, "xlsx", folder / "out")


def value(book: Read, title: str, row: int, column: int) -> object:
    """Return what a cell shows."""
    page = book.sheet(title)
    assert page is not None
    cell = page.cells.get((row, column))
    return cell.value if cell else None


@pytest.mark.render
def test_the_sum_counts_points_and_else_what_was_measured(saved: Path) -> None:
    """5 + 87.5% of 4 to one decimal + the band from 80 + the floor for no + 1; the line says whether it is complete."""
    book = read_workbook(saved)
    given = [value(book, scored.MEASURED, 5, column) for column in (9, 10, 11)]
    assert given == [Decimal("3.5"), Decimal("3.5"), Decimal("0.5")]
    assert value(book, scored.POINTS, 5, 8) == Decimal("13.5")
    assert (value(book, scored.POINTS, 5, 9), value(book, scored.POINTS, 6, 9)) == ("齐", "缺4项")


@pytest.mark.render
def test_the_page_to_sign_follows_the_points(saved: Path) -> None:
    """The form shows the points that count, entered or measured, their sum and the review."""
    book = read_workbook(saved)
    shown = [value(book, "签字表", row, 7) for row in range(5, 11)]
    assert shown == [5, Decimal("3.5"), Decimal("3.5"), Decimal("0.5"), 1, Decimal("13.5")]
    page = book.sheet("签字表")
    assert page is not None
    assert {"来得早", Decimal("96.5")} <= {cell.value for cell in page.cells.values()}


@pytest.mark.render
def test_nobody_signs_half_a_sum(saved: Path) -> None:
    """On the page of a branch that lacks points there is no sum, nor one of suggestions that do not cover all."""
    book = read_workbook(saved)
    page = book.sheet("签字表")
    assert page is not None
    sums = [row for (row, column), cell in page.cells.items() if column == 1 and cell.value == "合计"]
    assert [value(book, "签字表", row, 7) for row in sums] == [Decimal("13.5"), ""]
    assert [value(book, "签字表", row, 6) for row in sums] == ["", ""]


@pytest.mark.render
def test_what_libreoffice_saves_reads_the_same(scheme: Scheme, saved: Path) -> None:
    """Saved by another program it says what it said before, but that formulas now have results."""
    before, after = read(scheme, scored.filled(scheme, MIXED)), read(scheme, saved.read_bytes())
    assert {name: [one.values for one in some] for name, some in after.records.items()} == {
        name: [one.values for one in some] for name, some in before.records.items()
    }
    assert after.findings == before.findings


@pytest.mark.render
@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("K1", "0", "6"),
        ("K1", "2", "3"),
        ("K1", "9", "1"),
        ("K2", "100", "4"),
        ("K2", "71.2", "2.8"),
        ("K2", "71.25", "2.9"),
        ("K3", "90", "5"),
        ("K3", "89.9", "3.5"),
        ("K3", "12", "0"),
        ("K4", "1", "3"),
        ("K4", "0", "0.5"),
    ],
)
def test_every_kind_of_score_is_computed_in_the_workbook(
    computed: dict[tuple[str, str], object], name: str, typed: str, expected: str
) -> None:
    """Deduction with its floor, rate half up, bands from their limits on, yes and no."""
    assert computed[name, typed] == Decimal(expected)


@pytest.mark.render
def test_the_workbook_computes_what_the_rating_computes(
    scheme: Scheme, computed: dict[tuple[str, str], object]
) -> None:
    """Assessors see the points that the rating will count for a measured value."""
    for one in scored.plan_of(scheme).asked.indicators:
        kind = one.measure.value if one.measure else ""
        rated = Rated(one.code, one.full, kind, one.deduction, one.floor, one.bands)
        for typed in TYPED.get(one.code, ()):
            assert computed[one.code, typed] == rated.points_for(Decimal(typed))


TYPED = {"K1": ("0", "2", "9"), "K2": ("100", "71.2", "71.25"), "K3": ("90", "89.9", "12"), "K4": ("1", "0")}


@pytest.fixture(scope="module")
def computed(scheme: Scheme, office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], object]:
    """Return the points that LibreOffice computes for measured values, by indicator and value."""
    folder = tmp_path_factory.mktemp("computed")
    sources = []
    for number in range(3):
        path = folder / f"{number}.xlsx"
        rows = scored.measured("A01-1", {name: some[number] for name, some in TYPED.items() if number < len(some)})
        path.write_bytes(scored.filled(scheme, {scored.POINTS: rows}))
        sources.append(path)
    found: dict[tuple[str, str], object] = {}
    for number, path in enumerate(office.convert_all(sources, "xlsx", folder / "out")):
        book = read_workbook(path)
        for column, (name, some) in enumerate(TYPED.items(), start=8):
            if number < len(some):
                found[name, some[number]] = value(book, scored.MEASURED, 5, column)
    return found
