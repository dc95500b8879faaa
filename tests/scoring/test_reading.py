"""What a group can do to its workbook, and what is said of it: each its sentence, with file, sheet and cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scored
from pbreports.excel.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteSheet,
    Edit,
    InsertColumn,
    RenameSheet,
    SetCells,
    SetError,
    SetFormula,
    SwapColumns,
    edited,
)
from pbreports.excel.scoring import Assignment, Scores, is_scoring, read_scoring
from pbreports.scheme import Scheme
from pbreports.values import Scalar, Severity

FILE = "考核/东组.xlsx"
Spot = tuple[str, str, int]
P, M = scored.POINTS, scored.MEASURED
FULL = {(code, name): Decimal(it) for code in ("A01-1", "A01-2") for name, it in scored.INDICATORS.items()}


@pytest.fixture(scope="module")
def scheme(tmp_path_factory: pytest.TempPathFactory) -> Scheme:
    """Return the tiny scheme with groups that assess."""
    return scored.scored_scheme(tmp_path_factory.mktemp("scheme"))


@pytest.fixture(scope="module")
def full(scheme: Scheme) -> bytes:
    """Return the eastern group's workbook with full points for all."""
    return scored.filled(scheme, scored.full_rows())


def read(scheme: Scheme, data: bytes, assignment: Assignment | None = None) -> Scores:
    """Return what is read of a workbook."""
    return read_scoring(data, scheme, scheme.bureau["考核"], assignment or scored.assignment(), file=FILE)


def told(scores: Scores) -> list[tuple[str, str, str]]:
    """Return code, place and message of each finding."""
    return [(one.code, str(one.where).removeprefix(f"{FILE} → "), one.message) for one in scores.findings]


def points(scores: Scores) -> dict[tuple[object, object], object]:
    """Return the points by object and indicator."""
    return dict(scored.given_by(scores.records.get(P, ())))


def without(*keys: tuple[str, str]) -> dict[tuple[str, str], Decimal]:
    """Return full points but for those of some objects and indicators."""
    return {key: it for key, it in FULL.items() if key not in keys}


LACKS_K2 = ("F-44", f"{P} → D5", "“A01-1 晨读小组”还有1项没有打分（K2），这一轮不计分。")


@pytest.mark.parametrize(
    ("edits", "said", "lost"),
    [
        pytest.param(
            [SetCells(P, {"D5": "优"})],
            [("V-G05", f"{P} → D5", "“K2到场率”应为0至4的最多1位小数的数字，当前为“优”。")],
            [("A01-1", "K2")],
            id="text in points",
        ),
        pytest.param(
            [SetCells(P, {"D5": Decimal("4.5")})],
            [("V-G05", f"{P} → D5", "“K2到场率”应为0至4的最多1位小数的数字，当前为“4.5”。")],
            [("A01-1", "K2")],
            id="above the maximum",
        ),
        pytest.param(
            [SetCells(P, {"D5": Decimal(-1)})],
            [("V-G05", f"{P} → D5", "“K2到场率”应为0至4的最多1位小数的数字，当前为“-1”。")],
            [("A01-1", "K2")],
            id="below nothing",
        ),
        pytest.param([SetCells(P, {"D5": None})], [LACKS_K2], [("A01-1", "K2")], id="one blank"),
        pytest.param(
            [SetCells(P, dict.fromkeys(("C6", "D6", "E6", "F6", "G6")))],
            [("F-44", f"{P} → A6", "“A01-2 夜读小组”还没有打分，这一轮不计分。")],
            [("A01-2", name) for name in scored.INDICATORS],
            id="nothing entered for one",
        ),
        pytest.param(
            [SetError(P, "D5")],
            [("V-G05", f"{P} → D5", "“K2到场率”应为0至4的最多1位小数的数字，当前为“#REF!”。")],
            [("A01-1", "K2")],
            id="an error in a cell",
        ),
        pytest.param(
            [SetFormula(P, "D5", "C5-2")],
            [("V-G08", f"{P} → D5", "有公式没有计算结果，读不到数值。")],
            [("A01-1", "K2")],
            id="a formula that nothing has computed",
        ),
        pytest.param(
            [SetCells(P, {"A6": "B02-1"})],
            [
                ("F-43", f"{P} → A6", "“B02-1”由“西组”考评，不由“东组”考评，这一行没有读取。"),
                ("V-G04", P, "预填的“A01-2 夜读小组”这一条不见了。"),
            ],
            [("A01-2", name) for name in scored.INDICATORS],
            id="a branch of another group",
        ),
        pytest.param(
            [SetCells(P, {"A6": "Z99"})],
            [
                ("F-43", f"{P} → A6", "“Z99”不在“考核组”里，不由“东组”考评，这一行没有读取。"),
                ("V-G04", P, "预填的“A01-2 夜读小组”这一条不见了。"),
            ],
            [("A01-2", name) for name in scored.INDICATORS],
            id="a branch that nobody knows",
        ),
        pytest.param(
            [DeleteRows(P, 6)],
            [("V-G04", P, "预填的“A01-2 夜读小组”这一条不见了。")],
            [("A01-2", name) for name in scored.INDICATORS],
            id="a branch's line deleted",
        ),
        pytest.param(
            [SetCells(P, {"A6": "A01-1"})],
            [
                ("V-G09", f"{P} → A6", "与第5行重复（A01-1）。"),
                ("V-G04", P, "预填的“A01-2 夜读小组”这一条不见了。"),
            ],
            [("A01-2", name) for name in scored.INDICATORS],
            id="rows pasted over",
        ),
        pytest.param(
            [SetCells(P, {"A6": None})],
            [
                ("V-G04", f"{P} → A6", "“小组代码”为必填项。"),
                ("V-G04", P, "预填的“A01-2 夜读小组”这一条不见了。"),
            ],
            [("A01-2", name) for name in scored.INDICATORS],
            id="a line without its code",
        ),
        pytest.param(
            [SetCells(P, {"M3": "K9", "M5": Decimal(3)})],
            [("V-G08", f"{P} → M3", "多出“K9”，不在报表里，没有读取。")],
            [],
            id="an indicator that nobody asked",
        ),
        pytest.param(
            [DeleteColumn(P, 4)],
            [
                ("V-G03", f"{P} → A3", "表“考核打分”缺少列“K2到场率”，请勿增删改列。"),
            ],
            [("A01-1", "K2"), ("A01-2", "K2")],
            id="a column deleted",
        ),
        pytest.param([SwapColumns(P, 3, 4)], [("V-G08", f"{P} → D3", None)], [], id="columns exchanged whole"),
        pytest.param(
            [InsertColumn(P, 4)],
            [("V-G08", f"{P} → E3", None)],
            [],
            id="a column inserted",
        ),
        pytest.param(
            [RenameSheet(P, "打分")],
            [("V-G08", "打分", "工作表“考核打分”被改名为“打分”，已按原表读取。")],
            [],
            id="the sheet renamed",
        ),
        pytest.param(
            [DeleteSheet(P)], [("V-G03", P, "缺少工作表“考核打分”。")], list(FULL), id="the sheet of points deleted"
        ),
        pytest.param(
            [DeleteSheet(M)], [("V-G03", M, "缺少工作表“实测”。")], [], id="the sheet of measured values deleted"
        ),
    ],
)
def test_each_slip_is_said_where_it_is_and_costs_only_itself(
    scheme: Scheme,
    full: bytes,
    edits: Sequence[Edit],
    said: Sequence[tuple[str, str, str | None]],
    lost: Sequence[tuple[str, str]],
) -> None:
    """What cannot be understood counts as not entered; all the rest is read by its headers and codes."""
    scores = read(scheme, edited(full, edits))
    found = told(scores)
    assert [(code, place) for code, place, _ in found] == [(code, place) for code, place, _ in said]
    assert all(wanted in (None, it) for (*_, wanted), (*_, it) in zip(said, found, strict=True))
    assert points(scores) == without(*lost)


@pytest.mark.parametrize(
    ("cell", "typed", "message"),
    [
        ("C5", Decimal(-1), "“K1每月活动”应为不小于0的最多1位小数的数字，当前为“-1”。"),
        ("D5", Decimal(101), "“K2到场率”应为0至100的最多1位小数的数字，当前为“101”。"),
        ("F5", Decimal(2), "“K4有没有计划”应为0至1的整数，当前为“2”。"),
        ("F5", "有", "“K4有没有计划”应为0至1的整数，当前为“有”。"),
    ],
)
def test_a_measured_value_must_be_what_its_kind_of_score_takes(
    scheme: Scheme, full: bytes, cell: str, typed: Decimal | str, message: str
) -> None:
    """Times, percentages, yes or no: what is none of them is said and not taken."""
    scores = read(scheme, edited(full, [SetCells(M, {cell: typed})]))
    assert told(scores) == [("V-G05", f"{M} → {cell}", message)]
    assert not scored.given_by(scores.records[P], M)


def test_a_workbook_of_another_year_is_not_read(scheme: Scheme, full: bytes) -> None:
    """The hidden sheet says which year's it is."""
    scores = read(scheme, edited(full, [SetCells("_meta", {"B2": "2030"})]))
    assert told(scores) == [("F-21", FILE, "这是2030年度的工作簿，现在收的是2031年度。")]
    assert (scores.group, scores.records) == ("", {})


@pytest.mark.parametrize(
    ("cell", "typed", "message"),
    [("B3", "夏评", "没有轮次“夏评”"), ("B5", "南组", "没有考评组“南组”")],
)
def test_a_round_or_group_that_nobody_knows_is_said(
    scheme: Scheme, full: bytes, cell: str, typed: str, message: str
) -> None:
    """Such a workbook is of an older plan; nothing of it counts."""
    scores = read(scheme, edited(full, [SetCells("_meta", {cell: typed})]))
    assert told(scores) == [("F-42", FILE, f"方案里{message}，这份考评簿没有读取。")]
    assert scores.records == {}


@pytest.mark.parametrize("data", ["other", "nothing"])
def test_what_is_no_such_workbook_is_one_finding(scheme: Scheme, full: bytes, data: str) -> None:
    """Neither a workbook that was not issued nor a file that is none stops anything."""
    given = edited(full, [DeleteSheet("_meta")]) if data == "other" else b"not a workbook"
    scores = read(scheme, given)
    (found,) = scores.findings
    assert (found.code, found.severity, scores.records) == (
        "F-20" if data == "other" else found.code,
        Severity.ERROR,
        {},
    )
    assert found.code.startswith("F-")


def test_a_group_whose_branches_have_changed_is_read_for_those_it_still_has(scheme: Scheme, full: bytes) -> None:
    """A branch that was given to another group since counts there alone."""
    moved = Assignment({**scored.GROUPS, "A01-2": scored.WEST}, scored.NAMES, tuple(scored.ROUNDS))
    scores = read(scheme, full, moved)
    assert [code for code, *_ in told(scores)] == ["F-43"]
    assert {code for code, _ in points(scores)} == {"A01-1"}


def test_such_a_workbook_is_told_from_others(scheme: Scheme, full: bytes) -> None:
    """By its hidden sheet, whatever the file is called."""
    book = scheme.bureau["考核"]
    assert is_scoring(full, book, file=FILE)
    assert not is_scoring(edited(full, [DeleteSheet("_meta")]), book, file=FILE)


TYPED = st.none() | st.text(max_size=8) | st.decimals(-999, 999, places=2) | st.dates() | st.booleans()
SPOTS = st.tuples(st.sampled_from((P, M)), st.sampled_from("ABCDEFGHIJKLMN"), st.integers(1, 9))


@given(st.dictionaries(SPOTS, TYPED, max_size=12))
def test_whatever_is_typed_anywhere_is_read_or_said(scheme: Scheme, full: bytes, typed: dict[Spot, Scalar]) -> None:
    """No content of any cell stops the reading; what counts stays within the full points and the group's branches."""
    edits = [SetCells(sheet, {f"{letter}{row}": it}) for (sheet, letter, row), it in typed.items() if row > 2]
    scores = read(scheme, edited(full, edits))
    for (code, name), it in points(scores).items():
        assert code in ("A01-1", "A01-2")
        assert isinstance(it, Decimal)
        assert 0 <= it <= scored.INDICATORS[str(name)]
    assert len(points(scores)) == len({(one.get("小组代码"), one.get("项号")) for one in scores.records[P]})
