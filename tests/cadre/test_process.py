"""How far a candidacy has come: steps with their days and documents, what is missing, the days that the rules set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pbreports.cadre.dossier import Dossier
from pbreports.cadre.process import Progress, State, process_rows, progress
from pbreports.cadre.workdays import Workdays
from pbreports.scheme.model.cadre import CadreStep
from pbreports.values import CellRef, Record, Scalar

NAMES: Mapping[str, Any] = {
    "公示工作日": Decimal(5),
    "公示起算": "次日",
    "民主推荐有效月数": Decimal(12),
    "试用期月数": Decimal(12),
    "可任职公示结果": ("无反映", "有反映不影响任职"),
}
STEPS = (
    CadreStep("动议", 1, "岗位方案.动议日期", "岗位方案.动议文号", duty="会议"),
    CadreStep("民主推荐", 2, "民主推荐.推荐日期", duty="组织部门"),
    CadreStep("组织考察", 4, "考察组.考察开始日期", needs=("考察组.考察结束日期", "谈话汇总.谈话人数")),
    CadreStep("廉洁意见", 4, "审核记录.廉洁意见日期", needs=("审核记录.廉洁意见书记签字", "审核记录.廉洁意见纪检签字")),
    CadreStep("讨论决定", 6, "审核记录.讨论决定日期"),
    CadreStep("公示开始", 7, "审核记录.公示开始日期", "审核记录.公示文号"),
    CadreStep("公示结束", 8, "审核记录.公示结束日期", needs=("审核记录.公示结果",)),
    CadreStep("任职", 9, "审核记录.任职日期", "审核记录.任职文号"),
    CadreStep("试用期满考核", 10, "审核记录.试用期满日期", needs=("审核记录.试用期满考核结论",)),
)
WHOLE: Mapping[str, Sequence[Mapping[str, Scalar]]] = {
    "岗位方案": [{"动议日期": date(2020, 10, 12), "动议文号": "纪要〔2020〕1号"}],
    "民主推荐": [
        {"推荐形式": "会议推荐", "推荐日期": date(2020, 10, 20)},
        {"推荐形式": "谈话推荐", "推荐日期": date(2020, 10, 21)},
    ],
    "考察组": [{"考察开始日期": date(2020, 11, 2), "考察结束日期": date(2020, 11, 4)}],
    "谈话汇总": [{"谈话人数": Decimal(18)}],
    "审核记录": [
        {
            "廉洁意见日期": date(2020, 11, 3),
            "廉洁意见书记签字": True,
            "廉洁意见纪检签字": True,
            "讨论决定日期": date(2020, 11, 20),
            "公示开始日期": date(2020, 11, 23),
            "公示文号": "公示〔2020〕3号",
            "公示结束日期": date(2020, 11, 30),
            "公示结果": "无反映",
            "任职日期": date(2020, 12, 4),
            "任职文号": "任〔2020〕7号",
            "试用期满日期": date(2021, 12, 4),
        }
    ],
}


def dossier(**changes: Sequence[Mapping[str, Scalar]] | None) -> Dossier:
    """Return the candidacy that has gone through everything, with other rows in some sheets (``None``: no row)."""
    sheets = {**WHOLE, **changes}
    rows = {
        sheet: tuple(
            Record(sheet, "", dict(row), dict.fromkeys(row, f"B{number}"), "考察/干部考察.xlsx", sheet)
            for number, row in enumerate(given or (), 4)
        )
        for sheet, given in sheets.items()
    }
    return Dossier(Record("候选人", "", {"候选人编号": "K01"}, {}, "", ""), rows)


def review(**changes: Scalar) -> Sequence[Mapping[str, Scalar]]:
    """Return the row of reviews with some fields changed; ``None`` is a blank."""
    return [{**WHOLE["审核记录"][0], **changes}]


def at(
    told: Dossier,
    day: date = date(2020, 12, 31),
    names: Mapping[str, Any] = NAMES,
    steps: Sequence[CadreStep] = STEPS,
    workdays: Workdays | None = None,
) -> Progress:
    """Return the progress on a day."""
    return progress(told, steps, names=names, as_of=day, workdays=workdays or Workdays())


def terms(found: Progress) -> dict[str, date | None]:
    """Return the days that the rules set, by name."""
    return {one.name: one.day for one in found.terms}


def test_what_is_done_has_its_days_and_documents() -> None:
    """Every step with all that it needs is done; the plan of the probation's end is still to come."""
    found = at(dossier())
    states = {one.step.name: one.state for one in found.steps}
    assert states.pop("试用期满考核") is State.AHEAD
    assert set(states.values()) == {State.DONE}
    assert found.reached
    assert found.reached.step.name == "任职"
    assert [one.step.name for one in found.upcoming] == ["试用期满考核"]
    assert list(found.missing) == ["“审核记录”的“试用期满考核结论”没有填"]
    assert found.behind == ()


def test_a_step_counts_only_by_the_day() -> None:
    """On a day before publicity ends, its end and the appointment are still to come."""
    found = at(dossier(), date(2020, 11, 25))
    assert found.reached
    assert found.reached.step.name == "公示开始"
    assert [(one.step.name, one.state) for one in found.upcoming] == [("公示结束", State.AHEAD)]


def test_nothing_is_known_of_a_new_candidacy() -> None:
    """Without a row anywhere every step is open, and what is asked for first is the sheet of the first step."""
    found = at(dossier(**dict.fromkeys(WHOLE, None)))
    assert {one.state for one in found.steps} == {State.OPEN}
    assert found.reached is None
    assert list(found.missing) == ["“岗位方案”还没有登记"]
    assert found.terms == ()


def test_several_occasions_count_by_the_first_and_the_last() -> None:
    """A step begins with its first occasion; it is finished with the last, and not while one has no day."""
    (one,) = [one for one in at(dossier()).steps if one.step.name == "民主推荐"]
    assert (one.begun, one.finished) == (date(2020, 10, 20), date(2020, 10, 21))
    rows = [{"推荐形式": "会议推荐", "推荐日期": date(2020, 10, 20)}, {"推荐形式": "谈话推荐", "推荐日期": None}]
    found = at(dossier(民主推荐=rows))
    (one,) = [one for one in found.steps if one.step.name == "民主推荐"]
    assert (one.begun, one.finished, one.state) == (date(2020, 10, 20), None, State.PARTLY)
    assert found.behind == (one,)


def test_a_signature_that_is_not_there_leaves_the_step_open() -> None:
    """A need answered with no is not met; what is missing says so, with its cell."""
    found = at(dossier(审核记录=review(廉洁意见纪检签字=False)))
    assert [one.step.name for one in found.upcoming] == ["廉洁意见"]
    assert found.missing == ("“审核记录”的“廉洁意见纪检签字”填的是“否”",)
    (lacking,) = found.upcoming[0].missing
    assert lacking.where == CellRef("考察/干部考察.xlsx", "审核记录", "B4")


def test_what_is_missing_is_told_by_sheet() -> None:
    """All blank fields of one sheet are one sentence; steps of the same stage are asked for together."""
    found = at(dossier(审核记录=review(廉洁意见日期=None, 廉洁意见书记签字=None), 谈话汇总=[{"谈话人数": None}]))
    assert found.missing == ("“谈话汇总”的“谈话人数”没有填", "“审核记录”的“廉洁意见日期”、“廉洁意见书记签字”没有填")


def test_a_conclusion_without_its_day_is_a_step_begun() -> None:
    """What has a result but no day is not done, and not untouched either."""
    found = at(dossier(审核记录=[{"公示结果": "无反映"}]))
    states = {one.step.name: one.state for one in found.steps}
    assert (states["公示结束"], states["公示开始"]) == (State.PARTLY, State.OPEN)


def test_a_need_in_another_sheet_is_looked_for_there() -> None:
    """The inspection is not done without the summary of talks."""
    found = at(dossier(谈话汇总=None))
    assert list(found.missing) == ["“谈话汇总”还没有登记"]
    assert found.upcoming[0].state is State.PARTLY


def test_the_rules_days_are_reckoned() -> None:
    """A year for the recommendation by its first form, five working days from the next, a year of probation."""
    assert terms(at(dossier())) == {
        "讨论决定不晚于": date(2021, 10, 20),
        "公示期满不早于": date(2020, 11, 30),
        "任职不早于": date(2020, 12, 1),
        "试用期满": date(2021, 12, 4),
    }
    assert [one.settled for one in at(dossier()).terms] == [True, True, True, False]


@pytest.mark.parametrize(
    ("counted", "start", "end"),
    [
        ("当日", date(2020, 11, 23), date(2020, 11, 27)),
        ("次日", date(2020, 11, 23), date(2020, 11, 30)),
        ("当日", date(2020, 9, 28), date(2020, 10, 10)),
        ("次日", date(2020, 9, 27), date(2020, 10, 10)),
    ],
)
def test_publicity_counts_working_days(counted: str, start: date, end: date) -> None:
    """The first day counts where the parameter says so; holidays never do, a make-up day does."""
    told = dossier(审核记录=review(公示开始日期=start, 公示结束日期=None))
    found = terms(at(told, names={**NAMES, "公示起算": counted}))
    assert found["公示期满不早于"] == end


def test_an_appointment_waits_for_the_end_that_was_announced() -> None:
    """Where publicity was announced for longer than it has to be, its own end counts."""
    told = dossier(审核记录=review(公示结束日期=date(2020, 12, 8)))
    assert terms(at(told))["任职不早于"] == date(2020, 12, 9)


def test_before_feedback_the_day_of_appointment_is_conditional() -> None:
    """While the result is blank the day is told with what it depends on."""
    found = at(dossier(审核记录=review(公示结果=None)))
    (term,) = [one for one in found.terms if one.name == "任职不早于"]
    assert (term.day, term.told) == (date(2020, 12, 1), "公示期满次日，以公示没有影响任职的反映为前提")


@pytest.mark.parametrize("result", ["正在核查", "影响任职"])
def test_no_day_of_appointment_while_feedback_stands_against_it(result: str) -> None:
    """A result that is not among those allowed leaves no lawful day."""
    found = at(dossier(审核记录=review(公示结果=result)))
    (term,) = [one for one in found.terms if one.name == "任职不早于"]
    assert (term.day, term.told) == (None, f"公示结果是“{result}”，还不能任职")


def test_a_year_not_announced_is_never_guessed() -> None:
    """The end of publicity is then not told but what to fill in; told days make it known."""
    told = dossier(审核记录=review(公示开始日期=date(2150, 1, 5), 公示结束日期=None))
    found = at(told)
    (term,) = [one for one in found.terms if one.name == "公示期满不早于"]
    assert term.day is None
    assert "请在“工作日调整”里逐日填上" in term.told
    known = Workdays({date(2150, 1, day): True for day in range(5, 11)})
    assert terms(at(told, workdays=known))["公示期满不早于"] == date(2150, 1, 10)


def test_only_terms_of_steps_that_apply_are_told() -> None:
    """Who is not on probation has no end of it."""
    assert "试用期满" not in terms(at(dossier(), steps=STEPS[:-1]))


def test_the_record_has_every_day_and_document() -> None:
    """Each occasion is a row of its own; rows of one day are one; needs are told after their names."""
    rows = process_rows(at(dossier()))
    assert [row["序号"] for row in rows] == list(range(1, 11))
    told = {row["步骤"]: row for row in rows}
    assert told["民主推荐（会议推荐）"]["日期"] == date(2020, 10, 20)
    assert told["民主推荐（谈话推荐）"]["日期"] == date(2020, 10, 21)
    assert told["动议"]["文号"] == "纪要〔2020〕1号"
    assert told["组织考察"]["情况"] == "考察结束日期：2020-11-04；谈话人数：18"
    assert told["廉洁意见"]["情况"] == "廉洁意见书记签字：是；廉洁意见纪检签字：是"
    assert told["任职"] == {
        "序号": 9,
        "阶段": 9,
        "步骤": "任职",
        "日期": date(2020, 12, 4),
        "文号": "任〔2020〕7号",
        "情况": "",
        "责任": "",
        "状态": "已办",
    }
    same = [{"推荐形式": form, "推荐日期": date(2020, 10, 20)} for form in ("会议推荐", "谈话推荐")]
    assert process_rows(at(dossier(民主推荐=same)))[1]["步骤"] == "民主推荐"


def test_steps_go_by_stage_whatever_order_they_are_declared_in() -> None:
    """The stages lead; within a stage the declared order stays."""
    found = at(dossier(), steps=STEPS[::-1])
    assert [one.step.name for one in found.steps][2:4] == ["廉洁意见", "组织考察"]
    assert [one.step.stage for one in found.steps] == sorted(one.stage for one in STEPS)
