"""What the pipeline makes of a rating: who has reported it, the page of steps, which branch is meant, what is told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pbreports.errors import PbreportsError
from pbreports.figures import Basis
from pbreports.pipeline.proof import basis_of
from pbreports.pipeline.rating import rating_findings, with_rating
from pbreports.pipeline.rating_explained import find_branch
from pbreports.pipeline.rating_steps import places_in_words, rests_on_rating, steps_page
from pbreports.rating import Outcome
from pbreports.scheme.language import Facts
from pbreports.scheme.vocabulary import APPROVED, INDICATOR_POINTS, RESULTS, ROUND_SCORES
from pbreports.values import CellRef, Figure, Finding, Severity
from rating.casebook import Case, rater

BUREAU = ""
MEETING = {"审议会议": "党委会", "审议日期": "2020-12-20"}
APPROVAL = {"评定审定": [{"审定年度": "2020", "审定会议": "党委会", "审定日期": "2020-12-20"}]}


def outcome(sheets: Mapping[str, Any] | None = None, **branches: Mapping[str, Any]) -> Outcome:
    """Return the rating of some branches."""
    return rater().run(Case({"名称": "甲", "支部": branches, "表": sheets or {}}))


def coverage(made: Outcome) -> dict[str, tuple[int, int]]:
    """Return of the rating's tables how many units report them, of how many."""
    basis = with_rating(Basis(Facts({}), {}, {}, {}), made, BUREAU)
    return {name: (len(one.reported), len(one.expected)) for name, one in basis.coverage.items()}


def test_before_any_points_nothing_is_reported() -> None:
    """Without points every table counts as not reported by the one who makes it: figures are blank, not nothing."""
    made = outcome(甲={"得分": ["~", "~"]}, 乙={"得分": ["~", "~"], "单位": "S2"})
    assert coverage(made) == dict.fromkeys((INDICATOR_POINTS, ROUND_SCORES, RESULTS, APPROVED), (0, 1))


def test_units_report_with_all_their_branches() -> None:
    """With half of the groups in, the units whose branches have it all are counted, and the results wait for approval."""
    made = outcome(甲={}, 乙={"得分": ["~", "~"]}, 丙={"单位": "S2"})
    assert coverage(made) == {INDICATOR_POINTS: (1, 2), ROUND_SCORES: (1, 2), RESULTS: (1, 2), APPROVED: (0, 1)}


def test_approved_results_are_the_bureaus() -> None:
    """Approved results are reported once, by the bureau."""
    assert coverage(outcome(APPROVAL, 甲={}))[APPROVED] == (1, 1)
    assert coverage(outcome(APPROVAL, 甲={"得分": ["~", "~"]}))[APPROVED] == (0, 1)


def test_rows_of_the_rating_lead_to_the_page_of_steps() -> None:
    """A figure over the rating names the page and the branch, and there stand the steps with the cells."""
    hit = {"轮次": "第一轮", "党组织代码": "甲", "项目代码": "X05", "认定起数": "1", "认定文书文号": "教纪〔2020〕8号"}
    made = outcome({"负面清单认定": [hit], **APPROVAL}, 甲={"得分": ["95", "95"]}, 乙={})
    page = steps_page(made)
    for name in (INDICATOR_POINTS, ROUND_SCORES, RESULTS, APPROVED):
        assert {str(row.cell("星级")) for row in made.tables[name]} == {
            f"{page.title} → 甲支部",
            f"{page.title} → 乙支部",
        }
    steps = {str(step): (text, cells) for branch, step, text, cells in page.rows if branch == "甲支部"}
    assert steps["第一轮"] == ("1项指标共95分，得95分", "考评打分.xlsx → 考评打分 → 考评分")
    item = "X05 发展党员违反程序被纠正或不予认可 教纪〔2020〕8号"
    assert steps["命中负面清单"][0] == f"最高4星（负面清单命中几项的，按最严的后果封顶；{item}）"
    assert str(steps["命中负面清单"][1]).startswith("负面清单认定.xlsx → 负面清单认定")
    assert steps["年度得分"][0] == "95×0.4＋95×0.6＝95分"
    assert steps["结果"][0] == "4星（已定，首次定星）"


def test_a_tie_at_the_line_is_told() -> None:
    """The step on the places says with whom a branch was equal, on what, and who decided: of the chosen one, the other, those that wait."""
    equal: dict[str, Any] = {"得分": ["91", "91"], "上年": "4"}
    row = {"党组织代码": "甲", "待研究事项": "并列", "是否入选": "是", "研究理由": "群众公认", **MEETING}
    half = {
        "名称": "甲",
        "支部": {"甲": equal, "乙": equal, "丙": {"得分": ["60", "60"]}},
        "参数": {"五星名额比例": "0.4"},
    }
    on = "并列（年度得分91、第二轮得分91、评议分90、上年星级4都相同）"
    undecided = rater().run(Case({**half, "支部": {**half["支部"]}}))
    settled = rater().run(Case({**half, "表": {"待研究决定": [row]}}))
    told = [
        {step.clause: step.text for step in one.steps}.get("名额") for one in (*undecided.ratings, *settled.ratings)
    ]
    assert told[0] == f"全区名额1个，全区第1名，与乙支部{on}，在名额线处并列，待会议研究"
    assert told[1] == f"全区名额1个，全区第1名，与甲支部{on}，在名额线处并列，待会议研究"
    assert told[2] is None
    assert told[3] is not None
    assert told[3].startswith(f"全区名额1个，全区第1名，与乙支部{on}，得5星（")
    assert "群众公认" in told[3]
    assert told[4] == f"全区名额1个，全区第1名，与甲支部{on}，由党委会研究决定，名额已满，定4星"


@pytest.mark.parametrize(
    ("method", "cells"), [("指标分加加分", ()), ("基础与评议加权", ("轮次评议.xlsx → 轮次评议 → 评议分",))]
)
def test_a_round_rests_on_what_its_method_asks(method: str, cells: tuple[str, ...]) -> None:
    """Votes are among the cells of a round where they count for its score, and not where they do not."""
    made = rater().run(Case({"名称": "甲", "支部": {"甲": {}}, "参数": {"星级计分法": method}}))
    named = places_in_words(made.ratings[0].steps[0].cells)
    assert [one for one in named if "轮次评议" in one and "评议分" in one] == list(cells)


@pytest.mark.parametrize(("reported", "words"), [(0, "还没有审定"), (1, "已审定")])
def test_the_basis_of_approved_results(reported: int, words: str) -> None:
    """A figure over the year's results says whether a meeting has approved them."""
    scheme = rater().scheme
    figure = Figure("五星级党组织数", None, "个", reported, 1)
    assert basis_of(scheme.figures[figure.name], figure, scheme) == words


def test_cells_of_one_sheet_are_one_text() -> None:
    """Cells of a sheet are told together, each once."""
    cells = [CellRef("a", "b", "C1"), CellRef("a", "b", "C2"), CellRef("a", "b", "C1"), CellRef("d", "e")]
    assert places_in_words(cells) == ("a → b → C1、C2", "d → e")


def test_papers_that_rest_on_the_rating() -> None:
    """A name rests on the rating when its figure or list asks its tables, itself or through others."""
    scheme = rater().scheme
    assert rests_on_rating(scheme, {"五星级党组织数"})
    assert rests_on_rating(scheme, {"五星级占比"})
    assert rests_on_rating(scheme, {"五星级党组织名单"})
    assert rests_on_rating(scheme, {"主要指标表"})
    assert not rests_on_rating(scheme, {"全区党员总数", "年度", "没有的名"})


@pytest.mark.parametrize("text", ["甲一", "甲一支部", "甲一 支部", "一支部"])
def test_a_branch_is_found(text: str) -> None:
    """A code, the full name and the short one mean the branch, spaces aside."""
    made = outcome(甲一={"党组织简称": "一支部"}, 乙={})
    assert find_branch(made, text).code == "甲一"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲", "是不是“一支部”（甲一）"),
        ("甲一支书", "是不是“一支部”（甲一）"),
        ("完全不同的名字", "运行 pbreports rate 可列出全部"),
        ("", "可列出全部"),
        ("同名", "叫“同名”的不止一个，请写代码：“同名”（乙）、“同名”（丙）"),
    ],
)
def test_a_branch_that_is_not_clear(text: str, said: str) -> None:
    """The nearest names are proposed for an unknown one; for one that several have, their codes."""
    made = outcome(甲一={"党组织简称": "一支部"}, 乙={"党组织简称": "同名"}, 丙={"党组织简称": "同名"})
    with pytest.raises(PbreportsError, match="党组织") as raised:
        find_branch(made, text)
    assert said in str(raised.value)


def test_what_reading_has_told_is_not_told_again() -> None:
    """Two rows of decisions for one branch are told of where they were read; elsewhere the rating says it."""
    row = {"党组织代码": "甲", "待研究事项": "并列", "是否入选": "是", "研究理由": "研究决定", **MEETING}
    made = outcome({"待研究决定": [row, row]}, 甲={})
    assert [one.code for one in rating_findings(made, ())] == ["P-14"]
    (found,) = made.findings
    read = Finding("V-G09", Severity.ERROR, replace(found.where, cell="党组织代码"), "与第5行重复")
    assert rating_findings(made, (read,)) == ()
    assert rating_findings(made, (replace(read, where=replace(read.where, cell="B9")),)) == made.findings


def test_one_cause_is_one_finding() -> None:
    """A branch code mistyped in many rows of points is told once."""
    row = {"轮次": "第一轮", "党组织代码": "申", "指标代码": "Z", "考评分": "3"}
    found = rating_findings(outcome({"考评打分": [row, row, row]}, 甲={}), ())
    assert [(one.code, one.count) for one in found] == [("P-29", 3)]
