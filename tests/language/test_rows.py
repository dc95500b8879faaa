"""Functions over rows: which rows are linked, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.places import numbers, rows, value_of
from pbreports.scheme.language import Facts
from pbreports.values import Record, Scalar, YearMonth

BRANCHES = rows("支部", numbers(代码="Z1", 党员数=5), numbers(代码="Z2", 党员数=2))
ACTIVITIES = rows(
    "活动",
    numbers(代码="Z1", 季度="第一季度", 次数=3, 日期=date(2020, 3, 1), 主题="甲"),
    numbers(代码="Z1", 季度="第二季度", 次数=None, 日期=date(2020, 6, 1), 主题="乙"),
    numbers(代码="Z1", 季度="第三季度", 次数=4, 日期=None, 主题="甲"),
    numbers(代码="Z2", 季度="第一季度", 次数=9, 日期=date(2020, 1, 5), 主题=None),
)
MEMBERS = rows(
    "党员",
    numbers(代码="Z1", 姓名="甲一", 出生年月=YearMonth(1980, 1), 骨干=True, 年限=3),
    numbers(代码="Z1", 姓名="甲一", 出生年月=YearMonth(1990, 5), 骨干=False, 年限=1),
    numbers(代码="Z2", 姓名="乙二", 出生年月=None, 骨干=None, 年限=2),
)
BOOK = {"支部": BRANCHES, "活动": ACTIVITIES, "党员": MEMBERS}
FIRST = BRANCHES[0].values


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("合计(活动.次数)", Decimal(7)),
        ("合计(活动.次数 * 2)", Decimal(14)),
        ("合计(活动.次数, 活动.季度 == '第一季度')", Decimal(3)),
        ("合计(活动.次数, 活动.季度 == '第九季度')", None),
        ("平均(活动.次数)", Decimal("3.5")),
        ("计数(活动)", Decimal(3)),
        ("计数(活动.次数)", Decimal(2)),
        ("计数(活动, 活动.次数 > 3)", Decimal(1)),
        ("去重计数(活动.主题)", Decimal(2)),
        ("最大(活动.日期)", date(2020, 6, 1)),
        ("最小(活动.次数)", Decimal(3)),
        ("最大(党员.出生年月)", YearMonth(1990, 5)),
        ("取(活动.主题, 活动.季度 == '第二季度')", "乙"),
        ("取(活动.主题, 活动.季度 == '第九季度')", None),
        ("取(活动.次数, 活动.季度 != '第一季度')", Decimal(4)),
        ("'乙' in 列出(活动.主题)", True),
        ("存在(活动, 活动.次数 > 3)", True),
        ("存在(活动, 活动.次数 > 9)", False),
        ("不关联(计数(活动))", Decimal(4)),
        ("不关联(合计(活动.次数, 活动.代码 != 代码))", Decimal(9)),
        ("不关联(合计(活动.次数)) - 合计(活动.次数)", Decimal(9)),
        ("计数(党员, 党员.骨干)", Decimal(1)),
        ("计数(党员, 计数(活动, 活动.次数 > 党员.年限) == 1)", Decimal(1)),
        ("合计(活动.次数) >= 党员数", True),
        ("合计(活动.次数 * 取(党员.年限))", Decimal(21)),
        ("取(活动.季度, 活动.日期 == 最大(活动.日期))", "第二季度"),
        ("计数(活动, 活动.次数 == 活动.次数 + 0)", Decimal(2)),
    ],
)
def test_rows_linked_to_the_current_row(text: str, wanted: object) -> None:
    """Only the rows with the same linking fields count; a blank condition does not choose a row, a blank value is left out."""
    assert value_of(text, FIRST, sheet="支部", records=BOOK) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("计数(党员, 党员.姓名 == 姓名)", Decimal(2)),
        ("计数(党员)", Decimal(3)),
        ("合计(党员.年限, 党员.代码 == 代码)", Decimal(4)),
    ],
)
def test_the_same_sheet_is_not_linked(text: str, wanted: object) -> None:
    """An aggregate over the row's own sheet sees all its rows, the row itself among them."""
    assert value_of(text, MEMBERS[0].values, sheet="党员", records=BOOK) == wanted


def test_without_a_row_a_workbook_is_seen_whole() -> None:
    """A rule on the whole sheet or workbook adds over all rows."""
    assert value_of("合计(活动.次数)", records=BOOK) == 16


def test_a_blank_link_is_linked_to_nothing() -> None:
    """A row that does not say which branch it is of has no linked rows, not all of them."""
    records = {"活动": (*ACTIVITIES, *rows("活动", numbers(代码=None, 次数=1)))}
    assert value_of("计数(活动)", {"代码": None}, sheet="支部", records=records) == 0


def test_a_single_row_sheet_and_the_roster_are_named_directly() -> None:
    """A form's field, and a field of the roster's row of this unit, need no function around them."""
    records = {
        "学校情况": rows("学校情况", numbers(教职工数=80)),
        "学校": (*rows("学校", {"简称": "别校"}, unit="S9"), *rows("学校", {"简称": "本校"})),
    }
    assert value_of("学校情况.教职工数 > 10", FIRST, sheet="支部", records=records) is True
    assert value_of("学校.简称", FIRST, sheet="支部", records=records) == "本校"
    assert value_of("学校.简称", records=records) == "本校"
    assert value_of("学校.简称", {"代码": "Z1"}, sheet="支部", records=records) == "本校"
    assert value_of("学校情况.教职工数", FIRST, sheet="支部") is None


DISTRICT: Mapping[str, tuple[Record, ...]] = {
    "支部": (*BRANCHES, *rows("支部", numbers(代码="Z1", 党员数=50), unit="S2")),
    "活动": (*ACTIVITIES, *rows("活动", numbers(代码="Z1", 季度="第一季度", 次数=100), unit="S2")),
    "学校情况": (*rows("学校情况", numbers(教职工数=80)), *rows("学校情况", numbers(教职工数=30), unit="S2")),
}


def test_over_the_district_rows_of_a_unit_stay_together() -> None:
    """A branch is linked to the rows of its own unit, though another unit uses the same code."""
    assert value_of("合计(活动.次数)", FIRST, sheet="支部", records=DISTRICT, district=True) == 7
    other = DISTRICT["支部"][2].values
    assert value_of("合计(活动.次数)", other, sheet="支部", records=DISTRICT, district=True) == 100
    assert value_of("学校情况.教职工数", other, sheet="支部", records=DISTRICT, district=True) == 30
    assert value_of("合计(支部.党员数)", records=DISTRICT, district=True) == 57


def test_a_list_of_expressions_is_evaluated_on_the_linked_row() -> None:
    """求值 takes the expression of the row's indicator and the branch the row is of."""
    row = {"学校代码": "S1", "代码": "Z1", "指标代码": "A1"}
    assert value_of("求值(指标.自动核对)", row, sheet="自评", records=BOOK) == 5
    assert value_of("求值(指标.自动核对)", {**row, "代码": "Z2"}, sheet="自评", records=BOOK) == 0
    assert value_of("求值(指标.自动核对)", {**row, "指标代码": "A2"}, sheet="自评", records=BOOK) == 7
    assert value_of("求值(指标.自动核对)", {**row, "指标代码": "A9"}, sheet="自评", records=BOOK) is None
    assert value_of("求值(指标.自动核对)", {**row, "代码": "Z9"}, sheet="自评", records=BOOK) is None


def test_facts_answer_from_the_background_only_for_sheets_they_do_not_hold() -> None:
    """A workbook's own sheet hides the bureau's of the same name; others are asked of the bureau."""
    facts = Facts({"支部": BRANCHES}, Facts({"支部": (), "活动": ACTIVITIES}))
    assert facts.rows("支部") == BRANCHES
    assert facts.rows("活动") == ACTIVITIES
    assert facts.rows("没有") == ()
    assert facts.linked("活动", ("代码",), ("Z2",)) == [ACTIVITIES[3]]
    assert facts.linked("活动", ("代码",), ("Z9",)) == ()


_NUMBER = st.none() | st.integers(-5, 30).map(Decimal) | st.decimals(-9, 9, places=2)
_ROW = st.fixed_dictionaries(
    {"代码": st.none() | st.sampled_from(["Z1", "Z2"]), "季度": st.sampled_from(["一", "二"]), "次数": _NUMBER}
)


@given(st.lists(_ROW, max_size=8))
def test_aggregates_agree_with_counting_by_hand(table: list[dict[str, Scalar]]) -> None:
    """Sums, counts, means, extremes and distinct values are those of the linked rows taken one by one."""
    records = {"活动": rows("活动", *table)}
    mine = [row for row in table if row["代码"] == "Z1"]
    known = [row["次数"] for row in mine if row["次数"] is not None]
    late = [one for one in known if one > 3]

    def ask(text: str) -> object:
        return value_of(text, {"代码": "Z1"}, sheet="支部", records=records)

    assert ask("计数(活动)") == len(mine)
    assert ask("计数(活动.次数)") == len(known)
    assert ask("合计(活动.次数)") == (sum(known) if known else None)
    assert ask("平均(活动.次数) * 计数(活动.次数)") == (sum(known) if known else None)
    assert ask("最大(活动.次数)") == max(known, default=None)
    assert ask("最小(活动.次数)") == min(known, default=None)
    assert ask("去重计数(活动.次数)") == len(set(known))
    assert ask("取(活动.次数)") == (known[0] if known else None)
    assert ask("计数(活动, 活动.次数 > 3)") == len(late)
    assert ask("存在(活动, 活动.次数 > 3)") is bool(late)
    assert ask("存在(活动, not 活动.次数 > 3)") is (len(late) != len(known))


@given(st.lists(_ROW, max_size=8), _NUMBER)
def test_what_must_be_equal_is_found_as_by_looking_at_every_row(table: list[dict[str, Scalar]], number: Scalar) -> None:
    """Rows chosen by equality are those that are equal; a blank equals nothing, on either side, linked or not."""
    records = {"活动": rows("活动", *table)}
    row = {"代码": "Z1", "党员数": number}

    def ask(text: str) -> object:
        return value_of(text, row, sheet="支部", records=records)

    alike = [one for one in table if one["次数"] is not None and one["次数"] == number]
    mine = [one for one in alike if one["代码"] == "Z1"]
    assert ask("计数(活动, 活动.次数 == 党员数)") == len(mine)
    assert ask("计数(活动, 党员数 == 活动.次数 and 活动.季度 == '一')") == sum(one["季度"] == "一" for one in mine)
    assert ask("不关联(计数(活动, 党员数 == 活动.次数))") == len(alike)
    assert ask("不关联(计数(活动, 活动.次数 == 党员数 or 活动.季度 == '一'))") == sum(
        one in alike or one["季度"] == "一" for one in table
    )
    assert ask("计数(活动, not 活动.次数 == 党员数)") == sum(
        None not in (one["次数"], number) and one["次数"] != number for one in table if one["代码"] == "Z1"
    )
